import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPackageFile } from '../../../server/project/package-files.ts';
import type { Block, Document, Look } from '../../../server/reports/blocks.ts';
import { column, count, jump, link, paragraph, section, table, words } from '../../../server/reports/block-builders.ts';
import { renderPdf } from '../../../server/reports/renderers/pdf/pdf.ts';
import { programOrSkip } from '../../support/programs.ts';
import { sampleDocument, sampleProvenance } from '../sample-document.ts';

/** Poppler reads the files, as any other program would. */
function poppler(program: 'pdftotext' | 'pdfinfo' | 'pdftoppm' | 'pdffonts', ...options: readonly string[]): string {
  const { status, stdout, stderr, error } = spawnSync(program, options, { encoding: 'utf8', maxBuffer: 1 << 26 });
  assert.equal(error, undefined);
  assert.equal(status, 0, stderr);
  // What is wrong in a file, poppler says and reads on.
  assert.equal(stderr, '');
  return stdout;
}

function documentOf(blocks: readonly Block[], look?: Look): Document {
  return { id: 'test', title: 'A title', language: 'en', organization: 'ACME Services', provenance: sampleProvenance, blocks, ...(look === undefined ? {} : { look }) };
}

describe('a PDF document', function () {
  this.timeout(120_000);
  let folder: string | undefined;

  before(function () {
    programOrSkip(this, 'pdftotext', 'poppler-utils');
    folder = mkdtempSync(join(tmpdir(), 'itsms-pdf-'));
  });

  after(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  async function made(document: Document): Promise<string> {
    const path = join(folder ?? '', 'document.pdf');
    writeFileSync(path, await renderPdf(document, readPackageFile));
    return path;
  }

  async function textOf(document: Document): Promise<string> {
    return poppler('pdftotext', '-layout', await made(document), '-');
  }

  function pagesOf(path: string): number {
    return Number(/^Pages:\s+(\d+)$/m.exec(poppler('pdfinfo', path))?.[1]);
  }

  it('says what it is: title, author, language, tags, the day it tells of', async () => {
    const path = await made(sampleDocument());
    const info = poppler('pdfinfo', '-isodates', path);
    assert.match(info, /^Title:\s+Service report, October 2026$/m);
    assert.match(info, /^Author:\s+ACME Services$/m);
    assert.match(info, /^Tagged:\s+yes$/m);
    assert.match(info, /^CreationDate:\s+2026-11-22/m);
    assert.match(info, /^Page size:.*\(A4\)$/m);
    const structure = poppler('pdfinfo', '-struct-text', path);
    for (const type of ['Document', 'H1', 'H2', 'P ', 'Table', 'TR', 'TH', 'TD', 'Figure', 'L ', 'Link']) assert.ok(structure.includes(type), type);
  });

  it('is the same bytes twice', async () => {
    const [first, second] = [await renderPdf(sampleDocument(), readPackageFile), await renderPdf(sampleDocument(), readPackageFile)];
    assert.ok(Buffer.from(first).equals(Buffer.from(second)));
  });

  it('embeds every font it uses', async () => {
    const fonts = poppler('pdffonts', await made(sampleDocument())).trim().split('\n').slice(2);
    assert.ok(fonts.length >= 3);
    for (const font of fonts) assert.match(font, /\byes yes yes\b/);
  });

  it('holds what stands in the blocks, and its provenance with the number of each page on every one', async () => {
    const text = await textOf(sampleDocument());
    for (const said of ['E-mail and collaboration for ACME Retail', 'Two of sixteen targets were missed in October.', '44,611 / 44,640', 'no history', '■ R below target', 'Place and date', 'neither endorsed by ISO']) assert.ok(text.includes(said), said);
    const pages = text.split('\f').slice(0, -1);
    for (const [index, page] of pages.entries()) {
      assert.ok(page.includes(`Page ${index + 1} of ${pages.length}`));
      assert.ok(page.includes('As of 2026-11-22 · commit 4f2c9d1e8b7a with changed inputs · catalogue 2026-11-22 · data 9f86d081884c · itsms 0.1.0'));
    }
  });

  it('prints the head of a table again on each page, and tears no row that a page can hold', async () => {
    const rows = Array.from({ length: 120 }, (_, index) => [words(`Row ${index + 1} begins ${'and goes on and on '.repeat(12)}and ends ${index + 1}.`), count(index)]);
    const pages = (await textOf(documentOf([table([column('What happened'), column('Times', 'number')], rows)]))).split('\f').slice(0, -1);
    assert.ok(pages.length > 4);
    for (const page of pages.slice(0, -1)) assert.match(page, /What happened\s+Times/);
    for (let index = 1; index <= 120; index++) {
      const begins = pages.findIndex((page) => page.includes(`Row ${index} begins`));
      assert.ok(begins >= 0);
      assert.match(pages[begins] ?? '', new RegExp(`ends\\s+${index}\\.`), `row ${index}`);
    }
  });

  it('parts a row that no page can hold', async () => {
    const pages = (await textOf(documentOf([table([column('Text')], [[words(`first ${'word '.repeat(6000)}last`)], [words('the next')]])]))).split('\f').slice(0, -1);
    assert.ok(pages.length > 4);
    const text = pages.join('');
    for (const said of ['first', 'last', 'the next']) assert.ok(text.includes(said), said);
    assert.equal(text.match(/\bword\b/g)?.length, 6000);
  });

  it('keeps a section together that a page can hold, and heads with what they are about', async () => {
    const lines = (name: string, many: number): Block[] => Array.from({ length: many }, (_, index) => paragraph(`${name} ${index + 1}.`));
    const blocks: Block[] = [section('One', lines('filling', 26)), section('Two', lines('kept', 12), { together: true }), section('Three', lines('more', 60)), section('Four', lines('end', 2))];
    const pages = (await textOf(documentOf(blocks))).split('\f').slice(0, -1);
    const pageOf = (said: string): number => pages.findIndex((page) => page.includes(said));
    assert.equal(pageOf('kept 1.'), pageOf('kept 12.'));
    assert.notEqual(pageOf('filling 26.'), pageOf('kept 1.'));
    assert.equal(pageOf('end 1.'), pageOf('end 2.'));
    for (const page of pages) assert.doesNotMatch(page.replace(/ACME Services ·[\s\S]*/, '').trimEnd(), /(?:One|Two|Three|Four)$/);
  });

  it('lists the sections of a document with their pages, outlines it, and leads from place to place', async () => {
    const blocks: Block[] = ['One', 'Two', 'Three', 'Four', 'Five'].flatMap((name) => [section(name, [paragraph(`This is ${name}. See `, jump('Five', 'the last'), ' or ', link('https://example.org/', 'elsewhere'), ', not ', jump('nowhere', 'nothing'), '.')], { anchor: name }), { kind: 'page-break' }]);
    const path = await made(documentOf(blocks));
    const pages = poppler('pdftotext', '-layout', path, '-').split('\f').slice(0, -1);
    const listed = [...(pages[0] ?? '').matchAll(/^ *(One|Two|Three|Four|Five)\s+(\d)$/gm)].map((match) => [match[1], Number(match[2])]);
    assert.deepEqual(listed, ['One', 'Two', 'Three', 'Four', 'Five'].map((name) => [name, pages.findIndex((page) => page.includes(`This is ${name}.`)) + 1]));
    const destinations = poppler('pdfinfo', '-dests', path);
    assert.equal(destinations.match(/"a\d+"/g)?.length, 5);
    assert.match(poppler('pdfinfo', '-url', path), /https:\/\/example\.org\//);
  });

  it('begins a long document with a cover, and any where the organization wants one', async () => {
    const short = documentOf([paragraph('The text.')]);
    assert.equal(pagesOf(await made(short)), 1);
    assert.equal(pagesOf(await made({ ...short, look: { paper: 'A4', cover: true } })), 2);
    const long = documentOf(Array.from({ length: 9 }, () => [paragraph('The text.'), { kind: 'page-break' } as const]).flat());
    assert.equal(pagesOf(await made(long)), 10);
    assert.equal(pagesOf(await made({ ...long, look: { paper: 'A4', cover: false } })), 9);
  });

  it('is for the paper and in the look of the organization', async () => {
    // One red pixel.
    const base64 = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
    const path = await made(documentOf([paragraph('The text.')], { paper: 'Letter', accent: '#0b4f94', footer: 'Confidential', logo: { mediaType: 'image/png', base64, width: 1, height: 1 } }));
    assert.match(poppler('pdfinfo', path), /^Page size:\s+612 x 792 pts \(letter\)$/m);
    assert.match(poppler('pdftotext', '-layout', path, '-'), /Confidential · As of 2026-11-22/);
  });

  it('puts drawings that are too wide for the paper on a larger sheet', async () => {
    const drawing = { width: 3000, height: 300, children: [{ tag: 'text' as const, attributes: { x: '2900', y: '100', 'font-size': '11' }, children: ['far right'] }] };
    const path = await made(documentOf([{ kind: 'figure', drawing, caption: ['A wide one.'], alternative: 'Wide.', table: table([column('A')], [[words('1')]]) }, paragraph('After it.')]));
    assert.match(poppler('pdftotext', path, '-'), /far right/);
    const sizes = poppler('pdfinfo', '-l', '9', path).match(/size: +[\d.]+ x [\d.]+/g) ?? [];
    assert.ok(new Set(sizes).size > 1, String(sizes));
  });

  it('shows text of every kind as text', async () => {
    const titles = {
      markup: '<script>alert(1)</script> & (brackets) \\ %PDF',
      formula: "=cmd|' /C calc'!A0",
      Greek: 'Ευρετήριο υπηρεσιών',
      Cyrillic: 'Каталог услуг',
      Vietnamese: 'Danh mục dịch vụ',
      Chinese: '服务目录',
      Japanese: 'サービスカタログ',
      Korean: '서비스 카탈로그',
      Hindi: 'सेवा',
      emoji: 'done 🚀',
      arithmetic: '≥ 99 % → ✓',
    };
    const text = await textOf(documentOf(Object.values(titles).map((title) => paragraph(title))));
    for (const [kind, title] of Object.entries(titles)) if (kind !== 'Hindi') assert.ok(text.replaceAll(/\s+/g, ' ').includes(title), `${kind}: ${title}`);
  });

  it('takes text that is meant to harm, or that no font has, and goes on', async () => {
    const hostile = ['\u202Egnp.exe\u202C after', '\u0000\u0007\uFFFF\uD800 controls', 'x'.repeat(10_000), '\u{12345} cuneiform', 'עברית and العربية', 'e\u0301\u0302\u0303 marks', '\n\n\t', '', '👩‍👩‍👧‍👦🇩🇪'].join(' | ');
    const path = await made(sampleDocument(hostile));
    const text = poppler('pdftotext', '-layout', path, '-');
    assert.match(text, /gnp\.exe after/);
    assert.match(text, /□ cuneiform/);
    assert.ok(pagesOf(path) > 4);
  });

  it('stays empty where there is nothing to say', async () => {
    const text = await textOf(documentOf([]));
    assert.match(text, /A title/);
    assert.match(text, /Page 1 of 1/);
  });
});
