import type { Dialect } from '../dialect.ts';
import type { NotComputedThere } from '../dialect.ts';
import type { Cell } from '../engine.ts';
import type { Connection } from './connection.ts';
import type { ReadLimits } from './read-limits.ts';
import type { TextCells } from './reading-query.ts';

/** A column as the database has it. */
export interface DatabaseColumn {
  readonly name: string;
  /** The type as the database's client tells it. */
  readonly type: string;
}

export interface DatabaseSession {
  /** Answers one statement. @throws Refusal, or the signal's reason */
  run(text: string): Promise<{ readonly columns: readonly DatabaseColumn[]; readonly rows: readonly (readonly Cell[])[] }>;
  /** Never rejected. */
  close(): Promise<void>;
}

/** What a database knows a column to be that is no text. */
export type NativeColumn =
  /** A DECIMAL(18,6), NULL where it holds no such number. */
  | { readonly kind: 'number'; readonly sql: string }
  /** Milliseconds since 1970 in UTC; where it says no zone, as if it stood in UTC. */
  | { readonly kind: 'instant'; readonly sql: string; readonly hasZone: boolean; /** Within the years that data may hold. */ readonly inRange: string };

/** How lists of whole numbers stand in a question. */
export interface NumberLists {
  /** How many of some numbers in order are at most a value. */
  place(value: string, ascending: readonly number[]): string;
  /** The number at a place, from 1; NULL where there is none. */
  element(numbers: readonly number[], place: string): string;
}

/** How a kind of database is asked to compute. */
export interface AskedDatabase extends NumberLists {
  /** All questions of a session are about one moment. */
  readonly seesOneMoment: boolean;
  /** A query in which rows are put in order keeps it when it is asked about. */
  readonly keepsOrder: boolean;
  /** @throws Refusal, or the signal's reason */
  open(connection: Connection, limits: ReadLimits, signal: AbortSignal): Promise<DatabaseSession>;
  /** Before the first question. @returns why it cannot be asked */
  prepare(session: DatabaseSession): Promise<string | undefined>;
  dialect(refusal: (reason: string) => NotComputedThere): Dialect & { readonly refusal: (reason: string) => NotComputedThere };
  cells(columns: readonly DatabaseColumn[]): TextCells;
  /** A text that is compared by its bytes. */
  byBytes(text: string): string;
  native(column: DatabaseColumn): NativeColumn | undefined;
  /** A question with one row of answers: the same for the same rows in any order. */
  fingerprint(from: string, cells: readonly string[]): string;
}
