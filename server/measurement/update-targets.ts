/**
 * Promises of news: `update P1 every 1h`. From when a record begins until it is over, no stretch without news may be longer than promised.
 * News are the records of kind `update`; where no source brings any, each row of the record's own history is one.
 */
import type { Path } from '../../language/model/fragment.ts';
import { newsKind, recordKinds } from '../../language/model/record-kinds.ts';
import { parseDuration, spacedDuration } from '../../language/values/duration.ts';
import { isProblem, problem, type Problem } from '../../language/values/problem.ts';
import type { AvailabilityTarget } from './availability.ts';
import type { QueryEngine } from './engine.ts';
import { nameLiteral, type ExpressionProblem } from './expression.ts';
import type { CountedRecord, Figure } from './figure.ts';
import { recordName, type FigureRow, type ListPart, type Page } from './figure-rows.ts';
import { frameInWords, frameOf, printLocal } from './period-frame.ts';
import { reasonOf, RecordQuery } from './record-query.ts';
import { unreachedReason } from './source-reach.ts';
import type { LoadedRecords, SourceSession } from './source-session.ts';
import { clockOf, durationInWords, listedRecords, pluralOf, zoneOf, type TimeTargetContext } from './time-targets.ts';
import type { TypedSql } from './typed-sql.ts';
import { judgeRatio, shownRatio, type Goal } from './verdicts.ts';

/** Fields that end the time in which news are promised; of several the first that the source maps. */
const ends = ['restored', 'resolved', 'fulfilled', 'closed'] as const;

const status = { met: 1, missed: 2, notDue: 3, unknown: 4 } as const;

interface JudgedUpdates {
  readonly engine: QueryEngine;
  /** A table (rid, key, frame, started, ended, longest, since, status) of the records that the promise is about. */
  readonly table: string;
  readonly until: string;
  readonly calendar: string | undefined;
  /** How many news are about no record. */
  readonly astray: number;
}

