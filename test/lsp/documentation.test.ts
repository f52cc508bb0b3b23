import assert from 'node:assert/strict';
import { declarationDocumentation } from '../../language/documentation/declarations.ts';
import { factDocumentation } from '../../language/documentation/facts.ts';
import { declarationKeywords } from '../../language/syntax/declaration-keywords.ts';
import { keywordPhrases } from '../../language/syntax/keyword-phrases.ts';
import { createSyntaxServices } from '../../language/syntax/services.ts';

describe('documentation of the language', () => {
  const { Grammar } = createSyntaxServices();
  const phrases = keywordPhrases(Grammar);

  it('explains every word of the language', () => {
    const missing = phrases.filter(({ rule, words }) => factDocumentation(rule, words) === undefined && !(words in declarationDocumentation));
    assert.deepEqual(missing.map(({ rule, words }) => `${rule}: ${words}`), []);
  });

  it('explains no declaration that does not exist', () => {
    const known = new Set(phrases.map(({ words }) => words));
    assert.deepEqual(Object.keys(declarationDocumentation).filter((words) => !known.has(words)), []);
    assert.ok([...declarationKeywords(Grammar)].every((word) => Object.keys(declarationDocumentation).some((words) => words.split(' ')[0] === word)));
  });
});
