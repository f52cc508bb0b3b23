import type { SourceSession } from './source-session.ts';

/** With how many of those that begin after it a change is compared: enough to see what gets in its way, and bounded however many there are. */
const nearest = 12;

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
  await records.engine.run(`CREATE OR REPLACE TEMP TABLE ${table} AS
WITH parts AS (
  SELECT r.rowid AS rid, r.record_key AS record_key, ${from} AS from_ms, greatest(coalesce(${column('planned-to') ?? 'NULL'}, ${from}), ${from} + 1) AS until_ms, ${text('related-changes')} AS related, ${text('release')} AS release, unnest(string_split(${items}, ';')) AS item
  FROM ${records.table} r WHERE ${approved} IS NOT NULL AND ${from} IS NOT NULL AND ${items} IS NOT NULL
), sorted AS (
  SELECT * REPLACE (trim(item) AS item), row_number() OVER (PARTITION BY trim(item) ORDER BY from_ms, rid) AS place FROM parts WHERE trim(item) <> ''
), pairs AS (
  SELECT a.rid AS first_rid, b.rid AS second_rid FROM (SELECT *, unnest(range(1, ${nearest + 1})) AS distance FROM sorted) a JOIN sorted b ON b.item = a.item AND b.place = a.place + a.distance
  WHERE b.from_ms < a.until_ms AND a.rid <> b.rid AND NOT coalesce(a.release = b.release, false) AND NOT coalesce(contains(a.related, b.record_key), false) AND NOT coalesce(contains(b.related, a.record_key), false)
)
SELECT first_rid AS rid FROM pairs UNION SELECT second_rid FROM pairs`);
  return table;
}
