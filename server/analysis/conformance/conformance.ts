/**
 * What a log shows of how a flow is followed. Definitions:
 *
 * - A *case* is a record with the steps that the log shows of it, in order of time; a *variant* is such an order, with all cases that share it.
 * - Each variant is aligned with the flow at the least cost: see {@link Aligner}. A case that is not finished need not have come to the end.
 * - *Fitness* is 1 − cost ÷ worst cost, each summed over the cases; the worst is to find nothing of the log in the flow: all events of the case, and
 *   the shortest run of the flow if it is finished.
 */
import { Aligner, limitReached, type AlignmentLimits } from './alignment.ts';
import { deviationsOf, type Deviation } from './deviations.ts';
import type { ObservedNet, StepName } from './observed-net.ts';

/** Something that a log says was done. */
export interface Activity {
  /** As the log says it. */
  readonly text: string;
  /** The steps it stands for, by their positions in the net; none for what the flow does not have. */
  readonly steps: readonly number[];
}

/** Cases that did the same in the same order. */
export interface Variant {
  /** Activities by their positions. */
  readonly trace: readonly number[];
  readonly isFinished: boolean;
  /** Cases by period, in the order of the periods. */
  readonly cases: readonly number[];
  /** Keys of the first cases. */
  readonly samples: readonly string[];
}

/** How well cases follow the flow: numerator and denominator of fitness, and how many follow it wholly. */
export interface Fit {
  readonly cases: number;
  /** Cases that are not finished. */
  readonly open: number;
  /** Cases without any deviation. */
  readonly following: number;
  readonly cost: number;
  readonly worst: number;
  /** Cases that were not compared. */
  readonly notCompared: number;
}

export interface CountedDeviation {
  readonly kind: Deviation['kind'];
  /** What was skipped, done early or late. */
  readonly step?: StepName;
  /** What was done besides: as the log says it. */
  readonly activity?: string;
  /** The step before or after which, most often: see {@link Deviation}. */
  readonly beside?: StepName;
  /** Cases with it, and how often it occurs in them. */
  readonly cases: number;
  readonly occurrences: number;
  /** Cases by period. */
  readonly byPeriod: readonly number[];
  readonly samples: readonly string[];
}

export interface CountedVariant {
  readonly activities: readonly string[];
  readonly isFinished: boolean;
  readonly cases: number;
  /** Undefined where it was not compared. */
  readonly cost?: number;
  readonly samples: readonly string[];
}

export interface Comparison {
  readonly whole: Fit;
  readonly byPeriod: readonly Fit[];
  /** The most frequent first. */
  readonly deviations: readonly CountedDeviation[];
  readonly variants: number;
  readonly frequentVariants: readonly CountedVariant[];
  /** Why variants were not compared: the search came to its limit, or no run of the flow ends properly. */
  readonly notCompared?: 'limit' | 'noEnd';
}

const shownVariants = 50;
const samplesPerDeviation = 5;

interface Tally {
  cases: number;
  occurrences: number;
  readonly byPeriod: number[];
  readonly samples: string[];
  readonly beside: Map<number, number>;
  readonly deviation: Deviation;
}

/**
 * Compares variants with a flow. A generator, so that whoever runs it may stop and let others have their turn: it yields after each variant how
 * many are done.
 *
 * @param variants the most frequent first: they are compared first, before a limit is reached
 * @param periods how many periods their cases are counted in
 */
