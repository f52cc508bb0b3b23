import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dateFrom } from '../../../language/values/date.ts';
import {
  addDuration, compareDurations, durationFrom, durationOfMonths, durationOfSeconds, parseDuration, printDuration,
} from '../../../language/values/duration.ts';
import { isProblem } from '../../../language/values/problem.ts';

function secondsIn(text: string): number {
  const value = durationFrom(text);
  assert(value.kind === 'elapsed', text);
  return value.seconds;
}

describe('duration', () => {
  it('reads each unit', () => {
    assert.equal(secondsIn('250ms'), 0.25);
    assert.equal(secondsIn('90s'), 90);
    assert.equal(secondsIn('15min'), 900);
    assert.equal(secondsIn('4h'), 14_400);
    assert.equal(secondsIn('1h30min'), 5400);
    assert.equal(secondsIn('1h 30min'), 5400);
    assert.equal(secondsIn('2d'), 172_800);
    assert.equal(secondsIn('1w'), 604_800);
    assert.deepEqual(durationFrom('1y6mo'), { kind: 'calendar', months: 18, parts: [{ count: 1, unit: 'y' }, { count: 6, unit: 'mo' }] });
    assert.deepEqual(durationFrom('2 working days'), { kind: 'working days', workingDays: 2 });
  });

  it('prints what was written, not another unit for it', () => {
    for (const text of ['24h', '1d', '90min', '1h30min', '6mo', '12mo', '1y', '1 working day', '2 working days', '0min']) {
      assert.equal(printDuration(durationFrom(text)), text);
    }
  });

  it('says what is wrong with other texts, and what may be meant', () => {
    for (const [text, suggestion] of [
      ['4hours', '4h'], ['4 hours', '4h'], ['15mins', '15min'], ['15 minutes', '15min'], ['4m', '4min'], ['4H', '4h'], ['1.5h', '1h30min'],
      ['30min1h', '1h30min'], ['2 weeks', '2w'], ['6months', '6mo'], ['1.5y', '1y6mo'], ['2 business days', '2 working days'], ['1wd', '1 working day'],
      ['2workingdays', '2 working days'], ['4h4h', '8h'], ['1mo2d', undefined], ['4', undefined], ['', undefined], ['soon', undefined], ['-4h', undefined],
      ['4x', undefined], ['999999y', undefined], ['1'.repeat(10_000), undefined], ['4 constructor', undefined],
    ] as const) {
      const value = parseDuration(text);
      assert(isProblem(value), text);
      assert.equal(value.suggestion, suggestion, text);
      if (suggestion !== undefined) assert(!isProblem(parseDuration(suggestion)), text);
    }
  });

  it('compares what can be compared', () => {
    const compare = (a: string, b: string): number | undefined => compareDurations(durationFrom(a), durationFrom(b));
    assert.equal(compare('90min', '1h30min'), 0);
    assert.equal(compare('24h', '1d'), 0);
    assert.equal(compare('12mo', '1y'), 0);
    assert.equal(compare('1mo', '27d'), 1);
    assert.equal(compare('1mo', '30d'), undefined);
    assert.equal(compare('1mo', '32d'), -1);
    assert.equal(compare('2mo', '63d'), -1);
    assert.equal(compare('1y', '366d'), undefined);
    assert.equal(compare('2 working days', '1 working day'), 1);
    assert.equal(compare('2 working days', '48h'), undefined);
  });

  it('computed lengths print in hours, or in whole days from three on', () => {
    assert.equal(printDuration(durationOfSeconds(0)), '0min');
    assert.equal(printDuration(durationOfSeconds(5400.5)), '1h30min500ms');
    assert.equal(printDuration(durationOfSeconds(172_800)), '48h');
    assert.equal(printDuration(durationOfSeconds(259_200)), '3d');
    assert.equal(printDuration(durationOfMonths(18)), '1y6mo');
  });

  it('adds to dates by the calendar', () => {
    const later = (date: string, text: string, times = 1): unknown => addDuration(dateFrom(date), durationFrom(text), times);
    assert.equal(later('2026-08-31', '6mo'), '2027-02-28');
    assert.equal(later('2024-02-29', '1y'), '2025-02-28');
    assert.equal(later('2026-01-31', '1mo', 2), '2026-03-31');
    assert.equal(later('2026-12-31', '1d'), '2027-01-01');
    assert.equal(later('2026-03-01', '6mo', -1), '2025-09-01');
    assert(isProblem(later('2026-01-01', '36h')));
    assert(isProblem(later('2026-01-01', '2 working days')));
  });

  it('what is printed reads back', () => {
    fc.assert(fc.property(fc.integer({ min: 0, max: 5_000_000_000 }), (milliseconds) => {
      assert.equal(secondsIn(printDuration(durationOfSeconds(milliseconds / 1000))), milliseconds / 1000);
    }));
    fc.assert(fc.property(fc.integer({ min: 0, max: 2400 }), (months) => {
      const back = durationFrom(printDuration(durationOfMonths(months)));
      assert(back.kind === 'calendar' && back.months === months);
    }));
  });

  it('any text gives a value or a reason', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.stringMatching(/^[0-9]{1,4} ?[a-z]{1,6} ?[0-9]{0,2}[a-z]{0,3}$/u)), (text) => {
      const value = parseDuration(text);
      if (isProblem(value)) {
        assert(value.problem.length > 0 && value.problem.length < 300);
        if (value.suggestion !== undefined) assert(!isProblem(parseDuration(value.suggestion)));
      } else assert.deepEqual(parseDuration(printDuration(value)), value);
    }));
  });
});
