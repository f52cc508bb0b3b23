import { alwaysCalendar, resolveDeclaredCalendar } from '../../language/model/calendars.ts';
import type { Model } from '../../language/model/model.ts';
import { BusinessClock, type OpenTable } from '../../language/values/business-clock.ts';
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

  /** A calendar as people know it. */
  titleOf(calendar: string): string {
    return this.#model.get('Calendar', calendar)?.title ?? calendar;
  }

  /** Services as people know them. */
  titlesOfServices(services: readonly string[]): string {
    return services.map((service) => this.#model.get('Service', service)?.title ?? service).join(', ');
  }
}

/** Sizes of a grid's slots in seconds, the largest that fits first: hours begin and end on the quarter nearly everywhere. */
const slotSizes = [3600, 900, 300, 60];
const mostSlots = 1_000_000;

/** A clock as a grid: see {@link ClockTables.openGrid}. */
export interface Grid {
  readonly table: string;
  readonly slotMs: number;
}

/**
 * Joins that tell what a calendar's clock shows at a moment of a row: `base_ms` and `runs` (at the moment it shows base_ms + moment × runs,
 * where `runs` is 1 while it is open and 0 while it is closed), and `due_open_ms`, what it shows when so many working days are over.
 */
export interface ClockJoins {
  joinOpen(alias: string, moment: string, calendar: string): Promise<string | Problem>;
  /** The same for moments beyond those that the data holds. */
  joinOpenByOrder(alias: string, moment: string, calendar: string): Promise<string | Problem>;
  joinDue(alias: string, moment: string, calendar: string, workingDays: number): Promise<string | Problem>;
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
export class ClockTables implements ClockJoins {
  readonly #name: string;
  readonly #clocks: Clocks;
  readonly #engine: Engine;
  readonly #horizon: Horizon;
  readonly #tables = new Map<string, Promise<string | Problem>>();
  readonly #grids = new Map<string, Promise<Grid | Problem | undefined>>();
  readonly #dueGrids = new Map<string, Promise<Grid | Problem | undefined>>();

  /** @param name begins the names of the tables */
  constructor(name: string, clocks: Clocks, engine: Engine, horizon: Horizon) {
    this.#name = name;
    this.#clocks = clocks;
    this.#engine = engine;
    this.#horizon = horizon;
  }

  async joinOpen(alias: string, moment: string, calendar: string): Promise<string | Problem> {
    const grid = await this.openGrid(calendar);
    if (isProblem(grid)) return grid;
    return grid === undefined ? await this.joinOpenByOrder(alias, moment, calendar) : `LEFT JOIN ${grid.table} ${alias} ON ${alias}.slot = (${moment}) // ${grid.slotMs}`;
  }

  async joinOpenByOrder(alias: string, moment: string, calendar: string): Promise<string | Problem> {
    const table = await this.openTable(calendar);
    return isProblem(table) ? table : `ASOF LEFT JOIN ${table} ${alias} ON ${moment} >= ${alias}.at_ms`;
  }

  async joinDue(alias: string, moment: string, calendar: string, workingDays: number): Promise<string | Problem> {
    const table = await this.dueTable(calendar, workingDays);
    if (isProblem(table)) return table;
    const grid = await this.#dueGrid(calendar, workingDays, table);
    if (isProblem(grid)) return grid;
    return grid === undefined ? `ASOF LEFT JOIN ${table} ${alias} ON ${moment} >= ${alias}.close_ms` : `LEFT JOIN ${grid.table} ${alias} ON ${alias}.slot = (${moment}) // ${grid.slotMs}`;
  }

  /**
   * Name of the table (at_ms, base_ms, runs) of a calendar: from `at_ms` on its clock shows `base_ms + moment * runs`, where
   * `runs` is 1 while it is open and 0 while it is closed.
   */
  openTable(calendar: string): Promise<string | Problem> {
    return this.#table(`open ${calendar}`, async (name) => {
      const steps = openSteps(this.#clocks, calendar, this.#horizon);
      if (isProblem(steps)) return steps;
      await this.#create(name, 'at_ms BIGINT, base_ms BIGINT, runs BIGINT', steps.map(({ at, base, runs }) => `(${integer(at)},${integer(base)},${runs})`));
      return name;
    });
  }

  /**
   * The same as a grid: (slot, base_ms, runs). Looking up is then a join by equality, several times as fast as by order. Undefined
   * where the hours fit no grid, or the data reaches too far: then the table in order serves.
   */
  openGrid(calendar: string): Promise<Grid | Problem | undefined> {
    let grid = this.#grids.get(calendar);
    if (grid === undefined) this.#grids.set(calendar, (grid = this.#makeGrid(calendar)));
    return grid;
  }

  async #makeGrid(calendar: string): Promise<Grid | Problem | undefined> {
    const { from, to } = this.#horizon;
    const table = intervalsOf(this.#clocks, calendar, this.#horizon);
    if (isProblem(table)) return table;
    const slot = slotSizes.find((size) => [...table.start, ...table.end].every((at) => at % size === 0));
    if (slot === undefined || (to - from) / 1000 / slot > mostSlots) return undefined;
    const steps = await this.openTable(calendar);
    if (isProblem(steps)) return steps;
    const [name, slotMs] = [`grid_${this.#name}_${this.#grids.size}`, slot * 1000];
    await this.#engine.run(`CREATE TEMP TABLE ${name} AS SELECT g.range AS slot, c.base_ms, c.runs FROM range(${integer(Math.floor(from / slotMs))}, ${integer(Math.floor(to / slotMs) + 1)}) g ASOF JOIN ${steps} c ON g.range * ${slotMs} >= c.at_ms`);
    return { table: name, slotMs };
  }

