import { createHash } from 'node:crypto';
import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { toolVersion } from './tool-version.ts';

/** What tells one build of the program from another; undefined where it runs from its sources, which change at any time. */
export async function programStamp(): Promise<string | undefined> {
  const path = fileURLToPath(import.meta.url);
  if (path.endsWith('.ts')) return undefined;
  const facts = await stat(path).catch(() => undefined);
  return facts && `${toolVersion} ${facts.size} ${facts.mtimeMs}`;
}

/** The folder for results of this very program: another build may compute otherwise. Those of other builds are deleted. */
export async function folderOfProgram(cacheFolder: string, stamp: string): Promise<string> {
  const parent = join(cacheFolder, 'figures');
  const name = createHash('sha256').update(stamp).digest('hex').slice(0, 16);
  const others = (await readdir(parent).catch(() => [])).filter((other) => other !== name && /^[0-9a-f]{16}$/.test(other));
  for (const other of others) await rm(join(parent, other), { recursive: true, force: true }).catch(() => undefined);
  return join(parent, name);
}
