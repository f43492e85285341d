// Shows one log, whatever its size: a run of its lines is held, some of them are in the page, and the scroll bar stands for all of
// it. All of it comes from the API, never over the page's connection.

import { LogBuffer, countLines } from './logbuffer.js';
import { LogSearch } from './logsearch.js';
import { reason, writeLine } from './logtext.js';

const chunkBytes = 128 * 1024;
const mostShown = 400;
const mostHeld = 20000;
const step = 150;
// Browsers cannot make elements much higher, in pixels; the bar of a longer log is drawn to a smaller scale.
const highest = 6000000;
const pause = 2000;
const wrapKey = 'torc-log-wrap';

const views = new Map();
const encoder = new TextEncoder();
const grouped = new Intl.NumberFormat('en');

// Shows a log; the one that the page showed before, if its element has gone, is closed.
export function open(root, settings) {
  for (const shown of views.keys()) {
    if (!shown.isConnected) {
      stop(shown);
    }
  }

  if (root && !views.has(root)) {
    const view = new LogView(root, settings);
    views.set(root, view);
    view.begin();
  }
}

export function stop(root) {
  views.get(root)?.close();
  views.delete(root);
}

class LogView {
  buffer = new LogBuffer(0);
  // The slice of the buffer that is in the page.
  from = 0;
  to = 0;
  // Of the log, in bytes, as far as known; and up to where it has been followed.
  total = 0;
  position = 0;
  gap = null;
  following = true;
  isOver = false;
  unseen = 0;
  marked = null;
  pattern = null;
  perByte = null;
  placed = null;
  noted = null;
  turn = 0;
  leaving = new AbortController();

  constructor(root, settings) {
    this.root = root;
    this.settings = settings;
    const part = name => root.querySelector(`[data-part="${name}"]`);
    this.viewport = part('viewport');
    this.above = part('above');
    this.rows = part('rows');
    this.below = part('below');
    this.facts = part('facts');
    this.said = part('said');
    this.jumper = part('jump');
    this.search = new LogSearch(part, this);
    const on = (target, event, act) => target.addEventListener(event, act, { signal: this.leaving.signal });
    on(this.viewport, 'scroll', () => this.soon());
    on(this.rows, 'click', event => this.click(event));
    on(this.jumper, 'click', () => this.goToEnd());
    on(part('wrap'), 'click', event => this.wrap(event.currentTarget));
    on(this.viewport, 'keydown', event => this.key(event));
    on(document, 'visibilitychange', () => this.visible());
    on(window, 'hashchange', () => this.goToHash());
    this.search.listen(on);
    this.sized = new ResizeObserver(() => this.following ? this.toBottom() : this.soon());
    this.sized.observe(this.viewport);
    this.wrapped(part('wrap'), localStorage.getItem(wrapKey) === 'true');
  }

  close() {
    this.leaving.abort();
    this.sized.disconnect();
    this.source?.close();
    clearTimeout(this.again);
    clearTimeout(this.later);
    clearTimeout(this.drawn);
  }

  get isClosed() {
    return this.leaving.signal.aborted;
  }

  url(path, query) {
    return new URL(`${this.settings.address}${path}?stream=${this.settings.stream}&${query}`, document.baseURI);
  }

  async begin() {
    clearTimeout(this.again);
    const line = hashLine();
    const isThere = await this.attempt(() => line ? this.goToLine(line) : this.goToEnd());
    if (this.isClosed) {
      return;
    }

    this.root.dataset.ready = 'true';
    this.isThere = isThere;
    if (isThere) {
      this.follow();
    } else {
      // A job may be about to start, or a node to come back.
      this.again = setTimeout(() => this.begin(), pause);
    }
  }

  // Says whether it was possible; if not, the reason stands beside the lines, or in place of them if there are none.
  async attempt(act) {
    try {
      await act();
      return true;
    } catch (failure) {
      if (!this.isClosed) {
        const words = failure instanceof Refusal ? failure.message : 'The server cannot be reached right now. This page tries again.';
        if (this.buffer.lines.length > 0) {
          this.note(words);
        } else {
          this.tell(words);
        }
      }
      return false;
    }
  }

