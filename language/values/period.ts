import {
  addDays, addMonths, dateInWords, daysBetween, firstYear, lastYear, monthNames, parseDate, partsOfDate, printDate, weekdayOf, type IsoDate,
} from './date.ts';
import { problem, shown, type Problem } from './problem.ts';

/** What figures are computed per. Weeks are those of ISO 8601: Monday to Sunday, of the year that their Thursday is in. */
export type PeriodKind = 'day' | 'week' | 'month' | 'quarter' | 'year';

export const periodKinds: readonly PeriodKind[] = ['day', 'week', 'month', 'quarter', 'year'];

/** A period of the calendar, both days included. */
export interface Period {
  readonly kind: PeriodKind;
  /** Canonical text: `2026`, `2026-Q2`, `2026-07`, `2026-W14`, `2026-07-31`. Those of one kind sort as text. */
  readonly id: string;
  readonly firstDay: IsoDate;
  readonly lastDay: IsoDate;
}

const acceptedPeriods = '2026, 2026-Q2, 2026-07, 2026-W14 or 2026-07-31';

/** Reads `2026`, `2026-Q2`, `2026-07`, `2026-W14`, `2026-07-31`. */
export function parsePeriod(text: string): Period | Problem {
  const trimmed = text.trim();
  const match = /^(\d{4})(?:-(?:Q([1-4])|(\d{2})|W(\d{2})))?$/u.exec(trimmed);
  if (match === null) {
    if (/^\d{4}-\d{2}-\d{2}$/u.test(trimmed)) {
      const date = parseDate(trimmed);
      return typeof date === 'string' ? periodOf(date, 'day') : date;
    }
    return problem(`${shown(text)} is not a period: write ${acceptedPeriods}`, repaired(trimmed));
  }
  const year = Number(match[1]);
  // A margin of a year, so that the weeks and the neighbours of a period are dates too.
  if (year <= firstYear || year >= lastYear) return problem(`${shown(trimmed)} is outside the years ${firstYear + 1} to ${lastYear - 1}`);
  if (match[2] !== undefined) return quarter(year, Number(match[2]));
  if (match[3] !== undefined) {
    const number = Number(match[3]);
    return number >= 1 && number <= 12 ? month(year, number) : problem(`There is no month ${match[3]}`);
  }
  if (match[4] !== undefined) {
    const number = Number(match[4]);
    const candidate = number >= 1 && number <= 53 ? periodOf(addDays(thursdayOfFirstWeek(year), (number - 1) * 7), 'week') : undefined;
    return candidate?.id === trimmed ? candidate : problem(`${year} has no week ${match[4]}`);
  }
  return wholeYear(year);
}

function repaired(text: string): string | undefined {
  const quarterMatch = /^(?:(\d{4})[-/ ]?q([1-4])|q([1-4])[-/ ]?(\d{4}))$/iu.exec(text);
  if (quarterMatch !== null) return `${quarterMatch[1] ?? quarterMatch[4]}-Q${quarterMatch[2] ?? quarterMatch[3]}`;
  const week = /^(\d{4})[-/ ]?w(\d{1,2})$/iu.exec(text);
  if (week !== null) return `${week[1]}-W${week[2]!.padStart(2, '0')}`;
  const yearMonth = /^(\d{4})[-/.](\d{1,2})$/u.exec(text) ?? undefined;
  if (yearMonth !== undefined) return inYear(yearMonth[1]!, yearMonth[2]!);
  const monthYear = /^(\d{1,2})[-/.](\d{4})$/u.exec(text);
  if (monthYear !== null) return inYear(monthYear[2]!, monthYear[1]!);
  const named = /^([a-z]{3,9})\.?[- ](\d{4})$/iu.exec(text);
  if (named === null) return undefined;
  const index = monthNames.findIndex((name) => name.toLowerCase().startsWith(named[1]!.toLowerCase()));
  return index < 0 ? undefined : inYear(named[2]!, String(index + 1));
}

function inYear(year: string, monthText: string): string | undefined {
  const number = Number(monthText);
  return number >= 1 && number <= 12 ? `${year}-${String(number).padStart(2, '0')}` : undefined;
}

