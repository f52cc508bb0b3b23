import { parseDecimal } from '../values/decimal.ts';
import { parseComparison } from '../values/comparison.ts';
import { parseDate } from '../values/date.ts';
import { parseDuration } from '../values/duration.ts';
import { parseMoney } from '../values/money.ts';
import { parsePercent } from '../values/percent.ts';
import { parsePeriod } from '../values/period.ts';
import { isOpen } from '../values/open.ts';
import { isProblem, problem, shown, type Problem } from '../values/problem.ts';
import { parseQuantity } from '../values/quantity.ts';
import { timeZone } from '../values/time-zone.ts';
import { parseDays, parseTimeRange } from '../values/week.ts';

const readers: ReadonlyMap<string, (text: string) => unknown> = new Map(Object.entries({
  DateValue: parseDate,
  DATE: parseDate,
  Percent: parsePercent,
  PERCENT: parsePercent,
  Duration: parseDuration,
  DURATION: parseDuration,
  Quantity: parseQuantity,
  CreditAmount: parseQuantity,
  Money: parseMoney,
  Period: parsePeriod,
  PERIOD: parsePeriod,
  NumberValue: parseDecimal,
  NUMBER: parseDecimal,
  TIME_RANGE: parseTimeRange,
  DAYS: parseDays,
  Comparison: parseComparison,
  TimeZone: zone,
  REQUIREMENT_ID: requirement,
}));

function zone(text: string): unknown {
  return isOpen(text) ? problem('The time zone is still to be filled in: write its IANA name, such as Europe/London, or UTC; until then times are read as UTC') : timeZone(text);
}

function requirement(text: string): Problem | string {
  if (text.startsWith('iso20000:')) return text;
  const clause = /^(?:iso(?:\/?iec)?[ -]?20000(?:-1)?:?)?((?:[4-9]|10)(?:\.\w+)*)$/i.exec(text)?.[1];
  return problem(`${shown(text)} is not a requirement: write iso20000: and the clause`, clause === undefined ? undefined : `iso20000:${clause}`);
}

/** Why a text is no value of the kind that a rule or terminal of the grammar takes; undefined where it is one, or the kind is not known. */
export function wrongValue(rule: string, text: string): Problem | undefined {
  const read = readers.get(rule);
  if (!read) return undefined;
  // A model says the same dates, shares and times over and over.
  let right = rightValues.get(rule);
  if (!right) rightValues.set(rule, (right = new Set()));
  if (right.has(text)) return undefined;
  const value = read(text);
  if (isProblem(value)) return value;
  if (right.size < mostRemembered) right.add(text);
  return undefined;
}

const mostRemembered = 5000;
const rightValues = new Map<string, Set<string>>();
