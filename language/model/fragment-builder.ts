import type { LangiumCoreServices } from 'langium';
import { declarationKeywords } from '../syntax/declaration-keywords.ts';
import { directParser } from '../syntax/direct-parser.ts';
import { parseDeclaration } from '../syntax/parse-declaration.ts';
import { deepestNesting, tooDeeplyNested } from '../syntax/nesting.ts';
import { detached, mostTerms, plainNode, TooManyTerms, type PlainObject, type PlainResult } from '../syntax/plain-node.ts';
import { syntaxServices } from '../syntax/services.ts';
import { splitDeclarations, type DeclarationText } from '../syntax/split-declarations.ts';
import { textHash } from '../values/text-hash.ts';
import { checkDeclaration } from '../validation/check-declaration.ts';
import { describeSyntaxProblem } from '../validation/syntax-messages.ts';
import { compact, settled } from './compact.ts';
import { entityKey, type AnyDeclaration } from './declarations.ts';
import { exportedNames, localReferences } from './exports.ts';
import type { LocalFinding } from './finding.ts';
import type { Entity, FileFinding, Fragment, PlacedEntity } from './fragment.ts';
import { span, type Span } from './span.ts';

/** Files larger than this are not read as text of the language: 16 Mi characters, some 400,000 lines. */
export const fileSizeLimit = 16 * 1024 * 1024;
/** A single line longer than this is refused: 100,000 characters. */
export const lineLengthLimit = 100_000;

/** Reads text into fragments. One builder serves a whole project: it holds the parser, which is costly to make. */
export class FragmentBuilder {
  readonly services: LangiumCoreServices;
  readonly keywords: ReadonlySet<string>;

  constructor(services: LangiumCoreServices = syntaxServices()) {
    this.services = services;
    this.keywords = declarationKeywords(services.Grammar);
  }

  /**
   * Reads one file. Declarations whose text is the same as in `previous` are taken over as they are, so that an edit
   * costs the declaration it touches.
   */
  build(file: string, text: string, previous?: Fragment): Fragment {
    const hash = textHash(text);
    const refusal = refuse(text);
    if (refusal) return { file, hash, declarations: [], findings: [{ finding: refusal, line: 0, column: 0 }] };
    const known = new Map<string, Entity>();
    for (const placed of previous?.declarations ?? []) known.set(placed.entity.hash, placed.entity);

    const declarations: PlacedEntity[] = [];
    const findings: FileFinding[] = [];
    let outside = false;
    const pieces = splitDeclarations(text, this.keywords);
    const pending = pieces.toReversed();
    for (let piece = pending.pop(); piece; piece = pending.pop()) {
      const pieceHash = textHash(piece.text);
      const unchanged = known.get(pieceHash);
      if (unchanged) {
        declarations.push({ entity: unchanged, file, line: piece.line, column: piece.column });
        continue;
      }
      const read = this.#read(piece, pieceHash);
      if (read.rest) pending.push(read.rest);
      if (read.entity) declarations.push({ entity: read.entity, file, line: piece.line, column: piece.column });
      else findings.push(...read.findings.filter((finding) => finding.code !== 'missing-block' || !outside).map((finding) => ({ finding, line: piece.line, column: piece.column })));
      // Of facts that follow each other outside a block the first is told.
      outside = !read.entity && read.findings.some(({ code }) => code === 'missing-block');
    }
    const comment = unclosedComment(text, pieces.at(-1));
    return { file, hash, declarations, findings: comment ? [...findings, comment] : findings };
  }

