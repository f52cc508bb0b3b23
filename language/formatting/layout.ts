import type { Block, Comment, Fact } from './parts.ts';

export interface LayoutOptions {
  /** Columns that a line keeps to where it can. */
  readonly width: number;
  /** The line end of the file. */
  readonly lineEnd: string;
}

const step = 2;
const continuation = 4;

/** The lines of a declaration in canonical form. A text block or a comment may hold further line ends. */
export function declarationLines(declaration: Fact, options: LayoutOptions): string[] {
  const lines: string[] = [];
  for (const comment of declaration.comments) lines.push(...ownLines(comment, 0, options));
  lines.push(...factLines(declaration, 0, options));
  return lines;
}

/** A fact without the comments in front of it. */
function factLines(fact: Fact, indent: number, options: LayoutOptions): string[] {
  const inline = inlineFact(fact);
  const margin = ' '.repeat(indent);
  if (inline !== undefined && indent + inline.length <= options.width) return [margin + inline];

  const lines: string[] = [];
  let line = '';
  let mustBreak = false;
  const flush = (): void => {
    if (line !== '') lines.push((lines.length === 0 || line.startsWith('}') ? margin : ' '.repeat(indent + continuation)) + line);
    line = '';
    mustBreak = false;
  };
  const add = (text: string, breaks: boolean): void => {
    if (line !== '' && (mustBreak || breaks)) flush();
    line += (line === '' ? '' : gap(line, text)) + text;
  };
  const keepBreaks = keepsBreaks(fact, indent, options);
  for (const part of fact.parts) {
    switch (part.kind) {
      case 'word':
        add(part.text, keepBreaks && part.breaks > 0);
        break;
      case 'comment': {
        const text = commentText(part, indent + continuation, options);
        if (part.breaks > 0) add(text, true);
        else if (isLineComment(part) && line !== '' && !mustBreak) line += `  ${text}`;
        else add(text, false);
        mustBreak = isLineComment(part);
        break;
      }
      case 'block':
        add(part.openComments.length > 0 ? `{  ${part.openComments.map(({ text }) => text.trimEnd()).join(' ')}` : '{', false);
        flush();
        lines.push(...blockLines(part, indent + step, options));
        line = '}';
        break;
    }
  }
  flush();
  return lines;
}

/** A fact that the user broke over several lines stays so where one line would be too long. */
function keepsBreaks(fact: Fact, indent: number, options: LayoutOptions): boolean {
  let length = indent;
  for (const part of fact.parts) {
    if (part.kind === 'block') break;
    if (part.kind === 'comment' && isLineComment(part)) return true;
    length += part.text.length + 1;
    if (part.text.includes('\n') || length - 1 > options.width) return true;
  }
  return false;
}

function blockLines(block: Block, indent: number, options: LayoutOptions): string[] {
  const lines: string[] = [];
  const align = columnOfTargets(block, indent, options);
  block.facts.forEach((fact, index) => {
    if (index > 0 && (fact.comments[0] ?? fact).breaks > 1) lines.push('');
    let sameLine = '';
    fact.comments.forEach((comment, position) => {
      if (position > 0 && comment.breaks > 1) lines.push('');
      const next = fact.comments[position + 1] ?? fact;
      if (next === fact && fact.breaks === 0 && !comment.text.includes('\n')) sameLine = `${comment.text} `;
      else lines.push(...ownLines(comment, indent, options));
    });
    if (fact.comments.length > 0 && fact.breaks > 1) lines.push('');
    const rows = align.get(fact) ?? factLines(fact, indent, options);
    const first = rows[0] ?? '';
    lines.push(sameLine === '' ? first : ' '.repeat(indent) + sameLine + first.trimStart(), ...rows.slice(1));
  });
  block.closeComments.forEach((comment, index) => {
    if ((index > 0 || block.facts.length > 0) && comment.breaks > 1) lines.push('');
    lines.push(...ownLines(comment, indent, options));
  });
  return lines;
}

