/** Recommendations for clause 7, support of the service management system. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { addDays, addMonths, type IsoDate } from '../../language/values/date.ts';
import { addDuration, parseDuration } from '../../language/values/duration.ts';
import { isProblem } from '../../language/values/problem.ts';
import { dateOf } from '../assessment/dates.ts';
import { isFilledIn, isNotZero, someFilledIn } from '../assessment/filled-in.ts';
import { addDeclaration, addFact, placeOf, shortfall } from '../assessment/remark.ts';
import { declareFixes, each, query, recommended, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { listed, named, quantityOf } from '../assessment/wording.ts';
import { modeOf, type ControlledDocument } from '../iso20000/document-control.ts';
import { peopleOf } from '../iso20000/people-of-party.ts';
import { isInUse } from '../iso20000/roles-in-use.ts';
import { mentions } from './mentions.ts';
import { says } from './says.ts';

type Role = DeclarationTypes['Role'];
type Person = DeclarationTypes['Person'];
type DocumentRules = DeclarationTypes['DocumentRules'];

/**
 * A resource is for services and processes, not for an improvement or a transition: these say themselves what they take (cost, resources of
 * an action or of a transition), and so does the objective that they serve.
 */
export const resourcesForImprovement: Rule = recommended('G.7.1.1', {
  parts: [
    system(({ model }) => {
      const improvements = model.all('Improvement').filter(({ status }) => status !== 'implemented' && status !== 'rejected');
      const transitions = model.all('Transition').filter(({ stage, completed }) => stage !== 'completed' && completed === undefined);
      const hasPlanned =
        improvements.some(({ cost, actions }) => isNotZero(cost) || actions.some(({ resources }) => isFilledIn(resources))) ||
        transitions.some(({ resources }) => resources.some(({ text }) => isFilledIn(text))) ||
        model.all('Objective').some(({ resources, actions, status }) => (status ?? 'open') === 'open' && (resources.length > 0 || actions.some((action) => isFilledIn(action.resources))));
      const [first] = improvements;
      if (hasPlanned || (!first && transitions.length === 0)) return [];
      const subject = first ?? transitions[0]!;
      const line = first ? 'cost ${1:0} ${2:EUR}' : 'resource human "${1:TODO who works on it, and how much}"';
      return [
        shortfall(`Nothing says what is set aside for improvements and projects, ${named(subject)} among them. Plan people and money for them besides daily operation.`, {
          place: placeOf(subject),
          fixes: [addFact('Say what it takes', placeOf(subject), line)],
        }),
      ];
    }),
  ],
});

/** Whether a person was found to have all that a role needs, by the latest look at each. */
function isCompetent(person: Person, role: Role, asOf: IsoDate): boolean {
  return role.competences.every(({ name }) => {
    const looks = person.competences.filter(({ requirement, assessed }) => requirement === `${role.name}.${name}` && (dateOf(assessed) ?? '') <= asOf);
    const last = looks.toSorted((a, b) => ((a.assessed ?? '') < (b.assessed ?? '') ? -1 : 1)).at(-1);
    return last !== undefined && (!isFilledIn(last.gap) || last.action?.effective === 'effective');
  });
}

/** More than one who can do what a role needs, or a risk that names the role or the only one who can. Whether people leave is not told by a model. */
export const knowledgeOfSeveral: Rule = recommended('G.7.2.1', {
  parts: [
    each('Role', {
      where: ({ competences }) => competences.length > 0,
      none: null,
      check: (role, context) => {
        const { model, asOf } = context;
        if (!isInUse(role, context)) return [];
        const able = model.all('Person').filter((person) => isCompetent(person, role, asOf));
        if (able.length > 1) return [];
        const names = [role, ...able].map(({ name, title }) => title ?? name);
        const isKnown = model.all('Risk').some(({ title, cause, consequence }) => isFilledIn(title) && mentions([title, cause, consequence], names));
        if (isKnown) return [];
        const who = able[0] ? `Only ${named(able[0])} is seen` : 'Nobody is seen';
        return [
          shortfall(`${who} to be able to do all that the role ${named(role)} needs. Prepare a second person, or treat it as a risk.`, {
            place: placeOf(role),
            fixes: [
              addDeclaration('Declare the risk', placeOf(role), `risk \${1:${role.name}-knowledge} "\${2:TODO what happens when nobody can do it}" {\n  cause "Too few people can do what ${(role.title ?? role.name).replaceAll('"', '')} needs"\n  likelihood \${3:0} impact \${4:0}\n  treat \${5:reduce}\n  owner \${6:TODO}\n}`),
            ],
          }),
        ];
      },
    }),
  ],
});

/** How long after a training its effect can be seen. */
const effectDays = 30;

