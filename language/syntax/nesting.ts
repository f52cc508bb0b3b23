/** How many parentheses, or words `not`, may hang on each other: the parser descends into each. */
export const deepestNesting = 50;

const pieces = /"""[\s\S]*?"""|"(?:\\.|[^"\\\r\n])*"|\/\*[\s\S]*?\*\/|\/\/[^\r\n]*|\bnot\b|[()]|[^\s"/()]+?|\S/gu;

/** Offset of the first piece of a text that is nested too deeply to be read; undefined where none is. */
export function tooDeeplyNested(text: string): number | undefined {
  // Nearly all texts are done with by counting.
  if (text.split('(', deepestNesting + 2).length + text.split('not', deepestNesting + 2).length < deepestNesting + 2) return undefined;
  let [open, nots] = [0, 0];
  for (const { 0: piece, index } of text.matchAll(pieces)) {
    if (piece === 'not') nots++;
    else if (piece === '(') open++;
    else {
      nots = 0;
      if (piece === ')') open = Math.max(0, open - 1);
    }
    if (open > deepestNesting || nots > deepestNesting) return index;
  }
  return undefined;
}
