import { catalogue } from '../../../language/catalogue/catalogue.ts';
import type { Process, Source } from '../../../language/model/declarations.ts';
import type { Finding } from '../../../language/model/finding.ts';
import type { Path } from '../../../language/model/fragment.ts';
import type { Model } from '../../../language/model/model.ts';
import { recordKinds } from '../../../language/model/record-kinds.ts';
import { parsePercent, percentFrom, printPercent, printRatio, ratioMeets } from '../../../language/values/percent.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { compareVariants, type Activity, type Comparison } from '../../analysis/conformance/conformance.ts';
import { skippedControls, type Conformance, type Control } from '../../analysis/conformance/conformance-result.ts';
import { deviationInWords, stepInWords } from '../../analysis/conformance/in-words.ts';
import { observedNet, stepId, type ObservedNet, type StepName } from '../../analysis/conformance/observed-net.ts';
import { isElapsed } from '../clock-tables.ts';
import type { ExpressionProblem } from '../expression.ts';
import type { PeriodFrame } from '../period-frame.ts';
import { RecordQuery } from '../record-query.ts';
import type { SourceSession } from '../source-session.ts';
import { literal } from '../sql.ts';
import { readEventLog, type EventLog } from './event-log.ts';
import { observedActivities } from './observed-activities.ts';

export interface ConformanceContext {
  readonly model: Model;
  readonly frames: readonly PeriodFrame[];
  readonly report: (path: Path, problem: ExpressionProblem) => void;
  /** Lets others have their turn; throws when the run is to end. */
  readonly breathe: () => Promise<void>;
}

export interface ConformanceOutcome {
  readonly conformance?: Conformance;
  readonly findings: readonly Finding[];
}

/** Fields that say that a record ended, the strongest first. */
const endFields = ['closed', 'completed', 'ended', 'fulfilled', 'resolved', 'restored', 'reviewed'];

/** A process and those it calls, on however many ways: what a comparison depends on. */
export function processesCalled(model: Model, root: string): readonly Process[] {
  const found = new Map<string, Process>();
  const wanted = [root];
  for (let id = wanted.pop(); id !== undefined; id = wanted.pop()) {
    const process = found.has(id) ? undefined : model.get('Process', id);
    if (process === undefined) continue;
    found.set(id, process);
    for (const node of process.nodes) if (node.$type === 'Step' && node.calls !== undefined) wanted.push(node.calls);
  }
  return [...found.values()];
}

