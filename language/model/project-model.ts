import { reflection } from '../generated/ast.ts';
import { builtInNames } from '../references/built-in.ts';
import type { DeclarationType, DeclarationTypes, EntityKey } from './declarations.ts';
import type { FilePlace, Place } from './finding.ts';
import type { Entity, Fragment, PlacedEntity } from './fragment.ts';
import type { KnownName, Location, Locator, Model, Referrer } from './model.ts';
import { MultiMap } from './multi-map.ts';
import { spanAtPath, rangeOf } from './places.ts';

/** What an update of one file changed for the rest of the project. */
export interface ModelChange {
  readonly file: string;
  /** Declarations that appeared, vanished or changed their facts. */
  readonly entities: ReadonlySet<EntityKey>;
  /** Ids that became known or unknown (of any type). */
  readonly names: ReadonlySet<string>;
  /** Ids to which declarations that changed refer, or referred before. */
  readonly references: ReadonlySet<string>;
}

/**
 * The project's declarations, indexed by type and id and kept up to date file by file. An update costs what the file
 * costs, except for the lists of the types it changed, which are put together anew on the next question.
 */
export class ProjectModel implements Model, Locator {
  readonly #fragments = new Map<string, Fragment>();
  #files: string[] = [];
  readonly #placed = new MultiMap<EntityKey, PlacedEntity>();
  /** Keys that more than one declaration has. */
  readonly #duplicated = new Set<EntityKey>();
  /** By id, because an id may be asked for under several types. */
  readonly #names = new MultiMap<string, KnownName>();
  readonly #namesByType = new Map<string, Set<KnownName>>();
  /** Declarations that refer to an id, once each. */
  readonly #referrers = new MultiMap<string, Entity>();
  readonly #byType = new Map<string, Map<string, DeclarationTypes[DeclarationType][]>>();
  readonly #lists = new Map<string, readonly DeclarationTypes[DeclarationType][]>();

  constructor() {
    for (const known of builtInNames()) this.#addName(known);
  }

  /** Puts a file's fragment in place of its former one; `undefined` removes the file. */
  update(file: string, fragment: Fragment | undefined): ModelChange {
    const before = this.#fragments.get(file);
    const old = new Map<Entity, number>();
    for (const { entity } of before?.declarations ?? []) old.set(entity, (old.get(entity) ?? 0) + 1);
    const added: PlacedEntity[] = [];
    for (const placed of fragment?.declarations ?? []) {
      const count = old.get(placed.entity) ?? 0;
      if (count > 0) old.set(placed.entity, count - 1);
      else added.push(placed);
    }
    const removed = [...old].flatMap(([entity, count]) => Array.from({ length: count }, () => entity));

    const entities = new Set<EntityKey>();
    const names = new Set<string>();
    const references = new Set<string>();
    const known = new Map<string, number>();
    for (const entity of removed) {
      entities.add(entity.key);
      for (const name of entity.exports) {
        known.set(`${name.type}:${name.id}`, (known.get(`${name.type}:${name.id}`) ?? 0) - 1);
        this.#removeName(name.id, (item) => item.entity === entity && item.name === name);
      }
      for (const id of referredIds(entity)) {
        references.add(id);
        this.#referrers.remove(id, (item) => item === entity);
      }
    }
    for (const { entity } of added) {
      entities.add(entity.key);
      for (const name of entity.exports) {
        known.set(`${name.type}:${name.id}`, (known.get(`${name.type}:${name.id}`) ?? 0) + 1);
        this.#addName({ name, entity });
      }
      for (const id of referredIds(entity)) {
        references.add(id);
        this.#referrers.add(id, entity);
      }
    }
    for (const [name, change] of known) if (change !== 0) names.add(name.slice(name.indexOf(':') + 1));

    // Lists are in the order of the text, so what only changed places is a change too.
    const touched = new Set([...removed, ...added.map(({ entity }) => entity)]);
    const moved = movedEntities(before, fragment, touched);
    for (const { key } of moved) entities.add(key);
    this.#replaceFragment(file, before, fragment, new Set([...touched, ...moved].map((entity) => entity.node.$type)));
    // Of several declarations of one id the first counts, and which one that is may have changed with their order.
    for (const { entity } of fragment?.declarations ?? []) if (this.#placed.get(entity.key).length > 1) entities.add(entity.key);
    return { file, entities, names, references };
  }

  #addName(known: KnownName): void {
    this.#names.add(known.name.id, known);
    const { type } = known.name;
    const sameType = this.#namesByType.get(type);
    if (sameType) sameType.add(known);
    else this.#namesByType.set(type, new Set([known]));
  }

