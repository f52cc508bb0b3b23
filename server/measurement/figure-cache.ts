import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { writeWhole } from '../project/write-whole.ts';
import type { FactsMemory } from './source-files.ts';

/** Raised whenever the same inputs may give other figures. */
const version = 5;

type FactsEntries = ReturnType<FactsMemory['entries']>;

interface Stored {
  readonly version: number;
  readonly files: FactsEntries;
  readonly results: Readonly<Record<string, unknown>>;
}

/**
 * Results by a hash of all they depend on, kept in one file per project. What a run did not use is dropped, so that the file does not
 * grow. Without a folder nothing is kept beyond the run.
 */
export class FigureCache {
  readonly #file: string | undefined;
  readonly #before: Readonly<Record<string, unknown>>;
  readonly #results: Record<string, unknown> = {};
  readonly files: FactsEntries;
  #changed = false;

  private constructor(file: string | undefined, stored: Stored | undefined) {
    this.#file = file;
    this.#before = stored?.results ?? {};
    this.files = stored?.files ?? [];
  }

  /** @param question the name of a question beside the project's own; what is kept for one does not push out what is kept for another */
  static async open(folder: string | undefined, root: string, question?: string): Promise<FigureCache> {
    if (folder === undefined) return new FigureCache(undefined, undefined);
    const file = join(folder, `figures-${hashOf(root, ...(question === undefined ? [] : [question])).slice(0, 16)}.json`);
    try {
      const stored = JSON.parse(await readFile(file, 'utf8')) as Stored;
      return new FigureCache(file, stored.version === version && Array.isArray(stored.files) && typeof stored.results === 'object' ? stored : undefined);
    } catch {
      // Absent or damaged: it is only a cache.
      return new FigureCache(file, undefined);
    }
  }

  get(key: string): unknown {
    const known = this.#results[key] ?? this.#before[key];
    if (known !== undefined) this.#results[key] = known;
    return known;
  }

  set(key: string, result: unknown): void {
    this.#results[key] = result;
    this.#changed = true;
  }

  async save(files: FactsEntries): Promise<void> {
    if (this.#file === undefined) return;
    const same = !this.#changed && Object.keys(this.#results).length === Object.keys(this.#before).length && files.length === this.files.length;
    if (same) return;
    try {
      const stored: Stored = { version, files, results: this.#results };
      await writeWhole(this.#file, JSON.stringify(stored));
    } catch {
      // A cache that cannot be written costs time, nothing else.
    }
  }
}

export function hashOf(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
