/** Recommendations for clause 8.6, resolution and fulfilment. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { addMonths } from '../../language/values/date.ts';
import { dateOf, isWithinMonths } from '../assessment/dates.ts';
import { isFilledIn, isNotZero, someFilledIn } from '../assessment/filled-in.ts';
import { someField } from '../assessment/records.ts';
import { addFact, placeOf, shortfall } from '../assessment/remark.ts';
import { declareFixes, each, query, recommended, system, type RecordsPart, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { actorNames } from '../iso20000/actor-names.ts';
import { oneOf } from '../iso20000/change-records.ts';
import { latestAnalysis } from '../iso20000/analyses.ts';
import { isDelivered, isInUse } from '../iso20000/services-in-scope.ts';
import { topPriority } from '../iso20000/top-priority.ts';
import { advisedRecords, type RecordAdvice } from './advised-records.ts';
import { mentions } from './mentions.ts';
import { says } from './says.ts';

type Process = DeclarationTypes['Process'];
type Procedure = DeclarationTypes['Procedure'];

function incidents(id: string, advice: (context: RuleContext) => readonly RecordAdvice[]): RecordsPart {
  return advisedRecords({ id, kind: 'incident', plural: 'incidents', advice });
}

function problems(id: string, advice: (context: RuleContext) => readonly RecordAdvice[]): RecordsPart {
  return advisedRecords({ id, kind: 'problem', plural: 'problems', advice });
}

/** Names under which services may point to the desk: of teams, roles and services that are one, by their English names. */
const desks = query('names of the service desk', ({ model }) =>
  [...model.all('Team'), ...model.all('Role'), ...model.all('Service')].flatMap((one) => {
    const contact = one.$type === 'Team' ? one.contact : undefined;
    // One that nobody knows how to reach yet is none.
    if (contact !== undefined && !isFilledIn(contact)) return [];
    return says([one.title, one.name], /service[- ]?desk|help[- ]?desk|(?:^|-)desk$|single point of contact/i) ? [one.name, one.title, contact].filter(isFilledIn) : [];
  }),
);

/** Entries of a catalogue name no contact; where users ask stands at the service itself: request via. */
export const singleContact: Rule = recommended('G.8.6.1.1', {
  parts: [
    system((context) => {
      const { model } = context;
      const [service] = model.all('Service').filter((one) => isInUse(one, context) && isDelivered(one, context));
      if (!service || context.read(desks).length > 0) return [];
      return [
        shortfall('No team, role or service is a service desk, so users have no single point of contact.', {
          fixes: declareFixes(context, { title: 'Declare a service desk', text: 'team service-desk "Service desk" {\n  lead ${1:TODO}\n  contact "${2:TODO how users reach it}"\n}' }),
        }),
      ];
    }),
    each('Service', {
      none: null,
      check: (service, context) => {
        const known = context.read(desks);
        if (known.length === 0 || !isInUse(service, context) || !isDelivered(service, context)) return [];
        if (!isFilledIn(service.requestVia)) return stated(service, 'The service', [{ said: false, what: 'where its users ask for help', line: `request via "\${1:Service desk}"` }]);
        if (mentions([service.requestVia], known) || says([service.requestVia], /\bdesk\b|portal/i)) return [];
        return [shortfall(`Users of ${named(service)} are sent to “${service.requestVia}”, which is not the service desk. Offer one point of contact for all services.`, { place: placeOf(service, 'requestVia') })];
      },
    }),
  ],
});

/** The process that deals with incidents. */
function isIncidentProcess({ name, implements: implemented, satisfies }: Process): boolean {
  return [name, ...implemented].some((id) => id.startsWith('incident')) || satisfies.some((id) => /(?:^|:)8\.6\.1(?:\.|$)/.test(id));
}

/**
 * Records tell how many entries they hold, and not to whom and when each was written. So incidents past due should hold some at all; that
 * users are told in time is what agreements promise (update … every) and the process foresees (escalate at …).
 */
