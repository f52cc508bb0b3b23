import type { Agreement, ServiceLevelTarget } from '../../language/model/declarations.ts';
import type { Path } from '../../language/model/fragment.ts';
import type { Model } from '../../language/model/model.ts';
import { recordKinds } from '../../language/model/record-kinds.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { add, decimalFrom, decimalOf, divide, multiply, type Decimal } from '../../language/values/decimal.ts';
import { parseDuration, secondsInWords, spacedDuration, type Duration } from '../../language/values/duration.ts';
import type { PeriodKind } from '../../language/values/period.ts';
import { isProblem, type Problem } from '../../language/values/problem.ts';
import { type Clocks } from './clock-tables.ts';
import type { Cell } from './engine.ts';
import type { CountedRecord, Figure, Subject } from './figure.ts';
import { pageOf, recordName, type FigureRow, type FigureRows, type ListPart, type Page } from './figure-rows.ts';
import { frameInWords, frameOf, framesBetween, framesOf, printLocal, validFrames, type PeriodFrame } from './period-frame.ts';
import { reasonOf, RecordQuery } from './record-query.ts';
import { numberOf, type LoadedRecords, type SourceSession } from './source-session.ts';
import { integer } from './sql.ts';
import { plain, type TargetStatement } from './subjects.ts';
import { endFields } from './end-fields.ts';
import { clockOf } from './target-clock.ts';
import { nameLiteral, type ExpressionProblem } from './expression.ts';
import type { TypedSql } from './typed-sql.ts';
import { judgeNumber, judgeRatio, shownQuotient, shownRatio, type Goal } from './verdicts.ts';

export { clockOf, endFields };

const doneWords: Readonly<Record<string, string>> = { respond: 'responded to', restore: 'restored', resolve: 'resolved', fulfil: 'fulfilled', close: 'closed' };

/** How many of the records that missed are listed. */
export const listedRecords = 20;

/** A time-based target in a period of its own validity. */
export interface TimeTarget {
  readonly subject: Subject;
  readonly agreement: Agreement;
  readonly statement: TargetStatement;
  /** Positions of the frames it applies to. */
  readonly frames: readonly PeriodFrame[];
}

export interface TimeTargetContext {
  readonly model: Model;
  readonly asOf: IsoDate;
  readonly periods: number;
  readonly clocks: Clocks;
  readonly report: (agreement: Agreement, path: Path, problem: ExpressionProblem) => void;
}

/** The zone in which periods begin and end: that of the clock, else that of the source's dates. */
export function zoneOf(calendar: string | undefined, session: SourceSession | undefined, clocks: Clocks): string {
  if (calendar !== undefined) {
    const clock = clocks.clock(calendar);
    if (!isProblem(clock)) return clock.timeZone.id;
  }
  return session?.zone ?? 'UTC';
}

/** The periods of a target's statements. A period in which the target changed is split at the date from which the new one applies. */
export function framesOfStatements(agreement: Agreement, statements: readonly TargetStatement[], zone: string, asOf: IsoDate, periods: number): readonly { readonly statement: TargetStatement; readonly frames: readonly PeriodFrame[] }[] {
  const kind: PeriodKind = statements[0]?.target.period ?? 'month';
  const frames = validFrames(framesOf(kind, periods, asOf, zone), agreement, zone);
  return statements.map((statement, index) => ({ statement, frames: framesBetween(frames, statement.target.since, statements[index + 1]?.target.since, zone) }));
}

/** What several targets have in common, so that one query answers all of them. */
interface Shape {
  readonly session: SourceSession;
  readonly endField: string;
  readonly calendar: string | undefined;
  readonly zone: string;
  readonly limit: Exclude<Duration, { kind: 'elapsed' }> | undefined;
  readonly targets: TimeTarget[];
}

const status = { met: 1, missed: 2, notDue: 3, withoutEnd: 4, backwards: 5, overdue: 6, unreadable: 7 } as const;

interface Tally {
  count: number;
  milliseconds: bigint;
  first: readonly bigint[];
}

