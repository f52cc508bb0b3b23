/** What the statements of a target mean: in which periods each of them applies, and which metric one holds to what. */
import type { Metric } from '../../language/model/declarations.ts';
import type { PeriodKind } from '../../language/values/period.ts';
import type { MetricOptions } from './metrics.ts';
import type { PeriodFrame } from './period-frame.ts';
import type { SourceSession } from './source-session.ts';
import type { MeasuredSubject, TargetStatement } from './subjects.ts';
import { clockOf, framesOfStatements, zoneOf, type TimeTarget, type TimeTargetContext } from './time-targets.ts';

export type TargetSubject = Extract<MeasuredSubject, { kind: 'target' }>;

/** Whether each record is held against a time. */
export function isTimeTarget(subject: TargetSubject): boolean {
  return subject.statements.every(({ target }) => target.within !== undefined && target.metric === undefined);
}

/** Each statement with the frames in which it applies, by the clocks of the first. */
export function framesOfSubject({ subject, agreement, statements }: TargetSubject, session: SourceSession | undefined, { clocks, asOf, periods }: TimeTargetContext): readonly TimeTarget[] {
  const first = statements[0]!.target;
  const zone = zoneOf(first.metric === undefined ? clockOf(first, agreement) : undefined, session, clocks);
  return framesOfStatements(agreement, statements, zone, asOf, periods).map(({ statement, frames }) => ({ subject, agreement, statement, frames }));
}

/** A metric that a target holds, and how. */
export type HeldMetric = Required<Pick<MetricOptions, 'kind' | 'goal' | 'spans'>> & Pick<MetricOptions, 'minimumSample'> & { readonly metric: Metric };

/** Undefined where the target holds no metric; a text says why the one it names is not there. */
export function heldMetric({ agreement, statement: { target, index } }: TimeTarget, statements: readonly TargetStatement[], { model, asOf, periods }: TimeTargetContext): HeldMetric | string | undefined {
  if (target.metric === undefined) return undefined;
  const metric = model.get('Metric', target.metric);
  if (metric === undefined) return `There is no metric “${target.metric}”`;
  const kind: PeriodKind = target.period ?? metric.every ?? 'month';
  const stated = statements.map((statement) => ({ ...statement, target: { ...statement.target, period: kind } }));
  // Recorded values and rolling windows cannot be split: the target is the one in force when the period begins.
  const whole = metric.value === undefined || metric.over !== undefined;
  const spans = (zone: string): readonly PeriodFrame[] => {
    const own = framesOfStatements(agreement, stated, zone, asOf, periods).find(({ statement }) => statement.index === index)?.frames ?? [];
    return whole ? own.filter(({ period, part }) => part === undefined || part.firstDay === period.firstDay).map(({ part: _part, ...frame }) => frame) : own;
  };
  return {
    metric, kind, spans, goal: { comparison: target.comparison ?? '>=', value: target.value ?? '', ...(target.warning === undefined ? {} : { warning: target.warning }) },
    ...(target.minimumSample === undefined ? {} : { minimumSample: Number(target.minimumSample) }),
  };
}

/** Why a target has no source. */
export function sourceless({ target: { source, interval, priorities }, fact }: TargetStatement): string {
  if (source !== undefined) return `There is no source “${source}”`;
  if (fact === undefined) return 'The target names no source';
  return `Which source it is about is not known: write it as a target, such as “target news update ${priorities.join(', ')}${priorities.length === 0 ? '' : ' '}every ${interval ?? '1h'} from tickets”`;
}
