import type { Range } from '../../language/model/span.ts';

/** A JSON value, and where in the text each part of it stands, by its path: `["severity","8.3.3.1"]` as JSON text. */
export interface PlacedJson {
  readonly value: unknown;
  readonly places: ReadonlyMap<string, Range>;
}

export interface JsonProblem {
  readonly message: string;
  readonly range: Range;
}

export type JsonPath = readonly (string | number)[];

const deepest = 50;
// oxlint-disable-next-line no-control-regex -- a JSON text may not hold them (RFC 8259, 7)
const token = /[ \t\r\n]*(?:([{}[\],:])|("(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?)|(true|false|null))/y;

/** Reads JSON and remembers places, so that what is wrong in a configuration is shown where it stands. */
export function readJson(text: string): PlacedJson | { readonly problem: JsonProblem } {
  try {
    return new Reader(text).read();
  } catch (error) {
    if (error instanceof Unexpected) return { problem: { message: error.message, range: rangeAt(text, error.start, error.end) } };
    throw error;
  }
}

/** The place of a value or, where the path leads nowhere, of the nearest value around it. */
export function placeOf(json: PlacedJson, path: JsonPath): Range | undefined {
  for (let length = path.length; length >= 0; length--) {
    const range = json.places.get(JSON.stringify(path.slice(0, length)));
    if (range) return range;
  }
  return undefined;
}

class Unexpected extends Error {
  readonly start: number;
  readonly end: number;

  constructor(message: string, start: number, end: number) {
    super(message);
    this.start = start;
    this.end = end;
  }
}

class Reader {
  readonly #text: string;
  readonly #places = new Map<string, Range>();
  #offset = 0;

  constructor(text: string) {
    this.#text = text;
  }

  read(): PlacedJson {
    const value = this.#value([]);
    const rest = /\S/.exec(this.#text.slice(this.#offset));
    if (rest) throw this.#unexpected('The file should end here', this.#offset + rest.index);
    return { value, places: this.#places };
  }

  #value(path: (string | number)[]): unknown {
    if (path.length > deepest) throw new Unexpected(`Nested more than ${deepest} levels deep.`, this.#offset, this.#offset + 1);
    const next = this.#next('a value');
    let value: unknown;
    if (next.text === '{') value = this.#object(path);
    else if (next.text === '[') value = this.#list(path);
    else if (/^[}\],:]$/.test(next.text)) throw this.#unexpected('A value is needed here', next.start);
    else value = JSON.parse(next.text) as unknown;
    this.#places.set(JSON.stringify(path), rangeAt(this.#text, next.start, /^[{[]$/.test(next.text) ? next.start + 1 : this.#offset));
    return value;
  }

  #object(path: (string | number)[]): Record<string, unknown> {
    // No prototype: `__proto__` is a name like any other.
    const result = Object.create(null) as Record<string, unknown>;
    let next = this.#next('a name in quotes or }');
    if (next.text === '}') return result;
    for (;;) {
      if (!next.text.startsWith('"')) throw this.#unexpected('A name in double quotes is needed here', next.start);
      const name = JSON.parse(next.text) as string;
      if (Object.hasOwn(result, name)) throw new Unexpected(`“${name}” is given twice.`, next.start, this.#offset);
      const colon = this.#next(':');
      if (colon.text !== ':') throw this.#unexpected('A colon is needed here', colon.start);
      result[name] = this.#value([...path, name]);
      next = this.#next(', or }');
      if (next.text === '}') return result;
      if (next.text !== ',') throw this.#unexpected('A comma or } is needed here', next.start);
      next = this.#next('a name in quotes');
    }
  }

  #list(path: (string | number)[]): unknown[] {
    const result: unknown[] = [];
    const start = this.#offset;
    if (this.#next('a value or ]').text === ']') return result;
    this.#offset = start;
    for (;;) {
      result.push(this.#value([...path, result.length]));
      const next = this.#next(', or ]');
      if (next.text === ']') return result;
      if (next.text !== ',') throw this.#unexpected('A comma or ] is needed here', next.start);
    }
  }

  #next(wanted: string): { text: string; start: number } {
    token.lastIndex = this.#offset;
    const match = token.exec(this.#text);
    if (!match) {
      const rest = /\S/.exec(this.#text.slice(this.#offset));
      const start = rest ? this.#offset + rest.index : this.#text.trimEnd().length;
      throw this.#unexpected(rest ? `This is not JSON; ${wanted} is needed here` : `The file ends too early; ${wanted} is needed here`, start);
    }
    this.#offset = token.lastIndex;
    const text = match[1] ?? match[2] ?? match[3] ?? match[4] ?? '';
    return { text, start: this.#offset - text.length };
  }

  #unexpected(message: string, start: number): Unexpected {
    return new Unexpected(`${message}.`, start, start + Math.max(1, /^[\w"-]*/.exec(this.#text.slice(start, start + 200))?.[0].length ?? 1));
  }
}

function rangeAt(text: string, start: number, end: number): Range {
  const before = text.slice(0, start);
  const line = before.split('\n').length - 1;
  const column = start - (before.lastIndexOf('\n') + 1);
  const newline = text.indexOf('\n', start);
  const length = (newline === -1 ? end : Math.min(end, newline)) - start;
  return { line, column, endLine: line, endColumn: column + Math.max(1, length) };
}