/** Computes the figures of time-based targets that take their data from one source, in as few queries as there are kinds of clock. */
export async function measureTimeTargets(targets: readonly TimeTarget[], session: SourceSession, context: TimeTargetContext): Promise<readonly Figure[]> {
  const { shapes, refused } = shapesOf(targets, session, context);
  const figures: Figure[] = refused.flatMap(({ target, reason }) => unknownFigures(target, session, reason));
  const records = shapes.length > 0 ? await session.records() : undefined;
  for (const shape of shapes) {
    if (records === undefined) figures.push(...shape.targets.flatMap((one) => unknownFigures(one, session, `The data of ${session.source.name} cannot be read`)));
    else figures.push(...(await measureShape(shape, records, context)));
  }
  return figures;
}

/** The records behind the figure of a period, by the same judgement as the figure; a text says why there are none. */
export async function timeTargetRows(targets: readonly TimeTarget[], period: string, session: SourceSession, context: TimeTargetContext, page: Page): Promise<FigureRows | string> {
  const ofPeriod = targets.map((one) => ({ ...one, frames: one.frames.filter((frame) => frame.period.id === period) })).filter(({ frames }) => frames.length > 0);
  const { shapes, refused } = shapesOf(ofPeriod, session, context);
  if (refused[0] !== undefined) return refused[0].reason;
  const records = shapes.length > 0 ? await session.records() : undefined;
  if (records === undefined) return 'There is no record';
  const parts: ListPart[] = [];
  for (const shape of shapes) {
    const frames = allFrames(shape.targets, shape.zone, context);
    const compiled = await compileShape(shape, records, frames, () => undefined);
    if (typeof compiled === 'string') return compiled;
    if (compiled.judged === undefined) continue;
    const frame = frames.findIndex((one) => one.period.id === period);
    const [total] = await records.engine.row(`SELECT count(*) FROM (${compiled.judged}) j WHERE frame = ${frame}`);
    const order = `CASE WHEN j.status IN (${status.missed}, ${status.overdue}) THEN 0 WHEN j.status = ${status.met} THEN 2 ELSE 1 END`;
    const rows = async ({ skip, limit }: Page): Promise<readonly FigureRow[]> => {
      const found = await records.engine.rows(`SELECT j.rid, k.record_key, j.started, j.length, j.status, j.target FROM (${compiled.judged}) j JOIN ${records.table} k ON k.rowid = j.rid WHERE j.frame = ${frame} ORDER BY ${order}, j.started, j.rid, j.target OFFSET ${skip} LIMIT ${limit}`);
      return found.map(([id, key, began, length, state, target]) => ({
        key: recordName(key, id, session.source.recordKind), began: printLocal(Number(began), shape.zone),
        ...judged(Number(state), numberOf(length), shape, shape.targets[Number(target)]!.statement.target),
      }));
    };
    parts.push({ total: Number(total), rows });
  }
  return { ...(await pageOf(parts, page)), zone: shapes[0]!.zone };
}

/** What a record counted as in a figure, in the words of the figure. */
function judged(state: number, length: number | undefined, shape: Shape, target: ServiceLevelTarget): Pick<FigureRow, 'outcome' | 'why'> {
  const done = doneWords[target.measure ?? ''] ?? 'done';
  const took = length === undefined ? 'a time that is not known' : durationInWords(length);
  switch (state) {
    case status.met: return { outcome: target.onAverage ? 'counted' : 'met', why: `${done} after ${took}` };
    case status.missed: return { outcome: target.onAverage ? 'counted' : 'missed', why: `${done} after ${took}` };
    case status.overdue: return target.onAverage ? { outcome: 'left out', why: `still open after ${took}` } : { outcome: 'missed', why: `still open after ${took}` };
    case status.notDue: return { outcome: 'left out', why: target.onAverage ? `still open after ${took}` : `open, not yet due, after ${took}` };
    case status.withoutEnd: return { outcome: 'left out', why: `closed without a time of “${shape.endField}”` };
    case status.unreadable: return { outcome: 'left out', why: `“${shape.endField}” cannot be read` };
    default: return { outcome: 'left out', why: `“${shape.endField}” before “opened”` };
  }
}

