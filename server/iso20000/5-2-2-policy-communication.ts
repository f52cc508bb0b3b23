/** Clause 5.2.2, communicating the service management policy. */
import { documentedInformation } from '../../language/catalogue/documented-information.ts';
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { lastApproval } from '../assessment/approvals.ts';
import { latestOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addDeclaration, addFact, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { rule, type Rule, type RuleContext } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';
import { checkPolicyDocument } from './policy-document.ts';
import { ofServicePolicy } from './service-policy.ts';

type Policy = DeclarationTypes['Policy'];
type Communication = DeclarationTypes['Communication'];

const suggestedMonths = documentedInformation.get('di.sm-policy')?.suggestedReviewMonths ?? 12;

export const policyDocumented: Rule = rule('5.2.2.a', {
  evidence: 'derived',
  parts: [ofServicePolicy((policy, context) => checkPolicyDocument(policy, { row: '5.2.2.a', words: 'service management policy', documentKind: 'sm-policy', months: suggestedMonths }, context))],
});

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
