/** Tables as strips: a row is one, and is only parted where it is very high. Heads are printed again on each page. */
import type { Cell, Column, HeatCell, HeatMap, Inlines, Row, Table } from '../../blocks.ts';
import type { Words } from '../../words/words.ts';
import { Tag, type Canvas } from './canvas.ts';
import { paintDrawing } from './drawing.ts';
import type { Fonts } from './fonts.ts';
import { gap, normalLook, quietLook, type Setting } from './setting.ts';
import { spanOf, spansOf, statusSpans } from './spans.ts';
import { roomOf, type Repeated, type Strip } from './strips.ts';
import { linesOf, widthsOf, type Align, type Line, type Span, type TextLook } from './text.ts';
import { colours, drawingScale, sizes, tint } from './theme.ts';

/** What a cell shows, before it is known how wide it is. */
type Content = { readonly kind: 'text'; readonly spans: readonly Span[] } | { readonly kind: 'drawing'; readonly cell: Extract<Cell, { kind: 'drawing' }>; readonly scale: number };

/** A cell as parts above one another. */
interface LaidPart {
  readonly height: number;
  readonly draw: (canvas: Canvas, x: number, y: number, tag: Tag | undefined) => void;
}

interface LaidColumn {
  readonly x: number;
  readonly width: number;
  readonly align: Align;
}

const shortTable = 12;
const padding = { normal: { between: 10, above: 2.6, below: 2.8 }, dense: { between: 8, above: 1.5, below: 1.6 } } as const;
/** Tables of so many columns are set small from the start. */
const manyColumns = 7;
/** Of columns that hold texts, as far as their texts are as long; the column that names its rows needs more. */
const leastTextColumn = { plain: 54, rowHead: 96 } as const;
/** Rows higher than this share of the page are parted where a page ends. */
const mostOfPage = 0.4;

export function tableStrips(table: Table, setting: Setting): readonly Strip[] {
  const { words, fonts } = setting;
  if (table.columns.length === 0) return [];
  const room = padding[table.density === 'dense' ? 'dense' : 'normal'];
  const { widths, size } = fittingWidths(table, setting, room.between);
  const look: TextLook = { ...normalLook, size };
  const headLook: TextLook = { ...quietLook, size: Math.min(size, sizes.small) };
  const laid = laidColumns(table.columns, widths, room.between);
  const whole = Math.max(...laid.map(({ x, width }) => x + width));
  const tag = new Tag('Table', setting.tag);

  const heads = table.columns.map((column, index) => textParts(linesOf(headSpans(column, headLook), laid[index]?.width ?? 0, fonts), laid[index]));
  const head = headStrip(heads, laid, whole, tag, setting);
  const rows: Strip[] = [];
  const keepsTogether = table.rows.length <= shortTable;
  for (const [index, row] of table.rows.entries()) {
    if (row.group !== undefined) rows.push(...groupStrips(row.group, whole, look, tag, index === 0, head.repeated, setting));
    const isLast = index === table.rows.length - 1;
    const next = table.rows[index + 1];
    const hold = isLast ? 'none' : keepsTogether || next?.total === true || index === 0 || index === table.rows.length - 2 ? 'if-it-fits' : 'none';
    rows.push(...rowStrips(row, table, laid, whole, look, tag, hold, head.repeated, room, setting));
  }
  const strips = [head.strip, ...rows];
  const last = strips.at(-1);
  if (last === head.strip) strips[0] = { ...head.strip, hold: 'none' };
  if (table.caption === undefined) return strips;
  const caption = linesOf(spansOf(table.caption, normalLook, words), setting.width, fonts);
  const captionTag = new Tag('Caption', tag);
  return [
    ...caption.map((line, index): Strip => ({ height: line.height, before: index === 0 ? gap : 0, hold: 'always', draw: (canvas, x, y) => canvas.line(line, x + setting.indent, y, captionTag) })),
    ...strips.map((strip, index) => (index === 0 ? { ...strip, before: 3 } : strip)),
  ];
}

function headSpans(column: Column, look: TextLook): readonly Span[] {
  return [spanOf(column.head, look), ...(column.unit === undefined ? [] : [spanOf(` ${column.unit}`, look)])];
}

