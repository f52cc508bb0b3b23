import assert from 'node:assert/strict';
import { gzipSync } from 'node:zlib';
import type { Measurements } from '../../server/measurement/figure.ts';
import { figureOf, measured, MeasuredProject } from './measured-project.ts';

/** Whatever is wrong with data is a finding with counts and samples; nothing is dropped without a word, and no figure is shown as right that is not. */
const asOf = '2026-04-10';

function model(facts: string, file = 'tickets.csv'): string {
  return `priority P1
priority P2
metric n { from tickets value count every month }
metric late { from tickets value share of restored - opened <= 1h target >= 90% every month }
metric hours { from tickets value mean of restored - opened target <= 1h every month }
source tickets of incident from "${file}" {
  ${facts}
  map opened
  map restored
  map priority = prio { "1 - Critical" = P1  "2 - High" = P2 }
}
`;
}

const plain = model('dates iso in UTC\n  key id');
const header = 'id,opened,restored,prio\n';
const good = (count: number, from = 0): string => Array.from({ length: count }, (_, index) => `T${from + index},2026-03-${String((index % 28) + 1).padStart(2, '0')} 09:00,2026-03-${String((index % 28) + 1).padStart(2, '0')} 09:30,1 - Critical\n`).join('');

const found = ({ findings }: Measurements): readonly (readonly [string, string])[] => findings.map(({ code, message }) => [code, message] as const);