/**
 * A table (rid, late) of the records that are past a target's time, whether finished since or still open; records that no target speaks of
 * are not in it. Undefined if there is no such target.
 */
export async function lateRecords(targets: readonly TimeTarget[], session: SourceSession, context: TimeTargetContext): Promise<string | undefined> {
  const { shapes } = shapesOf(targets, session, context);
  const records = shapes.length > 0 ? await session.records() : undefined;
  if (records === undefined) return undefined;
  const parts: string[] = [];
  for (const shape of shapes) {
    const compiled = await compileShape(shape, records, [shape.targets[0]!.frames[0]!], () => undefined);
    if (typeof compiled !== 'string' && compiled.judged !== undefined) parts.push(`SELECT rid, status IN (${status.missed}, ${status.overdue}) AS late FROM (${compiled.judged}) j`);
  }
  if (parts.length === 0) return undefined;
  const late = `SELECT rid, bool_or(late) AS late FROM (${parts.join(' UNION ALL ')}) parts GROUP BY rid`;
  // Where no table can be made it is worked out in each question.
  if (session.dialect.refusal !== undefined) return `(${late})`;
  const table = `late_${records.name}`;
  await records.engine.run(`CREATE OR REPLACE TEMP TABLE ${table} AS ${late}`);
  return table;
}

function shapesOf(targets: readonly TimeTarget[], session: SourceSession, context: TimeTargetContext): { readonly shapes: readonly Shape[]; readonly refused: readonly { readonly target: TimeTarget; readonly reason: string }[] } {
  const shapes = new Map<string, Shape>();
  const refused: { target: TimeTarget; reason: string }[] = [];
  for (const one of targets) {
    const { target } = one.statement;
    const within = parseDuration(target.within ?? '');
    const endField = endFields[target.measure ?? '']?.find((field) => session.fieldIndex(field) !== undefined);
    const calendar = clockOf(target, one.agreement);
    const refusal = refusalOf(one, session, within, endField, calendar);
    if (refusal !== undefined || isProblem(within) || endField === undefined) {
      refused.push({ target: one, reason: refusal ?? 'It cannot be computed' });
      continue;
    }
    const zone = zoneOf(calendar, session, context.clocks);
    const limit = within.kind === 'elapsed' ? undefined : within;
    const key = JSON.stringify([endField, calendar, zone, limit, target.period, plain(target.filter)]);
    const shape = shapes.get(key) ?? { session, endField, calendar, zone, limit, targets: [] };
    shape.targets.push(one);
    shapes.set(key, shape);
  }
  return { shapes: [...shapes.values()], refused };
}

function refusalOf({ statement: { target }, agreement }: TimeTarget, session: SourceSession, within: Duration | Problem, endField: string | undefined, calendar: string | undefined): string | undefined {
  const { source } = session;
  if (session.plan() === undefined) return `The data of ${source.name} cannot be read`;
  if (isProblem(within)) return within.problem;
  const counted = recordKinds[source.recordKind]?.counted ?? 'opened';
  if (session.fieldIndex(counted) === undefined) return `${source.name} maps no “${counted}”`;
  if (endField === undefined) return `${source.name} maps no ${(endFields[target.measure ?? ''] ?? [target.measure]).map((field) => `“${field}”`).join(' or ')}`;
  if (target.priorities.length > 0 && session.fieldIndex('priority') === undefined) return `${source.name} maps no “priority”`;
  if (within.kind === 'working days' && calendar === undefined) return `Working days need a calendar: ${agreement.name} has no support hours that close, and the target names no clock`;
  if (target.onAverage && within.kind !== 'elapsed') return 'An average can only be held against a fixed length of time';
  return undefined;
}

