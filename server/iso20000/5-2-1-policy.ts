/** Clause 5.2.1, establishing the service management policy. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall } from '../assessment/remark.ts';
import { each, query, rule, system, type Rule } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { attested } from './attestations.ts';
import { currentPolicies, ofServicePolicy, servicePolicy } from './service-policy.ts';
import { checkApprovedByTopManagement } from './top-management.ts';

type Commitment = DeclarationTypes['Policy']['commitments'][number];

export const policyFitsPurpose: Rule = rule('5.2.1.a', {
  parts: [
    ofServicePolicy((policy, context) => [
      ...stated(policy, 'The service management policy', [
        { said: isFilledIn(policy.statement), what: 'what it states', line: 'statement "${1:TODO what the organization wants of its services}"' },
        { said: isFilledIn(policy.purposeFit), what: 'how it suits what the organization is for', line: 'fits purpose "${1:TODO how it suits what the organization is for}"' },
      ]),
      ...checkApprovedByTopManagement(policy, 'the service management policy', context),
    ]),
    system((context) => {
      const [current, ...others] = currentPolicies(context);
      return others.map((policy) =>
        shortfall(`${named(policy)} is a second service management policy that is in force; there is one. Keep one, or give the other a kind of its own.`, {
          place: placeOf(policy, 'kind'),
          related: current ? [{ place: placeOf(current), message: 'The one that was approved last' }] : [],
        }),
      );
    }),
    attested('5.2.1.a'),
  ],
});

const policyName = query('service management policy', (context) => servicePolicy(context)?.name);

export const policyFramesObjectives: Rule = rule('5.2.1.b', {
  parts: [
    ofServicePolicy((policy) => stated(policy, 'The service management policy', [{ said: isFilledIn(policy.framework), what: 'how objectives are set from it', line: 'framework "${1:TODO how objectives are set from it}"' }])),
    each('Objective', {
      where: ({ status }) => status !== 'dropped',
      none: null,
      check: (objective, context) => {
        const policy = context.read(policyName);
        if (policy === undefined || objective.policy === policy) return [];
        return [
          shortfall(objective.policy === undefined ? `The objective ${named(objective)} does not say which policy it comes from.` : `The objective ${named(objective)} comes from ${objective.policy}, which is not the service management policy in force.`, {
            place: placeOf(objective, 'policy'),
            fixes: objective.policy === undefined ? [addFact(`Set it from ${policy}`, placeOf(objective), `policy ${policy}`)] : [],
          }),
        ];
      },
    }),
  ],
});

function commits(row: string, commitment: Commitment, words: string): Rule {
  return rule(row, {
    parts: [
      ofServicePolicy((policy) =>
        policy.commitments.includes(commitment)
          ? []
          : [shortfall(`The service management policy ${named(policy)} does not commit to ${words}.`, { place: placeOf(policy, 'commitments', 0), fixes: [addFact(`Commit to ${words}`, placeOf(policy), `commits to ${commitment}`)] })],
      ),
    ],
  });
}

export const commitsToRequirements: Rule = commits('5.2.1.c', 'satisfy-requirements', 'meeting the requirements that apply');
export const commitsToImprovement: Rule = commits('5.2.1.d', 'continual-improvement', 'improving the system and the services continually');
