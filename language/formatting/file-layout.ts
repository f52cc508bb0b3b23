import type { Item } from './items.ts';
import { declarationLines, ownLines, type LayoutOptions } from './layout.ts';

interface LaidOutItem extends Item {
  readonly lines: readonly string[];
}

/** The text of a file in canonical form. */
export function layOutFile(items: readonly Item[], options: LayoutOptions): string {
  const laidOut = items.map((item): LaidOutItem => ({ ...item, lines: linesOf(item, options) }));
  let result = '';
  laidOut.forEach((item, index) => {
    if (index > 0) result += isBeside(item) ? '  ' : options.lineEnd.repeat(blankBefore(laidOut, index) ? 2 : 1);
    result += item.lines.join(options.lineEnd);
  });
  return items.length === 0 || result.endsWith('\n') ? result : result + options.lineEnd;
}

function linesOf(item: Item, options: LayoutOptions): readonly string[] {
  switch (item.kind) {
    case 'comment': return ownLines({ kind: 'comment', text: item.text, breaks: item.breaks }, 0, options);
    case 'declaration': return item.parts ? declarationLines(item.parts, options) : [item.text];
  }
}

/** A comment behind a declaration, on its last line. */
function isBeside(item: Item): boolean {
  return item.kind === 'comment' && item.breaks === 0;
}

/**
 * Blank lines that were there stay, one of several. Between two declarations of several lines there is always one, before the
 * comments that belong to the second.
 */
function blankBefore(items: readonly LaidOutItem[], index: number): boolean {
  const item = items[index];
  if (!item || item.breaks > 1) return item !== undefined;
  let previous = index - 1;
  for (let before = items[previous]; before && isBeside(before); before = items[previous]) previous--;
  if (!isLong(items[previous])) return false;
  for (let next = index; next < items.length; next++) {
    if (next > index && (items[next]?.breaks ?? 0) > 1) return false;
    if (items[next]?.kind === 'declaration') return isLong(items[next]);
  }
  return false;
}

function isLong(item: LaidOutItem | undefined): boolean {
  return item?.kind === 'declaration' && (item.lines.length > 1 || item.lines.some((line) => line.includes('\n')));
}
