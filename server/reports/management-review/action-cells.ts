import type { Action } from '../../../language/model/declarations.ts';
import { actionDone, overdueSince } from '../../assessment/actions.ts';
import type { Cell } from '../blocks.ts';
import { date, unknown, words as text } from '../block-builders.ts';
import { titleById } from '../facts/names.ts';
import type { ReportInput } from '../report.ts';
import type { Words } from '../words/words.ts';
import type { ReviewContext } from './review-context.ts';

/** Owner, due and state of what somebody is to do; a decision that gives nobody anything to do has none of them. */
export function actionCells({ input: { words, model, asOf } }: Pick<ReviewContext, 'input'>, action: Action): readonly [Cell, Cell, Cell] {
  const due = action.due ?? (action.via === undefined ? undefined : model.get('Improvement', action.via)?.due);
  const isAction = action.owner !== undefined || due !== undefined || action.via !== undefined || action.done !== undefined;
  return [action.owner === undefined ? (isAction ? unknown(words.say('not declared')) : text('')) : text(titleById(model, 'Party', action.owner)), isAction ? date(due) : text(''), text(isAction ? stateOf(words, action, { model, asOf }) : '')];
}

function stateOf(words: Words, action: Action, { model, asOf }: Pick<ReportInput, 'model' | 'asOf'>): string {
  const done = actionDone(action, model, asOf);
  if (done !== undefined) return words.say('done {0}', words.date(done));
  const late = overdueSince(action, model, asOf);
  return late === undefined ? words.say('open') : words.say('overdue since {0}', words.date(late));
}
