/** What agreements promised and promise. */
import type { Agreement, Credit } from '../../../language/model/declarations.ts';
import { secondsInWords, spacedDuration } from '../../../language/values/duration.ts';
import { limitInWords } from '../../../language/values/limit.ts';
import { listed } from '../../assessment/wording.ts';
import { orderedDetails, type Detail, type Effect } from './change.ts';
import { effectOfHours, type OpenYear } from './compared-hours.ts';
import { comparedTargets, comparedWorkload, type Sides, type StateReader } from './compared-targets.ts';
import { compareTexts, effectOfValues } from './quantities.ts';

/** The facts of an agreement that are compared here. */
export const factsOfPromises: ReadonlySet<string> = new Set([
  'targets', 'workloadLimits', 'credits', 'creditCap', 'fee', 'feePeriod', 'serviceHours', 'supportHours', 'onCallHours', 'services', 'validFrom', 'validTo', 'exceptions', 'noExceptions', 'updates',
]);

export function comparedAgreements({ before, after }: Sides<Agreement>, readers: Sides<StateReader>): readonly Detail[] {
  return [
    ...comparedTargets({ before: before.targets, after: after.targets }, readers),
    ...comparedWorkload({ before: before.workloadLimits, after: after.workloadLimits }),
    ...hoursDetails({ before, after }, readers),
    ...setDetails('service', before.services.map((id) => readers.before.rename('Service', id)), after.services, (id) => readers.after.titleOf('Service', id), (id) => readers.before.titleOf('Service', id)),
    ...validityDetails(before, after),
    ...updateDetails({ before, after }, readers),
    ...creditDetails({ before, after }),
    ...exceptionDetails(before, after),
  ];
}

const hours = [['service hours', 'serviceHours'], ['support hours', 'supportHours'], ['on-call hours', 'onCallHours']] as const;

/** Hours by what they are open, so that a change of the calendar itself is a change of what is promised. */
function hoursDetails({ before, after }: Sides<Agreement>, readers: Sides<StateReader>): readonly Detail[] {
  return hours.flatMap(([what, property]): readonly Detail[] => {
    const [one, other] = [before[property], after[property]];
    if (one === undefined && other === undefined) return [];
    if (other === undefined) return [{ what, before: readers.before.titleOf('Calendar', one ?? ''), effect: 'removed' }];
    if (one === undefined) return [{ what, after: readers.after.titleOf('Calendar', other), effect: 'added' }];
    const open = { before: readers.before.hoursOf(one), after: readers.after.hoursOf(other) };
    const isOther = readers.before.rename('Calendar', one) !== other;
    const effect = open.before && open.after ? effectOfHours(open.before, open.after) : isOther ? 'changed' : undefined;
    if (effect === undefined && !isOther) return [];
    return [{ what, before: hoursInWords(readers.before.titleOf('Calendar', one), open.before), after: hoursInWords(readers.after.titleOf('Calendar', other), open.after), effect: asPromise(effect) }];
  });
}

function asPromise(effect: Effect | undefined): Effect {
  return effect === 'extended' ? 'tightened' : effect === 'reduced' ? 'loosened' : 'changed';
}

export function hoursInWords(title: string, open: OpenYear | undefined): string {
  return open ? `${title} (${secondsInWords(open.seconds)} in twelve months)` : title;
}

/** What was in a list by name and is no more, and the other way round. */
export function setDetails(what: string, before: readonly string[], after: readonly string[], titleOf: (id: string) => string, titleBefore: (id: string) => string, effects: { readonly more: Effect; readonly less: Effect } = { more: 'added', less: 'removed' }): readonly Detail[] {
  return orderedDetails([
    ...before.filter((id) => !after.includes(id)).map((id): Detail => ({ what, before: titleBefore(id), effect: effects.less })),
    ...after.filter((id) => !before.includes(id)).map((id): Detail => ({ what, after: titleOf(id), effect: effects.more })),
  ]);
}

function validityDetails(before: Agreement, after: Agreement): readonly Detail[] {
  const inWords = ({ validFrom, validTo }: Agreement): string | undefined => (validFrom === undefined && validTo === undefined ? undefined : validTo === undefined ? `from ${validFrom}` : `${validFrom} to ${validTo}`);
  const [one, other] = [inWords(before), inWords(after)];
  if (one === other) return [];
  const starts = Math.sign(Number((after.validFrom ?? '') > (before.validFrom ?? '')) - Number((after.validFrom ?? '') < (before.validFrom ?? '')));
  const ends = Math.sign(Number((after.validTo ?? '9999') > (before.validTo ?? '9999')) - Number((after.validTo ?? '9999') < (before.validTo ?? '9999')));
  // Longer at one end and not shorter at the other.
  const effect: Effect = ends >= 0 && starts <= 0 ? 'extended' : ends <= 0 && starts >= 0 ? 'reduced' : 'changed';
  return [{ what: 'validity', ...(one === undefined ? {} : { before: one }), ...(other === undefined ? {} : { after: other }), effect }];
}

