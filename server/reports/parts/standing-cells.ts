/** How rows of the catalogue stand on the three axes, as cells of a heat map. */
import type { RequirementStatus } from '../../assessment/assessment.ts';
import type { HeatCell, HeatKind } from '../blocks.ts';
import { axes, standing, type Standing } from '../facts/gaps.ts';

const known: readonly (HeatKind & { readonly standing: Standing })[] = [
  { standing: 'gap', name: 'gap', mark: '■', tone: 'gap' },
  { standing: 'accepted', name: 'open, accepted until a date', mark: '◆', tone: 'accepted' },
  { standing: 'noGap', name: 'no gap found', mark: '●', tone: 'fine' },
  { standing: 'unknown', name: 'unknown', mark: '○', tone: 'unknown' },
  { standing: 'notRequired', name: 'not required', mark: '–', tone: 'unchecked' },
  { standing: 'unchecked', name: 'not yet checked', mark: '·', tone: 'unchecked' },
];

export const standingKinds: readonly HeatKind[] = known.map(({ name, mark, tone }) => ({ name, mark, tone }));

/** Counts by kind of standing, one cell for each axis. */
export function standingCells(rows: readonly RequirementStatus[]): HeatCell[] {
  return axes.map((axis) => ({ counts: known.map((kind) => rows.filter((row) => standing(row, axis) === kind.standing).length), total: rows.length }));
}
