// The pointer and the keys of the canvas on which a workflow is drawn. What moves, moves here; the server hears of it when it is done.

import { createViewport } from './viewport.js';

const open = new WeakMap();
const dragStarts = 4;
const grid = 6;
const tipStays = 5000;
const nudgeEnds = 400;
const kindWords = { job: 'Job', file: 'File', dataset: 'Dataset', data: 'User data' };

export function start(root, hand) {
  if (!root) {
    // It has gone while this script was loaded.
    return;
  }

  const svg = root.querySelector('svg');
  const layer = svg.querySelector('.torc-viewport');
  const line = svg.querySelector('.torc-draft-line');
  const lasso = svg.querySelector('.torc-lasso');
  const tip = root.querySelector('.torc-canvas-tip');
  const editor = root.closest('.torc-editor') ?? root;
  const controller = new AbortController();
  const signal = controller.signal;
  const tell = (method, ...values) => hand.invokeMethodAsync(method, ...values);
  const isReadOnly = () => root.dataset.readonly !== undefined;
  const pointer = { x: 0, y: 0 };
  let gesture = null;

  // Things and lines

  const things = () => [...layer.querySelectorAll('.torc-thing')];
  const thing = key => layer.querySelector(`.torc-thing[data-key="${CSS.escape(key)}"]`);
  const placeOf = element => {
    const [x, y] = element.getAttribute('transform').match(/-?[\d.]+/g).map(Number);
    return { x, y, w: Number(element.dataset.w), h: Number(element.dataset.h) };
  };
  const put = (element, x, y) => element.setAttribute('transform', `translate(${x} ${y})`);
  // What was selected a moment ago and is not drawn so yet.
  let wanted = null;
  const selected = () => wanted ?? [...layer.querySelectorAll('[data-selected]')].map(element => element.dataset.key ?? element.dataset.edge);

  const curve = (from, to) => {
    const bend = Math.max(36, Math.abs(to.x - from.x) / 2);
    return `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`;
  };
  const exit = ({ x, y, w, h }) => ({ x: x + w, y: y + h / 2 });
  const entry = ({ x, y, h }) => ({ x: x - 2, y: y + h / 2 });

  function route() {
    const places = new Map(things().map(element => [element.dataset.key, placeOf(element)]));
    for (const element of layer.querySelectorAll('.torc-line')) {
      const from = places.get(element.dataset.from);
      const to = places.get(element.dataset.to);
      const d = from && to ? curve(exit(from), entry(to)) : '';
      element.querySelectorAll('path').forEach(path => path.setAttribute('d', d));
    }
  }

  function extent() {
    const places = things().map(placeOf);
    if (places.length === 0) {
      return { x: 0, y: 0, width: 600, height: 300 };
    }

    const x = Math.min(...places.map(place => place.x));
    const y = Math.min(...places.map(place => place.y));
    return { x, y, width: Math.max(...places.map(place => place.x + place.w)) - x, height: Math.max(...places.map(place => place.y + place.h)) - y };
  }

  const viewport = createViewport(root, svg, layer, {
    size: extent,
    applied: () => {},
    mayPan: event => !event.shiftKey && !event.target.closest('.torc-thing'),
    signal,
  });
  const within = event => viewport.within(event.clientX, event.clientY);
  const beside = event => {
    const box = root.getBoundingClientRect();
    return [Math.round(event.clientX - box.left), Math.round(event.clientY - box.top)];
  };

  // What is to be shown may be drawn later. Who does something else meanwhile is not called back.
  let awaited = null;
  function show(key) {
    const element = thing(key);
    awaited = element ? null : key;
    if (element) {
      viewport.reveal(element);
      element.focus({ preventScroll: true });
    }
  }
  ['keydown', 'pointerdown'].forEach(type => addEventListener(type, () => { awaited = null; }, { capture: true, signal }));

  // What the server drew is routed before anybody sees it.
  let count = things().length;
  const changes = new MutationObserver(() => {
    if (gesture?.kind !== 'move') {
      route();
    }

    const now = things().length;
    if (count === 0 && now > 0 && !viewport.touched) {
      viewport.fit();
    }

    count = now;
    awaited && show(awaited);
  });
  changes.observe(layer, { childList: true, subtree: true, attributes: true, attributeFilter: ['transform', 'data-w', 'data-h', 'data-from', 'data-to'] });

  // Why something cannot be

  let hiding = 0;
  function say(words, event) {
    clearTimeout(hiding);
    tip.textContent = words;
    tip.hidden = words === '';
    const [left, top] = event ? beside(event) : [pointer.x, pointer.y];
    tip.style.left = `${Math.min(left + 14, root.clientWidth - 260)}px`;
    tip.style.top = `${top + 14}px`;
    if (words !== '') {
      hiding = setTimeout(() => { tip.hidden = true; }, tipStays);
    }
  }

  // What a port may not be connected with is asked once, when the pointer comes near, and again after the drawing has changed.
  const refusals = new Map();
  const asked = new MutationObserver(() => refusals.clear());
  asked.observe(layer, { childList: true, subtree: true });
  const whyNot = (key, isOutput) => {
    const name = `${isOutput}${key}`;
    if (!refusals.has(name)) {
      refusals.set(name, tell('WhyNotAsync', key, isOutput));
    }

    return refusals.get(name);
  };
  svg.addEventListener('pointerover', event => {
    const port = event.target.closest('.torc-port');
    if (port && !gesture && !isReadOnly()) {
      whyNot(port.closest('.torc-thing').dataset.key, port.dataset.port === 'out');
    }
  }, { signal });

  // Gestures

  const overThing = event => document.elementFromPoint(event.clientX, event.clientY)?.closest('.torc-thing') ?? null;
  const overLine = event => document.elementFromPoint(event.clientX, event.clientY)?.closest('.torc-line') ?? null;
  const overCanvas = event => svg.contains(document.elementFromPoint(event.clientX, event.clientY));

  function beginMove(event, element) {
    const keys = element.dataset.selected !== undefined ? selected().map(thing).filter(Boolean) : [element];
    gesture = { kind: 'press', element, start: event, toggles: event.shiftKey || event.ctrlKey || event.metaKey, moved: keys.map(one => ({ element: one, ...placeOf(one) })) };
    svg.setPointerCapture(event.pointerId);
  }

  function beginLine(event, port) {
    const element = port.closest('.torc-thing');
    const isOutput = port.dataset.port === 'out';
    const from = isOutput ? exit(placeOf(element)) : entry(placeOf(element));
    gesture = { kind: 'line', key: element.dataset.key, isOutput, from, why: {}, start: event };
    svg.setPointerCapture(event.pointerId);
    root.dataset.connecting = isOutput ? 'out' : 'in';
    const mine = gesture;
    whyNot(mine.key, isOutput).then(why => {
      mine.why = why;
      if (gesture === mine) {
        things().forEach(one => one.toggleAttribute('data-refused', one.dataset.key in why));
      }
    });
  }

  svg.addEventListener('pointerdown', event => {
    if (event.pointerType === 'touch' && !event.isPrimary) {
      // A second finger: the view is meant, and nothing of what the first one began.
      abandon();
      return;
    }

    if (event.button !== 0 || gesture) {
      return;
    }

    const port = event.target.closest('.torc-port');
    const element = event.target.closest('.torc-thing');
    if (port && !isReadOnly()) {
      beginLine(event, port);
    } else if (element) {
      beginMove(event, element);
    } else if (event.shiftKey) {
      gesture = { kind: 'lasso', at: within(event) };
      svg.setPointerCapture(event.pointerId);
    } else {
      gesture = { kind: 'ground', start: event, line: event.target.closest('.torc-line') };
    }
  }, { signal });

  addEventListener('pointermove', event => {
    if (root.contains(event.target)) {
      [pointer.x, pointer.y] = beside(event);
    }

    const step = { press: pressed, move: moving, line: drawing, lasso: lassoing, piece: carrying }[gesture?.kind];
    step?.(event);
  }, { signal });

  function pressed(event) {
    if (Math.hypot(event.clientX - gesture.start.clientX, event.clientY - gesture.start.clientY) >= dragStarts && !isReadOnly()) {
      gesture.kind = 'move';
      root.dataset.dragging = 'true';
      moving(event);
    }
  }

  function moving(event) {
    const x = (event.clientX - gesture.start.clientX) / viewport.scale;
    const y = (event.clientY - gesture.start.clientY) / viewport.scale;
    gesture.moved.forEach(one => put(one.element, Math.round((one.x + x) / grid) * grid, Math.round((one.y + y) / grid) * grid));
    route();
  }

  function drawing(event) {
    const to = within(event);
    line.removeAttribute('hidden');
    line.setAttribute('d', gesture.isOutput ? curve(gesture.from, to) : curve(to, gesture.from));
    const over = overThing(event);
    const why = over && gesture.why[over.dataset.key];
    say(why && over.dataset.key !== gesture.key ? why : '', event);
    things().forEach(one => one.toggleAttribute('data-target', one === over && !why && over.dataset.key !== gesture.key));
  }

  function lassoing(event) {
    const now = within(event);
    const box = { x: Math.min(now.x, gesture.at.x), y: Math.min(now.y, gesture.at.y), width: Math.abs(now.x - gesture.at.x), height: Math.abs(now.y - gesture.at.y) };
    lasso.removeAttribute('hidden');
    Object.entries(box).forEach(([name, value]) => lasso.setAttribute(name, value));
    gesture.box = box;
  }

  function carrying(event) {
    if (!gesture.ghost && Math.hypot(event.clientX - gesture.start.clientX, event.clientY - gesture.start.clientY) >= dragStarts) {
      gesture.ghost = gesture.piece.cloneNode(true);
      gesture.ghost.classList.add('torc-ghost');
      gesture.ghost.removeAttribute('data-testid');
      editor.append(gesture.ghost);
    }

    if (gesture.ghost) {
      gesture.ghost.style.left = `${event.clientX + 8}px`;
      gesture.ghost.style.top = `${event.clientY + 8}px`;
      const over = gesture.what.includes('/') || gesture.what === 'job' ? overThing(event) ?? overLine(event) : null;
      layer.querySelectorAll('[data-target]').forEach(one => one !== over && one.removeAttribute('data-target'));
      over?.setAttribute('data-target', '');
    }
  }

  const forget = () => {
    line.setAttribute('hidden', '');
    lasso.setAttribute('hidden', '');
    gesture?.ghost?.remove();
    delete root.dataset.connecting;
    delete root.dataset.dragging;
    layer.querySelectorAll('[data-target], [data-refused]').forEach(one => {
      one.removeAttribute('data-target');
      one.removeAttribute('data-refused');
    });
    gesture = null;
  };

  addEventListener('pointerup', event => {
    const done = gesture;
    if (!done) {
      return;
    }

    const ended = { press: endPress, move: endMove, line: endLine, lasso: endLasso, piece: endPiece, ground: endGround }[done.kind];
    const over = overThing(event);
    const onto = over ?? overLine(event);
    forget();
    ended(event, done, over, onto);
  }, { signal });
  function abandon() {
    gesture?.moved?.forEach(one => put(one.element, one.x, one.y));
    forget();
    route();
  }

  addEventListener('pointercancel', abandon, { signal });

  function select(keys) {
    wanted = keys;
    return tell('SelectAsync', keys).finally(() => {
      wanted = wanted === keys ? null : wanted;
    });
  }

  function endPress(event, { element, toggles }) {
    const key = element.dataset.key;
    element.focus({ preventScroll: true });
    const now = selected();
    select(!toggles ? [key] : now.includes(key) ? now.filter(other => other !== key) : [...now, key]);
  }

  function endMove(event, { moved }) {
    sendMoves(moved.map(one => one.element), false);
    if (moved.length === 1 && moved[0].element.dataset.selected === undefined) {
      select([moved[0].element.dataset.key]);
    }
  }

  function sendMoves(elements, isNudge) {
    const places = elements.map(placeOf);
    tell('MoveAsync', elements.map(one => one.dataset.key), places.map(place => place.x), places.map(place => place.y), isNudge);
  }

  function endLine(event, { key, isOutput, why, start }, over) {
    if (over && over.dataset.key !== key) {
      if (why[over.dataset.key]) {
        say(why[over.dataset.key], event);
      } else {
        tell('ConnectAsync', isOutput ? key : over.dataset.key, isOutput ? over.dataset.key : key, event.altKey, ...beside(event));
      }
    } else if (!over && overCanvas(event) && Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) >= dragStarts) {
      const { x, y } = within(event);
      say('');
      tell('DropLineAsync', key, isOutput, Math.round(x), Math.round(y), ...beside(event));
    } else {
      say('');
    }
  }

  function endLasso(event, { box }) {
    if (box) {
      select(things().filter(one => {
        const { x, y, w, h } = placeOf(one);
        return x < box.x + box.width && box.x < x + w && y < box.y + box.height && box.y < y + h;
      }).map(one => one.dataset.key));
    }
  }

  function endGround(event, { start, line: chosen }) {
    if (Math.hypot(event.clientX - start.clientX, event.clientY - start.clientY) < dragStarts && svg.contains(event.target)) {
      select(chosen ? [chosen.dataset.edge] : []);
    }
  }

  // The palette beside the canvas

  editor.addEventListener('pointerdown', event => {
    const piece = event.target.closest('[data-piece]');
    if (piece && event.button === 0 && !isReadOnly()) {
      event.preventDefault();
      piece.focus();
      gesture = { kind: 'piece', piece, what: piece.dataset.piece, start: event };
    }
  }, { signal });
  editor.addEventListener('keydown', event => {
    const piece = event.target.closest('[data-piece]');
    if (piece && (event.key === 'Enter' || event.key === ' ') && !isReadOnly()) {
      event.preventDefault();
      addInMiddle(piece.dataset.piece);
    }
  }, { signal });

  function endPiece(event, { what, ghost }, over, onto) {
    if (!ghost) {
      addInMiddle(what);
    } else if (overCanvas(event)) {
      const { x, y } = within(event);
      tell('DropNewAsync', what, onto?.dataset.key ?? onto?.dataset.edge ?? null, Math.round(x), Math.round(y), ...beside(event));
    }
  }

  function addInMiddle(what) {
    const box = svg.getBoundingClientRect();
    const shift = (things().length % 8) * 14;
    const { x, y } = viewport.within(box.left + box.width / 2 + shift, box.top + box.height / 2 + shift);
    tell('DropNewAsync', what, null, Math.round(x), Math.round(y), Math.round(box.width / 2 + shift), Math.round(box.height / 2 + shift));
  }

  function addAtPointer(what) {
    if (isReadOnly()) {
      return false;
    }

    const box = root.getBoundingClientRect();
    if (pointer.x <= 0 || pointer.y <= 0 || pointer.x >= box.width || pointer.y >= box.height) {
      addInMiddle(what);
    } else {
      const { x, y } = viewport.within(box.left + pointer.x, box.top + pointer.y);
      tell('DropNewAsync', what, null, Math.round(x), Math.round(y), Math.round(pointer.x), Math.round(pointer.y));
    }

    return true;
  }

  // A file of the desktop. A browser says its name and not where it lies.
  root.addEventListener('dragover', event => {
    if (event.dataTransfer?.types.includes('Files') && !isReadOnly()) {
      event.preventDefault();
    }
  }, { signal });
  root.addEventListener('drop', event => {
    const [file] = event.dataTransfer?.files ?? [];
    if (file && !isReadOnly()) {
      event.preventDefault();
      const { x, y } = within(event);
      tell('DropNewAsync', `path/${file.name}`, null, Math.round(x), Math.round(y), ...beside(event));
    }
  }, { signal });

  // Keys

  let linking = null;
  let nudged = 0;
  function neighbour(element, direction) {
    const key = element.dataset.key;
    const near = (mine, other) => [...layer.querySelectorAll(`.torc-line[data-${mine}="${CSS.escape(key)}"]`)].map(one => thing(one.dataset[other])).filter(Boolean);
    if (direction === 'ArrowRight' || direction === 'ArrowLeft') {
      const [found] = (direction === 'ArrowRight' ? near('from', 'to') : near('to', 'from')).sort((one, other) => placeOf(one).y - placeOf(other).y);
      return found;
    }

    const { x, y } = placeOf(element);
    const sign = direction === 'ArrowDown' ? 1 : -1;
    const far = one => Math.abs(placeOf(one).x - x) * 2 + Math.abs(placeOf(one).y - y);
    const [found] = things().filter(one => (placeOf(one).y - y) * sign > 4).sort((one, other) => far(one) - far(other));
    return found;
  }

  function nudge(element, direction) {
    const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[direction];
    const all = element.dataset.selected !== undefined ? selected().map(thing).filter(Boolean) : [element];
    all.forEach(one => {
      const { x, y } = placeOf(one);
      put(one, x + by[0] * grid, y + by[1] * grid);
    });
    route();
    clearTimeout(nudged);
    nudged = setTimeout(() => sendMoves(all, true), nudgeEnds);
  }

  function endLink(element) {
    const from = linking;
    linking = null;
    delete root.dataset.connecting;
    if (!element || element.dataset.key === from) {
      say('');
      return;
    }

    whyNot(from, true).then(why => {
      const box = element.getBoundingClientRect();
      const at = { clientX: box.left + box.width / 2, clientY: box.bottom };
      if (why[element.dataset.key]) {
        say(why[element.dataset.key], at);
      } else {
        say('');
        tell('ConnectAsync', from, element.dataset.key, false, ...beside(at));
      }
    });
  }

  svg.addEventListener('keydown', event => {
    const element = event.target.closest('.torc-thing');
    if (event.ctrlKey || event.metaKey || event.altKey) {
      return;
    }

    const taken = {
      '+': () => viewport.zoom(1.25), '=': () => viewport.zoom(1.25), '-': () => viewport.zoom(0.8), '1': viewport.fit,
      Escape: () => {
        if (linking) {
          endLink(null);
        } else {
          select([]);
        }
      },
      ...element && {
        Enter: () => linking ? endLink(element) : edit(element, '[data-testid=thing-name]'),
        ' ': () => edit(element, '[data-testid=panel] :is(textarea, input, select)'),
        c: () => {
          if (!isReadOnly()) {
            linking = element.dataset.key;
            root.dataset.connecting = 'out';
            const box = element.getBoundingClientRect();
            say(`Connect ${element.dataset.name} with: choose by the arrow keys or Tab, then press Enter. Esc ends it.`, { clientX: box.left, clientY: box.bottom });
          }
        },
        ...Object.fromEntries(['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown'].map(direction => [direction, () => {
          if (event.shiftKey && !isReadOnly()) {
            nudge(element, direction);
          } else {
            const next = neighbour(element, direction);
            next?.focus();
            next && !linking && select([next.dataset.key]);
          }
        }])),
      },
    }[event.key];
    if (taken) {
      event.preventDefault();
      event.stopPropagation();
      taken();
    }
  }, { signal });

  // The form comes from the server, so the field may not be there yet.
  function edit(element, field) {
    select([element.dataset.key]).then(() => requestAnimationFrame(() => {
      const input = editor.querySelector(field);
      input?.focus();
      input?.select?.();
    }));
  }

  svg.addEventListener('focusin', event => {
    const element = event.target.closest('.torc-thing');
    if (event.target.matches(':focus-visible')) {
      viewport.reveal(event.target);
      element && linking && whyNot(linking, true).then(why => say(why[element.dataset.key] ?? `Enter connects it with ${element.dataset.name}.`, { clientX: element.getBoundingClientRect().left, clientY: element.getBoundingClientRect().bottom }));
    }
  }, { signal });

  root.addEventListener('click', event => {
    const action = event.target.closest('[data-view-action]')?.dataset.viewAction;
    ({ in: () => viewport.zoom(1.25), out: () => viewport.zoom(0.8), fit: viewport.fit })[action]?.();
  }, { signal });

  const resizes = new ResizeObserver(() => viewport.touched || viewport.fit());
  resizes.observe(svg);
  route();
  viewport.fit();
  open.set(root, {
    fit: viewport.fit,
    say: words => say(words),
    show,
    stop() {
      controller.abort();
      changes.disconnect();
      asked.disconnect();
      resizes.disconnect();
      clearTimeout(hiding);
      clearTimeout(nudged);
    },
  });
  // For the keys of the page.
  root.torcCanvas = { add: addAtPointer, all: () => select(things().map(one => one.dataset.key)) };
  root.torcDrawn = () => things().map(one => ({
    kind: 'thing', name: one.dataset.name, detail: kindWords[one.dataset.kind],
    do: () => {
      show(one.dataset.key);
      select([one.dataset.key]);
    },
  }));
  root.dataset.drawn = '';
  root.dataset.ready = 'true';
}

export const fit = root => open.get(root)?.fit();
export const say = (root, words) => open.get(root)?.say(words);
export const show = (root, key) => open.get(root)?.show(key);

export function stop(root) {
  open.get(root)?.stop();
  open.delete(root);
}
