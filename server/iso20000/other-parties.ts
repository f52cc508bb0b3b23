import type { Agreement, DeclarationTypes, Process, Service } from '../../language/model/declarations.ts';
import type { Place } from '../../language/model/finding.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { placeOf } from '../assessment/remark.ts';
import { collection, query, type Query, type RuleContext, type Trigger } from '../assessment/rule.ts';

export type Supplier = DeclarationTypes['Supplier'];
type PartyControl = Supplier['controls'][number];

/** A part of a provision that a supplier has in hand, and where that is said. */
export interface Outsourced {
  readonly supplier: Supplier;
  readonly place: Place;
}

interface Provision {
  readonly providers?: readonly string[];
  readonly operators: readonly string[];
}

/** Suppliers among providers and operators; `path` leads to the declaration's part that names them. */
function suppliersIn(declaration: Parameters<typeof placeOf>[0], path: readonly (string | number)[], { providers = [], operators }: Provision, { model }: RuleContext): readonly Outsourced[] {
  const found = (property: 'providers' | 'operators', ids: readonly string[]): Outsourced[] =>
    ids.flatMap((id, index) => {
      const supplier = model.get('Supplier', id);
      return supplier ? [{ supplier, place: placeOf(declaration, ...path, property, index) }] : [];
    });
  const seen = new Set<string>();
  return [...found('providers', providers), ...found('operators', operators)].filter(({ supplier: { name } }) => !seen.has(name) && seen.add(name));
}

/** Adds suppliers that say themselves that they have something in hand: it need not be said on both sides. */
function withThose(named: readonly Outsourced[], suppliers: readonly Supplier[], place: Place): readonly Outsourced[] {
  return [...named, ...suppliers.filter(({ name }) => !named.some(({ supplier }) => supplier.name === name)).map((supplier) => ({ supplier, place }))];
}

/** Suppliers that operate a process or a part of it, as the process or the supplier says. */
export function partsOutsourced(process: Process, context: RuleContext): readonly Outsourced[] {
  return withThose(suppliersIn(process, [], process, context), suppliersCalled(context.collected(operatedBySuppliers, process.name), context), placeOf(process));
}

/** Suppliers that provide or operate a service, as the service or the supplier says. */
export function suppliersOfService(service: Service, context: RuleContext): readonly Outsourced[] {
  return withThose(suppliersIn(service, [], service, context), providing(service.name, context), placeOf(service));
}

/** Suppliers that provide or operate a component of a service, as the service or the supplier says. */
export function suppliersOfComponent(service: Service, index: number, context: RuleContext): readonly Outsourced[] {
  const component = service.components[index];
  if (!component) return [];
  return withThose(suppliersIn(service, ['components', index], component, context), providing(`${service.name}.${component.name}`, context), placeOf(service, 'components', index, 'name'));
}

/** Names of suppliers by what they say that they provide: services, and components as `email.gateway`. */
const providedBySuppliers = collection('what suppliers provide', ['Supplier'], ({ name, provides }) => provides.map((id) => [id, name] as const));

/** Names of suppliers by the processes that they say they operate. */
const operatedBySuppliers = collection('what suppliers operate', ['Supplier'], ({ name, operates }) => operates.map((id) => [id, name] as const));

function providing(id: string, context: RuleContext): readonly Supplier[] {
  return suppliersCalled(context.collected(providedBySuppliers, id), context);
}

function suppliersCalled(names: readonly string[], { model }: RuleContext): readonly Supplier[] {
  return [...new Set(names)].flatMap((name) => model.get('Supplier', name) ?? []);
}

/** Clause 8.2.3 speaks of other parties: suppliers, internal ones and customers that supply among them. */
export const otherPartiesInvolved: Query<Trigger> = query('whether other parties are involved', ({ model }) =>
  model.all('Supplier').length > 0 ? { applies: true } : { applies: false, reason: 'no other party is involved: no supplier is declared' },
);

const outsourcing = collection('what is outsourced', ['Process', 'Service'], (declaration, context) => {
  switch (declaration.$type) {
    case 'Process':
      return partsOutsourced(declaration, context).length > 0 ? [['processes', declaration.name]] : [];
    case 'Service':
      return suppliersOfService(declaration, context).length > 0 || declaration.components.some((_, index) => suppliersOfComponent(declaration, index, context).length > 0) ? [['services', declaration.name]] : [];
  }
});

export const processesOutsourced: Query<Trigger> = query('whether a process is outsourced', ({ collected }) =>
  collected(outsourcing, 'processes').length > 0 ? { applies: true } : { applies: false, reason: 'no supplier operates a process or a part of one' },
);

export const servicesOutsourced: Query<Trigger> = query('whether other parties provide services', ({ collected }) =>
  collected(outsourcing, 'services').length > 0
    ? { applies: true }
    : { applies: false, reason: 'no supplier provides a service or a component of one' },
);

/** Controls of how a supplier performs a process. */
export function controlsOfProcess(process: Process, supplier: Supplier): readonly PartyControl[] {
  return supplier.controls.filter((control) => control.process === process.name && control.kind === 'process-performance');
}

export function processControlScaffold({ name }: Process): string {
  return `control \${1:${name}} process-performance process ${name} metric \${2:TODO} every \${3:3mo} applied \${4:0000-00-00} result "\${5:TODO what was seen}"`;
}

/** Whether the organization has a share in something: nobody else is named, or one of its teams is. */
export function isOwn({ providers = [], operators }: Provision, suppliers: number, { model }: RuleContext): boolean {
  const isOurs = (ids: readonly string[]): boolean => ids.some((id) => model.get('Team', id) !== undefined);
  if (isOurs(providers) || isOurs(operators)) return true;
  return suppliers === 0 && ![...providers, ...operators].some((id) => isFilledIn(id) && model.get('Customer', id) !== undefined) && ![...providers, ...operators].some((id) => !isFilledIn(id));
}

/** Whether an agreement is a contract with a supplier, or an operational level agreement by an internal one. */
export function isPromisedBy({ supplier, provider }: Agreement, { name }: Supplier): boolean {
  return supplier === name || provider === name;
}
