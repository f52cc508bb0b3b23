import {
  compareDates, daysInMonth, monthNames, parseDate, type IsoDate, type Weekday,
} from './date.ts';
import { holidayRegion, type HolidayRegion } from './holidays.ts';
import { isProblem, problem, shown, type Problem } from './problem.ts';
import { timeZone, type TimeZone } from './time-zone.ts';
import type { TimeRange } from './week.ts';

/** Hours on days of the week. Several of them add up. */
export interface WeeklyHours {
  readonly days: readonly Weekday[];
  /** Empty: closed on these days (where the calendar that this one builds on is open). */
  readonly hours: readonly TimeRange[];
}

/** Hours on single dates, both ends included. */
export interface DatedHours {
  readonly from: IsoDate;
  readonly to: IsoDate;
  readonly hours: readonly TimeRange[];
}

/** Dates, both ends included; `annual` ones as `MM-DD` in every year (`12-24` to `01-01` passes New Year). */
export type ClosedDates =
  | { readonly kind: 'dates'; readonly from: IsoDate; readonly to: IsoDate }
  | { readonly kind: 'annual'; readonly from: MonthDay; readonly to: MonthDay };

declare const monthDay: unique symbol;

/** A date without its year, `MM-DD`. */
export type MonthDay = string & { readonly [monthDay]: true };

/** When a calendar is open, as it is declared: plain data, nothing looked up yet. */
export interface CalendarDefinition {
  /** IANA name. May be left out where the calendar builds on another. */
  readonly timeZone?: string;
  /** Name of the calendar that this one builds on. */
  readonly extends?: string;
  readonly weekly: readonly WeeklyHours[];
  /** ISO 3166 codes; a public holiday in any of them is a holiday. */
  readonly holidayRegions: readonly string[];
  /** Hours on public holidays, whatever day of the week they fall on. Without them a holiday is closed. */
  readonly holidayHours?: readonly TimeRange[];
  readonly closed: readonly ClosedDates[];
  /** Open in spite of all else. */
  readonly extraOpen: readonly DatedHours[];
  /** Announced windows of work on the service. They do not close the calendar: an agreement says whether they are excluded. */
  readonly maintenance: readonly (WeeklyHours | DatedHours)[];
}

/** A definition with everything it builds on folded in, and every name looked up. */
export interface Calendar {
  readonly definition: CalendarDefinition;
  readonly timeZone: TimeZone;
  readonly regions: readonly HolidayRegion[];
}

const wholeDay: TimeRange = { fromMinutes: 0, toMinutes: 1440 };

/** Open at any time; the zone says where its dates and periods begin. */
export function alwaysOpen(timeZoneId = 'UTC'): CalendarDefinition {
  return {
    timeZone: timeZoneId,
    weekly: [{ days: [1, 2, 3, 4, 5, 6, 7], hours: [wholeDay] }],
    holidayRegions: [], closed: [], extraOpen: [], maintenance: [],
  };
}

/**
 * Looks up the zone, the holiday regions and the calendars it builds on. What builds on another keeps the other's facts, except:
 * days of the week for which it gives hours have these hours alone, its zone and its holiday hours replace the other's.
 *
 * @param find the definition of a name in `extends`.
 */
export function resolveCalendar(
  definition: CalendarDefinition,
  find: (name: string) => CalendarDefinition | undefined = () => undefined,
): Calendar | Problem {
  const chain = [definition];
  for (let name = definition.extends; name !== undefined;) {
    const base = find(name);
    if (base === undefined) return problem(`There is no calendar ${shown(name)} to build on`);
    if (chain.includes(base)) return problem(`The calendar builds on itself, by way of ${shown(name)}`);
    chain.push(base);
    name = base.extends;
  }
  const folded = chain.reduceRight(foldInto);
  if (folded.timeZone === undefined) return problem('The calendar has no time zone');
  const zone = timeZone(folded.timeZone);
  if (isProblem(zone)) return zone;
  const regions: HolidayRegion[] = [];
  for (const code of folded.holidayRegions) {
    const region = holidayRegion(code);
    if (isProblem(region)) return region;
    regions.push(region);
  }
  return { definition: folded, timeZone: zone, regions };
}

function foldInto(base: CalendarDefinition, own: CalendarDefinition): CalendarDefinition {
  const given = new Set(own.weekly.flatMap(({ days }) => days));
  const kept = base.weekly.map(({ days, hours }) => ({ days: days.filter((day) => !given.has(day)), hours }));
  const zone = own.timeZone ?? base.timeZone;
  const holidayHours = own.holidayHours ?? base.holidayHours;
  return {
    ...(zone === undefined ? {} : { timeZone: zone }),
    ...(holidayHours === undefined ? {} : { holidayHours }),
    weekly: [...kept.filter(({ days }) => days.length > 0), ...own.weekly],
    holidayRegions: [...new Set([...base.holidayRegions, ...own.holidayRegions])],
    closed: [...base.closed, ...own.closed],
    extraOpen: [...base.extraOpen, ...own.extraOpen],
    maintenance: [...base.maintenance, ...own.maintenance],
  };
}

/** Whether a date is among those declared closed. */
export function isAmong(date: IsoDate, closed: ClosedDates): boolean {
  switch (closed.kind) {
    case 'dates': return closed.from <= date && date <= closed.to;
    case 'annual': {
      const day = date.slice(5);
      return closed.from <= closed.to ? closed.from <= day && day <= closed.to : day >= closed.from || day <= closed.to;
    }
  }
}

/** Reads `2026-12-24`, `2026-12-24 to 2027-01-02`, `12-24` (every year), `12-24 to 01-01`. */
export function parseClosedDates(text: string): ClosedDates | Problem {
  const ends = text.trim().split(/\s+to\s+|\s*\.\.\s*/u);
  if (ends.length > 2) return problem(`${shown(text)} is not a date or a range of dates: write 2026-12-24 or 2026-12-24 to 2027-01-02`);
  const [first, last = first] = ends as [string, string?];
  if (/^\d{1,2}-\d{1,2}$/u.test(first)) {
    const [from, to] = [parseMonthDay(first), parseMonthDay(last)];
    if (isProblem(from)) return from;
    if (isProblem(to)) return to;
    return { kind: 'annual', from, to };
  }
  const [from, to] = [parseDate(first), parseDate(last)];
  if (isProblem(from)) return from;
  if (isProblem(to)) return to;
  if (compareDates(to, from) < 0) return problem(`${to} is before ${from}`, `${to} to ${from}`);
  return { kind: 'dates', from, to };
}

/** Reads `12-24`: the month, then the day. */
export function parseMonthDay(text: string): MonthDay | Problem {
  const match = /^(\d{2})-(\d{2})$/u.exec(text.trim());
  const [month, day] = match === null ? [0, 0] : [Number(match[1]), Number(match[2])];
  // 2024 has a 29 February.
  if (month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(2024, month)) return text.trim() as MonthDay;
  return problem(
    match !== null && month >= 1 && month <= 12
      ? `There is no ${day} ${monthNames[month - 1]}`
      : `${shown(text)} is not a day of the year: write month-day, such as 12-24`,
  );
}

export function printClosedDates(closed: ClosedDates): string {
  return closed.from === closed.to ? closed.from : `${closed.from} to ${closed.to}`;
}
