import type { DeclarationTypes } from '../../language/model/declarations.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { latestOf } from '../assessment/dates.ts';
import { query, type Query, type Trigger } from '../assessment/rule.ts';

type Nonconformity = DeclarationTypes['Nonconformity'];

/** An observation of an auditor is no nonconformity: every requirement is met where it stands. */
export function isNonconformity({ grade }: Nonconformity): boolean {
  return grade !== 'observation';
}

/** Clause 10.1 speaks of nonconformities that have occurred. */
export const nonconformityOccurs: Query<Trigger> = query('whether a nonconformity is recorded', ({ model }) =>
  model.all('Nonconformity').some(isNonconformity) ? { applies: true } : { applies: false, reason: 'no nonconformity is recorded' },
);

/** Whether it says on a day if its actions worked: by itself, or each action. It may have been seen when it was closed or reviewed. */
export function isChecked({ effective, checked, closed, reviewed, actions }: Nonconformity, asOf: IsoDate): boolean {
  if (effective !== undefined) return latestOf(checked === undefined ? [closed, reviewed] : [checked], asOf) !== undefined;
  return actions.length > 0 && actions.every((action) => action.effective !== undefined && latestOf([action.checked], asOf) !== undefined);
}
