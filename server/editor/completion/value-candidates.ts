import { AstUtils, GrammarAST } from 'langium';
import { CompletionItemKind } from 'vscode-languageserver';
import { metricIdOf, metricTemplateText, metricTemplates, needsInWords, suitsTemplate, templateSourceText } from '../../../language/catalogue/metric-templates.ts';
import { recordKinds, type RecordField } from '../../../language/model/record-kinds.ts';
import { declaredColumns, declaredTypes } from '../../measurement/model-records.ts';
import { lastValueOf, type Expectation, type Trail } from '../../../language/syntax/expectation.ts';
import { decimalPlacesOfCurrency } from '../../../language/values/currencies.ts';
import { isDate } from '../../../language/values/date.ts';
import { holidayRegionCodes } from '../../../language/values/holidays.ts';
import { lastCompletedPeriods, periodKinds } from '../../../language/values/period.ts';
import { timeZoneNames } from '../../../language/values/time-zone.ts';
import type { EditorProject } from '../editor-project.ts';
import type { Candidate } from './candidates.ts';
import type { CompletionContext } from './completion-context.ts';
import { declarationName, nameCandidates } from './name-candidates.ts';

/** Values that fit at a position: zones, regions, record kinds and their fields, periods, usual durations. */
export function valueCandidates(project: EditorProject, expectation: Expectation, { whole, declaration }: CompletionContext): Candidate[] {
  const { site, takes, callers, trail } = expectation;
  const { asOf } = project;
  const rule = ruleOf(site.element);
  const property = site.assignment?.feature ?? callers[0]?.assignment?.feature;
  const place = `${site.assignment ? rule : callers[0] ? ruleOf(callers[0].element) : rule}.${property ?? ''}`;
  const isValueRule = (name: string): boolean => rule === name || callers.some(({ element }) => GrammarAST.isRuleCall(element) && element.rule.$refText === name);
  switch (takes) {
    case 'ID':
      if (isValueRule('TimeZone')) return words(timeZoneNames(), 'time zone');
      return namedValues(project, place, trail, whole, declaration);
    case 'TIME_ZONE':
      return words(timeZoneNames(), 'time zone');
    case 'CURRENCY':
      return words([...decimalPlacesOfCurrency.keys()], 'currency');
    case 'DATE':
      return words([project.asOf], 'date', 'The day on which the project is assessed.');
    case 'PERIOD':
      return isDate(asOf)
        ? periodKinds.filter((kind) => kind === 'month' || kind === 'quarter').flatMap((kind) => words(lastCompletedPeriods(kind, 4, asOf).map(({ id }) => id).reverse(), kind))
        : [];
    case 'DURATION':
      return isValueRule('Duration') ? words(place.endsWith('.every') && rule !== 'UpdatePromise' ? ['1mo', '3mo', '6mo', '12mo'] : ['15min', '30min', '1h', '4h', '8h', '1d', '5d', '12mo'], 'duration') : [];
    case 'PERCENT':
      return words(['90%', '95%', '99%', '99.5%', '99.9%'], 'percent');
    case 'DAYS':
      return words(['Mon-Fri', 'Mon-Sat', 'Mon-Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'], 'days');
    case 'TIME_RANGE':
      return words(['08:00-18:00', '09:00-17:00', '00:00-24:00'], 'hours');
    case 'REQUIREMENT_ID':
      return place === 'Organization.standard' ? words(['iso20000:2018'], 'standard') : [];
    default:
      return [];
  }
}

/** Metrics of the catalogue's processes, with the source of their records where the project has one of the kind. */
function templateCandidates(project: EditorProject): Candidate[] {
  const sources = project.model.all('Source');
  return metricTemplates.flatMap((template): Candidate[] => {
    const label = metricIdOf(template);
    if (project.model.get('Metric', label) !== undefined) return [];
    const [source, ...others] = sources.filter((one) => suitsTemplate(template, one));
    const needed = source === undefined ? templateSourceText(template) : undefined;
    const text = `${metricTemplateText(template, others.length === 0 ? source?.name : undefined)}${needed === undefined ? '' : `\n\n${needed}`}`;
    return [{ label, kind: CompletionItemKind.Snippet, description: template.name, detail: template.computed === undefined ? 'recorded' : `from ${template.computed.declared ?? template.computed.recordKind}`, insert: text.slice('metric '.length), isSnippet: true, subject: { kind: 'text', text: needsInWords(template) } }];
  });
}

