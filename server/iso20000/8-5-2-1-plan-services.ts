/** Clause 8.5.2.1, plan new or changed services. */
import type { Dependency, Metric, Service } from '../../language/model/declarations.ts';
import { dateOf, latestOf } from '../assessment/dates.ts';
import { isFilledIn, isNotZero } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { each, rule, type Query, type Rule, type RuleContext, type Trigger } from '../assessment/rule.ts';
import { stated, type Wanted } from '../assessment/stated.ts';
import { listed, named } from '../assessment/wording.ts';
import { isCompleted, isTransfer, kindOf, planned, serviceInTransition, serviceRemoved, serviceTransferred, type Transition } from './transitions.ts';

const what = 'The transition';

interface PlanOptions {
  readonly trigger?: Query<Trigger>;
  /** Services with which of these states need a transition that is looked at; left out: with all. */
  readonly statuses?: Parameters<typeof planned>[0];
  readonly includes?: (transition: Transition, context: RuleContext) => boolean;
}

/** A row about what each transition plans. The transition is the plan: no document is asked for beside it. */
function plans(row: string, check: (transition: Transition, context: RuleContext) => readonly Remark[], { trigger = serviceInTransition, statuses, includes = () => true }: PlanOptions = {}): Rule {
  return rule(row, {
    trigger,
    evidence: 'derived',
    parts: [planned(statuses), each('Transition', { none: null, check: (transition, context) => (includes(transition, context) ? check(transition, context) : []) })],
  });
}

/** A row that only asks for facts. */
function says(row: string, wanted: (transition: Transition, context: RuleContext) => readonly Wanted[], options: PlanOptions = {}): Rule {
  return plans(row, (transition, context) => stated(transition, what, wanted(transition, context)), options);
}

export const requirementsUsed: Rule = plans('8.5.2.1.1', (transition, { model }) => {
  const remarks: Remark[] = [];
  const covered = new Set<string>();
  for (const [index, id] of transition.requirements.entries()) {
    const requirement = model.get('ServiceRequirement', id);
    if (!requirement) continue;
    const own = requirement.services.filter((service) => transition.services.includes(service));
    for (const service of own) covered.add(service);
    if (own.length === 0) {
      remarks.push(shortfall(`${named(requirement)} is no requirement of ${servicesInWords(transition.services, model)}.`, { place: placeOf(transition, 'requirements', index), related: [{ place: placeOf(requirement, 'services'), message: 'Of which services it is a requirement' }] }));
    }
  }
  const bare = transition.services.filter((service) => !covered.has(service));
  if (bare.length === 0) return remarks;
  return [
    ...stated(transition, what, [{ said: false, what: `which service requirements of ${servicesInWords(bare, model)} it is planned by`, line: 'requirements ${1:TODO}' }]),
    ...remarks,
  ];
});

function servicesInWords(ids: readonly string[], model: RuleContext['model']): string {
  return listed(ids.map((id) => named(model.get('Service', id) ?? { name: id })), 'or');
}

export const authorities: Rule = says('8.5.2.1.a', (transition) => [{ said: isFilledIn(transition.authorities), what: 'who decides and does what', line: 'authorities "${1:TODO who decides and does what}"' }]);

export const activities: Rule = plans('8.5.2.1.b', (transition) => {
  const filled = transition.activities.filter(({ text }) => isFilledIn(text));
  // Where each activity says by when it is done, the timescales are known.
  const isTimed = isFilledIn(transition.timescales) || (filled.length > 0 && filled.every(({ due, done }) => dateOf(due ?? done) !== undefined));
  return [
    ...stated(transition, what, [
      { said: filled.length > 0, what: 'what is done', line: 'activity "${1:TODO what is done}" owner ${2:TODO} due ${3:0000-00-00}' },
      { said: isTimed, what: 'when what takes place', line: 'timescales "${1:TODO when what takes place}"' },
    ]),
    ...transition.activities.flatMap((activity, index): readonly Remark[] =>
      isFilledIn(activity.text) && !isFilledIn(activity.owner) ? [shortfall(`The activity “${activity.text}” does not say who does it: owner WHO.`, { place: placeOf(transition, 'activities', index, 'text') })] : [],
    ),
  ];
});