function headStrip(heads: readonly (readonly LaidPart[])[], laid: readonly LaidColumn[], whole: number, table: Tag, setting: Setting): { readonly strip: Strip; readonly repeated: Repeated } {
  const height = Math.max(...heads.map(heightOf), 4) + 5;
  const draw = (canvas: Canvas, x: number, y: number, tags: readonly (Tag | undefined)[]): void => {
    for (const [index, parts] of heads.entries()) {
      // Heads of several lines stand on the rule.
      let top = y + height - 3 - heightOf(parts);
      for (const part of parts) {
        part.draw(canvas, x + setting.indent + (laid[index]?.x ?? 0), top, tags[index]);
        top += part.height;
      }
    }
  };
  const rule = (canvas: Canvas, x: number, y: number): void => canvas.rule(x + setting.indent, y + height - 1, whole, 0.7, colours.quiet);
  const row = new Tag('TR', table);
  const tags = heads.map(() => new Tag('TH', row, { scope: 'Column' }));
  return {
    strip: {
      height,
      before: gap,
      hold: 'always',
      draw: (canvas, x, y) => {
        canvas.artifact(() => rule(canvas, x, y));
        draw(canvas, x, y, tags);
      },
    },
    // Once is enough for who listens.
    repeated: {
      height,
      draw: (canvas, x, y) =>
        canvas.artifact(() => {
          rule(canvas, x, y);
          draw(canvas, x, y, []);
        }, 'Pagination'),
    },
  };
}

function groupStrips(group: Inlines, whole: number, look: TextLook, table: Tag, isFirst: boolean, repeated: Repeated, setting: Setting): readonly Strip[] {
  const lines = linesOf(spansOf(group, { ...look, style: 'semibold' }, setting.words), whole, setting.fonts);
  const tag = new Tag('TH', new Tag('TR', table), { scope: 'Row' });
  return lines.map((line, index): Strip => {
    const [above, below] = [index > 0 ? 0 : isFirst ? 3 : 8, index === lines.length - 1 ? 3 : 0];
    return {
      height: line.height + above + below,
      before: 0,
      hold: 'always',
      repeated,
      draw: (canvas, x, y) => {
        if (below > 0) canvas.artifact(() => canvas.rule(x + setting.indent, y + above + line.height + below - 0.5, whole, 0.5, colours.quiet));
        canvas.line(line, x + setting.indent, y + above, tag);
      },
    };
  });
}

function rowStrips(
  row: Row,
  table: Table,
  laid: readonly LaidColumn[],
  whole: number,
  look: TextLook,
  tableTag: Tag,
  hold: Strip['hold'],
  repeated: Repeated,
  room: { readonly above: number; readonly below: number },
  setting: Setting,
): readonly Strip[] {
  const { fonts, words, indent } = setting;
  const isTotal = row.total === true;
  const rowLook: TextLook = isTotal ? { ...look, style: 'semibold' } : look;
  const rowTag = new Tag('TR', tableTag);
  const cells = laid.map((column, index) => {
    const cell = row.cells[index];
    const content = cell === undefined ? undefined : contentOf(cell, rowLook, words, column.width);
    const tag = index === (table.rowHead ?? 0) ? new Tag('TH', rowTag, { scope: 'Row' }) : new Tag('TD', rowTag);
    const parts = content === undefined ? [] : content.kind === 'text' ? textParts(linesOf(content.spans, column.width, fonts), column) : [drawingPart(content, column, fonts, rowTag)];
    return { parts, tag, column };
  });
  const height = Math.max(...cells.map(({ parts }) => heightOf(parts)), 0);
  const pieces = height > roomOf(setting.sheet) * mostOfPage ? partedParts(cells.map(({ parts }) => parts), roomOf(setting.sheet) * mostOfPage) : [cells.map(({ parts }) => parts)];
  return pieces.map((piece, index): Strip => {
    const [isFirst, isLast] = [index === 0, index === pieces.length - 1];
    const above = isFirst ? room.above : 0;
    const own = Math.max(...piece.map(heightOf), 0) + above + (isLast ? room.below : 0);
    return {
      height: own,
      before: 0,
      hold: isLast ? hold : 'none',
      repeated,
      ...(isFirst && row.anchor !== undefined ? { marks: [{ anchor: row.anchor }] } : {}),
      draw: (canvas, x, y) => {
        canvas.artifact(() => {
          if (isTotal && isFirst) canvas.rule(x + indent, y, whole, 0.7, colours.ink);
          if (isLast) canvas.rule(x + indent, y + own - 0.4, whole, 0.4, colours.rule);
        });
        for (const [at, { tag, column }] of cells.entries()) {
          let top = y + above;
          for (const part of piece[at] ?? []) {
            part.draw(canvas, x + indent + column.x, top, tag);
            top += part.height;
          }
        }
      },
    };
  });
}

