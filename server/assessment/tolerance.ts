import { catalogue } from '../../language/catalogue/catalogue.ts';

/** By clause, statement or row: a number of records, or a share of them such as `0.5%`. */
export type Tolerances = Readonly<Record<string, number | string>>;

/** How many records of a population may fall short of a row: by the narrowest tolerance that fits, and none without one. */
export function tolerated(tolerances: Tolerances, row: string, population: number): number {
  const tolerance = find(tolerances, row);
  if (tolerance === undefined) return 0;
  if (typeof tolerance === 'number') return tolerance;
  const [, whole = '0', fraction = ''] = /^(\d+)(?:\.(\d+))?%$/.exec(tolerance) ?? [];
  // In whole numbers, rounded down: a share is never stretched by a record.
  return Number((BigInt(population) * BigInt(whole + fraction)) / (100n * 10n ** BigInt(fraction.length)));
}

function find(tolerances: Tolerances, id: string): number | string | undefined {
  const row = catalogue.row(id);
  if (!row) return undefined;
  const own = tolerances[row.id] ?? (row.statementId === null ? undefined : tolerances[row.statementId]);
  if (own !== undefined) return own;
  for (let clause: string | null = row.clause; clause !== null; clause = catalogue.clause(clause)?.parent ?? null) {
    if (tolerances[clause] !== undefined) return tolerances[clause];
  }
  return undefined;
}