const resourceKinds = ['human', 'technical', 'information', 'financial'] as const;

export const resources: Rule = says('8.5.2.1.c', (transition) =>
  resourceKinds.map((kind) => ({
    said: transition.resources.some((resource) => resource.kind === kind && (resource.notNeeded || isFilledIn(resource.text))),
    what: `which ${kind} resources it needs, or that it needs none`,
    line: `resource ${kind} "\${1:TODO what is needed}"`,
  })),
);

export const dependencies: Rule = plans('8.5.2.1.d', (transition, context) => {
  const services = transition.services.flatMap((id) => context.model.get('Service', id) ?? []);
  if (!transition.noDependencies && !transition.dependencies.some(({ on }) => on.some(isFilledIn))) {
    // What its services depend on is what it depends on.
    if (services.length > 0 && services.every((service) => service.dependencies.length > 0 || service.noDependencies)) return [];
    return stated(transition, what, [{ said: false, what: 'on which other services it depends (and not all its services do)', line: 'depends on ${1:TODO}' }]);
  }
  const own = servicesIn(transition.dependencies, context);
  return services.flatMap((service) => disagreements(transition, service, own, context));
});

/** What a service depends on and the plan does not name; and, once it is in place as planned, what the plan names and the service does not. */
function disagreements(transition: Transition, service: Service, own: ReadonlySet<string>, context: RuleContext): readonly Remark[] {
  const others = servicesIn(service.dependencies, context);
  const missing = [...others].filter((id) => !own.has(id) && !transition.services.includes(id)).sort();
  const kind = kindOf(transition, context);
  const isInPlace = isCompleted(transition, context.asOf) && kind !== 'remove' && kind !== 'transfer-out' && transition.services.length === 1;
  const added = isInPlace ? [...own].filter((id) => !others.has(id)).sort() : [];
  if (missing.length === 0 && added.length === 0) return [];
  const differences = [
    ...(missing.length > 0 ? [`the service depends on ${listed(missing)}, which the plan does not name`] : []),
    ...(added.length > 0 ? [`the plan, which is carried out, names ${listed(added)}, on which the service does not say that it depends`] : []),
  ];
  return [
    shortfall(`The plan and the service ${named(service)} differ in what it depends on: ${listed(differences)}.`, {
      place: transition.noDependencies ? placeOf(transition, 'noDependencies') : placeOf(transition, 'dependencies', missing.length > 0 ? 0 : transition.dependencies.findIndex(({ on }) => on.includes(added[0]!))),
      related: [{ place: placeOf(service, 'dependencies'), message: 'What the service depends on' }],
      fixes: missing.length > 0 && !transition.noDependencies ? [addFact(`Plan for ${listed(missing)}`, placeOf(transition), `depends on ${missing.join(', ')}`)] : [],
    }),
  ];
}

function servicesIn(list: readonly Dependency[], { model }: RuleContext): ReadonlySet<string> {
  return new Set(list.flatMap(({ on }) => on.filter((id) => model.get('Service', id) !== undefined)));
}

export const testing: Rule = says('8.5.2.1.e', (transition) => [{ said: isFilledIn(transition.testing), what: 'what is tested', line: 'testing "${1:TODO what is tested, and how}"' }]);

export const acceptanceCriteria: Rule = says('8.5.2.1.f', ({ criteria }) => [
  { said: criteria.some(({ measure }) => isFilledIn(measure)), what: 'by which measurable criterion it is accepted', line: 'criterion ${1:criterion} "${2:TODO what has to hold}" measure "${3:TODO how that is found out}"' },
]);

