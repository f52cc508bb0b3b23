import { entityKey, type Agreement, type DeclarationTypes, type EntityKey, type Service } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import type { IsoDate } from '../../../language/values/date.ts';
import type { PeriodKind } from '../../../language/values/period.ts';
import { compareFractions, type Fraction } from './arithmetic.ts';
import { isInForce } from './in-force.ts';
import { availabilityPromise } from './promises.ts';

type ConfigurationItem = DeclarationTypes['ConfigurationItem'];

/**
 * A service, a configuration item, or an agreement as the part that its promise stands for, and what it rests on. Agreements are parts
 * because a promise for several services counts the time in which any of them is down: it is one promise, not one for each.
 */
export interface Part {
  readonly key: EntityKey;
  /** What it needs, all of it. */
  readonly needs: readonly EntityKey[];
  /** Of each of these it needs any one. */
  readonly choices: readonly (readonly EntityKey[])[];
  /** The availability that an agreement promises, with all that its services rest on. */
  readonly promise?: Fraction;
  /** Whether nobody promises its availability: neither an agreement for it nor one for a service that it supports. */
  readonly isUnsupported: boolean;
  /** What may take it down together with others, beside what it rests on: suppliers, sites, configuration items, itself if unsupported. */
  readonly causes: readonly EntityKey[];
}

export const serviceKey = (id: string): EntityKey => entityKey('Service', id);
export const itemKey = (id: string): EntityKey => entityKey('ConfigurationItem', id);
export const agreementKey = (id: string): EntityKey => entityKey('Agreement', id);
export const idOf = (key: EntityKey): string => key.slice(key.indexOf(':') + 1);
export const typeOf = (key: EntityKey): string => key.slice(0, key.indexOf(':'));

/**
 * Everything that availability rests on, as plain data: one part for each service, configuration item and agreement in force with an
 * availability target.
 *
 * @param kind the period in which the availability of the whole is counted; see `availabilityPromise`
 */
