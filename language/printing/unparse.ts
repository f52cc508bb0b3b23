import { AstUtils, GrammarAST } from 'langium';
import { printValue } from './print-value.ts';
import { inPrintingOrder } from './printing-order.ts';
import { isNode, RemainingFacts, type PrintableNode } from './remaining-facts.ts';

type Element = GrammarAST.AbstractElement;

/** A word of printed text and whether a line begins with it. */
export interface PrintedWord {
  readonly text: string;
  readonly startsLine: boolean;
}

/** Words printed so far and the facts that remain. */
interface Printed {
  readonly words: readonly PrintedWord[];
  readonly facts: RemainingFacts;
}

/** Calls that have not printed anything yet: a rule that comes back to itself with the same node prints nothing. */
type Calls = ReadonlyMap<GrammarAST.ParserRule, PrintableNode>;
const noCalls: Calls = new Map();

/**
 * Prints nodes by walking the grammar: where it takes a value, the next one of the property; where there is a choice, the first way
 * that prints something. So a fact that is added to the grammar is printed without further code.
 */
export class Unparser {
  readonly #starts: ReadonlySet<Element>;
  readonly #reserved = new Map<GrammarAST.ParserRule, ReadonlySet<string>>();

  /** @param starts the elements with which a line begins. */
  constructor(starts: ReadonlySet<Element>) {
    this.#starts = starts;
  }

  /** The words of a node by a rule; undefined where the rule has no place for one of its facts, or the node lacks a fact that the rule demands. */
  node(rule: GrammarAST.ParserRule, node: PrintableNode, calls: Calls = noCalls, callers: readonly GrammarAST.ParserRule[] = []): readonly PrintedWord[] | undefined {
    if (calls.get(rule) === node) return undefined;
    const inner = new Map(calls).set(rule, node);
    const stack = [...callers.slice(-1), rule];
    const alternatives = GrammarAST.isAlternatives(rule.definition) ? rule.definition.elements : [rule.definition];
    // Parentheses only where nothing else will do.
    const ordered = [...alternatives.filter((one) => !isParenthesized(one)), ...alternatives.filter(isParenthesized)];
    for (const alternative of ordered) {
      const elements = GrammarAST.isGroup(alternative) && alternative.cardinality === undefined ? alternative.elements : [alternative];
      const words = this.#sequence(elements, elements.length, node, stack, inner);
      if (words) return words;
    }
    return undefined;
  }

