import { isDate, type IsoDate } from '../../values/date.ts';
import { parseDuration } from '../../values/duration.ts';
import { parsePeriod } from '../../values/period.ts';
import { isProblem } from '../../values/problem.ts';
import type { Path } from '../../model/fragment.ts';
import type { Report } from '../report.ts';
import { valueRules } from '../value-rules.ts';
import { wrongValue } from '../wrong-value.ts';
import { checkFile } from './files.ts';
import { checkPattern } from './patterns.ts';

/** Every typed value of a declaration, wherever it stands. */
export function checkValues(node: object, path: Path, report: Report): void {
  const properties = '$type' in node && typeof node.$type === 'string' ? valueRules().get(node.$type) : undefined;
  for (const [property, value] of Object.entries(node) as [string, unknown][]) {
    if (property.startsWith('$')) continue;
    if (Array.isArray(value)) {
      if (value.length === 0) continue;
      for (const [index, item] of (value as readonly unknown[]).entries()) checkValue(item, property, properties?.get(property), [...path, property, index], report);
      if (value.length > 1) checkRepeated(value, [...path, property], report);
    } else {
      checkValue(value, property, properties?.get(property), [...path, property], report);
    }
  }
  if (properties) checkOrder(node, properties, path, report);
  checkPattern(node, path, report);
}

function checkValue(value: unknown, property: string, rule: string | undefined, path: Path, report: Report): void {
  if (typeof value === 'object' && value !== null) checkValues(value, path, report);
  if (typeof value !== 'string' || rule === undefined) return;
  const wrong = wrongValue(rule, value);
  if (wrong) report.problem(codeOf(rule), path, wrong);
  else if (rule === 'Duration' && intervals.has(property)) checkInterval(value, path, report);
  else if ((rule === 'Text' || rule === 'SHORT_TEXT') && files.has(property)) checkFile(value, path, report, property === 'files');
}

/** Properties that name a file of the project. */
const files: ReadonlySet<string> = new Set(['file', 'files', 'minutesFile']);
/** Properties that say how often something comes round. */
const intervals: ReadonlySet<string> = new Set(['every', 'interval', 'surveillance']);

function checkInterval(value: string, path: Path, report: Report): void {
  const duration = parseDuration(value);
  if (isProblem(duration)) return;
  const length = duration.kind === 'elapsed' ? duration.seconds : duration.kind === 'calendar' ? duration.months : duration.workingDays;
  if (length === 0) report.error('empty-interval', path, `An interval of ${value} never ends: write how often this comes round, such as 6mo.`);
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

/** The same word twice in one list says nothing more than once. */
function checkRepeated(values: readonly unknown[], path: Path, report: Report): void {
  const seen = new Set<unknown>();
  values.forEach((value, index) => {
    if (typeof value !== 'string') return;
    if (seen.has(value)) report.warning('repeated-item', [...path, index], `“${value.length > 60 ? `${value.slice(0, 60)}…` : value}” stands twice in this list.`);
    seen.add(value);
  });
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

function checkOrder(node: object, properties: ReadonlyMap<string, string>, path: Path, report: Report): void {
  for (const [first, second, what] of orders) {
    if (properties.get(first) !== 'DateValue' || properties.get(second) !== 'DateValue') continue;
    const [from, to] = [valueOf(node, first), valueOf(node, second)];
    if (from !== undefined && to !== undefined && isDate(from) && isDate(to) && (to as IsoDate) < (from as IsoDate)) {
      report.error('dates-reversed', [...path, second], `This ${what}: ${to} is before ${from}.`, first === 'from' || first === 'validFrom' ? from : undefined);
    }
  }
  if (properties.get('period') === 'Period' && properties.get('until') === 'Period') {
    const [from, until] = [valueOf(node, 'period'), valueOf(node, 'until')].map((text) => (text === undefined ? undefined : parsePeriod(text)));
    if (from && until && !isProblem(from) && !isProblem(until) && until.lastDay < from.firstDay) report.error('dates-reversed', [...path, 'until'], `This ends before it begins: ${until.id} is before ${from.id}.`);
  }
}

function valueOf(node: object, property: string): string | undefined {
  const value: unknown = (node as Record<string, unknown>)[property];
  return typeof value === 'string' ? value : undefined;
}
