import type { ProjectHost, Refused } from '../project/host.ts';

/** A project without a folder: nothing is read from the disk, all there is are the texts the editor holds. */
export function emptyHost(root: string): ProjectHost {
  const missing = (file: string): Promise<Refused> => Promise.resolve({ file, refusal: 'unreadable', message: `${file} is not part of the workspace.` });
  const nothing = (): ReturnType<ProjectHost['listTexts']> => Promise.resolve({ files: [], refused: [] });
  return { root, listTexts: nothing, listData: nothing, resolve: missing, read: missing, write: missing, hash: missing };
}
