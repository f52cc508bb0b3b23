import type { Agreement } from '../../language/model/declarations.ts';
import type { Path } from '../../language/model/fragment.ts';
import { alwaysCalendar } from '../../language/model/calendars.ts';
import { BusinessClock } from '../../language/values/business-clock.ts';
import { epochSecondsOf, secondsOf } from '../../language/values/instant.ts';
import { clipIntervals, intersectIntervals, mergeIntervals, subtractIntervals, totalSeconds, type Interval, type IntervalSet } from '../../language/values/intervals.ts';
import { alwaysOpen } from '../../language/values/calendar.ts';
import { isProblem, type Problem } from '../../language/values/problem.ts';
import type { ExpressionProblem } from './expression.ts';
import { exclusionInWords, type CountedRecord, type Exclusion, type Figure, type Subject } from './figure.ts';
import { frameInWords, printLocal, type PeriodFrame } from './period-frame.ts';
import { reasonOf, RecordQuery } from './record-query.ts';
import { unreachedReason } from './source-reach.ts';
import { numberOf, type SourceSession } from './source-session.ts';
import { literal } from './sql.ts';
import type { TargetStatement } from './subjects.ts';
import { clockOf, durationInWords, listedRecords, zoneOf, type TimeTargetContext } from './time-targets.ts';
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
}

/** Fields that say when an outage began and ended; of several the first that the source maps. */
const beginnings = ['started', 'opened'] as const;
const ends = ['ended', 'restored'] as const;

/**
 * Availability of the services of an agreement: 1 − downtime ÷ agreed service time. Downtime is the time in which at least one of its
 * services was not available, overlaps counted once, within the service hours. What the agreement excepts is taken out of both.
 */
export async function measureAvailability(target: AvailabilityTarget, session: SourceSession, context: TimeTargetContext): Promise<readonly Figure[]> {
  const { agreement, statement } = target;
  const unknown = (reason: string): readonly Figure[] => unknownAvailability(target, session, reason);
  if (target.frames.length === 0) return [];
  const begin = beginnings.find((field) => session.fieldIndex(field) !== undefined);
  const end = ends.find((field) => session.fieldIndex(field) !== undefined);
  if (session.plan() === undefined) return unknown(`The data of ${session.source.name} cannot be read`);
  if (begin === undefined || end === undefined) return unknown(`${session.source.name} maps no “${begin === undefined ? beginnings[0] : ends[0]}”`);
  const exceptsMaintenance = agreement.exceptions.includes('maintenance');
  const calendar = clockOf(statement.target, agreement);
  const clocks = serviceClocks(calendar, agreement, exceptsMaintenance, context);
  if (isProblem(clocks)) return unknown(clocks.problem);

  const problems: ExpressionProblem[] = [];
  const query = new RecordQuery(session, (problem) => problems.push(problem));
  const [from, to, planned, cause, service] = [begin, end, 'planned', 'cause', 'service'].map((field) => query.field(field));
  const { filter } = statement.target;
  const condition = filter === undefined ? undefined : query.compiler.condition(filter, ['filter']);
  const wrong = reasonOf(problems);
  if (wrong !== undefined) {
    const path: Path = ['targets', statement.index];
    for (const problem of problems) context.report(agreement, path, problem);
    return unknown(wrong.problem);
  }
  const records = await session.records();
  if (records === undefined) return unknown(`The data of ${session.source.name} cannot be read`);
  const tables = await query.from(records);
  if (isProblem(tables)) return unknown(tables.problem);
  const [first, last] = [target.frames[0]!.from, target.frames.at(-1)!.to];
  const conditions = [`${from!.sql} < ${last}`, `(${to!.sql} > ${first} OR ${to!.sql} IS NULL OR ${to!.sql} < ${from!.sql})`, `${from!.sql} < ${session.asOf}`];
  if (service !== undefined) conditions.push(`${service.sql} IN (${agreement.services.map(literal).join(', ')})`);
  if (condition !== undefined) conditions.push(condition.sql);
  const rows = await records.engine.rows(`SELECT r.rowid, r.record_key, ${from!.sql}, ${to!.sql}, ${to!.oddity === undefined ? 'false' : `${to!.oddity} = 1`}, ${planned?.sql ?? 'false'}, ${cause === undefined ? 'NULL' : `CAST(${cause.sql} AS VARCHAR)`} FROM ${tables} WHERE ${conditions.join(' AND ')} ORDER BY ${from!.sql}, r.rowid`);
  const exceptions = new Map(agreement.exceptions.filter((name) => name !== 'maintenance').map((name) => [name.toLowerCase(), name]));
  const outages = rows.map(([id, key, began, ended, unreadable, isPlanned, causeText]): Outage => {
    const start = numberOf(began)!;
    const finish = numberOf(ended);
    const exception = typeof causeText === 'string' ? exceptions.get(causeText.toLowerCase()) : undefined;
    return {
      key: key === null || key === undefined ? `outage of row ${Number(id) + 1}` : String(key),
      from: start,
      to: unreadable === true || (finish !== undefined && finish < start) ? undefined : Math.min(finish ?? session.asOf, session.asOf),
      lasting: finish === undefined && unreadable !== true,
      excludedAs: isPlanned === true && exceptsMaintenance ? 'planned maintenance' : exception,
    };
  });
  const { from: firstRecord, to: lastRecord } = await session.summary();
  return target.frames.flatMap((frame) => {
    if (firstRecord === undefined || frame.period.lastDay < firstRecord) return [];
    return [availabilityFigure(target, session, context, frame, outages, clocks, lastRecord, calendar)];
  });
}

