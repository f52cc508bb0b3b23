/** Clause 8.2.3.1, control of parties involved in the service lifecycle, general. */
import type { DeclarationTypes, Process, Service } from '../../language/model/declarations.ts';
import { isWithinMonths, latestOf } from '../assessment/dates.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { collection, declareFixes, each, query, rule, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { attested } from './attestations.ts';
import { isOwn, isPromisedBy, otherPartiesInvolved, partsOutsourced, suppliersOfComponent, suppliersOfService, type Outsourced, type Supplier } from './other-parties.ts';
import { isInScope, isPartOfOthers } from './services-in-scope.ts';

type Owned = Process | Service;

export const accountabilityKept: Rule = rule('8.2.3.1.1', {
  parts: [
    each('Process', { none: null, check: checkOwner }),
    each('Service', { none: null, check: (service, context) => (isInScope(service, context) ? checkOwner(service, context) : []) }),
    attested('8.2.3.1.1'),
  ],
});

/** Who is accountable is somebody of the organization, whoever does the work. */
function checkOwner(owned: Owned, context: RuleContext): readonly Remark[] {
  const kind = owned.$type === 'Process' ? 'process' : 'service';
  const { owner } = owned;
  if (!isFilledIn(owner)) return stated(owned, `The ${kind}`, [{ said: false, what: 'who of the organization is accountable for it', line: 'owner ${1:TODO}' }]);
  if (belongs(owner, context)) return [];
  const role = context.model.get('Role', owner);
  const what = role ? (someFilledIn(role.holders) ? 'which nobody of the organization holds' : 'which nobody holds') : 'who is not of the organization';
  return [
    shortfall(`The ${kind} ${named(owned)} is owned by ${owner}, ${what}. The organization stays accountable: name a role held by one of its people.`, {
      place: placeOf(owned, 'owner'),
      fixes: role && !someFilledIn(role.holders) ? [addFact(`Say who holds ${named(role)}`, placeOf(role), 'held by ${1:TODO}')] : [],
    }),
  ];
}

/** Whether an owner is one of the organization's people, a role that one of them holds, or a team of it. */
function belongs(id: string, { model }: RuleContext): boolean {
  const isOurs = (person: string): boolean => {
    const found = model.get('Person', person);
    return found !== undefined && found.outside !== true;
  };
  return isOurs(id) || (model.get('Role', id)?.holders.some(isOurs) ?? false) || model.find('Team', id) !== undefined;
}

export const criteriaApplied: Rule = rule('8.2.3.1.2', {
  parts: [
    each('Supplier', {
      none: null,
      check: (supplier, { asOf }) =>
        stated(supplier, 'The supplier', [
          { said: isFilledIn(supplier.selectionCriteria), what: 'by which criteria it was selected', line: 'selected by "${1:TODO by which criteria}"' },
          { said: isFilledIn(supplier.evaluation) && latestOf([supplier.evaluated], asOf) !== undefined, what: 'how it was evaluated by them, and when', line: 'evaluated ${1:0000-00-00} result "${2:TODO what the criteria gave}"' },
        ]),
    }),
  ],
});

export const notEverything: Rule = rule('8.2.3.1.3', {
  parts: [
    system((context) => {
      const { model } = context;
      const services = model.all('Service').filter((service) => isInScope(service, context));
      if (services.some((service) => isOwn(service, suppliersOfService(service, context).length, context))) return [];
      const [first] = services;
      return [
        shortfall(first ? 'Other parties provide every service in scope. The organization has to provide or operate at least one itself: provided by TEAM.' : 'No service in scope is declared, so none is seen to be provided by the organization itself.', {
          fixes: first ? [addFact(`Say which team provides or operates ${named(first)}`, placeOf(first), 'operated by ${1:TODO}')] : declareFixes(context, { title: 'Declare a service', text: 'service ${1:service} "${2:TODO what it is called}" {\n  provided by ${3:TODO}\n}' }),
        }),
      ];
    }),
    system((context) => {
      if (context.read(hasOwnComponent)) return [];
      const [first] = context.model.all('Service').filter((service) => isInScope(service, context));
      return [
        shortfall('No component of a service is seen to be provided by the organization itself: neither a component of its own, nor a configuration item that one of its people or teams owns.', {
          fixes: first ? [addFact(`Name a component of ${named(first)}`, placeOf(first), 'component ${1:TODO} "${2:TODO what it is}" provided by ${3:TODO}')] : [],
        }),
      ];
    }),
    system((context) => {
      const processes = context.model.all('Process').filter(({ owner }) => owner === undefined || isFilledIn(owner));
      if (processes.some((process) => isOwn(process, partsOutsourced(process, context).length, context))) return [];
      const [first] = processes;
      return [
        shortfall(first ? 'Other parties operate every process. The organization has to operate at least one itself: operated by TEAM.' : 'No process is declared, so none is seen to be operated by the organization itself.', {
          fixes: first ? [addFact(`Say which team operates ${named(first)}`, placeOf(first), 'operated by ${1:TODO}')] : [],
        }),
      ];
    }),
  ],
});

