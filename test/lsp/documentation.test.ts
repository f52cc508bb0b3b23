import assert from 'node:assert/strict';
import { declarationDocumentation } from '../../language/documentation/declarations.ts';
import { everywhere } from '../../language/documentation/everywhere.ts';
import { factDocumentation, particular } from '../../language/documentation/facts.ts';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { declarationKeywords } from '../../language/syntax/declaration-keywords.ts';
import { keywordPhrases } from '../../language/syntax/keyword-phrases.ts';
import { createSyntaxServices } from '../../language/syntax/services.ts';

describe('documentation of the language', () => {
  const { Grammar } = createSyntaxServices();
  const phrases = keywordPhrases(Grammar);
  const builder = new FragmentBuilder();
  /** Placeholders whose word only says what belongs there; the others are already a name or a value. */
  const examples: ReadonlyMap<string, string> = new Map([['date', '2026-01-31'], ['from', '2026-01-01'], ['until', '2026-12-31'], ['clause', '8.6.1'], ['now', '70%'], ['then', '80%']]);
  const filled = (snippet: string): string => snippet.replace(/\$\{\d+:([^}]*)\}/g, (_, placeholder: string) => examples.get(placeholder) ?? placeholder);

  it('explains every word of the language', () => {
    const known = new Set(Object.keys(declarationDocumentation));
    const beginsDeclaration = (rule: string, words: string): boolean => {
      const [head] = phrases.filter((phrase) => phrase.rule === rule);
      return known.has(words) && (head?.words === words || rule === 'Agreement');
    };
    const missing = phrases.filter(({ rule, words }) => factDocumentation(rule, words) === undefined && !beginsDeclaration(rule, words));
    assert.deepEqual(missing.map(({ rule, words }) => `${rule}: ${words}`), []);
  });

  it('explains no declaration that does not exist', () => {
    const known = new Set(phrases.map(({ words }) => words));
    assert.deepEqual(Object.keys(declarationDocumentation).filter((words) => !known.has(words)), []);
    assert.ok([...declarationKeywords(Grammar)].every((word) => Object.keys(declarationDocumentation).some((words) => words.split(' ')[0] === word)));
  });

  it('explains no fact that does not exist', () => {
    const known = new Set(phrases.map(({ rule, words }) => `${rule}: ${words}`));
    const explained = Object.entries(particular).flatMap(([rule, words]) => Object.keys(words).map((word) => `${rule}: ${word}`));
    assert.deepEqual(explained.filter((phrase) => !known.has(phrase)), []);
    const words = new Set(phrases.map((phrase) => phrase.words));
    assert.deepEqual(Object.keys(everywhere).filter((word) => !words.has(word)), []);
  });

  for (const [words, { snippet }] of Object.entries(declarationDocumentation)) {
    if (snippet === '') continue;
    it(`offers a beginning of ${words} that is well-formed but for its placeholders`, () => {
      const fragment = builder.build('model.itsms', filled(snippet));
      assert.equal(fragment.declarations.length, 1);
      const findings = [...fragment.findings, ...fragment.declarations.flatMap(({ entity }) => entity.findings)];
      assert.deepEqual(findings.map((item) => JSON.stringify(item)), []);
    });
  }
});
