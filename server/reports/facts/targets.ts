/** What agreements promise, in the words of a table. */
import type { Agreement, Metric, ServiceLevelTarget } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import type { Place } from '../../../language/model/finding.ts';
import { addDays, type IsoDate } from '../../../language/values/date.ts';
import type { Period } from '../../../language/values/period.ts';
import { wordsIn, type Words } from '../words/words.ts';
import { titleById, titlesById } from './names.ts';
import { deedInWords, targetInWords } from './promises-in-words.ts';
import { shortLengthInWords } from './quantities.ts';

export interface ServicePromise {
  readonly agreement: Agreement;
  readonly target: ServiceLevelTarget;
  /** `Restoration of P1 within 4h`, `Availability`, `Customer satisfaction`. */
  readonly name: string;
  /** The same as the subject of a sentence. */
  readonly subject: string;
  readonly basis: Basis;
  /** Where it is stated. */
  readonly place: Place;
  /** Of a target that changed within the period: what it was on which days, in order. */
  readonly changes?: readonly { readonly target: ServiceLevelTarget; readonly firstDay: IsoDate; readonly lastDay: IsoDate }[];
}

/** What a target was on which days of a period; empty where it was the same on all of them. */
function changesWithin(agreement: Agreement, name: string, period: Period): NonNullable<ServicePromise['changes']> {
  const stated = agreement.targets.filter((target) => target.name === name && (target.since ?? '') <= period.lastDay).toSorted((a, b) => ((a.since ?? '') < (b.since ?? '') ? -1 : 1));
  const first = stated.findLastIndex(({ since }) => (since ?? '') <= period.firstDay);
  const inForce = stated.slice(Math.max(0, first));
  if (inForce.length < 2) return [];
  return inForce.map((target, index) => {
    const next = inForce[index + 1]?.since;
    return { target, firstDay: index === 0 ? period.firstDay : (target.since as IsoDate), lastDay: next === undefined ? period.lastDay : addDays(next as IsoDate, -1) };
  });
}

/** As the days of figures are written everywhere. */
export function daysInWords({ firstDay, lastDay }: { readonly firstDay: string; readonly lastDay: string }, words: Words = wordsIn('en')): string {
  return words.say('{0} to {1}', words.date(firstDay), words.date(lastDay));
}

/** The targets of an agreement that are in force in a period: of several with one name the one in force on its first day, else the first after. */
export function targetsInForce(agreement: Agreement, period: Period): readonly { readonly target: ServiceLevelTarget; readonly index: number }[] {
  const current = new Map<string, { target: ServiceLevelTarget; index: number }>();
  agreement.targets.forEach((target, index) => {
    if (target.since !== undefined && target.since > period.lastDay) return;
    const known = current.get(target.name);
    if (known === undefined || ((target.since ?? '') >= (known.target.since ?? '') && (target.since ?? '') <= period.firstDay)) current.set(target.name, { target, index });
  });
  return [...current.values()].toSorted((a, b) => a.index - b.index);
}

/** Agreements that are valid on some day of a period; those without dates count as valid. */
export function agreementsInForce(model: Model, period: Period): readonly Agreement[] {
  return model.all('Agreement').filter((agreement) => (agreement.validFrom ?? '') <= period.lastDay && (agreement.validTo ?? '9999') >= period.firstDay);
}

export function promises(model: Model, agreement: Agreement, period: Period, words: Words = wordsIn('en')): readonly ServicePromise[] {
  return targetsInForce(agreement, period).map(({ target, index }) => {
    const changes = changesWithin(agreement, target.name, period);
    const names = new Set(changes.map((change) => targetName(model, change.target, words)));
    return {
      agreement,
      target,
      name: names.size < 2 ? targetName(model, target, words) : changes.map((change) => `${targetName(model, change.target, words)} (${daysInWords(change, words)})`).join('; '),
      subject: targetSubject(model, agreement, target, words),
      basis: basisOf(model, target),
      place: { entity: agreement.$key, path: ['targets', index] },
      ...(changes.length === 0 ? {} : { changes }),
    };
  });
}

function targetName(model: Model, target: ServiceLevelTarget, words: Words): string {
  return `${targetInWords(words, model, target, shortLengthInWords)}${ownClock(model, target)}`;
}

/** The clock that a target names for itself. */
function ownClock(model: Model, target: ServiceLevelTarget): string {
  return target.clock === undefined || target.metric !== undefined ? '' : ` (${titleById(model, 'Calendar', target.clock)})`;
}

function targetSubject(model: Model, agreement: Agreement, target: ServiceLevelTarget, words: Words): string {
  if (target.metric === undefined && target.measure === 'availability') return `${words.say('Availability of {0}', titlesById(model, 'Service', agreement.services))}${ownClock(model, target)}`;
  // Of an average the sentence itself says the time.
  const deed = target.metric === undefined && target.onAverage ? deedInWords(words, target) : undefined;
  return deed ?? targetInWords(words, model, target, shortLengthInWords);
}

/** What the numerator and denominator of a figure count: seconds of service, records that had a deadline, or records. */
export type Basis = 'time' | 'deadlines' | 'share';

export function basisOf(model: Model, target: ServiceLevelTarget): Basis {
  if (target.metric !== undefined) return metricBasis(model.get('Metric', target.metric));
  return target.measure === 'availability' ? 'time' : 'deadlines';
}

export function metricBasis(metric: Metric | undefined): Basis {
  return metric?.value?.$type === 'AvailabilityAggregate' ? 'time' : 'share';
}
