import { createHash } from 'node:crypto';
import { approvedFolder } from '../assessment/approved-content.ts';
import type { NamedFileState } from '../assessment/named-files.ts';
import { isRefused, type ProjectHost } from './host.ts';

/** In bytes: what was approved is the text of a declaration, or a file that is only compared. */
const keptTextLimit = 1024 * 1024;

/** Looks for files that the model names. Nothing outside of the project's folder is looked at. */
export async function lookUpFiles(host: ProjectHost, files: readonly string[]): Promise<ReadonlyMap<string, NamedFileState>> {
  const found = new Map<string, NamedFileState>();
  for (const file of files) found.set(file, await lookUp(host, file));
  return found;
}

async function lookUp(host: ProjectHost, file: string): Promise<NamedFileState> {
  const hash = await host.hash(file);
  if (isRefused(hash)) {
    switch (hash.refusal) {
      case 'missing':
      case 'outside':
      case 'notAFile':
        return { kind: 'refused', message: hash.message };
      case 'tooLarge':
      case 'unreadable':
      case 'unwritable':
        // It may well be there.
        return { kind: 'present', hash: undefined };
    }
  }
  const kept = file.startsWith(`${approvedFolder}/`) ? await host.read(file, keptTextLimit) : undefined;
  return { kind: 'present', hash, ...(kept === undefined || isRefused(kept) ? {} : { text: new TextDecoder().decode(kept) }) };
}

/** In hexadecimal. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
