/** What changed since an earlier state of the text, for a management review (9.3) and for whoever approves a change. */
import { topics, type Change, type Detail, type RowChange, type Topic } from '../../analysis/comparison/change.ts';
import { countEffect, effectInWords, promiseTopics, rowGroups, rowsWith, stateInWords, subjectInWords, subjectOf } from '../../analysis/comparison/words.ts';
import type { ComparedRevisions, Revision } from '../../analysis/comparison/compared-revisions.ts';
import type { Block, Cell, Document, KeyFigure, Row } from '../blocks.ts';
import { at, code, column, date, keyFigures, lead, list, paragraph, quiet, section, strong, table, words as text } from '../block-builders.ts';
import { sourcePlace } from '../parts/places.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';
import { message, type Words } from '../words/words.ts';

export const changesReport: ReportDefinition = {
  id: 'changes',
  title: 'What changed',
  description: 'What changed in meaning since a tag or commit: requirements gained and lost, promises tightened or loosened, approvals, evidence, scope, services, risks.',
  clause: '9.3',
  parameters: { since: true },
  build,
};

function build(input: ReportInput): Document {
  const { changes, words } = input;
  return reportDocument(input, {
    id: 'changes',
    title: words.say('What changed'),
    ...(changes === undefined ? {} : { subtitle: betweenInWords(changes, words) }),
    blocks: changes === undefined ? [paragraph(words.say('No earlier state was named to compare with.'))] : blocksOf(input, changes),
  });
}

/** `from v1.2 (2026-06-01, 0123abcd) to the text of now, both as of 2026-11-10`. */
export function betweenInWords({ from, to, asOf }: ComparedRevisions, words: Words): string {
  return words.say('from {0} to {1}, both as of {2}', revisionInWords(from, words), to === undefined ? words.say('the text of now') : revisionInWords(to, words), words.date(asOf));
}

function revisionInWords({ asked, commit, on }: Revision, words: Words): string {
  const short = commit.slice(0, 8);
  return commit.startsWith(asked) ? `${short} (${words.date(on)})` : `${asked} (${words.date(on)}, ${short})`;
}

function blocksOf(input: ReportInput, changes: ComparedRevisions): readonly Block[] {
  const { words } = input;
  const { comparison, passed } = changes;
  const isNothing = comparison.rows.length === 0 && comparison.changes.length === 0;
  return [
    lead(isNothing ? words.say('Nothing has changed in meaning.') : words.say('Changed in meaning: {0}. Standing differently: {1}.', words.count(comparison.changes.length, '{0} declaration', '{0} declarations'), words.count(new Set(comparison.rows.map(({ row }) => row)).size, '{0} catalogue row', '{0} catalogue rows'))),
    keyFigures(keyFiguresOf(changes, words)),
    ...rowSections(input, comparison.rows),
    ...topics.flatMap((topic) => topicSection(changes, topic, words)),
    ...(passed.length === 0
      ? []
      : [section(words.say('What ran out by the passing of time'), [
          paragraph(words.say('Of the text as it is in the later state, between {0} and {1}; nothing of this is a change of the text.', words.date(changes.from.on), words.date(changes.asOf))),
          table([column(words.say('Day'), 'date'), column(words.say('What'), 'text', { width: 'wide' }), column(words.say('Event'))], passed.map(({ on, subject, event, place }): Cell[] => [date(on), text(at(sourcePlace(changes.locator, place), subject)), text(event)])),
        ], { anchor: 'passed' })]),
    method(changes, words),
  ];
}

function keyFiguresOf({ comparison, passed }: ComparedRevisions, words: Words): readonly KeyFigure[] {
  const [lost, opened] = [rowsWith(comparison, 'lost').length, rowsWith(comparison, 'gap opened').length];
  const [loosened, voided] = [countEffect(comparison, 'loosened', promiseTopics), countEffect(comparison, 'voided')];
  const figure = (name: string, value: number, isBad: boolean, note: string): KeyFigure => ({ name, value: String(value), ...(isBad && value > 0 ? { status: 'below' as const } : {}), note: [note] });
  return [
    figure(words.say('Requirements lost'), lost, true, words.count(opened, 'catalogue rows; {0} more row with a gap that was not known or not asked before', 'catalogue rows; {0} more rows with a gap that was not known or not asked before')),
    figure(words.say('Requirements gained'), rowsWith(comparison, 'gained').length, false, words.count(rowsWith(comparison, 'gap closed').length, 'catalogue rows; {0} more row without the former gap, but not known to be met', 'catalogue rows; {0} more rows without the former gap, but not known to be met')),
    figure(words.say('Promises loosened'), loosened, false, words.say('{0} tightened', countEffect(comparison, 'tightened', promiseTopics))),
    figure(words.say('Approvals voided'), voided, true, words.say('{0} over other content than was approved, and not bound to it; {1} given', countEffect(comparison, 'unbound'), countEffect(comparison, 'given'))),
    figure(words.say('Evidence that ran out'), passed.filter(({ kind }) => kind === 'evidence' || kind === 'attestation').length + countEffect(comparison, 'expired'), true, words.say('by a change of the text or the passing of time')),
  ];
}

