import { GrammarAST, type Grammar } from 'langium';
import { ExpectationReader, type Expectation, type TextToken } from './expectation.ts';
import { automatonOf } from './grammar-automaton.ts';

/** How far tokens follow the grammar, and what it takes where they stop doing so. */
export interface StrictReading {
  /** The number of the first token that does not follow the grammar; the number of tokens if all do. */
  readonly index: number;
  readonly expected: readonly Expectation[];
  /** Whether the tokens before it are a whole. */
  readonly complete: boolean;
}

/**
 * Follows tokens through the grammar in all ways they may be read at once. A parser stops where its look-ahead fails, which may
 * be words before the one at fault; this finds the word.
 */
export function readStrictly(tokens: readonly TextToken[], grammar: Grammar, rule = 'Declaration'): StrictReading {
  const reader = new ExpectationReader(automatonOf(grammar), rule);
  let index = 0;
  for (const token of tokens) {
    if (!reader.accept(token)) break;
    index++;
  }
  return { index, expected: reader.expected(), complete: reader.isComplete };
}

/** The rule of the typed value (a date, a duration, …) that an expectation is in, and how many of its tokens were read already. */
export function valueOf(expectation: Expectation): { readonly rule: string; readonly tokens: number } | undefined {
  const call = expectation.callers[0]?.element;
  const rule = call && GrammarAST.isRuleCall(call) ? call.rule.ref : undefined;
  if (!GrammarAST.isParserRule(rule) || rule.dataType === undefined) return undefined;
  let tokens = 0;
  for (let at = expectation.trail; at && (at.frame?.id ?? -1) === expectation.frame; at = at.before) tokens++;
  return { rule: rule.name, tokens };
}

/** The rule of the grammar that an element stands in. */
export function ruleOf(element: GrammarAST.AbstractElement | undefined): string {
  let node: { readonly $container?: unknown } | undefined = element;
  while (node && !GrammarAST.isParserRule(node)) node = node.$container as typeof node;
  return node?.name ?? '';
}

/**
 * Where a name is left out at the end of a line, the keyword of the next line was read in its place, and the fault shows only
 * behind it. This reads up to that keyword instead.
 */
export function beforeMisreadFact(reading: StrictReading, tokens: readonly TextToken[], grammar: Grammar): StrictReading {
  const last = reading.expected[0]?.trail;
  const { line } = tokens[reading.index] ?? tokens.at(-1) ?? { line: 0 };
  let index = reading.index - 1;
  for (let read = last; read && index > 0; read = read.before, index--) {
    if (tokens[index]!.line !== line) break;
    if (tokens[index - 1]!.line === line) continue;
    const isName = GrammarAST.isRuleCall(read.site.element);
    if (!isName || !beginsFactOf(declarationRule(last), read.token.text, grammar)) break;
    const earlier = readStrictly(tokens.slice(0, index), grammar);
    return earlier.index === index && !earlier.complete ? earlier : reading;
  }
  return reading;
}

/** The rule of the declaration that was read. */
export function declarationRule(trail: Expectation['trail']): string {
  let read = trail;
  while (read?.before) read = read.before;
  return ruleOf(read?.site.element);
}

/** Flow nodes are facts of a process with rules of their own. */
const blockOfPart: Readonly<Record<string, string>> = { Step: 'Process', Decision: 'Process', Fork: 'Process', Join: 'Process' };

/** The rule in whose block a fact stands that begins with an element. */
export function blockOf(start: GrammarAST.AbstractElement): string {
  const rule = ruleOf(start);
  return blockOfPart[rule] ?? rule;
}

function beginsFactOf(rule: string, word: string, grammar: Grammar): boolean {
  for (const start of automatonOf(grammar).factStarts) if (GrammarAST.isKeyword(start) && start.value === word && blockOf(start) === rule) return true;
  return false;
}
