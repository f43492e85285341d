// Draws when the attempts of a run waited and ran. What it draws comes from the API, never over the page's connection; of many rows
// only those that are seen are drawn.

const views = new Map();
const rowHeight = 24;
const stripHeight = 56;
const axisHeight = 24;
const pause = 1000;
const foldWidth = 56;
const foldAbove = 0.1;

export function show(root, settings) {
  if (!root) {
    return;
  }

  let view = views.get(root);
  if (!view) {
    view = new TimelineView(root);
    views.set(root, view);
  }

  view.ask(settings);
}

export function stop(root) {
  views.get(root)?.close();
  views.delete(root);
}

class TimelineView {
  data = null;
  rows = [];
  leaving = new AbortController();

  constructor(root) {
    this.root = root;
    root.innerHTML = '';
    this.empty = make('p', 'torc-soft', root);
    this.empty.dataset.testid = 'timeline-empty';
    this.scroll = make('div', 'torc-timeline-scroll', root);
    this.scroll.tabIndex = 0;
    this.scroll.setAttribute('role', 'img');
    this.room = make('div', 'torc-timeline-room', this.scroll);
    this.canvas = make('canvas', '', this.room);
    this.tip = make('div', 'torc-timeline-tip', root);
    this.tip.hidden = true;
    this.table = make('details', 'torc-timeline-table', root);
    make('summary', '', this.table).textContent = 'As a table';
    this.body = make('div', 'torc-scroll', this.table);
    const on = (target, event, act) => target.addEventListener(event, act, { signal: this.leaving.signal });
    on(this.scroll, 'scroll', () => this.soon());
    on(this.scroll, 'mousemove', event => this.point(event));
    on(this.scroll, 'mouseleave', () => { this.tip.hidden = true; });
    on(this.scroll, 'click', event => this.open(event));
    on(this.table, 'toggle', () => this.list());
    this.sized = new ResizeObserver(() => this.soon());
    this.sized.observe(this.scroll);
    this.themed = new MutationObserver(() => this.soon());
    this.themed.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    // What runs grows.
    this.ticking = setInterval(() => this.isOpen && this.soon(), pause);
  }

  close() {
    this.leaving.abort();
    this.sized.disconnect();
    this.themed.disconnect();
    clearInterval(this.ticking);
    clearTimeout(this.again);
  }

  get isOpen() {
    return this.data !== null && this.data.run > 0 && !this.data.ended_at;
  }

  // One question at a time; what changes meanwhile is asked for once, a second later.
  ask(settings) {
    const isSame = this.settings?.source === settings.source;
    this.settings = settings;
    if (!isSame) {
      this.data = null;
    }

    this.arrange();
    if (this.asking) {
      this.wanted = true;
      return;
    }

    this.asking = this.load();
  }

  async load() {
    const { source } = this.settings;
    try {
      const answer = await fetch(new URL(source, document.baseURI), { signal: this.leaving.signal });
      if (answer.ok) {
        const data = await answer.json();
        if (source === this.settings.source) {
          // The clocks of server and browser may differ; what counts is the server's.
          this.skew = Date.parse(answer.headers.get('Date') ?? '') - Date.now() || 0;
          this.data = data;
          this.arrange();
          this.root.dataset.ready = 'true';
        }
      } else if (source === this.settings.source) {
        this.wanted = true;
        if (!this.data) {
          this.say('The timeline cannot be shown right now. This page tries again.');
        }
      }
    } catch {
      // Not connected: what is shown stays, and the next change asks again.
    }

    this.again = setTimeout(() => {
      this.asking = null;
      if (this.wanted) {
        this.wanted = false;
        this.asking = this.load();
      }
    }, pause);
  }

  say(words) {
    this.empty.textContent = words;
    this.empty.hidden = words === '';
    this.scroll.hidden = words !== '';
    this.table.hidden = words !== '';
  }

