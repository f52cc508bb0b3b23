import { DefaultTokenBuilder, type Grammar, type GrammarAST, type TokenBuilderOptions } from 'langium';
import type { TokenType, TokenVocabulary } from 'chevrotain';

const alphabetic = /^[A-Za-z][A-Za-z0-9_-]*$/;

/**
 * Makes every alphabetic keyword usable as a name ("soft keywords") without listing keywords in any rule:
 * their token types get the category ID.
 *
 * Self-delimiting terminals (dates, requirement ids, time zones, …) are tried before keywords and names, because
 * a keyword's longer alternative is ID only: `iso20000:8.6.1` must not become the name `iso20000` just because
 * `iso` is a keyword. Day ranges (`Mon-Fri`) and currency codes (`EUR`) may also be names.
 */
export class ItsmsTokenBuilder extends DefaultTokenBuilder {
  override buildTokens(grammar: Grammar, options?: TokenBuilderOptions): TokenVocabulary {
    const tokens = super.buildTokens(grammar, options) as TokenType[];
    const id = tokens.find((token) => token.name === 'ID');
    if (!id) throw new Error('The grammar has no ID terminal.');
    const keywords: TokenType[] = [];
    const selfDelimiting: TokenType[] = [];
    for (const token of tokens) {
      if (token === id) continue;
      if (typeof token.PATTERN === 'string') {
        keywords.push(token);
        if (alphabetic.test(token.PATTERN)) {
          token.CATEGORIES = [id];
          token.LONGER_ALT = [id];
        }
      } else {
        selfDelimiting.push(token);
        if (token.name === 'DAYS' || token.name === 'CURRENCY') token.CATEGORIES = [id];
      }
    }
    return [...selfDelimiting, ...keywords, id];
  }

  // Keywords get their longer alternative above; the default would try every terminal against every keyword.
  protected override findLongerAlt(_keyword: GrammarAST.Keyword, _terminals: TokenType[]): TokenType[] {
    return [];
  }
}
