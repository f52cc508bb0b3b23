/**
 * Measuring: from the declared sources to figures. `measure(request)` reads the data files of a project through an embedded
 * engine and computes each target, workload limit and metric for its last completed periods, the answers to the rules' questions
 * about records, and what could not be read.
 *
 * A record counts in the period of its kind's `counted` field (`opened`, for an outage `started`), by the clocks of the
 * calendar that measures it.
 */
import type { Agreement, Metric } from '../../language/model/declarations.ts';
import type { Finding } from '../../language/model/finding.ts';
import type { Path } from '../../language/model/fragment.ts';
import type { Model } from '../../language/model/model.ts';
import { newsKind, recordKinds } from '../../language/model/record-kinds.ts';
import { parseDate, type IsoDate } from '../../language/values/date.ts';
import { isProblem } from '../../language/values/problem.ts';
import type { RecordCheck } from '../assessment/rule.ts';
import { measureAvailability, unknownAvailability } from './availability.ts';
import { measureConformance, processesCalled, type ConformanceOutcome } from './conformance/measure-conformance.ts';
import type { Conformance } from '../analysis/conformance/conformance-result.ts';
import { Clocks } from './clock-tables.ts';
import { databaseRecords, type DatabaseOptions, type DatabaseReading } from './databases/database-table.ts';
import type { Credentials } from './databases/credentials.ts';
import { RowsHaveChanged, type PushedTable } from './databases/pushed-table.ts';
import { NotComputedThere } from './dialect.ts';
import { Engine, EngineError } from './engine.ts';
import type { ExpressionProblem } from './expression.ts';
import { FigureCache, hashOf } from './figure-cache.ts';
import { subjectKey, type Figure, type ListedRecord, type Measurements, type RecordCheckResult, type SourceSummary, type Subject } from './figure.ts';
import type { FigureRows, Page } from './figure-rows.ts';
import { measureMetric } from './metrics.ts';
import { asTableSource, modelTable } from './model-source.ts';
import { rowsOf } from './rows-of.ts';
import { framesOfSubject, heldMetric, isTimeTarget, sourceless } from './stated-targets.ts';
import { namesIn } from './named-columns.ts';
import { framesOf, validFrames, type PeriodFrame } from './period-frame.ts';
import { parseExpression } from './parse-expression.ts';
import { withPartsTogether } from './period-parts.ts';
import { derivedFields, listRecords, runRecordChecks } from './record-checks.ts';
import { sampleRecords, sampleSeedOf, type RecordSample } from './record-samples.ts';
import type { DerivedField } from './record-query.ts';
import { ConvertedTables } from './formats/converted-tables.ts';
import { changedMeanwhile, FactsMemory, findFiles, type DataFiles } from './source-files.ts';
import { namesOfType } from './source-plan.ts';
import { SourceRemarks } from './source-remarks.ts';
import { SourceSession } from './source-session.ts';
import { calendarDefinitions, lookedUpSources, measuredSubjects, pathOf, plain, type MeasuredSubject } from './subjects.ts';
import { clockOf, lateRecords, measureTimeTargets, unknownFigures, type TimeTarget, type TimeTargetContext } from './time-targets.ts';
import { measureUpdates, unknownUpdates } from './update-targets.ts';
import { measureWorkload } from './workload.ts';

export interface MeasureRequest {
  readonly model: Model;
  /** The day as of which everything is computed, `YYYY-MM-DD`. */
  readonly asOf: string;
  readonly dataFiles: DataFiles;
  /** How many completed periods each figure goes back; 13 where not given. */
  readonly periods?: number;
  /** What rules ask of all records of a kind. */
  readonly recordChecks?: readonly RecordCheck[];
  /** Folder for results that are kept between runs; absent: none are. */
  readonly cacheFolder?: string;
  /** The name of a question beside the project's own: its results are kept apart, and nothing that is kept for others goes. */
  readonly question?: string;
  /** How databases are reached; by the environment of the process where not given. */
  readonly databases?: DatabaseOptions;
  /** Passwords and addresses of databases that the environment does not say. */
  readonly credentials?: Credentials;
  /** By what samples of records are drawn for audits; what is audited says it where not given. */
  readonly sampleSeed?: string;
  readonly signal?: AbortSignal;
  readonly progress?: (progress: MeasureProgress) => void;
}

