import type { SourceSession } from './source-session.ts';

/**
 * Makes a table of the approved changes (`rid`) that are planned for a time in which another approved change is planned for the same
 * configuration item, where neither names the other as related and they do not go with the same release. Undefined if the source
 * does not map when changes are planned and what they touch.
 */
export async function overlappingChanges(session: SourceSession): Promise<string | undefined> {
  const column = (field: string): string | undefined => {
    const index = session.fieldIndex(field);
    return index === undefined ? undefined : `r.f_${index}`;
  };
  const [from, items, approved] = [column('planned-from'), column('configuration-items'), column('approved')];
  const records = from === undefined || items === undefined || approved === undefined ? undefined : await session.records();
  if (records === undefined) return undefined;
  const text = (field: string): string => (column(field) === undefined ? 'NULL::VARCHAR' : `CAST(${column(field)} AS VARCHAR)`);
  const table = `overlapping_${records.table}`;
  // Sorted by time, those that begin before an earlier one ends are few: only these are compared one by one.
  await records.engine.run(`CREATE OR REPLACE TEMP TABLE ${table} AS
WITH parts AS (
  SELECT r.rowid AS rid, r.record_key AS record_key, ${from} AS from_ms, greatest(coalesce(${column('planned-to') ?? 'NULL'}, ${from}), ${from} + 1) AS until_ms, ${text('related-changes')} AS related, ${text('release')} AS release, unnest(string_split(${items}, ';')) AS item
  FROM ${records.table} r WHERE ${approved} IS NOT NULL AND ${from} IS NOT NULL AND ${items} IS NOT NULL
), sorted AS (
  SELECT * REPLACE (trim(item) AS item),
    max(until_ms) OVER (PARTITION BY trim(item) ORDER BY from_ms, rid ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS earlier_until,
    lead(from_ms) OVER (PARTITION BY trim(item) ORDER BY from_ms, rid) AS next_from
  FROM parts WHERE trim(item) <> ''
), candidates AS (
  SELECT * FROM sorted WHERE coalesce(earlier_until > from_ms, false) OR coalesce(next_from < until_ms, false)
)
SELECT DISTINCT a.rid FROM candidates a JOIN candidates b ON a.item = b.item AND a.from_ms < b.until_ms AND b.from_ms < a.until_ms
WHERE a.rid <> b.rid AND NOT coalesce(a.release = b.release, false) AND NOT coalesce(contains(a.related, b.record_key), false) AND NOT coalesce(contains(b.related, a.record_key), false)`);
  return table;
}
