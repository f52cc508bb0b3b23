import { Lexer as ChevrotainLexer, type TokenType, type TokenTypeDictionary } from 'chevrotain';
import type { LangiumCoreServices, Lexer, LexerResult } from 'langium';

/**
 * Tells the words of a text apart as Langium's own lexer does, for a fifth of the time: the grammar has some 500
 * keywords, of which 50 begin with the same letter, and instead of trying each of them at each word, a word is read as
 * a name and then looked up.
 *
 * That is the same because a keyword is only a keyword where no longer name begins (see {@link ItsmsTokenBuilder}).
 */
export class ItsmsLexer implements Lexer {
  readonly definition: TokenTypeDictionary;
  readonly #lexer: ChevrotainLexer;
  readonly #name: TokenType;
  readonly #keywords = new Map<string, TokenType>();

  constructor(services: LangiumCoreServices) {
    const vocabulary = services.parser.TokenBuilder.buildTokens(services.Grammar);
    if (!Array.isArray(vocabulary)) throw new Error('The token builder gives a list.');
    const name = vocabulary.find((type) => type.name === 'ID');
    if (!name) throw new Error('The grammar has no ID terminal.');
    this.#name = name;
    for (const type of vocabulary) if (typeof type.PATTERN === 'string' && type.CATEGORIES?.includes(name)) this.#keywords.set(type.PATTERN, type);
    this.definition = Object.fromEntries(vocabulary.map((type) => [type.name, type]));
    this.#lexer = new ChevrotainLexer(
      vocabulary.filter((type) => !this.#isLookedUp(type)),
      { positionTracking: 'full', skipValidations: services.LanguageMetaData.mode === 'production', errorMessageProvider: services.parser.LexerErrorMessageProvider },
    );
  }

  tokenize(text: string): LexerResult {
    const { tokens, errors, groups } = this.#lexer.tokenize(text);
    for (const token of tokens) {
      if (token.tokenType !== this.#name) continue;
      const keyword = this.#keywords.get(token.image);
      if (!keyword) continue;
      token.tokenType = keyword;
      token.tokenTypeIdx = keyword.tokenTypeIdx ?? token.tokenTypeIdx;
    }
    return { tokens, errors, hidden: groups['hidden'] ?? [] };
  }

  #isLookedUp(type: TokenType): boolean {
    return typeof type.PATTERN === 'string' && this.#keywords.get(type.PATTERN) === type;
  }
}
