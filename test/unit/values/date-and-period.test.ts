import assert from 'node:assert/strict';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import {
  addDays, addMonths, dateFrom, dateInWords, dateOfDayNumber, dayNumberOf, daysBetween, parseDate, weekdayOf, type DayNumber, type IsoDate,
} from '../../../language/values/date.ts';
import {
  lastCompletedPeriod, lastCompletedPeriods, nextPeriod, parsePeriod, periodInWords, periodKinds, periodOf, periodsBetween, previousPeriod, type Period,
} from '../../../language/values/period.ts';
import { isProblem } from '../../../language/values/problem.ts';

const dates = fc.integer({ min: dayNumberOf(dateFrom('1902-01-01')), max: dayNumberOf(dateFrom('2197-12-31')) })
  .map((day) => dateOfDayNumber(day as DayNumber));

function period(text: string): Period {
  const value = parsePeriod(text);
  assert(!isProblem(value), text);
  return value;
}

describe('date', () => {
  it('tells impossible dates, and those that are not written year-month-day', () => {
    for (const [text, suggestion] of [
      ['2026-02-30', '2026-02-28'], ['2026-13-01', '2026-01-13'], ['2026-00-10', undefined], ['2026-1-5', '2026-01-05'], ['2026/01/05', '2026-01-05'],
      ['31.12.2026', '2026-12-31'], ['12/31/2026', '2026-12-31'], ['01/02/2026', undefined], ['0026-01-01', undefined], ['tomorrow', undefined], ['', undefined],
    ] as const) {
      const value = parseDate(text);
      assert(isProblem(value), text);
      assert.equal(value.suggestion, suggestion, text);
    }
    assert.equal(parseDate('2024-02-29'), '2024-02-29');
    assert(isProblem(parseDate('2100-02-29')));
  });

  it('agrees with Temporal', () => {
    fc.assert(fc.property(dates, fc.integer({ min: -500, max: 500 }), (date, amount) => {
      const other = Temporal.PlainDate.from(date);
      assert.equal(weekdayOf(date), other.dayOfWeek);
      assert.equal(addDays(date, amount), other.add({ days: amount }).toString());
      assert.equal(addMonths(date, amount), other.add({ months: amount }).toString());
      assert.equal(daysBetween(date, addDays(date, amount)), amount);
    }));
  });

  it('reads well', () => assert.equal(dateInWords(dateFrom('2026-01-31')), '31 January 2026'));
});

describe('period', () => {
  it('has a first and a last day', () => {
    const days = (text: string): string => `${period(text).firstDay} ${period(text).lastDay}`;
    assert.equal(days('2026'), '2026-01-01 2026-12-31');
    assert.equal(days('2026-Q2'), '2026-04-01 2026-06-30');
    assert.equal(days('2024-02'), '2024-02-01 2024-02-29');
    assert.equal(days('2026-W01'), '2025-12-29 2026-01-04');
    assert.equal(days('2026-W53'), '2026-12-28 2027-01-03');
    assert.equal(days('2026-07-31'), '2026-07-31 2026-07-31');
  });

  it('says what is wrong with other texts, and what may be meant', () => {
    for (const [text, suggestion] of [
      ['2026-q2', '2026-Q2'], ['Q2 2026', '2026-Q2'], ['2026Q2', '2026-Q2'], ['2026-7', '2026-07'], ['07/2026', '2026-07'], ['July 2026', '2026-07'], ['Jul 2026', '2026-07'],
      ['2026-W5', '2026-W05'], ['2026-13', undefined], ['2026-Q5', undefined], ['2025-W53', undefined], ['2026-W00', undefined], ['last month', undefined], ['9999', undefined],
    ] as const) {
      const value = parsePeriod(text);
      assert(isProblem(value), text);
      assert.equal(value.suggestion, suggestion, text);
    }
  });

  it('is completed only when its last day is over', () => {
    assert.equal(lastCompletedPeriod('month', dateFrom('2026-07-31')).id, '2026-06');
    assert.equal(lastCompletedPeriod('month', dateFrom('2026-08-01')).id, '2026-07');
    assert.equal(lastCompletedPeriod('quarter', dateFrom('2026-11-22')).id, '2026-Q3');
    assert.deepEqual(lastCompletedPeriods('month', 3, dateFrom('2026-01-15')).map(({ id }) => id), ['2025-10', '2025-11', '2025-12']);
    assert.deepEqual(periodsBetween('quarter', dateFrom('2026-03-31'), dateFrom('2026-07-01')).map(({ id }) => id), ['2026-Q1', '2026-Q2', '2026-Q3']);
  });

  it('reads well', () => {
    assert.deepEqual(['2026', '2026-Q2', '2026-07', '2026-W04', '2026-07-31'].map((text) => periodInWords(period(text))),
      ['2026', 'Q2 2026', 'July 2026', 'week 4 of 2026', '31 July 2026']);
  });

  it('periods of a kind follow each other without gap or overlap, sort as text and read back', () => {
    fc.assert(fc.property(dates, fc.constantFrom(...periodKinds), (date: IsoDate, kind) => {
      const here = periodOf(date, kind);
      assert(here.firstDay <= date && date <= here.lastDay);
      assert.deepEqual(periodOf(here.lastDay, kind), here);
      const next = nextPeriod(here);
      assert.equal(next.firstDay, addDays(here.lastDay, 1));
      assert(here.id < next.id);
      assert.deepEqual(previousPeriod(next), here);
      assert.deepEqual(parsePeriod(here.id), here);
    }));
  });

  it('weeks agree with Temporal', () => {
    fc.assert(fc.property(dates, (date) => {
      const { weekOfYear, yearOfWeek } = Temporal.PlainDate.from(date);
      assert.equal(periodOf(date, 'week').id, `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`);
    }));
  });
});