interface ServiceClocks {
  /** Service hours. */
  readonly hours: BusinessClock;
  /** Open at all times but the announced maintenance, where the agreement excepts it. */
  readonly besidesMaintenance: BusinessClock | undefined;
}

/** The windows are those of the service hours' calendar; if it announces none, those of the support hours'. */
function serviceClocks(calendar: string | undefined, agreement: Agreement, exceptsMaintenance: boolean, context: TimeTargetContext): ServiceClocks | Problem {
  const hours = context.clocks.clock(calendar ?? alwaysCalendar);
  if (isProblem(hours)) return hours;
  if (!exceptsMaintenance) return { hours, besidesMaintenance: undefined };
  const support = agreement.supportHours === undefined ? hours : context.clocks.clock(agreement.supportHours);
  if (isProblem(support)) return support;
  const announced = [hours, support].find((clock) => clock.calendar.definition.maintenance.length > 0);
  if (announced === undefined) return { hours, besidesMaintenance: undefined };
  const { definition, timeZone } = announced.calendar;
  // Holidays close the hours of the other calendar, not this one.
  const besides = { definition: { ...alwaysOpen(timeZone.id), maintenance: definition.maintenance }, timeZone, regions: [] };
  return { hours, besidesMaintenance: new BusinessClock(besides, { withoutMaintenance: true }) };
}

