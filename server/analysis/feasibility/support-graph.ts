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

/** A part and all that it was made from beside its own declaration: as long as these are the same, so is the part. */
interface Made {
  readonly part: Part;
  /** The declarations looked at, and the lists of agreements and causes. */
  readonly declarations: readonly (Service | ConfigurationItem)[];
  readonly agreements: readonly unknown[];
  readonly causes: readonly unknown[];
}

type Lists = readonly [readonly Service[], readonly ConfigurationItem[], readonly DeclarationTypes['Supplier'][], readonly Agreement[]];

type Component = (id: string) => readonly EntityKey[];

const none: readonly never[] = [];

/**
 * Everything that availability rests on, as plain data: one part for each service, configuration item and agreement in force with an
 * availability target. Parts whose declarations are unchanged are the same objects as before.
 */
export class SupportGraph {
  readonly #kind: PeriodKind;
  #made = new WeakMap<object, Made>();
  #names: readonly string[] = [];
  #parts = new Map<EntityKey, Part>();
  #asOf: IsoDate | undefined;
  #lists: Lists = [none, none, none, none];
  /** Agreements in force that promise an availability, at all and by service. */
  #promised = new Set<Agreement>();
  #agreementsOf = new Map<string, readonly Agreement[]>();
  #causesOf: ReadonlyMap<string, readonly EntityKey[]> = new Map();
  #promises = new WeakMap<Agreement, { readonly asOf: IsoDate; readonly value: Fraction | undefined }>();
  #services = new Map<string, Service>();
  #items: ReadonlyMap<string, ConfigurationItem> = new Map();
  readonly #component: Component = (id) => (this.#services.has(id) ? [serviceKey(id)] : this.#items.has(id) ? [itemKey(id)] : none);

  /** @param kind the period in which the availability of the whole is counted; see `availabilityPromise` */
  constructor(kind: PeriodKind) {
    this.#kind = kind;
  }

