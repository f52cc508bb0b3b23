/** Tables of documents for Word: of data, and such as only put things side by side. */
import { AlignmentType, BorderStyle, Paragraph, ShadingType, Table as WordTable, TableCell, TableLayoutType, TableRow, VerticalAlign, WidthType, type ITableCellBorders, type ParagraphChild } from 'docx';
import type { Cell, Column, HeatMap, Inlines, KeyFigure, Row, SigningParty, Table } from '../../blocks.ts';
import { palette } from '../../charts/palette.ts';
import { cellText, heatCounts, heatShade } from '../cell-text.ts';
import { officeText } from '../office/text.ts';
import { anchored, runsOf, statusRun, textRuns, type InlineContext } from './inlines.ts';
import { mayBreak, settingOf, termsWidth, type, widthsOf, type Sheet } from './measures.ts';
import type { Pictures } from './pictures.ts';
import { characterStyles, colour, paragraphStyles, tableStyle } from './styles.ts';

export interface TableContext extends InlineContext {
  readonly pictures: Pictures;
  readonly sheet: Sheet;
}

/** A table of so few rows is kept on one page. */
const shortTable = 12;

/** @param room the width of the text around it, in twentieths of a point */
export function dataTable(table: Table, context: TableContext, room: number): WordTable {
  const { words } = context;
  const widths = widthsOf(table, words, room);
  const { size, gap } = settingOf(table);
  const together = table.rows.length <= shortTable;
  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: table.columns.map((column, index) => new TableCell({ width: dxa(widths[index]), verticalAlign: VerticalAlign.BOTTOM, children: [headParagraph(column, size)] })),
  });
  const rows = table.rows.flatMap((row, index) => [
    ...(row.group === undefined ? [] : [groupRow(row.group, { columns: table.columns.length, room, size }, context)]),
    dataRow(row, table, { context, widths, size, keepNext: together && index < table.rows.length - 1 }),
  ]);
  return new WordTable({
    style: tableStyle,
    layout: TableLayoutType.FIXED,
    width: dxa(widths.reduce((sum, width) => sum + width, 0)),
    columnWidths: widths,
    margins: { right: gap, marginUnitType: WidthType.DXA },
    borders: {},
    tableLook: { firstRow: true, firstColumn: false, noHBand: true, noVBand: true },
    rows: [head, ...rows],
  });
}

function dxa(size: number | undefined): { size: number; type: typeof WidthType.DXA } {
  return { size: size ?? 0, type: WidthType.DXA };
}

function headParagraph({ head, unit, type: content }: Column, size: number | undefined): Paragraph {
  const manner = size === undefined ? {} : { size };
  return new Paragraph({
    style: atEnd(content) ? paragraphStyles.tableHeadNumber : paragraphStyles.tableHead,
    children: [...textRuns(head, manner), ...(unit === undefined ? [] : textRuns(head === '' ? unit : ` ${unit}`, manner))],
  });
}

function atEnd(content: Column['type']): boolean {
  return content === 'number' || content === 'percent';
}

function groupRow(group: Inlines, { columns, room, size }: { readonly columns: number; readonly room: number; readonly size: number | undefined }, context: TableContext): TableRow {
  return new TableRow({
    cantSplit: true,
    children: [new TableCell({ columnSpan: columns, width: dxa(room), children: [new Paragraph({ style: paragraphStyles.tableGroup, children: runsOf(group, context, size === undefined ? {} : { size }) })] })],
  });
}

interface RowContext {
  readonly context: TableContext;
  readonly widths: readonly number[];
  readonly size: number | undefined;
  readonly keepNext: boolean;
}

function dataRow(row: Row, table: Table, { context, widths, size, keepNext }: RowContext): TableRow {
  const total = row.total === true;
  const borders: ITableCellBorders | undefined = total ? { top: { style: BorderStyle.SINGLE, size: 6, color: colour('ink') } } : undefined;
  return new TableRow({
    cantSplit: !mayBreak(row, context.words),
    keepNext,
    children: table.columns.map(({ type: content }, index) => {
      const cell = row.cells[index];
      const manner = { ...(size === undefined ? {} : { size }), ...(total ? { bold: true } : {}) };
      const runs = cell === undefined ? [] : cellRuns(cell, context, manner);
      return new TableCell({
        width: dxa(widths[index]),
        ...(borders === undefined ? {} : { borders }),
        children: [new Paragraph({ style: atEnd(content) ? paragraphStyles.tableNumber : paragraphStyles.tableText, children: index === 0 ? anchored(runs, row.anchor, context) : runs })],
      });
    }),
  });
}