/** The parts of each cell in pieces of at most a height. */
function partedParts(cells: readonly (readonly LaidPart[])[], most: number): readonly (readonly (readonly LaidPart[])[])[] {
  const pieces: LaidPart[][][] = [];
  for (const [column, parts] of cells.entries()) {
    let piece = 0;
    let used = 0;
    for (const part of parts) {
      if (used > 0 && used + part.height > most) {
        piece++;
        used = 0;
      }
      used += part.height;
      const into = (pieces[piece] ??= cells.map(() => []));
      into[column]?.push(part);
    }
  }
  return pieces;
}

function textParts(lines: readonly Line[], column: LaidColumn | undefined): readonly LaidPart[] {
  const { width = 0, align = 'start' } = column ?? {};
  return lines.map((line) => ({
    height: line.height,
    draw: (canvas, x, y, tag) => canvas.line(line, x + (align === 'end' ? width - line.width : align === 'middle' ? (width - line.width) / 2 : 0), y, tag),
  }));
}

function drawingPart(content: Extract<Content, { kind: 'drawing' }>, column: LaidColumn, fonts: Fonts, row: Tag): LaidPart {
  const { drawing, alternative } = content.cell;
  const scale = Math.min(content.scale, column.width / drawing.width);
  return {
    height: drawing.height * scale,
    draw: (canvas, x, y, cell) => {
      const figure = new Tag('Figure', cell ?? row, { alt: alternative });
      canvas.tagged(figure, () => paintDrawing(canvas, drawing, x, y, scale, fonts));
    },
  };
}

function heightOf(parts: readonly LaidPart[]): number {
  return parts.reduce((sum, { height }) => sum + height, 0);
}

function alignOf(column: Column): Align {
  return column.type === 'number' || column.type === 'percent' ? 'end' : 'start';
}

/** @param width what there is at most; undefined where that is not known yet */
function contentOf(cell: Cell, look: TextLook, words: Words, width?: number): Content {
  const quiet: TextLook = { ...look, colour: colours.quiet };
  const text = (...spans: readonly Span[]): Content => ({ kind: 'text', spans });
  switch (cell.kind) {
    case 'text':
      return text(...spansOf(cell.content, look, words));
    case 'number':
    case 'percent':
      return text(spanOf(words.number(cell.value), look));
    case 'ratio':
      return text(spanOf(words.number(cell.numerator), look), spanOf('\u00a0/\u00a0', quiet), spanOf(words.number(cell.denominator), look));
    case 'date':
      return text(spanOf(words.date(cell.value).replaceAll('-', '\u2011'), look));
    case 'status':
      return text(...statusSpans(cell.status, false, look, words));
    case 'drawing':
      return { kind: 'drawing', cell, scale: Math.min(drawingScale, width === undefined ? drawingScale : width / cell.drawing.width) };
    case 'unknown':
      return text(spanOf(cell.reason === undefined ? '–' : `– ${cell.reason}`, quiet));
  }
}

interface ColumnNeeds {
  /** Nothing need be broken. */
  readonly natural: number;
  /** No word need be broken. */
  readonly least: number;
  /** Takes room that is left. */
  readonly stretches: boolean;
  readonly share: number;
}

/** Widths with which the table fits, and the size of letters at which it does. */
function fittingWidths(table: Table, setting: Setting, between: number): { readonly widths: readonly number[]; readonly size: number } {
  const room = setting.width - between * (table.columns.length - 1);
  const small = [sizes.small, 7.4, sizes.tiny];
  const wanted = table.density === 'dense' || table.columns.length >= manyColumns ? small : [sizes.normal, ...small];
  for (const size of wanted) {
    const needs = table.columns.map((column, index) => needsOf(column, index, table, size, setting));
    const isLast = size === wanted.at(-1);
    if (!isLast && needs.reduce((sum, { least }) => sum + least, 0) > room) continue;
    return { widths: sharedWidths(needs, room, table.density === 'dense' && table.columns.length < 8), size };
  }
  return { widths: table.columns.map(() => room / table.columns.length), size: sizes.tiny };
}