  // Rows: jobs in the order in which they began, or the lanes of each node.
  arrange() {
    if (!this.data) {
      return;
    }

    const attempts = this.data.attempts.map(one => ({
      ...one, assigned: Date.parse(one.assigned_at), started: one.started_at ? Date.parse(one.started_at) : null, ended: one.ended_at ? Date.parse(one.ended_at) : null,
    }));
    if (attempts.length === 0) {
      this.rows = [];
      this.say(this.data.run === 0 ? 'This workflow has not run yet. When each job waits and runs appears here.' : 'No job of this run has been sent to a node yet.');
      return;
    }

    this.say('');
    this.rows = this.settings.row === 'job' ? byJob(attempts) : lanes(attempts, this.settings.row);
    this.from = Math.min(...attempts.map(one => one.assigned));
    this.root.dataset.rows = String(this.rows.length);
    this.root.dataset.bars = String(attempts.length);
    this.peak = concurrency(attempts);
    const ran = attempts.filter(one => one.started).length;
    this.scroll.setAttribute('aria-label', `Timeline of run ${this.data.run}: ${ran} attempts, at most ${this.peak.most} at once. The table below has the same.`);
    this.attempts = attempts;
    this.list();
    this.soon();
  }

  now() {
    return Date.now() + (this.skew ?? 0);
  }

  measure() {
    const last = this.attempts.reduce((most, one) => Math.max(most, one.ended ?? this.now()), 0);
    this.to = Math.max(last, this.from + 1000);
    this.folds = idle(this.attempts, this.from, this.to, this.now());
    this.root.dataset.folds = String(this.folds.length);
    this.drawn = this.to - this.from - this.folds.reduce((sum, fold) => sum + fold.to - fold.from, 0);
  }

  soon() {
    this.frame ??= requestAnimationFrame(() => {
      this.frame = null;
      this.draw();
    });
  }

  get labels() {
    return Math.min(220, Math.max(90, this.scroll.clientWidth * 0.2));
  }

  x(at) {
    const room = this.scroll.clientWidth - this.labels - 16 - this.folds.length * foldWidth;
    let time = at - this.from;
    let folded = 0;
    for (const fold of this.folds) {
      if (at > fold.from) {
        const part = Math.min(at, fold.to) - fold.from;
        time -= part;
        folded += part / (fold.to - fold.from) * foldWidth;
      }
    }

    return this.labels + time / this.drawn * room + folded;
  }

  get ticks() {
    return ticks(this.from, this.to, this.drawn, this.folds);
  }

  // Time in which nothing waited or ran, in a band that says how long it was.
  drawFolds(pen, look, head, height) {
    pen.textAlign = 'center';
    for (const { from, to } of this.folds) {
      const x = this.x(from);
      pen.globalAlpha = 0.35;
      hatch(pen, look.waits, x + 4, head + 2, foldWidth - 8, height - head - 4);
      pen.globalAlpha = 1;
      pen.fillStyle = look.soft;
      pen.fillText(since(to - from), x + foldWidth / 2, stripHeight - 26);
      pen.fillText('idle', x + foldWidth / 2, stripHeight - 12);
    }
  }

  draw() {
    if (this.leaving.signal.aborted || this.rows.length === 0 || this.scroll.clientWidth === 0) {
      return;
    }

    this.measure();
    const width = this.scroll.clientWidth;
    const head = stripHeight + axisHeight;
    const all = head + this.rows.length * rowHeight + 8;
    this.scroll.style.height = `${Math.min(all, Math.max(240, innerHeight * 0.62))}px`;
    this.room.style.height = `${all}px`;
    const height = this.scroll.clientHeight;
    const scale = devicePixelRatio || 1;
    this.canvas.style.width = `${width}px`;
    this.canvas.style.height = `${height}px`;
    if (this.canvas.width !== Math.round(width * scale) || this.canvas.height !== Math.round(height * scale)) {
      this.canvas.width = Math.round(width * scale);
      this.canvas.height = Math.round(height * scale);
    }

    const pen = this.canvas.getContext('2d');
    pen.setTransform(scale, 0, 0, scale, 0, 0);
    pen.clearRect(0, 0, width, height);
    const style = getComputedStyle(this.root);
    const ink = name => style.getPropertyValue(name).trim();
    const look = {
      text: ink('--mud-palette-text-primary'), soft: ink('--mud-palette-text-secondary'), line: ink('--mud-palette-lines-default'), back: ink('--mud-palette-background'),
      waits: ink('--torc-edge'), running: ink('--torc-running'), done: ink('--torc-done'), failed: ink('--torc-failed'),
    };
    pen.font = `12px ${style.fontFamily}`;
    pen.textBaseline = 'middle';
    const top = this.scroll.scrollTop;
    const first = Math.max(0, Math.floor((top - head) / rowHeight));
    const last = Math.min(this.rows.length, Math.ceil((top + height - head) / rowHeight) + 1);
    this.drawGrid(pen, look, width, height, head);
    for (let index = first; index < last; index++) {
      this.drawRow(pen, look, this.rows[index], head + index * rowHeight - top, width);
    }

    this.drawHead(pen, look, width, head);
  }

