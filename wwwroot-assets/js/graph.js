// Shows a workflow's graph: its view, its minimap and its pictures. Nothing here talks to the server.

import { drawMinimap } from './minimap.js';
import { savePicture } from './graphexport.js';
import { createViewport } from './viewport.js';

const open = new WeakMap();

export function start(root) {
  if (!root) {
    // It has gone while this script was loaded.
    return;
  }

  const svg = root.querySelector('svg');
  const layer = svg.querySelector('.torc-viewport');
  const controller = new AbortController();
  const signal = controller.signal;
  const size = () => ({ width: Number(svg.dataset.width), height: Number(svg.dataset.height) });
  const viewport = createViewport(root, svg, layer, { size, applied: view => minimap.frame(view), signal });
  const { zoom, pan, center, fit } = viewport;
  const minimap = drawMinimap(root, svg, size, (x, y) => center(x, y), signal);

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

  svg.addEventListener('focusin', event => event.target.matches(':focus-visible') && viewport.reveal(event.target), { signal });

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
    viewport.touched || fit();
  });
  resizes.observe(svg);
  fit();
  minimap.draw();
  open.set(root, {
    show(x, y) {
      zoom(Math.max(1, viewport.scale) / viewport.scale);
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
