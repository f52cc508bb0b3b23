import { recordKinds } from '../../language/model/record-kinds.ts';
import { isProblem } from '../../language/values/problem.ts';
import type { RecordCheck } from '../assessment/rule.ts';
import type { ExpressionProblem } from './expression.ts';
import type { ListedRecord, RecordCheckResult } from './figure.ts';
import { overlappingChanges } from './overlapping-changes.ts';
import { printMoment } from './period-frame.ts';
import { RecordQuery, type DerivedField } from './record-query.ts';
import { numberOf, type LoadedRecords, type SourceSession } from './source-session.ts';
import { parseExpression } from './parse-expression.ts';
import type { TypedSql } from './typed-sql.ts';

/** How many keys of records that fall short are named. */
const namedKeys = 20;
/** How many single records a report may list. */
const mostListed = 1000;

/** Fields that every record has although no source maps them. */
export const derivedFields: ReadonlySet<string> = new Set(['past-due', 'as-of', 'record-key']);

/** Moments, in milliseconds, of the records that checks and lists speak of. */
export interface Window {
  readonly from: number;
  readonly to: number;
}

/** Asks all checks of a kind of a source at once. The first records that fall short are looked up only where there are any. */
export async function runRecordChecks(checks: readonly RecordCheck[], session: SourceSession, window: Window, derived: DerivedField): Promise<readonly RecordCheckResult[]> {
  const results: RecordCheckResult[] = [];
  const fields = new Set(session.fields().map(({ field }) => field));
  const overlapping = checks.some(({ where, meets }) => [where, meets].some((text) => text?.includes('overlapping') === true)) ? await overlappingChanges(session) : undefined;
  const own: DerivedField = (name, records) => {
    // A check may speak of a single record, and of changes that get in each other's way.
    if (name === 'record-key') return { type: 'text', sql: 'r.record_key' };
    if (name === 'overlapping' && overlapping !== undefined) return { type: 'truth', sql: `(${records.joinFacts(overlapping)}.rid IS NOT NULL)` };
    return derived(name, records);
  };
  const query = new RecordQuery(session, () => undefined, { derived: own, lookups: true });
  const asked: { readonly check: RecordCheck; readonly where: string; readonly meets: string }[] = [];
  for (const check of checks) {
    const missingFields = check.fields.filter((field) => !fields.has(field) && !derivedFields.has(field));
    const unanswered: RecordCheckResult = { check: check.id, source: session.source.name, firstKeys: [], missingFields };
    if (missingFields.length > 0 || session.plan() === undefined) {
      results.push(unanswered);
      continue;
    }
    const problems: ExpressionProblem[] = [];
    const [where, meets] = [check.where, check.meets].map((text) => (text === undefined ? undefined : conditionOf(text, query, problems)));
    if (meets === undefined || (check.where !== undefined && where === undefined)) results.push({ ...unanswered, missingFields: check.fields.filter((field) => (query.name(field) ?? undefined) === undefined) });
    else asked.push({ check, where: where?.sql ?? 'true', meets: meets.sql });
  }
  const records = asked.length === 0 ? undefined : await session.records();
  const from = records === undefined ? undefined : await query.from(records);
  if (records === undefined || from === undefined || isProblem(from)) {
    results.push(...asked.map(({ check }) => ({ check: check.id, source: session.source.name, firstKeys: [], missingFields: [] })));
    return results;
  }
  const within = windowCondition(session, query, window);
  // Each condition is worked out once: 1 where a record meets it, 2 where it falls short. Counts with filters would cost the engine a look at all columns each.
  const verdicts = asked.map(({ where, meets }, index) => `CASE WHEN ${where} THEN CASE WHEN ${meets} THEN 1 ELSE 2 END END AS v${index}`);
  const counts = await records.engine.row(`SELECT ${asked.map((_, index) => `count(v${index}), count(nullif(v${index}, 1))`).join(', ')} FROM (SELECT ${verdicts.join(', ')} FROM ${from} WHERE ${within}) v`);
  for (const [index, { check, where, meets }] of asked.entries()) {
    const population = numberOf(counts[index * 2]) ?? 0;
    const shortfall = numberOf(counts[index * 2 + 1]) ?? 0;
    const first = shortfall === 0 ? [] : await records.engine.rows(`SELECT r.record_key, r.rowid FROM ${from} WHERE ${within} AND ${where} AND NOT coalesce(${meets}, false) ORDER BY r.rowid LIMIT ${namedKeys}`);
    results.push({ check: check.id, source: session.source.name, population, shortfall, firstKeys: first.map(([key, row]) => (key === null || key === undefined ? `row ${Number(row) + 1}` : String(key))), missingFields: [] });
  }
  return results;
}

function conditionOf(text: string, query: RecordQuery, problems: ExpressionProblem[]): TypedSql | undefined {
  const expression = parseExpression(text);
  if (expression === undefined) return undefined;
  const before = problems.length;
  const condition = query.compiler.condition(expression, []);
  return problems.length > before ? undefined : condition;
}

/** Records that count within the window; those whose time is not known are among them. */
function windowCondition(session: SourceSession, query: RecordQuery, window: Window): string {
  const kind = recordKinds[session.source.recordKind];
  if (kind?.register) return 'true';
  const counted = query.field(kind?.counted ?? '');
  return counted === undefined || counted.type !== 'instant' ? 'true' : `(${counted.sql} IS NULL OR (${counted.sql} >= ${window.from} AND ${counted.sql} < ${window.to}))`;
}

/** Single records that reports name: outages, and major incidents. */
export async function listRecords(session: SourceSession, window: Window): Promise<readonly ListedRecord[]> {
  const { recordKind, name } = session.source;
  const query = new RecordQuery(session, () => undefined);
  const condition = recordKind === 'outage' ? 'true' : query.field('major')?.sql;
  if (condition === undefined) return [];
  const records: LoadedRecords | undefined = await session.records();
  if (records === undefined) return [];
  const counted = query.field(recordKinds[recordKind]?.counted ?? '');
  if (counted === undefined) return [];
  const fields = session.fields();
  const rows = await records.engine.rows(`SELECT r.record_key, r.rowid${fields.map(({ value }, index) => (value.type === 'instant' ? `, r.f_${index}` : `, CAST(r.f_${index} AS VARCHAR)`)).join('')} FROM ${records.table} r WHERE ${condition} AND ${counted.sql} >= ${window.from} AND ${counted.sql} < ${window.to} ORDER BY ${counted.sql}, r.rowid LIMIT ${mostListed}`);
  return rows.map(([key, row, ...cells]) => ({
    source: name, recordKind, key: key === null || key === undefined ? `row ${Number(row) + 1}` : String(key),
    fields: Object.fromEntries(fields.flatMap(({ field, value }, index) => {
      const cell = cells[index];
      if (cell === null || cell === undefined) return [];
      const text = String(cell);
      return [[field, value.type === 'instant' ? printMoment(Number(cell), session.zone) : value.type === 'number' ? text.replace(/\.?0+$/u, '') : text]];
    })),
  }));
}