interface CompiledShape {
  readonly query: RecordQuery;
  /** One row per record: rid, started, ended, length, due_length, frame and what targets choose by. */
  readonly inner: string;
  /** One row per record and target: target, frame, rid, started, length, status. Undefined if no target applies to any frame. */
  readonly judged: string | undefined;
}

/** The queries of a shape, or why there are none. */
async function compileShape(shape: Shape, records: LoadedRecords, frames: readonly PeriodFrame[], report: (problem: ExpressionProblem) => void): Promise<CompiledShape | string> {
  const { session } = shape;
  const problems: ExpressionProblem[] = [];
  const query = new RecordQuery(session, (problem) => problems.push(problem));
  const counted = query.field(recordKinds[session.source.recordKind]?.counted ?? 'opened')!;
  const end = query.field(shape.endField)!;
  const closed = shape.endField === 'closed' ? undefined : query.field('closed');
  // What happened after the day as of which we look was not known on that day.
  const known: TypedSql = { type: 'instant', sql: `(CASE WHEN ${end.sql} < ${session.asOf} THEN ${end.sql} END)` };
  const until: TypedSql = { type: 'instant', sql: `coalesce(${known.sql}, ${session.asOf})` };
  const length = query.between(counted, until, shape.calendar);
  const limitSql = shape.limit === undefined ? undefined
    : query.dueLength(counted, shape.limit.kind === 'working days' ? { type: 'workingDays', sql: String(shape.limit.workingDays) } : { type: 'months', sql: String(shape.limit.months) }, shape.calendar);
  const filter = shape.targets[0]!.statement.target.filter;
  const condition = filter === undefined ? undefined : query.compiler.condition(filter, ['filter']);
  const wrong = reasonOf(problems);
  if (wrong !== undefined) {
    for (const problem of problems) report(problem);
    return wrong.problem;
  }
  const [service, customer, priority] = ['service', 'customer', 'priority'].map((field) => query.field(field));
  const from = await query.from(records);
  if (isProblem(from)) return from.problem;
  const columns = [
    'r.rowid AS rid', 'r.record_key', `${counted.sql} AS started`, `${known.sql} AS ended`, `${length.sql} AS length`,
    `${limitSql?.sql ?? 'CAST(NULL AS BIGINT)'} AS due_length`, `${frameOf(counted.sql, frames)} AS frame`,
    `${service?.sql ?? 'NULL'} AS service`, `${customer?.sql ?? 'NULL'} AS customer`, `${priority?.sql ?? 'NULL'} AS priority`,
    `${closed === undefined ? 'false' : `coalesce(${closed.sql} < ${session.asOf}, false)`} AS closed`,
    `${end.oddity === undefined ? 'false' : `(${end.oddity} = 1)`} AS unreadable`,
  ];
  const inner = `SELECT ${columns.join(', ')} FROM ${from}${condition === undefined ? '' : ` WHERE ${condition.sql}`}`;
  const rows = shape.targets.flatMap((one, index) => targetRows(one, index, frames, { service, customer, priority }));
  if (rows.length === 0) return { query, inner, judged: undefined };
  const judged = `SELECT t.target, q.frame, q.rid, q.started, q.length, ${statusSql()} AS status, q.record_key, q.due_length, q.ended FROM (${inner}) q JOIN (VALUES ${rows.join(', ')}) t(target, service, customer, priority, limit_ms, from_ms, to_ms, first_frame, last_frame) ON ${joinConditions(shape.targets, service !== undefined, customer !== undefined)}`;
  return { query, inner, judged };
}

async function measureShape(shape: Shape, records: LoadedRecords, context: TimeTargetContext): Promise<readonly Figure[]> {
  const frames = allFrames(shape.targets, shape.zone, context);
  const compiled = await compileShape(shape, records, frames, (problem) => {
    for (const one of shape.targets) context.report(one.agreement, ['targets', one.statement.index], problem);
  });
  if (typeof compiled === 'string') return shape.targets.flatMap((one) => unknownFigures(one, shape.session, compiled));
  const { query, inner, judged } = compiled;
  if (judged === undefined) return [];
  const { byTarget, details } = shape.session.dialect.refusal === undefined ? await tallied(query, records, inner, judged, shape) : await talliedElsewhere(records, judged, shape);
  return shape.targets.flatMap((one, index) => one.frames.map((frame) => figureOf(one, frame, byTarget.get(`${index} ${frames.findIndex(({ period }) => period.id === frame.period.id)}`) ?? new Map<number, Tally>(), shape, details, context.clocks)));
}