export const keptInformed: Rule = recommended('G.8.6.1.2', {
  parts: [
    each('Agreement', {
      where: ({ type }) => type === 'sla',
      none: null,
      check: (agreement) => {
        const restores = agreement.targets.some(({ measure }) => measure === 'restore' || measure === 'resolve');
        if (!restores || agreement.updates.length > 0 || agreement.targets.some(({ measure }) => measure === 'update')) return [];
        return [
          shortfall(`${named(agreement)} says how soon service is restored, and not how often users hear of progress until then.`, {
            place: placeOf(agreement),
            fixes: [addFact('Promise how often users hear', placeOf(agreement), 'update every ${1:4h}')],
          }),
        ];
      },
    }),
    each('Process', {
      where: isIncidentProcess,
      none: null,
      check: (process, { model }) => {
        const hasTargets = model.all('Agreement').some(({ targets }) => targets.some(({ measure }) => measure === 'restore' || measure === 'resolve'));
        if (!hasTargets || isNotZero(process.escalateAt)) return [];
        return [
          shortfall(`The process ${named(process)} does not say when people are warned that a target will be missed.`, {
            place: placeOf(process),
            fixes: [addFact('Warn before a target is missed', placeOf(process), 'escalate at ${1:80%}')],
          }),
        ];
      },
    }),
    incidents('G.8.6.1.2', () => [
      { name: 'updated', where: 'past-due', meets: 'updates >= 1', fields: ['opened', 'restored', 'updates'], of: 'incidents past due', lacks: 'hold no entry, so nobody is seen to have been told', question: 'incidents past due hold any word of progress' },
    ]),
  ],
});

export const confirmedByUsers: Rule = recommended('G.8.6.1.3', {
  parts: [
    incidents('G.8.6.1.3', () => [
      { name: 'confirmed', where: 'closed is not empty and restored is not empty', meets: 'closed > restored', fields: ['restored', 'closed'], of: 'closed incidents', lacks: 'were closed at the moment of their resolution, so the user had no chance to confirm it', question: 'users have the chance to confirm that service is restored' },
    ]),
  ],
});

/** Names under which records may know who holds a role that is given authorities. */
const authorized = query('who holds roles with authorities', (context) => [
  ...new Set(context.model.all('Role').flatMap((role) => (someFilledIn(role.authorities) || isFilledIn(role.decides) ? actorNames(role.name, context) : []))),
]);

const isMajorProcedure = ({ kind }: Procedure): boolean => kind === 'major incident' || kind === 'major-incident';

/** That the role has authorities at all; whether these reach over all parties is for its readers to tell. */
export const majorManager: Rule = recommended('G.8.6.1.4', {
  parts: [
    each('Procedure', {
      where: isMajorProcedure,
      none: null,
      check: (procedure, { model }) => {
        const role = model.get('Role', procedure.owner);
        const place = isFilledIn(procedure.owner) ? placeOf(procedure, 'owner') : placeOf(procedure);
        if (!role) {
          const who = isFilledIn(procedure.owner) ? `is led by ${procedure.owner}, which is no role` : 'is led by no role';
          return [shortfall(`The procedure ${named(procedure)} ${who}. Let a role with authority over all parties lead major incidents.`, { place, fixes: isFilledIn(procedure.owner) ? [] : [addFact('Name the role', placeOf(procedure), 'owner ${1:TODO}')] })];
        }
        if (someFilledIn(role.authorities) || isFilledIn(role.decides)) return [];
        return [
          shortfall(`The role ${named(role)} leads major incidents, and nothing says what it may decide over the teams and suppliers that take part.`, {
            place,
            related: [{ place: placeOf(role), message: 'The role' }],
            fixes: [addFact('Say what it may decide', placeOf(role), 'authorities "${1:TODO what it may decide over other teams and suppliers}"')],
          }),
        ];
      },
    }),
    incidents('G.8.6.1.4', (context) => {
      const names = context.read(authorized);
      if (names.length === 0) return [];
      return [
        {
          name: 'authority',
          where: 'major and major-manager is not empty',
          meets: oneOf('major-manager', names),
          fields: ['major', 'major-manager'],
          of: 'major incidents',
          lacks: 'were led by somebody who holds no role with authorities',
          question: 'major incidents are led by somebody with authority',
        },
      ];
    }),
  ],
});

/** Incidents name the problem behind them; known errors are problems whose cause is known. */
export const knownErrorsMatched: Rule = recommended('G.8.6.1.5', {
  parts: [
    incidents('G.8.6.1.5', ({ model }) => {
      // Where no problem is recorded, there is nothing to match with.
      if (!model.all('Source').some(({ recordKind }) => recordKind === 'problem' || recordKind === 'known-error')) return [];
      return [{ name: 'matched', some: true, meets: 'problem is not empty', fields: ['problem'], of: 'incidents', lacks: 'names a problem or known error, so they are not matched with what is known', question: 'incidents are matched with known errors' }];
    }),
  ],
});

