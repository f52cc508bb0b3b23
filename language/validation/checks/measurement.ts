import type { DeclarationTypes, Metric, ObservedFlow, Source } from '../../model/declarations.ts';
import { recordKinds, type RecordKind } from '../../model/record-kinds.ts';
import { nearest } from '../../values/nearest.ts';
import { isOpen } from '../../values/open.ts';
import { parsePeriod } from '../../values/period.ts';
import { isProblem } from '../../values/problem.ts';
import { parseQuantity, type Quantity } from '../../values/quantity.ts';
import type { Report } from '../report.ts';
import { compareWarning, unitWords } from './agreements.ts';

/** The kind of record a source brings, and what it maps. */
export function checkSource(source: Source, report: Report): void {
  const kind = Object.hasOwn(recordKinds, source.recordKind) ? recordKinds[source.recordKind] : undefined;
  if (!kind) {
    const near = nearest(source.recordKind, Object.keys(recordKinds));
    report.error('unknown-record-kind', ['recordKind'], `“${source.recordKind}” is no kind of record${near === undefined ? `. Those are: ${Object.keys(recordKinds).join(', ')}.` : `; did you mean “${near}”?`}`, near);
  }
  const mapped = new Set<string>();
  source.mappings.forEach((mapping, index) => {
    if (mapped.has(mapping.field)) report.error('repeated-field', ['mappings', index, 'field'], `The field “${mapping.field}” is mapped twice.`);
    mapped.add(mapping.field);
    if (kind) checkField(mapping.field, source.recordKind, kind, index, report);
    checkTable(mapping.entries, kind?.fields[mapping.field]?.words, index, report);
  });
  if (source.flow) checkObservedFlow(source, source.flow, kind, report);
  if (source.historyKey !== undefined && source.key !== undefined) {
    report.error('contradiction', ['key'], '“key” says that each row is a record of its own, “history” that rows of one key make up a record: keep one of them.');
  }
  if (source.keep !== undefined && source.keep !== 'all' && source.historyKey === undefined && source.key === undefined) {
    report.warning('keep-without-key', ['keep'], '“keep” chooses among rows of one key, but neither “key” nor “history” says which rows belong together.');
  }
}

function checkField(field: string, kindName: string, kind: RecordKind, index: number, report: Report): void {
  if (Object.hasOwn(kind.fields, field)) return;
  const near = nearest(field, Object.keys(kind.fields));
  const what = `“${field}” is no standard field of ${/^[aeio]/.test(kindName) ? 'an' : 'a'} ${kindName}`;
  if (near !== undefined) report.warning('unknown-field', ['mappings', index, 'field'], `${what}; did you mean “${near}”?`, near);
  else report.add('information', 'unknown-field', ['mappings', index, 'field'], `${what}: metrics of this model may use it, the checks of requirements do not read it.`);
}

function checkTable(entries: Source['mappings'][number]['entries'], words: readonly string[] | undefined, mapping: number, report: Report): void {
  const open = entries.filter(({ value }) => typeof value === 'string' && isOpen(value));
  if (open.length > 0) {
    const shown = open.slice(0, 3).map(({ text }) => `“${text}”`).join(', ');
    report.warning('not-filled-in', ['mappings', mapping, 'entries', entries.indexOf(open[0]!), 'value'], `Still to be filled in: what ${shown}${open.length > 3 ? ` and ${open.length - 3} more` : ''} stand${open.length === 1 ? 's' : ''} for. Until then it is unknown for these records.`);
  }
  const seen = new Set<string>();
  entries.forEach(({ text, value }, index) => {
    if (seen.has(text)) report.error('repeated-item', ['mappings', mapping, 'entries', index, 'text'], `“${text}” stands twice in this table.`);
    seen.add(text);
    if (words && !isOpen(value) && !words.includes(value)) {
      const near = nearest(value, words);
      report.error('unknown-word', ['mappings', mapping, 'entries', index, 'value'], `“${value}” is not a value of this field: write ${words.join(', ')}${near === undefined ? '.' : `; did you mean “${near}”?`}`, near);
    }
  });
}

