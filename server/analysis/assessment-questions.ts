/** The questions of assessors, answered from the model: what we would show and where it is, what is missing, and how it stands on the three axes. */
import { assessmentQuestions, type Answering, type AssessmentQuestion } from '../../language/catalogue/assessment-questions.ts';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { AnyDeclaration, DeclarationType } from '../../language/model/declarations.ts';
import type { Place } from '../../language/model/finding.ts';
import type { Model } from '../../language/model/model.ts';
import type { IsoDate } from '../../language/values/date.ts';
import type { Assessment, AxisState, RequirementStatus } from '../assessment/assessment.ts';
import { latestOf } from '../assessment/dates.ts';
import { namesOfRow } from '../assessment/evidence.ts';
import { axes, placeOf, type Axis } from '../assessment/remark.ts';
import type { RowRemark } from '../assessment/row-remarks.ts';
import type { Measurements } from '../measurement/figure.ts';
import { placeInWords } from '../measurement/databases/place-in-words.ts';
import { daysOf, idOf, keptAt, ownerOf, textFact, typeInWords, whatItSays } from './declared-facts.ts';
import type { DocumentedItem, DocumentedPlace } from './documented-information.ts';

/** Something that is shown to who asks. */
export interface Shown {
  /** In words: `policy`, `contract`, `records of incident`, `evidence`. */
  readonly what: string;
  readonly title: string;
  /** In its own words, as far as it says so. */
  readonly says?: string;
  /** Id of who answers for it. */
  readonly who?: string;
  /** Since when, or when last. */
  readonly since?: string;
  readonly kept?: string;
  readonly records?: number;
  readonly place: Place;
}

export interface Missing {
  readonly row: string;
  readonly axis: Axis;
  readonly message: string;
  readonly place?: Place;
}

export interface Answer {
  readonly question: AssessmentQuestion;
  readonly rows: readonly RequirementStatus[];
  /** What we would show first, and how much else there is. */
  readonly shows: readonly Shown[];
  readonly more: number;
  readonly missing: readonly Missing[];
  /** What is not known, as reasons. */
  readonly unknown: readonly string[];
  /** Why rows do not apply, or only later. */
  readonly notApplicable: readonly string[];
  /** All its rows together: no where one has a gap, else unknown where one is, else yes where one is. */
  readonly axes: Readonly<Record<Axis, AxisState>>;
}

export interface QuestionsInput {
  readonly model: Model;
  readonly assessment: Assessment;
  readonly remarks: readonly RowRemark[];
  readonly documents: readonly DocumentedItem[];
  readonly measurements: Measurements | undefined;
  readonly asOf: IsoDate;
}

/** More than these nobody puts on the table at once. */
const mostShown = 5;

/** All questions in their order, with what the model answers. */
export function answeredQuestions(input: QuestionsInput): readonly Answer[] {
  const statuses = new Map(input.assessment.requirements.map((status) => [status.id, status]));
  const documented = new Map<string, DocumentedPlace>();
  for (const { places } of input.documents) for (const place of places) documented.set(place.place.entity, place);
  return assessmentQuestions().map((question) => answer(question, statuses, documented, input));
}

function answer(question: AssessmentQuestion, statuses: ReadonlyMap<string, RequirementStatus>, documented: ReadonlyMap<string, DocumentedPlace>, input: QuestionsInput): Answer {
  const rows = question.requirementIds.flatMap((id) => statuses.get(id) ?? []);
  // What does not apply has no gap, whatever a rule said before it saw that.
  const applies = new Set(rows.filter(({ applicability }) => applicability !== 'notApplicable').map(({ id }) => id));
  const remarks = input.remarks.filter(({ row }) => applies.has(row));
  const shown = showsOf(question, documented, input);
  const missing = remarks.flatMap(({ row, remark }): Missing[] => (remark.kind === 'shortfall' ? [{ row, axis: remark.axis, message: remark.message, ...(remark.place ? { place: remark.place } : {}) }] : []));
  return {
    question,
    rows,
    shows: shown.first,
    more: shown.more,
    missing: missing.filter((one, index) => missing.findIndex(({ message }) => message === one.message) === index),
    unknown: [...new Set([...remarks.flatMap(({ remark }) => (remark.kind === 'unknown' ? [remark.reason] : [])), ...rows.filter(({ checked }) => !checked).map(({ id }) => `${id} is not checked`)])],
    notApplicable: [...new Set(rows.flatMap(({ applicability, reason }) => (applicability !== 'applicable' && reason !== undefined ? [reason] : [])))],
    axes: { declared: together(rows, 'declared'), evidenced: together(rows, 'evidenced'), effective: together(rows, 'effective') },
  };
}

/** A gap of one row is a gap of the answer; it is never better than what is known of its rows. */
function together(rows: readonly RequirementStatus[], axis: Axis): AxisState {
  const states = rows.filter(({ applicability }) => applicability !== 'notApplicable').map((row) => row[axis]);
  for (const state of ['no', 'unknown', 'yes'] as const) if (states.includes(state)) return state;
  return 'notRequired';
}