/** Instructions tell steps and approval in words, so only that there are some can be seen; that a portal offers the request, too, is for people to tell. */
export const requestModels: Rule = recommended('G.8.6.2.1', {
  parts: [
    each('RequestModel', {
      none: null,
      check: (model) =>
        stated(model, 'The request model', [
          { said: isFilledIn(model.instructions), what: 'who approves such requests and by which steps they are fulfilled', line: 'instructions "${1:TODO who approves it, and how it is fulfilled}"' },
          { said: isNotZero(model.within), what: 'within which time', line: 'within ${1:0} working days' },
        ]),
    }),
  ],
});

const quarterMonths = 3;
const yearMonths = 12;

/** What led to a problem stands in records as text; which problems an analysis found is declared. */
export const workingAhead: Rule = recommended('G.8.6.3.1', {
  parts: [
    system((context) => {
      const { model, asOf } = context;
      const latest = latestAnalysis('incidents', context);
      const performed = dateOf(latest?.performed);
      if (!latest || performed === undefined || performed > asOf) return [];
      const ofYear = model.all('RecordAnalysis').filter((analysis) => analysis.subject === 'incidents' && isWithinMonths(analysis.performed, yearMonths, asOf));
      return [
        ...(addMonths(performed, quarterMonths) < asOf ? [shortfall(`Incidents were last analysed on ${performed}, in ${named(latest)}. Look at their trends each quarter.`, { place: placeOf(latest, 'performed') })] : []),
        ...(isFilledIn(latest.trends) ? [] : stated(latest, 'The analysis', [{ said: false, what: 'which trends it sees', line: 'trends "${1:TODO what the figures show}"' }])),
        ...(ofYear.length > 0 && !ofYear.some((analysis) => someFilledIn(analysis.problems))
          ? [shortfall(`No analysis of incidents of the last ${yearMonths} months led to a problem. Look for causes that other services share before they show.`, { place: placeOf(latest), fixes: latest.noProblems ? [] : [addFact('Name the problems that it found', placeOf(latest), 'problems ${1:TODO}')] })]
          : []),
      ];
    }),
  ],
});

/** Records of problems have no field for a review of their own: what is done after they were solved, or a note from then, counts as one. */
export const largeProblemsReviewed: Rule = recommended('G.8.6.3.2', {
  parts: [
    problems('G.8.6.3.2', (context) => {
      const top = context.read(topPriority);
      if (top === undefined) return [];
      const { fields } = someField('problem', ['actions', 'progress'], context);
      const tests = fields.map((field) => (field === 'progress' ? 'progress >= resolved' : `${field} is not empty`));
      return [
        {
          name: 'reviewed',
          where: `priority = "${top}" and resolved is not empty`,
          meets: `(${tests.join(' or ')})`,
          fields: ['priority', 'resolved', ...fields],
          of: `solved problems of priority ${top}`,
          lacks: 'hold neither an action nor a note from after they were solved, so nobody is seen to have learned from them',
          question: 'large problems are looked at again once they are solved',
        },
      ];
    }),
  ],
});

/** Time in which it is seen that no more incidents come. */
const watchedFor = '7d';

/**
 * Whether incidents still came cannot be asked of a problem's record, which names them as text; that time was left between solution and
 * closure can. Known errors of a problem that is solved are retired, or looked at again since they were recorded.
 */
export const closedWithCare: Rule = recommended('G.8.6.3.3', {
  parts: [
    problems('G.8.6.3.3', () => [
      { name: 'watched', where: 'closed is not empty and resolved is not empty', meets: `closed - resolved >= ${watchedFor}`, fields: ['resolved', 'closed'], of: 'closed problems', lacks: 'were closed within a week of their solution, before anybody could see that incidents no longer come', question: 'problems are closed only when incidents no longer come' },
    ]),
    advisedRecords({
      id: 'G.8.6.3.3',
      kind: 'known-error',
      plural: 'known errors',
      advice: ({ model }) => {
        const source = model.all('Source').find(({ recordKind, key, historyKey, mappings }) => recordKind === 'problem' && isFilledIn(key ?? historyKey) && mappings.some(({ field }) => field === 'resolved'));
        if (!source) return [];
        return [
          {
            name: 'retired',
            where: `problem is not empty and lookup resolved in ${source.name} by problem is not empty`,
            meets: 'retired is not empty or updated > recorded',
            fields: ['problem', 'recorded', 'updated', 'retired'],
            of: 'known errors whose problem is solved',
            lacks: 'were neither retired nor looked at again, so knowledge is not up to date',
            question: 'known errors are kept up to date when their problem is solved',
          },
        ];
      },
    }),
  ],
});
