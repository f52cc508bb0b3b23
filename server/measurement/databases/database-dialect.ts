import type { Dialect, NotComputedThere } from '../dialect.ts';
import { literal } from '../sql.ts';

/** What databases say in the same words, and what none of them can say with the meaning of the engine in the process. */
export function databaseDialect(refusal: (reason: string) => NotComputedThere) {
  return {
    refusal,
    code: 'SMALLINT',
    contains: (text, part) => `(strpos(${text}, ${part}) > 0)`,
    part(text, separator, index) {
      if (separator === '') throw refusal('a text is cut by nothing');
      return `split_part(${text}, ${literal(separator)}, ${index})`;
    },
    matches() {
      throw refusal('regular expressions mean something else there');
    },
    extractMatch() {
      throw refusal('regular expressions mean something else there');
    },
    number({ native }) {
      if (native?.type !== 'number') throw refusal('a number is read from a text there');
      return native.sql;
    },
    multiply(a, b) {
      if (`${a} ${b}`.includes('*')) throw refusal('a product of more than two numbers has other digits there');
      return `(${a} * ${b})`;
    },
    divide() {
      throw refusal('the last digits of a quotient are others there');
    },
    wholeQuotient: (a, b) => `(${a} / ${b})`,
  } satisfies Partial<Dialect>;
}
