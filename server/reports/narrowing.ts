/**
 * A report narrowed to what concerns one service, customer, owner or clause. What is narrowed is what the report is made
 * from, so that no section has to know of it; names and figures stay those of the whole.
 */
import type { AnyDeclaration, DeclarationType, DeclarationTypes, EntityKey } from '../../language/model/declarations.ts';
import type { FilePlace, Finding, Place } from '../../language/model/finding.ts';
import type { Entity, Fragment } from '../../language/model/fragment.ts';
import type { Locator, Model } from '../../language/model/model.ts';
import type { ReportInput } from './report.ts';

/** Ids; several narrow further. */
export interface Narrowing {
  readonly service?: string;
  readonly customer?: string;
  /** A clause with all below it: `8`, `8.6.1`. */
  readonly clause?: string;
  /** A person, role or team. */
  readonly owner?: string;
}

export const narrowingKinds = ['service', 'customer', 'clause', 'owner'] as const satisfies readonly (keyof Narrowing)[];

export function isNarrowed(narrowing: Narrowing | undefined): narrowing is Narrowing {
  return narrowing !== undefined && narrowingKinds.some((kind) => narrowing[kind] !== undefined);
}

/** What the report of an input says when it speaks only of what the narrowing names; the input itself where it names nothing. */
export function narrowed(input: ReportInput, narrowing: Narrowing): ReportInput {
  if (!isNarrowed(narrowing)) return input;
  const kept = keptDeclarations(input, narrowing);
  const keeps = (place: Place | FilePlace): boolean => !('file' in place) && kept.has(place.entity);
  const inClause = (rows: readonly string[]): boolean => narrowing.clause === undefined || rows.some((row) => isWithin(row, narrowing.clause ?? ''));
  const byDeclaration = narrowing.service !== undefined || narrowing.customer !== undefined || narrowing.owner !== undefined;
  const findings = input.assessment.findings.filter((finding) => inClause(finding.requirements) && (!byDeclaration || keeps(finding.place)));
  return {
    ...input,
    narrowing,
    model: new NarrowedModel(input.model, kept),
    locator: new NarrowedLocator(input.locator, kept),
    assessment: { ...input.assessment, findings, requirements: input.assessment.requirements.filter(({ id }) => inClause([id])) },
    // Days of certification concern the whole organization.
    certification: [],
    documents: input.documents.filter(({ requirements, places }) => inClause(requirements) && (!byDeclaration || places.some(({ place }) => keeps(place)))),
    remarks: input.remarks.filter(({ row, remark }) => inClause([row]) && (!byDeclaration || ('place' in remark && remark.place !== undefined && keeps(remark.place)))),
  };
}

