/** Where a value stands in a text: from its first character to the one after its last. */
export interface Range {
  from: number;
  to: number;
}

/** A text as JSON: its value with the place of each part, or the first thing that is wrong with it. */
export type Read = { ok: true; value: unknown; places: Map<string, Range> } | { ok: false; fault: Fault; at: number };

/** What can be wrong with a text that is to be JSON. */
export type Fault = 'unexpected' | 'end' | 'string' | 'number' | 'twice' | 'deep';

const DEPTH_MAX = 100;

class Wrong extends Error {
  constructor(
    readonly fault: Fault,
    readonly at: number,
  ) {
    super(fault);
  }
}

/** Reads a text that a person types. The browser's own reader says no places, and lets a field be there twice. */
export function read(text: string): Read {
  const places = new Map<string, Range>();
  let at = 0;

  const blank = () => {
    while (/[ \t\r\n]/.test(text[at] ?? '')) {
      at++;
    }
  };
  const wrong = (fault: Fault = 'unexpected', where = at) => new Wrong(where >= text.length ? 'end' : fault, Math.min(where, text.length));
  const expect = (mark: string) => {
    blank();
    if (text[at] !== mark) {
      throw wrong();
    }
    at++;
  };
  const match = (pattern: RegExp, fault: Fault): unknown => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    if (found === undefined) {
      throw wrong(fault);
    }
    try {
      const value: unknown = JSON.parse(found);
      at += found.length;
      return value;
    } catch {
      throw wrong(fault);
    }
  };
  const string = () => match(/"(?:[^"\\\n]|\\.)*"/y, text[at] === '"' ? 'string' : 'unexpected') as string;
  const list = (end: string, element: (index: number) => void) => {
    at++;
    blank();
    if (text[at] === end) {
      at++;
      return;
    }
    for (let index = 0; ; index++) {
      element(index);
      blank();
      if (text[at] === end) {
        at++;
        return;
      }
      expect(',');
    }
  };
  const value = (pointer: string, depth: number): unknown => {
    blank();
    if (depth > DEPTH_MAX) {
      throw wrong('deep');
    }
    const from = at;
    let result: unknown;
    if (text[at] === '{') {
      const object = new Map<string, unknown>();
      list('}', () => {
        blank();
        const named = at;
        const name = string();
        if (object.has(name)) {
          throw wrong('twice', named);
        }
        expect(':');
        object.set(name, value(`${pointer}/${name.replace(/~/g, '~0').replace(/\//g, '~1')}`, depth + 1));
      });
      result = Object.fromEntries(object);
    } else if (text[at] === '[') {
      const array: unknown[] = [];
      list(']', (index) => array.push(value(`${pointer}/${index}`, depth + 1)));
      result = array;
    } else if (text[at] === '"') {
      result = string();
    } else {
      result = match(/true|false|null|-?[0-9][0-9.eE+-]*/y, /[-0-9]/.test(text[at] ?? '') ? 'number' : 'unexpected');
    }
    places.set(pointer, { from, to: at });
    return result;
  };

  try {
    const result = value('', 0);
    blank();
    if (at < text.length) {
      throw wrong();
    }
    return { ok: true, value: result, places };
  } catch (cause) {
    if (cause instanceof Wrong) {
      return { ok: false, fault: cause.fault, at: cause.at };
    }
    throw cause;
  }
}

/** The place of a value; that of the nearest one around it, when it is not there. */
export function placeOf(places: Map<string, Range>, pointer: string): Range {
  for (let it = pointer; it !== ''; it = it.slice(0, it.lastIndexOf('/'))) {
    const place = places.get(it);
    if (place !== undefined) {
      return place;
    }
  }
  return { from: 0, to: 0 };
}

/** The line of a place, from 1. */
export const lineOf = (text: string, at: number): number => text.slice(0, at).split('\n').length;

const WIDTH_MAX = 110;

/** Writes a value as people read it: what fits into a line is on one. */
export function format(value: unknown, indent = ''): string {
  const flat = inline(value);
  if (typeof value !== 'object' || value === null || (indent !== '' && indent.length + flat.length <= WIDTH_MAX)) {
    return flat;
  }
  const inner = `${indent}  `;
  const parts = Array.isArray(value)
    ? value.map((it) => inner + format(it, inner))
    : Object.entries(value).map(([name, it]) => `${inner}${JSON.stringify(name)}: ${format(it, inner)}`);
  const [open, close] = Array.isArray(value) ? '[]' : '{}';
  return parts.length === 0 ? `${open}${close}` : `${open}\n${parts.join(',\n')}\n${indent}${close}`;
}

function inline(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(inline).join(', ')}]`;
  }
  return typeof value === 'object' && value !== null
    ? `{${Object.entries(value).map(([name, it]) => `${JSON.stringify(name)}: ${inline(it)}`).join(', ')}}` // prettier-ignore
    : JSON.stringify(value);
}
