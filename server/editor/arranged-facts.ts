import { GrammarAST } from 'langium';
import { ExpectationReader, type Expectation } from '../../language/syntax/expectation.ts';
import { automatonOf } from '../../language/syntax/grammar-automaton.ts';
import { phraseFrom } from '../../language/syntax/keyword-phrases.ts';
import { textTokens, type PlacedToken } from '../../language/syntax/text-tokens.ts';
import { isOnceOnly } from './completion/keyword-candidates.ts';
import type { EditorProject } from './editor-project.ts';

/**
 * Facts that are written into one block, each as what it is meant: of those that can be stated once the first counts, and none comes right
 * behind another that would take it for more of itself (`owner` behind an action that may have an owner of its own).
 *
 * @param before the tokens of the declaration up to and with the brace that opens the block
 * @param facts without placeholders, in the order in which they are wanted
 * @returns their positions in `facts`, in the order in which they are written
 */
export function arrangeFacts(project: EditorProject, before: readonly PlacedToken[], facts: readonly string[]): readonly number[] {
  const { services } = project.builder;
  const automaton = automatonOf(services.Grammar);
  const wordOf = (fact: string): string | undefined => /^[\w-]+/.exec(fact)?.[0];
  /** What may follow a block that holds nothing but this fact. */
  const expectedAfter = (fact: string | undefined): readonly Expectation[] => {
    const reader = new ExpectationReader(automaton, 'Declaration');
    const line = (before.at(-1)?.line ?? 0) + 1;
    reader.read([...before, ...(fact === undefined ? [] : textTokens(fact, services).map((token) => ({ ...token, line: token.line + line })))]);
    return reader.expected().filter(({ isKeyword }) => isKeyword);
  };
  const atStart = expectedAfter(undefined);
  const followers = new Map<string, ReadonlySet<string>>();
  /** Words that would be read as more of a fact. */
  const continuing = (fact: string): ReadonlySet<string> => {
    let words = followers.get(fact);
    if (!words) followers.set(fact, (words = new Set(expectedAfter(fact).flatMap(({ takes, site }) => (automaton.factStarts.has(site.element) ? [] : [takes])))));
    return words;
  };
  const follows = (fact: string, other: string | undefined): boolean => other === undefined || !continuing(other).has(wordOf(fact) ?? '');

  const stated = new Set<string>();
  const arranged: number[] = [];
  for (const [index, fact] of facts.entries()) {
    const phrase = onceOnlyPhrase(atStart, fact);
    if (phrase !== undefined && stated.has(phrase)) continue;
    if (phrase !== undefined) stated.add(phrase);
    let at = arranged.length;
    const factAt = (position: number): string | undefined => facts[arranged[position] ?? -1];
    const fits = (position: number): boolean => follows(fact, factAt(position - 1)) && (position === arranged.length || follows(factAt(position)!, fact));
    while (at > 0 && !fits(at)) at--;
    arranged.splice(fits(at) ? at : arranged.length, 0, index);
  }
  return arranged;
}

/** The words that begin a fact, where it can be stated once only. */
function onceOnlyPhrase(expected: readonly Expectation[], fact: string): string | undefined {
  for (const { site } of expected) {
    if (!GrammarAST.isKeyword(site.element) || !isOnceOnly(site.element)) continue;
    const phrase = phraseFrom(site.element);
    if (fact === phrase || fact.startsWith(`${phrase} `)) return phrase;
  }
  return undefined;
}