/** Components are those that services name, configuration items, and services that are only parts of others. */
const ownComponents = collection('components that the organization provides', ['Service', 'ConfigurationItem'], (declaration, context) => {
  switch (declaration.$type) {
    case 'ConfigurationItem':
      return isFilledIn(declaration.owner) || isFilledIn(context.model.get('ConfigurationItemType', declaration.type)?.owner) ? [['all', declaration.name]] : [];
    case 'Service': {
      if (!isInScope(declaration, context)) return [];
      const hasOne =
        declaration.components.some((component, index) => isFilledIn(component.name) && isOwn(component, suppliersOfComponent(declaration, index, context).length, context)) ||
        (declaration.customers.length === 0 && isPartOfOthers(declaration, context) && isOwn(declaration, suppliersOfService(declaration, context).length, context));
      return hasOne ? [['all', declaration.name]] : [];
    }
  }
});

const hasOwnComponent = query('whether the organization provides a component', ({ collected }) => collected(ownComponents, 'all').length > 0);

/** That a supplier does something, which nothing says of it: neither what it provides nor what it operates. */
const idle = each('Supplier', {
  none: null,
  check: (supplier, context) => {
    const isKnown =
      someFilledIn(supplier.provides) ||
      someFilledIn(supplier.operates) ||
      context.model.referrers('Supplier', supplier.name).some(({ entity: { node } }) => (node.$type === 'Service' && isNamedIn(node, supplier.name)) || (node.$type === 'Process' && node.operators.includes(supplier.name)) || (node.$type === 'Agreement' && isPromisedBy(node, supplier) && someFilledIn(node.services)));
    if (isKnown) return [];
    return [
      shortfall(`Nothing says what ${named(supplier)} provides or operates: services, components of them, or processes.`, {
        place: placeOf(supplier),
        fixes: [addFact('Say what it provides', placeOf(supplier), 'provides ${1:TODO}'), addFact('Say which process it operates', placeOf(supplier), 'operates ${1:TODO}')],
      }),
    ];
  },
});

function isNamedIn({ providers, operators, components }: Service, supplier: string): boolean {
  return [providers, operators, ...components.flatMap((component) => [component.providers, component.operators])].some((ids) => ids.includes(supplier));
}

/**
 * That a supplier's own list of what it has in hand misses something of which others say that it has. A supplier that gives no list
 * needs none: what it has in hand follows from what names it.
 */
function missingIn(list: 'provides' | 'operates', id: string, what: string, outsourced: readonly Outsourced[]): readonly Remark[] {
  return outsourced.flatMap(({ supplier, place }) => {
    if (!someFilledIn(supplier[list]) || supplier[list].includes(id)) return [];
    return [
      shortfall(`${what} is in the hands of ${named(supplier)}, but ${named(supplier)} does not list it under “${list}”.`, {
        place,
        related: [{ place: placeOf(supplier, list, 0), message: 'What it lists' }],
        fixes: [addFact(`List it in ${named(supplier)}`, placeOf(supplier), `${list} ${id}`)],
      }),
    ];
  });
}

export const servicesDocumented: Rule = rule('8.2.3.1.a', {
  trigger: otherPartiesInvolved,
  // What suppliers and services say of each other is the register.
  evidence: 'derived',
  parts: [idle, each('Service', { none: null, check: (service, context) => missingIn('provides', service.name, `The service ${named(service)}`, suppliersOfService(service, context)) })],
});

export const componentsDocumented: Rule = rule('8.2.3.1.b', {
  trigger: otherPartiesInvolved,
  evidence: 'derived',
  parts: [
    idle,
    each('Service', {
      none: null,
      check: (service, context) => service.components.flatMap((component, index) => missingIn('provides', `${service.name}.${component.name}`, `The component ${named(component)} of ${named(service)}`, suppliersOfComponent(service, index, context))),
    }),
  ],
});