interface Tallied {
  /** By target and frame, then by status. */
  readonly byTarget: ReadonlyMap<string, ReadonlyMap<number, Tally>>;
  /** The first that missed, by the number of their row. */
  readonly details: ReadonlyMap<string, MissedDetail>;
}

function byTargetAndFrame(rows: readonly (readonly Cell[])[]): Map<string, Map<number, Tally>> {
  const byTarget = new Map<string, Map<number, Tally>>();
  for (const [target, frame, state, count, total, first] of rows) {
    const key = `${String(target)} ${String(frame)}`;
    const states = byTarget.get(key) ?? new Map<number, Tally>();
    byTarget.set(key, states);
    states.set(Number(state), { count: Number(count), milliseconds: bigOf(total), first: Array.isArray(first) ? (first as Cell[]).map(bigOf) : [] });
  }
  return byTarget;
}

async function tallied(query: RecordQuery, records: LoadedRecords, inner: string, judged: string, shape: Shape): Promise<Tallied> {
  const tallyTable = `tally_${records.name}`;
  await records.engine.run(`CREATE OR REPLACE TEMP TABLE ${tallyTable} AS SELECT target, frame, status, count(*), sum(length), min((started // 1000) * 2147483648 + rid, ${listedRecords}) FILTER (WHERE status IN (${status.missed}, ${status.overdue})) AS first FROM (${judged}) GROUP BY target, frame, status`);
  const byTarget = byTargetAndFrame(await records.engine.rows(`FROM ${tallyTable} ORDER BY target, frame, status`));
  return { byTarget, details: await missedDetails(tallyTable, query, records, inner, shape) };
}

/** Only sums come back, and the first that missed. */
async function talliedElsewhere(records: LoadedRecords, judged: string, shape: Shape): Promise<Tallied> {
  const byTarget = byTargetAndFrame(await records.engine.rows(`SELECT target, frame, status, count(*), sum(length) FROM (${judged}) j GROUP BY target, frame, status ORDER BY target, frame, status`));
  const missed = `status IN (${status.missed}, ${status.overdue})`;
  const details = new Map<string, MissedDetail>();
  if ([...byTarget.values()].some((states) => states.has(status.missed) || states.has(status.overdue))) {
    const second = shape.session.dialect.wholeQuotient('started', '1000');
    const rows = await records.engine.rows(`SELECT target, frame, status, rid, record_key, started, length, due_length, ended IS NULL FROM (SELECT *, row_number() OVER (PARTITION BY target, frame ORDER BY ${second}, rid) AS place FROM (${judged}) j WHERE ${missed}) m WHERE place <= ${listedRecords} ORDER BY target, frame, place`);
    for (const [target, frame, state, id, ...detail] of rows) {
      const tally = byTarget.get(`${String(target)} ${String(frame)}`)?.get(Number(state));
      if (tally !== undefined) tally.first = [...tally.first, (bigOf(detail[1]) / 1000n << 31n) + bigOf(id)];
      details.set(String(id), missedDetail(id, detail, shape));
    }
  }
  return { byTarget, details };
}

/** All frames that targets of one shape have, unclipped: validity is checked per target. */
function allFrames(targets: readonly TimeTarget[], zone: string, context: TimeTargetContext): readonly PeriodFrame[] {
  return framesOf(targets[0]!.statement.target.period ?? 'month', context.periods, context.asOf, zone);
}

/** What targets choose records by, as far as the source maps it. */
interface Choosing {
  readonly service: TypedSql | undefined;
  readonly customer: TypedSql | undefined;
  readonly priority: TypedSql | undefined;
}

