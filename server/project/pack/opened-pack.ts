/** A pack as it was handed over: a zip file or a folder, read by one file after the other and never trusted. */
import { createReadStream } from 'node:fs';
import { lstat, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { getFileNameLowLevel, openPromise, type Entry, type ZipFile } from 'yauzl';
import { PackFault } from './pack-fault.ts';

/** A file of a pack, or something in its place. */
export interface FoundFile {
  /** As it stands there, with `/`. */
  readonly path: string;
  /** `file`, or what it is instead: such are never opened. */
  readonly kind: 'file' | 'link' | 'other';
  /** In bytes, as it is said; what is read may be another number. */
  readonly bytes: number;
  /** In a zip, how many bytes it takes there. */
  readonly packed?: number;
  open(): Promise<Readable>;
}

export interface OpenedPack {
  readonly kind: 'folder' | 'zip';
  readonly files: readonly FoundFile[];
  close(): void;
}

/** No sensible pack holds more. */
export const mostFiles = 200_000;

/** @throws PackFault where there is no folder and no zip file that can be read */
export async function openPack(place: string): Promise<OpenedPack> {
  const facts = await stat(place).catch(() => undefined);
  if (facts === undefined) throw new PackFault(`There is no file or folder “${place}”.`);
  return facts.isDirectory() ? await openFolder(place) : await openZip(place);
}

async function openFolder(root: string): Promise<OpenedPack> {
  const files: FoundFile[] = [];
  const waiting = [''];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      const full = join(root, path);
      if (entry.isDirectory()) waiting.push(path);
      else files.push({ path, kind: entry.isFile() ? 'file' : entry.isSymbolicLink() ? 'link' : 'other', bytes: entry.isFile() ? (await lstat(full)).size : 0, open: () => Promise.resolve(createReadStream(full)) });
      if (files.length > mostFiles) throw new PackFault(`“${root}” holds more than ${mostFiles.toLocaleString('en')} files: that is no audit pack.`);
    }
  }
  return { kind: 'folder', files: files.toSorted((a, b) => (a.path < b.path ? -1 : 1)), close: () => undefined };
}

async function openZip(path: string): Promise<OpenedPack> {
  let zip: ZipFile;
  try {
    // Names are judged here, as they are written.
    zip = await openPromise(path, { lazyEntries: true, autoClose: false, decodeStrings: false, validateEntrySizes: true });
  } catch (error) {
    throw new PackFault(`“${path}” is no zip file that can be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  const files: FoundFile[] = [];
  const openStream = promisify(zip.openReadStream.bind(zip) as (entry: Entry, callback: (error: Error | null, stream: Readable) => void) => void);
  try {
    await new Promise<void>((resolve, reject) => {
      zip.on('entry', (entry: Entry) => {
        if (files.length > mostFiles) return reject(new Error(`it holds more than ${mostFiles.toLocaleString('en')} files`));
        const name = getFileNameLowLevel(entry.generalPurposeBitFlag, entry.fileNameRaw, entry.extraFields, true);
        if (!name.endsWith('/')) files.push({ path: name, kind: kindOf(entry), bytes: entry.uncompressedSize, packed: entry.compressedSize, open: () => openStream(entry) });
        zip.readEntry();
      });
      zip.once('end', resolve);
      zip.once('error', reject);
      zip.readEntry();
    });
  } catch (error) {
    zip.close();
    throw new PackFault(`“${path}” is no zip file that can be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  return { kind: 'zip', files, close: () => zip.close() };
}

/** Unix systems write what a file is into its attributes. */
function kindOf({ externalFileAttributes }: Entry): FoundFile['kind'] {
  const type = (externalFileAttributes >>> 28) & 0xf;
  return type === 0 || type === 0o10 ? 'file' : type === 0o12 ? 'link' : 'other';
}
