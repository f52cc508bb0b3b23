import { catalogue } from '../../language/catalogue/catalogue.ts';
import { settingFor, type ByRequirement } from './by-requirement.ts';

/** By clause, statement or row: a number of records, or a share of them such as `0.5%`. */
export type Tolerances = ByRequirement<number | string>;

/** How many records of a population may fall short of a row: by the narrowest tolerance that fits, and none without one. */
export function tolerated(tolerances: Tolerances, row: string, population: number): number {
  const found = catalogue.row(row);
  const tolerance = found && settingFor(tolerances, found);
  if (tolerance === undefined) return 0;
  if (typeof tolerance === 'number') return tolerance;
  const [, whole = '0', fraction = ''] = /^(\d+)(?:\.(\d+))?%$/.exec(tolerance) ?? [];
  // In whole numbers, rounded down: a share is never stretched by a record.
  return Number((BigInt(population) * BigInt(whole + fraction)) / (100n * 10n ** BigInt(fraction.length)));
}
