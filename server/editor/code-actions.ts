import { GrammarAST } from 'langium';
import type { Position, Range } from 'vscode-languageserver';
import type { Edit, Finding, Fix, Place } from '../../language/model/finding.ts';
import type { PlacedEntity } from '../../language/model/fragment.ts';
import { spanLine, spanColumn, type Span } from '../../language/model/span.ts';
import { textTokens, type PlacedToken } from '../../language/syntax/text-tokens.ts';
import { ExpectationReader, type Trail } from '../../language/syntax/expectation.ts';
import { phraseFrom } from '../../language/syntax/keyword-phrases.ts';
import { arrangeFacts } from './arranged-facts.ts';
import { isOnceOnly } from './completion/keyword-candidates.ts';
import { automatonOf } from '../../language/syntax/grammar-automaton.ts';
import type { EditorProject } from './editor-project.ts';
import { LineIndex, lspRange } from './positions.ts';

/** A change of one file; the text may hold placeholders for people to fill. */
export interface FixEdit {
  readonly file: string;
  readonly range: Range;
  readonly text: string;
}

export interface OfferedFix {
  readonly finding: Finding;
  readonly fix: Fix;
  readonly edits: readonly FixEdit[];
}

/** The fixes of the findings that are shown in a range of a file. A fix whose place is gone is not offered. */
export function fixesAt(project: EditorProject, file: string, range: Range): OfferedFix[] {
  const offered: OfferedFix[] = [];
  for (const finding of project.findingsOf(file)) {
    if (finding.fixes.length === 0) continue;
    const location = project.model.locate(finding.place);
    if (!location || location.file !== file || !overlap(lspRange(location.range), range)) continue;
    for (const fix of finding.fixes) {
      const edits = fix.edits.map((edit) => placeEdit(project, edit));
      if (edits.every((edit) => edit !== undefined)) offered.push({ finding, fix, edits });
    }
  }
  return offered;
}

/**
 * One fix for all that a finding lists, as one of a clause does, or several findings: everything that scaffolds something, placeholders
 * counted on. Undefined where there is nothing to take together.
 *
 * @param least fewer than these are not worth a fix of their own
 */
export function fixAll(project: EditorProject, offered: readonly OfferedFix[], least = 2): OfferedFix | undefined {
  const [first] = offered;
  if (!first) return undefined;
  const taken = new Set<string>();
  const chosen = offered.filter(({ fix }) => {
    // Statements that there is none, and other ways to mend the same, are for people to choose.
    const keys = fix.edits.map((edit) => {
      if (edit.kind === 'addDeclaration') return edit.text;
      return edit.kind === 'addFact' && !/^no(?:t)? /.test(edit.text) ? `${JSON.stringify(edit.place)} ${/^[\w-]+(?: [a-z-]+)?/.exec(edit.text)?.[0]}` : undefined;
    });
    if (keys.some((key) => key === undefined || taken.has(key))) return false;
    for (const key of keys) taken.add(key!);
    return true;
  });
  if (chosen.length < least) return undefined;
  const edits = placeTogether(project, chosen.flatMap(({ fix }) => fix.edits));
  return edits && { finding: first.finding, fix: { title: `Scaffold all ${chosen.length} that are missing here`, edits: chosen.flatMap(({ fix }) => fix.edits) }, edits };
}

/** Facts that go to the same place become one edit: apart, each would make a block of its own where there is none. */
function placeTogether(project: EditorProject, edits: readonly Edit[]): FixEdit[] | undefined {
  const groups = new Map<string, { readonly edit: Edit; texts: string[] }>();
  for (const edit of edits) {
    const placed = placeEdit(project, edit);
    if (!placed || !('text' in edit)) return undefined;
    const { start, end } = placed.range;
    const isInsertion = edit.kind === 'addFact' && (start.line === end.line && start.character === end.character || placed.text.startsWith(' ') || placed.text.startsWith('\n'));
    const key = isInsertion ? `${placed.file} ${JSON.stringify(edit.place)}` : String(groups.size);
    const group = groups.get(key);
    if (group) group.texts.push(edit.text);
    else groups.set(key, { edit, texts: [edit.text] });
  }
  // A declaration that follows another goes behind the block that this one gets.
  const ordered = [...groups.values()].sort((a, b) => Number(a.edit.kind === 'addDeclaration') - Number(b.edit.kind === 'addDeclaration'));
  const numbered = placeholderNumbers();
  const placed = ordered.map(({ edit, texts }) => placeEdit(project, { ...edit, text: arranged(project, edit, texts).map(numbered).join('\n') } as Edit));
  return placed.every((edit) => edit !== undefined) ? joinedWhereTheyMeet(placed) : undefined;
}

