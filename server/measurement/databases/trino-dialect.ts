import type { Dialect, NotComputedThere } from '../dialect.ts';
import { literal } from '../sql.ts';
import { databaseDialect } from './database-dialect.ts';
import { whiteSpace } from './white-space.ts';

/**
 * The language of Trino, as far as it can say the very same as that of the engine in the process. Regular expressions, numbers and times
 * in texts, and divisions, whose last digits differ, it cannot. Percentiles of its own are approximate: a value of a rank is taken from the
 * values in order.
 */
export function trinoDialect(refusal: (reason: string) => NotComputedThere): Dialect {
  return {
    ...databaseDialect(refusal),
    words: (text, table) => (table.size <= 6
      ? `(CASE ${text} ${[...table].map(([word, name]) => `WHEN ${literal(word)} THEN ${literal(name)}`).join(' ')} END)`
      : `element_at(CAST(json_parse(${literal(JSON.stringify(Object.fromEntries(table)))}) AS MAP(VARCHAR, VARCHAR)), ${text})`),
    trim: (text) => `trim(BOTH ${whiteSpace} FROM ${text})`,
    endsWith: (text, end) => `(substr(${text}, -length(${end})) = ${end})`,
    monthsLater: (moment, months) => `date_diff('millisecond', ${epoch}, date_add('month', ${months}, date_add('millisecond', ${moment}, ${epoch})))`,
    quantile: (value, rank) => `element_at(array_sort(array_agg(${value}) FILTER (WHERE ${value} IS NOT NULL)), CAST(ceil(${rank}E0 * count(${value})) AS BIGINT))`,
    // As texts, since an answer holds only numbers that JSON does exactly.
    smallest: (value, count, condition) => `CAST(min(${value}, ${count}) FILTER (WHERE ${condition}) AS ARRAY(VARCHAR))`,
    pairs: (a, b, condition) => `array_agg(ARRAY[${a}, ${b}] ORDER BY ${a}, ${b}) FILTER (WHERE ${condition})`,
    countDistinct: (text) => `count(DISTINCT ${text})`,
  };
}

const epoch = "TIMESTAMP '1970-01-01 00:00:00.000'";
