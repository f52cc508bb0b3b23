import { GrammarAST } from 'langium';
import { quoteText } from '../values/text.ts';

const name = /^[A-Za-z\u00C0-\u1FFF\u2C00-\uD7FF\uF900-\uFDFF][A-Za-z0-9_\u00C0-\u1FFF\u2C00-\uD7FF\uF900-\uFDFF]*(?:-[A-Za-z0-9_\u00C0-\u1FFF\u2C00-\uD7FF\uF900-\uFDFF]+)*$/;

/**
 * A value as the rule or terminal of the grammar has it; in the model it is its canonical text, of texts without the quotes.
 * Undefined where the rule takes fixed words and this is none of them.
 */
export function printValue(rule: GrammarAST.AbstractRule, value: string, reserved: ReadonlySet<string>): string | undefined {
  if (GrammarAST.isTerminalRule(rule)) return rule.name === 'LONG_TEXT' || rule.name === 'SHORT_TEXT' ? quoteLine(value) : value;
  if (!GrammarAST.isParserRule(rule)) return value;
  const { terminals, keywords } = alternativesOf(rule);
  if (terminals.size === 0) return keywords.has(value) ? value : undefined;
  if (terminals.has('LONG_TEXT')) return quoteText(value);
  if (!terminals.has('SHORT_TEXT')) return value;
  const isBare = keywords.has(value) || (terminals.has('ID') && name.test(value) && !reserved.has(value));
  return isBare ? value : quoteLine(value);
}

function quoteLine(value: string): string {
  const quoted = quoteText(value);
  return quoted.startsWith('"""') ? `"${value.replace(/["\\]/g, '\\$&').replace(/\n/g, '\\n').replace(/\t/g, '\\t')}"` : quoted;
}

interface Alternatives {
  readonly terminals: ReadonlySet<string>;
  readonly keywords: ReadonlySet<string>;
}
const known = new WeakMap<GrammarAST.ParserRule, Alternatives>();

function alternativesOf(rule: GrammarAST.ParserRule): Alternatives {
  let alternatives = known.get(rule);
  if (!alternatives) {
    const terminals = new Set<string>();
    const keywords = new Set<string>();
    const collect = (element: GrammarAST.AbstractElement): void => {
      if (GrammarAST.isAlternatives(element)) element.elements.forEach(collect);
      else if (GrammarAST.isKeyword(element)) keywords.add(element.value);
      else if (GrammarAST.isRuleCall(element)) terminals.add(element.rule.$refText);
      else if (GrammarAST.isGroup(element)) collectGroup(element);
    };
    const collectGroup = ({ elements }: GrammarAST.Group): void => {
      if (elements.every(GrammarAST.isKeyword)) keywords.add(elements.map(({ value: part }) => part).join(' '));
      else elements.forEach(collect);
    };
    collect(rule.definition);
    known.set(rule, (alternatives = { terminals, keywords }));
  }
  return alternatives;
}
