/** Clause 8.2.2, plan the services. */
import type { DeclarationTypes, Service } from '../../language/model/declarations.ts';
import { dateOf, latestOf } from '../assessment/dates.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { everyRecord } from '../assessment/records.ts';
import { addFact, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { collection, each, query, rule, type Rule, type RuleContext, type RulePart } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { listed, named } from '../assessment/wording.ts';
import { attested } from './attestations.ts';
import { highestBand, openChanges } from './change-priorities.ts';
import { isInScope } from './services-in-scope.ts';

type Improvement = DeclarationTypes['Improvement'];
type ServiceRequirement = DeclarationTypes['ServiceRequirement'];

const without = 'No service is declared, so there is nothing to plan.';

/** A check of each service that is in scope and not gone. */
function ofServices(check: (service: Service, context: RuleContext) => readonly Remark[]): readonly RulePart[] {
  return each('Service', { where: ({ status }) => status !== 'retired', none: { message: without, declare: serviceScaffold }, check: (service, context) => (isInScope(service, context) ? check(service, context) : []) });
}

const serviceScaffold = {
  title: 'Declare a service',
  text: 'service ${1:service} "${2:TODO what it is called}" {\n  summary "${3:TODO what it is, in a sentence}"\n  outcome "${4:TODO what customers achieve with it}"\n}',
};

export const requirementsDocumented: Rule = rule('8.2.2.1', {
  // The requirements, as declared and agreed, are what is documented.
  evidence: 'derived',
  parts: [
    ofServices((service, context) => {
      const requirements = requirementsOf(service, context);
      const gaps = requirements.map((requirement) => missingOf(requirement, context));
      if (gaps.some((missing) => missing.every(({ said }) => said))) return [shown('evidenced')];
      const [first] = requirements;
      if (first) return stated(first, 'The service requirement', gaps[0] ?? []);
      return [
        shortfall(`Nothing is written down of what is required of ${named(service)}.`, {
          place: placeOf(service),
          fixes: [
            {
              title: 'Declare a service requirement',
              edits: [{ kind: 'addDeclaration', after: placeOf(service), text: `service requirement \${1:${service.name}-need} "\${2:TODO what is needed}" for ${service.name} {\n  statement "\${3:TODO what the service has to do, and how well}"\n  source \${4:TODO}\n  agreed with \${4:TODO} by \${5:TODO} on \${6:0000-00-00}\n}` }],
            },
          ],
        }),
      ];
    }),
  ],
});

function requirementsOf({ name }: Service, { model }: RuleContext): readonly ServiceRequirement[] {
  return model.referrers('Service', name).flatMap(({ entity: { node } }) => (node.$type === 'ServiceRequirement' ? [node] : []));
}

function missingOf({ statement, sources, agreed }: ServiceRequirement, { asOf }: RuleContext) {
  return [
    { said: isFilledIn(statement), what: 'what is required', line: 'statement "${1:TODO what the service has to do, and how well}"' },
    { said: someFilledIn(sources), what: 'whose requirement it is', line: 'source ${1:TODO}' },
    { said: agreed.some(({ by, on }) => isFilledIn(by) && latestOf([on], asOf) !== undefined), what: 'when and by whom it was agreed', line: 'agreed with ${1:TODO} by ${2:TODO} on ${3:0000-00-00}' },
  ];
}

export const criticalityDetermined: Rule = rule('8.2.2.2', {
  parts: [
    ofServices((service) => {
      if (service.criticality !== undefined && !isFilledIn(service.criticalityBasis)) {
        return [shortfall(`${named(service)} is of ${service.criticality} criticality, but it does not say why: criticality ${service.criticality} because "…", by what customers, users and others need.`, { place: placeOf(service, 'criticality') })];
      }
      return stated(service, 'The service', [{ said: service.criticality !== undefined, what: 'how critical it is, and why', line: 'criticality ${1:medium} because "${2:TODO whom it hits if it fails, and how much}"' }]);
    }),
  ],
});

const ranks: Readonly<Record<NonNullable<Service['criticality']>, number>> = { low: 1, medium: 2, high: 3 };

/** What each service depends on, and what it accepts with a reason. */
const dependencies = collection('dependencies between services', ['Service'], ({ name, dependencies: own, acknowledged, acknowledgedBecause }, { model }) => {
  const on = own.flatMap((dependency) => dependency.on).filter((id) => model.find('Service', id) !== undefined);
  // Who depends on nothing is in no circle.
  return on.length === 0 ? [] : [['all', { name, on, acknowledged: isFilledIn(acknowledgedBecause) ? acknowledged : [] }]];
});

/** Services that depend on one another in a circle that no service of it acknowledges, each circle once. */
const circles = query('circles of services', ({ collected }) => {
  const all = collected(dependencies, 'all');
  const edges = new Map(all.map(({ name, on, acknowledged }) => [name, on.filter((id) => id !== name && !acknowledged.includes(id))]));
  const found = new Map<string, readonly string[]>();
  for (const start of edges.keys()) {
    const path = shortestWay(start, start, edges);
    if (!path) continue;
    const key = path.toSorted().join(' ');
    if (!found.has(key)) found.set(key, path);
  }
  return [...found.values()];
});

/** The services on the shortest way from one to another, the first included. */
function shortestWay(from: string, to: string, edges: ReadonlyMap<string, readonly string[]>): readonly string[] | undefined {
  const before = new Map<string, string>();
  const queue = [from];
  for (const name of queue) {
    for (const next of edges.get(name) ?? []) {
      if (next === to) {
        const path = [name];
        for (let step = before.get(name); step !== undefined; step = before.get(step)) path.unshift(step);
        return path;
      }
      if (next === from || before.has(next)) continue;
      before.set(next, name);
      queue.push(next);
    }
  }
  return undefined;
}

/** Services and items that a risk affects and says something of. */
const atRisk = query('what risks affect', ({ model }) => [...new Set(model.all('Risk').flatMap(({ title, cause, consequence, affects }) => (isFilledIn(title) || isFilledIn(cause) || isFilledIn(consequence) ? affects : [])))].sort());

export const dependenciesManaged: Rule = rule('8.2.2.3', {
  parts: [
    ofServices((service, context) => {
      const { model } = context;
      const remarks: Remark[] = [
        ...stated(service, 'The service', [{ said: service.dependencies.some(({ on }) => someFilledIn(on)) || service.noDependencies, what: 'what it depends on, or that it depends on nothing', line: 'depends on ${1:TODO}' }]),
      ];
      for (const [index, { redundant, on }] of service.dependencies.entries()) {
        const others = on.map((id) => model.get('Service', id));
        const isEnough = redundant && others.some((other) => other !== undefined && !isLower(other, service));
        for (const [position, id] of on.entries()) {
          const other = others[position];
          const place = placeOf(service, 'dependencies', index, 'on', position);
          if (!other) {
            // What nobody declares is told by the check of names, too; here it counts against the row.
            if (isFilledIn(id) && !model.get('ConfigurationItem', id)) remarks.push(shortfall(`${named(service)} depends on ${id}, and no service or configuration item is called so.`, { place }));
          } else if (other.status === 'retired') {
            remarks.push(shortfall(`${named(service)} depends on ${named(other)}, which is retired. Say what it depends on instead.`, { place, related: [{ place: placeOf(other, 'status'), message: 'Retired' }] }));
          } else if (service.criticality === 'high' && !isEnough && isLower(other, service) && !context.read(atRisk).includes(other.name)) {
            remarks.push(
              shortfall(`${named(service)} is of high criticality and depends on ${named(other)}, which is of ${other.criticality} criticality, but no risk says what that may lead to.`, {
                place,
                related: [{ place: placeOf(other, 'criticality'), message: `Of ${other.criticality} criticality` }],
                fixes: [
                  {
                    title: 'Declare the risk',
                    edits: [{ kind: 'addDeclaration', after: placeOf(service), text: `risk \${1:${other.name}-fails} "\${2:TODO what may happen}" {\n  category service-requirements\n  affects ${other.name}, ${service.name}\n  cause "\${3:TODO why it may happen}"\n  consequence "\${4:TODO what comes of it}"\n  likelihood \${5:0} impact \${6:0}\n  owner \${7:TODO}\n}` }],
                  },
                ],
              }),
            );
          }
        }
      }
      return remarks;
    }),
    each('Service', {
      none: null,
      check: (service, context) =>
        context.read(circles).flatMap((circle) => {
          if (circle[0] !== service.name || !isInScope(service, context)) return [];
          const next = circle[1] ?? service.name;
          const index = service.dependencies.findIndex(({ on }) => on.includes(next));
          const position = service.dependencies[index]?.on.indexOf(next) ?? 0;
          return [
            shortfall(`Services depend on one another in a circle: ${[...circle, service.name].join(' → ')}. None can be brought back before another is. Leave one of the dependencies out, or say why the circle is accepted: acknowledge ${next} because "…".`, {
              place: placeOf(service, 'dependencies', index, 'on', position),
              fixes: [addFact('Accept it, with a reason', placeOf(service), `acknowledge ${next} because "\${1:TODO why, and how all are brought back}"`)],
            }),
          ];
        }),
    }),
  ],
});

function isLower(other: Service, service: Service): boolean {
  return other.criticality !== undefined && service.criticality !== undefined && ranks[other.criticality] < ranks[service.criticality];
}

/** Services that name another as their duplicate, with the other, both ways. */
/** What a service duplicates, and what says that it duplicates it. */
const duplicates = collection('duplicates of services', ['Service'], ({ name, duplicates: own }) => own.filter(isFilledIn).flatMap((other) => [[name, other] as const, [other, name] as const]));

/** For whom a service is and what it is for: two that are alike are looked at. Undefined where it does not say so or is out of scope. */
function purposeOf(service: Service, context: RuleContext): string | undefined {
  const { customers, outcomes } = service;
  if (customers.length === 0 || !someFilledIn(outcomes) || !isInScope(service, context)) return undefined;
  return `${[...new Set(customers)].sort().join(' ')}\n${[...new Set(outcomes.map((outcome) => outcome.trim().toLowerCase()))].sort().join('\n')}`;
}

const servicesByPurpose = collection('services by customers and outcomes', ['Service'], (service, context) => {
  const purpose = purposeOf(service, context);
  return purpose === undefined ? [] : [[purpose, service.name]];
});

export const duplicationManaged: Rule = rule('8.2.2.4', {
  parts: [
    ofServices((service, context) => {
      const known = context.collected(duplicates, service.name);
      const isKnown = service.noDuplicates || someFilledIn(service.duplicates) || known.length > 0;
      if (!isKnown) return stated(service, 'The service', [{ said: false, what: 'which services serve the same need, or that none does', line: 'duplicates ${1:TODO}' }]);
      const purpose = purposeOf(service, context);
      const alike = purpose === undefined ? [] : context.collected(servicesByPurpose, purpose).filter((name) => name > service.name && !known.includes(name));
      if (alike.length === 0) return [];
      return [
        shortfall(`${named(service)} is for the same customers and brings about the same as ${listed(alike)}. If they duplicate each other, say so (duplicates ${alike[0]}); else say what differs.`, {
          place: placeOf(service),
          fixes: [addFact('Say that they duplicate each other', placeOf(service), `duplicates ${alike[0]}`)],
        }),
      ];
    }),
  ],
});

export const changesProposed: Rule = rule('8.2.2.5', {
  parts: [
    each('ServiceRequirement', {
      where: ({ state }) => state === 'not-met',
      none: null,
      check: (requirement, { model }) => {
        const isFollowed = model.referrers('ServiceRequirement', requirement.name).some(({ entity: { node } }) => {
          if (node.$type === 'Improvement') return isFrom(node, requirement.name);
          if (node.$type === 'Transition') return node.requirements.includes(requirement.name);
          // A target that was agreed because of the requirement stands for it.
          return node.$type === 'Agreement' && node.targets.some(({ name }) => model.referrers('ServiceLevelTarget', `${node.name}.${name}`).some(({ entity }) => entity.node.$type === 'Improvement' && isFrom(entity.node, `${node.name}.${name}`)));
        });
        if (isFollowed) return [];
        return [
          shortfall(`The service requirement ${named(requirement)} is not met, and no change of a service (a transition) or improvement is proposed because of it.`, {
            place: placeOf(requirement, 'state'),
            fixes: [proposal(requirement.name, placeOf(requirement))],
          }),
        ];
      },
    }),
    each('Objective', {
      none: null,
      check: (objective, { model, asOf }) => {
        const by = dateOf(objective.by);
        if (by === undefined || by >= asOf || objective.status === 'achieved' || objective.status === 'dropped') return [];
        const about = [...model.referrers('Objective', objective.name), ...(objective.metric === undefined ? [] : model.referrers('Metric', objective.metric))].map(({ entity: { node } }) => node);
        if (objective.actions.some(({ via }) => isFilledIn(via)) || about.some((node) => node.$type === 'Improvement' && (isFrom(node, objective.name) || isFrom(node, objective.metric)))) return [];
        return [
          shortfall(`The objective ${named(objective)} was to be achieved by ${by} and does not say that it was (status achieved), and no improvement follows from it.`, {
            place: placeOf(objective, 'by'),
            fixes: [proposal(objective.name, placeOf(objective))],
          }),
        ];
      },
    }),
    attested('8.2.2.5'),
  ],
});

/** Whether an improvement that says what becomes better comes from something. */
function isFrom({ title, description, sources }: Improvement, id: string | undefined): boolean {
  return (isFilledIn(title) || isFilledIn(description)) && sources.some(({ source }) => source === id);
}

function proposal(source: string, after: ReturnType<typeof placeOf>) {
  return { title: 'Propose an improvement', edits: [{ kind: 'addDeclaration' as const, after, text: `improvement \${1:${source}-better} "\${2:TODO what becomes better}" {\n  from \${3:${source}}\n  owner \${4:TODO}\n  recorded \${5:0000-00-00}\n  status proposed\n}` }] };
}

export const changesPrioritized: Rule = rule('8.2.2.6', {
  parts: [
    everyRecord({
      row: '8.2.2.6',
      kind: 'change',
      plural: 'changes',
      demands: () => [
        {
          name: 'prioritized',
          where: openChanges,
          meets: 'priority is not empty',
          fields: ['state', 'priority'],
          of: 'open requests for change',
          lacks: 'have no priority',
          withoutRecords: 'no request for change is open',
        },
      ],
    }),
    highestBand('8.2.2.6'),
  ],
});
