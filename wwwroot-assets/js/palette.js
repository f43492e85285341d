// The command palette. What the page offers is found here, workflows, jobs and nodes by the server; it opens without asking anybody.

import { act, closesByItself, go, on } from './keys.js';
import { change, read } from './settings.js';

const typing = 60;
// How long Enter waits for the server, in milliseconds.
const longest = 1500;
const most = 20;
const dialog = document.getElementById('torc-palette');
const input = document.getElementById('torc-palette-input');
const listbox = document.getElementById('torc-palette-list');
const none = dialog.querySelector('.torc-palette-none');
const said = dialog.querySelector('[role=status]');

const kinds = { page: 'page', tab: 'this workflow', action: 'action', setting: 'setting', workflow: 'workflow', job: 'job', node: 'node', thing: 'this draft' };
const pages = [
  ['Home', '.', 'g h'], ['Workflows', 'workflows', 'g w'], ['Nodes', 'nodes', 'g n'], ['Activity', 'activity', 'g a'],
  ['Settings', 'settings', null], ['Help', 'help', '?'], ['API', 'api', null],
];
const wide = { placeholder: input.placeholder, label: input.getAttribute('aria-label') };
const narrow = { placeholder: 'Job, file or user data of this draft', label: 'Find a thing of this draft' };

let items = [];
let current = 0;
let waiting = null;
let asking = null;
// Resolves when the server has answered, or cannot.
let answered = Promise.resolve();
let found = [];
let failure = null;
// Only what is drawn on the page is searched.
let isNarrow = false;

// What the page offers

const path = () => location.href.slice(document.baseURI.length);
const workflow = () => /^workflows\/(\d+)/.exec(path())?.[1] ?? null;

// What is drawn on the page and can be gone to, as whoever draws it says.
const drawn = () => [...document.querySelectorAll('main [data-drawn]')].flatMap(drawing => drawing.torcDrawn());

function offers() {
  if (isNarrow) {
    return drawn();
  }

  const tabs = [...document.querySelectorAll('.torc-tabs a[href]:not([aria-current])')].map(tab => ({
    kind: 'tab', name: tab.firstChild.textContent.trim(), detail: '', address: tab.getAttribute('href'),
  }));
  const buttons = [...document.querySelectorAll('main [data-palette]:not([disabled])')].map(button => ({
    kind: 'action', name: button.dataset.palette || button.textContent.trim(), detail: '', keys: button.dataset.paletteKeys ?? null, do: () => button.click(),
  }));
  const { theme } = read();
  const themes = [['light', 'Light theme'], ['dark', 'Dark theme'], ['system', 'Theme of the system']].filter(([name]) => name !== theme).map(([name, words]) => ({
    kind: 'setting', name: words, detail: '', do: () => change({ theme: name }),
  }));
  return [
    ...buttons,
    ...drawn(),
    ...tabs,
    ...pages.filter(([, address]) => address !== '.' || path() !== '').map(([name, address, keys]) => ({ kind: 'page', name, detail: '', address, keys: name === 'Help' ? null : keys })),
    { kind: 'action', name: 'Keys of this page', detail: '', keys: '?', action: 'shortcuts' },
    ...themes,
  ];
}

// How well a name fits, as the server sees it: 0 the same, 1 its beginning, 2 within; null not at all.
function rank(name, words) {
  const low = name.toLowerCase();
  const all = words.join(' ');
  return low === all ? 0 : low.startsWith(all) ? 1 : words.every(word => low.includes(word)) ? 2 : null;
}

function choices(text) {
  const words = text.toLowerCase().split(/\s+/).filter(word => word);
  if (words.length === 0) {
    return [...offers().filter(offer => isNarrow || !['setting', 'thing'].includes(offer.kind)), ...found].slice(0, most);
  }

  const own = offers().map(offer => ({ ...offer, rank: rank(offer.name, words) })).filter(offer => offer.rank !== null);
  return [...own, ...found].sort((left, right) => left.rank - right.rank).slice(0, most);
}

// What the server knows

function ask() {
  asking?.abort();
  const { signal } = asking = new AbortController();
  const query = new URLSearchParams({ q: input.value.trim(), limit: input.value.trim() === '' ? '8' : String(most) });
  if (workflow()) {
    query.set('workflow', workflow());
  }

  return fetch(new URL(`api/v1/search?${query}`, document.baseURI), { signal, headers: { Accept: 'application/json' } })
    .then(answer => answer.ok ? answer.json() : Promise.reject(new Error(String(answer.status))))
    .then(hits => {
      found = hits.map(hit => ({ ...hit, detail: hit.detail ?? '' }));
      failure = null;
      show();
    })
    .catch(() => {
      if (!signal.aborted) {
        found = [];
        failure = 'Workflows, jobs and nodes cannot be searched right now: the server does not answer.';
        show();
      }
    });
}

