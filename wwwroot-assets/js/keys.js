// Owns the keys: the page has the list of them, and whoever does something at a key says so here. Keys of what has the focus,
// such as the arrows of the graph, are its own.

import { settle } from './arrival.js';

const patience = 1500;
const { keys: list, places } = JSON.parse(document.getElementById('torc-keys-list').textContent);
// A key may do one thing on one page and another on the next: whoever is there takes it.
const actionsOf = new Map();
for (const { keys, action } of list) {
  keys.forEach(key => actionsOf.set(key, [...new Set([...(actionsOf.get(key) ?? []), action])]));
}

// The first of two keys that are pressed one after the other.
const beginnings = new Set([...actionsOf.keys()].filter(key => key.includes(' ')).map(key => key.split(' ')[0]));
const handlers = new Map();
let begun = null;

// Returns what takes it back. Who came last is asked first; one that returns false leaves the key to others.
export function on(action, handler) {
  const all = handlers.get(action) ?? [];
  handlers.set(action, [handler, ...all]);
  return () => handlers.set(action, handlers.get(action).filter(other => other !== handler));
}

export function act(action) {
  return (handlers.get(action) ?? []).some(handler => handler() !== false);
}

// Of the page as it is, such as "graph" where there is one.
export function isPlace(name) {
  return !places[name] || document.querySelector(places[name]) !== null;
}

const isTyping = element => element instanceof Element
  && (element.closest('input:not([type=checkbox], [type=radio], [type=button], [type=range]), textarea, select, .monaco-editor, [role=textbox], [role=combobox], [role=searchbox]') !== null || element.isContentEditable);

const hasDialog = () => document.querySelector('.mud-dialog, dialog[open]') !== null;

function name(event) {
  if (event.altKey) {
    return null;
  }

  const key = event.key.length === 1 ? event.key : event.key.replace(/^Arrow/, '');
  return event.ctrlKey || event.metaKey ? `Ctrl+${event.shiftKey ? 'Shift+' : ''}${key.length === 1 ? key.toUpperCase() : key}` : key;
}

// Before anybody else, since the graph keeps its keys for itself.
document.addEventListener('keydown', event => {
  if (event.isComposing || event.repeat && !['j', 'k'].includes(event.key)) {
    return;
  }

  const key = name(event);
  const isCommand = event.ctrlKey || event.metaKey;
  if (!key || ['Shift', 'Control', 'Meta', 'Alt'].includes(event.key)) {
    return;
  }

  // What types a letter, does: in a field, and where a dialog asks something.
  if (!isCommand && (isTyping(event.target) || hasDialog())) {
    begun = null;
    return;
  }

  const pair = begun && event.timeStamp - begun.at < patience ? `${begun.key} ${key}` : null;
  begun = null;
  // Capital letters are the same keys, for whoever has them locked.
  const actions = [pair, key].map(keys => keys === null ? [] : actionsOf.get(keys) ?? actionsOf.get(isCommand ? keys : keys.toLowerCase()) ?? []).find(found => found.length > 0);
  if (actions) {
    if (actions.some(act)) {
      event.preventDefault();
      event.stopPropagation();
    }
  } else if (!isCommand && beginnings.has(key.toLowerCase())) {
    begun = { key: key.toLowerCase(), at: event.timeStamp };
  }
}, { capture: true });

// What is asked for with a button, or a link.
document.addEventListener('click', event => {
  const action = event.target.closest?.('[data-action]')?.dataset.action;
  if (action && act(action)) {
    event.preventDefault();
  }
});

// Navigation

// Relative to the base address, by the page's own navigation where it is there.
export function go(address) {
  const url = new URL(address, document.baseURI).href;
  try {
    Blazor.navigateTo(url);
  } catch {
    location.href = url;
  }
  settle();
}

for (const [action, address] of [['go-home', '.'], ['go-workflows', 'workflows'], ['go-nodes', 'nodes'], ['go-activity', 'activity']]) {
  on(action, () => go(address));
}

on('search', () => {
  const field = document.querySelector('main .torc-find input');
  field?.focus();
  field?.select();
  return field !== null;
});

function tab(by) {
  const tabs = [...document.querySelectorAll('.torc-tabs a[href]')];
  // The address is ahead of the page: whoever presses the key twice means the tab that is on its way.
  const coming = tabs.findIndex(one => new URL(one.href).pathname === location.pathname);
  const now = coming < 0 ? tabs.findIndex(one => one.getAttribute('aria-current')) : coming;
  if (now < 0) {
    return false;
  }

  tabs[(now + by + tabs.length) % tabs.length].click();
  settle();
  return true;
}

on('previous-tab', () => tab(-1));
on('next-tab', () => tab(1));

function row(by) {
  // Long tables have empty rows, which hold the room of those that are not drawn.
  const rows = [...document.querySelectorAll(places.list)].filter(one => one.offsetParent !== null && one.textContent.trim() !== '');
  if (rows.length === 0) {
    return false;
  }

  const now = rows.findIndex(one => one.contains(document.activeElement));
  const next = rows[now < 0 ? (by > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, now + by))];
  const target = next.querySelector('a[href], button:not([disabled])') ?? next;
  if (target === next && !next.matches('a, button')) {
    next.tabIndex = -1;
  }
  target.focus();
  next.scrollIntoView({ block: 'nearest' });
  return true;
}

on('previous-row', () => row(-1));
on('next-row', () => row(1));

// The sheet of keys

const sheet = document.getElementById('torc-keys');

on('shortcuts', () => {
  for (const section of sheet.querySelectorAll('[data-place]')) {
    section.hidden = !isPlace(section.dataset.place);
  }
  sheet.showModal();
});

export function closesByItself(dialog) {
  dialog.addEventListener('click', event => {
    // Beside its content lies what is behind it.
    const box = dialog.getBoundingClientRect();
    const isInside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!isInside && event.detail > 0 || event.target.closest('[data-keys-close], [data-palette-close]')) {
      dialog.close();
    }
  });
}

closesByItself(sheet);
sheet.querySelector('a[href]').addEventListener('click', () => sheet.close());
sheet.addEventListener('keydown', event => {
  if (event.key === '?' && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    sheet.close();
  }
});
