// The whole drawing in a corner, with a frame around what is seen. Pressing it moves there.

const longest = 160;
const shortest = 40;

export function drawMinimap(root, svg, size, center, signal) {
  const canvas = root.querySelector('.torc-minimap');
  let scale = 1;
  let shown = { x: 0, y: 0, scale: 1 };
  // The nodes, drawn once; the frame goes over them again and again.
  const picture = document.createElement('canvas');

  function draw() {
    const { width, height } = size();
    scale = Math.min(longest / width, longest * 0.75 / height);
    const dense = devicePixelRatio || 1;
    const wide = Math.max(shortest, width * scale + 8);
    const high = Math.max(shortest / 2, height * scale + 8);
    canvas.width = Math.round(wide * dense);
    canvas.height = Math.round(high * dense);
    canvas.style.width = `${wide}px`;
    canvas.style.height = `${high}px`;
    picture.width = canvas.width;
    picture.height = canvas.height;
    const context = picture.getContext('2d');
    context.setTransform(dense, 0, 0, dense, 0, 0);
    for (const node of svg.querySelectorAll('.torc-node')) {
      const [x, y] = node.getAttribute('transform').match(/-?[\d.]+/g).map(Number);
      const box = node.querySelector('.torc-box')?.getBBox() ?? node.getBBox();
      const style = getComputedStyle(node);
      context.globalAlpha = node.dataset.dim === undefined ? 1 : 0.3;
      context.fillStyle = style.getPropertyValue('--st-bar').trim() || style.getPropertyValue('--torc-edge').trim();
      context.fillRect(4 + x * scale, 4 + y * scale, Math.max(2, box.width * scale), Math.max(2, box.height * scale));
    }

    frame(shown);
  }

  function frame(view) {
    shown = view;
    const { width, height } = size();
    const sees = { x: -view.x / view.scale, y: -view.y / view.scale, width: svg.clientWidth / view.scale, height: svg.clientHeight / view.scale };
    // It says nothing where all is seen anyway.
    canvas.hidden = sees.x <= 0 && sees.y <= 0 && sees.x + sees.width >= width && sees.y + sees.height >= height;
    const context = canvas.getContext('2d');
    const dense = devicePixelRatio || 1;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(picture, 0, 0);
    context.setTransform(dense, 0, 0, dense, 0, 0);
    context.strokeStyle = getComputedStyle(canvas).color;
    context.lineWidth = 1.5;
    context.strokeRect(4 + sees.x * scale, 4 + sees.y * scale, sees.width * scale, sees.height * scale);
  }

  const go = event => {
    const box = canvas.getBoundingClientRect();
    center((event.clientX - box.left - 4) / scale, (event.clientY - box.top - 4) / scale);
  };
  canvas.addEventListener('pointerdown', event => {
    canvas.setPointerCapture(event.pointerId);
    go(event);
  }, { signal });
  canvas.addEventListener('pointermove', event => {
    if (event.buttons & 1) {
      go(event);
    }
  }, { signal });
  return { draw, frame };
}
