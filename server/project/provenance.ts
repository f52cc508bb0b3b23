/** Where a document's figures come from: commit, catalogue, data, tool. */
import { createHash } from 'node:crypto';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { Measurements } from '../measurement/figure.ts';
import type { Provenance } from '../reports/blocks.ts';
import { configurationFile } from './configuration-file.ts';
import { git } from './git.ts';
import { toolVersion } from './tool-version.ts';

interface ProvenanceSubject {
  readonly root: string;
  readonly asOf: string;
  readonly trusted: boolean;
  readonly measurements: Measurements | undefined;
  files(): readonly string[];
}

/** @returns what is known; no commit where there is no version control, or where nothing may be run */
export async function projectProvenance(project: ProvenanceSubject): Promise<Provenance> {
  const sources = project.measurements?.sources ?? [];
  const inputs = [configurationFile, ...project.files(), ...sources.flatMap(({ files }) => files)];
  const commit = project.trusted ? await git(project.root, ['rev-parse', '--verify', 'HEAD']) : undefined;
  const changed = commit === undefined ? undefined : await git(project.root, ['status', '--porcelain', '--untracked-files=all', '--ignored=no', '--', ...inputs.map((file) => `:(literal)${file}`)]);
  return {
    asOf: project.asOf,
    ...(commit === undefined || !/^[0-9a-f]{40,64}$/.test(commit) ? {} : { commit, ...(changed === undefined ? {} : { commitDirty: changed !== '' }) }),
    catalogueVersion: catalogue.version,
    ...(sources.length === 0 ? {} : { dataHash: dataHashOf(sources) }),
    toolVersion,
  };
}

/** One hash over all data that was measured. */
export function dataHashOf(sources: Measurements['sources']): string {
  const hash = createHash('sha256');
  for (const { source, dataHash } of sources.toSorted((a, b) => (a.source < b.source ? -1 : 1))) hash.update(`${source} ${dataHash}\n`);
  return hash.digest('hex').slice(0, 16);
}
