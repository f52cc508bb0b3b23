import { isAmong, type Calendar, type DatedHours, type WeeklyHours } from './calendar.ts';
import { addDays, dateOfDayNumber, dayNumberOf, weekdayOfDayNumber, type DayNumber, type IsoDate } from './date.ts';
import { epochSecondsOf, secondsOf, type EpochSeconds, type Seconds } from './instant.ts';
import {
  clipIntervals, intersectIntervals, mergeIntervals, subtractIntervals, type Interval, type IntervalSet,
} from './intervals.ts';
import type { Period } from './period.ts';
import { isProblem, problem, type Problem } from './problem.ts';
import { endOfDate, startOfDate, type TimeZone } from './time-zone.ts';
import type { TimeRange } from './week.ts';

/**
 * A calendar compiled to a table: open intervals in order, each with the open seconds of the table before it. Open time between
 * two moments is the difference of two look-ups: `openBefore[i] + min(t, end[i]) - start[i]` with the last `start[i] <= t`
 * (0 where there is none). An engine can join on it. All in epoch seconds.
 */
export interface OpenTable {
  readonly start: readonly number[];
  readonly end: readonly number[];
  readonly openBefore: readonly number[];
}

export interface BusinessClockOptions {
  /** Take the announced maintenance windows out of the open time: service time for an agreement that excludes maintenance. */
  readonly withoutMaintenance?: boolean;
}

/** The clock knows the years from 1970 up to, not including, 2200. */
export const clockStart = epochSecondsOf(0);
export const clockEnd = epochSecondsOf(Date.UTC(2200, 0, 1) / 1000);

/** Compiled a year beyond on either side: the year of a zone begins and ends up to 15 hours from that of UTC. */
const firstCompiledYear = 1969;
const compiledEndYear = 2201;

/**
 * Open time of a calendar. It is compiled as far as it is asked about, once; after that each question is two binary searches,
 * however long a ticket ran. Moments outside the years it knows give a `Problem`.
 *
 * A calendar is open at the moments of its weekly hours, less the public holidays and closed dates (each from 00:00 to 24:00
 * on the spot; a few holidays take part of a day), and at its holiday hours on holidays that are not closed dates, and at its
 * extra hours, whatever else is said of that date. A shift over midnight on the eve of a closed date ends at midnight.
 */
export class BusinessClock {
  readonly calendar: Calendar;
  readonly timeZone: TimeZone;
  readonly #withoutMaintenance: boolean;
  /** Years compiled, the end not included. */
  #years: readonly [number, number] = [0, 0];
  #open: IntervalSet = [];
  #start: number[] = [];
  #end: number[] = [];
  #openBefore: number[] = [];
  /** Working days: their numbers, and their close of business. */
  #workingDays: DayNumber[] = [];
  #closeOfBusiness: EpochSeconds[] = [];

  constructor(calendar: Calendar, options: BusinessClockOptions = {}) {
    this.calendar = calendar;
    this.timeZone = calendar.timeZone;
    this.#withoutMaintenance = options.withoutMaintenance ?? false;
  }

  /**
   * Open seconds from `start` to `end`, less the pauses: those are clipped to the span and merged, and count only where the calendar
   * is open. 0 when the end is not after the start.
   */
  openSecondsBetween(start: EpochSeconds, end: EpochSeconds, pauses: readonly Interval[] = []): Seconds | Problem {
    const known = this.#know(start, end);
    if (isProblem(known)) return known;
    if (end <= start) return secondsOf(0);
    let open = this.#openUntil(end) - this.#openUntil(start);
    for (const pause of clipIntervals(mergeIntervals(pauses), start, end)) {
      open -= this.#openUntil(pause.to) - this.#openUntil(pause.from);
    }
    return secondsOf(open);
  }

  /**
   * The moment at which `seconds` of open time after `start` are used up: the inverse of `openSecondsBetween`. Time that runs
   * out at closing is due at closing, not at the next opening; no time at all is due at the first open moment.
   */
  dueAfter(start: EpochSeconds, seconds: number, pauses: readonly Interval[] = []): EpochSeconds | Problem {
    let rest = seconds;
    let from = start;
    for (const pause of mergeIntervals(pauses)) {
      if (pause.to <= from) continue;
      if (pause.from > from) {
        const due = this.#dueWithoutPauses(from, rest);
        if (isProblem(due)) return due;
        if (rest > 0 ? due <= pause.from : due < pause.from) return due;
        rest -= this.#openUntil(pause.from) - this.#openUntil(from);
      }
      if (pause.to >= clockEnd) return problem('The clock is paused without end');
      from = pause.to;
    }
    return this.#dueWithoutPauses(from, rest);
  }