/** Judges each record that a promise is about; a problem says why that cannot be done. */
async function judgeUpdates(target: AvailabilityTarget, session: SourceSession, news: readonly SourceSession[], context: TimeTargetContext): Promise<JudgedUpdates | Problem> {
  const { agreement, statement } = target;
  const { target: said } = statement;
  const interval = parseDuration(said.interval ?? '');
  if (isProblem(interval)) return interval;
  if (interval.kind !== 'elapsed') return problem('News are promised every so many minutes or hours');
  const { source } = session;
  if (session.plan() === undefined) return problem(`The data of ${source.name} cannot be read`);
  const begin = recordKinds[source.recordKind]?.counted ?? 'opened';
  const end = ends.find((field) => session.fieldIndex(field) !== undefined);
  if (session.fieldIndex(begin) === undefined) return problem(`${source.name} maps no “${begin}”`);
  if (end === undefined) return problem(`${source.name} maps no “${ends[0]}”`);
  if (said.priorities.length > 0 && session.fieldIndex('priority') === undefined) return problem(`${source.name} maps no “priority”`);
  // That rows of a history are news is for somebody to say who knows the tool: a promise alone does not.
  if (news.length === 0 && statement.fact === 'updates') return problem(`When there was news is in no source: declare one of kind ${newsKind}, or write “target news update ${[...said.priorities.slice(0, 1), 'every'].join(' ')} ${said.interval ?? ''} from ${source.name}” where each row of its history is news`);
  if (news.length === 0 && source.historyKey === undefined) return problem(`When there was news is in no source: declare one of kind ${newsKind}, or read ${source.name} with its history`);
  for (const { source: of, fieldIndex } of news.map((one) => ({ source: one.source, fieldIndex: (field: string) => one.fieldIndex(field) }))) {
    for (const field of ['given', 'about']) if (fieldIndex(field) === undefined) return problem(`${of.name} maps no “${field}”`);
  }
  if (news.length > 0 && session.plan()?.key === undefined) return problem(`${source.name} has no key by which its news could be found`);

  const problems: ExpressionProblem[] = [];
  const query = new RecordQuery(session, (one) => problems.push(one));
  const condition = said.filter === undefined ? undefined : query.compiler.condition(said.filter, ['filter']);
  const wrong = reasonOf(problems);
  if (wrong !== undefined) {
    const path: Path = [statement.fact ?? 'targets', statement.index];
    for (const one of problems) context.report(agreement, path, one);
    return wrong;
  }
  const records = await session.records();
  if (records === undefined) return problem(`The data of ${source.name} cannot be read`);
  const brought = await newsTable(session, records, news);
  if (brought.sql === undefined) return problem(brought.reason);

  const [started, ended] = [query.field(begin)!, query.field(end)!];
  const [service, customer, priority] = ['service', 'customer', 'priority'].map((field) => query.field(field));
  const closed = end === 'closed' ? undefined : query.field('closed');
  const among = (names: readonly string[], like: TypedSql): string => {
    const known = names.filter((name) => like.names?.has(name) ?? true);
    return known.length === 0 ? 'false' : `${like.sql} IN (${known.map((name) => nameLiteral(name, like)).join(', ')})`;
  };
  const conditions = [`${started.sql} < ${session.asOf}`];
  if (service !== undefined) conditions.push(among(agreement.services, service));
  if (customer !== undefined && agreement.customer !== undefined) conditions.push(among([agreement.customer], customer));
  if (priority !== undefined && said.priorities.length > 0) conditions.push(among(said.priorities, priority));
  if (condition !== undefined) conditions.push(condition.sql);
  const from = await query.from(records);
  if (isProblem(from)) return from;
  const calendar = clockOf(said, agreement);
  const table = `news_${records.table}_${statement.fact ?? ''}${statement.index}`;
  const { engine } = records;
  const over = `CASE WHEN ${ended.sql} < ${session.asOf} THEN ${ended.sql} END`;
  const unclear = [
    ...(ended.oddity === undefined ? [] : [`coalesce(${ended.oddity} = 1, false)`]), `coalesce(${ended.sql} < ${started.sql}, false)`,
    ...(closed === undefined ? [] : [`(${over} IS NULL AND coalesce(${closed.sql} < ${session.asOf}, false))`]),
  ].join(' OR ');
  await engine.run(`CREATE OR REPLACE TEMP TABLE ${table} AS SELECT r.rowid AS rid, r.record_key AS key, ${frameOf(started.sql, target.frames)} AS frame, ${started.sql} AS started, ${over} AS ended, (${unclear}) AS unclear FROM ${from} WHERE ${conditions.join(' AND ')}`);
  // From the beginning over each news to the end: the stretches in between.
  const until = `coalesce(ended, ${session.asOf})`;
  await engine.run(`CREATE OR REPLACE TEMP TABLE stretches_${table} AS SELECT * FROM (SELECT rid, moment AS from_ms, lead(moment) OVER (PARTITION BY rid ORDER BY moment) AS to_ms FROM (SELECT rid, started AS moment FROM ${table} WHERE frame IS NOT NULL AND NOT unclear UNION ALL SELECT c.rid, n.moment FROM ${table} c JOIN (${brought.sql}) n ON n.key = c.key WHERE c.frame IS NOT NULL AND NOT c.unclear AND n.moment > c.started AND n.moment < ${until} UNION ALL SELECT rid, ${until} FROM ${table} WHERE frame IS NOT NULL AND NOT unclear)) WHERE to_ms IS NOT NULL`);
  const clock = new RecordQuery(session, () => undefined);
  const stretch = clock.joinFacts(`stretches_${table}`);
  const length = clock.openTime(`${stretch}.from_ms`, `${stretch}.to_ms`, calendar);
  const stretches = await clock.from(records);
  if (isProblem(stretches)) return stretches;
  const limit = Math.round(interval.seconds * 1000);
  const longest = `SELECT ${stretch}.rid AS rid, max(${length}) AS longest, arg_max(${stretch}.from_ms, ${length} * 1000000 - ${stretch}.from_ms // 10000000) AS since FROM ${stretches} WHERE ${stretch}.rid IS NOT NULL GROUP BY ${stretch}.rid`;
  const judged = `SELECT c.*, l.longest, l.since, CASE WHEN c.unclear OR l.longest IS NULL THEN ${status.unknown} WHEN l.longest > ${limit} THEN ${status.missed} WHEN c.ended IS NULL THEN ${status.notDue} ELSE ${status.met} END AS status FROM ${table} c LEFT JOIN (${longest}) l ON l.rid = c.rid WHERE c.frame IS NOT NULL`;
  await engine.run(`CREATE OR REPLACE TEMP TABLE judged_${table} AS ${judged}`);
  return { engine, table: `judged_${table}`, until: end, calendar, astray: brought.astray };
}

