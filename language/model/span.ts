/**
 * A place in a declaration's text, packed into one number so that a model of 200,000 lines stays small:
 * line (relative to the declaration's first line), column and length, of which the length ends at the line's end.
 */
export type Span = number & { readonly brand: 'Span' };

const limit = 0x10000;

export function span(line: number, column: number, length: number): Span {
  return ((line * limit + Math.min(column, limit - 1)) * limit + Math.min(length, limit - 1)) as Span;
}

export const spanLine = (place: Span): number => Math.floor(place / (limit * limit));
export const spanColumn = (place: Span): number => Math.floor(place / limit) % limit;
export const spanLength = (place: Span): number => place % limit;

/** Where each property of a node stands; `$self` is the node's first line. A list property has one span per element. */
export type Spans = Readonly<Record<string, Span | readonly Span[]>>;

/** A range in a file: lines and columns from 0, UTF-16 code units, the end exclusive. */
export interface Range {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}
