// The keys of the rerun dialog, the clipboard, and the plan as a file.

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

// The API is asked, since a large plan is nothing for the page's own connection.
export async function download(path, request, name) {
  try {
    const answer = await fetch(new URL(path, document.baseURI), { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: request });
    if (!answer.ok) {
      return false;
    }

    const link = document.createElement('a');
    link.href = URL.createObjectURL(await answer.blob());
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
    return true;
  } catch {
    return false;
  }
}

export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
