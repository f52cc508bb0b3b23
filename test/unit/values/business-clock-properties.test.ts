import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { BusinessClock } from '../../../language/values/business-clock.ts';
import { resolveCalendar, type CalendarDefinition } from '../../../language/values/calendar.ts';
import { addDays, dateFrom, dayNumberOf, weekdayOf, type IsoDate, type Weekday } from '../../../language/values/date.ts';
import { epochSecondsOf, type EpochSeconds } from '../../../language/values/instant.ts';
import { clipIntervals, intersectIntervals, mergeIntervals, subtractIntervals, totalSeconds, type Interval } from '../../../language/values/intervals.ts';
import { isProblem, type Problem } from '../../../language/values/problem.ts';
import { timeZone } from '../../../language/values/time-zone.ts';
import type { TimeRange } from '../../../language/values/week.ts';

function some<Value>(value: Value | Problem): Value {
  assert(!isProblem(value), JSON.stringify(value));
  return value;
}

/** Twelve days around a change of the clocks (or none), chosen for being awkward. */
const places: readonly { readonly zone: string; readonly around: IsoDate }[] = [
  ['Europe/London', '2026-03-29'], ['Europe/London', '2026-10-25'], ['America/New_York', '2026-11-01'],
  ['Australia/Lord_Howe', '2026-04-05'], // half an hour
  ['Africa/Cairo', '2024-04-26'], ['America/Sao_Paulo', '2018-11-04'], // midnight is skipped
  ['America/Sao_Paulo', '2018-02-18'], // midnight comes twice
  ['America/St_Johns', '2010-11-07'], // one minute past midnight
  ['Pacific/Apia', '2011-12-30'], // a date is skipped
  ['Asia/Kathmandu', '2026-01-01'], ['UTC', '2027-01-01'],
].map(([zone, around]) => ({ zone: zone!, around: dateFrom(around!) }));

const days = 12;
const quarter = 15 * 60;

/** The obvious clock: what the clock on the wall reads at each quarter of an hour, and then a look at each. */
class SlowClock {
  readonly first: number;
  readonly #wall: number[] = [];
  readonly #firstDate: IsoDate;

  constructor(zone: string, around: IsoDate) {
    this.#firstDate = addDays(around, -days / 2);
    this.first = dayNumberOf(this.#firstDate) * 86_400 - 86_400;
    for (let index = 0; index < (days + 3) * 96; index++) {
      const read = Temporal.Instant.fromEpochMilliseconds((this.first + index * quarter) * 1000).toZonedDateTimeISO(zone).toPlainDateTime();
      this.#wall.push(dayNumberOf(read.toPlainDate().toString() as IsoDate) * 1440 + read.hour * 60 + read.minute);
    }
  }

  /** The first quarter at which the wall clock reads this or later. */
  #when(date: IsoDate, minutes: number): number {
    const wanted = dayNumberOf(date) * 1440 + minutes;
    const index = this.#wall.findIndex((read) => read >= wanted);
    return index < 0 ? this.#wall.length : index;
  }

