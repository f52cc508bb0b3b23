import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { strToU8, zipSync } from 'fflate';
import { readJsonLines } from '../../server/measurement/formats/json.ts';
import type { Row } from '../../server/measurement/formats/rows.ts';
import { parquetOf, workbookOf } from '../support/made-files.ts';
import { figureOf, measured, MeasuredProject } from './measured-project.ts';
import { sharedData } from './shared-data.ts';

const asOf = '2026-04-10';

/** Counts incidents, and those restored within an hour, in March 2026. */
function counting(file: string, facts = '', columns = { key: 'id', opened: 'opened', restored: 'restored' }): string {
  return `metric n { from tickets value count every month }
metric quick { from tickets value share of restored - opened <= 1h every month }
source tickets of incident from "${file}" {
  dates iso in UTC
  key "${columns.key}"
  map opened = "${columns.opened}"
  map restored = "${columns.restored}"
${facts}
}
`;
}

const records = [
  { id: 'A,1', opened: '2026-03-02T09:00:00', restored: '2026-03-02T09:30:00' },
  { id: 'B "2"', opened: '2026-03-03T09:00:00', restored: '2026-03-03T11:00:00' },
];

/** A workbook of two sheets: notes first, the records in “Tickets”. */
function workbook(): Uint8Array {
  return workbookOf({ Notes: [['note'], ['Made by hand']], Tickets: [['id', 'opened', 'restored'], ...records.map(({ id, opened, restored }) => [id, opened, restored])] });
}

const eventLog = `<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1.0"><string key="concept:name" value="Tickets"/>
${records.map(({ id, opened, restored }) => `<trace><string key="concept:name" value="${id.replaceAll('"', '&quot;')}"/><list key="left-out"><values><string key="x" value="1"/></values></list>
<event><string key="concept:name" value="Opened"/><date key="time:timestamp" value="${opened}Z"/></event>
<event><string key="concept:name" value="Restored"><string key="by" value="anna"/></string><date key="time:timestamp" value="${restored}Z"/></event></trace>`).join('\n')}
</log>`;

function parquet(): Promise<Uint8Array> {
  const rows = records.map(({ id, opened, restored }) => `('${id}', TIMESTAMP '${opened}', TIMESTAMPTZ '${restored}+00', 12345678901234567890::HUGEINT)`).join(', ');
  return parquetOf(`SELECT * FROM (VALUES ${rows}) t(id, opened, restored, number)`);
}

