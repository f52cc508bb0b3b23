import type { RuleContext } from '../assessment/rule.ts';

/** Ids of the people whom a party stands for: the person, who holds the role, who is in the team. */
export function peopleOf(party: string, { model }: Pick<RuleContext, 'model'>): readonly string[] {
  const team = model.get('Team', party);
  return [
    party,
    ...(model.get('Role', party)?.holders ?? []),
    ...(team ? [...(team.lead === undefined ? [] : [team.lead]), ...team.members, ...model.all('Person').filter(({ teams }) => teams.includes(party)).map(({ name }) => name)] : []),
  ];
}
