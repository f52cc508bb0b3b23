/** Clause 7.5.4, records that show conformity. */
import { catalogue, type RequirementRow } from '../../language/catalogue/catalogue.ts';
import { documentedInformation, type DocumentedInformation } from '../../language/catalogue/documented-information.ts';
import { dateOf, isWithinMonths } from '../assessment/dates.ts';
import { documentFault, documentScaffold } from '../assessment/documents.ts';
import { evidenceFault, evidenceFor } from '../assessment/evidence.ts';
import { shortfall, shown, unknown, type Remark } from '../assessment/remark.ts';
import { declareFixes, rule, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { firstOf, listed } from '../assessment/wording.ts';
import { documentedEntries, isStated, recordedDays, whyNotNeeded } from './documented-entries.ts';
import { documentsOfKind, sourcesOf } from './documented-items.ts';

/** Months of records that are looked at: a year, and one to write the last ones. */
const recordMonths = 13;

/** Kinds of records, with the rows that ask for them. */
const retained: readonly { readonly item: DocumentedInformation; readonly rows: readonly RequirementRow[] }[] = [...documentedInformation.values()].flatMap((item) => {
  const rows = item.requirementIds.flatMap((id) => catalogue.row(id) ?? []).filter(({ documentedInformation: asked }) => asked.mode === 'retain');
  return rows.length === 0 || item.kind === 'conformity-records' ? [] : [{ item, rows }];
});

export const records: Rule = rule('7.5.4.l', {
  evidence: 'derived',
  parts: [
    system((context): readonly Remark[] => {
      const { months } = context.plannedInterval('7.5.4.l', recordMonths);
      const missing = retained.filter(({ item, rows }) => !isKept(item, rows, months, context));
      const unread = unreadSources(context);
      return [
        ...(missing.length === 0
          ? []
          : [
              shortfall(
                `Of ${retained.length} kinds of records that show conformity ${missing.length === 1 ? 'one is' : `${missing.length} are`} not there for the last ${months} months: ${firstOf(missing.map(({ item, rows }) => `${item.name} (${listed(rows.map(({ id }) => id))})`), 8)}. Declare them, a source of them, a record (document with “mode retain”) or an evidence.`,
                { axis: 'evidenced', fixes: missing.flatMap(({ item }) => declareFixes(context, documentScaffold({ ...item, mode: 'retain' }))) },
              ),
            ]),
        ...(unread === undefined ? [shown('evidenced')] : [unknown('evidenced', unread)]),
      ];
    }),
  ],
});

function isKept(item: DocumentedInformation, rows: readonly RequirementRow[], months: number, context: RuleContext): boolean {
  const { asOf } = context;
  const isRecent = (date: string | undefined): boolean => isWithinMonths(date, months, asOf);
  const entries = documentedEntries[item.kind];
  if (isStated(item.kind, context) || whyNotNeeded(item.kind, context) !== undefined || sourcesOf(entries, context).length > 0) return true;
  if (recordedDays(item.kind, context).some(isRecent)) return true;
  if (rows.some((row) => evidenceFor(row, context).some((evidence) => evidenceFault(evidence, context) === undefined))) return true;
  return documentsOfKind(item, context).some((document) => (document.mode ?? 'retain') === 'retain' && documentFault(document, { mode: 'retain' }, context) === undefined && [document.dated, ...document.approvals.map(({ on }) => on)].some((date) => dateOf(date) !== undefined && isRecent(date)));
}

/** Why it is unknown whether records are there of which a source is declared. */
function unreadSources(context: RuleContext): string | undefined {
  const sources = retained.flatMap(({ item }) => sourcesOf(documentedEntries[item.kind], context));
  if (sources.length === 0) return undefined;
  const { measurements } = context;
  if (!measurements) return 'nothing has been measured yet';
  const unread = sources.find(({ name }) => measurements.source(name) === undefined);
  return unread && `source ${unread.name} could not be read`;
}