function targetRows(one: TimeTarget, index: number, frames: readonly PeriodFrame[], { service, customer, priority }: Choosing): string[] {
  const { target } = one.statement;
  const within = parseDuration(target.within ?? '');
  const limit = isProblem(within) || within.kind !== 'elapsed' ? 'CAST(NULL AS BIGINT)' : integer(Math.round(within.seconds * 1000));
  if (one.frames.length === 0) return [];
  const positions = one.frames.map(({ period }) => frames.findIndex((frame) => frame.period.id === period.id));
  const validity = `${integer(Math.min(...one.frames.map(({ from }) => from)))}, ${integer(Math.max(...one.frames.map(({ to }) => to)))}, ${Math.min(...positions)}, ${Math.max(...positions)}`;
  // A name that is not declared is on no record.
  const known = (names: readonly string[], like: TypedSql | undefined): string[] => (like === undefined ? ['NULL'] : names.filter((name) => like.names?.has(name) ?? true).map((name) => nameLiteral(name, like)));
  const services = known(one.agreement.services, service);
  const customers = one.agreement.customer === undefined ? ['NULL'] : known([one.agreement.customer], customer);
  const priorities = target.priorities.length > 0 ? known(target.priorities, priority) : ['NULL'];
  return services.flatMap((ofService) => customers.flatMap((ofCustomer) => priorities.map((ofPriority) => `(${index}, ${ofService}, ${ofCustomer}, ${ofPriority}, ${limit}, ${validity})`)));
}

function joinConditions(targets: readonly TimeTarget[], byService: boolean, byCustomer: boolean): string {
  const prioritised = targets.map(({ statement }) => statement.target.priorities.length > 0);
  const conditions = ['q.frame BETWEEN t.first_frame AND t.last_frame', 'q.started >= t.from_ms', 'q.started < t.to_ms'];
  if (byService) conditions.unshift('t.service = q.service');
  if (prioritised.every(Boolean)) conditions.unshift('t.priority = q.priority');
  else if (prioritised.some(Boolean)) conditions.push('(t.priority IS NULL OR t.priority = q.priority)');
  if (byCustomer && targets.some(({ agreement }) => agreement.customer !== undefined)) conditions.push('(t.customer IS NULL OR t.customer = q.customer)');
  return conditions.join(' AND ');
}

function statusSql(): string {
  const late = 'q.length > coalesce(t.limit_ms, q.due_length)';
  return `(CASE WHEN q.ended IS NULL THEN (CASE WHEN q.unreadable THEN ${status.unreadable} WHEN q.closed THEN ${status.withoutEnd} WHEN ${late} THEN ${status.overdue} ELSE ${status.notDue} END) WHEN q.ended < q.started THEN ${status.backwards} WHEN ${late} THEN ${status.missed} ELSE ${status.met} END)`;
}

interface MissedDetail {
  readonly key: string;
  readonly started: number;
  readonly length: number;
  readonly dueLength: number | undefined;
  readonly open: boolean;
}

const rowMask = (1n << 31n) - 1n;

async function missedDetails(tallyTable: string, query: RecordQuery, records: LoadedRecords, inner: string, shape: Shape): Promise<ReadonlyMap<string, MissedDetail>> {
  const all = await query.from(records);
  const few = await query.from(records, `rowid IN (SELECT unnest(first) & ${rowMask} FROM ${tallyTable})`);
  if (isProblem(all) || isProblem(few)) return new Map();
  const rows = await records.engine.rows(`SELECT q.rid, q.record_key, q.started, q.length, q.due_length, q.ended IS NULL FROM (${inner.replace(` FROM ${all}`, ` FROM ${few}`)}) q`);
  return new Map(rows.map(([id, ...detail]) => [String(id), missedDetail(id, detail, shape)]));
}

function missedDetail(id: Cell | undefined, [key, started, length, due, open]: readonly Cell[], { session }: Shape): MissedDetail {
  const kind = session.source.recordKind;
  return { key: recordName(key, id, kind), started: Number(started), length: Number(length), dueLength: numberOf(due), open: open === true };
}

