import type { Cell } from '../engine.ts';
import { Refusal } from '../formats/rows.ts';
import { identifier, integer, literal } from '../sql.ts';
import { firstInstant, lastInstant } from '../zone-code.ts';
import type { AskedDatabase, DatabaseColumn, DatabaseSession } from './asked-database.ts';
import type { Connection } from './connection.ts';
import type { ReadLimits } from './read-limits.ts';
import { trinoDialect } from './trino-dialect.ts';
import { TrinoSession } from './trino-session.ts';
import { trinoCells } from './trino.ts';

/** What a cluster takes unless it is told otherwise (`query.max-length`), in characters. */
const longestQuestion = 1_000_000;

/** Trino: see the pages on its functions and on SELECT under https://trino.io/docs/current/. */
export const askedTrino: AskedDatabase = {
  // Each question is a query of its own.
  seesOneMoment: false,
  keepsOrder: false,
  open: (connection, limits, signal) => Promise.resolve(new TrinoQuestions(connection, limits, signal)),
  prepare: () => Promise.resolve(undefined),
  dialect: (refusal) => ({ ...trinoDialect(refusal), refusal }),
  cells: (columns) => trinoCells(new Map(columns.map(({ name, type }) => [name, type]))),
  // By code points, in whose order their bytes are, too.
  byBytes: (text) => text,
  native({ name, type }) {
    const column = identifier(name);
    if (/^(?:bigint|integer|smallint|tinyint)$/u.test(type)) return { kind: 'number', sql: `CASE WHEN ${column} BETWEEN -999999999999 AND 999999999999 THEN CAST(${column} AS DECIMAL(18,6)) END` };
    // The cast rounds half up, as reading does.
    if (type.startsWith('decimal(')) return { kind: 'number', sql: `CASE WHEN abs(${column}) < 999999999999.9999995 THEN CAST(${column} AS DECIMAL(18,6)) END` };
    const zone = /^(?:date|timestamp(?:\(\d+\))?( with time zone)?)$/u.exec(type);
    if (zone === null) return undefined;
    const hasZone = zone[1] !== undefined;
    const moment = type === 'date' ? `CAST(${column} AS TIMESTAMP(3))` : `CAST(date_trunc('millisecond', ${column}) AS TIMESTAMP(3)${hasZone ? ' WITH TIME ZONE' : ''})`;
    return {
      kind: 'instant', hasZone, sql: `date_diff('millisecond', ${timestamp(0, hasZone)}, ${moment})`,
      inRange: `${moment} >= ${timestamp(firstInstant, hasZone)} AND ${moment} < ${timestamp(lastInstant, hasZone)}`,
    };
  },
  place: (value, ascending) => `width_bucket(${value}, ${list(ascending, 'DOUBLE')})`,
  // Places are counted from 1; asking for the one before is an error there.
  element: (numbers, place) => `element_at(${list(numbers, 'BIGINT')}, nullif(${place}, 0))`,
  fingerprint: (from, cells) => `SELECT count(*), to_hex(checksum(row_hash)) FROM (SELECT md5(to_utf8(json_format(CAST(ROW(${cells.join(', ')}) AS JSON)))) AS row_hash FROM ${from}) hashes`,
};

/** Constructors of lists take 254 elements at most. */
function list(numbers: readonly number[], type: 'BIGINT' | 'DOUBLE'): string {
  return `CAST(json_parse('[${numbers.map(integer).join(',')}]') AS ARRAY(${type}))`;
}

function timestamp(milliseconds: number, hasZone: boolean): string {
  return `TIMESTAMP ${literal(`${new Date(milliseconds).toISOString().slice(0, 23).replace('T', ' ')}${hasZone ? ' UTC' : ''}`)}`;
}

/** Questions whose answers are small. */
class TrinoQuestions implements DatabaseSession {
  readonly #session: TrinoSession;
  readonly #limits: ReadLimits;

  constructor(connection: Connection, limits: ReadLimits, signal: AbortSignal) {
    this.#session = new TrinoSession(connection, limits, signal);
    this.#limits = limits;
  }

  async run(text: string): ReturnType<DatabaseSession['run']> {
    if (text.length > longestQuestion) throw new Refusal(`is not asked: a question of ${text.length} characters is longer than Trino takes (${longestQuestion})`);
    const rows: (readonly Cell[])[] = [];
    let columns: readonly DatabaseColumn[] = [];
    await this.#session.run(text, {
      columns: (told) => {
        columns = told;
      },
      rows: (page) => {
        if (rows.length + page.length > this.#limits.rows) throw new Refusal(`has more than ${this.#limits.rows} rows, the most that are read`);
        for (const row of page) rows.push(row.map((value, index) => cellOf(value, columns[index]?.type ?? '')));
        return Promise.resolve();
      },
    });
    return { columns, rows };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

/** What stands in an answer as a cell: whole numbers exactly, or not at all. */
function cellOf(value: unknown, type: string): Cell {
  if (value === null || value === undefined) return null;
  if (Array.isArray(value)) {
    const inner = /^array\((.*)\)$/u.exec(type)?.[1] ?? '';
    // Numbers that JSON would not hold exactly come as texts.
    return value.map((item) => (inner === 'varchar' && typeof item === 'string' && /^-?\d+$/u.test(item) ? BigInt(item) : cellOf(item, inner)));
  }
  if (typeof value === 'boolean') return value;
  if (typeof value === 'string') return /^decimal\(\d+,\s*0\)$/u.test(type) && /^-?\d+$/u.test(value) ? BigInt(value) : value;
  if (typeof value !== 'number') return JSON.stringify(value);
  if (!/^(?:bigint|integer|smallint|tinyint)$/u.test(type)) return value;
  if (!Number.isSafeInteger(value)) throw new Refusal('cannot be asked: its answer has a number that cannot be read exactly');
  return BigInt(value);
}
