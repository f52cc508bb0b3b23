import { catalogueProcesses } from '../../../language/catalogue/processes.ts';
import type { Agreement, Process, ServiceLevelTarget } from '../../../language/model/declarations.ts';
import type { Path } from '../../../language/model/fragment.ts';
import type { Model } from '../../../language/model/model.ts';
import { placeOf, shortfall, type Remark } from '../../assessment/remark.ts';
import { collection, type RuleContext } from '../../assessment/rule.ts';
import { counted, firstOf, named } from '../../assessment/wording.ts';
import { hasEnded } from '../../iso20000/agreements.ts';
import { clauseOfRecords, isWithin } from '../../iso20000/clause-of-records.ts';
import { endFields } from '../../measurement/end-fields.ts';
import { flowOf, type Flow } from './flow.ts';
import { amountOn, limitInWords, limitOfStep, longestPath, mainScale, nodesOnWays, timeLimit, type LongestPath, type PathQuestion, type TimeLimit, type TimeScale } from './time-limits.ts';

/** The longest way through a flow by the time limits of its steps. */
export interface FlowTime {
  readonly limit: TimeLimit;
  readonly way: LongestPath;
  /** What the nodes of the way take, as far as it is stated and can be compared, by their positions. */
  readonly amounts: ReadonlyMap<number, number>;
  /** Steps of the way that state no limit. */
  readonly withoutLimit: readonly number[];
  /** The same of other ways, which may thus take longer than the longest one that is known. */
  readonly withoutLimitElsewhere: readonly number[];
  /** Steps of the way whose limit runs by another clock, with it. */
  readonly notCounted: readonly { readonly node: number; readonly limit: TimeLimit }[];
}

type Processes = Pick<Model, 'get'>;

/** What called processes take, by their names and the scale; kept while one question is answered. */
export type KnownTimes = Map<string, number | undefined>;

/** What a node takes: its own limit, else what the process takes that it calls. */
function amountOfNode({ nodes }: Process, node: number, scale: TimeScale, model: Processes, calling: readonly string[], known: KnownTimes): number | undefined {
  const step = nodes[node];
  const own = limitOfStep(step);
  if (own) return amountOn(scale, own);
  if (step?.$type !== 'Step' || step.calls === undefined || calling.includes(step.calls)) return undefined;
  const key = `${step.calls} ${scale.unit} ${scale.clock ?? ''}`;
  if (known.has(key)) return known.get(key);
  const called = model.get('Process', step.calls);
  const amount = called && timeOfFlow(called, scale, model, {}, calling, known)?.limit.amount;
  known.set(key, amount);
  return amount;
}

/**
 * How long a process takes at most on a scale, by the limits that its steps state. A process that calls itself again is followed once.
 * Undefined where no step of any way states one that can be compared.
 */
export function timeOfFlow(process: Process, scale: TimeScale, model: Processes, question: Omit<PathQuestion, 'amount' | 'bound'> = {}, calling: readonly string[] = [], known: KnownTimes = new Map()): FlowTime | undefined {
  const flow = flowOf(process);
  const inner = [...calling, process.name];
  const amounts = new Map(process.nodes.map((_, node) => [node, amountOfNode(process, node, scale, model, inner, known)]));
  const way = longestPath(flow, { ...question, amount: (node) => amounts.get(node) ?? 0, bound: (node, arrow) => boundOf(process, node, arrow) });
  if (!way || ![...amounts.values()].some((amount) => amount !== undefined)) return undefined;
  const onWay = new Set(way.steps.map(({ node }) => node));
  const hasNoLimit = (node: number): boolean => process.nodes[node]?.$type === 'Step' && amounts.get(node) === undefined && !limitOfStep(process.nodes[node]);
  return {
    limit: { ...scale, amount: way.amount },
    way,
    amounts: new Map([...amounts].flatMap(([node, amount]) => (amount !== undefined && onWay.has(node) ? [[node, amount] as const] : []))),
    withoutLimit: [...onWay].filter(hasNoLimit),
    withoutLimitElsewhere: [...nodesOnWays(flow, question)].filter((node) => !onWay.has(node) && hasNoLimit(node)),
    notCounted: [...onWay].flatMap((node) => {
      const limit = limitOfStep(process.nodes[node]);
      return limit && amounts.get(node) === undefined ? [{ node, limit }] : [];
    }),
  };
}

function boundOf({ nodes }: Process, node: number, arrow: number): number | undefined {
  const decision = nodes[node];
  const most = decision?.$type === 'Decision' ? decision.branches[arrow]?.atMost : undefined;
  return most !== undefined && /^\d{1,3}$/.test(most) ? Number(most) : undefined;
}

