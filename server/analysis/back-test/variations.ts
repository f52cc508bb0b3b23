import type { Agreement, ServiceLevelTarget, WorkloadLimit } from '../../../language/model/declarations.ts';
import { decimalFrom, multiply, parseDecimal, round } from '../../../language/values/decimal.ts';
import { durationOfSeconds, parseDuration, printDuration } from '../../../language/values/duration.ts';
import { isProblem } from '../../../language/values/problem.ts';

/** What is varied: the value that is promised, for how many of the records, or the hours in which the clock runs. */
export type Dimension = 'value' | 'share' | 'hours';

/** A target or workload limit as it might have been promised. */
export interface Variation {
  readonly dimension: Dimension;
  /** The value, share or calendar as it is written. */
  readonly says: string;
  /** It is what the agreement says. */
  readonly isDeclared: boolean;
}

export interface TargetVariation extends Variation {
  readonly target: ServiceLevelTarget;
}

export interface LimitVariation extends Variation {
  readonly limit: WorkloadLimit;
}

const timeFactors = [0.25, 0.5, 0.75, 1, 1.5, 2, 4];
const workloadFactors = [0.75, 0.9, 1, 1.1, 1.25, 1.5];
const shares = ['75%', '80%', '85%', '90%', '95%', '98%', '99%'];
const availabilities = ['98%', '99%', '99.5%', '99.8%', '99.9%', '99.95%', '99.99%'];
/** More calendars than these make a table that nobody reads. */
const mostCalendars = 6;

/** How a target might have been promised instead, one thing at a time; the declared value is among each. Nothing where it cannot be varied. */
export function variationsOf(target: ServiceLevelTarget, agreement: Agreement, calendars: readonly string[]): readonly TargetVariation[] {
  const found: TargetVariation[] = [];
  const add = (dimension: Dimension, declared: string, values: readonly string[], vary: (says: string) => Partial<ServiceLevelTarget>): void => {
    for (const says of [...new Set([...values, declared])].toSorted(inOrder)) found.push({ dimension, says, isDeclared: says === declared, target: { ...target, ...vary(says) } });
  };
  if (target.within !== undefined) {
    add('value', target.within, scaledTimes(target.within), (within) => ({ within }));
    if (target.share !== undefined) add('share', target.share, shares, (share) => ({ share }));
  } else if (target.measure === 'update' && target.interval !== undefined) {
    add('value', target.interval, scaledTimes(target.interval), (interval) => ({ interval }));
  } else if (target.measure === 'availability' && target.value !== undefined) {
    add('value', target.value, availabilities, (value) => ({ value }));
  }
  const own = target.clock ?? (target.measure === 'availability' ? agreement.serviceHours : agreement.supportHours) ?? 'always';
  if (target.metric === undefined) {
    const others = [...new Set([agreement.supportHours, agreement.serviceHours, agreement.onCallHours, 'always', ...calendars])].filter((id) => id !== undefined && id !== own && !(id === 'always' && isInWorkingDays(target))).slice(0, mostCalendars - 1) as string[];
    for (const clock of [own, ...others]) found.push({ dimension: 'hours', says: clock, isDeclared: clock === own, target: { ...target, clock } });
  }
  return found;
}

export function variationsOfLimit(limit: WorkloadLimit): readonly LimitVariation[] {
  const declared = parseDecimal(limit.value);
  if (isProblem(declared)) return [];
  const values = new Set(workloadFactors.map((factor): string => round(multiply(declared, decimalFrom(String(factor))), 0, 'half up')));
  return [...values, limit.value].filter((value, index, all) => all.indexOf(value) === index).toSorted(inOrder).map((says) => ({ dimension: 'value', says, isDeclared: says === limit.value, limit: { ...limit, value: says } }));
}

/** Working days are those on which a calendar is open: round the clock there are none. */
function isInWorkingDays({ within }: ServiceLevelTarget): boolean {
  const duration = within === undefined ? undefined : parseDuration(within);
  return duration !== undefined && !isProblem(duration) && duration.kind === 'working days';
}

/** The same length a few times shorter and longer, in words that people would write: `2 working days`, `6h`. */
function scaledTimes(text: string): readonly string[] {
  const duration = parseDuration(text);
  if (isProblem(duration)) return [];
  switch (duration.kind) {
    case 'elapsed': return timeFactors.filter((factor) => factor !== 1).map((factor) => printDuration(durationOfSeconds(Math.max(60, Math.round((duration.seconds * factor) / 60) * 60))));
    case 'working days': return [...new Set(timeFactors.map((factor) => Math.max(1, Math.round(duration.workingDays * factor))))].filter((days) => days !== duration.workingDays).map((days) => `${days} working ${days === 1 ? 'day' : 'days'}`);
    case 'calendar': return [];
  }
}

function inOrder(a: string, b: string): number {
  return sizeOf(a) - sizeOf(b);
}

function sizeOf(text: string): number {
  const duration = parseDuration(text);
  if (isProblem(duration)) return Number(text.replace(/%$/u, ''));
  return duration.kind === 'elapsed' ? duration.seconds : duration.kind === 'working days' ? duration.workingDays : duration.months;
}

