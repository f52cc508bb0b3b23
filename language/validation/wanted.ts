import { GrammarAST } from 'langium';
import { describeTypes } from '../references/link-check.ts';
import type { Expectation } from '../syntax/expectation.ts';
import { phraseFrom } from '../syntax/keyword-phrases.ts';
import { ruleOf, valueOf } from '../syntax/strict-reading.ts';

/** What each rule or terminal of a typed value takes, for people. */
const valueWords: Readonly<Record<string, string>> = {
  Text: 'a text in quotes',
  SHORT_TEXT: 'a text in quotes',
  LONG_TEXT: 'a text in quotes',
  Name: 'a word, or a text in quotes',
  NumberValue: 'a number',
  NUMBER: 'a number',
  Percent: 'a percentage such as 99.8%',
  PERCENT: 'a percentage such as 99.8%',
  DateValue: 'a date such as 2026-01-31',
  DATE: 'a date such as 2026-01-31',
  Period: 'a period such as 2026-07, 2026-Q3 or 2026',
  PERIOD: 'a period such as 2026-07, 2026-Q3 or 2026',
  Duration: 'a duration such as 30min, 4h or 2 working days',
  DURATION: 'a duration such as 30min or 4h',
  WorkingDays: 'a number of working days',
  Money: 'an amount of money such as 500 EUR',
  CURRENCY: 'a currency such as EUR',
  TimeZone: 'a time zone such as Europe/London',
  Quantity: 'a number, a percentage, a duration or an amount of money',
  CreditAmount: 'a percentage such as 5%, or an amount such as 500 EUR',
  Comparison: 'a comparison (>=, <=, <, > or =)',
  DateFormat: '“iso”, or a pattern in quotes such as "dd-MM-yyyy HH:mm"',
  DAYS: 'a range of days such as Mon-Fri',
  TIME_RANGE: 'a range of hours such as 08:00-18:00',
  REQUIREMENT_ID: 'a requirement such as iso20000:8.6.1',
  HASH: 'a hash such as sha256:…',
};

/** What a name stands for where it is no reference, by the property that takes it. */
const nameWords: Readonly<Record<string, string>> = {
  name: 'a name',
  recordKind: 'a kind of record such as incident',
  field: 'a field of the record',
  regions: 'a country or region such as GB-ENG',
  produces: 'the name of an output',
  groupings: 'a field',
  impact: 'a level such as high',
  urgency: 'a level such as high',
  kind: 'a kind of procedure',
};

const expressionRules: ReadonlySet<string> = new Set(['PrimaryExpression', 'LiteralOrName']);
const operators: ReadonlySet<string> = new Set(['=', '!=', '<=', '>=', '<', '>', '+', '-', '*', '/', 'starts', 'ends', 'contains', 'matches', 'is', 'and', 'or']);

/** What may stand somewhere, in the user's words, each once and in the order of the grammar. */
export function wantedWords(expected: readonly Expectation[]): string[] {
  const rules = new Set(expected.map(({ site }) => ruleOf(site.element)));
  const inExpression = [...rules].some((rule) => expressionRules.has(rule));
  const inMetric = rules.has('MetricTerm');
  const words = new Set<string>();
  if (inMetric) words.add('what to compute (such as count, share of …, mean of … or a metric)');
  else if (inExpression) words.add('a field, or a value such as 4h or "text"');
  for (const expectation of valuesFirst(expected)) {
    const rule = ruleOf(expectation.site.element);
    if (inMetric || inExpression) {
      if (rule.endsWith('Expression') || rule === 'LiteralOrName' || rule === 'MetricTerm' || rule === 'WorkingDays' || rule === 'AggregateFunction') continue;
    } else if (rule.endsWith('Expression') || rule.startsWith('Metric') || rule === 'ComparisonOperator') {
      if (operators.has(expectation.takes)) {
        words.add('an operator');
        continue;
      }
    }
    words.add(wantedWord(expectation));
  }
  return [...words];
}

/** In the order of the grammar, values before keywords. */
function valuesFirst(expected: readonly Expectation[]): Expectation[] {
  return [...expected.filter(({ isKeyword }) => !isKeyword), ...expected.filter(({ isKeyword }) => isKeyword)];
}

/** The kind of value that was begun, where its end is all that may follow: `12` of a duration. */
export function begunValue(expected: readonly Expectation[]): { readonly words: string; readonly tokens: number } | undefined {
  const values = expected.map(valueOf);
  const [first] = values;
  if (!first || first.tokens === 0 || !values.every((value) => value?.rule === first.rule && value.tokens === first.tokens)) return undefined;
  const words = valueWords[first.rule];
  return words === undefined ? undefined : { words, tokens: first.tokens };
}

function wantedWord(expectation: Expectation): string {
  const { site, takes, isKeyword, callers } = expectation;
  const value = valueOf(expectation);
  const call = callers[0];
  if (value && call?.refersTo !== undefined) return describeTypes(call.refersTo);
  if (value && value.tokens === 0 && valueWords[value.rule] !== undefined) return valueWords[value.rule]!;
  if (isKeyword && GrammarAST.isKeyword(site.element)) return `“${value ? takes : phraseFrom(site.element)}”`;
  if (site.refersTo !== undefined) return describeTypes(site.refersTo);
  if (takes === 'ID') return nameWords[site.assignment?.feature ?? call?.assignment?.feature ?? ''] ?? 'a name';
  return valueWords[takes] ?? takes;
}

/** `a, b, c`; of many the first ones. */
export function listed(words: readonly string[], most = 14): string {
  return words.length > most ? `${words.slice(0, most).join(', ')}, …` : words.join(', ');
}

/** `a, b or c`; of many the first ones. */
export function oneOf(words: readonly string[], most = 8): string {
  if (words.length > most) return `${words.slice(0, most).join(', ')}, …`;
  return words.length > 1 ? `${words.slice(0, -1).join(', ')} or ${words.at(-1)}` : (words[0] ?? 'something else');
}
