/**
 * How wide text is in the usual sans-serif faces (Arial, Helvetica and those made as wide), near enough to share a page
 * among the columns of a table.
 */

/** Advance widths by thousandths of the font's size, from the space to the tilde. */
const advances = [
  278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, 556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556,
  1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, 667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556,
  333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, 556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,
] as const;

const otherLetter = 580;
/** Chinese, Japanese and Korean signs and most pictures fill a square. */
const square = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6]|[\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

/** Arrows and shapes are wide in most faces. */
const marks = /[\u2190-\u21ff\u25a0-\u27bf]/;

/** Before and after such signs a line may end. */
const betweenSquares = new RegExp(`(?<=${square.source})|(?=${square.source})`, 'u');

/** Width in sizes of the font: 1 is as wide as the font is large. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) {
    if (marks.test(character)) {
      width += 1000;
      continue;
    }
    const code = character.codePointAt(0) ?? 0;
    width += code >= 32 && code < 127 ? (advances[code - 32] ?? otherLetter) : square.test(character) ? 1000 : otherLetter;
  }
  return width / 1000;
}

/** Width of the longest part that is not broken at a space or a hyphen, in sizes of the font. */
export function longestWordWidth(text: string): number {
  let longest = 0;
  for (const word of text.split(/(?<=[-–])|\s+/u)) {
    for (const part of word.split(betweenSquares)) longest = Math.max(longest, textWidth(part));
  }
  return longest;
}