describe('bad input', function () {
  this.timeout(120_000);

  it('dates that are read with day and month exchanged: some of them are no dates', async () => {
    const rows = ['01/03/2026', '02/03/2026', '13/03/2026', '31/03/2026'].map((date, index) => `T${index},${date} 09:00,${date} 09:30,1 - Critical\n`).join('');
    const result = await measured(model('dates "MM/dd/yyyy HH:mm" in UTC\n  key id'), { 'tickets.csv': header + rows }, asOf);
    assert.deepEqual(found(result)[0], ['date-format', '2 of 4 records of tickets have a value of “opened” that is no date under “MM/dd/yyyy HH:mm”, and all of them are dates when day and month are exchanged: “13/03/2026 09:00” (T2), “31/03/2026 09:00” (T3). 2 other different values can be read both ways, so none of these dates can be trusted.']);
  });

  it('dates that are read with day and month exchanged: all of them are dates', async () => {
    // The first twelve days of two months.
    const dates = ['02', '03'].flatMap((month) => Array.from({ length: 12 }, (_, index) => `${month}/${String(index + 1).padStart(2, '0')}/2026`));
    const rows = (of: readonly string[]): string => of.map((date, index) => `T${index},${date} 09:00,${date} 09:30,1 - Critical\n`).join('');
    const text = model('dates "dd/MM/yyyy HH:mm" in UTC\n  key id');
    const result = await measured(text, { 'tickets.csv': header + rows(dates) }, '2027-04-10');
    assert.deepEqual(found(result).filter(([code]) => code === 'date-format'), [['date-format', 'All 24 different days of “opened” of tickets are days up to the 12th, such as 2026-02-01, 2026-03-01, 2026-02-02: under “dd/MM/yyyy HH:mm” that is most unlikely, and with day and month exchanged they can be read as well. Are they the other way round?'.replace('2026-02-01, 2026-03-01, 2026-02-02', '2026-01-02, 2026-01-03, 2026-02-02')]]);
    // Those of one month may be all there are.
    assert.deepEqual(found(await measured(text, { 'tickets.csv': header + rows(dates.slice(0, 12)) }, '2027-04-10')), []);
    // One day after the twelfth says that it is right.
    assert.deepEqual(found(await measured(text, { 'tickets.csv': header + rows([...dates, '13/03/2026']) }, '2026-04-10')).filter(([code]) => code === 'date-format'), []);
  });

  it('impossible dates, and those of a year that nobody means', async () => {
    const result = await measured(plain, { 'tickets.csv': `${header}${good(2)}A,2026-02-30 09:00,2026-03-01 09:00,1 - Critical\nB,2026-03-02 09:00,2026-03-02 25:00,1 - Critical\nC,2026-03-02 09:00,9999-12-31 00:00,1 - Critical\nD,1970-01-01 00:00,2026-03-02 09:00,1 - Critical\n` }, asOf);
    assert.deepEqual(found(result), [
      ['data-unreadable', '1 of 6 records of tickets have a value of “opened” that is no date under “iso”: “2026-02-30 09:00” (A). It is unknown for them.'],
      ['data-unreadable', '2 of 6 records of tickets have a value of “restored” that is no date under “iso”: “2026-03-02 25:00” (B), “9999-12-31 00:00” (C). It is unknown for them.'],
      ['data-time', '1 of 6 records of tickets have a time of “opened” that nobody means: 1970-01-01 (D). If it stands for no time, say so with “empty”.'],
      ['data-time', '1 of 6 records of tickets have no “opened” that can be read, so they count in no period.'],
    ]);
    const hours = figureOf(result, 'hours', '2026-03');
    assert.deepEqual([hours.verdict, hours.excluded], ['unknown', [{ reason: 'value missing', amount: '2' }]]);
  });

  it('ends before beginnings', async () => {
    const result = await measured(plain, { 'tickets.csv': `${header}${good(2)}A,2026-03-02 09:00,2026-03-01 09:00,1 - Critical\n,2026-03-02 09:00,2026-03-02 08:59,1 - Critical\n` }, asOf);
    assert.deepEqual(found(result).filter(([code]) => code === 'data-order'), [['data-order', '2 of 4 records of tickets have “restored” before “opened”: A (2026-03-01 09:00 before 2026-03-02 09:00), row 4 (2026-03-02 08:59 before 2026-03-02 09:00). It is unknown how long they took.']]);
    const late = figureOf(result, 'late', '2026-03');
    assert.deepEqual([late.numerator, late.denominator, late.excluded, late.verdict], ['2', '2', [{ reason: 'value missing', amount: '2' }], 'unknown']);
  });

  it('rows without a key', async () => {
    const data = { 'tickets.csv': `${header}${good(2)},2026-03-02 09:00,2026-03-02 09:10,1 - Critical\n,2026-03-03 09:00,2026-03-03 09:10,1 - Critical\n` };
    const result = await measured(plain, data, asOf);
    assert.deepEqual(found(result), [['data-key', '2 of 4 rows of tickets have no key (row 3, 4).']]);
    assert.equal(figureOf(result, 'n', '2026-03').value, '4');
    const history = await measured(model('dates iso in UTC\n  history by id at restored\n  keep last'), data, asOf);
    assert.deepEqual(found(history), [['data-key', '2 of 4 rows of tickets have no key (row 3, 4): they were left out.']]);
  });

  it('keys on several rows, which contradict each other or not', async () => {
    const result = await measured(plain, { 'tickets.csv': `${header}${good(3)}T0,2026-03-01 09:00,2026-03-02 09:00,2 - High\nT1,2026-03-02 09:00,,1 - Critical\nT2,2026-03-03 09:00,2026-03-03 09:30,1 - Critical\n` }, asOf);
    assert.deepEqual(found(result), [['data-key', '3 keys of tickets stand on more than one row (T0 on 2, T1 on 2, T2 on 2): each row counts as a record. Of 2 the rows contradict each other (T0, T1), in “restored” (2), “priority” (1). Say “keep first”, “keep last” or “keep all”, or “history by … at …”.']]);
    const same = await measured(plain, { 'tickets.csv': `${header}${good(2)}${good(2)}` }, asOf);
    assert.match(found(same)[0]![1], /: each row counts as a record\. They say the same\. Say /);
  });

  it('rows of a history that differ where nobody said which counts', async () => {
    const text = 'source tickets of incident from "tickets.csv" {\n  dates iso in UTC\n  history by id at at\n  map opened\n  map cause = why\n  map reassignments = changes of why\n}\n';
    const data = { 'tickets.csv': 'id,at,opened,why\nA,2026-03-02 09:00,2026-03-02 09:00,disk\nA,2026-03-02 10:00,2026-03-02 09:00,net\nB,2026-03-02 09:00,2026-03-02 09:00,\nB,2026-03-02 10:00,2026-03-02 09:00,net\nC,2026-03-02 09:00,2026-03-02 09:00,net\n' };
    const result = await measured(text, data, asOf);
    assert.deepEqual(found(result), [['data-history', 'Of 3 records of tickets some differ from row to row: “cause” (of 2). The last row counts; say “keep last”, or “keep first” if the first one should.']]);
    assert.deepEqual(result.findings[0]!.fixes.map(({ edits }) => (edits[0] as { text?: string }).text), ['keep last', 'keep first']);
    assert.deepEqual(found(await measured(text.replace('at at', 'at at\n  keep first'), data, asOf)), []);
  });

  it('priorities that nobody has mapped', async () => {
    const result = await measured(plain, { 'tickets.csv': `${header}${good(2)}A,2026-03-02 09:00,2026-03-02 09:10,Urgent\nB,2026-03-02 09:00,2026-03-02 09:10,Urgent\nC,2026-03-02 09:00,2026-03-02 09:10,3 - Low\n` }, asOf);
    assert.deepEqual(found(result), [['data-unknown-value', '3 of 5 records of tickets have a value of “priority” that is not in its table: “Urgent” (2), “3 - Low” (1). It is unknown for them.']]);
  });

  it('marks that mean that nothing is there', async () => {
    const result = await measured(plain, { 'tickets.csv': `${header}${good(2)}A,2026-03-02 09:00,?,1 - Critical\nB,2026-03-02 09:00,n/a,1 - Critical\n` }, asOf);
    assert.deepEqual(found(result), [['data-unreadable', '2 of 4 records of tickets have a value of “restored” that is no date under “iso”: “?” (A), “n/a” (B). It is unknown for them. If they mean that nothing is there, say so: “empty "?", "n/a"”.']]);
    assert.deepEqual(result.findings[0]!.fixes[0]?.edits, [{ kind: 'addFact', place: { entity: 'Source:tickets' }, text: 'empty "?", "n/a"' }]);
    assert.deepEqual(found(await measured(plain.replace('key id', 'key id\n  empty "?", "n/a"'), { 'tickets.csv': `${header}${good(2)}A,2026-03-02 09:00,?,1 - Critical\n` }, asOf)), []);
  });

  it('a column that vanishes in one of the files', async () => {
    const text = model('dates iso in UTC\n  key id', 't-*.csv');
    const files = { 't-1.csv': header + good(2), 't-2.csv': `id,opened,prio\nA,2026-03-02 09:00,1 - Critical\n`, 't-3.csv': header + good(2, 10) };
    const result = await measured(text, files, asOf);
    assert.deepEqual(found(result), [['data-file', 't-2.csv has no column “restored”, which other files of tickets have: it was left out.']]);
    assert.equal(figureOf(result, 'n', '2026-03').value, '4');
  });

  it('a file that is written while it is read', async () => {
    const project = new MeasuredProject(plain, { 'tickets.csv': header + good(2) });
    try {
      let written = false;
      const result = await project.measure(asOf, {
        progress: () => {
          if (!written) project.write('tickets.csv', header + good(3));
          written = true;
        },
      });
      assert.deepEqual(found(result), [['data-file', 'tickets.csv changed while it was read, so figures from it may be wrong: measure again.']]);
    } finally {
      project.remove();
    }
  });

  const endless = Buffer.alloc(100 * 1024 * 1024, 'x');
  for (const [where, content] of [
    ['after the header row', Buffer.concat([Buffer.from(`${header}A,`), endless])],
    ['as all there is', endless],
    ['packed', gzipSync(Buffer.concat([Buffer.from(`${header}A,`), endless]), { level: 1 })],
  ] as const) {
    it(`100 MB of one line, ${where}`, async () => {
      const before = process.memoryUsage().rss;
      const result = await measured(plain, { 'tickets.csv': content }, asOf);
      assert.deepEqual(found(result), [['data-file', 'tickets.csv has a line longer than 1 MiB: this is not an export of records, or its line ends are missing.']]);
      assert.equal(figureOf(result, 'n', '2026-03').verdict, 'unknown');
      assert.ok(process.memoryUsage().rss - before < 100 * 1024 * 1024, 'it is not held in memory');
    });
  }

  it('data that ends long before the day', async () => {
    const result = await measured(plain, { 'tickets.csv': header + good(28) }, '2026-08-10');
    assert.deepEqual(found(result), [['data-stale', 'The last record of tickets is of 2026-03-28, 135 days before 2026-08-10, and before that they never were more than a day apart: is the export stale? Export anew, or say up to when it is complete.']]);
    assert.deepEqual([figureOf(result, 'n', '2026-07').value, figureOf(result, 'n', '2026-07').reason], [undefined, 'The last record of tickets is of 2026-03-28']);
    assert.deepEqual(found(await measured(plain.replace('key id', 'key id\n  complete until 2026-07-31'), { 'tickets.csv': header + good(28) }, '2026-08-10')), []);
    // Rare records are no sign of anything: ten days of them, each a month after the other.
    const rare = Array.from({ length: 24 }, (_, index) => `T${index},202${Math.floor(index / 12) + 4}-${String((index % 12) + 1).padStart(2, '0')}-15 09:00,,1 - Critical\n`).join('');
    assert.deepEqual(found(await measured(plain, { 'tickets.csv': header + rare }, '2026-02-20')), []);
  });

  it('days where hours are counted, and times of another world', async () => {
    const days = Array.from({ length: 24 }, (_, index) => `T${index},2026-03-${String((index % 28) + 1).padStart(2, '0')},2026-03-${String((index % 28) + 2).padStart(2, '0')},1 - Critical\n`).join('');
    const result = await measured(plain.replace('in UTC', 'in Europe/London'), { 'tickets.csv': header + days }, asOf);
    assert.deepEqual(result.findings.map(({ severity, message }) => [severity, message]), [['information', '“opened” and “restored” of tickets are days without a time of day, in all 24 records: what took less than a day cannot be told, nor which hours were working hours.']]);
    const long = await measured(plain, { 'tickets.csv': `${header}A,2019-03-01 09:00,2026-03-02 09:00,1 - Critical\n${good(24)}` }, asOf);
    assert.deepEqual(long.findings.map(({ severity, code }) => [severity, code]), [['information', 'data-length']]);
    assert.match(long.findings[0]!.message, /took from 30.min to 2,558 days, half of them up to 30.min; 1 of 25 took more than a year: A \(2019-03-01 to 2026-03-02\)\. /);
  });
});