/** What says which steps the records show: texts of rows need rows of a history, moments a field that holds one. */
function checkObservedFlow(source: Source, flow: ObservedFlow, kind: RecordKind | undefined, report: Report): void {
  const texts = new Set<string>();
  const fields = new Set<string>();
  flow.entries.forEach(({ text, field }, index) => {
    const path = ['flow', 'entries', index];
    const [known, name] = text === undefined ? [fields, field ?? ''] : [texts, text];
    if (known.has(name)) report.error('repeated-item', [...path, text === undefined ? 'field' : 'text'], `“${name}” stands twice among the steps: write its steps in one list, “a, b”.`);
    known.add(name);
    if (text !== undefined) texts.add(text);
    if (field === undefined || !kind) return;
    const declared = Object.hasOwn(kind.fields, field) ? kind.fields[field] : undefined;
    if (declared !== undefined && ((declared.type !== 'instant' && declared.type !== 'date') || declared.ahead)) report.error('wrong-type', [...path, 'field'], `“${field}” does not say when something was done: a step is shown by a moment, or by the text of a row in quotation marks.`);
    else if (!source.mappings.some((mapping) => mapping.field === field)) {
      const near = nearest(field, source.mappings.map((mapping) => mapping.field));
      report.error('unknown-field', [...path, 'field'], `“${field}” is not mapped in this source${near === undefined ? ': map it first.' : `; did you mean “${near}”?`}`, near);
    }
  });
  flow.leftOut.forEach((text, index) => {
    if (texts.has(text)) report.error('contradiction', ['flow', 'leftOut', index], `“${text}” stands for a step and is left out: keep one of them.`);
  });
  if (texts.size > 0 && flow.activity === undefined) report.error('contradiction', ['flow', 'process'], 'Texts stand for steps, but nothing says where they stand: write “by” and the column with the activity or state of each row.');
  if (flow.activity !== undefined && source.historyKey === undefined) report.error('contradiction', ['flow', 'activity'], 'The steps are read from the rows of a history: say how rows belong together with “history by … at …”.');
}

/** A metric's target, warning and recorded values are of one unit; its periods stand once. */
export function checkMetric(metric: Metric, report: Report): void {
  if (metric.target !== undefined && metric.warning !== undefined && metric.comparison !== undefined) compareWarning(metric.target, metric.comparison, metric.warning, ['warning'], report);
  const target = metric.target === undefined ? undefined : parseQuantity(metric.target);
  const unit = target === undefined || isProblem(target) ? undefined : target.kind;
  const periods = new Set<string>();
  metric.recorded.forEach(({ period, value }, index) => {
    if (periods.has(period)) report.error('repeated-item', ['recorded', index, 'period'], `There are two values for ${period}.`);
    periods.add(period);
    checkUnit(value, unit, metric.target, ['recorded', index, 'value'], report);
    const known = parsePeriod(period);
    if (metric.every !== undefined && !isProblem(known) && known.kind !== metric.every) {
      report.warning('other-period', ['recorded', index, 'period'], `This metric is computed every ${metric.every}; ${period} is a ${known.kind}.`);
    }
  });
}

function checkUnit(text: string, unit: Quantity['kind'] | undefined, target: string | undefined, path: readonly (string | number)[], report: Report): void {
  const value = parseQuantity(text);
  if (unit === undefined || target === undefined || isProblem(value) || value.kind === unit) return;
  report.error('wrong-unit', path, `${text} is ${unitWords[value.kind]}, the target (${target}) is ${unitWords[unit]}.`);
}

export function checkObjective(objective: DeclarationTypes['Objective'], report: Report): void {
  if (objective.from !== undefined && objective.to !== undefined) checkSameUnit(objective.from, objective.to, ['to'], report);
}

export function checkImprovement(improvement: DeclarationTypes['Improvement'], report: Report): void {
  improvement.expectations.forEach(({ from, to }, index) => checkSameUnit(from, to, ['expectations', index, 'to'], report));
}

function checkSameUnit(from: string, to: string, path: readonly (string | number)[], report: Report): void {
  const [before, after] = [parseQuantity(from), parseQuantity(to)];
  if (isProblem(before) || isProblem(after) || before.kind === after.kind) return;
  report.error('wrong-unit', path, `${from} is ${unitWords[before.kind]} and ${to} ${unitWords[after.kind]}: nothing leads from one to the other.`);
}
