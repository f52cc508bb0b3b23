import type { IToken, TokenType } from 'chevrotain';
import { GrammarAST, GrammarUtils, type LangiumCoreServices, type Lexer } from 'langium';
import { reflection } from '../generated/ast.ts';
import { noItems } from '../model/compact.ts';
import type { NameReference } from '../model/fragment.ts';
import { span, type Span } from '../model/span.ts';
import { mostTerms, shared, type PlainObject, type PlainResult } from './plain-node.ts';
import { Prediction, type GrammarPlace, type GrammarWay } from './prediction.ts';
import { conversionOf, type ValueConversion } from './value-converter.ts';

/** A rule of the grammar, ready to run. */
interface Rule {
  readonly name: string;
  readonly type: string;
  /** Its result is a text. */
  readonly isValue: boolean;
  readonly conversion: ValueConversion | undefined;
  readonly start: GrammarPlace;
  run: Step;
}

/** A rule while it is run. */
interface Frame {
  readonly rule: Rule;
  /** The number of its first token. */
  readonly first: number;
  /** The fact as which its result is taken up; undefined where it takes the place of who called it. */
  takenUpAs: Feature | undefined;
  node: PlainObject | undefined;
  value: string;
}

/** Reads on. False where the text does not follow the grammar. */
type Step = (frame: Frame) => boolean;

interface Feature {
  readonly name: string;
  readonly operator: '=' | '+=' | '?=' | undefined;
  readonly isReference: boolean;
}

/** A name that means another declaration, until its node is known. */
class Reference {
  readonly id: string;
  readonly at: Span;

  constructor(id: string, at: Span) {
    this.id = id;
    this.at = at;
  }
}

const endOfText = 0;

/**
 * Reads a declaration that follows the grammar straight into plain data, in a fifth of the time that the parser takes which Langium builds:
 * no syntax tree is made of which most is thrown away. It follows the same grammar and says the same ({@link plainNode} of the other's
 * result); of a text with any fault it says nothing, and the other is asked.
 */
export class DirectParser {
  readonly #lexer: Lexer;
  /** The number of each kind of token, from 1. */
  readonly #kinds = new Map<TokenType, number>();
  readonly #takes = new Map<string, Uint8Array>();
  readonly #rules = new Map<string, Rule>();
  readonly #parserRules: ReadonlyMap<string, GrammarAST.ParserRule>;
  #places = 0;

  #text = '';
  #tokens: readonly IToken[] = [];
  #tokenKinds: number[] = [];
  #at = 0;