  drawGrid(pen, look, width, height, head) {
    pen.strokeStyle = look.line;
    pen.lineWidth = 1;
    for (const at of this.ticks) {
      const x = Math.round(this.x(at)) + 0.5;
      pen.beginPath();
      pen.moveTo(x, head);
      pen.lineTo(x, height);
      pen.stroke();
    }
  }

  drawRow(pen, look, row, y, width) {
    pen.fillStyle = look.text;
    pen.textAlign = 'left';
    pen.fillText(fit(pen, row.label, this.labels - 18), 4, y + rowHeight / 2);
    for (const one of row.attempts) {
      const sent = this.x(one.assigned);
      const started = this.x(one.started ?? one.ended ?? this.now());
      const ended = this.x(one.ended ?? this.now());
      if (started - sent >= 1) {
        hatch(pen, look.waits, sent, y + 7, started - sent, rowHeight - 14);
      }

      if (one.started) {
        pen.fillStyle = look[state(one)];
        pen.fillRect(started, y + 4, Math.max(2, ended - started), rowHeight - 8);
      }

      const usual = usualEnd(one);
      if (usual !== null && usual <= this.to) {
        pen.fillStyle = look.text;
        pen.fillRect(Math.round(this.x(usual)) - 1, y + 1, 2, rowHeight - 2);
      }
    }
  }

  // How many ran at once, and the times: they stay while the rows are scrolled.
  drawHead(pen, look, width, head) {
    pen.fillStyle = look.back;
    pen.fillRect(0, 0, width, head);
    const { steps, most } = this.peak;
    const base = stripHeight - 2;
    const high = count => base - count / Math.max(1, most) * (stripHeight - 16);
    pen.beginPath();
    pen.moveTo(this.x(this.from), base);
    let level = 0;
    for (const { at, count } of steps) {
      pen.lineTo(this.x(at), high(level));
      pen.lineTo(this.x(at), high(count));
      level = count;
    }

    pen.lineTo(this.x(this.to), high(level));
    pen.lineTo(this.x(this.to), base);
    pen.closePath();
    pen.globalAlpha = 0.35;
    pen.fillStyle = look.running;
    pen.fill();
    pen.globalAlpha = 1;
    pen.fillStyle = look.soft;
    pen.textAlign = 'left';
    pen.fillText(fit(pen, `at most ${most} at once`, this.labels - 18), 4, base - 12);
    pen.textAlign = 'center';
    this.drawFolds(pen, look, head, this.scroll.clientHeight);
    pen.fillStyle = look.soft;
    this.drawTimes(pen, width);

    pen.strokeStyle = look.line;
    pen.beginPath();
    pen.moveTo(0, head - 0.5);
    pen.lineTo(width, head - 0.5);
    pen.stroke();
  }

  // On a narrow screen only every second, third or so has room.
  drawTimes(pen, width) {
    const times = this.ticks.map(at => {
      const words = since(at - this.from);
      return { words, x: Math.min(this.x(at), width - 28), half: pen.measureText(words).width / 2 + 4 };
    });
    const touches = (one, other) => other.x - other.half < one.x + one.half;
    let every = 1;
    while (times.some((time, index) => index >= every && index % every === 0 && touches(times[index - every], time))) {
      every++;
    }

    const written = times.filter((_, index) => index % every === 0);
    written.forEach(time => pen.fillText(time.words, time.x, stripHeight + axisHeight / 2));
    this.root.dataset.times = written.map(time => time.words).join(', ');
  }

