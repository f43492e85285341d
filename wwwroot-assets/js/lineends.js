// An editor knows one kind of line end and no byte order mark. What its author wrote must stay, so the raw text is kept beside the plain
// one that is edited, and changes go from one to the other.

const mark = '\uFEFF';

export const plain = raw => (raw.startsWith(mark) ? raw.slice(1) : raw).replace(/\r\n?/g, '\n');

// Never between the two characters of a line end.
export function rawOffset(raw, offset) {
  let at = raw.startsWith(mark) ? 1 : 0;
  if (!raw.includes('\r')) {
    return at + offset;
  }

  for (let left = offset; left > 0; left--) {
    at += raw[at] === '\r' && raw[at + 1] === '\n' ? 2 : 1;
  }
  return at;
}

export const plainOffset = (raw, offset) => plain(raw.slice(0, offset)).length;

export const changed = (text, { start, end, now }) => text.slice(0, start) + now + text.slice(end);

// The same change of the raw text; new lines end as its first one does.
export function rawChange(raw, change) {
  const lineEnd = /\r\n?|\n/.exec(raw)?.[0] ?? '\n';
  const lines = text => text.replaceAll('\n', lineEnd);
  const same = { start: rawOffset(raw, change.start), end: rawOffset(raw, change.end), now: lines(change.now) };
  const wanted = changed(plain(raw), change);
  // Beside a lone carriage return, a new line end would become half of another.
  return plain(changed(raw, same)) === wanted ? same : { start: rawOffset(raw, 0), end: raw.length, now: lines(wanted) };
}

export const plainChange = (raw, { start, end, now }) => ({ start: plainOffset(raw, start), end: plainOffset(raw, end), now: plain(now) });
