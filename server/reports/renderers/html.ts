/** A document as one self-contained HTML page: no script, no request, readable on paper, in light and in dark. */
import type { Block, Cell, Column, Document, Drawing, DrawingElement, Figure, HeatCell, HeatMap, Inlines, Row, Section, SigningParty, SourcePlace, Status, Table } from '../blocks.ts';
import { plain } from '../block-builders.ts';
import { statusMark } from '../status.ts';
import { wordsIn, type Words } from '../words/words.ts';
import { styleSheet } from './html-styles.ts';
import { bareText, cssString, element, ownText, serialize } from './markup.ts';
import type { Attributes, Content, Markup } from './markup.ts';
import { heatCounts, heatShade } from './cell-text.ts';
import { disclaimer, footLine } from './provenance-line.ts';
import { safeUrl } from './safe-url.ts';
import { webviewScript } from './webview-script.ts';

export type HtmlOptions =
  | { readonly mode: 'standalone' }
  /** For a webview of VS Code: follows its theme, links into the text, runs {@link webviewScript} under the nonce. */
  | { readonly mode: 'editor'; readonly nonce: string };

/** What a block needs to know of its page. */
interface PageContext {
  readonly mode: HtmlOptions['mode'];
  readonly words: Words;
  /** Level of the next heading, 2 to 6. */
  readonly level: number;
  readonly numbers: { drawing: number; heading: number };
}

