import type { ComparedRevisions } from '../analysis/comparison/compared-revisions.ts';
import { compareRevisions } from '../project/compare-revisions.ts';
import type { Project } from '../project/project.ts';
import { CannotRun, type CommandIo } from './io.ts';

/** @throws CannotRun where there is no such revision, no repository, or the user interrupts */
export async function comparedWith(project: Project, from: string, to: string | undefined, io: CommandIo): Promise<ComparedRevisions> {
  try {
    const compared = await compareRevisions(project, from, { ...(to === undefined ? {} : { to }), signal: io.signal });
    if (typeof compared === 'string') throw new CannotRun(compared);
    return compared;
  } catch (error) {
    if (io.signal.aborted) throw new CannotRun('Interrupted.');
    throw error;
  }
}
