/** Open hours of a calendar in two states of the text, over the same year. */
import { resolveDeclaredCalendar } from '../../../language/model/calendars.ts';
import type { Model } from '../../../language/model/model.ts';
import { BusinessClock } from '../../../language/values/business-clock.ts';
import { addMonths, type IsoDate } from '../../../language/values/date.ts';
import { intersectIntervals, totalSeconds, type IntervalSet } from '../../../language/values/intervals.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { startOfDate, timeZone } from '../../../language/values/time-zone.ts';
import type { Effect } from './change.ts';

export interface OpenYear {
  readonly open: IntervalSet;
  readonly seconds: number;
}

/** The open hours of calendars in the twelve months from a day on; each is worked out once. */
export class OpenHours {
  readonly #model: Model;
  readonly #from: IsoDate;
  readonly #known = new Map<string, OpenYear | undefined>();

  constructor(model: Model, from: IsoDate) {
    this.#model = model;
    this.#from = from;
  }

  /** Undefined where the calendar is not declared, or cannot be read. */
  of(calendar: string | undefined): OpenYear | undefined {
    if (calendar === undefined) return undefined;
    if (!this.#known.has(calendar)) this.#known.set(calendar, this.#compute(calendar));
    return this.#known.get(calendar);
  }

  #compute(id: string): OpenYear | undefined {
    const calendar = resolveDeclaredCalendar(this.#model, id);
    // The same moments for calendars of all zones, or two of them could not be compared.
    const utc = timeZone('UTC');
    if (isProblem(calendar) || isProblem(utc)) return undefined;
    const [start, end] = [startOfDate(utc, this.#from), startOfDate(utc, addMonths(this.#from, 12))];
    const open = new BusinessClock(calendar).openIntervals(start, end);
    return isProblem(open) ? undefined : { open, seconds: totalSeconds(open) };
  }
}

/** `extended`: open whenever it was before, and more; `reduced`: the other way round; undefined: open at the same moments. */
export function effectOfHours(before: OpenYear, after: OpenYear): Extract<Effect, 'extended' | 'reduced' | 'changed'> | undefined {
  const common = totalSeconds(intersectIntervals(before.open, after.open));
  if (common === before.seconds && common === after.seconds) return undefined;
  if (common === before.seconds) return 'extended';
  return common === after.seconds ? 'reduced' : 'changed';
}
