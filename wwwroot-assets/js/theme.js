// Runs before anything is painted: says which theme was chosen, or else which the system wants, and follows when that changes.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => {
    try {
      return JSON.parse(localStorage.getItem('torc-settings') ?? '{}').theme;
    } catch {
      return null;
    }
  };
  const apply = theme => {
    document.documentElement.dataset.theme = theme === 'dark' || theme !== 'light' && dark.matches ? 'dark' : 'light';
    document.dispatchEvent(new Event('torc-theme'));
  };
  dark.addEventListener('change', () => apply(chosen()));
  // Where nothing can be kept, what was chosen holds for this page.
  document.addEventListener('torc-settings', event => event.detail.theme && apply(event.detail.theme));
  apply(chosen());
})();