function needsOf(column: Column, index: number, table: Table, size: number, setting: Setting): ColumnNeeds {
  const { fonts, words } = setting;
  const look: TextLook = { ...normalLook, size };
  const isRowHead = index === (table.rowHead ?? 0);
  const isNarrow = (column.width ?? (column.type === 'text' ? undefined : 'narrow')) === 'narrow';
  const head = widthsOf(headSpans(column, { ...quietLook, size: Math.min(size, sizes.small) }), fonts);
  let [natural, least] = [head.least, head.least];
  for (const row of table.rows) {
    const cell = row.cells[index];
    if (cell === undefined) continue;
    const content = contentOf(cell, row.total === true ? { ...look, style: 'semibold' } : look, words);
    const widths = content.kind === 'text' ? widthsOf(content.spans, fonts) : { natural: content.cell.drawing.width * content.scale, least: content.cell.drawing.width * content.scale * 0.8 };
    natural = Math.max(natural, widths.natural);
    least = Math.max(least, widths.least);
  }
  // A head may stand on two lines where what is below is short.
  if (head.natural > natural) natural = Math.max(natural, Math.min(head.natural, isNarrow ? head.natural / 2 + 6 : head.natural));
  // One long word does not take the room of all others.
  const most = setting.width * (isNarrow ? 0.28 : 0.34);
  // Nor is a column so narrow that its texts become stacks of single words.
  // Numbers, dates and marks are never broken.
  const isBroken = column.type === 'text' || column.type === 'drawing';
  const allowed = column.type === 'text' && !isNarrow ? Math.min(Math.max(least, isRowHead ? leastTextColumn.rowHead : leastTextColumn.plain), most) : isBroken ? least : natural;
  return { natural: isNarrow ? Math.min(natural, Math.max(most, head.least)) : natural, least: Math.min(allowed, natural), stretches: !isNarrow, share: column.width === 'wide' ? 2 : isRowHead ? 1.5 : 1 };
}

function sharedWidths(needs: readonly ColumnNeeds[], room: number, staysNarrow: boolean): readonly number[] {
  const sum = (of: (need: ColumnNeeds) => number): number => needs.reduce((total, need) => total + of(need), 0);
  const natural = sum((need) => need.natural);
  if (natural <= room) {
    if (staysNarrow) return needs.map((need) => need.natural + 0.5);
    const shares = sum((need) => (need.stretches ? need.natural * need.share : 0));
    return needs.map((need) => (shares === 0 ? need.natural + (room - natural) / needs.length : need.natural + (need.stretches ? ((room - natural) * need.natural * need.share) / shares : 0)));
  }
  // Narrow columns get what they need while the others keep their longest words; then all give way alike.
  const floor = sum((need) => need.least);
  if (floor >= room) return needs.map((need) => (need.least / floor) * room);
  const firm = sum((need) => (need.stretches ? need.least : need.natural));
  const base = firm <= room ? needs.map((need) => (need.stretches ? need.least : need.natural)) : needs.map((need) => need.least);
  const left = room - base.reduce((total, width) => total + width, 0);
  // Long texts get more, but not in proportion: twice the text is not twice as hard to read.
  const wish = needs.map((need, index) => (need.natural > (base[index] ?? 0) ? Math.sqrt(need.natural - (base[index] ?? 0)) * need.share : 0));
  return handedOut(base, needs.map((need) => need.natural), wish, left);
}

/** Hands out room by wishes; nobody gets more than is natural, what is left over goes to the others. */
function handedOut(base: readonly number[], natural: readonly number[], wish: readonly number[], left: number): readonly number[] {
  const widths = [...base];
  const open = new Set(wish.flatMap((one, index) => (one > 0 ? [index] : [])));
  let rest = left;
  while (rest > 0.01 && open.size > 0) {
    const total = [...open].reduce((sum, index) => sum + (wish[index] ?? 0), 0);
    let given = 0;
    for (const index of [...open]) {
      const missing = (natural[index] ?? 0) - (widths[index] ?? 0);
      const share = (rest * (wish[index] ?? 0)) / total;
      const take = Math.min(missing, share);
      widths[index] = (widths[index] ?? 0) + take;
      given += take;
      if (take >= missing - 0.01) open.delete(index);
    }
    rest -= given;
    if (given <= 0.01) break;
  }
  return widths;
}

function laidColumns(columns: readonly Column[], widths: readonly number[], between: number): readonly LaidColumn[] {
  let x = 0;
  return columns.map((column, index) => {
    const width = widths[index] ?? 0;
    const laid = { x, width, align: alignOf(column) };
    x += width + between;
    return laid;
  });
}

