import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Makes a folder with the given files, gives it to a test, and takes it away afterwards. */
export async function inFolder<T>(files: Readonly<Record<string, string | Uint8Array>>, test: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'itsms-test-'));
  try {
    for (const [name, content] of Object.entries(files)) {
      const path = join(folder, name);
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, content);
    }
    return await test(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
