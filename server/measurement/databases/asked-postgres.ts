import { identifier, integer, literal } from '../sql.ts';
import { firstInstant, lastInstant } from '../zone-code.ts';
import type { AskedDatabase } from './asked-database.ts';
import { postgresDialect } from './postgres-dialect.ts';
import { PostgresSession } from './postgres-session.ts';
import { postgresCells } from './postgres.ts';

/** PostgreSQL, and what speaks its language. */
export const askedPostgres: AskedDatabase = {
  seesOneMoment: true,
  keepsOrder: true,
  open: (connection, limits, signal) => PostgresSession.open(connection, limits, signal),
  async prepare(session) {
    // Compiling questions with large tables in them takes longer than answering them.
    await session.run("SELECT set_config(name, 'off', true) FROM pg_settings WHERE name = 'jit'");
    const [encoding] = (await session.run('SHOW server_encoding')).rows[0] ?? [];
    return encoding === 'UTF8' ? undefined : `the database is in ${String(encoding)}, not UTF8`;
  },
  dialect: (refusal) => ({ ...postgresDialect(refusal), refusal }),
  cells: () => postgresCells,
  byBytes: (text) => `${text} COLLATE "C"`,
  native({ name, type }) {
    const column = identifier(name);
    const number = Number(type);
    if (number === numeric || number === bigint) return { kind: 'number', sql: `CASE WHEN abs(round(${column}::NUMERIC, 6)) < 1000000000000 THEN round(${column}::NUMERIC, 6)::DECIMAL(18,6) END` };
    if (number === smallint || number === integer32) return { kind: 'number', sql: `${column}::DECIMAL(18,6)` };
    if (number !== date && number !== timestamp && number !== timestampWithZone) return undefined;
    return {
      kind: 'instant', hasZone: number === timestampWithZone, inRange: `${column} >= ${literal(isoOf(firstInstant))} AND ${column} < ${literal(isoOf(lastInstant))}`,
      sql: `(extract(epoch FROM date_trunc('milliseconds', ${column}${number === date ? '::TIMESTAMP' : ''})) * 1000)::BIGINT`,
    };
  },
  place: (value, ascending) => `width_bucket((${value})::BIGINT, ${list(ascending)})`,
  element: (numbers, place) => `(${list(numbers)})[${place}]`,
  fingerprint(from, cells) {
    const part = (begin: number): string => `coalesce(sum(('x' || substr(hash, ${begin}, 15))::BIT(60)::BIGINT), 0)`;
    return `SELECT count(*), ${part(1)}, ${part(17)} FROM (SELECT md5(ROW(${cells.join(', ')})::TEXT) AS hash FROM ${from}) hashes`;
  },
};

function list(numbers: readonly number[]): string {
  return `'{${numbers.map(integer).join(',')}}'::BIGINT[]`;
}

function isoOf(milliseconds: number): string {
  return `${new Date(milliseconds).toISOString().slice(0, 19).replace('T', ' ')}+00`;
}

/** Numbers of types, which are the same in every database: see `pg_type.dat`. */
const [bigint, smallint, integer32, numeric, date, timestamp, timestampWithZone] = [20, 21, 23, 1700, 1082, 1114, 1184] as const;
