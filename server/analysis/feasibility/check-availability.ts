import type { Agreement, EntityKey, ServiceLevelTarget } from '../../../language/model/declarations.ts';
import { periodInWords, periodOf, type Period } from '../../../language/values/period.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { serviceClocks } from '../../measurement/service-clocks.ts';
import { clockOf } from '../../measurement/target-clock.ts';
import { intersectIntervals, totalSeconds, type IntervalSet } from '../../../language/values/intervals.ts';
import { firstOf, listed } from '../../assessment/wording.ts';
import { all, compareFractions, difference, fraction, fractionOfPercent, nothing, over, printFraction, scaled, times, type Fraction, type Way } from './arithmetic.ts';
import type { Availability, Redundancy, Share } from './availability.ts';
import { Judgement, type FeasibilityCheck, type FeasibilityVerdict, type Link, type Remedy } from './check.ts';
import { currentTargets } from './in-force.ts';
import { availabilityPromise, availabilityTargets, periodKindOf } from './promises.ts';
import type { FeasibilityStudy } from './study.ts';
import { typeOf } from './support-graph.ts';

/** Digits that are printed of a percentage; its target may ask for more. */
const places = 6;

/** Each availability target of an agreement against what its services rest on. */
export function checkAvailability(agreement: Agreement, study: FeasibilityStudy): readonly Judgement[] {
  const { asOf } = study;
  const checks = availabilityTargets(agreement, asOf).flatMap(({ target, index }): Judgement[] => {
    const kind = periodKindOf(target);
    const required = fractionOfPercent(target.value);
    const judged = required && study.availabilityVerdict(agreement.$key, required, kind);
    return judged === undefined || required === undefined || (agreement.type !== 'sla' && judged.restsOnNothing)
      ? []
      : [new Judgement(judged.verdict, () => check(agreement, target, index, study.availability(agreement.$key, kind) ?? unplaced, required, study))];
  });
  const others = currentTargets(agreement, asOf).filter(({ target }) => target.measure === 'availability' && (target.filter !== undefined || target.weightedByUsers));
  return [...checks, ...others.map(({ target, index }) => Judgement.of(notCompared(target, index)))];
}

/** Of an agreement that is gone when somebody asks. */
const unplaced: Availability = { atLeast: nothing, atMost: all, isExact: true, shares: [], redundancies: [], unsupported: [] };

function verdictOf({ atLeast, atMost }: Pick<Availability, 'atLeast' | 'atMost'>, required: Fraction): FeasibilityVerdict {
  return compareFractions(atMost, required) < 0 ? 'notKept' : compareFractions(atLeast, required) >= 0 ? 'kept' : 'unknown';
}