/** @param news sources of kind `update` */
export async function measureUpdates(target: AvailabilityTarget, session: SourceSession, news: readonly SourceSession[], context: TimeTargetContext): Promise<readonly Figure[]> {
  const { agreement, statement: { target: said } } = target;
  if (target.frames.length === 0) return [];
  const { source } = session;
  const goal: Goal = { comparison: '>=', value: '100%' };
  const judged = await judgeUpdates(target, session, news, context);
  if (isProblem(judged)) return unknownUpdates(target, session, judged.problem);
  const { engine, table, until, calendar, astray } = judged;
  const counts = await engine.rows(`SELECT frame, status, count(*) FROM ${table} GROUP BY frame, status`);
  const missed = await engine.rows(`SELECT frame, rid, key, started, longest, since FROM (SELECT *, row_number() OVER (PARTITION BY frame ORDER BY started, rid) AS position FROM ${table} WHERE status = ${status.missed}) WHERE position <= ${listedRecords} ORDER BY frame, position`);
  const zone = zoneOf(calendar, session, context.clocks);
  const reach = await Promise.all((news.length === 0 ? [session] : news).map(async (one) => ({ one, to: (await one.summary()).to })));
  const { from: firstRecord } = await session.summary();
  const clockName = calendar === undefined ? 'elapsed time' : `open time of ${context.clocks.titleOf(calendar)}`;
  return target.frames.flatMap((frame, position): Figure[] => {
    if (firstRecord === undefined || frame.period.lastDay < firstRecord) return [];
    const count = (wanted: number): number => Number(counts.find(([of, state]) => Number(of) === position && Number(state) === wanted)?.[2] ?? 0);
    const ratio = { numerator: count(status.met), denominator: count(status.met) + count(status.missed) };
    const [notDue, unclearCount] = [count(status.notDue), count(status.unknown)];
    const excluded = [
      ...(notDue === 0 ? [] : [{ reason: 'open, news in time so far', amount: String(notDue) }]),
      ...(unclearCount === 0 ? [] : [{ reason: 'whose end is not known', amount: String(unclearCount) }]),
    ];
    const unreached = news.length === 0 ? undefined : reach.map(({ one, to }) => unreachedReason(one, to, frame.period)).find((reason) => reason !== undefined);
    const judgement = unreached !== undefined && ratio.denominator > 0 ? { verdict: 'unknown' as const, reason: unreached } : judgeRatio(ratio, unclearCount, goal, said.minimumSample === undefined ? undefined : Number(said.minimumSample));
    const value = unreached === undefined ? shownRatio(ratio, goal) : undefined;
    return [{
      subject: target.subject, period: frame.period.id, ...(frame.part === undefined ? {} : { days: frame.part }), unit: 'percent', source: source.name, dataHash: session.dataHash, target: { comparison: goal.comparison, value: goal.value },
      ...(value === undefined ? {} : { value, numerator: String(ratio.numerator), denominator: String(ratio.denominator) }), ...judgement, sample: ratio.denominator, excluded,
      missed: unreached !== undefined ? [] : missed.filter(([of]) => Number(of) === position).map(([, id, key, at, without, since]): CountedRecord => ({
        key: recordName(key, id, source.recordKind),
        detail: `opened ${printLocal(Number(at), zone)}, ${durationInWords(Number(without))} without news from ${printLocal(Number(since), zone)}`,
      })),
      computation: `For ${ratio.numerator} of ${ratio.denominator} ${pluralOf(source.recordKind)} opened in ${frameInWords(frame)} (${context.clocks.titlesOfServices(agreement.services)}${said.priorities.length > 0 ? `, ${said.priorities.join(', ')}` : ''}) there was news at least every ${spacedDuration(said.interval ?? '')} of ${clockName} until ${until}. News: ${news.length === 0 ? `each row of the history in ${source.name}` : `${news.map(({ source: { name } }) => name).join(', ')}${astray === 0 ? '' : `, of which ${astray} are about no record of ${source.name}`}`}.${excluded.length === 0 ? '' : ` Left out: ${excluded.map(({ reason, amount }) => `${amount} ${reason}`).join('; ')}.`}`,
    }];
  });
}

