import type { AnyDeclaration, DeclarationType, DeclarationTypes, EntityKey } from '../../language/model/declarations.ts';
import type { Entity, NameReference } from '../../language/model/fragment.ts';
import type { KnownName, Model, Referrer } from '../../language/model/model.ts';
import type { ModelChange } from '../../language/model/project-model.ts';
import { namesContent } from './approved-content.ts';
import { ReadIndex, type Reader } from './read-index.ts';

/**
 * A model that notes who reads what: a declaration by its key (also one that is not there), what an id means, all declarations of a
 * type, who refers to an id. A change of the model then tells who has to look again.
 */
export class TrackedModel implements Model {
  readonly #model: Model;
  /** Who is reading; nobody while undefined. */
  reader: Reader | undefined;
  readonly #entities = new ReadIndex();
  readonly #names = new ReadIndex();
  readonly #lists = new ReadIndex();
  readonly #referrers = new ReadIndex();

  readonly #plainLists = new WeakMap<readonly AnyDeclaration[], boolean>();

  readonly #view: <N extends AnyDeclaration>(node: N) => N;

  /** @param view how a declaration is shown to rules */
  constructor(model: Model, view: <N extends AnyDeclaration>(node: N) => N) {
    this.#model = model;
    this.#view = view;
  }

  all<T extends DeclarationType>(type: T): readonly DeclarationTypes[T][] {
    this.#note(this.#lists, type);
    const all = this.#model.all(type);
    // Mostly all are shown as they are: then no list is made. How the others are shown depends on files, and each reader of these has to be known.
    let isPlain = this.#plainLists.get(all);
    if (isPlain === undefined) this.#plainLists.set(all, (isPlain = !all.some(namesContent)));
    return isPlain ? all : all.map((node) => this.#view(node));
  }

  get<T extends DeclarationType>(type: T, id: string | undefined): DeclarationTypes[T] | undefined {
    const node = this.#model.get(type, id);
    // The key of the declaration itself: thousands of notes of it cost no text of their own.
    if (id !== undefined) this.#note(this.#entities, node?.$key ?? `${type}:${id}`);
    return node && this.#view(node);
  }

  find(type: string, id: string | undefined): KnownName | undefined {
    if (id === undefined) return undefined;
    this.#note(this.#names, id);
    const found = this.#model.find(type, id);
    if (!found) return undefined;
    // That a name is known is mostly all that is asked: who looks no further need not look again when the declaration changes.
    const { reader } = this;
    const entity = (): Entity => {
      if (reader) this.#entities.add(found.entity.key, reader);
      return this.#shown(found.entity);
    };
    return {
      name: found.name,
      get entity() {
        return entity();
      },
    };
  }

  referrers(type: string, id: string): readonly Referrer[] {
    this.#note(this.#referrers, id);
    const key = `${type} ${id}`;
    let known = this.#knownReferrers.get(key);
    if (!known) {
      known = this.#findReferrers(type, id);
      // How one with an approved hash is shown depends on files, and each reader of these has to be known.
      if (!known.referrers.some(({ entity: { node } }) => namesContent(node))) this.#knownReferrers.set(key, known);
    }
    if (this.reader) for (const entity of known.entities) this.#entities.add(entity, this.reader);
    return known.referrers;
  }

  /** Many rules ask who refers to the same team or customer, which half of a model does: they are looked for once between two changes. */
  readonly #knownReferrers = new Map<string, { readonly referrers: readonly Referrer[]; readonly entities: readonly EntityKey[] }>();

  #findReferrers(type: string, id: string): { readonly referrers: readonly Referrer[]; readonly entities: readonly EntityKey[] } {
    const found = new Map<NameReference, Referrer>();
    const entities = new Set<EntityKey>();
    for (const referrer of this.#model.referrers(type, id)) {
      entities.add(referrer.entity.key);
      // Of several declarations of one key the first counts, here as in all other answers.
      if (this.#model.entity(referrer.entity.key) === referrer.entity) found.set(referrer.reference, { ...referrer, entity: this.#shown(referrer.entity) });
    }
    // The model lists them in the order in which files were read, which must not show in a finding.
    const referrers = [...found.values()].sort((a, b) => (a.entity.key < b.entity.key ? -1 : a.entity.key > b.entity.key ? 1 : a.reference.at - b.reference.at));
    return { referrers, entities: [...entities] };
  }

  /** What was found before a change, or before files were looked up, may be found no longer. */
  forgetFound(): void {
    this.#knownReferrers.clear();
  }

  entity(key: EntityKey): Entity | undefined {
    const entity = this.#model.entity(key);
    this.#note(this.#entities, entity?.key ?? key);
    return entity && this.#shown(entity);
  }

  /** Everybody who read what a change touches, possibly more than once. */
  *affected(change: ModelChange): Iterable<Reader> {
    this.forgetFound();
    const types = new Set<string>();
    for (const key of change.entities) {
      yield* this.#entities.readers(key);
      types.add(key.slice(0, key.indexOf(':')));
    }
    for (const type of types) yield* this.#lists.readers(type);
    for (const name of change.names) yield* this.#names.readers(name);
    for (const id of change.references) yield* this.#referrers.readers(id);
  }

  /** As rules see it, without a note of who looked. */
  shown(key: EntityKey): AnyDeclaration | undefined {
    const entity = this.#model.entity(key);
    return entity && this.#view(entity.node);
  }

  #shown(entity: Entity): Entity {
    const node = this.#view(entity.node);
    return node === entity.node ? entity : { ...entity, node };
  }

  #note(index: ReadIndex, key: string): void {
    if (this.reader) index.add(key, this.reader);
  }
}
