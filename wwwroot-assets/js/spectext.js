// The text of a draft in a Monaco editor. The text is fetched over HTTP; what is typed goes to the server as changes, and what others
// change comes as changes. Undo is the server's, which knows the steps of the canvas too.

import { changed, plain, plainChange, plainOffset, rawChange, rawOffset } from './lineends.js';

const open = new WeakMap();
const typingEnds = 120;
const flashes = 1400;
const muchTyped = 16 * 1024;
const library = '_content/BlazorMonaco/lib/monaco-editor/min/vs';
let loading = null;

function load() {
  loading ??= new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = new URL(`${library}/loader.js`, document.baseURI);
    script.onload = () => {
      window.require.config({ paths: { vs: new URL(library, document.baseURI).href } });
      window.require(['vs/editor/editor.main'], () => {
        prepare(window.monaco);
        done(window.monaco);
      }, failed);
    };
    script.onerror = failed;
    document.head.append(script);
  });
  return loading;
}

// JSON as people write it, with comments and all. Its mistakes are found by the server, as everywhere.
function prepare(monaco) {
  monaco.languages.register({ id: 'torc-json' });
  monaco.languages.setLanguageConfiguration('torc-json', {
    comments: { lineComment: '//', blockComment: ['/*', '*/'] },
    brackets: [['{', '}'], ['[', ']']],
    autoClosingPairs: [{ open: '{', close: '}' }, { open: '[', close: ']' }, { open: '"', close: '"', notIn: ['string'] }],
  });
  monaco.languages.setMonarchTokensProvider('torc-json', {
    tokenizer: {
      root: [
        [/\/\/.*$/, 'comment'], [/\/\*/, 'comment', '@comment'],
        [/("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[A-Za-z_$][\w$]*)(?=\s*:)/, 'type'],
        [/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/, 'string'],
        [/-?\d[\d.eE+-]*/, 'number'], [/\b(?:true|false|null)\b/, 'keyword'], [/[{}[\],:]/, 'delimiter'],
      ],
      comment: [[/[^*]+/, 'comment'], [/\*\//, 'comment', '@pop'], [/\*/, 'comment']],
    },
  });
  for (const language of ['torc-json', 'yaml', 'plaintext']) {
    monaco.languages.registerCompletionItemProvider(language, {
      triggerCharacters: ['{', '.', ' ', '"', "'", '['],
      provideCompletionItems: (model, position) => owners.get(model)?.(model, position) ?? { suggestions: [] },
    });
  }
}

const owners = new WeakMap();
const languageOf = name => /\.ya?ml$/i.test(name ?? '') ? 'yaml' : /\.(?:json5?|jsonc)$/i.test(name ?? '') ? 'torc-json' : 'plaintext';
const theme = () => document.documentElement.dataset.theme === 'dark' ? 'vs-dark' : 'vs';

// The one piece that differs between two texts; null if none does.
function difference(before, after) {
  if (before === after) {
    return null;
  }

  let start = 0;
  const most = Math.min(before.length, after.length);
  while (start < most && before[start] === after[start]) {
    start++;
  }

  let end = 0;
  while (end < most - start && before[before.length - 1 - end] === after[after.length - 1 - end]) {
    end++;
  }

  return { start, end: before.length - end, now: after.slice(start, after.length - end) };
}

export async function start(root, owner, path, fileName) {
  if (!root) {
    // It has gone while this script was loaded.
    return;
  }

  const [monaco, first] = await Promise.all([load(), fetchText(path)]);
  const box = root.querySelector('.torc-monaco');
  // What the server has, to the last character and as the editor shows it, and its revision.
  let { text: raw, revision } = first;
  let base = plain(raw);
  const model = monaco.editor.createModel(base, languageOf(fileName));
  model.setEOL(monaco.editor.EndOfLineSequence.LF);
  const editor = monaco.editor.create(box, {
    model, theme: theme(), automaticLayout: true, minimap: { enabled: false }, fontSize: 13, lineNumbersMinChars: 3, scrollBeyondLastLine: false, tabSize: 2,
    unusualLineTerminators: 'off', unicodeHighlight: { ambiguousCharacters: false }, wordBasedSuggestions: 'off', fixedOverflowWidgets: true, renderWhitespace: 'none',
    ariaLabel: 'Text of the spec', detectIndentation: true, quickSuggestions: { strings: true, other: true, comments: false },
  });
  const flashed = editor.createDecorationsCollection();
  const chosen = editor.createDecorationsCollection();
  let isOurs = false;
  let timer = 0;
  let sending = Promise.resolve();

  async function send() {
    const change = difference(base, model.getValue());
    if (!change) {
      return;
    }

    const was = revision;
    const typed = rawChange(raw, change);
    const sent = changed(raw, typed);
    const now = typed.now.length > muchTyped
      ? await putText(path, was, sent)
      : await owner.invokeMethodAsync('TypeAsync', was, typed.start, typed.end, typed.now);
    if (now >= 0) {
      [raw, base] = [sent, plain(sent)];
      revision = now;
    } else {
      // Another text is there by now: what was typed is put into that one.
      await reload();
    }
  }

  const flush = () => {
    clearTimeout(timer);
    sending = sending.then(send, send).catch(() => {
      // Nobody listens. The browser keeps what was typed until somebody does.
      keepTyped();
    });
    return sending;
  };

  function keepTyped() {
    if (difference(base, model.getValue())) {
      sessionStorage.setItem(path, JSON.stringify({ raw, typed: model.getValue() }));
    } else {
      sessionStorage.removeItem(path);
    }
  }

  // What was typed into a page that went before it was told.
  function bringBack() {
    const kept = JSON.parse(sessionStorage.getItem(path) ?? 'null');
    sessionStorage.removeItem(path);
    if (kept?.raw === raw) {
      model.setValue(kept.typed);
    }
  }

  // Puts what the server has in the place of what it had; what was typed since stays.
  async function reload() {
    const typed = difference(base, model.getValue());
    const fresh = await fetchText(path);
    const others = difference(base, plain(fresh.text));
    if (others) {
      take([others], typed);
    }

    ({ text: raw, revision } = fresh);
    base = plain(raw);
    if (difference(base, model.getValue())) {
      timer = setTimeout(flush, typingEnds);
    }
  }

  // Changes of the text that the server had, into a text in which something was typed since. Where both changed the same, what was typed stays.
  function take(changes, typed) {
    const shift = typed ? typed.now.length - (typed.end - typed.start) : 0;
    const edits = changes
      .filter(({ start, end }) => !typed || end <= typed.start || start >= typed.end)
      .map(({ start, end, now }) => {
        const by = typed && start >= typed.end ? shift : 0;
        return { range: rangeOf(start + by, end + by), text: now, now };
      });
    isOurs = true;
    model.pushEditOperations(null, edits, () => null);
    isOurs = false;
    const lines = new Set(edits.flatMap(({ range, now }) => Array.from({ length: Math.min(40, now.split('\n').length) }, (_, line) => range.startLineNumber + line)));
    flashed.set([...lines].map(line => ({ range: new monaco.Range(line, 1, line, 1), options: { isWholeLine: true, className: 'torc-flash' } })));
    setTimeout(() => flashed.clear(), flashes);
  }

  const rangeOf = (start, end) => {
    const from = model.getPositionAt(start);
    const to = model.getPositionAt(end);
    return new monaco.Range(from.lineNumber, from.column, to.lineNumber, to.column);
  };

  model.onDidChangeContent(() => {
    if (!isOurs) {
      clearTimeout(timer);
      timer = setTimeout(flush, typingEnds);
    }
  });
  editor.onDidBlurEditorText(flush);
  addEventListener('pagehide', keepTyped);
  bringBack();
  let placing = 0;
  editor.onDidChangeCursorPosition(event => {
    // 3 is a press of the pointer or a key of the keyboard; typing and edits of others are not.
    if (event.reason === monaco.editor.CursorChangeReason.Explicit) {
      clearTimeout(placing);
      placing = setTimeout(() => owner.invokeMethodAsync('PlaceAsync', event.position.lineNumber), 150);
    }
  });
  const turn = isRedo => flush().then(() => owner.invokeMethodAsync('TurnAsync', isRedo));
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyZ, () => turn(false));
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyY, () => turn(true));
  editor.addCommand(monaco.KeyMod.CtrlCmd | monaco.KeyMod.Shift | monaco.KeyCode.KeyZ, () => turn(true));

  owners.set(model, async (asked, position) => {
    await flush();
    const offset = model.getOffsetAt(position);
    const proposals = await owner.invokeMethodAsync('ProposeAsync', rawOffset(raw, offset));
    return {
      suggestions: proposals.map(proposal => ({
        label: proposal.label, insertText: proposal.insert, documentation: proposal.detail ?? undefined,
        kind: proposal.isKey ? monaco.languages.CompletionItemKind.Property : monaco.languages.CompletionItemKind.Value,
        range: rangeOf(plainOffset(raw, proposal.start), offset),
      })),
    };
  });

  const themes = new MutationObserver(() => monaco.editor.setTheme(theme()));
  themes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
  const severities = { Error: monaco.MarkerSeverity.Error, Warning: monaco.MarkerSeverity.Warning, Hint: monaco.MarkerSeverity.Info };

  open.set(root, {
    flush,
    apply(to, changes, name) {
      sending = sending.then(async () => {
        if (to <= revision) {
          return;
        }

        monaco.editor.setModelLanguage(model, languageOf(name));
        if (!changes || to !== revision + 1) {
          await reload();
          return;
        }

        const after = [...changes].reverse().reduce(changed, raw);
        const shown = changes.map(change => plainChange(raw, change));
        if ([...shown].reverse().reduce(changed, base) !== plain(after)) {
          // They change half of a line end.
          await reload();
          return;
        }

        take(shown, difference(base, model.getValue()));
        [raw, base, revision] = [after, plain(after), to];
      });
    },
    mark(problems) {
      monaco.editor.setModelMarkers(model, 'torc', problems.map(problem => ({
        startLineNumber: problem.line, endLineNumber: problem.line, startColumn: problem.column, endColumn: problem.endColumn, severity: severities[problem.severity],
        message: problem.help ? `${problem.message}\n${problem.help}` : problem.message, code: problem.code,
      })));
    },
    show(line, column, isAsked) {
      editor.revealLineInCenterIfOutsideViewport(line);
      chosen.set([{ range: new monaco.Range(line, 1, line, 1), options: { isWholeLine: true, className: 'torc-chosen-line' } }]);
      if (isAsked) {
        editor.setPosition({ lineNumber: line, column });
        editor.focus();
      }
    },
    stop() {
      clearTimeout(timer);
      clearTimeout(placing);
      themes.disconnect();
      removeEventListener('pagehide', keepTyped);
      owners.delete(model);
      editor.dispose();
      model.dispose();
    },
  });
  root.torcText = { value: () => model.getValue(), editor };
  root.dataset.ready = 'true';
}

// A byte order mark is part of the text.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

async function fetchText(path) {
  const answer = await fetch(new URL(path, document.baseURI), { cache: 'no-store' });
  if (!answer.ok) {
    throw new Error(`The text was not sent (${answer.status}).`);
  }

  return { revision: Number(answer.headers.get('Torc-Revision')), text: decoder.decode(await answer.arrayBuffer()) };
}

async function putText(path, revision, text) {
  const answer = await fetch(new URL(`${path}?revision=${revision}`, document.baseURI), { method: 'PUT', headers: { 'Content-Type': 'text/plain' }, body: text });
  return answer.ok ? Number(answer.headers.get('Torc-Revision')) : -1;
}

export const flush = root => open.get(root)?.flush();
export const apply = (root, revision, changes, name) => open.get(root)?.apply(revision, changes, name);
export const mark = (root, problems) => open.get(root)?.mark(problems);
export const show = (root, line, column, isAsked) => open.get(root)?.show(line, column, isAsked);

export function stop(root) {
  open.get(root)?.stop();
  open.delete(root);
}