  /** The parts of a state of the model, and which are others than those of the state before. */
  update(model: Model, asOf: IsoDate): { readonly parts: ReadonlyMap<EntityKey, Part>; readonly changed: ReadonlySet<EntityKey> } {
    const lists: Lists = [model.all('Service'), model.all('ConfigurationItem'), model.all('Supplier'), model.all('Agreement')];
    const changed = this.#patched(lists, model, asOf) ?? this.#renewed(model, asOf);
    [this.#asOf, this.#lists] = [asOf, lists];
    return { parts: this.#parts, changed };
  }

  /** All parts anew, but for those of which nothing changed. */
  #renewed(model: Model, asOf: IsoDate): ReadonlySet<EntityKey> {
    const before = this.#parts;
    const changed = new Set<EntityKey>();
    this.#parts = this.#partsOf(model, asOf);
    for (const [key, part] of this.#parts) if (before.get(key) !== part) changed.add(key);
    for (const key of before.keys()) if (!this.#parts.has(key)) changed.add(key);
    return changed;
  }

  /**
   * Where services and agreements have only taken the place of what they were before, and are about the same: the parts that this may
   * concern. Undefined where more has changed.
   */
  #patched([services, items, suppliers, agreements]: Lists, model: Model, asOf: IsoDate): ReadonlySet<EntityKey> | undefined {
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
    for (const service of touchedServices.values()) place(service.$key, this.#partOfService(service, model));
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
    this.#services = firstOfEach(model.all('Service'));
    this.#items = firstOfEach(model.all('ConfigurationItem'));
    const names = [...this.#services.keys(), '', ...this.#items.keys(), '', ...model.all('Supplier').map(({ name }) => name)];
    // What an id means depends on what there is.
    if (!isSameList(names, this.#names)) this.#made = new WeakMap();
    this.#names = names;

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
    for (const service of this.#services.values()) parts.set(service.$key, this.#partOfService(service, model));
    for (const item of this.#items.values()) parts.set(item.$key, this.#partOfItem(item));
    for (const agreement of promised) parts.set(agreement.$key, this.#partOfAgreement(agreement, asOf));
    return parts;
  }

  #partOfService(service: Service, model: Model): Part {
    const [agreements, causes] = [this.#agreementsOf.get(service.name) ?? none, this.#causesOf.get(service.name) ?? none];
    const made = this.#known(service, agreements, causes) ?? this.#remember(service, this.#ofService(service, agreements, causes, model), [service], agreements, causes);
    return made.part;
  }

  #partOfItem(item: ConfigurationItem): Part {
    // A service that is up has its items up: what is promised for it holds for them too.
    const [supporting = none] = item.supports.map((service) => (this.#agreementsOf.get(service) ?? none).filter(({ type }) => type !== 'sla')).filter((agreements) => agreements.length > 0);
    const made = this.#known(item, supporting, none) ?? this.#remember(item, this.#ofItem(item, supporting), [], supporting, none);
    return made.part;
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

  #known(declaration: object, agreements: readonly unknown[], causes: readonly unknown[]): Made | undefined {
    const made = this.#made.get(declaration);
    if (!made || !isSameList(agreements, made.agreements) || !isSameList(causes, made.causes)) return undefined;
    for (const looked of made.declarations) if ((looked.$type === 'Service' ? this.#services : this.#items).get(looked.name) !== looked) return undefined;
    return made;
  }

  #remember(declaration: object, part: Part, services: readonly Service[], agreements: readonly unknown[], causes: readonly unknown[]): Made {
    const items = services.flatMap(({ dependencies }) => dependencies.flatMap(({ on }) => on.flatMap((id) => (this.#services.has(id) ? none : (this.#items.get(id) ?? none)))));
    const made = { part, declarations: [...services.filter((service) => service !== declaration), ...items], agreements, causes };
    this.#made.set(declaration, made);
    return made;
  }

  #ofService(service: Service, agreements: readonly Agreement[], causes: readonly EntityKey[], model: Model): Part {
    const supporting = this.#supportersOf(agreements);
    const { needs, choices } = this.#withoutOwnItems(service);
    const others = [...service.providers, ...service.operators, ...service.components.flatMap(({ providers, operators }) => [...providers, ...operators])];
    return {
      key: service.$key,
      needs: distinct([...supporting, ...needs]),
      choices,
      isUnsupported: supporting.length === 0,
      causes: distinct([
        ...others.filter((id) => model.get('Supplier', id) !== undefined).map((id) => entityKey('Supplier', id)),
        ...service.sites.map((site) => entityKey('Site', site)),
        ...[...service.items, ...service.components.flatMap(({ item }) => (item === undefined ? [] : [item]))].map(itemKey),
        ...causes,
        ...(supporting.length === 0 ? [service.$key] : []),
      ]),
    };
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
    const rests = own.map((service) => this.#withoutOwnItems(service));
    const isOwn = (key: EntityKey): boolean => own.some(({ $key }) => key === $key);
    return {
      key: agreement.$key,
      needs: distinct([...beside.map(({ $key }) => $key), ...rests.flatMap(({ needs }) => needs)]).filter((key) => !isOwn(key)),
      choices: rests.flatMap(({ choices }) => choices).filter((choice) => !choice.some(isOwn)),
      promise,
      isUnsupported: false,
      causes: none,
    };
  }

  /** What a service rests on; an item that supports it is part of it, so that what counts is what the item rests on. */
  #withoutOwnItems(service: Service): Resting {
    const rests = restsOn(service, this.#component);
    const isOwn = (key: EntityKey): boolean => typeOf(key) === 'ConfigurationItem' && this.#items.get(idOf(key))!.supports.includes(service.name);
    if (!rests.needs.some(isOwn)) return rests;
    const beneath = rests.needs.filter(isOwn).map((key) => restsOn(this.#items.get(idOf(key))!, this.#component));
    return {
      needs: distinct([...rests.needs, ...beneath.flatMap(({ needs }) => needs)]).filter((key) => !isOwn(key)),
      choices: [...rests.choices, ...beneath.flatMap(({ choices }) => choices)],
    };
  }

  /** The agreements by which a service is supported: OLAs and contracts, each for its part; else the strictest SLA for it alone, which is promised too. */
  #supportersOf(agreements: readonly Agreement[]): readonly EntityKey[] {
    const underneath = agreements.filter(({ type }) => type !== 'sla');
    if (underneath.length > 0) return underneath.map(({ $key }) => $key);
    let strictest: { readonly key: EntityKey; readonly value: Fraction } | undefined;
    for (const agreement of agreements) {
      const value = this.#promises.get(agreement)?.value;
      if (value !== undefined && agreement.services.length === 1 && (strictest === undefined || compareFractions(value, strictest.value) > 0)) strictest = { key: agreement.$key, value };
    }
    return strictest ? [strictest.key] : none;
  }

  #promiseOf(agreement: Agreement, asOf: IsoDate): Fraction | undefined {
    let known = this.#promises.get(agreement);
    if (known?.asOf !== asOf) this.#promises.set(agreement, (known = { asOf, value: availabilityPromise(agreement, this.#kind, asOf)?.value }));
    return known.value;
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
  return items.length < 2 ? items : [...new Set(items)];
}