/** The records that a promise of news is about, with the longest stretch without any; a text says why there are none. */
export async function updateRows(target: AvailabilityTarget, session: SourceSession, news: readonly SourceSession[], context: TimeTargetContext): Promise<{ readonly parts: readonly ListPart[]; readonly zone: string } | string> {
  const judged = await judgeUpdates(target, session, news, context);
  if (isProblem(judged)) return judged.problem;
  const { engine, table, calendar, until } = judged;
  const zone = zoneOf(calendar, session, context.clocks);
  const [total] = await engine.row(`SELECT count(*) FROM ${table}`);
  const rows = async ({ skip, limit }: Page): Promise<readonly FigureRow[]> => {
    const found = await engine.rows(`SELECT rid, key, started, longest, since, status FROM ${table} ORDER BY CASE status WHEN ${status.missed} THEN 0 WHEN ${status.met} THEN 2 ELSE 1 END, started, rid OFFSET ${skip} LIMIT ${limit}`);
    return found.map(([id, key, began, longest, since, state]) => {
      const stretch = `${durationInWords(Number(longest))} without news from ${printLocal(Number(since), zone)}`;
      return {
        key: recordName(key, id, session.source.recordKind), began: printLocal(Number(began), zone),
        ...(Number(state) === status.missed ? { outcome: 'missed' as const, why: stretch }
          : Number(state) === status.met ? { outcome: 'met' as const, why: `never more than ${stretch}` }
          : Number(state) === status.notDue ? { outcome: 'left out' as const, why: `open, news in time so far: never more than ${stretch}` }
          : { outcome: 'left out' as const, why: `“${until}” is not known` }),
      };
    });
  };
  return { parts: [{ total: Number(total), rows }], zone };
}

/** A query of (key, moment): when there was news about which record. */
async function newsTable(session: SourceSession, records: LoadedRecords, news: readonly SourceSession[]): Promise<{ readonly sql: string; readonly astray: number } | { readonly sql: undefined; readonly reason: string }> {
  if (news.length === 0) {
    return records.changes === undefined ? { sql: undefined, reason: `${session.source.name} has no history` } : { sql: `SELECT record_key AS key, history_at AS moment FROM ${records.changes} WHERE record_key IS NOT NULL AND history_at IS NOT NULL`, astray: 0 };
  }
  const parts: string[] = [];
  for (const one of news) {
    const loaded = await one.records();
    if (loaded === undefined) return { sql: undefined, reason: `The data of ${one.source.name} cannot be read` };
    parts.push(`SELECT CAST(f_${one.fieldIndex('about')} AS VARCHAR) AS key, f_${one.fieldIndex('given')} AS moment FROM ${loaded.table}`);
  }
  const sql = parts.join(' UNION ALL ');
  const [astray] = await records.engine.row(`SELECT count(*) FROM (${sql}) n WHERE n.key IS NULL OR NOT EXISTS (SELECT 1 FROM ${records.table} r WHERE r.record_key = n.key)`);
  return { sql: `SELECT key, moment FROM (${sql}) WHERE moment IS NOT NULL`, astray: Number(astray) };
}

export function unknownUpdates(target: AvailabilityTarget, session: SourceSession | undefined, reason: string): readonly Figure[] {
  const last = target.frames.at(-1);
  if (last === undefined) return [];
  return [{
    subject: target.subject, period: last.period.id, ...(last.part === undefined ? {} : { days: last.part }), unit: 'percent', excluded: [], target: { comparison: '>=', value: '100%' },
    verdict: 'unknown', reason, computation: `Not computed: ${reason}.`, missed: [], ...(session === undefined ? {} : { source: session.source.name }), dataHash: session?.dataHash ?? '',
  }];
}
