import type { Agreement, ServiceLevelTarget } from '../../../language/model/declarations.ts';
import { addMonths, daysBetween, type IsoDate } from '../../../language/values/date.ts';
import { periodKinds, periodOf, periodsBetween, type Period, type PeriodKind } from '../../../language/values/period.ts';
import { all, compareFractions, fraction, fractionOfPercent, minus, nothing, times, type Fraction } from './arithmetic.ts';
import { currentTargets, type PlacedTarget } from './in-force.ts';

/** The period in which a target's figure is counted; a month where it names none, as in measuring. */
export function periodKindOf({ period }: Pick<ServiceLevelTarget, 'period'>): PeriodKind {
  return periodKinds.find((kind) => kind === period) ?? 'month';
}

/** A promise of availability: as stated, and what is left of it in a period of the asked length. */
export interface AvailabilityPromise extends PlacedTarget {
  readonly stated: Fraction;
  readonly value: Fraction;
  /** Set where the promise is counted over a longer period than asked: then all downtime that it allows may fall into one short one. */
  readonly spread: { readonly long: Period; readonly short: Period } | undefined;
}

/** Availability targets of an agreement that hold on a day, but those for a part of records and those weighted by users, which are other figures. */
export function availabilityTargets(agreement: Agreement, asOf: IsoDate): readonly PlacedTarget[] {
  return currentTargets(agreement, asOf).filter(({ target }) => target.measure === 'availability' && target.filter === undefined && !target.weightedByUsers && fractionOfPercent(target.value) !== undefined && target.comparison?.startsWith('<') !== true);
}

/**
 * What an agreement promises of availability in each period of a kind: of several targets the strictest. A promise over a shorter
 * period, kept in each, is kept over a longer one; one over a longer period leaves open how its downtime is spread, so that in the worst
 * case all of it falls into one shorter period.
 */
export function availabilityPromise(agreement: Agreement, kind: PeriodKind, asOf: IsoDate): AvailabilityPromise | undefined {
  let known = promises.get(agreement);
  if (known?.asOf !== asOf) promises.set(agreement, (known = { asOf, ofKind: new Map() }));
  let promise = known.ofKind.get(kind);
  if (promise === undefined && !known.ofKind.has(kind)) known.ofKind.set(kind, (promise = strictest(agreement, kind, asOf)));
  return promise;
}

/** A declaration never changes, and the same question comes for each agreement above. */
const promises = new WeakMap<Agreement, { readonly asOf: IsoDate; readonly ofKind: Map<PeriodKind, AvailabilityPromise | undefined> }>();

function strictest(agreement: Agreement, kind: PeriodKind, asOf: IsoDate): AvailabilityPromise | undefined {
  let best: AvailabilityPromise | undefined;
  for (const placed of availabilityTargets(agreement, asOf)) {
    const stated = fractionOfPercent(placed.target.value)!;
    const spread = worstSpread(periodKindOf(placed.target), kind, asOf);
    const value = spread === undefined ? stated : concentrated(stated, spread.long, spread.short);
    if (best === undefined || compareFractions(value, best.value) > 0) best = { ...placed, stated, value, spread };
  }
  return best;
}

function concentrated(stated: Fraction, long: Period, short: Period): Fraction {
  const left = minus(all, times(minus(all, stated), fraction(BigInt(daysOf(long)), BigInt(daysOf(short)))));
  return compareFractions(left, nothing) < 0 ? nothing : left;
}

/** The longest period of one kind against the shortest of another within it, of those that begin in the year from a day on. */
function worstSpread(stated: PeriodKind, asked: PeriodKind, asOf: IsoDate): { readonly long: Period; readonly short: Period } | undefined {
  if (periodKinds.indexOf(stated) <= periodKinds.indexOf(asked)) return undefined;
  const key = `${stated} ${asked} ${asOf}`;
  if (lastSpread.key === key) return lastSpread.spread;
  let worst: { readonly long: Period; readonly short: Period } | undefined;
  for (const short of periodsBetween(asked, asOf, addMonths(asOf, 12))) {
    const long = periodOf(short.firstDay, stated);
    if (worst === undefined || daysOf(long) * daysOf(worst.short) > daysOf(worst.long) * daysOf(short)) worst = { long, short };
  }
  lastSpread = { key, spread: worst };
  return worst;
}

/** The same question comes for each agreement of a project. */
let lastSpread: { key: string; spread: { readonly long: Period; readonly short: Period } | undefined } = { key: '', spread: undefined };

function daysOf({ firstDay, lastDay }: Period): number {
  return daysBetween(firstDay, lastDay) + 1;
}
