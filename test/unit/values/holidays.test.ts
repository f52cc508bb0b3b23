import assert from 'node:assert/strict';
import { z } from 'zod';
import { dateOfDayNumber } from '../../../language/values/date.ts';
import { holidayRegion, holidayRegionCodes, type HolidayRegion } from '../../../language/values/holidays.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { sharedJson } from './shared-data.ts';

const fixtureSchema = z.array(z.object({ date: z.string(), type: z.string() }));

function region(code: string): HolidayRegion {
  const found = holidayRegion(code);
  assert(!isProblem(found), code);
  return found;
}

function datesOf(code: string, year: number): string[] {
  return [...new Set(region(code).inYear(year).map(({ day }) => dateOfDayNumber(day)))];
}

describe('public holidays', () => {
  for (const code of ['DE', 'DE-BY', 'GB', 'GB-SCT', 'JP', 'NL', 'US']) {
    for (const year of [2024, 2025, 2026, 2027]) {
      const fixture = sharedJson(`holidays-date-holidays/${code}-${year}.json`);
      const test = fixture === undefined ? it.skip : it;
      test(`${code} ${year} are those of the library's own fixtures`, () => {
        const expected = fixtureSchema.parse(fixture).filter(({ type }) => type === 'public').map(({ date }) => date.slice(0, 10));
        assert.deepEqual(datesOf(code, year), [...new Set(expected)]);
      });
    }
  }

  it('bank holidays of England differ from those of Scotland', () => {
    assert(datesOf('GB-ENG', 2026).includes('2026-04-06'));
    assert(!datesOf('GB-SCT', 2026).includes('2026-04-06'));
    assert(datesOf('GB-SCT', 2026).includes('2026-11-30'));
    assert(!datesOf('GB-ENG', 2026).includes('2026-11-30'));
  });

  it('only public ones count', () => {
    assert(!datesOf('US', 2026).includes('2026-02-14'));
  });

  it('a holiday of several days is one on each date', () => {
    // The library lets the feast of three days begin on the new year's day itself.
    assert.deepEqual(datesOf('KR', 2026).filter((date) => date.startsWith('2026-02')), ['2026-02-17', '2026-02-18', '2026-02-19']);
  });

  it('a holiday that begins in the evening takes the evening', () => {
    const eve = region('AU-SA').inYear(2026).find(({ fromMinutes }) => fromMinutes > 0);
    assert.deepEqual({ from: eve?.fromMinutes, to: eve?.toMinutes }, { from: 19 * 60, to: 24 * 60 });
  });

  it('an unknown region is said to be so, with the likely one', () => {
    const suggestionFor = (code: string): string | undefined => {
      const found = holidayRegion(code);
      assert(isProblem(found), code);
      return found.suggestion;
    };
    assert.equal(suggestionFor('UK'), 'GB');
    assert.equal(suggestionFor('gb-eng'), 'GB-ENG');
    assert.equal(suggestionFor('GB-SCO'), 'GB-SCT');
    assert.equal(suggestionFor('DE-XX-YY-ZZ'), undefined);
    assert.equal(suggestionFor('__proto__'), undefined);
    assert.equal(suggestionFor(''), undefined);
    assert(isProblem(holidayRegion('GB-constructor')));
  });

  it('every listed code is one that can be looked up', () => {
    for (const { code, name } of holidayRegionCodes()) assert.equal(region(code).name, name);
  });
});
