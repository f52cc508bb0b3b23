import type { ComparedRevisions } from '../../analysis/comparison/compared-revisions.ts';
import { changedSinceBaseline } from '../compare-revisions.ts';
import type { Project } from '../project.ts';
import { packAudit, type Packed, type PackOptions } from './pack-audit.ts';
import { PackFault } from './pack-fault.ts';
import { openPackTarget } from './pack-target.ts';

export interface WritePackOptions extends Omit<PackOptions, 'changes' | 'sinceBaseline'> {
  /** The comparison that somebody asked for; that with the baseline of the configuration where left out. */
  readonly changes: ComparedRevisions | undefined;
  /** Told where there is no comparison with the baseline that the configuration names. */
  readonly noBaseline: (why: string) => void;
}

/**
 * Writes the audit pack of a project that has been measured, to a zip file or a folder: whole, or not at all.
 *
 * @throws PackFault where it cannot be written there; whatever it was when the signal aborts
 */
export async function writeAuditPack(project: Project, out: string, { changes: asked, noBaseline, ...options }: WritePackOptions): Promise<Packed> {
  const target = await openPackTarget(out);
  try {
    const sinceBaseline = await changedSinceBaseline(project, options.signal);
    if (asked === undefined && typeof sinceBaseline === 'string') noBaseline(sinceBaseline);
    const changes = asked ?? (typeof sinceBaseline === 'string' ? undefined : sinceBaseline);
    const packed = await packAudit(project, target, { ...options, changes, sinceBaseline });
    await target.finish();
    return packed;
  } catch (error) {
    await target.discard();
    if (!options.signal.aborted && isSystemError(error)) throw new PackFault(`“${out}” cannot be written: ${error.message}`);
    throw error;
  }
}

function isSystemError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error;
}
