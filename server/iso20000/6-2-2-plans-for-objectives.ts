/** Clause 6.2.2, planning to achieve objectives. */
import { filledIn } from '../assessment/actions.ts';
import { dateOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { placeOf, shortfall } from '../assessment/remark.ts';
import { rule, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated, type Wanted } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { eachOpenObjective, objectiveKind, type Objective } from './objectives.ts';
import { isHeld } from './roles-in-use.ts';

/** A row that asks for one fact of each open objective. */
function says(row: string, wanted: (objective: Objective, context: RuleContext) => Wanted): Rule {
  return rule(row, { parts: [eachOpenObjective((objective, context) => stated(objective, objectiveKind, [wanted(objective, context)]))] });
}

export const whatIsDone: Rule = says('6.2.2.a', (objective, { model }) => {
  // An improvement that comes from the objective is done for it.
  const isImprovedFor = model.referrers('Objective', objective.name).some(({ entity: { node } }) => node.$type === 'Improvement' && node.status !== 'rejected' && node.sources.some(({ source }) => source === objective.name));
  return { said: filledIn(objective.actions).length > 0 || isImprovedFor, what: 'what is done to achieve it', line: 'action "${1:TODO what is done for it}" owner ${2:TODO} due ${3:0000-00-00}' };
});

export const withWhichResources: Rule = says('6.2.2.b', ({ resources, noMoreResources, actions }, { model }) => ({
  said: noMoreResources || resources.some((id) => model.get('Resource', id) !== undefined) || filledIn(actions).some(({ resources: needed }) => isFilledIn(needed)),
  what: 'which resources it needs (resources NAME), or that it needs none beside those that are there (no more resources)',
  line: 'resources ${1:TODO}',
}));

export const whoIsResponsible: Rule = rule('6.2.2.c', {
  parts: [
    eachOpenObjective((objective, { model }) => {
      const { owner } = objective;
      if (!isFilledIn(owner)) return stated(objective, objectiveKind, [{ said: false, what: 'who is responsible for it', line: 'owner ${1:TODO}' }]);
      const role = model.get('Role', owner);
      const team = model.get('Team', owner);
      if ((role && isHeld(role, { model })) || isFilledIn(team?.lead) || (!role && !team && model.get('Person', owner))) return [];
      const why = role ? `the role ${named(role)}, which nobody holds` : team ? `the team ${named(team)}, which nobody leads` : `${owner}, whom nothing declares`;
      return [shortfall(`Responsible for the objective ${named(objective)} is ${why}, so no person is.`, { place: placeOf(objective, 'owner') })];
    }),
  ],
});

export const byWhen: Rule = says('6.2.2.d', ({ by, metric }) => ({
  said: dateOf(by) !== undefined,
  what: 'by when it is to be achieved',
  ...(metric === undefined ? { line: 'metric ${1:TODO} to ${2:0} by ${3:0000-00-00}' } : {}),
}));

export const howItIsJudged: Rule = says('6.2.2.e', ({ evaluation }) => ({
  said: isFilledIn(evaluation),
  what: 'how the result is judged',
  line: 'evaluated by "${1:TODO how the result is judged}"',
}));
