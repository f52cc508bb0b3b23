import assert from 'node:assert/strict';
import { readPackageFile } from '../../../server/project/package-files.ts';
import type { Block, Document } from '../../../server/reports/blocks.ts';
import { column, count, jump, list, note, paragraph, section, signatures, table, words } from '../../../server/reports/block-builders.ts';
import { renderDocx } from '../../../server/reports/renderers/docx/docx.ts';
import { sampleDocument, sampleProvenance } from '../sample-document.ts';
import { allNamed, OfficeFile, textOf, type XmlElement } from './ooxml.ts';

function documentOf(...blocks: Block[]): Document {
  return { id: 'd', title: 'T', language: 'en', organization: 'O', provenance: sampleProvenance, blocks };
}

async function opened(document: Document): Promise<{ readonly file: OfficeFile; readonly body: XmlElement }> {
  const file = new OfficeFile(await renderDocx(document, readPackageFile));
  return { file, body: file.xml('word/document.xml') };
}

function styleOf(paragraphElement: XmlElement): string | undefined {
  return allNamed(paragraphElement, 'w:pStyle')[0]?.attributes['w:val'];
}

function styled(body: XmlElement, style: string): string[] {
  return allNamed(body, 'w:p').filter((one) => styleOf(one) === style).map(textOf);
}

