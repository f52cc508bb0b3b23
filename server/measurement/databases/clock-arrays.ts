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
    const step = this.#lists.place(moment, steps.map(({ at }) => at));
    // Closed and open take turns, and it begins closed.
    return Promise.resolve(`CROSS JOIN LATERAL (SELECT ${this.#lists.element(steps.map(({ base }) => base), step)} AS base_ms, 1 - ${step} % 2 AS runs) ${alias}`);
  }

  joinDue(alias: string, moment: string, calendar: string, workingDays: number): Promise<string | Problem> {
    const steps = dueSteps(this.#clocks, calendar, workingDays, this.#horizon);
    if (isProblem(steps)) return Promise.resolve(steps);
    return Promise.resolve(`CROSS JOIN LATERAL (SELECT ${this.#lists.element(steps.map(({ dueOpen }) => dueOpen), this.#lists.place(moment, steps.map(({ close }) => close)))} AS due_open_ms) ${alias}`);
  }
}
