/** Clause 8.7.3.1, information security policy. */
import { documentedInformation } from '../../language/catalogue/documented-information.ts';
import { lastApproval } from '../assessment/approvals.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { each, query, rule, type Query, type Rule, type RuleContext, type Trigger } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { checkMadeKnown, hasAudience, type Communication } from './policy-communication.ts';
import { checkPolicyDocument } from './policy-document.ts';
import { isHeld } from './roles-in-use.ts';
import { ofSecurityPolicy, securityPolicy } from './security-policy.ts';
import { isTopManagement } from './top-management.ts';

const words = 'information security policy';
const what = 'The information security policy';
const months: number = documentedInformation.get('di.security-policy')?.suggestedReviewMonths ?? 12;

/** Whether somebody is management with authority: top management, a role that says what it may do, or who holds such a role. */
function hasAuthority(id: string, context: RuleContext): boolean {
  if (isTopManagement(id, context)) return true;
  return context.model.all('Role').some((role) => someFilledIn(role.authorities) && (role.holders.includes(id) || (role.name === id && isHeld(role, context))));
}

const approvedLine = 'approved by ${1:TODO} on ${2:0000-00-00}';

export const policyApproved: Rule = rule('8.7.3.1.1', {
  parts: [
    ofSecurityPolicy((policy, context): readonly Remark[] => {
      const latest = lastApproval(policy.approvals, context.asOf);
      const fixes = [addFact('Say who approved it and when', placeOf(policy), approvedLine)];
      if (!latest) return [shortfall(`Nobody has approved the ${words} ${named(policy)}.`, { place: placeOf(policy, 'approvals'), fixes })];
      if (lastApproval(policy.approvals.filter(({ by }) => hasAuthority(by, context)), context.asOf)) return [];
      return [
        shortfall(`${what} ${named(policy)} was approved by ${latest.approval.by}, who neither is top management nor holds a role with authorities.`, {
          place: placeOf(policy, 'approvals', policy.approvals.indexOf(latest.approval), 'by'),
          fixes,
        }),
      ];
    }),
  ],
});

export const policyDocumented: Rule = rule('8.7.3.1.2', {
  evidence: 'derived',
  parts: [
    ofSecurityPolicy((policy, context) => {
      const { model } = context;
      const isObligation = (id: string): boolean => {
        if (model.get('Obligation', id)) return true;
        return model.all('InterestedParty').some(({ requirements }) => requirements.some(({ name, obligations }) => name === id && obligations.some(isFilledIn)));
      };
      return [
        ...checkPolicyDocument(policy, { row: '8.7.3.1.2', words, documentKind: 'security-policy', months }, context),
        ...stated(policy, what, [
          { said: policy.considers.some((id) => model.get('ServiceRequirement', id)), what: 'which service requirements it takes into account', line: 'considers ${1:TODO}' },
          { said: policy.considers.some(isObligation), what: 'which obligations it takes into account', line: 'considers ${1:TODO}' },
        ]),
      ];
    }),
  ],
});

export const policyAvailable: Rule = rule('8.7.3.1.3', {
  parts: [
    ofSecurityPolicy((policy) => {
      if (policy.availableTo.some(({ party, text }) => isFilledIn(party) || isFilledIn(text)) || isFilledIn(policy.notAvailable)) return [];
      return [
        shortfall(`${what} ${named(policy)} does not say to whom it is available, or why to nobody.`, {
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

export const toldInside: Rule = rule('8.7.3.1.a', {
  parts: [
    ofSecurityPolicy((policy, context) =>
      checkMadeKnown(policy, { words, direction: 'internal', whom: 'inside the organization', reaches: hasAudience, audience: '"${3:TODO whom}"', sinceApproval: true }, context),
    ),
  ],
});

/** Whether a communication is for somebody in words: `all customers` is for customers. */
function isFor(word: RegExp, { audience }: Communication): boolean {
  return audience.some(({ text }) => isFilledIn(text) && word.test(text));
}

export const toldToCustomers: Rule = rule('8.7.3.1.b', {
  parts: [
    ofSecurityPolicy((policy, context) => {
      const { model } = context;
      const reaches = (communication: Communication): boolean => communication.audience.some(({ party }) => model.get('Customer', party)) || isFor(/\b(?:customers?|users?)\b/iu, communication);
      return checkMadeKnown(policy, { words, direction: 'external', whom: 'to customers or users', reaches, audience: '${3:TODO}', sinceApproval: false }, context);
    }),
  ],
});

/** Whether a supplier is said to have access to information or systems. */
const supplierHasAccess: Query<Trigger> = query('whether a supplier has access', ({ model }) =>
  model.all('Supplier').some(({ hasAccess }) => hasAccess) ? { applies: true } : { applies: false, reason: 'no supplier is said to have access to information or systems (has access)' },
);

export const toldToSuppliers: Rule = rule('8.7.3.1.c', {
  trigger: supplierHasAccess,
  parts: [
    ofSecurityPolicy(() => []),
    each('Supplier', {
      where: ({ hasAccess }) => hasAccess,
      none: null,
      check: (supplier, context) => {
        const policy = securityPolicy(context);
        if (!policy) return [];
        const reaches = (communication: Communication): boolean => communication.audience.some(({ party }) => party === supplier.name) || isFor(/\bsuppliers\b/iu, communication);
        return checkMadeKnown(policy, { words, direction: 'external', whom: `to ${named(supplier)}, which has access`, reaches, audience: supplier.name, sinceApproval: false, place: placeOf(supplier) }, context);
      },
    }),
  ],
});