/** The longest way on the scale that most limits of a process, its own and those of what it calls, are stated on. */
export function mainTimeOfFlow(process: Process, model: Processes): FlowTime | undefined {
  const limits: TimeLimit[] = [];
  const seen = new Set<string>();
  const open = [process];
  for (const one of open) {
    if (seen.has(one.name)) continue;
    seen.add(one.name);
    for (const node of one.nodes) {
      const limit = limitOfStep(node);
      if (limit) limits.push(limit);
      const called = node.$type === 'Step' && !limit ? model.get('Process', node.calls) : undefined;
      if (called) open.push(called);
    }
  }
  const scale = mainScale(limits);
  return scale && timeOfFlow(process, scale, model);
}

/** What an agreement promises about time, for records of a kind. */
interface PromisedTime {
  readonly agreement: Agreement['$key'];
  readonly agreementName: string;
  readonly index: number;
  readonly target: string;
  readonly measure: string;
  readonly within: string;
  readonly clock?: string;
  readonly priorities: readonly string[];
  readonly source?: string;
}

/** Kinds of records that a target is about where no source says so. */
const kindOfMeasure: Readonly<Record<string, string>> = { respond: 'incident', restore: 'incident', resolve: 'incident', fulfil: 'service-request', close: 'incident' };

const promisedTimes = collection('promised times', ['Agreement'], (agreement, { model, asOf }): readonly (readonly [string, PromisedTime])[] => {
  if (agreement.type !== 'sla' || hasEnded(agreement, asOf)) return [];
  return agreement.targets.flatMap((target, index) => {
    const { measure, within, priorities, source } = target;
    const kind = source === undefined ? kindOfMeasure[measure ?? ''] : model.get('Source', source)?.recordKind;
    if (within === undefined || measure === undefined || kind === undefined || isReplaced(agreement, target, asOf)) return [];
    const clock = target.clock ?? agreement.supportHours;
    return [[kind, { agreement: agreement.$key, agreementName: named(agreement), index, target: target.name, measure, within, ...(clock === undefined ? {} : { clock }), priorities, ...(source === undefined ? {} : { source }) }]];
  });
});

/** Whether a later statement of the same target is in force already. */
function isReplaced({ targets }: Agreement, { name, since }: ServiceLevelTarget, asOf: string): boolean {
  return targets.some((other) => other.name === name && other.since !== undefined && other.since <= asOf && (since === undefined || other.since > since));
}

/** Which steps of a process a source shows to be done by which field. */
const observedFields = collection('fields that show steps', ['Source'], ({ name, flow }) =>
  typeof flow?.process !== 'string' ? [] : flow.entries.flatMap(({ field, steps }) => (field === undefined ? [] : steps.map((step) => [flow.process, { source: name, field, step: step.replace(/^.*\./, '') }] as const))),
);

function kindsOf({ name, satisfies, implements: stands }: Process): readonly string[] {
  const own = satisfies.map((requirement) => requirement.replace(/^iso20000:/, ''));
  const clauses = [...own, ...catalogueProcesses.flatMap((process) => (process.id === name || stands.includes(process.id) ? process.clauses : []))];
  return Object.entries(clauseOfRecords).flatMap(([kind, clause]) => (clauses.some((one) => isWithin(one, clause)) ? [kind] : []));
}

const promisedUntil: Readonly<Record<string, string>> = { respond: 'work begins', restore: 'service is restored', resolve: 'it is resolved', fulfil: 'it is fulfilled', close: 'it is closed' };

/** Nodes with which a promise is kept: those that say so, else those that the source shows; none where nobody says so. */
function stepsThatReach(process: Process, { measure, source }: PromisedTime, { collected }: RuleContext): ReadonlySet<number> {
  const said = process.nodes.flatMap((node, index) => (node.$type === 'Step' && node.reaches.some((one) => one === measure) ? [index] : []));
  if (said.length > 0) return new Set(said);
  const shown = collected(observedFields, process.name).filter((one) => source === undefined || one.source === source);
  const field = endFields[measure]?.find((one) => shown.some((entry) => entry.field === one));
  const names = new Set(shown.flatMap((entry) => (entry.field === field ? [entry.step] : [])));
  return new Set(process.nodes.flatMap(({ name }, index) => (names.has(name) ? [index] : [])));
}

/** How a promise of an agreement fits with what the steps of a process may take. */
export interface PromiseCheck {
  readonly promise: PromisedTime;
  readonly promised: TimeLimit;
  /** Undefined where no step says that it keeps the promise, or no limit can be compared. */
  readonly time: FlowTime | undefined;
  readonly reachedBy: ReadonlySet<number>;
}

