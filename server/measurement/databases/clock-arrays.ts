import { isProblem, type Problem } from '../../../language/values/problem.ts';
import { dueSteps, openSteps, type ClockJoins, type Clocks, type Horizon } from '../clock-tables.ts';
import type { NumberLists } from './asked-database.ts';

/**
 * Clocks for a database in which nothing may be created: their steps go into the question as lists in order, in which a moment is found
 * by halving.
 */
export class ClockArrays implements ClockJoins {
  readonly #clocks: Clocks;
  readonly #horizon: Horizon;
  readonly #lists: NumberLists;

  constructor(clocks: Clocks, horizon: Horizon, lists: NumberLists) {
    this.#clocks = clocks;
    this.#horizon = horizon;
    this.#lists = lists;
  }

  joinOpen(alias: string, moment: string, calendar: string): Promise<string | Problem> {
    return this.joinOpenByOrder(alias, moment, calendar);
  }

  joinOpenByOrder(alias: string, moment: string, calendar: string): Promise<string | Problem> {
    const steps = openSteps(this.#clocks, calendar, this.#horizon);
    if (isProblem(steps)) return Promise.resolve(steps);
    const step = this.#place(moment, steps.map(({ at }) => at));
    // Closed and open take turns, and it begins closed.
    return Promise.resolve(`CROSS JOIN LATERAL (SELECT ${this.#element(steps.map(({ base }) => base), step)} AS base_ms, 1 - ${step} % 2 AS runs) ${alias}`);
  }

  joinDue(alias: string, moment: string, calendar: string, workingDays: number): Promise<string | Problem> {
    const steps = dueSteps(this.#clocks, calendar, workingDays, this.#horizon);
    if (isProblem(steps)) return Promise.resolve(steps);
    return Promise.resolve(`CROSS JOIN LATERAL (SELECT ${this.#element(steps.map(({ dueOpen }) => dueOpen), this.#place(moment, steps.map(({ close }) => close)))} AS due_open_ms) ${alias}`);
  }

  /** In the largest unit in which all are whole, so that the question is short. No moment of data is before 1970. */
  #place(moment: string, ascending: readonly number[]): string {
    const unit = unitOf(ascending);
    return this.#lists.place(unit === 1 ? moment : `(${moment}) / ${unit}`, ascending.map((value) => value / unit));
  }

  #element(numbers: readonly number[], place: string): string {
    const unit = unitOf(numbers);
    const element = this.#lists.element(numbers.map((value) => value / unit), place);
    return unit === 1 ? element : `${element} * ${unit}`;
  }
}

/** In milliseconds. */
function unitOf(numbers: readonly number[]): number {
  return [900_000, 60_000, 1_000].find((unit) => numbers.every((value) => value % unit === 0)) ?? 1;
}