  /**
   * Close of business of the n-th working day after the day on which the clock starts. A working day is a local date on which
   * the calendar is open at all; its close of business is its last open moment (midnight, where it is open into the next date). The
   * clock starts at the first open moment from `start` on, so what comes in on Saturday, or on Friday after closing, starts on Monday, and `1
   * working day` is then Tuesday's close. With n = 0 it is the close of the day on which the clock starts.
   */
  dueAfterWorkingDays(start: EpochSeconds, workingDays: number): EpochSeconds | Problem {
    const opening = this.dueAfter(start, 0);
    if (isProblem(opening)) return opening;
    const firstDay = this.timeZone.dayAt(opening);
    for (;;) {
      const index = lastNotAfter(this.#workingDays, firstDay) + workingDays;
      const close = this.#closeOfBusiness[index];
      if (close !== undefined) return close <= clockEnd ? close : neverAgain();
      if (this.#years[1] >= compiledEndYear) return neverAgain();
      this.#extendForward();
    }
  }

  isOpenAt(instant: EpochSeconds): boolean | Problem {
    const known = this.#know(instant, instant);
    if (isProblem(known)) return known;
    const index = lastNotAfter(this.#start, instant);
    return index >= 0 && instant < this.#end[index]!;
  }

  /** The open intervals between two moments. */
  openIntervals(start: EpochSeconds, end: EpochSeconds): IntervalSet | Problem {
    const known = this.#know(start, end);
    if (isProblem(known)) return known;
    const first = Math.max(0, lastNotAfter(this.#start, start));
    const last = lastNotAfter(this.#start, end);
    return clipIntervals(this.#open.slice(first, last + 1), start, end);
  }

  /** The moments at which a period begins and ends in the calendar's zone, the end not included. */
  periodInterval(period: Period): Interval {
    return { from: startOfDate(this.timeZone, period.firstDay), to: endOfDate(this.timeZone, period.lastDay) };
  }

  openSecondsInPeriod(period: Period): Seconds | Problem {
    const { from, to } = this.periodInterval(period);
    return this.openSecondsBetween(from, to);
  }

  /** Dates on which the calendar is open, both ends included. */
  workingDaysBetween(first: IsoDate, last: IsoDate): readonly IsoDate[] | Problem {
    const known = this.#know(startOfDate(this.timeZone, first), endOfDate(this.timeZone, last));
    if (isProblem(known)) return known;
    const [from, to] = [dayNumberOf(first), dayNumberOf(last)];
    return this.#workingDays.slice(lastNotAfter(this.#workingDays, (from - 1) as DayNumber) + 1, lastNotAfter(this.#workingDays, to) + 1)
      .map(dateOfDayNumber);
  }

  /** The n-th working day after a date (the date itself does not count). */
  addWorkingDays(date: IsoDate, workingDays: number): IsoDate | Problem {
    const start = endOfDate(this.timeZone, addDays(date, -1));
    const known = this.#know(start, start);
    if (isProblem(known)) return known;
    for (;;) {
      const day = this.#workingDays[lastNotAfter(this.#workingDays, dayNumberOf(date)) + workingDays];
      if (day !== undefined) return dateOfDayNumber(day);
      if (this.#years[1] >= compiledEndYear) return neverAgain();
      this.#extendForward();
    }
  }

  /** The table for moments between two moments (it may hold more). */
  table(start: EpochSeconds, end: EpochSeconds): OpenTable | Problem {
    const known = this.#know(start, end);
    return isProblem(known) ? known : { start: this.#start, end: this.#end, openBefore: this.#openBefore };
  }

  /**
   * Close of business of each working day around two moments, in order (it may hold more than asked for). What starts at `t` starts on
   * the day of the first close after `t`, and is due after n working days at the n-th close after that one.
   */
  closesOfBusiness(start: EpochSeconds, end: EpochSeconds): readonly EpochSeconds[] | Problem {
    const known = this.#know(start, end);
    return isProblem(known) ? known : this.#closeOfBusiness;
  }

  #dueWithoutPauses(start: EpochSeconds, seconds: number): EpochSeconds | Problem {
    const known = this.#know(start, start);
    if (isProblem(known)) return known;
    for (;;) {
      const wanted = this.#openUntil(start) + Math.max(0, seconds);
      // The first interval whose end has the wanted time behind it; for no time, the first that has an open moment left.
      let index = seconds > 0 ? firstAtLeast(this.#openBefore, this.#end, this.#start, wanted) : lastNotAfter(this.#start, start);
      if (seconds <= 0 && (index < 0 || this.#end[index]! <= start)) index++;
      if (index < this.#start.length) {
        const due = seconds <= 0 ? Math.max(start, this.#start[index]!) : this.#start[index]! + (wanted - this.#openBefore[index]!);
        return due <= clockEnd ? epochSecondsOf(due) : neverAgain();
      }
      if (this.#years[1] >= compiledEndYear || this.#neverOpen()) return neverAgain();
      this.#extendForward();
    }
  }

  #neverOpen(): boolean {
    const { weekly, extraOpen, holidayHours } = this.calendar.definition;
    return extraOpen.length === 0 && holidayHours === undefined && weekly.every(({ hours }) => hours.length === 0);
  }

  /** Open seconds of the compiled range up to a moment. */
  #openUntil(instant: number): number {
    const index = lastNotAfter(this.#start, instant);
    return index < 0 ? 0 : this.#openBefore[index]! + Math.min(instant, this.#end[index]!) - this.#start[index]!;
  }

  #know(start: EpochSeconds, end: EpochSeconds): true | Problem {
    if (!(start >= clockStart && start <= clockEnd && end >= clockStart && end <= clockEnd)) {
      return problem(`The clock only knows the years 1970 to 2199`);
    }
    const [from, to] = start <= end ? [start, end] : [end, start];
    // A year of the zone begins up to 15 hours before or after that of UTC.
    this.#extend(yearAt(from - 86_400), yearAt(to + 86_400) + 1);
    return true;
  }

  /** Twice as far: a question about the distant future costs few steps. */
  #extendForward(): void {
    const [from, to] = this.#years;
    this.#extend(from, to + Math.max(1, to - from));
  }

  #extend(fromYear: number, toYear: number): void {
    const [knownFrom, knownTo] = this.#years;
    const empty = knownFrom === knownTo;
    const from = Math.max(firstCompiledYear, empty ? fromYear : Math.min(fromYear, knownFrom));
    const to = Math.min(compiledEndYear, Math.max(from + 1, empty ? toYear : Math.max(toYear, knownTo)));
    if (!empty && from === knownFrom && to === knownTo) return;
    const pieces: IntervalSet[] = empty
      ? [this.#compile(from, to)]
      : [from < knownFrom ? this.#compile(from, knownFrom) : [], this.#open, knownTo < to ? this.#compile(knownTo, to) : []];
    this.#years = [from, to];
    this.#open = mergeIntervals(pieces.flat());
    this.#start = this.#open.map((interval) => interval.from);
    this.#end = this.#open.map((interval) => interval.to);
    this.#openBefore = [];
    let open = 0;
    for (const interval of this.#open) {
      this.#openBefore.push(open);
      open += interval.to - interval.from;
    }
    this.#listWorkingDays();
  }

  /** Open intervals from 1 January of one year to 1 January of another, by the clocks of the zone. */
  #compile(fromYear: number, toYear: number): IntervalSet {
    const firstDay = dayNumberOf(`${fromYear}-01-01` as IsoDate);
    const endDay = dayNumberOf(`${toYear}-01-01` as IsoDate);
    const { definition, timeZone, regions } = this.calendar;
    const weekly: Interval[] = [];
    const daysOff: Interval[] = [];
    const holidayHours: Interval[] = [];
    const closedDays: Interval[] = [];
    const holidays = new Map<number, { from: number; to: number }[]>();
    for (const region of regions) {
      for (let year = fromYear - 1; year < toYear; year++) {
        for (const { day, fromMinutes, toMinutes } of region.inYear(year)) {
          holidays.set(day, [...(holidays.get(day) ?? []), { from: fromMinutes, to: toMinutes }]);
        }
      }
    }
    const at = (day: number, { fromMinutes, toMinutes }: TimeRange): Interval =>
      ({ from: timeZone.instantOf(day as DayNumber, fromMinutes * 60), to: timeZone.instantOf(day as DayNumber, toMinutes * 60) });
    const wholeDay: TimeRange = { fromMinutes: 0, toMinutes: 1440 };
    // From the day before: its shift may end after midnight.
    for (let day = firstDay - 1; day < endDay; day++) {
      const weekday = weekdayOfDayNumber(day as DayNumber);
      for (const { days, hours } of definition.weekly) if (days.includes(weekday)) for (const range of hours) weekly.push(at(day, range));
      for (const { from, to } of holidays.get(day) ?? []) daysOff.push(at(day, { fromMinutes: from, toMinutes: to }));
      const wholeHoliday = holidays.get(day)?.some(({ from, to }) => from === 0 && to === 1440) === true;
      if (wholeHoliday) for (const range of definition.holidayHours ?? []) holidayHours.push(at(day, range));
      const date = definition.closed.length > 0 ? dateOfDayNumber(day as DayNumber) : undefined;
      if (date !== undefined && definition.closed.some((closed) => isAmong(date, closed))) closedDays.push(at(day, wholeDay));
    }
    const closed = mergeIntervals(closedDays);
    const open = mergeIntervals([
      ...subtractIntervals(mergeIntervals(weekly), mergeIntervals([...daysOff, ...closed])),
      ...subtractIntervals(mergeIntervals(holidayHours), closed),
      ...datedIntervals(definition.extraOpen, firstDay - 1, endDay, at),
    ]);
    const served = this.#withoutMaintenance ? subtractIntervals(open, maintenanceIntervals(definition.maintenance, firstDay - 1, endDay, at)) : open;
    return intersectIntervals(served, [at(firstDay, { fromMinutes: 0, toMinutes: (endDay - firstDay) * 1440 })]);
  }

  #listWorkingDays(): void {
    this.#workingDays = [];
    this.#closeOfBusiness = [];
    for (const { from, to } of this.#open) {
      let day = this.timeZone.dayAt(from);
      for (let start: number = from; start < to; day = (day + 1) as DayNumber) {
        const midnight = this.timeZone.instantOf((day + 1) as DayNumber, 0);
        // A zone that skips a date gives a day without a moment.
        if (midnight > start) {
          const close = epochSecondsOf(Math.min(to, midnight));
          if (this.#workingDays.at(-1) === day) this.#closeOfBusiness[this.#closeOfBusiness.length - 1] = close;
          else {
            this.#workingDays.push(day);
            this.#closeOfBusiness.push(close);
          }
          start = midnight;
        }
      }
    }
  }
}

/** The clock of a calendar: `new BusinessClock(calendar)`, for those who prefer a function. */
export function businessClock(calendar: Calendar, options: BusinessClockOptions = {}): BusinessClock {
  return new BusinessClock(calendar, options);
}

/** Hours of one calendar against those of another: what is promised in `needed` and nobody works in `offered`. */
export interface Coverage {
  readonly neededSeconds: Seconds;
  readonly coveredSeconds: Seconds;
  /** The needed intervals that the other is closed in. */
  readonly uncovered: IntervalSet;
}

/** How far the open hours of one calendar lie within those of others together, between two moments. */
export function coverage(
  needed: BusinessClock, offered: readonly BusinessClock[], start: EpochSeconds, end: EpochSeconds,
): Coverage | Problem {
  const wanted = needed.openIntervals(start, end);
  if (isProblem(wanted)) return wanted;
  const given: Interval[] = [];
  for (const clock of offered) {
    const intervals = clock.openIntervals(start, end);
    if (isProblem(intervals)) return intervals;
    given.push(...intervals);
  }
  const uncovered = subtractIntervals(wanted, mergeIntervals(given));
  const total = (set: IntervalSet): number => set.reduce((sum, { from, to }) => sum + (to - from), 0);
  return { neededSeconds: secondsOf(total(wanted)), coveredSeconds: secondsOf(total(wanted) - total(uncovered)), uncovered };
}

function neverAgain(): Problem {
  return problem(`The calendar is not open for that long before the year 2200`);
}

function yearAt(instant: number): number {
  return new Date(instant * 1000).getUTCFullYear();
}

type PlaceHours = (day: number, range: TimeRange) => Interval;

function datedIntervals(dated: readonly DatedHours[], firstDay: number, endDay: number, at: PlaceHours): Interval[] {
  const intervals: Interval[] = [];
  for (const { from, to, hours } of dated) {
    const last = Math.min(dayNumberOf(to), endDay - 1);
    for (let day = Math.max(dayNumberOf(from), firstDay); day <= last; day++) for (const range of hours) intervals.push(at(day, range));
  }
  return intervals;
}

function maintenanceIntervals(
  windows: readonly (WeeklyHours | DatedHours)[], firstDay: number, endDay: number, at: PlaceHours,
): IntervalSet {
  const intervals: Interval[] = [];
  for (const window of windows) {
    if (!('days' in window)) {
      intervals.push(...datedIntervals([window], firstDay, endDay, at));
      continue;
    }
    for (let day = firstDay; day < endDay; day++) {
      if (window.days.includes(weekdayOfDayNumber(day as DayNumber))) for (const range of window.hours) intervals.push(at(day, range));
    }
  }
  return mergeIntervals(intervals);
}

/** Index of the last number that is at most `wanted`, -1 when all are greater. */
function lastNotAfter(sorted: readonly number[], wanted: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= wanted) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Index of the first interval at whose end at least `wanted` open seconds have passed; the number of intervals when there is none. */
function firstAtLeast(openBefore: readonly number[], end: readonly number[], start: readonly number[], wanted: number): number {
  let [low, high] = [0, start.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (openBefore[middle]! + end[middle]! - start[middle]! < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
