import { alwaysCalendar, resolveDeclaredCalendar } from '../../language/model/calendars.ts';
import type { Model } from '../../language/model/model.ts';
import { BusinessClock } from '../../language/values/business-clock.ts';
import { epochSecondsOf } from '../../language/values/instant.ts';
import { isProblem, type Problem } from '../../language/values/problem.ts';
import type { Engine } from './engine.ts';
import { integer } from './sql.ts';

/** The clocks of the model's calendars, made when they are first asked for. */
export class Clocks {
  readonly #model: Model;
  readonly #clocks = new Map<string, BusinessClock | Problem>();

  constructor(model: Model) {
    this.#model = model;
  }

  clock(calendar: string, withoutMaintenance = false): BusinessClock | Problem {
    const name = `${calendar} ${withoutMaintenance}`;
    let clock = this.#clocks.get(name);
    if (clock === undefined) {
      const resolved = resolveDeclaredCalendar(this.#model, calendar);
      clock = isProblem(resolved) ? resolved : new BusinessClock(resolved, { withoutMaintenance });
      this.#clocks.set(name, clock);
    }
    return clock;
  }
}

/** Moments that data may hold, from the year before the first to the year after the last, in milliseconds. */
export interface Horizon {
  readonly from: number;
  readonly to: number;
}

/**
 * Tables for the engine, one per calendar: open intervals with the open time before each, in milliseconds. Open time between two
 * moments is then the difference of two look-ups, however long a record stayed open.
 */
export class ClockTables {
  readonly #clocks: Clocks;
  readonly #engine: Engine;
  readonly #horizon: Horizon;
  readonly #tables = new Map<string, Promise<string | Problem>>();

  constructor(clocks: Clocks, engine: Engine, horizon: Horizon) {
    this.#clocks = clocks;
    this.#engine = engine;
    this.#horizon = horizon;
  }

  /** Name of the table (start_ms, end_ms, before_ms) of a calendar. */
  openTable(calendar: string): Promise<string | Problem> {
    return this.#table(`open ${calendar}`, async (name) => {
      const clock = this.#clocks.clock(calendar);
      if (isProblem(clock)) return clock;
      const table = clock.table(epochSecondsOf(this.#horizon.from / 1000), epochSecondsOf(this.#horizon.to / 1000));
      if (isProblem(table)) return table;
      const rows = table.start.map((start, index) => `(${integer(start * 1000)},${integer(table.end[index]! * 1000)},${integer(table.openBefore[index]! * 1000)})`);
      await this.#create(name, 'start_ms BIGINT, end_ms BIGINT, before_ms BIGINT', rows);
      return name;
    });
  }

  /** Name of the table (close_ms, due_ms): what starts from a close of business on, and before the next, is due after so many working days at due_ms. */
  dueTable(calendar: string, workingDays: number): Promise<string | Problem> {
    return this.#table(`due ${workingDays} ${calendar}`, async (name) => {
      const clock = this.#clocks.clock(calendar);
      if (isProblem(clock)) return clock;
      const margin = (workingDays + 10) * 20 * 86_400;
      const closes = clock.closesOfBusiness(epochSecondsOf(this.#horizon.from / 1000), epochSecondsOf(Math.min(this.#horizon.to / 1000 + margin, Date.UTC(2199, 11, 1) / 1000)));
      if (isProblem(closes)) return closes;
      const rows: string[] = [];
      for (let index = -1; index + 1 + workingDays < closes.length; index++) {
        rows.push(`(${index < 0 ? '-1' : integer(closes[index]! * 1000)},${integer(closes[index + 1 + workingDays]! * 1000)})`);
      }
      await this.#create(name, 'close_ms BIGINT, due_ms BIGINT', rows);
      return name;
    });
  }

  #table(key: string, create: (name: string) => Promise<string | Problem>): Promise<string | Problem> {
    let table = this.#tables.get(key);
    if (table === undefined) this.#tables.set(key, (table = create(`clock_${this.#tables.size}`)));
    return table;
  }

  async #create(name: string, columns: string, rows: readonly string[]): Promise<void> {
    await this.#engine.run(`CREATE TEMP TABLE ${name} (${columns})`);
    for (let index = 0; index < rows.length; index += 5000) {
      await this.#engine.run(`INSERT INTO ${name} VALUES ${rows.slice(index, index + 5000).join(',')}`);
    }
  }
}

/** Whether a calendar's clock is the same as elapsed time. */
export function isElapsed(calendar: string | undefined): boolean {
  return calendar === undefined || calendar === alwaysCalendar;
}