function rowSections({ catalogue, words }: ReportInput, rows: readonly RowChange[]): readonly Block[] {
  return rowGroups.flatMap(({ heading, effects, anchor }) => {
    const own = rows.filter(({ effect }) => effects.includes(effect));
    if (own.length === 0) return [];
    const columns = [column(words.say('Row'), 'text', { width: 'narrow' }), column(words.say('What is asked')), column(words.say('On'), 'text', { width: 'narrow' }), column(words.say('Before'), 'text', { width: 'narrow' }), column(words.say('After'), 'text', { width: 'narrow' }), column(words.say('Why'), 'text', { width: 'wide' })];
    return [
      section(heading, [
        table(columns, own.map(({ row, on, before, after, reasons }): Cell[] => [text(strong(row)), text(catalogue.row(row)?.title ?? ''), text(on), text(stateInWords(before)), text(stateInWords(after)), text(reasons.join(' '))]), { density: 'dense' }),
      ], { anchor }),
    ];
  });
}

const headings: Readonly<Record<Topic, string>> = {
  scope: message('Scope'), agreements: message('Agreements'), services: message('Services'), customers: message('Customers'), suppliers: message('Suppliers'), calendars: message('Calendars'), approvals: message('Approvals'),
  evidence: message('Evidence and attestations'), risks: message('Risks'), processes: message('Processes and procedures'), 'policies and plans': message('Policies, plans and documents'),
  measurement: message('Sources, metrics and objectives'), people: message('People, roles and teams'), other: message('Other declarations'),
};

export function topicInWords(topic: Topic, words: Words): string {
  return words.say(headings[topic]);
}

function topicSection(changes: ComparedRevisions, topic: Topic, words: Words): readonly Block[] {
  const own = changes.comparison.changes.filter((change) => change.topic === topic);
  if (own.length === 0) return [];
  const columns = [column(words.say('Fact')), column(words.say('Before')), column(words.say('After')), column(words.say('Effect'))];
  return [section(topicInWords(topic, words), [{ kind: 'table', columns, rows: own.flatMap((change) => changeRows(changes, change, words)) }], { anchor: topic.replaceAll(' ', '-') })];
}

/** A group of rows for each declaration, under its name. */
function changeRows({ locator }: ComparedRevisions, change: Change, words: Words): readonly Row[] {
  const subject = subjectOf(change);
  if (!subject) return [];
  const group = [at(change.after && sourcePlace(locator, { entity: change.after.key }), subjectInWords(subject)), ' ', quiet(code(subject.id))];
  const rows =
    change.before && change.after
      ? change.details.map((detail): Cell[] => [text(detail.what), text(detail.before ?? ''), text(detail.after ?? ''), text(detailEffect(detail, words))])
      : [[text(words.say('all of it')), text(''), text(''), text(effectInWords(change.effect))]];
  return rows.map((cells, index): Row => (index === 0 ? { cells, group } : { cells }));
}

function detailEffect({ effect, from }: Detail, words: Words): string {
  return from === undefined ? effectInWords(effect) : words.say('{0}, from {1} on', effectInWords(effect), words.date(from));
}

function method({ isMeasured }: ComparedRevisions, words: Words): Block {
  return section(words.say('How it is compared'), [
    list([
      [isMeasured ? words.say('Both states are assessed on the same day, by the same program and catalogue, and measured on the same data: those that lie there now.') : words.say('Both states are assessed on the same day, by the same program and catalogue; no data were read, so what rests on records is not known in either.')],
      [words.say('Moving a declaration to another file, reordering facts, comments and other spellings of the same value are no change. A declaration whose id is another one is the same where it says the same, or has the same title.')],
      [words.say('Tightened means that more is promised to whoever receives the service, loosened that less is. Where one part of a promise goes one way and another the other, or units cannot be compared, it is called changed.')],
      [words.say('A requirement is lost where no gap was found before and now there is one, or it is not known any more; it is gained the other way round. Unknown never counts as met.')],
    ]),
  ], { anchor: 'method' });
}
