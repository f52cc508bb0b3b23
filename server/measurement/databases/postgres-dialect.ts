import type { Dialect, NotComputedThere } from '../dialect.ts';
import { literal } from '../sql.ts';
import { databaseDialect } from './database-dialect.ts';
import { whiteSpace } from './white-space.ts';

/**
 * The language of PostgreSQL, as far as it can say the very same as that of the engine in the process. Regular expressions, numbers and
 * times in texts, and divisions, whose last digits differ, it cannot.
 */
export function postgresDialect(refusal: (reason: string) => NotComputedThere): Dialect {
  return {
    ...databaseDialect(refusal),
    words(text, table) {
      const found = table.size <= 6
        ? `(CASE ${text} ${[...table].map(([word, name]) => `WHEN ${literal(word)} THEN ${literal(name)}`).join(' ')} END)`
        // Found by halving, however many words there are.
        : `(${literal(JSON.stringify(Object.fromEntries(table)))}::jsonb ->> ${text})`;
      return `(${found} COLLATE "C")`;
    },
    trim: (text) => `btrim(${text}, ${whiteSpace})`,
    endsWith: (text, end) => `(right(${text}, length(${end})) = ${end})`,
    monthsLater: (moment, months) => `(extract(epoch FROM (timestamp '1970-01-01' + ${moment} * interval '1 millisecond' + make_interval(months => ${months}::INTEGER))) * 1000)::BIGINT`,
    quantile: (value, rank) => `percentile_disc(${rank}) WITHIN GROUP (ORDER BY ${value})`,
    smallest: (value, count, condition) => `(array_agg(${value} ORDER BY ${value}) FILTER (WHERE ${condition}))[1:${count}]`,
    pairs: (a, b, condition) => `array_agg(ARRAY[${a}, ${b}] ORDER BY ${a}, ${b}) FILTER (WHERE ${condition})`,
    countDistinct: (text) => `count(DISTINCT ${text})`,
  };
}