  #read(piece: DeclarationText, hash: string): { entity?: Entity; findings: readonly LocalFinding[]; rest?: DeclarationText } {
    const deep = tooDeeplyNested(piece.text);
    if (deep !== undefined) {
      const before = piece.text.slice(0, deep);
      const at = span(countLines(before), deep - (before.lastIndexOf('\n') + 1), 1);
      return { findings: [{ code: 'too-deep', severity: 'error', message: `Here it is nested more than ${deepestNesting} levels deep, so this declaration was not read. Break it into parts.`, at }] };
    }
    try {
      return this.#readWithin(piece, hash);
    } catch (error) {
      if (!(error instanceof TooManyTerms)) throw error;
      const at = span(0, 0, Math.max(1, piece.text.search(/\r?\n|$/u)));
      return { findings: [{ code: 'too-deep', severity: 'error', message: `An expression of it has more than ${mostTerms} terms, so this declaration was not read. Break it into parts.`, at }] };
    }
  }

  #readWithin(piece: DeclarationText, hash: string): { entity?: Entity; findings: readonly LocalFinding[]; rest?: DeclarationText } {
    const direct = directParser(this.services).read(piece.text);
    if (direct) return this.#finish(piece, hash, direct, []);
    const parsed = parseDeclaration(piece.text, this.services, this.keywords);
    if (parsed.rest !== undefined) {
      const head: DeclarationText = { ...piece, text: piece.text.slice(0, parsed.rest).trimEnd() };
      const read = this.#read(head, textHash(head.text));
      return { ...read, rest: restOf(piece, parsed.rest) };
    }
    const described = parsed.problems.map((problem) => describeSyntaxProblem(problem, this.services, this.keywords));
    // One brace is missing, however many facts stand behind it.
    const findings = described.filter((finding, index) => finding.code !== 'missing-block' || described.findIndex(({ code }) => code === finding.code) === index);
    return isNode(parsed.node) ? this.#finish(piece, hash, plainNode(parsed.node), findings) : { findings };
  }

  #finish(piece: DeclarationText, hash: string, { node, references, repeated }: PlainResult, findings: LocalFinding[]): { entity?: Entity; findings: readonly LocalFinding[] } {
    if (typeof node['name'] !== 'string' && !unnamed.has(node.$type)) return { findings };
    const id = typeof node['name'] === 'string' ? node['name'] : hash;
    node['$key'] = detached(entityKey(node.$type, id));
    const documentation = documentationOf(piece.text);
    if (documentation !== undefined) node['$documentation'] = documentation;
    const declaration = compact(asDeclaration(node));
    const local = localReferences(declaration, references);
    const entity: Entity = {
      key: declaration.$key,
      node: declaration,
      hash,
      exports: settled(exportedNames(declaration)),
      references: settled(local.references),
      findings: settled([
        ...findings,
        ...repeated.map(({ keyword, ofPart, at }): LocalFinding => ({ code: 'repeated-fact', severity: 'error', message: ofPart ? `“${keyword}” is stated twice in this part of the declaration; only the last counts. Keep one, or if the declaration’s own is meant, write it before this part.` : `“${keyword}” is stated twice; only the last counts. Keep one.`, at })),
        ...local.findings,
        ...checkDeclaration(declaration, findings.length === 0),
      ]),
      lines: countLines(piece.text),
    };
    return { entity, findings };
  }
}

const unnamed: ReadonlySet<string> = new Set(['Attestation', 'Waiver']);

function isNode(value: unknown): value is Parameters<typeof plainNode>[0] {
  return typeof value === 'object' && value !== null && '$type' in value;
}

/** The one place where data made by reflection is given the static type that the grammar promises for it. */
function asDeclaration(node: PlainObject): AnyDeclaration {
  return node as unknown as AnyDeclaration;
}

function refuse(text: string): LocalFinding | undefined {
  const at = 0 as Span;
  if (text.length > fileSizeLimit) return { code: 'file-too-large', severity: 'error', message: `This file has ${text.length} characters; more than ${fileSizeLimit} are not read. Split it into several files.`, at };
  if (text.includes('\0')) return { code: 'not-text', severity: 'error', message: 'This is not a text file (it holds NUL bytes), so nothing in it was read.', at };
  let start = 0;
  while (start < text.length) {
    const newline = text.indexOf('\n', start);
    const end = newline === -1 ? text.length : newline;
    if (end - start > lineLengthLimit) return { code: 'line-too-long', severity: 'error', message: `This file has a line of ${end - start} characters; lines over ${lineLengthLimit} are not read. Break the line.`, at };
    start = end + 1;
  }
  return undefined;
}

/** Without its end a comment hides all that follows. */
function unclosedComment(text: string, last: DeclarationText | undefined): FileFinding | undefined {
  const from = last ? last.offset + last.text.length : 0;
  const rest = text.slice(from).replace(/\/\*[\s\S]*?\*\/|\/\/[^\n]*/g, (comment) => comment.replace(/[^\n]/g, ' '));
  const open = rest.indexOf('/*');
  if (open === -1) return undefined;
  const before = text.slice(0, from + open);
  const finding: LocalFinding = { code: 'syntax', severity: 'error', message: 'This comment is not closed, so nothing behind it is read: */ is missing.', at: span(0, 0, 2) };
  return { finding, line: countLines(before), column: before.length - (before.lastIndexOf('\n') + 1) };
}

function countLines(text: string): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

function restOf(piece: DeclarationText, offset: number): DeclarationText {
  const before = piece.text.slice(0, offset);
  const lines = countLines(before);
  const column = lines === 0 ? piece.column + offset : offset - (before.lastIndexOf('\n') + 1);
  return { offset: piece.offset + offset, text: piece.text.slice(offset), line: piece.line + lines, column };
}

function documentationOf(text: string): string | undefined {
  const match = /^\/\*\*([\s\S]*?)\*\//.exec(text);
  if (!match) return undefined;
  return (match[1] ?? '').split(/\r?\n/).map((line) => line.replace(/^\s*\* ?/, '').trimEnd()).join('\n').trim();
}

/** The declaration of a fragment at a line, if any. */
export function declarationAt(fragment: Fragment, line: number): PlacedEntity | undefined {
  let found: PlacedEntity | undefined;
  for (const placed of fragment.declarations) {
    if (placed.line > line) break;
    if (line <= placed.line + placed.entity.lines) found = placed;
  }
  return found;
}