function figureOf(one: TimeTarget, frame: PeriodFrame, states: ReadonlyMap<number, Tally>, shape: Shape, details: ReadonlyMap<string, MissedDetail>, clocks: Clocks): Figure {
  const { target } = one.statement;
  const count = (...wanted: number[]): number => wanted.reduce((sum, state) => sum + (states.get(state)?.count ?? 0), 0);
  const unknown = count(status.withoutEnd, status.backwards, status.unreadable);
  const plural = pluralOf(shape.session.source.recordKind);
  const done = doneWords[target.measure ?? ''] ?? 'done';
  const excluded = [
    ...part(count(status.notDue) + (target.onAverage ? count(status.overdue) : 0), target.onAverage ? 'still open' : 'open, not yet due'),
    ...part(count(status.withoutEnd), `closed without a time of “${shape.endField}”`),
    ...part(count(status.unreadable), `“${shape.endField}” cannot be read`),
    ...part(count(status.backwards), `“${shape.endField}” before “opened”`),
  ];
  const minimumSample = target.minimumSample === undefined ? undefined : Number(target.minimumSample);
  const clock = `${shape.calendar === undefined ? 'elapsed time' : `open time of ${clocks.titleOf(shape.calendar)}`}${shape.session.plan()?.pause === undefined ? '' : ', less pauses'}`;
  const whose = `${clocks.titlesOfServices(one.agreement.services)}${target.priorities.length > 0 ? `, ${target.priorities.join(', ')}` : ''}${shape.session.fieldIndex('service') === undefined ? ' – the source does not say which service' : ''}`;
  const scope = `${plural} opened in ${frameInWords(frame)} (${whose})`;
  const leftOut = excluded.length === 0 ? '' : ` Left out: ${excluded.map(({ reason, amount }) => `${amount} ${reason}`).join('; ')}.`;
  const missed = missedRecords(states, details, shape, target.within ?? '', done, clocks);
  const base = { subject: one.subject, period: frame.period.id, ...(frame.part === undefined ? {} : { days: frame.part }), excluded, missed, source: shape.session.source.name, dataHash: shape.session.dataHash };
  if (target.onAverage) {
    const goal: Goal = { comparison: '<=', value: target.within ?? '', ...(target.warning === undefined ? {} : { warning: target.warning }) };
    const known = count(status.met, status.missed);
    const total = decimalFromBig((states.get(status.met)?.milliseconds ?? 0n) + (states.get(status.missed)?.milliseconds ?? 0n));
    const seconds = divide(total, decimalFrom('1000'), 3, 'half up');
    const value = { numerator: seconds, denominator: decimalOf(Math.max(1, known)) };
    // What is still open takes at least as long as it has until now: an average that this breaks already is missed.
    const openCount = count(status.notDue, status.overdue);
    const withOpen = { numerator: add(seconds, divide(decimalFromBig((states.get(status.notDue)?.milliseconds ?? 0n) + (states.get(status.overdue)?.milliseconds ?? 0n)), decimalFrom('1000'), 3, 'half up')), denominator: decimalOf(Math.max(1, known + openCount)) };
    const atLeast = openCount === 0 || known < (minimumSample ?? 0) ? undefined : judgeNumber(withOpen, undefined, { comparison: goal.comparison, value: goal.value }, undefined);
    const judgement = atLeast?.verdict === 'missed' ? { verdict: 'missed' as const, ...(known === 0 || unknown > 0 || judgeNumber(value, known, goal, minimumSample).verdict === 'missed' ? {} : { reason: `With the ${openCount} still open it is ${durationInWords(Number(shownQuotient(withOpen, goal, 0)) * 1000)} already` }) }
      : known === 0 ? { verdict: 'unknown' as const, reason: 'There is no finished record in this period' }
      : unknown > 0 ? { verdict: 'unknown' as const, reason: `The times of ${unknown} are not known` } : judgeNumber(value, known, goal, minimumSample);
    return {
      ...base, ...(known === 0 ? {} : { value: shownQuotient(value, goal, 0), numerator: seconds, denominator: String(known) }), unit: 'seconds', target: { comparison: '<=', value: goal.value }, ...judgement, sample: known,
      computation: `${durationInWords(Number(total))} of ${clock} in all, over ${known} ${scope}, until ${done}.${leftOut}`,
    };
  }
  const goal: Goal = { comparison: '>=', value: target.share ?? '100%', ...(target.warning === undefined ? {} : { warning: target.warning }) };
  const ratio = { numerator: count(status.met), denominator: count(status.met, status.missed, status.overdue) };
  const value = shownRatio(ratio, goal);
  return {
    ...base, ...(value === undefined ? {} : { value }), unit: 'percent', numerator: String(ratio.numerator), denominator: String(ratio.denominator),
    target: { comparison: '>=', value: goal.value }, ...judgeRatio(ratio, unknown, goal, minimumSample), sample: ratio.denominator,
    computation: `${ratio.numerator} of ${ratio.denominator} ${scope} were ${done} within ${spacedDuration(target.within ?? '')} of ${clock}.${leftOut}`,
  };
}