function check(agreement: Agreement, target: ServiceLevelTarget, index: number, found: Availability, required: Fraction, study: FeasibilityStudy): FeasibilityCheck {
  const kind = periodKindOf(target);
  const period = periodOf(study.asOf, kind);
  const agreed = agreedSeconds(agreement, target, period, study);
  const per = kind;
  const verdict = verdictOf(found, required);
  const [isKept, isLost] = [verdict === 'kept', verdict === 'notKept'];
  const counted = isKept ? found.atLeast : found.atMost;
  const margin = agreed === undefined ? undefined : scaled(difference(counted, required), BigInt(agreed));
  const promise = availabilityInWords(target);
  const digits = Math.max(places, (target.value?.split('.')[1] ?? '').length);
  const percent = (value: Fraction): string => percentOf(value, digits);
  const { steps, weakest } = arithmetic(found, required, counted, agreed, period, study, percent);
  const open = found.unsupported.map((key) => study.nameOf(key));
  const promisedByNobody = `nobody promises the availability of ${firstOf(open, 3)}`;
  const lost = margin === undefined ? '' : `, ${minutesOf(scaled(margin, -1n), 'up')} a ${per} short`;
  const left = margin === undefined ? '' : `, which leaves ${minutesOf(margin, 'down')} a ${per} for what you do yourselves`;
  const summary = isLost
    ? `What it rests on allows ${percent(found.atMost)} at most${lost}${weakest === undefined ? '' : `; the weakest link is ${weakest}`}.`
    : isKept
      ? found.shares.length === 0 && found.redundancies.length === 0 ? 'It rests on nothing else.' : `What it rests on allows ${percent(found.atLeast)}${agreement.type === 'sla' ? left : margin === undefined ? '' : `, ${minutesOf(margin, 'down')} a ${per} more than is promised`}.`
      : found.unsupported.length > 0
        ? `It cannot be told: ${promisedByNobody}; without a failure there it would be ${percent(found.atMost)}${margin === undefined ? '' : `, ${minutesOf(margin, 'down')} a ${per} to spare`}.`
        : `It cannot be told: between ${percent(found.atLeast)} and ${percent(found.atMost)}; the structure is too large to be computed exactly.`;
  return {
    kind: 'availability',
    verdict,
    path: ['targets', index, 'name'],
    promise,
    summary,
    margin: isLost ? (margin === undefined ? 'cannot be kept' : `cannot be kept: ${minutesOf(scaled(margin, -1n), 'up')} a ${per} short`) : isKept ? (margin === undefined ? 'can be kept' : `can be kept: ${minutesOf(margin, 'down')} a ${per} left`) : found.unsupported.length > 0 ? `cannot be told: ${promisedByNobody}` : 'cannot be told: too large to be computed exactly',
    steps,
    links: found.shares.flatMap((share) => linkOf(share, study)),
    remedies: isLost ? remediesOf(agreement, found, required, kind, study) : [],
    unsupported: found.unsupported,
    notComparable: [],
    marginSeconds: margin === undefined ? null : printFraction(margin, 3, 'down'),
    ...(agreed === undefined ? {} : { figures: { target: target.value!, atLeast: percent(found.atLeast), atMost: percent(found.atMost), exact: found.isExact, period: period.id, agreedSeconds: agreed } }),
  };
}

function notCompared(target: ServiceLevelTarget, index: number): FeasibilityCheck {
  const reason = target.weightedByUsers ? 'it is weighted by users, and what lies underneath is not' : 'it is about a part of the outages only';
  return { kind: 'availability', verdict: 'unknown', path: ['targets', index, 'name'], promise: availabilityInWords(target), summary: `It cannot be told: ${reason}.`, margin: 'not comparable', steps: [], links: [], remedies: [], unsupported: [], notComparable: [reason], marginSeconds: null };
}

export function availabilityInWords(target: ServiceLevelTarget): string {
  return `“${target.name}” (availability ${target.comparison ?? '>='} ${target.value} per ${periodKindOf(target)})`;
}

/** `99.87%`, cut; with `…` where digits are cut off. */
function percentOf(value: Fraction, digits: number): string {
  const whole = scaled(value, 100n);
  const text = printFraction(whole, digits, 'down');
  return `${text}${isWhole(whole, text) ? '' : '…'}%`;
}

/** Whether nothing was cut off. */
function isWhole({ numerator, denominator }: Fraction, text: string): boolean {
  const [, decimals = ''] = text.split('.');
  return BigInt(text.replace('.', '')) * denominator === numerator * 10n ** BigInt(decimals.length);
}

/** Seconds as minutes with one digit, cut the way that flatters least. */
function minutesOf(seconds: Fraction, way: Way): string {
  return `${grouped(printFraction(scaled(seconds, 1n, 60n), 1, way))} min`;
}

function grouped(number: string): string {
  return number.replace(/\B(?<!\.\d*)(?=(\d{3})+(?!\d))/gu, ',');
}

/** The agreed service time of a period, announced maintenance taken out where the agreement excepts it. */
function agreedSeconds(agreement: Agreement, target: ServiceLevelTarget, period: Period, study: FeasibilityStudy): number | undefined {
  const open = agreedTime(agreement, target, period, study);
  return open && Math.round(totalSeconds(open));
}