  // The attempt under the pointer.
  find(event) {
    const box = this.scroll.getBoundingClientRect();
    const y = event.clientY - box.top;
    if (this.rows.length === 0 || y < stripHeight + axisHeight) {
      return null;
    }

    const row = this.rows[Math.floor((y + this.scroll.scrollTop - stripHeight - axisHeight) / rowHeight)];
    const x = event.clientX - box.left;
    return row?.attempts.find(one => x >= this.x(one.assigned) - 2 && x <= Math.max(this.x(one.ended ?? this.now()), this.x(one.assigned) + 3) + 2)
      ?? (x < this.labels && this.settings.row === 'job' ? row?.attempts.at(-1) : null) ?? null;
  }

  point(event) {
    const one = this.rows.length > 0 ? this.find(event) : null;
    this.scroll.style.cursor = one ? 'pointer' : '';
    this.tip.hidden = !one;
    if (!one) {
      return;
    }

    const waited = (one.started ?? one.ended ?? this.now()) - one.assigned;
    this.tip.textContent = `${one.name}, attempt ${one.number} on ${one.node}\nwaited ${since(waited)}${one.started ? `, ran ${since((one.ended ?? this.now()) - one.started)}${usually(one)}` : ''}\n${words(one)}`;
    const box = this.root.getBoundingClientRect();
    this.tip.style.left = `${Math.min(event.clientX - box.left + 14, box.width - this.tip.offsetWidth - 8)}px`;
    this.tip.style.top = `${event.clientY - box.top + 16}px`;
  }

  open(event) {
    const one = this.rows.length > 0 ? this.find(event) : null;
    if (one) {
      Blazor.navigateTo(`${this.settings.page}${one.job}`);
    }
  }

  list() {
    if (!this.table.open || !this.attempts) {
      return;
    }

    const table = document.createElement('table');
    table.className = 'torc-runs-table';
    const head = make('tr', '', make('thead', '', table));
    for (const name of ['Job', 'Attempt', 'Node', 'Sent after', 'Waited', 'Ran', 'Usually', 'Outcome']) {
      make('th', '', head).textContent = name;
    }

    const body = make('tbody', '', table);
    for (const one of this.attempts) {
      const row = make('tr', '', body);
      row.dataset.testid = 'timeline-row';
      const link = make('a', 'torc-link', make('td', '', row));
      link.href = `${this.settings.page}${one.job}`;
      link.textContent = one.name;
      const cells = [
        String(one.number), one.node, since(one.assigned - this.from), one.started ? since(one.started - one.assigned) : '–',
        one.started ? since((one.ended ?? this.now()) - one.started) : '–', one.usual_s === undefined ? '–' : since(one.usual_s * 1000), words(one),
      ];
      for (const cell of cells) {
        make('td', '', row).textContent = cell;
      }
    }

    this.body.replaceChildren(table);
    if (this.data.total > this.attempts.length) {
      make('p', 'torc-soft', this.body).textContent = `These are the last ${this.attempts.length.toLocaleString('en')} of ${this.data.total.toLocaleString('en')} attempts.`;
    }
  }
}

function make(name, look, parent) {
  const element = document.createElement(name);
  element.className = look;
  parent.append(element);
  return element;
}

function byJob(attempts) {
  const rows = new Map();
  for (const one of attempts) {
    if (!rows.has(one.job)) {
      rows.set(one.job, { label: one.name, attempts: [] });
    }
    rows.get(one.job).attempts.push(one);
  }
  return [...rows.values()];
}

// As few lanes for each node or group as it takes for no two attempts to lie on each other.
function lanes(attempts, key) {
  const nodes = new Map();
  for (const one of attempts) {
    const of = nodes.get(one[key]) ?? [];
    nodes.set(one[key], of);
    let lane = of.find(lane => lane.until <= one.assigned);
    if (!lane) {
      lane = { label: of.length === 0 ? one[key] : '', attempts: [], until: 0 };
      of.push(lane);
    }
    lane.attempts.push(one);
    lane.until = one.ended ?? Infinity;
  }
  // Nodes by name; groups as they began.
  const keys = key === 'node' ? [...nodes.keys()].sort() : [...nodes.keys()];
  return keys.flatMap(one => nodes.get(one));
}

