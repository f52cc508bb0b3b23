import assert from 'node:assert/strict';
import type { Block, Document } from '../../../server/reports/blocks.ts';
import { plain } from '../../../server/reports/block-builders.ts';
import { reports } from '../../../server/reports/registry.ts';
import type { ReportInput } from '../../../server/reports/report.ts';
import { documentLanguages, languages, type LanguageTable } from '../../../server/reports/words/languages.ts';
import { wordsIn } from '../../../server/reports/words/words.ts';
import { exampleInput } from '../example-input.ts';
import { sampleInput } from '../sample-input.ts';

/** Texts that no model supplies: heads of columns, names of figures, terms, headings. */
function fixedTexts({ title, blocks }: Document): readonly string[] {
  const of = (block: Block): readonly string[] => {
    switch (block.kind) {
      case 'table':
        return block.columns.map(({ head }) => head);
      case 'figure':
        return block.table.columns.map(({ head }) => head);
      case 'heat-map':
        return [block.rowHead, ...block.columns, ...block.kinds.map(({ name }) => name)];
      case 'key-figures':
        return block.figures.map(({ name }) => name);
      case 'definitions':
        return block.items.map(({ term }) => plain(term));
      case 'section':
        return [...(block.heading === undefined ? [] : [plain(block.heading)]), ...block.blocks.flatMap(of)];
      default:
        return [];
    }
  };
  return [title, ...blocks.flatMap(of)].filter((text) => text !== '');
}

describe('reports in other languages', function () {
  this.timeout(120_000);

  const inputs: readonly (readonly [string, () => ReportInput])[] = [
    ['of the complete example', () => exampleInput('acme', { agreement: 'email-gold' })],
    ['of a small example', () => exampleInput('small-provider')],
    ['with figures and gaps', () => sampleInput({ customer: 'retail' })],
  ];

  for (const language of documentLanguages.filter((one) => one !== 'en')) {
    for (const [name, inputOf] of inputs) {
      it(`${name} say nothing in ${language} that has no translation, and no fixed text in English`, () => {
        const table: LanguageTable = languages[language];
        const missing = new Set<string>();
        const { messages } = table;
        const listening = new Proxy(messages, {
          get: (target, message: string) => {
            if (!Object.hasOwn(target, message)) missing.add(message);
            return target[message];
          },
        });
        Object.assign(table, { messages: listening });
        try {
          const input = inputOf();
          const titles = new Set((['Process', 'Service', 'Agreement', 'Policy', 'Metric'] as const).flatMap((type) => input.model.all(type).map((one) => one.title)));
          for (const report of reports) {
            const [english, translated] = [report.build(input), report.build({ ...input, words: wordsIn(language) })];
            assert.equal(translated.language, language, report.id);
            const said = new Set(fixedTexts(english));
            // What reads the same in both is of the model, or the same word; what is a message with another translation was not asked for.
            const left = fixedTexts(translated).filter((text) => said.has(text) && messages[text] !== undefined && messages[text] !== text && !titles.has(text));
            assert.deepEqual(left, [], report.id);
          }
        } finally {
          Object.assign(table, { messages });
        }
        assert.deepEqual([...missing], []);
      });
    }
  }
});