export const effectOfTraining: Rule = recommended('G.7.2.2', {
  parts: [
    each('Person', {
      where: ({ competences }) => competences.some(({ action }) => action !== undefined),
      none: null,
      check: (person) =>
        person.competences.flatMap(({ requirement, action, evaluated }, index) => {
          const [done, judged] = [dateOf(action?.done), dateOf(evaluated) ?? dateOf(action?.checked)];
          if (!action || done === undefined || judged === undefined || judged >= addDays(done, effectDays)) return [];
          const path = dateOf(evaluated) === undefined ? ['action', 'checked'] : ['evaluated'];
          return [shortfall(`The effect of “${action.text}” on ${named(person)} in ${requirement} was judged on ${judged}, and it took place on ${done}. Judge it at least ${effectDays} days later.`, { place: placeOf(person, 'competences', index, ...path) })];
        }),
    }),
  ],
});

/** Within how many months of their first role people are made aware, and how far back that is looked at. */
const joiningMonths = 3;
const lookedBack = 24;

/** When people were made aware of something: of what day, and who; of all where it says so. */
const activities = query('awareness activities and whom they reached', (context) =>
  context.model.all('Awareness').flatMap(({ performed, everyone, audience, attendees }) => {
    const on = dateOf(performed);
    return on === undefined || on > context.asOf ? [] : [{ on, people: everyone ? 'all' as const : [...new Set([...audience, ...attendees].filter(isFilledIn).flatMap((party) => peopleOf(party, context)))].sort() }];
  }),
);

/** When each person was first assigned a role. */
const joined = query('when people were first assigned a role', ({ model }) => {
  const found: Record<string, IsoDate> = {};
  for (const { assigned, holders } of model.all('Role')) {
    const on = dateOf(assigned);
    if (on === undefined) continue;
    for (const holder of holders) if (found[holder] === undefined || on < found[holder]) found[holder] = on;
  }
  return found;
});

/** The first role stands for joining, which a model does not date. That awareness is repeated is required, see clause 7.3. */
export const awarenessOnJoining: Rule = recommended('G.7.3.1', {
  parts: [
    each('Role', {
      where: ({ assigned }) => assigned !== undefined,
      none: null,
      check: (role, context) => {
        const { asOf, model } = context;
        const known = context.read(activities);
        if (known.length === 0) return [];
        return role.holders.flatMap((holder, index) => {
          const [first, person] = [context.read(joined)[holder], model.get('Person', holder)];
          if (!person || first === undefined || first !== role.assigned) return [];
          const until = addMonths(first, joiningMonths);
          if (until >= asOf || addMonths(first, lookedBack) < asOf) return [];
          // Those who were told shortly before they took the role need not be told again.
          if (known.some(({ on, people }) => on >= addMonths(first, -joiningMonths) && on <= until && (people === 'all' || people.includes(holder)))) return [];
          return [
            shortfall(`${named(person)} was assigned the first role on ${first}, and no awareness within ${joiningMonths} months of that reached the person. Make people aware when they join.`, {
              place: placeOf(role, 'holders', index),
              fixes: [addDeclaration('Say when the person was made aware', placeOf(role), `awareness \${1:${holder}-joining} "\${2:TODO what was done}" {\n  topics policy, objectives, services, contribution, nonconformity\n  attendees ${holder}\n  performed \${3:0000-00-00}\n}`)],
            }),
          ];
        });
      },
    }),
  ],
});

export const escalationCommunicated: Rule = recommended('G.7.4.1', {
  parts: [
    system((context) => {
      const all = context.model.all('Communication');
      if (all.length === 0) return [];
      const about = all.filter(({ title, covers }) => says([title, ...covers], /escalat/i));
      if (about.some(({ channel, responsible }) => isFilledIn(channel) && isFilledIn(responsible))) return [];
      const [first] = about;
      if (first) {
        return stated(first, 'The communication', [
          { said: isFilledIn(first.responsible), what: 'who is responsible for it', line: 'responsible ${1:TODO}' },
          { said: isFilledIn(first.channel), what: 'by which channel people are reached', line: 'channel "${1:TODO number, address}"' },
        ]);
      }
      return [
        shortfall('No communication is about escalation: to whom one turns next, by which channel, and who answers for it (covers escalation).', {
          fixes: declareFixes(context, { title: 'Declare how is escalated', text: 'communication ${1:escalation} "${2:Escalation paths and contacts}" {\n  direction internal\n  covers escalation\n  audience "${3:TODO whom}"\n  timing "${4:TODO when}"\n  channel "${5:TODO number, address}"\n  responsible ${6:TODO}\n}' }),
        }),
      ];
    }),
  ],
});

const webAddress = /^[a-z][a-z0-9+.-]*:\/\//i;