  async part(query) {
    const answer = await fetch(this.url('', query), { signal: this.leaving.signal, headers: { Accept: 'text/plain, application/problem+json' } });
    if (!answer.ok) {
      throw new Refusal(reason(await answer.text()) ?? 'The log cannot be shown right now.');
    }

    const number = name => answer.headers.has(name) ? Number(answer.headers.get(name)) : null;
    const left = answer.headers.get('Torc-Log-Left-Out')?.split('-').map(Number);
    this.gap = left ? { from: left[0], to: left[1] } : null;
    this.total = Math.max(this.total, number('Torc-Log-Length') ?? 0);
    return { bytes: new Uint8Array(await answer.arrayBuffer()), offset: number('Torc-Log-Offset') ?? 0, first: number('Torc-Log-First-Line') };
  }

  // Where to go

  async goToEnd() {
    const turn = ++this.turn;
    if (this.buffer.lines.length === 0 || this.buffer.end < this.position) {
      const part = await this.part(`offset=${-chunkBytes}&length=${chunkBytes}&whole_lines=true`);
      if (turn !== this.turn) {
        return;
      }

      this.replace(part);
      this.position = Math.max(this.position, this.buffer.end);
    }

    this.following = true;
    this.unseen = 0;
    this.toBottom();
  }

  async goToLine(number) {
    const turn = ++this.turn;
    let index = this.buffer.indexOf(number);
    if (index < 0) {
      let part = await this.part(`from_line=${Math.max(1, number - step)}&lines=${mostShown}`);
      let known = behind(part);
      if (number >= known && part.offset + part.bytes.length < this.total) {
        // Lines may be so long, or a part of the log left out, that the answer ended before it.
        part = await this.part(`from_line=${number}&lines=${mostShown}`);
        known = behind(part);
      }

      if (turn !== this.turn) {
        return;
      }

      if (number >= known) {
        await this.goToEnd();
        this.say(`There is no line ${grouped.format(number)}: this log has ${grouped.format(known - 1)} so far.`);
        return;
      }

      this.replace(part);
      this.position = Math.max(this.position, this.total);
      index = Math.max(0, this.buffer.indexOf(number));
    }

    this.mark(number, index);
  }

  // Goes to a line of which the start is known, which is fast however far behind it is.
  async goTo({ offset, line }) {
    const turn = ++this.turn;
    if (!this.buffer.holds(offset)) {
      const from = Math.max(0, offset - chunkBytes / 2);
      const part = await this.part(`offset=${from}&length=${chunkBytes}&whole_lines=true`);
      if (turn !== this.turn) {
        return;
      }

      this.replace(part, false);
      if (!this.buffer.holds(offset)) {
        // It is so long that it is not whole in what came.
        const long = await this.part(`offset=${offset}&length=${chunkBytes}`);
        if (turn !== this.turn) {
          return;
        }

        this.replace(long, false);
      }
    }

    const index = this.buffer.indexAt(offset);
    this.buffer.count(index, line);
    this.renumber();
    this.mark(line, index);
  }

  goToHash() {
    const line = hashLine();
    if (line && line !== this.marked) {
      this.attempt(() => this.goToLine(line));
    }
  }

  // Goes where the scroll bar was drawn to.
  async goToByte(offset) {
    const turn = ++this.turn;
    if (!this.buffer.holds(offset)) {
      const part = await this.part(`offset=${Math.max(0, offset - chunkBytes / 4)}&length=${chunkBytes}&whole_lines=true`);
      if (turn !== this.turn) {
        return;
      }

      this.replace(part);
    }

    const index = this.buffer.indexAt(offset);
    this.show(index - step, index - step + mostShown);
    this.place(this.row(index)?.offsetTop ?? 0);
    this.state();
  }

  mark(number, index) {
    this.following = false;
    this.marked = number;
    this.show(index - mostShown / 2, index + mostShown / 2);
    this.renumber();
    const row = this.row(index);
    this.place(row.offsetTop - (this.viewport.clientHeight - row.offsetHeight) / 2);
    this.state();
  }

  place(top) {
    this.viewport.scrollTop = top;
    this.placed = this.viewport.scrollTop;
  }

  // What is held

