import type { Agreement } from '../../language/model/declarations.ts';
import type { Path } from '../../language/model/fragment.ts';
import { epochSecondsOf } from '../../language/values/instant.ts';
import { groupDigits } from '../../language/values/group-digits.ts';
import { intersectIntervals, subtractIntervals, totalSeconds, type IntervalSet } from '../../language/values/intervals.ts';
import { isProblem, problem, type Problem } from '../../language/values/problem.ts';
import { downtimeOf, type Downtime, type Stretch } from './downtime.ts';
import type { ExpressionProblem } from './expression.ts';
import { exclusionInWords, timeInWords, type CountedRecord, type Exclusion, type Figure, type Subject } from './figure.ts';
import { recordName, type FigureRow } from './figure-rows.ts';
import { frameInWords, printLocal, type PeriodFrame } from './period-frame.ts';
import { reasonOf, RecordQuery } from './record-query.ts';
import { serviceClocks, type ServiceClocks } from './service-clocks.ts';
import { unreachedReason } from './source-reach.ts';
import { numberOf, type SourceSession } from './source-session.ts';
import { literal } from './sql.ts';
import type { TargetStatement } from './subjects.ts';
import { clockOf, durationInWords, listedRecords, zoneOf, type TimeTargetContext } from './time-targets.ts';
import type { TypedSql } from './typed-sql.ts';
import { userWeights } from './user-weights.ts';
import { judgeRatio, shownRatio, type Goal } from './verdicts.ts';

/** An availability target and the periods in which it applies. */
export interface AvailabilityTarget {
  readonly subject: Subject;
  readonly agreement: Agreement;
  readonly statement: TargetStatement;
  readonly frames: readonly PeriodFrame[];
}

interface Outage {
  readonly key: string;
  readonly from: number;
  /** Undefined: it is not known when it ended. */
  readonly to: number | undefined;
  readonly lasting: boolean;
  readonly excludedAs: string | undefined;
  /** Undefined: the source does not say. */
  readonly service: string | undefined;
  /** How many users it reached; undefined: the source does not say. */
  readonly users: number | undefined;
}

/** Fields that say when an outage began and ended; of several the first that the source maps. */
const beginnings = ['started', 'opened'] as const;
const ends = ['ended', 'restored'] as const;

/**
 * Availability of the services of an agreement: 1 − downtime ÷ agreed service time. Downtime is the time in which at least one of its
 * services was not available, overlaps counted once, within the service hours. What the agreement excepts is taken out of both.
 */
export async function measureAvailability(target: AvailabilityTarget, session: SourceSession, context: TimeTargetContext): Promise<readonly Figure[]> {
  if (target.frames.length === 0) return [];
  const read = await readOutages(target, session, context);
  if (isProblem(read)) return unknownAvailability(target, session, read.problem);
  const { from: firstRecord } = await session.summary();
  return target.frames.flatMap((frame) => (firstRecord === undefined || frame.period.lastDay < firstRecord ? [] : [availabilityFigure(target, session, context, frame, read)]));
}

interface ReadOutages {
  /** In the order in which they began. */
  readonly outages: readonly Outage[];
  readonly clocks: ServiceClocks;
  readonly calendar: string | undefined;
  readonly weights: ReadonlyMap<string, number> | undefined;
  /** Day of the last record. */
  readonly lastRecord: string | undefined;
}

