import { GrammarAST, type Grammar } from 'langium';

type Element = GrammarAST.AbstractElement;

const known = new WeakMap<Grammar, ReadonlySet<Element>>();

/**
 * The places in the grammar with which a fact of a block begins: the first words of each alternative between `{` and `}`.
 * Line ends have no meaning in the language, so this is how a formatter knows where a line should begin.
 */
export function factStarts(grammar: Grammar): ReadonlySet<Element> {
  let starts = known.get(grammar);
  if (!starts) {
    const found = new Set<Element>();
    for (const rule of grammar.rules) if (GrammarAST.isParserRule(rule)) collectBlocks(rule.definition, found);
    known.set(grammar, (starts = found));
  }
  return starts;
}

function collectBlocks(element: Element, found: Set<Element>): void {
  if (GrammarAST.isGroup(element)) {
    const [first, ...rest] = element.elements;
    if (first && GrammarAST.isKeyword(first) && first.value === '{') {
      for (const inner of rest) if (!GrammarAST.isKeyword(inner)) firstElements(inner, found);
    }
  }
  for (const inner of childrenOf(element)) collectBlocks(inner, found);
}

/** The keywords and terminals that a text of this element may begin with. */
function firstElements(element: Element, found: Set<Element>): void {
  if (GrammarAST.isAlternatives(element)) {
    for (const alternative of element.elements) firstElements(alternative, found);
  } else if (GrammarAST.isGroup(element)) {
    for (const inner of element.elements) {
      firstElements(inner, found);
      if (inner.cardinality !== '?' && inner.cardinality !== '*' && !GrammarAST.isAction(inner)) break;
    }
  } else if (GrammarAST.isAssignment(element)) {
    firstElements(element.terminal, found);
  } else if (GrammarAST.isRuleCall(element)) {
    const rule = element.rule.ref;
    if (GrammarAST.isParserRule(rule) && rule.dataType === undefined && rule.returnType === undefined) firstElements(rule.definition, found);
    else found.add(element);
  } else if (GrammarAST.isCrossReference(element)) {
    if (element.terminal) firstElements(element.terminal, found);
  } else if (GrammarAST.isKeyword(element)) {
    found.add(element);
  }
}

function childrenOf(element: Element): readonly Element[] {
  if (GrammarAST.isGroup(element) || GrammarAST.isAlternatives(element) || GrammarAST.isUnorderedGroup(element)) return element.elements;
  return GrammarAST.isAssignment(element) ? [element.terminal] : [];
}
