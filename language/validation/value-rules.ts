import { GrammarAST } from 'langium';
import { ItsmsGrammar } from '../generated/grammar.ts';

let rules: ReadonlyMap<string, ReadonlyMap<string, string>> | undefined;

/**
 * For each type of node the properties that hold a value, and the rule or terminal of the grammar that the value is written by:
 * `validFrom` of an agreement is a `DateValue`. So a fact that is added to the grammar is checked without further code.
 */
export function valueRules(): ReadonlyMap<string, ReadonlyMap<string, string>> {
  return (rules ??= collectRules());
}

function collectRules(): Map<string, Map<string, string>> {
  const found = new Map<string, Map<string, string>>();
  const collect = (element: GrammarAST.AbstractElement, type: string): string => {
    if (GrammarAST.isGroup(element)) return element.elements.reduce((current, part) => collect(part, current), type);
    if (GrammarAST.isAlternatives(element)) {
      for (const alternative of element.elements) collect(alternative, type);
      return type;
    }
    if (GrammarAST.isAction(element)) return element.inferredType?.name ?? element.type?.$refText ?? type;
    if (GrammarAST.isAssignment(element)) {
      const rule = ruleOfValue(element.terminal);
      let properties = found.get(type);
      if (!properties) found.set(type, (properties = new Map()));
      if (rule !== undefined) properties.set(element.feature, rule);
    }
    return type;
  };
  for (const rule of ItsmsGrammar().rules) {
    if (GrammarAST.isParserRule(rule) && rule.dataType === undefined) collect(rule.definition, rule.inferredType?.name ?? rule.returnType?.$refText ?? rule.name);
  }
  return found;
}

function ruleOfValue(terminal: GrammarAST.AbstractElement): string | undefined {
  if (!GrammarAST.isRuleCall(terminal)) return undefined;
  const rule = terminal.rule.ref;
  return GrammarAST.isTerminalRule(rule) || (GrammarAST.isParserRule(rule) && rule.dataType !== undefined) ? rule.name : undefined;
}