interface CellManner {
  readonly size?: number;
  readonly bold?: boolean;
}

function cellRuns(cell: Cell, context: TableContext, manner: CellManner): ParagraphChild[] {
  switch (cell.kind) {
    case 'text':
      return runsOf(cell.content, context, manner);
    case 'drawing':
      return [context.pictures.run(cell.drawing, cell.alternative, { width: cell.drawing.width, height: cell.drawing.height })];
    case 'status':
      return [statusRun(cell.status, context.words, false, manner)];
    case 'unknown':
      return textRuns(cellText(cell, context.words), { ...manner, style: characterStyles.quiet });
    case 'number':
    case 'percent':
    case 'ratio':
    case 'date':
      return textRuns(cellText(cell, context.words), manner);
  }
}

const noBorder = { style: BorderStyle.NONE, size: 0, color: 'auto' } as const;
const noBorders = { top: noBorder, bottom: noBorder, left: noBorder, right: noBorder, insideHorizontal: noBorder, insideVertical: noBorder } as const;

/** A table that nobody sees: it puts things side by side. */
function sideBySide(rows: readonly TableRow[], widths: readonly number[], gap: number): WordTable {
  return new WordTable({
    layout: TableLayoutType.FIXED,
    width: dxa(widths.reduce((sum, width) => sum + width, 0)),
    columnWidths: [...widths],
    borders: noBorders,
    margins: { top: 20, bottom: 20, left: 0, right: gap, marginUnitType: WidthType.DXA },
    rows: [...rows],
  });
}

export function definitionsTable(items: readonly { readonly term: Inlines; readonly meaning: Inlines }[], context: TableContext, room: number): WordTable {
  const first = termsWidth(items.map(({ term }) => term), context.words, room);
  const widths = [first, room - first];
  const rows = items.map(
    ({ term, meaning }) =>
      new TableRow({
        cantSplit: true,
        children: [
          new TableCell({ width: dxa(widths[0]), children: [new Paragraph({ style: paragraphStyles.term, children: runsOf(term, context) })] }),
          new TableCell({ width: dxa(widths[1]), children: [new Paragraph({ style: paragraphStyles.tableText, children: runsOf(meaning, context) })] }),
        ],
      }),
  );
  return sideBySide(rows, widths, 160);
}

/** More would leave too little room for what is said below each. */
const mostFiguresInRow = 5;

export function keyFiguresTable(figures: readonly KeyFigure[], context: TableContext, room: number): WordTable {
  const inRow = Math.ceil(figures.length / Math.max(1, Math.ceil(figures.length / mostFiguresInRow)));
  const width = Math.floor(room / Math.max(1, inRow));
  const rows: TableRow[] = [];
  for (let start = 0; start < figures.length; start += inRow) {
    const some: readonly (KeyFigure | undefined)[] = Array.from({ length: inRow }, (_, index) => figures[start + index]);
    rows.push(new TableRow({ cantSplit: true, children: some.map((figure) => new TableCell({ width: dxa(width), borders: { top: { style: BorderStyle.SINGLE, size: 6, color: colour('ink') } }, children: keyFigure(figure, context) })) }));
  }
  return sideBySide(rows, Array.from({ length: inRow }, () => width), 180);
}

function keyFigure(figure: KeyFigure | undefined, context: TableContext): Paragraph[] {
  if (figure === undefined) return [new Paragraph({ style: paragraphStyles.figureNote })];
  const { name, value, whole, status, note } = figure;
  return [
    new Paragraph({ style: paragraphStyles.figureName, children: textRuns(name) }),
    new Paragraph({
      style: paragraphStyles.figureValue,
      children: [
        ...textRuns(value, { bold: true, size: type.figure }),
        ...(whole === undefined ? [] : textRuns(` ${whole}`, { style: characterStyles.quiet })),
        ...(status === undefined ? [] : [...textRuns(' '), statusRun(status, context.words, false)]),
      ],
    }),
    new Paragraph({ style: paragraphStyles.figureNote, children: note === undefined ? [] : runsOf(note, context) }),
  ];
}

/** Shares of the colour of gaps on white, by how many there are. */
const shades = [0, 0.12, 0.24, 0.36] as const;

