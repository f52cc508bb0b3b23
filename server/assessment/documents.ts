import type { RequirementRow } from '../../language/catalogue/catalogue.ts';
import { documentedInformation, type DocumentedInformation } from '../../language/catalogue/documented-information.ts';
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { lastApproval, nextReview } from './approvals.ts';
import { dateOf, intervalInWords } from './dates.ts';
import { evidenceFault, evidenceFor, namesOfRow, type Fault } from './evidence.ts';
import { isFilledIn } from './filled-in.ts';
import type { PlannedInterval } from './planned-interval.ts';
import { addFact, placeOf, shortfall, shown, type Remark } from './remark.ts';
import { declareFixes, system, type NewDeclaration, type RuleContext, type SystemPart } from './rule.ts';
import { named } from './wording.ts';

type ControlledDocument = DeclarationTypes['ControlledDocument'];

/** Months after which a document is to be looked at again if neither it nor the catalogue says so. */
const reviewMonths = 12;

/**
 * What keeps a document from being the documented information that is asked for. What is maintained needs a place, an approval and a
 * review that is not past; what is retained as a record needs a place and a date. Undefined where nothing does.
 */
export function documentFault(document: ControlledDocument, { mode, interval }: { readonly mode: 'maintain' | 'retain'; readonly interval?: PlannedInterval }, context: RuleContext): Fault | undefined {
  const { asOf } = context;
  const place = placeOf(document);
  const stated = document.mode ?? mode;
  if (stated !== mode) {
    const wanted = mode === 'maintain' ? 'a document that is kept current is asked for (“mode maintain”)' : 'a record that is kept is asked for (“mode retain”)';
    return { message: `The document ${named(document)} is of mode ${stated}; ${wanted}.`, place: placeOf(document, 'mode') };
  }
  if (!isFilledIn(document.file) && !isFilledIn(document.location)) return { message: `The document ${named(document)} does not say where it is: name its file or its location.`, place, fixes: [addFact('Name its file', place, 'file "${1:TODO path of the document}"')] };
  const state = isFilledIn(document.file) ? context.file(document.file) : undefined;
  if (state?.kind === 'refused') return { message: `The document ${named(document)} cannot be looked at: ${state.message}`, place: placeOf(document, 'file') };
  if (mode === 'retain') {
    const dates = [document.dated, ...document.approvals.map(({ on }) => on)].map(dateOf).filter((date) => date !== undefined);
    return dates.some((date) => date <= asOf) ? undefined : { message: `The record ${named(document)} is not dated.`, place: placeOf(document, 'dated'), fixes: [addFact('Date it', place, 'dated ${1:0000-00-00}')] };
  }
  return approvalFault(document, interval ?? context.plannedInterval('7.5.2.c'), context);
}

/** What keeps a document that is kept current from being in force: nobody has approved it, or its review is past. */
export function approvalFault(document: ControlledDocument, planned: PlannedInterval, { asOf }: RuleContext): Fault | undefined {
  const place = placeOf(document);
  if (!lastApproval(document.approvals, asOf)) {
    return { message: `Nobody has approved the document ${named(document)}.`, place: placeOf(document, 'approvals'), fixes: [addFact('Say who approved it and when', place, 'approved by ${1:TODO} on ${2:0000-00-00}')] };
  }
  const review = nextReview(document, asOf, planned.months);
  if (review === undefined || review.due >= asOf) return undefined;
  return {
    message: `The document ${named(document)} was last approved or reviewed on ${review.last}; by its interval (${intervalInWords(document.review, planned)}) a review was due on ${review.due}.`,
    place: placeOf(document, 'review', 'last'),
  };
}

/** Documents that are of a kind of documented information, or that trace to a row or its clause. */
function documentsFor(row: RequirementRow, item: DocumentedInformation, { model }: RuleContext): readonly ControlledDocument[] {
  const names = namesOfRow(row);
  return model.all('ControlledDocument').filter(({ kinds, satisfies }) => kinds.includes(item.kind) || satisfies.some((requirement) => names.includes(requirement)));
}

/** Whether a document of a kind counts on the day: one may stand for all things of that kind. */
export function hasDocumentOfKind(kind: string, context: RuleContext): boolean {
  return context.model.all('ControlledDocument').some((document) => document.kinds.includes(kind) && documentFault(document, { mode: document.mode ?? 'maintain' }, context) === undefined);
}

export function documentScaffold({ kind, name, mode, suggestedReviewMonths }: DocumentedInformation): NewDeclaration {
  const lines = [
    `kind ${kind}`,
    'file "${3:TODO path of the document}"',
    ...(mode === 'maintain' ? ['approved by ${4:TODO} on ${5:0000-00-00}', `review every ${suggestedReviewMonths ?? reviewMonths}mo`] : ['dated ${4:0000-00-00}']),
  ];
  return { title: `Declare the document “${name}”`, text: `document \${1:${kind}} "\${2:${name}}" {\n${lines.map((line) => `  ${line}\n`).join('')}}` };
}

/**
 * Asks for the documented information that the catalogue demands of a row: evidence for the row or its clause that counts on the day, or
 * for each kind a document of that kind that counts. What is wrong with those that are there is said at the first of them.
 */
export function documented(row: RequirementRow): SystemPart {
  const items = row.documentedInformation.documents.flatMap((id) => documentedInformation.get(id) ?? []);
  return system((context): readonly Remark[] => {
    const evidence = evidenceFor(row, context);
    const evidenceFaults = evidence.flatMap((one) => evidenceFault(one, context) ?? []);
    if (evidence.length > evidenceFaults.length) return [shown('evidenced')];
    const gaps = items.flatMap((item): Remark[] => {
      const mode = row.documentedInformation.mode === 'retain' ? 'retain' : 'maintain';
      const documents = documentsFor(row, item, context);
      const faults = documents.flatMap((document) => documentFault(document, { mode, ...(item.suggestedReviewMonths === null ? {} : { interval: context.plannedInterval(row.id, item.suggestedReviewMonths) }) }, context) ?? []);
      if (documents.length > faults.length) return [];
      const [fault] = [...faults, ...evidenceFaults];
      if (fault) return [shortfall(fault.message, { place: fault.place, axis: 'evidenced', fixes: fault.fixes ?? [] })];
      const what = mode === 'maintain' ? 'approved and within its review' : 'dated';
      return [
        shortfall(`“${item.name}” is asked for as documented information, but no document of kind ${item.kind} is declared. Declare where it is, ${what}; or an evidence for iso20000:${row.id}.`, {
          axis: 'evidenced',
          fixes: declareFixes(context, documentScaffold(item)),
        }),
      ];
    });
    return gaps.length === 0 ? [shown('evidenced')] : gaps;
  });
}
