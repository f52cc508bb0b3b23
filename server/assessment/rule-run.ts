import type { Model } from '../../language/model/model.ts';
import type { ModelChange } from '../../language/model/project-model.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { withStandingApprovals, type ApprovalContext } from './approved-content.ts';
import type { MeasurementIndex } from './measurement-index.ts';
import type { NamedFiles } from './named-files.ts';
import type { PlannedInterval } from './planned-interval.ts';
import { forgetReads, ReadIndex, type Reader } from './read-index.ts';
import type { Query, RuleContext } from './rule.ts';
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

  markQuery(reader: Reader): void {
    const cell = reader as QueryCell;
    if (cell.state !== 'fresh') return;
    cell.state = 'stale';
    this.#staleCells.add(cell);
  }

  /** Computes stale queries again. Returns who read those whose value changed. */
  refreshQueries(): Reader[] {
    for (const cell of this.#staleCells) {
      this.#staleCells.delete(cell);
      if (cell.state === 'stale') this.#compute(cell);
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
      cell = { query, reads: [], value: undefined, text: undefined, error: undefined, state: 'stale' };
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
    for (const reader of this.#queryReaders.readers(this.#ids.get(cell.query) ?? cell.query.name)) {
      if ('kind' in reader) this.#affected.add(reader);
      else this.markQuery(reader);
    }
  }
}
