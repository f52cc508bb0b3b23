/**
 * How long services were not available, weighted or not: plain data in and out. Of outages that overlap, time is counted with the one that
 * began first, so that what is counted of each adds up to what is counted in all.
 */
import type { Exclusion } from './figure.ts';
import { mergeIntervals, subtractIntervals, totalSeconds, type IntervalSet } from '../../language/values/intervals.ts';
import { epochSecondsOf } from '../../language/values/instant.ts';

/** An outage as downtime sees it; moments in seconds. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  /** The service that was not available; undefined: the data does not say, so it was each of them. */
  readonly service: string | undefined;
  /** Whom it reached, where the data says so; else it reached all users. */
  readonly users: number | undefined;
  /** What it is excused by: it is taken out of both sides. */
  readonly excusedBy: string | undefined;
}

export interface Downtime {
  /** Of the agreed time, in seconds; in seconds times users where it is weighted. */
  readonly agreed: number;
  readonly down: number;
  /** What each stretch adds to `down`, or takes out of `agreed` where it is excused. */
  readonly shares: readonly number[];
  /** What each stretch would have added or taken out alone. */
  readonly alone: readonly number[];
  /** Time that is excused, by what excuses it. */
  readonly excused: readonly Exclusion[];
}

/**
 * @param stretches in the order in which they began
 * @param agreed service time without announced maintenance
 * @param weights users by service; undefined: not weighted, whatever is down of the services is down
 */
export function downtimeOf(stretches: readonly Stretch[], agreed: IntervalSet, weights: ReadonlyMap<string, number> | undefined): Downtime {
  const shares = stretches.map(() => 0);
  const alone = stretches.map(() => 0);
  const kinds = [...new Set(stretches.flatMap(({ excusedBy }) => (excusedBy === undefined ? [] : [excusedBy])))];
  const excusedOf = new Map<string, number>();
  let [whole, down] = [0, 0];
  for (const [service, users] of weights ?? [[undefined, 1] as const]) {
    const own = stretches.flatMap((stretch, index) => (service === undefined || stretch.service === undefined || stretch.service === service ? [index] : []));
    let time = agreed;
    const add = (those: readonly number[], capacity: (stretch: Stretch) => number): number => {
      const reached = reachedIn(those.map((index) => ({ ...stretches[index]!, users: Math.min(users, capacity(stretches[index]!)) })), time, users);
      for (const [position, index] of those.entries()) {
        shares[index]! += reached.shares[position]!;
        alone[index]! += reached.alone[position]!;
      }
      return reached.total;
    };
    for (const kind of kinds) {
      const those = own.filter((index) => stretches[index]!.excusedBy === kind);
      // What is excused is no agreed time for anybody, whomever it reached.
      excusedOf.set(kind, (excusedOf.get(kind) ?? 0) + add(those, () => users));
      time = subtractIntervals(time, mergeIntervals(those.map((index) => ({ from: epochSecondsOf(stretches[index]!.from), to: epochSecondsOf(stretches[index]!.to) }))));
    }
    whole += users * totalSeconds(time);
    down += add(own.filter((index) => stretches[index]!.excusedBy === undefined), (stretch) => (weights === undefined ? 1 : stretch.users ?? users));
  }
  const unit = weights === undefined ? 'seconds' : 'user-seconds';
  return { agreed: whole, down, shares, alone, excused: [...excusedOf].flatMap(([kind, amount]) => (amount > 0 ? [{ reason: `of ${kind}`, amount: String(amount), unit } as const] : [])) };
}

/** Users times seconds without service: never more users than there are, and of those whom several stretches reach each once. */
function reachedIn(stretches: readonly { readonly from: number; readonly to: number; readonly users: number }[], open: IntervalSet, most: number): { readonly total: number; readonly shares: readonly number[]; readonly alone: readonly number[] } {
  const openIn = openTime(open);
  const shares = stretches.map(() => 0);
  const alone = stretches.map(({ from, to, users }) => users * openIn(from, to));
  const concerned = stretches.flatMap((stretch, index) => (alone[index]! > 0 ? [index] : []));
  const moments = [...new Set(concerned.flatMap((index) => [stretches[index]!.from, stretches[index]!.to]))].sort((a, b) => a - b);
  let total = 0;
  let next = 0;
  let active: number[] = [];
  for (const [position, moment] of moments.entries()) {
    const until = moments[position + 1];
    if (until === undefined) break;
    for (; next < concerned.length && stretches[concerned[next]!]!.from <= moment; next++) active.push(concerned[next]!);
    active = active.filter((index) => stretches[index]!.to > moment);
    if (active.length === 0) continue;
    const seconds = openIn(moment, until);
    if (seconds === 0) continue;
    let left = most;
    for (const index of active) {
      const users = Math.min(left, stretches[index]!.users);
      shares[index]! += users * seconds;
      total += users * seconds;
      left -= users;
      if (left === 0) break;
    }
  }
  return { total, shares, alone };
}

/** How many seconds of a set there are between two moments. */
function openTime(open: IntervalSet): (from: number, to: number) => number {
  const before: number[] = [0];
  for (const { from, to } of open) before.push(before.at(-1)! + (to - from));
  const until = (moment: number): number => {
    let [low, high] = [0, open.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (open[middle]!.from < moment) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 0 : before[low - 1]! + Math.min(moment, open[low - 1]!.to) - open[low - 1]!.from;
  };
  return (from, to) => Math.max(0, until(to) - until(from));
}
