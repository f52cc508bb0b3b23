import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import type { Block, Document } from '../../server/reports/blocks.ts';
import { at, mark, paragraph, section, signatures } from '../../server/reports/block-builders.ts';
import { dashboard } from '../../server/reports/dashboard/dashboard.ts';
import { gapAnalysis } from '../../server/reports/gap-analysis/gap-analysis.ts';
import { serviceReport } from '../../server/reports/service-report/service-report.ts';
import { renderEditorPage, renderHtml } from '../../server/reports/renderers/html.ts';
import { sampleDocument, sampleProvenance } from './sample-document.ts';
import { sampleInput } from './sample-input.ts';

interface ParsedNode {
  readonly nodeName: string;
  readonly childNodes?: readonly ParsedNode[];
}
// The parser comes with the packaging tool.
const { parse } = createRequire(import.meta.url)('parse5') as { parse(html: string, options: { onParseError(error: { code: string }): void }): ParsedNode };

function elementNames(node: ParsedNode): string[] {
  return [...(node.nodeName.startsWith('#') ? [] : [node.nodeName]), ...(node.childNodes ?? []).flatMap(elementNames)];
}

function documentOf(...blocks: Block[]): Document {
  return { id: 'd', title: 'T', language: 'en', organization: 'O', provenance: sampleProvenance, blocks };
}

describe('HTML renderer', () => {
  it('gives the same bytes each time', () => {
    assert.equal(renderHtml(sampleDocument()), renderHtml(sampleDocument()));
  });

  for (const [name, make] of [['a document of every block', sampleDocument], ['the dashboard', () => dashboard.build(sampleInput())], ['a service report', () => serviceReport.build(sampleInput())], ['the gap analysis', () => gapAnalysis.build(sampleInput())]] as const) {
    it(`writes ${name} so that a parser finds no error and builds the very tree that was written`, () => {
      const html = renderHtml(make());
      const errors: string[] = [];
      const tree = parse(html, { onParseError: (error) => errors.push(error.code) });
      assert.deepEqual(errors, []);
      const written = [...html.replace(/<style>[^]*?<\/style>/, '<style></style>').matchAll(/<([a-zA-Z][a-zA-Z0-9]*)/g)].map((match) => match[1]);
      assert.deepEqual(elementNames(tree).toSorted(), written.toSorted());
    });
  }

  it('needs nothing from elsewhere, and no script when it stands alone', () => {
    const html = renderHtml(sampleDocument());
    assert.doesNotMatch(html, /<script|<link|<img|<iframe|@import|url\((?!#d)/);
    assert.doesNotMatch(html, /\sstyle="/);
    assert.match(html, /default-src &#39;none&#39;/);
  });

  it('says where the figures come from, and the disclaimer once', () => {
    const html = renderHtml(sampleDocument());
    assert.match(html, /As of 2026-11-22 · commit 4f2c9d1e8b7a with changed inputs · catalogue 2026-11-22 · data 9f86d081884c · itsms 0\.1\.0/);
    assert.equal(html.split('neither endorsed by ISO').length, 2);
    assert.match(html, /@bottom-left \{ content: "[^"]*As of 2026-11-22/);
  });

  it('leaves each party room to sign, and says who it is', () => {
    const html = renderHtml(documentOf(signatures([{ name: 'Anna Berg', role: 'Owner', organization: 'ACME <Services>' }, { name: 'Robert Keller' }])));
    assert.match(html, /<p>ACME &lt;Services&gt;<\/p><p class="line">Signature<\/p><p><strong>Anna Berg<\/strong>, Owner<\/p>/);
    assert.equal(html.split('class="line">Signature').length, 3);
  });

  it('numbers headings by nesting, so that no level is left out', () => {
    const html = renderHtml(documentOf(section('Two', [section('Three', [section('Four', [])])]), section('Two again', [])));
    assert.deepEqual([...html.matchAll(/<h([1-6])/g)].map((match) => match[1]), ['1', '2', '3', '4', '2']);
  });

  it('shows status by shape, letter and words', () => {
    const html = renderHtml(documentOf(paragraph(mark('below'), mark('warning'), mark('met'), mark('no-data', true))));
    assert.match(html, /■ R<\/span><span class="unseen">below target/);
    assert.match(html, /▲ A/);
    assert.match(html, /● G/);
    assert.match(html, /○<\/span> not known/);
  });

  it('links to places in the text in the editor only', () => {
    const document = documentOf(paragraph(at({ file: 'a "b".itsms', line: 3, column: 5 }, 'here')));
    assert.match(renderHtml(document, { mode: 'editor', nonce: 'N' }), /<a class="place" href="#" data-file="a &quot;b&quot;\.itsms" data-line="3" data-column="5"/);
    assert.doesNotMatch(renderHtml(document), /data-file|itsms"/);
  });

  it('runs its script and style in the editor under the nonce alone', () => {
    const html = renderHtml(sampleDocument(), { mode: 'editor', nonce: 'abc123' });
    assert.match(html, /style-src &#39;nonce-abc123&#39;; script-src &#39;nonce-abc123&#39;/);
    assert.deepEqual([...html.matchAll(/<(style|script)([^>]*)>/g)].map((match) => match[0]), ['<style nonce="abc123">', '<script nonce="abc123">']);
  });

  it('gives the editor the same body as the whole page holds', () => {
    const page = renderEditorPage(sampleDocument());
    assert.ok(renderHtml(sampleDocument(), { mode: 'editor', nonce: 'N' }).includes(page.html));
    assert.doesNotMatch(page.html, /<script|<style|\sstyle=/);
    assert.doesNotMatch(page.style + page.script, /<\//);
  });

  it('writes hostile text of a model as text', () => {
    const html = renderHtml(sampleDocument('</style><script>alert(1)</script><img src=x onerror=alert(1)>" onload="x'));
    assert.doesNotMatch(html, /<script|<img|<\/style>[^]*<\/style>/);
    assert.match(html, /&lt;script&gt;alert\(1\)&lt;\/script&gt;/);
  });

  it('does not follow addresses that run code', () => {
    const html = renderHtml(documentOf(paragraph({ kind: 'link', url: 'javascript:alert(1)', content: ['x'] }, { kind: 'link', url: 'https://example.org/', content: ['y'] })));
    assert.doesNotMatch(html, /javascript:/);
    assert.match(html, /<a href="https:\/\/example\.org\/"/);
  });

  it('uses every id once', () => {
    const html = renderHtml(sampleDocument());
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    assert.equal(new Set(ids).size, ids.length);
    for (const [, used] of html.matchAll(/(?:url\(#|href="#)([^)"]+)/g)) assert.ok(ids.includes(used), `no element has the id ${used}`);
  });
});
