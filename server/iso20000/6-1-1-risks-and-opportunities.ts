/** Clause 6.1.1, determining risks and opportunities. */
import type { Place } from '../../language/model/finding.ts';
import { intervalAfter, latestOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addDeclaration, addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, rule, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { attested } from './attestations.ts';
import { isActedOn, needsAction, withoutAction } from './risk-actions.ts';
import { categoryOf, checkReassessed, eachRisk, isDetermined, lastAssessed, levelOf, limitOf, opportunityScaffold, riskScaffold, standingOf, type Opportunity } from './risks.ts';

/** Ids of what risks and opportunities come from. */
const sources = query('what risks and opportunities come from', ({ model }) => [
  ...new Set([...model.all('Risk'), ...model.all('Opportunity')].filter(isDetermined).flatMap((determined) => determined.sources)),
]);

export const issuesConsidered: Rule = rule('6.1.1.1', {
  parts: [
    each('ContextIssue', {
      none: null,
      check: (issue, context) => {
        if (context.read(sources).includes(issue.name) || isFilledIn(issue.noRisk)) return [];
        const place = placeOf(issue);
        return [
          shortfall(`No risk and no opportunity comes from the issue ${named(issue)} (from ${issue.name}), and nothing says why none does: no risk because "…".`, {
            place: issue.noRisk === undefined ? place : placeOf(issue, 'noRisk'),
            fixes: [...riskFrom(issue.name, place), ...(issue.noRisk === undefined ? [addFact('Say why no risk follows', place, 'no risk because "${1:TODO why none follows}"')] : [])],
          }),
        ];
      },
    }),
    each('InterestedParty', {
      where: ({ notRelevant }) => notRelevant === undefined,
      none: null,
      check: (party, context) =>
        party.requirements.flatMap(({ name, statement, obligations, noRisk }, index) => {
          // What follows from an obligation follows from the requirement that it fulfils.
          const isSource = [name, ...obligations].some((id) => context.read(sources).includes(id));
          if (!isFilledIn(statement) || isSource || isFilledIn(noRisk)) return [];
          return [
            shortfall(`No risk and no opportunity comes from the requirement ${name} of ${named(party)} (from ${name}), and nothing says why none does: no risk because "…".`, {
              place: placeOf(party, 'requirements', index, noRisk === undefined ? 'name' : 'noRisk'),
              fixes: riskFrom(name, placeOf(party)),
            }),
          ];
        }),
    }),
    attested('6.1.1.1'),
  ],
});

function riskFrom(source: string, after: Place) {
  const { title, text } = riskScaffold('Declare the risk that follows', 'organization', `from ${source}`);
  // Of which category it is, only a person can tell.
  return [addDeclaration(title, after, text.replace('category organization', 'category ${11:organization}'))];
}

export const outcomesAssured: Rule = rule('6.1.1.a', {
  parts: [
    eachRisk(() => []),
    system((context) => {
      const { model } = context;
      const risks = model.all('Risk').filter((risk) => isDetermined(risk) && categoryOf(risk, context) === 'organization');
      const [first] = risks;
      if (!first) {
        // That there is none at all is said already.
        if (!model.all('Risk').some(isDetermined)) return [];
        return [shortfall('No risk is of category organization: nothing says what may keep the system itself from doing what it is for.', { fixes: declareFixes(context, riskScaffold('Declare a risk of the organization', 'organization')) })];
      }
      const remarks = risks.map((risk) => [
        ...stated(risk, 'The risk', [
          { said: isFilledIn(risk.consequence), what: 'what would come of it', line: 'consequence "${1:TODO what would come of it}"' },
          { said: lastAssessed(risk, context) !== undefined, what: 'when it was assessed', line: 'assessed ${1:0000-00-00}' },
        ]),
        ...checkReassessed(risk, '6.1.1.a', context),
      ]);
      return remarks.find((own) => own.length === 0) ?? remarks[0]!;
    }),
    system((context) => {
      const opportunities = context.model.all('Opportunity').filter(isDetermined);
      if (opportunities.length === 0) return [noOpportunity(context)];
      const remarks = opportunities.map((opportunity) => checkOpportunity(opportunity, context));
      return remarks.find((own) => own.length === 0) ?? remarks[0]!;
    }),
  ],
});

function noOpportunity(context: RuleContext): Remark {
  return shortfall('No opportunity is declared: nothing says what could become better.', { fixes: declareFixes(context, opportunityScaffold) });
}

function checkOpportunity(opportunity: Opportunity, context: RuleContext): readonly Remark[] {
  const { asOf } = context;
  const last = latestOf([opportunity.assessed], asOf);
  const remarks = stated(opportunity, 'The opportunity', [
    { said: isFilledIn(opportunity.benefit), what: 'what would be gained', line: 'benefit "${1:TODO what would be gained}"' },
    { said: last !== undefined, what: 'when it was assessed', line: 'assessed ${1:0000-00-00}' },
  ]);
  if (last === undefined) return remarks;
  const { months, words } = context.plannedInterval('6.1.1.a');
  const due = intervalAfter(last, undefined, months);
  if (due === undefined || due >= asOf) return remarks;
  return [...remarks, shortfall(`The opportunity ${named(opportunity)} was last assessed on ${last}; by the interval (${words}) it was due again on ${due}. Look at it again, and write when: assessed DATE.`, { place: placeOf(opportunity, 'assessed'), axis: 'evidenced' })];
}

export const undesiredReduced: Rule = rule('6.1.1.b', {
  parts: [
    eachRisk((risk, context) => {
      const remarks = stated(risk, 'The risk', [
        { said: risk.treatment !== undefined, what: 'how it is treated (treat reduce, avoid, transfer or accept)' },
        { said: standingOf(risk, context) !== 'untold' || limitOf(risk, context) === undefined || levelOf(risk) !== undefined, what: 'how likely it is and how great its impact would be', line: 'likelihood ${1:0} impact ${2:0}' },
      ]);
      return needsAction(risk, context) && !isActedOn(risk, context) ? [...remarks, withoutAction(risk, context)] : remarks;
    }),
  ],
});

export const improvementServed: Rule = rule('6.1.1.c', {
  parts: [
    system((context) => {
      const opportunities = context.model.all('Opportunity').filter(isDetermined);
      const [first] = opportunities;
      if (!first) return [noOpportunity(context)];
      if (opportunities.some((opportunity) => isActedOn(opportunity, context))) return [];
      return [
        shortfall('No opportunity is taken up: none has an action, and no improvement comes from one.', {
          fixes: [addFact(`Say what is done about ${named(first)}`, placeOf(first), 'action "${1:TODO what is done}" owner ${2:TODO} due ${3:0000-00-00}')],
        }),
      ];
    }),
  ],
});
