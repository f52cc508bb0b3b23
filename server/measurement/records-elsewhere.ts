import type { ClockJoins, Clocks, Horizon } from './clock-tables.ts';
import type { Dialect } from './dialect.ts';
import type { QueryEngine } from './engine.ts';
import type { SourcePlan } from './source-plan.ts';
import type { Native } from './typed-sql.ts';

/** Records of a source that stay in their database, which is asked about them. */
export interface RecordsElsewhere {
  readonly dialect: Dialect & { readonly refusal: NonNullable<Dialect['refusal']> };
  readonly columns: readonly string[];
  /** What those columns are that are no texts. */
  readonly natives: ReadonlyMap<string, Native['type']>;
  /** A query of the rows: of each used column its text `c…`, and what the database knows it to be as `n…` and `d…`. */
  base(plan: Pick<SourcePlan, 'usedColumns' | 'columnCells'>): string;
  /** The number of a row of {@link base} or of some of its rows, from 0: in the order in which they would be read. */
  readonly rowNumber: string;
  engine(): Promise<QueryEngine>;
  clockJoins(clocks: Clocks, horizon: Horizon): ClockJoins;
}
