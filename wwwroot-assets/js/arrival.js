// Gives the focus to a page that has come: whatever had it may have gone with the page before, and without any, keys are heard by
// nobody. Who has put it on something of the new page meanwhile, keeps it there.

let settling = null;

const hasFocus = element => document.activeElement === element;
const isLost = main => !document.activeElement || hasFocus(document.body) || hasFocus(main);

// The heading may come later than the page.
export function settle() {
  settling?.disconnect();
  const main = document.getElementById('main');
  const look = () => {
    if (isLost(main)) {
      focus(main?.querySelector('h1')) || main?.focus({ preventScroll: true });
    }
  };
  settling = new MutationObserver(look);
  settling.observe(main ?? document.body, { childList: true, subtree: true });
  const ours = settling;
  setTimeout(() => ours.disconnect(), 5000);
  look();
}

function focus(heading) {
  if (heading) {
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  }
  return Boolean(heading);
}

// The server says that another page has come, which may be long after somebody has begun to use it. The link in the bar that led
// here is still there and has the focus: it says nothing of where one is.
export function arrive() {
  if (document.activeElement?.closest('.torc-appbar a')) {
    document.activeElement.blur();
  }
  settle();
}