/** Renders the document as a whole page. The same document gives the same bytes. */
export function renderHtml(document: Document, options: HtmlOptions = { mode: 'standalone' }): string {
  const policy =
    options.mode === 'editor'
      ? `default-src 'none'; style-src 'nonce-${options.nonce}'; script-src 'nonce-${options.nonce}'; img-src data:`
      : "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
  const nonce = options.mode === 'editor' ? { nonce: options.nonce } : {};
  const html = element(
    'html',
    { lang: document.language },
    element(
      'head',
      {},
      element('meta', { charset: 'utf-8' }),
      element('meta', { 'http-equiv': 'Content-Security-Policy', content: policy }),
      element('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
      element('meta', { name: 'generator', content: `itsms ${document.provenance.toolVersion}` }),
      element('title', {}, bareText(titleOf(document))),
      ownText('style', nonce, styleOf(document, options.mode)),
    ),
    element('body', {}, renderBody(document, options.mode), options.mode === 'editor' ? ownText('script', nonce, webviewScript) : undefined),
  );
  return `<!DOCTYPE html>\n${serialize(html)}\n`;
}

/** The parts of a page that the editor's client puts together: what changes with the document is `html` and `title`. */
export interface EditorPage {
  readonly title: string;
  /** What stands in the body. */
  readonly html: string;
  readonly style: string;
  readonly script: string;
}

export function renderEditorPage(document: Document): EditorPage {
  return { title: titleOf(document), html: serialize(renderBody(document, 'editor')), style: styleOf(document, 'editor'), script: webviewScript };
}

function titleOf(document: Document): string {
  return `${document.title} – ${document.organization}`;
}

function styleOf(document: Document, mode: HtmlOptions['mode']): string {
  const foot = cssString(`${document.organization}, ${document.title}. ${footLine(document, wordsIn(document.language))}`);
  // In the editor its theme decides.
  return styleSheet(mode, foot, mode === 'editor' ? {} : document.look);
}

function renderBody(document: Document, mode: HtmlOptions['mode']): Content {
  const words = wordsIn(document.language);
  const page: PageContext = { mode, words, level: 2, numbers: { drawing: 0, heading: 0 } };
  return [
    element('a', { class: 'skip', href: '#content' }, words.say('Skip to the content')),
    element('div', { class: 'page' }, renderHeader(document, words, mode), element('main', { id: 'content', tabindex: '-1' }, renderBlocks(document.blocks, page)), renderFooter(document, words)),
  ];
}

function renderHeader(document: Document, words: Words, mode: HtmlOptions['mode']): Markup {
  const logo = mode === 'editor' ? undefined : document.look?.logo;
  const sections = document.blocks.filter((block): block is Section & { heading: Inlines; anchor: string } => block.kind === 'section' && block.heading !== undefined && block.anchor !== undefined);
  return element(
    'header',
    {},
    logo === undefined ? undefined : element('img', { class: 'logo', src: `data:${logo.mediaType};base64,${logo.base64}`, alt: '', width: logo.width, height: logo.height }),
    element('p', { class: 'organization' }, document.organization),
    element('h1', {}, document.title),
    document.subtitle === undefined ? undefined : element('p', { class: 'subtitle' }, document.subtitle),
    document.audience === undefined ? undefined : element('p', { class: 'about' }, words.say('For {0}', document.audience)),
    sections.length < 4
      ? undefined
      : element('nav', { class: 'contents', 'aria-label': words.say('Contents') }, element('ul', {}, sections.map((section) => element('li', {}, element('a', { href: `#${section.anchor}` }, plain(section.heading)))))),
  );
}

function renderFooter(document: Document, words: Words): Markup {
  return element('footer', {}, element('p', {}, footLine(document, words)), element('p', {}, words.say(disclaimer)));
}

function renderBlocks(blocks: readonly Block[], page: PageContext): Content {
  return blocks.map((block) => renderBlock(block, page));
}

function renderBlock(block: Block, page: PageContext): Content {
  switch (block.kind) {
    case 'paragraph':
      return element('p', { class: block.lead === true ? 'lead' : undefined }, renderInlines(block.content, page));
    case 'list':
      return element(block.ordered === true ? 'ol' : 'ul', {}, block.items.map((item) => element('li', {}, renderInlines(item, page))));
    case 'definitions':
      return element('dl', { class: 'definitions' }, block.items.flatMap(({ term, meaning }) => [element('dt', {}, renderInlines(term, page)), element('dd', {}, renderInlines(meaning, page))]));
    case 'table':
      return renderTable(block, page);
    case 'figure':
      return renderFigure(block, page);
    case 'heat-map':
      return renderHeatMap(block, page);
    case 'key-figures':
      return element(
        'dl',
        { class: 'key-figures' },
        block.figures.map((figure) =>
          element(
            'div',
            {},
            element('dt', {}, figure.name),
            element(
              'dd',
              {},
              element('span', { class: 'value' }, figure.value),
              figure.whole === undefined ? undefined : [' ', element('span', { class: 'whole' }, figure.whole)],
              figure.status === undefined ? undefined : [' ', renderStatus(figure.status, false, page.words)],
            ),
            figure.note === undefined ? undefined : element('dd', { class: 'note' }, renderInlines(figure.note, page)),
          ),
        ),
      );
    case 'status':
      return element('p', {}, renderStatus(block.status, true, page.words), ' ', renderInlines(block.content, page));
    case 'callout':
      return element('div', { class: `callout ${block.tone}`, role: 'note' }, renderInlines(block.content, page));
    case 'signatures':
      return element('div', { class: 'signatures together' }, block.parties.map((party) => renderSigningParty(party, page.words)));
    case 'page-break':
      return element('div', { class: 'page-break' });
    case 'section':
      return renderSection(block, page);
  }
}

function renderSigningParty({ name, role, organization }: SigningParty, words: Words): Markup {
  return element(
    'div',
    {},
    organization === undefined ? undefined : element('p', {}, organization),
    element('p', { class: 'line' }, words.say('Signature')),
    element('p', {}, element('strong', {}, name), role === undefined ? undefined : [', ', role]),
    element('p', { class: 'line' }, words.say('Place and date')),
  );
}

function renderSection(section: Section, page: PageContext): Markup {
  const layout = section.layout === undefined || section.layout === 'flow' ? undefined : `layout-${section.layout}`;
  const together = section.together === true ? 'together' : undefined;
  if (section.heading === undefined) {
    return element('div', { id: section.anchor, class: classes(layout, together) }, renderBlocks(section.blocks, page));
  }
  page.numbers.heading += 1;
  const id = section.anchor ?? `section-${page.numbers.heading}`;
  const inner = { ...page, level: Math.min(6, page.level + 1) };
  const heading = element(`h${page.level}`, { id: `${id}-heading` }, renderInlines(section.heading, page));
  // Landmarks have to be told apart by their names, and parts of different sections may have the same heading.
  const label = page.level > 2 ? {} : { 'aria-labelledby': `${id}-heading` };
  return element('section', { id, class: classes(`level-${page.level}`, layout, together), ...label }, heading, renderBlocks(section.blocks, inner));
}

function classes(...names: (string | undefined)[]): string | undefined {
  const present = names.filter((name) => name !== undefined);
  return present.length === 0 ? undefined : present.join(' ');
}

function renderInlines(inlines: Inlines, page: PageContext): Content {
  return inlines.map((inline): Content => {
    if (typeof inline === 'string') return inline;
    switch (inline.kind) {
      case 'strong':
        return element('strong', {}, renderInlines(inline.content, page));
      case 'emphasis':
        return element('em', {}, renderInlines(inline.content, page));
      case 'quiet':
        return element('span', { class: 'quiet' }, renderInlines(inline.content, page));
      case 'code':
        return element('code', {}, inline.text);
      case 'link':
        return safeUrl(inline.url) ? element('a', { href: inline.url, rel: 'noreferrer' }, renderInlines(inline.content, page)) : renderInlines(inline.content, page);
      case 'jump':
        return element('a', { href: `#${inline.anchor}` }, renderInlines(inline.content, page));
      case 'place':
        return page.mode === 'editor' ? element('a', placeAttributes(inline.place), renderInlines(inline.content, page)) : renderInlines(inline.content, page);
      case 'status':
        return renderStatus(inline.status, inline.words === true, page.words);
    }
  });
}

function placeAttributes(place: SourcePlace): Attributes {
  return { class: 'place', href: '#', 'data-file': place.file, 'data-line': place.line, 'data-column': place.column, title: `${place.file}:${place.line}` };
}

function renderStatus(status: Status, worded: boolean, words: Words): Markup {
  const { shape, letter, words: meaning } = statusMark(status);
  const sign = element('span', { 'aria-hidden': 'true' }, letter === '' ? shape : `${shape} ${letter}`);
  return element('span', { class: classes('status', status, worded ? 'worded' : undefined) }, sign, worded ? [' ', words.say(meaning)] : element('span', { class: 'unseen' }, words.say(meaning)));
}

/** Columns whose values stand at the right, digit under digit. */
function endAligned(column: Column): boolean {
  return column.type === 'number' || column.type === 'percent';
}

function columnClasses(column: Column, ...more: (string | undefined)[]): string | undefined {
  const width = column.width ?? (column.type === 'text' ? undefined : 'narrow');
  return classes(endAligned(column) ? 'end' : undefined, width, ...more);
}

/** A table of so many rows is not broken over two pages. */
const shortTable = 12;

function renderTable(table: Table, page: PageContext): Markup {
  const { words } = page;
  const rowHead = table.rowHead ?? 0;
  const head = element(
    'thead',
    {},
    element(
      'tr',
      {},
      table.columns.map((column, index) => {
        const sort = table.sortedBy?.[0]?.column === index ? (table.sortedBy[0].descending === true ? 'descending' : 'ascending') : undefined;
        const content: Content = [column.head, column.unit === undefined ? undefined : [' ', element('span', { class: 'unit' }, column.unit)]];
        const attributes: Attributes = { class: columnClasses(column), 'aria-sort': sort };
        return column.head === '' ? element('td', attributes) : element('th', { scope: 'col', ...attributes }, content);
      }),
    ),
  );
  const body = groupsOf(table.rows).map((rows) => element(
    'tbody',
    {},
    rows.map((row) => [
      row.group === undefined ? undefined : element('tr', { class: 'group' }, element('th', { scope: 'rowgroup', colspan: table.columns.length }, renderInlines(row.group, page))),
      element(
        'tr',
        { id: row.anchor, class: row.total === true ? 'total' : undefined },
        row.cells.map((cell, index) => {
          const column = table.columns[index] ?? { head: '', type: 'text' as const };
          const attributes: Attributes = { class: columnClasses(column, cell.kind === 'drawing' ? 'drawing-cell' : undefined) };
          const content = renderCell(cell, page);
          return index === rowHead ? element('th', { scope: 'row', ...attributes }, content) : element('td', attributes, content);
        }),
      ),
    ]),
  ));
  const caption = table.caption === undefined ? undefined : element('caption', {}, renderInlines(table.caption, page));
  const made = element('table', { class: classes(table.density === 'dense' ? 'dense' : undefined, table.density === 'dense' && table.columns.length < 8 ? 'few' : undefined, table.rows.length <= shortTable ? 'short' : undefined) }, caption, head, body);
  // A table that may be wider than the screen can be scrolled by keyboard too.
  if (table.columns.length < 6) return element('div', { class: 'scroll' }, made);
  const label = table.caption === undefined ? words.say('Table: {0}', table.columns.map((column) => column.head).filter((name) => name !== '').slice(0, 4).join(', ')) : plain(table.caption);
  return element('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': label }, made);
}

