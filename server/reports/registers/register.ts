/** How a register is defined: one kind of thing that a management system keeps a list of, as a table with typed columns. */
import type { AnyDeclaration } from '../../../language/model/declarations.ts';
import { declaredTitle } from '../../../language/model/declared-title.ts';
import { isFilledIn } from '../../assessment/filled-in.ts';
import { idOf } from '../../analysis/declared-facts.ts';
import type { Block, Cell, Column, Inlines, Section, SortKey } from '../blocks.ts';
import { at, code, date, paragraph, quiet, section, strong, table, unknown, words as text } from '../block-builders.ts';
import { titleById } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import type { ReportInput } from '../report.ts';

export interface RegisterColumn<Item> extends Column {
  cell(item: Item): Cell;
}

export interface Register {
  /** Names its anchor and its file: `risks`. */
  readonly id: string;
  /** A message. */
  readonly title: string;
  /** Clauses that ask for what stands in it. */
  readonly clauses: readonly string[];
  /** What is said where nothing is declared; a message. */
  readonly none: string;
  readonly contents: (input: ReportInput) => FilledRegister;
}

export interface FilledRegister {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
  /** Empty where there is no row. */
  readonly caption: string;
  /** The column that names a row. */
  readonly rowHead: number;
  readonly sortedBy: SortKey | undefined;
}

interface Contents<Item> {
  /** In the order in which they are to be read. */
  readonly items: readonly Item[];
  /** What the register shows, as a sentence; of an empty one it is not asked for. */
  caption(): string;
  /** The column that names a row: the second, after the id, unless told. */
  readonly rowHead?: number;
  readonly sortedBy?: number;
  readonly descending?: boolean;
  readonly columns: readonly RegisterColumn<Item>[];
}

export function filled<Item>({ items, columns, caption, rowHead = 1, sortedBy, descending = false }: Contents<Item>): FilledRegister {
  return {
    columns: columns.map(plainColumn),
    rows: items.map((item) => columns.map((column) => column.cell(item))),
    caption: items.length === 0 ? '' : caption(),
    rowHead,
    sortedBy: sortedBy === undefined ? undefined : { column: sortedBy, ...(descending ? { descending } : {}) },
  };
}

function plainColumn({ head, type, unit, width, detail }: Column): Column {
  return { head, type, ...(unit === undefined ? {} : { unit }), ...(width === undefined ? {} : { width }), ...(detail === undefined ? {} : { detail }) };
}

/** A section of its own, with one table: a sheet, where sheets are made of it. */
export function registerSection(input: ReportInput, { id, title, clauses, none, contents }: Register): Section {
  const { words } = input;
  const { rows, columns, caption, rowHead, sortedBy } = contents(input);
  const asked = quiet(clauses.length === 1 ? words.say('Clause {0}.', words.list(clauses)) : words.say('Clauses {0}.', words.list(clauses)));
  const blocks: readonly Block[] =
    rows.length === 0
      ? [paragraph(words.say(none), ' ', asked)]
      : [table(columns, rows, { caption: [caption, ' ', asked], rowHead, density: 'dense', ...(sortedBy === undefined ? {} : { sortedBy: [sortedBy] }) })];
  return section(words.say(title), blocks, { anchor: id });
}

/** Cells that registers share. */
export interface RegisterCells {
  id(declaration: AnyDeclaration): Cell;
  /** Its title, leading to its place in the text, and what else is to be said of it under that. */
  title(declaration: AnyDeclaration, ...more: readonly (string | undefined)[]): Cell;
  /** Text of the model; nothing where it is not said. */
  text(value: string | undefined): Cell;
  texts(values: readonly (string | undefined)[]): Cell;
  party(id: string | undefined): Cell;
  titles(type: string, ids: readonly string[]): Cell;
  date(value: string | undefined): Cell;
  yesNo(value: string | undefined): Cell;
}

export function registerCells({ model, locator, words }: Pick<ReportInput, 'model' | 'locator' | 'words'>): RegisterCells {
  const said = (value: string | undefined): Cell => (isFilledIn(value) ? text(value) : unknown());
  const separated = (parts: readonly (string | undefined)[]): string => parts.filter(isFilledIn).join('; ');
  return {
    id: (declaration) => text(code(idOf(declaration))),
    title: (declaration, ...more) => {
      const name: Inlines = [at(sourcePlace(locator, { entity: declaration.$key }), strong(declaredTitle(declaration) ?? idOf(declaration)))];
      const rest = more.filter(isFilledIn).join(' ');
      return text(...name, ...(rest === '' ? [] : [': ', rest]));
    },
    text: said,
    texts: (values) => said(separated(values)),
    party: (id) => said(id === undefined ? undefined : titleById(model, 'Party', id)),
    titles: (type, ids) => said(separated(ids.map((id) => titleById(model, type, id)))),
    date,
    yesNo: (value) => (value === undefined ? unknown() : text(value === 'yes' ? words.say('yes') : words.say('no'))),
  };
}
