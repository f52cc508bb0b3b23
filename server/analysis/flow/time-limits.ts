import type { FlowNode } from '../../../language/model/declarations.ts';
import { durationOfSeconds, parseDuration, printDuration } from '../../../language/values/duration.ts';
import { isProblem } from '../../../language/values/problem.ts';
import type { Flow } from './flow.ts';

/** How time is counted: open seconds or working days of a calendar, elapsed seconds, or calendar months. */
export interface TimeScale {
  /** The calendar that must be open; undefined: time that passes. */
  readonly clock: string | undefined;
  readonly unit: 'seconds' | 'working days' | 'months';
}

/** A length of time on a scale. */
export interface TimeLimit extends TimeScale {
  readonly amount: number;
}

/** What a text such as `4h` or `2 working days` in a calendar says; undefined where it is no duration. */
export function timeLimit(text: string | undefined, clock: string | undefined): TimeLimit | undefined {
  const duration = text === undefined ? undefined : parseDuration(text);
  if (!duration || isProblem(duration)) return undefined;
  const on = clock === 'always' ? undefined : clock;
  switch (duration.kind) {
    case 'elapsed':
      return { clock: on, unit: 'seconds', amount: duration.seconds };
    case 'working days':
      return { clock: on, unit: 'working days', amount: duration.workingDays };
    case 'calendar':
      return { clock: on, unit: 'months', amount: duration.months };
  }
}

export function limitOfStep(node: FlowNode | undefined): TimeLimit | undefined {
  if (node?.$type !== 'Step' || node.within === undefined) return undefined;
  let limit = limits.get(node);
  if (limit === undefined) limits.set(node, (limit = timeLimit(node.within, node.clock) ?? null));
  return limit ?? undefined;
}

/** A declaration never changes; null: no duration. */
const limits = new WeakMap<FlowNode, TimeLimit | null>();

/**
 * How much of a scale a limit may use up, at the least: open time of a calendar takes as long or longer in time that passes; other
 * clocks, and working days and hours, are not compared.
 */
export function amountOn({ clock, unit }: TimeScale, limit: TimeLimit): number | undefined {
  if (limit.unit !== unit) return undefined;
  if (limit.clock === clock) return limit.amount;
  return clock === undefined && unit === 'seconds' ? limit.amount : undefined;
}

/** `3h20min in office`. */
export function limitInWords({ clock, unit, amount }: TimeLimit): string {
  const inClock = clock === undefined ? '' : ` in ${clock}`;
  switch (unit) {
    case 'seconds':
      return `${printDuration(durationOfSeconds(amount))}${inClock}`;
    case 'working days':
      return `${amount} working ${amount === 1 ? 'day' : 'days'}${inClock}`;
    case 'months':
      return `${amount}mo${inClock}`;
  }
}

/** The scale on which most limits of a flow are stated; of two that are as many the one that comes first. */
export function mainScale(limits: readonly TimeLimit[]): TimeScale | undefined {
  const counts = new Map<string, { readonly scale: TimeScale; count: number }>();
  for (const { clock, unit } of limits) {
    const key = `${unit} ${clock ?? ''}`;
    const known = counts.get(key);
    if (known) known.count++;
    else counts.set(key, { scale: { clock, unit }, count: 1 });
  }
  let best: { readonly scale: TimeScale; readonly count: number } | undefined;
  for (const one of counts.values()) if (!best || one.count > best.count) best = one;
  return best?.scale;
}

/** What a walk along the longest way needs to know of a flow. */
export interface PathQuestion {
  /** How long a node takes; nothing where that is not said. */
  amount(node: number): number;
  /** Where the way may end: the last of these that it comes by. Left out: at the end of the flow. */
  stops?(node: number): boolean;
  /** Whether a branch of a decision is not taken. */
  leavesOut?(node: number, arrow: number): boolean;
  /** How often a branch may be taken that leads back; undefined: that is not said. */
  bound?(node: number, arrow: number): number | undefined;
}

export interface PathStep {
  readonly node: number;
  /** Of a decision: the branch that is taken. */
  readonly arrow?: number;
}

export interface LongestPath {
  readonly amount: number;
  readonly steps: readonly PathStep[];
  /** Arrows that lead back and do not say how often: these are not followed. */
  readonly unbounded: readonly { readonly node: number; readonly arrow: number }[];
}

/** More states of nodes and rounds than this are not looked at; then no bound is followed. */
const mostStates = 20_000;

/**
 * The way through a flow that takes longest: of side-by-side branches the longest counts, and of decisions each branch may be taken. A
 * branch that leads back is taken as often as it says at most; where it does not say, it is not taken, and is told. Undefined where no
 * way leads where it is asked for.
 */
export function longestPath(flow: Flow, question: PathQuestion): LongestPath | undefined {
  const { nodes } = flow;
  if (nodes.length === 0) return undefined;
  const bounded = nodes.flatMap(({ arrows }, node) => arrows.flatMap((_, arrow): Bounded[] => {
    const most = question.bound?.(node, arrow);
    return most === undefined ? [] : [{ node, arrow, most }];
  }));
  return pathWith(flow, question, bounded) ?? pathWith(flow, question, []) ?? undefined;
}

interface Bounded {
  readonly node: number;
  readonly arrow: number;
  readonly most: number;
}

/** The position of a node; where branches are counted with how often each was taken. */
type StateKey = number | string;

