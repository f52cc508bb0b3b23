/** Which services a catalogue lists, what it says of them, and who may read it (8.2.4). */
import type { Agreement, Dependency, DeclarationTypes, Service } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import { serviceStatusInWords } from '../facts/declared-words.ts';
import { agreementsInForce } from '../facts/targets.ts';
import { periodOf } from '../../../language/values/period.ts';
import type { ReportInput } from '../report.ts';

type Catalogue = DeclarationTypes['ServiceCatalogue'];

/** A service as a catalogue describes it: what an entry says goes before what the service says of itself. */
export interface CataloguedService {
  readonly service: Service;
  readonly summary: string | undefined;
  readonly outcomes: readonly string[];
  readonly dependencies: readonly Dependency[];
  /** Whether it is said on what the service rests, be it on nothing. */
  readonly saysDependencies: boolean;
}

/** Services that are neither retired nor outside of the scope. */
export function servicesInScope(model: Model): readonly Service[] {
  const outside = new Set(model.all('Organization').flatMap(({ exclusions }) => exclusions.map(({ subject }) => subject)));
  return model.all('Service').filter(({ name, status }) => status !== 'retired' && !outside.has(name));
}

export function lists(catalogue: Catalogue, { name }: Service): boolean {
  return catalogue.listsAll || catalogue.services.includes(name) || catalogue.entries.some(({ service }) => service === name);
}

/** What a catalogue, or none, says of a service. */
export function described(service: Service, catalogue: Catalogue | undefined): CataloguedService {
  const entries = catalogue?.entries.filter((entry) => entry.service === service.name) ?? [];
  const outcomes = entries.flatMap((entry) => entry.outcomes);
  const dependencies = entries.flatMap((entry) => entry.dependencies);
  const saysNone = entries.some(({ noDependencies }) => noDependencies);
  return {
    service,
    summary: entries.find(({ summary }) => summary !== undefined)?.summary ?? service.summary,
    outcomes: outcomes.length > 0 ? outcomes : service.outcomes,
    dependencies: saysNone ? [] : dependencies.length > 0 ? dependencies : service.dependencies,
    saysDependencies: saysNone || dependencies.length > 0 || service.noDependencies || service.dependencies.length > 0,
  };
}

/** Customers for whom some catalogue is meant. */
export function audience(model: Model): readonly string[] {
  return [...new Set(model.all('ServiceCatalogue').flatMap((catalogue) => [...catalogue.audience, ...catalogue.entries.flatMap((entry) => entry.audience)]))];
}

/** The catalogue in which a customer may read about a service; undefined where it may in none. */
export function readableIn(model: Model, service: Service, customer: string): Catalogue | undefined {
  return model.all('ServiceCatalogue').find((catalogue) => {
    if (!lists(catalogue, service)) return false;
    const own = catalogue.entries.filter((entry) => entry.service === service.name).flatMap((entry) => entry.audience);
    return own.length > 0 ? own.includes(customer) : catalogue.audience.includes(customer) && isMeantFor(model, service, customer);
  });
}

/** A service without customers is meant for all of them if it is no part of other services and is agreed with nobody in particular. */
function isMeantFor(model: Model, service: Service, customer: string): boolean {
  if (service.customers.length > 0) return service.customers.includes(customer);
  const agreedWith = model.all('Agreement').flatMap((agreement) => (agreement.services.includes(service.name) && agreement.customer !== undefined ? [agreement.customer] : []));
  if (agreedWith.length > 0) return agreedWith.includes(customer);
  return !model.referrers('Service', service.name).some(({ entity: { node } }) => node.$type === 'Service' && node.dependencies.some(({ on }) => on.includes(service.name)));
}

/** Whether a service is delivered to named customers, and not a part of others alone. */
export function isForSomebody(model: Model, service: Service): boolean {
  return service.customers.length > 0 || model.all('Agreement').some((agreement) => agreement.customer !== undefined && agreement.services.includes(service.name));
}

/** The service level agreements of a service with a customer on the day of the report. */
export function agreementsOf({ model, asOf }: Pick<ReportInput, 'model' | 'asOf'>, service: Service, customer: string): readonly Agreement[] {
  return agreementsInForce(model, periodOf(asOf, 'day')).filter((agreement) => agreement.type === 'sla' && agreement.customer === customer && agreement.services.includes(service.name));
}

/** Services by their group, in the order in which groups are first named; those without one last, under an empty name. */
export function byGroup<T extends { readonly service: Service }>(services: readonly T[]): readonly { readonly group: string; readonly services: readonly T[] }[] {
  const groups = new Map<string, T[]>();
  for (const one of services) groups.set(one.service.group ?? '', [...(groups.get(one.service.group ?? '') ?? []), one]);
  return [...groups].map(([group, members]) => ({ group, services: members })).toSorted((a, b) => Number(a.group === '') - Number(b.group === ''));
}

/** `live`, `planned from 1 February 2027`, `being retired since …`. */
export function statusInWords({ words, asOf }: Pick<ReportInput, 'words' | 'asOf'>, { service: { status, since } }: CataloguedService): string {
  const state = serviceStatusInWords(words, status);
  if (since === undefined) return state;
  return since > asOf ? words.say('{0} from {1}', state, words.dateInWords(since)) : words.say('{0} since {1}', state, words.dateInWords(since));
}
