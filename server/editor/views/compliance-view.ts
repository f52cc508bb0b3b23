/** The Compliance view: clause → statement → row of the catalogue, with what was found. */
import { catalogue, type Clause } from '../../../language/catalogue/catalogue.ts';
import type { FilePlace, Place } from '../../../language/model/finding.ts';
import { compareClauses, counted, itemOf, listed } from '../../assessment/wording.ts';
import { plain } from '../markdown.ts';
import { axesInWords, countsInWords, countStates, isOpen, markOfState, rowViews, worst, type RowView, type RowViews } from './requirement-marks.ts';
import { lines, marked, type ViewInput, type ViewItem } from './view-item.ts';

/** Ids are those of the catalogue: `clause 8.3`, `statement 8.3.3#1`, `row 8.3.3.1`. */
export function complianceView(input: ViewInput, parent: string | undefined, onlyGaps: boolean): readonly ViewItem[] {
  const views = rowViews(input);
  const isShown = (rows: readonly RowView[]): boolean => rows.length > 0 && (!onlyGaps || rows.some(({ state }) => isOpen(state)));
  const [kind, id] = parent?.split(' ') ?? [];
  switch (kind) {
    case undefined:
      return clauses(views, null, isShown);
    case 'clause':
      return [...clauses(views, id ?? '', isShown), ...statements(input, views, id ?? '', isShown)];
    case 'statement':
      return (catalogue.statements.get(id ?? '') ?? []).flatMap((row) => { const view = views.get(row); return view && isShown([view]) ? [rowItem(input, view)] : []; });
    default:
      return [];
  }
}

const below = new Map<string, readonly string[]>();

/** The rows of a clause and of those below it. */
function rowsUnder(views: RowViews, clause: string): RowView[] {
  let ids = below.get(clause);
  if (!ids) below.set(clause, (ids = catalogue.rowsUnder(clause).map((row) => row.id)));
  return ids.flatMap((id) => views.get(id) ?? []);
}

type IsShown = (rows: readonly RowView[]) => boolean;

function clauses(views: RowViews, parent: string | null, isShown: IsShown): ViewItem[] {
  return catalogue.clauses
    .filter((clause) => clause.parent === parent)
    .toSorted((a, b) => compareClauses(a.clause, b.clause))
    .flatMap((clause) => {
      const rows = rowsUnder(views, clause.clause);
      return isShown(rows) ? [clauseItem(clause, rows)] : [];
    });
}

function clauseItem(clause: Clause, rows: readonly RowView[]): ViewItem {
  const counts = countStates(rows);
  const description = countsInWords(counts);
  return marked(markOfState(worst(counts)), {
    id: `clause ${clause.clause}`,
    label: `${clause.clause} ${clause.title}`,
    description,
    tooltip: lines(`**Clause ${clause.clause}, ${plain(clause.title)}**`, clause.intent === null ? undefined : plain(clause.intent), `${plain(description)} (of ${counted(rows.length, 'catalogue row')})`),
    context: canBeMended(rows) ? 'clause fix' : 'clause',
    hasChildren: true,
    code: clause.clause,
  });
}

/** Whether something can be scaffolded for what is missing and not accepted. */
function canBeMended(rows: readonly RowView[]): boolean {
  return rows.some(({ state, findings }) => isOpen(state) && state !== 'accepted' && findings.some(({ fixes }) => fixes.length > 0));
}

/** The statements of a clause; one of a single row is shown as that row. */
function statements(input: ViewInput, views: RowViews, clause: string, isShown: IsShown): ViewItem[] {
  const groups = new Map<string, RowView[]>();
  for (const view of views.values()) {
    if (view.row.clause !== clause) continue;
    const statement = view.row.statementId ?? view.row.id;
    groups.set(statement, [...(groups.get(statement) ?? []), view]);
  }
  return [...groups].flatMap(([statement, rows]): ViewItem[] => {
    if (!isShown(rows)) return [];
    const [only, other] = rows;
    return only && !other ? [rowItem(input, only)] : [statementItem(statement, rows)];
  });
}

function statementItem(statement: string, rows: readonly RowView[]): ViewItem {
  const counts = countStates(rows);
  const items = rows.map(({ row }) => itemOf(row));
  return marked(markOfState(worst(counts)), {
    id: `statement ${statement}`,
    label: `Items ${items.length > 2 ? `${items[0]} to ${items.at(-1)}` : listed(items)}: ${rows.map(({ row }) => row.title).join(', ')}`,
    description: countsInWords(counts),
    tooltip: lines(`**Clause ${rows[0]?.row.clause ?? ''}, items ${plain(listed(items))}**`, rows.map(({ row, state }) => `- ${itemOf(row)} ${plain(row.title)}: ${markOfState(state).words}`).join('\n')),
    context: 'statement',
    hasChildren: true,
    code: statement,
  });
}

function rowItem(input: ViewInput, view: RowView): ViewItem {
  const { row, state } = view;
  const place = placeOf(input, view);
  return marked(markOfState(state), {
    id: `row ${row.id}`,
    label: `${row.id} ${row.title}`,
    description: rowInWords(view),
    tooltip: rowTooltip(view),
    context: canBeMended([view]) ? 'row fix' : 'row',
    hasChildren: false,
    code: row.id,
    ...(place ? { place } : {}),
  });
}

function rowInWords({ status, state }: RowView): string {
  const words = axesInWords(status);
  switch (state) {
    case 'later':
      return `later: ${status.reason ?? ''}`;
    case 'notApplicable':
      return `not applicable: ${status.reason ?? ''}`;
    case 'unchecked':
      return 'not checked yet';
    case 'accepted':
      return `open, accepted until ${status.waived?.until ?? ''} by ${status.waived?.approvedBy ?? ''}: ${words}`;
    case 'noGap':
      return `no gap found: ${words}`;
    default:
      return words;
  }
}

/** More messages than this nobody reads in a tooltip; the Problems view has them all. */
const mostMessages = 3;

function rowTooltip(view: RowView): string {
  const { row, status, findings } = view;
  const messages = [...new Set(findings.map(({ message }) => message))];
  return lines(
    `**${row.id} ${plain(row.title)}**`,
    plain(row.requirement),
    row.modelCheck === null ? undefined : `*What is checked:* ${plain(row.modelCheck)}`,
    row.auditEvidence === null ? undefined : `*What an auditor looks at:* ${plain(row.auditEvidence)}`,
    `*How it stands:* ${plain(rowInWords(view))}`,
    status.waived === undefined ? undefined : `*Accepted because:* ${plain(status.waived.reason)}`,
    messages.length === 0 ? undefined : messages.slice(0, mostMessages).map((message) => `- ${plain(message)}`).join('\n'),
    messages.length > mostMessages ? `and ${messages.length - mostMessages} more` : undefined,
  );
}

/** Where its gravest finding stands, else who says to satisfy the row or the nearest clause that holds it. */
function placeOf({ model }: ViewInput, { row, findings }: RowView): Place | FilePlace | undefined {
  const found = findings.find(({ place }) => model.locate(place) !== undefined);
  if (found) return found.place;
  for (let id: string | null = row.id; id !== null; id = id === row.id ? row.clause : (catalogue.clause(id)?.parent ?? null)) {
    const [first] = model.referrers('Requirement', `iso20000:${id}`).filter(({ entity }) => entity.node.$type !== 'Nonconformity' && entity.node.$type !== 'Waiver');
    if (first) return { entity: first.entity.key, at: first.reference.at };
  }
  return undefined;
}
