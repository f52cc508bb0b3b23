import { Temporal } from 'temporal-polyfill';
import { dateOfDayNumber, dayNumberOf, type DayNumber, type IsoDate } from './date.ts';
import { epochSecondsOf, type EpochSeconds } from './instant.ts';
import { nearest } from './nearest.ts';
import { problem, shown, type Problem } from './problem.ts';

/**
 * An IANA time zone as a function from what the clock on the wall reads to moments, and back.
 *
 * A wall-clock time stands for the first moment at which the clock reads that time or later. So a time that the clocks skip
 * in spring is the moment of the change (a window inside the gap is empty), and a time that they read twice in autumn is the
 * first of the two (a shift over that hour has it once more: nothing is lost, and neighbouring windows still touch).
 */
export interface TimeZone {
  /** IANA name. */
  readonly id: string;
  /** Moment of a wall-clock time, given as the date and the seconds after 00:00 on the clock's face (86,400 is 24:00). */
  instantOf(day: DayNumber, secondsIntoDay: number): EpochSeconds;
  /** What the calendar on the wall shows at a moment. */
  dayAt(instant: EpochSeconds): DayNumber;
  dateAt(instant: EpochSeconds): IsoDate;
  /** Seconds ahead of UTC. */
  offsetAt(instant: EpochSeconds): number;
}

/** A stretch of time with one offset, `from` included and `to` not; cut at the turn of each year in UTC. */
interface Segment {
  readonly from: number;
  readonly to: number;
  readonly offset: number;
}

/** Zones differ from UTC by 15 hours at most, so that this many seconds before a wall-clock time is before its moment. */
const farthestOffset = 26 * 3600;

const zones = new Map<string, TimeZone>();

/** A zone by its IANA name (`Europe/London`), or `UTC`. Abbreviations and offsets are refused: they do not know when the clocks change. */
export function timeZone(id: string): TimeZone | Problem {
  const known = zones.get(id);
  if (known !== undefined) return known;
  if (!isIanaName(id)) {
    return problem(
      `${shown(id)} is not a time zone: write its IANA name, such as Europe/London, or UTC`,
      id.length > 60 ? undefined : nearest(id.trim().replaceAll(' ', '_'), timeZoneNames()),
    );
  }
  const zone = new SegmentedTimeZone(id);
  zones.set(id, zone);
  return zone;
}

/** Every zone name there is, for completion. */
export function timeZoneNames(): readonly string[] {
  return [...Intl.supportedValuesOf('timeZone'), 'UTC'];
}

function isIanaName(id: string): boolean {
  if (id === 'UTC') return true;
  if (!/^[A-Z][A-Za-z]+(\/[A-Za-z0-9_+-]+){1,2}$/u.test(id) || id.length > 60) return false;
  try {
    return epochZero.toZonedDateTimeISO(id).timeZoneId === id;
  } catch {
    return false;
  }
}

const epochZero = Temporal.Instant.fromEpochMilliseconds(0);

class SegmentedTimeZone implements TimeZone {
  readonly id: string;
  readonly #segmentsOfYear = new Map<number, readonly Segment[]>();

  constructor(id: string) {
    this.id = id;
  }

  offsetAt(instant: EpochSeconds): number {
    return this.#segmentAt(instant).offset;
  }

  dayAt(instant: EpochSeconds): DayNumber {
    return Math.floor((instant + this.offsetAt(instant)) / 86_400) as DayNumber;
  }

  dateAt(instant: EpochSeconds): IsoDate {
    return dateOfDayNumber(this.dayAt(instant));
  }

  instantOf(day: DayNumber, secondsIntoDay: number): EpochSeconds {
    const wall = day * 86_400 + secondsIntoDay;
    let segment = this.#segmentAt(wall - farthestOffset);
    while (segment.to + segment.offset <= wall) segment = this.#segmentAt(segment.to);
    return epochSecondsOf(Math.max(segment.from, wall - segment.offset));
  }

  #segmentAt(instant: number): Segment {
    const year = new Date(Math.floor(instant) * 1000).getUTCFullYear();
    let segments = this.#segmentsOfYear.get(year);
    if (segments === undefined) {
      segments = segmentsOf(this.id, year);
      this.#segmentsOfYear.set(year, segments);
    }
    for (const segment of segments) if (instant < segment.to) return segment;
    return segments.at(-1)!;
  }
}

function segmentsOf(id: string, year: number): readonly Segment[] {
  const end = Date.UTC(year + 1, 0, 1) / 1000;
  const segments: Segment[] = [];
  let at = Temporal.Instant.fromEpochMilliseconds(Date.UTC(year, 0, 1)).toZonedDateTimeISO(id);
  for (;;) {
    const from = at.epochMilliseconds / 1000;
    const offset = at.offsetNanoseconds / 1e9;
    const next = at.getTimeZoneTransition('next');
    const change = next === null ? Infinity : next.epochMilliseconds / 1000;
    segments.push({ from, to: Math.min(change, end), offset });
    if (next === null || change >= end) return segments;
    at = next;
  }
}

/** The first moment of a date. */
export function startOfDate(zone: TimeZone, date: IsoDate): EpochSeconds {
  return zone.instantOf(dayNumberOf(date), 0);
}

/** The first moment after a date. */
export function endOfDate(zone: TimeZone, date: IsoDate): EpochSeconds {
  return zone.instantOf((dayNumberOf(date) + 1) as DayNumber, 0);
}