/** Whether a row or clause is the clause or lies below it: `8.6.1.2` and `8.6` within `8.6`, `8.60` not. */
export function isWithin(id: string, clause: string): boolean {
  return id === clause || (id.startsWith(clause) && /^[.#]/.test(id.slice(clause.length)));
}

/** The declarations that every part of the narrowing concerns. */
function keptDeclarations(input: ReportInput, narrowing: Narrowing): ReadonlySet<EntityKey> {
  const entities = entitiesOf(input.locator);
  const parts = [
    ...(narrowing.service === undefined ? [] : [concerning(input.model, entities, ({ key }) => key === keyOf(input.model, 'Service', narrowing.service))]),
    ...(narrowing.customer === undefined ? [] : [concerning(input.model, withoutOtherCustomers(input.model, entities, narrowing.customer), ofCustomer(input.model, narrowing.customer))]),
    ...(narrowing.owner === undefined ? [] : [concerning(input.model, entities, ofOwner(input.model, narrowing.owner))]),
    ...(narrowing.clause === undefined ? [] : [concerning(input.model, entities, ofClause(input.assessment.findings, narrowing.clause), ['Process'])]),
  ];
  const [first, ...others] = parts;
  return new Set([...(first ?? [])].filter((key) => others.every((keys) => keys.has(key))));
}

function entitiesOf(locator: Locator): readonly Entity[] {
  return locator.files().flatMap((file) => locator.fragment(file)?.declarations.map(({ entity }) => entity) ?? []);
}

function keyOf(model: Model, type: string, id: string | undefined): EntityKey | undefined {
  return model.find(type, id)?.entity.key;
}

/**
 * The declarations that are meant, and those that refer to one of them.
 *
 * @param through types whose declarations are followed in both directions; all types from those who refer only, where left out
 */
function concerning(model: Model, entities: readonly Entity[], isMeant: (entity: Entity) => boolean, through?: readonly DeclarationType[]): ReadonlySet<EntityKey> {
  const meant = entities.filter(isMeant);
  const kept = new Set(meant.map(({ key }) => key));
  const targets = new Set(meant.filter(({ node }) => through === undefined || through.includes(node.$type)).map(({ key }) => key));
  const refersTo = (entity: Entity): EntityKey[] => entity.references.flatMap(({ type, id }) => keyOf(model, type, id) ?? []);
  if (through !== undefined) for (const entity of meant) if (targets.has(entity.key)) for (const key of refersTo(entity)) if (model.entity(key)?.node.$type === 'Metric') kept.add(key);
  for (const entity of entities) if (refersTo(entity).some((key) => targets.has(key))) kept.add(entity.key);
  return kept;
}

/** The customer, what was agreed with it, and the services of that. */
function ofCustomer(model: Model, id: string): (entity: Entity) => boolean {
  const agreements = model.all('Agreement').filter(({ customer }) => customer === id);
  const keys = new Set([keyOf(model, 'Customer', id), ...agreements.map(({ $key }) => $key), ...agreements.flatMap(({ services }) => services.map((service) => keyOf(model, 'Service', service)))]);
  return ({ key }) => keys.has(key);
}

/** A service may be delivered to several customers: what speaks of another one alone is not this one's. */
function withoutOtherCustomers(model: Model, entities: readonly Entity[], id: string): readonly Entity[] {
  const [own, others] = [keyOf(model, 'Customer', id), new Set(model.all('Customer').filter(({ name }) => name !== id).map(({ $key }) => $key))];
  return entities.filter(({ key, references }) => {
    if (others.has(key)) return false;
    const named = references.flatMap((reference) => keyOf(model, reference.type, reference.id) ?? []);
    return named.includes(own ?? key) || !named.some((one) => others.has(one)) || model.entity(key)?.node.$type === 'Service';
  });
}

/** A person is also meant where a role is that the person holds. */
function ofOwner(model: Model, id: string): (entity: Entity) => boolean {
  const key = keyOf(model, 'Party', id);
  return (entity) => entity.key === key || (entity.node.$type === 'Role' && entity.node.holders.includes(id));
}

/** What names the clause, and what was found wanting under it. */
function ofClause(findings: readonly Finding[], clause: string): (entity: Entity) => boolean {
  const wanting = new Set(findings.flatMap(({ requirements, place }) => (!('file' in place) && requirements.some((row) => isWithin(row, clause)) ? [place.entity] : [])));
  return (entity) => wanting.has(entity.key) || entity.references.some(({ type, id }) => type === 'Requirement' && isWithin(id.replace(/^iso20000:/, ''), clause));
}

/** Lists what is kept; whatever is asked for by name is there. The organization is always itself. */
class NarrowedModel implements Model {
  readonly #whole: Model;
  readonly #kept: ReadonlySet<EntityKey>;

  constructor(whole: Model, kept: ReadonlySet<EntityKey>) {
    this.#whole = whole;
    this.#kept = kept;
  }

  all<T extends DeclarationType>(type: T): readonly DeclarationTypes[T][] {
    const all = this.#whole.all(type);
    return type === 'Organization' ? all : all.filter((declaration: AnyDeclaration) => this.#kept.has(declaration.$key));
  }

  get<T extends DeclarationType>(type: T, id: string | undefined): DeclarationTypes[T] | undefined {
    return this.#whole.get(type, id);
  }

  find(type: string, id: string | undefined): ReturnType<Model['find']> {
    return this.#whole.find(type, id);
  }

  referrers(type: string, id: string): ReturnType<Model['referrers']> {
    return this.#whole.referrers(type, id).filter(({ entity }) => this.#kept.has(entity.key));
  }

  entity(key: EntityKey): Entity | undefined {
    return this.#whole.entity(key);
  }
}

/** Files hold what is kept; a place is where it is. */
class NarrowedLocator implements Locator {
  readonly #whole: Locator;
  readonly #kept: ReadonlySet<EntityKey>;

  constructor(whole: Locator, kept: ReadonlySet<EntityKey>) {
    this.#whole = whole;
    this.#kept = kept;
  }

  locate(place: Place | FilePlace): ReturnType<Locator['locate']> {
    return this.#whole.locate(place);
  }

  placed(key: EntityKey): ReturnType<Locator['placed']> {
    return this.#whole.placed(key);
  }

  fragment(file: string): Fragment | undefined {
    const fragment = this.#whole.fragment(file);
    return fragment && { ...fragment, declarations: fragment.declarations.filter(({ entity }) => this.#kept.has(entity.key)) };
  }

  files(): readonly string[] {
    return this.#whole.files();
  }
}
