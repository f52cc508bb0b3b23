// eslint-disable-next-line no-control-regex -- XML 1.0 has no way to write them
const notInXml = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u0084\u0086-\u009f\ufdd0-\ufdef\ufffe\uffff]/g;
const directionMarks = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text as it can stand in a document of Office: on one line, what XML forbids as the replacement character, and without
 * the marks that turn the direction of what follows. Letters written from right to left stay as they are.
 */
export function officeText(text: string): string {
  return text
    .toWellFormed()
    .replace(/[^\S\u00a0]*[\t\r\n\u0085\u2028\u2029]+[^\S\u00a0]*/g, ' ')
    .replace(notInXml, '\ufffd')
    .replace(directionMarks, '');
}

/** At most so many UTF-16 units, as Office counts, the last of them an ellipsis where something was cut. */
export function shortened(text: string, most: number): string {
  if (text.length <= most) return text;
  const kept = text.slice(0, most - 1);
  return `${(kept.isWellFormed() ? kept : kept.slice(0, -1)).trimEnd()}…`;
}