export function* compareVariants(net: ObservedNet, activities: readonly Activity[], variants: readonly Variant[], periods: number, limits: Partial<AlignmentLimits> = {}): Generator<number, Comparison> {
  const stepsOf = activities.map(({ steps }) => steps);
  const aligner = new Aligner(net, stepsOf, limits);
  const shortest = aligner.shortestRun();
  const fits = Array.from({ length: periods }, () => ({ cases: 0, open: 0, following: 0, cost: 0, worst: 0, notCompared: 0 }));
  const tallies = new Map<string, Tally>();
  const frequent: CountedVariant[] = [];
  let notCompared: Comparison['notCompared'];
  for (const [index, variant] of variants.entries()) {
    const { trace, isFinished, cases, samples } = variant;
    const alignment = shortest === undefined && isFinished ? undefined : shortest === limitReached ? limitReached : aligner.align(trace, isFinished);
    const isCompared = typeof alignment === 'object';
    if (!isCompared) notCompared = alignment === limitReached ? 'limit' : (notCompared ?? 'noEnd');
    const all = cases.reduce((sum, count) => sum + count, 0);
    const worst = trace.length + (isFinished && typeof shortest === 'number' ? shortest : 0);
    for (const [period, count] of cases.entries()) {
      const fit = fits[period]!;
      fit.cases += count;
      if (!isFinished) fit.open += count;
      if (!isCompared) fit.notCompared += count;
      else {
        if (alignment.cost === 0) fit.following += count;
        fit.cost += alignment.cost * count;
        fit.worst += worst * count;
      }
    }
    if (frequent.length < shownVariants) frequent.push({ activities: trace.map((activity) => activities[activity]!.text), isFinished, cases: all, samples, ...(isCompared ? { cost: alignment.cost } : {}) });
    if (isCompared && alignment.cost > 0) {
      const seen = new Set<string>();
      for (const deviation of deviationsOf(alignment, trace, net, stepsOf)) {
        const key = keyOf(deviation);
        let tally = tallies.get(key);
        if (tally === undefined) tallies.set(key, (tally = { cases: 0, occurrences: 0, byPeriod: fits.map(() => 0), samples: [], beside: new Map(), deviation }));
        tally.occurrences += all;
        const beside = besideOf(deviation);
        if (beside !== undefined) tally.beside.set(beside, (tally.beside.get(beside) ?? 0) + all);
        if (seen.has(key)) continue;
        seen.add(key);
        tally.cases += all;
        for (const [period, count] of cases.entries()) tally.byPeriod[period]! += count;
        for (const sample of samples) if (tally.samples.length < samplesPerDeviation) tally.samples.push(sample);
      }
    }
    yield index + 1;
  }
  const sum = (of: (fit: Fit) => number): number => fits.reduce((total, fit) => total + of(fit), 0);
  return {
    whole: { cases: sum((fit) => fit.cases), open: sum((fit) => fit.open), following: sum((fit) => fit.following), cost: sum((fit) => fit.cost), worst: sum((fit) => fit.worst), notCompared: sum((fit) => fit.notCompared) },
    byPeriod: fits,
    deviations: [...tallies.values()].toSorted((a, b) => b.cases - a.cases || (keyOf(a.deviation) < keyOf(b.deviation) ? -1 : 1)).map((tally) => counted(tally, net, activities)),
    variants: variants.length,
    frequentVariants: frequent,
    ...(notCompared === undefined ? {} : { notCompared }),
  };
}

function keyOf(deviation: Deviation): string {
  return `${deviation.kind} ${'step' in deviation ? deviation.step : deviation.activity}`;
}

function besideOf(deviation: Deviation): number | undefined {
  switch (deviation.kind) {
    case 'skipped': return deviation.before;
    case 'extra': return deviation.after;
    case 'unknown': return undefined;
    case 'early': case 'late': return deviation.other;
  }
}

function counted({ deviation, cases, occurrences, byPeriod, samples, beside }: Tally, net: ObservedNet, activities: readonly Activity[]): CountedDeviation {
  const [most] = [...beside].toSorted(([a, some], [b, more]) => more - some || a - b);
  return {
    kind: deviation.kind,
    ...('step' in deviation ? { step: net.steps[deviation.step]! } : { activity: activities[deviation.activity]!.text }),
    ...(most === undefined ? {} : { beside: net.steps[most[0]]! }),
    cases, occurrences, byPeriod, samples,
  };
}

/** Fitness as numerator and denominator; undefined where nothing was compared. */
export function fitness({ cost, worst, cases, notCompared }: Fit): { readonly numerator: number; readonly denominator: number } | undefined {
  if (cases === notCompared) return undefined;
  // Cases without an event, of a flow without a step that is seen, depart from nothing.
  return worst === 0 ? { numerator: 1, denominator: 1 } : { numerator: worst - cost, denominator: worst };
}