export interface MeasureProgress {
  readonly done: number;
  readonly total: number;
  readonly message: string;
}

const defaultPeriods = 13;
/** Types of declarations that fields of records refer to. */
const referredTypes = [...new Set(Object.values(recordKinds).flatMap(({ fields }) => Object.values(fields).flatMap(({ refersTo }) => refersTo ?? [])))];
/** Milliseconds after which others get their turn. */
const turn = 10;

/** What was computed for one subject, as it is kept. */
interface SubjectResult {
  readonly figures: readonly Figure[];
  readonly findings: readonly Finding[];
}

/** What was read from one source, as it is kept. */
interface SourceResult {
  readonly summary: SourceSummary;
  readonly findings: readonly Finding[];
  readonly records: readonly ListedRecord[];
  readonly sample?: RecordSample;
}

/**
 * Measures a model. What is wrong with the data is a finding; the promise is rejected only with the signal's reason when it is aborted,
 * or when `asOf` is no date.
 */
export async function measure(request: MeasureRequest): Promise<Measurements> {
  const asOf = parseDate(request.asOf);
  if (isProblem(asOf)) throw new RangeError(asOf.problem);
  return await readingWhereNeeded(request, async (databases) => await new Run(request, asOf, databases).measure());
}

/**
 * The records behind a figure, page by page, judged anew by what judged the figure.
 *
 * @returns a text that says why there is nothing to list
 * @throws the signal's reason when it is aborted
 */
export async function rowsBehind(request: MeasureRequest, subject: Subject, period: string, page: Page): Promise<FigureRows | string> {
  const asOf = parseDate(request.asOf);
  if (isProblem(asOf)) throw new RangeError(asOf.problem);
  return await readingWhereNeeded(request, async (databases) => await new Run(request, asOf, databases).rows(subject, period, page));
}

/** Why rows of databases are read, by all that is asked of them: found out once. */
const readBecause = new Map<string, ReadonlyMap<string, string>>();
const rememberedQuestions = 50;

/** Leaves records in their databases as long as these can answer all that is asked; else begins anew with the rows. */
async function readingWhereNeeded<Answer>({ model, recordChecks }: MeasureRequest, work: (databases: DatabaseReading) => Promise<Answer>): Promise<Answer> {
  const sources = model.all('Source');
  if (sources.every(({ database }) => database === undefined)) return await work({ because: new Map(), mayRemember: true });
  const asked = hashOf(plain([sources, model.all('Agreement').map(({ targets, workloadLimits, supportHours, serviceHours }) => [targets, workloadLimits, supportHours, serviceHours]), model.all('Metric')]), recordChecks);
  const because = new Map(readBecause.get(asked));
  for (let mayRemember = true; ;) {
    try {
      const answer = await work({ because, mayRemember });
      readBecause.delete(asked);
      readBecause.set(asked, because);
      for (const oldest of readBecause.keys()) {
        if (readBecause.size <= rememberedQuestions) break;
        readBecause.delete(oldest);
      }
      return answer;
    } catch (error) {
      if (error instanceof RowsHaveChanged && mayRemember) mayRemember = false;
      else if (error instanceof NotComputedThere && !because.has(error.source)) because.set(error.source, error.reason);
      else throw error;
    }
  }
}

/** Not `Map.groupBy`, which Node 20 lacks. */
function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): ReadonlyMap<string, readonly Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = groups.get(key);
    if (group) group.push(item);
    else groups.set(key, [item]);
  }
  return groups;
}

class Run {
  readonly #request: MeasureRequest;
  readonly #model: Model;
  readonly #asOf: IsoDate;
  readonly #periods: number;
  readonly #signal: AbortSignal;
  readonly #clocks: Clocks;
  readonly #sessions = new Map<string, SourceSession>();
  readonly #late = new Map<string, Promise<DerivedField>>();
  #engine: Promise<Engine> | undefined;
  #cache!: FigureCache;
  #findings: Finding[] = [];
  readonly #databases: DatabaseReading;
  readonly #elsewhere: PushedTable[] = [];

