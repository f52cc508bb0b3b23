import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import type { Remark } from '../assessment/remark.ts';
import { each, type NewDeclaration, type RuleContext, type RulePart } from '../assessment/rule.ts';

export type Objective = DeclarationTypes['Objective'];

export const objectiveKind = 'The objective';

const scaffold: NewDeclaration = {
  title: 'Declare an objective',
  text: 'objective ${1:objective} "${2:TODO what is to be achieved}" {\n  level "${3:TODO}"\n  function "${4:TODO who is to achieve it}"\n  policy ${5:TODO}\n  metric ${6:TODO} to ${7:0} by ${8:0000-00-00}\n  considers ${9:TODO}\n  owner ${10:TODO}\n  action "${11:TODO what is done for it}" owner ${12:TODO} due ${13:0000-00-00}\n  evaluated by "${14:TODO how the result is judged}"\n}',
};

export const noObjective = { message: 'No service management objective is declared.', declare: scaffold };

/** One whose title still is to be filled in is none yet, and one that was dropped is none any more. */
export function isObjective({ title, status }: Objective): boolean {
  return status !== 'dropped' && (title === undefined || isFilledIn(title));
}

/** Whether it is still to be achieved. */
export function isOpen({ status }: Objective): boolean {
  return (status ?? 'open') === 'open';
}

/** A check of each objective that was not dropped, and of there being one. */
export function eachObjective(check: (objective: Objective, context: RuleContext) => readonly Remark[]): readonly RulePart[] {
  return each('Objective', { where: isObjective, none: noObjective, check });
}

/** A check of each objective that is still to be achieved, and of there being an objective at all. */
export function eachOpenObjective(check: (objective: Objective, context: RuleContext) => readonly Remark[]): readonly RulePart[] {
  return eachObjective((objective, context) => (isOpen(objective) ? check(objective, context) : []));
}
