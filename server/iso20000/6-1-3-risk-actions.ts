/** Clause 6.1.3, planning actions on risks and opportunities. */
import type { Action } from '../../language/model/declarations.ts';
import { addMonths } from '../../language/values/date.ts';
import { actionDone } from '../assessment/actions.ts';
import { dateOf, latestOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { rule, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { counted, listed, named } from '../assessment/wording.ts';
import { needsAction, planOf, withoutAction, type OwnAction, type Plan } from './risk-actions.ts';
import { eachOpportunity, eachRisk, type Opportunity, type Risk } from './risks.ts';

type Subject = Risk | Opportunity;

interface ActionRule {
  /** What an action does not say, each completing “it does not say …”. */
  readonly missing: (own: OwnAction, subject: Subject, context: RuleContext) => readonly string[];
  /** What is to be said of improvements where nothing else is done. */
  readonly ofImprovements?: (improvements: Plan['improvements'], context: RuleContext) => readonly Remark[];
  /** Whether an action that says all shows that this is done. */
  readonly shows?: boolean;
}

/** Checks what is done about each risk above what may be accepted, and about each opportunity that is taken up. */
function actions(row: string, { missing, ofImprovements = () => [], shows = false }: ActionRule): Rule {
  const check = (subject: Subject, context: RuleContext): readonly Remark[] => {
    if (!needsAction(subject, context)) return [];
    const { own, improvements, treatedElsewhere } = planOf(subject, context);
    if (own.length === 0) return improvements.length > 0 ? ofImprovements(improvements, context) : treatedElsewhere ? [] : [withoutAction(subject, context)];
    const remarks = own.flatMap((one): Remark[] => {
      const lacks = missing(one, subject, context);
      if (lacks.length === 0) return [];
      return [shortfall(`The action “${one.action.text}” of ${named(subject)} does not say ${listed(lacks, 'or')}.`, { place: placeOf(subject, 'actions', one.index, 'text') })];
    });
    return shows && remarks.length === 0 ? [shown('evidenced')] : remarks;
  };
  return rule(row, { parts: [eachRisk(check), eachOpportunity(check)] });
}

export const actionsPlanned: Rule = actions('6.1.3.a', {
  missing: ({ action, improvement }, subject, { model, asOf }) => [
    ...((action.priority ?? improvement?.priority ?? (subject.$type === 'Opportunity' ? subject.priority : undefined)) === undefined ? ['which priority it has (priority low, medium or high)'] : []),
    ...(isFilledIn(action.owner) || isFilledIn(improvement?.owner) ? [] : ['who does it (owner WHO)']),
    ...(isDated(action.due) || actionDone(action, model, asOf) !== undefined || isDated(improvement?.due) || improvement?.planned !== undefined ? [] : ['by when (due DATE)']),
  ],
  ofImprovements: (improvements) => {
    const remarks = improvements.map((improvement) =>
      stated(improvement, 'The improvement', [
        { said: improvement.priority !== undefined, what: 'which priority it has (priority low, medium or high)' },
        { said: isFilledIn(improvement.owner), what: 'who answers for it', line: 'owner ${1:TODO}' },
        { said: isDated(improvement.due) || isDated(improvement.implemented) || improvement.planned !== undefined, what: 'by when it is to be done', line: 'due ${1:0000-00-00}' },
      ]),
    );
    return remarks.find((own) => own.length === 0) ?? remarks[0] ?? [];
  },
});

export const actionsInProcesses: Rule = actions('6.1.3.b1', {
  // What an improvement carries out is part of the process of improvement.
  missing: ({ action, improvement }, _, { model }) => (improvement !== undefined || model.get('Process', action.process) !== undefined ? [] : ['which process it becomes part of (process NAME)']),
});

/** Months after which it is seen whether an action worked, unless the project says otherwise. */
const checkMonths = 3;

export const effectEvaluated: Rule = actions('6.1.3.b2', {
  shows: true,
  missing: (own, _, context) => {
    const { action, improvement } = own;
    const { months, words } = context.plannedInterval('6.1.3.b2', checkMonths);
    const done = actionDone(action, context.model, context.asOf);
    const isDue = done !== undefined && addMonths(done, months) < context.asOf;
    return [
      ...(isFilledIn(action.check) || (improvement?.expectations.length ?? 0) > 0 ? [] : ['how it is seen whether it worked (check "…")']),
      ...(isDue && !isChecked(action, context) && !(improvement?.achieved !== undefined && latestOf([improvement.measured], context.asOf) !== undefined) ? [`whether it worked: it was done on ${done}, and is looked at after ${counted(months, 'month')}${words.slice(words.indexOf(','))} (checked DATE effective, or ineffective)`] : []),
    ];
  },
  ofImprovements: (improvements) => {
    if (improvements.some(({ expectations }) => expectations.some(({ subject }) => isFilledIn(subject)))) return [shown('evidenced')];
    return stated(improvements[0]!, 'The improvement', [{ said: false, what: 'which targets tell whether it worked', line: 'expects ${1:TODO} ${2:0%} -> ${3:0%}' }]);
  },
});

function isChecked({ checked, effective }: Action, { asOf }: RuleContext): boolean {
  return effective !== undefined && latestOf([checked], asOf) !== undefined;
}

function isDated(text: string | undefined): boolean {
  return dateOf(text) !== undefined;
}
