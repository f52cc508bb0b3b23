/** Parts of a reader, one bit each. */
export type Parts = number;
export const allParts: Parts = -1;
/** So many parts are told apart. */
export const mostParts = 31;

/** Somebody who reads: an execution of rules, or a query. */
export interface Reader {
  /** What it has read, as index, key and the parts that did, one after another, so that it can be forgotten. Many read nothing, and have no list. */
  reads: (ReadIndex | string | Parts)[] | undefined;
  /** Which of its parts reads now; left out where it always reads as a whole. */
  reading?: Parts;
  /** The parts that have read what is another value now. */
  stale?: Parts;
}

/** Who read what, by key. Most keys have one reader, which costs no set. */
export class ReadIndex {
  readonly #readers = new Map<string, Reader | Set<Reader>>();

  add(key: string, reader: Reader): void {
    const { reading = allParts } = reader;
    const known = this.#readers.get(key);
    if (known === reader || (known instanceof Set && known.has(reader))) {
      if (reading !== allParts || reader.reading !== undefined) this.#join(key, reader, reading);
      return;
    }
    if (known === undefined) this.#readers.set(key, reader);
    else if (known instanceof Set) known.add(reader);
    else this.#readers.set(key, new Set([known, reader]));
    if (reader.reads) reader.reads.push(this, key, reading);
    else reader.reads = [this, key, reading];
  }

  /** Another part of a reader has read it too. */
  #join(key: string, { reads }: Reader, reading: Parts): void {
    const at = this.#placeIn(reads, key);
    if (reads && at !== undefined) reads[at] = Number(reads[at]) | reading;
  }

  /** Where a reader notes which of its parts have read a key. */
  #placeIn(reads: Reader['reads'], key: string): number | undefined {
    if (reads) for (let index = 0; index < reads.length; index += 3) if (reads[index] === this && reads[index + 1] === key) return index + 2;
    return undefined;
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

  /** Whoever read it. To ask is to tell them that it is another value now: each notes which of its parts did. */
  *readers(key: string): Iterable<Reader> {
    const known = this.#readers.get(key);
    if (known instanceof Set) for (const reader of [...known]) yield this.#told(reader, key);
    else if (known) yield this.#told(known, key);
  }

  #told(reader: Reader, key: string): Reader {
    if (reader.stale === undefined) return reader;
    const at = this.#placeIn(reader.reads, key);
    reader.stale |= at === undefined ? allParts : Number(reader.reads?.[at] ?? allParts);
    return reader;
  }
}

/** @param parts what others have read too stays known */
export function forgetReads(reader: Reader, parts: Parts = allParts): void {
  const { reads = [] } = reader;
  const kept: NonNullable<Reader['reads']> = [];
  for (let index = 0; index < reads.length; index += 3) {
    const [readIndex, key, readBy] = [reads[index], reads[index + 1], reads[index + 2]];
    if (!(readIndex instanceof ReadIndex) || typeof key !== 'string') continue;
    // What it has read as a whole is forgotten with the whole.
    const others = parts !== allParts && readBy === allParts ? allParts : Number(readBy) & ~parts;
    if (others === 0) readIndex.remove(key, reader);
    else kept.push(readIndex, key, others);
  }
  reader.reads = kept.length > 0 ? kept : undefined;
}

/** Gives back the room that a list of reads has taken to grow: a large model has tens of thousands of readers. */
export function trimReads(reader: Reader): void {
  reader.reads = reader.reads?.slice();
}
