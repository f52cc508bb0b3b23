import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { DefaultLexer, GrammarUtils, type LexerResult } from 'langium';
import { createSyntaxServices } from '../../language/syntax/services.ts';

const services = createSyntaxServices();
const ours = services.parser.Lexer;
const langium = new DefaultLexer(services);

function shown({ tokens, errors, hidden }: LexerResult): unknown {
  const one = ({ image, startOffset, startLine, startColumn, endLine, endColumn, endOffset, tokenType }: LexerResult['tokens'][number]): unknown[] => [tokenType.name, image, startOffset, startLine, startColumn, endLine, endColumn, endOffset];
  return { tokens: tokens.map(one), errors: errors.map(({ offset, length, line, column }) => [offset, length, line, column]), hidden: hidden.map(one) };
}

function same(text: string): void {
  assert.deepEqual(shown(ours.tokenize(text)), shown(langium.tokenize(text)));
}

describe('the lexer', () => {
  const keywords = [...GrammarUtils.getAllReachableRules(services.Grammar, false)].length > 0 ? Object.values(ours.definition).flatMap(({ PATTERN }) => (typeof PATTERN === 'string' ? [PATTERN] : [])) : [];

  it('reads the example as Langium does', () => {
    same(readFileSync(join(import.meta.dirname, 'example.itsms'), 'utf8'));
  });

  it('reads every keyword as Langium does, alone, longer and shorter', () => {
    assert.ok(keywords.length > 100);
    for (const word of keywords) for (const text of [word, `${word}x`, `${word}-x`, `${word}-`, `${word}é`, `${word}.x`, word.slice(0, -1), word.toUpperCase(), `x${word}`, `1${word}`, `${word}"a"`]) same(text);
  });

  it('reads any text as Langium does', () => {
    const piece = fc.oneof(
      fc.constantFrom(...keywords),
      fc.constantFrom(' ', '\n', '\r\n', '\t', '//', '/*', '*/', '"', '"""', '\\', '-', '->', '{', '}', '.', ',', ':', 'iso20000:8.6.1', 'sha256:ab', 'Europe/London', 'Mon-Fri', 'EUR', '99.8%', '4h', '2026-01-01', '2026-Q2', '08:00-18:00', '§', 'é', '\ufeff'),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => same(pieces.join(''))), { numRuns: 500 });
  });
});