/** The outages of an agreement's services in all frames of a target. */
async function readOutages(target: AvailabilityTarget, session: SourceSession, context: TimeTargetContext): Promise<ReadOutages | Problem> {
  const { agreement, statement } = target;
  const begin = beginnings.find((field) => session.fieldIndex(field) !== undefined);
  const end = ends.find((field) => session.fieldIndex(field) !== undefined);
  if (session.plan() === undefined) return problem(`The data of ${session.source.name} cannot be read`);
  if (begin === undefined || end === undefined) return problem(`${session.source.name} maps no “${begin === undefined ? beginnings[0] : ends[0]}”`);
  const exceptsMaintenance = agreement.exceptions.includes('maintenance');
  const calendar = clockOf(statement.target, agreement);
  const clocks = serviceClocks(calendar, agreement, exceptsMaintenance, context.clocks);
  if (isProblem(clocks)) return clocks;
  const weights = statement.target.weightedByUsers ? userWeights(agreement, context.model) : undefined;
  if (isProblem(weights)) return weights;

  const problems: ExpressionProblem[] = [];
  const query = new RecordQuery(session, (one) => problems.push(one));
  const [from, to, planned, cause, service, users] = [begin, end, 'planned', 'cause', 'service', 'users'].map((field) => query.field(field));
  const { filter } = statement.target;
  const condition = filter === undefined ? undefined : query.compiler.condition(filter, ['filter']);
  const wrong = reasonOf(problems);
  if (wrong !== undefined) {
    const path: Path = ['targets', statement.index];
    for (const one of problems) context.report(agreement, path, one);
    return wrong;
  }
  const records = await session.records();
  if (records === undefined) return problem(`The data of ${session.source.name} cannot be read`);
  const tables = await query.from(records);
  if (isProblem(tables)) return tables;
  const [first, last] = [target.frames[0]!.from, target.frames.at(-1)!.to];
  const conditions = [`${from!.sql} < ${last}`, `(${to!.sql} > ${first} OR ${to!.sql} IS NULL OR ${to!.sql} < ${from!.sql})`, `${from!.sql} < ${session.asOf}`];
  if (service !== undefined) conditions.push(`${service.sql} IN (${agreement.services.map(literal).join(', ')})`);
  if (condition !== undefined) conditions.push(condition.sql);
  const text = (field: TypedSql | undefined): string => (field === undefined ? 'NULL' : `CAST(${field.sql} AS VARCHAR)`);
  const rows = await records.engine.rows(`SELECT r.rowid, r.record_key, ${from!.sql}, ${to!.sql}, ${to!.oddity === undefined ? 'false' : `${to!.oddity} = 1`}, ${planned?.sql ?? 'false'}, ${text(cause)}, ${text(service)}, ${users === undefined ? 'NULL' : `CAST(${users.sql} AS DOUBLE PRECISION)`} FROM ${tables} WHERE ${conditions.join(' AND ')} ORDER BY ${from!.sql}, r.rowid`);
  const exceptions = new Map(agreement.exceptions.filter((name) => name !== 'maintenance').map((name) => [name.toLowerCase(), name]));
  const outages = rows.map(([id, key, began, ended, unreadable, isPlanned, causeText, ofService, reached]): Outage => {
    const start = numberOf(began)!;
    const finish = numberOf(ended);
    const exception = typeof causeText === 'string' ? exceptions.get(causeText.toLowerCase()) : undefined;
    const number = numberOf(reached);
    return {
      key: recordName(key, id, 'outage'),
      from: start,
      to: unreadable === true || (finish !== undefined && finish < start) ? undefined : Math.min(finish ?? session.asOf, session.asOf),
      lasting: finish === undefined && unreadable !== true,
      excludedAs: isPlanned === true && exceptsMaintenance ? 'planned maintenance' : exception,
      service: typeof ofService === 'string' ? ofService : undefined,
      users: number === undefined || number < 0 ? undefined : Math.ceil(number),
    };
  });
  const { to: lastRecord } = await session.summary();
  return { outages, clocks, calendar, weights, lastRecord };
}

/** The outages of a frame, and how much of its agreed time they take. */
interface FrameDowntime extends Downtime {
  readonly outages: readonly Outage[];
  /** Announced maintenance within the service hours, in seconds, which the agreement excepts. */
  readonly announced: IntervalSet;
}

function downtimeIn(frame: PeriodFrame, session: SourceSession, outages: readonly Outage[], clocks: ServiceClocks, weights: ReadonlyMap<string, number> | undefined): FrameDowntime | Problem {
  const [from, to] = [epochSecondsOf(frame.from / 1000), epochSecondsOf(Math.min(frame.to, session.asOf) / 1000)];
  const hours = clocks.hours.openIntervals(from, to);
  if (isProblem(hours)) return hours;
  const besides = clocks.besidesMaintenance?.openIntervals(from, to);
  if (isProblem(besides)) return besides;
  const open = besides === undefined ? hours : intersectIntervals(hours, besides);
  const here = outages.filter((outage) => outage.from < frame.to && (outage.to === undefined ? outage.from >= frame.from : outage.to > frame.from));
  const stretches = here.map((outage): Stretch => ({
    from: Math.max(outage.from / 1000, from), to: outage.to === undefined ? outage.from / 1000 : Math.min(outage.to / 1000, to),
    service: outage.service, users: outage.users, excusedBy: outage.excludedAs,
  }));
  return { outages: here, announced: subtractIntervals(hours, open), ...downtimeOf(stretches, open, weights) };
}

