import { AstUtils, GrammarAST, isAstNode, isCompositeCstNode, isReference, type AstNode, type CstNode } from 'langium';
import type { NameReference } from '../model/fragment.ts';
import { reflection } from '../generated/ast.ts';
import { noItems } from '../model/compact.ts';
import { span, type Span } from '../model/span.ts';

/** A fact that may be stated once and is stated again. */
export interface RepeatedFact {
  /** The word that states it. */
  readonly keyword: string;
  /** It is a fact of a part of the declaration, such as a component of a service, which may have taken up the next line. */
  readonly ofPart: boolean;
  readonly at: Span;
}

export interface PlainResult {
  readonly node: PlainObject;
  readonly references: NameReference[];
  readonly repeated: RepeatedFact[];
}

export type PlainObject = { $type: string; $at: Record<string, Span | Span[]> } & Record<string, unknown>;

const longestShared = 40;
const sharedLimit = 200_000;
const sharedTexts = new Map<string, string>();

/**
 * One string for equal short texts. A model names the same people, services and words thousands of times, and a text cut
 * out of a file would keep the whole file in memory.
 */
export function shared(text: string): string {
  if (text.length > longestShared) return detached(text);
  const known = sharedTexts.get(text);
  if (known !== undefined) return known;
  if (sharedTexts.size >= sharedLimit) sharedTexts.clear();
  const own = detached(text);
  sharedTexts.set(own, own);
  return own;
}

/** A copy that does not keep the texts it was cut out of or put together from in memory; shorter ones are copies already. */
export function detached(text: string): string {
  return text.length < 13 ? text : (JSON.parse(JSON.stringify(text)) as string);
}

/** How many terms of an expression may hang on each other, as in `a or b or …`. What reads expressions later need not fear deeper ones. */
export const mostTerms = 400;

/** A declaration with an expression of more terms. */
export class TooManyTerms extends Error {}

/**
 * Turns a syntax node into plain data: references become ids and are listed, every property gets its place.
 * Lists that are empty share one frozen array, which keeps large models small.
 */
export function plainNode(root: AstNode): PlainResult {
  const references: NameReference[] = [];
  const repeated: RepeatedFact[] = [];
  const node = convert(root, references, repeated, 0);
  return { node, references, repeated };
}

function convert(source: AstNode, references: NameReference[], repeated: RepeatedFact[], depth: number): PlainObject {
  if (depth > mostTerms) throw new TooManyTerms();
  const places = propertySpans(source, repeated);
  const result: PlainObject = { $type: source.$type, $at: places };
  for (const [property, value] of Object.entries(source)) {
    if (property.startsWith('$')) continue;
    if (Array.isArray(value)) {
      result[property] = value.length === 0 ? noItems : value.map((item: unknown) => convertValue(source, property, item, references, repeated, depth));
    } else if (value !== undefined) {
      result[property] = convertValue(source, property, value, references, repeated, depth);
    }
  }
  return result;
}

function convertValue(container: AstNode, property: string, value: unknown, references: NameReference[], repeated: RepeatedFact[], depth: number): unknown {
  if (isReference(value)) {
    const type = reflection.getReferenceType({ container, property, reference: value });
    references.push({ type, id: shared(value.$refText), at: cstSpan(value.$refNode) });
    return shared(value.$refText);
  }
  if (isAstNode(value)) return convert(value, references, repeated, depth + 1);
  return typeof value === 'string' ? shared(value) : value;
}

export function cstSpan(node: CstNode | undefined): Span {
  if (!node) return span(0, 0, 1);
  const { start, end } = node.range;
  const length = start.line === end.line ? end.character - start.character : (/^[^\r\n]*/.exec(node.text)?.[0].length ?? 1);
  return span(start.line, start.character, Math.max(1, length));
}

interface Feature {
  readonly name: string;
  readonly many: boolean;
}
const features = new WeakMap<GrammarAST.AbstractElement, Feature | null>();

/** The property a piece of text was assigned to, looked up once per place in the grammar. */
function featureOf(source: GrammarAST.AbstractElement | undefined): Feature | undefined {
  if (!source) return undefined;
  let feature = features.get(source);
  if (feature === undefined) {
    const assignment = AstUtils.getContainerOfType(source, GrammarAST.isAssignment);
    feature = assignment ? { name: assignment.feature, many: assignment.operator === '+=' } : null;
    features.set(source, feature);
  }
  return feature ?? undefined;
}

function propertySpans(node: AstNode, repeated: RepeatedFact[]): Record<string, Span | Span[]> {
  const places: Record<string, Span | Span[]> = 'name' in node ? {} : { $self: cstSpan(node.$cstNode) };
  if (node.$cstNode) collect(node.$cstNode, node, places, repeated);
  return places;
}

function collect(cst: CstNode, node: AstNode, places: Record<string, Span | Span[]>, repeated: RepeatedFact[]): void {
  if (!isCompositeCstNode(cst)) return;
  let keyword: string | undefined;
  for (const child of cst.content) {
    if (child.hidden) continue;
    if (GrammarAST.isKeyword(child.grammarSource)) keyword = child.text;
    const feature = takenUpAs(child, node) ?? featureOf(child.grammarSource);
    if (feature && child.container?.astNode === node) {
      const at = cstSpan(child);
      const known = places[feature.name];
      if (feature.many) {
        if (Array.isArray(known)) known.push(at);
        else places[feature.name] = [at];
      } else {
        if (known !== undefined) repeated.push({ keyword: keyword ?? feature.name, ofPart: node.$container !== undefined, at });
        places[feature.name] = at;
      }
    } else if (isCompositeCstNode(child) && child.astNode === node) {
      collect(child, node, places, repeated);
    }
  }
}

/**
 * Of `b - c` on the right of another expression the parser says that `b` was assigned to what the whole is assigned to. It is what has
 * been taken up by the node that an operator began: its left.
 */
function takenUpAs(child: CstNode, node: AstNode): Feature | undefined {
  return 'left' in node && child.astNode === node.left ? { name: 'left', many: false } : undefined;
}
