// Searches a log where it lies, since the page holds only some of its lines: a browser's own search would miss the rest.

import { on as onKey } from './keys.js';
import { reason, writeLine } from './logtext.js';

const typing = 250;
const mostMatches = 1000;
const mostListed = 300;
// While a log grows, it is searched again so often, in milliseconds; one with more bytes only when somebody asks for the next match.
const refreshing = 2000;
const mostRefreshed = 64 * 1024 * 1024;
const grouped = new Intl.NumberFormat('en');

export class LogSearch {
  found = null;
  current = null;
  turn = 0;

  constructor(part, view) {
    this.view = view;
    for (const name of ['query', 'count', 'previous', 'next', 'regex', 'case', 'only', 'error', 'matches', 'viewport']) {
      this[name] = part(name);
    }
  }

  listen(on) {
    for (const off of [onKey('search', () => this.start()), onKey('search-log', () => this.start())]) {
      this.view.leaving.signal.addEventListener('abort', off);
    }
    on(this.query, 'input', () => {
      clearTimeout(this.waiting);
      this.waiting = setTimeout(() => this.run(), typing);
    });
    on(this.query, 'keydown', event => this.typed(event));
    on(this.next, 'click', () => this.go(1));
    on(this.previous, 'click', () => this.go(-1));
    on(this.error, 'click', () => this.firstError());
    for (const button of [this.regex, this.case, this.only]) {
      on(button, 'click', () => {
        button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'));
        if (button === this.only) {
          this.list();
        } else {
          this.run();
        }
      });
    }
    on(this.matches, 'click', event => {
      const index = event.target.closest('[data-match]')?.dataset.match;
      if (index !== undefined) {
        this.only.setAttribute('aria-pressed', 'false');
        this.list();
        this.show(Number(index));
      }
    });
  }

  start() {
    this.query.focus();
    this.query.select();
  }

  typed(event) {
    if (event.key === 'Enter') {
      event.preventDefault();
      this.go(event.shiftKey ? -1 : 1);
    } else if (event.key === 'Escape') {
      event.preventDefault();
      this.query.value = '';
      this.run();
      this.viewport.focus();
    }
  }

  get asked() {
    return `pattern=${encodeURIComponent(this.query.value)}&regex=${pressed(this.regex)}&ignore_case=${!pressed(this.case)}`;
  }

  // Asks for the lines that match; resolves to whether the answer is about what is asked for now.
  async run() {
    clearTimeout(this.waiting);
    const turn = ++this.turn;
    const asked = this.asked;
    this.current = null;
    this.found = null;
    this.view.setPattern(this.mark());
    if (this.query.value === '') {
      this.say('');
      this.list();
      return false;
    }

    this.say('Searching …');
    const length = this.view.total;
    const found = await this.ask(`${asked}&limit=${mostMatches}`);
    if (turn !== this.turn) {
      return false;
    }

    this.found = found && { ...found, asked, length };
    if (found) {
      this.tell();
    }

    this.list();
    return found !== null;
  }

  // More was written.
  grown() {
    if (this.found && !this.growing && this.view.total <= mostRefreshed) {
      this.growing = setTimeout(() => {
        this.growing = null;
        this.refresh();
      }, refreshing);
    }
  }

  // The matches that are known stay what they are: what is written is only added to. One question at a time, or both would add the same.
  refresh() {
    this.refreshing ??= this.readOn().finally(() => { this.refreshing = null; });
    return this.refreshing;
  }

  async readOn() {
    const { found, turn } = this;
    if (!found || found.length === this.view.total || this.view.isClosed) {
      return;
    }

    const length = this.view.total;
    const from = found.matches.at(-1)?.line + 1 || 1;
    const news = await this.ask(`${found.asked}&limit=${mostMatches - Math.min(mostMatches, found.matches.length)}&from_line=${from}`);
    if (news && turn === this.turn) {
      found.matches.push(...news.matches);
      Object.assign(found, { ...news, matches: found.matches, asked: found.asked, length });
      this.tell();
      if (pressed(this.only)) {
        this.list();
      }
    }
  }

