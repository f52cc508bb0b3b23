/** Fragments kept on disk, so that a start parses only what has changed. */
import { createHash } from 'node:crypto';
import { readFile, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Fragment } from '../../language/model/fragment.ts';
import { packFragment, unpackFragment, type PackedFragment } from './packed-fragment.ts';
import { writeWhole } from './write-whole.ts';

interface CacheFile {
  readonly stamp: string;
  readonly fragments: Readonly<Record<string, { readonly hash: string; readonly fragment: PackedFragment }>>;
}

/** Milliseconds after which the writing of fragments lets others have their turn. */
const turn = 15;
/** Larger caches are not read: something is wrong with them. */
const largestCache = 512 * 1024 * 1024;

/** The hash under which a text's fragment is kept. Cryptographic, because texts come from anybody. */
export function contentHash(text: string): string {
  return createHash('sha256').update(text).digest('base64url');
}

/** Where something is kept about a project's folder. Programs that run at the same time keep theirs apart. */
export function cachePath(what: string, folder: string, root: string): string {
  const name = createHash('sha256').update(`${root}\n${basename(fileURLToPath(import.meta.url))}`).digest('hex').slice(0, 32);
  return join(folder, `${what}-${name}.json`);
}

/**
 * The fragments of one project from its last start. A fragment counts only for the very text it was made from and the
 * very program that made it.
 */
export class FragmentCache {
  readonly #path: string;
  readonly #stamp: string;
  #fragments: CacheFile['fragments'] = {};

  private constructor(path: string, stamp: string) {
    this.#path = path;
    this.#stamp = stamp;
  }

  /**
   * @param folder where caches may be kept
   * @param root the project's folder: each has a cache of its own
   * @param stamp names the program, see {@link programStamp}
   */
  static async open(folder: string, root: string, stamp: string): Promise<FragmentCache> {
    const cache = new FragmentCache(cachePath('fragments', folder, root), stamp);
    await cache.#load();
    return cache;
  }

  get(file: string, hash: string): Fragment | undefined {
    const kept = Object.hasOwn(this.#fragments, file) ? this.#fragments[file] : undefined;
    if (kept?.hash !== hash) return undefined;
    try {
      return unpackFragment(file, kept.fragment);
    } catch {
      return undefined;
    }
  }

  /** Puts the fragments in place of those kept so far, at once or not at all. A cache that cannot be written is no error. */
  async save(fragments: ReadonlyMap<string, { readonly hash: string; readonly fragment: Fragment }>): Promise<void> {
    const parts: string[] = [];
    let since = performance.now();
    for (const [file, { hash, fragment }] of fragments) {
      parts.push(`${JSON.stringify(file)}:${JSON.stringify({ hash, fragment: packFragment(fragment) })}`);
      if (performance.now() - since < turn) continue;
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    }
    try {
      await writeWhole(this.#path, `{"stamp":${JSON.stringify(this.#stamp)},"fragments":{${parts.join(',')}}}`, { isPrivate: true });
    } catch {
      // It costs time, nothing else.
    }
  }

  /** Lets go of what was read at the start. */
  release(): void {
    this.#fragments = {};
  }

  async #load(): Promise<void> {
    try {
      if ((await stat(this.#path)).size > largestCache) return;
      const content = JSON.parse(await readFile(this.#path, 'utf8')) as Partial<CacheFile>;
      if (content.stamp === this.#stamp && content.fragments !== undefined) this.#fragments = content.fragments;
    } catch {
      // No cache, or one that cannot be read: everything is parsed.
    }
  }
}
