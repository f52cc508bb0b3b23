import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { AnyDeclaration, EntityKey } from '../../language/model/declarations.ts';
import type { Finding, Severity } from '../../language/model/finding.ts';
import type { ModelChange, ProjectModel } from '../../language/model/project-model.ts';
import { duplicateFindings, linkFindings, type Suggestions } from '../../language/references/link-check.ts';
import { CycleCheck } from '../../language/validation/check-model.ts';
import type { IsoDate } from '../../language/values/date.ts';
import type { Measurements } from '../measurement/figure.ts';
import { certificationCalendar, type CertificationDay } from '../analysis/certification-calendar.ts';
import type { Assessment } from './assessment.ts';
import { voidApprovals, withStandingApprovals, type ApprovalContext } from './approved-content.ts';
import { certificationFindings, certificationIntervals, type CertificationSettings } from './certification-findings.ts';
import { attributed, composeAtPlaces, composeForSystem, composeRecommended, composeWithoutOrganization, crashFinding, isRecommended, isRequired } from './compose-findings.ts';
import { documented } from './documents.ts';
import { FindingStore } from './finding-store.ts';
import { findingOfLocal, type LocatedFinding } from './located-findings.ts';
import { MeasurementIndex } from './measurement-index.ts';
import { findingOf, Patterns, subjectOf, type KeptOutcome, type Pattern, type PatternFindings } from './pattern.ts';
import { placeOf, type Remark } from './remark.ts';
import { evidenceValidity, plannedInterval, type Intervals } from './planned-interval.ts';
import { missingFile } from './missing-files.ts';
import { NamedFiles, type NamedFileState } from './named-files.ts';
import { requirementStatus } from './requirement-status.ts';
import { rowRemarks, type RowRemark } from './row-remarks.ts';
import { RowTally, type Outcome } from './row-tally.ts';
import type { RecordCheck, Rule, RuleContext, RulePart, Trigger } from './rule.ts';
import { RuleRun, type RunOptions } from './rule-run.ts';
import { allParts, forgetReads, mostParts, trimReads, type Parts, type Reader } from './read-index.ts';
import { laterReason, milestoneOf, severityOf, type SeverityOverrides, type Standing } from './standing.ts';
import { tolerated, type Tolerances } from './tolerance.ts';
import { acceptedGaps, exclusionFindings, waiverFindings, type AcceptedGap } from './waivers.ts';

export interface AssessmentOptions {
  readonly asOf: IsoDate;
  /** By clause, statement or row: the narrowest that fits counts. */
  readonly severity?: SeverityOverrides;
  /** By clause, statement or row: how many records, or which share of them (`0.5%`), may fall short. */
  readonly tolerance?: Tolerances;
  /** By clause, statement or row: months between two times of what is done at planned intervals, where the model declares no interval. */
  readonly intervals?: Intervals;
  /** The certification calendar, in months. */
  readonly certification?: CertificationSettings;
  /** Months for which evidence and attestations hold that do not say so themselves. */
  readonly evidenceMonths?: number;
  /** SHA-256 of a text, in hexadecimal: for approvals that name what was approved. Left out: they are taken as they are written. */
  readonly digest?: (text: string) => string;
  /** Those of server/iso20000/rules.ts, with those of recommendations where the project asks for them; tests may give few. */
  readonly rules: readonly Rule[];
}

/** The rules of one declaration. Each is a part of the reader, and runs again for what it has read. */
interface EntityExecution extends Reader {
  readonly kind: 'entity';
  reading: Parts;
  stale: Parts;
  readonly key: EntityKey;
  /** As the rules saw it. */
  title: string | undefined;
  /** What the rules said of it: nothing of most kinds, undefined what nobody has asked yet. */
  pattern: Pattern | null | undefined;
  /** What has been made of that. */
  found: PatternFindings | undefined;
  /** Findings from its own text, and of its name. */
  own: readonly Finding[];
  links: readonly Finding[];
  /** Of the files that it names, and of what was approved. */
  files: readonly Finding[];
  /** Those of its rules that stand at other declarations. */
  elsewhere: readonly Finding[];
}

