import { isFilledIn } from '../assessment/filled-in.ts';
import type { RuleContext } from '../assessment/rule.ts';

/**
 * The names under which records may know who acts as a person, role or team: its id and title, those of the people who hold the role or
 * are in the team, and how these are reached, which tools often show.
 */
export function actorNames(id: string, { model }: RuleContext): readonly string[] {
  const role = model.get('Role', id);
  const team = model.get('Team', id);
  const people = [id, ...(role?.holders ?? []), ...(team?.lead === undefined ? [] : [team.lead]), ...(team?.members ?? [])];
  const members = team === undefined ? [] : model.all('Person').filter(({ teams }) => teams.includes(id)).map(({ name }) => name);
  const persons = [...people, ...members].flatMap((person) => {
    const found = model.get('Person', person);
    return found ? [found.name, found.title, found.contact] : [];
  });
  return [...new Set([id, role?.title, team?.title, ...persons].filter(isFilledIn))];
}
