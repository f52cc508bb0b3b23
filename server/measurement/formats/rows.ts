/** A row by the names of its columns, or what is odd about what should have been one. */
export type Row = { readonly cells: ReadonlyMap<string, string> } | { readonly odd: string };

/** A file cannot be read as what it is; the message goes behind the file's name. */
export class Refusal extends Error {}
