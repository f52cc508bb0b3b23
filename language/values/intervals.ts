import type { EpochSeconds } from './instant.ts';
import { secondsOf, type Seconds } from './instant.ts';

/** A stretch of time from one moment to another, the end not included. Empty when `to` is not after `from`. */
export interface Interval {
  readonly from: EpochSeconds;
  readonly to: EpochSeconds;
}

/**
 * Stretches of time that are in order, not empty, and neither overlap nor touch. Made by `mergeIntervals`; the set operations
 * below expect and return such lists, in time proportional to their lengths.
 */
export type IntervalSet = readonly Interval[];

export function mergeIntervals(intervals: Iterable<Interval>): IntervalSet {
  const sorted = [...intervals].filter(({ from, to }) => to > from).sort((a, b) => a.from - b.from);
  const merged: Interval[] = [];
  for (const interval of sorted) {
    const last = merged.at(-1);
    if (last === undefined || interval.from > last.to) merged.push(interval);
    else if (interval.to > last.to) merged[merged.length - 1] = { from: last.from, to: interval.to };
  }
  return merged;
}

export function intersectIntervals(a: IntervalSet, b: IntervalSet): IntervalSet {
  const common: Interval[] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    const [left, right] = [a[i]!, b[j]!];
    const from = left.from > right.from ? left.from : right.from;
    const to = left.to < right.to ? left.to : right.to;
    if (to > from) common.push({ from, to });
    if (left.to <= right.to) i++;
    else j++;
  }
  return common;
}

/** What of `a` is not in `b`. */
export function subtractIntervals(a: IntervalSet, b: IntervalSet): IntervalSet {
  const rest: Interval[] = [];
  let j = 0;
  for (const { from, to } of a) {
    while (j < b.length && b[j]!.to <= from) j++;
    let start = from;
    for (let k = j; k < b.length && b[k]!.from < to; k++) {
      if (b[k]!.from > start) rest.push({ from: start, to: b[k]!.from });
      start = b[k]!.to;
    }
    if (start < to) rest.push({ from: start, to });
  }
  return rest;
}

export function clipIntervals(intervals: IntervalSet, from: EpochSeconds, to: EpochSeconds): IntervalSet {
  return to > from ? intersectIntervals(intervals, [{ from, to }]) : [];
}

export function totalSeconds(intervals: IntervalSet): Seconds {
  let total = 0;
  for (const { from, to } of intervals) total += to - from;
  return secondsOf(total);
}
