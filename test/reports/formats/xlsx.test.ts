import assert from 'node:assert/strict';
import readExcelFile from 'read-excel-file/node';
import type { Block, Cell, Document } from '../../../server/reports/blocks.ts';
import { column, count, date, decimal, keyFigures, percent, ratio, section, statusCell, table, unknown, words } from '../../../server/reports/block-builders.ts';
import { renderXlsx } from '../../../server/reports/renderers/xlsx/xlsx.ts';
import { sheetNames } from '../../../server/reports/renderers/xlsx/sheet-names.ts';
import { sampleDocument, sampleProvenance } from '../sample-document.ts';
import { allNamed, OfficeFile, textOf, type XmlElement } from './ooxml.ts';

function documentOf(...blocks: Block[]): Document {
  return { id: 'd', title: 'The title', language: 'en', organization: 'ACME', provenance: sampleProvenance, blocks };
}

interface Read {
  readonly sheet: string;
  readonly data: readonly (readonly unknown[])[];
}

/** As another program reads it. */
async function sheetsOf(document: Document): Promise<readonly Read[]> {
  return (await readExcelFile(Buffer.from(await renderXlsx(document)))) as unknown as readonly Read[];
}

async function opened(document: Document): Promise<OfficeFile> {
  return new OfficeFile(await renderXlsx(document));
}

function oneColumn(type: Parameters<typeof column>[1], ...cells: Cell[]): Document {
  return documentOf(section('Values', [table([column('Value', type)], cells.map((cell) => [cell]))]));
}

