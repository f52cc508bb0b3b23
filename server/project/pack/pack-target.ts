/** Where a pack is written to: a folder or a zip file, which is there whole or not at all. */
import { createHash, randomBytes } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readFile, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ZipFile } from 'yazl';
import { manifestName, manifestSchema } from '../../reports/audit-pack/manifest.ts';
import { PackFault } from './pack-fault.ts';

/** Text, bytes, or the absolute path of a file that is read while it is written. */
export type PackContent = string | Uint8Array | { readonly copyOf: string };

export interface Added {
  readonly bytes: number;
  readonly sha256: string;
}

export interface PackTarget {
  /** Writes one file; the next may be added when it is done. */
  add(path: string, content: PackContent): Promise<Added>;
  /** Puts the pack in its place. */
  finish(): Promise<void>;
  /** Leaves nothing behind. */
  discard(): Promise<void>;
}

/** @throws PackFault where something stands there that is no pack */
export async function openPackTarget(out: string): Promise<PackTarget> {
  const isZip = out.toLowerCase().endsWith('.zip');
  const there = await stat(out).catch(() => undefined);
  if (there !== undefined && (isZip ? !there.isFile() : !(await isReplaceable(out)))) {
    throw new PackFault(`“${out}” is there already and is no audit pack: name another place, or remove it yourself.`);
  }
  await mkdir(dirname(out), { recursive: true });
  const temporary = `${out}.${randomBytes(6).toString('hex')}.tmp`;
  return isZip ? new ZipTarget(out, temporary) : await FolderTarget.open(out, temporary, there !== undefined);
}

/** An earlier pack, or a folder without anything in it. */
async function isReplaceable(folder: string): Promise<boolean> {
  const entries = await readdir(folder).catch(() => undefined);
  if (entries === undefined) return false;
  if (entries.length === 0) return true;
  try {
    return manifestSchema.safeParse(JSON.parse(await readFile(join(folder, manifestName), 'utf8'))).success;
  } catch {
    return false;
  }
}

/** Counts and hashes what passes. */
class Measured extends Transform {
  readonly #hash = createHash('sha256');
  #bytes = 0;

  override _transform(chunk: Buffer, _encoding: BufferEncoding, done: (error: null, chunk: Buffer) => void): void {
    this.#hash.update(chunk);
    this.#bytes += chunk.length;
    done(null, chunk);
  }

  result(): Added {
    return { bytes: this.#bytes, sha256: this.#hash.digest('hex') };
  }
}

function read(content: PackContent): Readable {
  if (typeof content === 'object' && 'copyOf' in content) return createReadStream(content.copyOf);
  return Readable.from([typeof content === 'string' ? Buffer.from(content, 'utf8') : Buffer.from(content)]);
}

class FolderTarget implements PackTarget {
  readonly #out: string;
  readonly #temporary: string;
  readonly #replaces: boolean;

  private constructor(out: string, temporary: string, replaces: boolean) {
    this.#out = out;
    this.#temporary = temporary;
    this.#replaces = replaces;
  }

  static async open(out: string, temporary: string, replaces: boolean): Promise<FolderTarget> {
    await mkdir(temporary);
    return new FolderTarget(out, temporary, replaces);
  }

  async add(path: string, content: PackContent): Promise<Added> {
    const file = join(this.#temporary, ...path.split('/'));
    await mkdir(dirname(file), { recursive: true });
    const measured = new Measured();
    await pipeline(read(content), measured, createWriteStream(file, { flags: 'wx' }));
    return measured.result();
  }

  async finish(): Promise<void> {
    if (!this.#replaces) return await rename(this.#temporary, this.#out);
    const old = `${this.#temporary}.old`;
    await rename(this.#out, old);
    try {
      await rename(this.#temporary, this.#out);
    } catch (error) {
      await rename(old, this.#out);
      throw error;
    }
    await rm(old, { recursive: true, force: true });
  }

  async discard(): Promise<void> {
    await rm(this.#temporary, { recursive: true, force: true });
  }
}

/** The earliest day that zip files know, by whatever clock: packs of the same files are the same bytes. */
const everyFile = { mtime: new Date(1980, 0, 1), mode: 0o100644, forceDosTimestamp: true };

class ZipTarget implements PackTarget {
  readonly #out: string;
  readonly #temporary: string;
  readonly #zip = new ZipFile();
  readonly #written: Promise<void>;
  #failed: unknown;

  constructor(out: string, temporary: string) {
    this.#out = out;
    this.#temporary = temporary;
    this.#written = pipeline(this.#zip.outputStream, createWriteStream(temporary, { flags: 'wx' }));
    this.#written.catch((error: unknown) => (this.#failed = error));
    this.#zip.on('error', (error: unknown) => (this.#failed = error));
  }

  async add(path: string, content: PackContent): Promise<Added> {
    const measured = new Measured();
    const source = read(content);
    const ended = new Promise<void>((resolve, reject) => {
      measured.once('end', resolve);
      measured.once('error', reject);
      source.once('error', (error) => measured.destroy(error));
      // A disk that is full ends the reading, too.
      this.#written.catch(reject);
    });
    this.#zip.addReadStream(source.pipe(measured), path, everyFile);
    await ended;
    if (this.#failed !== undefined) throw this.#failed instanceof Error ? this.#failed : new Error(String(this.#failed));
    return measured.result();
  }

  async finish(): Promise<void> {
    this.#zip.end();
    await this.#written;
    await rename(this.#temporary, this.#out);
  }

  async discard(): Promise<void> {
    // What was still to be written goes nowhere.
    (this.#zip.outputStream as Readable).destroy();
    await this.#written.catch(() => undefined);
    await rm(this.#temporary, { force: true });
  }
}
