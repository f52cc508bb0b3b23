/** What service level targets promised and promise, and which of the two is more. */
import type { Agreement, ServiceLevelTarget } from '../../../language/model/declarations.ts';
import { spacedDuration } from '../../../language/values/duration.ts';
import { limitInWords } from '../../../language/values/limit.ts';
import { listed } from '../../assessment/wording.ts';
import { effectOfAll, type Detail, type Effect } from './change.ts';
import { effectOfHours, type OpenYear } from './compared-hours.ts';
import { effectOfLimits, effectOfValues } from './quantities.ts';

/** How names and hours of one state are known. */
export interface StateReader {
  /** The name of the other state for one of this state; the same where it is not renamed. */
  readonly rename: (type: string, id: string) => string;
  readonly titleOf: (type: string, id: string) => string;
  readonly hoursOf: (calendar: string) => OpenYear | undefined;
}

export interface Sides<T> {
  readonly before: T;
  readonly after: T;
}

/**
 * Targets by their names. Where one is stated again with a later day (`since`), what is in force is compared from each of these days on, so
 * that a successor that was added is told as a change from that day.
 */
export function comparedTargets({ before, after }: Sides<readonly ServiceLevelTarget[]>, readers: Sides<StateReader>): readonly Detail[] {
  return [...new Set([...before, ...after].map(({ name }) => name))].toSorted().flatMap((name) => {
    const sides = { before: versions(before, name), after: versions(after, name) };
    const days = [...new Set(['', ...[...sides.before, ...sides.after].map(({ since }) => since ?? '')])].toSorted();
    let told = '';
    return days.flatMap((day): readonly Detail[] => {
      const [one, other] = [inForce(sides.before, day), inForce(sides.after, day)];
      const detail = comparedTarget(name, one, other, readers);
      // The same difference as before that day goes on.
      const difference = JSON.stringify(detail ?? null);
      if (difference === told) return [];
      told = difference;
      return detail ? [day === '' ? detail : { ...detail, from: day }] : [];
    });
  });
}

function versions(targets: readonly ServiceLevelTarget[], name: string): readonly ServiceLevelTarget[] {
  return targets.filter((target) => target.name === name).toSorted((a, b) => ((a.since ?? '') < (b.since ?? '') ? -1 : (a.since ?? '') > (b.since ?? '') ? 1 : 0));
}

function inForce(targets: readonly ServiceLevelTarget[], day: string): ServiceLevelTarget | undefined {
  return targets.findLast(({ since }) => (since ?? '') <= day);
}

function comparedTarget(name: string, before: ServiceLevelTarget | undefined, after: ServiceLevelTarget | undefined, readers: Sides<StateReader>): Detail | undefined {
  const words = {
    ...(before === undefined ? {} : { before: targetInWords(before, readers.before) }),
    ...(after === undefined ? {} : { after: targetInWords(after, readers.after) }),
  };
  const what = `target ${name}`;
  if (before === undefined || after === undefined) return before === after ? undefined : { what, ...words, effect: before === undefined ? 'added' : 'removed' };
  const effects = effectsOf(before, after, readers);
  return effects.length === 0 ? undefined : { what, ...words, effect: effectOfAll(effects) };
}

/** What each part of a target's promise has become; parts that are the same are left out. */
function effectsOf(before: ServiceLevelTarget, after: ServiceLevelTarget, readers: Sides<StateReader>): readonly Effect[] {
  const metrics = [before.metric === undefined ? undefined : readers.before.rename('Metric', before.metric), after.metric];
  // Another kind of promise is neither more nor less.
  if (before.measure !== after.measure || metrics[0] !== metrics[1] || before.onAverage !== after.onAverage) return ['changed'];
  const effects: (Effect | undefined)[] = [];
  if (before.comparison !== undefined && before.value !== undefined && after.comparison !== undefined && after.value !== undefined) {
    effects.push(effectOfLimits({ comparison: before.comparison, value: before.value }, { comparison: after.comparison, value: after.value }));
  } else if (before.value !== after.value || before.comparison !== after.comparison) effects.push('changed');
  effects.push(
    promised(effectOfValues(before.within, after.within, 'loosened')),
    promised(effectOfValues(before.interval, after.interval, 'loosened')),
    promised(effectOfValues(before.share, after.share, 'tightened')),
    effectOfPriorities(before.priorities.map((id) => readers.before.rename('Priority', id)), after.priorities),
    effectOfPeriods(before, after),
    effectOfSample(before.minimumSample, after.minimumSample),
    effectOfClocks(before.clock, after.clock, readers),
  );
  const sources = [before.source === undefined ? undefined : readers.before.rename('Source', before.source), after.source];
  if (sources[0] !== sources[1] || withoutPlaces(before.filter) !== withoutPlaces(after.filter)) effects.push('changed');
  if (before.warning !== after.warning && effectOfValues(before.warning, after.warning, 'tightened') !== undefined) effects.push('changed');
  return effects.filter((effect) => effect !== undefined);
}

/** A part that came or went makes another promise. */
function promised(effect: Effect | undefined): Effect | undefined {
  return effect === 'added' || effect === 'removed' ? 'changed' : effect;
}

