import assert from 'node:assert/strict';
import { BusinessClock, clockEnd, coverage, type BusinessClockOptions } from '../../../language/values/business-clock.ts';
import { alwaysOpen, parseClosedDates, resolveCalendar, type CalendarDefinition, type WeeklyHours } from '../../../language/values/calendar.ts';
import { dateFrom } from '../../../language/values/date.ts';
import { epochSecondsOf, parseInstant, printInstant, type EpochSeconds } from '../../../language/values/instant.ts';
import { parsePeriod } from '../../../language/values/period.ts';
import { isProblem, type Problem } from '../../../language/values/problem.ts';
import { parseDays, parseTimeRange } from '../../../language/values/week.ts';

const hour = 3600;

function some<Value>(value: Value | Problem): Value {
  assert(!isProblem(value), JSON.stringify(value));
  return value;
}

/** `open('Mon-Fri 08:00-18:00')` */
function open(text: string): WeeklyHours {
  const [days = '', ...ranges] = text.split(' ');
  return { days: some(parseDays(days)), hours: ranges.map((range) => some(parseTimeRange(range))) };
}

const nothing = { weekly: [], holidayRegions: [], closed: [], extraOpen: [], maintenance: [] } as const;

const office: CalendarDefinition = {
  ...nothing,
  timeZone: 'Europe/London',
  weekly: [open('Mon-Fri 08:00-18:00')],
  holidayRegions: ['GB-ENG'],
  closed: [some(parseClosedDates('2026-12-24'))],
  maintenance: [open('Sun 02:00-04:00')],
};

function clock(definition: CalendarDefinition, options?: BusinessClockOptions): BusinessClock {
  return new BusinessClock(some(resolveCalendar(definition)), options);
}

function at(text: string): EpochSeconds {
  const instant = parseInstant(text);
  assert(instant !== undefined, text);
  return instant;
}

function hours(of: BusinessClock, from: string, to: string): number {
  return some(of.openSecondsBetween(at(from), at(to))) / hour;
}

function due(of: BusinessClock, start: string, seconds: number): string {
  return printInstant(some(of.dueAfter(at(start), seconds)));
}