  /** Name of the table (close_ms, due_ms, due_open_ms), the last of which is the open time at the due moment: what starts from a close of business on, and before the next, is due after so many working days at due_ms. */
  dueTable(calendar: string, workingDays: number): Promise<string | Problem> {
    return this.#table(`due ${workingDays} ${calendar}`, async (name) => {
      const steps = dueSteps(this.#clocks, calendar, workingDays, this.#horizon);
      if (isProblem(steps)) return steps;
      await this.#create(name, 'close_ms BIGINT, due_ms BIGINT, due_open_ms BIGINT', steps.map(({ close, due, dueOpen }) => `(${integer(close)},${integer(due)},${integer(dueOpen)})`));
      return name;
    });
  }

  /** The table of {@link dueTable} by the slots of the calendar's grid: (slot, due_open_ms). Undefined where business does not close at the end of a slot. */
  #dueGrid(calendar: string, workingDays: number, due: string): Promise<Grid | Problem | undefined> {
    const key = `${workingDays} ${calendar}`;
    let grid = this.#dueGrids.get(key);
    if (grid === undefined) this.#dueGrids.set(key, (grid = this.#makeDueGrid(calendar, due)));
    return grid;
  }

  async #makeDueGrid(calendar: string, due: string): Promise<Grid | Problem | undefined> {
    const grid = await this.openGrid(calendar);
    if (grid === undefined || isProblem(grid)) return grid;
    const { slotMs } = grid;
    const [aligned] = await this.#engine.row(`SELECT bool_and(close_ms < 0 OR close_ms % ${slotMs} = 0) FROM ${due}`);
    if (aligned !== true) return undefined;
    const name = `grid_${due}`;
    await this.#engine.run(`CREATE TEMP TABLE ${name} AS SELECT g.slot, d.due_open_ms FROM ${grid.table} g ASOF JOIN ${due} d ON g.slot * ${slotMs} >= d.close_ms`);
    return { table: name, slotMs };
  }

  #table(key: string, create: (name: string) => Promise<string | Problem>): Promise<string | Problem> {
    let table = this.#tables.get(key);
    if (table === undefined) this.#tables.set(key, (table = create(`clock_${this.#name}_${this.#tables.size}`)));
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

function openUntil(table: OpenTable, moment: number): number {
  let [low, high] = [0, table.start.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (table.start[middle]! <= moment) low = middle + 1;
    else high = middle;
  }
  return low === 0 ? 0 : table.openBefore[low - 1]! + Math.min(moment, table.end[low - 1]!) - table.start[low - 1]!;
}

/** From `at` on a clock shows `base + moment * runs`; all in milliseconds. */
export interface OpenStep {
  readonly at: number;
  readonly base: number;
  readonly runs: 0 | 1;
}

/** The steps of a calendar's clock in order, which begin before all data and take turns: closed, open, closed, … */
export function openSteps(clocks: Clocks, calendar: string, horizon: Horizon): readonly OpenStep[] | Problem {
  const table = intervalsOf(clocks, calendar, horizon);
  if (isProblem(table)) return table;
  const zero = openUntil(table, horizon.from / 1000);
  const steps: OpenStep[] = [{ at: -9_000_000_000_000, base: -zero * 1000, runs: 0 }];
  for (const [index, start] of table.start.entries()) {
    const [end, before] = [table.end[index]!, table.openBefore[index]! - zero];
    steps.push({ at: start * 1000, base: (before - start) * 1000, runs: 1 }, { at: end * 1000, base: (before + end - start) * 1000, runs: 0 });
  }
  return steps;
}

/** What starts from a close of business on, and before the next, is due at `due`, when the clock shows `dueOpen`; all in milliseconds. */
export interface DueStep {
  readonly close: number;
  readonly due: number;
  readonly dueOpen: number;
}

/** Before every moment of data, on the hour, in milliseconds. */
const beforeAll = -3_600_000;

export function dueSteps(clocks: Clocks, calendar: string, workingDays: number, horizon: Horizon): readonly DueStep[] | Problem {
  const clock = clocks.clock(calendar);
  if (isProblem(clock)) return clock;
  const margin = (workingDays + 10) * 20 * 86_400;
  const closes = clock.closesOfBusiness(epochSecondsOf(horizon.from / 1000), epochSecondsOf(Math.min(horizon.to / 1000 + margin, Date.UTC(2199, 11, 1) / 1000)));
  if (isProblem(closes)) return closes;
  const table = intervalsOf(clocks, calendar, horizon);
  if (isProblem(table)) return table;
  const zero = openUntil(table, horizon.from / 1000);
  const steps: DueStep[] = [];
  for (let index = -1; index + 1 + workingDays < closes.length; index++) {
    const due = closes[index + 1 + workingDays]!;
    steps.push({ close: index < 0 ? beforeAll : closes[index]! * 1000, due: due * 1000, dueOpen: (openUntil(table, due) - zero) * 1000 });
  }
  return steps;
}

function intervalsOf(clocks: Clocks, calendar: string, { from, to }: Horizon): OpenTable | Problem {
  const clock = clocks.clock(calendar);
  return isProblem(clock) ? clock : clock.table(epochSecondsOf(from / 1000), epochSecondsOf(to / 1000));
}
