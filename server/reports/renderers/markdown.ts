/**
 * A document as CommonMark with the tables of GitHub Flavored Markdown. Text is escaped, so that nothing of a model
 * becomes markup or HTML. Drawings are left out: their caption, their alternative and the table of their numbers stay.
 */
import type { Block, Cell, Column, Document, HeatCell, HeatMap, Inlines, Status, Table } from '../blocks.ts';
import { statusMark } from '../status.ts';
import { wordsIn, type Words } from '../words/words.ts';
import { disclaimer, footLine } from './provenance-line.ts';

export function renderMarkdown(document: Document): string {
  const words = wordsIn(document.language);
  const parts = [
    `# ${escapeMarkdown(document.title)}`,
    [document.organization, document.subtitle, document.audience === undefined ? undefined : words.say('For {0}', document.audience)]
      .filter((part) => part !== undefined)
      .map(escapeMarkdown)
      .join('  \n'),
    ...renderBlocks(document.blocks, 2, words),
    '---',
    escapeMarkdown(footLine(document, words)),
    escapeMarkdown(words.say(disclaimer)),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function renderBlocks(blocks: readonly Block[], level: number, words: Words): string[] {
  return blocks.flatMap((block) => renderBlock(block, level, words));
}

function renderBlock(block: Block, level: number, words: Words): string[] {
  switch (block.kind) {
    case 'paragraph':
      return [block.lead === true ? `**${renderInlines(block.content, words).trim()}**` : renderInlines(block.content, words)];
    case 'list':
      return [block.items.map((item, index) => `${block.ordered === true ? `${index + 1}.` : '-'} ${renderInlines(item, words)}`).join('\n')];
    case 'definitions':
      return [block.items.map(({ term, meaning }) => `- **${renderInlines(term, words).trim()}**: ${renderInlines(meaning, words)}`).join('\n')];
    case 'table':
      return renderTable(block, words);
    case 'figure':
      return [`**${renderInlines(block.caption, words).trim()}**`, escapeMarkdown(block.alternative), ...renderTable(block.table, words)];
    case 'heat-map':
      return renderHeatMap(block, words);
    case 'key-figures':
      return [
        block.figures
          .map((figure) => {
            const status = figure.status === undefined ? '' : ` ${renderStatus(figure.status, false, words)}`;
            const whole = figure.whole === undefined ? '' : ` ${escapeMarkdown(figure.whole)}`;
            const note = figure.note === undefined ? '' : ` – ${renderInlines(figure.note, words)}`;
            return `- ${escapeMarkdown(figure.name)}: **${escapeMarkdown(figure.value).trim()}**${whole}${status}${note}`;
          })
          .join('\n'),
      ];
    case 'status':
      return [`${renderStatus(block.status, true, words)} ${renderInlines(block.content, words)}`];
    case 'callout':
      return [`> ${renderInlines(block.content, words)}`];
    case 'signatures':
      return block.parties.map(({ name, role, organization }) => {
        const who = [`**${escapeMarkdown(name).trim()}**`, ...[role, organization].filter((part) => part !== undefined).map(escapeMarkdown)].join(', ');
        return `${who}  \n${words.say('Signature')}: ${signatureLine}  \n${words.say('Place and date')}: ${signatureLine}`;
      });
    case 'page-break':
      return [];
    case 'section':
      return [
        ...(block.heading === undefined ? [] : [`${'#'.repeat(Math.min(6, level))} ${renderInlines(block.heading, words)}`]),
        ...renderBlocks(block.blocks, block.heading === undefined ? level : level + 1, words),
      ];
  }
}

/** Underscores, each escaped: a line to write on. */
const signatureLine = '\\_'.repeat(30);

function renderInlines(inlines: Inlines, words: Words): string {
  return inlines
    .map((inline): string => {
      if (typeof inline === 'string') return escapeMarkdown(inline);
      switch (inline.kind) {
        case 'strong':
          return surround('**', renderInlines(inline.content, words));
        case 'emphasis':
          return surround('*', renderInlines(inline.content, words));
        case 'quiet':
        case 'jump':
        case 'place':
          return renderInlines(inline.content, words);
        case 'code':
          return codeSpan(inline.text);
        case 'link':
          return /^(?:https?:\/\/|mailto:)[^\s<>()\\]+$/i.test(inline.url) ? `[${renderInlines(inline.content, words)}](<${inline.url}>)` : renderInlines(inline.content, words);
        case 'status':
          return renderStatus(inline.status, inline.words === true, words);
      }
    })
    .join('');
}

/** Emphasis may neither begin nor end with a space. */
function surround(sign: string, text: string): string {
  const [, before = '', inner = '', after = ''] = /^(\s*)([\s\S]*?)(\s*)$/.exec(text) ?? [];
  return inner === '' ? text : `${before}${sign}${inner}${sign}${after}`;
}

function renderStatus(status: Status, worded: boolean, words: Words): string {
  const { shape, letter, words: meaning } = statusMark(status);
  const sign = letter === '' ? shape : `${shape} ${letter}`;
  return worded || letter === '' ? `${sign} ${words.say(meaning)}` : sign;
}

// eslint-disable-next-line no-control-regex -- control characters have no place in a text file
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/**
 * Text as Markdown that reads as that text: every sign that could begin markup is escaped, line ends become spaces, and
 * marks that turn the direction of what follows are taken out.
 */
export function escapeMarkdown(text: string): string {
  return text
    .toWellFormed()
    .replace(controls, '')
    .replace(/\s*[\r\n\u0085\u2028\u2029]+\s*/g, ' ')
    .replace(/[\\`*_{}[\]<>#|~&!$@]/g, (sign) => `\\${sign}`)
    .replace(/(^|\s)([-+=])(?=\s|$|[-=+])/g, '$1\\$2')
    .replace(/^(\s*\d+)([.)])(?=\s|$)/, '$1\\$2')
    .replace(/(https?|ftp|mailto)(:)/gi, '$1\\$2')
    .replace(/(www)(\.)/gi, '$1\\$2')
    .replace(/^ +| +$/g, ' ');
}

/** A code span cannot be escaped inside, so that it is fenced by more backticks than it holds; a table's bar ends it all the same. */
function codeSpan(text: string): string {
  const clean = text.toWellFormed().replace(controls, '').replace(/[\r\n]+/g, ' ');
  if (clean.trim() === '' || clean.includes('|')) return escapeMarkdown(clean);
  const longest = Math.max(0, ...[...clean.matchAll(/`+/g)].map((run) => run[0].length));
  const fence = '`'.repeat(longest + 1);
  const space = /^`|`$|^ .* $/.test(clean) ? ' ' : '';
  return `${fence}${space}${clean}${space}${fence}`;
}

function renderTable(table: Table, words: Words): string[] {
  // A drawing has no place in a cell of text; its alternative would repeat the numbers beside it.
  const shown = table.columns.map((column, index) => ({ column, index })).filter(({ column }) => column.type !== 'drawing');
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rows = [
    line(shown.map(({ column }) => escapeMarkdown(column.unit === undefined ? column.head : `${column.head} (${column.unit})`).trim())),
    line(shown.map(({ column }) => alignment(column))),
    ...table.rows.flatMap((row) => [
      ...(row.group === undefined ? [] : [line(shown.map((_, position) => (position === 0 ? surround('**', renderInlines(row.group ?? [], words)) : '')))]),
      line(
        shown.map(({ index }) => {
          const cell = row.cells[index];
          return cell === undefined ? '' : renderCell(cell, words);
        }),
      ),
    ]),
  ];
  return [...(table.caption === undefined ? [] : [renderInlines(table.caption, words)]), rows.join('\n')];
}

function alignment(column: Column): string {
  return column.type === 'number' || column.type === 'percent' ? '---:' : '---';
}

function renderCell(cell: Cell, words: Words): string {
  switch (cell.kind) {
    case 'text':
      return renderInlines(cell.content, words).trim();
    case 'number':
    case 'percent':
      return escapeMarkdown(words.number(cell.value));
    case 'ratio':
      return `${escapeMarkdown(words.number(cell.numerator))} / ${escapeMarkdown(words.number(cell.denominator))}`;
    case 'date':
      return escapeMarkdown(words.date(cell.value));
    case 'status':
      return renderStatus(cell.status, false, words);
    case 'drawing':
      return escapeMarkdown(cell.alternative);
    case 'unknown':
      return cell.reason === undefined ? '–' : `– ${escapeMarkdown(cell.reason)}`;
  }
}

function renderHeatMap(map: HeatMap, words: Words): string[] {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const counted = (cell: HeatCell): string =>
    map.kinds
      .flatMap((kind, index) => ((cell.counts[index] ?? 0) === 0 ? [] : [`${escapeMarkdown(kind.mark)} ${words.number(String(cell.counts[index]))}`]))
      .join(', ');
  return [
    renderInlines(map.caption, words),
    [
      line([map.rowHead, ...map.columns].map(escapeMarkdown)),
      line([map.rowHead, ...map.columns].map(() => '---')),
      ...map.rows.map((row) => line([renderInlines(row.name, words).trim(), ...row.cells.map((cell) => counted(cell) || '–')])),
    ].join('\n'),
    map.kinds.map((kind) => `${escapeMarkdown(kind.mark)} ${escapeMarkdown(kind.name)}`).join(', '),
  ];
}
