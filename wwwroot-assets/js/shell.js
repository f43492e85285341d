// Starts Blazor, tells when the connection is lost, and shows times in the zone of the settings.

import './palette.js';
import { clock, exact, full } from './times.js';

const patience = 3000;
const pauseBetweenTries = 1500;
const reloadKey = 'torc-reloaded-at';
let lostAt = null;
let trying = false;

const delay = milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds));

function showPaused(tries) {
  const at = clock(new Date(lostAt));
  const bar = document.getElementById('torc-paused');
  bar.textContent = `Live updates paused at ${at}. Your jobs are not affected.${tries > 1 ? ` Trying again (${tries}).` : ''}`;
  bar.hidden = false;
  showState('paused', `Paused since ${at}`);
  for (const button of document.querySelectorAll('[data-needs-server]:not([disabled])')) {
    button.disabled = true;
    button.dataset.pausedTitle = button.title;
    button.title = 'Not connected to the server right now.';
  }
}

function showLive() {
  lostAt = null;
  document.getElementById('torc-paused').hidden = true;
  showState('live', 'Live');
  for (const button of document.querySelectorAll('[data-paused-title]')) {
    button.disabled = false;
    button.title = button.dataset.pausedTitle;
    delete button.dataset.pausedTitle;
  }
}

function showState(state, words) {
  const dot = document.querySelector('[data-testid="live-dot"]');
  if (dot) {
    dot.dataset.state = state;
    dot.lastElementChild.textContent = words;
  }
}

// Everything the page shows is in its address. A page that was reloaded a moment ago and is lost again is not
// reloaded a second time: the person decides.
function reload() {
  const last = Number(sessionStorage.getItem(reloadKey) ?? 0);
  if (Date.now() - last > 10000) {
    sessionStorage.setItem(reloadKey, String(Date.now()));
    location.reload();
    return;
  }

  const bar = document.getElementById('torc-paused');
  const link = document.createElement('a');
  link.href = location.href;
  link.textContent = 'Reload the page';
  // The page's own navigation would take the click, and it has no connection.
  link.addEventListener('click', event => {
    event.preventDefault();
    location.reload();
  });
  bar.replaceChildren('This page lost its connection. Your jobs are not affected. ', link);
  bar.hidden = false;
}

async function reconnect() {
  if (trying) {
    return;
  }

  trying = true;
  const shown = setTimeout(() => showPaused(1), patience);
  for (let tries = 1; ; tries++) {
    try {
      if (await Blazor.reconnect()) {
        break;
      }

      // The server is there and does not know this page any more: it was restarted.
      clearTimeout(shown);
      reload();
      return;
    } catch {
      if (Date.now() - lostAt > patience) {
        showPaused(tries);
      }

      await delay(pauseBetweenTries);
    }
  }

  clearTimeout(shown);
  trying = false;
  showLive();
}

const handler = {
  onConnectionDown: () => {
    lostAt ??= Date.now();
    reconnect();
  },
  onConnectionUp: () => {},
};

// Durations as the server prints them: two units at most.
function duration(milliseconds) {
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds < 9.95) {
    return `${Math.floor(seconds)} s`;
  }

  const s = Math.floor(seconds);
  const two = (large, largeUnit, small, smallUnit) => small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
  if (s < 60) {
    return `${s} s`;
  }
  if (s < 3600) {
    return two(Math.floor(s / 60), 'min', s % 60, 's');
  }
  if (s < 86400) {
    return two(Math.floor(s / 3600), 'h', Math.floor(s % 3600 / 60), 'min');
  }
  return two(Math.floor(s / 86400), 'd', Math.floor(s % 86400 / 3600), 'h');
}

// The clocks of server and browser may differ; what counts is the server's.
const serverNow = Date.parse(document.querySelector('meta[name="torc-now"]')?.content ?? '');
const skew = Number.isNaN(serverNow) ? 0 : serverNow - (performance.timeOrigin + performance.getEntriesByType('navigation')[0].responseStart);
const now = () => Date.now() + skew;

class Ticking extends HTMLElement {
  static all = new Set();

  connectedCallback() {
    this.shadowRoot ?? this.attachShadow({ mode: 'open' });
    Ticking.all.add(this);
    this.tick();
  }

  disconnectedCallback() {
    Ticking.all.delete(this);
  }

  attributeChangedCallback() {
    this.tick();
  }

  tick() {
    if (!this.shadowRoot) {
      return;
    }

    const text = this.text();
    if (this.shadowRoot.textContent !== text) {
      this.shadowRoot.textContent = text;
    }
  }
}

customElements.define('torc-time', class extends Ticking {
  static observedAttributes = ['at', 'ago'];

  text() {
    const at = new Date(this.getAttribute('at'));
    if (!this.hasAttribute('ago')) {
      this.title = exact(at);
      return full(at);
    }

    this.title = exact(at);
    const age = now() - at;
    return age < 5000 ? 'just now' : `${duration(age).split(' ').slice(0, 2).join(' ')} ago`;
  }
});

customElements.define('torc-elapsed', class extends Ticking {
  static observedAttributes = ['from'];

  text() {
    return duration(now() - Date.parse(this.getAttribute('from')));
  }
});

const tickAll = () => Ticking.all.forEach(element => element.tick());
setInterval(tickAll, 1000);
document.addEventListener('torc-settings', tickAll);

try {
  await Blazor.start({ circuit: { reconnectionHandler: handler } });
  document.documentElement.dataset.ready = 'true';
} catch {
  lostAt = Date.now();
  showPaused(1);
  while (!await fetch(location.href).then(answer => answer.ok, () => false)) {
    await delay(pauseBetweenTries);
  }

  reload();
}

// A link to a place in the page, which the base address would turn into a link to the front page.
document.addEventListener('click', event => {
  if (event.target.closest?.('.torc-skip')) {
    event.preventDefault();
    event.stopPropagation();
    document.getElementById('main')?.focus();
  }
}, { capture: true });
