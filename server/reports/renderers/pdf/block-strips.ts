/** Blocks as strips. What stands side by side on a screen follows one another on paper. */
import { plain } from '../../block-builders.ts';
import type { Block, Figure, Inlines, KeyFigure, Section, SigningParty } from '../../blocks.ts';
import { Tag } from './canvas.ts';
import { paintDrawing } from './drawing.ts';
import { gap, normalLook, quietLook, smallLook, type Setting } from './setting.ts';
import { spanOf, spansOf, statusSpans } from './spans.ts';
import { roomOf, widthOf, type Mark, type Sheet, type Strip } from './strips.ts';
import { heatMapStrips, tableStrips } from './table-strips.ts';
import { linesOf, widthsOf, type Line, type Span, type TextLook } from './text.ts';
import { colours, drawingScale, largerSheets, leastDrawingScale, sizes } from './theme.ts';

export function blockStrips(blocks: readonly Block[], setting: Setting): readonly Strip[] {
  const strips: Strip[] = [];
  let breaks = false;
  for (const block of blocks) {
    if (block.kind === 'page-break') {
      breaks = true;
      continue;
    }
    const [first, ...more] = stripsOf(block, setting);
    if (first === undefined) continue;
    strips.push(breaks ? { ...first, breaksBefore: true } : first, ...more);
    breaks = false;
  }
  return strips;
}

function stripsOf(block: Exclude<Block, { kind: 'page-break' }>, setting: Setting): readonly Strip[] {
  const { words } = setting;
  switch (block.kind) {
    case 'paragraph':
      return textStrips(spansOf(block.content, block.lead === true ? { ...normalLook, style: 'semibold' } : normalLook, words), setting, new Tag('P', setting.tag));
    case 'list':
      return listStrips(block.items, block.ordered === true, setting);
    case 'definitions':
      return definitionStrips(block.items, setting);
    case 'table':
      return tableStrips(block, setting);
    case 'figure':
      return figureStrips(block, setting);
    case 'heat-map':
      return heatMapStrips(block, setting);
    case 'key-figures':
      return keyFigureStrips(block.figures, setting);
    case 'status':
      return textStrips([...statusSpans(block.status, true, normalLook, words), spanOf(' ', normalLook), ...spansOf(block.content, normalLook, words)], setting, new Tag('P', setting.tag));
    case 'callout':
      return calloutStrips(block.content, block.tone, setting);
    case 'signatures':
      return signatureStrips(block.parties, setting);
    case 'section':
      return sectionStrips(block, setting);
  }
}

/** Lines of text. Neither the first nor the last line of a paragraph stands alone on a page. */
export function textStrips(spans: readonly Span[], setting: Setting, tag: Tag, before = gap): readonly Strip[] {
  return lineStrips(linesOf(spans, setting.width, setting.fonts), setting.indent, tag, before);
}

function lineStrips(lines: readonly Line[], indent: number, tag: Tag, before: number): readonly Strip[] {
  return lines.map((line, index) => ({
    height: line.height,
    before: index === 0 ? before : 0,
    hold: lines.length > 1 && (index === 0 || index === lines.length - 2) ? 'always' : 'none',
    draw: (canvas, x, y) => canvas.line(line, x + indent, y, tag),
  }));
}

function held(strips: readonly Strip[], hold: Strip['hold']): readonly Strip[] {
  return strips.map((strip) => (strip.hold === 'always' ? strip : { ...strip, hold }));
}

function listStrips(items: readonly Inlines[], ordered: boolean, setting: Setting): readonly Strip[] {
  const list = new Tag('L', setting.tag);
  const inset = ordered ? 16 : 11;
  return items.flatMap((item, index) => {
    const entry = new Tag('LI', list);
    const label = new Tag('Lbl', entry);
    const [sign] = linesOf([spanOf(ordered ? `${index + 1}.` : '•', normalLook)], inset, setting.fonts);
    const body = new Tag('LBody', entry);
    return lineStrips(linesOf(spansOf(item, normalLook, setting.words), setting.width - inset, setting.fonts), setting.indent + inset, body, index === 0 ? gap : 2).map((strip, line) =>
      line > 0 || sign === undefined
        ? strip
        : {
            ...strip,
            draw: (canvas, x, y) => {
              canvas.line(sign, x + setting.indent, y, label);
              strip.draw(canvas, x, y);
            },
          },
    );
  });
}