function availabilityFigure(target: AvailabilityTarget, session: SourceSession, context: TimeTargetContext, frame: PeriodFrame, { outages, clocks, lastRecord, calendar, weights }: ReadOutages): Figure {
  const { agreement, statement } = target;
  const base = { subject: target.subject, period: frame.period.id, ...(frame.part === undefined ? {} : { days: frame.part }), unit: 'percent', source: session.source.name, dataHash: session.dataHash, ...(weights === undefined ? {} : { weightedBy: 'users' as const }) } as const;
  const goal: Goal = { comparison: statement.target.comparison ?? '>=', value: statement.target.value ?? '100%', ...(statement.target.warning === undefined ? {} : { warning: statement.target.warning }) };
  const goalOf = { comparison: goal.comparison, value: goal.value };
  const taken = downtimeIn(frame, session, outages, clocks, weights);
  if (isProblem(taken)) return { ...base, target: goalOf, verdict: 'unknown', reason: taken.problem, excluded: [], missed: [], computation: `Not computed: ${taken.problem}.` };
  const users = totalUsers(weights);
  const unit = weights === undefined ? 'seconds' : 'user-seconds';
  const announced = totalSeconds(taken.announced) * users;
  const excluded: Exclusion[] = [...(announced > 0 ? [{ reason: 'of announced maintenance', amount: String(announced), unit } as const] : []), ...taken.excused];
  const counted = taken.outages.flatMap((outage, index) => (outage.excludedAs === undefined ? [{ outage, seconds: taken.alone[index]! }] : []));
  const unclear = counted.filter(({ outage }) => outage.to === undefined);
  if (unclear.length > 0) excluded.push({ reason: unclear.length === 1 ? 'outage whose end is not known' : 'outages whose end is not known', amount: String(unclear.length) });
  const denominator = taken.agreed;
  const numerator = denominator - taken.down;
  const ratio = { numerator, denominator };
  // A month without outages is a good one, if the export reaches it.
  const unreached = unreachedReason(session, lastRecord, frame.period);
  const short = unreached !== undefined && session.source.completeUntil !== undefined && session.source.completeUntil >= (frame.part?.firstDay ?? frame.period.firstDay);
  const judged = denominator === 0 ? { verdict: 'unknown' as const, reason: 'There is no agreed service time in this period' }
    : denominator > Number.MAX_SAFE_INTEGER ? { verdict: 'unknown' as const, reason: 'There are more users and seconds than can be counted exactly' }
    : judgeRatio(ratio, 0, goal, statement.target.minimumSample === undefined ? undefined : Number(statement.target.minimumSample));
  const judgement = unreached !== undefined && !(short && judged.verdict === 'missed') ? { verdict: 'unknown' as const, reason: unreached } : unclear.length > 0 && judged.verdict !== 'missed' ? { verdict: 'unknown' as const, reason: `It is not known when ${unclear.length === 1 ? `outage ${unclear[0]!.outage.key}` : `${unclear.length} outages`} ended` } : judged;
  const value = unreached !== undefined && judgement.verdict === 'unknown' ? undefined : shownRatio(ratio, goal);
  const zone = zoneOf(calendar, session, context.clocks);
  const missed = counted
    .filter(({ outage, seconds }) => seconds > 0 || outage.to === undefined)
    .slice(0, listedRecords)
    .map(({ outage, seconds }): CountedRecord => ({ key: outage.key, detail: `from ${printLocal(outage.from, zone)}${outage.lasting ? ', not over yet' : ''}: ${outage.to === undefined ? 'its end is not known' : `${timeInWords(seconds, weights !== undefined)} of service time`}` }));
  const clock = calendar === undefined ? 'all of the time' : `the service time of ${context.clocks.titleOf(calendar)}`;
  const stale = unreached === undefined ? '' : ` ${unreached}: whether there were outages since is not known.`;
  const weighing = weights === undefined ? '' : `, weighted by users (${[...weights].map(([service, number]) => `${context.clocks.titlesOfServices([service])} ${groupDigits(String(number))}`).join(', ')})`;
  return {
    ...base, ...(value === undefined ? {} : { value, numerator: String(numerator), denominator: String(denominator) }), target: goalOf, ...judgement, excluded, missed, sample: counted.length,
    computation: `1 − ${timeInWords(denominator - numerator, weights !== undefined)} down of ${timeInWords(denominator, weights !== undefined)} in ${frameInWords(frame)}, ${clock}, for ${context.clocks.titlesOfServices(agreement.services)}${weighing}${session.fieldIndex('service') === undefined ? ' (the source does not say which service)' : ''}: ${counted.length} ${counted.length === 1 ? 'outage' : 'outages'}, overlaps counted once.${excluded.length === 0 ? '' : ` Left out of both: ${excluded.map(exclusionInWords).join('; ')}.`}${stale}`,
  };
}

