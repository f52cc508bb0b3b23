import { GrammarAST, type Grammar } from 'langium';

/** The words that begin a declaration, from the grammar: `service`, `sla`, `management`, … */
export function declarationKeywords(grammar: Grammar): ReadonlySet<string> {
  const declaration = grammar.rules.find((rule) => rule.name === 'Declaration');
  if (!GrammarAST.isParserRule(declaration)) throw new Error('The grammar has no rule Declaration.');
  const words = new Set<string>();
  collect(declaration.definition, words);
  // Only the built-in catalogue declares requirements of the standard.
  return words;
}

function collect(element: GrammarAST.AbstractElement | undefined, words: Set<string>): void {
  if (!element) return;
  if (GrammarAST.isAlternatives(element)) {
    for (const alternative of element.elements) collect(alternative, words);
  } else if (GrammarAST.isGroup(element)) {
    collect(element.elements[0], words);
  } else if (GrammarAST.isRuleCall(element)) {
    const rule = element.rule.ref;
    if (GrammarAST.isParserRule(rule)) collect(rule.definition, words);
  } else if (GrammarAST.isAssignment(element)) {
    collect(element.terminal, words);
  } else if (GrammarAST.isKeyword(element)) {
    words.add(element.value);
  }
}
