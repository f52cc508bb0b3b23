import type { ColumnProfile, CountedText } from './profile.ts';
import { meansNothing } from './value-words.ts';

/** Texts that stand where nothing is known: marks that are never values, the most frequent first. */
export function emptyTexts(columns: readonly ColumnProfile[]): readonly CountedText[] {
  const rows = new Map<string, number>();
  for (const { common, filled, numbers, shapes } of columns) {
    // Among few short words a mark may be a value after all: “-” and “+”, “none” and “some”.
    const isWordList = common.length <= 3 && numbers === 0 && shapes.every(({ shape }) => !shape.includes('9'));
    for (const { text, rows: count } of common) {
      if (meansNothing(text) && !(isWordList && /^(?:none|[-.])$/i.test(text) && count < filled)) rows.set(text, (rows.get(text) ?? 0) + count);
    }
  }
  return [...rows].map(([text, count]) => ({ text, rows: count })).toSorted((a, b) => b.rows - a.rows || (a.text < b.text ? -1 : 1));
}
