import type { Action, EntityKey } from '../../language/model/declarations.ts';
import { overdueSince } from './actions.ts';
import { placeOf, shortfall, type Remark } from './remark.ts';
import type { RuleContext } from './rule.ts';
import { named } from './wording.ts';

interface WithActions {
  readonly $key: EntityKey;
  readonly name: string;
  readonly title?: string | undefined;
  readonly actions: readonly Action[];
}

/** One gap for each action of a declaration that was due and is not done, at its date. */
export function overdueActions(declaration: WithActions, { model, asOf }: RuleContext): readonly Remark[] {
  return declaration.actions.flatMap((action, index): Remark[] => {
    const due = overdueSince(action, model, asOf);
    if (due === undefined) return [];
    return [shortfall(`The action “${action.text}” of ${named(declaration)} was due on ${due} and is not done. Write when it was done, or a new date.`, { place: placeOf(declaration, 'actions', index, action.due === undefined ? 'via' : 'due'), axis: 'evidenced' })];
  });
}
