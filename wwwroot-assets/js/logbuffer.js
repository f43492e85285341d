// A run of lines of one log, held in memory: where each begins in the log, and which number it has once that is known.

const decoder = new TextDecoder();

export class LogBuffer {
  // Each { at, bytes, text, ends, step }: where it begins and how long it is, in bytes; whether a line end closes it; and how many
  // lines lie between it and the first that was held. A part that was left out is a line with `note`.
  lines = [];
  // What is added to a step to give the number of a line; null while nobody has counted.
  shift = null;
  // The bytes of a last line that is not whole yet: half a character may be among them.
  rest = null;

  constructor(start) {
    this.start = start;
    this.end = start;
  }

  number(index) {
    const line = this.lines[index];
    return this.shift === null || line.note ? null : line.step + this.shift;
  }

  // Says which number a line has, and with it all others.
  count(index, number) {
    this.shift = number - this.lines[index].step;
  }

  // The index of the line in which a byte lies; of the nearest if none does.
  indexAt(offset) {
    let low = 0;
    let high = this.lines.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if (this.lines[middle].at <= offset) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  // The index of a line by its number; -1 if it is not held, or nobody has counted.
  indexOf(number) {
    return this.shift === null ? -1 : this.lines.findIndex(line => !line.note && line.step + this.shift === number);
  }

  holds(offset) {
    return this.lines.length > 0 && offset >= this.start && offset < this.end;
  }

  // Adds what follows. Returns how many lines were begun; the one that was last before may have grown.
  append(bytes) {
    let more = bytes;
    const last = this.lines.at(-1);
    let step = last ? last.step + (last.ends ? 1 : 0) : 0;
    const before = this.lines.length;
    if (this.rest) {
      more = new Uint8Array(this.rest.length + bytes.length);
      more.set(this.rest);
      more.set(bytes, this.rest.length);
      this.end = last.at;
      this.lines.pop();
    }

    for (const line of split(more, this.end)) {
      this.lines.push({ ...line, step });
      step++;
      this.end += line.bytes;
    }

    const open = this.lines.at(-1);
    this.rest = open && !open.ends && !open.note ? more.slice(more.length - open.bytes) : null;
    return this.lines.length - before;
  }

  // Adds what lies before, which ends where this begins. Returns how many lines that are.
  prepend(bytes, offset) {
    const lines = split(bytes, offset);
    let step = this.lines.length > 0 ? this.lines[0].step : 0;
    for (let index = lines.length - 1; index >= 0; index--) {
      step -= lines[index].ends ? 1 : 0;
      lines[index].step = step;
    }

    this.lines = lines.concat(this.lines);
    this.start = offset;
    return lines.length;
  }

  // Says in a line of its own that a part was left out there, right behind what is held, and with which number it goes on.
  appendGap(gap, text, number) {
    const step = number - this.shift;
    this.lines.push({ at: gap.from, bytes: gap.to - gap.from, text, ends: false, note: true, step });
    this.end = gap.to;
    this.rest = null;
  }

  // The same right before what is held; `number` is that of the line in which the part before it ends.
  prependGap(gap, text, number) {
    this.lines.unshift({ at: gap.from, bytes: gap.to - gap.from, text, ends: false, note: true, step: number + 1 - this.shift });
    this.start = gap.from;
  }

  dropFirst(count) {
    this.lines.splice(0, count);
    this.start = this.lines[0].at;
  }

  dropLast(count) {
    this.lines.splice(this.lines.length - count, count);
    const last = this.lines.at(-1);
    this.end = last.at + last.bytes;
    this.rest = null;
  }
}

export function countLines(bytes) {
  let lines = 0;
  for (let at = bytes.indexOf(10); at >= 0; at = bytes.indexOf(10, at + 1)) {
    lines++;
  }
  return lines;
}

function split(bytes, offset) {
  const lines = [];
  for (let from = 0; from < bytes.length;) {
    const found = bytes.indexOf(10, from);
    const to = found < 0 ? bytes.length : found + 1;
    lines.push({ at: offset + from, bytes: to - from, text: decoder.decode(bytes.subarray(from, found < 0 ? to : found)), ends: found >= 0 });
    from = to;
  }
  return lines;
}
