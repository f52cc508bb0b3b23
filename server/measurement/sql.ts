/** Text of the engine's query language. Whatever comes from a model or from data goes in through `literal` or `identifier`. */

/** A text as a literal. */
export function literal(text: string): string {
  return `'${text.replaceAll('\0', '').replaceAll("'", "''")}'`;
}

/** A name as an identifier. */
export function identifier(name: string): string {
  return `"${name.replaceAll('\0', '').replaceAll('"', '""')}"`;
}

/** More texts than these in one list make the engine join with them. */
const mostInList = 4;

/**
 * Whether a text is one of some, by comparing it with each: rows keep their order, as they do not where the engine joins with a list,
 * and from their order follows which of several comes first.
 */
export function isOneOf(sql: string, texts: readonly string[]): string {
  const parts: string[] = [];
  for (let index = 0; index < texts.length; index += mostInList) parts.push(`${sql} IN (${texts.slice(index, index + mostInList).map(literal).join(', ')})`);
  return parts.length === 0 ? 'false' : `(${parts.join(' OR ')})`;
}

/** @throws RangeError when the number is not a whole number that the engine can hold: a mistake of the program */
export function integer(value: number): string {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a whole number`);
  return String(value);
}

/** Half-open stretch of whole numbers with a value. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly value: number;
}

/**
 * The value of the stretch a number is in, NULL outside all: a search tree of comparisons, which costs the engine a few
 * comparisons per row and no join.
 *
 * @param stretches in order, not overlapping
 */
export function searchTree(sql: string, stretches: readonly Stretch[]): string {
  if (stretches.length === 0) return 'NULL';
  const leaf = ({ from, to, value }: Stretch, known: { readonly from: boolean; readonly to: boolean }): string => {
    const conditions = [...(known.from ? [] : [`${sql} >= ${integer(from)}`]), ...(known.to ? [] : [`${sql} < ${integer(to)}`])];
    return conditions.length === 0 ? integer(value) : `CASE WHEN ${conditions.join(' AND ')} THEN ${integer(value)} END`;
  };
  const tree = (first: number, last: number, known: { readonly from: boolean; readonly to: boolean }): string => {
    if (first === last) return leaf(stretches[first]!, known);
    const middle = (first + last + 1) >>> 1;
    const touching = stretches[middle - 1]!.to === stretches[middle]!.from;
    return `CASE WHEN ${sql} < ${integer(stretches[middle]!.from)} THEN ${tree(first, middle - 1, { from: known.from, to: touching })} ELSE ${tree(middle, last, { from: true, to: known.to })} END`;
  };
  // A value that is missing compares with nothing: it must not fall through to the last branch.
  return `CASE WHEN ${sql} IS NOT NULL THEN ${tree(0, stretches.length - 1, { from: false, to: false })} END`;
}

/**
 * A text in ISO 8601 as a TIMESTAMPTZ: in UTC if it says its offset, else as if it stood in UTC (the zone of the session). Also without
 * seconds, and with an offset without colon. The second way is only gone where the first fails.
 */
export function isoTimestamp(sql: string): string {
  const mended = `regexp_replace(regexp_replace(trim(${sql}), '([T ]\\d\\d:\\d\\d)(Z|[+-]\\d\\d(:?\\d\\d)?)$', '\\1:00\\2'), '([+-]\\d\\d)(\\d\\d)$', '\\1:\\2')`;
  return `coalesce(TRY_CAST(${sql} AS TIMESTAMPTZ), TRY_CAST(${mended} AS TIMESTAMPTZ))`;
}