// How many ran at once, and from when on.
function concurrency(attempts) {
  const changes = attempts.filter(one => one.started).flatMap(one => one.ended ? [[one.started, 1], [one.ended, -1]] : [[one.started, 1]]).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
  let count = 0;
  let most = 0;
  const steps = changes.map(([at, by]) => {
    count += by;
    most = Math.max(most, count);
    return { at, count };
  });
  return { steps, most };
}

// When it would have ended if it had taken what it took in earlier runs.
const usualEnd = one => one.started && one.usual_s !== undefined ? one.started + one.usual_s * 1000 : null;
const usually = one => one.usual_s === undefined ? '' : `, usually ${since(one.usual_s * 1000)}`;

function state(one) {
  return !one.outcome ? 'running' : one.outcome === 'exit' && one.exit_code === 0 ? 'done' : 'failed';
}

function words(one) {
  if (!one.outcome) {
    return one.started ? 'running' : 'starting';
  }
  return one.outcome === 'exit' ? (one.exit_code === 0 ? 'done' : `exit ${one.exit_code}`) : one.outcome.replaceAll('_', ' ');
}

// When nothing waited or ran for more than a tenth of all the time.
function idle(attempts, from, to, now) {
  const folds = [];
  let busy = from;
  for (const one of [...attempts].sort((a, b) => a.assigned - b.assigned)) {
    if (one.assigned - busy > (to - from) * foldAbove) {
      folds.push({ from: busy, to: one.assigned });
    }
    busy = Math.max(busy, one.ended ?? now);
  }
  return folds;
}

// Round times, about eight of them in the time that is drawn and none in what is folded, as milliseconds since 1970.
function ticks(from, to, drawn, folds) {
  const steps = [0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 172800, 604800, 2592000].map(step => step * 1000);
  const step = steps.find(step => drawn / step <= 8) ?? drawn / 8;
  const found = [];
  for (let at = from; at <= to; at += step) {
    const fold = folds.find(fold => at > fold.from && at < fold.to);
    if (fold) {
      at += Math.ceil((fold.to - at) / step - 1) * step;
    } else {
      found.push(at);
    }
  }
  return found;
}

function since(milliseconds) {
  const seconds = Math.max(0, milliseconds / 1000);
  if (seconds > 0 && seconds < 0.1) {
    return `${Math.round(seconds * 1000)} ms`;
  }
  if (seconds < 60) {
    return `${Number(seconds.toFixed(seconds < 10 ? 1 : 0))} s`;
  }
  const two = (large, largeUnit, small, smallUnit) => small === 0 ? `${large} ${largeUnit}` : `${large} ${largeUnit} ${small} ${smallUnit}`;
  const s = Math.floor(seconds);
  if (s < 3600) {
    return two(Math.floor(s / 60), 'min', s % 60, 's');
  }
  return s < 86400 ? two(Math.floor(s / 3600), 'h', Math.floor(s % 3600 / 60), 'min') : two(Math.floor(s / 86400), 'd', Math.floor(s % 86400 / 3600), 'h');
}

function fit(pen, text, width) {
  if (pen.measureText(text).width <= width) {
    return text;
  }

  let cut = text;
  while (cut.length > 1 && pen.measureText(`${cut}…`).width > width) {
    cut = cut.slice(0, -1);
  }
  return `${cut}…`;
}

function hatch(pen, color, x, y, width, height) {
  pen.save();
  pen.beginPath();
  pen.rect(x, y, width, height);
  pen.clip();
  pen.strokeStyle = color;
  pen.lineWidth = 1;
  pen.strokeRect(x + 0.5, y + 0.5, width - 1, height - 1);
  pen.beginPath();
  for (let from = x - height; from < x + width; from += 5) {
    pen.moveTo(from, y + height);
    pen.lineTo(from + height, y);
  }
  pen.stroke();
  pen.restore();
}
