import { ReadIndex, type Reader } from './read-index.ts';

/** What is known of a file that the model names. */
export type NamedFileState =
  | {
      readonly kind: 'present';
      /** SHA-256 of its bytes in hexadecimal; undefined where it could not be read. */
      readonly hash: string | undefined;
      /** What it says; only of files that hold what was approved. */
      readonly text?: string;
    }
  | { readonly kind: 'refused'; /** A sentence that names the file. */ readonly message: string };

/**
 * The files that rules ask for by the names that the model gives them: documents, evidence, what was approved. Rules never wait for a
 * disk: a file that has not been looked up is unknown, is noted as wanted, and who asked runs again once somebody has looked.
 */
export class NamedFiles {
  readonly #states = new Map<string, NamedFileState>();
  readonly #wanted = new Set<string>();
  #readers = new ReadIndex();

  /** Undefined while nobody has looked. */
  state(path: string, reader: Reader | undefined): NamedFileState | undefined {
    const file = path.replace(/^\.\//, '');
    if (reader) this.#readers.add(file, reader);
    const state = this.#states.get(file);
    if (!state) this.#wanted.add(file);
    return state;
  }

  /** The names asked for since this was last taken. */
  takeWanted(): readonly string[] {
    const wanted = [...this.#wanted];
    this.#wanted.clear();
    return wanted;
  }

  /** Whether rules have ever asked for a file. */
  isKnown(file: string): boolean {
    return this.#states.has(file);
  }

  knownNames(): readonly string[] {
    return [...this.#states.keys()];
  }

  knownStates(): readonly (readonly [file: string, state: NamedFileState])[] {
    return [...this.#states];
  }

  /** Takes over what was found. @returns who read something else before */
  update(found: ReadonlyMap<string, NamedFileState>): Iterable<Reader> {
    const affected = new Set<Reader>();
    for (const [file, state] of found) {
      if (JSON.stringify(this.#states.get(file)) === JSON.stringify(state)) continue;
      this.#states.set(file, state);
      for (const reader of this.#readers.readers(file)) affected.add(reader);
    }
    return affected;
  }

  /** Nobody reads any more: everything is about to be assessed anew. */
  forgetReaders(): void {
    this.#readers = new ReadIndex();
  }
}