/** Without any, a target holds for all priorities. */
function effectOfPriorities(before: readonly string[], after: readonly string[]): Effect | undefined {
  const [isWithin, contains] = [before.every((one) => after.includes(one)), after.every((one) => before.includes(one))];
  if (isWithin && contains && (before.length === 0) === (after.length === 0)) return undefined;
  if (before.length === 0) return 'loosened';
  if (after.length === 0) return 'tightened';
  return isWithin ? 'tightened' : contains ? 'loosened' : 'changed';
}

const monthsOf: Readonly<Record<string, number>> = { month: 1, quarter: 3, year: 12 };

/**
 * What holds in every month holds in the quarter and the year that these make up, but not the other way round; likewise for days and
 * weeks. Weeks do not make up months. A metric may be anything: of it nothing is said.
 */
function effectOfPeriods(before: ServiceLevelTarget, after: ServiceLevelTarget): Effect | undefined {
  if (before.period === after.period) return undefined;
  const [one, other] = [before.period ?? '', after.period ?? ''];
  if (before.metric !== undefined || one === '' || other === '') return 'changed';
  const order = ['day', 'week'].includes(one) && ['day', 'week'].includes(other) ? (one === 'day' ? -1 : 1) : one === 'day' ? -1 : other === 'day' ? 1 : (monthsOf[one] ?? Number.NaN) - (monthsOf[other] ?? Number.NaN);
  return Number.isNaN(order) ? 'changed' : order < 0 ? 'loosened' : 'tightened';
}

/** The more records a verdict takes, the more periods have none. */
function effectOfSample(before: string | undefined, after: string | undefined): Effect | undefined {
  const effect = effectOfValues(before ?? '0', after ?? '0', 'loosened');
  return effect;
}

function effectOfClocks(before: string | undefined, after: string | undefined, readers: Sides<StateReader>): Effect | undefined {
  if ((before === undefined ? undefined : readers.before.rename('Calendar', before)) === after) return undefined;
  if (before === undefined || after === undefined) return 'changed';
  const [one, other] = [readers.before.hoursOf(before), readers.after.hoursOf(after)];
  const effect = one && other ? effectOfHours(one, other) : 'changed';
  // The more hours count, the sooner the same time is over.
  return effect === 'extended' ? 'tightened' : effect === 'reduced' ? 'loosened' : effect;
}

/** An expression as text, without where it stands. */
function withoutPlaces(value: unknown): string | undefined {
  return value === undefined ? undefined : JSON.stringify(value, (key, inner: unknown) => (key === '$at' ? undefined : inner));
}

/** `restore P1 within 4 h for 95% per month`. */
export function targetInWords(target: ServiceLevelTarget, { titleOf }: Pick<StateReader, 'titleOf'>): string {
  const measure = target.metric === undefined ? (target.measure ?? '') : titleOf('Metric', target.metric);
  const parts = [
    measure,
    target.priorities.length === 0 ? '' : listed(target.priorities),
    target.comparison === undefined ? '' : limitInWords(target.comparison, target.value ?? ''),
    target.within === undefined ? '' : `within ${spacedDuration(target.within)}`,
    target.interval === undefined ? '' : `every ${spacedDuration(target.interval)}`,
    target.share === undefined ? '' : `for ${target.share}`,
    target.onAverage ? 'on average' : '',
    target.clock === undefined ? '' : `in ${titleOf('Calendar', target.clock)}`,
    target.period === undefined ? '' : `per ${target.period}`,
    target.minimumSample === undefined ? '' : `from ${target.minimumSample} records on`,
    target.warning === undefined ? '' : `warning at ${spacedDuration(target.warning)}`,
    target.source === undefined ? '' : `measured from ${titleOf('Source', target.source)}`,
    target.filter === undefined ? '' : 'of the records that its condition takes',
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** How much a customer may ask for: the more, the more is promised. */
export function comparedWorkload({ before, after }: Sides<Agreement['workloadLimits']>): readonly Detail[] {
  return [...new Set([...before, ...after].map(({ name }) => name))].toSorted().flatMap((name): readonly Detail[] => {
    const [one, other] = [before.find((limit) => limit.name === name), after.find((limit) => limit.name === name)];
    const inWords = (limit: Agreement['workloadLimits'][number]): string => `${limitInWords(limit.comparison, limit.value)}${limit.period === undefined ? '' : ` per ${limit.period}`}`;
    const words = { ...(one ? { before: inWords(one) } : {}), ...(other ? { after: inWords(other) } : {}) };
    const what = `workload limit ${name}`;
    if (!one || !other) return [{ what, ...words, effect: one ? 'removed' : 'added' }];
    const limits = effectOfLimits(one, other);
    const rest = one.period !== other.period || one.source !== other.source || withoutPlaces(one.filter) !== withoutPlaces(other.filter);
    if (limits === undefined && !rest) return [];
    // A stricter limit on what comes in is a weaker promise.
    return [{ what, ...words, effect: rest || limits === undefined ? 'changed' : limits === 'tightened' ? 'loosened' : limits === 'loosened' ? 'tightened' : limits }];
  });
}