/** One check of the whole system. */
interface SystemExecution extends Reader {
  readonly kind: 'system';
  readonly rule: Rule;
  readonly part: Extract<RulePart, { range: 'system' }>;
  outcomes: readonly Outcome[];
}

type Execution = EntityExecution | SystemExecution;

/** A check of each declaration of a type. Those of one rule stand together. */
interface CheckOfType {
  readonly rule: Rule;
  readonly part: Extract<RulePart, { range: 'each' }>;
  /** As what its rule reads; where there are very many, some share one. */
  readonly reading: Parts;
}

const none: readonly never[] = [];
/** The outcomes of what is to be assessed as if it never was: under other options even silence is news. */
const retired: readonly never[] = [];

/**
 * Keeps the assessment of a project up to date as its model and its measurements change. Nothing is computed until it is asked for;
 * then only what the changes touch: rules whose reads changed, links of changed names, and what follows from them.
 *
 * Invariant: what it says is the same as what a new engine over the same model, measurements and options says.
 */
export class AssessmentEngine {
  readonly #model: ProjectModel;
  readonly #store: FindingStore;
  readonly #tallies = new Map<string, RowTally>();
  readonly #entities = new Map<EntityKey, EntityExecution>();
  /** Those with names that mean nothing: what is suggested for them depends on all names. */
  readonly #unlinked = new Set<EntityExecution>();
  #options: AssessmentOptions;
  #run: RuleRun;
  #systems: SystemExecution[] = [];
  #checksByType = new Map<string, CheckOfType[]>();
  #rulesByRow = new Map<string, Rule>();
  #patterns = new Patterns([]);
  #measurements: MeasurementIndex | undefined;

  #changes: ModelChange[] = [];
  #stale = true;
  readonly #dirty = new Set<Execution>();
  /** Whose names are to be looked up, and whose findings put together, once those that are dirty have run. */
  readonly #relink = new Set<EntityExecution>();
  readonly #recompose = new Set<EntityExecution>();
  #systemsChanged = false;
  #accepted: ReadonlyMap<string, AcceptedGap> = new Map();
  #standings = '';
  /** Counts how often standings have changed. */
  #standingsNumber = 0;
  #standingOfRow = new Map<string, Standing>();
  readonly #files = new NamedFiles();
  readonly #cycles = new CycleCheck();
  #cycleFindings: readonly Finding[] = none;
  #systemFindings: readonly Finding[] = none;
  #waiverFindings: readonly Finding[] = none;
  #measurementFindings: readonly Finding[] = none;