function definitionStrips(items: readonly { readonly term: Inlines; readonly meaning: Inlines }[], setting: Setting): readonly Strip[] {
  const { fonts, words, indent } = setting;
  const termLook: TextLook = { ...normalLook, colour: colours.quiet };
  const terms = items.map(({ term }) => spansOf(term, termLook, words));
  const termWidth = Math.min(setting.width * 0.32, terms.reduce((most, spans) => Math.max(most, widthsOf(spans, fonts).natural), 0) + 1);
  const offset = termWidth + 14;
  const list = new Tag('L', setting.tag);
  return items.flatMap(({ meaning }, index) => {
    const entry = new Tag('LI', list);
    const label = new Tag('Lbl', entry);
    const body = new Tag('LBody', entry);
    const left = linesOf(terms[index] ?? [], termWidth, fonts);
    const right = linesOf(spansOf(meaning, normalLook, words), setting.width - offset, fonts);
    return Array.from({ length: Math.max(left.length, right.length) }, (_, line): Strip => {
      const [term, text] = [left[line], right[line]];
      const count = Math.max(left.length, right.length);
      return {
        height: Math.max(term?.height ?? 0, text?.height ?? 0),
        before: line > 0 ? 0 : index === 0 ? gap : 2,
        hold: count > 1 && (line === 0 || line === count - 2 || line < left.length - 1) ? 'always' : 'none',
        draw: (canvas, x, y) => {
          if (term !== undefined) canvas.line(term, x + indent, y, label);
          if (text !== undefined) canvas.line(text, x + indent + offset, y, body);
        },
      };
    });
  });
}

function calloutStrips(content: Inlines, tone: 'note' | 'attention', setting: Setting): readonly Strip[] {
  const inset = 10;
  const lines = linesOf(spansOf(content, normalLook, setting.words), setting.width - inset, setting.fonts);
  return lineStrips(lines, setting.indent + inset, new Tag('Note', setting.tag), gap + 2).map((strip) => ({
    ...strip,
    draw: (canvas, x, y) => {
      canvas.artifact(() => canvas.area(x + setting.indent, y, 2, strip.height, tone === 'attention' ? colours.below : colours.rule));
      strip.draw(canvas, x, y);
    },
  }));
}

/** Figures in a row of as many as find room, under one rule. */
function keyFigureStrips(figures: readonly KeyFigure[], setting: Setting): readonly Strip[] {
  const { fonts, words, indent } = setting;
  const between = 16;
  const perRow = Math.max(1, Math.min(figures.length, Math.floor((setting.width + between) / (84 + between))));
  const width = (setting.width + between) / perRow - between;
  const rows = Array.from({ length: Math.ceil(figures.length / perRow) }, (_, row) => figures.slice(row * perRow, (row + 1) * perRow));
  const valueLook: TextLook = { style: 'semibold', size: 18, colour: colours.ink };
  return rows.map((row, rowIndex): Strip => {
    const cells = row.map((figure) => {
      const value = [
        spanOf(figure.value, valueLook),
        ...(figure.whole === undefined ? [] : [spanOf(` ${figure.whole}`, { ...normalLook, colour: colours.quiet })]),
        ...(figure.status === undefined ? [] : [spanOf(' ', normalLook), ...statusSpans(figure.status, false, normalLook, words)]),
      ];
      return [linesOf([spanOf(figure.name, quietLook)], width, fonts), linesOf(value, width, fonts), figure.note === undefined ? [] : linesOf(spansOf(figure.note, smallLook, words), width, fonts)] as const;
    });
    // Names are as high as the highest, so that values stand on one line.
    const nameHeight = cells.reduce((most, [name]) => Math.max(most, heightOf(name)), 0);
    const height = nameHeight + cells.reduce((most, [, value, note]) => Math.max(most, heightOf(value) + heightOf(note)), 0);
    return {
      height: height + 6,
      before: rowIndex === 0 ? gap + 3 : 8,
      hold: 'none',
      draw: (canvas, x, y) => {
        if (rowIndex === 0) canvas.artifact(() => canvas.rule(x + indent, y, setting.width, 0.7, colours.ink));
        for (const [index, [name, value, note]] of cells.entries()) {
          const left = x + indent + index * (width + between);
          const tag = new Tag('P', setting.tag);
          let top = y + 5;
          for (const line of name) {
            canvas.line(line, left, top, tag);
            top += line.height;
          }
          top = y + 5 + nameHeight;
          for (const line of [...value, ...note]) {
            canvas.line(line, left, top, tag);
            top += line.height;
          }
        }
      },
    };
  });
}

