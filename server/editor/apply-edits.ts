import type { FixEdit } from './code-actions.ts';
import { LineIndex } from './positions.ts';

/** A text with changes of it made; they do not overlap. */
export function applyEdits(text: string, edits: readonly Pick<FixEdit, 'range' | 'text'>[]): string {
  const lines = new LineIndex(text);
  const inOrder = edits.map(({ range, text: inserted }) => ({ from: lines.offset(range.start), to: lines.offset(range.end), inserted })).toSorted((a, b) => b.from - a.from);
  return inOrder.reduce((result, { from, to, inserted }) => result.slice(0, from) + inserted + result.slice(to), text);
}