/** Rows by the group they stand in. */
function groupsOf(rows: readonly Row[]): readonly (readonly Row[])[] {
  const groups: Row[][] = [];
  for (const row of rows) {
    const last = groups.at(-1);
    if (last === undefined || row.group !== undefined) groups.push([row]);
    else last.push(row);
  }
  return groups;
}

function renderCell(cell: Cell, page: PageContext): Content {
  const { words } = page;
  switch (cell.kind) {
    case 'text':
      return renderInlines(cell.content, page);
    case 'number':
      return cell.rows === undefined || page.mode !== 'editor'
        ? words.number(cell.value)
        : element('a', { class: 'place', href: '#', 'data-rows': JSON.stringify(cell.rows), title: words.say('Show the records behind this figure') }, words.number(cell.value));
    case 'percent':
      return words.number(cell.value);
    case 'ratio':
      return [words.number(cell.numerator), element('span', { class: 'quiet' }, ' / '), words.number(cell.denominator)];
    case 'date':
      return words.date(cell.value);
    case 'status':
      return renderStatus(cell.status, false, words);
    case 'drawing':
      return renderDrawing(cell.drawing, cell.alternative, page);
    case 'unknown':
      return element('span', { class: 'quiet' }, element('span', { 'aria-hidden': 'true' }, '–'), cell.reason === undefined ? element('span', { class: 'unseen' }, words.say('unknown')) : [' ', cell.reason]);
  }
}

