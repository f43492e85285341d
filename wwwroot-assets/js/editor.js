// The keys of the editor's page, and what completes a command while one types it.

import { on } from './keys.js';

const typingPauses = 250;
const promptComes = 3000;
let end = null;

export function start(root, page) {
  const controller = new AbortController();
  const signal = controller.signal;
  const canvas = () => root.querySelector('.torc-canvas')?.torcCanvas;
  const isTyping = () => document.activeElement?.closest('input:not([type=range]), textarea, select, .monaco-editor') !== null && document.activeElement !== document.body;
  const press = action => page.invokeMethodAsync('PressAsync', action);
  // A field has its own undo; what is typed counts before something is saved or run.
  const unlessTyping = action => () => isTyping() ? false : (press(action), true);
  const afterTyping = action => () => {
    document.activeElement?.matches('input, textarea') && document.activeElement.dispatchEvent(new Event('change', { bubbles: true }));
    press(action);
    return true;
  };
  const onCanvas = act => () => canvas() ? (act(canvas()), true) : false;
  const awaitName = catchName(root, signal);
  const add = what => () => canvas()?.add(what) ? (awaitName(), true) : false;
  const taken = [
    on('editor-undo', unlessTyping('undo')), on('editor-redo', unlessTyping('redo')), on('editor-save', afterTyping('save')), on('confirm', () => document.querySelector('.mud-dialog') ? false : afterTyping('run')()),
    on('editor-layout', unlessTyping('layout')), on('editor-delete', unlessTyping('delete')),
    on('editor-job', add('job')), on('editor-file', add('file')), on('editor-data', add('data')), on('editor-any', add('any')),
    on('editor-duplicate', unlessTyping('duplicate')),
    on('editor-all', () => isTyping() ? false : onCanvas(one => one.all())()),
  ];
  // Copying, cutting and pasting are the browser's words for it, so that they work from its menu as well.
  const ours = () => !isTyping() && (document.activeElement === document.body || root.contains(document.activeElement) || document.activeElement.matches('h1, main'));
  const clip = isCut => event => {
    if (!ours() || String(getSelection())) {
      return;
    }

    event.preventDefault();
    page.invokeMethodAsync('CopyAsync').then(async json => {
      if (json) {
        await navigator.clipboard.writeText(json);
        isCut && press('delete');
      }
    });
  };
  document.addEventListener('copy', clip(false), { signal });
  document.addEventListener('cut', clip(true), { signal });
  document.addEventListener('paste', event => {
    const text = event.clipboardData?.getData('text/plain');
    if (text && ours()) {
      event.preventDefault();
      page.invokeMethodAsync('PasteAsync', text);
    }
  }, { signal });
  signal.addEventListener('abort', () => taken.forEach(take => take()));
  // What is typed is told at each pause, not at each letter.
  let pausing = 0;
  root.addEventListener('input', event => {
    if (event.target.matches('[data-complete], [data-live]')) {
      clearTimeout(pausing);
      pausing = setTimeout(() => event.target.dispatchEvent(new Event('change', { bubbles: true })), typingPauses);
    }
  }, { signal });
  // A slider says what it stops at before it is let go.
  root.addEventListener('input', event => {
    const { stops } = event.target.dataset;
    if (stops) {
      const stop = stops.split(' ')[event.target.value];
      event.target.setAttribute('aria-valuetext', stop);
      event.target.closest('.torc-form-row').querySelector('.torc-field').value = stop;
    }
  }, { signal });
  // A menu closes when something else is pressed.
  document.addEventListener('pointerdown', event => root.querySelectorAll('.torc-menu[open]').forEach(menu => menu.contains(event.target) || menu.removeAttribute('open')), { signal });
  completeCommands(root, signal);
  end = () => controller.abort();
}

export function stop() {
  end?.();
  end = null;
}