  replace(part, mayCount = true) {
    this.buffer = new LogBuffer(part.offset);
    this.buffer.append(part.bytes);
    this.from = 0;
    this.to = 0;
    this.rows.replaceChildren();
    this.say('');
    if (part.bytes.length === 0) {
      this.tell(this.isOver ? `Nothing was written to ${this.settings.stream}.` : `Nothing has been written to ${this.settings.stream} yet.`);
      return;
    }

    this.tell(null);
    if (part.first ?? (part.offset === 0 ? 1 : null)) {
      this.buffer.count(0, part.first ?? 1);
    } else if (mayCount) {
      this.count(this.buffer);
    }
  }

  // Asks for the number of the first line, for which all before it is read: of a large log that takes a while.
  async count(buffer) {
    const offset = buffer.start;
    try {
      const { first } = await this.part(`offset=${offset}&length=1&count_lines=true`);
      if (first !== null && buffer === this.buffer && buffer.shift === null && buffer.holds(offset)) {
        buffer.count(buffer.indexAt(offset), first);
        this.renumber();
        this.state();
      }
    } catch {
      // The lines are shown without their numbers.
    }
  }

  follow() {
    this.source?.close();
    if (this.isClosed || this.isOver || document.hidden) {
      return;
    }

    const source = new EventSource(this.url('/stream', `offset=${this.position}`));
    this.source = source;
    source.addEventListener('text', event => {
      const news = JSON.parse(event.data);
      this.note(null);
      this.take(news.offset, news.bytes ? Uint8Array.from(atob(news.bytes), letter => letter.charCodeAt(0)) : encoder.encode(news.text), Number(event.lastEventId));
    });
    source.addEventListener('note', event => this.note(JSON.parse(event.data).note));
    source.addEventListener('end', event => {
      source.close();
      this.isOver = true;
      this.note(JSON.parse(event.data).note);
      if (this.total === 0) {
        this.tell(`Nothing was written to ${this.settings.stream}.`);
      }

      this.state();
    });
    source.addEventListener('error', () => {
      if (source.readyState === EventSource.CLOSED && source === this.source) {
        this.again = setTimeout(() => this.follow(), pause);
      }
    });
  }

  // A browser keeps few connections to one server: pages that nobody looks at hold none.
  visible() {
    clearTimeout(this.again);
    if (document.hidden) {
      this.source?.close();
    } else if (this.isThere) {
      this.follow();
    } else {
      this.begin();
    }
  }

  take(offset, bytes, next) {
    if (next <= this.position) {
      return;
    }

    this.unseen += this.following ? 0 : countLines(bytes.subarray(Math.max(0, this.position - offset)));
    this.position = next;
    this.total = Math.max(this.total, next);
    const { buffer } = this;
    if (offset <= buffer.end && buffer.end < next) {
      const grows = buffer.rest !== null;
      this.tell(null);
      if (buffer.lines.length === 0 && buffer.start === 0) {
        buffer.shift = 1;
      }

      buffer.append(bytes.subarray(buffer.end - offset));
      if (grows && this.to >= this.from + 1) {
        this.rewrite(Math.min(this.to, buffer.lines.length) - 1);
      }

      const spare = buffer.lines.length - Math.max(mostHeld, this.to);
      if (!this.following && spare > mostHeld) {
        buffer.dropLast(spare);
      } else if (this.following && buffer.lines.length > mostHeld) {
        this.forget(buffer.lines.length - mostHeld);
      }
    }

    if (!this.following) {
      this.steady(() => this.space());
    } else if (offset > buffer.end) {
      // It came while the end was read: what lies between is read too.
      this.attempt(() => this.goToEnd());
    } else {
      this.toBottom();
    }

    this.state();
    this.search.grown();
  }

  forget(count) {
    if (count > this.from) {
      // What is in the page goes too, and is written anew.
      this.rows.replaceChildren();
      this.from = 0;
      this.to = 0;
    } else {
      this.from -= count;
      this.to -= count;
    }

    this.buffer.dropFirst(count);
  }

  // What is in the page

