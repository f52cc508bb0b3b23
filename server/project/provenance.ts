/** Where a document's figures come from: commit, catalogue, data, tool. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { Measurements } from '../measurement/figure.ts';
import type { Provenance } from '../reports/blocks.ts';
import { configurationFile } from './configuration-file.ts';
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

/** What git says, trimmed; undefined where there is no git, no repository, or no answer in time. */
function git(folder: string, command: readonly string[]): Promise<string | undefined> {
  // What a repository's own configuration could have git run is switched off.
  const safe = ['-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null', '-c', 'core.untrackedCache=false', ...command];
  return new Promise((resolve) => {
    execFile('git', safe, { cwd: folder, timeout: 10_000, maxBuffer: 4 * 1024 * 1024, env: { ...process.env, GIT_OPTIONAL_LOCKS: '0', GIT_TERMINAL_PROMPT: '0' } }, (error, output) => {
      resolve(error ? undefined : output.trim());
    });
  });
}
