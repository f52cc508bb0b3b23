import type { Process } from '../../language/model/declarations.ts';
import { parseDuration } from '../../language/values/duration.ts';
import { isProblem } from '../../language/values/problem.ts';
import { isNotZero } from '../assessment/filled-in.ts';
import { everyRecord } from '../assessment/records.ts';
import { addFact, placeOf, shortfall } from '../assessment/remark.ts';
import { query, system, type Query, type RecordsPart, type RuleContext, type SystemPart } from '../assessment/rule.ts';

export interface ClosureOptions {
  /** The row that asks for closure. */
  readonly row: string;
  /** The clause that the process satisfies: `8.6.1`. */
  readonly clause: string;
  readonly kind: string;
  /** The records in the plural: `incidents`. */
  readonly plural: string;
  /** The field that says when the work was done: `restored`. */
  readonly done: string;
  /** What then was done, as a participle and as a noun: `resolved`, `resolution`. */
  readonly participle: string;
  readonly noun: string;
}

/** Processes that say they meet a clause, one of its rows or a clause above it; those that speak of it most closely first. */
export function processesOf(clause: string, { model }: RuleContext): readonly Process[] {
  const id = `iso20000:${clause}`;
  const found = model.all('Process').flatMap((process) => {
    const lengths = process.satisfies.filter((satisfied) => satisfied === id || satisfied.startsWith(`${id}.`) || id.startsWith(`${satisfied}.`)).map(({ length }) => length);
    return lengths.length === 0 ? [] : [{ process, closeness: Math.max(...lengths) }];
  });
  return found.toSorted((a, b) => b.closeness - a.closeness).map(({ process }) => process);
}

interface ClosurePeriod {
  readonly within: string;
  /** Clause of an expression that names the calendar: ` in office`; empty without one. */
  readonly clock: string;
}

/** How long after the work is done records are closed, as a process of the clause says. */
export function closurePeriod(clause: string): Query<ClosurePeriod | undefined> {
  return query(`closure period of ${clause}`, (context) => {
    const process = processesOf(clause, context).find(({ closureWithin }) => isNotZero(closureWithin) && !isProblem(parseDuration(closureWithin)));
    if (process?.closureWithin === undefined) return undefined;
    return { within: process.closureWithin, clock: process.closureClock === undefined ? '' : ` in ${process.closureClock}` };
  });
}

/** Asks for a closure period, and of each record on which the work is done for longer than that to be closed, and not before. */
export function closedInTime({ row, clause, kind, plural, done, participle, noun }: ClosureOptions): readonly [SystemPart, RecordsPart] {
  const period = closurePeriod(clause);
  return [
    system((context) => {
      if (context.read(period)) return [];
      const [process] = processesOf(clause, context);
      return [
        shortfall(`No process for ${plural} (one that satisfies clause ${clause}) says how long after ${noun} they are closed, for instance “closure within 5d”.`, {
          ...(process ? { place: placeOf(process), fixes: [addFact('State the closure period', placeOf(process), 'closure within ${1:0d}')] } : {}),
        }),
      ];
    }),
    everyRecord({
      row,
      kind,
      plural,
      demands: (context) => {
        const stated = context.read(period);
        if (!stated) return [];
        return [
          {
            name: 'closed',
            where: `${done} is not empty and as-of - ${done} > ${stated.within}${stated.clock}`,
            meets: `closed is not empty and closed >= ${done}`,
            fields: [done, 'closed'],
            of: `${plural} ${participle} more than ${stated.within} ago`,
            lacks: `are not closed, or were closed before they were ${participle}`,
          },
        ];
      },
    }),
  ];
}
