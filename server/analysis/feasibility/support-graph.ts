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
export const isService = (key: EntityKey): boolean => key.startsWith('Service:');
export const isAgreement = (key: EntityKey): boolean => key.startsWith('Agreement:');

/** A part and all that it was made from beside its own declaration: as long as these are the same, so is the part. */
interface Made {
  readonly part: Part;
  readonly declaration: object;
  /** The declarations looked at, and the lists of agreements and causes. */
  readonly declarations: readonly (Service | ConfigurationItem)[];
  readonly agreements: readonly unknown[];
  readonly causes: readonly unknown[];
}

type Lists = readonly [readonly Service[], readonly ConfigurationItem[], readonly DeclarationTypes['Supplier'][], readonly Agreement[]];

type Component = (id: string) => EntityKey | undefined;

const none: readonly never[] = [];

/**
 * Everything that availability rests on, as plain data: one part for each service, configuration item and agreement in force with an
 * availability target. Parts whose declarations are unchanged are the same objects as before.
 */
export class SupportGraph {
  readonly #kind: PeriodKind;
  #made = new Map<EntityKey, Made>();
  /** Names that have come or gone: what an id means depends on what there is. */
  #otherNames: ReadonlySet<string> = new Set();
  #parts = new Map<EntityKey, Part>();
  #asOf: IsoDate | undefined;
  #lists: Lists = [none, none, none, none];
  /** Agreements in force that promise an availability, at all and by service. */
  #promised = new Set<Agreement>();
  #agreementsOf = new Map<string, readonly Agreement[]>();
  #causesOf: ReadonlyMap<string, readonly EntityKey[]> = new Map();
  #services = new Map<string, Service>();
  #items: ReadonlyMap<string, ConfigurationItem> = new Map();
  #suppliers: ReadonlyMap<string, DeclarationTypes['Supplier']> = new Map();
  readonly #component: Component = (id) => this.#services.get(id)?.$key ?? this.#items.get(id)?.$key;

  /** @param kind the period in which the availability of the whole is counted; see `availabilityPromise` */
  constructor(kind: PeriodKind) {
    this.#kind = kind;
  }

  /** The key of a service by its id; the same string each time where there is such a service. */
  serviceKey(id: string): EntityKey {
    return this.#services.get(id)?.$key ?? serviceKey(id);
  }