/** Drawings wider than a column of text, and tables of many columns, take the whole page; such a drawing is moved to and fro where that is too narrow. */
const textWidth = 752;
const mostColumnsInText = 6;

function renderFigure(figure: Figure, page: PageContext): Markup {
  const { drawing, alternative, caption, table } = figure;
  const drawn = renderDrawing(drawing, alternative, page);
  const isWide = drawing.width > textWidth;
  return element(
    'figure',
    { id: figure.anchor, class: isWide || table.columns.length > mostColumnsInText ? 'whole-page' : undefined },
    element('figcaption', {}, renderInlines(caption, page)),
    isWide ? element('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': plain(caption) }, drawn) : drawn,
    renderTable(table, page),
  );
}

function renderDrawing(drawing: Drawing, alternative: string, page: PageContext): Markup {
  page.numbers.drawing += 1;
  const prefix = `d${page.numbers.drawing}-`;
  return element(
    'svg',
    { class: 'drawing', role: 'img', 'aria-label': alternative, width: drawing.width, height: drawing.height, viewBox: `0 0 ${drawing.width} ${drawing.height}`, focusable: 'false' },
    drawing.children.map((child) => renderDrawingElement(child, prefix)),
  );
}

function renderDrawingElement(drawn: DrawingElement, prefix: string): Markup {
  const attributes = Object.fromEntries(
    Object.entries(drawn.attributes).map(([name, value]) => {
      if (name === 'id') return [name, prefix + value];
      if (name === 'clip-path') return [name, value.replace('url(#', `url(#${prefix}`)];
      return [name, value];
    }),
  );
  return element(drawn.tag, attributes, drawn.children.map((child) => (typeof child === 'string' ? bareText(child) : renderDrawingElement(child, prefix))));
}

function renderHeatMap(map: HeatMap, page: PageContext): Markup {
  const made = element(
    'table',
    { class: 'heat' },
    element('caption', {}, renderInlines(map.caption, page)),
    element('thead', {}, element('tr', {}, element('th', { scope: 'col' }, map.rowHead), map.columns.map((name) => element('th', { scope: 'col' }, name)))),
    element(
      'tbody',
      {},
      map.rows.map((row) =>
        element('tr', { class: row.level === 2 ? 'level-2' : undefined }, element('th', { scope: 'row' }, renderInlines(row.name, page)), row.cells.map((cell) => renderHeatCell(cell, map, page.words))),
      ),
    ),
  );
  const legend = element('ul', { class: 'legend' }, map.kinds.map((kind) => element('li', {}, `${kind.mark} ${kind.name}`)));
  return element('div', { class: 'heat-map' }, element('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': plain(map.caption) }, made), legend);
}

function renderHeatCell(cell: HeatCell, map: HeatMap, words: Words): Markup {
  const level = heatShade(cell, map);
  const shade = level === 0 ? undefined : `gap-${level}`;
  const counts = heatCounts(cell, map).map(({ kind, count }) => element('span', { class: kind.tone === 'gap' ? 'gap' : undefined }, element('span', { 'aria-hidden': 'true' }, `${kind.mark} `), words.number(String(count)), element('span', { class: 'unseen' }, ` ${kind.name}`)));
  return element('td', { class: shade }, element('div', { class: 'counts' }, counts.length === 0 ? element('span', { class: 'quiet' }, '–') : counts));
}