function namedValues(project: EditorProject, place: string, trail: Trail | undefined, whole: Trail | undefined, declaration: string): Candidate[] {
  switch (place) {
    case 'Source.recordKind':
      return Object.entries(recordKinds).map(([label, { description }]) => ({ label, kind: CompletionItemKind.Struct, detail: 'record kind', subject: { kind: 'text', text: description } }));
    case 'Source.declared':
      return [...declaredTypes.keys()].map((label) => ({ label, kind: CompletionItemKind.Struct, detail: 'what the model declares' }));
    case 'Metric.name':
      return /\bmetric\s*$/u.test(declaration.trim()) ? templateCandidates(project) : [];
    case 'Mapping.field':
    case 'NamesakeMapping.field': {
      // From the text, because the line at the cursor is unfinished and the mappings behind it may not be understood.
      const mapped = new Set([...declaration.matchAll(/\bmap[ \t]+([\w-]+(?:[ \t]*,\s*[\w-]+)*)/g)].flatMap((match) => (match[1] ?? '').split(/[ \t]*,\s*/)));
      return fieldCandidates(recordKindOf(project, trail), mapped);
    }
    case 'Metric.groupings':
    case 'PrimaryExpression.field':
      return fieldCandidates(recordKindOf(project, whole ?? trail), new Set());
    case 'LiteralOrName.name':
      return expressionNames(project, trail, whole);
    case 'ValueTableEntry.value': {
      const field = lastValueOf(trail, 'field');
      return fieldValues(project, field === undefined ? undefined : fieldsOf(recordKindOf(project, trail))[field]);
    }
    case 'Calendar.regions':
      return holidayRegionCodes().map(({ code, name }) => ({ label: code, kind: CompletionItemKind.Value, description: name, detail: 'holidays' }));
    case 'PriorityCondition.impact':
    case 'PriorityCondition.urgency':
      return words(['high', 'medium', 'low'], 'level');
    case 'Agreement.exceptions':
      return words(['maintenance'], 'exception');
    case 'Source.encoding':
      return words(['utf-8', 'utf-16', 'latin-1', 'windows-1252'], 'encoding');
    case 'ConfigurationItem.type':
      return words(used(project.model.all('ConfigurationItem').map(({ type }) => type), ['server', 'application', 'network', 'database', 'document']), 'type');
    case 'ConfigurationItem.status':
      return words(used(project.model.all('ConfigurationItem').map(({ status }) => status), ['planned', 'live', 'retired']), 'status');
    case 'Metric.unit':
      return words(used(project.model.all('Metric').map(({ unit }) => unit), ['score', 'count', 'minutes', 'hours', 'days']), 'unit');
    case 'Step.produces': {
      const process = project.model.get('Process', declarationName(trail));
      return words((process?.outputs ?? []).map(({ name }) => name), 'output');
    }
    case 'ProcessInput.name': {
      const own = declarationName(trail);
      return words(used(project.model.all('Process').filter(({ name }) => name !== own).flatMap(({ outputs }) => outputs.map(({ name }) => name)), []), 'output of another process');
    }
    default:
      return [];
  }
}

/** Fields of the record kind that is meant, and behind a comparison the values that its field may hold. */
function expressionNames(project: EditorProject, trail: Trail | undefined, whole: Trail | undefined): Candidate[] {
  const fields = fieldsOf(recordKindOf(project, whole ?? trail));
  const operator = trail?.token.text;
  const compared = trail?.before?.token;
  if ((operator === '=' || operator === '!=') && compared && Object.hasOwn(fields, compared.text)) return fieldValues(project, fields[compared.text]);
  // On the right of a mapping stand columns of the export, which its file knows.
  if (lastValueOf(trail, 'field') !== undefined && lastValueOf(trail, 'recordKind') !== undefined) return [];
  const declared = project.model.get('Source', lastValueOf(whole ?? trail, 'source'))?.declared;
  const columns = (declared === undefined ? [] : declaredColumns(declared)).map((label): Candidate => ({ label, kind: CompletionItemKind.Field, detail: declared ?? '' }));
  return [...fieldCandidates(recordKindOf(project, whole ?? trail), new Set()), ...columns];
}

/** The kind of the records in question: of the source being written, or of the source it is computed from. */
function recordKindOf(project: EditorProject, trail: Trail | undefined): string | undefined {
  const kind = lastValueOf(trail, 'recordKind');
  if (kind !== undefined) return kind;
  return project.model.get('Source', lastValueOf(trail, 'source'))?.recordKind;
}

function fieldsOf(kind: string | undefined): Readonly<Record<string, RecordField>> {
  return kind !== undefined && Object.hasOwn(recordKinds, kind) ? recordKinds[kind]!.fields : {};
}

function fieldCandidates(kind: string | undefined, without: ReadonlySet<string>): Candidate[] {
  return Object.entries(fieldsOf(kind))
    .filter(([name]) => !without.has(name))
    .map(([label, { description, type }]) => ({ label, kind: CompletionItemKind.Field, detail: type, subject: { kind: 'text', text: description } }));
}

function fieldValues(project: EditorProject, field: RecordField | undefined): Candidate[] {
  if (field?.refersTo !== undefined) return nameCandidates(project, field.refersTo, undefined);
  return words(field?.words ?? [], 'value');
}

function used(texts: readonly (string | undefined)[], usual: readonly string[]): string[] {
  return [...new Set([...texts.filter((text) => text !== undefined && /^[A-Za-z][\w-]*$/.test(text)), ...usual])] as string[];
}

function words(labels: readonly string[], detail: string, text?: string): Candidate[] {
  return labels.map((label) => ({ label, kind: CompletionItemKind.Value, detail, ...(text !== undefined ? { subject: { kind: 'text', text } } : {}) }));
}

function ruleOf(element: GrammarAST.AbstractElement): string {
  return AstUtils.getContainerOfType(element, GrammarAST.isParserRule)?.name ?? '';
}