export function agreedTime(agreement: Agreement, target: ServiceLevelTarget, period: Pick<Period, 'firstDay' | 'lastDay'>, study: FeasibilityStudy): IntervalSet | undefined {
  const calendar = clockOf(target, agreement);
  const excepts = agreement.exceptions.includes('maintenance');
  return study.remembered(`agreed ${calendar ?? ''} ${excepts ? (agreement.supportHours ?? '') : '-'} ${excepts} ${period.firstDay} ${period.lastDay}`, () => {
    const clocks = serviceClocks(calendar, agreement, excepts, study.clocks);
    if (isProblem(clocks)) return undefined;
    const { from, to } = clocks.hours.periodInterval({ ...periodOf(period.firstDay, 'day'), lastDay: period.lastDay });
    const hours = clocks.hours.openIntervals(from, to);
    const besides = clocks.besidesMaintenance?.openIntervals(from, to);
    if (isProblem(hours) || isProblem(besides)) return undefined;
    return besides === undefined ? hours : intersectIntervals(hours, besides);
  });
}

/** A target of an agreement as `“Databases” (uptime 99.95% per month)`. */
function linkOf({ agreement: key }: Pick<Share, 'agreement'>, study: FeasibilityStudy): readonly Link[] {
  const agreement = study.agreement(key);
  const promise = agreement && availabilityPromise(agreement, 'month', study.asOf);
  return agreement && promise ? [{ agreement: key, path: ['targets', promise.index, 'name'], message: `“${study.nameOf(key)}” promises ${promise.target.value} per ${periodKindOf(promise.target)}` }] : [];
}

interface Arithmetic {
  readonly steps: readonly string[];
  readonly weakest: string | undefined;
}

function arithmetic(found: Availability, required: Fraction, counted: Fraction, agreed: number | undefined, period: Period, study: FeasibilityStudy, percent: (value: Fraction) => string): Arithmetic {
  const factors: { readonly value: Fraction; readonly text: string; readonly name: string }[] = found.shares.map((share) => ({ value: share.share, ...shareInWords(share, period, study, percent) }));
  const notes: string[] = [];
  for (const redundancy of found.redundancies) {
    const said = redundancyInWords(redundancy, study, percent);
    if (redundancy.share !== undefined) factors.push({ value: redundancy.share, text: said, name: `the choice of ${membersOf(redundancy, study)}` });
    else notes.push(said);
  }
  if (factors.length === 0 && notes.length === 0) return { steps: [], weakest: undefined };
  const product = factors.length < 2 && found.isExact ? [] : [`${factors.length > 1 ? `${factors.map(({ value }) => percent(value)).join(' × ')} = ` : ''}${percent(counted)}${found.isExact ? '' : ' (bounded, not exact)'}`];
  const apart = compareFractions(counted, required) < 0 ? difference(required, counted) : difference(counted, required);
  const comparison = compareFractions(counted, required) < 0 ? `${percent(required)} − ${percent(counted)}` : `${percent(counted)} − ${percent(required)}`;
  const time = agreed === undefined ? [] : [`${comparison} = ${percent(apart)}, of ${grouped(String(Math.floor(agreed / 60)))} min agreed in ${periodInWords(period)}: ${minutesOf(scaled(apart, BigInt(agreed)), compareFractions(counted, required) < 0 ? 'up' : 'down')}`];
  const open = found.unsupported.map((key) => `Nobody promises the availability of ${study.nameOf(key)}${typeOf(key) === 'ConfigurationItem' ? ' (configuration item)' : ''}: counted as if it never failed in “at most”, and as nothing in “at least”`);
  const weakest = factors.reduce<(typeof factors)[number] | undefined>((worst, factor) => (worst === undefined || compareFractions(factor.value, worst.value) < 0 ? factor : worst), undefined);
  return { steps: [...factors.map(({ text }) => text), ...notes, ...product, ...time, ...open], weakest: weakest?.name };
}

function shareInWords(share: Share, period: Period, study: FeasibilityStudy, percent: (value: Fraction) => string): { readonly text: string; readonly name: string } {
  const agreement = study.agreement(share.agreement);
  const promise = agreement && availabilityPromise(agreement, period.kind, study.asOf);
  const name = `“${study.nameOf(share.agreement)}”`;
  const spread = promise?.spread;
  const stated = spread === undefined ? percent(share.promise) : `${percent(share.promise)} (${promise!.target.value} per ${spread.long.kind} allows all its downtime in ${periodInWords(spread.short)})`;
  const isWhole = compareFractions(share.beneath, all) === 0;
  return {
    name: `${name} with ${promise?.target.value ?? percent(share.promise)}`,
    text: isWhole ? `${name}: ${stated}` : `${name}: ${stated} ÷ ${percent(share.beneath)} of what it rests on itself = ${percent(share.share)}`,
  };
}

