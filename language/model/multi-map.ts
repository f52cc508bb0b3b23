/**
 * A map with several values per key that keeps a single value without a list: most names are declared once, and a
 * large model has many.
 */
export class MultiMap<K, V extends object> {
  readonly #entries = new Map<K, V | V[]>();

  get(key: K): readonly V[] {
    const entry = this.#entries.get(key);
    return entry === undefined ? [] : isList(entry) ? entry : [entry];
  }

  first(key: K): V | undefined {
    const entry = this.#entries.get(key);
    return entry === undefined || !isList(entry) ? entry : entry[0];
  }

  add(key: K, value: V): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) this.#entries.set(key, value);
    else if (isList(entry)) entry.push(value);
    else this.#entries.set(key, [entry, value]);
  }

  /** Removes the first value that matches. @returns it, or undefined where none does */
  remove(key: K, matches: (value: V) => boolean): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (!isList(entry)) {
      if (!matches(entry)) return undefined;
      this.#entries.delete(key);
      return entry;
    }
    const index = entry.findIndex(matches);
    if (index === -1) return undefined;
    const [removed] = entry.splice(index, 1);
    if (entry.length === 1) this.#entries.set(key, entry[0]!);
    return removed;
  }

  sort(key: K, order: (a: V, b: V) => number): void {
    const entry = this.#entries.get(key);
    if (entry !== undefined && isList(entry)) entry.sort(order);
  }
}

function isList<V extends object>(entry: V | V[]): entry is V[] {
  return Array.isArray(entry);
}
