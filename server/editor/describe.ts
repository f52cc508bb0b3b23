import { clauseElsewhere } from '../../language/catalogue/crosswalk.ts';
import { catalogue, type RequirementRow } from '../../language/catalogue/catalogue.ts';
import { declarationDocumentation } from '../../language/documentation/declarations.ts';
import { factDocumentation } from '../../language/documentation/facts.ts';
import type { KnownName } from '../../language/model/model.ts';
import { isBuiltIn } from '../../language/references/built-in.ts';
import { describeType } from '../../language/references/link-check.ts';
import type { Figure } from '../measurement/figure.ts';
import type { EditorProject } from './editor-project.ts';
import { authored, code, plain } from './markdown.ts';
import { processItem } from './process-items.ts';

/** What words of the language mean, as Markdown. */
export function describePhrase(rule: string, words: string): string | undefined {
  const text = factDocumentation(rule, words) ?? (Object.hasOwn(declarationDocumentation, words) ? declarationDocumentation[words]?.text : undefined);
  return text === undefined ? undefined : `**${words}** ${text}`;
}

/** What a name stands for, as Markdown: title, documentation, facts, where it is declared, what was measured. */
export function describeName(project: EditorProject, known: KnownName): string {
  const { name, entity } = known;
  if (name.type === 'Requirement') return describeRequirement(name.id) ?? code(name.id);
  const kind = name.type === processItem ? 'input or output of processes' : describeType(name.type);
  const parts = [`${kind} ${code(name.id)}${name.title !== undefined ? ` **${plain(name.title)}**` : ''}`];
  const isWhole = name.path.length === 1;
  if (isWhole && entity.node.$documentation !== undefined) parts.push(authored(entity.node.$documentation));
  const node = isWhole ? entity.node : partAt(entity.node, name.path);
  const facts = factLines(node);
  if (facts.length > 0) parts.push(facts.join('\n'));
  const figures = figureLines(project, name.type, name.id);
  if (figures.length > 0) parts.push(figures.join('\n'));
  if (isBuiltIn(entity)) parts.push('Built in.');
  else {
    const placed = project.model.placed(entity.key)[0];
    if (placed) parts.push(`Declared in ${code(placed.file)}, line ${placed.line + 1}.`);
  }
  return parts.join('\n\n');
}

/** A row or clause of the catalogue in our own words, as Markdown. */
export function describeRequirement(id: string): string | undefined {
  const number = id.replace(/^iso20000:/, '');
  const row = catalogue.row(number);
  if (row) return describeRow(row);
  const clause = catalogue.clause(number);
  if (!clause) return undefined;
  const rows = catalogue.rowsUnder(number).filter(({ kind }) => kind === 'shall');
  const shown = rows.slice(0, 12).map((item) => `- ${code(`iso20000:${item.id}`)} ${plain(item.title)}`);
  return [
    `Clause ${clause.clause} of ${catalogue.standard}: **${plain(clause.title)}**`,
    ...(clause.intent !== null ? [`${plain(clause.intent)}`] : []),
    ...elsewhere(clause.clause),
    `${rows.length} catalogue rows${shown.length < rows.length ? `, the first ${shown.length}` : ''}:\n\n${shown.join('\n')}`,
    notice,
  ].join('\n\n');
}

const notice = '*In our own words; the text of the standard is what counts.*';

function describeRow(row: RequirementRow): string {
  const item = row.id.startsWith(`${row.clause}.`) ? row.id.slice(row.clause.length + 1) : row.id;
  return [
    `Clause ${row.clause} (${plain(row.clauseTitle)}), item ${item}: **${plain(row.title)}**`,
    plain(row.requirement),
    ...(row.modelCheck !== null ? [`**Looked for in the model:** ${plain(row.modelCheck)}`] : []),
    ...(row.auditEvidence !== null ? [`**What an auditor looks at:** ${plain(row.auditEvidence)}`] : []),
    ...elsewhere(row.clause),
    `Confidence of this row: ${row.confidence}${row.confidenceNote !== null ? ` (${plain(row.confidenceNote)})` : ''}. Needed by ${row.neededBy ?? 'no milestone'}.`,
    notice,
  ].join('\n\n');
}

