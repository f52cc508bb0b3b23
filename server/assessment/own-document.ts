import type { Approval, EntityKey, ReviewInterval } from '../../language/model/declarations.ts';
import { lastApproval, nextReview } from './approvals.ts';
import { intervalInWords } from './dates.ts';
import { documentFault } from './documents.ts';
import { isFilledIn } from './filled-in.ts';
import type { PlannedInterval } from './planned-interval.ts';
import { addFact, placeOf, shortfall, type Remark } from './remark.ts';
import type { RuleContext } from './rule.ts';
import { named } from './wording.ts';

/** A declaration that may name the file of which it is the model. */
interface WithDocument {
  readonly $key: EntityKey;
  readonly name: string;
  readonly title?: string | undefined;
  readonly file?: string | undefined;
  readonly approvals: readonly Approval[];
  readonly review?: ReviewInterval | undefined;
}

interface Wanted {
  /** How a sentence about the declaration begins: `The risk method`. */
  readonly what: string;
  /** The kind of documented information that a document of its own would be of. */
  readonly kind: string;
  readonly interval: PlannedInterval;
}

/**
 * Asks for a document that is kept current: the file that the declaration itself names, approved and within its review; or, where it names
 * none, a declared document of the kind.
 */
export function ownDocument(declaration: WithDocument, { what, kind, interval }: Wanted, context: RuleContext): readonly Remark[] {
  const { model, asOf } = context;
  const place = placeOf(declaration);
  if (!isFilledIn(declaration.file)) {
    const documents = model.all('ControlledDocument').filter(({ kinds }) => kinds.includes(kind));
    const faults = documents.map((document) => documentFault(document, { mode: 'maintain', interval }, context));
    if (faults.includes(undefined)) return [];
    const [fault] = faults;
    if (fault) return [shortfall(fault.message, { place: fault.place, axis: 'evidenced', fixes: fault.fixes ?? [] })];
    return [shortfall(`${what} ${named(declaration)} names no document, and no document of kind ${kind} is declared.`, { place, fixes: [addFact('Name its document', place, 'file "${1:TODO path of the document}"')] })];
  }
  if (!lastApproval(declaration.approvals, asOf)) {
    return [shortfall(`Nobody has approved ${what[0]!.toLowerCase()}${what.slice(1)} ${named(declaration)}.`, { place: placeOf(declaration, 'approvals'), axis: 'evidenced', fixes: [addFact('Say who approved it and when', place, 'approved by ${1:TODO} on ${2:0000-00-00}')] })];
  }
  const review = nextReview(declaration, asOf, interval.months);
  if (review === undefined || review.due >= asOf) return [];
  return [
    shortfall(`${what} ${named(declaration)} was last approved or reviewed on ${review.last}; by its interval (${intervalInWords(declaration.review, interval)}) a review was due on ${review.due}.`, {
      place: placeOf(declaration, 'review', 'last'),
      axis: 'evidenced',
    }),
  ];
}

/** When it was last approved: by itself, or as a declared document of the kind. */
export function documentApproved(declaration: WithDocument, kind: string, { model, asOf }: RuleContext): boolean {
  const approvals = [declaration, ...model.all('ControlledDocument').filter(({ kinds }) => kinds.includes(kind))].flatMap((one) => one.approvals);
  return lastApproval(approvals, asOf) !== undefined;
}
