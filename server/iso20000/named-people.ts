import type { RuleContext } from '../assessment/rule.ts';
import { isHeld } from './roles-in-use.ts';

/** Whether people are named by it: it is one, is a role that somebody holds, or a team with a lead or members. */
export function namesPeople(id: string | undefined, { model }: Pick<RuleContext, 'model'>): boolean {
  if (model.get('Person', id)) return true;
  const role = model.get('Role', id);
  if (role) return isHeld(role, { model });
  const team = model.get('Team', id);
  return team !== undefined && [...(team.lead === undefined ? [] : [team.lead]), ...team.members].some((member) => model.get('Person', member) !== undefined);
}
