// Shows the part of a page that its address names, once the page is there.

export function show(root) {
  const name = decodeURIComponent(location.hash.slice(1));
  const part = name === '' ? null : document.getElementById(name);
  if (part && root?.contains(part)) {
    part.scrollIntoView();
  }
}