/** Where the subject of a clause is found in other frameworks. */
function elsewhere(clause: string): string[] {
  const found = clauseElsewhere(clause);
  if (!found) return [];
  const lines = [
    ['ITIL 4', found.itil4],
    ['ISO/IEC 27001:2022', found.iso27001],
    ['ISO 9001:2015', found.iso9001],
  ] as const;
  const shown = lines.filter(([, list]) => list.length > 0).map(([name, list]) => `- ${name}: ${plain(list.join(', '))}`);
  return shown.length > 0 ? [`The same subject elsewhere:\n\n${shown.join('\n')}`] : [];
}

function partAt(node: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((at: unknown, step) => (typeof at === 'object' && at !== null ? (at as Record<string | number, unknown>)[step] : undefined), node);
}

const factsShown = 10;

function factLines(node: unknown): string[] {
  if (typeof node !== 'object' || node === null) return [];
  const lines: string[] = [];
  for (const [property, value] of Object.entries(node)) {
    if (property.startsWith('$') || property === 'name' || property === 'title' || lines.length >= factsShown) continue;
    const shown = factValue(value);
    if (shown !== undefined) lines.push(`- ${property.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase()}: ${shown}`);
  }
  return lines;
}

function factValue(value: unknown): string | undefined {
  if (typeof value === 'string') return plain(value.length > 160 ? `${value.slice(0, 160)}…` : value);
  if (typeof value === 'number' || value === true) return String(value);
  if (!Array.isArray(value) || value.length === 0) return undefined;
  const texts = value.map((item: unknown) => (typeof item === 'string' ? item : typeof item === 'object' && item !== null && 'name' in item && typeof item.name === 'string' ? item.name : undefined));
  if (texts.some((text) => text === undefined)) return String(value.length);
  const first = texts.slice(0, 8).join(', ');
  return plain(texts.length > 8 ? `${first} and ${texts.length - 8} more` : first);
}

function figureLines(project: EditorProject, type: string, id: string): string[] {
  const own = project.figures().filter(({ subject }) => {
    switch (subject.kind) {
      case 'target':
        return type === 'ServiceLevelTarget' && `${subject.agreement}.${subject.target}` === id;
      case 'workload':
        return type === 'Agreement' && subject.agreement === id;
      case 'metric':
        return type === 'Metric' && subject.metric === id && subject.group === undefined;
    }
  });
  return own
    .sort((a, b) => (a.period < b.period ? 1 : -1))
    .slice(0, 3)
    .map((figure) => `- ${describeFigure(figure)}`);
}

/** A figure in words: value, numerator and denominator, target and verdict. */
export function describeFigure(figure: Figure): string {
  const { period, value, unit, numerator, denominator, target, verdict, reason, sample } = figure;
  const measured = value === undefined ? 'unknown' : unit === 'percent' ? `${value}%` : unit === 'seconds' ? `${value} s` : value;
  const of = numerator !== undefined && denominator !== undefined ? ` (${numerator} of ${denominator})` : sample !== undefined ? ` (${sample} records)` : '';
  const aim = target ? `, target ${target.comparison} ${plain(target.value)}` : '';
  const why = reason !== undefined ? `, ${plain(reason)}` : '';
  return `${period}: **${measured}**${of}${aim}, ${verdictWords[verdict]}${why}`;
}

const verdictWords: Readonly<Record<Figure['verdict'], string>> = {
  met: 'met',
  warning: 'met, close to the limit',
  missed: 'missed',
  tooFew: 'too few records to judge',
  unknown: 'unknown',
  noTarget: 'no target',
};