function membersOf({ choice }: Redundancy, study: FeasibilityStudy): string {
  return listed(choice.map((key) => study.nameOf(key)), 'or');
}

function redundancyInWords(redundancy: Redundancy, study: FeasibilityStudy, percent: (value: Fraction) => string): string {
  const members = membersOf(redundancy, study);
  const common = redundancy.common.length === 0 ? '' : `; not credited as redundant: ${redundancy.common.map(({ cause, of }) => `${listed(of.map((key) => study.nameOf(key)))} share ${causeInWords(cause, study)}`).join(', ')}`;
  if (redundancy.share !== undefined) return `Any of ${members}: ${percent(redundancy.share)}${common}`;
  if (redundancy.credited.length > 1) return `Any of ${members}: one of them is needed anyhow`;
  return `Any of ${members}${common}; ${listed(redundancy.credited.map((key) => study.nameOf(key)))} counts alone`;
}

function causeInWords(cause: EntityKey, study: FeasibilityStudy): string {
  const name = study.nameOf(cause);
  switch (typeOf(cause)) {
    case 'Supplier': return `the supplier ${name}`;
    case 'Site': return `the site ${name}`;
    case 'ConfigurationItem': return `the configuration item ${name}`;
    default: return `${name}, for which nobody promises anything`;
  }
}

/** At most so many ways out are named. */
const mostRemedies = 3;

/** What each alone would have to promise; where none can, what all would have to promise together. */
function remediesOf(agreement: Agreement, found: Availability, required: Fraction, kind: Period['kind'], study: FeasibilityStudy): readonly Remedy[] {
  const remedy = (share: Pick<Share, 'agreement'>, wanted: Fraction): readonly Remedy[] => linkOf(share, study).map((link) => ({ ...link, wanted: `promise at least ${printFraction(scaled(wanted, 100n), 3, 'up')}%` }));
  const alone = found.shares.flatMap((share) => {
    const wanted = study.wouldHaveToPromise(share.agreement, agreement.$key, required, kind);
    return wanted === undefined ? [] : remedy(share, wanted).map((one) => ({ ...one, message: `${one.message}; alone it would have to ${one.wanted}` }));
  });
  if (alone.length > 0) return alone.slice(0, mostRemedies);
  const product = found.shares.reduce((value, { share }) => times(value, cutUp(share)), all);
  if (compareFractions(product, nothing) === 0) return [];
  const level = equalShare(over(times(required, product), found.atMost), found.shares.length);
  if (level === undefined) return [];
  return study.wouldHaveToPromiseTogether(agreement.$key, level, kind).flatMap((one) =>
    remedy(one, one.promise).map((found) => ({ ...found, message: `${found.message}; none alone closes the gap; together with the others it would have to ${found.wanted}` })),
  );
}

/** To twelve digits: the product of many exact shares would have thousands. */
function cutUp({ numerator, denominator }: Fraction): Fraction {
  const unit = 10n ** 12n;
  return fraction((numerator * unit + denominator - 1n) / denominator, unit);
}

/** The smallest number of thousandths of a percent that, taken as each of so many factors, makes at least a product; undefined where 100% does not. */
function equalShare(product: Fraction, count: number): Fraction | undefined {
  if (count === 0 || compareFractions(product, all) > 0) return undefined;
  const steps = 100_000n;
  const reaches = (level: bigint): boolean => level ** BigInt(count) * product.denominator >= product.numerator * steps ** BigInt(count);
  let [low, high] = [0n, steps];
  while (high - low > 1n) {
    const middle = (low + high) / 2n;
    if (reaches(middle)) high = middle;
    else low = middle;
  }
  return fraction(high, steps);
}

