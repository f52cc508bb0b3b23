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
export function clauseFix(project: EditorProject, input: Pick<ViewInput, 'assessment' | 'severity'>, clause: string): TitledEdits | undefined {
  const views = rowViews(input);
  const findings = findingsOf(catalogue.rowsUnder(clause).flatMap(({ id }) => views.get(id) ?? []));
  const together = fixAll(project, offeredFor(project, findings), 1);
  if (!together) return undefined;
  const files = new Set(together.edits.map(({ file }) => file)).size;
  return { title: `Scaffold all ${together.fix.edits.length} that are missing for clause ${clause}${files > 1 ? `, in ${counted(files, 'file')}` : ''}`, edits: together.edits };
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
