import { isDate } from '../../values/date.ts';
import { parseDuration } from '../../values/duration.ts';
import { parsePeriod } from '../../values/period.ts';
import { isProblem } from '../../values/problem.ts';
import type { AnyDeclaration } from '../../model/declarations.ts';
import type { Path } from '../../model/fragment.ts';
import type { Report } from '../report.ts';
import { valueRules } from '../value-rules.ts';
import { wrongValue } from '../wrong-value.ts';
import { checkActionFacts } from './actions.ts';
import { checkContradictions, contradictionsOf } from './contradictions.ts';
import { checkFile } from './files.ts';
import { checkPattern } from './patterns.ts';

/** A way from a declaration to a fact, which becomes a path only where there is something to say. */
interface Trail {
  readonly before: Trail | undefined;
  readonly step: string | number;
}

function pathOf(trail: Trail | undefined): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at = trail; at; at = at.before) path.unshift(at.step);
  return path;
}

/** Every typed value of a declaration, wherever it stands, and facts of one node that exclude each other. */
export function checkValues(declaration: AnyDeclaration, report: Report): void {
  checkNode(declaration, undefined, declaration, report);
}

function checkNode(node: object, trail: Trail | undefined, declaration: AnyDeclaration, report: Report): void {
  const facts = node as Readonly<Record<string, unknown>>;
  const type = facts['$type'];
  const properties = typeof type === 'string' ? valueRules().get(type) : undefined;
  for (const property in facts) {
    if (property.charCodeAt(0) === 36) continue;
    const value = facts[property];
    if (typeof value === 'string') {
      const rule = properties?.get(property);
      if (rule !== undefined) checkValue(value, property, rule, undefined, trail, report);
    } else if (Array.isArray(value)) {
      if (value.length > 0) checkList(value, property, properties?.get(property), trail, declaration, report);
    } else if (typeof value === 'object' && value !== null) {
      checkNode(value, { before: trail, step: property }, declaration, report);
    }
  }
  if (type === 'Action') checkActionFacts(node, () => pathOf(trail), declaration, report);
  if (properties && typeof type === 'string') {
    for (const order of ordersOf(type, properties)) checkOrder(facts, order, trail, report);
    if (properties.has('until')) checkPeriods(facts, trail, report);
    if (contradictionsOf(type).length > 0) checkContradictions(node, type, pathOf(trail), report);
    checkPattern(node, pathOf, trail, report);
  }
}

function checkList(values: readonly unknown[], property: string, rule: string | undefined, trail: Trail | undefined, declaration: AnyDeclaration, report: Report): void {
  const seen = new Set<string>();
  for (let index = 0; index < values.length; index++) {
    const value = values[index];
    if (typeof value === 'object' && value !== null) checkNode(value, { before: { before: trail, step: property }, step: index }, declaration, report);
    else if (typeof value === 'string') {
      if (rule !== undefined) checkValue(value, property, rule, index, trail, report);
      // The same word twice in one list says nothing more than once.
      if (values.length > 1 && seen.has(value)) {
        report.warning('repeated-item', [...pathOf(trail), property, index], `“${value.length > 60 ? `${value.slice(0, 60)}…` : value}” stands twice in this list.`);
      }
      seen.add(value);
    }
  }
}

function checkValue(value: string, property: string, rule: string, index: number | undefined, trail: Trail | undefined, report: Report): void {
  const path = (): Path => (index === undefined ? [...pathOf(trail), property] : [...pathOf(trail), property, index]);
  if (rule === 'Text' || rule === 'SHORT_TEXT') {
    if (files.has(property)) checkFile(value, path, report, property === 'files');
    return;
  }
  const wrong = wrongValue(rule, value);
  if (wrong) report.problem(codeOf(rule), path(), wrong);
  else if (rule === 'Duration' && intervals.has(property)) checkInterval(value, path, report);
}

/** Properties that name a file of the project. */
const files: ReadonlySet<string> = new Set(['file', 'files', 'minutesFile']);
/** Properties that say how often something comes round. */
const intervals: ReadonlySet<string> = new Set(['every', 'interval', 'surveillance']);

function checkInterval(value: string, path: () => Path, report: Report): void {
  const duration = parseDuration(value);
  if (isProblem(duration)) return;
  const length = duration.kind === 'elapsed' ? duration.seconds : duration.kind === 'calendar' ? duration.months : duration.workingDays;
  if (length === 0) report.error('empty-interval', path(), `An interval of ${value} never ends: write how often this comes round, such as 6mo.`);
}

function codeOf(rule: string): string {
  switch (rule) {
    case 'DateValue': case 'DATE': return 'impossible-date';
    case 'Period': case 'PERIOD': return 'impossible-period';
    case 'Duration': case 'DURATION': return 'impossible-duration';
    case 'TIME_RANGE': return 'impossible-hours';
    case 'TimeZone': return 'unknown-time-zone';
    case 'Money': return 'impossible-amount';
    default: return 'impossible-value';
  }
}

/** Facts of which the first cannot come after the second. */
const orders: readonly (readonly [string, string, string])[] = [
  ['from', 'to', 'ends before it begins'],
  ['validFrom', 'validTo', 'ends before it begins'],
  ['detected', 'closed', 'is closed before it was detected'],
  ['recorded', 'implemented', 'is implemented before it was recorded'],
  ['recorded', 'due', 'is due before it was recorded'],
  ['performed', 'certificateValidTo', 'ends before the assessment was performed'],
  ['performed', 'next', 'comes before the assessment that was performed'],
  ['determined', 'reviewed', 'was reviewed before it was determined'],
];

const ordersByType = new Map<string, typeof orders>();

function ordersOf(type: string, properties: ReadonlyMap<string, string>): typeof orders {
  let known = ordersByType.get(type);
  if (!known) ordersByType.set(type, (known = orders.filter(([first, second]) => properties.get(first) === 'DateValue' && properties.get(second) === 'DateValue')));
  return known;
}

function checkOrder(facts: Readonly<Record<string, unknown>>, [first, second, what]: (typeof orders)[number], trail: Trail | undefined, report: Report): void {
  const [from, to] = [facts[first], facts[second]];
  if (typeof from !== 'string' || typeof to !== 'string' || !isDate(from) || !isDate(to) || to >= from) return;
  report.error('dates-reversed', [...pathOf(trail), second], `This ${what}: ${to} is before ${from}.`, first === 'from' || first === 'validFrom' ? from : undefined);
}

function checkPeriods(facts: Readonly<Record<string, unknown>>, trail: Trail | undefined, report: Report): void {
  const { period, until } = facts;
  if (typeof period !== 'string' || typeof until !== 'string') return;
  const [from, to] = [parsePeriod(period), parsePeriod(until)];
  if (!isProblem(from) && !isProblem(to) && to.lastDay < from.firstDay) report.error('dates-reversed', [...pathOf(trail), 'until'], `This ends before it begins: ${to.id} is before ${from.id}.`);
}
