/** A clause in the audit pack: from each of its statements to the documents, the evidence and the records that show that it is met. */
import type { RequirementRow } from '../../../language/catalogue/catalogue.ts';
import { declaredTitle } from '../../../language/model/declared-title.ts';
import type { DeclarationTypes } from '../../../language/model/declarations.ts';
import type { Place } from '../../../language/model/finding.ts';
import { idOf, typeInWords } from '../../analysis/declared-facts.ts';
import type { DocumentedPlace } from '../../analysis/documented-information.ts';
import type { AxisState, RequirementStatus } from '../../assessment/assessment.ts';
import { evidenceFault, evidenceFor, namesOfRow } from '../../assessment/evidence.ts';
import { attestationsOf } from '../../iso20000/attestations.ts';
import type { Block, Cell, Document, Inline, Inlines } from '../blocks.ts';
import { code, column, count, link, list, paragraph, quiet, section, strong, table, unknown, words as text } from '../block-builders.ts';
import { axes } from '../facts/gaps.ts';
import { titleById, titleOf } from '../facts/names.ts';
import { fileUrl } from '../renderers/safe-url.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportInput } from '../report.ts';
import { message, type Words } from '../words/words.ts';
import { normalized } from './named-files.ts';

/** What is where in the pack. */
export interface PackPlaces {
  /** Path of a file that the model names; undefined where it is not in the pack. */
  evidence(file: string): string | undefined;
  /** Path of a list of rows, such as `checks`, in the best format for a reader. */
  rows(id: string): string | undefined;
  register(id: string): string | undefined;
}

const states: Readonly<Record<AxisState, string>> = { yes: message('no gap found'), no: message('gap'), unknown: message('unknown'), notRequired: message('not required') };

/** As many places of one kind are listed; how many more there are is said. */
const mostPlaces = 6;
const mostKeys = 8;

/** By row, what several pages ask: found out once for all of them. */
export interface PackFacts {
  readonly statuses: ReadonlyMap<string, RequirementStatus>;
  readonly remarks: ReadonlyMap<string, readonly ReportInput['remarks'][number][]>;
  readonly documents: ReadonlyMap<string, readonly ReportInput['documents'][number][]>;
  readonly checks: ReadonlyMap<string, readonly NonNullable<ReportInput['measurements']>['checks'][number][]>;
  readonly evidence: ReadonlyMap<string, readonly { readonly one: DeclarationTypes['Evidence']; readonly fault?: string }[]>;
  readonly attestations: ReadonlyMap<string, readonly DeclarationTypes['Attestation'][]>;
}

export function packFacts(input: ReportInput): PackFacts {
  const { catalogue, assessment, remarks, documents, measurements } = input;
  const rows = catalogue.demands;
  const asked = input.ask((context) => ({
    evidence: new Map(rows.map((row) => [row.id, evidenceFor(row, context).map((one) => {
      const fault = evidenceFault(one, context)?.message;
      return { one, ...(fault === undefined ? {} : { fault }) };
    })])),
    attestations: new Map(rows.map((row) => [row.id, attestationsOf(namesOfRow(row), context)])),
  }));
  return {
    ...asked,
    statuses: new Map(assessment.requirements.map((status) => [status.id, status])),
    remarks: grouped(remarks.map((one) => [one.row, one] as const)),
    documents: grouped(documents.flatMap((one) => one.requirements.map((row) => [row, one] as const))),
    checks: grouped((measurements?.checks ?? []).map((check) => [check.check.split('/')[0] ?? '', check] as const)),
  };
}

function grouped<Value>(entries: readonly (readonly [string, Value])[]): ReadonlyMap<string, readonly Value[]> {
  const groups = new Map<string, Value[]>();
  for (const [key, value] of entries) {
    const known = groups.get(key);
    if (known) known.push(value);
    else groups.set(key, [value]);
  }
  return groups;
}

/** The catalogue's statements of a clause with their rows, in its order; a row of no statement stands alone. */
export function statementsOf(rows: readonly RequirementRow[]): readonly { readonly id: string; readonly rows: readonly RequirementRow[] }[] {
  return [...grouped(rows.map((row) => [row.statementId ?? row.id, row] as const))].map(([id, own]) => ({ id, rows: own }));
}

/** @param places paths seen from the page */
export function clausePage(input: ReportInput, clause: string, facts: PackFacts, places: PackPlaces): Document {
  const { catalogue, words } = input;
  const rows = catalogue.demands.filter((row) => row.clause === clause);
  return reportDocument(input, {
    id: `clause-${clause.replaceAll('.', '-')}`,
    title: `${clause} ${catalogue.clause(clause)?.title ?? ''}`,
    blocks: [
      paragraph(link('../index.html', words.say('All clauses'))),
      ...statementsOf(rows).map(({ id, rows: own }) => statementSection(input, id, own, facts, places)),
    ],
  });
}