function shadeOf(level: 0 | 1 | 2 | 3): string {
  if (level === 0) return colour('band');
  const share = shades[level];
  const mixed = [1, 3, 5].map((at) => Math.round(255 - (255 - Number.parseInt(palette.below.slice(at, at + 2), 16)) * share));
  return mixed.map((part) => part.toString(16).padStart(2, '0')).join('');
}

export function heatMapTable(map: HeatMap, context: TableContext, room: number): WordTable {
  const first = Math.floor(room * Math.max(0.25, Math.min(0.45, 1 - map.columns.length * 0.15)));
  const width = Math.floor((room - first) / Math.max(1, map.columns.length));
  const widths = [first, ...map.columns.map(() => width)];
  const white = { style: BorderStyle.SINGLE, size: 12, color: 'ffffff' } as const;
  const head = new TableRow({
    tableHeader: true,
    cantSplit: true,
    children: [map.rowHead, ...map.columns].map((text, index) => new TableCell({ width: dxa(widths[index]), verticalAlign: VerticalAlign.BOTTOM, children: [new Paragraph({ style: paragraphStyles.tableHead, indent: { left: index === 0 ? 0 : 90 }, children: textRuns(text) })] })),
  });
  const rows = map.rows.map(
    (row, index) =>
      new TableRow({
        cantSplit: true,
        keepNext: index < map.rows.length - 1 && map.rows.length <= 30,
        children: [
          new TableCell({ width: dxa(first), children: [new Paragraph({ style: paragraphStyles.tableText, indent: { left: row.level === 2 ? 240 : 0 }, children: runsOf(row.name, context) })] }),
          ...row.cells.map(
            (cell) =>
              new TableCell({
                width: dxa(width),
                shading: { type: ShadingType.CLEAR, color: 'auto', fill: shadeOf(heatShade(cell, map)) },
                borders: { top: white, bottom: white, left: white, right: white },
                margins: { left: 90, top: 40, bottom: 40, right: 40, marginUnitType: WidthType.DXA },
                children: [new Paragraph({ style: paragraphStyles.tableText, children: countRuns(cell, map, context) })],
              }),
          ),
        ],
      }),
  );
  return new WordTable({ layout: TableLayoutType.FIXED, width: dxa(widths.reduce((sum, one) => sum + one, 0)), columnWidths: widths, borders: noBorders, margins: { top: 40, bottom: 40, left: 0, right: 60, marginUnitType: WidthType.DXA }, rows: [head, ...rows] });
}

function countRuns(cell: HeatMap['rows'][number]['cells'][number], map: HeatMap, { words }: TableContext): ParagraphChild[] {
  const counts = heatCounts(cell, map);
  if (counts.length === 0) return textRuns('–', { style: characterStyles.quiet });
  return counts.flatMap(({ kind, count }, index) => textRuns(`${index === 0 ? '' : '   '}${kind.mark}\u00a0${words.number(String(count))}`, { bold: kind.tone === 'gap' }));
}

/** Two parties stand side by side. */
export function signaturesTable(parties: readonly SigningParty[], { words }: TableContext, room: number): WordTable {
  const inRow = Math.min(2, Math.max(1, parties.length));
  const width = Math.floor(room / 2);
  const rows: TableRow[] = [];
  for (let start = 0; start < parties.length; start += inRow) {
    const some: readonly (SigningParty | undefined)[] = Array.from({ length: inRow }, (_, index) => parties[start + index]);
    rows.push(new TableRow({ cantSplit: true, children: some.map((party) => new TableCell({ width: dxa(width), margins: { top: 120, bottom: 120, left: 0, right: 500, marginUnitType: WidthType.DXA }, children: signing(party, words) })) }));
  }
  return sideBySide(rows, Array.from({ length: inRow }, () => width), 500);
}

function signing(party: SigningParty | undefined, words: TableContext['words']): Paragraph[] {
  if (party === undefined) return [new Paragraph({ style: paragraphStyles.signing })];
  const { name, role, organization } = party;
  return [
    new Paragraph({ style: paragraphStyles.signing, alignment: AlignmentType.LEFT, children: organization === undefined ? [] : textRuns(organization) }),
    new Paragraph({ style: paragraphStyles.signingLine, children: textRuns(words.say('Signature')) }),
    new Paragraph({ style: paragraphStyles.signing, children: [...textRuns(name, { bold: true }), ...(role === undefined ? [] : textRuns(`, ${officeText(role)}`))] }),
    new Paragraph({ style: paragraphStyles.signingLine, children: textRuns(words.say('Place and date')) }),
  ];
}
