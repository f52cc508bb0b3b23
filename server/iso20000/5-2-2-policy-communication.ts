/** Clause 5.2.2, communicating the service management policy. */
import { documentedInformation } from '../../language/catalogue/documented-information.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall } from '../assessment/remark.ts';
import { rule, type Rule } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';
import { checkMadeKnown, hasAudience } from './policy-communication.ts';
import { checkPolicyDocument } from './policy-document.ts';
import { ofServicePolicy } from './service-policy.ts';

const words = 'service management policy';
const suggestedMonths = documentedInformation.get('di.sm-policy')?.suggestedReviewMonths ?? 12;

export const policyDocumented: Rule = rule('5.2.2.a', {
  evidence: 'derived',
  parts: [ofServicePolicy((policy, context) => checkPolicyDocument(policy, { row: '5.2.2.a', words, documentKind: 'sm-policy', months: suggestedMonths }, context))],
});

export const policyCommunicated: Rule = rule('5.2.2.b', {
  evidence: 'derived',
  parts: [
    ofServicePolicy((policy, context) =>
      checkMadeKnown(policy, { words, direction: 'internal', whom: 'inside the organization', reaches: hasAudience, audience: '"${3:TODO whom}"', sinceApproval: true }, context),
    ),
  ],
});

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