function heightOf(lines: readonly Line[]): number {
  return lines.reduce((sum, { height }) => sum + height, 0);
}

function figureStrips(figure: Figure, setting: Setting): readonly Strip[] {
  const { drawing, caption, alternative } = figure;
  const { sheet, fonts, indent } = setting;
  const tag = new Tag('Figure', setting.tag, { alt: alternative });
  const captionOn = (width: number): readonly Strip[] =>
    held(textStrips(spansOf(caption, { ...normalLook, style: 'semibold' }, setting.words), { ...setting, width }, new Tag('Caption', setting.tag), gap + 6), 'always');
  // The caption stands above, and where there is room the first rows of the table below.
  const scaleOn = (one: Sheet, width: number, caption: readonly Strip[]): number =>
    Math.min(drawingScale, width / drawing.width, (roomOf(one) - caption.reduce((sum, strip) => sum + strip.height + strip.before, 0) - 12) / drawing.height);
  let on: Sheet | undefined;
  let captionStrips = captionOn(setting.width);
  let scale = scaleOn(sheet, setting.width, captionStrips);
  if (scale < leastDrawingScale && drawing.width * leastDrawingScale > 200) {
    for (const larger of largerSheets(sheet)) {
      const strips = captionOn(widthOf(larger));
      const possible = scaleOn(larger, widthOf(larger), strips);
      // Each sheet is larger than the one before: the first on which it can be read, else the largest.
      if (possible > scale) [on, captionStrips, scale] = [larger, strips, possible];
      if (scale >= leastDrawingScale) break;
    }
  }
  const table = tableStrips(figure.table, setting);
  const isShort = table.reduce((sum, strip) => sum + strip.before + strip.height, 0) < 160;
  const drawn: Strip = {
    height: drawing.height * scale,
    before: 4,
    hold: on === undefined ? (isShort ? 'if-it-fits' : 'none') : 'none',
    draw: (canvas, x, y) => canvas.tagged(tag, () => paintDrawing(canvas, drawing, x + (on === undefined ? indent : 0), y, scale, fonts)),
  };
  const [first, ...more] = [...captionStrips, drawn];
  const marked = first === undefined ? [] : [{ ...first, ...(figure.anchor === undefined ? {} : { marks: [{ anchor: figure.anchor }] }) }, ...more];
  return [...(on === undefined ? marked : marked.map((strip) => ({ ...strip, sheet: on }))), ...(isShort ? held(table, 'if-it-fits').map((strip, index) => (index === table.length - 1 ? { ...strip, hold: 'none' as const } : strip)) : table)];
}

