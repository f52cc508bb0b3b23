/**
 * Copies of plain data that take no more room than they need. An object to which properties are added one by one has room for more, and
 * from some twenty on engines make a table of it, which takes five times the memory and is slower to read; a list that has grown has room
 * for as many items again. An object that begins as a copy of another with the same properties has neither. Lists and places that say the
 * same may be one: nobody changes them.
 */

/** One empty list for all. */
export const noItems: readonly never[] = Object.freeze([]);

/** Objects of more kinds than this are kept as they are: the properties of an object may come in any order. */
const mostShapes = 20_000;

/** The properties of objects in their order, as far as they have been followed. */
interface Shape {
  readonly number: number;
  readonly next: Map<string, Shape>;
  example: Readonly<Record<string, unknown>> | undefined;
}

const start: Shape = { number: 0, next: new Map(), example: undefined };
let shapes = 0;

/** So many lists and places are remembered, so that the same are one: declarations are laid out alike, and name the same people and services. */
const mostRemembered = 4096;
/** In characters: what is longer hardly comes again. */
const longestRemembered = 200;
const listsOfOne = new Map<string | number, readonly unknown[]>();
const listsOfMore = new Map<string, readonly unknown[]>();
const places = new Map<string, object>();

/** The same data in objects and lists without room to grow. What goes in must not be a cycle. */
export function compact<T>(value: T): T;
export function compact(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return compactList(value);
  const source = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(source);
  const shape = shapeOf(names);
  if (!shape) return source;
  const copy = objectOf(shape, names);
  for (const name of names) copy[name] = name === '$at' ? compactPlaces(source[name]) : compact(source[name]);
  return copy;
}

function compactList(list: readonly unknown[]): readonly unknown[] {
  if (list.length === 0) return noItems;
  const [first] = list;
  if (typeof first === 'object') return list.map((item) => compact(item));
  const make = (): readonly unknown[] => list.slice();
  if (list.length === 1) return typeof first === 'number' || (typeof first === 'string' && first.length <= longestRemembered) ? remembered(listsOfOne, first, make) : make();
  const key = JSON.stringify(list);
  return key.length <= longestRemembered ? remembered(listsOfMore, key, make) : make();
}

/** The places of a node's facts: spans, and lists of spans. */
function compactPlaces(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const source = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(source);
  const shape = shapeOf(names);
  if (!shape) return source;
  let key = String(shape.number);
  for (const name of names) {
    const at = source[name];
    key += Array.isArray(at) ? ` [${at.join()}` : ` ${String(at)}`;
  }
  return remembered(places, key, () => {
    const copy = objectOf(shape, names);
    for (const name of names) copy[name] = compact(source[name]);
    return copy;
  });
}

function remembered<K, V>(known: Map<K, V>, key: K, make: () => V): V {
  let value = known.get(key);
  if (value === undefined) {
    if (known.size >= mostRemembered) known.clear();
    known.set(key, (value = make()));
  }
  return value;
}

/** The same list without room to grow. */
export function settled<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? noItems : list.slice();
}

function shapeOf(names: readonly string[]): Shape | undefined {
  let shape = start;
  for (const name of names) {
    let next = shape.next.get(name);
    if (!next) {
      if (shapes >= mostShapes) return undefined;
      shape.next.set(name, (next = { number: ++shapes, next: new Map(), example: undefined }));
    }
    shape = next;
  }
  return shape;
}

/** An object with these properties, all still to be set. */
function objectOf(shape: Shape, names: readonly string[]): Record<string, unknown> {
  // What is parsed from JSON has room for its properties and no more.
  shape.example ??= JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}:0`).join()}}`) as Readonly<Record<string, unknown>>;
  return { ...shape.example };
}