// The server asks for the name of what is new. Its field has the focus as soon as it is there, and what was typed on the way is in it: nobody
// waits for a server to begin a word. Returns what says that a name is going to be asked for.
function catchName(root, signal) {
  let typed = null;
  let until = 0;
  const comes = new MutationObserver(() => {
    const field = root.querySelector('[data-testid=prompt-name]:not([data-met])');
    if (field) {
      field.dataset.met = '';
      field.focus();
      field.select();
      if (typed) {
        field.value = typed;
        field.dispatchEvent(new Event('input', { bubbles: true }));
      }
      typed = null;
    }
  });
  comes.observe(root, { childList: true, subtree: true });
  signal.addEventListener('abort', () => comes.disconnect());
  // Before the keys of the page, which are letters as well.
  addEventListener('keydown', event => {
    if (typed === null || ['Shift', 'CapsLock'].includes(event.key)) {
      return;
    }

    if (event.key.length > 1 || event.ctrlKey || event.metaKey || event.altKey || event.timeStamp > until) {
      typed = null;
      return;
    }

    typed += event.repeat ? '' : event.key;
    event.preventDefault();
    event.stopPropagation();
  }, { capture: true, signal });
  return () => {
    typed = '';
    until = performance.now() + promptComes;
  };
}

// ${ in a command proposes what the spec declares.
function completeCommands(root, signal) {
  const list = document.createElement('ul');
  list.className = 'torc-complete';
  list.setAttribute('role', 'listbox');
  list.setAttribute('aria-label', 'References');
  list.hidden = true;
  root.append(list);
  let field = null;
  let at = 0;

  const names = kind => [...root.querySelectorAll(`.torc-thing[data-kind="${kind}"]`)].map(element => element.dataset.name);
  const references = () => [
    ...names('file').flatMap(name => [`files.input.${name}`, `files.output.${name}`]),
    ...names('dataset').flatMap(name => [`datasets.input.${name}`, `datasets.output.${name}`]),
    ...names('data').flatMap(name => [`user_data.input.${name}`, `user_data.output.${name}`]),
  ];
  const close = () => { list.hidden = true; };

  function offer() {
    const before = field.value.slice(0, field.selectionStart);
    at = before.lastIndexOf('${');
    const typed = before.slice(at + 2);
    const found = at < 0 || /[}\s]/.test(typed) ? [] : references().filter(name => name.includes(typed)).sort((one, other) => Number(other.startsWith(typed)) - Number(one.startsWith(typed))).slice(0, 12);
    list.replaceChildren(...found.map((name, place) => {
      const item = document.createElement('li');
      item.setAttribute('role', 'option');
      item.setAttribute('aria-selected', String(place === 0));
      item.textContent = name;
      return item;
    }));
    list.hidden = found.length === 0;
    const box = field.getBoundingClientRect();
    list.style.left = `${box.left}px`;
    list.style.top = `${box.bottom + 2}px`;
    list.style.minWidth = `${box.width}px`;
  }

  function choose(name) {
    const after = field.value.slice(field.selectionStart).replace(/^\}/, '');
    const before = `${field.value.slice(0, at)}\${${name}}`;
    field.value = before + after;
    field.setSelectionRange(before.length, before.length);
    close();
    field.dispatchEvent(new Event('input', { bubbles: true }));
  }

  root.addEventListener('input', event => {
    if (event.target.matches('textarea[data-complete]') && event.isTrusted) {
      field = event.target;
      offer();
    }
  }, { signal });
  // A press on the list takes the focus for a moment.
  root.addEventListener('focusout', event => event.target === field && setTimeout(() => document.activeElement === field || close(), 150), { signal });
  list.addEventListener('pointerdown', event => {
    const item = event.target.closest('li');
    if (item) {
      event.preventDefault();
      choose(item.textContent);
    }
  }, { signal });
  root.addEventListener('keydown', event => {
    if (list.hidden || event.target !== field) {
      return;
    }

    const items = [...list.children];
    const now = items.findIndex(item => item.getAttribute('aria-selected') === 'true');
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      items.forEach((item, place) => item.setAttribute('aria-selected', String(place === (now + step + items.length) % items.length)));
    } else if (event.key === 'Enter' || event.key === 'Tab') {
      choose(items[now].textContent);
    } else if (event.key === 'Escape') {
      close();
    } else {
      return;
    }

    event.preventDefault();
    event.stopPropagation();
  }, { capture: true, signal });
}
