/** Clause 4.2, understanding the needs and expectations of interested parties. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { isWithinMonths, latestOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, rule, system, type NewDeclaration, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { listed, named } from '../assessment/wording.ts';

type InterestedParty = DeclarationTypes['InterestedParty'];


/** The kinds of party that are each there or said not to matter. */
const kinds = ['customer', 'user', 'supplier', 'regulator'] as const;
type Kind = (typeof kinds)[number];

/** Kinds of party that are spoken of. Customers, suppliers and users that are declared need not be declared once more as parties. */
const kindsSpokenOf = query('kinds of interested parties', ({ model }): readonly Kind[] => {
  const found = new Set(model.all('InterestedParty').flatMap((party) => [kindOf(party.kind), kindOf(party.name)]));
  const customers = model.all('Customer');
  if (customers.length > 0) found.add('customer');
  if (model.all('Supplier').length > 0) found.add('supplier');
  if (customers.some(({ users }) => isFilledIn(users)) || model.all('Service').some(({ users }) => isFilledIn(users))) found.add('user');
  return kinds.filter((kind) => found.has(kind));
});

function kindOf(text: string | undefined): Kind | undefined {
  const word = text?.toLowerCase().replace(/s$/, '');
  return kinds.find((kind) => kind === word);
}

function scaffold(kind: string, title: string): NewDeclaration {
  return {
    title,
    text: `interested party \${1:${kind}s} "\${2:TODO who}" {\n  kind ${kind}\n  relevance "\${3:TODO why they matter to the services}"\n  requires \${4:${kind}-need} "\${5:TODO what they require}" kind \${6:TODO} source "\${7:TODO where that is written}" reviewed \${8:0000-00-00}\n}`,
  };
}

const isRelevant = ({ notRelevant }: InterestedParty): boolean => notRelevant === undefined;
const none = { message: 'No interested party is declared: nothing says who has an interest in the services and the system.', declare: scaffold('customer', 'Declare an interested party') };

export const partiesKnown: Rule = rule('4.2.a', {
  parts: [
    each('InterestedParty', { where: isRelevant, none, check: checkParty }),
    each('InterestedParty', {
      where: ({ notRelevant }) => notRelevant !== undefined && !isFilledIn(notRelevant),
      none: null,
      check: (party) => [shortfall(`${named(party)} is said not to be relevant, but not why.`, { place: placeOf(party, 'notRelevant') })],
    }),
    system((context) => {
      const missing = kinds.filter((kind) => !context.read(kindsSpokenOf).includes(kind));
      if (missing.length === 0) return [];
      return [
        shortfall(`No interested party of kind ${listed(missing, 'or')} is declared, or said not to be relevant (not relevant because "…").`, {
          fixes: missing.flatMap((kind) => declareFixes(context, scaffold(kind, `Declare ${kind}s as an interested party`))),
        }),
      ];
    }),
  ],
});

function checkParty(party: InterestedParty): readonly Remark[] {
  return stated(party, 'The interested party', [
    { said: isFilledIn(party.kind), what: 'of what kind it is', line: 'kind ${1:TODO}' },
    { said: isFilledIn(party.relevance), what: 'why it matters', line: 'relevance "${1:TODO why they matter to the services}"' },
  ]);
}

export const partyRequirements: Rule = rule('4.2.b', {
  parts: [
    each('InterestedParty', {
      where: isRelevant,
      none,
      check: (party, context) => {
        const stated = party.requirements.filter(({ statement }) => isFilledIn(statement));
        if (stated.length === 0) {
          return [
            shortfall(`Nothing says what ${named(party)} requires.`, {
              fixes: [addFact('Say what they require', placeOf(party), `requires \${1:${party.name}-need} "\${2:TODO what they require}" kind \${3:TODO} source "\${4:TODO where that is written}" reviewed \${5:0000-00-00}`)],
            }),
          ];
        }
        return party.requirements.flatMap((requirement, index) => (stated.includes(requirement) ? checkRequirement(party, index, context) : []));
      },
    }),
  ],
});

function checkRequirement(party: InterestedParty, index: number, { asOf, plannedInterval }: RuleContext): readonly Remark[] {
  const { months, words } = plannedInterval('4.2.b');
  const requirement = party.requirements[index]!;
  const place = placeOf(party, 'requirements', index, 'name');
  const missing = [...(isFilledIn(requirement.kind) ? [] : ['of what kind it is (kind WORD)']), ...(isFilledIn(requirement.source) ? [] : ['where it comes from (source "…")'])];
  const remarks: Remark[] = missing.length === 0 ? [] : [shortfall(`The requirement ${requirement.name} of ${named(party)} does not say ${listed(missing, 'or')}.`, { place })];
  // Who looks at a party looks at what it requires.
  const dates = [requirement.reviewed, party.reviewed];
  if (dates.some((date) => isWithinMonths(date, months, asOf))) return remarks;
  const last = latestOf(dates, asOf);
  const interval = `requirements of interested parties are reviewed ${words}`;
  const message = last === undefined ? `No review of the requirement ${requirement.name} of ${named(party)} is recorded; ${interval}.` : `The requirement ${requirement.name} of ${named(party)} was last reviewed on ${last}; ${interval}.`;
  return [
    ...remarks,
    shortfall(message, {
      place: requirement.reviewed === undefined && party.reviewed !== undefined ? placeOf(party, 'reviewed') : placeOf(party, 'requirements', index, requirement.reviewed === undefined ? 'name' : 'reviewed'),
      fixes: party.reviewed === undefined ? [addFact('Say when the party was reviewed', placeOf(party), 'reviewed ${1:0000-00-00}')] : [],
    }),
  ];
}