describe('business clock', () => {
  describe('open time', () => {
    const clockOfOffice = clock(office);

    it('runs in office hours only, on the clock of the place', () => {
      assert.equal(hours(clockOfOffice, '2026-07-06T07:00:00+01:00', '2026-07-06T12:00:00+01:00'), 4);
      assert.equal(hours(clockOfOffice, '2026-07-03T17:00:00+01:00', '2026-07-06T09:00:00+01:00'), 2);
      // The same hours of UTC are an hour less of office in winter.
      assert.equal(hours(clockOfOffice, '2026-07-06T07:00:00Z', '2026-07-06T09:00:00Z'), 2);
      assert.equal(hours(clockOfOffice, '2026-01-05T07:00:00Z', '2026-01-05T09:00:00Z'), 1);
    });

    it('stands still on holidays and closed dates', () => {
      assert.equal(hours(clockOfOffice, '2026-12-23T17:00:00Z', '2026-12-29T09:00:00Z'), 2);
    });

    it('of a month is the sum of its working days', () => {
      const december = some(parsePeriod('2026-12'));
      // 23 weekdays, less the 24th (closed), the 25th and the 28th (bank holidays).
      assert.equal(some(clockOfOffice.openSecondsInPeriod(december)) / hour, 20 * 10);
      assert.equal(some(clockOfOffice.workingDaysBetween(december.firstDay, december.lastDay)).length, 20);
    });

    it('knows whether it is open', () => {
      assert.equal(clockOfOffice.isOpenAt(at('2026-07-06T08:00:00+01:00')), true);
      assert.equal(clockOfOffice.isOpenAt(at('2026-07-06T18:00:00+01:00')), false);
      assert.equal(clockOfOffice.isOpenAt(at('2026-07-05T12:00:00+01:00')), false);
    });
  });

  describe('when the clocks change', () => {
    it('a day has 23 or 25 hours', () => {
      const always = clock(alwaysOpen('Europe/London'));
      const length = (day: string): number => some(always.openSecondsInPeriod(some(parsePeriod(day)))) / hour;
      assert.equal(length('2026-03-29'), 23);
      assert.equal(length('2026-03-30'), 24);
      assert.equal(length('2026-10-25'), 25);
      assert.equal(length('2026-10') / 24, 31 + 1 / 24);
    });

    it('a window in the skipped hour is empty, and one across it is shorter', () => {
      const night = clock({ ...nothing, timeZone: 'Europe/London', weekly: [open('Sun 01:15-01:45')] });
      assert.equal(hours(night, '2026-03-28T00:00:00Z', '2026-03-30T00:00:00Z'), 0);
      assert.equal(hours(night, '2026-03-21T00:00:00Z', '2026-03-23T00:00:00Z'), 0.5);
      const shift = clock({ ...nothing, timeZone: 'Europe/London', weekly: [open('Sat 22:00-06:00')] });
      assert.equal(hours(shift, '2026-03-28T00:00:00Z', '2026-03-30T00:00:00Z'), 7);
      assert.equal(hours(shift, '2026-10-24T00:00:00Z', '2026-10-26T00:00:00Z'), 9);
    });

    it('a repeated half hour is open once, from its first start', () => {
      const night = clock({ ...nothing, timeZone: 'Europe/London', weekly: [open('Sun 01:00-01:30')] });
      assert.deepEqual(some(night.openIntervals(at('2026-10-25T00:00:00Z'), at('2026-10-26T00:00:00Z'))), [
        { from: at('2026-10-25T01:00:00+01:00'), to: at('2026-10-25T01:30:00+01:00') },
      ]);
    });

    it('days start late where midnight is skipped', () => {
      const day = clock({ ...nothing, timeZone: 'Africa/Cairo', weekly: [open('Fri 00:00-24:00')] });
      assert.equal(hours(day, '2024-04-25T12:00:00Z', '2024-04-27T12:00:00Z'), 23);
    });
  });

  describe('hours', () => {
    it('several a day add up, and overlapping ones count once', () => {
      const split = clock({ ...nothing, timeZone: 'UTC', weekly: [open('Mon-Fri 08:00-12:00 13:00-17:00'), open('Mon 11:00-14:00')] });
      assert.equal(hours(split, '2026-07-06T00:00:00Z', '2026-07-07T00:00:00Z'), 9);
      assert.equal(hours(split, '2026-07-07T00:00:00Z', '2026-07-08T00:00:00Z'), 8);
    });

    it('over midnight belong to the day they start on, and end at midnight before a closed date', () => {
      const definition: CalendarDefinition = { ...nothing, timeZone: 'UTC', weekly: [open('Fri 22:00-06:00')] };
      assert.equal(hours(clock(definition), '2026-07-03T00:00:00Z', '2026-07-05T00:00:00Z'), 8);
      const closed = clock({ ...definition, closed: [some(parseClosedDates('2026-07-04'))] });
      assert.equal(hours(closed, '2026-07-03T00:00:00Z', '2026-07-05T00:00:00Z'), 2);
    });

    it('over New Year are the same however far the clock has been asked before', () => {
      const definition: CalendarDefinition = { ...nothing, timeZone: 'Asia/Tokyo', weekly: [open('Mon-Sun 22:00-06:00')], holidayRegions: ['JP'] };
      const asked = clock(definition);
      for (const year of [2026, 2024, 2028]) asked.isOpenAt(at(`${year}-06-01T00:00:00Z`));
      assert.deepEqual(
        asked.openIntervals(at('2023-12-25T00:00:00Z'), at('2028-01-10T00:00:00Z')),
        clock(definition).openIntervals(at('2023-12-25T00:00:00Z'), at('2028-01-10T00:00:00Z')),
      );
    });

    it('on holidays may be others, whatever the day of the week', () => {
      const definition = { ...office, holidayHours: [some(parseTimeRange('10:00-14:00'))] };
      // Boxing Day 2026 is a Saturday; Monday the 28th takes its place.
      assert.equal(hours(clock(definition), '2026-12-25T00:00:00Z', '2026-12-26T00:00:00Z'), 4);
      assert.equal(hours(clock(definition), '2026-12-26T00:00:00Z', '2026-12-27T00:00:00Z'), 4);
      assert.equal(hours(clock(definition), '2026-12-24T00:00:00Z', '2026-12-25T00:00:00Z'), 0);
    });

    it('of a holiday that takes the evening end in the evening', () => {
      const adelaide = clock({ ...nothing, timeZone: 'Australia/Adelaide', weekly: [open('Mon-Sun 08:00-22:00')], holidayRegions: ['AU-SA'], holidayHours: [some(parseTimeRange('09:00-10:00'))] });
      assert.equal(hours(adelaide, '2026-12-24T00:00:00+10:30', '2026-12-25T00:00:00+10:30'), 11);
      assert.equal(hours(adelaide, '2026-12-25T00:00:00+10:30', '2026-12-26T00:00:00+10:30'), 1);
    });

    it('that are extra are open in spite of all else', () => {
      const christmas = dateFrom('2026-12-24');
      const definition = { ...office, extraOpen: [{ from: christmas, to: christmas, hours: [some(parseTimeRange('09:00-12:00'))] }] };
      assert.equal(hours(clock(definition), '2026-12-24T00:00:00Z', '2026-12-25T00:00:00Z'), 3);
    });

    it('close every year where a date has none', () => {
      const definition = { ...alwaysOpen(), closed: [some(parseClosedDates('12-31 to 01-01')), some(parseClosedDates('02-29'))] };
      assert.equal(hours(clock(definition), '2026-12-30T00:00:00Z', '2027-01-03T00:00:00Z'), 48);
      assert.equal(hours(clock(definition), '2028-02-28T00:00:00Z', '2028-03-02T00:00:00Z'), 48);
    });

    it('leave maintenance in, unless it is excluded', () => {
      const definition = { ...alwaysOpen('Europe/London'), maintenance: office.maintenance };
      assert.equal(hours(clock(definition), '2026-07-05T00:00:00Z', '2026-07-06T00:00:00Z'), 24);
      assert.equal(hours(clock(definition, { withoutMaintenance: true }), '2026-07-05T00:00:00Z', '2026-07-06T00:00:00Z'), 22);
    });
  });

  describe('a calendar on another', () => {
    const find = (name: string): CalendarDefinition | undefined => (name === 'office' ? office : name === 'loop' ? loop : undefined);
    const loop: CalendarDefinition = { ...nothing, extends: 'loop' };

    it('keeps all but the days it gives hours for', () => {
      const longer = new BusinessClock(some(resolveCalendar({ ...nothing, extends: 'office', weekly: [open('Sat 09:00-13:00'), open('Fri 08:00-16:00')] }, find)));
      assert.equal(hours(longer, '2026-07-06T00:00:00Z', '2026-07-13T00:00:00Z'), 4 * 10 + 8 + 4);
      assert.equal(hours(longer, '2026-12-25T00:00:00Z', '2026-12-26T00:00:00Z'), 0);
    });

    it('that is missing or is itself is a problem, as are unknown zones and regions', () => {
      for (const definition of [
        { ...nothing, extends: 'none' }, loop, nothing, { ...nothing, timeZone: 'Mars/Olympus' }, { ...office, holidayRegions: ['XX'] },
      ]) assert(isProblem(resolveCalendar(definition, find)), JSON.stringify(definition));
    });
  });

  describe('due', () => {
    const clockOfOffice = clock(office);

    it('at closing rather than at the next opening', () => {
      assert.equal(due(clockOfOffice, '2026-07-06T17:00:00+01:00', hour), '2026-07-06T17:00:00Z');
      assert.equal(due(clockOfOffice, '2026-07-06T17:00:00+01:00', hour + 1), '2026-07-07T07:00:01Z');
    });

    it('at the first open moment when there is no time', () => {
      assert.equal(due(clockOfOffice, '2026-07-04T12:00:00Z', 0), '2026-07-06T07:00:00Z');
      assert.equal(due(clockOfOffice, '2026-07-06T12:00:00Z', 0), '2026-07-06T12:00:00Z');
      assert.equal(due(clockOfOffice, '2026-07-06T17:00:00Z', 0), '2026-07-07T07:00:00Z');
    });

    it('later by the pauses, as far as they fall in open time', () => {
      const pauses = [
        { from: at('2026-07-06T17:00:00+01:00'), to: at('2026-07-07T09:00:00+01:00') },
        { from: at('2026-07-07T08:30:00+01:00'), to: at('2026-07-07T09:30:00+01:00') },
        { from: at('2026-07-07T07:00:00Z'), to: at('2026-07-07T07:00:00Z') },
      ];
      const start = at('2026-07-06T16:00:00+01:00');
      assert.equal(clockOfOffice.dueAfter(start, 2 * hour, pauses), at('2026-07-07T10:30:00+01:00'));
      assert.equal(clockOfOffice.dueAfter(start, hour, pauses), at('2026-07-06T17:00:00+01:00'));
      assert.equal(clockOfOffice.openSecondsBetween(start, at('2026-07-07T10:30:00+01:00'), pauses), 2 * hour);
      assert(isProblem(clockOfOffice.dueAfter(start, 2 * hour, [{ from: pauses[0]!.from, to: epochSecondsOf(Infinity) }])));
      assert.equal(clockOfOffice.openSecondsBetween(start, at('2026-08-01T00:00:00Z'), [{ from: pauses[0]!.from, to: epochSecondsOf(Infinity) }]), hour);
    });

    it('in working days is the close of business of the n-th day after the one on which the clock starts', () => {
      const dueIn = (start: string, days: number): string => printInstant(some(clockOfOffice.dueAfterWorkingDays(at(start), days)));
      assert.equal(dueIn('2026-07-06T09:00:00Z', 2), '2026-07-08T17:00:00Z');
      assert.equal(dueIn('2026-07-03T16:59:00Z', 1), '2026-07-06T17:00:00Z');
      // After closing on Friday the clock starts on Monday.
      assert.equal(dueIn('2026-07-03T17:00:00Z', 1), '2026-07-07T17:00:00Z');
      assert.equal(dueIn('2026-07-04T12:00:00Z', 1), '2026-07-07T17:00:00Z');
      assert.equal(dueIn('2026-07-04T12:00:00Z', 0), '2026-07-06T17:00:00Z');
      // Over Christmas and New Year.
      assert.equal(dueIn('2026-12-23T12:00:00Z', 2), '2026-12-30T18:00:00Z');
      assert.equal(dueIn('2026-12-31T12:00:00Z', 1), '2027-01-04T18:00:00Z');
      assert.equal(clockOfOffice.addWorkingDays(dateFrom('2026-12-23'), 2), '2026-12-30');
      assert.equal(clockOfOffice.addWorkingDays(dateFrom('2026-12-31'), 300), '2028-03-08');
    });

    it('in working days of a calendar that never closes is midnight', () => {
      const always = clock(alwaysOpen('Europe/London'));
      assert.equal(some(always.dueAfterWorkingDays(at('2026-07-06T09:00:00Z'), 2)), at('2026-07-09T00:00:00+01:00'));
    });
  });

  describe('at its bounds', () => {
    it('says that it does not know', () => {
      const clockOfOffice = clock(office);
      assert(isProblem(clockOfOffice.openSecondsBetween(at('1969-12-31T23:59:59Z'), at('2026-01-01T00:00:00Z'))));
      assert(isProblem(clockOfOffice.openSecondsBetween(at('2026-01-01T00:00:00Z'), epochSecondsOf(NaN))));
      assert(isProblem(clockOfOffice.dueAfter(epochSecondsOf(clockEnd - 1), 30 * 24 * hour)));
      assert(isProblem(clockOfOffice.dueAfter(at('2026-01-01T00:00:00Z'), 1e12)));
      assert(isProblem(clockOfOffice.dueAfterWorkingDays(at('2026-01-01T00:00:00Z'), 1e6)));
      assert(isProblem(clock({ ...nothing, timeZone: 'UTC' }).dueAfter(at('2026-01-01T00:00:00Z'), 1)));
      assert(isProblem(clock({ ...nothing, timeZone: 'UTC' }).dueAfterWorkingDays(at('2026-01-01T00:00:00Z'), 1)));
    });

    it('is open from the first moment to the last', () => {
      for (const zone of ['Pacific/Kiritimati', 'UTC', 'Pacific/Pago_Pago']) {
        assert.equal(clock(alwaysOpen(zone)).openSecondsBetween(epochSecondsOf(0), clockEnd), clockEnd);
      }
    });

    it('an end before the start is no time', () => {
      assert.equal(clock(office).openSecondsBetween(at('2026-07-07T00:00:00Z'), at('2026-07-06T00:00:00Z')), 0);
    });
  });

  it('the table answers by two look-ups', () => {
    const clockOfOffice = clock(office);
    const [from, to] = [at('2026-07-03T17:00:00+01:00'), at('2026-07-06T09:00:00+01:00')];
    const table = some(clockOfOffice.table(from, to));
    const openUntil = (instant: number): number => {
      const index = table.start.findLastIndex((start) => start <= instant);
      return index < 0 ? 0 : table.openBefore[index]! + Math.min(instant, table.end[index]!) - table.start[index]!;
    };
    assert.equal(openUntil(to) - openUntil(from), clockOfOffice.openSecondsBetween(from, to));
    assert.equal(openUntil(0), 0);
  });

  it('coverage is what of one calendar lies in others', () => {
    const [from, to] = [at('2026-07-06T00:00:00+01:00'), at('2026-07-13T00:00:00+01:00')];
    const needed = clock({ ...nothing, timeZone: 'Europe/London', weekly: [open('Mon-Sat 07:00-19:00')] });
    const late = clock({ ...nothing, timeZone: 'Europe/London', weekly: [open('Mon-Fri 17:00-20:00')] });
    const found = some(coverage(needed, [clock(office), late], from, to));
    assert.equal(found.neededSeconds, 72 * hour);
    assert.equal(found.coveredSeconds, 55 * hour);
    assert.equal(found.uncovered.length, 6);
    assert.deepEqual(found.uncovered.at(-1), { from: at('2026-07-11T07:00:00+01:00'), to: at('2026-07-11T19:00:00+01:00') });
  });
});
