/**
 * A project: a folder of model texts with its configuration, kept up to date while texts and files change.
 *
 * Open one, hand it what changes (`setText` from an editor, `refresh` from the disk), and ask: `assessment()`,
 * `findingsOf(file)`, `model`, `figures()`, `reportInput(…)`. Measuring is asked for by `measure(…)` and runs beside.
 */
import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { EntityKey } from '../../language/model/declarations.ts';
import type { Finding, Severity } from '../../language/model/finding.ts';
import type { Fragment } from '../../language/model/fragment.ts';
import { fileSizeLimit, FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { spanAtPath } from '../../language/model/places.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { lastCompletedPeriod, type Period } from '../../language/values/period.ts';
import type { CertificationDay } from '../analysis/certification-calendar.ts';
import type { RowChange } from '../analysis/comparison/change.ts';
import { comparedStatuses } from '../analysis/comparison/compared-rows.ts';
import { comparedState, type ComparedState } from '../analysis/comparison/state.ts';
import type { AgreementFeasibility } from '../analysis/feasibility/check.ts';
import { promisedFlows, type PromisedFlow } from '../analysis/flow/flow-study.ts';
import { feasibilityOf, feasibilityStudy } from '../analysis/feasibility/feasibility-query.ts';
import type { FeasibilityStudy } from '../analysis/feasibility/study.ts';
import { documentedItems, type DocumentedItem } from '../analysis/documented-information.ts';
import type { Assessment } from '../assessment/assessment.ts';
import { AssessmentEngine, type AssessmentOptions } from '../assessment/engine.ts';
import { packAssessment, RestoredAssessment } from '../assessment/packed-assessment.ts';
import type { RowRemark } from '../assessment/row-remarks.ts';
import { locateFinding, type LocatedFinding } from '../assessment/located-findings.ts';
import { recommendationRules } from '../guidance/rules.ts';
import { rules } from '../iso20000/rules.ts';
import type { BackTest } from '../analysis/back-test/back-test-result.ts';
import { backTest, type BackTestOptions } from '../measurement/back-test/back-test.ts';
import type { Figure, Measurements, Subject } from '../measurement/figure.ts';
import type { FigureRows, Page } from '../measurement/figure-rows.ts';
import type { MeasureProgress } from '../measurement/measure.ts';
import type { Credentials } from '../measurement/databases/credentials.ts';
import { databasesOf, type NamedDatabase } from '../measurement/databases/named-databases.ts';
import { measuringHere, type Measurer, type ProjectMeasureRequest } from '../measurement/measurer.ts';
import type { Look } from '../reports/blocks.ts';
import type { ReportInput } from '../reports/report.ts';
import { wordsIn } from '../reports/words/words.ts';
import { resolveAsOf } from './as-of.ts';
import { assessmentKey, readAssessment, writeAssessment } from './assessment-cache.ts';
import { configurationFile } from './configuration-file.ts';
import { configurationFinding, defaultConfiguration, readConfiguration, type Configuration } from './configuration.ts';
import { decodeText } from './decode.ts';
import { contentHash, FragmentCache } from './fragment-cache.ts';
import { isRefused, type ProjectHost, type Refused } from './host.ts';
import { folderOfProgram, programStamp } from './program-stamp.ts';
import { readLogo } from './logo.ts';
import { lookUpFiles, sha256 } from './look-up-files.ts';
import { projectProvenance } from './provenance.ts';

export interface ProjectOptions {
  /** What `--as-of` or the editor's setting asks for; a text that is not a date counts as not asked. */
  readonly asOf?: string;
  /** False: no measuring, no git, no caches, nothing written. */
  readonly trusted: boolean;
  /** Folder for caches; absent: none are kept. */
  readonly cacheFolder?: string;
  /** Names the program that made the caches; absent: told from the program's file. For tests and benchmarks. */
  readonly cacheStamp?: string;
  /** What measures; in this very thread where not given. */
  readonly measurer?: Measurer;
  /** What a keeper of secrets has for databases of these names; asked each time, and not kept. */
  readonly credentials?: (databases: readonly NamedDatabase[]) => Promise<Credentials | undefined>;
}

export interface MeasureOptions {
  readonly signal?: AbortSignal;
  readonly progress?: (progress: MeasureProgress) => void;
  /** How many completed periods back; 13 where left out. */
  readonly periods?: number;
  /** By what samples of records are drawn for audits; what is audited says it where left out. */
  readonly sampleSeed?: string;
}

export type ProjectListener = () => void;

/** In bytes: every character may take four. */
const textSizeLimit = fileSizeLimit * 4;
const configurationSizeLimit = 1024 * 1024;
/** Loading lets other work through after this many milliseconds. */
const breathe = 15;

/** Where results may be kept, and the name of the program whose results they are. */
interface Caching {
  readonly folder: string;
  readonly stamp: string;
}

interface KeptText {
  readonly text: string;
  readonly hash: string;
}

export class Project {
  readonly host: ProjectHost;
  readonly model: ProjectModel = new ProjectModel();
  readonly builder: FragmentBuilder;
  readonly trusted: boolean;
  readonly #options: ProjectOptions;
  readonly #texts = new Map<string, KeptText>();
  /** Files whose text comes from an editor rather than from the disk. */
  readonly #open = new Set<string>();
  /** What is wrong with files that could not be read as they are. */
  readonly #fileFindings = new Map<string, readonly Finding[]>();
  readonly #listeners = new Set<ProjectListener>();
  #configuration: Configuration = defaultConfiguration;
  #asOf: IsoDate;
  readonly #engine: AssessmentEngine;
  /** Files whose file findings changed since {@link changedFiles} was last asked. */
  readonly #changedFiles = new Set<string>();
  #measurements: Measurements | undefined;
  #assessment: Assessment | undefined;
  /** What was kept of an earlier start, while it is about the texts as they are: until then the engine need not have run. */
  #restored: RestoredAssessment | undefined;
  /** Names what is on the disk already. */
  #keptTexts = '';
  #keptKey = '';

  private constructor(host: ProjectHost, options: ProjectOptions, builder: FragmentBuilder) {
    this.host = host;
    this.#options = options;
    this.trusted = options.trusted;
    this.builder = builder;
    this.#asOf = resolveAsOf(options.asOf, undefined);
    this.#engine = new AssessmentEngine(this.model, this.#assessmentOptions());
  }

  /** Reads the configuration only, so that an open text can be answered for at once; {@link load} reads the rest. */
  static async create(host: ProjectHost, options: ProjectOptions, builder: FragmentBuilder = new FragmentBuilder()): Promise<Project> {
    const project = new Project(host, options, builder);
    await project.#readConfiguration();
    return project;
  }

  /** Reads the configuration and every text of the project, and keeps what the next start may take over. */
  static async open(host: ProjectHost, options: ProjectOptions, builder?: FragmentBuilder): Promise<Project> {
    const project = await Project.create(host, options, builder);
    await project.load();
    await project.keep();
    return project;
  }

  /** The project's folder. */
  get root(): string {
    return this.host.root;
  }

  /** The date that everything which depends on today takes. */
  get asOf(): IsoDate {
    return this.#asOf;
  }

  get configuration(): Configuration {
    return this.#configuration;
  }

  get measurements(): Measurements | undefined {
    return this.#measurements;
  }

  /** Called after each change of the assessment or of the figures. @returns a function that ends it */
  onChanged(listener: ProjectListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * Reads all texts, those that have not changed since the last start from the cache, and assesses them, unless what was kept of an
   * assessment still holds. Other work gets its turn in between.
   */
  async load(signal?: AbortSignal): Promise<void> {
    const caching = await this.#caching();
    const cache = caching && (await FragmentCache.open(caching.folder, this.root, caching.stamp));
    const { files, refused } = await this.host.listTexts();
    for (const one of refused) this.#refuse(one);
    let parsed = 0;
    let since = performance.now();
    for (const { file } of files) {
      if (signal?.aborted === true) return;
      if (this.#open.has(file)) continue;
      const text = await this.#readText(file);
      if (text === undefined || this.#open.has(file)) continue;
      const hash = contentHash(text);
      const kept = cache?.get(file, hash);
      if (!kept) parsed++;
      this.#update(file, { text, hash }, kept);
      if (performance.now() - since > breathe) {
        await new Promise((resolve) => setImmediate(resolve));
        since = performance.now();
      }
    }
    cache?.release();
    if (parsed === 0) this.#keptTexts = JSON.stringify(this.#textHashes());
    if (caching) await this.#restore(caching);
    await this.settle();
    this.#changed();
  }

  /** Brings the assessment up to date piece by piece, and looks for the files that it asks for. Other work gets its turn in between. */
  async settle(): Promise<void> {
    if (this.#restored) return;
    await this.#assess();
    await this.lookUpFiles();
  }

  /** After a start with what was kept, makes ready what changes are assessed with: as {@link settle} does, beside whatever else goes on. */
  async prepare(): Promise<void> {
    await this.#assess();
    if (this.#restored) {
      // Both say the same. If they did not, this one is right.
      this.#forgetRestored();
      this.#changed();
    }
    await this.lookUpFiles();
  }

  /**
   * Keeps what has been read and assessed, without what was measured, for the next start; nothing where no caches are kept. What is kept
   * already is left as it is.
   */
  async keep(): Promise<void> {
    const caching = await this.#caching();
    if (!caching) return;
    const texts = JSON.stringify(this.#textHashes());
    if (texts !== this.#keptTexts) {
      this.#keptTexts = texts;
      await (await FragmentCache.open(caching.folder, this.root, caching.stamp)).save(this.#fragments());
    }
    if (this.#restored || this.#assessmentKey(caching.stamp) === this.#keptKey) return;
    await this.settle();
    const key = this.#assessmentKey(caching.stamp);
    const { wanted, kept } = this.#withoutMeasurements(() => ({
      wanted: this.#engine.takeWantedFiles(),
      kept: {
        namedFiles: this.#engine.knownFileStates(),
        assessment: packAssessment(this.#engine.assessment(), this.#engine.findingsByFile(), this.model),
      },
    }));
    if (wanted.length > 0) {
      // Without what was measured other files count, of which nothing is known yet: it is kept the next time.
      this.#engine.setFiles(await lookUpFiles(this.host, wanted));
      return;
    }
    this.#keptKey = key;
    await writeAssessment(caching.folder, this.root, key, kept);
  }

  async #assess(): Promise<void> {
    while (!this.#engine.settle(performance.now() + breathe)) await new Promise((resolve) => setImmediate(resolve));
  }

  /** Takes over the assessment of an earlier start, if it is about the same texts and files, on the same day. */
  async #restore({ folder, stamp }: Caching): Promise<void> {
    const key = this.#assessmentKey(stamp);
    const kept = await readAssessment(folder, this.root, key);
    if (!kept) return;
    try {
      const found = await lookUpFiles(this.host, kept.namedFiles.map(([file]) => file));
      // Texts may have been opened and changed meanwhile.
      if (JSON.stringify([...found]) !== JSON.stringify(kept.namedFiles) || this.#assessmentKey(stamp) !== key) return;
      const restored = new RestoredAssessment(kept.assessment, this.model);
      this.#engine.setFiles(found);
      this.#restored = restored;
      this.#keptKey = key;
      for (const file of restored.findingsByFile().keys()) this.#changedFiles.add(file);
    } catch {
      // It is no assessment, or about something else: then all is assessed, as if nothing had been kept.
    }
  }

  /** Something has changed, or the engine is ready: it is asked from now on. */
  #forgetRestored(): void {
    if (!this.#restored) return;
    // They are told anew, since the engine does not know what has been told.
    for (const file of this.#restored.findingsByFile().keys()) this.#changedFiles.add(file);
    this.#restored = undefined;
  }

  #assessmentKey(stamp: string): string {
    return assessmentKey({ stamp, asOf: this.#asOf, configuration: this.#configuration, texts: this.#textHashes() });
  }

  /** Of all texts as they are now, in the order of their names. */
  #textHashes(): [file: string, hash: string][] {
    return this.model.files().flatMap((file): [string, string][] => {
      const kept = this.#texts.get(file);
      return kept ? [[file, kept.hash === '' ? contentHash(kept.text) : kept.hash]] : [];
    });
  }

  #withoutMeasurements<T>(ask: () => T): T {
    const measurements = this.#measurements;
    if (!measurements) return ask();
    this.#engine.setMeasurements(undefined);
    try {
      return ask();
    } finally {
      this.#engine.setMeasurements(this.#untold(measurements));
    }
  }

  /** Who answers for the assessment now. */
  get #assessed(): Pick<AssessmentEngine, 'assessment' | 'severities' | 'findingsOf' | 'findingsByFile'> {
    return this.#restored ?? this.#engine;
  }

  /** The text of a file as the model knows it: of an open document its text in the editor. */
  text(file: string): string | undefined {
    return this.#texts.get(file)?.text;
  }

  files(): readonly string[] {
    return this.model.files();
  }

  /** A text from an editor: counts in place of the file on disk until {@link closeText}. */
  setText(file: string, text: string): void {
    this.#open.add(file);
    this.#setFileFindings(file, []);
    if (this.#texts.get(file)?.text === text && this.model.fragment(file)) return;
    this.#update(file, { text, hash: '' });
    this.#changed();
  }

  /** The editor has closed a text: what the disk holds counts again. */
  async closeText(file: string): Promise<void> {
    if (this.#open.delete(file)) await this.refresh([file]);
  }

  /** Takes a file out of the project. */
  remove(file: string): void {
    this.#open.delete(file);
    this.#drop(file);
    this.#changed();
  }

  /**
   * Files on disk have appeared, changed or vanished (named relative to the root); without names everything is looked
   * through. Texts that an editor holds are left alone. A change of the configuration is taken over too.
   */
  async refresh(files?: readonly string[]): Promise<void> {
    if (files === undefined || files.includes(configurationFile)) await this.#readConfiguration();
    const listing = await this.host.listTexts();
    const present = new Set([...listing.files, ...listing.refused].map(({ file }) => file));
    const wanted = files === undefined ? new Set([...present, ...this.model.files(), ...this.#fileFindings.keys()]) : new Set(files);
    for (const one of listing.refused) if (wanted.has(one.file)) this.#refuse(one);
    for (const file of wanted) {
      if (this.#open.has(file) || file === configurationFile || listing.refused.some((one) => one.file === file)) continue;
      if (!present.has(file)) {
        this.#drop(file);
        continue;
      }
      const text = await this.#readText(file);
      if (text === undefined || this.#open.has(file)) continue;
      const hash = contentHash(text);
      if (this.#texts.get(file)?.text !== text) this.#update(file, { text, hash });
    }
    this.#changed();
  }

  /** Looks for the files that the assessment asks for until it asks for none. Assesses. @returns whether any was looked for */
  lookUpFiles(): Promise<boolean> {
    // What was kept of an assessment holds for the files as they are.
    if (this.#restored) return Promise.resolve(false);
    return (this.#lookingUp ??= this.#lookUpWanted().finally(() => (this.#lookingUp = undefined)));
  }
  #lookingUp: Promise<boolean> | undefined;

  async #lookUpWanted(): Promise<boolean> {
    let any = false;
    for (let wanted = this.#engine.takeWantedFiles(); wanted.length > 0; wanted = this.#engine.takeWantedFiles()) {
      this.#engine.setFiles(await lookUpFiles(this.host, wanted));
      this.#changed();
      any = true;
    }
    return any;
  }

  /** Files that the model names (documents, evidence) have appeared, changed or vanished. */
  async refreshNamedFiles(files: readonly string[]): Promise<void> {
    const known = new Set(this.#engine.knownFiles());
    const named = files.filter((file) => known.has(file));
    if (named.length === 0) return;
    this.#engine.setFiles(await lookUpFiles(this.host, named));
    this.#forgetRestored();
    this.#changed();
    await this.lookUpFiles();
  }

  /** All findings and the status of every requirement. Computed on demand, after each change. */
  assessment(): Assessment {
    if (!this.#assessment) {
      const assessed = this.#assessed.assessment();
      const ofFiles = [...this.#fileFindings.values()].flat();
      // They are put into words when somebody asks for them, and not kept: of a large project that is most of the memory.
      this.#assessment = {
        asOf: assessed.asOf,
        requirements: assessed.requirements,
        get findings() {
          return [...ofFiles, ...assessed.findings];
        },
      };
    }
    return this.#assessment;
  }

  /** How many findings there are of each severity. */
  severities(): Readonly<Record<Severity, number>> {
    const count = { ...this.#assessed.severities() };
    for (const { severity } of [...this.#fileFindings.values()].flat()) count[severity]++;
    return count;
  }

  /** All findings that are shown in a file, in the order of their places. */
  findingsOf(file: string): readonly Finding[] {
    return [...(this.#fileFindings.get(file) ?? []), ...this.#assessed.findingsOf(file).map(({ finding }) => finding)];
  }

  /** The same, with places and related places as they stand now. */
  locatedFindingsOf(file: string): readonly LocatedFinding[] {
    const own = (this.#fileFindings.get(file) ?? []).flatMap((finding) => {
      const location = this.model.locate(finding.place);
      return location ? [locateFinding(finding, location, this.model)] : [];
    });
    return [...own, ...this.#assessed.findingsOf(file)];
  }

  /** Files that have findings. */
  filesWithFindings(): readonly string[] {
    return [...new Set([...this.#fileFindings.keys(), ...this.#assessed.findingsByFile().keys()])].sort();
  }

  /** Files whose findings, or the places of these, differ from when this was last asked. A file that is gone is among them if it had any. */
  changedFiles(): ReadonlySet<string> {
    const changed = new Set([...this.#changedFiles, ...(this.#restored ? [] : this.#engine.changedFiles())]);
    this.#changedFiles.clear();
    // Beside whatever else goes on; a file that cannot be looked up stays unknown.
    void this.lookUpFiles().catch(() => undefined);
    return changed;
  }

  /** What has been measured; empty before {@link measure}. */
  figures(): readonly Figure[] {
    return this.#measurements?.figures ?? [];
  }

  /**
   * Reads the declared sources and computes all figures, beside whatever else goes on. Texts that change meanwhile are
   * not waited for: who changes them measures again (and aborts this by its signal).
   *
   * @returns the figures, which the assessment then knows too; undefined where the project is not trusted and nothing is read
   * @throws the signal's reason when it is aborted
   */
  async measure(options: MeasureOptions = {}): Promise<Measurements | undefined> {
    if (!this.trusted) return undefined;
    await this.prepare();
    const measurements = await this.#measurer.measure({ ...(await this.#measureRequest()), recordChecks: this.#engine.recordChecks(), ...options });
    // Nobody wants it any more.
    options.signal?.throwIfAborted();
    this.setMeasurements(measurements);
    await this.lookUpFiles();
    return measurements;
  }

  /** The records behind a figure, read anew; a text says why there are none, as in a project that is not trusted. */
  async rowsBehind(subject: Subject, period: string, page: Page, options: Pick<MeasureOptions, 'signal' | 'periods'> = {}): Promise<FigureRows | string> {
    if (!this.trusted) return 'This workspace is not trusted: no data is read';
    return await this.#measurer.rowsBehind({ ...(await this.#measureRequest()), ...options }, subject, period, page);
  }

  /** Tests an agreement on the past; a text says why there is nothing to test, as in a project that is not trusted. @throws the signal's reason when it is aborted */
  async backTest(agreement: string, { months, signal }: BackTestOptions & { readonly signal?: AbortSignal } = {}): Promise<BackTest | string> {
    if (!this.trusted) return 'This workspace is not trusted: no data is read.';
    return await backTest({ ...(await this.#measureRequest()), ...(signal === undefined ? {} : { signal }) }, agreement, months === undefined ? {} : { months });
  }

  /** What a keeper of secrets has for the databases that sources name; of a project that is not trusted nothing is asked. */
  async databaseCredentials(): Promise<Credentials | undefined> {
    const databases = this.trusted ? databasesOf(this.model) : [];
    return databases.length === 0 ? undefined : await this.#options.credentials?.(databases);
  }

  get #measurer(): Measurer {
    return this.#options.measurer ?? measuringHere;
  }

  async #measureRequest(): Promise<ProjectMeasureRequest> {
    const caching = await this.#caching();
    const credentials = await this.databaseCredentials();
    return { model: this.model, asOf: this.#asOf, dataFiles: this.host, ...(credentials === undefined ? {} : { credentials }), ...(caching ? { cacheFolder: await folderOfProgram(caching.folder, caching.stamp) } : {}) };
  }

  /** Puts the results of measuring into the assessment. */
  setMeasurements(measurements: Measurements | undefined): void {
    this.#measurements = measurements;
    this.#engine.setMeasurements(measurements && this.#untold(measurements));
    this.#forgetRestored();
    this.#changed();
  }

  /** Without what the text alone says already. */
  #untold(measurements: Measurements): Measurements {
    return { ...measurements, findings: measurements.findings.filter((finding) => !this.#isSaidOfText(finding)) };
  }

  /** What certification asks for on which day. */
  certification(): readonly CertificationDay[] {
    return this.#engine.certification();
  }

  /** Whether what an agreement promises can be kept by what it rests on; undefined where none of this name is in force. */
  feasibility(agreement: string): AgreementFeasibility | undefined {
    return this.#engine.ask((context) => feasibilityOf(agreement, context));
  }

  /** All agreements in force, those with customers first, with workload limits. */
  feasibilityStudy(): FeasibilityStudy {
    return this.#engine.ask((context) => feasibilityStudy(context));
  }

  /** What is known of the flows of all processes, with the promises that they have to keep. */
  flows(): readonly PromisedFlow[] {
    return this.#engine.ask((context) => promisedFlows(context));
  }

  /** What rows lack and what is not known of them, one by one. */
  remarks(): readonly RowRemark[] {
    return this.#engine.remarks();
  }

  /** All documented information that the standard asks for, and where it is. Looks for the files that it names. */
  async documentedInformation(): Promise<readonly DocumentedItem[]> {
    return (await this.#remarksAndDocuments()).documents;
  }

  async #remarksAndDocuments(): Promise<{ readonly remarks: readonly RowRemark[]; readonly documents: readonly DocumentedItem[] }> {
    const ask = (): { readonly remarks: readonly RowRemark[]; readonly documents: readonly DocumentedItem[] } => {
      const remarks = this.remarks();
      return { remarks, documents: this.#engine.ask((context, approvals) => documentedItems({ context, approvals, written: this.model, assessment: this.assessment(), remarks })) };
    };
    await this.prepare();
    const found = ask();
    return (await this.lookUpFiles()) ? ask() : found;
  }

  /** What is compared with another state of the text. Looks for the files that it names. */
  async comparedState(): Promise<ComparedState> {
    const ask = (): ComparedState => this.#engine.ask((context, approvals) => comparedState({ context, approvals, written: this.model, assessment: this.assessment(), remarks: this.remarks() }));
    await this.prepare();
    const state = ask();
    return (await this.lookUpFiles()) ? ask() : state;
  }

  /**
   * The rows that would stand worse if a declaration were taken out of the text and nothing else changed. Nobody sees the text without it:
   * it is back before this returns.
   */
  rowsRestingOn(key: EntityKey): readonly RowChange[] {
    const before = this.#engine.assessment().requirements;
    const holding = [...new Set(this.model.placed(key).map(({ file }) => file))].flatMap((file) => this.model.fragment(file) ?? []);
    try {
      for (const fragment of holding) this.#engine.apply(this.model.update(fragment.file, { ...fragment, declarations: fragment.declarations.filter(({ entity }) => entity.key !== key) }));
      const after = this.#engine.assessment().requirements;
      return comparedStatuses(before, after, () => this.#engine.remarks()).filter(({ effect }) => effect === 'lost' || effect === 'gap opened');
    } finally {
      for (const fragment of holding) this.#engine.apply(this.model.update(fragment.file, fragment));
    }
  }

  /** Everything a report reads. @param period the last completed month where left out */
  async reportInput(period?: Period): Promise<ReportInput> {
    return {
      catalogue,
      model: this.model,
      locator: this.model,
      assessment: this.assessment(),
      measurements: this.#measurements,
      asOf: this.#asOf,
      period: period ?? lastCompletedPeriod('month', this.#asOf),
      flows: () => this.flows(),
      certification: this.certification(),
      ...(await this.#remarksAndDocuments()),
      ask: (question) => this.#engine.ask(question),
      provenance: await projectProvenance(this),
      words: wordsIn(this.configuration.documents.language),
      look: await this.#look(),
    };
  }

  /** The logo is read each time: its file may change. Findings say what is wrong with it. */
  async #look(): Promise<Look> {
    const { paper, name, accent, cover, footer, logo } = this.configuration.documents;
    const read = logo === undefined || !this.trusted ? undefined : await readLogo(this.host, logo);
    return {
      ...(paper === undefined ? {} : { paper }),
      ...(name === undefined ? {} : { name }),
      ...(accent === undefined ? {} : { accent }),
      ...(cover === undefined ? {} : { cover }),
      ...(footer === undefined ? {} : { footer }),
      ...(read === undefined || typeof read === 'string' ? {} : { logo: read }),
    };
  }

  /** Whether the text alone says already what measuring found: that a path is none that may be read. One finding is enough. */
  #isSaidOfText({ place }: Finding): boolean {
    if ('file' in place || place.path?.[0] !== 'files') return false;
    const entity = this.model.entity(place.entity);
    return entity !== undefined && entity.findings.some(({ code, at }) => code === 'file-path' && at === spanAtPath(entity.node, place.path ?? []));
  }

  /** Where results may be kept, and the name of the program whose results they are; undefined where none are kept. */
  async #caching(): Promise<Caching | undefined> {
    const { cacheFolder, cacheStamp } = this.#options;
    if (!this.trusted || cacheFolder === undefined) return undefined;
    const stamp = cacheStamp ?? (await programStamp());
    return stamp === undefined ? undefined : { folder: cacheFolder, stamp };
  }

  async #readConfiguration(): Promise<void> {
    const bytes = await this.host.read(configurationFile, configurationSizeLimit);
    let findings: readonly Finding[] = [];
    let configuration = defaultConfiguration;
    if (isRefused(bytes)) {
      if (bytes.refusal !== 'missing') findings = [fileFinding(configurationFile, 'configuration', bytes.message)];
    } else {
      const { text, problem } = decodeText(bytes);
      if (text === undefined || problem) findings = [fileFinding(configurationFile, 'configuration', problem?.message ?? 'This file cannot be read.')];
      else {
        ({ configuration, findings } = readConfiguration(text));
        const { logo } = configuration.documents;
        const read = logo === undefined || !this.trusted ? undefined : await readLogo(this.host, logo);
        if (typeof read === 'string') findings = [...findings, configurationFinding(text, read, ['documents', 'logo'])];
      }
    }
    this.#setFileFindings(configurationFile, findings);
    this.#configuration = configuration;
    this.#asOf = resolveAsOf(this.#options.asOf, configuration.asOf);
    this.#forgetRestored();
    this.#engine.configure(this.#assessmentOptions());
  }

  #assessmentOptions(): AssessmentOptions {
    const { severity, tolerance, intervals, evidenceMonths, certification, guidance } = this.#configuration;
    return { asOf: this.#asOf, severity, tolerance, intervals, certification, rules: guidance ? [...rules, ...recommendationRules] : rules, digest: sha256, ...(evidenceMonths === undefined ? {} : { evidenceMonths }) };
  }

  async #readText(file: string): Promise<string | undefined> {
    const bytes = await this.host.read(file, textSizeLimit);
    if (isRefused(bytes)) {
      this.#refuse(bytes);
      return undefined;
    }
    const { text, problem } = decodeText(bytes);
    if (problem) {
      const range = { line: problem.line, column: problem.column, endLine: problem.line, endColumn: problem.column + 1 };
      this.#setFileFindings(file, [{ ...fileFinding(file, problem.code, problem.message), place: { file, range } }]);
    } else {
      this.#setFileFindings(file, []);
    }
    if (text === undefined) this.#forget(file);
    return text;
  }

  #update(file: string, kept: KeptText, known?: Fragment): void {
    this.#texts.set(file, kept);
    const fragment = known ?? this.builder.build(file, kept.text, this.model.fragment(file));
    this.#forgetRestored();
    this.#engine.apply(this.model.update(file, fragment));
  }

  #refuse(refused: Refused): void {
    this.#forget(refused.file);
    this.#setFileFindings(refused.file, [fileFinding(refused.file, 'unreadable-file', refused.message)]);
  }

  #drop(file: string): void {
    this.#setFileFindings(file, []);
    this.#forget(file);
  }

  #forget(file: string): void {
    this.#texts.delete(file);
    if (!this.model.fragment(file)) return;
    this.#forgetRestored();
    this.#engine.apply(this.model.update(file, undefined));
  }

  #setFileFindings(file: string, findings: readonly Finding[]): void {
    if (findings.length === 0 && !this.#fileFindings.has(file)) return;
    this.#changedFiles.add(file);
    if (findings.length > 0) this.#fileFindings.set(file, findings);
    else this.#fileFindings.delete(file);
  }

  #fragments(): ReadonlyMap<string, { hash: string; fragment: Fragment }> {
    return new Map(
      this.#textHashes().flatMap(([file, hash]) => {
        const fragment = this.model.fragment(file);
        return fragment ? [[file, { hash, fragment }] as const] : [];
      }),
    );
  }

  #changed(): void {
    this.#assessment = undefined;
    for (const listener of this.#listeners) listener();
  }
}

function fileFinding(file: string, code: string, message: string): Finding {
  return { code, severity: 'error', message, place: { file }, requirements: [], related: [], fixes: [] };
}
