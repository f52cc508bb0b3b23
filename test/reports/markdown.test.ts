import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import fc from 'fast-check';
import { escapeMarkdown, renderMarkdown } from '../../server/reports/renderers/markdown.ts';
import { paragraph, signatures, table, column, words } from '../../server/reports/block-builders.ts';
import type { Document } from '../../server/reports/blocks.ts';
import { sampleDocument, sampleProvenance } from './sample-document.ts';

interface Token {
  readonly type: string;
  readonly tag: string;
  readonly content: string;
  readonly children: readonly Token[] | null;
}
// The parser comes with the packaging tool and has no types of its own.
const MarkdownIt = createRequire(import.meta.url)('markdown-it') as new (options: object) => { parse(text: string, environment: object): Token[]; readonly linkify: { set(options: object): void } };
const parser = new MarkdownIt({ html: true, linkify: true });
// GitHub links addresses that begin with www or a scheme, not everything that has a dot in it.
parser.linkify.set({ fuzzyLink: false });

function inlineText(tokens: readonly Token[]): string {
  return tokens.map((token) => (token.type === 'softbreak' ? '\n' : token.content)).join('');
}

describe('Markdown renderer', () => {
  it('writes any text so that a parser reads that text', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...'*_`[]()<>#|~&!-+.1 \\:/wha') })), (text) => {
        const given = text.replace(/\s+/g, ' ').trim();
        const tokens = parser.parse(escapeMarkdown(given), {});
        if (given === '') return;
        assert.deepEqual(tokens.map((token) => token.type), ['paragraph_open', 'inline', 'paragraph_close'], given);
        const children = tokens[1]?.children ?? [];
        assert.ok(children.every((child) => child.type === 'text' || child.type === 'text_special'), given);
        assert.equal(inlineText(children), given);
      }),
      { numRuns: 500 },
    );
  });

  it('keeps a table a table whatever its cells hold', () => {
    const hostile = 'a | b\n| c | `d` <b> \\| \u202E';
    const document: Document = { id: 'd', title: 'T', language: 'en', organization: 'O', provenance: sampleProvenance, blocks: [table([column('x'), column('y')], [[words(hostile), words({ kind: 'code', text: 'a|b`' })], [words('1'), words('2')]])] };
    const tokens = parser.parse(renderMarkdown(document), {});
    assert.equal(tokens.filter((token) => token.type === 'table_open').length, 1);
    assert.equal(tokens.filter((token) => token.type === 'td_open').length, 4);
    assert.ok(!tokens.some((token) => token.type.startsWith('html') || token.children?.some((child) => child.type.startsWith('html'))));
  });

  it('holds every heading and table of the document', () => {
    const tokens = parser.parse(renderMarkdown(sampleDocument()), {});
    assert.equal(tokens.filter((token) => token.type === 'heading_open').length, 7);
    assert.equal(tokens.filter((token) => token.type === 'table_open').length, 7);
    assert.ok(tokens.some((token) => token.content.includes('neither endorsed by ISO')));
  });

  it('lets hostile text of a model become neither HTML nor a link', () => {
    const tokens = parser.parse(renderMarkdown(sampleDocument('<script>alert(1)</script> [x](javascript:y) # h')), {});
    const inline = tokens.flatMap((token) => token.children ?? []);
    assert.ok(!tokens.some((token) => token.type.startsWith('html')));
    assert.ok(!inline.some((token) => token.type.startsWith('html')));
    assert.equal(inline.filter((token) => token.type === 'link_open').length, 1);
  });

  it('leaves each party room to sign on lines of their own', () => {
    const document: Document = { id: 'd', title: 'T', language: 'en', organization: 'O', provenance: sampleProvenance, blocks: [signatures([{ name: 'Anna *Berg*', role: 'Owner' }])] };
    const inline = parser.parse(renderMarkdown(document), {}).find((token) => token.content.includes('Signature'));
    assert.deepEqual(inline?.children?.filter((child) => child.type === 'hardbreak').length, 2);
    assert.match(inlineText(inline.children), /^Anna \*Berg\*, Owner.*Signature: _{30}.*Place and date: _{30}$/s);
  });

  it('joins paragraphs of emphasis without losing spaces', () => {
    const document: Document = { id: 'd', title: 'T', language: 'en', organization: 'O', provenance: sampleProvenance, blocks: [paragraph({ kind: 'strong', content: ['One '] }, 'two')] };
    assert.match(renderMarkdown(document), /\*\*One\*\* two/);
  });
});