/** The names of service level targets that follow each other stand in a column, so that the promises can be read as a table. */
function columnOfTargets(block: Block, indent: number, options: LayoutOptions): ReadonlyMap<Fact, readonly string[]> {
  const aligned = new Map<Fact, readonly string[]>();
  let run: Fact[] = [];
  const close = (): void => {
    if (run.length > 1) {
      const width = Math.max(...run.map((fact) => targetName(fact)?.length ?? 0));
      for (const fact of run) {
        const name = targetName(fact) ?? '';
        const row = factLines(fact, indent, options)[0] ?? '';
        const split = indent + 'target '.length + name.length;
        aligned.set(fact, [row.slice(0, split) + ' '.repeat(width - name.length) + row.slice(split)]);
      }
    }
    run = [];
  };
  for (const fact of block.facts) {
    const single = targetName(fact) !== undefined && factLines(fact, indent, options).length === 1 && !fact.parts.some((part) => part.kind !== 'block' && part.text.includes('\n'));
    if (!single || fact.comments.length > 0 || fact.breaks > 1) close();
    if (single) run.push(fact);
  }
  close();
  return aligned;
}

function targetName(fact: Fact): string | undefined {
  const [keyword, name, measure] = fact.parts;
  return keyword?.kind === 'word' && keyword.text === 'target' && name?.kind === 'word' && /^[\p{L}]/u.test(name.text) && measure?.kind === 'word' ? name.text : undefined;
}

/** A fact on one line, if it may stand on one: no comment to the end of the line, no text block, no block of several lines. */
function inlineFact(fact: Fact): string | undefined {
  let line = '';
  for (const [index, part] of fact.parts.entries()) {
    let text: string;
    if (part.kind === 'block') {
      const block = inlineBlock(part);
      if (block === undefined) return undefined;
      text = block;
    } else {
      if (part.text.includes('\n')) return undefined;
      if (part.kind === 'comment' && isLineComment(part)) {
        if (index < fact.parts.length - 1 || part.breaks > 0) return undefined;
        line += `  ${part.text.trimEnd()}`;
        continue;
      }
      if (part.kind === 'comment' && part.breaks > 0) return undefined;
      text = part.text;
    }
    line += (line === '' ? '' : gap(line, text)) + text;
  }
  return line;
}

function inlineBlock(block: Block): string | undefined {
  if (block.broken || block.openComments.length > 0) return undefined;
  const facts: string[] = [];
  for (const fact of block.facts) {
    if (fact.comments.some((comment) => isLineComment(comment) || comment.text.includes('\n'))) return undefined;
    const text = inlineFact(fact);
    if (text === undefined || endsInLineComment(fact)) return undefined;
    facts.push([...fact.comments.map((comment) => comment.text), text].join(' '));
  }
  if (block.closeComments.some((comment) => isLineComment(comment) || comment.text.includes('\n'))) return undefined;
  const content = [facts.join('  '), ...block.closeComments.map((comment) => comment.text)].filter((text) => text !== '').join(' ');
  return content === '' ? '{ }' : `{ ${content} }`;
}

function endsInLineComment(fact: Fact): boolean {
  const last = fact.parts.at(-1);
  return last?.kind === 'comment' && isLineComment(last);
}

/** What stands between two words of a line. */
function gap(before: string, text: string): string {
  if (text === ',' || text === ')' || text === '.') return '';
  if (before.endsWith('(') || (before.endsWith('.') && /^[\p{L}]/u.test(text) && /[\p{L}\p{N}_]\.$/u.test(before))) return '';
  return ' ';
}

function isLineComment(comment: Comment): boolean {
  return comment.text.startsWith('//');
}

/** A comment on lines of its own. */
export function ownLines(comment: Comment, indent: number, options: LayoutOptions): string[] {
  return [' '.repeat(indent) + commentText(comment, indent, options)];
}

/** A comment's text. One whose lines all begin with a star moves with its first line; others stay as they are. */
function commentText(comment: Comment, indent: number, options: LayoutOptions): string {
  if (isLineComment(comment)) return comment.text.trimEnd();
  const lines = comment.text.split(/\r?\n/);
  if (lines.length === 1 || !lines.slice(1).every((line) => line.trimStart().startsWith('*'))) return comment.text;
  return lines.map((line, index) => (index === 0 ? line.trimEnd() : `${' '.repeat(indent + 1)}${line.trim()}`)).join(options.lineEnd);
}