function updateDetails({ before, after }: Sides<Agreement>, readers: Sides<StateReader>): readonly Detail[] {
  const keyOf = (priorities: readonly string[]): string => priorities.toSorted().join(' ');
  const ones = before.updates.map((update) => ({ update, key: keyOf(update.priorities.map((id) => readers.before.rename('Priority', id))) }));
  const others = after.updates.map((update) => ({ update, key: keyOf(update.priorities) }));
  return [...new Set([...ones, ...others].map(({ key }) => key))].toSorted().flatMap((key): readonly Detail[] => {
    const [one, other] = [ones.find((each) => each.key === key)?.update, others.find((each) => each.key === key)?.update];
    const inWords = (update: Agreement['updates'][number], { titleOf }: StateReader): string => `every ${spacedDuration(update.interval)}${update.clock === undefined ? '' : ` in ${titleOf('Calendar', update.clock)}`}`;
    const words = { ...(one ? { before: inWords(one, readers.before) } : {}), ...(other ? { after: inWords(other, readers.after) } : {}) };
    const what = key === '' ? 'news' : `news of ${listed(key.split(' '))}`;
    if (!one || !other) return [{ what, ...words, effect: one ? 'removed' : 'added' }];
    const isSameClock = (one.clock === undefined ? undefined : readers.before.rename('Calendar', one.clock)) === other.clock;
    const effect = effectOfValues(one.interval, other.interval, 'loosened');
    return effect === undefined && isSameClock ? [] : [{ what, ...words, effect: isSameClock ? (effect ?? 'changed') : 'changed' }];
  });
}

/** A greater credit for the same miss binds the provider more. */
function creditDetails({ before, after }: Sides<Agreement>): readonly Detail[] {
  const local = (credit: Credit): string => credit.target.slice(credit.target.indexOf('.') + 1);
  const conditionOf = (credit: Credit): string => `${local(credit)} ${limitInWords(credit.comparison, credit.threshold)}`;
  const [ones, others] = [new Map(before.credits.map((credit) => [conditionOf(credit), credit.amount])), new Map(after.credits.map((credit) => [conditionOf(credit), credit.amount]))];
  const details = [...new Set([...ones.keys(), ...others.keys()])].toSorted().flatMap((condition) => valueDetail(`credit when ${condition}`, ones.get(condition), others.get(condition), 'tightened'));
  const [feeBefore, feeAfter] = [feeInWords(before), feeInWords(after)];
  const order = before.fee === undefined || after.fee === undefined || before.feePeriod !== after.feePeriod ? undefined : compareTexts(before.fee, after.fee);
  return [
    ...details,
    ...valueDetail('cap of credits', before.creditCap, after.creditCap, 'tightened'),
    ...(feeBefore === feeAfter || order === 0 ? [] : [{ what: 'fee', ...(feeBefore === undefined ? {} : { before: feeBefore }), ...(feeAfter === undefined ? {} : { after: feeAfter }), effect: order === undefined ? ('changed' as const) : order < 0 ? ('raised' as const) : ('lowered' as const) }]),
  ];
}

function valueDetail(what: string, before: string | undefined, after: string | undefined, moreIs: 'tightened' | 'loosened'): readonly Detail[] {
  const effect = effectOfValues(before, after, moreIs);
  return effect === undefined ? [] : [{ what, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }), effect }];
}

function feeInWords({ fee, feePeriod }: Agreement): string | undefined {
  return fee === undefined ? undefined : feePeriod === undefined ? fee : `${fee} per ${feePeriod}`;
}

/** What is excepted is not promised. */
function exceptionDetails(before: Agreement, after: Agreement): readonly Detail[] {
  const same = (text: string): string => text;
  const listedOnes = setDetails('exception', before.exceptions, after.exceptions, same, same, { more: 'loosened', less: 'tightened' });
  return before.noExceptions === after.noExceptions || listedOnes.length > 0 ? listedOnes : [{ what: 'no exceptions', effect: after.noExceptions ? 'added' : 'removed' }];
}