  async ask(query) {
    try {
      const answer = await fetch(this.view.url('/search', query), { signal: this.view.leaving.signal, headers: { Accept: 'application/json, application/problem+json' } });
      if (answer.ok) {
        return await answer.json();
      }

      this.say(reason(await answer.text()) ?? 'The log could not be searched.');
    } catch {
      this.say('The log could not be searched right now.');
    }
    return null;
  }

  async go(by) {
    if (this.query.value === '') {
      this.query.focus();
      return;
    }

    if (this.found?.asked !== this.asked && !await this.run()) {
      return;
    }

    if (this.found.matches.length === 0 || by > 0 && this.current === this.found.matches.length - 1) {
      await this.refresh();
    }

    if (!this.found || this.found.matches.length === 0) {
      return;
    }

    let index = this.current === null ? (by > 0 ? 0 : this.found.matches.length - 1) : this.current + by;
    await this.refreshing;
    if (index === this.found?.matches.length && this.found.has_more) {
      const last = this.found.matches.at(-1).line;
      const more = await this.ask(`${this.asked}&limit=${mostMatches}&from_line=${last + 1}`);
      if (!more || this.found?.asked !== this.asked) {
        return;
      }

      this.found.matches.push(...more.matches);
      this.found.has_more = more.has_more;
    }

    if (this.found) {
      index = (index + this.found.matches.length) % this.found.matches.length;
      await this.show(index);
    }
  }

  async show(index) {
    this.current = index;
    this.tell();
    await this.view.attempt(() => this.view.goTo(this.found.matches[index]));
  }

  async firstError() {
    // The first error is part of the answer to any question.
    const found = await this.ask('pattern=error&limit=0');
    if (found?.first_error) {
      await this.view.attempt(() => this.view.goTo(found.first_error));
    } else if (found) {
      this.view.say(found.is_complete ? 'No line tells of an error.' : 'No line tells of an error, as far as it could be searched.');
    }
  }

  // What the server finds is marked in the lines; a few expressions that only one side knows are found and not marked.
  mark() {
    if (this.query.value === '') {
      return null;
    }

    try {
      return new RegExp(pressed(this.regex) ? this.query.value : this.query.value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'), pressed(this.case) ? 'gu' : 'giu');
    } catch {
      return null;
    }
  }

  tell() {
    const { count, is_complete: isComplete, note } = this.found;
    const all = `${grouped.format(count)} ${count === 1 ? 'match' : 'matches'}`;
    const words = count === 0 ? 'No matches' : this.current === null ? all : `${grouped.format(this.current + 1)} of ${all}`;
    this.say(isComplete ? words : `${words}, not all searched`);
    this.count.title = isComplete ? '' : note ?? 'The log is too large to be searched to its end while you wait.';
  }

  say(words) {
    this.count.textContent = words;
    this.count.title = '';
  }

  // Only the lines that match, in place of the log.
  list() {
    const isListed = pressed(this.only) && this.found !== null;
    this.matches.hidden = !isListed;
    this.viewport.hidden = isListed;
    if (!isListed) {
      this.matches.replaceChildren();
      return;
    }

    const pattern = this.mark();
    const rows = this.found.matches.slice(0, mostListed).map((match, index) => {
      const row = document.createElement('button');
      row.type = 'button';
      row.className = 'torc-log-line';
      row.dataset.testid = 'log-match';
      row.dataset.match = String(index);
      const number = document.createElement('span');
      number.textContent = String(match.line);
      const text = document.createElement('span');
      writeLine(text, match.text, pattern);
      row.append(number, text);
      return row;
    });
    const left = this.found.count - rows.length;
    const end = document.createElement('p');
    end.className = 'torc-soft';
    end.textContent = this.found.count === 0 ? 'No line matches.' : left > 0 ? `… and ${grouped.format(left)} more. A longer pattern finds fewer.` : '';
    this.matches.replaceChildren(...rows, end);
  }
}

function pressed(button) {
  return button.getAttribute('aria-pressed') === 'true';
}
