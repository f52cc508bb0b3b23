/** Compares the text of a project with an earlier state of it, or two earlier states. */
import { compareStates } from '../analysis/comparison/compare.ts';
import type { ComparedRevisions, Revision } from '../analysis/comparison/compared-revisions.ts';
import { passedSince } from '../analysis/comparison/passed.ts';
import type { ComparedState } from '../analysis/comparison/state.ts';
import type { ReportInput } from '../reports/report.ts';
import { Project } from './project.ts';
import { commitOf, newestTag, openRevision } from './revision-host.ts';

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
  if (!project.trusted) return untrusted;
  const earlier = await revisionOf(project, from, signal);
  return typeof earlier === 'string' ? earlier : await comparedSince(project, earlier, to, signal);
}

async function comparedSince(project: Project, earlier: KeptState, to?: string, signal?: AbortSignal): Promise<ComparedRevisions | string> {
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

const untrusted = 'This workspace is not trusted: its repository is not read, so there is no earlier state to compare with.';

interface KeptState {
  readonly revision: Revision;
  readonly state: ComparedState;
}

/** The baseline of each project as it was last looked at: it stays the same while people write. */
const baselines = new WeakMap<Project, { readonly key: string; readonly earlier: Promise<KeptState | string> }>();

/**
 * What changed since the baseline that the configuration names: undefined where it names none.
 *
 * @returns a sentence that says why they cannot be compared
 */
export async function changedSinceBaseline(project: Project, signal?: AbortSignal): Promise<ComparedRevisions | string | undefined> {
  const { baseline } = project.configuration;
  if (baseline === undefined) return undefined;
  if (!project.trusted) return untrusted;
  const name = baseline.includes('*') ? await newestTag(project.root, baseline) : baseline;
  if (name === undefined) return `The repository has no tag that fits “${baseline}”, which the configuration names as the baseline.`;
  const commit = await commitOf(project.root, name);
  const key = JSON.stringify([name, commit, project.asOf, project.measurements !== undefined]);
  let kept = baselines.get(project);
  if (kept?.key !== key) baselines.set(project, (kept = { key, earlier: revisionOf(project, name, signal) }));
  try {
    const earlier = await kept.earlier;
    return typeof earlier === 'string' ? earlier : await comparedSince(project, earlier);
  } catch (error) {
    // What was stopped is no answer for the next who asks.
    if (baselines.get(project) === kept) baselines.delete(project);
    throw error;
  }
}

/** As part of the input of a report. */
export async function sinceBaseline(project: Project, signal?: AbortSignal): Promise<Pick<ReportInput, 'sinceBaseline'>> {
  const changed = await changedSinceBaseline(project, signal);
  return changed === undefined ? {} : { sinceBaseline: changed };
}

async function revisionOf(project: Project, asked: string, signal: AbortSignal | undefined): Promise<KeptState | string> {
  const opened = await openRevision(project.host, asked);
  if (typeof opened === 'string') return opened;
  // The parser is costly to make, and reading keeps nothing in it.
  const state = await Project.open(opened.host, { trusted: true, asOf: project.asOf }, project.builder);
  if (state.files().length === 0) return `At revision “${asked}” there was no .itsms file in this folder, so there is nothing to compare with.`;
  if (project.measurements !== undefined) await state.measure(signal === undefined ? {} : { signal });
  return { revision: opened.revision, state: await state.comparedState() };
}
