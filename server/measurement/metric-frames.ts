import type { Metric } from '../../language/model/declarations.ts';
import { recordKinds } from '../../language/model/record-kinds.ts';
import { addDays, addMonths } from '../../language/values/date.ts';
import { parseDuration } from '../../language/values/duration.ts';
import { isProblem, problem, type Problem } from '../../language/values/problem.ts';
import { startMs, zoneOrUtc, type PeriodFrame } from './period-frame.ts';
import type { SourceSession } from './source-session.ts';

/** The periods of a metric as moments by the clocks of a zone, in the order of its periods. */
export type Spans = (zone: string) => readonly PeriodFrame[];

/** Entries of a register are there from when they were recorded on: all of them count, not those recorded in a period. */
function isRegister(session: SourceSession | undefined): boolean {
  return session !== undefined && recordKinds[session.source.recordKind]?.register === true;
}

/** The year 1, in milliseconds. */
const longAgo = -62_135_596_800_000;

/** Days or months that a rolling window reaches back from the end of a period. */
export type Window = { readonly months: number } | { readonly days: number };

/** Undefined: the period itself. */
export function windowOf(metric: Metric): Window | Problem | undefined {
  if (metric.over === undefined) return undefined;
  const duration = parseDuration(metric.over);
  if (isProblem(duration)) return duration;
  if (duration.kind === 'calendar' && duration.months > 0) return { months: duration.months };
  const days = duration.kind === 'elapsed' ? duration.seconds / 86_400 : 0;
  return Number.isInteger(days) && days > 0 ? { days } : problem(`${metric.over} is no rolling window: write whole days, weeks, months or years, such as 12mo`);
}

/** Frames that reach back from the end of their periods. */
function widened(frames: readonly PeriodFrame[], window: Window | Problem | undefined, zoneId: string): readonly PeriodFrame[] {
  if (window === undefined || isProblem(window)) return frames;
  const zone = zoneOrUtc(zoneId);
  return frames.map((frame) => {
    const after = addDays(frame.period.lastDay, 1);
    return { ...frame, from: startMs(zone, 'months' in window ? addMonths(after, -window.months) : addDays(after, -window.days))! };
  });
}

/**
 * The moments that a metric's figures speak of: a rolling window reaches back from the end of its period, and of a register only the last
 * period is told, since what is in it now says nothing of how its entries were in earlier ones.
 */
export function spansOfMetric(session: SourceSession | undefined, window: Window | Problem | undefined, spans: Spans): Spans {
  return (zone) => {
    const wide = widened(spans(zone), window, zone);
    return isRegister(session) ? wide.slice(-1) : wide;
  };
}

/** The moments in which a record has to have begun to be counted in a frame: for entries of a register, any before its end. */
export function countedFrames(session: SourceSession | undefined, spans: Spans): readonly PeriodFrame[] {
  const frames = spans(session?.zone ?? 'UTC');
  return isRegister(session) ? frames.map((frame) => ({ ...frame, from: longAgo })) : frames;
}
