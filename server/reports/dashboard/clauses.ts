/** Clauses 4 to 10 on the three axes, as counts of catalogue rows. */
import type { Catalogue, Clause } from '../../../language/catalogue/catalogue.ts';
import type { RequirementStatus } from '../../assessment/assessment.ts';
import type { Block } from '../blocks.ts';
import { section, strong } from '../block-builders.ts';
import { hasGap, isAccepted } from '../facts/gaps.ts';
import { axisHeads, standingCells, standingKinds } from '../parts/standing-cells.ts';
import type { ReportInput } from '../report.ts';
import type { Words } from '../words/words.ts';

/** More rows than this under the seven clauses would no longer be seen at a glance. */
const mostRows = 14;

/** @param more what stands below the clauses */
export function clauseSection(input: ReportInput, ...more: readonly Block[]): Block {
  const { catalogue, words } = input;
  const status = new Map(input.assessment.requirements.map((row) => [row.id, row]));
  const rowsOf = (clause: string): RequirementStatus[] => catalogue.rowsUnder(clause).flatMap((row) => (row.kind === 'shall' ? (status.get(row.id) ?? []) : []));
  const rows = catalogue.clauses
    .filter((clause) => clause.level === 1)
    .flatMap((clause) => [
      { name: [strong(clause.clause), ` ${clause.title}`], cells: standingCells(rowsOf(clause.clause)) },
      ...detail(catalogue, clause, rowsOf).map((part) => ({ name: [`${part.clause} ${part.title}`], level: 2 as const, cells: standingCells(rowsOf(part.clause)) })),
    ]);
  return section(words.say('Clauses 4 to 10'), [{ kind: 'heat-map', caption: [caption(input.assessment.requirements, words)], rowHead: words.say('Clause'), columns: axisHeads(words), kinds: standingKinds(words), rows }, ...more], { anchor: 'clauses' });
}

/** The clauses below one that hold checked rows: the deepest where they are few, else those right below. */
function detail(catalogue: Catalogue, clause: Clause, rowsOf: (clause: string) => RequirementStatus[]): readonly Clause[] {
  const below = catalogue.clauses.filter((part) => part.clause.startsWith(`${clause.clause}.`) && part.ownRequirements > 0 && rowsOf(part.clause).some((row) => row.checked));
  const inside = below.filter((part) => !below.some((other) => other.clause.startsWith(`${part.clause}.`)));
  return inside.length <= mostRows ? inside : catalogue.clauses.filter((part) => part.parent === clause.clause && rowsOf(part.clause).some((row) => row.checked));
}

function caption(rows: readonly RequirementStatus[], words: Words): string {
  const checked = rows.filter((row) => row.checked);
  const gaps = checked.filter(hasGap).length;
  const accepted = checked.filter(isAccepted).length;
  if (checked.length === 0) return words.say('None of the {0} catalogue rows has been checked, so nothing is known of them.', rows.length);
  const found = gaps === 0 ? words.say('No gap found in the {0} catalogue rows that are checked', checked.length) : words.count(gaps, '{0} gap in the {1} catalogue rows that are checked', '{0} gaps in the {1} catalogue rows that are checked', checked.length);
  const said = accepted === 0 ? found : words.say('{0}, {1} more open and accepted until a date', found, accepted);
  return words.say('{0}; {1} of {2} are not yet checked.', said, rows.length - checked.length, rows.length);
}
