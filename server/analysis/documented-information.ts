/**
 * The documented information that the standard asks for, item by item: where it is, in which version, who approved it, when it is to be
 * looked at again, and what is missing. A document, an evidence, a declaration of the model or a source of records may be it.
 */
import { catalogue, type RequirementRow } from '../../language/catalogue/catalogue.ts';
import { documentedInformation, type DocumentedInformation } from '../../language/catalogue/documented-information.ts';
import type { AnyDeclaration, Approval, DeclarationTypes } from '../../language/model/declarations.ts';
import type { Place } from '../../language/model/finding.ts';
import type { Model } from '../../language/model/model.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { lastApproval, nextReview } from '../assessment/approvals.ts';
import { type ApprovalContext, contentHash, namesContent, stands } from '../assessment/approved-content.ts';
import type { Assessment, RequirementStatus } from '../assessment/assessment.ts';
import { latestOf } from '../assessment/dates.ts';
import { documentFault } from '../assessment/documents.ts';
import { evidenceFault, evidenceFor } from '../assessment/evidence.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { placeOf } from '../assessment/remark.ts';
import type { RowRemark } from '../assessment/row-remarks.ts';
import type { RuleContext } from '../assessment/rule.ts';
import { documentedEntries, entriesOf, whyNotNeeded } from '../iso20000/documented-entries.ts';
import { documentsOfKind, sourcesOf } from '../iso20000/documented-items.ts';
import { placeInWords } from '../measurement/databases/place-in-words.ts';
import { daysOf, idOf, keptAt, ownerOf, textFact } from './declared-facts.ts';

export type DocumentedState = 'noGap' | 'gap' | 'notRequired' | 'unknown';

/** Something that is documented information of a kind, or would be if nothing were wrong with it. */
export interface DocumentedPlace {
  /** A declared document, an evidence, a source of records, or a declaration that says it itself. */
  readonly form: 'document' | 'evidence' | 'records' | 'declaration';
  /** The name of its type: `Policy`, `ControlledDocument`. */
  readonly type: string;
  readonly id: string;
  readonly title: string;
  /** Where it is declared. */
  readonly place: Place;
  /** Where it is kept beside the model: a file, a location, a link. */
  readonly kept?: string;
  readonly version?: string;
  /** Id of who keeps it. */
  readonly owner?: string;
  /** The last approval; `stands` is false where what was approved has changed since. */
  readonly approval?: { readonly by: string; readonly on: string; readonly stands: boolean };
  /** The day that a record tells of. */
  readonly dated?: string;
  readonly review?: { readonly last: IsoDate; readonly due: IsoDate; readonly overdue: boolean };
  /** How many records were read from the source; undefined while none were. */
  readonly records?: number;
  /** What keeps it from counting, as a sentence. */
  readonly fault?: string;
}

export interface DocumentedItem {
  readonly item: DocumentedInformation;
  readonly state: DocumentedState;
  /** Why: what is missing, why nothing is required, what is not known. Sentences; none where there is no gap. */
  readonly reasons: readonly string[];
  /** What it is, those that count first. */
  readonly places: readonly DocumentedPlace[];
  /** Rows of the catalogue that ask for it. */
  readonly requirements: readonly string[];
}

export interface DocumentedInput {
  readonly context: RuleContext;
  readonly approvals: ApprovalContext;
  /** The model as it is written: with approvals that no longer stand. */
  readonly written: Model;
  readonly assessment: Assessment;
  readonly remarks: readonly RowRemark[];
}

const rank: Readonly<Record<DocumentedPlace['form'], number>> = { document: 0, records: 1, declaration: 2, evidence: 3 };

/** Where the catalogue suggests no other, documents are reviewed as this row says. */
const reviewRow = '7.5.2.c';

/** What rows lack, but for their effect, by row. */
type Shortfalls = ReadonlyMap<string, readonly string[]>;

/** All items in the order of the catalogue. */
export function documentedItems(input: DocumentedInput): readonly DocumentedItem[] {
  const statuses = new Map(input.assessment.requirements.map((status) => [status.id, status]));
  const shortfalls = new Map<string, string[]>();
  for (const { row, remark } of input.remarks) {
    if (remark.kind !== 'shortfall' || remark.axis === 'effective') continue;
    const known = shortfalls.get(row);
    if (known) known.push(remark.message);
    else shortfalls.set(row, [remark.message]);
  }
  return [...documentedInformation.values()].map((item) => documentedItem(item, statuses, shortfalls, input));
}