/** Compares what the records of a source show with the flow that the source names. Nothing where there is no such flow: that is reported where it is named. */
export async function measureConformance(session: SourceSession, context: ConformanceContext): Promise<ConformanceOutcome> {
  const { source } = session;
  const { flow } = source;
  const process = flow === undefined ? undefined : context.model.get('Process', flow.process);
  const plan = session.plan();
  if (flow === undefined || process === undefined || plan === undefined || process.nodes.length === 0) return { findings: [] };
  // Where the records stay in their database they are read for this.
  if (session.dialect.refusal !== undefined) throw session.dialect.refusal('its records are compared with a flow');
  const observed = observedActivities(flow);
  const net = observedNet(process, (id) => context.model.get('Process', id), observed.steps);
  const positions = new Map(net.steps.map((step, index) => [stepId(step), index]));
  const known: Activity[] = [...observed.texts].map(([text, steps]) => ({ text, steps: steps.flatMap((step) => positions.get(step) ?? []) }));
  const timed = [...observed.fields]
    .map(([field, steps]) => ({ field, steps: steps.flatMap((step) => positions.get(step) ?? []) }))
    .filter(({ field, steps }) => session.fieldIndex(field) !== undefined && steps.length > 0)
    .toSorted((a, b) => Math.min(...a.steps) - Math.min(...b.steps));
  const fields = timed.map(({ field, steps }) => ({ field, activity: known.push({ text: field, steps }) - 1 }));
  const problems: ExpressionProblem[] = [];
  const query = new RecordQuery(session, (problem) => problems.push(problem), { asOfTheDay: true });
  const end = endFields.find((field) => session.fieldIndex(field) !== undefined);
  const finished = flow.finished === undefined ? (end === undefined ? 'true' : `(${query.field(end)!.sql} IS NOT NULL)`) : query.compiler.condition(flow.finished, [])?.sql;
  for (const problem of problems) context.report(['flow', 'finished', ...problem.path], problem);
  const counted = query.field(recordKinds[source.recordKind]?.counted ?? '');
  const records = await session.records();
  const from = records === undefined ? undefined : await query.from(records);
  if (records === undefined || from === undefined || isProblem(from) || finished === undefined) return { findings: [] };
  const clock = flow.clock === undefined || isElapsed(flow.clock) ? undefined : await records.clockTables.joinOpen('c', 'e.at_ms', flow.clock);
  if (isProblem(clock)) return { findings: [] };
  const isHistory = records.changes !== undefined;
  const caseId = isHistory ? 'r.record_key' : 'r.rowid';
  // Of several records of one key the last says when it counts and whether it is finished.
  const single = isHistory && source.keep === 'all' ? ` WHERE r.rowid IN (SELECT max(rowid) FROM ${records.table} GROUP BY record_key)` : '';
  const log = await readEventLog({
    engine: records.engine,
    name: records.table,
    rows: isHistory && plan.activity !== undefined ? rowsOf(source, records.changes, session.asOf) : undefined,
    fields: fields.map(({ field, activity }) => ({ activity, query: `SELECT DISTINCT ${caseId} AS case_id, ${query.field(field)!.sql} AS at_ms FROM ${records.table} r WHERE ${query.field(field)!.sql} IS NOT NULL` })),
    clock,
    cases: `SELECT ${caseId} AS case_id, coalesce(r.record_key, 'row ' || (r.rowid + 1)) AS case_key, ${counted?.type === 'instant' ? counted.sql : 'NULL::BIGINT'} AS counted, coalesce(${finished}, false) AS finished FROM ${from}${single}`,
    frames: context.frames,
  }, known);
  const comparison = await compared(net, log, context);
  const conformance: Conformance = {
    source: source.name, recordKind: source.recordKind, process: process.name, periods: context.frames.map(({ period }) => period.id),
    comparison,
    waits: log.waits.map(({ from: before, to, ...wait }) => ({ from: before.map((step) => net.steps[step]!), to: to.map((step) => net.steps[step]!), ...wait })),
    ...(clock === undefined ? {} : { clock: flow.clock! }),
    events: log.events,
    ...(counted?.type === 'instant' ? { withoutStep: log.withoutStep } : {}),
    ...(flow.finished !== undefined ? { finishedBy: 'condition' } : end === undefined ? {} : { finishedBy: end }),
    unseen: net.unseen,
    unknownActivities: log.strangers,
    controls: controlsOf(net, context.model),
    dataHash: session.dataHash,
  };
  return { conformance, findings: findingsOf(conformance, source, context.model) };
}

/** The rows of a history that say what was done; with `changes of` only those whose text is another than before. */
function rowsOf({ flow }: Source, changes: string, asOf: number): string {
  const texts = (flow?.leftOut ?? []).map(literal);
  const onChange = flow?.activity?.$type === 'ChangesOf';
  const before = onChange ? ', lag(activity) OVER (PARTITION BY record_key ORDER BY history_at, rowid) AS before' : '';
  // What is left out is not there: who comes back from it to the same state has not changed it.
  const rows = `SELECT record_key AS case_id, history_at AS at_ms, rowid AS place, activity AS text${before} FROM ${changes} WHERE record_key IS NOT NULL AND history_at < ${asOf} AND activity IS NOT NULL${texts.length === 0 ? '' : ` AND activity NOT IN (${texts.join(', ')})`}`;
  return `SELECT case_id, at_ms, place, text FROM (${rows})${onChange ? ' WHERE text IS DISTINCT FROM before' : ''}`;
}

async function compared(net: ObservedNet, log: EventLog, { frames, breathe }: ConformanceContext): Promise<Comparison> {
  const work = compareVariants(net, log.activities, log.variants, frames.length);
  let step = work.next();
  for (; step.done !== true; step = work.next()) await breathe();
  const left = log.leftOut.reduce((sum, count) => sum + count, 0);
  const comparison = step.value;
  if (left === 0) return comparison;
  const add = <F extends Comparison['whole']>(fit: F, cases: number): F => ({ ...fit, cases: fit.cases + cases, notCompared: fit.notCompared + cases });
  return { ...comparison, variants: log.variantCount, whole: add(comparison.whole, left), byPeriod: comparison.byPeriod.map((fit, index) => add(fit, log.leftOut[index]!)), notCompared: 'limit' };
}

/** Steps that the log shows and that say which requirements they meet. */
function controlsOf({ steps }: ObservedNet, model: Model): readonly Control[] {
  return steps.flatMap((step): Control[] => {
    const node = nodeOf(step, model)?.node;
    return node?.$type === 'Step' && node.satisfies.length > 0 ? [{ step, requirements: node.satisfies.map((id) => id.replace(/^iso20000:/u, '')) }] : [];
  });
}

