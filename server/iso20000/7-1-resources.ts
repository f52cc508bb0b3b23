/** Clause 7.1, resources. */
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { isProblem } from '../../language/values/problem.ts';
import { parsePeriod } from '../../language/values/period.ts';
import { overdueSince } from '../assessment/actions.ts';
import { isNotZero } from '../assessment/filled-in.ts';
import { placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, rule, system, type NewDeclaration, type Rule, type RuleContext } from '../assessment/rule.ts';
import { listed, named } from '../assessment/wording.ts';
import { checkProvided, isCurrent } from './resources.ts';
import { isDelivered, isLive } from './services-in-scope.ts';

type Resource = DeclarationTypes['Resource'];
type Kind = NonNullable<Resource['kind']>;

const kinds: Readonly<Record<Kind, string>> = { human: 'people', technical: 'technology', information: 'information', financial: 'money' };

function scaffold(kind: Kind, users = ''): NewDeclaration {
  return { title: `Declare ${kinds[kind]} that ${kind === 'human' ? 'are' : 'is'} needed`, text: `resource \${1:${kinds[kind]}} "\${2:TODO which}" {\n  kind ${kind}\n${users}  needed \${3:0} provided \${4:0}\n  period \${5:0000}\n}` };
}

/** Resources of the current period that say how much is needed, and of what they are needed for. One that names nothing is for all. */
const determined = query('resources that are determined', (context) =>
  context.model.all('Resource').flatMap((resource) => {
    const { kind, system: forSystem, users, needed, period } = resource;
    if (kind === undefined || period === undefined || !isNotZero(needed) || !isCurrent(resource, context)) return [];
    return [{ kind, forAll: forSystem || users.length === 0, users }];
  }),
);

export const resourcesDetermined: Rule = rule('7.1.1', {
  parts: [
    system((context) => {
      const known = context.read(determined);
      const missing = (Object.keys(kinds) as Kind[]).filter((kind) => !known.some((resource) => resource.kind === kind));
      if (missing.length === 0) return isForSystem(context) ? [] : [shortfall('No resource of the current period is for the service management system itself (“for system”, or a process): each is for services only.', { fixes: declareFixes(context, scaffold('human', '  for system\n')) })];
      return [
        shortfall(`Nothing says what the system and the services need of ${listed(missing.map((kind) => kinds[kind]), 'or')} in the current period: a resource with its kind, how much is needed, and the period.`, {
          fixes: missing.flatMap((kind) => declareFixes(context, scaffold(kind))),
        }),
      ];
    }),
    each('Resource', {
      none: null,
      check: (resource, context) => {
        const { needed, kind } = resource;
        const period = hasPeriod(resource);
        if (period && !isCurrent(resource, context)) return [];
        // What nothing else is said of is told by the gap of its kind.
        if (kind === undefined && !isNotZero(needed)) return [];
        if (kind === undefined) return [shortfall(`The resource ${named(resource)} does not say of what kind it is: kind human, technical, information or financial.`, { place: placeOf(resource) })];
        if (!isNotZero(needed)) return [shortfall(`The resource ${named(resource)} does not say how much is needed.`, { place: placeOf(resource), fixes: [{ title: 'Say how much is needed', edits: [{ kind: 'addFact', place: placeOf(resource), text: 'needed ${1:0}' }] }] })];
        return !period ? [shortfall(`The resource ${named(resource)} does not say for which period it is needed.`, { place: placeOf(resource), fixes: [{ title: 'State the period', edits: [{ kind: 'addFact', place: placeOf(resource), text: 'period ${1:0000}' }] }] })] : [];
      },
    }),
    each('Service', {
      none: null,
      check: (service, context) => {
        if (!isLive(service, context) || !isDelivered(service, context)) return [];
        const known = context.read(determined);
        if (known.length === 0 || known.some(({ forAll, users }) => forAll || users.includes(service.name))) return [];
        return [
          shortfall(`No resource of the current period is for ${named(service)}: each is for something else.`, {
            place: placeOf(service),
            fixes: [{ title: 'Declare what it needs', edits: [{ kind: 'addDeclaration', after: placeOf(service), text: scaffold('human', `  for ${service.name}\n`).text }] }],
          }),
        ];
      },
    }),
  ],
});

function hasPeriod({ period }: Resource): boolean {
  return period !== undefined && !isProblem(parsePeriod(period));
}

function isForSystem(context: RuleContext): boolean {
  return context.read(determined).some(({ forAll, users }) => forAll || users.some((id) => context.model.get('Process', id) !== undefined));
}

export const resourcesProvided: Rule = rule('7.1.2', {
  evidence: 'derived',
  parts: [
    each('Resource', {
      none: null,
      check: (resource, context): readonly Remark[] => {
        if (!isCurrent(resource, context)) return [];
        const { model, asOf } = context;
        const remarks = checkProvided(resource, { covers: (action) => action.done === undefined && overdueSince(action, model, asOf) === undefined });
        return remarks.length > 0 ? remarks : [shown('evidenced')];
      },
    }),
    system((context) => {
      if (context.model.all('Resource').some((resource) => isCurrent(resource, context))) return [];
      return [shortfall('No resource is declared for the current period, so it is unknown whether what is needed is there.', { fixes: declareFixes(context, scaffold('human')) })];
    }),
  ],
});
