import { GrammarAST, type Grammar } from 'langium';

const samples: Readonly<Record<string, readonly string[]>> = {
  REQUIREMENT_ID: ['iso20000:8.6.1', 'iso20000:2018'],
  HASH: ['sha256:00ff'],
  TIME_ZONE: ['Europe/London', 'America/Argentina/Buenos_Aires'],
  DAYS: ['Mon-Fri', 'Sun'],
  TIME_RANGE: ['08:00-18:00', '22:00-06:00'],
  DATE: ['2026-01-31', '2027-12-01'],
  PERIOD: ['2026-07', '2026-Q3'],
  PERCENT: ['99.8%', '5%'],
  DURATION: ['4h', '1h30min', '6mo'],
  NUMBER: ['4', '4.20', '0'],
  LONG_TEXT: ['"""\n    One line\n      and another "quoted"\n    """', '"""short"""'],
  SHORT_TEXT: ['"Text"', '"a \\"quoted\\" word, a \\\\ and {braces}"', '"zwei\\nZeilen // kein Kommentar"', '""'],
  CURRENCY: ['EUR', 'USD'],
  // Words of the language among them: no keyword is reserved.
  ID: ['a', 'mail-gold', 'status', 'owner', 'P1', 'R', 'Größe', 'end', 'with', 'Mon', 'EUR'],
};

/** How deep a text nests before only the shortest way on is taken. */
const deepest = 14;

/**
 * A text of one declaration that the grammar allows, chosen by a list of numbers; when they run out, the first way on is taken.
 * No text is sure to be read as it was made: a name may be taken for the keyword it looks like.
 */
export function randomDeclaration(grammar: Grammar, choices: readonly number[]): string {
  let turn = 0;
  const choose = (count: number): number => (turn < choices.length ? choices[turn++]! % count : 0);
  const words: string[] = [];

  const times = (cardinality: GrammarAST.AbstractElement['cardinality'], depth: number): number => {
    switch (cardinality) {
      case '?': return depth > deepest ? 0 : choose(2);
      case '*': return depth > deepest ? 0 : choose(4);
      case '+': return depth > deepest ? 1 : 1 + choose(2);
      default: return 1;
    }
  };
  const write = (element: GrammarAST.AbstractElement, depth: number): void => {
    for (let count = times(element.cardinality, depth); count > 0; count--) writeOnce(element, depth);
  };
  const writeOnce = (element: GrammarAST.AbstractElement, depth: number): void => {
    if (GrammarAST.isGroup(element)) for (const part of element.elements) write(part, depth);
    else if (GrammarAST.isAlternatives(element)) {
      // The last alternative of a computation is its simplest.
      const index = depth > deepest ? element.elements.length - 1 : choose(element.elements.length);
      write(element.elements[index]!, depth);
    } else if (GrammarAST.isAssignment(element)) write(element.terminal, depth);
    else if (GrammarAST.isCrossReference(element)) {
      if (element.terminal) write(element.terminal, depth);
    } else if (GrammarAST.isKeyword(element)) words.push(element.value);
    else if (GrammarAST.isRuleCall(element)) {
      const rule = element.rule.ref;
      if (GrammarAST.isParserRule(rule)) write(rule.definition, depth + 1);
      else if (rule) words.push(samples[rule.name]![choose(samples[rule.name]!.length)]!);
    }
  };
  const declaration = grammar.rules.find((rule) => rule.name === 'Declaration');
  if (!GrammarAST.isParserRule(declaration)) throw new Error('The grammar has no rule Declaration.');
  write(declaration.definition, 0);
  return words.join(' ');
}
