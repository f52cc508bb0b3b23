/** What changed, short enough for a comment on a pull request. */
import { topics, type Change, type Detail, type Effect, type RowChange } from '../../analysis/comparison/change.ts';
import { countEffect, effectInWords, promiseTopics, rowGroups, rowInWords, rowName, rowsWith, subjectInWords, subjectOf, valuesInWords } from '../../analysis/comparison/words.ts';
import type { ComparedRevisions } from '../../analysis/comparison/compared-revisions.ts';
import { escapeMarkdown } from '../renderers/markdown.ts';
import { plural } from '../renderers/format-values.ts';
import { wordsIn } from '../words/words.ts';
import { betweenInWords, topicInWords } from './changes.ts';

// For those who work on the text, whatever language its documents are in.
const english = wordsIn('en');

/** In characters: as much as somebody reads of a comment, and a sixteenth of what GitHub takes. */
export const summaryLimit = 4000;
const longestLine = 220;

interface Item {
  readonly heading: string;
  readonly text: string;
}

/** What matters most comes first; what finds no room is counted. */
export function changeSummary(changes: ComparedRevisions, limit = summaryLimit): string {
  const { comparison, passed } = changes;
  const head = [`### What changed in the management system`, '', escapeMarkdown(`Compared ${betweenInWords(changes, english)}.`), ''];
  if (comparison.rows.length === 0 && comparison.changes.length === 0) return `${[...head, 'Nothing changed in meaning.', ''].join('\n')}`;
  const counts = [
    `**${plural(rowsWith(comparison, 'lost').length, 'requirement')} lost**`,
    `${plural(rowsWith(comparison, 'gap opened').length, 'new gap')}`,
    `**${rowsWith(comparison, 'gained').length} gained**`,
    `${countEffect(comparison, 'loosened', promiseTopics)} promises loosened`,
    `${countEffect(comparison, 'tightened', promiseTopics)} tightened`,
    `${plural(countEffect(comparison, 'voided'), 'approval')} voided`,
    ...(passed.length === 0 ? [] : [`${passed.length} ran out since ${changes.from.on}`]),
  ];
  const lines = [...head, `${counts.join(' · ')} (catalogue rows; ${plural(comparison.changes.length, 'declaration')} changed)`];
  let length = lines.join('\n').length;
  const items = itemsOf(changes);
  let [shown, heading] = [0, ''];
  for (const item of items) {
    const added = [...(item.heading === heading ? [] : ['', `**${item.heading}**`, '']), `- ${item.text}`];
    const size = added.reduce((sum, line) => sum + line.length + 1, 0);
    if (length + size > limit - room) break;
    lines.push(...added);
    length += size;
    heading = item.heading;
    shown++;
  }
  if (shown < items.length) lines.push('', `… and ${plural(items.length - shown, 'more difference')}: \`itsms diff ${code(changes.from.asked)}\` shows all.`);
  return `${lines.join('\n')}\n`;
}

/** For the line that says how much is left out. */
const room = 400;

function itemsOf({ comparison, passed }: ComparedRevisions): readonly Item[] {
  const rows = (take: (effect: Effect) => boolean): readonly Item[] =>
    rowGroups.flatMap(({ heading, effects }) => [...byRow(comparison.rows.filter(({ effect }) => effects.includes(effect) && take(effect)))].map((own) => ({ heading, text: rowText(own) })));
  const isLoss = (effect: Effect): boolean => effect === 'lost' || effect === 'gap opened';
  const details = comparison.changes.flatMap((change) => (change.before && change.after ? change.details.map((detail) => ({ change, detail })) : []));
  const of = (heading: string, take: (change: Change, detail: Detail) => boolean): readonly Item[] => details.filter(({ change, detail }) => take(change, detail)).map(({ change, detail }) => ({ heading, text: detailText(change, detail) }));
  const isFirst = ({ topic }: Change, { effect }: Detail): boolean => (topic === 'agreements' && (effect === 'loosened' || effect === 'tightened')) || effect === 'voided' || effect === 'unbound' || effect === 'expired';
  return [
    ...rows(isLoss),
    ...of('Promises loosened', ({ topic }, { effect }) => topic === 'agreements' && effect === 'loosened'),
    ...of('Approvals of something else than there is now', (_, { effect }) => effect === 'voided' || effect === 'unbound'),
    ...of('Evidence that holds no longer', (_, { effect }) => effect === 'expired'),
    ...of('Promises tightened', ({ topic }, { effect }) => topic === 'agreements' && effect === 'tightened'),
    ...rows((effect) => !isLoss(effect)),
    ...topics.flatMap((topic) => [
      ...comparison.changes.filter((change) => change.topic === topic && !(change.before && change.after)).map((change) => ({ heading: topicInWords(topic, english), text: line(nameOf(change), effectInWords(change.effect)) })),
      ...of(topicInWords(topic, english), (change, detail) => change.topic === topic && !isFirst(change, detail)),
    ]),
    ...passed.map(({ on, subject, event }) => ({ heading: 'Ran out by the passing of time', text: line(`${subject}: ${event}`, on) })),
  ];
}

function byRow(rows: readonly RowChange[]): Iterable<readonly RowChange[]> {
  const found = new Map<string, RowChange[]>();
  for (const row of rows) found.set(row.row, [...(found.get(row.row) ?? []), row]);
  return found.values();
}

/** The axes of one row on one line; why, once. */
function rowText(rows: readonly RowChange[]): string {
  const [first] = rows;
  if (!first) return '';
  const [reason] = rows.flatMap(({ after, reasons }) => (after === 'no' ? reasons : []));
  return line(rows.length === 1 ? rowInWords(first) : `${rowName(first.row)} (${rows.map(({ on }) => on).join(', ')})`, reason);
}

function detailText(change: Change, detail: Detail): string {
  const values = valuesInWords(detail);
  const effect = effectInWords(detail.effect);
  return line(`${nameOf(change)}: ${detail.what}${values === '' ? '' : `: ${values}`}`, effect === 'changed' ? undefined : effect);
}

function nameOf(change: Change): string {
  const subject = subjectOf(change);
  return subject === undefined ? '' : subjectInWords(subject);
}

function line(text: string, more: string | undefined): string {
  const whole = more === undefined ? text : `${text}: ${more}`;
  const [first = ''] = whole.split('\n');
  return escapeMarkdown(first.length <= longestLine ? first : `${first.slice(0, longestLine - 1)}…`);
}

/** Within backticks nothing can be escaped. */
function code(text: string): string {
  return text.replaceAll('`', '');
}
