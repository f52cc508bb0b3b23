/**
 * Copies of plain data that take no more room than they need. An object to which properties are added one by one has room for more, and
 * from some twenty on engines make a table of it, which takes five times the memory and is slower to read; a list that has grown has room for
 * as many items again. An object that begins as a copy of another with the same properties has neither.
 */

/** One empty list for all. */
export const noItems: readonly never[] = Object.freeze([]);

/** Objects of more kinds than this are kept as they are: the properties of an object may come in any order. */
const mostShapes = 20_000;

/** The properties of objects in their order, as far as they have been followed. */
interface Shape {
  readonly next: Map<string, Shape>;
  example: Readonly<Record<string, unknown>> | undefined;
}

const start: Shape = { next: new Map(), example: undefined };
let shapes = 0;

/** The same data in objects and lists of their own, but for empty lists: these are one for all. What goes in must not be a cycle. */
export function compact<T>(value: T): T;
export function compact(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.length === 0 ? noItems : value.map((item: unknown) => compact(item));
  const source = value as Readonly<Record<string, unknown>>;
  const names = Object.keys(source);
  const example = exampleOf(names);
  if (!example) return source;
  const copy: Record<string, unknown> = { ...example };
  for (const name of names) copy[name] = compact(source[name]);
  return copy;
}

/** The same list without room to grow. */
export function settled<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? noItems : list.slice();
}

function exampleOf(names: readonly string[]): Shape['example'] {
  let shape = start;
  for (const name of names) {
    let next = shape.next.get(name);
    if (!next) {
      if (shapes >= mostShapes) return undefined;
      shapes++;
      shape.next.set(name, (next = { next: new Map(), example: undefined }));
    }
    shape = next;
  }
  // What is parsed from JSON has room for its properties and no more.
  return (shape.example ??= JSON.parse(`{${names.map((name) => `${JSON.stringify(name)}:0`).join()}}`) as Readonly<Record<string, unknown>>);
}
