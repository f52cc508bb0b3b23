/**
 * Clocks and calendars the slow way: every quarter of an hour of two years is looked at by itself, with what the platform's
 * own `Intl` says the clocks on the wall show. Nothing of the product is used.
 */

/** First and last minute (since 1970, UTC) that is looked at. */
export const firstMinute = Date.UTC(2025, 9, 1) / 60_000;
export const lastMinute = Date.UTC(2027, 3, 1) / 60_000;
const quarter = 15;
const quarters = (lastMinute - firstMinute) / quarter;

const weekdays = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'] as const;

/** What the clocks on the wall of a zone show. */
export class Wall {
  /** Day, as days since 1970, and minute of the day, of each quarter of an hour. */
  readonly days = new Int32Array(quarters);
  readonly minutes = new Int16Array(quarters);
  readonly #first = new Map<string, number>();

  private constructor(zone: string) {
    const format = new Intl.DateTimeFormat('en-GB', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
    for (let index = 0; index < quarters; index++) {
      const at = (firstMinute + index * quarter) * 60_000;
      const shown = /^(\d\d)\/(\d\d)\/(\d{4}), (\d\d):(\d\d)$/u.exec(format.format(at));
      if (shown === null) throw new Error(format.format(at));
      this.days[index] = Date.UTC(Number(shown[3]), Number(shown[2]) - 1, Number(shown[1])) / 86_400_000;
      this.minutes[index] = Number(shown[4]) * 60 + Number(shown[5]);
      const key = `${this.days[index]} ${this.minutes[index]}`;
      if (!this.#first.has(key)) this.#first.set(key, firstMinute + index * quarter);
    }
  }

  static readonly #known = new Map<string, Wall>();

  static of(zone: string): Wall {
    let wall = this.#known.get(zone);
    if (wall === undefined) this.#known.set(zone, (wall = new Wall(zone)));
    return wall;
  }

  static #quarterOf(minute: number): number {
    if (minute < firstMinute || minute >= lastMinute) throw new RangeError(`${new Date(minute * 60_000).toISOString()} is not looked at`);
    return Math.floor((minute - firstMinute) / quarter);
  }

  /** `2026-03-29` */
  dateOf(minute: number): string {
    return new Date(this.days[Wall.#quarterOf(minute)]! * 86_400_000).toISOString().slice(0, 10);
  }

  /** `01:30` */
  timeOf(minute: number): string {
    const at = Wall.#quarterOf(minute);
    const ofDay = this.minutes[at]! + (minute - firstMinute) % quarter;
    return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
  }

  /** The first minute at which the clocks show the same as at this one: what a text without an offset is taken for. */
  firstAlike(minute: number): number {
    const at = Wall.#quarterOf(minute);
    return this.#first.get(`${this.days[at]} ${this.minutes[at]}`)! + (minute - firstMinute) % quarter;
  }

  /** The minute at which a date begins. */
  beginOf(date: string): number {
    const day = Date.parse(date) / 86_400_000;
    return firstMinute + this.days.findIndex((of) => of >= day) * quarter;
  }
}

/** Hours of some days of the week, `[from, to]` in minutes of the day; from the evening into the next morning where `to` is not later. */
export interface Hours {
  readonly days: readonly (typeof weekdays)[number][];
  readonly ranges: readonly (readonly [number, number])[];
}

export interface Office {
  readonly zone: string;
  readonly hours: readonly Hours[];
  /** Dates on which nothing opens. */
  readonly closed: readonly string[];
}

/** How a calendar's hours are written. */
export function officeText({ zone, hours, closed }: Office): string {
  const clock = (minutes: number): string => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  return `timezone ${zone}  ${hours.map(({ days, ranges }) => `open ${days.join(', ')} ${ranges.map(([from, to]) => `${clock(from)}-${clock(to)}`).join(', ')}`).join('  ')}${closed.length === 0 ? '' : `  closed ${closed.join(', ')}`}`;
}

/** The clock of an office. */
export class OfficeClock {
  readonly wall: Wall;
  /** Open minutes before each quarter. */
  readonly #before = new Int32Array(quarters + 1);
  /** The date of each quarter, which is its working day; -1 while it is closed. */
  readonly #business = new Int32Array(quarters).fill(-1);

  constructor({ zone, hours, closed }: Office) {
    this.wall = Wall.of(zone);
    const shut = new Set(closed.map((date) => Date.parse(date) / 86_400_000));
    // A closed date is closed from midnight to midnight: the shift of the evening before ends there, and one of its own goes on after it.
    const rangesOf = (day: number, on = day): readonly (readonly [number, number])[] => (shut.has(on) ? [] : hours.flatMap(({ days, ranges }) => (days.includes(weekdays[(day + 4) % 7]!) ? ranges : [])));
    for (let index = 0; index < quarters; index++) {
      const [day, at] = [this.wall.days[index]!, this.wall.minutes[index]!];
      const open = rangesOf(day).some(([from, to]) => at >= from && (to <= from || at < to)) || rangesOf(day - 1, day).some(([from, to]) => to <= from && at < to);
      if (open) this.#business[index] = day;
      this.#before[index + 1] = this.#before[index]! + (this.#business[index] === -1 ? 0 : quarter);
    }
  }

  openMinutes(from: number, to: number): number {
    return this.#until(to) - this.#until(from);
  }

  #until(minute: number): number {
    const index = Math.floor((minute - firstMinute) / quarter);
    return this.#before[index]! + (this.#business[index] === -1 ? 0 : (minute - firstMinute) % quarter);
  }

  /** Close of business so many working days after the day on which the clock starts to run. */
  dueAfter(start: number, days: number): number {
    let index = Math.floor((start - firstMinute) / quarter);
    while (this.#business[index] === -1) index++;
    for (let left = days; ; left--) {
      const day = this.#business[index]!;
      let last = index;
      for (let at = index; at < index + 3 * 96; at++) if (this.#business[at] === day) last = at;
      if (left === 0) return firstMinute + (last + 1) * quarter;
      index = last + 1;
      while (this.#business[index] === -1) index++;
    }
  }
}
