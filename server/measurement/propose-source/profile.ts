/** What the files of a source-to-be hold, counted: plain data from which a declaration is proposed. */

export interface CountedText {
  readonly text: string;
  /** In how many rows. */
  readonly rows: number;
}

export interface ColumnProfile {
  readonly name: string;
  /** Rows with a value. */
  readonly filled: number;
  /** Different values. */
  readonly different: number;
  /** In characters. */
  readonly longest: number;
  /** The most frequent values first; not all of them where there are many. */
  readonly common: readonly CountedText[];
  /** Values with every digit as 9, the most frequent first, with one value each; long ones are left out. */
  readonly shapes: readonly { readonly shape: string; readonly rows: number; readonly example: string }[];
  /** Rows that can be read as a decimal number. */
  readonly numbers: number;
  /** Of values that begin as `12/31/2026` does: what stands in the first two places. */
  readonly dayMonth?: {
    readonly greatestFirst: number;
    readonly greatestSecond: number;
    readonly firstAbove12: number;
    readonly secondAbove12: number;
  };
}

/** How rows of one key belong together. */
export interface KeyProfile {
  readonly key: string;
  /** Of how many keys the rows differ in a column, by the column. */
  readonly varying: ReadonlyMap<string, number>;
  /** How many different pairs of key and column there are, by the column. */
  readonly pairs: ReadonlyMap<string, number>;
}

export interface SourceProfile {
  /** As the declaration names them: relative to the project’s folder, or a pattern. */
  readonly patterns: readonly string[];
  readonly files: readonly string[];
  /** Where it has to be stated. */
  readonly separator?: string;
  readonly encoding?: { readonly name: string; /** Words that show how it was read. */ readonly words: readonly string[] };
  /** The sheet that was read, where the spreadsheet has others. */
  readonly sheet?: { readonly name: string; readonly others: readonly string[] };
  readonly rows: number;
  /** Columns that every file has. */
  readonly columns: readonly ColumnProfile[];
  /** Columns that only some of the files have. */
  readonly uncommon: readonly string[];
  /** Texts that were taken for “nothing is there”, and in how many cells. */
  readonly empty: readonly CountedText[];
  readonly keys: readonly KeyProfile[];
}