function showsOf(question: AssessmentQuestion, documented: ReadonlyMap<string, DocumentedPlace>, input: QuestionsInput): { readonly first: readonly Shown[]; readonly more: number } {
  const groups = [...question.shows.map((one) => answeringOf(one, documented, input)), statedFor(question, documented, input)];
  const items = question.requirementIds;
  const documents = input.documents.filter(({ requirements }) => requirements.some((id) => items.includes(id)));
  groups.push(documents.flatMap(({ item, places }) => places.slice(0, 1).map((place) => fromPlace(place, item.name))));
  const seen = new Set<string>();
  const fresh = groups.map((group) =>
    group.filter(({ place }) => {
      if (seen.has(place.entity)) return false;
      seen.add(place.entity);
      return true;
    }),
  );
  // Some of each: what stands first in one group must not hide the next.
  const share = Math.max(1, Math.floor(mostShown / Math.max(1, fresh.filter((group) => group.length > 0).length)));
  const first = fresh.flatMap((group) => group.slice(0, share));
  return { first, more: fresh.reduce((sum, group) => sum + group.length, 0) - first.length };
}

function answeringOf(answering: Answering, documented: ReadonlyMap<string, DocumentedPlace>, input: QuestionsInput): readonly Shown[] {
  const { model, asOf } = input;
  switch (answering.kind) {
    case 'records':
      return model.all('Source').filter(({ recordKind }) => recordKind === answering.recordKind).map((source) => shownOf(source, documented, input));
    case 'declarations': {
      const { type, fact, which } = answering;
      // The catalogue names types of the grammar; a test looks that it does.
      const all: readonly AnyDeclaration[] = model.all(type as DeclarationType);
      const chosen = which === undefined ? all : all.filter((one) => textFact(one, which.fact) === which.value);
      const shown = chosen.map((one) => shownOf(one, documented, input, fact));
      // What happened last is shown first.
      return shown.some(({ since }) => since !== undefined && since <= asOf) ? shown.toSorted((a, b) => ((a.since ?? '') === (b.since ?? '') ? 0 : (a.since ?? '') < (b.since ?? '') ? 1 : -1)) : shown;
    }
  }
}

/** Evidence and attestations that name its rows or their clauses. */
function statedFor({ requirementIds }: AssessmentQuestion, documented: ReadonlyMap<string, DocumentedPlace>, input: QuestionsInput): readonly Shown[] {
  const names = [...new Set(requirementIds.flatMap((id) => catalogue.row(id) ?? []).flatMap(namesOfRow))];
  const found = new Map<string, AnyDeclaration>();
  for (const name of names) for (const { entity } of input.model.referrers('Requirement', name)) if (entity.node.$type === 'Evidence' || entity.node.$type === 'Attestation') found.set(entity.key, entity.node);
  return [...found.values()].map((one) => shownOf(one, documented, input, one.$type === 'Attestation' ? 'statement' : undefined));
}

function shownOf(declaration: AnyDeclaration, documented: ReadonlyMap<string, DocumentedPlace>, { asOf, measurements }: QuestionsInput, fact?: string): Shown {
  const known = documented.get(declaration.$key);
  const says = whatItSays(declaration, fact);
  const who = ownerOf(declaration) ?? known?.approval?.by;
  const since = latestOf(daysOf(declaration), asOf) ?? (known?.approval?.stands === true ? known.approval.on : undefined);
  const kept = declaration.$type === 'Source' ? placeInWords(declaration) : keptAt(declaration);
  const read = declaration.$type === 'Source' ? measurements?.sources.find(({ source }) => source === declaration.name) : undefined;
  return {
    what: declaration.$type === 'Source' ? `records of ${declaration.recordKind}` : typeInWords(declaration),
    title: textFact(declaration, 'title') ?? (declaration.$type === 'Attestation' ? `of ${declaration.requirement.replace(/^iso20000:/, '')}` : idOf(declaration)),
    ...(says === undefined ? {} : { says }),
    ...(who === undefined ? {} : { who }),
    ...(since === undefined ? {} : { since }),
    ...(kept === undefined ? {} : { kept }),
    ...(read === undefined ? {} : { records: read.records }),
    place: placeOf(declaration),
  };
}

function fromPlace({ title, kept, owner, approval, dated, records, place }: DocumentedPlace, name: string): Shown {
  const who = owner ?? approval?.by;
  const since = dated ?? (approval?.stands === true ? approval.on : undefined);
  return { what: name.toLowerCase(), title, ...(who === undefined ? {} : { who }), ...(since === undefined ? {} : { since }), ...(kept === undefined ? {} : { kept }), ...(records === undefined ? {} : { records }), place };
}

/** How many questions have a gap on an axis, and of how many something is not known. */
export function countsOf(answers: readonly Answer[]): { readonly withGap: number; readonly unknown: number; readonly clear: number } {
  const withGap = answers.filter(({ axes: states }) => axes.some((axis) => states[axis] === 'no')).length;
  const unknown = answers.filter(({ axes: states }) => axes.every((axis) => states[axis] !== 'no') && axes.some((axis) => states[axis] === 'unknown')).length;
  return { withGap, unknown, clear: answers.length - withGap - unknown };
}