describe('workbooks', () => {
  it('are the same bytes each time', async () => {
    assert.deepEqual(await renderXlsx(sampleDocument()), await renderXlsx(sampleDocument()));
  });

  it('hold nothing that a strict reader finds wrong', async () => {
    assert.deepEqual((await opened(sampleDocument())).faults(), []);
    assert.deepEqual((await opened(documentOf())).faults(), []);
  });

  it('have a first sheet with what they are, where the figures come from, and links to what they hold', async () => {
    const document = documentOf(keyFigures([{ name: 'Targets met', value: '14', whole: 'of 16', status: 'below' }]), section('Risks & more', [table([column('Risk')], [[words('a')], [words('b')]], { caption: ['Two risks.'] })]));
    const [first] = await sheetsOf(document);
    const said = (first?.data ?? []).flat().filter((value) => value !== null);
    for (const text of ['ACME', 'The title', 'Targets met', '14 of 16 ■ R', 'Risks & more', 2, 'Two risks.', 'As of 2026-11-22', 'data 9f86d081884c']) assert.ok(said.includes(text), String(text));
    const [link] = allNamed((await opened(document)).xml('xl/worksheets/sheet1.xml'), 'hyperlink');
    assert.equal(link?.attributes['location'], "'Risks & more'!A1");
  });

  it('type their cells: what is a number, a percentage or a date can be computed with, and is shown as exactly as it is known', async () => {
    const document = documentOf(section('Values', [table([column('Name'), column('Number', 'number'), column('Share', 'percent', { unit: '%' }), column('Day', 'date'), column('Status', 'status')], [[words('a'), decimal('1234.50'), percent('99.79'), date('2026-03-31'), statusCell('below')]])]));
    const [, sheet] = await sheetsOf(document);
    assert.deepEqual(sheet?.data, [['Name', 'Number', 'Share (%)', 'Day', 'Status'], ['a', 1234.5, 0.9979, new Date('2026-03-31T00:00:00Z'), '■ R below target']]);
    const formats = allNamed((await opened(document)).xml('xl/styles.xml'), 'numFmt').map(({ attributes }) => attributes['formatCode']);
    for (const format of ['#,##0.00', '0.00%', 'yyyy-mm-dd', '@']) assert.ok(formats.includes(format), format);
  });

  it('round nothing: a share below its target is never shown as the target, and more digits than a sheet keeps stay text', async () => {
    const [, shares] = await sheetsOf(oneColumn('percent', percent('99.79999'), percent('0.1'), percent('100'), percent('-3.5')));
    assert.deepEqual(shares?.data.slice(1).flat(), [0.9979999, 0.001, 1, -0.035]);
    const [, numbers] = await sheetsOf(oneColumn('number', decimal('12345678901234567890'), decimal('0.000000000000001')));
    assert.deepEqual(numbers?.data.slice(1).flat(), ['12,345,678,901,234,567,890', 1e-15]);
  });

  it('give numerator and denominator columns of their own, and say where nothing is known', async () => {
    const document = documentOf(section('Values', [table([column('Name'), column('In time')], [[words('a'), ratio(29, 31)], [words('b'), unknown('no history')], [words('c'), words('55 min')]])]));
    const [, sheet] = await sheetsOf(document);
    assert.deepEqual(sheet?.data, [['Name', 'In time', 'In time, of'], ['a', 29, 31], ['b', '– no history', '–'], ['c', '55 min', '–']]);
  });

  it('put the group of a row beside it, so that filters work, and sums below', async () => {
    const grouped: Block = { kind: 'table', columns: [column('Name'), column('Count', 'number')], rows: [{ group: ['First'], cells: [words('a'), count(1)] }, { cells: [words('b'), count(2)] }, { group: ['Second'], cells: [words('c'), count(3)] }, { cells: [words('All'), count(6)], total: true }] };
    const file = await opened(documentOf(section('Groups', [grouped])));
    const [, sheet] = await sheetsOf(documentOf(section('Groups', [grouped])));
    assert.deepEqual(sheet?.data.map((row) => row.slice(0, 2)), [['Group', 'Name'], ['First', 'a'], ['First', 'b'], ['Second', 'c'], ['Second', 'All']]);
    const xml = file.xml('xl/worksheets/sheet2.xml');
    assert.equal(allNamed(xml, 'autoFilter')[0]?.attributes['ref'], 'A1:C4');
    assert.deepEqual(allNamed(xml, 'pane').map(({ attributes }) => [attributes['state'], attributes['topLeftCell']]), [['frozen', 'A2']]);
    assert.deepEqual(allNamed(file.xml('xl/workbook.xml'), 'definedName').map((one) => [one.attributes['name'], textOf(one)]), [['_xlnm._FilterDatabase', "'Groups'!$A$1:$C$4"], ['_xlnm.Print_Titles', "'Groups'!$1:$1"]]);
  });

  it('put tables of the same columns that belong together on one sheet, each row with where it stood', async () => {
    const steps = (name: string): Block => section(name, [table([column('Step')], [[words(`${name} begins`)]])]);
    const [, sheet, ...others] = await sheetsOf(documentOf(section('Processes', [steps('Incidents'), steps('Changes')])));
    assert.deepEqual(others, []);
    assert.equal(sheet?.sheet, 'Processes');
    assert.deepEqual(sheet.data, [['Section', 'Step'], ['Incidents', 'Incidents begins'], ['Changes', 'Changes begins']]);
  });

  it('never hold a formula', async () => {
    for (const text of ["=cmd|' /C calc'!A0", '+1+1', '-1', '@SUM(A1)', '\t=1+1', '＝1+1']) {
      const file = await opened(sampleDocument(text));
      for (const name of file.parts.keys()) if (name.startsWith('xl/worksheets/sheet')) assert.deepEqual(allNamed(file.xml(name), 'f'), []);
      for (const { data } of await sheetsOf(oneColumn('text', words(text)))) assert.ok(data.flat().every((value) => typeof value !== 'string' || !value.startsWith('#')));
      const [, sheet] = await sheetsOf(oneColumn('text', words(text)));
      assert.equal(sheet?.data[1]?.[0], text.trim());
    }
  });

  it('hold text that looks like another way to write a letter as it is', async () => {
    const file = await opened(oneColumn('text', words('_x0041_ and _X000d_ and _x12_')));
    const texts = allNamed(file.xml('xl/sharedStrings.xml'), 't').map(textOf);
    assert.ok(texts.includes('_x005F_x0041_ and _x005F_X000d_ and _x12_'));
  });

  it('cut text that no cell can hold, and say so by an ellipsis', async () => {
    const [, sheet] = await sheetsOf(oneColumn('text', words('x'.repeat(40_000))));
    const value = String(sheet?.data[1]?.[0]);
    assert.deepEqual([value.length, value.at(-1)], [32_767, '…']);
  });

  it('write dates as the language does', async () => {
    const formats = allNamed((await opened({ ...oneColumn('date', date('2026-03-31')), language: 'de' })).xml('xl/styles.xml'), 'numFmt').map((one: XmlElement) => one.attributes['formatCode']);
    assert.ok(formats.includes('dd.mm.yyyy'));
  });
});

describe('names of sheets', () => {
  it('are such as spreadsheets take, and no two alike', () => {
    const long = 'Controls of information security in the year';
    const names = sheetNames(["a:b\\c/d?e*f[g]h", "'quoted'", 'History', 'Risks', 'RISKS', '', '  ', long, long, '😀'.repeat(40)], 'Table');
    assert.deepEqual(names.slice(0, 7), ['a b c d e f g h', 'quoted', 'History (2)', 'Risks', 'RISKS (2)', 'Table', 'Table (2)']);
    assert.equal(names[7], 'Controls of information securi…');
    assert.equal(names[8], 'Controls of information se… (2)');
    for (const name of names) assert.ok(name.length <= 31 && name.isWellFormed() && !/[[\]:*?/\\]|^'|'$/.test(name), name);
    assert.equal(new Set(names.map((name) => name.toLowerCase())).size, names.length);
  });
});
