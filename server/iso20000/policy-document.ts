import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { lastApproval, nextReview } from '../assessment/approvals.ts';
import { intervalInWords } from '../assessment/dates.ts';
import { documentFault } from '../assessment/documents.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import type { RuleContext } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';

type Policy = DeclarationTypes['Policy'];

export interface PolicyDocument {
  /** The row that asks for it. */
  readonly row: string;
  /** What kind of policy it is, in words: `service management policy`. */
  readonly words: string;
  /** The kind of document that may stand for it: `sm-policy`. */
  readonly documentKind: string;
  /** Months between reviews where nothing else says so. */
  readonly months: number;
}

/** Asks for the document of a policy: its own file, approved and within its review, or else a document of a kind. */
export function checkPolicyDocument(policy: Policy, { row, words, documentKind, months }: PolicyDocument, context: RuleContext): readonly Remark[] {
  const planned = context.plannedInterval(row, months);
  const documents = context.model.all('ControlledDocument').filter(({ kinds }) => kinds.includes(documentKind));
  if (!isFilledIn(policy.file) && documents.length > 0) {
    const remarks = documents.map((document): readonly Remark[] => {
      const fault = documentFault(document, { mode: 'maintain', interval: planned }, context);
      return [
        ...(fault ? [shortfall(fault.message, { place: fault.place, axis: 'evidenced', fixes: fault.fixes ?? [] })] : []),
        ...(isFilledIn(document.version) || document.dated !== undefined
          ? []
          : [shortfall(`The document ${named(document)} states no version.`, { place: placeOf(document), fixes: [addFact('State its version', placeOf(document), 'version "${1:TODO}"')] })]),
      ];
    });
    return remarks.some((own) => own.length === 0) ? [] : remarks[0]!;
  }
  const place = placeOf(policy);
  if (!isFilledIn(policy.file)) {
    return [shortfall(`The ${words} ${named(policy)} names no document.`, { place, fixes: [addFact('Name its document', place, 'file "${1:TODO path of the document}" version "${2:TODO}"')] })];
  }
  const remarks: Remark[] = [];
  if (!isFilledIn(policy.version)) remarks.push(shortfall(`The ${words} ${named(policy)} states no version of its document: file "…" version "…".`, { place: placeOf(policy, 'file') }));
  if (!lastApproval(policy.approvals, context.asOf)) {
    remarks.push(
      shortfall(`Nobody has approved the ${words} ${named(policy)}.`, { place: placeOf(policy, 'approvals'), axis: 'evidenced', fixes: [addFact('Say who approved it and when', place, 'approved by ${1:TODO} on ${2:0000-00-00}')] }),
    );
  }
  const review = nextReview(policy, context.asOf, planned.months);
  if (review && review.due < context.asOf) {
    remarks.push(
      shortfall(`The ${words} ${named(policy)} was last approved or reviewed on ${review.last}; by its interval (${intervalInWords(policy.review, planned)}) a review was due on ${review.due}.`, {
        place: placeOf(policy, 'review', 'last'),
        axis: 'evidenced',
      }),
    );
  }
  return remarks;
}
