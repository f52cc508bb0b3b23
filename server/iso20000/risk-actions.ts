import type { Action, Improvement } from '../../language/model/declarations.ts';
import { filledIn } from '../assessment/actions.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { type RuleContext } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';
import { levelOf, limitInWords, limitOf, standingOf, type Opportunity, type Risk } from './risks.ts';

/** An action of a risk or an opportunity, with its position there, and the improvement by which it is carried out. */
export interface OwnAction {
  readonly action: Action;
  readonly index: number;
  readonly improvement?: Improvement;
}

/** What is done about a risk or an opportunity. */
export interface Plan {
  readonly own: readonly OwnAction[];
  /** Improvements that it names, or that name it as where they come from. */
  readonly improvements: readonly Improvement[];
  /** Whether something else that has rules of its own treats it: a control of information security, a nonconformity. */
  readonly treatedElsewhere: boolean;
}

export function planOf(subject: Risk | Opportunity, { model }: RuleContext): Plan {
  const own = subject.actions.flatMap((action, index): OwnAction[] => {
    if (filledIn([action]).length === 0) return [];
    const improvement = model.get('Improvement', action.via);
    return [{ action, index, ...(improvement ? { improvement } : {}) }];
  });
  const from = model.referrers(subject.$type, subject.name).map(({ entity: { node } }) => node);
  const improvements = [
    ...subject.via.flatMap((id) => model.get('Improvement', id) ?? []),
    ...from.flatMap((node) => (node.$type === 'Improvement' && node.sources.some(({ source }) => source === subject.name) ? [node] : [])),
  ].filter(({ status, title }) => status !== 'rejected' && (title === undefined || isFilledIn(title)));
  const hasControl = from.some((node) => node.$type === 'SecurityControl' && node.risks.includes(subject.name) && node.status !== 'rejected');
  return { own, improvements: [...new Set(improvements)], treatedElsewhere: hasControl || subject.via.some((id) => model.get('Nonconformity', id) !== undefined) };
}

export function isActedOn(subject: Risk | Opportunity, context: RuleContext): boolean {
  const { own, improvements, treatedElsewhere } = planOf(subject, context);
  return own.length > 0 || improvements.length > 0 || treatedElsewhere;
}

/** Whether something is to be done: about a risk above what may be accepted, and about an opportunity that is not left alone for a reason. */
export function needsAction(subject: Risk | Opportunity, context: RuleContext): boolean {
  return subject.$type === 'Risk' ? standingOf(subject, context) === 'above' : !isFilledIn(subject.noAction);
}

/** The gap that nothing is done where something is to be done. */
export function withoutAction(subject: Risk | Opportunity, context: RuleContext): Remark {
  const place = placeOf(subject);
  const fixes = [addFact('Say what is done', place, 'action "${1:TODO what is done}" owner ${2:TODO} due ${3:0000-00-00} priority ${4:medium} process ${5:TODO} check "${6:TODO how it is seen to have worked}"')];
  if (subject.$type === 'Opportunity') {
    return shortfall(`Nothing says what is done about the opportunity ${named(subject)}, or why nothing is (no action because "…").`, { place, fixes: [...fixes, addFact('Say why nothing is done', place, 'no action because "${1:TODO why not}"')] });
  }
  const limit = limitOf(subject, context);
  const why = limit ? `is of level ${levelOf(subject)}, above what may be accepted (${limitInWords(limit)})` : `is to be treated (treat ${subject.treatment})`;
  return shortfall(`The risk ${named(subject)} ${why}, and nothing says what is done about it.`, { place, fixes });
}
