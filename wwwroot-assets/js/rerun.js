// The keys of the rerun dialog, and the clipboard.

let stopListening = null;

const isTyping = element => element instanceof Element && (element.closest('input, textarea, select, .monaco-editor') !== null || element.isContentEditable);
const dialog = () => document.querySelector('.mud-dialog');

export function start(owner) {
  const controller = new AbortController();
  // Before anybody else, since the graph keeps its keys for itself.
  document.addEventListener('keydown', event => {
    const primary = document.querySelector('.torc-rerun [data-rerun-primary]:not([disabled])');
    if (event.key === 'Enter' && event.ctrlKey && primary) {
      // A button that has the focus is not pressed as well.
      event.preventDefault();
      primary.click();
      return;
    }

    const isPlain = !event.ctrlKey && !event.altKey && !event.metaKey && !event.repeat;
    if (isPlain && event.key.toLowerCase() === 'r' && !isTyping(event.target) && !dialog()) {
      event.preventDefault();
      // Without a connection nothing can be planned, and the page says so by itself.
      owner.invokeMethodAsync('OnKeyAsync').catch(() => {});
    }
  }, { capture: true, signal: controller.signal });
  stopListening = () => controller.abort();
}

export function stop() {
  stopListening?.();
  stopListening = null;
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
