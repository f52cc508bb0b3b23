/** Inline content and cells as bare text, marks of status included: for formats and measures that know no emphasis. */
import type { Cell, HeatCell, HeatMap, Inlines, Status } from '../blocks.ts';
import { plain } from '../block-builders.ts';
import { statusMark } from '../status.ts';
import type { Words } from '../words/words.ts';

/** `■ R`, or the words too where no letter stands for them. */
export function statusText(status: Status, words: Words, worded = false): string {
  const { shape, letter, words: meaning } = statusMark(status);
  const sign = letter === '' ? shape : `${shape} ${letter}`;
  return worded ? `${sign} ${words.say(meaning)}` : sign;
}

export function inlinesText(content: Inlines, words: Words): string {
  return plain(content, ({ status, words: worded }) => statusText(status, words, worded === true));
}

/** As people read it in the language of the words. */
export function cellText(cell: Cell, words: Words): string {
  switch (cell.kind) {
    case 'text':
      return inlinesText(cell.content, words);
    case 'number':
    case 'percent':
      return words.number(cell.value);
    case 'ratio':
      return `${words.number(cell.numerator)} / ${words.number(cell.denominator)}`;
    case 'date':
      return words.date(cell.value);
    case 'status':
      return statusText(cell.status, words);
    case 'drawing':
      return cell.alternative;
    case 'unknown':
      return cell.reason === undefined ? '–' : `– ${cell.reason}`;
  }
}

/** The counts of a cell that are not zero, each with its kind. */
export function heatCounts(cell: HeatCell, map: HeatMap): { readonly kind: HeatMap['kinds'][number]; readonly count: number }[] {
  return map.kinds.flatMap((kind, index) => {
    const count = cell.counts[index] ?? 0;
    return count === 0 ? [] : [{ kind, count }];
  });
}

/** How strongly a cell is shaded by the share of gaps in it: 0 to 3. */
export function heatShade(cell: HeatCell, map: HeatMap): 0 | 1 | 2 | 3 {
  const gaps = heatCounts(cell, map).reduce((sum, { kind, count }) => sum + (kind.tone === 'gap' ? count : 0), 0);
  const share = cell.total === 0 ? 0 : gaps / cell.total;
  return gaps === 0 ? 0 : share > 0.5 ? 3 : share > 0.2 ? 2 : 1;
}