  constructor(model: ProjectModel, options: AssessmentOptions) {
    this.#model = model;
    this.#options = options;
    this.#store = new FindingStore(
      model,
      (row, sign) => {
        this.#tallyOf(row).findings += sign;
      },
      (key) => this.#entities.get(key)?.found?.here ?? none,
    );
    this.#run = new RuleRun(model, this.#runOptions());
    this.#adopt();
    // What is in the model already.
    const entities = new Set<EntityKey>();
    for (const file of model.files()) {
      this.#store.fileChanged(file);
      for (const { entity } of model.fragment(file)?.declarations ?? []) entities.add(entity.key);
    }
    this.#changes.push({ file: '', entities, names: new Set(), references: new Set() });
  }

  get asOf(): IsoDate {
    return this.#options.asOf;
  }

  /** Takes note of an update of the model, which has already happened. */
  apply(change: ModelChange): void {
    this.#changes.push(change);
    this.#run.forgetFound();
    this.#store.fileChanged(change.file);
    this.#stale = true;
  }

  setMeasurements(measurements: Measurements | undefined): void {
    this.#measurements = measurements && new MeasurementIndex(measurements);
    for (const reader of this.#run.setMeasurements(this.#measurements)) this.#mark(reader);
    this.#measurementFindings = this.#store.replace(this.#measurementFindings, measurements?.findings ?? none);
    this.#stale = true;
  }

  /** Files that rules asked for since this was last taken and that nobody has looked up. */
  takeWantedFiles(): readonly string[] {
    this.#settle();
    return this.#files.takeWanted();
  }

  /** The files that rules have asked for, and that somebody has looked up. */
  knownFiles(): readonly string[] {
    return this.#files.knownNames();
  }

  /** With what was found. */
  knownFileStates(): readonly (readonly [file: string, state: NamedFileState])[] {
    return this.#files.knownStates();
  }

  setFiles(found: ReadonlyMap<string, NamedFileState>): void {
    this.#run.forgetFound();
    for (const reader of this.#files.update(found)) {
      this.#mark(reader);
      this.#stale = true;
    }
  }

  /** Assesses everything anew under other options. */
  configure(options: AssessmentOptions): void {
    this.#options = options;
    for (const execution of this.#systems) this.#retire(execution);
    for (const execution of this.#entities.values()) this.#retire(execution);
    this.#files.forgetReaders();
    this.#run = new RuleRun(this.#model, this.#runOptions());
    this.#run.setMeasurements(this.#measurements);
    this.#adopt();
    for (const execution of this.#entities.values()) this.#dirty.add(execution);
    this.#standings = '';
    this.#stale = true;
  }

  /** The findings of a file, of the project's or of its data, in the order of their places. */
  findingsOf(file: string): readonly LocatedFinding[] {
    this.#settle();
    return this.#store.findingsOf(file);
  }

  /** All findings by file; files without any are left out. */
  findingsByFile(): ReadonlyMap<string, readonly LocatedFinding[]> {
    this.#settle();
    return new Map(this.#store.files().map((file) => [file, this.#store.findingsOf(file)]));
  }

  /** Files whose findings, or the places of these, differ from when this was last asked. A file that is gone is among them if it had any. */
  changedFiles(): Set<string> {
    this.#settle();
    return this.#store.takeChangedFiles();
  }

  /** How many findings there are of each severity. */
  severities(): Readonly<Record<Severity, number>> {
    this.#settle();
    return this.#store.severities();
  }

  /** Where the whole catalogue stands. Findings are in the order of files and places, and put into words when they are asked for. */
  assessment(): Assessment {
    this.#settle();
    const input = { model: this.#model, asOf: this.#options.asOf, measurements: this.#measurements, accepted: this.#accepted };
    const located = this.#store.files().map((file) => this.#store.findingsOf(file));
    return {
      asOf: this.#options.asOf,
      get findings() {
        return located.flatMap((list) => list.map(({ finding }) => finding));
      },
      requirements: catalogue.demands.map((row) => requirementStatus(row, this.#rulesByRow.get(row.id), this.#tallies.get(row.id), input)),
    };
  }

  /** What rows lack and what is not known of them, one by one: findings put together what stands at one place. */
  remarks(): readonly RowRemark[] {
    this.#settle();
    const placed = [...this.#entities.values()].flatMap(({ key, title, pattern }) => (pattern?.outcomes({ key, title }) ?? none).map((outcome) => ({ outcome, place: { entity: key } })));
    const ofSystem = this.#systems.flatMap(({ outcomes }) => outcomes.map((outcome) => ({ outcome })));
    return rowRemarks([...placed, ...ofSystem], (row) => severityOf(row, this.#options.severity ?? {}));
  }

  /** The calendar of certification; audits and reviews stand in it at the intervals that their rules take. */
  certification(): readonly CertificationDay[] {
    const { asOf, intervals = {}, certification = {} } = this.#options;
    const ofRules = { internalAudit: plannedInterval(intervals, '9.2.1.1').months, managementReview: plannedInterval(intervals, '9.3.1').months };
    return certificationCalendar(this.#model, asOf, { ...certificationIntervals(certification), ...ofRules });
  }

  /**
   * Asks with what rules may know, files and approvals among it. What it reads is not noted: the answer holds until the next change.
   * Files that nobody has looked up yet are unknown, and noted as wanted.
   */
  ask<T>(question: (context: RuleContext, approvals: ApprovalContext) => T): T {
    this.#settle();
    return this.#run.reading(undefined, (context) => question(context, this.#run.approvals));
  }

  /** What the rules ask of records: for measurement to answer. */
  recordChecks(): readonly RecordCheck[] {
    this.#settle();
    return recordChecks(this.#options.rules, this.#run);
  }

  #runOptions(): RunOptions {
    const { asOf, tolerance = {}, intervals = {}, evidenceMonths, digest } = this.#options;
    return {
      asOf,
      tolerated: (row, population) => tolerated(tolerance, row, population),
      plannedInterval: (row, otherwise) => plannedInterval(intervals, row, otherwise),
      evidenceValidity: evidenceValidity(evidenceMonths),
      files: this.#files,
      digest: digest ?? (() => ''),
    };
  }

  #adopt(): void {
    const { rules } = this.#options;
    this.#rulesByRow = new Map(rules.map((rule) => [rule.row.id, rule]));
    this.#patterns = new Patterns(rules);
    this.#checksByType = new Map();
    this.#systems = [];
    for (const rule of rules) {
      this.#tallyOf(rule.row.id);
      for (const part of needsDocument(rule) ? [...rule.parts, documented(rule.row)] : rule.parts) {
        if (part.range === 'system') this.#systems.push({ kind: 'system', rule, part, reads: undefined, outcomes: none });
        else {
          const known = this.#checksByType.get(part.type) ?? [];
          this.#checksByType.set(part.type, [...known, { rule, part, reading: 1 << (new Set([...known.map((check) => check.rule), rule]).size % mostParts) }]);
        }
      }
    }
    for (const execution of this.#systems) this.#dirty.add(execution);
  }

  #retire(execution: Execution): void {
    forgetReads(execution);
    if (execution.kind === 'system') this.#takeSystem(execution, retired);
    else {
      this.#releasePattern(execution);
      execution.pattern = undefined;
      execution.stale = allParts;
    }
    this.#dirty.delete(execution);
  }

  #tallyOf(row: string): RowTally {
    let tally = this.#tallies.get(row);
    if (!tally) this.#tallies.set(row, (tally = new RowTally()));
    return tally;
  }

  #mark(reader: Reader): void {
    if ('kind' in reader) this.#dirty.add(reader as Execution);
    else this.#run.mark(reader);
  }

  #settle(): void {
    if (this.#stale) this.#assess(() => false);
    this.#stale = false;
  }

  /**
   * Brings the assessment up to date, for a while: what is left goes on with the next call, or with the next question. In between
   * anything may change.
   *
   * @param until when to stop, by `performance.now()`; a little is done in any case
   * @returns whether it is up to date
   */
  settle(until: number): boolean {
    const pause = pauseAt(until);
    if (this.#stale && !this.#assess(pause)) return false;
    this.#stale = false;
    return this.#store.refresh(pause);
  }

  /** @returns whether everything has been assessed that has changed */
  #assess(pause: () => boolean): boolean {
    const dirty = this.#dirty;
    const relink = this.#relink;
    const recompose = this.#recompose;
    this.#takeChanges(relink);
    for (const reader of this.#run.refresh()) this.#mark(reader);

    if (this.#updateStandings()) {
      this.#systemsChanged = true;
      for (const execution of this.#entities.values()) if (execution.pattern) recompose.add(execution);
    }
    for (const execution of dirty) {
      if (pause()) return false;
      dirty.delete(execution);
      if (execution.kind === 'system') {
        if (this.#runSystem(execution)) this.#systemsChanged = true;
      } else if (this.#runEntity(execution)) recompose.add(execution);
    }
    const suggestions: Suggestions = new Map();
    for (const execution of relink) {
      if (pause()) return false;
      relink.delete(execution);
      this.#link(execution, suggestions);
    }
    for (const execution of recompose) {
      if (pause()) return false;
      recompose.delete(execution);
      this.#compose(execution);
    }
    this.#composeSystem(this.#systemsChanged);
    this.#systemsChanged = false;
    this.#replaceWaiverFindings([
      ...waiverFindings(this.#model, this.#options.asOf, {
        checked: (row) => this.#rulesByRow.has(row),
        hasGap: (row) => (this.#tallies.get(row)?.gaps ?? 0) > 0,
      }),
      ...exclusionFindings(this.#model),
      ...certificationFindings(this.certification(), this.#options.asOf, this.#options.certification ?? {}),
    ]);
    return true;
  }

  #replaceWaiverFindings(findings: readonly Finding[]): void {
    if (JSON.stringify(findings) !== JSON.stringify(this.#waiverFindings)) this.#waiverFindings = this.#store.replace(this.#waiverFindings, findings);
  }

  #takeChanges(relink: Set<EntityExecution>): void {
    const changes = this.#changes;
    this.#changes = [];
    const changed = new Set(changes.flatMap(({ entities }) => [...entities]));
    for (const change of changes) for (const reader of this.#run.affected(change)) this.#mark(reader);
    let namesChanged = false;
    for (const key of changed) {
      this.#store.entityChanged(key);
      let execution = this.#entities.get(key);
      if (this.#model.placed(key).length === 0) {
        if (execution) this.#remove(execution);
        continue;
      }
      if (!execution) {
        execution = { kind: 'entity', key, reads: undefined, reading: allParts, stale: allParts, title: undefined, pattern: null, found: undefined, own: none, links: none, files: none, elsewhere: none };
        this.#entities.set(key, execution);
      }
      execution.stale = allParts;
      this.#dirty.add(execution);
      relink.add(execution);
      this.#readOwn(execution);
    }
    for (const { names } of changes) {
      if (names.size > 0) namesChanged = true;
      // At the start all are linked anyway.
      if (relink.size === this.#entities.size) continue;
      for (const name of names) {
        for (const { entity } of this.#model.referrersOfId(name)) {
          const execution = this.#entities.get(entity.key);
          if (execution) relink.add(execution);
        }
      }
    }
    if (namesChanged) for (const execution of this.#unlinked) relink.add(execution);
    const cycles = this.#cycles.update(this.#model, changed);
    if (cycles !== this.#cycleFindings) {
      this.#store.replace(this.#cycleFindings, cycles);
      this.#cycleFindings = cycles;
    }
  }

  #remove(execution: EntityExecution): void {
    this.#retire(execution);
    for (const part of ['own', 'links', 'files'] as const) execution[part] = this.#store.replace(execution[part], none);
    this.#compose(execution);
    for (const set of [this.#unlinked, this.#relink, this.#recompose]) set.delete(execution);
    this.#entities.delete(execution.key);
  }

  #readOwn(execution: EntityExecution): void {
    const placed = this.#model.placed(execution.key);
    const own = placed.flatMap(({ entity }, occurrence) => entity.findings.map((finding) => findingOfLocal(finding, execution.key, occurrence)));
    if (placed.length > 1) own.push(...duplicateFindings(placed[0]!.entity, this.#model));
    if (own.length > 0 || execution.own.length > 0) execution.own = this.#store.replace(execution.own, own);
  }

  #link(execution: EntityExecution, suggestions: Suggestions): void {
    const links = this.#model.placed(execution.key).flatMap(({ entity }, occurrence) =>
      linkFindings(entity, this.#model, suggestions).map((finding) => (occurrence === 0 ? finding : elsewhere(finding, occurrence))),
    );
    if (links.length > 0) this.#unlinked.add(execution);
    else this.#unlinked.delete(execution);
    if (links.length > 0 || execution.links.length > 0) execution.links = this.#store.replace(execution.links, links);
  }

  /** Runs the rules of a declaration that have read what changed; of the others stands what they said before. */
  #runEntity(execution: EntityExecution): boolean {
    const { stale, key, title, pattern } = execution;
    execution.stale = 0;
    forgetReads(execution, stale);
    execution.reading = allParts;
    const written = this.#model.entity(key)?.node;
    if (stale === allParts) this.#readFiles(execution, written);
    const declaration = written && this.#run.reading(execution, () => withStandingApprovals(written, this.#run.approvals));
    const former = stale === allParts ? none : (pattern?.kept({ key, title }) ?? none);
    const outcomes: (KeptOutcome | Outcome)[] = [];
    let last: Rule | undefined;
    for (const { rule, part, reading } of (declaration && this.#checksByType.get(declaration.$type)) ?? none) {
      if ((reading & stale) === 0) {
        if (rule !== last) outcomes.push(...former.filter((outcome) => outcome.rule === rule));
      } else if (declaration && part.includes(declaration)) {
        execution.reading = reading;
        const outcome = this.#check(execution, rule, (context) => part.check(declaration, context));
        // Most have nothing to say, and nothing is kept of them.
        if (outcome.remarks.length > 0 || outcome.crash !== undefined) outcomes.push(outcome);
      }
      last = rule;
    }
    trimReads(execution);
    return this.#takeEntity(execution, outcomes, declaration);
  }

  /** What is to be said of the files that it names and of what was approved. */
  #readFiles(execution: EntityExecution, declaration: AnyDeclaration | undefined): void {
    const { approvals } = this.#run;
    const files = declaration ? this.#run.reading(execution, () => [...missingFile(declaration, (path) => approvals.file(path)), ...voidApprovals(declaration, approvals)]) : none;
    if (files.length > 0 || execution.files.length > 0) execution.files = this.#store.replace(execution.files, files);
  }

  /** Returns whether it says anything else than before. */
  #runSystem(execution: SystemExecution): boolean {
    forgetReads(execution);
    return this.#takeSystem(execution, [this.#check(execution, execution.rule, (context) => execution.part.check(context))]);
  }

  /** Runs one check; what it throws is told as a finding and costs no other rule its result. */
  #check(reader: Reader, rule: Rule, check: (context: RuleRun['context']) => readonly Remark[]): Outcome {
    return this.#run.reading(reader, (context) => {
      try {
        const trigger: Trigger = rule.trigger ? context.read(rule.trigger) : { applies: true };
        if (!trigger.applies) return { rule, remarks: [{ kind: 'notApplicable', reason: trigger.reason }] };
        return { rule, remarks: check(context) };
      } catch (error) {
        return { rule, remarks: none, crash: error instanceof Error ? error.message : String(error) };
      }
    });
  }

  /** Puts what was said in place of what was said before. Most say the same again: then what follows from it is left as it is. */
  #takeEntity(execution: EntityExecution, outcomes: readonly (KeptOutcome | Outcome)[], declaration: AnyDeclaration | undefined): boolean {
    const { pattern: before, title } = execution;
    const subject = declaration && subjectOf(declaration);
    const pattern = subject && outcomes.length > 0 ? this.#patterns.take(outcomes, subject) : null;
    if (pattern === before && subject?.title === title) {
      if (pattern) this.#patterns.release(pattern);
      return false;
    }
    this.#releasePattern(execution);
    if (pattern && subject) this.#count(pattern.counted(subject), 1);
    execution.pattern = pattern;
    execution.title = subject?.title;
    return pattern !== before || pattern !== null;
  }

  #releasePattern({ pattern, key, title }: EntityExecution): void {
    if (!pattern) return;
    this.#count(pattern.counted({ key, title }), -1);
    this.#patterns.release(pattern);
  }

  #takeSystem(execution: SystemExecution, outcomes: readonly Outcome[]): boolean {
    if (execution.outcomes !== retired && sameOutcomes(execution.outcomes, outcomes)) return false;
    this.#count(execution.outcomes, -1);
    this.#count(outcomes, 1);
    execution.outcomes = outcomes;
    return true;
  }

  #count(outcomes: readonly Outcome[], sign: 1 | -1): void {
    for (const outcome of outcomes) this.#tallyOf(outcome.rule.row.id).count(outcome, sign);
  }

  #compose(execution: EntityExecution): void {
    const { key, title, pattern, found: before } = execution;
    const found = pattern?.found(this.#standingsNumber, (rule) => this.#standingOf(rule));
    execution.found = found;
    for (const row of before?.rows ?? none) this.#tallyOf(row).findings--;
    for (const row of found?.rows ?? none) this.#tallyOf(row).findings++;
    this.#store.entityChanged(key);
    const elsewhere = found?.elsewhere ?? none;
    if (elsewhere.length > 0 || execution.elsewhere.length > 0) execution.elsewhere = this.#store.replace(execution.elsewhere, elsewhere.map((finding) => findingOf(finding, { key, title })));
  }

  #composeSystem(changed: boolean): void {
    const organization = this.#model.all('Organization')[0];
    const file = this.#model.files()[0];
    const standsAt = organization ? organization.$key : `file ${file}`;
    if (!changed && standsAt === this.#systemPlace) return;
    this.#systemPlace = standsAt;
    const outcomes = this.#systems.flatMap((system) => system.outcomes);
    const items = attributed(outcomes.filter(isRequired));
    const unplaced = items.filter(({ remark }) => !remark.place);
    const findings = composeAtPlaces(items, undefined, (rule) => this.#standingOf(rule));
    if (organization) findings.push(...composeForSystem(unplaced, placeOf(organization), (rule) => this.#standingOf(rule)));
    else if (file !== undefined) findings.push(composeWithoutOrganization(unplaced, { file }));
    const place = organization ? placeOf(organization) : file === undefined ? undefined : { file };
    findings.push(...composeRecommended(attributed(outcomes.filter(isRecommended)), organization && placeOf(organization)));
    for (const { rule, outcomes } of this.#systems) {
      for (const { crash } of outcomes) if (crash !== undefined && place) findings.push(crashFinding(rule, crash, place));
    }
    this.#systemFindings = this.#store.replace(this.#systemFindings, findings);
  }
  #systemPlace = '';

  /** Whether waivers or the milestone changed how findings stand. */
  #updateStandings(): boolean {
    this.#accepted = acceptedGaps(this.#model, this.#options.asOf);
    const standings = JSON.stringify([milestoneOf(this.#model), [...this.#accepted].map(([row, { until, approvedBy }]) => [row, until, approvedBy])]);
    if (standings === this.#standings) return false;
    this.#standings = standings;
    this.#standingsNumber++;
    this.#standingOfRow = new Map();
    return true;
  }

  #standingOf({ row }: Rule): Standing {
    let standing = this.#standingOfRow.get(row.id);
    if (!standing) {
      const accepted = this.#accepted.get(row.id);
      const later = laterReason(row, milestoneOf(this.#model));
      standing = accepted
        ? { kind: 'accepted', accepted }
        : later === undefined
          ? { kind: 'open', severity: severityOf(row, this.#options.severity ?? {}) }
          : { kind: 'later', reason: later };
      this.#standingOfRow.set(row.id, standing);
    }
    return standing;
  }
}

/** Whether it is time to stop; it never is before something has been done. */
function pauseAt(until: number): () => boolean {
  let steps = 0;
  return () => steps++ > 0 && performance.now() >= until;
}

function sameOutcomes(before: readonly Outcome[], after: readonly Outcome[]): boolean {
  return before.length === after.length && before.every((one, index) => one === after[index] || sameOutcome(one, after[index]!));
}

function sameOutcome(a: Outcome, b: Outcome): boolean {
  return a.rule === b.rule && a.crash === b.crash && a.remarks.length === b.remarks.length && (a.remarks.length === 0 || JSON.stringify(a.remarks) === JSON.stringify(b.remarks));
}

/** Whether documented information is asked for that is not what the rule looks at itself: neither records nor declared entries. */
function needsDocument({ row, evidence, records }: Rule): boolean {
  return evidence === 'document' && row.documentedInformation.required && records.length === 0;
}

/** What all rules ask of records, for a run over a model. */
export function recordChecks(rules: readonly Rule[], run: RuleRun): readonly RecordCheck[] {
  return rules.flatMap((rule) => rule.records.flatMap((demand) => run.reading(undefined, (context) => demand.checks(context))));
}

function elsewhere(finding: Finding, occurrence: number): Finding {
  return 'file' in finding.place ? finding : { ...finding, place: { ...finding.place, occurrence }, fixes: [] };
}
