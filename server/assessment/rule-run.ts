import type { EntityKey } from '../../language/model/declarations.ts';
import type { Model } from '../../language/model/model.ts';
import type { ModelChange } from '../../language/model/project-model.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { withStandingApprovals, type ApprovalContext } from './approved-content.ts';
import { Collected, Member } from './collection.ts';
import type { MeasurementIndex } from './measurement-index.ts';
import type { NamedFiles } from './named-files.ts';
import type { PlannedInterval } from './planned-interval.ts';
import { forgetReads, ReadIndex, type Reader } from './read-index.ts';
import type { Collection, Query, RuleContext } from './rule.ts';
import { TrackedModel } from './tracked-model.ts';

export interface RunOptions {
  readonly asOf: IsoDate;
  tolerated(row: string, population: number): number;
  plannedInterval(row: string, otherwise?: number): PlannedInterval;
  readonly evidenceValidity: PlannedInterval;
  readonly files: NamedFiles;
  digest(text: string): string;
}

interface QueryCell extends Reader {
  readonly query: Query<unknown>;
  value: unknown;
  /** Its value as text, by which a change is seen. */
  text: string | undefined;
  error: unknown;
  state: 'fresh' | 'stale' | 'computing';
}

/** What rules run in: the model and measurements, with a note of who reads what, and the values of queries. */
export class RuleRun {
  readonly #model: TrackedModel;
  readonly #options: RunOptions;
  #measurements: MeasurementIndex | undefined;
  readonly #measurementReaders = new ReadIndex();
  readonly #queryReaders = new ReadIndex();
  readonly #cells = new Map<Query<unknown>, QueryCell>();
  readonly #ids = new Map<Query<unknown>, string>();
  readonly #staleCells = new Set<QueryCell>();
  readonly #collections = new Map<Collection<unknown>, Collected<unknown>>();
  readonly #collectionsByType = new Map<string, Collected<unknown>[]>();
  readonly #staleCollections = new Set<Collected<unknown>>();
  /** Who read a query whose value has changed since this was last taken. */
  #affected = new Set<Reader>();
  readonly context: RuleContext;
  readonly approvals: ApprovalContext;

  constructor(model: Model, options: RunOptions) {
    this.#options = options;
    this.approvals = { file: (path) => options.files.state(path, this.#model.reader), digest: (text) => options.digest(text) };
    this.#model = new TrackedModel(model, (node) => withStandingApprovals(node, this.approvals));
    const measurements = (): MeasurementIndex | undefined => this.#readMeasurements();
    this.context = {
      model: this.#model,
      asOf: this.#options.asOf,
      get measurements() {
        return measurements();
      },
      read: (query) => this.#read(query),
      collected: (collection, name) => this.#collected(collection).read(name, this.#model.reader),
      file: (path) => this.approvals.file(path),
      tolerated: (row, population) => this.#options.tolerated(row, population),
      evidenceValidity: this.#options.evidenceValidity,
      plannedInterval: (row, otherwise) => this.#options.plannedInterval(row, otherwise),
    };
  }

  /** Runs a check for a reader; all that it reads is noted under it. */
  reading<T>(reader: Reader | undefined, check: (context: RuleContext) => T): T {
    const before = this.#model.reader;
    this.#model.reader = reader;
    try {
      return check(this.context);
    } finally {
      this.#model.reader = before;
    }
  }

  affected(change: ModelChange): Iterable<Reader> {
    for (const key of change.entities) {
      for (const collected of this.#collectionsByType.get(key.slice(0, key.indexOf(':'))) ?? []) this.#markMember(collected, key);
    }
    return this.#model.affected(change);
  }

  /** The model, or what is known of its files, is another one now. */
  forgetFound(): void {
    this.#model.forgetFound();
  }

  /** Returns who read the former measurements. */
  setMeasurements(measurements: MeasurementIndex | undefined): Iterable<Reader> {
    this.#measurements = measurements;
    return this.#measurementReaders.readers('all');
  }

  /** Takes note that what a query or a contribution to a collection was made from has changed. */
  mark(reader: Reader): void {
    if (reader instanceof Member) {
      this.#markMember(reader.collected, reader.key);
      return;
    }
    const cell = reader as QueryCell;
    if (cell.state !== 'fresh') return;
    cell.state = 'stale';
    this.#staleCells.add(cell);
  }

  #markMember(collected: Collected<unknown>, key: EntityKey): void {
    collected.mark(key);
    this.#staleCollections.add(collected);
  }

  /** Computes stale queries and collections again. Returns who read those whose value changed. */
  refresh(): Reader[] {
    // Each may make others stale, until nothing changes any more.
    while (this.#staleCollections.size + this.#staleCells.size > 0) {
      for (const collected of this.#staleCollections) {
        this.#staleCollections.delete(collected);
        collected.settle();
      }
      for (const cell of this.#staleCells) {
        this.#staleCells.delete(cell);
        if (cell.state === 'stale') this.#compute(cell);
      }
    }
    const affected = [...this.#affected];
    this.#affected = new Set();
    return affected;
  }

  #readMeasurements(): MeasurementIndex | undefined {
    if (this.#model.reader) this.#measurementReaders.add('all', this.#model.reader);
    return this.#measurements;
  }

  #read<T>(query: Query<T>): T {
    let cell = this.#cells.get(query);
    if (!cell) {
      cell = { query, reads: undefined, value: undefined, text: undefined, error: undefined, state: 'stale' };
      this.#cells.set(query, cell);
      this.#ids.set(query, `${query.name} ${this.#ids.size}`);
    }
    if (cell.state === 'computing') throw new Error(`The query “${query.name}” needs its own value`);
    if (cell.state === 'stale') this.#compute(cell);
    if (this.#model.reader) this.#queryReaders.add(this.#ids.get(query) ?? query.name, this.#model.reader);
    if (cell.error !== undefined) throw cell.error;
    // The cell of a query holds what that query computed.
    return cell.value as T;
  }

  #collected<T>(collection: Collection<T>): Collected<T> {
    let collected = this.#collections.get(collection);
    if (!collected) {
      collected = new Collected<unknown>(collection, {
        contributed: (reader, { of }, key) =>
          this.reading(reader, (context) => {
            const declaration = this.#model.shown(key);
            return declaration ? [...of(declaration, context)] : [];
          }),
        declarations: (type) => this.reading(undefined, ({ model }) => model.all(type)),
        changed: (reader) => this.#changed(reader),
      });
      this.#collections.set(collection, collected);
      for (const type of collection.types) this.#collectionsByType.set(type, [...(this.#collectionsByType.get(type) ?? []), collected]);
    }
    // What is kept under a collection is what that collection contributes.
    return collected as Collected<T>;
  }

  #compute(cell: QueryCell): void {
    forgetReads(cell);
    cell.state = 'computing';
    let text: string;
    try {
      cell.value = this.reading(cell, (context) => cell.query.compute(context));
      cell.error = undefined;
      text = JSON.stringify(cell.value) ?? 'undefined';
    } catch (error) {
      cell.value = undefined;
      cell.error = error instanceof Error ? error : new Error(String(error));
      text = `error ${String(error)}`;
    }
    cell.state = 'fresh';
    const changed = text !== cell.text;
    cell.text = text;
    if (!changed) return;
    for (const reader of this.#queryReaders.readers(this.#ids.get(cell.query) ?? cell.query.name)) this.#changed(reader);
  }

  /** Somebody read a value that is another one now. */
  #changed(reader: Reader): void {
    if ('kind' in reader) this.#affected.add(reader);
    else this.mark(reader);
  }
}
