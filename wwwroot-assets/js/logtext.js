// What a job prints is text and nothing else: it becomes text nodes, in the colours that its escape sequences ask for.

const longestLine = 10000;
const sgr = /\u001b\[([0-9;:]*)m/g;
// Escape sequences, then the other control characters except tab, then marks that turn the direction of text.
const escapes = /\u001b(?:\[[0-?]*[ -\/]*[@-~]|\][^\u0007\u001b]*(?:\u0007|\u001b\\)?|[PX^_][^\u001b]*(?:\u001b\\)?|[ -\/]*[0-~])/g;
const controls = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f]/g;
const turns = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

// A progress bar that rewrites its line is shown as it was last.
function last(line) {
  const text = line.replace(/\r+$/, '').split('\r').at(-1);
  return text.length > longestLine * 4 ? text.slice(0, longestLine * 4) : text;
}

function plain(text) {
  return text.replace(escapes, '').replace(controls, '').replace(turns, '\ufffd');
}

// The 256 colours of terminals: 16 that the theme gives, a cube of 6 × 6 × 6, and 24 greys.
function palette(index) {
  if (index < 16) {
    return `var(--torc-ansi-${index})`;
  }
  if (index < 232) {
    const level = step => step === 0 ? 0 : 55 + step * 40;
    const cube = index - 16;
    return `rgb(${level(Math.floor(cube / 36))} ${level(Math.floor(cube / 6) % 6)} ${level(cube % 6)})`;
  }
  const grey = 8 + (index - 232) * 10;
  return `rgb(${grey} ${grey} ${grey})`;
}

// A colour behind a text, so faint that the text can be read on it.
function behind(colour) {
  return `color-mix(in srgb, ${colour} 30%, transparent)`;
}

// Reads "5;n" or "2;r;g;b" behind 38 or 48.
function extended(codes) {
  const kind = codes.shift();
  if (kind === 5) {
    const index = codes.shift();
    return index >= 0 && index < 256 ? palette(index) : null;
  }
  if (kind === 2) {
    const parts = codes.splice(0, 3);
    return parts.length === 3 && parts.every(part => part >= 0 && part < 256) ? `rgb(${parts.join(' ')})` : null;
  }
  return null;
}

// Such as "1;31": bold and red from here on.
function apply(style, text) {
  const codes = text.split(/[;:]/).map(code => code === '' ? 0 : Number(code));
  while (codes.length > 0) {
    const code = codes.shift();
    if (code === 0) {
      style = {};
    } else if (code === 1) {
      style = { ...style, fontWeight: '700' };
    } else if (code === 2) {
      style = { ...style, opacity: '0.7' };
    } else if (code === 3) {
      style = { ...style, fontStyle: 'italic' };
    } else if (code === 4) {
      style = { ...style, textDecoration: 'underline' };
    } else if (code === 22) {
      style = { ...style, fontWeight: '', opacity: '' };
    } else if (code === 23) {
      style = { ...style, fontStyle: '' };
    } else if (code === 24) {
      style = { ...style, textDecoration: '' };
    } else if (code >= 30 && code <= 37 || code >= 90 && code <= 97) {
      style = { ...style, color: palette(code < 90 ? code - 30 : code - 82) };
    } else if (code === 38) {
      style = { ...style, color: extended(codes) ?? style.color };
    } else if (code === 39) {
      style = { ...style, color: '' };
    } else if (code >= 40 && code <= 47 || code >= 100 && code <= 107) {
      style = { ...style, backgroundColor: behind(palette(code < 100 ? code - 40 : code - 92)) };
    } else if (code === 48) {
      const colour = extended(codes);
      style = { ...style, backgroundColor: colour ? behind(colour) : style.backgroundColor };
    } else if (code === 49) {
      style = { ...style, backgroundColor: '' };
    }
  }
  return style;
}

// A line as runs of text that look the same.
function runs(line) {
  const text = last(line);
  const found = [];
  let style = {};
  let from = 0;
  for (const match of text.matchAll(sgr)) {
    found.push({ text: plain(text.slice(from, match.index)), style });
    style = apply(style, match[1]);
    from = match.index + match[0].length;
  }

  found.push({ text: plain(text.slice(from)), style });
  return found.filter(run => run.text.length > 0);
}

function styled(run, text, isMarked) {
  if (!isMarked && Object.keys(run.style).length === 0) {
    return document.createTextNode(text);
  }

  const element = document.createElement(isMarked ? 'mark' : 'span');
  if (!isMarked) {
    Object.assign(element.style, run.style);
    // A colour that is not the theme's may be as light as what is behind it: the style sheet takes its hue and bounds its lightness.
    if (run.style.color?.startsWith('rgb')) {
      element.style.color = '';
      element.style.setProperty('--torc-own', run.style.color);
      element.className = 'torc-own';
    }
  }

  element.textContent = text;
  return element;
}

// Where a pattern matches in a text, as pairs of start and end.
function matches(text, pattern) {
  if (!pattern) {
    return [];
  }

  const found = [];
  for (const match of text.matchAll(pattern)) {
    if (match[0].length > 0) {
      found.push([match.index, match.index + match[0].length]);
    }
  }
  return found;
}

// Writes one line of a log into an element; what matches a pattern, which is global, is marked.
export function writeLine(element, line, pattern) {
  const parts = [];
  let at = 0;
  const all = runs(line);
  const whole = all.map(run => run.text).join('');
  const marks = matches(whole.slice(0, longestLine), pattern);
  for (const run of all) {
    const text = run.text.slice(0, Math.max(0, longestLine - at));
    let done = 0;
    for (const [start, end] of marks) {
      const from = Math.max(start - at, done);
      const to = Math.min(end - at, text.length);
      if (from < to) {
        if (from > done) {
          parts.push(styled(run, text.slice(done, from), false));
        }

        parts.push(styled(run, text.slice(from, to), true));
        done = to;
      }
    }

    if (done < text.length) {
      parts.push(styled(run, text.slice(done), false));
    }

    at += run.text.length;
  }

  if (whole.length > longestLine) {
    parts.push(' …');
  }

  // An empty line is as high as any other.
  element.replaceChildren(...parts.length === 0 ? ['\u00a0'] : parts);
}

// The words of a problem that the API answered.
export function reason(text) {
  try {
    return JSON.parse(text).detail ?? null;
  } catch {
    return null;
  }
}
