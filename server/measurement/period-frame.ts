import type { IsoDate } from '../../language/values/date.ts';
import { addDays, dayNumberOf, parseDate } from '../../language/values/date.ts';
import { lastCompletedPeriods, type Period, type PeriodKind } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { timeZone, type TimeZone } from '../../language/values/time-zone.ts';
import type { Agreement } from '../../language/model/declarations.ts';
import { searchTree } from './sql.ts';

/** A period as moments in milliseconds, the end not included; clipped to when an agreement was valid. */
export interface PeriodFrame {
  readonly period: Period;
  readonly from: number;
  readonly to: number;
  /** The days of a period in which a target changed, the last included: those on which one statement of it applied. */
  readonly part?: { readonly firstDay: IsoDate; readonly lastDay: IsoDate };
}

/** `2026-03`, of a part `2026-03-01 to 2026-03-14` */
export function frameInWords({ period, part }: PeriodFrame): string {
  return part === undefined ? period.id : `${part.firstDay} to ${part.lastDay}`;
}

/** The last completed periods before a day, by the clocks of a zone. */
export function framesOf(kind: PeriodKind, count: number, asOf: IsoDate, zoneId: string): readonly PeriodFrame[] {
  const zone = zoneOrUtc(zoneId);
  return lastCompletedPeriods(kind, count, asOf).map((period) => ({ period, from: startMs(zone, period.firstDay)!, to: startMs(zone, period.lastDay, 1)! }));
}

/** Periods in which an agreement was valid, cut to when it was. A first part of a period is left out where it says so. */
export function validFrames(frames: readonly PeriodFrame[], agreement: Agreement, zoneId: string): readonly PeriodFrame[] {
  const zone = zoneOrUtc(zoneId);
  const from = startMs(zone, agreement.validFrom) ?? -Infinity;
  const to = startMs(zone, agreement.validTo, 1) ?? Infinity;
  return frames
    .filter((frame) => !(agreement.firstPeriod === 'excluded' && frame.from < from && from < frame.to))
    .map((frame) => ({ period: frame.period, from: Math.max(frame.from, from), to: Math.min(frame.to, to) }))
    .filter((frame) => frame.to > frame.from);
}

/** The part of each frame in which a statement of a target was in force: from its own date to that of its successor, which is not included. */
export function framesBetween(frames: readonly PeriodFrame[], since: string | undefined, until: string | undefined, zoneId: string): readonly PeriodFrame[] {
  const zone = zoneOrUtc(zoneId);
  const [start, end] = [startMs(zone, since) ?? -Infinity, startMs(zone, until) ?? Infinity];
  return frames.flatMap((frame): PeriodFrame[] => {
    const [from, to] = [Math.max(frame.from, start), Math.min(frame.to, end)];
    if (from >= to) return [];
    if (from === frame.from && to === frame.to) return [frame];
    const firstDay = from === start && since !== undefined ? (since as IsoDate) : frame.period.firstDay;
    const lastDay = to === end && until !== undefined ? addDays(until as IsoDate, -1) : frame.period.lastDay;
    return [{ period: frame.period, from, to, part: { firstDay, lastDay } }];
  });
}

/** The position of the frame that a moment is in, NULL outside all. */
export function frameOf(moment: string, frames: readonly PeriodFrame[]): string {
  return searchTree(moment, frames.map(({ from, to }, value) => ({ from, to, value })));
}

export function zoneOrUtc(id: string): TimeZone {
  const zone = timeZone(id);
  if (!isProblem(zone)) return zone;
  return timeZone('UTC') as TimeZone;
}

/** Undefined for no date, and for one that is none: that is reported where it is written. */
export function startMs(zone: TimeZone, text: string | undefined, daysLater = 0): number | undefined {
  const date = text === undefined ? undefined : parseDate(text);
  if (date === undefined || isProblem(date)) return undefined;
  const day = dayNumberOf(date);
  return zone.instantOf((day + daysLater) as typeof day, 0) * 1000;
}

/** `2026-03-02 09:10` by the clocks of a zone. */
export function printLocal(milliseconds: number, zoneId: string): string {
  const zone = zoneOrUtc(zoneId);
  const seconds = Math.floor(milliseconds / 1000);
  const local = new Date((seconds + zone.offsetAt(seconds as Parameters<TimeZone['offsetAt']>[0])) * 1000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 16)}`;
}

/** ISO 8601 with offset by the clocks of a zone. */
export function printMoment(milliseconds: number, zoneId: string): string {
  const zone = zoneOrUtc(zoneId);
  const seconds = Math.floor(milliseconds / 1000);
  const offset = zone.offsetAt(seconds as Parameters<TimeZone['offsetAt']>[0]);
  const local = new Date((seconds + offset) * 1000).toISOString().slice(0, 19);
  if (offset === 0) return `${local}Z`;
  const minutes = Math.abs(Math.round(offset / 60));
  return `${local}${offset < 0 ? '-' : '+'}${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
