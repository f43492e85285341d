// Moves and scales a drawing under the pointer. Nothing here talks to the server.

import { drawMinimap } from './minimap.js';
import { savePicture } from './graphexport.js';

const open = new WeakMap();
const largest = 2.5;
const comfortable = 1.25;
const margin = 28;
const dragStarts = 4;

export function start(root) {
  if (!root) {
    // It has gone while this script was loaded.
    return;
  }

  const svg = root.querySelector('svg');
  const layer = svg.querySelector('.torc-viewport');
  const controller = new AbortController();
  const signal = controller.signal;
  let view = { x: 0, y: 0, scale: 1 };
  let touched = false;
  let drag = null;

  const size = () => ({ width: Number(svg.dataset.width), height: Number(svg.dataset.height) });
  const fitting = () => {
    const { width, height } = size();
    return Math.min((svg.clientWidth - 2 * margin) / width, (svg.clientHeight - 2 * margin) / height);
  };
  const apply = () => {
    layer.setAttribute('transform', `translate(${view.x.toFixed(1)} ${view.y.toFixed(1)}) scale(${view.scale.toFixed(4)})`);
    root.dataset.scale = view.scale.toFixed(3);
    minimap.frame(view);
  };
  const minimap = drawMinimap(root, svg, size, (x, y) => center(x, y), signal);

  function center(x, y) {
    view = { ...view, x: svg.clientWidth / 2 - x * view.scale, y: svg.clientHeight / 2 - y * view.scale };
    touched = true;
    apply();
  }

  function fit() {
    if (svg.clientWidth === 0) {
      return;
    }

    const { width, height } = size();
    const scale = Math.max(0.02, Math.min(comfortable, fitting()));
    view = { scale, x: (svg.clientWidth - width * scale) / 2, y: (svg.clientHeight - height * scale) / 2 };
    touched = false;
    apply();
  }

  function zoom(factor, x = svg.clientWidth / 2, y = svg.clientHeight / 2) {
    const smallest = Math.min(0.2, fitting());
    const scale = Math.min(largest, Math.max(smallest, view.scale * factor));
    const by = scale / view.scale;
    view = { scale, x: x - (x - view.x) * by, y: y - (y - view.y) * by };
    touched = true;
    apply();
  }

  function pan(x, y) {
    view = { ...view, x: view.x + x, y: view.y + y };
    touched = true;
    apply();
  }

  svg.addEventListener('wheel', event => {
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0015)), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false, signal });

  svg.addEventListener('pointerdown', event => {
    if (event.button === 0) {
      drag = { x: event.clientX, y: event.clientY, moved: false };
    }
  }, { signal });

  svg.addEventListener('pointermove', event => {
    if (!drag || (event.buttons & 1) === 0) {
      drag = drag?.moved ? drag : null;
      return;
    }

    const x = event.clientX - drag.x;
    const y = event.clientY - drag.y;
    if (!drag.moved && Math.hypot(x, y) < dragStarts) {
      return;
    }

    if (!drag.moved) {
      svg.setPointerCapture(event.pointerId);
      root.dataset.panning = 'true';
    }

    drag = { x: event.clientX, y: event.clientY, moved: true };
    pan(x, y);
  }, { signal });

  const end = () => {
    delete root.dataset.panning;
    // The click that follows a drag is part of it.
    setTimeout(() => { drag = null; });
  };
  svg.addEventListener('pointerup', end, { signal });
  svg.addEventListener('pointercancel', end, { signal });
  svg.addEventListener('click', event => {
    if (drag?.moved) {
      event.stopPropagation();
      event.preventDefault();
    }
  }, { capture: true, signal });

  svg.addEventListener('keydown', event => {
    const step = 60;
    const keys = {
      '+': () => zoom(1.25), '=': () => zoom(1.25), '-': () => zoom(0.8), '1': fit,
      ArrowLeft: () => pan(step, 0), ArrowRight: () => pan(-step, 0), ArrowUp: () => pan(0, step), ArrowDown: () => pan(0, -step),
    };
    if (event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }

    if (keys[event.key]) {
      keys[event.key]();
      event.preventDefault();
      event.stopPropagation();
    } else if (event.key === ' ') {
      event.preventDefault();
    } else if (event.key !== 'Enter') {
      event.stopPropagation();
    }
  }, { signal });

  // What is reached by keyboard comes into view.
  svg.addEventListener('focusin', event => {
    if (!event.target.matches(':focus-visible')) {
      return;
    }

    const node = event.target.getBoundingClientRect();
    const box = svg.getBoundingClientRect();
    const x = Math.max(0, box.left + margin - node.left) - Math.max(0, node.right - box.right + margin);
    const y = Math.max(0, box.top + margin - node.top) - Math.max(0, node.bottom - box.bottom + margin);
    if (x !== 0 || y !== 0) {
      pan(x, y);
    }
  }, { signal });

  root.addEventListener('click', event => {
    const action = event.target.closest('[data-graph-action]')?.dataset.graphAction;
    ({ in: () => zoom(1.25), out: () => zoom(0.8), fit, full, svg: () => save('svg'), png: () => save('png') })[action]?.();
  }, { signal });

  const save = kind => savePicture(svg, layer, size(), root.dataset.name, kind);
  const full = () => document.fullscreenElement ? document.exitFullscreen() : root.closest('.torc-stage').requestFullscreen?.();

  // What runs comes into view when it changes, if somebody asked for that.
  const follow = () => {
    const running = root.dataset.follow !== undefined && svg.querySelector('.torc-node[data-status="running"]');
    if (running) {
      const [x, y] = running.getAttribute('transform').match(/-?[\d.]+/g).map(Number);
      center(x + running.getBBox().width / 2, y + running.getBBox().height / 2);
    }
  };
  let settling = 0;
  const changes = new MutationObserver(() => {
    settling ||= requestAnimationFrame(() => {
      settling = 0;
      minimap.draw();
      follow();
    });
  });
  changes.observe(svg, { attributes: true, attributeFilter: ['data-status', 'data-dim'], subtree: true });
  changes.observe(root, { attributes: true, attributeFilter: ['data-follow'] });

  const resizes = new ResizeObserver(() => {
    minimap.draw();
    touched || fit();
  });
  resizes.observe(svg);
  fit();
  minimap.draw();
  open.set(root, {
    show(x, y) {
      zoom(Math.max(1, view.scale) / view.scale);
      center(x, y);
    },
    changed() {
      fit();
      minimap.draw();
    },
    stop() {
      controller.abort();
      resizes.disconnect();
      changes.disconnect();
      cancelAnimationFrame(settling);
    },
  });
  root.dataset.ready = 'true';
}

export const show = (root, x, y) => open.get(root)?.show(x, y);
export const changed = root => open.get(root)?.changed();

export function stop(root) {
  open.get(root)?.stop();
  open.delete(root);
}
