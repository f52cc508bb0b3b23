/** The records behind one figure, as a page of a list: what each counted as, and why. */
export interface FigureRow {
  readonly key: string;
  /** When it began, by the clocks of the figure's zone: `2026-03-02 09:10`; empty where nothing says so. */
  readonly began: string;
  /**
   * `met` or `missed`: judged by a target. `numerator`: in numerator and denominator of a share; `denominator only`: in the latter alone.
   * `counted`: part of a number. `left out`: of none of these.
   */
  readonly outcome: 'missed' | 'met' | 'numerator' | 'denominator only' | 'counted' | 'left out';
  readonly why: string;
  /** Of what a figure counts in time: how much of it is counted or left out, in seconds; of users and time where it is weighted. */
  readonly seconds?: number;
}

export interface FigureRows {
  /** Those of the page, the most telling first: missed, then what was left out, then met; each in the order in which they began. */
  readonly rows: readonly FigureRow[];
  /** On all pages. */
  readonly total: number;
  /** By whose clocks moments are printed. */
  readonly zone: string;
  /** What else there is to know of the list. */
  readonly notes?: readonly string[];
}

export interface Page {
  /** How many records come before it. */
  readonly skip: number;
  readonly limit: number;
}

/** A part of a list: how long it is, and how to get at a page of it. */
export interface ListPart {
  readonly total: number;
  rows(page: Page): Promise<readonly FigureRow[]>;
}

/** A page of several lists after each other. */
export async function pageOf(parts: readonly ListPart[], page: Page): Promise<Pick<FigureRows, 'rows' | 'total'>> {
  const rows: FigureRow[] = [];
  let total = 0;
  for (const part of parts) {
    const [skip, limit] = [Math.max(0, page.skip - total), page.limit - rows.length];
    total += part.total;
    if (limit > 0 && skip < part.total) rows.push(...(await part.rows({ skip, limit })));
  }
  return { rows, total };
}

/** A list that is held in memory. */
export function listOf(rows: readonly FigureRow[]): ListPart {
  return { total: rows.length, rows: ({ skip, limit }) => Promise.resolve(rows.slice(skip, skip + limit)) };
}

/** `T12`; a record without a key is called by its row. */
export function recordName(key: unknown, row: unknown, recordKind: string): string {
  return key === null || key === undefined ? `${recordKind} of row ${Number(row) + 1}` : String(key);
}
