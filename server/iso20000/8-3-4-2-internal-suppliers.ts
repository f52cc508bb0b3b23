/** Clause 8.3.4.2, management of internal suppliers and customers acting as a supplier. */
import type { Agreement, Customer, DeclarationTypes } from '../../language/model/declarations.ts';
import { latestOf } from '../assessment/dates.ts';
import { someFilledIn } from '../assessment/filled-in.ts';
import { addDeclaration, placeOf, shortfall, unknown, type Remark } from '../assessment/remark.ts';
import { collection, each, query, rule, type Query, type Rule, type RuleContext, type RulePart, type Trigger } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { hasEnded, isAgreed, otherParty, startOf } from './agreements.ts';
import { agreementsWith, type AgreementInShort, checkLookedAt, hasObligation, isFollowedUp, kindOf, type Supplier } from './suppliers.ts';
import { checkMisses, checkTargetsMeasured, isSet, missedTarget, promisesAnything } from './target-figures.ts';

type Team = DeclarationTypes['Team'];

/** What is provided or operated, by who does so. */
const supplying = collection('who provides or operates', ['Process', 'Service'], (declaration) => {
  const parties = declaration.$type === 'Process' ? declaration.operators : [declaration, ...declaration.components].flatMap(({ providers, operators }) => [...providers, ...operators]);
  return [...new Set(parties)].map((party) => [party, declaration.name] as const);
});

/** Whether a customer provides or operates something. */
function isSupplying(customer: Customer, context: RuleContext): boolean {
  return context.collected(supplying, customer.name).length > 0;
}

/** Whether an agreement is with an internal supplier or a supplying customer: an OLA, or what else was agreed with a supplier of that kind. */
function isDocumentedAgreement(agreement: Agreement, context: RuleContext): boolean {
  if (agreement.type === 'ola') return true;
  const supplier = agreement.type === 'contract' ? context.model.get('Supplier', agreement.supplier) : undefined;
  return supplier !== undefined && kindOf(supplier, context) !== 'external';
}

const internalSuppliersUsed: Query<Trigger> = query('whether internal suppliers are used', (context): Trigger => {
  const { model } = context;
  const used = model.all('Agreement').some(({ type }) => type === 'ola') || model.all('Supplier').some((supplier) => kindOf(supplier, context) !== 'external') || model.all('Customer').some((customer) => isSupplying(customer, context));
  return used ? { applies: true } : { applies: false, reason: 'no internal supplier is declared, and no customer supplies' };
});

/** A check of each agreement in force with an internal supplier or a supplying customer. */
function ofAgreements(check: (agreement: Agreement, context: RuleContext) => readonly Remark[]): readonly RulePart[] {
  return [
    ...each('Agreement', {
      none: null,
      check: (agreement, context) => (isDocumentedAgreement(agreement, context) && !hasEnded(agreement, context.asOf) ? check(agreement, context) : []),
    }),
    // That there is none is told by 8.3.4.2, item 1, and leaves the others unknown.
    ...each('Supplier', { none: null, check: (supplier, context) => (kindOf(supplier, context) !== 'external' && inForce(supplier.name, context).length === 0 ? [unknown('declared', 'an internal supplier has no agreement in force')] : []) }),
    ...each('Customer', { none: null, check: (customer, context) => (isSupplying(customer, context) && inForce(customer.name, context).length === 0 ? [unknown('declared', 'a supplying customer has no agreement in force')] : []) }),
  ];
}

function inForce(party: string, context: RuleContext): readonly AgreementInShort[] {
  return agreementsWith(party, context).filter((agreement) => !hasEnded(agreement, context.asOf));
}