export function supportGraph(model: Model, asOf: IsoDate, kind: PeriodKind): ReadonlyMap<EntityKey, Part> {
  const services = model.all('Service');
  const items = model.all('ConfigurationItem');
  const promises = new Map<Agreement, Fraction>();
  const agreementsOf = new Map<string, Agreement[]>();
  const causesOf = new Map<string, EntityKey[]>();
  for (const agreement of model.all('Agreement')) {
    if (!isInForce(agreement, asOf)) continue;
    const promise = availabilityPromise(agreement, kind, asOf)?.value;
    if (promise !== undefined) promises.set(agreement, promise);
    for (const service of agreement.services) {
      if (promise !== undefined) append(agreementsOf, service, agreement);
      if (agreement.type === 'contract' && agreement.supplier !== undefined) append(causesOf, service, entityKey('Supplier', agreement.supplier));
    }
  }
  for (const { name, provides } of model.all('Supplier')) for (const provided of provides) append(causesOf, provided.split('.')[0]!, entityKey('Supplier', name));
  for (const item of items) for (const service of item.supports) append(causesOf, service, itemKey(item.name));

  const parts = new Map<EntityKey, Part>();
  const known = (key: EntityKey): boolean => (typeOf(key) === 'Service' ? model.get('Service', idOf(key)) : model.get('ConfigurationItem', idOf(key))) !== undefined;
  const componentOf = new Map<string, EntityKey | undefined>();
  const component = (id: string): readonly EntityKey[] => {
    if (!componentOf.has(id)) componentOf.set(id, [serviceKey(id), itemKey(id)].find(known));
    const key = componentOf.get(id);
    return key === undefined ? [] : [key];
  };
  /** What a service rests on; an item that supports just this service is part of it, so that what counts is what the item rests on. */
  const withoutOwnItems = (service: Service): Resting => {
    const rests = restsOn(service, component);
    const isOwn = (key: EntityKey): boolean => typeOf(key) === 'ConfigurationItem' && model.get('ConfigurationItem', idOf(key))!.supports.includes(service.name);
    if (!rests.needs.some(isOwn)) return rests;
    const beneath = rests.needs.filter(isOwn).map((key) => restsOn(model.get('ConfigurationItem', idOf(key))!, component));
    return {
      needs: distinct([...rests.needs.filter((key) => !isOwn(key)), ...beneath.flatMap(({ needs }) => needs)]).filter((key) => !isOwn(key)),
      choices: [...rests.choices, ...beneath.flatMap(({ choices }) => choices)],
    };
  };
  for (const service of services) {
    const key = serviceKey(service.name);
    if (parts.has(key)) continue;
    const supporting = supportersOf(agreementsOf.get(service.name) ?? [], promises);
    const rests = withoutOwnItems(service);
    const suppliers = [...service.providers, ...service.operators, ...service.components.flatMap(({ providers, operators }) => [...providers, ...operators])].filter((id) => model.get('Supplier', id) !== undefined);
    const causes = [
      ...suppliers.map((id) => entityKey('Supplier', id)),
      ...service.sites.map((site) => entityKey('Site', site)),
      ...[...service.items, ...service.components.flatMap(({ item }) => (item === undefined ? [] : [item]))].map(itemKey),
      ...(causesOf.get(service.name) ?? []),
      ...(supporting.length === 0 ? [key] : []),
    ];
    parts.set(key, { key, needs: distinct([...supporting, ...rests.needs]), choices: rests.choices, isUnsupported: supporting.length === 0, causes: distinct(causes) });
  }
  for (const item of items) {
    const key = itemKey(item.name);
    if (parts.has(key)) continue;
    // A service that is up has its items up: what is promised for it holds for them too.
    const [supporting] = item.supports.map((service) => (agreementsOf.get(service) ?? []).filter(({ type }) => type !== 'sla')).filter((agreements) => agreements.length > 0);
    const rests = restsOn(item, component);
    parts.set(key, {
      key,
      needs: distinct([...(supporting ?? []).map(({ $key }) => $key), ...rests.needs]),
      choices: rests.choices,
      isUnsupported: supporting === undefined,
      causes: [key, ...(item.site === undefined ? [] : [entityKey('Site', item.site)])],
    });
  }
  for (const [agreement, promise] of promises) {
    if (parts.has(agreement.$key)) continue;
    const own = new Set(agreement.services.map(serviceKey));
    const rests = agreement.services.flatMap((id) => {
      const service = model.get('Service', id);
      return service ? [withoutOwnItems(service)] : [];
    });
    // An SLA rests on what internal teams and suppliers promise for its services; their promises stand side by side.
    const beside = agreement.type === 'sla' ? agreement.services.flatMap((id) => (agreementsOf.get(id) ?? []).filter(({ type }) => type !== 'sla').map(({ $key }) => $key)) : [];
    parts.set(agreement.$key, {
      key: agreement.$key,
      needs: distinct([...beside, ...rests.flatMap(({ needs }) => needs)]).filter((key) => !own.has(key)),
      choices: rests.flatMap(({ choices }) => choices).filter((choice) => !choice.some((key) => own.has(key))),
      promise,
      isUnsupported: false,
      causes: [],
    });
  }
  return parts;
}

/** The agreements by which a service is supported: OLAs and contracts, each for its part; else the strictest SLA for it alone, which is promised too. */
function supportersOf(agreements: readonly Agreement[], promises: ReadonlyMap<Agreement, Fraction>): readonly EntityKey[] {
  const underneath = agreements.filter(({ type }) => type !== 'sla');
  if (underneath.length > 0) return underneath.map(({ $key }) => $key);
  let strictest: Agreement | undefined;
  for (const agreement of agreements) {
    if (agreement.services.length === 1 && (strictest === undefined || compareFractions(promises.get(agreement)!, promises.get(strictest)!) > 0)) strictest = agreement;
  }
  return strictest ? [strictest.$key] : [];
}

interface Resting {
  readonly needs: readonly EntityKey[];
  readonly choices: readonly (readonly EntityKey[])[];
}

function restsOn({ dependencies }: Service | ConfigurationItem, component: (id: string) => readonly EntityKey[]): Resting {
  const needs: EntityKey[] = [];
  const choices: (readonly EntityKey[])[] = [];
  for (const { redundant, on } of dependencies) {
    const keys = distinct(on.flatMap(component));
    // A choice of one is none.
    if (redundant && keys.length > 1) choices.push(keys);
    else needs.push(...keys);
  }
  return { needs, choices };
}

function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function distinct<T>(items: readonly T[]): readonly T[] {
  return items.length < 2 ? items : [...new Set(items)];
}