/** All promises about time that a process has to keep. What is promised until it is closed counts to the end of the flow. */
export function promiseChecks(process: Process, context: RuleContext): readonly PromiseCheck[] {
  const { model } = context;
  const checks: PromiseCheck[] = [];
  for (const promise of kindsOf(process).flatMap((kind) => context.collected(promisedTimes, kind))) {
    const promised = timeLimit(promise.within, promise.clock);
    if (!promised) continue;
    const reachedBy = stepsThatReach(process, promise, context);
    const isAsked = reachedBy.size > 0 || promise.measure === 'close';
    const time = isAsked
      ? timeOfFlow(process, promised, model, {
          ...(reachedBy.size > 0 ? { stops: (node: number) => reachedBy.has(node) } : {}),
          leavesOut: (node, arrow) => isForOthers(process, node, arrow, promise.priorities, model),
        })
      : undefined;
    checks.push({ promise, promised, time, reachedBy });
  }
  return checks;
}

/** Whether the limits of the steps fit a promise; undefined where that is not known, as something on the way states none or may happen again. */
export function isKept({ promised, time }: PromiseCheck): boolean | undefined {
  if (!time) return undefined;
  if (time.limit.amount > promised.amount) return false;
  return isLeast(time) ? undefined : true;
}

/** Whether a way may take longer than the longest that is known, as something states no limit that counts, or may happen again. */
export function isLeast({ withoutLimit, withoutLimitElsewhere, notCounted: others, way }: FlowTime): boolean {
  return withoutLimit.length > 0 || withoutLimitElsewhere.length > 0 || others.length > 0 || way.unbounded.length > 0;
}

/** Whether a branch is for priorities that a promise does not speak of: its outcome names one of them, by id or title. */
function isForOthers({ nodes }: Process, node: number, arrow: number, priorities: readonly string[], model: Processes): boolean {
  const decision = nodes[node];
  const outcome = decision?.$type === 'Decision' ? decision.branches[arrow]?.outcome : undefined;
  if (outcome === undefined || priorities.length === 0) return false;
  const isNamed = (id: string): boolean => outcome === id || model.get('Priority', id)?.title === outcome;
  if (priorities.some(isNamed)) return false;
  if (model.get('Priority', outcome)) return true;
  // Where a branch beside it is for one of these, a branch that names no priority is for the others.
  return decision?.$type === 'Decision' && decision.branches.some((branch) => priorities.some((id) => branch.outcome === id || model.get('Priority', id)?.title === branch.outcome));
}

/** Where the limits of the steps allow more than is promised. */
export function timeRemarks(process: Process, context: RuleContext): readonly Remark[] {
  if (!process.nodes.some((node) => node.$type === 'Step' && (node.within !== undefined || node.calls !== undefined))) return [];
  return [...promiseRemarks(process, context), ...closureRemarks(process, context), ...callTimeRemarks(process, context)];
}

function promiseRemarks(process: Process, context: RuleContext): readonly Remark[] {
  const broken = promiseChecks(process, context).flatMap((check) => (check.time && isKept(check) === false ? [{ ...check, time: check.time }] : []));
  const groups = new Map<string, (typeof broken)[number][]>();
  for (const check of broken) {
    const key = JSON.stringify([check.promise.measure, check.time.way.steps]);
    groups.set(key, [...(groups.get(key) ?? []), check]);
  }
  return [...groups.values()].map((checks) => {
    const [worst, ...others] = checks.toSorted((a, b) => a.promised.amount - b.promised.amount);
    const { promise, promised, time } = worst!;
    const whom = promise.priorities.length === 0 ? '' : ` of ${firstOf(promise.priorities)}`;
    return shortfall(
      `By the limits of its steps ${named(process)} may take ${limitInWords(time.limit)} until ${promisedUntil[promise.measure] ?? 'it is done'}, but the target ${promise.target}${whom} of ${promise.agreementName} promises ${limitInWords(promised)}: ${missing(time.limit.amount - promised.amount, promised)} too long. ${inWords(process, time)}${others.length === 0 ? '' : ` ${counted(others.length, 'other target')} of this kind ${others.length === 1 ? 'is' : 'are'} not kept either.`}`,
      {
        place: longestStep(process, time),
        related: [
          ...[worst!, ...others].slice(0, 10).map((one) => ({ place: { entity: one.promise.agreement, path: ['targets', one.promise.index, 'within'] }, message: `Promises ${limitInWords(one.promised)}` })),
          ...relatedLimits(process, time),
        ],
      },
    );
  });
}

