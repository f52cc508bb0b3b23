/** Clause 5.2.2, communicating the service management policy. */
import { documentedInformation } from '../../language/catalogue/documented-information.ts';
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { lastApproval, nextReview } from '../assessment/approvals.ts';
import { intervalInWords, latestOf } from '../assessment/dates.ts';
import { documentFault } from '../assessment/documents.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addDeclaration, addFact, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { rule, type Rule, type RuleContext } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';
import { ofServicePolicy } from './service-policy.ts';

type Policy = DeclarationTypes['Policy'];
type Communication = DeclarationTypes['Communication'];

const suggestedMonths = documentedInformation.get('di.sm-policy')?.suggestedReviewMonths ?? 12;

export const policyDocumented: Rule = rule('5.2.2.a', {
  evidence: 'derived',
  parts: [
    ofServicePolicy((policy, context) => {
      const documents = context.model.all('ControlledDocument').filter(({ kinds }) => kinds.includes('sm-policy'));
      if (isFilledIn(policy.file) || documents.length === 0) return checkOwnDocument(policy, context);
      const remarks = documents.map((document): readonly Remark[] => {
        const fault = documentFault(document, { mode: 'maintain', interval: context.plannedInterval('5.2.2.a', suggestedMonths) }, context);
        return [
          ...(fault ? [shortfall(fault.message, { place: fault.place, axis: 'evidenced', fixes: fault.fixes ?? [] })] : []),
          ...(isFilledIn(document.version) || document.dated !== undefined
            ? []
            : [shortfall(`The document ${named(document)} states no version.`, { place: placeOf(document), fixes: [addFact('State its version', placeOf(document), 'version "${1:TODO}"')] })]),
        ];
      });
      return remarks.some((own) => own.length === 0) ? [] : remarks[0]!;
    }),
  ],
});

/** The policy as its own document: it names a file, is approved and is reviewed. */
function checkOwnDocument(policy: Policy, context: RuleContext): readonly Remark[] {
  const { asOf } = context;
  const place = placeOf(policy);
  if (!isFilledIn(policy.file)) {
    return [shortfall(`The service management policy ${named(policy)} names no document.`, { place, fixes: [addFact('Name its document', place, 'file "${1:TODO path of the document}" version "${2:TODO}"')] })];
  }
  const remarks: Remark[] = [];
  if (!isFilledIn(policy.version)) remarks.push(shortfall(`The service management policy ${named(policy)} states no version of its document: file "…" version "…".`, { place: placeOf(policy, 'file') }));
  if (!lastApproval(policy.approvals, asOf)) {
    remarks.push(
      shortfall(`Nobody has approved the service management policy ${named(policy)}.`, { place: placeOf(policy, 'approvals'), axis: 'evidenced', fixes: [addFact('Say who approved it and when', place, 'approved by ${1:TODO} on ${2:0000-00-00}')] }),
    );
  }
  const planned = context.plannedInterval('5.2.2.a', suggestedMonths);
  const review = nextReview(policy, asOf, planned.months);
  if (review && review.due < asOf) {
    remarks.push(
      shortfall(`The service management policy ${named(policy)} was last approved or reviewed on ${review.last}; by its interval (${intervalInWords(policy.review, planned)}) a review was due on ${review.due}.`, {
        place: placeOf(policy, 'review', 'last'),
        axis: 'evidenced',
      }),
    );
  }
  return remarks;
}

export const policyCommunicated: Rule = rule('5.2.2.b', {
  evidence: 'derived',
  parts: [
    ofServicePolicy((policy, context) => {
      const { asOf } = context;
      const since = lastApproval(policy.approvals, asOf)?.on;
      const told = communicationsOf(policy, context).filter(({ direction, audience }) => direction === 'internal' && audience.some(({ party, text }) => isFilledIn(party) || isFilledIn(text)));
      const performed = told.map((communication) => ({ communication, on: latestOf(communication.performed, asOf) }));
      if (since !== undefined && performed.some(({ on }) => on !== undefined && on >= since)) return [shown('evidenced')];
      const [first] = performed;
      if (first) {
        const after = since === undefined ? 'the policy is approved' : `the policy was approved (${since})`;
        return [
          shortfall(first.on === undefined ? `${named(first.communication)} is to make the service management policy known, but has not been performed yet.` : `The service management policy was last made known on ${first.on}, and not since ${after}.`, {
            place: placeOf(first.communication, 'performed', Math.max(0, first.communication.performed.length - 1)),
            axis: 'evidenced',
            fixes: [addFact('Say when it was performed', placeOf(first.communication), 'performed ${1:0000-00-00}')],
          }),
        ];
      }
      return [
        shortfall(`Nothing says that the service management policy ${named(policy)} was made known inside the organization: a communication about it, with direction internal, its audience and when it was performed.`, {
          place: placeOf(policy, 'communications', 0),
          axis: 'evidenced',
          fixes: [
            addDeclaration(
              'Declare the communication',
              placeOf(policy),
              `communication \${1:policy-briefing} "\${2:TODO what is told}" {\n  direction internal\n  about ${policy.name}\n  audience "\${3:TODO whom}"\n  channel "\${4:TODO how}"\n  responsible \${5:TODO}\n  performed \${6:0000-00-00}\n}`,
            ),
          ],
        }),
      ];
    }),
  ],
});

/** Communications that the policy names, and those that are about it. */
function communicationsOf(policy: Policy, { model }: RuleContext): readonly Communication[] {
  const found = new Set(policy.communications.flatMap((id) => model.get('Communication', id) ?? []));
  for (const { entity: { node } } of model.referrers('Policy', policy.name)) if (node.$type === 'Communication') found.add(node);
  return [...found];
}

export const policyAvailable: Rule = rule('5.2.2.c', {
  parts: [
    ofServicePolicy((policy) => {
      if (policy.availableTo.some(({ party, text }) => isFilledIn(party) || isFilledIn(text)) || isFilledIn(policy.notAvailable)) return [];
      return [
        shortfall(`The service management policy ${named(policy)} does not say to whom outside it is available, or why to nobody.`, {
          place: policy.notAvailable === undefined ? placeOf(policy) : placeOf(policy, 'notAvailable'),
          fixes: [
            addFact('Say to whom it is available', placeOf(policy), 'available to "${1:TODO who can have it}"'),
            addFact('Say why it is not available', placeOf(policy), 'not available because "${1:TODO why}"'),
          ],
        }),
      ];
    }),
  ],
});
