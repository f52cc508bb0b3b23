/** The project's folder on a disk. */
import { createHash } from 'node:crypto';
import { createReadStream, type Dirent } from 'node:fs';
import { readdir, readFile, realpath, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { glob, isDynamicPattern } from 'tinyglobby';
import { configurationFile } from './configuration-file.ts';
import { isRefused, type ListedFile, type Listing, type ProjectHost, type Refused, type Refusal } from './host.ts';
import { writeWhole } from './write-whole.ts';

/** Folders that hold what others made. Folders whose name begins with a dot are left out too. */
export const foreignFolders: ReadonlySet<string> = new Set(['node_modules', 'dist', 'out']);

/** No sensible project holds more; the walk ends there instead of reading a whole disk. */
const mostFolders = 20_000;

/** @param folder an existing folder. @throws Error when it is not a folder that can be read */
export async function openNodeHost(folder: string): Promise<ProjectHost> {
  const root = await realpath(resolve(folder));
  if (!(await stat(root)).isDirectory()) throw new Error(`${folder} is not a folder.`);
  return new NodeHost(root);
}

/** The folder of the nearest configuration file, from a folder upwards; the folder itself where there is none. */
export async function findProjectFolder(folder: string): Promise<string> {
  for (let current = resolve(folder); ; current = dirname(current)) {
    const found = await stat(join(current, configurationFile)).catch(() => undefined);
    if (found?.isFile()) return current;
    if (dirname(current) === current) return resolve(folder);
  }
}

/** The folders below (and including) a folder that hold a configuration file: each is a project of its own. Sorted. */
export async function findProjectFolders(folder: string): Promise<readonly string[]> {
  const root = await realpath(resolve(folder));
  const found: string[] = [];
  await walk(root, async (path, entries) => {
    if (entries.some((entry) => entry.name === configurationFile && entry.isFile())) found.push(path);
    return true;
  });
  return found.sort();
}

class NodeHost implements ProjectHost {
  readonly root: string;

  constructor(root: string) {
    this.root = root;
  }

  async listTexts(): Promise<Listing> {
    const names: string[] = [];
    await walk(this.root, async (path, entries) => {
      if (path !== this.root && entries.some((entry) => entry.name === configurationFile)) return false;
      for (const entry of entries) if (entry.name.endsWith('.itsms') && !entry.isDirectory()) names.push(this.#relative(join(path, entry.name)));
      return true;
    });
    return this.#describe(names);
  }

  async listData(patterns: readonly string[]): Promise<Listing> {
    const names = new Set<string>();
    const refused: Refused[] = [];
    for (const pattern of patterns) {
      if (isAbsolute(pattern) || /^[A-Za-z]:/.test(pattern) || pattern.split(/[\\/]/).includes('..')) {
        refused.push(refuse(pattern, 'outside'));
      } else if (isDynamicPattern(pattern)) {
        // Links are not followed: a pattern must not lead a search out of the project.
        const found = await glob(pattern, { cwd: this.root, followSymbolicLinks: false, expandDirectories: false, ignore: ['**/node_modules/**', '**/.git/**'] });
        for (const name of found) names.add(name.split(sep).join('/'));
      } else {
        names.add(pattern.replace(/^\.\//, ''));
      }
    }
    const listing = await this.#describe([...names]);
    return { files: listing.files, refused: [...refused, ...listing.refused] };
  }

  async resolve(file: string): Promise<string | Refused> {
    const path = isAbsolute(file) ? file : join(this.root, file);
    if (!this.#contains(resolve(path))) return refuse(file, 'outside');
    try {
      const real = await realpath(path);
      return this.#contains(real) ? real : refuse(file, 'outside');
    } catch (error) {
      return refuse(file, errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR' ? 'missing' : 'unreadable');
    }
  }

  async read(file: string, limit: number): Promise<Uint8Array | Refused> {
    const path = await this.resolve(file);
    if (isRefused(path)) return path;
    try {
      const facts = await stat(path);
      if (!facts.isFile()) return refuse(file, 'notAFile');
      if (facts.size > limit) return refuse(file, 'tooLarge', ` It has ${facts.size} bytes; at most ${limit} are read.`);
      return await readFile(path);
    } catch {
      return refuse(file, 'unreadable');
    }
  }

  async hash(file: string): Promise<string | Refused> {
    const path = await this.resolve(file);
    if (isRefused(path)) return path;
    try {
      if (!(await stat(path)).isFile()) return refuse(file, 'notAFile');
      const hash = createHash('sha256');
      for await (const part of createReadStream(path)) hash.update(part as Uint8Array);
      return hash.digest('hex');
    } catch {
      return refuse(file, 'unreadable');
    }
  }

  async write(file: string, content: Uint8Array): Promise<Refused | undefined> {
    const path = resolve(this.root, file);
    if (!this.#contains(path) || path === this.root) return refuse(file, 'outside');
    // A link in a folder's place must not lead the writing out of the project.
    const parent = dirname(path);
    for (let folder = parent; folder !== this.root; folder = dirname(folder)) {
      const real = await realpath(folder).catch(() => undefined);
      if (real !== undefined && real !== folder) return refuse(file, 'outside');
    }
    try {
      await writeWhole(path, content);
      return undefined;
    } catch {
      return refuse(file, 'unwritable');
    }
  }

  async #describe(names: readonly string[]): Promise<Listing> {
    const files: ListedFile[] = [];
    const refused: Refused[] = [];
    for (const file of names.toSorted()) {
      const path = await this.resolve(file);
      if (isRefused(path)) {
        refused.push(path);
        continue;
      }
      const facts = await stat(path).catch(() => undefined);
      if (!facts) refused.push(refuse(file, 'unreadable'));
      else if (!facts.isFile()) refused.push(refuse(file, 'notAFile'));
      else files.push({ file, size: facts.size, modified: facts.mtimeMs });
    }
    return { files, refused };
  }

  #relative(path: string): string {
    return relative(this.root, path).split(sep).join('/');
  }

  #contains(path: string): boolean {
    return isInside(this.root, path);
  }
}

/** Whether a path is a folder or lies in it; both absolute and without links. */
export function isInside(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way === '' || (!isAbsolute(way) && way !== '..' && !way.startsWith(`..${sep}`));
}

/** Visits folders from the top, without recursion and without following links. */
async function walk(root: string, visit: (path: string, entries: readonly Dirent[]) => Promise<boolean>): Promise<void> {
  let folders = 1;
  const waiting = [root];
  for (let path = waiting.pop(); path !== undefined && folders <= mostFolders; path = waiting.pop()) {
    const entries = await readdir(path, { withFileTypes: true }).catch(() => []);
    if (!(await visit(path, entries))) continue;
    for (const entry of entries) {
      if (entry.name.startsWith('.') || foreignFolders.has(entry.name)) continue;
      // Links to folders are not followed: what lies in the project is found under its own name, the rest is not the project's.
      if (!entry.isDirectory()) continue;
      folders++;
      waiting.push(join(path, entry.name));
    }
  }
}

function errorCode(error: unknown): string | undefined {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : undefined;
}

const sentences: Readonly<Record<Refusal, (file: string) => string>> = {
  missing: (file) => `There is no file “${file}” in this project.`,
  outside: (file) => `“${file}” lies outside the project's folder and is not read.`,
  notAFile: (file) => `“${file}” is not a file.`,
  tooLarge: (file) => `“${file}” is too large to be read.`,
  unreadable: (file) => `“${file}” cannot be read.`,
  unwritable: (file) => `“${file}” cannot be written.`,
};

/** Why a file is not used, as a sentence that names it. */
export function refuse(file: string, refusal: Refusal, more = ''): Refused {
  return { file, refusal, message: sentences[refusal](file) + more };
}
