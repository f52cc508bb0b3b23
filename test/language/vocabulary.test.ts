import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AstUtils, CstUtils, GrammarAST } from 'langium';
import { declarationKeywords } from '../../language/syntax/declaration-keywords.ts';
import { keywordPhrases } from '../../language/syntax/keyword-phrases.ts';
import { createSyntaxServices } from '../../language/syntax/services.ts';
import { splitDeclarations } from '../../language/syntax/split-declarations.ts';
import { readModel } from './read-model.ts';

const read = (file: string): string => readFileSync(join(import.meta.dirname, file), 'utf8');
const vocabulary = read('vocabulary.itsms');

describe('the vocabulary of the language', () => {
  it('is written in a sample without a finding, every name known', () => {
    assert.deepEqual(readModel({ 'vocabulary.itsms': vocabulary }).findings, []);
  });

  describe('is shown as a whole by the two samples', () => {
    const services = createSyntaxServices();
    const keywords = declarationKeywords(services.Grammar);
    const seen = new Set<GrammarAST.AbstractElement>();
    const rules = new Set<string>();
    for (const text of [vocabulary, read('example.itsms')]) {
      for (const declaration of splitDeclarations(text, keywords)) {
        const { value } = services.parser.LangiumParser.parse(declaration.text, { rule: 'Declaration' });
        if (!value.$cstNode) continue;
        for (const { grammarSource } of CstUtils.streamCst(value.$cstNode)) {
          if (!grammarSource) continue;
          seen.add(grammarSource);
          const rule = AstUtils.getContainerOfType(grammarSource, GrammarAST.isParserRule);
          if (rule) rules.add(rule.name);
          if (GrammarAST.isRuleCall(grammarSource) && grammarSource.rule.ref) rules.add(grammarSource.rule.ref.name);
        }
      }
    }
    /** Not part of a declaration that people write: the file, and what the product itself declares. */
    const outside = new Set(['Document', 'Requirement']);

    it('with every rule of the grammar', () => {
      const missing = services.Grammar.rules.filter(({ name, $type }) => $type === 'ParserRule' && !rules.has(name) && !outside.has(name));
      assert.deepEqual(missing.map(({ name }) => name), []);
    });

    it('with every word of every rule', () => {
      const missing = keywordPhrases(services.Grammar).filter(({ rule, element }) => !seen.has(element) && !outside.has(rule));
      assert.deepEqual(missing.map(({ rule, words }) => `${rule}: ${words}`), []);
    });
  });
});
