import { isFilledIn } from '../assessment/filled-in.ts';

/** Whether one of several texts holds one of several names, as whole words, whatever stands between these. */
export function mentions(texts: readonly (string | undefined)[], names: readonly (string | undefined)[]): boolean {
  const known = names.filter(isFilledIn).map(wordsOf);
  return texts.filter(isFilledIn).map(wordsOf).some((text) => known.some((name) => text.includes(name)));
}

/** `-a-word-` of “A word”. */
function wordsOf(text: string): string {
  return `-${text.toLowerCase().match(/[\p{L}\p{N}]+/gu)?.join('-') ?? ''}-`;
}
