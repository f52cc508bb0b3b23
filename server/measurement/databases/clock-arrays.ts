import { isProblem, type Problem } from '../../../language/values/problem.ts';
import { dueSteps, openSteps, type ClockJoins, type Clocks, type Horizon } from '../clock-tables.ts';
import { integer } from '../sql.ts';

/**
 * Clocks for a database in which nothing may be created: their steps go into the question as arrays in order, in which a moment is found
 * by halving.
 */
export class ClockArrays implements ClockJoins {
  readonly #clocks: Clocks;
  readonly #horizon: Horizon;

  constructor(clocks: Clocks, horizon: Horizon) {
    this.#clocks = clocks;
    this.#horizon = horizon;
  }

  joinOpen(alias: string, moment: string, calendar: string): Promise<string | Problem> {
    return this.joinOpenByOrder(alias, moment, calendar);
  }

  joinOpenByOrder(alias: string, moment: string, calendar: string): Promise<string | Problem> {
    const steps = openSteps(this.#clocks, calendar, this.#horizon);
    if (isProblem(steps)) return Promise.resolve(steps);
    // Closed and open take turns, and it begins closed.
    return Promise.resolve(`CROSS JOIN LATERAL (SELECT ${element(steps.map(({ base }) => base))} AS base_ms, 1 - step % 2 AS runs FROM (SELECT ${place(moment, steps.map(({ at }) => at))} AS step) steps) ${alias}`);
  }

  joinDue(alias: string, moment: string, calendar: string, workingDays: number): Promise<string | Problem> {
    const steps = dueSteps(this.#clocks, calendar, workingDays, this.#horizon);
    if (isProblem(steps)) return Promise.resolve(steps);
    return Promise.resolve(`CROSS JOIN LATERAL (SELECT ${element(steps.map(({ dueOpen }) => dueOpen))} AS due_open_ms FROM (SELECT ${place(moment, steps.map(({ close }) => close))} AS step) steps) ${alias}`);
  }
}

function element(values: readonly number[]): string {
  return `(${array(values)})[step]`;
}

function place(moment: string, from: readonly number[]): string {
  return `width_bucket((${moment})::BIGINT, ${array(from)})`;
}

function array(values: readonly number[]): string {
  return `'{${values.map(integer).join(',')}}'::BIGINT[]`;
}