function statementSection(input: ReportInput, id: string, rows: readonly RequirementRow[], facts: PackFacts, places: PackPlaces): Block {
  const { words } = input;
  const [first] = rows;
  const last = rows.at(-1);
  const number = first === undefined || last === undefined ? id : first === last ? first.id : `${first.id} – ${last.id}`;
  const documents = documentItems(input, rows, facts, places);
  const evidence = evidenceItems(input, rows, facts, places);
  const declared = declaredItems(input, rows);
  const records = recordPart(input, rows, facts, places);
  const parts: readonly (Block | undefined)[] = [
    documents.length === 0 ? undefined : section(words.say('Documents'), [{ kind: 'definitions', items: documents }]),
    evidence.length === 0 ? undefined : section(words.say('Evidence'), [list(evidence)]),
    declared.length === 0 ? undefined : section(words.say('What refers to it in the model'), [list(declared)]),
    records,
  ];
  const shown = parts.filter((part) => part !== undefined);
  return section(`${number} ${first?.title ?? ''}`, [rowTable(input, rows, facts), ...(shown.length === 0 ? [paragraph(quiet(words.say('No document, evidence or record is asked for; what the model says of it stands in its text.')))] : shown)], { anchor: `s-${id.replaceAll(/[^\w]+/g, '-')}` });
}

const othersSayIt: ReadonlySet<string> = new Set(['Evidence', 'Attestation', 'Waiver', 'Requirement']);

/** Processes, policies, audits, … that name a row or its clause. */
function declaredItems({ model, words, locator }: ReportInput, rows: readonly RequirementRow[]): readonly Inlines[] {
  const found = new Set(rows.flatMap((row) => namesOfRow(row).flatMap((name) => model.referrers('Requirement', name).map(({ entity: { node } }) => node))));
  const named = [...found].filter(({ $type }) => !othersSayIt.has($type));
  const more = named.length - mostPlaces;
  return [
    ...named.slice(0, mostPlaces).map((node): Inlines => [`${typeInWords(node)} `, strong(declaredTitle(node) ?? idOf(node)), ...declaredAt(locator, words, { entity: node.$key })]),
    ...(more > 0 ? [[quiet(words.count(more, 'and {0} more', 'and {0} more'))]] : []),
  ];
}

function rowTable({ words }: ReportInput, rows: readonly RequirementRow[], facts: PackFacts): Block {
  const cells = rows.map((row): readonly Cell[] => {
    const status = facts.statuses.get(row.id);
    return [text(strong(row.id)), text(row.requirement), ...axes.map((axis) => stateCell(words, status, axis)), text(whatIsMissing(words, row, status, facts))];
  });
  return table([column(words.say('Row'), 'text', { width: 'narrow' }), column(words.say('Requirement, in our words'), 'text', { width: 'wide' }), column(words.say('Declared'), 'text', { width: 'narrow' }), column(words.say('Evidenced'), 'text', { width: 'narrow' }), column(words.say('Effective'), 'text', { width: 'narrow' }), column(words.say('What was found'))], cells, { density: 'dense' });
}

function stateCell(words: Words, status: RequirementStatus | undefined, axis: (typeof axes)[number]): Cell {
  if (status === undefined || !status.checked) return text(quiet(words.say('not checked')));
  switch (status.applicability) {
    case 'notApplicable':
      return text(quiet(words.say('does not apply')));
    case 'later':
      return text(quiet(words.say('needed later')));
    case 'applicable':
      return text(status[axis] === 'no' ? strong(status.waived === undefined ? words.say('gap') : words.say('gap, accepted until {0}', words.date(status.waived.until))) : words.say(states[status[axis]]));
  }
}

function whatIsMissing(words: Words, row: RequirementRow, status: RequirementStatus | undefined, facts: PackFacts): string {
  if (status !== undefined && status.applicability !== 'applicable') return status.reason ?? '';
  const messages = (facts.remarks.get(row.id) ?? []).map(({ remark }) => (remark.kind === 'unknown' ? words.say('Not known: {0}', remark.reason) : remark.message));
  const unique = [...new Set(messages)];
  return [...unique.slice(0, mostPlaces), ...(unique.length > mostPlaces ? [words.count(unique.length - mostPlaces, '{0} more', '{0} more')] : [])].join(' ');
}