function signatureStrips(parties: readonly SigningParty[], setting: Setting): readonly Strip[] {
  const { fonts, words, indent } = setting;
  const between = 36;
  const width = (Math.min(setting.width, 440) - between) / 2;
  const pairs = Array.from({ length: Math.ceil(parties.length / 2) }, (_, row) => parties.slice(row * 2, row * 2 + 2));
  return pairs.map((pair, row): Strip => {
    const cells = pair.map(({ name, role, organization }) => ({
      above: organization === undefined ? [] : linesOf([spanOf(organization, normalLook)], width, fonts),
      who: linesOf([spanOf(name, { ...normalLook, style: 'semibold' }), ...(role === undefined ? [] : [spanOf(`, ${role}`, normalLook)])], width, fonts),
    }));
    const aboveHeight = cells.reduce((most, { above }) => Math.max(most, heightOf(above)), 0);
    const whoHeight = cells.reduce((most, { who }) => Math.max(most, heightOf(who)), 0);
    const [signature, date] = [linesOf([spanOf(words.say('Signature'), quietLook)], width, fonts), linesOf([spanOf(words.say('Place and date'), quietLook)], width, fonts)];
    const lineRoom = 38;
    return {
      height: aboveHeight + lineRoom + heightOf(signature) + whoHeight + lineRoom + heightOf(date) + 8,
      before: row === 0 ? gap + 6 : 16,
      hold: row === pairs.length - 1 ? 'none' : 'if-it-fits',
      draw: (canvas, x, y) => {
        for (const [index, { above, who }] of cells.entries()) {
          const left = x + indent + index * (width + between);
          const tag = new Tag('P', setting.tag);
          let top = y;
          const put = (lines: readonly Line[]): void => {
            for (const line of lines) {
              canvas.line(line, left, top, tag);
              top += line.height;
            }
          };
          const rule = (): void => {
            top += lineRoom;
            canvas.artifact(() => canvas.rule(left, top, width, 0.6, colours.ink));
            top += 2;
          };
          put(above);
          top = y + aboveHeight;
          rule();
          put(signature);
          put(who);
          top = y + aboveHeight + lineRoom + 2 + heightOf(signature) + whoHeight;
          rule();
          put(date);
        }
      },
    };
  });
}

function sectionStrips(section: Section, setting: Setting): readonly Strip[] {
  const inner: Setting = section.heading === undefined ? setting : { ...setting, level: setting.level + 1, tag: new Tag('Sect', setting.tag) };
  const body = blockStrips(section.blocks, inner);
  const strips = section.heading === undefined ? withMark(body, section.anchor) : [...headingStrips(section.heading, section.anchor, { ...setting, tag: inner.tag }), ...withCompany(body)];
  if (section.together !== true) return strips;
  return strips.map((strip, index) => (index === strips.length - 1 || strip.hold === 'always' ? strip : { ...strip, hold: 'if-it-fits' }));
}

/** Below a heading stand more than a line or two before the page ends. */
function withCompany(strips: readonly Strip[]): readonly Strip[] {
  let height = 0;
  return strips.map((strip, index) => {
    height += strip.before + strip.height;
    const isNear = height < 70;
    return isNear && strip.hold === 'none' && index < strips.length - 1 ? { ...strip, hold: 'if-it-fits' } : strip;
  });
}

function withMark(strips: readonly Strip[], anchor: string | undefined): readonly Strip[] {
  const [first, ...more] = strips;
  return anchor === undefined || first === undefined ? strips : [{ ...first, marks: [...(first.marks ?? []), { anchor }] }, ...more];
}

function headingStrips(heading: Inlines, anchor: string | undefined, setting: Setting): readonly Strip[] {
  const { level, accent } = setting;
  const isSection = level === 1;
  const look: TextLook = { style: 'semibold', size: isSection ? sizes.section : level === 2 ? sizes.heading : sizes.normal, colour: colours.ink };
  setting.numbers.section += 1;
  const mark: Mark = { anchor: anchor ?? `section ${setting.numbers.section}`, outline: { title: plain(heading), level } };
  const lines = linesOf(spansOf(heading, look, setting.words), setting.width, setting.fonts);
  const tag = new Tag(`H${Math.min(6, level + 1)}`, setting.tag);
  return lines.map((line, index): Strip => {
    const above = isSection && index === 0 ? 6 : 0;
    return {
      height: line.height + above,
      before: index > 0 ? 0 : isSection ? 22 : level === 2 ? 14 : 10,
      hold: 'always',
      draw: (canvas, x, y) => {
        if (above > 0) canvas.artifact(() => canvas.rule(x + setting.indent, y, setting.width, 0.9, accent));
        canvas.line(line, x + setting.indent, y + above, tag);
      },
      ...(index === 0 ? { marks: [mark] } : {}),
    };
  });
}
