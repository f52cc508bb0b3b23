import type { AnyDeclaration, DeclarationType, EntityKey } from '../../language/model/declarations.ts';
import { forgetReads, ReadIndex, trimReads, type Reader } from './read-index.ts';
import type { Collection } from './rule.ts';

/** Runs what a declaration contributes, as a reader. Nothing where the declaration is gone. */
export interface Contributing {
  contributed<T>(reader: Reader, collection: Collection<T>, key: EntityKey): Iterable<readonly [name: string, value: T]>;
  declarations(type: DeclarationType): readonly AnyDeclaration[];
  /** Somebody read what is another value now. */
  changed(reader: Reader): void;
}

const none: readonly never[] = [];

/** The names under which a declaration contributes; mostly it is one, which costs no list. */
type Names = string | readonly string[];

/** What one declaration contributes to a collection, where that depends on more than the declaration. */
export class Member implements Reader {
  reads: Reader['reads'];
  readonly collected: Collected<unknown>;
  readonly key: EntityKey;
  names: Names = none;

  constructor(collected: Collected<unknown>, key: EntityKey) {
    this.collected = collected;
    this.key = key;
  }
}

/**
 * The contributions to a collection, kept up to date declaration by declaration. Who reads those of a name hears of it only when one of
 * these became another value: an edit costs what the edited declaration contributes, however many there are.
 */
export class Collected<T> {
  readonly collection: Collection<T>;
  readonly #source: Contributing;
  /** Those that contribute or depend on more than their declaration: about the others nothing is kept, and of most only the names. */
  readonly #members = new Map<EntityKey, Member | Names>();
  readonly #values = new Map<string, Map<EntityKey, readonly T[]>>();
  readonly #lists = new Map<string, readonly T[]>();
  readonly #readers = new ReadIndex();
  readonly #stale = new Set<EntityKey>();
  /** What could not be worked out: then nothing that rests on the collection is known. */
  readonly #errors = new Map<EntityKey, Error>();
  #isSettling = false;

  constructor(collection: Collection<T>, source: Contributing) {
    this.collection = collection;
    this.#source = source;
    for (const type of collection.types) for (const { $key } of source.declarations(type)) this.#stale.add($key);
  }

  /** A declaration of one of its types appeared, vanished or changed, or what it depends on did. */
  mark(key: EntityKey): void {
    this.#stale.add(key);
  }

  /** Takes up what was marked. */
  settle(): void {
    if (this.#stale.size === 0) return;
    if (this.#isSettling) throw new Error(`The collection “${this.collection.name}” needs itself`);
    this.#isSettling = true;
    try {
      for (const key of this.#stale) {
        this.#stale.delete(key);
        this.#update(key);
      }
    } finally {
      this.#isSettling = false;
    }
  }

  /** What was contributed under a name, in the order of the declarations' keys. Throws what a contribution threw. */
  read(name: string, reader: Reader | undefined): readonly T[] {
    // First what is stale, so that who asks now does not hear of what it is about to be told.
    this.settle();
    if (reader) this.#readers.add(name, reader);
    for (const error of this.#errors.values()) throw error;
    const values = this.#values.get(name);
    if (!values) return none;
    let list = this.#lists.get(name);
    if (!list) this.#lists.set(name, (list = [...values].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).flatMap(([, own]) => own)));
    return list;
  }

  #update(key: EntityKey): void {
    const before = this.#members.get(key);
    if (before instanceof Member) forgetReads(before);
    const member = new Member(this, key);
    const values = this.#contributions(member);
    const names = namesOf(values);
    if (member.reads) {
      member.names = names;
      trimReads(member);
      this.#members.set(key, member);
    } else if (names.length > 0) this.#members.set(key, names);
    else this.#members.delete(key);

    for (const [name, own] of values) {
      const known = this.#values.get(name)?.get(key);
      if (known === undefined || JSON.stringify(known) !== JSON.stringify(own)) this.#become(name, key, own);
    }
    if (before === undefined) return;
    for (const name of listOf(before instanceof Member ? before.names : before)) if (!values.has(name)) this.#become(name, key, undefined);
  }

  /** What a declaration contributes under a name is another value now. */
  #become(name: string, key: EntityKey, own: readonly T[] | undefined): void {
    this.#replace(name, key, own);
    this.#lists.delete(name);
    for (const reader of this.#readers.readers(name)) this.#source.changed(reader);
  }

  #contributions(member: Member): Map<string, T[]> {
    const values = new Map<string, T[]>();
    const failed = this.#errors.delete(member.key);
    let error: Error | undefined;
    try {
      for (const [name, value] of this.#source.contributed(member, this.collection, member.key)) {
        const own = values.get(name);
        if (own) own.push(value);
        else values.set(name, [value]);
      }
    } catch (thrown) {
      error = thrown instanceof Error ? thrown : new Error(String(thrown));
      this.#errors.set(member.key, error);
    }
    if (failed || error) for (const reader of this.#readers.everybody()) this.#source.changed(reader);
    return values;
  }

  #replace(name: string, key: EntityKey, own: readonly T[] | undefined): void {
    const values = this.#values.get(name);
    if (own === undefined) {
      values?.delete(key);
      if (values?.size === 0) this.#values.delete(name);
    } else if (values) values.set(key, own);
    else this.#values.set(name, new Map([[key, own]]));
  }
}

function namesOf(values: ReadonlyMap<string, unknown>): Names {
  const names = [...values.keys()];
  return names.length === 1 && names[0] !== '' ? names[0]! : names.slice();
}

function listOf(names: Names): readonly string[] {
  return typeof names === 'string' ? [names] : names;
}
