import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/**
 * Makes a file beside its place and puts it there when it is complete, so that a reader never sees half of it and a failure leaves what was
 * there. Folders are made where they do not exist.
 *
 * @param write fills the file at the given path, which does not exist yet
 * @throws what `write` throws, or the system's error; then nothing is left behind
 */
export async function putWhole(path: string, write: (temporary: string) => Promise<void>, folderMode?: number): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await mkdir(dirname(path), { recursive: true, ...(folderMode === undefined ? {} : { mode: folderMode }) });
    await write(temporary);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}

/** Writes a text or bytes, whole or not at all. `isPrivate`: only its owner may read it. */
export async function writeWhole(path: string, content: string | Uint8Array, { isPrivate = false }: { readonly isPrivate?: boolean } = {}): Promise<void> {
  await putWhole(path, (temporary) => writeFile(temporary, content, { flag: 'wx', ...(isPrivate ? { mode: 0o600 } : {}) }), isPrivate ? 0o700 : undefined);
}
