// Runs before anything is painted: says which theme the system wants, and follows when it changes.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const apply = () => {
    document.documentElement.dataset.theme = dark.matches ? 'dark' : 'light';
    document.dispatchEvent(new Event('torc-theme'));
  };
  dark.addEventListener('change', apply);
  apply();
})();