function totalUsers(weights: ReadonlyMap<string, number> | undefined): number {
  return weights === undefined ? 1 : [...weights.values()].reduce((sum, number) => sum + number, 0);
}

/** The outages of a period, each with the time it takes, and the announced maintenance; a text says why they are not known. */
export async function availabilityRows(target: AvailabilityTarget, session: SourceSession, context: TimeTargetContext): Promise<{ readonly rows: readonly FigureRow[]; readonly zone: string } | string> {
  const read = await readOutages(target, session, context);
  if (isProblem(read)) return read.problem;
  const { outages, clocks, weights, calendar } = read;
  const zone = zoneOf(calendar, session, context.clocks);
  const rows: FigureRow[] = [];
  for (const frame of target.frames) {
    const taken = downtimeIn(frame, session, outages, clocks, weights);
    if (isProblem(taken)) return taken.problem;
    const [from, to] = [frame.from / 1000, Math.min(frame.to, session.asOf) / 1000];
    const users = totalUsers(weights);
    const words = (seconds: number): string => timeInWords(seconds, weights !== undefined);
    for (const [index, outage] of taken.outages.entries()) {
      const [share, alone] = [taken.shares[index]!, taken.alone[index]!];
      const lasted = outage.to === undefined ? 0 : Math.max(0, Math.min(outage.to / 1000, to) - Math.max(outage.from / 1000, from));
      const until = outage.to === undefined ? 'its end is not known' : outage.lasting ? 'not over yet' : `until ${printLocal(outage.to, zone)}`;
      const about = [
        ...(outage.service === undefined ? [] : [context.clocks.titlesOfServices([outage.service])]), until,
        ...(outage.to === undefined ? [] : [share > 0 ? `${words(share)} ${outage.excludedAs === undefined ? 'down' : `of ${outage.excludedAs}, taken out of both sides`}` : outage.excludedAs === undefined ? 'nothing counted' : `${outage.excludedAs}, which takes nothing out`]),
        ...(alone > share ? [`${words(alone - share)} more are counted with others that overlap it`] : []),
        ...(weights === undefined && outage.to !== undefined && lasted > alone ? [`${durationInWords((lasted - alone) * 1000)} of it outside the agreed time`] : []),
        ...(weights !== undefined && outage.users !== undefined ? [`reached ${groupDigits(String(outage.users))} users`] : []),
      ];
      rows.push({ key: outage.key, began: printLocal(outage.from, zone), outcome: outage.to === undefined || outage.excludedAs !== undefined || share === 0 ? 'left out' : 'counted', why: about.join('; '), ...(outage.to === undefined ? {} : { seconds: share }) });
    }
    for (const { from: begins, to: ends } of taken.announced) {
      rows.push({ key: 'announced maintenance', began: printLocal(begins * 1000, zone), outcome: 'left out', why: `until ${printLocal(ends * 1000, zone)}; ${words((ends - begins) * users)} taken out of both sides`, seconds: (ends - begins) * users });
    }
  }
  return { rows, zone };
}

export function unknownAvailability(target: AvailabilityTarget, session: SourceSession | undefined, reason: string): readonly Figure[] {
  const last = target.frames.at(-1);
  if (last === undefined) return [];
  return [{
    subject: target.subject, period: last.period.id, ...(last.part === undefined ? {} : { days: last.part }), unit: 'percent', excluded: [], target: { comparison: target.statement.target.comparison ?? '>=', value: target.statement.target.value ?? '' },
    verdict: 'unknown', reason, computation: `Not computed: ${reason}.`, missed: [], ...(session === undefined ? {} : { source: session.source.name }), dataHash: session?.dataHash ?? '',
  }];
}