describe('documents for Word', function () {
  this.timeout(60_000);

  it('are the same bytes each time, however much was made before', async () => {
    const first = await renderDocx(sampleDocument(), readPackageFile);
    await renderDocx(documentOf(section('One', [paragraph('x')], { anchor: 'a' })), readPackageFile);
    assert.deepEqual(await renderDocx(sampleDocument(), readPackageFile), first);
  });

  it('hold nothing that a strict reader finds wrong', async () => {
    const { file } = await opened(sampleDocument());
    assert.deepEqual(file.faults(), []);
  });

  it('nest headings in the styles of Word, below the title', async () => {
    const { body } = await opened(documentOf(section('One', [section('Two', [section('Three', [])])]), section('One again', [])));
    assert.deepEqual(styled(body, 'Title'), ['T']);
    assert.deepEqual(styled(body, 'Heading1'), ['One', 'One again']);
    assert.deepEqual(styled(body, 'Heading2'), ['Two']);
    assert.deepEqual(styled(body, 'Heading3'), ['Three']);
  });

  it('list the contents of long documents as a field that Word can update, each entry a link to its heading', async () => {
    const headings = ['One', 'Two', 'Three', 'Four'];
    const { body } = await opened(documentOf(...headings.map((heading) => section(heading, [paragraph('x')]))));
    assert.ok(allNamed(body, 'w:instrText').some((field) => /TOC .*"1-2"/.test(textOf(field))));
    const bookmarks = new Set(allNamed(body, 'w:bookmarkStart').map(({ attributes }) => attributes['w:name']));
    const entries = allNamed(body, 'w:hyperlink').filter(({ attributes }) => bookmarks.has(attributes['w:anchor']));
    assert.deepEqual(entries.map((entry) => headings.find((heading) => textOf(entry).startsWith(heading))), headings);
    const { body: short } = await opened(documentOf(...headings.slice(0, 3).map((heading) => section(heading, []))));
    assert.ok(!allNamed(short, 'w:instrText').some((field) => textOf(field).includes('TOC')));
  });

  it('jump to places of the document only, and write a jump to nowhere as text', async () => {
    const { body } = await opened(documentOf(paragraph(jump('there', 'to it'), ' and ', jump('nowhere', 'to nothing')), section('There', [], { anchor: 'there' })));
    const [link, ...others] = allNamed(body, 'w:hyperlink');
    assert.deepEqual(others, []);
    assert.equal(textOf(link as XmlElement), 'to it');
    const mark = allNamed(body, 'w:bookmarkStart').find(({ attributes }) => attributes['w:name'] === link?.attributes['w:anchor']);
    assert.ok(mark !== undefined);
    assert.match(textOf(body), /to it and to nothing/);
  });

  it('name bookmarks so that Word takes them, each once, whatever the anchors are', async () => {
    const anchors = ['a b', 'a-b', 'Größe', '服務', 'x'.repeat(90)];
    const { body } = await opened(documentOf(...anchors.map((anchor) => section('S', [paragraph(jump(anchor, 'j'))], { anchor }))));
    const names = allNamed(body, 'w:bookmarkStart').map(({ attributes }) => attributes['w:name'] ?? '').filter((name) => name.startsWith('place_'));
    assert.equal(new Set(names).size, anchors.length);
    for (const name of names) assert.match(name, /^[A-Za-z]\w{0,39}$/);
  });

  it('repeat the heads of tables on each page and set numbers at the right', async () => {
    const { body } = await opened(documentOf(table([column('What'), column('Count', 'number', { unit: 'h' })], [[words('a'), count(1234567)]])));
    const [head, row] = allNamed(body, 'w:tr');
    assert.equal(allNamed(head as XmlElement, 'w:tblHeader').length, 1);
    assert.deepEqual(allNamed(head as XmlElement, 'w:p').map(textOf), ['What', 'Count h']);
    assert.deepEqual(allNamed(row as XmlElement, 'w:p').map((one) => [styleOf(one), textOf(one)]), [['TableText', 'a'], ['TableNumber', '1,234,567']]);
    assert.equal(allNamed(body, 'w:tblStyle')[0]?.attributes['w:val'], 'ReportTable');
  });

  it('turn the page for a table that is too wide for it, together with its heading, and turn back', async () => {
    const wide = table(Array.from({ length: 16 }, (_, index) => column(`Measurement${index}`)), [Array.from({ length: 16 }, (_, index) => words(`measured${index}`))]);
    const { body } = await opened(documentOf(section('First', [paragraph('x')]), section('Wide', [wide]), section('Last', [paragraph('y')])));
    const sizes = allNamed(body, 'w:pgSz').map(({ attributes }) => attributes['w:orient'] ?? 'portrait');
    assert.deepEqual(sizes, ['portrait', 'landscape', 'portrait']);
    const order = allNamed(body, 'w:p').flatMap((one) => [...((styleOf(one) ?? '').startsWith('Heading') ? [textOf(one)] : []), ...(allNamed(one, 'w:sectPr').length > 0 ? ['turn'] : [])]);
    assert.deepEqual(order.filter((one, index) => one !== 'turn' || order[index - 1] !== 'turn'), ['First', 'turn', 'Wide', 'turn', 'Last']);
  });

  it('show drawings as vectors, with pixels for other programs and words for those who do not see them', async () => {
    const { file, body } = await opened(sampleDocument());
    const pictures = allNamed(body, 'wp:docPr');
    assert.equal(pictures.length, 6);
    assert.ok(pictures.every(({ attributes }) => (attributes['descr'] ?? '') !== ''));
    assert.ok(pictures.some(({ attributes }) => attributes['descr']?.startsWith('Run chart of thirteen months')));
    assert.equal(new Set(pictures.map(({ attributes }) => attributes['id'])).size, pictures.length);
    const names = [...file.parts.keys()];
    const vectors = names.filter((name) => name.endsWith('.svg'));
    const pixels = names.filter((name) => name.endsWith('.png'));
    assert.deepEqual([vectors.length, pixels.length, allNamed(body, 'asvg:svgBlip').length], [6, 6, 6]);
    for (const name of vectors) assert.ok(!allNamed(file.xml(name), 'text').some(({ attributes }) => 'dominant-baseline' in attributes || 'class' in attributes), name);
    for (const name of pixels) assert.deepEqual([...(file.parts.get(name) ?? []).slice(0, 4)], [0x89, 0x50, 0x4e, 0x47]);
  });

  it('count each list on its own, and mark notes by a style', async () => {
    const ordered = { ...(list([['a'], ['b']]) as Extract<Block, { kind: 'list' }>), ordered: true };
    const { body } = await opened(documentOf(ordered, note('Mind this'), ordered));
    const lists = allNamed(body, 'w:numId').map(({ attributes }) => attributes['w:val']);
    assert.equal(lists.length, 4);
    assert.equal(new Set(lists).size, 2);
    assert.deepEqual(styled(body, 'Note'), ['Mind this']);
  });

  it('leave each party room to sign', async () => {
    const { body } = await opened(documentOf(signatures([{ name: 'Anna Berg', role: 'Owner', organization: 'ACME' }, { name: 'Robert Keller' }, { name: 'Clara Weiss' }])));
    assert.deepEqual(styled(body, 'SigningLine'), ['Signature', 'Place and date', 'Signature', 'Place and date', 'Signature', 'Place and date']);
    assert.match(textOf(body), /Anna Berg, Owner.*Robert Keller.*Clara Weiss/);
  });

  it('say where the figures come from on every page, in the language of the document', async () => {
    const { file, body } = await opened({ ...sampleDocument(), language: 'de' });
    const feet = [...file.parts.keys()].filter((name) => /^word\/footer\d+\.xml$/.test(name)).map((name) => textOf(file.xml(name)));
    assert.ok(feet.length >= 2);
    for (const foot of feet) assert.match(foot, /Stand 22\.11\.2026 · Commit 4f2c9d1e8b7a/);
    assert.equal(allNamed(file.xml('word/styles.xml'), 'w:lang')[0]?.attributes['w:val'], 'de-DE');
    assert.match(textOf(body), /44\.611 \/ 44\.640/);
    assert.match(textOf(file.xml('docProps/core.xml')), /2026-11-22T00:00:00Z/);
  });

  it('begin with a page of their own for the title where the organization wants it, in its colour and on its paper', async () => {
    const pixel = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==';
    const look = { paper: 'Letter', accent: '#0b4f94', cover: true, footer: 'Confidential', logo: { mediaType: 'image/png', base64: pixel, width: 1, height: 1 } } as const;
    const { file, body } = await opened({ ...documentOf(section('One', [paragraph('x')])), look });
    assert.deepEqual(styled(body, 'CoverTitle'), ['T']);
    assert.equal(allNamed(body, 'w:br').filter(({ attributes }) => attributes['w:type'] === 'page').length, 1);
    assert.deepEqual(allNamed(body, 'w:pgSz').map(({ attributes }) => [attributes['w:w'], attributes['w:h']]), [['12240', '15840']]);
    assert.equal(allNamed(body, 'wp:docPr')[0]?.attributes['descr'], 'O');
    const heading = allNamed(file.xml('word/styles.xml'), 'w:style').find(({ attributes }) => attributes['w:styleId'] === 'Heading1');
    assert.equal(allNamed(heading as XmlElement, 'w:top')[0]?.attributes['w:color'], '0b4f94');
    assert.ok([...file.parts.keys()].some((name) => name.startsWith('word/footer') && textOf(file.xml(name)).startsWith('Confidential · As of')));
    assert.deepEqual(file.faults(), []);
  });
});