function missedRecords(states: ReadonlyMap<number, Tally>, details: ReadonlyMap<string, MissedDetail>, shape: Shape, within: string, done: string, clocks: Clocks): readonly CountedRecord[] {
  const keys = [...(states.get(status.missed)?.first ?? []), ...(states.get(status.overdue)?.first ?? [])].sort((a, b) => (a < b ? -1 : 1)).slice(0, listedRecords);
  const promised = spacedDuration(within);
  const clock = shape.calendar === undefined ? '' : ` in ${clocks.titleOf(shape.calendar)}`;
  return keys.flatMap((key) => {
    const detail = details.get(String(key & rowMask));
    if (detail === undefined) return [];
    const took = durationInWords(detail.length);
    const limit = detail.dueLength === undefined || !within.includes('working') ? promised : `${within} (${durationInWords(detail.dueLength)})`;
    return [{ key: detail.key, detail: `opened ${printLocal(detail.started, shape.zone)}, ${detail.open ? `still open after ${took}` : `${done} after ${took}`} of ${limit}${clock}` }];
  });
}

/** `5 h 12 min`, `4 h 1 s` */
export function durationInWords(milliseconds: number): string {
  return secondsInWords(Math.max(0, Math.floor(milliseconds / 1000)));
}

export function unknownFigures(one: TimeTarget, session: SourceSession | undefined, reason: string): Figure[] {
  const { target } = one.statement;
  const last = one.frames.at(-1);
  if (last === undefined) return [];
  return [{
    subject: one.subject, period: last.period.id, ...(last.part === undefined ? {} : { days: last.part }), unit: target.onAverage ? 'seconds' : 'percent', excluded: [],
    target: target.onAverage ? { comparison: '<=', value: target.within ?? '' } : { comparison: '>=', value: target.share ?? '100%' },
    verdict: 'unknown', reason, computation: `Not computed: ${reason}.`, missed: [], ...(session === undefined ? {} : { source: session.source.name }), dataHash: session?.dataHash ?? '',
  }];
}

function part(count: number, reason: string): { reason: string; amount: string }[] {
  return count === 0 ? [] : [{ reason, amount: String(count) }];
}

export function pluralOf(recordKind: string): string {
  return recordKind.endsWith('y') ? `${recordKind.slice(0, -1)}ies` : `${recordKind}s`;
}

export function bigOf(cell: Cell | undefined): bigint {
  return typeof cell === 'bigint' ? cell : typeof cell === 'number' ? BigInt(Math.round(cell)) : 0n;
}

/** Exact, however large. */
export function decimalFromBig(value: bigint): Decimal {
  const text = String(value);
  if (text.length <= 15) return decimalOf(Number(value));
  const high = value / 1_000_000_000n;
  return add(multiply(decimalOf(Number(high)), decimalFrom('1000000000')), decimalOf(Number(value - high * 1_000_000_000n)));
}