  constructor(request: MeasureRequest, asOf: IsoDate, databases: DatabaseReading) {
    this.#request = request;
    this.#databases = databases;
    this.#model = request.model;
    this.#asOf = asOf;
    this.#periods = Math.max(1, request.periods ?? defaultPeriods);
    this.#signal = request.signal ?? new AbortController().signal;
    this.#clocks = new Clocks(request.model);
  }

  async measure(): Promise<Measurements> {
    const { dataFiles, cacheFolder, question, progress } = this.#request;
    this.#signal.throwIfAborted();
    this.#cache = await FigureCache.open(cacheFolder, dataFiles.root, question);
    const memory = new FactsMemory(this.#cache.files);
    const tables = new ConvertedTables(cacheFolder, dataFiles.root, question === undefined);
    try {
      await this.#openSources(dataFiles, memory, tables);
      const subjects = measuredSubjects(this.#model);
      this.#collectColumns();
      const sources = this.#model.all('Source');
      const total = subjects.length + sources.length;
      let done = 0;
      const step = (message: string): void => progress?.({ done: done++, total, message });
      const figures: Figure[] = [];
      for (const result of await this.#subjectResults(subjects, step)) {
        figures.push(...result.figures);
        this.#findings.push(...result.findings);
      }
      const summaries: SourceSummary[] = [];
      const records: ListedRecord[] = [];
      const checks: RecordCheckResult[] = [];
      const conformance: Conformance[] = [];
      const samples: RecordSample[] = [];
      for (const { name } of sources) {
        const session = this.#sessions.get(name);
        if (session === undefined) continue;
        step(`Reading ${name}`);
        checks.push(...(await this.#checkResults(session)));
        const result = await this.#sourceResult(session);
        summaries.push(result.summary);
        records.push(...result.records);
        if (result.sample !== undefined) samples.push(result.sample);
        this.#findings.push(...result.findings);
        const compared = await this.#conformance(session);
        if (compared.conformance !== undefined) conformance.push(compared.conformance);
        this.#findings.push(...compared.findings);
      }
      for (const table of this.#elsewhere) await table.settle();
      const changed = await this.#changedMeanwhile(dataFiles);
      this.#findings.push(...changed);
      // What rests on a file that was being written is not remembered.
      if (changed.length === 0) await this.#cache.save(memory.entries());
      progress?.({ done: total, total, message: 'Measured' });
      // Stopped after its last question is stopped, too.
      this.#signal.throwIfAborted();
      return { asOf: this.#asOf, figures: withoutEmptyBeginnings(withPartsTogether(figures)), checks, sources: summaries, findings: distinct(this.#findings), records, conformance, ...(samples.length === 0 ? {} : { samples }) };
    } finally {
      (await this.#engine?.catch(() => undefined))?.close();
      for (const table of this.#elsewhere) await table.close();
      await tables.close();
    }
  }

  /** See {@link rowsBehind}. */
  async rows(wanted: Subject, period: string, page: Page): Promise<FigureRows | string> {
    const { dataFiles, cacheFolder } = this.#request;
    this.#signal.throwIfAborted();
    const whole = subjectKey(wanted.kind === 'metric' ? { kind: 'metric', metric: wanted.metric } : wanted);
    const subject = measuredSubjects(this.#model).find((one) => subjectKey(one.subject) === whole);
    if (subject === undefined) return 'It is not declared any more';
    const tables = new ConvertedTables(cacheFolder, dataFiles.root);
    try {
      await this.#openSources(dataFiles, new FactsMemory(), tables);
      this.#collectColumns();
      const rows = await rowsOf(subject, wanted, period, page, {
        session: (source) => this.#sessions.get(source), news: () => this.#news(), targets: this.#targetContext(), metrics: this.#metricContext(),
      });
      for (const table of this.#elsewhere) await table.settle();
      return rows;
    } catch (error) {
      this.#signal.throwIfAborted();
      if (!(error instanceof EngineError)) throw error;
      return firstLine(error.message);
    } finally {
      (await this.#engine?.catch(() => undefined))?.close();
      for (const table of this.#elsewhere) await table.close();
      await tables.close();
    }
  }

  #news(): readonly SourceSession[] {
    return [...this.#sessions.values()].filter(({ source }) => source.recordKind === newsKind);
  }

  async #changedMeanwhile(dataFiles: DataFiles): Promise<readonly Finding[]> {
    const found: Finding[] = [];
    for (const { source, files } of this.#sessions.values()) found.push(...(await changedMeanwhile(source, files, dataFiles)));
    return found;
  }

  async #openSources(dataFiles: DataFiles, memory: FactsMemory, tables: ConvertedTables): Promise<void> {
    const context = { model: this.#model, clocks: this.#clocks, asOf: this.#asOf, engine: () => this.#openEngine(), session: (name: string) => this.#sessions.get(name) };
    const found: { name: string; hash: string; session: (hash: string) => SourceSession }[] = [];
    // The names that references of records may hold, and what priorities follow from.
    const names = referredTypes.map((type) => namesOfType(this.#model, type));
    const priorities = this.#model.all('Priority').map(({ name, conditions }) => plain([name, conditions]));
    for (const [index, stated] of this.#model.all('Source').entries()) {
      const source = stated.declared === undefined ? stated : asTableSource(stated);
      const remarks = new SourceRemarks(source);
      const databases = { ...this.#databases, mayRemember: this.#databases.mayRemember && this.#request.cacheFolder !== undefined };
      const { files, elsewhere } = source.declared !== undefined
        ? { files: await modelTable(this.#model, source, tables, remarks, this.#signal), elsewhere: undefined }
        : source.database === undefined
        ? { files: await findFiles(source, dataFiles, memory, tables, remarks, this.#signal), elsewhere: undefined }
        : await databaseRecords(this.#model, source, tables, remarks, this.#request.databases ?? { environment: process.env, credentials: this.#request.credentials }, databases, this.#signal);
      if (elsewhere !== undefined) this.#elsewhere.push(elsewhere);
      const hash = hashOf(plain(source), files.map(({ file, facts }) => [file, facts.hash]), elsewhere?.hash, remarks.findings.length, names, priorities);
      found.push({ name: source.name, hash, session: (whole) => new SourceSession(context, source, index, { files, elsewhere, readBecause: databases.because.get(source.name) }, remarks, whole) });
    }
    // A source that looks values up depends on the other's data too.
    const hashes = new Map(found.map(({ name, hash }) => [name, hash]));
    for (const { name, hash, session } of found) {
      const others = lookedUpSources(this.#model.get('Source', name));
      this.#sessions.set(name, session(others.length === 0 ? hash : hashOf(hash, others.map((other) => hashes.get(other)))));
    }
  }

  #openEngine(): Promise<Engine> {
    return (this.#engine ??= Engine.open([...new Set([...this.#sessions.values()].flatMap((session) => session.files.map(({ path }) => path)))], this.#signal));
  }

  /** Columns that are no fields but that some expression over records names: they are read along. */
  #collectColumns(): void {
    const ask = (source: string | undefined, expressions: Iterable<Parameters<typeof namesIn>[0] | undefined>): void => {
      const session = source === undefined ? undefined : this.#sessions.get(source);
      if (session === undefined) return;
      for (const expression of expressions) {
        if (expression === undefined) continue;
        for (const { name } of namesIn(expression)) if (session.fieldIndex(name) === undefined) session.extraColumn(name);
      }
    };
    for (const { targets, workloadLimits } of this.#model.all('Agreement')) {
      for (const { source, filter } of targets) ask(source, [filter]);
      for (const { source, filter } of workloadLimits) ask(source, [filter]);
    }
    for (const { source, filter, value, groupings } of this.#model.all('Metric')) {
      ask(source, [filter, value]);
      const session = source === undefined ? undefined : this.#sessions.get(source);
      for (const grouping of groupings) if (session !== undefined && session.fieldIndex(grouping) === undefined) session.extraColumn(grouping);
    }
    for (const { name, flow } of this.#model.all('Source')) ask(name, [flow?.finished]);
    // Lookups ask other sources for columns when they are compiled: before any source is read.
    for (const session of this.#sessions.values()) session.plan();
  }

  async #subjectResults(subjects: readonly MeasuredSubject[], step: (message: string) => void): Promise<readonly SubjectResult[]> {
    const results = new Map<MeasuredSubject, SubjectResult>();
    const timeTargets = new Map<string, { readonly subject: MeasuredSubject; readonly key: string; readonly targets: readonly TimeTarget[] }[]>();
    for (const subject of subjects) {
      await this.#breathe();
      const hashes = subject.sources.map((source) => this.#sessions.get(source)?.dataHash ?? 'none');
      const key = hashOf(subject.kind, subject.subject, subject.definition, hashes, this.#asOf, this.#periods);
      const known = this.#cache.get(key);
      if (known !== undefined) {
        results.set(subject, known as SubjectResult);
        step('Kept');
        continue;
      }
      if (subject.kind === 'target' && isTimeTarget(subject)) {
        const source = subject.statements.find(({ target }) => target.source !== undefined)?.target.source ?? '';
        const list = timeTargets.get(source) ?? [];
        list.push({ subject, key, targets: this.#timeTargets(subject) });
        timeTargets.set(source, list);
        continue;
      }
      step(`Measuring ${nameOf(subject)}`);
      const result = await this.#collecting(() => this.#figuresOf(subject), subject);
      this.#cache.set(key, result);
      results.set(subject, result);
    }
    // All time targets over one source together: it is read once, and they share its clocks.
    for (const [source, list] of timeTargets) {
      step(`Measuring targets from ${source}`);
      const result = await this.#collecting(async () => {
        const session = this.#sessions.get(source);
        const targets = list.flatMap((one) => one.targets);
        if (session === undefined) return targets.flatMap((one) => unknownFigures(one, undefined, source === '' ? 'The target names no source' : `There is no source “${source}”`));
        return await measureTimeTargets(targets, session, this.#targetContext());
      }, list[0]!.subject);
      const figuresOf = groupBy(result.figures, (figure) => JSON.stringify(figure.subject));
      const findingsOf = groupBy(result.findings, ({ place }) => ('entity' in place ? place.entity : ''));
      for (const { subject, key } of list) {
        await this.#breathe();
        const own: SubjectResult = {
          figures: figuresOf.get(JSON.stringify(subject.subject)) ?? [],
          findings: subject.kind === 'target' ? (findingsOf.get(subject.agreement.$key) ?? []).filter(({ place }) => subject.statements.some(({ index }) => 'path' in place && place.path?.[1] === index)) : [],
        };
        this.#cache.set(key, own);
        results.set(subject, own);
      }
    }
    return subjects.flatMap((subject) => results.get(subject) ?? []);
  }

  #since = performance.now();

  /** Lets others have their turn, and ends the run if it is not wanted any more. */
  async #breathe(): Promise<void> {
    if (performance.now() - this.#since < turn) return;
    await new Promise((resolve) => setImmediate(resolve));
    this.#since = performance.now();
    this.#signal.throwIfAborted();
  }

  #timeTargets(subject: Extract<MeasuredSubject, { kind: 'target' }>): readonly TimeTarget[] {
    return framesOfSubject(subject, this.#sessions.get(subject.statements[0]!.target.source ?? ''), this.#targetContext());
  }

  /** Runs a computation and keeps the findings it makes. A failure of the engine is an unknown figure that says so. */
  async #collecting(compute: () => Promise<readonly Figure[]>, subject: MeasuredSubject): Promise<SubjectResult> {
    const outside = this.#findings;
    this.#findings = [];
    try {
      const figures = await compute();
      return { figures, findings: this.#findings };
    } catch (error) {
      this.#signal.throwIfAborted();
      if (!(error instanceof EngineError)) throw error;
      const entity = subject.kind === 'metric' ? subject.metric.$key : subject.agreement.$key;
      return { figures: [], findings: [...this.#findings, finding({ entity, path: pathOf(subject) }, 'measurement', `${nameOf(subject)} could not be computed: ${firstLine(error.message)}`)] };
    } finally {
      this.#findings = outside;
    }
  }

  async #figuresOf(subject: MeasuredSubject): Promise<readonly Figure[]> {
    switch (subject.kind) {
      case 'workload': {
        const session = subject.limit.source === undefined ? undefined : this.#sessions.get(subject.limit.source);
        if (session === undefined) return this.#unknown(subject, subject.limit.source === undefined ? 'The limit names no source' : `There is no source “${subject.limit.source}”`, 'count', { comparison: subject.limit.comparison, value: subject.limit.value }, subject.limit.period ?? 'month');
        return await measureWorkload(subject.subject, subject.agreement, subject.limit, subject.index, session, this.#targetContext());
      }
      case 'metric': return await measureMetric(subject.metric, this.#metricContext(), { withGroups: true });
      case 'target': return await this.#targetFigures(subject);
    }
  }

  async #targetFigures(subject: Extract<MeasuredSubject, { kind: 'target' }>): Promise<readonly Figure[]> {
    const { statements } = subject;
    const context = this.#targetContext();
    const [first] = statements;
    const session = this.#sessions.get(first!.target.source ?? '');
    const figures: Figure[] = [];
    for (const one of framesOfSubject(subject, session, context)) {
      const { target } = one.statement;
      const held = heldMetric(one, statements, context);
      if (held !== undefined) {
        if (typeof held === 'string') figures.push(...this.#unknown(subject, held, 'count', { comparison: target.comparison ?? '>=', value: target.value ?? '' }, target.period ?? 'month'));
        else figures.push(...(await measureMetric(held.metric, this.#metricContext(), { ...held, subject: subject.subject, withGroups: false })));
      } else if (target.measure === 'availability') {
        figures.push(...(session === undefined ? unknownAvailability(one, undefined, sourceless(first!)) : await measureAvailability(one, session, context)));
      } else {
        figures.push(...(session === undefined ? unknownUpdates(one, undefined, sourceless(first!)) : await measureUpdates(one, session, this.#news(), context)));
      }
    }
    return figures;
  }

  #unknown(subject: MeasuredSubject, reason: string, unit: string, target: NonNullable<Figure['target']>, kind: Parameters<typeof framesOf>[0]): readonly Figure[] {
    const frames: readonly PeriodFrame[] = framesOf(kind, 1, this.#asOf, 'UTC');
    const valid = subject.kind === 'metric' ? frames : validFrames(frames, subject.agreement, 'UTC');
    return valid.map(({ period }) => ({ subject: subject.subject, period: period.id, unit, target, excluded: [], verdict: 'unknown', reason, computation: `Not computed: ${reason}.`, missed: [], dataHash: '' }));
  }

  #targetContext(): TimeTargetContext {
    return {
      model: this.#model, asOf: this.#asOf, periods: this.#periods, clocks: this.#clocks,
      report: (agreement: Agreement, path: Path, problem: ExpressionProblem) => {
        if (problem.reported === undefined) this.#findings.push(expressionFinding(agreement.$key, [...path, ...problem.path], problem));
      },
    };
  }

  #metricContext(): Parameters<typeof measureMetric>[1] {
    return {
      model: this.#model, asOf: this.#asOf, periods: this.#periods, clocks: this.#clocks,
      session: (source) => this.#sessions.get(source),
      report: (metric: Metric, problem: ExpressionProblem) => {
        if (problem.reported === undefined) this.#findings.push(expressionFinding(metric.$key, problem.path, problem));
      },
    };
  }

  async #checkResults(session: SourceSession): Promise<readonly RecordCheckResult[]> {
    const checks = (this.#request.recordChecks ?? []).filter(({ recordKind }) => recordKind === session.source.recordKind);
    if (checks.length === 0) return [];
    const targets = this.#restorationTargets(session);
    const asksOthers = checks.some(({ where, meets }) => [where, meets].some((text) => text !== undefined && /\blookup\b/.test(text)));
    const others = asksOthers ? [...this.#sessions.values()].map(({ source, dataHash }) => [source.name, dataHash]) : [];
    const key = hashOf('checks', session.dataHash, others, checks, targets.map(({ agreement, statement }) => [plain(statement.target), agreement.services, agreement.supportHours]), this.#calendarsHash(targets), this.#asOf, this.#periods);
    const known = this.#cache.get(key);
    if (known !== undefined) return known as readonly RecordCheckResult[];
    try {
      // A check whose fields are not there is not asked, so nothing is worked out for it.
      const usesLate = checks.some(({ where, meets, fields }) => fields.every((field) => derivedFields.has(field) || session.fieldIndex(field) !== undefined) && [where, meets].some((text) => text?.includes('past-due') === true));
      const derived = usesLate ? await this.#derived(session, targets) : () => undefined;
      const results = await runRecordChecks(checks.filter(({ where, meets }) => [where, meets].every((text) => text === undefined || parseExpression(text) !== undefined)), session, this.#window(session), derived);
      this.#cache.set(key, results);
      return results;
    } catch (error) {
      this.#signal.throwIfAborted();
      if (!(error instanceof EngineError)) throw error;
      this.#findings.push(finding({ entity: session.source.$key, path: ['name'] }, 'measurement', `The records of ${session.source.name} could not be checked: ${firstLine(error.message)}`));
      return [];
    }
  }

  #calendarsHash(targets: readonly TimeTarget[]): unknown {
    return targets.map(({ statement, agreement }) => clockOf(statement.target, agreement)).filter((id) => id !== undefined).map((id) => plain(this.#model.get('Calendar', id)));
  }

  /** `past-due`: by the time that the tool says was due, else by the agreements' targets for restoring and resolving. */
  #derived(session: SourceSession, targets: readonly TimeTarget[]): Promise<DerivedField> {
    const { name } = session.source;
    let derived = this.#late.get(name);
    if (derived === undefined) {
      derived = (async (): Promise<DerivedField> => {
        const end = ['restored', 'resolved', 'closed'].find((field) => session.fieldIndex(field) !== undefined);
        if (session.fieldIndex('due') !== undefined && end !== undefined) {
          return (field, query) => {
            if (field !== 'past-due') return undefined;
            const [due, done] = [query.field('due')!, query.field(end)!];
            return { type: 'truth', sql: `(coalesce(CASE WHEN ${done.sql} < ${session.asOf} THEN ${done.sql} END, ${session.asOf}) > ${due.sql})` };
          };
        }
        const table = await lateRecords(targets, session, this.#targetContext());
        return (field, query) => (field === 'past-due' && table !== undefined ? { type: 'truth', sql: `${query.joinFacts(table)}.late` } : undefined);
      })();
      this.#late.set(name, derived);
    }
    return derived;
  }

  #restorationTargets(session: SourceSession): readonly TimeTarget[] {
    const window = this.#window(session);
    return this.#model.all('Agreement').filter(({ type }) => type === 'sla').flatMap((agreement) => agreement.targets.flatMap((target, index): TimeTarget[] => {
      if ((target.measure !== 'restore' && target.measure !== 'resolve') || target.source !== session.source.name) return [];
      if (target.since !== undefined && target.since > this.#asOf) return [];
      if (agreement.targets.some((other) => other.name === target.name && other.since !== undefined && other.since <= this.#asOf && other.since > (target.since ?? ''))) return [];
      const period = framesOf('month', 1, this.#asOf, 'UTC')[0]!.period;
      return [{ subject: { kind: 'target', agreement: agreement.name, target: target.name }, agreement, statement: { target, index }, frames: [{ period, ...window }] }];
    }));
  }

  /** From the beginning of the oldest month that figures are computed for. */
  #window(session: SourceSession): { readonly from: number; readonly to: number } {
    const [oldest] = framesOf('month', this.#periods, this.#asOf, session.zone);
    return { from: oldest!.from, to: session.asOf };
  }

  /** How the flow that a source shows was followed. Read anew where the data, the flow or a process that it calls has changed. */
  async #conformance(session: SourceSession): Promise<ConformanceOutcome> {
    const { source } = session;
    if (source.flow === undefined) return { findings: [] };
    const processes = processesCalled(this.#model, source.flow.process).map(({ name, nodes }) => plain([name, nodes]));
    const calendar = source.flow.clock === undefined ? undefined : calendarDefinitions(this.#model, [source.flow.clock]);
    const key = hashOf('conformance', session.dataHash, processes, calendar, this.#asOf, this.#periods);
    const known = this.#cache.get(key);
    if (known !== undefined) return known as ConformanceOutcome;
    const reported: Finding[] = [];
    try {
      const outcome = await measureConformance(session, {
        model: this.#model, frames: framesOf('month', this.#periods, this.#asOf, session.zone), breathe: () => this.#breathe(),
        report: (path, problem) => void (problem.reported === undefined && reported.push(expressionFinding(source.$key, path, problem))),
      });
      const whole: ConformanceOutcome = { ...outcome, findings: [...outcome.findings, ...reported] };
      this.#cache.set(key, whole);
      return whole;
    } catch (error) {
      this.#signal.throwIfAborted();
      if (!(error instanceof EngineError)) throw error;
      return { findings: [finding({ entity: source.$key, path: ['flow', 'process'] }, 'measurement', `How ${source.flow.process} was followed could not be computed: ${firstLine(error.message)}`)] };
    }
  }

  async #sourceResult(session: SourceSession): Promise<SourceResult> {
    const seed = this.#request.sampleSeed ?? sampleSeedOf(this.#model);
    const key = hashOf('source', session.dataHash, this.#asOf, this.#periods, seed ?? '');
    const known = this.#cache.get(key);
    if (known !== undefined) return known as SourceResult;
    let result: SourceResult;
    try {
      const records = await listRecords(session, this.#window(session));
      const sample = seed === undefined ? undefined : await sampleRecords(session, seed, this.#asOf);
      const summary = await session.summary();
      result = { summary, findings: session.remarks.findings, records, ...(sample === undefined ? {} : { sample }) };
    } catch (error) {
      this.#signal.throwIfAborted();
      if (!(error instanceof EngineError)) throw error;
      const { source } = session;
      result = {
        summary: { source: source.name, recordKind: source.recordKind, files: session.files.map(({ file }) => file), rows: 0, records: 0, fields: source.mappings.map(({ field }) => field), dataHash: session.dataHash },
        findings: [...session.remarks.findings, finding({ entity: source.$key, path: source.database === undefined ? ['files', 0] : ['database'] }, 'data-file', `The data of ${source.name} could not be read: ${firstLine(error.message)}`)], records: [],
      };
    }
    this.#cache.set(key, result);
    return result;
  }
}

function nameOf(subject: MeasuredSubject): string {
  switch (subject.subject.kind) {
    case 'target': return `${subject.subject.agreement}.${subject.subject.target}`;
    case 'workload': return `${subject.subject.agreement}: ${subject.subject.limit}`;
    case 'metric': return subject.subject.metric;
  }
}

/** Periods before there was any record say nothing: a figure begins where its data does, but it never vanishes. */
function withoutEmptyBeginnings(figures: readonly Figure[]): readonly Figure[] {
  const begun = new Map<string, boolean>();
  const last = new Map<string, string>();
  const name = (figure: Figure): string => JSON.stringify(figure.subject);
  for (const figure of figures) last.set(name(figure), figure.period);
  return figures.filter((figure) => {
    const key = name(figure);
    const says = figure.value !== undefined || figure.excluded.length > 0 || begun.get(key) === true;
    begun.set(key, says);
    return says || last.get(key) === figure.period;
  });
}

function expressionFinding(entity: Agreement['$key'], path: Path, problem: ExpressionProblem): Finding {
  const place = { entity, path };
  return { ...finding(place, problem.code, problem.message), fixes: problem.suggestion === undefined ? [] : [{ title: `Change to ${problem.suggestion}`, edits: [{ kind: 'replace', place, text: problem.suggestion }] }] };
}

function finding(place: Finding['place'], code: string, message: string): Finding {
  return { code, severity: 'error', message, place, requirements: [], related: [], fixes: [] };
}

function distinct(findings: readonly Finding[]): readonly Finding[] {
  const seen = new Set<string>();
  return findings.filter((one) => {
    const key = JSON.stringify([one.code, one.message, one.place]);
    return !seen.has(key) && seen.add(key);
  });
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}

export { derivedFields };