/** Evidence that is linked, and records that are kept under an address, are where the work is done; those named as a file were copied. */
export const evidenceInTools: Rule = recommended('G.7.5.1.1', {
  parts: [
    system(({ model }) => {
      const evidence = model.all('Evidence').filter(({ file, link }) => isFilledIn(file) || isFilledIn(link));
      const records = model.all('ControlledDocument').filter((document) => modeOf(document) === 'retain' && (isFilledIn(document.file) || isFilledIn(document.location)));
      const copies = [...evidence.filter(({ link }) => !isFilledIn(link)), ...records.filter(({ location }) => !isFilledIn(location) || !webAddress.test(location))];
      const whole = evidence.length + records.length;
      const [first] = copies;
      if (!first || 2 * (whole - copies.length) >= whole) return [];
      const line = first.$type === 'Evidence' ? 'link "${1:TODO address of the record in the tool}"' : 'location "${1:TODO address of the record in the tool}"';
      return [
        shortfall(`${quantityOf(copies.length, whole, 'pieces of evidence and retained records')} are files, ${named(first)} among them. Point to at least half of them in the tool where the work is done, instead of copying.`, {
          place: placeOf(first),
          fixes: [addFact('Point to it in the tool', placeOf(first), line)],
        }),
      ];
    }),
  ],
});

/** Months of a cycle of certification. */
const cycleMonths = 36;

function isShort(retention: string, asOf: IsoDate): boolean {
  const duration = parseDuration(retention);
  const end = isProblem(duration) ? duration : addDuration(asOf, duration);
  return !isProblem(end) && end > asOf && end < addMonths(asOf, cycleMonths);
}

const shortRetention = (what: string, retention: string): string => `${what} for ${retention}. Keep records for at least one cycle of certification, ${cycleMonths} months, or longer where law or a contract asks for it.`;

/** How long a document says itself that it is kept. */
function ownRetention({ controls }: ControlledDocument): number {
  return controls.findIndex(({ subject }) => subject === 'retention');
}

function isForAll({ everything, kinds }: DocumentRules): boolean {
  return everything || kinds.length === 0;
}

/** The rules that say how long a document is kept: those for its kinds before those for all. */
function rulesFor(document: ControlledDocument, { model }: RuleContext): DocumentRules | undefined {
  const saying = model.all('DocumentRules').filter(({ controls }) => controls.some(({ subject }) => subject === 'retention'));
  return saying.find(({ kinds }) => kinds.some((kind) => document.kinds.includes(kind))) ?? saying.find(isForAll);
}

export const keptForACycle: Rule = recommended('G.7.5.3.2.1', {
  parts: [
    each('ControlledDocument', {
      where: (document) => modeOf(document) === 'retain',
      none: null,
      check: (document, { asOf }) => {
        const index = ownRetention(document);
        const own = document.controls[index]?.text;
        if (own === undefined || !isShort(own, asOf)) return [];
        const place = placeOf(document, 'controls', index, 'text');
        return [shortfall(shortRetention(`The record ${named(document)} is kept`, own), { place, fixes: [{ title: 'Keep it for three years', edits: [{ kind: 'replace', place, text: '3y' }] }] })];
      },
    }),
    each('DocumentRules', {
      none: null,
      check: (rules, context) => {
        const index = rules.controls.findIndex(({ subject }) => subject === 'retention');
        const said = rules.controls[index]?.text;
        if (said === undefined || !isShort(said, context.asOf)) return [];
        const first = context.model.all('ControlledDocument').find((document) => modeOf(document) === 'retain' && ownRetention(document) < 0 && rulesFor(document, context)?.name === rules.name);
        if (!first) return [];
        const place = placeOf(rules, 'controls', index, 'text');
        return [shortfall(shortRetention(`By these rules the record ${named(first)} is kept`, said), { place, related: [{ place: placeOf(first), message: 'The record' }], fixes: [{ title: 'Keep them for three years', edits: [{ kind: 'replace', place, text: '3y' }] }] })];
      },
    }),
  ],
});

/** Whether somebody uses knowledge is told by whom it is for; how often it is opened, only its tool knows. */
export const knowledgeLookedAfter: Rule = recommended('G.7.6.1', {
  parts: [
    each('Knowledge', {
      none: null,
      check: (knowledge) => {
        const missing = [
          { said: isFilledIn(knowledge.owner), what: 'who owns it', line: 'owner ${1:TODO}' },
          { said: knowledge.review !== undefined, what: 'when it is looked at again', line: 'review every ${1:12mo}' },
          { said: someFilledIn(knowledge.audience.map(({ party, text }) => party ?? text ?? '')), what: 'who uses it', line: 'audience "${1:TODO who needs it}"' },
        ].filter(({ said }) => !said);
        if (missing.length === 0) return [];
        const place = placeOf(knowledge);
        return [shortfall(`The knowledge ${named(knowledge)} does not say ${listed(missing.map(({ what }) => what), 'or')}. Retire what nobody uses.`, { place, fixes: missing.map(({ what, line }) => addFact(`Say ${what}`, place, line)) })];
      },
    }),
  ],
});