  show(from, to) {
    const first = Math.max(0, from);
    const behind = Math.min(Math.max(to, 0), this.buffer.lines.length);
    if (first >= this.to || behind <= this.from) {
      this.rows.replaceChildren(...this.written(first, behind));
    } else {
      for (; this.from < first; this.from++) {
        this.rows.firstElementChild.remove();
      }
      for (; this.to > behind; this.to--) {
        this.rows.lastElementChild.remove();
      }
      this.rows.prepend(...this.written(first, this.from));
      this.rows.append(...this.written(this.to, behind));
    }

    this.from = first;
    this.to = behind;
    this.space();
  }

  written(from, to) {
    const rows = [];
    for (let index = from; index < to; index++) {
      const row = document.createElement('div');
      row.className = 'torc-log-line';
      row.dataset.testid = 'log-line';
      const number = document.createElement('button');
      number.type = 'button';
      number.tabIndex = -1;
      const text = document.createElement('span');
      row.append(number, text);
      this.write(row, index);
      rows.push(row);
    }
    return rows;
  }

  write(row, index) {
    const line = this.buffer.lines[index];
    row.classList.toggle('torc-log-note', line.note === true);
    writeLine(row.lastElementChild, line.text, this.pattern);
    this.tag(row, index);
  }

  tag(row, index) {
    const number = this.buffer.number(index);
    row.dataset.n = number === null ? '' : String(number);
    row.firstElementChild.textContent = number === null ? '' : String(number);
    row.firstElementChild.title = number === null ? '' : `Copy a link to line ${grouped.format(number)}`;
    row.toggleAttribute('data-marked', number !== null && number === this.marked);
  }

  row(index) {
    return this.rows.children[index - this.from];
  }

  rewrite(index) {
    const row = this.row(index);
    if (row) {
      this.write(row, index);
    }
  }

  rewriteAll() {
    for (let index = this.from; index < this.to; index++) {
      this.rewrite(index);
    }
  }

  renumber() {
    for (let index = this.from; index < this.to; index++) {
      this.tag(this.row(index), index);
    }

    const last = this.buffer.number(Math.max(0, this.buffer.lines.length - 1)) ?? 0;
    this.root.style.setProperty('--torc-log-digits', String(Math.max(4, String(last).length)));
  }

  // Leaves as much room as the lines take that are not in the page.
  space() {
    const { lines, start } = this.buffer;
    if (lines.length === 0 || this.to === this.from) {
      this.above.style.height = '0';
      this.below.style.height = '0';
      return;
    }

    this.perByte ??= this.rows.firstElementChild.offsetHeight / Math.max(8, (this.buffer.end - start) / lines.length);
    const perByte = Math.min(this.perByte, highest / Math.max(1, this.total));
    const last = lines[this.to - 1];
    this.above.style.height = `${Math.round(lines[this.from].at * perByte)}px`;
    this.below.style.height = `${Math.round(Math.max(0, this.total - last.at - last.bytes) * perByte)}px`;
  }

  toBottom() {
    const { length } = this.buffer.lines;
    if (length > 0) {
      this.show(length - mostShown, length);
      this.place(this.viewport.scrollHeight);
    }

    this.state();
  }

  // Changes what is in the page while what is seen stays where it is.
  steady(change) {
    const row = this.firstSeen();
    const top = row?.getBoundingClientRect().top;
    change();
    if (row?.isConnected) {
      this.place(this.viewport.scrollTop + row.getBoundingClientRect().top - top);
    }
  }

