import { quoteShortText } from '../../language/values/text.ts';

/** Words that mean something of their own where a column may stand. */
const words: ReadonlySet<string> = new Set(['and', 'or', 'not', 'is', 'in', 'first', 'last', 'time', 'times', 'changes', 'when', 'part', 'match', 'lookup', 'column', 'while', 'of', 'by', 'at', 'empty', 'one', 'starts', 'ends', 'with', 'contains', 'matches', 'true', 'false', 'iso']);

/** Whether a column may be called by its name without quotes. */
export function isPlainColumn(name: string): boolean {
  return /^[A-Za-z][A-Za-z0-9_]*$/.test(name) && !words.has(name);
}

/** A column as a source names it where nothing but a column, or a text that is one, may stand. */
export function columnText(name: string): string {
  return isPlainColumn(name) ? name : quoteShortText(name);
}
