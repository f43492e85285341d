// Writes instants: 24 hours, the order of ISO, in the zone of the settings.

import { read } from './settings.js';

const digits = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' };
// A zone has a short name, such as CEST, in the English of where it is.
const englishes = ['en-US', 'en-GB', 'en-AU', 'en-IN', 'en-ZA', 'en-NZ'];
let zone = null;
let writers = null;

export function isZone(name) {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}

export const browserZone = () => new Intl.DateTimeFormat().resolvedOptions().timeZone;

// Such as "Europe/Vienna".
export function zoneName() {
  if (zone === null) {
    const asked = read().zone;
    zone = asked !== 'browser' && isZone(asked) ? asked : browserZone();
  }

  return zone;
}

function prepare() {
  writers ??= {
    exact: new Intl.DateTimeFormat('en-US', { ...digits, timeZone: zoneName() }),
    names: englishes.map(english => new Intl.DateTimeFormat(english, { timeZone: zoneName(), timeZoneName: 'short' })),
  };
  return writers;
}

document.addEventListener('torc-settings', () => {
  zone = null;
  writers = null;
});

function parts(at) {
  return Object.fromEntries(prepare().exact.formatToParts(at).map(part => [part.type, part.value]));
}

function zoneAt(at) {
  const names = prepare().names.map(writer => writer.formatToParts(at).find(part => part.type === 'timeZoneName').value);
  return names.find(name => !/[+−-]/.test(name)) ?? names[0];
}

// Such as "14:02:11".
export function clock(at) {
  const { hour, minute, second } = parts(at);
  return `${hour}:${minute}:${second}`;
}

// Such as "2026-05-04 14:02:11 CEST".
export function full(at) {
  const { year, month, day, hour, minute, second } = parts(at);
  return `${year}-${month}-${day} ${hour}:${minute}:${second} ${zoneAt(at)}`;
}

// Such as "2026-05-04 14:02:11 CEST (12:02:11Z)".
export function exact(at) {
  const words = full(at);
  return words.endsWith(' UTC') ? words : `${words} (${at.toISOString().slice(11, 19)}Z)`;
}