  firstSeen() {
    const top = this.viewport.getBoundingClientRect().top;
    const rows = this.rows.children;
    let low = 0;
    let high = rows.length - 1;
    while (low < high) {
      const middle = Math.floor((low + high) / 2);
      if (rows[middle].getBoundingClientRect().bottom > top) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return rows[low];
  }

  // Scrolling

  soon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      if (!this.isClosed) {
        this.scrolled();
      }
    });
  }

  scrolled() {
    const view = this.viewport;
    const isOurs = view.scrollTop === this.placed;
    const isAtEnd = this.to === this.buffer.lines.length && this.buffer.end >= this.position && view.scrollTop + view.clientHeight >= view.scrollHeight - 4;
    if (!isOurs && this.following !== isAtEnd) {
      this.following = isAtEnd;
      this.unseen = isAtEnd ? 0 : this.unseen;
      this.state();
    }

    const seen = view.getBoundingClientRect();
    const rows = this.rows.getBoundingClientRect();
    if (rows.bottom < seen.top || rows.top > seen.bottom) {
      clearTimeout(this.drawn);
      this.drawn = setTimeout(() => this.attempt(() => this.goToByte(this.byteSeen())), 60);
    } else if (rows.top > seen.top - seen.height && (this.from > 0 || this.buffer.start > 0)) {
      this.up();
    } else if (rows.bottom < seen.bottom + seen.height && (this.to < this.buffer.lines.length || this.buffer.end < this.total)) {
      this.down();
    }
  }

  byteSeen() {
    const { lines } = this.buffer;
    const top = this.viewport.scrollTop;
    const first = lines[this.from];
    if (top < this.rows.offsetTop) {
      return Math.floor(first.at * top / this.rows.offsetTop);
    }

    const last = lines[this.to - 1];
    const from = last.at + last.bytes;
    const part = (top - this.below.offsetTop) / Math.max(1, this.below.offsetHeight);
    return Math.min(this.total - 1, Math.floor(from + (this.total - from) * Math.max(0, part)));
  }

  up() {
    if (this.from === 0) {
      this.fetchBefore();
      return;
    }

    const from = Math.max(0, this.from - step);
    this.steady(() => this.show(from, Math.min(this.to, from + mostShown)));
    this.soon();
  }

  down() {
    if (this.to === this.buffer.lines.length) {
      this.fetchBehind();
      return;
    }

    const to = Math.min(this.buffer.lines.length, this.to + step);
    this.steady(() => this.show(Math.max(this.from, to - mostShown), to));
    this.soon();
  }

  // One question at a time in each direction; an answer that comes after something else was shown is dropped.
  async fetchBefore() {
    if (this.isAskedBefore) {
      return;
    }

    this.isAskedBefore = true;
    const { buffer } = this;
    let added = 0;
    await this.attempt(async () => {
      const isBehindGap = this.gap && buffer.start === this.gap.to;
      if (isBehindGap && buffer.shift === null) {
        return;
      }

      const end = isBehindGap ? this.gap.from : buffer.start;
      const from = Math.max(this.gap && end > this.gap.to ? this.gap.to : 0, end - chunkBytes);
      const ask = whole => this.part(`offset=${from}&length=${end - from}${whole ? '&whole_lines=true' : ''}${isBehindGap ? '&count_lines=true' : ''}`);
      const reaches = part => part.bytes.length > 0 && part.offset + part.bytes.length === end;
      const whole = await ask(true);
      const part = reaches(whole) ? whole : await ask(false);
      if (buffer !== this.buffer || !reaches(part)) {
        return;
      }

      if (isBehindGap) {
        buffer.prependGap(this.gap, gapWords(this.gap, this.total), (part.first ?? 1) + countLines(part.bytes) - 1);
        added++;
      }

      added += buffer.prepend(part.bytes, part.offset);
      this.from += added;
      this.to += added;
      const spare = buffer.lines.length - mostHeld;
      if (spare > 0 && this.to < buffer.lines.length - spare) {
        buffer.dropLast(spare);
      }
    });
    this.isAskedBefore = false;
    this.asked(added > 0);
  }

  async fetchBehind() {
    if (this.isAskedBehind || this.following) {
      return;
    }

    this.isAskedBehind = true;
    const { buffer } = this;
    let added = 0;
    await this.attempt(async () => {
      const isAtGap = this.gap && buffer.end === this.gap.from;
      if (isAtGap && buffer.shift === null) {
        return;
      }

      const from = isAtGap ? this.gap.to : buffer.end;
      const part = await this.part(`offset=${from}&length=${chunkBytes}${isAtGap ? '&count_lines=true' : ''}`);
      if (buffer !== this.buffer || part.bytes.length === 0 || part.offset !== (isAtGap ? from : buffer.end)) {
        return;
      }

      if (isAtGap) {
        buffer.appendGap(this.gap, gapWords(this.gap, this.total), part.first ?? 1);
      }

      buffer.append(part.bytes);
      added = part.bytes.length;
      this.rewrite(this.to - 1);
      const spare = Math.min(buffer.lines.length - mostHeld, this.from);
      if (spare > 0) {
        this.forget(spare);
      }
    });
    this.isAskedBehind = false;
    this.asked(added > 0);
  }

  // What brought nothing is asked for again after a while, and not at once.
  asked(hasMore) {
    if (hasMore) {
      this.note(null);
      this.soon();
    } else {
      clearTimeout(this.later);
      this.later = setTimeout(() => this.soon(), pause);
    }
  }

  // What is said

  // In place of the log.
  tell(words) {
    const empty = this.root.querySelector('[data-testid="log-empty"]');
    empty.textContent = words ?? '';
    empty.hidden = words === null;
  }

  // Beside the log.
  say(words) {
    this.said.textContent = words;
  }

  // Why nothing comes; taken back when something does.
  note(words) {
    if (words || this.noted) {
      this.say(words ?? '');
    }

    this.noted = words;
  }

  state() {
    const isAtEnd = this.following || this.total === 0;
    this.root.dataset.state = this.isOver ? 'ended' : this.following ? 'following' : 'paused';
    this.jumper.hidden = isAtEnd;
    this.jumper.textContent = this.unseen > 0 ? `Jump to end (+${grouped.format(this.unseen)})` : 'Jump to end';
    const { lines, end } = this.buffer;
    const last = lines.length > 0 && end >= this.total ? this.buffer.number(lines.length - 1) : null;
    this.lineCount = last ?? this.lineCount;
    this.facts.textContent = [
      this.lineCount ? `${grouped.format(this.lineCount)} ${this.lineCount === 1 ? 'line' : 'lines'}` : null,
      size(this.total),
      this.isOver ? 'ended' : this.following ? 'following' : 'not following',
    ].filter(Boolean).join(' · ');
  }

  setPattern(pattern) {
    this.pattern = pattern;
    this.rewriteAll();
  }

  // What people do

  async click(event) {
    const row = event.target.closest('button')?.parentElement;
    if (!row?.dataset.n) {
      return;
    }

    const link = new URL(location.href);
    link.searchParams.set('tab', 'log');
    link.searchParams.set('attempt', this.settings.attempt);
    link.searchParams.set('stream', this.settings.stream);
    link.hash = `L${row.dataset.n}`;
    history.replaceState(history.state, '', link);
    this.marked = Number(row.dataset.n);
    this.renumber();
    const line = `line ${grouped.format(this.marked)}`;
    try {
      await navigator.clipboard.writeText(link.href);
      this.say(`A link to ${line} was copied.`);
    } catch {
      this.say(`The address of this page leads to ${line} now.`);
    }
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }

    if (event.key === 'End') {
      event.preventDefault();
      this.attempt(() => this.goToEnd());
    } else if (event.key === 'Home') {
      event.preventDefault();
      this.following = false;
      this.attempt(() => this.goToByte(0));
    }
  }

  wrap(button) {
    const isWrapped = button.getAttribute('aria-pressed') !== 'true';
    localStorage.setItem(wrapKey, String(isWrapped));
    this.steady(() => this.wrapped(button, isWrapped));
    if (this.following) {
      this.toBottom();
    }
  }

  wrapped(button, isWrapped) {
    button.setAttribute('aria-pressed', String(isWrapped));
    this.viewport.classList.toggle('torc-log-wrapped', isWrapped);
  }
}

class Refusal extends Error {}

// The number of the line behind those of a part.
function behind({ first, bytes }) {
  return first + countLines(bytes) + (bytes.length > 0 && bytes.at(-1) !== 10 ? 1 : 0);
}

// Such as 150000 for "#L150000".
function hashLine() {
  const match = /^#L([1-9][0-9]{0,14})$/.exec(location.hash);
  return match ? Number(match[1]) : null;
}

function gapWords(gap, total) {
  return `… ${size(gap.to - gap.from)} of ${size(total)} are not here: of a log whose node is gone, the server keeps the start and the end …`;
}

function size(bytes) {
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  let amount = bytes;
  let unit = 0;
  for (; amount >= 999.5 && unit < units.length - 1; unit++) {
    amount /= 1024;
  }
  return `${Number(amount.toPrecision(3))} ${units[unit]}`;
}
