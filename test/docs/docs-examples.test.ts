import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { builder, readModel } from '../language/read-model.ts';

const root = join(import.meta.dirname, '../..');
const pages = ['README.md', ...globSync('docs/*.md', { cwd: root })].sort();

interface Block {
  readonly page: string;
  readonly line: number;
  /** What stands after the language's name: `complete` blocks are models of their own, `tutorial` blocks of a page make one together, `open` ones leave something to fill in. */
  readonly mark: string;
  readonly text: string;
}

function blocksOf(page: string): Block[] {
  const text = readFileSync(join(root, page), 'utf8');
  return [...text.matchAll(/^```itsms *(\w*)\n([\s\S]*?)^```$/gm)].map(({ index, 1: mark = '', 2: body = '' }) => ({
    page, mark, text: body, line: text.slice(0, index).split('\n').length,
  }));
}

const blocks = pages.flatMap(blocksOf);

describe('examples in the documentation', () => {
  it('are there', () => {
    assert.ok(blocks.length > 15, `${blocks.length} examples`);
    assert.ok(blocks.some(({ mark }) => mark === 'complete'));
  });

  for (const { page, line, mark, text } of blocks) {
    it(`${page}:${line} can be read`, () => {
      if (mark === 'complete') {
        assert.deepEqual(readModel(text).findings, []);
        return;
      }
      // Parts of a model: names may stand elsewhere, everything else has to be right.
      const fragment = builder.build('example.itsms', text);
      const findings = [...fragment.findings.map(({ finding }) => finding), ...fragment.declarations.flatMap(({ entity }) => entity.findings)];
      assert.deepEqual(findings.filter(({ code, message }) => code !== 'unknown-name' && !(mark === 'open' && /still to be filled in/i.test(message))).map(({ message }) => message), []);
    });
  }

  for (const page of new Set(blocks.filter(({ mark }) => mark === 'tutorial').map((block) => block.page))) {
    it(`the tutorial of ${page} makes one model without a finding`, () => {
      const whole = blocks.filter((block) => block.page === page && block.mark === 'tutorial').map(({ text }) => text).join('\n');
      assert.deepEqual(readModel(whole).findings, []);
    });
  }

  for (const page of pages) {
    it(`links of ${page} lead to files that are there`, () => {
      const text = readFileSync(join(root, page), 'utf8');
      for (const [, target = ''] of text.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)) {
        assert.ok(globSync(target, { cwd: join(root, dirname(page)) }).length > 0, target);
      }
    });
  }
});
