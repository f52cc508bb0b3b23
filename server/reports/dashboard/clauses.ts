/** Clauses 4 to 10 on the three axes, as counts of catalogue rows. */
import type { Catalogue, Clause } from '../../../language/catalogue/catalogue.ts';
import type { RequirementStatus } from '../../assessment/assessment.ts';
import type { Block } from '../blocks.ts';
import { section, strong } from '../block-builders.ts';
import { hasGap, isAccepted } from '../facts/gaps.ts';
import { standingCells, standingKinds } from '../parts/standing-cells.ts';
import { plural } from '../renderers/format-values.ts';
import type { ReportInput } from '../report.ts';

/** More rows than this under the seven clauses would no longer be seen at a glance. */
const mostRows = 14;

/** @param more what stands below the clauses */
export function clauseSection(input: ReportInput, ...more: readonly Block[]): Block {
  const { catalogue } = input;
  const status = new Map(input.assessment.requirements.map((row) => [row.id, row]));
  const rowsOf = (clause: string): RequirementStatus[] => catalogue.rowsUnder(clause).flatMap((row) => (row.kind === 'shall' ? (status.get(row.id) ?? []) : []));
  const rows = catalogue.clauses
    .filter((clause) => clause.level === 1)
    .flatMap((clause) => [
      { name: [strong(clause.clause), ` ${clause.title}`], cells: standingCells(rowsOf(clause.clause)) },
      ...detail(catalogue, clause, rowsOf).map((part) => ({ name: [`${part.clause} ${part.title}`], level: 2 as const, cells: standingCells(rowsOf(part.clause)) })),
    ]);
  return section('Clauses 4 to 10', [{ kind: 'heat-map', caption: [caption(input.assessment.requirements)], rowHead: 'Clause', columns: ['Declared', 'Evidenced', 'Effective'], kinds: standingKinds, rows }, ...more], { anchor: 'clauses' });
}

/** The clauses below one that hold checked rows: the deepest where they are few, else those right below. */
function detail(catalogue: Catalogue, clause: Clause, rowsOf: (clause: string) => RequirementStatus[]): readonly Clause[] {
  const below = catalogue.clauses.filter((part) => part.clause.startsWith(`${clause.clause}.`) && part.ownRequirements > 0 && rowsOf(part.clause).some((row) => row.checked));
  const inside = below.filter((part) => !below.some((other) => other.clause.startsWith(`${part.clause}.`)));
  return inside.length <= mostRows ? inside : catalogue.clauses.filter((part) => part.parent === clause.clause && rowsOf(part.clause).some((row) => row.checked));
}

function caption(rows: readonly RequirementStatus[]): string {
  const checked = rows.filter((row) => row.checked);
  const gaps = checked.filter(hasGap).length;
  const accepted = checked.filter(isAccepted).length;
  if (checked.length === 0) return `None of the ${rows.length} catalogue rows has been checked, so nothing is known of them.`;
  const found = gaps === 0 ? `No gap found in the ${plural(checked.length, 'catalogue row')} that are checked` : `${plural(gaps, 'gap')} in the ${plural(checked.length, 'catalogue row')} that are checked`;
  const open = accepted === 0 ? '' : `, ${accepted} more open and accepted until a date`;
  return `${found}${open}; ${rows.length - checked.length} of ${rows.length} are not yet checked.`;
}
