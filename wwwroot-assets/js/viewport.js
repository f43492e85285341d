// Moves and scales a drawing under the pointer. Nothing here talks to the server.

const largest = 2.5;
const comfortable = 1.25;
const margin = 28;
const dragStarts = 4;

// size: where the drawing lies, as { x, y, width, height } in its own units. applied: told after each move. mayPan: whether a pointer that
// goes down at an event moves the view; without it every one does.
export function createViewport(root, svg, layer, { size, applied, mayPan = () => true, signal }) {
  let view = { x: 0, y: 0, scale: 1 };
  let touched = false;
  let drag = null;
  const touches = new Map();

  const fitting = () => {
    const { width, height } = size();
    return Math.min((svg.clientWidth - 2 * margin) / width, (svg.clientHeight - 2 * margin) / height);
  };

  const apply = () => {
    layer.setAttribute('transform', `translate(${view.x.toFixed(1)} ${view.y.toFixed(1)}) scale(${view.scale.toFixed(4)})`);
    root.dataset.scale = view.scale.toFixed(3);
    applied(view);
  };

  function center(x, y) {
    view = { ...view, x: svg.clientWidth / 2 - x * view.scale, y: svg.clientHeight / 2 - y * view.scale };
    touched = true;
    apply();
  }

  function fit() {
    if (svg.clientWidth === 0) {
      return;
    }

    const { x = 0, y = 0, width, height } = size();
    const scale = Math.max(0.02, Math.min(comfortable, fitting()));
    view = { scale, x: (svg.clientWidth - width * scale) / 2 - x * scale, y: (svg.clientHeight - height * scale) / 2 - y * scale };
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

  // What is reached by keyboard comes into view.
  function reveal(element) {
    const node = element.getBoundingClientRect();
    const box = svg.getBoundingClientRect();
    const x = Math.max(0, box.left + margin - node.left) - Math.max(0, node.right - box.right + margin);
    const y = Math.max(0, box.top + margin - node.top) - Math.max(0, node.bottom - box.bottom + margin);
    if (x !== 0 || y !== 0) {
      pan(x, y);
    }
  }

  svg.addEventListener('wheel', event => {
    event.preventDefault();
    const box = svg.getBoundingClientRect();
    zoom(Math.exp(-event.deltaY * (event.deltaMode === 1 ? 0.05 : 0.0015)), event.clientX - box.left, event.clientY - box.top);
  }, { passive: false, signal });

  svg.addEventListener('pointerdown', event => {
    if (event.pointerType === 'touch') {
      touches.set(event.pointerId, event);
    }

    if ((event.button === 0 || event.button === 1) && mayPan(event)) {
      drag = { x: event.clientX, y: event.clientY, moved: false };
    }
  }, { signal });

  // Two fingers: what is between them stays between them.
  function pinch(event) {
    const [one, other] = [...touches.values()];
    const before = Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY);
    touches.set(event.pointerId, event);
    const [now, then] = [...touches.values()];
    const box = svg.getBoundingClientRect();
    zoom(Math.hypot(now.clientX - then.clientX, now.clientY - then.clientY) / Math.max(1, before), (now.clientX + then.clientX) / 2 - box.left, (now.clientY + then.clientY) / 2 - box.top);
  }

  svg.addEventListener('pointermove', event => {
    if (touches.size === 2 && touches.has(event.pointerId)) {
      drag = null;
      pinch(event);
      return;
    }

    if (!drag || (event.buttons & 5) === 0) {
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

  const end = event => {
    touches.delete(event.pointerId);
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

  return {
    fit,
    zoom,
    pan,
    center,
    reveal,
    get scale() { return view.scale; },
    get touched() { return touched; },
    // A place of the window in units of the drawing.
    within(x, y) {
      const box = svg.getBoundingClientRect();
      return { x: (x - box.left - view.x) / view.scale, y: (y - box.top - view.y) / view.scale };
    },
  };
}