  #removeName(id: string, matches: (known: KnownName) => boolean): void {
    const removed = this.#names.remove(id, matches);
    if (removed) this.#namesByType.get(removed.name.type)?.delete(removed);
  }

  #replaceFragment(file: string, before: Fragment | undefined, fragment: Fragment | undefined, types: ReadonlySet<string>): void {
    for (const placed of before?.declarations ?? []) {
      this.#placed.remove(placed.entity.key, (item) => item === placed);
      if (this.#duplicated.has(placed.entity.key) && this.#placed.get(placed.entity.key).length < 2) this.#duplicated.delete(placed.entity.key);
    }
    for (const placed of fragment?.declarations ?? []) {
      this.#placed.add(placed.entity.key, placed);
      if (this.#placed.get(placed.entity.key).length < 2) continue;
      this.#duplicated.add(placed.entity.key);
      this.#placed.sort(placed.entity.key, comparePlaces);
    }
    if (fragment) {
      this.#fragments.set(file, fragment);
      if (!before) this.#files = [...this.#files, file].sort();
    } else {
      this.#fragments.delete(file);
      this.#files = this.#files.filter((name) => name !== file);
    }
    if (before && fragment && types.size === 0 && before.declarations.length === fragment.declarations.length) return;
    const lists = new Map<string, DeclarationTypes[DeclarationType][]>();
    for (const { entity } of fragment?.declarations ?? []) push(lists, entity.node.$type, entity.node);
    for (const type of new Set([...types, ...lists.keys()])) {
      let perFile = this.#byType.get(type);
      if (!perFile) this.#byType.set(type, (perFile = new Map()));
      const list = lists.get(type);
      if (list) perFile.set(file, list);
      else perFile.delete(file);
      this.#lists.delete(type);
    }
  }

  all<T extends DeclarationType>(type: T): readonly DeclarationTypes[T][] {
    let list = this.#lists.get(type);
    if (!list) {
      const perFile = this.#byType.get(type);
      const all = this.#files.flatMap((file) => perFile?.get(file) ?? []);
      // Of several declarations of one id the first counts. Mostly there are none such, and no need to look.
      const seen = new Set<EntityKey>();
      list = this.#duplicated.size === 0 ? all : all.filter(({ $key }) => !this.#duplicated.has($key) || (!seen.has($key) && seen.add($key)));
      this.#lists.set(type, list);
    }
    return list as readonly DeclarationTypes[T][];
  }

  get<T extends DeclarationType>(type: T, id: string | undefined): DeclarationTypes[T] | undefined {
    if (id === undefined) return undefined;
    return this.entity(`${type}:${id}` as EntityKey)?.node as DeclarationTypes[T] | undefined;
  }

  entity(key: EntityKey): Entity | undefined {
    return this.#placed.first(key)?.entity;
  }

  find(type: string, id: string | undefined): KnownName | undefined {
    if (id === undefined) return undefined;
    const found = this.candidates(type, id);
    return found.length > 1 ? (found.find((candidate) => this.entity(candidate.entity.key) === candidate.entity) ?? found[0]) : found[0];
  }

  /** All names known under an id that a position of this type could mean: more than one is ambiguous. */
  candidates(type: string, id: string): readonly KnownName[] {
    const types = typesOf(type);
    return this.named(id).filter((candidate) => types.has(candidate.name.type));
  }

  /** Everything known under an id, of whatever type; in an order that does not depend on what was read first. */
  named(id: string): readonly KnownName[] {
    const known = this.#names.get(id);
    return known.length < 2 ? known : [...known].sort((a, b) => (a.entity.key < b.entity.key ? -1 : a.entity.key > b.entity.key ? 1 : 0));
  }

  /** All names that may stand at a position of this type. */
  *namesOf(type: string): Iterable<KnownName> {
    for (const member of typesOf(type)) yield* this.#namesByType.get(member) ?? [];
  }

  referrers(type: string, id: string): readonly Referrer[] {
    return this.referrersOfId(id).filter((referrer) => typesOf(referrer.reference.type).has(type));
  }

  /** Who refers to an id, whatever type of name the reference takes. */
  referrersOfId(id: string): readonly Referrer[] {
    return this.#referrers.get(id).flatMap((entity) => entity.references.flatMap((reference) => (reference.id === id ? [{ reference, entity }] : [])));
  }

  files(): readonly string[] {
    return this.#files;
  }

  fragment(file: string): Fragment | undefined {
    return this.#fragments.get(file);
  }

  placed(key: EntityKey): readonly PlacedEntity[] {
    return this.#placed.get(key);
  }

  locate(place: Place | FilePlace): Location | undefined {
    if ('file' in place) return { file: place.file, range: place.range ?? { line: 0, column: 0, endLine: 0, endColumn: 1 } };
    const placed = this.#placed.get(place.entity)[place.occurrence ?? 0];
    if (!placed) return undefined;
    return { file: placed.file, range: rangeOf(placed, place.at ?? spanAtPath(placed.entity.node, place.path ?? [])) };
  }
}

/** Declarations that stand in both fragments, but no longer in the same order. */
function movedEntities(before: Fragment | undefined, after: Fragment | undefined, touched: ReadonlySet<Entity>): Entity[] {
  const kept = (fragment: Fragment | undefined): Entity[] => (fragment?.declarations ?? []).flatMap(({ entity }) => (touched.has(entity) ? [] : [entity]));
  const order = kept(after);
  return kept(before).filter((entity, index) => order[index] !== entity);
}

function referredIds(entity: Entity): ReadonlySet<string> {
  return new Set(entity.references.map(({ id }) => id));
}

const typeSets = new Map<string, ReadonlySet<string>>();

/** The types that a position takes: the members of a union, or the type itself. */
export function typesOf(type: string): ReadonlySet<string> {
  let types = typeSets.get(type);
  if (!types) {
    types = new Set([type, ...(type in reflection.types ? reflection.getAllSubTypes(type) : [])]);
    typeSets.set(type, types);
  }
  return types;
}

function comparePlaces(a: PlacedEntity, b: PlacedEntity): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line || a.column - b.column;
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
