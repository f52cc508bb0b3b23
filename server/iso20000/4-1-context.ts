/** Clause 4.1, understanding the organization and its context. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { dateOf, isWithinMonths, latestOf } from '../assessment/dates.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import type { PlannedInterval } from '../assessment/planned-interval.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, rule, system, type Rule, type RuleContext, type RulePart } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';

type ContextIssue = DeclarationTypes['ContextIssue'];
type ClimateDetermination = DeclarationTypes['ClimateDetermination'];


function issues(row: string, kind: 'external' | 'internal', others: readonly RulePart[] = []): Rule {
  const where = kind === 'external' ? 'outside' : 'inside';
  return rule(row, {
    parts: [
      each('ContextIssue', {
        where: (issue) => issue.kind === kind,
        none: {
          message: `No ${kind} issue is declared: nothing says which matters ${where} the organization bear on what it is for.`,
          declare: {
            title: `Declare an ${kind} issue`,
            text: `issue \${1:${kind}-issue} "\${2:TODO which matter ${where} the organization}" {\n  kind ${kind}\n  affects "\${3:TODO what it bears on}"\n  determined \${4:0000-00-00}\n}`,
          },
        },
        check: (issue, { asOf, plannedInterval }) => checkIssue(issue, plannedInterval(row), asOf),
      }),
      others,
    ],
  });
}

function checkIssue(issue: ContextIssue, { months, words }: PlannedInterval, asOf: IsoDate): readonly Remark[] {
  const remarks = stated(issue, 'The issue', [
    { said: isFilledIn(issue.title) || isFilledIn(issue.relevance), what: 'what it is about', line: 'relevance "${1:TODO why it matters}"' },
    { said: someFilledIn(issue.affects), what: 'what it bears on', line: 'affects "${1:TODO what it bears on}"' },
    { said: dateOf(issue.determined) !== undefined, what: 'when it was determined', line: 'determined ${1:0000-00-00}' },
  ]);
  // To determine an issue is to look at it: a review is asked for once that is an interval ago.
  const dates = [issue.reviewed, issue.determined];
  if (dates.every((date) => dateOf(date) === undefined) || dates.some((date) => isWithinMonths(date, months, asOf))) return remarks;
  const last = latestOf(dates, asOf);
  const message = last === undefined ? `The issue ${named(issue)} is determined on a day that is still to come.` : `The issue ${named(issue)} was last looked at on ${last}; issues are reviewed ${words}. Write when it was: reviewed DATE.`;
  return [...remarks, shortfall(message, { place: placeOf(issue, issue.reviewed === undefined ? 'determined' : 'reviewed') })];
}

const withoutKind = each('ContextIssue', {
  where: ({ kind }) => kind === undefined,
  none: null,
  check: (issue) => [shortfall(`The issue ${named(issue)} does not say whether it is external or internal: kind external, or kind internal.`, { place: placeOf(issue) })],
});

export const externalIssues: Rule = issues('4.1.1', 'external', withoutKind);
export const internalIssues: Rule = issues('4.1.2', 'internal');

const climateRow = '4.1.3';

export const climateChange: Rule = rule(climateRow, {
  parts: [
    system((context): readonly Remark[] => {
      const { asOf, model } = context;
      const { months } = context.plannedInterval(climateRow);
      const all = [...model.all('ClimateDetermination')].sort((a, b) => compareDecided(b, a));
      const decided = all.filter(({ decidedOn }) => latestOf([decidedOn], asOf) !== undefined);
      const undated = all.filter(({ decidedOn }) => dateOf(decidedOn) === undefined);
      const [current, second] = decided.some(({ decidedOn }) => isWithinMonths(decidedOn, months, asOf)) || undated.length === 0 ? [...decided, ...all] : undated;
      if (!current) {
        return [
          shortfall('Nothing says whether climate change is a relevant issue, which is to be decided either way.', {
            fixes: declareFixes(context, {
              title: 'Decide on climate change',
              text: 'climate determination ${1:climate} {\n  relevant ${2:no}\n  because "${3:TODO why it is or is not}"\n  decided by ${4:TODO} on ${5:0000-00-00}\n}',
            }),
          }),
        ];
      }
      if (second && second !== current && second.decidedOn !== undefined && second.decidedOn === current.decidedOn) {
        return [shortfall(`${second.name} and ${current.name} both decide on climate change, on the same day. Keep one of them.`, { place: placeOf(second), related: [{ place: placeOf(current), message: 'The other decision' }] })];
      }
      return checkClimate(current, context);
    }),
  ],
});

function checkClimate(determination: ClimateDetermination, { asOf, model, plannedInterval }: RuleContext): readonly Remark[] {
  const { months, words } = plannedInterval(climateRow);
  const place = placeOf(determination);
  const isDecided = isFilledIn(determination.decidedBy) && dateOf(determination.decidedOn) !== undefined;
  const remarks: Remark[] = [
    ...stated(determination, 'The decision on climate change', [
      { said: determination.relevant !== undefined, what: 'whether it is relevant (relevant yes, or no)' },
      { said: isFilledIn(determination.rationale), what: 'why', line: 'because "${1:TODO why it is or is not}"' },
      { said: isDecided, what: 'who decided so and when', line: 'decided by ${1:TODO} on ${2:0000-00-00}' },
    ]),
  ];
  const on = dateOf(determination.decidedOn);
  if (on !== undefined && !isWithinMonths(on, months, asOf)) {
    remarks.push(shortfall(on > asOf ? `The decision on climate change is dated ${on}, which is still to come.` : `Climate change was last decided on ${on}; the context is reviewed ${words}. Decide anew, or confirm the decision with a new date.`, { place: placeOf(determination, 'decidedOn') }));
  }
  if (determination.relevant === 'yes' && !determination.issues.some((id) => model.get('ContextIssue', id))) {
    remarks.push(
      shortfall('Climate change is relevant, but the decision names no issue that it gives rise to.', { place: placeOf(determination, 'relevant'), fixes: [addFact('Name the issues', place, 'issues ${1:TODO}')] }),
    );
  }
  return remarks;
}

function compareDecided(a: ClimateDetermination, b: ClimateDetermination): number {
  const [left, right] = [a.decidedOn ?? '', b.decidedOn ?? ''];
  return left < right ? -1 : left > right ? 1 : 0;
}