function changed() {
  clearTimeout(waiting);
  answered = isNarrow ? Promise.resolve() : new Promise(resolve => {
    waiting = setTimeout(() => ask().then(resolve), typing);
  });
  current = 0;
  show();
}

// What is shown

function make(tag, className, text) {
  const element = document.createElement(tag);
  element.className = className;
  element.textContent = text;
  return element;
}

function option(item, index) {
  const element = document.createElement('li');
  element.id = `torc-palette-option-${index}`;
  element.setAttribute('role', 'option');
  element.setAttribute('aria-selected', String(index === current));
  element.dataset.testid = 'palette-option';
  element.dataset.kind = item.kind;
  element.dataset.name = item.name;
  const words = make('span', 'torc-palette-name', item.name);
  if (item.detail) {
    words.append(make('span', 'torc-palette-detail', item.detail));
  }
  element.append(words);
  if (item.keys) {
    const keys = make('span', 'torc-keycaps', '');
    keys.append(...item.keys.split(' ').map(key => make('kbd', '', key)));
    element.append(keys);
  }
  element.append(make('span', 'torc-palette-kind', kinds[item.kind] ?? item.kind));
  return element;
}

function show() {
  items = choices(input.value);
  current = Math.min(current, Math.max(0, items.length - 1));
  listbox.replaceChildren(...items.map(option));
  input.setAttribute('aria-expanded', String(items.length > 0));
  mark();
  const hint = isNarrow ? 'Ctrl+K finds what is elsewhere.' : 'Workflows are also found by their number; jobs on the pages of their workflow.';
  const words = failure ?? (items.length > 0 ? '' : `Nothing is called “${input.value.trim()}”. ${hint}`);
  none.textContent = words;
  none.hidden = words === '';
  said.textContent = items.length === 0 ? words : `${items.length === most ? `the first ${most}` : items.length} found`;
}

function mark() {
  for (const [index, element] of [...listbox.children].entries()) {
    element.setAttribute('aria-selected', String(index === current));
  }

  const chosen = listbox.children[current];
  if (chosen) {
    input.setAttribute('aria-activedescendant', chosen.id);
    chosen.scrollIntoView({ block: 'nearest' });
  } else {
    input.removeAttribute('aria-activedescendant');
  }
}

function move(by) {
  if (items.length > 0) {
    current = (current + by + items.length) % items.length;
    mark();
  }
}

// What is chosen

function choose(item) {
  dialog.close();
  if (item.address !== undefined) {
    go(item.address);
  } else if (item.action) {
    act(item.action);
  } else {
    item.do();
  }
}

async function enter() {
  const text = input.value;
  // Whoever types fast means what is found, and not what was shown before.
  await Promise.race([answered, new Promise(resolve => setTimeout(resolve, longest))]);
  if (dialog.open && input.value === text && items[current]) {
    choose(items[current]);
  }
}

input.addEventListener('input', changed);
input.addEventListener('keydown', event => {
  if (event.isComposing) {
    return;
  }

  const keys = {
    ArrowDown: () => move(1), ArrowUp: () => move(-1), PageDown: () => { current = Math.min(items.length - 1, current + 8); mark(); }, PageUp: () => { current = Math.max(0, current - 8); mark(); },
    Enter: enter,
    // Nothing else in it can be reached by keyboard, and what lies behind must not be.
    Tab: () => {},
  };
  if (keys[event.key] && !event.ctrlKey && !event.metaKey && !event.altKey) {
    event.preventDefault();
    keys[event.key]();
  }
});

listbox.addEventListener('click', event => {
  const index = [...listbox.children].indexOf(event.target.closest('[role=option]'));
  if (index >= 0) {
    choose(items[index]);
  }
});
// The field keeps the focus.
listbox.addEventListener('mousedown', event => event.preventDefault());
listbox.addEventListener('pointermove', event => {
  const index = [...listbox.children].indexOf(event.target.closest('[role=option]'));
  if (index >= 0 && index !== current) {
    current = index;
    mark();
  }
});

closesByItself(dialog);
dialog.addEventListener('close', () => {
  clearTimeout(waiting);
  asking?.abort();
});

function open(isDrawnOnly) {
  if (dialog.open) {
    dialog.close();
    return;
  }

  if (document.querySelector('.mud-dialog, dialog[open]')) {
    // A dialog asks something first.
    return false;
  }

  isNarrow = isDrawnOnly;
  const { placeholder, label } = isNarrow ? narrow : wide;
  input.placeholder = placeholder;
  input.setAttribute('aria-label', label);
  input.value = '';
  found = [];
  failure = null;
  dialog.showModal();
  input.focus();
  changed();
}

on('palette', () => open(false));
// Where nothing is drawn, or a text has the focus, the browser and the text find what they have.
on('find-drawn', () => !dialog.open && (drawn().length === 0 || document.activeElement?.closest('input:not([type=range]), textarea, .monaco-editor')) ? false : open(true));