/** What is inserted at one place is one edit, so that no editor puts it in another order. */
function joinedWhereTheyMeet(edits: readonly FixEdit[]): FixEdit[] {
  const joined = new Map<string, FixEdit>();
  for (const edit of edits) {
    const { start, end } = edit.range;
    const isInsertion = start.line === end.line && start.character === end.character;
    const key = isInsertion ? `${edit.file} ${start.line}:${start.character}` : String(joined.size);
    const known = joined.get(key);
    joined.set(key, known ? { ...known, text: known.text + edit.text } : edit);
  }
  return [...joined.values()];
}

/** Makes the numbers of placeholders count on from one text to the next. */
function placeholderNumbers(): (text: string) => string {
  let placeholders = 0;
  return (text) => {
    const before = placeholders;
    return text.replace(/\$\{(\d+)/g, (_match, number: string) => {
      placeholders = Math.max(placeholders, before + Number(number));
      return `\${${before + Number(number)}`;
    });
  };
}

function arranged(project: EditorProject, edit: Edit, texts: readonly string[]): readonly string[] {
  if (texts.length < 2 || edit.kind !== 'addFact') return texts;
  const source = sourceOf(project, edit.place);
  if (!source) return texts;
  const { tokens } = source;
  const block = edit.place.path && edit.place.path.length > 0 ? nestedBlock(source, edit.place) : wholeBlock(tokens);
  const brace = textTokens('{', project.builder.services).map((token) => ({ ...token, line: tokens.at(-1)?.line ?? 0 }));
  const before = block ? tokens.slice(0, tokens.indexOf(block.open) + 1) : [...tokens, ...brace];
  return arrangeFacts(project, before, texts.map(withoutPlaceholders)).map((index) => texts[index]!);
}

function overlap(a: Range, b: Range): boolean {
  const before = (one: Position, other: Position): boolean => one.line < other.line || (one.line === other.line && one.character < other.character);
  return !before(a.end, b.start) && !before(b.end, a.start);
}

/** Where and what an edit of the model writes into the text. */
export function placeEdit(project: EditorProject, edit: Edit): FixEdit | undefined {
  switch (edit.kind) {
    case 'replace': {
      const location = project.model.locate(edit.place);
      return location && { file: location.file, range: lspRange(location.range), text: edit.text };
    }
    case 'remove':
      return removal(project, edit.place);
    case 'addFact':
      return addedFact(project, edit.place, edit.text);
    case 'addDeclaration':
      return addedDeclaration(project, edit.after, edit.text);
  }
}

interface DeclarationSource {
  readonly placed: PlacedEntity;
  readonly lines: LineIndex;
  /** Offset of the declaration in its file. */
  readonly start: number;
  readonly text: string;
  readonly tokens: readonly PlacedToken[];
}

function sourceOf(project: EditorProject, place: Place): DeclarationSource | undefined {
  const placed = project.model.placed(place.entity)[place.occurrence ?? 0];
  const whole = placed && project.text(placed.file);
  if (!placed || whole === undefined) return undefined;
  const lines = new LineIndex(whole);
  const start = lines.offset({ line: placed.line, character: placed.column });
  const siblings = project.model.fragment(placed.file)?.declarations ?? [];
  const next = siblings[siblings.indexOf(placed) + 1];
  // Another declaration may begin on the last line of this one.
  const end = Math.min(lines.offset({ line: placed.line + placed.entity.lines + 1, character: 0 }), next ? lines.offset({ line: next.line, character: next.column }) : Infinity);
  const tokens = ownTokens(textTokens(whole.slice(start, end), project.builder.services));
  return { placed, lines, start, text: whole.slice(start, end), tokens };
}

/** The tokens up to the end of the first declaration: what follows on its last line is not its own. */
function ownTokens(tokens: readonly PlacedToken[]): PlacedToken[] {
  let depth = 0;
  for (const [index, token] of tokens.entries()) {
    if (token.text === '{') depth++;
    if (token.text === '}' && --depth === 0) return tokens.slice(0, index + 1);
  }
  return [...tokens];
}

function addedFact(project: EditorProject, place: Place, text: string): FixEdit | undefined {
  const source = sourceOf(project, place);
  const last = source?.tokens.at(-1);
  if (!source || !last) return undefined;
  const { placed, lines, start, tokens } = source;
  const at = (offset: number): Position => lines.position(start + offset);
  const block = place.path && place.path.length > 0 ? nestedBlock(source, place) : wholeBlock(tokens);
  if (!block) {
    // No block yet: the declaration gets one.
    const end = at(last.offset + last.text.length);
    return { file: placed.file, range: { start: end, end }, text: ` {\n${indented(text, '  ')}\n}` };
  }
  const stated = statedFact(project, source, block, text);
  if (stated) {
    const range = { start: at(stated.first.offset), end: at(stated.last.offset + stated.last.text.length) };
    return { file: placed.file, range, text: indented(text, indentOf(source, stated.first)).trimStart() };
  }
  const { open, close } = block;
  const isOneLine = open.line === close.line;
  const indent = `${indentOf(source, open)}  `;
  if (continuesTheLastFact(project, source, block, text)) {
    const end = at(open.offset + open.text.length);
    return { file: placed.file, range: { start: end, end }, text: isOneLine && !text.includes('\n') ? ` ${text} ` : `\n${indented(text, indent)}${isOneLine ? `\n${indent}` : ''}` };
  }
  const previous = tokens[tokens.indexOf(close) - 1] ?? open;
  const from = at(previous.offset + previous.text.length);
  const to = at(close.offset);
  if (isOneLine && !text.includes('\n')) {
    return { file: placed.file, range: { start: from, end: to }, text: previous === open ? ` ${text} ` : `  ${text} ` };
  }
  const position = isOneLine ? { start: from, end: to } : lineEnd(source, previous);
  return { file: placed.file, range: position, text: `\n${indented(text, indent)}${isOneLine ? `\n${indentOf(source, open)}` : ''}` };
}

/** The fact of a block that a text states anew, where only one may be stated: what stands there has not been filled in. */
function statedFact(project: EditorProject, { tokens }: DeclarationSource, { open, close }: Block, text: string): Fact | undefined {
  const trail = trailOf(project, tokens);
  const { factStarts } = automatonOf(project.builder.services.Grammar);
  const opening = trail.find(({ token }) => token === open);
  for (const { token, site, frame } of trail) {
    const { offset } = token as PlacedToken;
    if (frame !== opening?.frame || offset < open.offset || offset > close.offset || !factStarts.has(site.element) || !GrammarAST.isKeyword(site.element)) continue;
    const words = phraseFrom(site.element);
    if (isOnceOnly(site.element) && (text === words || text.startsWith(`${words} `))) return factAround(project, tokens, offset);
  }
  return undefined;
}

/** Whether a text at the end of a block would be read as more of the fact before it: `kind` of a requirement rather than of the party. */
function continuesTheLastFact(project: EditorProject, { tokens }: DeclarationSource, { close }: Block, text: string): boolean {
  const automaton = automatonOf(project.builder.services.Grammar);
  const reader = new ExpectationReader(automaton, 'Declaration');
  reader.read(tokens.slice(0, tokens.indexOf(close)));
  const word = /^[\w-]+/.exec(text)?.[0];
  return reader.expected().some(({ takes, isKeyword, site }) => isKeyword && takes === word && !automaton.factStarts.has(site.element));
}

/** Behind the last word and what comments it on its line. */
function lineEnd({ text, lines, start }: DeclarationSource, token: PlacedToken): Range {
  const newline = text.indexOf('\n', token.offset + token.text.length);
  const end = newline === -1 ? text.length : newline;
  const at = lines.position(start + (text[end - 1] === '\r' ? end - 1 : end));
  return { start: at, end: at };
}

interface Block {
  readonly open: PlacedToken;
  readonly close: PlacedToken;
}

function wholeBlock(tokens: readonly PlacedToken[]): Block | undefined {
  const open = tokens.find(({ text }) => text === '{');
  const close = tokens.at(-1);
  return open && close?.text === '}' ? { open, close } : undefined;
}

/** The block of the part that a path leads to; the declaration's own if the part has none. */
function nestedBlock({ placed, tokens }: DeclarationSource, place: Place): Block | undefined {
  const part = (place.path ?? []).reduce((node: unknown, step) => (typeof node === 'object' && node !== null ? (node as Record<string | number, unknown>)[step] : undefined), placed.entity.node);
  const self = typeof part === 'object' && part !== null && '$at' in part ? (part.$at as Readonly<Record<string, Span>>)['$self'] : undefined;
  if (self === undefined) return wholeBlock(tokens);
  const first = tokens.findIndex(({ line, column }) => line === spanLine(self) && column >= spanColumn(self));
  const open = tokens.slice(first).findIndex(({ text }) => text === '{');
  if (first === -1 || open === -1 || tokens[first + open]!.line !== tokens[first]!.line) return wholeBlock(tokens);
  let depth = 0;
  for (const token of tokens.slice(first + open)) {
    if (token.text === '{') depth++;
    if (token.text === '}' && --depth === 0) return { open: tokens[first + open]!, close: token };
  }
  return undefined;
}

function indentOf({ placed, text }: DeclarationSource, { line }: PlacedToken): string {
  if (line === 0) return ' '.repeat(placed.column);
  return /^[ \t]*/.exec(text.split('\n')[line] ?? '')?.[0] ?? '';
}

function indented(text: string, indent: string): string {
  return text.split('\n').map((line) => (line === '' ? line : indent + line)).join('\n');
}

function addedDeclaration(project: EditorProject, after: Place | { readonly file: string }, text: string): FixEdit | undefined {
  if ('file' in after) return atEndOfFile(project, after.file, text);
  const source = sourceOf(project, after);
  const last = source?.tokens.at(-1);
  if (!source || !last) return undefined;
  const { start, end } = lineEnd(source, last);
  return { file: source.placed.file, range: { start, end }, text: `\n\n${text}` };
}

function atEndOfFile(project: EditorProject, file: string, text: string): FixEdit | undefined {
  const whole = project.text(file);
  if (whole === undefined) return undefined;
  const end = new LineIndex(whole).position(whole.length);
  const before = whole.trim() === '' ? '' : whole.endsWith('\n\n') ? '' : whole.endsWith('\n') ? '\n' : '\n\n';
  return { file, range: { start: end, end }, text: `${before}${text}\n` };
}

/** Takes a fact out with its keyword, and its line if nothing else stands on it; without a path, the whole declaration. */
function removal(project: EditorProject, place: Place): FixEdit | undefined {
  const source = sourceOf(project, place);
  const first = source?.tokens[0];
  const last = source?.tokens.at(-1);
  if (!source || !first || !last) return undefined;
  const { placed, lines, start, text, tokens } = source;
  if (!place.path || place.path.length === 0) {
    const end = lineEnd(source, last).end;
    return { file: placed.file, range: { start: { line: placed.line, character: placed.column }, end: { line: end.line + 1, character: 0 } }, text: '' };
  }
  const location = project.model.locate(place);
  if (!location) return undefined;
  const at = lines.offset({ line: location.range.line, character: location.range.column }) - start;
  const fact = factAround(project, tokens, at);
  if (!fact) return { file: placed.file, range: lspRange(location.range), text: '' };
  const from = fact.first.offset;
  const to = fact.last.offset + fact.last.text.length;
  const lineStart = text.lastIndexOf('\n', from - 1) + 1;
  const newline = text.indexOf('\n', to);
  const isAlone = text.slice(lineStart, from).trim() === '' && newline !== -1 && /^\s*(?:\/\/.*)?$/.test(text.slice(to, newline));
  const range = isAlone ? { start: lines.position(start + lineStart), end: lines.position(start + newline + 1) } : { start: lines.position(start + from), end: lines.position(start + to) };
  return { file: placed.file, range, text: '' };
}

interface Fact {
  readonly first: PlacedToken;
  readonly last: PlacedToken;
}

/** The tokens of the fact that a place is in: from the word that begins it to the last before the next fact. */
function factAround(project: EditorProject, tokens: readonly PlacedToken[], at: number): Fact | undefined {
  const { factStarts } = automatonOf(project.builder.services.Grammar);
  const trail = trailOf(project, tokens);
  const index = trail.findIndex(({ token }) => (token as PlacedToken).offset === at);
  const begin = trail.findLastIndex(({ site }, position) => position <= index && factStarts.has(site.element));
  if (index === -1 || begin === -1) return undefined;
  const { frame } = trail[begin]!;
  // A fact that is a rule of its own, as a step of a flow is, ends where another begins beside it.
  const isWithin = (step: Trail): boolean => {
    for (let at = step.frame; at; at = at.parent) if (at === frame) return step.frame !== frame;
    return frame === undefined && step.frame !== undefined;
  };
  const next = trail.findIndex((step, position) => position > begin && !isWithin(step) && (factStarts.has(step.site.element) || step.token.text === '}'));
  const last = trail[next === -1 ? trail.length - 1 : next - 1]!;
  return { first: trail[begin]!.token as PlacedToken, last: last.token as PlacedToken };
}

/** How the tokens of a declaration are read, from the first on. */
function trailOf(project: EditorProject, tokens: readonly PlacedToken[]): readonly Trail[] {
  const reader = new ExpectationReader(automatonOf(project.builder.services.Grammar), 'Declaration');
  reader.read(tokens);
  const trail: Trail[] = [];
  for (let step = reader.trail; step; step = step.before) trail.push(step);
  return trail.reverse();
}

const placeholder = /\$\{\d+(?::((?:\\.|[^}\\])*))?\}|\$\d+/g;

/** Whether a text holds placeholders. */
export function isSnippet(text: string): boolean {
  return text.search(placeholder) !== -1;
}

/** The text with the words of its placeholders in their place, for clients that know no placeholders. */
export function withoutPlaceholders(text: string): string {
  return text.replace(placeholder, (_match, words: string | undefined) => words ?? '').replace(/\\([$}\\])/g, '$1');
}