/** Undefined where there are too many states, or no way leads there. */
function pathWith(flow: Flow, question: PathQuestion, counted: readonly Bounded[]): LongestPath | undefined {
  const { nodes } = flow;
  const indexOf = (node: number, arrow: number): number => counted.findIndex((one) => one.node === node && one.arrow === arrow);
  const back = backArrows(flow, (node, arrow) => indexOf(node, arrow) >= 0 || question.leavesOut?.(node, arrow) === true);
  const isBack = (node: number, arrow: number): boolean => back.some((one) => one.node === node && one.arrow === arrow);

  // A state is a node and how often each bounded branch was taken: no way comes by the same state twice.
  interface Known {
    readonly node: number;
    readonly taken: readonly number[];
    next: { readonly key: StateKey | undefined; readonly arrow: number }[];
    best?: { readonly amount: number; readonly arrow: number | undefined; readonly key: StateKey | undefined } | null;
  }
  const known = new Map<StateKey, Known>();
  // How often a branch was taken matters only as long as it can be taken again.
  const leading = counted.map(({ node }) => nodesBefore(flow, node));
  const keyOf = (node: number, taken: readonly number[]): StateKey => (taken.length === 0 ? node : `${node}|${taken.join()}`);
  const enter = (node: number, taken: readonly number[]): StateKey => {
    const key = keyOf(node, taken);
    if (!known.has(key)) known.set(key, { node, taken, next: [] });
    return key;
  };
  const open = [enter(0, counted.map(() => 0))];
  for (let key = open.at(-1); key !== undefined; key = open.at(-1)) {
    if (counted.length > 0 && known.size > mostStates) return undefined;
    const state = known.get(key)!;
    if (state.best !== undefined) {
      open.pop();
      continue;
    }
    const { node, taken } = state;
    const isStop = question.stops?.(node) === true;
    if (state.next.length === 0) {
      for (const [arrow, { to }] of nodes[node]!.arrows.entries()) {
        if (isBack(node, arrow) || question.leavesOut?.(node, arrow)) continue;
        if (to === 'end' && !question.stops) state.next.push({ key: undefined, arrow });
        if (typeof to !== 'number') continue;
        const index = indexOf(node, arrow);
        if (index >= 0 && taken[index]! >= counted[index]!.most) continue;
        state.next.push({ key: enter(to, taken.map((count, one) => (leading[one]!.has(to) ? count + (one === index ? 1 : 0) : 0))), arrow });
      }
    }
    const waiting = state.next.flatMap(({ key: next }) => (next !== undefined && known.get(next)!.best === undefined ? [next] : []));
    if (waiting.length > 0) {
      open.push(...waiting);
      continue;
    }
    open.pop();
    const own = question.amount(node);
    state.best = isStop ? { amount: own, arrow: undefined, key: undefined } : null;
    for (const { key: next, arrow } of state.next) {
      const rest = next === undefined ? { amount: 0 } : known.get(next)!.best;
      if (rest && (!state.best || own + rest.amount > state.best.amount)) state.best = { amount: own + rest.amount, arrow, key: next };
    }
  }
  const steps: PathStep[] = [];
  const first = known.get(keyOf(0, counted.map(() => 0)))!.best;
  if (!first) return undefined;
  for (let key: StateKey | undefined = keyOf(0, counted.map(() => 0)); key !== undefined; ) {
    const { node, best }: Known = known.get(key)!;
    steps.push({ node, ...(best?.arrow !== undefined && nodes[node]!.kind === 'decision' ? { arrow: best.arrow } : {}) });
    key = best?.key;
  }
  return { amount: first.amount, steps, unbounded: back };
}

/** All nodes that some way comes by: from the start to the end, or to the last node where it may end. */
export function nodesOnWays({ nodes }: Flow, { stops, leavesOut }: Pick<PathQuestion, 'stops' | 'leavesOut'>): ReadonlySet<number> {
  const before = nodes.map((): number[] => []);
  const last = new Set<number>();
  const reached = new Set(nodes.length > 0 ? [0] : []);
  for (const node of reached) {
    if (stops?.(node) === true) last.add(node);
    for (const [arrow, { to }] of nodes[node]!.arrows.entries()) {
      if (leavesOut?.(node, arrow) === true) continue;
      if (to === 'end' && !stops) last.add(node);
      if (typeof to !== 'number') continue;
      before[to]!.push(node);
      reached.add(to);
    }
  }
  for (const node of last) for (const from of before[node]!) last.add(from);
  return last;
}

/** The nodes from which arrows lead to one, itself among them. */
function nodesBefore({ nodes }: Flow, target: number): ReadonlySet<number> {
  const before = nodes.map((): number[] => []);
  for (const [node, { arrows }] of nodes.entries()) for (const { to } of arrows) if (typeof to === 'number') before[to]!.push(node);
  const found = new Set([target]);
  for (const node of found) for (const from of before[node]!) found.add(from);
  return found;
}

/** Arrows that lead back to a node on the way from the start, following arrows in the order of the text. */
function backArrows({ nodes }: Flow, skipped: (node: number, arrow: number) => boolean): readonly { readonly node: number; readonly arrow: number }[] {
  const state = nodes.map(() => 'new' as 'new' | 'open' | 'done');
  const back: { node: number; arrow: number }[] = [];
  const open = [{ node: 0, arrow: 0 }];
  state[0] = 'open';
  for (let top = open.at(-1); top; top = open.at(-1)) {
    const { node } = top;
    const arrow = nodes[node]!.arrows[top.arrow];
    const index = top.arrow++;
    if (!arrow) {
      state[node] = 'done';
      open.pop();
    } else if (typeof arrow.to === 'number' && !skipped(node, index)) {
      if (state[arrow.to] === 'open') back.push({ node, arrow: index });
      else if (state[arrow.to] === 'new') {
        state[arrow.to] = 'open';
        open.push({ node: arrow.to, arrow: 0 });
      }
    }
  }
  return back;
}
