/** Compares the text of a project with an earlier state of it, or two earlier states. */
import { compareStates } from '../analysis/comparison/compare.ts';
import type { ComparedRevisions, Revision } from '../analysis/comparison/compared-revisions.ts';
import { passedSince } from '../analysis/comparison/passed.ts';
import type { ComparedState } from '../analysis/comparison/state.ts';
import { Project } from './project.ts';
import { openRevision } from './revision-host.ts';

export interface CompareOptions {
  /** The revision to compare with; absent: the text as it is now. */
  readonly to?: string;
  readonly signal?: AbortSignal;
}

/**
 * Both states are assessed on the same day, with the same program and, if the project has been measured, on the same data: only the
 * text differs.
 *
 * @returns a sentence that says why they cannot be compared
 */
export async function compareRevisions(project: Project, from: string, { to, signal }: CompareOptions = {}): Promise<ComparedRevisions | string> {
  if (!project.trusted) return 'This workspace is not trusted: its repository is not read, so there is no earlier state to compare with.';
  const earlier = await revisionOf(project, from, signal);
  if (typeof earlier === 'string') return earlier;
  const later = to === undefined ? undefined : await revisionOf(project, to, signal);
  if (typeof later === 'string') return later;
  const after = later?.state ?? (await project.comparedState());
  return {
    from: earlier.revision,
    ...(later ? { to: later.revision } : {}),
    asOf: project.asOf,
    isMeasured: project.measurements !== undefined,
    comparison: compareStates(earlier.state, after),
    passed: passedSince(after, earlier.revision.on),
    locator: after.model,
  };
}

async function revisionOf(project: Project, asked: string, signal: AbortSignal | undefined): Promise<{ readonly revision: Revision; readonly state: ComparedState } | string> {
  const opened = await openRevision(project.host, asked);
  if (typeof opened === 'string') return opened;
  // The parser is costly to make, and reading keeps nothing in it.
  const state = await Project.open(opened.host, { trusted: true, asOf: project.asOf }, project.builder);
  if (state.files().length === 0) return `At revision “${asked}” there was no .itsms file in this folder, so there is nothing to compare with.`;
  if (project.measurements !== undefined) await state.measure(signal === undefined ? {} : { signal });
  return { revision: opened.revision, state: await state.comparedState() };
}