function closureRemarks(process: Process, context: RuleContext): readonly Remark[] {
  const promised = timeLimit(process.closureWithin, process.closureClock);
  const time = promised && timeOfFlow(process, promised, context.model);
  if (!promised || !time || time.limit.amount <= promised.amount) return [];
  return [
    shortfall(`By the limits of its steps ${named(process)} may take ${limitInWords(time.limit)}, but it is to be closed within ${limitInWords(promised)}. ${inWords(process, time)}`, {
      place: placeOf(process, 'closureWithin'),
      related: relatedLimits(process, time),
    }),
  ];
}

/** Steps that allow less than the process that they call may take. */
function callTimeRemarks(process: Process, { model }: RuleContext): readonly Remark[] {
  return process.nodes.flatMap((node, index): readonly Remark[] => {
    const own = limitOfStep(node);
    const called = node.$type === 'Step' ? model.get('Process', node.calls) : undefined;
    const time = own && called && called.name !== process.name ? timeOfFlow(called, own, model, {}, [process.name]) : undefined;
    if (!own || !called || !time || time.limit.amount <= own.amount) return [];
    return [
      shortfall(`“${node.name}” is to be done within ${limitInWords(own)}, but ${named(called)}, which it calls, may take ${limitInWords(time.limit)} by the limits of its steps. ${inWords(called, time)}`, {
        place: placeOf(process, 'nodes', index, 'within'),
        related: relatedLimits(called, time),
      }),
    ];
  });
}

function missing(amount: number, scale: TimeScale): string {
  return limitInWords({ clock: undefined, unit: scale.unit, amount });
}

/** `Longest way: log 15min → fix 4h. Not counted: …` */
export function inWords(process: Process, time: FlowTime): string {
  const { way, amounts } = time;
  const flow = flowOf(process);
  const stated = way.steps.flatMap(({ node }) => {
    const amount = amounts.get(node);
    return amount === undefined ? [] : [`${flow.nodes[node]!.name} ${missing(amount, time.limit)}`];
  });
  const rest = notCounted(flow, time);
  return `Longest way: ${stated.length > 14 ? `${stated.slice(0, 13).join(' → ')} → … and ${stated.length - 13} more` : stated.join(' → ')}.${rest.length === 0 ? '' : ` Not counted: ${rest.join('; ')}.`}`;
}

/** What a longest way leaves out, each in words. */
export function notCounted({ nodes }: Flow, { way, withoutLimit, withoutLimitElsewhere, notCounted: others }: FlowTime): readonly string[] {
  const names = (positions: readonly number[]): string => firstOf(positions.map((node) => nodes[node]!.name), 4);
  return [
    ...(withoutLimit.length === 0 ? [] : [`${names(withoutLimit)}, which ${withoutLimit.length === 1 ? 'states' : 'state'} no limit`]),
    ...(withoutLimitElsewhere.length === 0 ? [] : [`on other ways ${names(withoutLimitElsewhere)}, which ${withoutLimitElsewhere.length === 1 ? 'states' : 'state'} no limit`]),
    ...others.map(({ node, limit }) => `${nodes[node]!.name}, ${limitInWords(limit)}, by another clock`),
    ...way.unbounded.map(({ node, arrow }) => {
      const { outcome, to } = nodes[node]!.arrows[arrow]!;
      return `going back from ${nodes[node]!.name}${outcome === undefined ? '' : ` (${outcome})`} to ${typeof to === 'number' ? nodes[to]!.name : to}, which may happen any number of times (at most N times)`;
    }),
  ];
}

function longestStep(process: Process, { amounts }: FlowTime): ReturnType<typeof placeOf> {
  const [node] = [...amounts].reduce((most, one) => (one[1] > most[1] ? one : most), [0, -1]);
  return placeOf(process, ...limitPath(process, node));
}

function limitPath({ nodes }: Process, node: number): Path {
  const step = nodes[node];
  return ['nodes', node, ...(step?.$type !== 'Step' ? ['name'] : step.within === undefined ? ['calls'] : ['within'])];
}

function relatedLimits(process: Process, { way, amounts, limit }: FlowTime): readonly { place: ReturnType<typeof placeOf>; message: string }[] {
  return way.steps.slice(0, 30).flatMap(({ node }) => {
    const amount = amounts.get(node);
    return amount === undefined ? [] : [{ place: placeOf(process, ...limitPath(process, node)), message: `${process.nodes[node]!.name}: ${missing(amount, limit)}` }];
  });
}
