// The form of the settings. What is chosen holds at once.

import { change, read } from './settings.js';
import { browserZone, isZone, zoneName } from './times.js';

let leaving = null;

export function start(root) {
  if (!root) {
    // It has gone while this script was loaded.
    return;
  }

  stop();
  leaving = new AbortController();
  const { signal } = leaving;
  const part = name => root.querySelector(`[data-part=${name}]`);
  const said = part('said');
  const name = part('zone-name');
  const zones = typeof Intl.supportedValuesOf === 'function' ? Intl.supportedValuesOf('timeZone') : [];
  part('zones').replaceChildren(...zones.map(zone => {
    const option = document.createElement('option');
    option.value = zone;
    return option;
  }));

  const say = (words, isWrong = false) => {
    said.textContent = words;
    said.dataset.wrong = String(isWrong);
    name.setAttribute('aria-invalid', String(isWrong));
  };

  const show = () => {
    const { theme, zone } = read();
    const kind = zone === 'browser' || zone === 'UTC' ? zone : 'named';
    root.querySelector(`[name=theme][value=${['light', 'dark'].includes(theme) ? theme : 'system'}]`).checked = true;
    root.querySelector(`[name=zone][value=${kind}]`).checked = true;
    name.disabled = kind !== 'named';
    if (kind === 'named') {
      name.value = zone;
    }

    part('browser-zone').textContent = browserZone();
    part('zone-now').textContent = zoneName();
  };

  const keep = changed => say(change(changed) ? '' : 'This browser keeps nothing for this site, so it holds until you close the page.');

  const takeName = () => {
    const asked = name.value.trim();
    if (isZone(asked)) {
      keep({ zone: asked });
    } else {
      say(asked === '' ? 'Write the name of a zone, such as Europe/Vienna.' : `“${asked}” is no time zone that this browser knows. Their names are like Europe/Vienna; times are shown as before.`, true);
    }
  };

  root.addEventListener('change', event => {
    const { name: field, value } = event.target;
    if (field === 'theme') {
      keep({ theme: value });
    } else if (field === 'zone' && value !== 'named') {
      name.disabled = true;
      keep({ zone: value });
    } else if (field === 'zone') {
      name.disabled = false;
      if (name.value.trim() === '') {
        say('Write the name of a zone, such as Europe/Vienna.');
      } else {
        takeName();
      }

      name.focus();
      name.select();
    } else if (event.target === name) {
      takeName();
    }
  }, { signal });
  root.addEventListener('submit', event => event.preventDefault(), { signal });

  const now = () => part('now').setAttribute('at', new Date().toISOString());
  const beat = setInterval(now, 1000);
  signal.addEventListener('abort', () => clearInterval(beat));
  // Also when another tab changes them.
  document.addEventListener('torc-settings', show, { signal });
  show();
  now();
  root.dataset.ready = 'true';
}

export function stop() {
  leaving?.abort();
  leaving = null;
}
