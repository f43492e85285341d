// Takes a spec that was dropped or chosen and sends it to the API. The file itself never travels over the page's connection,
// and of the answer only as much as a person reads.

import { on } from './keys.js';

const most = 20;
// The files that were chosen, by number: what is asked about one is never answered with another.
const chosen = new Map();
let choices = 0;
let stopListening = null;

const cut = (text, length) => typeof text === 'string' && text.length > length ? `${text.slice(0, length)} …` : text;

function shorten(list, what) {
  return (list ?? []).slice(0, most).map(what);
}

const shortProblem = problem => ({ ...problem, path: cut(problem.path, 200), message: cut(problem.message, 400), help: cut(problem.help, 300) });

export function start(owner) {
  const controller = new AbortController();
  const signal = controller.signal;
  const hasFiles = event => event.dataTransfer?.types.includes('Files');
  let depth = 0;
  const over = inside => {
    depth = inside ? depth : 0;
    document.documentElement.toggleAttribute('data-dropping', inside);
  };
  const take = files => {
    if (files.length > 0) {
      const [file] = files;
      chosen.set(++choices, file);
      owner.invokeMethodAsync('FileChosenAsync', choices, file.name, file.size, files.length);
    }
  };

  addEventListener('dragenter', event => {
    if (hasFiles(event)) {
      depth++;
      over(true);
    }
  }, { signal });
  addEventListener('dragleave', event => {
    if (hasFiles(event) && --depth <= 0) {
      over(false);
    }
  }, { signal });
  addEventListener('dragover', event => {
    if (hasFiles(event)) {
      event.preventDefault();
    }
  }, { signal });
  addEventListener('drop', event => {
    if (hasFiles(event)) {
      event.preventDefault();
      over(false);
      take(event.dataTransfer.files);
    }
  }, { signal });
  document.addEventListener('change', event => {
    if (event.target.matches('[data-spec-input]')) {
      take(event.target.files);
      event.target.value = '';
    }
  }, { signal });
  signal.addEventListener('abort', on('confirm', () => {
    if (!document.querySelector('[data-upload-primary]')) {
      return false;
    }

    // What is being typed counts: a field tells its value when it is left.
    document.activeElement?.blur();
    document.querySelector('[data-upload-primary]:not([disabled])')?.click();
    return true;
  }));
  stopListening = () => controller.abort();
  document.documentElement.dataset.upload = 'ready';
}

export function stop() {
  stopListening?.();
  stopListening = null;
  chosen.clear();
  delete document.documentElement.dataset.upload;
}

export async function send(number, path, contentType) {
  const nothing = (status, body) => ({ status, body: JSON.stringify(body), problems: 0, errors: 0, missing: 0 });
  let text;
  try {
    text = await chosen.get(number).arrayBuffer();
  } catch {
    return nothing(400, { detail: 'The file cannot be read, or has changed since it was chosen. Choose it again.' });
  }

  // Earlier choices are of no use any more.
  [...chosen.keys()].filter(key => key < number).forEach(key => chosen.delete(key));
  let answer;
  try {
    answer = await fetch(new URL(path, document.baseURI), { method: 'POST', headers: { 'Content-Type': contentType }, body: text });
  } catch {
    return nothing(0, {});
  }

  const content = await answer.json().catch(() => ({}));
  const problems = content.problems ?? content.errors ?? [];
  const missing = content.missing_inputs ?? [];
  const body = {
    id: content.id, name: cut(content.name, 200), detail: cut(content.detail ?? content.title, 600),
    jobs: content.jobs, files: content.files, user_data: content.user_data, depth: content.depth, roots: content.roots,
    edges: content.edges,
    missing_inputs: shorten(missing, path => cut(path, 200)),
    problems: shorten(problems, shortProblem),
  };
  // An input that is missing is mended by another working directory, so it does not forbid another try.
  const errors = problems.filter(problem => problem.severity === 'error' && problem.code !== 'TORC120').length;
  return { status: answer.status, body: JSON.stringify(body), problems: problems.length, errors, missing: missing.length };
}
