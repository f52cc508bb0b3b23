import type { Action } from '../../language/model/declarations.ts';
import type { Model } from '../../language/model/model.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { dateOf } from './dates.ts';
import { isFilledIn } from './filled-in.ts';

/** When an action was done, as it says or as the improvement or nonconformity says by which it is carried out; undefined while it is open. */
export function actionDone({ done, via }: Action, model: Model, asOf: IsoDate): IsoDate | undefined {
  const own = dateOf(done ?? (via === undefined ? undefined : (model.get('Improvement', via)?.implemented ?? model.get('Nonconformity', via)?.closed)));
  return own !== undefined && own <= asOf ? own : undefined;
}

/** The day by which an open action was to be done, if that has passed. */
export function overdueSince(action: Action, model: Model, asOf: IsoDate): IsoDate | undefined {
  if (actionDone(action, model, asOf) !== undefined) return undefined;
  const due = dateOf(action.due ?? (action.via === undefined ? undefined : model.get('Improvement', action.via)?.due));
  return due !== undefined && due < asOf ? due : undefined;
}

/** Actions that say what is done. */
export function filledIn(actions: readonly Action[]): readonly Action[] {
  return actions.filter(({ text }) => isFilledIn(text));
}