/** A file as a link into the pack, else as the model names it. */
function fileLink(words: Words, kept: string | undefined, title: string, places: PackPlaces): Inlines {
  if (kept === undefined) return [title];
  const path = places.evidence(normalized(kept));
  if (path !== undefined) return [link(fileUrl(path), title)];
  return [title, ': ', /^https?:\/\//i.test(kept) ? link(kept, kept) : code(kept)];
}

function documentItems(input: ReportInput, rows: readonly RequirementRow[], facts: PackFacts, places: PackPlaces): readonly { readonly term: Inlines; readonly meaning: Inlines }[] {
  const { words } = input;
  const items = [...new Set(rows.flatMap((row) => facts.documents.get(row.id) ?? []))];
  return items.map((item) => {
    const shown = item.places.slice(0, mostPlaces).map((place) => placeInWords(input, place, places));
    const more = item.places.length - shown.length;
    const said: readonly Inlines[] = [
      ...(item.state === 'gap' ? [[strong(words.say('gap'))]] : item.state === 'notRequired' ? [[words.say('not required')]] : item.state === 'unknown' ? [[words.say('unknown')]] : []),
      ...(item.places.length === 0 && item.reasons[0] !== undefined ? [[item.reasons[0]]] : []),
      ...shown,
      ...(more > 0 ? [[quiet(words.count(more, 'and {0} more', 'and {0} more'))]] : []),
    ];
    return { term: [item.item.name], meaning: said.flatMap((one, index): Inlines => [...(index === 0 ? [] : ['; ']), ...one]) };
  });
}

function placeInWords({ model, words, locator }: ReportInput, place: DocumentedPlace, places: PackPlaces): Inlines {
  const facts: Inline[] = [];
  if (place.version !== undefined) facts.push(words.say('version {0}', place.version));
  if (place.approval !== undefined) facts.push(words.say('approved by {0} on {1}', titleById(model, 'Party', place.approval.by), words.date(place.approval.on)), ...(place.approval.stands ? [] : [strong(words.say('approval void: changed since'))]));
  else if (place.dated !== undefined) facts.push(words.say('of {0}', words.date(place.dated)));
  if (place.records !== undefined) facts.push(words.count(place.records, '{0} record', '{0} records'));
  if (place.fault !== undefined) facts.push(strong(place.fault));
  const where = place.kept === undefined ? [place.title, ...declaredAt(locator, words, place.place)] : fileLink(words, place.kept, place.title, places);
  return [...where, ...facts.flatMap((fact): Inline[] => [', ', fact])];
}

/** In which text of the model it stands, for what has no file of its own. */
function declaredAt(locator: ReportInput['locator'], words: Words, place: Place): Inlines {
  const found = locator.locate(place);
  return found === undefined ? [] : [' (', link(fileUrl(`../model/${found.file}`), words.say('{0}, line {1}', found.file, String(found.range.line + 1))), ')'];
}

function evidenceItems({ model, words, locator }: ReportInput, rows: readonly RequirementRow[], facts: PackFacts, places: PackPlaces): readonly Inlines[] {
  const evidence = new Map(rows.flatMap((row) => facts.evidence.get(row.id) ?? []).map((found) => [found.one.name, found]));
  const attestations = new Set(rows.flatMap((row) => facts.attestations.get(row.id) ?? []));
  return [
    ...[...evidence.values()].map(({ one, fault }): Inlines => [...fileLink(words, one.file ?? one.link, titleOf(one), places), ...(one.dated === undefined ? [] : [', ', words.say('of {0}', words.date(one.dated))]), ...(one.by === undefined ? [] : [', ', titleById(model, 'Party', one.by)]), ...(fault === undefined ? [] : [', ', strong(fault)])]),
    ...[...attestations].map((one): Inlines => [words.say('{0} attested it on {1}', titleById(model, 'Party', one.by), words.date(one.on)), ...(one.statement === undefined ? [] : [': ', one.statement]), ...declaredAt(locator, words, { entity: one.$key })]),
  ];
}

function recordPart({ words }: ReportInput, rows: readonly RequirementRow[], facts: PackFacts, places: PackPlaces): Block | undefined {
  const checks = rows.flatMap((row) => facts.checks.get(row.id) ?? []);
  const heading = words.say('Records');
  if (checks.length === 0) return undefined;
  const path = places.rows('checks');
  const shown = checks.slice(0, 40);
  const cells = shown.map(({ check, source, population, shortfall, firstKeys, missingFields }): readonly Cell[] => [
    text(code(check)),
    text(source),
    population === undefined ? unknown(missingFields.length === 0 ? undefined : words.say('not mapped: {0}', missingFields.join(', '))) : count(population),
    shortfall === undefined ? unknown() : count(shortfall),
    text(firstKeys.slice(0, mostKeys).join(', '), ...(firstKeys.length > mostKeys ? [' …'] : [])),
  ]);
  return section(heading, [
    table([column(words.say('Check')), column(words.say('Source')), column(words.say('Records asked about'), 'number'), column(words.say('Fall short'), 'number'), column(words.say('First of them'), 'text', { width: 'wide' })], cells, {
      density: 'dense',
      ...(path === undefined ? {} : { caption: [words.say('{0} of {1} checks.', shown.length, checks.length), ' ', link(fileUrl(path), words.say('All rows'))] }),
    }),
  ]);
}