  openQuarters(definition: CalendarDefinition): readonly boolean[] {
    const dates = Array.from({ length: days + 2 }, (_, index) => addDays(this.#firstDate, index - 1));
    const open = this.#wall.map(() => false);
    const set = (date: IsoDate, range: TimeRange, value: boolean): void => {
      open.fill(value, this.#when(date, range.fromMinutes), this.#when(date, range.toMinutes));
    };
    for (const date of dates) for (const { days: on, hours } of definition.weekly) if (on.includes(weekdayOf(date))) for (const range of hours) set(date, range, true);
    for (const date of dates) if (definition.closed.some((closed) => closed.kind === 'dates' && closed.from <= date && date <= closed.to)) set(date, { fromMinutes: 0, toMinutes: 1440 }, false);
    for (const date of dates) for (const { from, to, hours } of definition.extraOpen) if (from <= date && date <= to) for (const range of hours) set(date, range, true);
    return open;
  }
}

const ranges = fc.tuple(fc.integer({ min: 0, max: 95 }), fc.integer({ min: 1, max: 96 })).map(([from, length]): TimeRange =>
  ({ fromMinutes: from * 15, toMinutes: (from + length) * 15 }));

function calendars(zone: string, around: IsoDate): fc.Arbitrary<CalendarDefinition> {
  const dates = fc.integer({ min: -3, max: 3 }).map((offset) => addDays(around, offset));
  return fc.record({
    timeZone: fc.constant(zone),
    weekly: fc.array(fc.record({
      days: fc.subarray<Weekday>([1, 2, 3, 4, 5, 6, 7], { minLength: 1 }),
      hours: fc.array(ranges, { minLength: 1, maxLength: 3 }),
    }), { minLength: 1, maxLength: 3 }),
    holidayRegions: fc.constant([]),
    closed: fc.array(dates.map((date) => ({ kind: 'dates' as const, from: date, to: date })), { maxLength: 2 }),
    extraOpen: fc.array(fc.record({ date: dates, range: ranges }).map(({ date, range }) => ({ from: date, to: date, hours: [range] })), { maxLength: 2 }),
    maintenance: fc.constant([]),
  });
}

/** A clock, and moments within five days of a change of the clocks. */
const situations = fc.constantFrom(...places).chain(({ zone, around }) => {
  const middle = dayNumberOf(around) * 86_400;
  const instants = fc.integer({ min: middle - 4 * 86_400, max: middle + 5 * 86_400 }).map(epochSecondsOf);
  return fc.record({
    clock: calendars(zone, around).map((definition) => new BusinessClock(some(resolveCalendar(definition)))),
    instants: fc.array(instants, { minLength: 3, maxLength: 3 }).map((three) => three.sort((a, b) => a - b) as [EpochSeconds, EpochSeconds, EpochSeconds]),
    pauses: fc.array(fc.tuple(instants, fc.integer({ min: 0, max: 86_400 })).map(([from, length]): Interval => ({ from, to: epochSecondsOf(from + length) })), { maxLength: 4 }),
    seconds: fc.integer({ min: 0, max: 400_000 }),
  });
});

describe('business clock, whatever the calendar', () => {
  it('agrees with looking at every quarter of an hour', () => {
    for (const { zone, around } of places) {
      const slow = new SlowClock(zone, around);
      fc.assert(fc.property(calendars(zone, around), (definition) => {
        const clock = new BusinessClock(some(resolveCalendar(definition)));
        const open = slow.openQuarters(definition);
        // A day's margin at either end, for which the slow clock knows too little.
        for (let index = 3 * 96; index < days * 96; index++) {
          const from = epochSecondsOf(slow.first + index * quarter);
          if (some(clock.isOpenAt(from)) !== open[index]) assert.fail(`${zone} ${new Date(from * 1000).toISOString()}: ${String(open[index])} expected`);
        }
        const [from, to] = [3 * 96, days * 96];
        assert.equal(
          clock.openSecondsBetween(epochSecondsOf(slow.first + from * quarter), epochSecondsOf(slow.first + to * quarter)),
          open.slice(from, to).filter(Boolean).length * quarter,
        );
      }), { numRuns: 40 });
    }
  });

  it('open time adds up, never shrinks, and is never more than time', () => {
    fc.assert(fc.property(situations, ({ clock, instants: [a, b, c], pauses }) => {
      for (const breaks of [[], pauses]) {
        const open = (from: EpochSeconds, to: EpochSeconds): number => some(clock.openSecondsBetween(from, to, breaks));
        assert.equal(open(a, b) + open(b, c), open(a, c));
        assert(open(a, b) <= open(a, c));
        assert(open(a, b) >= 0 && open(a, b) <= b - a);
      }
    }));
  });

  it('pauses take away exactly the open time they cover', () => {
    fc.assert(fc.property(situations, ({ clock, instants: [a, , c], pauses }) => {
      const worked = subtractIntervals(some(clock.openIntervals(a, c)), mergeIntervals(pauses));
      assert.equal(clock.openSecondsBetween(a, c, pauses), totalSeconds(worked));
    }));
  });

  it('due is the first moment at which the time has passed', () => {
    fc.assert(fc.property(situations, ({ clock, instants: [start], pauses, seconds }) => {
      for (const breaks of [[], pauses]) {
        const due = some(clock.dueAfter(start, seconds, breaks));
        assert.equal(clock.openSecondsBetween(start, due, breaks), seconds);
        if (seconds > 0) assert(some(clock.openSecondsBetween(start, epochSecondsOf(due - 1), breaks)) < seconds);
        else assert(clock.isOpenAt(due) === true && mergeIntervals(breaks).every(({ from, to }) => due < from || due >= to || due < start));
      }
    }));
  });

  it('due is not earlier for what starts later or is given longer', () => {
    fc.assert(fc.property(situations, fc.integer({ min: 0, max: 5 }), ({ clock, instants: [a, b], seconds }, workingDays) => {
      assert(some(clock.dueAfter(a, seconds)) <= some(clock.dueAfter(b, seconds)));
      assert(some(clock.dueAfter(a, seconds)) <= some(clock.dueAfter(a, seconds + 1)));
      assert(some(clock.dueAfterWorkingDays(a, workingDays)) <= some(clock.dueAfterWorkingDays(b, workingDays)));
      assert(some(clock.dueAfterWorkingDays(a, workingDays)) < some(clock.dueAfterWorkingDays(a, workingDays + 1)));
      assert(some(clock.dueAfter(a, 0)) < some(clock.dueAfterWorkingDays(a, workingDays)));
    }));
  });

  it('the table answers as the clock does', () => {
    fc.assert(fc.property(situations, ({ clock, instants: [a, , c] }) => {
      const { start, end, openBefore } = some(clock.table(a, c));
      const openUntil = (instant: number): number => {
        const index = start.findLastIndex((from) => from <= instant);
        return index < 0 ? 0 : openBefore[index]! + Math.min(instant, end[index]!) - start[index]!;
      };
      assert.equal(openUntil(c) - openUntil(a), clock.openSecondsBetween(a, c));
    }));
  });
});

describe('time zone', () => {
  const zones = fc.constantFrom(...places.map(({ zone }) => zone), 'Africa/Casablanca', 'America/Argentina/Buenos_Aires', 'Europe/Dublin', 'Antarctica/Troll');
  const instants = fc.integer({ min: 0, max: Date.UTC(2199, 0, 1) / 1000 }).map(epochSecondsOf);

  it('has the offset that Temporal has', () => {
    fc.assert(fc.property(zones, instants, (id, instant) => {
      const other = Temporal.Instant.fromEpochMilliseconds(instant * 1000).toZonedDateTimeISO(id);
      const zone = some(timeZone(id));
      assert.equal(zone.offsetAt(instant), other.offsetNanoseconds / 1e9);
      assert.equal(zone.dateAt(instant), other.toPlainDate().toString());
    }), { numRuns: 300 });
  });

  it('a wall-clock time is the first moment that reads it or later', () => {
    fc.assert(fc.property(zones, instants, (id, instant) => {
      const zone = some(timeZone(id));
      const wall = instant + zone.offsetAt(instant);
      const day = zone.dayAt(instant);
      const first = zone.instantOf(day, wall - day * 86_400);
      assert(first <= instant);
      assert(first + zone.offsetAt(first) >= wall);
      const before = epochSecondsOf(first - 1);
      assert(before + zone.offsetAt(before) < wall);
    }), { numRuns: 300 });
  });
});

describe('intervals', () => {
  const points = 60;
  const lists = fc.array(fc.tuple(fc.integer({ min: 0, max: points }), fc.integer({ min: -3, max: 12 })).map(([from, length]): Interval =>
    ({ from: epochSecondsOf(from), to: epochSecondsOf(from + length) })), { maxLength: 12 });
  const within = (set: readonly Interval[], point: number): boolean => set.some(({ from, to }) => from <= point && point < to);

  it('are the sets that they stand for', () => {
    fc.assert(fc.property(lists, lists, (left, right) => {
      const [a, b] = [mergeIntervals(left), mergeIntervals(right)];
      const results = { both: intersectIntervals(a, b), rest: subtractIntervals(a, b), clipped: clipIntervals(a, epochSecondsOf(10), epochSecondsOf(30)) };
      for (let point = 0; point <= points + 12; point++) {
        const [inA, inB] = [within(left, point), within(right, point)];
        assert.equal(within(a, point), inA);
        assert.equal(within(results.both, point), inA && inB);
        assert.equal(within(results.rest, point), inA && !inB);
        assert.equal(within(results.clipped, point), inA && point >= 10 && point < 30);
      }
      for (const set of [a, ...Object.values(results)]) {
        set.forEach(({ from, to }, index) => assert(from < to && (index === 0 || set[index - 1]!.to < from)));
      }
      assert.equal(totalSeconds(a), Array.from({ length: points + 13 }, (_, point) => point).filter((point) => within(left, point)).length);
    }));
  });
});
