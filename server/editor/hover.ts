import { AstUtils, GrammarAST } from 'langium';
import type { Position, Range } from 'vscode-languageserver';
import { declarationAt } from '../../language/model/fragment-builder.ts';
import { recordKinds } from '../../language/model/record-kinds.ts';
import { ExpectationReader, lastValueOf, type Trail } from '../../language/syntax/expectation.ts';
import { keywordPhrases, type KeywordPhrase } from '../../language/syntax/keyword-phrases.ts';
import { splitDeclarations } from '../../language/syntax/split-declarations.ts';
import { textTokens, type PlacedToken } from '../../language/syntax/text-tokens.ts';
import { automatonOf } from '../../language/syntax/grammar-automaton.ts';
import { describeName, describePhrase } from './describe.ts';
import type { EditorProject } from './editor-project.ts';
import { code, plain } from './markdown.ts';
import { nameAt } from './occurrences.ts';
import { LineIndex } from './positions.ts';

export interface HoverText {
  /** Markdown. */
  readonly text: string;
  readonly range: Range;
}

/** What is said about the word at a position: a name, a word of the language, a field of a record, a target's figures. */
export function hoverAt(project: EditorProject, file: string, position: Position): HoverText | undefined {
  const name = nameAt(project, file, position);
  if (name?.known) return { text: describeName(project, name.known), range: name.range };
  return wordAt(project, file, position);
}

function wordAt(project: EditorProject, file: string, position: Position): HoverText | undefined {
  const text = project.text(file);
  const fragment = project.model.fragment(file);
  if (text === undefined || !fragment) return undefined;
  const lines = new LineIndex(text);
  const placed = declarationAt(fragment, position.line);
  const start = placed ? lines.offset({ line: placed.line, character: placed.column }) : 0;
  const end = lines.offset({ line: position.line + 1, character: 0 });
  const piece = splitDeclarations(text.slice(start, end), project.builder.keywords).findLast(({ line }) => line + (placed?.line ?? 0) <= position.line);
  if (!piece) return undefined;
  const offset = lines.offset(position) - start - piece.offset;
  const tokens = textTokens(piece.text, project.builder.services);
  const index = tokens.findIndex((token) => token.offset <= offset && offset <= token.offset + token.text.length && /\w/.test(token.text));
  const token = tokens[index];
  if (!token) return undefined;
  // What follows may tell what a word means: `service` of a service, or of a service requirement.
  const trail = trailAt(project, tokens, token) ?? trailAt(project, tokens.slice(0, index + 1), token);
  if (!trail) return undefined;
  const documentation = describeToken(project, trail, piece.text);
  if (documentation === undefined) return undefined;
  const from = start + piece.offset + token.offset;
  return { text: documentation, range: { start: lines.position(from), end: lines.position(from + token.text.length) } };
}

function trailAt(project: EditorProject, tokens: readonly PlacedToken[], token: PlacedToken): Trail | undefined {
  const reader = new ExpectationReader(automatonOf(project.builder.services.Grammar), 'Declaration');
  reader.read(tokens);
  for (let trail = reader.trail; trail; trail = trail.before) if (trail.token === token) return trail;
  return undefined;
}

function describeToken(project: EditorProject, trail: Trail, declaration: string): string | undefined {
  const { site, token, frame } = trail;
  if (GrammarAST.isKeyword(site.element)) {
    const phrase = phraseOf(project, site.element);
    return phrase && describePhrase(phrase.rule, phrase.words);
  }
  const property = (site.assignment ?? frame?.site.assignment)?.feature;
  const rule = AstUtils.getContainerOfType(site.element, GrammarAST.isParserRule)?.name;
  if (rule === 'Source' && property === 'recordKind' && Object.hasOwn(recordKinds, token.text)) return `record kind ${code(token.text)}\n\n${plain(recordKinds[token.text]!.description)}`;
  if (((rule === 'Mapping' || rule === 'NamesakeMapping') && property === 'field') || (rule === 'LiteralOrName' && property === 'name') || property === 'groupings') {
    // A metric may name its source behind the word that is asked about.
    const source = lastValueOf(trail, 'source') ?? /\bfrom\s+([\w-]+)/.exec(declaration)?.[1];
    const kind = lastValueOf(trail, 'recordKind') ?? project.model.get('Source', source)?.recordKind;
    const field = kind !== undefined && Object.hasOwn(recordKinds, kind) ? recordKinds[kind]!.fields[token.text] : undefined;
    return field && `field ${code(token.text)} of ${plain(kind ?? '')} records (${field.type})\n\n${plain(field.description)}`;
  }
  return undefined;
}

const phrases = new WeakMap<object, ReadonlyMap<GrammarAST.AbstractElement, KeywordPhrase>>();

function phraseOf(project: EditorProject, element: GrammarAST.AbstractElement): KeywordPhrase | undefined {
  const { Grammar } = project.builder.services;
  let known = phrases.get(Grammar);
  if (!known) phrases.set(Grammar, (known = new Map(keywordPhrases(Grammar).flatMap((phrase) => phrase.elements.map((part) => [part, phrase] as const)))));
  return known.get(element);
}
