/** Facts of declarations as they are written in the cells of registers. */
import type { Action } from '../../../language/model/declarations.ts';
import { addDuration, parseDuration } from '../../../language/values/duration.ts';
import { parseMoney } from '../../../language/values/money.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { actionDone, filledIn, overdueSince } from '../../assessment/actions.ts';
import { dateOf } from '../../assessment/dates.ts';
import { isFilledIn } from '../../assessment/filled-in.ts';
import { titleById } from '../facts/names.ts';
import type { ReportInput } from '../report.ts';

/** With a full stop, so that several follow each other. */
export function sentence(value: string | undefined): string | undefined {
  return !isFilledIn(value) ? undefined : /[.!?…]$/u.test(value) ? value : `${value}.`;
}

/** `Replace the gateways (Tom Ward, due 2026-06-30)`: who, and how it stands. */
export function actionsInWords(input: Pick<ReportInput, 'model' | 'asOf' | 'words'>, actions: readonly Action[]): readonly string[] {
  return filledIn(actions).map((action) => actionInWords(input, action));
}

function actionInWords({ model, asOf, words }: Pick<ReportInput, 'model' | 'asOf' | 'words'>, action: Action): string {
  const done = actionDone(action, model, asOf);
  const late = overdueSince(action, model, asOf);
  const state =
    done !== undefined ? words.say('done {0}', words.date(done)) : late !== undefined ? words.say('overdue since {0}', words.date(late)) : action.due !== undefined ? words.say('due {0}', words.date(action.due)) : words.say('open, without a date');
  const judged = action.effective === undefined ? undefined : action.effective === 'effective' ? words.say('effective') : words.say('not effective');
  return `${action.text} (${[action.owner === undefined ? undefined : titleById(model, 'Party', action.owner), state, judged].filter(isFilledIn).join(', ')})`;
}

/** When something is to be looked at again, as its interval says; undefined where it states no day or none that can be read. */
export function nextReviewOf(review: { readonly every: string; readonly last?: string | undefined } | undefined): string | undefined {
  const last = dateOf(review?.last);
  if (review === undefined || last === undefined) return undefined;
  const interval = parseDuration(review.every);
  const due = isProblem(interval) ? interval : addDuration(last, interval);
  return isProblem(due) ? undefined : due;
}

/** An amount for a column of numbers and the currency for the one beside it. */
export function moneyOf(value: string | undefined): { readonly amount: string; readonly currency: string } | undefined {
  const money = value === undefined ? undefined : parseMoney(value);
  return money === undefined || isProblem(money) ? undefined : { amount: money.amount, currency: money.currency };
}
