import assert from 'node:assert/strict';
import fc from 'fast-check';
import { parseClosedDates, printClosedDates } from '../../../language/values/calendar.ts';
import type { Weekday } from '../../../language/values/date.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { timeZone } from '../../../language/values/time-zone.ts';
import { parseDays, parseTimeRange, printDays, printTimeRange } from '../../../language/values/week.ts';

function suggestionOf(value: unknown, text: string): string | undefined {
  assert(isProblem(value), text);
  return value.suggestion;
}

describe('days and hours', () => {
  it('reads days and ranges of days', () => {
    assert.deepEqual(parseDays('Mon-Fri'), [1, 2, 3, 4, 5]);
    assert.deepEqual(parseDays('Sat-Mon'), [1, 6, 7]);
    assert.deepEqual(parseDays('Sun'), [7]);
    assert.deepEqual(parseDays('Fri, Mon-Wed'), [1, 2, 3, 5]);
    for (const [text, suggestion] of [
      ['Monday', 'Mon'], ['mon', 'Mon'], ['Mon-Friday', 'Mon-Fri'], ['monday to friday', 'Mon-Fri'], ['Tues', 'Tue'], ['Thurs, Fri', 'Thu, Fri'],
      ['Mon-Wed-Fri', undefined], ['', undefined], ['Xyz', undefined], ['Mon,'.repeat(1000), undefined],
    ] as const) assert.equal(suggestionOf(parseDays(text), text), suggestion, text);
  });

  it('days read back', () => {
    const weekdays: Weekday[] = [1, 2, 3, 4, 5, 6, 7];
    fc.assert(fc.property(fc.subarray(weekdays, { minLength: 1 }), (days) => assert.deepEqual(parseDays(printDays(days)), days)));
  });

  it('reads hours, over midnight too', () => {
    assert.deepEqual(parseTimeRange('08:00-18:00'), { fromMinutes: 480, toMinutes: 1080 });
    assert.deepEqual(parseTimeRange('22:00-06:00'), { fromMinutes: 1320, toMinutes: 1800 });
    assert.deepEqual(parseTimeRange('00:00-24:00'), { fromMinutes: 0, toMinutes: 1440 });
    assert.deepEqual(parseTimeRange('18:00-00:00'), { fromMinutes: 1080, toMinutes: 1440 });
    for (const [text, suggestion] of [
      ['8:00-18:00', '08:00-18:00'], ['8am-6pm', '08:00-18:00'], ['08.00-18.30', '08:00-18:30'], ['9-17', '09:00-17:00'], ['24:00-06:00', '00:00-06:00'],
      ['08:00-08:00', '00:00-24:00'], ['08:00-25:00', undefined], ['08:60-09:00', undefined], ['24:01-06:00', undefined], ['08:00', undefined], ['', undefined],
    ] as const) assert.equal(suggestionOf(parseTimeRange(text), text), suggestion, text);
  });

  it('hours read back', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }), (from, to) => {
      fc.pre(from !== to && !(from === 0 && to === 0));
      const range = { fromMinutes: from, toMinutes: to < from ? to + 1440 : to };
      const back = parseTimeRange(printTimeRange(range));
      assert.deepEqual(back, range);
    }));
  });

  it('reads closed dates, single, in a row, and of every year', () => {
    for (const text of ['2026-12-24', '2026-12-24 to 2027-01-02', '12-24', '12-24 to 01-01', '02-29']) {
      const value = parseClosedDates(text);
      assert(!isProblem(value), text);
      assert.equal(printClosedDates(value), text);
    }
    for (const [text, suggestion] of [
      ['2026-02-30', '2026-02-28'], ['2027-01-02 to 2026-12-24', '2026-12-24 to 2027-01-02'], ['02-30', undefined], ['13-01', undefined], ['Christmas', undefined], ['12-24 to 2027-01-01', undefined],
    ] as const) assert.equal(suggestionOf(parseClosedDates(text), text), suggestion, text);
  });

  it('names the time zone that was probably meant', () => {
    assert(!isProblem(timeZone('Europe/London')));
    assert(!isProblem(timeZone('America/Argentina/Buenos_Aires')));
    assert(!isProblem(timeZone('UTC')));
    for (const [text, suggestion] of [
      ['Europe/Londn', 'Europe/London'], ['europe/london', 'Europe/London'], ['America/New York', 'America/New_York'], ['utc', 'UTC'],
      ['+01:00', undefined], ['', undefined], ['a'.repeat(10_000), undefined],
    ] as const) assert.equal(suggestionOf(timeZone(text), text), suggestion, text);
  });
});

describe('Days that cannot be told', () => {
  it('are a problem without a suggestion, in a range as alone', () => {
    for (const text of ['08:00-18:00', 'xyz-uvw', '-', 'Mon-Tue-Wed', 'Mon, ???-Fri']) {
      const days = parseDays(text);
      assert.ok('problem' in days, text);
      assert.equal(days.suggestion, undefined, text);
    }
  });
});