function nodeOf({ process, node }: StepName, model: Model): { readonly process: Process; readonly index: number; readonly node: Process['nodes'][number] } | undefined {
  const declared = model.get('Process', process);
  const index = declared?.nodes.findIndex(({ name }) => name === node) ?? -1;
  return declared === undefined || index === -1 ? undefined : { process: declared, index, node: declared.nodes[index]! };
}

function findingsOf(conformance: Conformance, source: Source, model: Model): readonly Finding[] {
  const { comparison, process, periods, unknownActivities } = conformance;
  const findings: Finding[] = [];
  const add = (path: Path, code: string, message: string, related: Finding['related'] = [], requirements: readonly string[] = []): void => {
    findings.push({ code, severity: 'warning', message, place: { entity: source.$key, path }, requirements, related, fixes: [] });
  };
  const stretch = periods.length === 1 ? `of ${periods[0]}` : `of ${periods[0]} to ${periods.at(-1)}`;
  if (unknownActivities.length > 0) {
    const rows = unknownActivities.reduce((sum, { events }) => sum + events, 0);
    const shown = unknownActivities.slice(0, 5).map(({ text, events }) => `“${text}” (${events})`).join(', ');
    add(['flow', 'activity'], 'data-unknown-value', `${rows} rows of ${source.name} say what stands for no step of ${process}: ${shown}${unknownActivities.length > 5 ? ', …' : ''}. They count as done outside the flow: name their steps, or leave them out.`);
  }
  for (const { control, deviations, cases, samples } of skippedControls(conformance)) {
    const node = nodeOf(control.step, model);
    const related = node === undefined ? [] : [{ place: { entity: node.process.$key, path: ['nodes', node.index, 'name'] }, message: `${stepInWords(control.step, model)}: what was not carried out in time` }];
    add(['flow', 'process'], 'control-skipped', `${stepInWords(control.step, model)} meets ${control.requirements.join(', ')} and was left out or done too late in ${cases} of ${comparison.whole.cases} cases ${stretch}: ${deviations.map((deviation) => deviationInWords(deviation, model)).join('; ')}. First: ${samples.join(', ')}.`, related, rowsNamed(control.requirements));
  }
  const low = lowFitness(conformance, stretch, source, model);
  if (low) add(low.path, 'fitness-low', low.message, low.related, [processesControlled]);
  if (comparison.notCompared === 'limit') add(['flow', 'process'], 'conformance-limit', `${comparison.whole.notCompared} of ${comparison.whole.cases} cases of ${source.name} were not compared with ${process}: there are too many different ways, or theirs is too long or its flow has too many states. All figures are about the others.`);
  if (comparison.notCompared === 'noEnd') add(['flow', 'process'], 'flow-no-end', `No run of ${process} comes to its end with nothing left over, so ${comparison.whole.notCompared} finished cases cannot be compared with it. Mend the flow first.`);
  return findings;
}

/** The row that asks to control processes by what was laid down for them. */
const processesControlled = '8.1.b';

/** Rows of the catalogue: as named, and those of a clause. */
function rowsNamed(references: readonly string[]): readonly string[] {
  return references.flatMap((one) => (catalogue.row(one) ? [one] : catalogue.rowsUnder(one).flatMap(({ id, kind }) => (kind === 'shall' ? [id] : []))));
}

/** How well records have to follow a flow where their source does not say. */
const defaultFitness = percentFrom('80');

/** A flow that is not followed well, whatever single step is missing; the most frequent deviations are named. */
function lowFitness({ comparison: { whole, deviations }, process }: Conformance, stretch: string, source: Source, model: Model): { readonly path: Path; readonly message: string; readonly related: Finding['related'] } | undefined {
  const declared = source.flow?.fitness === undefined ? undefined : parsePercent(source.flow.fitness);
  const least = declared === undefined || isProblem(declared) ? defaultFitness : declared;
  const ratio = { numerator: whole.worst - whole.cost, denominator: whole.worst };
  if (ratioMeets(ratio, '>=', least) !== false) return undefined;
  const most = deviations.slice(0, 3).map((deviation) => deviationInWords(deviation, model));
  const followed = model.get('Process', process);
  return {
    path: ['flow', declared === undefined ? 'process' : 'fitness'],
    message: `The flow of ${process} is followed with a fitness of ${printRatio(ratio, { comparison: '>=', percent: least })} (${ratio.numerator} of ${ratio.denominator}) by the cases ${stretch}: below ${printPercent(least)}, ${declared === undefined ? 'the default of this product' : `which ${source.name} asks for`}. ${whole.following} of ${whole.cases - whole.notCompared} compared cases follow it wholly. Most often: ${most.join('; ')}.`,
    related: followed === undefined ? [] : [{ place: { entity: followed.$key, path: ['name'] }, message: 'The flow that is not followed' }],
  };
}
