/** The areas of the 2005 edition as a view over the same rows of the catalogue. */
import { areaOfClause, processAreas, type ProcessArea } from '../../language/catalogue/crosswalk.ts';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { RequirementStatus } from '../assessment/assessment.ts';

export interface AreaStatus {
  readonly area: ProcessArea;
  /** Where its rows stand, in the order of the catalogue. */
  readonly rows: readonly RequirementStatus[];
}

/** All areas in the order of the 2005 edition; every row belongs to one of them. */
export function byProcessArea(requirements: readonly RequirementStatus[]): readonly AreaStatus[] {
  const areaOfRow = new Map(catalogue.demands.map((row) => [row.id, areaOfClause(row.clause)?.id]));
  return processAreas().map((area) => ({ area, rows: requirements.filter(({ id }) => areaOfRow.get(id) === area.id) }));
}