function documentedItem(item: DocumentedInformation, statuses: ReadonlyMap<string, RequirementStatus>, shortfalls: Shortfalls, input: DocumentedInput): DocumentedItem {
  // Those that count first; of records the latest.
  const places = placesOf(item, input).toSorted((a, b) => Number(a.fault !== undefined) - Number(b.fault !== undefined) || rank[a.form] - rank[b.form] || (a.dated === b.dated ? 0 : (a.dated ?? '') < (b.dated ?? '') ? 1 : -1));
  return { item, ...standing(item, places, statuses, shortfalls, input), places, requirements: item.requirementIds };
}

function standing(item: DocumentedInformation, places: readonly DocumentedPlace[], statuses: ReadonlyMap<string, RequirementStatus>, shortfalls: Shortfalls, { context }: DocumentedInput): Pick<DocumentedItem, 'state' | 'reasons'> {
  const because = whyNotNeeded(item.kind, context);
  if (places.every(({ form }) => form === 'evidence') && because !== undefined) return { state: 'notRequired', reasons: [because] };
  const rows = rowsOf(item).flatMap((row) => statuses.get(row.id) ?? []);
  if (places.length === 0 && rows.length > 0 && rows.every(({ applicability }) => applicability === 'notApplicable')) return { state: 'notRequired', reasons: unique(rows.flatMap(({ reason }) => reason ?? [])) };
  const short = rows.filter((row) => asksForThisAlone(row.id) && row.applicability !== 'notApplicable' && (row.declared === 'no' || row.evidenced === 'no')).map(({ id }) => id);
  if (short.length > 0) {
    const messages = short.flatMap((row) => shortfalls.get(row) ?? []);
    return { state: 'gap', reasons: messages.length > 0 ? unique(messages) : [`“${item.name}” has a gap.`] };
  }
  const counting = places.filter(({ fault }) => fault === undefined);
  const unread = counting.filter(({ form, records }) => form === 'records' && records === undefined);
  if (counting.length > unread.length) return { state: 'noGap', reasons: [] };
  if (unread.length > 0) return { state: 'unknown', reasons: [context.measurements === undefined ? 'nothing has been measured yet' : `source ${unread.map(({ id }) => id).join(', ')} could not be read`] };
  if (places.length > 0) return { state: 'gap', reasons: unique(places.flatMap(({ fault }) => fault ?? [])) };
  if (!isAskedFor(item)) return { state: 'notRequired', reasons: ['the standard asks for the activity, not for a document of it, and none is declared'] };
  return { state: 'gap', reasons: [`“${item.name}” is nowhere: neither is it declared, nor a document of kind ${item.kind}.`] };
}

function rowsOf({ requirementIds }: DocumentedInformation): readonly RequirementRow[] {
  return requirementIds.flatMap((id) => catalogue.row(id) ?? []);
}

/** Whether a gap of a row is a gap of the one item that it asks for. */
function asksForThisAlone(row: string): boolean {
  return catalogue.row(row)?.documentedInformation.documents.length === 1;
}

/** In words of the standard, or by a row that cannot be shown without. */
function isAskedFor(item: DocumentedInformation): boolean {
  return item.obligation === 'explicit' || rowsOf(item).some(({ documentedInformation: asked }) => asked.required);
}

function placesOf(item: DocumentedInformation, input: DocumentedInput): readonly DocumentedPlace[] {
  const { context } = input;
  const entries = documentedEntries[item.kind];
  const sources = entries?.ofAllKinds === true ? context.model.all('Source') : sourcesOf(entries, context);
  const documents = documentsOfKind(item, context);
  const evidence = unique(rowsOf(item).flatMap((row) => evidenceFor(row, context)));
  const told = new Set([...documents, ...sources, ...evidence].map(({ $key }) => $key));
  const declared = entriesOf(entries, context).filter(({ $key }) => !told.has($key));
  return [
    ...documents.map((document) => ({ ...describe('document', document, item, input), ...withFault(documentFault(document, { mode: document.mode ?? item.mode, ...intervalOf(item, input) }, context)?.message) })),
    ...declared.map((one) => (one.$type === 'Source' ? recordsOf(one, item, input) : { ...describe('declaration', one, item, input), ...withFault(fileFault(one, context)) })),
    ...sources.map((source) => recordsOf(source, item, input)),
    ...evidence.map((one) => ({ ...describe('evidence', one, item, input), ...withFault(evidenceFault(one, context)?.message) })),
  ];
}

