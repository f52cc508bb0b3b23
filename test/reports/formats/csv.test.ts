import assert from 'node:assert/strict';
import { strFromU8, unzipSync } from 'fflate';
import type { Block, Document } from '../../../server/reports/blocks.ts';
import { column, count, date, percent, ratio, section, statusCell, table, unknown, words } from '../../../server/reports/block-builders.ts';
import { csvEnding, renderCsv } from '../../../server/reports/renderers/csv.ts';
import { documentFileName } from '../../../server/reports/render-document.ts';
import { sampleDocument, sampleProvenance } from '../sample-document.ts';

function documentOf(...blocks: Block[]): Document {
  return { id: 'd', title: 'T', language: 'de', organization: 'O', provenance: sampleProvenance, blocks };
}

function csvOf(...blocks: Block[]): string {
  return strFromU8(renderCsv(documentOf(...blocks)).content);
}

describe('tables as CSV', () => {
  it('write values in one way whatever the language: decimals with a point, ISO dates, status by name, nothing where nothing is known', () => {
    const columns = [column('Ziel'), column('Anteil', 'percent', { unit: '%' }), column('In Zeit'), column('Seit', 'date'), column('Status', 'status'), column('Zahl', 'number')];
    const text = csvOf(section('Ziele', [table(columns, [[words('P1'), percent('93.54'), ratio(29, 31), date('2026-01-01'), statusCell('below'), count(1234567)], [words('P2'), unknown('keine Daten'), unknown(), unknown(), statusCell('too-small'), unknown()]])]));
    assert.equal(text, 'Ziel,Anteil (%),In Zeit,"In Zeit, von",Seit,Status,Zahl\r\nP1,93.54,29,31,2026-01-01,below,1234567\r\nP2,,,,,too-small,\r\n');
  });

  it('quote what would end a field', () => {
    assert.equal(csvOf(table([column('a, b')], [[words('say "hi"')], [words('x;y')]])), '"a, b"\r\n"say ""hi"""\r\nx;y\r\n');
  });

  it('put an apostrophe before text that a spreadsheet would take for a formula, and not before numbers', () => {
    const rows = ["=cmd|' /C calc'!A0", '+1', '-1', '@x', '＝1', 'a=b'].map((text) => [words(text), percent('-0.5')]);
    const lines = csvOf(table([column('Text'), column('Number', 'percent')], rows)).split('\r\n').slice(1, -1);
    assert.deepEqual(lines, ["'=cmd|' /C calc'!A0,-0.5", "'+1,-0.5", "'-1,-0.5", "'@x,-0.5", "'＝1,-0.5", 'a=b,-0.5']);
  });

  it('are one file for one table, and for several a zip with a file for each in the order of the document', () => {
    const one = section('Größe & Zahl', [table([column('a')], [[words('1')]])]);
    assert.deepEqual([csvEnding(documentOf(one)), documentFileName(documentOf(one), 'csv')], ['csv', 'd.csv']);
    const two = documentOf(one, section('../../etc', [table([column('b')], [[words('2')]])]));
    assert.deepEqual([csvEnding(two), documentFileName(two, 'csv')], ['csv.zip', 'd.csv.zip']);
    const files = unzipSync(renderCsv(two).content);
    assert.deepEqual(Object.entries(files).map(([name, content]) => [name, strFromU8(content)]), [['1-größe-zahl.csv', 'a\r\n1\r\n'], ['2-etc.csv', 'b\r\n2\r\n']]);
    assert.deepEqual(renderCsv(two).content, renderCsv(two).content);
  });

  it('hold the numbers of every figure and heat map', () => {
    const files = Object.values(unzipSync(renderCsv(sampleDocument()).content)).map((content) => strFromU8(content));
    assert.ok(files.some((text) => text.startsWith('Clause,Declared: gap,Declared: accepted until a date,')));
    assert.ok(files.some((text) => text.includes('Waiting for SkyNet Hosting,20\r\n')));
  });
});
