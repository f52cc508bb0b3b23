/**
 * Run rules: whether a series moved, told from noise. A trend is not the difference of two months.
 *
 * The rule is the shift rule of run charts: eight or more successive points on one side of the median. The median is
 * that of a baseline, the points before the last eight: half of a series lies above its own median, so among thirteen
 * months no run of eight could ever lie on one side of the median of the same thirteen. Points on the median neither
 * add to a run nor break it, and missing ones (no data, or a sample too small to count) likewise.
 *
 * With the smallest baseline of five points, chance alone produces such a run in 7 of 100 series (2 × C(5,3) / C(13,3));
 * a longer history makes it rarer.
 */

export const pointsForShift = 8;
export const pointsForBaseline = 5;

export interface Shift {
  /** Index of the first and last point of the run, in the series as given. */
  readonly from: number;
  readonly until: number;
  readonly side: 'above' | 'below';
  readonly points: number;
  /** The median of the baseline. */
  readonly median: number;
}

/** The median of the known values; undefined when there are none. */
export function median(values: readonly (number | undefined)[]): number | undefined {
  const known = values.filter((value): value is number => value !== undefined).toSorted((a, b) => a - b);
  const middle = Math.floor(known.length / 2);
  const upper = known[middle];
  if (upper === undefined) return undefined;
  const lower = known[middle - 1];
  return known.length % 2 === 1 || lower === undefined ? upper : (lower + upper) / 2;
}

/** The median of the points before the last eight; undefined when fewer than five of them are known. */
export function baselineMedian(values: readonly (number | undefined)[]): number | undefined {
  const baseline = values.slice(0, Math.max(0, values.length - pointsForShift)).filter((value) => value !== undefined);
  return baseline.length < pointsForBaseline ? undefined : median(baseline);
}

/** The latest shift in a series, or undefined when none is found or the series is too short to say. */
export function findShift(values: readonly (number | undefined)[]): Shift | undefined {
  const middle = baselineMedian(values);
  if (middle === undefined) return undefined;
  let found: Shift | undefined;
  let run: Shift | undefined;
  values.forEach((value, index) => {
    if (value === undefined || value === middle) return;
    const side = value > middle ? 'above' : 'below';
    run = run?.side === side ? { ...run, until: index, points: run.points + 1 } : { side, from: index, until: index, points: 1, median: middle };
    if (run.points >= pointsForShift) found = run;
  });
  return found;
}
