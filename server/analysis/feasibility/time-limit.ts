import { alwaysCalendar } from '../../../language/model/calendars.ts';
import type { BusinessClock } from '../../../language/values/business-clock.ts';
import { addMonths, type IsoDate } from '../../../language/values/date.ts';
import { compareDurations, parseDuration, type Duration } from '../../../language/values/duration.ts';
import { epochSecondsOf, type EpochSeconds } from '../../../language/values/instant.ts';
import { isProblem, problem, type Problem } from '../../../language/values/problem.ts';
import { startOfDate } from '../../../language/values/time-zone.ts';

/** So long on a clock: `4h in office`. */
export interface TimeLimit {
  /** As written. */
  readonly within: string;
  /** Id of the calendar; `always` for elapsed time. */
  readonly calendar: string;
}

/** Finds the clock of a calendar by its id. */
export type ClockOf = (calendar: string) => BusinessClock | Problem;

/** A moment of the year from a day on at which a promise is put to its hardest test. */
export interface WorstCase {
  readonly start: EpochSeconds;
  /** When the promise falls due. */
  readonly due: EpochSeconds;
  /** When the chain underneath is through: one limit after the other. */
  readonly through: EpochSeconds;
}

/**
 * Whether limits that run one after the other are within another, whatever moment of a year they start at, on the calendars of that
 * year: the moment at which most is missing, or least is left. All limits are piecewise steady functions of the start, so that the worst
 * moment is among those where a calendar opens or closes, or where a limit that starts there is used up just then; these are tried.
 */
export function worstCase(chain: readonly TimeLimit[], promise: TimeLimit, from: IsoDate, clockOf: ClockOf): WorstCase | Problem {
  const limits = chain.map((limit) => limitOf(limit, clockOf));
  const whole = limitOf(promise, clockOf);
  const wrong = [...limits, whole].find(isProblem);
  if (wrong !== undefined) return wrong;
  const parts = limits as readonly Limit[];
  const promised = whole as Limit;
  const [start, end] = [startOfDate(promised.clock.timeZone, from), startOfDate(promised.clock.timeZone, addMonths(from, 12))];
  let worst: WorstCase | undefined;
  for (const moment of candidates([...parts, promised], start, end)) {
    const due = dueOf(promised, moment);
    if (isProblem(due)) return due;
    let through: EpochSeconds | Problem = moment;
    for (const limit of parts) {
      through = dueOf(limit, through);
      if (isProblem(through)) return through;
    }
    if (worst === undefined || through - due > worst.through - worst.due) worst = { start: moment, due, through };
  }
  return worst ?? problem('The calendars are not open in the year to come');
}

interface Limit {
  readonly duration: Duration;
  readonly clock: BusinessClock;
}

function limitOf({ within, calendar }: TimeLimit, clockOf: ClockOf): Limit | Problem {
  const duration = parseDuration(within);
  if (isProblem(duration)) return duration;
  if (duration.kind === 'calendar') return problem(`${within} is as long as the months that it falls on, so that it cannot be held against hours`);
  const clock = clockOf(calendar);
  return isProblem(clock) ? clock : { duration, clock };
}

function dueOf({ duration, clock }: Limit, start: EpochSeconds): EpochSeconds | Problem {
  switch (duration.kind) {
    case 'elapsed': return clock.dueAfter(start, duration.seconds);
    case 'working days': return clock.dueAfterWorkingDays(start, duration.workingDays);
    case 'calendar': return problem('Months are no open time');
  }
}

const day = 86_400;

/** Moments at which one of the limits changes its course: openings and closings, those less a limit, and a second to either side. */
function candidates(limits: readonly Limit[], start: EpochSeconds, end: EpochSeconds): readonly EpochSeconds[] {
  const edges = new Set<number>([start]);
  for (const { clock } of limits) {
    const open = clock.openIntervals(start, end);
    if (isProblem(open)) continue;
    for (const { from, to } of open) edges.add(from).add(to);
    // Working days end at midnight even where a calendar is open on.
    const isUnbroken = open.length < 8;
    if (isUnbroken && limits.some(({ duration }) => duration.kind === 'working days')) for (let at: number = start; at < end; at += day) edges.add(at);
  }
  const moments = new Set<number>();
  for (const edge of edges) {
    moments.add(edge);
    for (const { duration, clock } of limits) {
      if (duration.kind !== 'elapsed') continue;
      const back = before(clock, epochSecondsOf(edge), duration.seconds);
      if (back !== undefined) moments.add(back);
    }
  }
  const around = new Set<number>();
  for (const moment of moments) for (const near of [moment - 1, moment, moment + 1]) if (near >= start && near < end) around.add(near);
  return [...around].sort((a, b) => a - b).map(epochSecondsOf);
}

/** The last moment from which so much open time is used up at another moment. */
function before(clock: BusinessClock, at: EpochSeconds, seconds: number): number | undefined {
  let [early, late] = [at - seconds, at as number];
  const openFrom = (from: number): number => {
    const open = clock.openSecondsBetween(epochSecondsOf(from), at);
    return isProblem(open) ? Infinity : open;
  };
  for (let step = seconds; openFrom(early) < seconds; step *= 2) {
    early -= step + day;
    if (early < 0) return undefined;
  }
  while (late - early > 1) {
    const middle = Math.floor((early + late) / 2);
    if (openFrom(middle) >= seconds) early = middle;
    else late = middle;
  }
  return early;
}

/** What two limits of one clock, or of none, come to without looking at any calendar; undefined where that does not tell. */
export function plainOrder(limit: TimeLimit, promise: TimeLimit): number | undefined {
  if (limit.calendar !== promise.calendar && limit.calendar !== alwaysCalendar) return undefined;
  const [own, other] = [parseDuration(limit.within), parseDuration(promise.within)];
  if (isProblem(own) || isProblem(other)) return undefined;
  const order = compareDurations(own, other);
  // What is kept round the clock is kept in any hours; whether more than that is too long depends on the hours.
  return limit.calendar === promise.calendar || (order !== undefined && order <= 0 && own.kind !== 'working days') ? order : undefined;
}
