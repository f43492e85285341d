// Shows the end of a log.

import { reason, writeLine } from './logtext.js';

const shown = new WeakMap();

function write(root, text) {
  const lines = text.length === 0 ? [] : text.replace(/\n$/, '').split('\n');
  root.replaceChildren(...lines.map((line, index) => {
    const element = document.createElement('div');
    element.dataset.testid = 'log-line';
    element.dataset.n = String(index + 1);
    element.className = 'torc-log-line';
    writeLine(element, line);
    return element;
  }));
  if (lines.length === 0) {
    say(root, 'This log is empty.');
  }
}

function say(root, words) {
  const element = document.createElement('p');
  element.className = 'torc-soft';
  element.dataset.testid = 'log-empty';
  element.textContent = words;
  root.replaceChildren(element);
}

async function load(root) {
  const state = shown.get(root);
  if (!state) {
    return;
  }

  if (state.loading) {
    state.again = true;
    return;
  }

  state.loading = true;
  do {
    state.again = false;
    const url = state.url;
    try {
      const answer = await fetch(new URL(url, document.baseURI), { headers: { Accept: 'text/plain, application/problem+json' } });
      const text = await answer.text();
      if (shown.get(root) !== state || url !== state.url) {
        continue;
      }

      if (answer.ok && text === state.text) {
        // The same lines stay, so that a selection in them does.
        continue;
      }

      state.text = answer.ok ? text : null;
      if (answer.ok) {
        write(root, text);
      } else {
        say(root, reason(text) ?? 'The log cannot be shown right now.');
      }

      root.dataset.ready = 'true';
    } catch {
      // Not connected: what is shown stays, and the next change asks again.
    }
  } while (state.again && shown.get(root) === state);
  state.loading = false;
}

export function show(root, url) {
  if (!root) {
    // It has gone while this script was loaded.
    return undefined;
  }

  const state = shown.get(root);
  if (state) {
    state.url = url;
  } else {
    shown.set(root, { url, loading: false, again: false });
  }

  return load(root);
}

export function stop(root) {
  shown.delete(root);
}
