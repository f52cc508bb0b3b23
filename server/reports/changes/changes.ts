/** What changed since an earlier state of the text, for a management review (9.3) and for whoever approves a change. */
import { topics, type Change, type Detail, type RowChange, type Topic } from '../../analysis/comparison/change.ts';
import { countEffect, effectInWords, promiseTopics, rowGroups, rowsWith, stateInWords, subjectInWords, subjectOf } from '../../analysis/comparison/words.ts';
import type { ComparedRevisions, Revision } from '../../analysis/comparison/compared-revisions.ts';
import type { Block, Cell, Document, KeyFigure, Row } from '../blocks.ts';
import { at, code, column, date, keyFigures, lead, list, paragraph, quiet, section, strong, table, words } from '../block-builders.ts';
import { titleOf } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import { plural } from '../renderers/format-values.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';

export const changesReport: ReportDefinition = {
  id: 'changes',
  title: 'What changed',
  description: 'What changed in meaning since a tag or commit: requirements gained and lost, promises tightened or loosened, approvals, evidence, scope, services, risks.',
  clause: '9.3',
  parameters: { since: true },
  build,
};

function build(input: ReportInput): Document {
  const [organization] = input.model.all('Organization');
  const { changes } = input;
  return {
    id: 'changes',
    title: 'What changed',
    ...(changes === undefined ? {} : { subtitle: betweenInWords(changes) }),
    language: 'en',
    organization: organization === undefined ? 'Organization not declared' : titleOf(organization),
    provenance: input.provenance,
    blocks: changes === undefined ? [paragraph('No earlier state was named to compare with.')] : blocksOf(input, changes),
  };
}

/** `from v1.2 (2026-06-01, 0123abcd) to the text of now, both as of 2026-11-10`. */
export function betweenInWords({ from, to, asOf }: ComparedRevisions): string {
  return `from ${revisionInWords(from)} to ${to === undefined ? 'the text of now' : revisionInWords(to)}, both as of ${asOf}`;
}

function revisionInWords({ asked, commit, on }: Revision): string {
  const short = commit.slice(0, 8);
  return commit.startsWith(asked) ? `${short} (${on})` : `${asked} (${on}, ${short})`;
}

function blocksOf(input: ReportInput, changes: ComparedRevisions): readonly Block[] {
  const { comparison, passed } = changes;
  const isNothing = comparison.rows.length === 0 && comparison.changes.length === 0;
  return [
    lead(isNothing ? 'Nothing has changed in meaning.' : `Changed in meaning: ${plural(comparison.changes.length, 'declaration')}. Standing differently: ${plural(new Set(comparison.rows.map(({ row }) => row)).size, 'catalogue row')}.`),
    keyFigures(keyFiguresOf(changes)),
    ...rowSections(input, comparison.rows),
    ...topics.flatMap((topic) => topicSection(changes, topic)),
    ...(passed.length === 0
      ? []
      : [section('What ran out by the passing of time', [
          paragraph(`Of the text as it is in the later state, between ${changes.from.on} and ${changes.asOf}; nothing of this is a change of the text.`),
          table([column('Day', 'date'), column('What', 'text', { width: 'wide' }), column('Event')], passed.map(({ on, subject, event, place }): Cell[] => [date(on), words(at(sourcePlace(changes.locator, place), subject)), words(event)])),
        ], { anchor: 'passed' })]),
    method(changes),
  ];
}

function keyFiguresOf({ comparison, passed }: ComparedRevisions): readonly KeyFigure[] {
  const [lost, opened] = [rowsWith(comparison, 'lost').length, rowsWith(comparison, 'gap opened').length];
  const [loosened, voided] = [countEffect(comparison, 'loosened', promiseTopics), countEffect(comparison, 'voided')];
  const figure = (name: string, value: number, isBad: boolean, note: string): KeyFigure => ({ name, value: String(value), ...(isBad && value > 0 ? { status: 'below' as const } : {}), note: [note] });
  return [
    figure('Requirements lost', lost, true, `catalogue rows; ${plural(opened, 'more row')} with a gap that was not known or not asked before`),
    figure('Requirements gained', rowsWith(comparison, 'gained').length, false, `catalogue rows; ${plural(rowsWith(comparison, 'gap closed').length, 'more row')} without the former gap, but not known to be met`),
    figure('Promises loosened', loosened, false, `${countEffect(comparison, 'tightened', promiseTopics)} tightened`),
    figure('Approvals voided', voided, true, `${countEffect(comparison, 'unbound')} over other content than was approved, and not bound to it; ${countEffect(comparison, 'given')} given`),
    figure('Evidence that ran out', passed.filter(({ kind }) => kind === 'evidence' || kind === 'attestation').length + countEffect(comparison, 'expired'), true, 'by a change of the text or the passing of time'),
  ];
}

