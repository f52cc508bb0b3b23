/** Somebody who reads: an execution of rules, or a query. */
export interface Reader {
  /** What it has read, as pairs of index and key, so that it can be forgotten. Many read nothing, and have no list. */
  reads: (ReadIndex | string)[] | undefined;
}

/** Who read what, by key. Most keys have one reader, which costs no set. */
export class ReadIndex {
  readonly #readers = new Map<string, Reader | Set<Reader>>();

  add(key: string, reader: Reader): void {
    const known = this.#readers.get(key);
    if (known === reader) return;
    if (known === undefined) this.#readers.set(key, reader);
    else if (known instanceof Set) {
      if (known.has(reader)) return;
      known.add(reader);
    } else this.#readers.set(key, new Set([known, reader]));
    if (reader.reads) reader.reads.push(this, key);
    else reader.reads = [this, key];
  }

  remove(key: string, reader: Reader): void {
    const known = this.#readers.get(key);
    if (known === reader) this.#readers.delete(key);
    else if (known instanceof Set) {
      known.delete(reader);
      if (known.size === 0) this.#readers.delete(key);
    }
  }

  /** Whoever read anything of it, possibly more than once. */
  *everybody(): Iterable<Reader> {
    for (const key of [...this.#readers.keys()]) yield* this.readers(key);
  }

  *readers(key: string): Iterable<Reader> {
    const known = this.#readers.get(key);
    if (known instanceof Set) yield* [...known];
    else if (known) yield known;
  }
}

export function forgetReads(reader: Reader): void {
  const { reads = [] } = reader;
  for (let index = 0; index < reads.length; index += 2) {
    const [readIndex, key] = [reads[index], reads[index + 1]];
    if (readIndex instanceof ReadIndex && typeof key === 'string') readIndex.remove(key, reader);
  }
  reader.reads = undefined;
}

/** Gives back the room that a list of reads has taken to grow: a large model has tens of thousands of readers. */
export function trimReads(reader: Reader): void {
  reader.reads = reader.reads?.slice();
}
