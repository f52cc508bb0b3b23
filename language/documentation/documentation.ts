/** What a declaration is for, and how one begins. */
export interface DeclarationDocumentation {
  readonly text: string;
  /** A scaffold in the snippet syntax of the Language Server Protocol; people fill the placeholders. */
  readonly snippet: string;
}

/** What words mean, by the words as written: `service hours`. */
export type Words = Readonly<Record<string, string>>;

/** What the words of a declaration, a part of one or a kind of value mean, by the rule of the grammar. */
export type FactDocumentation = Readonly<Record<string, Words>>;

/** A scaffold of a declaration with facts on lines of their own. */
export const block = (head: string, ...facts: string[]): string => [`${head} {`, ...facts.map((fact) => `  ${fact}`), '}'].join('\n');
