/** Clause 7.3, awareness. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { isWithinMonths, latestOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { declareFixes, query, rule, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { firstOf, named } from '../assessment/wording.ts';
import { attested } from './attestations.ts';
import { peopleOf } from './people-of-party.ts';
import { isInUse } from './roles-in-use.ts';

type Awareness = DeclarationTypes['Awareness'];
type Topic = Awareness['topics'][number];

/** Ids of the people who hold roles, and of those whose roles a service or a process relies on. */
const holders = query('who holds roles', (context) => {
  const { model } = context;
  const people = (roles: readonly DeclarationTypes['Role'][]): string[] => [...new Set(roles.flatMap((role) => role.holders))].filter((id) => model.get('Person', id) !== undefined).sort();
  const roles = model.all('Role');
  return { all: people(roles), inUse: people(roles.filter((role) => isInUse(role, context))) };
});

/** A row that asks that people were made aware of something. `what` completes “made aware of …”. */
function awareOf(row: string, topic: Topic, what: string, who: 'all' | 'inUse' = 'all'): Rule {
  return rule(row, {
    parts: [
      system((context): readonly Remark[] => {
        const { asOf, model } = context;
        const planned = context.plannedInterval(row);
        const about = model.all('Awareness').filter(({ topics }) => topics.includes(topic));
        const inTime = about.filter(({ performed }) => isWithinMonths(performed, planned.months, asOf));
        const latest = latestActivity(about, context);
        if (inTime.length === 0) {
          if (latest) {
            const since = latestOf([latest.performed], asOf);
            return [
              shortfall(since === undefined ? `${named(latest)} is to make people aware of ${what}, but has not been performed yet.` : `People were last made aware of ${what} on ${since}; by the interval (${planned.words}) it is due again.`, {
                place: placeOf(latest, 'performed'),
                axis: 'evidenced',
                fixes: latest.performed === undefined ? [addFact('Say when it was performed', placeOf(latest), 'performed ${1:0000-00-00}')] : [],
              }),
            ];
          }
          return [
            shortfall(`Nobody is seen to have been made aware of ${what}: an awareness with “topics ${topic}”, its audience and when it was performed.`, {
              axis: 'evidenced',
              fixes: declareFixes(context, {
                title: `Declare how people were made aware of ${what}`,
                text: `awareness \${1:awareness-of-${topic}} "\${2:TODO what was done}" {\n  topics ${topic}\n  audience all\n  performed \${3:0000-00-00}\n}`,
              }),
            }),
          ];
        }
        if (inTime.some(({ everyone }) => everyone)) return [shown('evidenced')];
        const reached = new Set(inTime.flatMap(({ audience, attendees }) => [...audience, ...attendees]).filter(isFilledIn).flatMap((party) => peopleOf(party, context)));
        const missed = context.read(holders)[who].filter((id) => !reached.has(id));
        if (missed.length === 0 && reached.size > 0) return [shown('evidenced')];
        const last = latestActivity(inTime, context)!;
        const place = last.audience.length > 0 ? placeOf(last, 'audience', 0) : last.attendees.length > 0 ? placeOf(last, 'attendees', 0) : placeOf(last);
        const names = missed.map((id) => model.get('Person', id)?.title ?? id);
        return [
          shortfall(
            reached.size === 0
              ? `${named(last)} does not say whom it made aware of ${what}: audience all, or people, roles and teams.`
              : `${firstOf(names)} ${missed.length === 1 ? 'holds a role and was' : 'hold roles and were'} not made aware of ${what} within the interval (${planned.words}).`,
            { place, axis: 'evidenced', fixes: reached.size === 0 ? [addFact('Say whom it reached', placeOf(last), 'audience ${1:TODO}')] : [] },
          ),
        ];
      }),
      attested(row),
    ],
  });
}

function latestActivity(activities: readonly Awareness[], { asOf }: RuleContext): Awareness | undefined {
  let latest: Awareness | undefined;
  for (const activity of activities) if (!latest || (latestOf([activity.performed], asOf) ?? '') > (latestOf([latest.performed], asOf) ?? '')) latest = activity;
  return latest;
}

export const policy: Rule = awareOf('7.3.a', 'policy', 'the service management policy');
export const objectives: Rule = awareOf('7.3.b', 'objectives', 'the service management objectives');
export const services: Rule = awareOf('7.3.c', 'services', 'the services that concern their work', 'inUse');
export const contribution: Rule = awareOf('7.3.d', 'contribution', 'what they contribute and what better performance brings');
export const consequences: Rule = awareOf('7.3.e', 'nonconformity', 'what it means when requirements are not met');
