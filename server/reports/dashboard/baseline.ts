/** What changed since the baseline, in short; the report of changes has all of it. */
import { countEffect, promiseTopics, rowInWords, rowName, rowsWith, subjectInWords, subjectOf, valuesInWords } from '../../analysis/comparison/words.ts';
import type { ComparedRevisions } from '../../analysis/comparison/compared-revisions.ts';
import type { Block, Inlines, KeyFigure } from '../blocks.ts';
import { at, code, keyFigures, list, paragraph, quiet, section } from '../block-builders.ts';
import { betweenInWords } from '../changes/changes.ts';
import { isNarrowed } from '../narrowing.ts';
import { sourcePlace } from '../parts/places.ts';
import type { ReportInput } from '../report.ts';
import type { Words } from '../words/words.ts';

/** So many of what matters most are told here. */
const mostTold = 8;

/** Nothing where no baseline is named, and where the page is about a part: the comparison is of the whole. */
export function baselineSection({ sinceBaseline, narrowing, words }: ReportInput): Block | undefined {
  if (sinceBaseline === undefined || isNarrowed(narrowing)) return undefined;
  return section(words.say('What changed since the baseline'), typeof sinceBaseline === 'string' ? [paragraph(sinceBaseline)] : changeBlocks(sinceBaseline, words), { anchor: 'baseline' });
}

function changeBlocks(changes: ComparedRevisions, words: Words): readonly Block[] {
  const { comparison, passed } = changes;
  const compared = paragraph(quiet(words.say('Compared {0}.', betweenInWords(changes, words))));
  if (comparison.rows.length === 0 && comparison.changes.length === 0 && passed.length === 0) return [paragraph(words.say('Nothing changed in meaning, and nothing ran out.')), compared];
  const told = itemsOf(changes);
  const more = told.length - mostTold;
  return [
    keyFigures(figuresOf(changes, words)),
    ...(told.length === 0 ? [] : [list(told.slice(0, mostTold))]),
    ...(more <= 0 ? [] : [paragraph(...words.inlines('And {0} more of this kind: {1} tells all.', words.number(String(more)), code(`itsms diff ${changes.from.asked}`)))]),
    compared,
  ];
}

function figuresOf({ comparison, passed }: ComparedRevisions, words: Words): readonly KeyFigure[] {
  const [lost, opened] = [rowsWith(comparison, 'lost').length, rowsWith(comparison, 'gap opened').length];
  const [loosened, voided] = [countEffect(comparison, 'loosened', promiseTopics), countEffect(comparison, 'voided')];
  const figure = (name: string, value: number, isBad: boolean, note: string): KeyFigure => ({ name, value: words.number(String(value)), ...(isBad && value > 0 ? { status: 'below' as const } : {}), note: [note] });
  return [
    figure(words.say('Requirements lost'), lost, true, words.count(opened, 'catalogue rows; {0} more row with a gap where nothing was known or asked', 'catalogue rows; {0} more rows with a gap where nothing was known or asked')),
    figure(words.say('Requirements gained'), rowsWith(comparison, 'gained').length, false, words.say('catalogue rows in which no gap is found any more')),
    figure(words.say('Promises loosened'), loosened, false, words.say('{0} tightened', countEffect(comparison, 'tightened', promiseTopics))),
    figure(words.say('Approvals voided'), voided, true, words.say('{0} given', countEffect(comparison, 'given'))),
    figure(words.say('Ran out'), passed.length, true, words.say('by the passing of time')),
    figure(words.say('Declarations changed'), comparison.changes.length, false, words.say('in meaning')),
  ];
}

/** Losses, then what makes promises weaker, then what ran out. */
function itemsOf({ comparison, passed, locator }: ComparedRevisions): readonly Inlines[] {
  const rows = comparison.rows.filter(({ effect }) => effect === 'lost' || effect === 'gap opened');
  const first = new Map(rows.map((row) => [row.row, row] as const).toReversed());
  const weaker = comparison.changes.flatMap((change): Inlines[] => {
    const subject = subjectOf(change);
    if (!subject || !change.before || !change.after) return [];
    const place = sourcePlace(locator, { entity: change.after.key });
    return change.details
      .filter(({ effect }) => effect === 'voided' || (effect === 'loosened' && promiseTopics.includes(change.topic)))
      .map((detail): Inlines => [at(place, subjectInWords(subject)), `: ${detail.what}${valuesInWords(detail) === '' ? '' : `: ${valuesInWords(detail)}`}, ${detail.effect}`]);
  });
  return [
    ...rows.filter((row) => first.get(row.row) === row).map((row): Inlines => [row.reasons.length === 0 ? rowInWords(row) : `${rowName(row.row)}: ${row.reasons[0]}`]),
    ...weaker,
    ...passed.map(({ on, subject, event, place }): Inlines => [at(sourcePlace(locator, place), subject), `: ${event}, ${on}`]),
  ];
}