function availabilityFigure(target: AvailabilityTarget, session: SourceSession, context: TimeTargetContext, frame: PeriodFrame, outages: readonly Outage[], clocks: ServiceClocks, lastRecord: string | undefined, calendar: string | undefined): Figure {
  const { agreement, statement } = target;
  const [from, to] = [epochSecondsOf(frame.from / 1000), epochSecondsOf(Math.min(frame.to, session.asOf) / 1000)];
  const base = { subject: target.subject, period: frame.period.id, ...(frame.part === undefined ? {} : { days: frame.part }), unit: 'percent', source: session.source.name, dataHash: session.dataHash } as const;
  const goal: Goal = { comparison: statement.target.comparison ?? '>=', value: statement.target.value ?? '100%', ...(statement.target.warning === undefined ? {} : { warning: statement.target.warning }) };
  const goalOf = { comparison: goal.comparison, value: goal.value };
  const hours = clocks.hours.openIntervals(from, to);
  const besides = clocks.besidesMaintenance?.openIntervals(from, to);
  if (isProblem(hours) || isProblem(besides)) {
    const reason = isProblem(hours) ? hours.problem : isProblem(besides) ? besides.problem : '';
    return { ...base, target: goalOf, verdict: 'unknown', reason, excluded: [], missed: [], computation: `Not computed: ${reason}.` };
  }
  const open = besides === undefined ? hours : intersectIntervals(hours, besides);
  const intervalsOf = (list: readonly Outage[]): IntervalSet => clipIntervals(mergeIntervals(list.flatMap((outage): Interval[] => (outage.to === undefined ? [] : [{ from: epochSecondsOf(outage.from / 1000), to: epochSecondsOf(outage.to / 1000) }]))), from, to);
  const here = outages.filter((outage) => outage.from < frame.to && (outage.to === undefined ? outage.from >= frame.from : outage.to > frame.from));
  const excusedKinds = [...new Set(here.flatMap(({ excludedAs }) => (excludedAs === undefined ? [] : [excludedAs])))];
  let agreed: IntervalSet = open;
  const excluded: Exclusion[] = [];
  const announced = totalSeconds(hours) - totalSeconds(open);
  if (announced > 0) excluded.push({ reason: 'of announced maintenance', amount: String(announced), unit: 'seconds' });
  for (const kind of excusedKinds) {
    const excused = intersectIntervals(intervalsOf(here.filter(({ excludedAs }) => excludedAs === kind)), agreed);
    if (totalSeconds(excused) > 0) excluded.push({ reason: `of ${kind}`, amount: String(totalSeconds(excused)), unit: 'seconds' });
    agreed = subtractIntervals(agreed, excused);
  }
  const counted = here.filter(({ excludedAs }) => excludedAs === undefined);
  const down = intersectIntervals(intervalsOf(counted), agreed);
  const unclear = counted.filter((outage) => outage.to === undefined);
  if (unclear.length > 0) excluded.push({ reason: unclear.length === 1 ? 'outage whose end is not known' : 'outages whose end is not known', amount: String(unclear.length) });
  const denominator = totalSeconds(agreed);
  const numerator = secondsOf(denominator - totalSeconds(down));
  const ratio = { numerator, denominator };
  // A month without outages is a good one, if the export reaches it.
  const unreached = unreachedReason(session, lastRecord, frame.period);
  const short = unreached !== undefined && session.source.completeUntil !== undefined && session.source.completeUntil >= (frame.part?.firstDay ?? frame.period.firstDay);
  const judged = denominator === 0 ? { verdict: 'unknown' as const, reason: 'There is no agreed service time in this period' } : judgeRatio(ratio, 0, goal, statement.target.minimumSample === undefined ? undefined : Number(statement.target.minimumSample));
  const judgement = unreached !== undefined && !(short && judged.verdict === 'missed') ? { verdict: 'unknown' as const, reason: unreached } : unclear.length > 0 && judged.verdict !== 'missed' ? { verdict: 'unknown' as const, reason: `It is not known when ${unclear.length === 1 ? `outage ${unclear[0]!.key}` : `${unclear.length} outages`} ended` } : judged;
  const value = unreached !== undefined && judgement.verdict === 'unknown' ? undefined : shownRatio(ratio, goal);
  const zone = zoneOf(calendar, session, context.clocks);
  const missed = counted
    .map((outage) => ({ outage, seconds: outage.to === undefined ? 0 : totalSeconds(intersectIntervals(intervalsOf([outage]), agreed)) }))
    .filter(({ outage, seconds }) => seconds > 0 || outage.to === undefined)
    .slice(0, listedRecords)
    .map(({ outage, seconds }): CountedRecord => ({ key: outage.key, detail: `from ${printLocal(outage.from, zone)}${outage.lasting ? ', not over yet' : ''}: ${outage.to === undefined ? 'its end is not known' : `${durationInWords(seconds * 1000)} of service time`}` }));
  const clock = calendar === undefined ? 'all of the time' : `the service time of ${context.clocks.titleOf(calendar)}`;
  const stale = unreached === undefined ? '' : ` ${unreached}: whether there were outages since is not known.`;
  return {
    ...base, ...(value === undefined ? {} : { value, numerator: String(numerator), denominator: String(denominator) }), target: goalOf, ...judgement, excluded, missed, sample: counted.length,
    computation: `1 − ${durationInWords((denominator - numerator) * 1000)} down of ${durationInWords(denominator * 1000)} in ${frameInWords(frame)}, ${clock}, for ${context.clocks.titlesOfServices(agreement.services)}${session.fieldIndex('service') === undefined ? ' (the source does not say which service)' : ''}: ${counted.length} ${counted.length === 1 ? 'outage' : 'outages'}, overlaps counted once.${excluded.length === 0 ? '' : ` Left out of both: ${excluded.map(exclusionInWords).join('; ')}.`}${stale}`,
  };
}

export function unknownAvailability(target: AvailabilityTarget, session: SourceSession | undefined, reason: string): readonly Figure[] {
  const last = target.frames.at(-1);
  if (last === undefined) return [];
  return [{
    subject: target.subject, period: last.period.id, ...(last.part === undefined ? {} : { days: last.part }), unit: 'percent', excluded: [], target: { comparison: target.statement.target.comparison ?? '>=', value: target.statement.target.value ?? '' },
    verdict: 'unknown', reason, computation: `Not computed: ${reason}.`, missed: [], ...(session === undefined ? {} : { source: session.source.name }), dataHash: session?.dataHash ?? '',
  }];
}