/** The period of a kind that a date is in. */
export function periodOf(date: IsoDate, kind: PeriodKind): Period {
  const parts = partsOfDate(date);
  switch (kind) {
    case 'day': return { kind, id: date, firstDay: date, lastDay: date };
    case 'week': {
      const firstDay = addDays(date, 1 - weekdayOf(date));
      const year = partsOfDate(addDays(firstDay, 3)).year;
      const number = Math.round(daysBetween(addDays(thursdayOfFirstWeek(year), -3), firstDay) / 7) + 1;
      return { kind, id: `${year}-W${String(number).padStart(2, '0')}`, firstDay, lastDay: addDays(firstDay, 6) };
    }
    case 'month': return month(parts.year, parts.month);
    case 'quarter': return quarter(parts.year, Math.ceil(parts.month / 3));
    case 'year': return wholeYear(parts.year);
  }
}

/** The first week of an ISO year is the one with its first Thursday, so 4 January is always in it. */
function thursdayOfFirstWeek(year: number): IsoDate {
  const fourth = printDate({ year, month: 1, day: 4 });
  return addDays(fourth, 4 - weekdayOf(fourth));
}

function month(year: number, number: number): Period {
  return ofMonths('month', printDate({ year, month: number, day: 1 }), 1, `${year}-${String(number).padStart(2, '0')}`);
}

function quarter(year: number, number: number): Period {
  return ofMonths('quarter', printDate({ year, month: number * 3 - 2, day: 1 }), 3, `${year}-Q${number}`);
}

function wholeYear(year: number): Period {
  return ofMonths('year', printDate({ year, month: 1, day: 1 }), 12, String(year));
}

function ofMonths(kind: PeriodKind, firstDay: IsoDate, months: number, id: string): Period {
  return { kind, id, firstDay, lastDay: addDays(addMonths(firstDay, months), -1) };
}

export function nextPeriod(period: Period): Period {
  return periodOf(addDays(period.lastDay, 1), period.kind);
}

export function previousPeriod(period: Period): Period {
  return periodOf(addDays(period.firstDay, -1), period.kind);
}

/** The last period of a kind that was over before a date: the day itself is still running. */
export function lastCompletedPeriod(kind: PeriodKind, asOf: IsoDate): Period {
  // Rules ask this of thousands of targets on one day.
  const key = `${kind} ${asOf}`;
  let period = completed.get(key);
  if (!period) {
    period = previousPeriod(periodOf(asOf, kind));
    if (completed.size < 1000) completed.set(key, period);
  }
  return period;
}

const completed = new Map<string, Period>();

/** The last `count` periods up to and including one, the oldest first. */
export function periodsUpTo(last: Period, count: number): readonly Period[] {
  const periods: Period[] = [];
  for (let period = last; periods.length < count; period = previousPeriod(period)) periods.push(period);
  return periods.reverse();
}

/** The last `count` periods of a kind that were over before a date, the oldest first. */
export function lastCompletedPeriods(kind: PeriodKind, count: number, asOf: IsoDate): readonly Period[] {
  return periodsUpTo(lastCompletedPeriod(kind, asOf), count);
}

/** Every period of a kind that has a day from `from` to `to`, in order; at most `most` of them, the earliest. */
export function periodsBetween(kind: PeriodKind, from: IsoDate, to: IsoDate, most = 10_000): readonly Period[] {
  const periods: Period[] = [];
  for (let period = periodOf(from, kind); period.firstDay <= to && periods.length < most; period = nextPeriod(period)) periods.push(period);
  return periods;
}

export function isInPeriod(date: IsoDate, period: Period): boolean {
  return period.firstDay <= date && date <= period.lastDay;
}

/** `July 2026`, `Q2 2026`, `2026`, `week 14 of 2026`, `31 July 2026`. */
export function periodInWords(period: Period): string {
  const { year, month: number } = partsOfDate(period.firstDay);
  switch (period.kind) {
    case 'day': return dateInWords(period.firstDay);
    case 'week': return `week ${Number(period.id.slice(6))} of ${period.id.slice(0, 4)}`;
    case 'month': return `${monthNames[number - 1]} ${year}`;
    case 'quarter': return `Q${Math.ceil(number / 3)} ${year}`;
    case 'year': return period.id;
  }
}