describe('data of other formats', function () {
  this.timeout(60_000);

  const lines = records.map((record) => JSON.stringify(record)).join('\n');
  const formats: Readonly<Record<string, () => Promise<readonly [string, Uint8Array | string, string?]>>> = {
    'JSON Lines': async () => ['tickets.jsonl', `${lines}\n`],
    'JSON Lines with a byte order mark, blank lines and CR LF': async () => ['tickets.jsonl', `\uFEFF${lines.replace('\n', '\r\n\r\n')}`],
    'JSON Lines in gzip': async () => ['tickets.jsonl.gz', gzipSync(lines)],
    'a JSON list': async () => ['tickets.json', JSON.stringify(records, undefined, 2)],
    'a JSON list on one line': async () => ['tickets.json', JSON.stringify(records)],
    'JSON that holds a list': async () => ['tickets.json', JSON.stringify({ total: 2, issues: records })],
    'a spreadsheet, by the name of a sheet': async () => ['tickets.xlsx', workbook(), '  sheet "Tickets"'],
    'Parquet': async () => ['tickets.parquet', await parquet()],
  };
  for (const [name, content] of Object.entries(formats)) {
    it(`reads ${name}`, async () => {
      const [file, bytes, facts] = await content();
      const result = await measured(counting(file, facts), { [file]: bytes }, asOf);
      assert.deepEqual(result.findings.map(({ message }) => message), []);
      assert.deepEqual([figureOf(result, 'n', '2026-03').value, figureOf(result, 'quick', '2026-03').value], ['2', '50']);
      assert.deepEqual(result.sources.map(({ rows, files }) => [rows, files]), [[2, [file]]]);
    });
  }

  for (const [name, file, bytes] of [['an event log', 'tickets.xes', eventLog], ['an event log in gzip', 'tickets.xes.gz', gzipSync(eventLog)]] as const) {
    it(`reads ${name}: events with what their trace says`, async () => {
      const text = `metric n { from tickets value count every month }
metric quick { from tickets value share of restored - opened <= 1h every month }
source tickets of incident from "${file}" {
  dates iso
  history by "case:concept:name" at "time:timestamp"
  map opened = first time column "concept:name" = "Opened"
  map restored = last time column "concept:name" = "Restored"
}
`;
      const result = await measured(text, { [file]: bytes }, asOf);
      assert.deepEqual(result.findings.map(({ message }) => message), []);
      assert.deepEqual([figureOf(result, 'n', '2026-03').value, figureOf(result, 'quick', '2026-03').value], ['2', '50']);
    });
  }

  it('names what JSON nests with dots, takes columns that come late, and keeps long numbers as they are', async () => {
    const nested = [
      { key: 12345678901234567890n.toString(), fields: { created: '2026-03-02T09:00:00Z' } },
      { key: '2', fields: { created: '2026-03-03T09:00:00Z', resolution: { date: '2026-03-03T11:00:00Z' }, labels: ['x', 'y'] } },
    ];
    const bytes = nested.map((record) => JSON.stringify(record)).join('\n').replace('"12345678901234567890"', '12345678901234567890');
    const result = await measured(counting('t.jsonl', '', { key: 'key', opened: 'fields.created', restored: 'fields.resolution.date' }), { 't.jsonl': bytes }, asOf);
    assert.deepEqual(result.findings.map(({ message }) => message), []);
    assert.deepEqual([figureOf(result, 'n', '2026-03').value, figureOf(result, 'quick', '2026-03').value, figureOf(result, 'quick', '2026-03').denominator], ['2', '0', '1']);
    const folder = mkdtempSync(join(tmpdir(), 'itsms-json-'));
    try {
      writeFileSync(join(folder, 't.jsonl'), bytes);
      const rows: Row[] = [];
      for await (const row of readJsonLines(join(folder, 't.jsonl'), false, new AbortController().signal)) rows.push(row);
      assert.deepEqual(rows.map((row) => ('cells' in row ? [...row.cells] : row.odd)), [
        [['key', '12345678901234567890'], ['fields.created', '2026-03-02T09:00:00Z']],
        [['key', '2'], ['fields.created', '2026-03-03T09:00:00Z'], ['fields.resolution.date', '2026-03-03T11:00:00Z'], ['fields.labels', '["x","y"]']],
      ]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  const wrong: Readonly<Record<string, readonly [string, Uint8Array | string, RegExp, string?]>> = {
    'a line that is no JSON': ['t.jsonl', `${lines}\n{"id": \n[1]\n`, /2 entries of t\.jsonl could not be read as records and were left out: line 3 is no JSON object; line 4 is no JSON object\./],
    'JSON without a list': ['t.json', '{\n "a": 1\n}', /t\.json is JSON without a list of objects/],
    'JSON that is cut off': ['t.json', JSON.stringify(records, undefined, 1).slice(0, -20), /t\.json is not valid JSON/],
    'an archive that is no spreadsheet': ['t.xlsx', zipSync({ 'a.txt': strToU8('hello') }), /t\.xlsx is an archive, but no spreadsheet that can be read/],
    'a sheet that is not there': ['t.xlsx', workbook(), /t\.xlsx has no sheet “Incidents”; it has “Notes”, “Tickets”/, '  sheet "Incidents"'],
    'a broken Parquet file': ['t.parquet', Buffer.from('PAR1 and nothing else'), /t\.parquet is a Parquet file that cannot be read/],
    'an event log that is cut off': ['t.xes', eventLog.slice(0, 400), /t\.xes is not well-formed XML/],
    'an event log with a document type': ['t.xes', eventLog.replace('<log', '<!DOCTYPE log [<!ENTITY a "b">]>\n<log'), /t\.xes declares a document type/],
  };
  for (const [name, [file, bytes, message, facts]] of Object.entries(wrong)) {
    it(`says what is wrong with ${name}`, async () => {
      const result = await measured(counting(file, facts), { [file]: bytes }, asOf);
      const told = result.findings.filter((finding) => message.test(finding.message));
      assert.equal(told.length, 1, result.findings.map((finding) => finding.message).join('\n'));
    });
  }

  it('makes a table once for the same file, and leaves nothing behind without a cache', async () => {
    const project = new MeasuredProject(counting('tickets.jsonl'), { 'tickets.jsonl': lines });
    const cacheFolder = mkdtempSync(join(tmpdir(), 'itsms-cache-'));
    try {
      const first = await project.measure(asOf, { cacheFolder });
      const second = await project.measure(asOf, { cacheFolder });
      assert.deepEqual(second.figures, first.figures);
    } finally {
      project.remove();
      rmSync(cacheFolder, { recursive: true, force: true });
    }
  });

  it('reads the closed problems of BPI Challenge 2013 alike from text and from the event log', async function () {
    const folder = sharedData('tickets-bpic2013-closed-problems');
    if (folder === undefined) {
      console.log('      ../shared/data/tickets-bpic2013-closed-problems is not there');
      this.skip();
    }
    const csv = readFileSync(join(folder, 'VINST cases closed problems.csv'));
    const xes = readFileSync(join(folder, 'bpic2013_closed_problems.xes.gz'));
    const model = `metric from-text { from text value count every year }
metric from-log { from log value count every year }
source text of problem from "problems.csv" {
  encoding latin-1
  dates iso
  history by "Problem Number" at "Problem Change Date+Time"
  map opened = first time column "Problem Number" is not empty
}
source log of problem from "problems.xes.gz" {
  dates iso
  history by "case:concept:name" at "time:timestamp"
  map opened = first time column "case:concept:name" is not empty
}
`;
    const result = await measured(model, { 'problems.csv': csv, 'problems.xes.gz': xes }, '2013-01-10', { periods: 8 });
    const [text, log] = result.sources;
    assert.deepEqual([text?.rows, log?.rows], [6660, 6660]);
    assert.deepEqual([text?.records, log?.records], [1487, 1487]);
    for (const year of ['2010', '2011', '2012']) assert.equal(figureOf(result, 'from-log', year).value, figureOf(result, 'from-text', year).value, year);
  });
});