  constructor(services: LangiumCoreServices) {
    this.#lexer = services.parser.Lexer;
    const types = Object.values(this.#lexer.definition) as readonly TokenType[];
    types.forEach((type, index) => this.#kinds.set(type, index + 1));
    for (const type of types) {
      const takes = new Uint8Array(types.length + 1);
      types.forEach((other, index) => {
        if (other === type || other.CATEGORIES?.includes(type)) takes[index + 1] = 1;
      });
      this.#takes.set(type.name, takes);
    }
    this.#parserRules = new Map(services.Grammar.rules.flatMap((rule) => (GrammarAST.isParserRule(rule) ? [[rule.name, rule] as const] : [])));
  }

  /** @returns undefined where the text does not follow the grammar, states a fact twice or is nested too deeply */
  read(text: string, rule = 'Declaration'): PlainResult | undefined {
    const { tokens, errors } = this.#lexer.tokenize(text);
    if (errors.length > 0) return undefined;
    const kinds: number[] = [];
    for (const { tokenType } of tokens) kinds.push(this.#kinds.get(tokenType) ?? endOfText);
    kinds.push(endOfText);
    [this.#text, this.#tokens, this.#tokenKinds, this.#at] = [text, tokens, kinds, 0];
    const frame = this.#run(this.#ruleOf(rule), undefined);
    const isRead = this.#at === tokens.length;
    // Texts are not kept in memory by who has read them.
    [this.#text, this.#tokens, this.#tokenKinds] = ['', [], []];
    const node = frame?.node;
    const references: NameReference[] = [];
    return isRead && node && linked(node, references, 0) ? { node, references, repeated: [] } : undefined;
  }

  #run(rule: Rule, takenUpAs: Feature | undefined): Frame | undefined {
    const frame: Frame = { rule, first: this.#at, takenUpAs, node: undefined, value: '' };
    if (!rule.run(frame) || this.#at === frame.first) return undefined;
    if (rule.isValue) {
      if (rule.conversion) frame.value = rule.conversion(frame.value, () => this.#written(frame.first));
    } else this.#finish(frame);
    return frame;
  }

  /** What has been read since a token, with what stands between. */
  #written(first: number): string {
    return this.#text.slice(this.#tokens[first]!.startOffset, (this.#tokens[this.#at - 1]!.endOffset ?? 0) + 1);
  }

  #spanSince(first: number): Span {
    const from = this.#tokens[first]!;
    const to = this.#tokens[this.#at - 1]!;
    const [line, column] = [from.startLine! - 1, from.startColumn! - 1];
    const length = from.startLine === to.endLine ? to.endColumn! - column : firstLineLength(this.#written(first));
    return span(line, column, Math.max(1, length));
  }

  #nodeOf(frame: Frame): PlainObject {
    return (frame.node ??= newNode(frame.rule.type));
  }

  /** Completes the node of a rule with what it has not been told, and with its place. */
  #finish(frame: Frame): void {
    const node = this.#nodeOf(frame);
    const { mandatory, isNamed } = factsOf(node.$type);
    for (const [name, value] of mandatory) node[name] ??= value;
    if (!isNamed) node.$at['$self'] = this.#spanSince(frame.first);
  }

  /** False where the fact has been stated before. */
  #assign(frame: Frame, feature: Feature, value: unknown, place: Span, isPlaced = true): boolean {
    const node = this.#nodeOf(frame);
    const item = feature.isReference && typeof value === 'string' ? new Reference(shared(value), place) : typeof value === 'string' ? shared(value) : value;
    if (feature.operator === '+=') {
      const known = node[feature.name];
      if (Array.isArray(known)) known.push(item);
      else node[feature.name] = [item];
      if (!isPlaced) return true;
      const places = node.$at[feature.name];
      if (Array.isArray(places)) places.push(place);
      else node.$at[feature.name] = [place];
      return true;
    }
    node[feature.name] = feature.operator === '?=' ? true : item;
    if (!isPlaced) return true;
    if (node.$at[feature.name] !== undefined) return false;
    node.$at[feature.name] = place;
    return true;
  }

  #ruleOf(name: string): Rule {
    const known = this.#rules.get(name);
    if (known) return known;
    const source = this.#parserRules.get(name);
    if (!source) throw new Error(`The grammar has no parser rule ${name}.`);
    const isValue = GrammarUtils.isDataTypeRule(source);
    const rule: Rule = { name, isValue, conversion: conversionOf(name), type: isValue ? '' : GrammarUtils.getTypeName(source), start: this.#place(), run: () => false };
    this.#rules.set(name, rule);
    const end = this.#place(true);
    rule.run = this.#compile(source.definition, rule.start, end, undefined);
    return rule;
  }

  #place(isEnd = false): GrammarPlace {
    return { id: this.#places++, ways: [], isEnd };
  }

  /** An element of the grammar between two places, as often as it may stand there. */
  #compile(element: GrammarAST.AbstractElement, from: GrammarPlace, to: GrammarPlace, feature: Feature | undefined): Step {
    const { cardinality } = element;
    if (cardinality === undefined) return this.#compileOnce(element, from, to, feature);
    const start = this.#place();
    const end = this.#place();
    const once = this.#compileOnce(element, start, end, feature);
    if (cardinality === '?') {
      link(from, start);
      link(end, to);
      const prediction = new Prediction([start, to], this.#kinds.size + 1);
      link(from, to);
      return (frame) => prediction.predict(this.#tokenKinds, this.#at) !== 0 || once(frame);
    }
    const again = this.#place();
    link(again, start);
    link(again, to);
    link(end, again);
    const prediction = new Prediction([start, to], this.#kinds.size + 1);
    const repeat: Step = (frame) => {
      while (prediction.predict(this.#tokenKinds, this.#at) === 0) if (!once(frame)) return false;
      return true;
    };
    link(from, cardinality === '+' ? start : again);
    return cardinality === '+' ? (frame) => once(frame) && repeat(frame) : repeat;
  }

  #compileOnce(element: GrammarAST.AbstractElement, from: GrammarPlace, to: GrammarPlace, feature: Feature | undefined): Step {
    if (GrammarAST.isGroup(element)) return this.#compileGroup(element.elements, from, to, feature);
    if (GrammarAST.isAlternatives(element)) return this.#compileAlternatives(element.elements, from, to, feature);
    if (GrammarAST.isAssignment(element)) {
      return this.#compile(element.terminal, from, to, { name: element.feature, operator: element.operator, isReference: GrammarAST.isCrossReference(element.terminal) });
    }
    if (GrammarAST.isCrossReference(element) && element.terminal) return this.#compile(element.terminal, from, to, feature);
    if (GrammarAST.isKeyword(element)) return this.#compileToken(element.value, undefined, from, to, feature);
    if (GrammarAST.isAction(element)) return this.#compileAction(element, from, to);
    if (GrammarAST.isRuleCall(element)) {
      const name = element.rule.$refText;
      return this.#parserRules.has(name) ? this.#compileCall(this.#ruleOf(name), from, to, feature) : this.#compileToken(name, name, from, to, feature);
    }
    throw new Error(`The grammar has a ${element.$type}, which this parser does not know.`);
  }

  #compileGroup(elements: readonly GrammarAST.AbstractElement[], from: GrammarPlace, to: GrammarPlace, feature: Feature | undefined): Step {
    let before = from;
    const steps = elements.map((element, index) => {
      const after = index === elements.length - 1 ? to : this.#place();
      const step = this.#compile(element, before, after, feature);
      before = after;
      return step;
    });
    return (frame) => {
      for (const step of steps) if (!step(frame)) return false;
      return true;
    };
  }

  #compileAlternatives(elements: readonly GrammarAST.AbstractElement[], from: GrammarPlace, to: GrammarPlace, feature: Feature | undefined): Step {
    const starts = elements.map(() => this.#place());
    const steps = elements.map((element, index) => this.#compile(element, starts[index]!, to, feature));
    for (const start of starts) link(from, start);
    const prediction = new Prediction(starts, this.#kinds.size + 1);
    return (frame) => steps[prediction.predict(this.#tokenKinds, this.#at)]?.(frame) ?? false;
  }

  /** @param terminal the rule of a terminal; undefined where it is a keyword */
  #compileToken(name: string, terminal: string | undefined, from: GrammarPlace, to: GrammarPlace, feature: Feature | undefined): Step {
    const takes = this.#takes.get(name);
    if (!takes) throw new Error(`There is no token ${name}.`);
    from.ways.push({ kind: 'token', to, takes });
    const conversion = terminal === undefined ? undefined : conversionOf(terminal);
    return (frame) => {
      const index = this.#at;
      if (takes[this.#tokenKinds[index]!] !== 1) return false;
      this.#at++;
      const token = this.#tokens[index]!;
      const { image } = token;
      const value = conversion ? conversion(image, () => image) : image;
      if (feature) return this.#assign(frame, feature, value, spanOf(token));
      if (frame.rule.isValue) frame.value += value;
      return true;
    };
  }

  #compileCall(rule: Rule, from: GrammarPlace, to: GrammarPlace, feature: Feature | undefined): Step {
    from.ways.push({ kind: 'call', to, rule });
    return (frame) => {
      const first = this.#at;
      const called = this.#run(rule, feature);
      if (!called) return false;
      // What began with another node has lost the place it was called from.
      if (feature) return this.#assign(frame, feature, rule.isValue ? called.value : called.node, this.#spanSince(first), rule.isValue || called.takenUpAs !== undefined);
      if (rule.isValue) frame.value += called.value;
      else if (frame.node === undefined) frame.node = called.node;
      else return false;
      return true;
    };
  }

  /** A node of another type begins; with a fact, it takes up what has been read. */
  #compileAction(action: GrammarAST.Action, from: GrammarPlace, to: GrammarPlace): Step {
    link(from, to);
    const type = GrammarUtils.getTypeName(action);
    const { feature } = action;
    if (feature === undefined) {
      return (frame) => {
        if (frame.node !== undefined) return false;
        frame.node = newNode(type);
        return true;
      };
    }
    const taken: Feature = { name: feature, operator: action.operator ?? '=', isReference: false };
    return (frame) => {
      this.#finish(frame);
      const before = frame.node;
      const place = this.#spanSince(frame.first);
      frame.node = newNode(type);
      const { takenUpAs } = frame;
      frame.takenUpAs = undefined;
      this.#assign(frame, taken, before, place, false);
      // The left of an operator has its place; of other parts the place is that of the fact as which the whole is taken up.
      const placed = feature === 'left' ? feature : takenUpAs?.name;
      if (placed !== undefined) frame.node.$at[placed] = takenUpAs?.operator === '+=' && placed !== 'left' ? [place] : place;
      return true;
    };
  }
}

const parsers = new WeakMap<LangiumCoreServices, DirectParser>();

/** The parser of a grammar, made once: it keeps what it has found out about it. */
export function directParser(services: LangiumCoreServices): DirectParser {
  let parser = parsers.get(services);
  if (!parser) parsers.set(services, (parser = new DirectParser(services)));
  return parser;
}

function link(from: GrammarPlace, to: GrammarPlace): void {
  from.ways.push({ kind: 'empty', to } satisfies GrammarWay);
}

function spanOf({ startLine, startColumn, endLine, endColumn, image }: IToken): Span {
  const column = startColumn! - 1;
  return span(startLine! - 1, column, Math.max(1, startLine === endLine ? endColumn! - column : firstLineLength(image)));
}

function firstLineLength(text: string): number {
  return /^[^\r\n]*/.exec(text)?.[0].length ?? 1;
}

interface Facts {
  /** What a node has where nothing is said. */
  readonly mandatory: readonly (readonly [name: string, value: unknown])[];
  readonly isNamed: boolean;
  /** The types of name that its references take, by fact. */
  readonly targets: ReadonlyMap<string, string>;
}

const knownFacts = new Map<string, Facts>();

function factsOf(type: string): Facts {
  let facts = knownFacts.get(type);
  if (!facts) {
    const properties = Object.values(reflection.getTypeMetaData(type).properties);
    const mandatory = properties.flatMap(({ name, defaultValue }) => (defaultValue === undefined ? [] : [[name, Array.isArray(defaultValue) && defaultValue.length === 0 ? noItems : defaultValue] as const]));
    knownFacts.set(type, (facts = { mandatory, isNamed: properties.some(({ name }) => name === 'name'), targets: new Map(properties.map(({ name, referenceType }) => [name, referenceType ?? ''])) }));
  }
  return facts;
}

/** Where a node without a name of its own stands comes first among its places. */
function newNode(type: string): PlainObject {
  return { $type: type, $at: factsOf(type).isNamed ? {} : { $self: span(0, 0, 1) } };
}

/** Puts ids in place of references, which are listed in the order of the facts. False where it is nested too deeply, or has no name that it should have. */
function linked(node: PlainObject, references: NameReference[], depth: number): boolean {
  const { isNamed, targets } = factsOf(node.$type);
  if (depth > mostTerms || isNamed !== 'name' in node) return false;
  for (const property in node) {
    if (property === '$type' || property === '$at') continue;
    const value = node[property];
    if (typeof value !== 'object' || value === null) continue;
    if (Array.isArray(value)) {
      for (let index = 0; index < value.length; index++) {
        const item: unknown = value[index];
        if (typeof item !== 'object' || item === null) continue;
        if (item instanceof Reference) {
          references.push({ type: targets.get(property) ?? '', id: item.id, at: item.at });
          value[index] = item.id;
        } else if (!linked(item as PlainObject, references, depth + 1)) return false;
      }
    } else if (value instanceof Reference) {
      references.push({ type: targets.get(property) ?? '', id: value.id, at: value.at });
      node[property] = value.id;
    } else if (!linked(value as PlainObject, references, depth + 1)) return false;
  }
  return true;
}