/** That a party that supplies has an agreement in force: one that ended is at fault if it was the last. */
function checkInForce(party: Supplier | Customer | Team, what: string, context: RuleContext): readonly Remark[] {
  if (inForce(party.name, context).length > 0) return [];
  const [last] = agreementsWith(party.name, context).toSorted((a, b) => ((a.validTo ?? '') > (b.validTo ?? '') ? -1 : 1));
  const ended = context.model.get('Agreement', last?.name);
  if (ended) return [shortfall(`The agreement ${named(ended)} ended on ${ended.validTo}, and no other with ${named(party)} is in force.`, { place: placeOf(ended, 'validTo') })];
  return [
    shortfall(`No agreement with ${what} ${named(party)} is declared: an OLA by it.`, {
      place: placeOf(party),
      fixes: [
        addDeclaration(
          'Declare the agreement',
          placeOf(party),
          `ola \${1:${party.name}-ola} "\${2:TODO title}" by ${party.name} for \${3:TODO} {\n  valid \${4:0000-00-00}\n  agreed with ${party.name} by \${5:TODO} on \${6:0000-00-00}\n  obligation "\${7:TODO what it has to do}"\n  activities "\${8:TODO what it does for you}"\n  interfaces "\${9:TODO who hands what to whom}"\n}`,
        ),
      ],
    }),
  ];
}

export const agreementMaintained: Rule = rule('8.3.4.2.1', {
  trigger: internalSuppliersUsed,
  // What is declared and was agreed is the documented agreement.
  evidence: 'derived',
  parts: [
    each('Supplier', { none: null, check: (supplier, context) => (kindOf(supplier, context) === 'external' ? [] : checkInForce(supplier, kindOf(supplier, context) === 'customer' ? 'the supplying customer' : 'the internal supplier', context)) }),
    each('Customer', { none: null, check: (customer, context) => (isSupplying(customer, context) || agreementsWith(customer.name, context).length > 0 ? checkInForce(customer, 'the supplying customer', context) : []) }),
    each('Team', { none: null, check: (team, context) => (agreementsWith(team.name, context).length > 0 ? checkInForce(team, 'the team', context) : []) }),
    ofAgreements((agreement, { asOf }) => stated(agreement, 'The agreement', [{ said: isAgreed(agreement, asOf), what: 'who agreed to it and when', line: `agreed with ${otherParty(agreement) ?? '${3:TODO}'} by \${1:TODO} on \${2:0000-00-00}` }])),
  ],
});

export const agreementContent: Rule = rule('8.3.4.2.2', {
  trigger: internalSuppliersUsed,
  parts: [
    ofAgreements((agreement, context) =>
      stated(agreement, 'The agreement', [
        { said: agreement.targets.some(isSet), what: 'which targets hold', line: 'target ${1:uptime} availability >= ${2:0%} per month' },
        { said: hasObligation(agreement, context), what: 'what else was promised', line: 'obligation "${1:TODO what else it has to do}"' },
        { said: someFilledIn(agreement.activities), what: 'what is done for you', line: 'activities "${1:TODO what it does for you}"' },
        { said: someFilledIn(agreement.interfaces), what: 'where your work meets', line: 'interfaces "${1:TODO who hands what to whom}"' },
      ]),
    ),
  ],
});

export const performanceMonitored: Rule = rule('8.3.4.2.3', {
  trigger: internalSuppliersUsed,
  parts: [
    ofAgreements((agreement, context) => {
      const supplier = context.model.get('Supplier', otherParty(agreement));
      return [
        ...checkLookedAt(
          {
            subject: agreement,
            what: 'review of the performance',
            last: latestOf([agreement.performanceReviewed, agreement.review?.last, supplier?.performanceReviewed, supplier?.review?.last], context.asOf),
            start: startOf(agreement),
            every: agreement.review?.every ?? supplier?.review?.every,
            planned: context.plannedInterval('8.3.4.2.3'),
            line: 'performance reviewed ${1:0000-00-00}',
          },
          context,
        ),
        ...checkTargetsMeasured(agreement, context),
      ];
    }),
  ],
});

export const missesImproved: Rule = rule('8.3.4.2.4', {
  trigger: missedTarget('a target of an internal supplier was missed', isDocumentedAgreement, internalSuppliersUsed),
  parts: [
    ofAgreements((agreement, context) =>
      !promisesAnything(agreement) ? [] : checkMisses(agreement, { by: 'improvement or action', isFollowedUp: (target, period) => isFollowedUp(agreement, target, period, context) }, context),
    ),
  ],
});
