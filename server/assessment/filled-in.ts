/**
 * Whether a text says something. Not filled in are: no text, only white space or punctuation (`…`, `-`, `?`), a text that begins with
 * `TODO`, `TBD` or `FIXME` (which is what the placeholders of our fixes begin with), and one in angle brackets (`<purpose>`).
 */
export function isFilledIn(text: string | undefined): text is string {
  return text !== undefined && /[\p{L}\p{N}]/u.test(text) && !/^\s*(?:(?:TODO|TBD|FIXME)(?![\p{L}\p{N}])|<[^>]*>\s*$)/iu.test(text);
}

/** Whether a quantity or a duration says something: zero is what the placeholders of our fixes hold. */
export function isNotZero(quantity: string | undefined): quantity is string {
  return quantity !== undefined && /[1-9]/.test(quantity);
}

/** Whether one of several texts says something. */
export function someFilledIn(texts: readonly string[]): boolean {
  return texts.some(isFilledIn);
}