export const outcomes: Rule = plans('8.5.2.1.g', (transition, { model }) => [
  ...stated(transition, what, [{ said: transition.outcomes.length > 0, what: 'what it is to achieve, by which metric', line: 'outcome "${1:TODO what it is for}" metric ${2:TODO}' }]),
  ...transition.outcomes.flatMap((outcome, index): readonly Remark[] => {
    const metric = model.get('Metric', outcome.metric);
    if (!metric) return [shortfall(`No metric is called ${outcome.metric}, so it cannot be measured whether this is achieved.`, { place: placeOf(transition, 'outcomes', index, 'metric') })];
    if (hasTarget(metric)) return [];
    return [
      shortfall(`The metric ${named(metric)}, by which this outcome is measured, has no target.`, {
        place: placeOf(transition, 'outcomes', index, 'metric'),
        related: [{ place: placeOf(metric), message: 'The metric' }],
        fixes: metric.target === undefined ? [addFact(`Set a target for ${named(metric)}`, placeOf(metric), 'target >= ${1:0}')] : [],
      }),
    ];
  }),
]);

/** At most nothing is a target; at least nothing is none. */
function hasTarget({ comparison, target }: Metric): boolean {
  return target !== undefined && (isNotZero(target) || comparison === '<=' || comparison === '=');
}

export const impacts: Rule = says('8.5.2.1.h', (transition) => [{ said: isFilledIn(transition.impacts), what: 'what it means for the system, other services and people', line: 'impacts "${1:TODO what it means for the system, other services and people}"' }]);

export const removal: Rule = says(
  '8.5.2.1.2',
  (transition) => [
    { said: dateOf(transition.removal) !== undefined, what: 'when the service is removed', line: 'removal ${1:0000-00-00}' },
    { said: isFilledIn(transition.data), what: 'what happens to data, documents and components', line: 'data "${1:TODO what happens to data, documents and components}"' },
  ],
  { trigger: serviceRemoved, statuses: ['retiring'], includes: (transition, context) => kindOf(transition, context) === 'remove' },
);

export const transfer: Rule = says(
  '8.5.2.1.3',
  (transition) => [
    { said: dateOf(transition.transfer) !== undefined, what: 'when the service is transferred', line: 'transfer ${1:0000-00-00}' },
    { said: isFilledIn(transition.data), what: 'how data, documents, knowledge and components are handed over', line: 'data "${1:TODO what is handed over, and how}"' },
  ],
  { trigger: serviceTransferred, statuses: ['transferring'], includes: (transition, context) => isTransfer(kindOf(transition, context)) },
);

export const itemsManaged: Rule = plans('8.5.2.1.4', (transition, { model, asOf }) => {
  const missing = stated(transition, what, [{ said: transition.items.some(isFilledIn), what: 'which configuration items it concerns', line: 'cis ${1:TODO}' }]);
  const completed = isCompleted(transition, asOf) ? dateOf(transition.completed) : undefined;
  return [
    ...missing,
    ...transition.items.flatMap((id, index): readonly Remark[] => {
      const item = model.get('ConfigurationItem', id);
      const place = placeOf(transition, 'items', index);
      if (!item) return isFilledIn(id) ? [shortfall(`No configuration item is called ${id}, so what becomes of it is not managed.`, { place })] : [];
      if (completed === undefined) return [];
      // A change that its record names updated the record.
      const updated = latestOf([item.updated, item.changedOn], asOf);
      if (updated !== undefined && updated >= completed) return [];
      return [
        shortfall(`The transition was completed on ${completed}, but the record of ${named(item)} ${updated === undefined ? 'does not say when it was updated' : `was last updated on ${updated}`}.`, {
          place,
          related: [{ place: placeOf(item), message: 'The configuration item' }],
          fixes: updated === undefined ? [addFact(`Say when the record of ${named(item)} was updated`, placeOf(item), 'updated ${1:0000-00-00}')] : [],
        }),
      ];
    }),
  ];
});
