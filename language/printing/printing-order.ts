import { GrammarAST } from 'langium';

type Element = GrammarAST.AbstractElement;

const known = new WeakMap<GrammarAST.Alternatives, readonly Element[]>();

/**
 * The alternatives of a block in the order in which they are printed: that of the grammar, except that a fact with an open end comes
 * after those that would be read as its continuation. An `action "…"` may be followed by its own `owner`, so the owner of the
 * declaration stands before it; and what follows a condition, such as `in office`, would be read as a part of it.
 */
export function inPrintingOrder(alternatives: GrammarAST.Alternatives): readonly Element[] {
  let order = known.get(alternatives);
  if (!order) known.set(alternatives, (order = sorted(alternatives.elements)));
  return order;
}

function sorted(elements: readonly Element[]): readonly Element[] {
  const waiting = elements.map((element) => ({ element, first: firstWords(element), open: openEnd(element) }));
  const done: Element[] = [];
  while (waiting.length > 0) {
    const free = waiting.findIndex(({ open }, index) => !waiting.some(({ first }, other) => other !== index && [...first].some((word) => open.has(word))));
    done.push(waiting.splice(Math.max(0, free), 1)[0]!.element);
  }
  return done;
}

/** The keywords that a text of this element may begin with. */
function firstWords(element: Element, calls: ReadonlySet<GrammarAST.AbstractRule> = new Set()): Set<string> {
  const words = new Set<string>();
  const add = (more: Iterable<string>): void => {
    for (const word of more) words.add(word);
  };
  if (GrammarAST.isKeyword(element)) words.add(element.value);
  else if (GrammarAST.isAlternatives(element)) element.elements.forEach((one) => add(firstWords(one, calls)));
  else if (GrammarAST.isAssignment(element)) add(firstWords(element.terminal, calls));
  else if (GrammarAST.isGroup(element)) {
    for (const part of element.elements) {
      if (GrammarAST.isAction(part)) continue;
      add(firstWords(part, calls));
      if (!isOptional(part)) break;
    }
  } else if (GrammarAST.isRuleCall(element)) {
    const rule = element.rule.ref;
    if (GrammarAST.isParserRule(rule) && !calls.has(rule)) add(firstWords(rule.definition, new Set(calls).add(rule)));
  }
  return words;
}

/** The keywords that may go on with a text of this element, although it is a whole without them. */
function openEnd(element: Element, calls: ReadonlySet<GrammarAST.AbstractRule> = new Set()): Set<string> {
  const words = new Set<string>();
  const add = (more: Iterable<string>): void => {
    for (const word of more) words.add(word);
  };
  if (element.cardinality === '*' || element.cardinality === '+') add(firstWords(element));
  if (GrammarAST.isAlternatives(element)) element.elements.forEach((one) => add(openEnd(one, calls)));
  else if (GrammarAST.isAssignment(element)) add(openEnd(element.terminal, calls));
  else if (GrammarAST.isGroup(element)) {
    for (const part of element.elements.toReversed()) {
      add(openEnd(part, calls));
      if (!isOptional(part)) break;
      add(firstWords(part));
    }
  } else if (GrammarAST.isRuleCall(element)) {
    const rule = element.rule.ref;
    if (GrammarAST.isParserRule(rule) && !calls.has(rule)) add(openEnd(rule.definition, new Set(calls).add(rule)));
  }
  return words;
}

function isOptional({ cardinality }: Element): boolean {
  return cardinality === '?' || cardinality === '*';
}
