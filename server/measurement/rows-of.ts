/** The records behind the figure of any subject. */
import { availabilityRows } from './availability.ts';
import type { Subject } from './figure.ts';
import { listOf, pageOf, type FigureRows, type ListPart, type Page } from './figure-rows.ts';
import type { MetricContext } from './metric-question.ts';
import { metricRows, type MetricList } from './metric-rows.ts';
import type { SourceSession } from './source-session.ts';
import { framesOfSubject, heldMetric, isTimeTarget, sourceless, type TargetSubject } from './stated-targets.ts';
import type { MeasuredSubject } from './subjects.ts';
import { timeTargetRows, type TimeTargetContext } from './time-targets.ts';
import { updateRows } from './update-targets.ts';
import { workloadRows } from './workload.ts';

/** What rows are read from. */
export interface RowsHost {
  session(source: string): SourceSession | undefined;
  /** Sources of news. */
  news(): readonly SourceSession[];
  readonly targets: TimeTargetContext;
  readonly metrics: MetricContext;
}

/**
 * @param wanted the figure's own subject, which may be a group of `subject`
 * @returns a text that says why there is nothing to list
 */
export async function rowsOf(subject: MeasuredSubject, wanted: Subject, period: string, page: Page, host: RowsHost): Promise<FigureRows | string> {
  switch (subject.kind) {
    case 'metric': return await pageOfLists([await metricRows(subject.metric, host.metrics, {}, period, wanted.kind === 'metric' ? Object.entries(wanted.group ?? {})[0] : undefined)], page);
    case 'target': return await targetRows(subject, period, page, host);
    case 'workload': {
      const session = host.session(subject.limit.source ?? '');
      return session === undefined ? 'It names no source' : await workloadRows(subject.agreement, subject.limit, subject.index, period, session, host.targets, page);
    }
  }
}

async function targetRows(subject: TargetSubject, period: string, page: Page, host: RowsHost): Promise<FigureRows | string> {
  const { statements } = subject;
  const session = host.session(statements[0]!.target.source ?? '');
  const applying = framesOfSubject(subject, session, host.targets).map((one) => ({ ...one, frames: one.frames.filter((frame) => frame.period.id === period) }));
  if (session !== undefined && isTimeTarget(subject)) return await timeTargetRows(applying, period, session, host.targets, page);
  const lists: (MetricList | string)[] = [];
  for (const one of applying) {
    const held = heldMetric(one, statements, host.targets);
    if (held !== undefined) {
      if (typeof held === 'string') lists.push(held);
      else if (held.spans('UTC').some((frame) => frame.period.id === period)) lists.push(await metricRows(held.metric, host.metrics, held, period));
    } else if (session === undefined) return sourceless(statements[0]!);
    else if (one.frames.length > 0) {
      const found = one.statement.target.measure === 'availability' ? await availabilityRows(one, session, host.targets) : await updateRows(one, session, host.news(), host.targets);
      lists.push(typeof found === 'string' ? found : 'rows' in found ? { parts: [listOf(found.rows)], zone: found.zone, notes: [] } : { ...found, notes: [] });
    }
  }
  return lists.length === 0 ? `The agreement does not speak of ${period}` : await pageOfLists(lists, page);
}

/** One list after the other, as those of the parts of a period in which a target changed. */
async function pageOfLists(lists: readonly (MetricList | string)[], page: Page): Promise<FigureRows | string> {
  const parts: ListPart[] = [];
  for (const list of lists) {
    if (typeof list === 'string') return list;
    parts.push(...list.parts);
  }
  const notes = [...new Set(lists.flatMap((list) => (typeof list === 'string' ? [] : list.notes)))];
  const [first] = lists;
  return { ...(await pageOf(parts, page)), zone: typeof first === 'object' ? first.zone : 'UTC', ...(notes.length === 0 ? {} : { notes }) };
}
