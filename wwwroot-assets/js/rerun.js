// The keys of the rerun dialog, the clipboard, and the plan as a file.

import { on } from './keys.js';

let stopListening = null;

export function start(owner) {
  const confirm = on('confirm', () => {
    const primary = document.querySelector('.torc-rerun [data-rerun-primary]:not([disabled])');
    primary?.click();
    return primary !== null;
  });
  // Without a connection nothing can be planned, and the page says so by itself.
  const rerun = on('rerun', () => { owner.invokeMethodAsync('OnKeyAsync').catch(() => {}); });
  stopListening = () => {
    confirm();
    rerun();
  };
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
