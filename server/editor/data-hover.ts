/** What a hover shows of the data that a source names: the first rows of a file, the values of a column. */
import type { Position, Range } from 'vscode-languageserver';
import type { Source } from '../../language/model/declarations.ts';
import { declarationAt } from '../../language/model/fragment-builder.ts';
import type { PlacedEntity } from '../../language/model/fragment.ts';
import type { Span } from '../../language/model/span.ts';
import type { DataPreview } from './data-preview.ts';
import type { EditorProject } from './editor-project.ts';
import type { HoverText } from './hover.ts';
import { code, plain } from './markdown.ts';
import { spanRange, touches } from './positions.ts';

const shownColumns = 12;
const shownValues = 12;
const longestCell = 40;

type Pointed = { readonly range: Range } & ({ readonly pattern: number } | { readonly column: string });

/** Undefined where no data is named, or none can be read. */
export async function dataHoverAt(project: EditorProject, preview: DataPreview, file: string, position: Position, signal?: AbortSignal): Promise<HoverText | undefined> {
  const fragment = project.model.fragment(file);
  const placed = fragment && declarationAt(fragment, position.line);
  if (placed?.entity.node.$type !== 'Source') return undefined;
  const source = placed.entity.node;
  const pointed = pointedAt(placed, source, position);
  if (!pointed) return undefined;
  const text = 'pattern' in pointed ? await firstRowsTable(preview, source, pointed.pattern, signal) : await valuesList(preview, source, pointed.column, signal);
  return text === undefined ? undefined : { text, range: pointed.range };
}

async function firstRowsTable(preview: DataPreview, source: Source, pattern: number, signal: AbortSignal | undefined): Promise<string | undefined> {
  const found = await preview.firstRows(source, pattern, signal);
  if (!found) return undefined;
  const columns = found.columns.slice(0, shownColumns);
  const line = (cells: readonly (string | undefined)[]): string => `| ${cells.map((cell) => cellText(cell ?? '')).join(' | ')} |`;
  const rest = found.columns.length - columns.length;
  return [
    [line(columns), `|${columns.map(() => ' --- |').join('')}`, ...found.rows.map((row) => line(row.slice(0, shownColumns)))].join('\n'),
    `The first ${found.rows.length} rows, ${found.columns.length} columns${rest > 0 ? `, of which ${rest} are not shown` : ''}.`,
  ].join('\n\n');
}

async function valuesList(preview: DataPreview, source: Source, column: string, signal: AbortSignal | undefined): Promise<string | undefined> {
  const found = await preview.values(source, column, signal);
  if (!found) return undefined;
  const shown = found.values.slice(0, shownValues);
  const filled = shown.map(({ text, count }) => `- ${code(cut(text))} (${count})`);
  return [
    `column ${code(column)}, the most frequent values of ${found.isCut ? 'the first ' : ''}${found.rows} rows`,
    ...(filled.length === 0 ? ['It is empty in all of them.'] : [`${filled.join('\n')}${found.values.length > shown.length || found.isCut ? '\n- …' : ''}`]),
  ].join('\n\n');
}

/** Escaped for a table of Markdown. */
function cellText(text: string): string {
  return plain(cut(text)).replace(/^$/, ' ');
}

function cut(text: string): string {
  const flat = text.replace(/\s+/g, ' ').trim();
  return flat.length > longestCell ? `${flat.slice(0, longestCell)}…` : flat;
}

function pointedAt(placed: PlacedEntity, source: Source, position: Position): Pointed | undefined {
  const hit = (at: unknown): Range | undefined => {
    if (typeof at !== 'number') return undefined;
    const range = spanRange(placed, at as Span);
    return touches(range, position) ? range : undefined;
  };
  for (const pattern of source.files.keys()) {
    const range = hit((source.$at['files'] as readonly Span[] | undefined)?.[pattern]);
    if (range) return { range, pattern };
  }
  // Of a database: its name, or that of the table.
  for (const property of ['database', 'table'] as const) {
    const range = hit(source.$at[property]);
    if (range) return { range, pattern: 0 };
  }
  for (const property of ['key', 'historyKey', 'historyAt'] as const) {
    const range = hit(source.$at[property]);
    const column = source[property];
    if (range && column !== undefined) return { range, column };
  }
  for (const { field, value, $at } of source.mappings) {
    const range = value ? undefined : hit($at['field']);
    if (range) return { range, column: field };
  }
  return columnIn([source.mappings, source.filter, source.pauses], hit);
}

/** The name or text at the position somewhere in expressions: whether it is a column, the data tells. */
function columnIn(value: unknown, hit: (at: unknown) => Range | undefined): Pointed | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) {
    const node = value as { readonly $type?: string; readonly $at?: Readonly<Record<string, unknown>>; readonly name?: unknown; readonly value?: unknown };
    const property = node.$type === 'FieldName' || node.$type === 'ColumnName' ? 'name' : node.$type === 'TextLiteral' ? 'value' : undefined;
    const column = property === undefined ? undefined : node[property];
    if (property !== undefined && typeof column === 'string') {
      const range = hit(node.$at?.[property]);
      return range && { range, column };
    }
  }
  for (const [name, item] of Object.entries(value)) {
    const found = name === '$at' ? undefined : columnIn(item, hit);
    if (found) return found;
  }
  return undefined;
}
