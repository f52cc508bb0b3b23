import { catalogue } from '../../language/catalogue/catalogue.ts';
import { settingFor, type ByRequirement } from './by-requirement.ts';

/** An interval that holds where the model declares none. */
export interface PlannedInterval {
  readonly months: number;
  /** How often, and who says so: `every 12 months, the default of this product`. */
  readonly words: string;
  /** Who says so: `the default of this product`. */
  readonly whose: string;
}

/** By clause, statement or row, in months. */
export type Intervals = ByRequirement<number>;

/** Where neither the catalogue nor the rule suggests another. */
const usualMonths = 12;

/**
 * The planned interval of a row where the model declares none: what the project's configuration sets, else what the catalogue suggests,
 * else `otherwise` months.
 */
export function plannedInterval(intervals: Intervals, row: string, otherwise: number = usualMonths): PlannedInterval {
  const found = catalogue.row(row);
  const set = found === undefined ? undefined : settingFor(intervals, found);
  const months = set ?? found?.plannedInterval.suggestedMonths ?? otherwise;
  return interval(months, everyMonths(months), set !== undefined);
}

function interval(months: number, howOften: string, isSet: boolean): PlannedInterval {
  const whose = isSet ? 'as itsms.config.json sets' : 'the default of this product';
  return { months, words: `${howOften}, ${whose}`, whose };
}

function everyMonths(months: number): string {
  return months === 1 ? 'every month' : `every ${months} months`;
}

/** How long evidence and attestations hold that do not say so themselves: as the project's configuration sets, else twelve months. */
export function evidenceValidity(months: number | undefined): PlannedInterval {
  const held = months ?? usualMonths;
  return interval(held, `for ${held} months`, months !== undefined);
}
