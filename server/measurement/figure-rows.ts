/** The records behind one figure, as a page of a list: what each counted as, and why. */
export interface FigureRow {
  readonly key: string;
  /** When it began, by the clocks of the figure's zone: `2026-03-02 09:10`. */
  readonly began: string;
  readonly outcome: 'missed' | 'left out' | 'met' | 'counted';
  readonly why: string;
}

export interface FigureRows {
  /** Those of the page: missed first, then what was left out, then met; each in the order in which they began. */
  readonly rows: readonly FigureRow[];
  /** On all pages. */
  readonly total: number;
  /** By whose clocks moments are printed. */
  readonly zone: string;
}

export interface Page {
  /** How many records come before it. */
  readonly skip: number;
  readonly limit: number;
}