  /** The first elements of a rule, as far as `end`. An action in one of them makes a node out of what stands before it. */
  #sequence(elements: readonly Element[], end: number, node: PrintableNode, stack: readonly GrammarAST.ParserRule[], calls: Calls): readonly PrintedWord[] | undefined {
    for (let index = end - 1; index > 0; index--) {
      const element = elements[index]!;
      for (const { action, rest } of continuations(element)) {
        if (typeOf(action) !== node.$type || action.feature === undefined) continue;
        const left: unknown = (node as unknown as Record<string, unknown>)[action.feature];
        if (!isNode(left)) continue;
        const behind = this.#group(rest, RemainingFacts.of(node).taking(action.feature), stack, noCalls);
        if (!behind?.facts.isEmpty) continue;
        const repeats = element.cardinality === '*' || element.cardinality === '+';
        const before = this.#operand(elements, repeats ? index + 1 : index, left, stack, calls);
        if (before) return [...before, ...behind.words];
      }
    }
    const [first, ...rest] = elements;
    if (first && isDelegation(first) && rest.slice(0, end - 1).every((element) => continuations(element).length > 0)) return this.#call(first, node, stack, calls);
    const own = first && GrammarAST.isAction(first) && first.feature === undefined ? (typeOf(first) === node.$type ? rest : undefined) : elements;
    if (!own) return undefined;
    if (own[0] && GrammarAST.isKeyword(own[0]) && own[0].value === '(' && own[1] && isDelegation(own[1])) {
      const content = this.#call(own[1], node, stack, calls);
      return content && [word('('), ...content, word(')')];
    }
    if (own === elements && !mayBe(stack.at(-1), node)) return undefined;
    const printed = this.#group(own, RemainingFacts.of(node), stack, noCalls);
    return printed?.facts.isEmpty ? printed.words : undefined;
  }

  /** What stands before an operator. What takes in all that follows it stands in parentheses. */
  #operand(elements: readonly Element[], end: number, node: PrintableNode, stack: readonly GrammarAST.ParserRule[], calls: Calls): readonly PrintedWord[] | undefined {
    const words = this.#sequence(elements, end, node, stack, calls);
    return words && isOpenEnded(node) ? [word('('), ...words, word(')')] : words;
  }

  #call(call: GrammarAST.RuleCall, node: PrintableNode, stack: readonly GrammarAST.ParserRule[], calls: Calls): readonly PrintedWord[] | undefined {
    const rule = call.rule.ref;
    return GrammarAST.isParserRule(rule) && rule.dataType === undefined ? this.node(rule, node, calls, stack) : undefined;
  }

  #group(elements: readonly Element[], facts: RemainingFacts, stack: readonly GrammarAST.ParserRule[], calls: Calls): Printed | undefined {
    let printed: Printed | undefined = { words: [], facts };
    for (const element of elements) {
      const next: Printed | undefined = this.#element(element, printed.facts, stack, calls);
      if (!next) return undefined;
      printed = { words: [...printed.words, ...next.words], facts: next.facts };
    }
    return printed;
  }

  #element(element: Element, facts: RemainingFacts, stack: readonly GrammarAST.ParserRule[], calls: Calls): Printed | undefined {
    const { cardinality } = element;
    if (cardinality === undefined) return this.#once(element, facts, stack, calls);
    const words: PrintedWord[] = [];
    let current = facts;
    let times = 0;
    for (;;) {
      const next = this.#once(element, current, stack, calls);
      // What is optional is printed if it says something.
      if (!next || next.facts.count === current.count) break;
      words.push(...next.words);
      current = next.facts;
      times++;
      if (cardinality === '?') break;
    }
    return times === 0 && cardinality === '+' ? undefined : { words, facts: current };
  }

  #once(element: Element, facts: RemainingFacts, stack: readonly GrammarAST.ParserRule[], calls: Calls): Printed | undefined {
    if (GrammarAST.isGroup(element)) return this.#group(element.elements, facts, stack, calls);
    if (GrammarAST.isAlternatives(element)) {
      let silent: Printed | undefined;
      for (const alternative of inPrintingOrder(element)) {
        const printed = this.#element(alternative, facts, stack, calls);
        if (printed && printed.facts.count > facts.count) return printed;
        silent ??= printed;
      }
      return silent;
    }
    if (GrammarAST.isKeyword(element)) return { words: [word(element.value, this.#starts.has(element))], facts };
    if (GrammarAST.isAssignment(element)) return this.#assignment(element, facts, stack);
    return undefined;
  }

  #assignment(element: GrammarAST.Assignment, facts: RemainingFacts, stack: readonly GrammarAST.ParserRule[]): Printed | undefined {
    const value = facts.next(element.feature);
    if (value === undefined) return undefined;
    const words = this.#value(element.terminal, value, stack);
    return words && { words, facts: facts.taking(element.feature) };
  }

  #value(terminal: Element, value: unknown, stack: readonly GrammarAST.ParserRule[]): readonly PrintedWord[] | undefined {
    if (GrammarAST.isAlternatives(terminal)) {
      for (const alternative of terminal.elements) {
        const words = this.#value(alternative, value, stack);
        if (words) return words;
      }
      return undefined;
    }
    if (GrammarAST.isKeyword(terminal)) return value === true || value === terminal.value ? [word(terminal.value, this.#starts.has(terminal))] : undefined;
    if (GrammarAST.isCrossReference(terminal)) return typeof value === 'string' ? [word(value, terminal.terminal !== undefined && this.#starts.has(terminal.terminal))] : undefined;
    if (!GrammarAST.isRuleCall(terminal)) return undefined;
    const rule = terminal.rule.ref;
    if (!rule) return undefined;
    if (isNode(value)) return this.#call(terminal, value, stack, noCalls);
    const text = typeof value === 'string' ? printValue(rule, value, this.#reservedIn(stack)) : undefined;
    return text === undefined ? undefined : [word(text, this.#starts.has(terminal))];
  }

  /** Keywords that a bare name would be taken for: those of the rule and of the one that calls it. */
  #reservedIn(stack: readonly GrammarAST.ParserRule[]): ReadonlySet<string> {
    // A name in a list of facts follows a keyword; only where names stand first can they be taken for one.
    const [caller, rule] = stack.length > 1 ? [stack[0], stack[1]] : [undefined, stack[0]];
    if (!caller || !rule || !beginsWithName(rule)) return noWords;
    let words = this.#reserved.get(caller);
    if (!words) this.#reserved.set(caller, (words = new Set(AstUtils.streamAllContents(caller).filter(GrammarAST.isKeyword).map(({ value }) => value))));
    return words;
  }
}

const noWords: ReadonlySet<string> = new Set();

function word(text: string, startsLine = false): PrintedWord {
  return { text, startsLine };
}

function beginsWithName(rule: GrammarAST.ParserRule): boolean {
  const first = GrammarAST.isGroup(rule.definition) ? rule.definition.elements[0] : rule.definition;
  return first !== undefined && GrammarAST.isAssignment(first) && GrammarAST.isRuleCall(first.terminal) && first.terminal.rule.$refText === 'Name';
}

function isDelegation(element: Element): element is GrammarAST.RuleCall {
  return GrammarAST.isRuleCall(element) && element.cardinality === undefined;
}

function isParenthesized(element: Element): boolean {
  const first = GrammarAST.isGroup(element) ? element.elements[0] : undefined;
  return first !== undefined && GrammarAST.isKeyword(first) && first.value === '(';
}

/** The groups of an element that begin with an action on what stands before them: `({infer Sum.left=current} '+' right=Term)*`. */
function continuations(element: Element): { action: GrammarAST.Action; rest: readonly Element[] }[] {
  const groups = GrammarAST.isAlternatives(element) ? element.elements : [element];
  return groups.flatMap((group) => {
    const [action, ...rest] = GrammarAST.isGroup(group) ? group.elements : [];
    return action && GrammarAST.isAction(action) && action.feature !== undefined ? [{ action, rest }] : [];
  });
}

function typeOf(action: GrammarAST.Action): string | undefined {
  return action.inferredType?.name ?? action.type?.$refText;
}

/** Whether a rule that has no action makes nodes of this type. */
function mayBe(rule: GrammarAST.ParserRule | undefined, node: PrintableNode): boolean {
  return rule !== undefined && (rule.inferredType?.name ?? rule.returnType?.$refText ?? rule.name) === node.$type;
}

/** Computations that take in the operators behind them. */
const openEnded: ReadonlySet<string> = new Set(['Aggregate', 'CountAggregate', 'AvailabilityAggregate', 'TimeOf', 'TimeWhile', 'TimesOf']);

function isOpenEnded(node: PrintableNode): boolean {
  if (openEnded.has(node.$type)) return true;
  // The last operand decides: `1 / share of a`.
  const last = 'right' in node ? node.right : node.$type !== 'PartOf' && 'operand' in node ? node.operand : undefined;
  return isNode(last) && isOpenEnded(last);
}
