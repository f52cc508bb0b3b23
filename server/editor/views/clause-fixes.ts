/** What can be scaffolded for what is missing in a clause, a statement or a row, in whatever files it belongs. */
import { catalogue } from '../../../language/catalogue/catalogue.ts';
import type { Finding } from '../../../language/model/finding.ts';
import { counted } from '../../assessment/wording.ts';
import { fixAll, placeEdit, type FixEdit, type OfferedFix } from '../code-actions.ts';
import type { EditorProject } from '../editor-project.ts';
import { isOpen, rowViews, type RowView } from './requirement-marks.ts';
import type { ViewInput } from './view-item.ts';

export interface TitledEdits {
  readonly title: string;
  readonly edits: readonly FixEdit[];
}

export interface ClauseFix extends TitledEdits {
  /** How many things are scaffolded. */
  readonly count: number;
}

/** Findings about gaps that nobody has accepted, in the rows that are meant; in the order of the catalogue, each once. */
function findingsOf(views: readonly RowView[]): readonly Finding[] {
  return [...new Set(views.flatMap(({ state, findings }) => (isOpen(state) && state !== 'accepted' ? findings : [])))].filter(({ fixes }) => fixes.length > 0);
}

/** The fixes that are offered for findings; the same is offered once, one whose place is gone not at all. */
function offeredFor(project: EditorProject, findings: readonly Finding[]): OfferedFix[] {
  const seen = new Set<string>();
  return findings.flatMap((finding) =>
    finding.fixes.flatMap((fix): OfferedFix[] => {
      const key = JSON.stringify(fix.edits);
      if (seen.has(key)) return [];
      seen.add(key);
      const edits = fix.edits.map((edit) => placeEdit(project, edit));
      return edits.every((edit) => edit !== undefined) ? [{ finding, fix, edits }] : [];
    }),
  );
}

/** Everything that can be scaffolded for what a clause, and those below it, are missing, as one change of all files; undefined where there is nothing. */
export function clauseFix(project: EditorProject, input: Pick<ViewInput, 'assessment' | 'severity'>, clause: string): ClauseFix | undefined {
  const views = rowViews(input);
  const findings = findingsOf(catalogue.rowsUnder(clause).flatMap(({ id }) => views.get(id) ?? []));
  const together = fixAll(project, offeredFor(project, findings), 1);
  if (!together) return undefined;
  const files = new Set(together.edits.map(({ file }) => file)).size;
  const count = together.fix.edits.length;
  return { title: `Scaffold ${count === 1 ? 'what is' : `all ${count} that are`} missing for clause ${clause}${files > 1 ? `, in ${counted(files, 'file')}` : ''}`, edits: together.edits, count };
}

/** Whether something that can be mended is missing for a clause beside what some findings say; in the files of these or in others. */
export function hasGapsBeside(input: Pick<ViewInput, 'assessment' | 'severity'>, clause: string, here: readonly Finding[]): boolean {
  const views = rowViews(input);
  const known = new Set(here.map(keyOf));
  return findingsOf(catalogue.rowsUnder(clause).flatMap(({ id }) => views.get(id) ?? [])).some((finding) => !known.has(keyOf(finding)));
}

function keyOf({ code, place, message }: Finding): string {
  return JSON.stringify([code, place, message]);
}

/** What a person may choose from for a line of the Compliance view. */
export function fixesOfLine(project: EditorProject, input: Pick<ViewInput, 'assessment' | 'severity'>, id: string): readonly TitledEdits[] {
  const [kind, code = ''] = id.split(' ');
  if (kind === 'clause') {
    const fix = clauseFix(project, input, code);
    return fix ? [fix] : [];
  }
  const rows = kind === 'statement' ? (catalogue.statements.get(code) ?? []) : [code];
  const views = rowViews(input);
  const offered = offeredFor(project, findingsOf(rows.flatMap((row) => views.get(row) ?? [])));
  const together = fixAll(project, offered);
  return [...(together ? [{ title: together.fix.title, edits: together.edits }] : []), ...offered.map(({ fix, edits }) => ({ title: fix.title, edits }))];
}
