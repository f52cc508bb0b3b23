import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { declarationKeywords } from '../../language/syntax/declaration-keywords.ts';
import { DirectParser } from '../../language/syntax/direct-parser.ts';
import { tooDeeplyNested } from '../../language/syntax/nesting.ts';
import { plainNode, TooManyTerms, type PlainResult } from '../../language/syntax/plain-node.ts';
import { createSyntaxServices } from '../../language/syntax/services.ts';
import { splitDeclarations } from '../../language/syntax/split-declarations.ts';
import { textTokens } from '../../language/syntax/text-tokens.ts';
import { modelTexts } from '../support/model-texts.ts';
import '../support/property-seed.ts';
import { randomDeclaration } from '../support/random-declaration.ts';

const services = createSyntaxServices();
const keywords = declarationKeywords(services.Grammar);
const direct = new DirectParser(services);

/** What Langium's parser says; undefined where the direct one has nothing to say: at any fault, or where a fact is stated twice. */
function byLangium(text: string): PlainResult | undefined {
  const { value, lexerErrors, parserErrors } = services.parser.LangiumParser.parse(text, { rule: 'Declaration' });
  if (lexerErrors.length + parserErrors.length > 0) return undefined;
  try {
    const result = plainNode(value);
    return result.repeated.length > 0 ? undefined : result;
  } catch (error) {
    if (error instanceof TooManyTerms) return undefined;
    throw error;
  }
}

/** @returns whether both can read it */
function same(text: string): boolean {
  const expected = byLangium(text);
  // As text: the order of facts, of places and of references is the same, too.
  assert.equal(JSON.stringify(direct.read(text)), JSON.stringify(expected), text);
  return expected !== undefined;
}

describe('the direct parser', () => {
  const declarations = modelTexts().flatMap(({ text }) => splitDeclarations(text, keywords).map((piece) => piece.text));

  it('reads all real texts as Langium does', function () {
    this.timeout(60_000);
    assert.ok(declarations.filter(same).length > 1000);
  });

  it('reads any text of the grammar as Langium does', function () {
    this.timeout(60_000);
    let read = 0;
    const choices = fc.array(fc.nat(), { minLength: 5, maxLength: 120 });
    fc.assert(
      fc.property(choices, fc.constantFrom(' ', '\n', '\n  // a comment\n', ' /* one */ ', '\t'), (numbers, between) => {
        const text = randomDeclaration(services.Grammar, numbers).replaceAll(' ', between);
        if (tooDeeplyNested(text) === undefined && same(text)) read++;
      }),
      { numRuns: 1500 },
    );
    assert.ok(read > 300, `only ${read} of these texts can be read`);
  });

  it('says nothing of a text with a fault, and the same of one that is another by a word', function () {
    this.timeout(60_000);
    const long = declarations.filter(({ length }) => length > 60 && length < 1500);
    let read = 0;
    fc.assert(
      fc.property(fc.nat(), fc.nat(), fc.nat(), fc.constantFrom('left out', 'said twice', 'put elsewhere'), (which, at, from, how) => {
        const text = long[which % long.length]!;
        const tokens = textTokens(text, services);
        const token = tokens[at % tokens.length]!;
        const other = tokens[from % tokens.length]!;
        const after = how === 'left out' ? '' : how === 'said twice' ? `${token.text} ${token.text}` : other.text;
        if (same(`${text.slice(0, token.offset)}${after}${text.slice(token.offset + token.text.length)}`)) read++;
      }),
      { numRuns: 1500 },
    );
    assert.ok(read > 100, `only ${read} of these texts can be read`);
  });

  it('reads operators, parentheses and words that are names as Langium does', () => {
    const read = (expression: string): boolean => same(`source s of incident from "a.csv" {\n  where ${expression}\n  map opened = ${expression}\n}`);
    for (const expression of ['a', 'not not a', '(a)', '(a or b) and not (c = d)', 'a - b - c', 'a + b * c in office', '((a) is not empty)', 'part is one of 1, 2h, 3 working days, "x"', 'first time a = "b" or last time (c)', 'match "x" in part 2 of a by "-"', 'lookup match in tickets by column "K" starts with "P"', 'a or\n  b or /* x */ c']) {
      assert.ok(read(expression), expression);
    }
    // Here the next word is what it is said of.
    assert.ok(!read('not'));
    // As deep as an expression may be, and deeper.
    for (const terms of [399, 400, 401, 402]) read(Array.from({ length: terms }, (_, index) => `a${index}`).join(' or '));
  });
});
