// What this browser was told about how pages look. It stays in this browser; js/theme.js reads the theme before anything is painted.

const key = 'torc-settings';

// theme: system, light or dark. zone: browser, UTC, or the name of a zone.
export function read() {
  const standard = { theme: 'system', zone: 'browser' };
  try {
    return { ...standard, ...JSON.parse(localStorage.getItem(key) ?? '{}') };
  } catch {
    return standard;
  }
}

// Returns whether it will be known the next time as well.
export function change(part) {
  let isKept = true;
  try {
    localStorage.setItem(key, JSON.stringify({ ...read(), ...part }));
  } catch {
    isKept = false;
  }

  document.dispatchEvent(new CustomEvent('torc-settings', { detail: part }));
  return isKept;
}

// Another tab of the same browser changed them.
addEventListener('storage', event => {
  if (event.key === key) {
    document.dispatchEvent(new CustomEvent('torc-settings', { detail: read() }));
  }
});
