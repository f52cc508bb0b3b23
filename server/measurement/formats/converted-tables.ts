import { createHash, randomBytes } from 'node:crypto';
import { access, mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { putWhole } from '../../project/write-whole.ts';
import { convert, type Conversion, type Converted } from './convert.ts';

/** In milliseconds: how long rows of a database are used before it is asked again. */
const fresh = 300_000;
/** When a table was read from a database, by its path. */
const fetchedAt = new Map<string, number>();

/**
 * Where files of other formats stand as text while they are measured: in the cache, by the hash of what they were made from, so that
 * they are made once; in a folder of their own that goes away again where there is no cache.
 */
export class ConvertedTables {
  readonly #cacheFolder: string | undefined;
  /** Made when the first table is. */
  #folder: string | undefined;
  readonly #used = new Set<string>();

  readonly #takesAway: boolean;

  /**
   * @param cacheFolder absent: nothing is kept
   * @param root the project's folder
   * @param takesAway whether what is not read from here goes; what is beside the project's own question reads from a few only
   */
  constructor(cacheFolder: string | undefined, root: string, takesAway = true) {
    this.#takesAway = takesAway;
    this.#cacheFolder = cacheFolder === undefined ? undefined : join(cacheFolder, `tables-${createHash('sha256').update(root).digest('hex').slice(0, 16)}`);
  }

  /** @param hash of the file's bytes. @throws Refusal */
  async table(conversion: Conversion, hash: string): Promise<{ readonly path: string; readonly converted: Converted | undefined }> {
    const sheet = conversion.sheet === undefined ? '' : `-${createHash('sha256').update(conversion.sheet).digest('hex').slice(0, 8)}`;
    const name = `${hash}${sheet}.csv`;
    const path = join(await this.#open(), name);
    this.#used.add(name);
    if (await access(path).then(() => true, () => false)) return { path, converted: undefined };
    const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
    const converted = await convert(conversion, temporary);
    // With something odd in it the table is made anew each time, since each time that has to be said.
    const target = converted.oddCount === 0 ? path : `${path}.${randomBytes(6).toString('hex')}.odd`;
    await rename(temporary, target);
    return { path: target, converted };
  }

  /**
   * The table that `write` makes of what is no file. What this process has read within {@link fresh} is not asked for again, if there is
   * a cache to keep it in: measuring goes on at every change of a text.
   *
   * @param key names all that it was made from, except the data
   */
  async fetched(key: string, write: (target: string) => Promise<void>): Promise<string> {
    const name = `database-${key.slice(0, 32)}.csv`;
    const path = join(await this.#open(), name);
    const isFresh = this.#used.has(name) || performance.now() - (fetchedAt.get(path) ?? -Infinity) < fresh;
    this.#used.add(name);
    if (isFresh && (await access(path).then(() => true, () => false))) return path;
    await putWhole(path, write);
    fetchedAt.set(path, performance.now());
    return path;
  }

  /** Takes away what nothing was read from. */
  async close(): Promise<void> {
    if (this.#cacheFolder === undefined) {
      if (this.#folder !== undefined) await rm(this.#folder, { recursive: true, force: true });
    } else if (!this.#takesAway) return;
    else if (this.#used.size === 0) await rm(this.#cacheFolder, { recursive: true, force: true });
    else for (const name of await readdir(this.#cacheFolder).catch(() => [])) if (!this.#used.has(name)) await rm(join(this.#cacheFolder, name), { force: true });
  }

  async #open(): Promise<string> {
    if (this.#folder !== undefined) return this.#folder;
    if (this.#cacheFolder === undefined) return (this.#folder = await mkdtemp(join(tmpdir(), 'itsms-tables-')));
    await mkdir(this.#cacheFolder, { recursive: true });
    return (this.#folder = this.#cacheFolder);
  }
}
