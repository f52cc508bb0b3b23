import { isFilledIn } from '../assessment/filled-in.ts';

/** Whether one of several texts speaks of something, told by English words: what is said in other words is not understood, so it only leads to advice. */
export function says(texts: readonly (string | undefined)[], words: RegExp): boolean {
  return texts.some((text) => isFilledIn(text) && words.test(text));
}