export const processesDocumented: Rule = rule('8.2.3.1.c', {
  trigger: otherPartiesInvolved,
  evidence: 'derived',
  parts: [
    idle,
    each('Process', {
      none: null,
      check: (process, context) => {
        const outsourced = partsOutsourced(process, context);
        const [first] = outsourced;
        if (!first) return [];
        const remarks = [...missingIn('operates', process.name, `The process ${named(process)}`, outsourced)];
        // Where suppliers alone operate it, all of it is concerned.
        const isShared = process.operators.length === 0 || process.operatedPart !== undefined || process.operators.some((id) => context.model.get('Supplier', id) === undefined);
        if (!isShared || isFilledIn(process.operatedPart)) return remarks;
        return [
          ...remarks,
          shortfall(`${named(first.supplier)} operates a part of the process ${named(process)}, but nothing says which: operated by ${[...new Set([...process.operators, ...outsourced.map(({ supplier }) => supplier.name)])].join(', ')} for "…".`, {
            place: first.place,
            fixes: process.operators.length === 0 ? [addFact('Say which part', placeOf(process), `operated by ${outsourced.map(({ supplier }) => supplier.name).join(', ')} for "\${1:TODO which part}"`)] : [],
          }),
        ];
      },
    }),
  ],
});

export const integrated: Rule = rule('8.2.3.1.4', {
  trigger: otherPartiesInvolved,
  parts: [
    each('Supplier', {
      none: null,
      check: (supplier, context) => {
        const { model } = context;
        const about = model.referrers('Supplier', supplier.name).map(({ entity: { node } }) => node);
        const contracts = about.flatMap((node) => (node.$type === 'Agreement' && isPromisedBy(node, supplier) ? [node] : []));
        const connects =
          someFilledIn(supplier.provides) || someFilledIn(supplier.operates) || contracts.some(({ services }) => someFilledIn(services)) || about.some((node) => (node.$type === 'Service' && isNamedIn(node, supplier.name)) || (node.$type === 'Process' && isConnected(node, supplier.name)));
        return stated(supplier, 'The supplier', [
          { said: someFilledIn(supplier.interfaces) || contracts.some(({ interfaces }) => someFilledIn(interfaces)), what: 'by which interfaces it works together with the organization', line: 'interfaces "${1:TODO how orders, incidents and changes pass between us}"' },
          { said: connects, what: 'to which service or process it connects', line: 'provides ${1:TODO}' },
        ]);
      },
    }),
    attested('8.2.3.1.4'),
  ],
});

function isConnected({ operators, inputs, outputs }: Process, supplier: string): boolean {
  return operators.includes(supplier) || inputs.some(({ from }) => from === supplier) || outputs.some(({ to }) => to === supplier);
}

export const activitiesCoordinated: Rule = rule('8.2.3.1.5', {
  trigger: otherPartiesInvolved,
  parts: [
    each('Supplier', {
      none: null,
      check: (supplier, context) => {
        const { months, words } = context.plannedInterval('8.2.3.1.5');
        const about = context.model.referrers('Supplier', supplier.name).map(({ entity: { node } }) => node);
        if (about.some((node) => (node.$type === 'Communication' && isPlannedOrHeld(node, supplier, months, context)) || (node.$type === 'ServiceReview' && node.attendees.includes(supplier.name) && isWithinMonths(node.held, months, context.asOf)))) return [];
        return [
          shortfall(`Nothing shows that activities are co-ordinated with ${named(supplier)}: no communication with it is planned or was held, and it took part in no service review (looked for ${words}).`, {
            place: placeOf(supplier),
            fixes: declareFixes(context, {
              title: `Declare a communication with ${supplier.name}`,
              text: `communication \${1:${supplier.name}-meeting} "\${2:TODO what is talked about}" {\n  direction external\n  audience ${supplier.name}\n  timing "\${3:TODO how often}"\n  channel "\${4:TODO how}"\n  responsible \${5:TODO}\n}`,
            }),
          }),
        ];
      },
    }),
    attested('8.2.3.1.5'),
  ],
});

function isPlannedOrHeld(communication: DeclarationTypes['Communication'], { name }: Supplier, months: number, { asOf }: RuleContext): boolean {
  if (!communication.audience.some(({ party }) => party === name)) return false;
  return isFilledIn(communication.timing) || communication.performed.some((date) => isWithinMonths(date, months, asOf));
}
