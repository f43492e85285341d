// A cell for each job of a group, drawn on a canvas of the size of what is seen; one after the other, or in rows and columns that are
// named and may have gaps. Pointing at a cell asks the server for its
// name once the pointer rests; scrolling and moving ask nothing.

const open = new WeakMap();
const largest = 26;
const smallest = 6;
const rest = 150;
const faint = 0.16;
const pad = 12;
const empty = 255;
const font = '12px system-ui, sans-serif';
const longestName = 110;
const lineHeight = 14;

export function start(root, server, names) {
  if (!root) {
    return;
  }

  const area = root.querySelector('.torc-grid-area');
  const room = root.querySelector('.torc-grid-room');
  const canvas = root.querySelector('canvas');
  const word = root.querySelector('.torc-grid-word');
  const controller = new AbortController();
  const signal = controller.signal;
  let cells = new Uint8Array(0);
  let wanted = new Set();
  let selected = -1;
  let cursor = -1;
  let size = largest;
  let columns = 1;
  // Names of the columns and rows; none if the cells follow one another.
  let across = [];
  let down = [];
  let left = pad;
  let top = pad;
  let looks = readLooks(root, names);
  let drawing = 0;
  let asking = 0;

  function measure() {
    const width = Math.max(1, area.clientWidth - left - pad);
    const height = Math.max(1, area.clientHeight - top - pad);
    if (across.length > 0) {
      columns = across.length;
      size = Math.max(smallest, Math.min(largest, Math.floor(Math.min(width / columns, height / down.length))));
    } else {
      size = Math.max(smallest, Math.min(largest, Math.floor(Math.sqrt(width * height / Math.max(1, cells.length)))));
      while (size > smallest && Math.ceil(cells.length / Math.floor(width / size)) * size > height) {
        size--;
      }

      columns = Math.max(1, Math.floor(width / size));
    }

    room.style.width = across.length > 0 ? `${left + columns * size + pad}px` : '';
    room.style.height = `${top + Math.ceil(cells.length / columns) * size + pad}px`;
    const scale = devicePixelRatio || 1;
    canvas.width = Math.round(area.clientWidth * scale);
    canvas.height = Math.round(area.clientHeight * scale);
    canvas.style.width = `${area.clientWidth}px`;
    canvas.style.height = `${area.clientHeight}px`;
    redraw();
  }

  function redraw() {
    drawing ||= requestAnimationFrame(() => {
      drawing = 0;
      draw();
    });
  }

  function draw() {
    const scale = devicePixelRatio || 1;
    const context = canvas.getContext('2d');
    context.setTransform(scale, 0, 0, scale, 0, 0);
    context.clearRect(0, 0, area.clientWidth, area.clientHeight);
    const gap = size > 10 ? 2 : 1;
    const side = size - gap;
    const first = Math.max(0, Math.floor((area.scrollTop - top) / size));
    const last = Math.ceil((area.scrollTop + area.clientHeight) / size);
    const leftmost = Math.max(0, Math.floor((area.scrollLeft - left) / size));
    const rightmost = Math.min(columns - 1, Math.ceil((area.scrollLeft + area.clientWidth) / size));
    for (let row = first; row <= last; row++) {
      for (let column = leftmost; column <= rightmost; column++) {
        const cell = row * columns + column;
        if (cell >= cells.length) {
          break;
        }

        if (cells[cell] === empty) {
          if (cell === cursor) {
            context.strokeStyle = looks[0].text;
            context.lineWidth = 1;
            context.strokeRect(left + column * size - area.scrollLeft, top + row * size - area.scrollTop, side, side);
          }
          continue;
        }

        const look = looks[cells[cell]];
        const x = left + column * size - area.scrollLeft;
        const y = top + row * size - area.scrollTop;
        context.globalAlpha = wanted.size === 0 || wanted.has(cells[cell]) ? 1 : faint;
        if (look.hollow) {
          // Without a fill the border and a dot in the middle tell it from its neighbours.
          context.strokeStyle = look.edge;
          context.lineWidth = 1;
          context.strokeRect(x + 0.5, y + 0.5, side - 1, side - 1);
          const dot = Math.max(1, side / 4);
          context.fillStyle = look.edge;
          context.fillRect(x + (side - dot) / 2, y + (side - dot) / 2, dot, dot);
        } else {
          context.fillStyle = look.fill;
          context.fillRect(x, y, side, side);
          if (look.cross && side >= 5) {
            context.strokeStyle = look.ink;
            context.lineWidth = Math.max(1, side / 8);
            context.beginPath();
            context.moveTo(x + side * 0.28, y + side * 0.28);
            context.lineTo(x + side * 0.72, y + side * 0.72);
            context.moveTo(x + side * 0.72, y + side * 0.28);
            context.lineTo(x + side * 0.28, y + side * 0.72);
            context.stroke();
          } else if (look.hatch) {
            context.strokeStyle = look.ink;
            context.lineWidth = Math.max(1, side / 8);
            context.beginPath();
            context.moveTo(x, y + side / 2);
            context.lineTo(x + side / 2, y);
            context.moveTo(x, y + side);
            context.lineTo(x + side, y);
            context.moveTo(x + side / 2, y + side);
            context.lineTo(x + side, y + side / 2);
            context.stroke();
          }
        }

        context.globalAlpha = 1;
        if (cell === selected || cell === cursor) {
          context.strokeStyle = look.text;
          context.lineWidth = cell === selected ? 2 : 1;
          context.strokeRect(x - 1, y - 1, side + 2, side + 2);
        }
      }
    }

    if (across.length > 0) {
      name(context, first, last, leftmost, rightmost);
    }
  }

  // What stands before the rows and above the columns stays in sight, and is left out where it would touch what stands there already.
  function name(context, first, last, leftmost, rightmost) {
    context.clearRect(0, 0, left - 4, area.clientHeight);
    context.clearRect(0, 0, area.clientWidth, top - 4);
    context.font = font;
    context.fillStyle = looks[0].text;
    context.textBaseline = 'middle';
    context.textAlign = 'right';
    let free = top - lineHeight;
    for (let row = first; row <= Math.min(last, down.length - 1); row++) {
      const y = top + (row + 0.5) * size - area.scrollTop;
      if (down[row] && y - lineHeight / 2 >= free && y >= top) {
        context.fillText(cut(context, down[row]), left - 8, y, left - pad);
        free = y + lineHeight / 2;
      }
    }

    context.textAlign = 'center';
    free = left - pad;
    for (let column = leftmost; column <= rightmost; column++) {
      const words = cut(context, across[column]);
      const half = context.measureText(words).width / 2;
      const x = left + (column + 0.5) * size - area.scrollLeft;
      if (x - half >= free && x >= left) {
        context.fillText(words, x, top - 6 - lineHeight / 2);
        free = x + half + 8;
      }
    }
  }

  function cut(context, words) {
    let shown = words;
    while (shown.length > 1 && context.measureText(shown).width > longestName) {
      shown = `${shown.slice(0, -2)}…`;
    }
    return shown;
  }

  // The room that the longest of the names takes.
  function makeRoom() {
    const context = canvas.getContext('2d');
    context.font = font;
    const longest = down.reduce((most, words) => words.length > most.length ? words : most, '');
    left = across.length > 0 ? pad + 10 + Math.ceil(Math.min(longestName, context.measureText(longest).width)) : pad;
    top = across.length > 0 ? pad + 8 + lineHeight : pad;
  }

  // For whoever looks at the page with a program.
  const failed = names.indexOf('failed');
  const count = () => { root.dataset.failed = cells.reduce((sum, status) => sum + (status === failed ? 1 : 0), 0); };

  const cellAt = event => {
    const box = area.getBoundingClientRect();
    const column = Math.floor((event.clientX - box.left + area.scrollLeft - left) / size);
    const row = Math.floor((event.clientY - box.top + area.scrollTop - top) / size);
    const cell = row * columns + column;
    return column >= 0 && column < columns && row >= 0 && cell < cells.length && cells[cell] !== empty ? cell : -1;
  };

  function describe(cell) {
    clearTimeout(asking);
    asking = setTimeout(async () => {
      const words = await server.invokeMethodAsync('Describe', cell).catch(() => '');
      if (words) {
        word.textContent = words;
        area.title = words;
      }
    }, rest);
  }

  area.addEventListener('pointermove', event => {
    const cell = cellAt(event);
    if (cell !== cursor) {
      cursor = cell;
      redraw();
      if (cell >= 0) {
        describe(cell);
      }
    }
  }, { signal });
  area.addEventListener('pointerleave', () => clearTimeout(asking), { signal });
  area.addEventListener('click', event => {
    const cell = cellAt(event);
    if (cell >= 0) {
      server.invokeMethodAsync('ChooseAsync', cell).catch(() => {});
    }
  }, { signal });
  area.addEventListener('keydown', event => {
    const steps = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -columns, ArrowDown: columns, Home: -cells.length, End: cells.length };
    if (event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }

    if (event.key in steps) {
      event.preventDefault();
      cursor = Math.max(0, Math.min(cells.length - 1, (cursor < 0 ? Math.max(0, selected) : cursor) + steps[event.key]));
      const y = Math.floor(cursor / columns) * size;
      const x = cursor % columns * size;
      area.scrollTop = Math.max(Math.min(area.scrollTop, y), y + size + top + pad - area.clientHeight);
      area.scrollLeft = Math.max(Math.min(area.scrollLeft, x), x + size + left + pad - area.clientWidth);
      describe(cursor);
      redraw();
    } else if (event.key === 'Enter' && cursor >= 0) {
      server.invokeMethodAsync('ChooseAsync', cursor).catch(() => {});
    }
  }, { signal });
  area.addEventListener('scroll', redraw, { passive: true, signal });

  const resizes = new ResizeObserver(measure);
  resizes.observe(area);
  const themes = new MutationObserver(() => {
    looks = readLooks(root, names);
    redraw();
  });
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });

  open.set(root, {
    async arrange(stream) {
      const sent = new Uint8Array(await stream.arrayBuffer());
      const labels = sent.indexOf(0);
      ({ columns: across, rows: down } = JSON.parse(new TextDecoder().decode(sent.subarray(0, labels))));
      cells = sent.slice(labels + 1);
      cursor = -1;
      root.dataset.cells = cells.reduce((sum, status) => sum + (status === empty ? 0 : 1), 0);
      root.dataset.columns = across.length;
      makeRoom();
      count();
      measure();
    },
    recolour(changes) {
      const view = new DataView(changes.buffer, changes.byteOffset, changes.byteLength);
      for (let at = 0; at < changes.length; at += 5) {
        cells[view.getInt32(at, true)] = changes[at + 4];
      }

      count();
      redraw();
    },
    look(statuses, cell) {
      wanted = new Set(statuses);
      selected = cell;
      redraw();
    },
    stop() {
      controller.abort();
      resizes.disconnect();
      themes.disconnect();
      clearTimeout(asking);
      cancelAnimationFrame(drawing);
    },
  });
}

// The colours are those of the style sheet.
function readLooks(root, names) {
  const probe = document.createElement('span');
  probe.hidden = true;
  root.append(probe);
  const looks = names.map(name => {
    probe.dataset.status = name;
    const style = getComputedStyle(probe);
    const fill = style.getPropertyValue('--st-fill').trim();
    return {
      hollow: fill === 'transparent',
      fill,
      edge: style.getPropertyValue('--st-edge').trim(),
      ink: style.getPropertyValue('--st-ink').trim(),
      text: style.getPropertyValue('--mud-palette-text-primary').trim(),
      cross: name === 'failed',
      hatch: name === 'unknown',
    };
  });
  probe.remove();
  return looks;
}

export const arrange = (root, stream) => open.get(root)?.arrange(stream);
export const recolour = (root, changes) => open.get(root)?.recolour(changes);
export const look = (root, statuses, cell) => open.get(root)?.look(statuses, cell);

export function stop(root) {
  open.get(root)?.stop();
  open.delete(root);
}
