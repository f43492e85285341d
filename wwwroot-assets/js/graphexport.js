// Saves a drawing as a file of its own: with the colours that it has on the page, and without what only the page can do.

const properties = [
  'fill', 'stroke', 'stroke-width', 'stroke-dasharray', 'stroke-linecap', 'stroke-linejoin', 'opacity', 'color',
  'font-family', 'font-size', 'font-weight', 'text-decoration-line', 'text-anchor', 'marker-end',
];
const margin = 24;
const sharp = 2;
const mostPixels = 16000;

export async function savePicture(svg, layer, { width, height }, name, kind) {
  const text = write(svg, layer, width, height);
  download(kind === 'png' ? await paint(text, width + 2 * margin, height + 2 * margin) : new Blob([text], { type: 'image/svg+xml' }), `${name}.${kind}`);
}

function write(svg, layer, width, height) {
  const copy = svg.cloneNode(true);
  const from = svg.querySelectorAll('*');
  const to = copy.querySelectorAll('*');
  for (let index = 0; index < from.length; index++) {
    const style = getComputedStyle(from[index]);
    to[index].setAttribute('style', properties.map(property => `${property}:${style.getPropertyValue(property).replaceAll('"', "'")}`).join(';'));
    for (const attribute of [...to[index].attributes]) {
      if (/^(data-|aria-|on|tabindex|role|class|b-|_bl)/.test(attribute.name)) {
        to[index].removeAttribute(attribute.name);
      }
    }
  }

  for (const unseen of copy.querySelectorAll('[style*="fill:none;stroke:none"]')) {
    unseen.remove();
  }

  copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg');
  copy.setAttribute('width', width + 2 * margin);
  copy.setAttribute('height', height + 2 * margin);
  copy.setAttribute('viewBox', `${-margin} ${-margin} ${width + 2 * margin} ${height + 2 * margin}`);
  const group = [...copy.children].find(child => child.tagName === layer.tagName);
  group.removeAttribute('transform');
  const back = document.createElementNS('http://www.w3.org/2000/svg', 'rect');
  Object.entries({ x: -margin, y: -margin, width: width + 2 * margin, height: height + 2 * margin, fill: getComputedStyle(document.body).backgroundColor })
    .forEach(([attribute, value]) => back.setAttribute(attribute, value));
  copy.prepend(back);
  return new XMLSerializer().serializeToString(copy);
}

// Pages may show pictures from their own text only: see SecurityHeaders.
async function paint(text, width, height) {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  await image.decode();
  const scale = Math.min(sharp, mostPixels / Math.max(width, height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.getContext('2d').drawImage(image, 0, 0, canvas.width, canvas.height);
  return await new Promise(resolve => canvas.toBlob(resolve, 'image/png'));
}

function download(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
