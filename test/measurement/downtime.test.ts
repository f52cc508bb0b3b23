import assert from 'node:assert/strict';
import fc from 'fast-check';
import { epochSecondsOf } from '../../language/values/instant.ts';
import { mergeIntervals } from '../../language/values/intervals.ts';
import { downtimeOf, type Stretch } from '../../server/measurement/downtime.ts';

const services = ['mail', 'web', 'phone'] as const;
const interval = fc.tuple(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 25 }));
const stretch: fc.Arbitrary<Stretch> = fc.record({
  at: interval, service: fc.constantFrom(...services, 'other', undefined), users: fc.constantFrom(undefined, undefined, 0, 1, 3, 7, 50), excusedBy: fc.constantFrom(undefined, undefined, 'planned maintenance', 'force majeure'),
}).map(({ at: [from, length], ...rest }) => ({ from, to: from + length, ...rest }));
const weights = fc.record({ mail: fc.integer({ min: 1, max: 20 }), web: fc.integer({ min: 1, max: 9 }) });

/** Second by second and user by user. */
function slowly(stretches: readonly Stretch[], open: ReadonlySet<number>, users: ReadonlyMap<string | undefined, number>, weighted: boolean): { agreed: number; down: number; excused: Record<string, number> } {
  const result = { agreed: 0, down: 0, excused: {} as Record<string, number> };
  for (const [service, all] of users) {
    for (const second of open) {
      const now = stretches.filter(({ from, to, service: of }) => from <= second && second < to && (service === undefined || of === undefined || of === service));
      // The first kind that occurs at all excuses first.
      const kinds = stretches.flatMap(({ excusedBy }) => (excusedBy === undefined ? [] : [excusedBy]));
      const excuse = kinds.find((kind) => now.some(({ excusedBy }) => excusedBy === kind));
      if (excuse !== undefined) {
        result.excused[excuse] = (result.excused[excuse] ?? 0) + all;
        continue;
      }
      result.agreed += all;
      let reached = 0;
      for (const { users: of } of now) reached += weighted ? of ?? all : 1;
      result.down += Math.min(all, reached);
    }
  }
  return result;
}

describe('downtime', () => {
  it('is what counting second by second and user by user gives, and of single outages adds up', () => {
    fc.assert(fc.property(fc.array(stretch, { maxLength: 12 }), fc.array(interval, { maxLength: 6 }), fc.option(weights, { nil: undefined }), (unsorted, openings, users) => {
      const stretches = unsorted.toSorted((a, b) => a.from - b.from);
      const agreed = mergeIntervals(openings.map(([from, length]) => ({ from: epochSecondsOf(from), to: epochSecondsOf(from + length) })));
      const open = new Set(openings.flatMap(([from, length]) => Array.from({ length }, (_, index) => from + index)));
      const found = downtimeOf(stretches, agreed, users === undefined ? undefined : new Map(Object.entries(users)));
      const slow = slowly(stretches, open, users === undefined ? new Map([[undefined, 1]]) : new Map(Object.entries(users)), users !== undefined);
      assert.deepEqual([found.agreed, found.down, Object.fromEntries(found.excused.map(({ reason, amount }) => [reason.slice(3), Number(amount)]))], [slow.agreed, slow.down, slow.excused]);
      const sum = (ofExcused: boolean): number => stretches.reduce((total, { excusedBy }, index) => total + ((excusedBy !== undefined) === ofExcused ? found.shares[index]! : 0), 0);
      assert.deepEqual([sum(false), sum(true)], [found.down, Object.values(slow.excused).reduce((total, number) => total + number, 0)]);
      assert.ok(found.alone.every((alone, index) => alone >= found.shares[index]!));
    }), { numRuns: 3000 });
  });
});