function withFault(fault: string | undefined): { readonly fault?: string } {
  return fault === undefined ? {} : { fault };
}

function fileFault(declaration: AnyDeclaration, context: RuleContext): string | undefined {
  if (!('file' in declaration) || typeof declaration.file !== 'string' || !isFilledIn(declaration.file)) return undefined;
  const state = context.file(declaration.file);
  return state?.kind === 'refused' ? state.message : undefined;
}

function recordsOf(source: DeclarationTypes['Source'], item: DocumentedInformation, input: DocumentedInput): DocumentedPlace {
  const read = input.context.measurements?.source(source.name);
  // Where the last day is that of a plan, it is not known when the newest record was made.
  const newest = read?.to !== undefined && read.to <= input.context.asOf ? read.to : undefined;
  return { ...describe('records', source, item, input), kept: placeInWords(source), ...(read === undefined ? {} : { records: read.records, ...(newest === undefined ? {} : { dated: newest }) }) };
}

function intervalOf({ requirementIds, suggestedReviewMonths }: DocumentedInformation, { context }: DocumentedInput): { readonly interval?: ReturnType<RuleContext['plannedInterval']> } {
  return suggestedReviewMonths === null ? {} : { interval: context.plannedInterval(requirementIds[0] ?? reviewRow, suggestedReviewMonths) };
}

function describe(form: DocumentedPlace['form'], declaration: AnyDeclaration, item: DocumentedInformation, input: DocumentedInput): DocumentedPlace {
  const { context, written } = input;
  // What counts is seen through the rules' eyes; approvals are shown as they are written, void ones too.
  const id = idOf(declaration);
  const kept = keptAt(declaration);
  const version = textFact(declaration, 'version');
  const owner = ownerOf(declaration);
  const asWritten = written.entity(declaration.$key)?.node ?? declaration;
  const approval = approvalOf(asWritten, input);
  const dated = item.mode === 'retain' ? latestOf(daysOf(declaration), context.asOf) : undefined;
  const review = item.mode === 'maintain' ? reviewOf(declaration, item, input) : undefined;
  return {
    form,
    type: declaration.$type,
    id,
    title: textFact(declaration, 'title') ?? id,
    place: placeOf(declaration),
    ...(kept === undefined ? {} : { kept }),
    ...(version === undefined ? {} : { version }),
    ...(owner === undefined ? {} : { owner }),
    ...(approval === undefined ? {} : { approval }),
    ...(dated === undefined ? {} : { dated }),
    ...(review === undefined ? {} : { review }),
  };
}

/** The last approval of a document, or the last agreement to what was agreed. One that stands is shown before one that does not. */
function approvalOf(declaration: AnyDeclaration, { context: { asOf }, approvals }: DocumentedInput): DocumentedPlace['approval'] | undefined {
  if ('approvals' in declaration) {
    const content = namesContent(declaration) ? contentHash(declaration, approvals) : undefined;
    const latest = (standing: boolean): Approval | undefined => lastApproval(declaration.approvals.filter((one) => stands(one, content) === standing), asOf)?.approval;
    const valid = latest(true);
    const found = valid ?? latest(false);
    return found && { by: found.by, on: found.on, stands: valid !== undefined };
  }
  if ('agreed' in declaration) {
    const agreed = declaration.agreed.filter(({ by, on }) => isFilledIn(by) && on <= asOf).toSorted((a, b) => (a.on < b.on ? 1 : -1))[0];
    return agreed && { by: agreed.by, on: agreed.on, stands: true };
  }
  return undefined;
}

/** What is approved for one occasion and not looked at again at intervals. */
const notReviewed: ReadonlySet<string> = new Set(['Budget', 'ServiceDesign', 'ImprovementCriteria']);

function reviewOf(declaration: AnyDeclaration, item: DocumentedInformation, input: DocumentedInput): DocumentedPlace['review'] | undefined {
  const { asOf } = input.context;
  if (notReviewed.has(declaration.$type)) return undefined;
  const approvals = 'approvals' in declaration ? declaration.approvals : undefined;
  const review = 'review' in declaration && typeof declaration.review === 'object' ? declaration.review : undefined;
  if (approvals === undefined && review === undefined) return undefined;
  const next = nextReview({ ...(approvals === undefined ? {} : { approvals }), ...(review === undefined ? {} : { review }) }, asOf, intervalOf(item, input).interval?.months ?? input.context.plannedInterval(reviewRow).months);
  return next && { ...next, overdue: next.due < asOf };
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