  /** The parts of a state of the model, and which are others than those of the state before. */
  update(model: Model, asOf: IsoDate): { readonly parts: ReadonlyMap<EntityKey, Part>; readonly changed: ReadonlySet<EntityKey> } {
    const lists: Lists = [model.all('Service'), model.all('ConfigurationItem'), model.all('Supplier'), model.all('Agreement')];
    const changed = this.#patched(lists, asOf) ?? this.#renewed(model, asOf);
    [this.#asOf, this.#lists] = [asOf, lists];
    return { parts: this.#parts, changed };
  }

  /** All parts anew, but for those of which nothing changed. */
  #renewed(model: Model, asOf: IsoDate): ReadonlySet<EntityKey> {
    const before = this.#parts;
    const changed = new Set<EntityKey>();
    this.#parts = this.#partsOf(model, asOf);
    for (const [key, part] of this.#parts) if (before.get(key) !== part) changed.add(key);
    for (const key of before.keys()) {
      if (this.#parts.has(key)) continue;
      changed.add(key);
      this.#made.delete(key);
    }
    return changed;
  }

  /**
   * Where services and agreements have only taken the place of what they were before, and are about the same: the parts that this may
   * concern. Undefined where more has changed.
   */
  #patched([services, items, suppliers, agreements]: Lists, asOf: IsoDate): ReadonlySet<EntityKey> | undefined {
    const [formerServices, formerItems, formerSuppliers, formerAgreements] = this.#lists;
    if (asOf !== this.#asOf || !isSameList(items, formerItems) || !isSameList(suppliers, formerSuppliers)) return undefined;
    const [replacedServices, replacedAgreements] = [replacedIn(services, formerServices), replacedIn(agreements, formerAgreements)];
    if (replacedServices?.every(([, before]) => this.#services.get(before.name) === before) !== true) return undefined;
    if (replacedAgreements?.every(([now, before]) => this.#isAboutTheSame(now, before, asOf)) !== true) return undefined;
    const touchedServices = new Map<string, Service>();
    const touchedAgreements = new Set<Agreement>();
    const touch = (name: string): void => {
      const service = this.#services.get(name);
      if (service) touchedServices.set(name, service);
      for (const agreement of this.#agreementsOf.get(name) ?? none) touchedAgreements.add(agreement);
    };
    for (const [now] of replacedServices) this.#services.set(now.name, now);
    for (const [now, before] of replacedAgreements) {
      if (!this.#promised.delete(before)) continue;
      this.#promised.add(now);
      for (const service of now.services) this.#agreementsOf.set(service, (this.#agreementsOf.get(service) ?? none).map((one) => (one === before ? now : one)));
    }
    for (const [{ name }] of replacedServices) touch(name);
    for (const [{ services: names }] of replacedAgreements) names.forEach(touch);
    const changed = new Set<EntityKey>();
    const place = (key: EntityKey, part: Part): void => {
      if (this.#parts.get(key) === part) return;
      this.#parts.set(key, part);
      changed.add(key);
    };
    for (const service of touchedServices.values()) place(service.$key, this.#partOfService(service, asOf));
    for (const item of this.#items.values()) if (item.supports.some((name) => touchedServices.has(name))) place(item.$key, this.#partOfItem(item));
    for (const agreement of touchedAgreements) place(agreement.$key, this.#partOfAgreement(agreement, asOf));
    return changed;
  }

  /** Whether an agreement stands in all lists where another does. */
  #isAboutTheSame(now: Agreement, before: Agreement, asOf: IsoDate): boolean {
    const isInForceNow = isInForce(now, asOf);
    return now.type === before.type && now.supplier === before.supplier && isSameList(now.services, before.services)
      && isInForceNow === isInForce(before, asOf) && this.#promised.has(before) === (isInForceNow && this.#promiseOf(now, asOf) !== undefined);
  }

  #partsOf(model: Model, asOf: IsoDate): Map<EntityKey, Part> {
    const [services, items, suppliers] = [firstOfEach(model.all('Service')), firstOfEach(model.all('ConfigurationItem')), firstOfEach(model.all('Supplier'))];
    this.#otherNames = this.#made.size === 0 ? new Set() : new Set([...differentNames(services, this.#services), ...differentNames(items, this.#items), ...differentNames(suppliers, this.#suppliers)]);
    [this.#services, this.#items, this.#suppliers] = [services, items, suppliers];

    const promised = new Set<Agreement>();
    const agreementsOf = new Map<string, Agreement[]>();
    const causesOf = new Map<string, EntityKey[]>();
    for (const agreement of firstOfEach(model.all('Agreement')).values()) {
      if (!isInForce(agreement, asOf)) continue;
      const isPromise = this.#promiseOf(agreement, asOf) !== undefined;
      if (isPromise) promised.add(agreement);
      for (const service of agreement.services) {
        if (isPromise) append(agreementsOf, service, agreement);
        if (agreement.type === 'contract' && agreement.supplier !== undefined) append(causesOf, service, entityKey('Supplier', agreement.supplier));
      }
    }
    for (const { name, provides } of model.all('Supplier')) for (const provided of provides) append(causesOf, provided.split('.')[0]!, entityKey('Supplier', name));
    for (const item of this.#items.values()) for (const service of item.supports) append(causesOf, service, item.$key);

    [this.#promised, this.#agreementsOf, this.#causesOf] = [promised, agreementsOf, causesOf];

    const parts = new Map<EntityKey, Part>();
    for (const service of this.#services.values()) parts.set(service.$key, this.#partOfService(service, asOf));
    for (const item of this.#items.values()) parts.set(item.$key, this.#partOfItem(item));
    for (const agreement of promised) parts.set(agreement.$key, this.#partOfAgreement(agreement, asOf));
    this.#otherNames = new Set();
    return parts;
  }

  #partOfService(service: Service, asOf: IsoDate): Part {
    const [agreements, causes] = [this.#agreementsOf.get(service.name) ?? none, this.#causesOf.get(service.name) ?? none];
    return (this.#known(service, agreements, causes) ?? this.#remember(service, this.#ofService(service, agreements, causes, asOf), [service], agreements, causes)).part;
  }

  #partOfItem(item: ConfigurationItem): Part {
    // A service that is up has its items up: what is promised for it holds for them too.
    let supporting: readonly Agreement[] = none;
    for (let index = 0; index < item.supports.length && supporting.length === 0; index++) supporting = (this.#agreementsOf.get(item.supports[index]!) ?? none).filter(({ type }) => type !== 'sla');
    return (this.#known(item, supporting, none) ?? this.#remember(item, this.#ofItem(item, supporting), none, supporting, none)).part;
  }

  #partOfAgreement(agreement: Agreement, asOf: IsoDate): Part {
    // An SLA rests on what internal teams and suppliers promise for its services; their promises stand side by side.
    const beside = agreement.type === 'sla' ? agreement.services.flatMap((id) => (this.#agreementsOf.get(id) ?? none).filter(({ type }) => type !== 'sla')) : none;
    const promise = this.#promiseOf(agreement, asOf)!;
    const known = this.#known(agreement, beside, none);
    if (known?.part.promise === promise) return known.part;
    const own = agreement.services.flatMap((id) => this.#services.get(id) ?? none);
    return this.#remember(agreement, this.#ofAgreement(agreement, own, beside, promise), own, beside, none).part;
  }

  #known(declaration: Service | ConfigurationItem | Agreement, agreements: readonly unknown[], causes: readonly unknown[]): Made | undefined {
    const made = this.#made.get(declaration.$key);
    if (made?.declaration !== declaration || !isSameList(agreements, made.agreements) || !isSameList(causes, made.causes)) return undefined;
    for (const looked of made.declarations) if ((looked.$type === 'Service' ? this.#services : this.#items).get(looked.name) !== looked) return undefined;
    if (this.#otherNames.size > 0 && (this.#names(declaration) || made.declarations.some((looked) => this.#names(looked)))) return undefined;
    return made;
  }

  /** Whether a declaration names what has come or gone. */
  #names(declaration: Service | ConfigurationItem | Agreement): boolean {
    const isOther = (id: string): boolean => this.#otherNames.has(id);
    if (declaration.$type === 'Agreement') return declaration.services.some(isOther);
    if (declaration.dependencies.some(({ on }) => on.some(isOther))) return true;
    if (declaration.$type === 'ConfigurationItem') return false;
    return [declaration, ...declaration.components].some(({ providers, operators }) => providers.some(isOther) || operators.some(isOther));
  }

  #remember(declaration: Service | ConfigurationItem | Agreement, part: Part, services: readonly Service[], agreements: readonly unknown[], causes: readonly unknown[]): Made {
    let declarations: (Service | ConfigurationItem)[] | undefined;
    for (const service of services) {
      if (service !== declaration) (declarations ??= []).push(service);
      for (const { on } of service.dependencies) {
        for (const id of on) {
          const item = this.#services.has(id) ? undefined : this.#items.get(id);
          if (item) (declarations ??= []).push(item);
        }
      }
    }
    const made = { part, declaration, declarations: declarations ?? none, agreements, causes };
    this.#made.set(declaration.$key, made);
    return made;
  }

  #ofService(service: Service, agreements: readonly Agreement[], causes: readonly EntityKey[], asOf: IsoDate): Part {
    const supporting = this.#supportersOf(agreements, asOf);
    const { needs, choices } = this.#withoutOwnItems(service);
    return {
      key: service.$key,
      needs: distinct([...supporting, ...needs]),
      choices,
      isUnsupported: supporting.length === 0,
      causes: this.#causes(service, causes, supporting.length === 0),
    };
  }

  #causes(service: Service, others: readonly EntityKey[], isUnsupported: boolean): readonly EntityKey[] {
    const found: EntityKey[] = [];
    const addSuppliers = (ids: readonly string[]): void => {
      for (const id of ids) if (this.#suppliers.has(id)) found.push(this.#suppliers.get(id)!.$key);
    };
    addSuppliers(service.providers);
    addSuppliers(service.operators);
    for (const { providers, operators } of service.components) {
      addSuppliers(providers);
      addSuppliers(operators);
    }
    for (const site of service.sites) found.push(entityKey('Site', site));
    for (const item of service.items) found.push(itemKey(item));
    for (const { item } of service.components) if (item !== undefined) found.push(itemKey(item));
    found.push(...others);
    if (isUnsupported) found.push(service.$key);
    return distinct(found);
  }

  #ofItem(item: ConfigurationItem, supporting: readonly Agreement[]): Part {
    const { needs, choices } = restsOn(item, this.#component);
    return {
      key: item.$key,
      needs: distinct([...supporting.map(({ $key }) => $key), ...needs]),
      choices,
      isUnsupported: supporting.length === 0,
      causes: [item.$key, ...(item.site === undefined ? [] : [entityKey('Site', item.site)])],
    };
  }

  #ofAgreement(agreement: Agreement, own: readonly Service[], beside: readonly Agreement[], promise: Fraction): Part {
    const isOwn = (key: EntityKey): boolean => own.some(({ $key }) => key === $key);
    const needs: EntityKey[] = beside.map(({ $key }) => $key);
    const choices: (readonly EntityKey[])[] = [];
    for (const service of own) {
      const rests = this.#withoutOwnItems(service);
      for (const need of rests.needs) if (!isOwn(need)) needs.push(need);
      for (const choice of rests.choices) if (!choice.some(isOwn)) choices.push(choice);
    }
    return { key: agreement.$key, needs: distinct(needs), choices: choices.length === 0 ? none : choices, promise, isUnsupported: false, causes: none };
  }

  /** What a service rests on; an item that supports it is part of it, so that what counts is what the item rests on. */
  #withoutOwnItems(service: Service): Resting {
    const rests = restsOn(service, this.#component);
    const isOwn = (key: EntityKey): boolean => !isService(key) && this.#items.get(idOf(key))!.supports.includes(service.name);
    if (!rests.needs.some(isOwn)) return rests;
    const beneath = rests.needs.filter(isOwn).map((key) => restsOn(this.#items.get(idOf(key))!, this.#component));
    return {
      needs: distinct([...rests.needs, ...beneath.flatMap(({ needs }) => needs)]).filter((key) => !isOwn(key)),
      choices: [...rests.choices, ...beneath.flatMap(({ choices }) => choices)],
    };
  }

  /** The agreements by which a service is supported: OLAs and contracts, each for its part; else the strictest SLA for it alone, which is promised too. */
  #supportersOf(agreements: readonly Agreement[], asOf: IsoDate): readonly EntityKey[] {
    const underneath = agreements.filter(({ type }) => type !== 'sla');
    if (underneath.length > 0) return underneath.map(({ $key }) => $key);
    let strictest: { readonly key: EntityKey; readonly value: Fraction } | undefined;
    for (const agreement of agreements) {
      const value = this.#promiseOf(agreement, asOf);
      if (value !== undefined && agreement.services.length === 1 && (strictest === undefined || compareFractions(value, strictest.value) > 0)) strictest = { key: agreement.$key, value };
    }
    return strictest ? [strictest.key] : none;
  }

  #promiseOf(agreement: Agreement, asOf: IsoDate): Fraction | undefined {
    return availabilityPromise(agreement, this.#kind, asOf)?.value;
  }
}

/** Everything that availability rests on, of a model that is looked at once. */
export function supportGraph(model: Model, asOf: IsoDate, kind: PeriodKind): ReadonlyMap<EntityKey, Part> {
  return new SupportGraph(kind).update(model, asOf).parts;
}

/** Of several declarations of one name the first counts. */
function firstOfEach<T extends { readonly name: string }>(declarations: readonly T[]): Map<string, T> {
  const found = new Map<string, T>();
  for (const declaration of declarations) if (!found.has(declaration.name)) found.set(declaration.name, declaration);
  return found;
}

interface Resting {
  readonly needs: readonly EntityKey[];
  readonly choices: readonly (readonly EntityKey[])[];
}

function restsOn({ dependencies }: Service | ConfigurationItem, component: Component): Resting {
  if (dependencies.length === 0) return nothing;
  const needs: EntityKey[] = [];
  let choices: (readonly EntityKey[])[] | undefined;
  for (const { redundant, on } of dependencies) {
    const keys = redundant ? [] : needs;
    for (const id of on) {
      const key = component(id);
      if (key !== undefined) keys.push(key);
    }
    if (!redundant) continue;
    const members = distinct(keys);
    // A choice of one is none.
    if (members.length > 1) (choices ??= []).push(members);
    else needs.push(...members);
  }
  return { needs: distinct(needs), choices: choices ?? none };
}

const nothing: Resting = { needs: none, choices: none };

/** Names that only one of two has. */
function differentNames(a: ReadonlyMap<string, unknown>, b: ReadonlyMap<string, unknown>): readonly string[] {
  return [...[...a.keys()].filter((name) => !b.has(name)), ...[...b.keys()].filter((name) => !a.has(name))];
}

export function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** What has taken another's place in a list; undefined where the lists differ in more than that. */
export function replacedIn<T extends { readonly $key: EntityKey }>(now: readonly T[], before: readonly T[]): readonly (readonly [T, T])[] | undefined {
  if (now.length !== before.length) return undefined;
  const replaced: (readonly [T, T])[] = [];
  for (let index = 0; index < now.length; index++) {
    const [one, other] = [now[index]!, before[index]!];
    if (one === other) continue;
    if (one.$key !== other.$key) return undefined;
    replaced.push([one, other]);
  }
  return replaced;
}

export function append<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

function distinct<T>(items: readonly T[]): readonly T[] {
  if (items.length < 2) return items.length === 0 ? none : items;
  if (items.length > 16) return new Set(items).size === items.length ? items : [...new Set(items)];
  return items.some((item, index) => items.indexOf(item) !== index) ? [...new Set(items)] : items;
}