function rowSections({ catalogue }: ReportInput, rows: readonly RowChange[]): readonly Block[] {
  return rowGroups.flatMap(({ heading, effects, anchor }) => {
    const own = rows.filter(({ effect }) => effects.includes(effect));
    if (own.length === 0) return [];
    const columns = [column('Row', 'text', { width: 'narrow' }), column('What is asked'), column('On', 'text', { width: 'narrow' }), column('Before', 'text', { width: 'narrow' }), column('After', 'text', { width: 'narrow' }), column('Why', 'text', { width: 'wide' })];
    return [
      section(heading, [
        table(columns, own.map(({ row, on, before, after, reasons }): Cell[] => [words(strong(row)), words(catalogue.row(row)?.title ?? ''), words(on), words(stateInWords(before)), words(stateInWords(after)), words(reasons.join(' '))]), { density: 'dense' }),
      ], { anchor }),
    ];
  });
}

const headings: Readonly<Record<Topic, string>> = {
  scope: 'Scope', agreements: 'Agreements', services: 'Services', customers: 'Customers', suppliers: 'Suppliers', calendars: 'Calendars', approvals: 'Approvals', evidence: 'Evidence and attestations', risks: 'Risks',
  processes: 'Processes and procedures', 'policies and plans': 'Policies, plans and documents', measurement: 'Sources, metrics and objectives', people: 'People, roles and teams', other: 'Other declarations',
};

export function topicInWords(topic: Topic): string {
  return headings[topic];
}

function topicSection(changes: ComparedRevisions, topic: Topic): readonly Block[] {
  const own = changes.comparison.changes.filter((change) => change.topic === topic);
  if (own.length === 0) return [];
  const columns = [column('Fact'), column('Before'), column('After'), column('Effect')];
  return [section(topicInWords(topic), [{ kind: 'table', columns, rows: own.flatMap((change) => changeRows(changes, change)) }], { anchor: topic.replaceAll(' ', '-') })];
}

/** A group of rows for each declaration, under its name. */
function changeRows({ locator }: ComparedRevisions, change: Change): readonly Row[] {
  const subject = subjectOf(change);
  if (!subject) return [];
  const group = [at(change.after && sourcePlace(locator, { entity: change.after.key }), subjectInWords(subject)), ' ', quiet(code(subject.id))];
  const rows =
    change.before && change.after
      ? change.details.map((detail): Cell[] => [words(detail.what), words(detail.before ?? ''), words(detail.after ?? ''), words(detailEffect(detail))])
      : [[words('all of it'), words(''), words(''), words(effectInWords(change.effect))]];
  return rows.map((cells, index): Row => (index === 0 ? { cells, group } : { cells }));
}

function detailEffect({ effect, from }: Detail): string {
  return from === undefined ? effectInWords(effect) : `${effectInWords(effect)}, from ${from} on`;
}

function method({ isMeasured }: ComparedRevisions): Block {
  return section('How it is compared', [
    list([
      ['Both states are assessed on the same day, by the same program and catalogue', isMeasured ? ', and measured on the same data: those that lie there now.' : '; no data were read, so what rests on records is not known in either.'],
      ['Moving a declaration to another file, reordering facts, comments and other spellings of the same value are no change. A declaration whose id is another one is the same where it says the same, or has the same title.'],
      ['Tightened means that more is promised to whoever receives the service, loosened that less is. Where one part of a promise goes one way and another the other, or units cannot be compared, it is called changed.'],
      ['A requirement is lost where no gap was found before and now there is one, or it is not known any more; it is gained the other way round. Unknown never counts as met.'],
    ]),
  ], { anchor: 'method' });
}
