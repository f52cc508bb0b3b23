import type { Rule } from '../assessment/rule.ts';
import { compareRows } from '../assessment/wording.ts';
import * as serviceCatalogue from './8-2-4-service-catalogue.ts';
import * as serviceLevel from './8-3-3-service-level.ts';
import * as incident from './8-6-1-incident.ts';

/** Every rule of the product, in the order of the catalogue: a clause's file exports its rules and nothing else. */
export const rules: readonly Rule[] = [serviceCatalogue, serviceLevel, incident]
  .flatMap((clause): readonly Rule[] => Object.values(clause))
  .sort((a, b) => compareRows(a.row.id, b.row.id));