/** Cells are shaded by the share of gaps; counts and marks say the same without colour. */
export function heatMapStrips(map: HeatMap, setting: Setting): readonly Strip[] {
  const { fonts, words, indent } = setting;
  const widest = map.rows.reduce((most, row) => Math.max(most, widthsOf(spansOf(row.name, normalLook, words), fonts).natural + (row.level === 2 ? 12 : 0)), 0);
  const nameWidth = Math.min(setting.width * 0.46, Math.max(setting.width * 0.25, widest + 12));
  const cellWidth = (setting.width - nameWidth) / Math.max(1, map.columns.length);
  const tag = new Tag('Table', setting.tag);
  const captionTag = new Tag('Caption', tag);
  const caption = linesOf(spansOf(map.caption, normalLook, words), setting.width, fonts);
  const inset = 5;
  const laid: LaidColumn[] = [{ x: 0, width: nameWidth - 8, align: 'start' }, ...map.columns.map((_, index) => ({ x: nameWidth + index * cellWidth + inset, width: cellWidth - inset * 2, align: 'start' as const }))];
  const heads = [map.rowHead, ...map.columns].map((name, index) => textParts(linesOf([spanOf(name, quietLook)], laid[index]?.width ?? 0, fonts), laid[index]));
  const head = headStrip(heads, laid, setting.width, tag, setting);
  const rows = map.rows.map((row, index): Strip => {
    const rowTag = new Tag('TR', tag);
    const shift = row.level === 2 ? 12 : 0;
    const name = textParts(linesOf(spansOf(row.name, normalLook, words), nameWidth - 8 - shift, fonts), { x: 0, width: nameWidth - 8 - shift, align: 'start' });
    const nameTag = new Tag('TH', rowTag, { scope: 'Row' });
    const cells = row.cells.map((cell, at) => ({ parts: textParts(linesOf(heatSpans(cell, map, words), cellWidth - inset * 2, fonts), laid[at + 1]), shade: shadeOf(cell, map), tag: new Tag('TD', rowTag) }));
    const height = Math.max(heightOf(name), ...cells.map(({ parts }) => heightOf(parts))) + 5;
    return {
      height,
      before: 0,
      hold: index === map.rows.length - 1 ? 'always' : 'if-it-fits',
      repeated: head.repeated,
      draw: (canvas, x, y) => {
        canvas.artifact(() => {
          for (const [at, { shade }] of cells.entries()) canvas.area(x + indent + nameWidth + at * cellWidth + 1, y, cellWidth - 1, height - 1, shade);
        });
        let top = y + 2;
        for (const part of name) {
          part.draw(canvas, x + indent + shift, top, nameTag);
          top += part.height;
        }
        for (const [at, cell] of cells.entries()) {
          top = y + 2;
          for (const part of cell.parts) {
            part.draw(canvas, x + indent + (laid[at + 1]?.x ?? 0), top, cell.tag);
            top += part.height;
          }
        }
      },
    };
  });
  const legendTag = new Tag('P', setting.tag);
  const legend = linesOf(map.kinds.flatMap((kind, index) => [spanOf(`${kind.mark}\u00a0${kind.name.replaceAll(' ', '\u00a0')}`, quietLook), ...(index === map.kinds.length - 1 ? [] : [spanOf('\u00a0\u00a0\u00a0 ', quietLook)])]), setting.width, fonts);
  return [
    ...caption.map((line, index): Strip => ({ height: line.height, before: index === 0 ? gap : 0, hold: 'always', draw: (canvas, x, y) => canvas.line(line, x + indent, y, captionTag) })),
    { ...head.strip, before: 3 },
    ...rows,
    ...legend.map((line, index): Strip => ({ height: line.height, before: index === 0 ? 4 : 0, hold: index === legend.length - 1 ? 'none' : 'always', draw: (canvas, x, y) => canvas.line(line, x + indent, y, legendTag) })),
  ];
}

function heatSpans(cell: HeatCell, map: HeatMap, words: Words): readonly Span[] {
  const spans = map.kinds.flatMap((kind, index) => {
    const counted = cell.counts[index] ?? 0;
    return counted === 0 ? [] : [spanOf(`${kind.mark}\u00a0${words.number(String(counted))}`, { ...normalLook, style: kind.tone === 'gap' ? 'semibold' : 'regular' })];
  });
  return spans.length === 0 ? [spanOf('–', { ...normalLook, colour: colours.quiet })] : spans.flatMap((span, index) => (index === 0 ? [span] : [spanOf('\u00a0\u00a0\u00a0 ', normalLook), span]));
}

function shadeOf(cell: HeatCell, map: HeatMap): string {
  const gaps = map.kinds.reduce((sum, kind, index) => sum + (kind.tone === 'gap' ? (cell.counts[index] ?? 0) : 0), 0);
  const share = cell.total === 0 ? 0 : gaps / cell.total;
  return gaps === 0 ? colours.band : tint(colours.below, share > 0.5 ? 0.36 : share > 0.2 ? 0.24 : 0.12);
}
