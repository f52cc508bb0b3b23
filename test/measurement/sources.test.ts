import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { findingsOf, figureOf, measured, MeasuredProject } from './measured-project.ts';

/** A model that counts the records of one source in March 2026. */
function counting(source: string): string {
  return `service mail "Mail"
priority P1
priority P2
metric n { from tickets value count every month }
metric late { from tickets value share of restored - opened <= 1h every month }
source tickets of incident from "tickets.csv" {
${source}
}
`;
}

const plain = counting('  dates iso in UTC\n  key id\n  map opened = opened\n  map restored = restored');
const rows = 'id,opened,restored\nA,2026-03-02 09:00,2026-03-02 09:30\nB,2026-03-03 09:00,2026-03-03 11:00\n';
const asOf = '2026-04-10';

describe('data files', () => {
  const utf16 = (text: string): Buffer => Buffer.from(`\uFEFF${text}`, 'utf16le');
  const readable: Readonly<Record<string, readonly [string, Uint8Array | string]>> = {
    'UTF-8': ['', rows],
    'UTF-8 with a byte order mark': ['', `\uFEFF${rows}`],
    'UTF-16, little end first': ['', utf16(rows)],
    'UTF-16, big end first': ['', utf16(rows).swap16()],
    'gzip': ['', gzipSync(rows)],
    'semicolons and CR LF': ['', rows.replaceAll(',', ';').replaceAll('\n', '\r\n')],
    'tabs': ['', rows.replaceAll(',', '\t')],
    'a declared separator': ['  separator "#"', rows.replaceAll(',', '#')],
    'quotes, blank lines and line breaks in cells': ['', 'id,opened,restored,"notes, long"\n"A","2026-03-02 09:00","2026-03-02 09:30","one\ntwo ""three"""\n\nB , 2026-03-03 09:00,2026-03-03 11:00,\n'],
    'declared Latin-1': ['  encoding latin-1', Buffer.from(`${rows.replace('id', 'id').replace('A,', 'Ä,')}`, 'latin1')],
    'UTF-16 in gzip': ['', gzipSync(utf16(rows))],
  };
  for (const [name, [facts, content]] of Object.entries(readable)) {
    it(`reads ${name}`, async () => {
      const result = await measured(plain.replace('  dates', `${facts}\n  dates`), { 'tickets.csv': content }, asOf);
      assert.deepEqual(result.findings.map(({ message }) => message), []);
      assert.deepEqual([figureOf(result, 'n', '2026-03').value, figureOf(result, 'late', '2026-03').value], ['2', '50']);
      assert.deepEqual(result.sources.map(({ rows: count, records, from, to }) => [count, records, from, to]), [[2, 2, '2026-03-02', '2026-03-03']]);
    });
  }

  const wrong: Readonly<Record<string, { readonly file?: string; readonly from?: string; readonly content?: Uint8Array | string; readonly facts?: string; readonly message: RegExp; readonly at?: string }>> = {
    'a missing file': { from: 'absent.csv', message: /absent\.csv/ },
    'a pattern without files': { from: 'data/*.csv', message: /No file matches “data\/\*\.csv”/ },
    'a file outside the project': { from: '../tickets.csv', message: /outside|project/ },
    'an absolute path': { from: '/etc/passwd', message: /outside|project/ },
    'an empty file': { content: '', message: /tickets\.csv is empty/ },
    'a binary file': { content: Buffer.from([1, 2, 0, 3, 4, 5, 200, 0, 0, 9]), message: /tickets\.csv is a binary file/ },
    'a spreadsheet': { content: Buffer.concat([Buffer.from('PK\u0003\u0004'), Buffer.alloc(100, 7)]), message: /tickets\.csv is an archive, but no spreadsheet that can be read: export it as CSV/ },
    'a damaged gzip file': { content: Buffer.concat([Buffer.from([0x1f, 0x8b, 8, 0]), Buffer.alloc(50, 99)]), message: /tickets\.csv is not a valid gzip file/ },
    'a line without end': { content: `id,opened,restored\nA,${'x'.repeat(3_000_000)},\n`, message: /tickets\.csv has a line longer than 1 MiB/ },
    'a wrong header row': { content: 'number;when;done\n1;2;3\n', message: /The header row of tickets\.csv has none of the columns that tickets names; it begins with “number”, “when”, “done”/ },
    'no header row': { content: 'A,2026-03-02 09:00,2026-03-02 09:30\nB,2026-03-02 09:00,2026-03-02 09:30\n', message: /has none of the columns/ },
    'a repeated column': { content: 'id,opened,opened,restored\nA,1,2,3\n', message: /has the column “opened” more than once/ },
    'bytes that are not UTF-8': { content: Buffer.from(rows.replace('A,', 'Ä,'), 'latin1'), message: /is not UTF-8\. It was read as Latin-1/ },
    'a wrongly declared encoding': { facts: 'encoding utf-8', content: Buffer.from(rows.replace('A,', 'Ä,'), 'latin1'), message: /is not UTF-8, as “encoding utf-8” says/ },
    'an unknown encoding': { facts: 'encoding latin1x', content: rows, message: /The encoding “latin1x” is not known/, at: 'latin1x' },
    'a file without rows': { content: 'id,opened,restored\n', message: /hold no rows/ },
  };
  for (const [name, { from = 'tickets.csv', content, facts = '', message, at }] of Object.entries(wrong)) {
    it(`gives one finding for ${name}, at the text that names it`, async () => {
      const text = plain.replace('"tickets.csv"', `"${from}"`).replace('  dates', `  ${facts}\n  dates`);
      const result = await measured(text, content === undefined ? {} : { 'tickets.csv': content }, asOf);
      const findings = findingsOf(result, text);
      assert.equal(findings.length, 1, JSON.stringify(findings));
      assert.match(findings[0]!.message, message);
      assert.equal(findings[0]!.at, at ?? `"${from}"`);
    });
  }

  it('does not follow a link out of the project', async () => {
    const outside = new MeasuredProject('', { 'secret.csv': rows });
    const project = new MeasuredProject(plain);
    try {
      symlinkSync(join(outside.folder, 'secret.csv'), join(project.folder, 'tickets.csv'));
      const { findings, sources } = await project.measure(asOf);
      assert.equal(findings.length, 1);
      assert.match(findings[0]!.message, /tickets\.csv/);
      assert.equal(sources[0]!.records, 0);
    } finally {
      project.remove();
      outside.remove();
    }
  });

  it('leaves out the one file of several that lacks a column', async () => {
    const text = plain.replace('"tickets.csv"', '"t-*.csv"');
    const result = await measured(text, { 't-1.csv': rows, 't-2.csv': 'id,opened\nC,2026-03-02 09:00\n', 't-3.csv': 'restored,id,opened\n2026-03-02 09:30,D,2026-03-02 09:00\n' }, asOf);
    assert.deepEqual(findingsOf(result, text).map(({ message, at }) => [message, at]), [['t-2.csv has no column “restored”, which other files of tickets have: it was left out.', '"t-*.csv"']]);
    assert.equal(figureOf(result, 'n', '2026-03').value, '3');
  });

  it('gives every column a name of its own, however the header row calls it', async () => {
    const text = counting('  dates iso in UTC\n  key id\n  map opened = Opened\n  map restored = "Date (2)"\n  where "column 5" = "yes" and status = "Done" and Status = "x"');
    const content = 'id,Opened,Date,Date,,status,Status\nA,2026-03-02 09:00,never,2026-03-02 09:30,yes,Done,x\nB,2026-03-03 09:00,never,2026-03-03 11:00,no,Done,x\n';
    const result = await measured(text, { 'tickets.csv': content }, asOf);
    assert.deepEqual(result.findings.map(({ message }) => message), []);
    assert.deepEqual([figureOf(result, 'n', '2026-03').value, figureOf(result, 'late', '2026-03').value], ['1', '100']);
  });

  it('tells of a file that changes while it is read, and remembers nothing of it', async () => {
    const project = new MeasuredProject(plain, { 'tickets.csv': rows });
    const cacheFolder = mkdtempSync(join(tmpdir(), 'itsms-cache-'));
    try {
      let written = false;
      const result = await project.measure(asOf, {
        cacheFolder,
        progress: () => {
          if (!written) project.write('tickets.csv', `${rows}C,2026-03-04 09:00,2026-03-04 09:10\n`);
          written = true;
        },
      });
      assert.deepEqual(result.findings.map(({ message }) => message), ['tickets.csv changed while it was read, so figures from it may be wrong: measure again.']);
      const again = await project.measure(asOf, { cacheFolder });
      assert.deepEqual(again.findings, []);
      assert.equal(figureOf(again, 'n', '2026-03').value, '3');
    } finally {
      project.remove();
      rmSync(cacheFolder, { recursive: true, force: true });
    }
  });

  it('counts rows that do not fit their header row', async () => {
    const result = await measured(plain, { 'tickets.csv': `${rows}C,2026-03-02 09:00\nD,1,2,3,4\n` }, asOf);
    assert.deepEqual(result.findings.map(({ message }) => message), ['2 rows of tickets.csv do not fit its header row and were left out, the first at line 4.']);
    assert.equal(figureOf(result, 'n', '2026-03').value, '2');
  });
});

describe('values', () => {
  it('counts what is no date and shows the first rows', async () => {
    const text = plain.replace('dates iso', 'dates "dd-MM-yyyy HH:mm"');
    const result = await measured(text, { 'tickets.csv': 'id,opened,restored\nA,02-03-2026 09:00,soon\nB,03-03-2026 09:00,03-03-2026 09:30\nC,03-03-2026 09:00,later\n' }, asOf);
    assert.deepEqual(findingsOf(result, text), [{ code: 'data-unreadable', message: '2 of 3 records of tickets have a value of “restored” that is no date under “dd-MM-yyyy HH:mm”: “later” (C), “soon” (A). It is unknown for them.', at: 'restored' }]);
    const late = figureOf(result, 'late', '2026-03');
    assert.deepEqual([late.numerator, late.denominator, late.excluded], ['1', '1', [{ reason: 'value missing', amount: '2' }]]);
  });

  it('finds a format that takes months for minutes, as some tools write them', async () => {
    const text = plain.replace('dates iso in UTC', 'dates "dd/mm/yyyy HH:MM" in UTC');
    const result = await measured(text, { 'tickets.csv': 'id,opened,restored\nA,03/04/2026 10:05,03/04/2026 10:06\n' }, asOf);
    const finding = result.findings.find(({ code }) => code === 'date-format')!;
    assert.match(finding.message, /takes months for minutes: MM is the month, mm the minute/);
    assert.equal(finding.fixes[0]?.title, 'Change to "dd/MM/yyyy HH:mm"');
    assert.ok(result.figures.every(({ verdict }) => verdict === 'unknown'));
  });

  it('finds a format that takes days for months', async () => {
    const text = plain.replace('dates iso', 'dates "MM-dd-yyyy HH:mm"');
    const result = await measured(text, { 'tickets.csv': 'id,opened,restored\nA,02-03-2026 09:00,02-03-2026 10:00\nB,28-03-2026 09:00,28-03-2026 09:30\n' }, asOf);
    const [finding] = findingsOf(result, text).filter(({ code }) => code === 'date-format');
    assert.match(finding!.message, /all of them are dates when day and month are exchanged: “28-03-2026 09:00” \(B\)\. 1 other different values can be read both ways/);
    assert.equal(finding!.at, '"MM-dd-yyyy HH:mm"');
  });

  it('reports local times that occur twice or never', async () => {
    const text = plain.replace('in UTC', 'in Europe/London');
    const result = await measured(text, { 'tickets.csv': 'id,opened,restored\nA,2026-03-29 01:30,2026-03-29 03:00\nB,2025-10-26 01:30,2025-10-26 03:00\n' }, asOf);
    assert.deepEqual(findingsOf(result, text).map(({ message }) => message), [
      '1 of 2 records of tickets have a time of “opened” in an hour that the clocks of Europe/London skip: “2026-03-29 01:30” (A). Is it the zone of this data?',
      '1 of 2 records of tickets have a time of “opened” in an hour that occurs twice in Europe/London, when the clocks go back: “2025-10-26 01:30” (B). The first of the two was taken.',
    ]);
  });

  it('takes offsets from the data, and asks for a zone where there are none', async () => {
    const text = plain.replace(' in UTC', '');
    const result = await measured(text, { 'tickets.csv': 'id,opened,restored\nA,2026-03-02T09:00:00+01:00,2026-03-02T08:30:00Z\nB,2026-03-02T09:00:00-05:00,2026-03-02T14:30Z\n' }, asOf);
    assert.deepEqual(result.findings, []);
    assert.equal(figureOf(result, 'late', '2026-03').value, '100');
    const naive = await measured(text, { 'tickets.csv': rows }, asOf);
    assert.deepEqual(naive.findings.map(({ code, message }) => [code, message]), [['data-time', 'Times of tickets say neither their offset nor their zone: they were read as UTC. Say “dates iso in Europe/London”, with your zone.']]);
  });

  it('reads many years by the zone of the data', async () => {
    const text = `${plain.replace('in UTC', 'in Europe/London')}`;
    const result = await measured(text, { 'tickets.csv': 'id,opened,restored\nA,1995-07-01 00:30,1995-07-01 01:00\nB,2026-07-01 00:30,2026-07-01 01:00\nC,2080-07-01 00:30,2080-07-01 01:00\n' }, '2026-08-10');
    assert.deepEqual(result.sources.map(({ from, to }) => [from, to]), [['1995-07-01', '2080-07-01']]);
    assert.deepEqual(result.findings, []);
  });

  it('reads hours that occur twice or never in the same way in all years', async () => {
    for (const [year, twice, never] of [['1996', '10-27', '03-31'], ['2008', '10-26', '03-30'], ['2024', '10-27', '03-31'], ['2050', '10-30', '03-27'], ['2060', '10-31', '03-28']] as const) {
      const text = `${plain.replace('in UTC', 'in Europe/London')}metric took { from tickets value max of restored - opened every year }`;
      const result = await measured(text, { 'tickets.csv': `id,opened,restored\nA,${year}-${twice} 01:30,${year}-${twice} 03:00\nB,${year}-${never} 01:30,${year}-${never} 03:00\n` }, '2064-11-10', { periods: 70 });
      // The first of two hours that are 01:30, so two and a half hours before three.
      assert.equal(figureOf(result, 'took', year).value, '9000', year);
      assert.deepEqual(result.findings.map(({ message }) => /^1 of 2 .* in an hour that (occurs twice|the clocks of Europe\/London skip)/u.exec(message)?.[1]).filter((found) => found !== undefined), ['the clocks of Europe/London skip', 'occurs twice'], year);
    }
  });

  it('counts unknown words of a value table and says which', async () => {
    const text = counting('  dates iso in UTC\n  key id\n  map opened = opened\n  map restored = opened\n  map priority = prio { "1 - Critical" = P1  "2 - High" = P2 }');
    const result = await measured(`${text}metric by-priority { from tickets value count every month by priority }`, { 'tickets.csv': 'id,opened,prio\nA,2026-03-02 09:00,1 - Critical\nB,2026-03-02 09:00,1 - Critcal\nC,2026-03-02 09:00,1 - Critcal\nD,2026-03-02 09:00,P2\nE,2026-03-02 09:00,\n' }, asOf);
    assert.deepEqual(findingsOf(result, text).map(({ code, message }) => [code, message]), [['data-unknown-value', '2 of 5 records of tickets have a value of “priority” that is not in its table: “1 - Critcal” (2). It is unknown for them; the table has “1 - Critical”.']]);
    assert.deepEqual([figureOf(result, 'by-priority', '2026-03', 'P1').value, figureOf(result, 'by-priority', '2026-03', 'P2').value], ['1', '1']);
  });

  it('cuts, joins, matches and looks up', async () => {
    const text = `priority P1
service mail
source people of incident from "people.csv" { dates iso in UTC  key id  map opened = since }
source tickets of incident from "tickets.csv" {
  dates "yyyy-MM-dd HH:mm" in UTC
  key id
  map opened = column "Opened day" + " " + column "Opened at"
  map classification = part 2 of path by "/"
  map assigned-to = match "<(.+)>" in assignee
  map cause = lookup team in people by person
  map due = opened + 4h
}
metric n { from tickets where classification = "Mail" and assigned-to = "anna" and cause = "Desk" and due = "2026-03-02 13:00" value count every month }
metric m { from tickets where "Opened day" = "2026-03-02" and region is one of "EU", "UK" and person is not empty and not (id ends with "9") and id matches "^A[0-9]$" value count }
`;
    const files = {
      'people.csv': 'id,team,since\np1,Desk,2026-01-01\np2,Net,2026-01-01\n',
      'tickets.csv': 'id,Opened day,Opened at,path,assignee,person,region\nA1,2026-03-02,09:00,IT/Mail/Quota,Anna <anna>,p1,EU\nA2,2026-03-02,09:00,IT/Net,Bo <bo>,p2,US\n',
    };
    const result = await measured(text, files, asOf);
    assert.deepEqual(result.findings.map(({ message }) => message), []);
    assert.deepEqual([figureOf(result, 'n', '2026-03').value, figureOf(result, 'm', '2026-03').value], ['1', '1']);
  });

  it('finds unknown columns and fields at the word, with what was meant', async () => {
    const text = counting('  dates iso in UTC\n  key id\n  map opened = opened\n  map restored = restord').replace('value count every', 'value count where restored - opend <= 1h every');
    const result = await measured(text, { 'tickets.csv': rows }, asOf);
    assert.deepEqual(findingsOf(result, text).map(({ code, message, at }) => [code, message, at]), [
      ['unknown-field', '“opend” is neither a mapped field nor a column of the data; did you mean “opened”?', 'opend'],
      ['unknown-field', '“restord” is neither a mapped field nor a column of the data; did you mean “restored”?', 'restord'],
    ]);
    assert.match(figureOf(result, 'n', '2026-03').reason!, /“restored” is mapped in a way that cannot be read/);
    const [fix] = result.findings[0]!.fixes;
    assert.deepEqual(fix?.edits[0], { kind: 'replace', place: result.findings[0]!.place, text: 'opened' });
  });

  it('explains what has no meaning', async () => {
    const text = counting('  dates iso in UTC\n  key id\n  map opened = opened\n  map restored = restored').replace('value count every', 'value count where opened > 4h every');
    const result = await measured(text, { 'tickets.csv': rows }, asOf);
    assert.deepEqual(result.findings.map(({ code, message }) => [code, message]), [['expression', 'A time cannot be compared with a duration.']]);
  });

  it('takes text from a model and from data as text', async () => {
    const text = counting(`  dates iso in UTC\n  key id\n  empty "'; DROP TABLE x; --"\n  map opened = opened\n  map restored = restored\n  map classification = "we""ird' col"`.replace('""', '\\"')).replace('value count every', `value count where classification = "O'Brien\\"; --" every`);
    const result = await measured(text, { 'tickets.csv': `id,opened,restored,"we""ird' col"\nA,2026-03-02 09:00,'; DROP TABLE x; --,"O'Brien""; --"\n` }, asOf);
    assert.deepEqual(result.findings.map(({ message }) => message), []);
    assert.equal(figureOf(result, 'n', '2026-03').value, '1');
  });
});

describe('records', () => {
  const history = (facts: string): string => counting(`  dates iso in UTC\n  history by id at changed\n${facts}\n  map opened = opened\n  map restored = restored\n  map target-met = met`) + 'metric met { from tickets value share of target-met every month }\n';
  const changes = 'id,changed,state,opened,restored,met\nA,2026-03-02 09:00,New,2026-03-02 09:00,,true\nA,2026-03-02 09:10,Awaiting user,2026-03-02 09:00,,true\nA,2026-03-02 10:40,Open,2026-03-02 09:00,,true\nA,2026-03-02 11:00,Done,2026-03-02 09:00,2026-03-02 11:00,false\nB,2026-03-02 09:00,Done,2026-03-02 09:00,2026-03-02 09:30,true\n';

  for (const [keep, expected] of [['first', '2 of 2'], ['last', '1 of 2'], ['all', '4 of 5']] as const) {
    it(`lets the ${keep} row of a history count`, async () => {
      const result = await measured(history(`  keep ${keep}`), { 'tickets.csv': changes }, asOf);
      const { numerator, denominator } = figureOf(result, 'met', '2026-03');
      assert.equal(`${numerator} of ${denominator}`, expected);
      assert.equal(result.sources[0]!.records, keep === 'all' ? 5 : 2);
    });
  }

  it('stops the clock while a row says so, to the next row of the same record', async () => {
    const result = await measured(history('  pause while state starts with "Awaiting"'), { 'tickets.csv': changes }, asOf);
    // A: 2 h less 1 h 30 min.
    assert.equal(figureOf(result, 'late', '2026-03').value, '100');
    const without = await measured(history(''), { 'tickets.csv': changes }, asOf);
    assert.equal(figureOf(without, 'late', '2026-03').value, '50');
  });

  it('reads times from the history', async () => {
    const text = counting('  dates iso in UTC\n  history by id at changed\n  map opened = opened\n  map restored = first time state = "Done"\n  map responded = last time state is one of "New", "Open"\n  map cause = id') + 'metric waiting { from tickets value sum of waited every month }\n';
    const withWait = text.replace('map cause = id', 'map waited = time while state starts with "Awaiting"');
    const result = await measured(withWait, { 'tickets.csv': changes }, asOf);
    assert.deepEqual(result.findings.map(({ message }) => message), []);
    assert.equal(figureOf(result, 'late', '2026-03').value, '50');
    assert.deepEqual([figureOf(result, 'waiting', '2026-03').value, figureOf(result, 'waiting', '2026-03').unit], ['5400', 'seconds']);
  });

  it('counts in the history how often a record changed hands and was opened again, and how long it took from state to state', async () => {
    const text = `source tickets of incident from "h.csv" {
  dates iso in UTC
  history by id at at
  map opened = first time state is not empty
  map restored = last time state = "Done"
  map responded = first time state = "Open"
  map reassignments = changes of team
  map reopenings = (times when state = "Open") - 1
}
metric moves { from tickets value sum of reassignments }
metric again { from tickets value sum of reopenings }
metric worked { from tickets value max of restored - responded }`;
    const rows = [
      'A,2026-03-02 09:00,New,', 'A,2026-03-02 09:10,Open,desk', 'A,2026-03-02 10:00,Open,', 'A,2026-03-02 10:10,Done,desk', 'A,2026-03-02 11:00,Open,mail', 'A,2026-03-02 12:00,Done,mail', 'A,2026-03-02 13:00,Open,desk', 'A,2026-03-02 14:10,Done,desk',
      'B,2026-03-03 09:00,Open,desk', 'B,2026-03-03 10:00,Done,desk',
    ];
    const result = await measured(text, { 'h.csv': `id,at,state,team\n${rows.join('\n')}\n` }, asOf);
    assert.deepEqual(result.findings.map(({ message }) => message), []);
    assert.deepEqual(['moves', 'again', 'worked'].map((name) => figureOf(result, name, '2026-03').value), ['2', '2', String(5 * 3600)]);
    const without = await measured('source t of incident from "h.csv" { dates iso in UTC key id keep last map opened = at map reassignments = changes of team map reopenings = times when state = "Open" }', { 'h.csv': `id,at,state,team\n${rows.join('\n')}\n` }, asOf);
    assert.deepEqual(without.findings.map(({ message }) => message.slice(0, 12)), ['“changes of”', '“times when”']);
  });

  it('says when a key stands on several rows, and obeys what is said about it', async () => {
    const data = { 'tickets.csv': `${rows}A,2026-03-05 09:00,2026-03-05 12:00\n` };
    const result = await measured(plain, data, asOf);
    assert.match(result.findings.map(({ message }) => message).join(), /^1 keys of tickets stand on more than one row \(A on 2\): each row counts as a record/);
    assert.equal(figureOf(result, 'n', '2026-03').value, '3');
    const last = await measured(plain.replace('key id', 'key id\n  keep last'), data, asOf);
    assert.deepEqual([last.findings.length, figureOf(last, 'n', '2026-03').value, figureOf(last, 'late', '2026-03').value], [0, '2', '0']);
  });

  it('leaves out rows that the source does not mean', async () => {
    const result = await measured(plain.replace('key id', 'key id\n  where id != "B"'), { 'tickets.csv': rows }, asOf);
    assert.equal(figureOf(result, 'n', '2026-03').value, '1');
  });

  it('keeps the order of rows, however many there are', async () => {
    const keys = 150_000;
    const half = (done: string): string => Array.from({ length: keys }, (_, index) => `K${index},2026-03-02 09:00,2026-03-02 ${done},S${index % 20},T${index % 3}`).join('\n');
    const services = Array.from({ length: 20 }, (_, index) => `service s${index}`).join('\n');
    const text = `${services}
source teams of incident from "teams.csv" { dates iso in UTC  key id  map opened = since }
source tickets of incident from "tickets.csv" {
  dates iso in UTC
  key id
  keep last
  map opened = opened
  map restored = restored
  map service = service { ${Array.from({ length: 20 }, (_, index) => `"S${index}" = s${index}`).join('  ')} }
  map cause = lookup name in teams by team
}
metric quick { from tickets where cause = "One" value share of restored - opened <= 1h every month }`;
    const result = await measured(text, { 'tickets.csv': `id,opened,restored,service,team\n${half('12:00')}\n${half('09:30')}\n`, 'teams.csv': 'id,name,since\nT0,One,2026-01-01\nT1,Two,2026-01-01\n' }, asOf);
    assert.deepEqual(result.findings.map(({ message }) => message), []);
    const figure = figureOf(result, 'quick', '2026-03');
    assert.deepEqual([figure.numerator, figure.denominator], [String(keys / 3), String(keys / 3)]);
  });

  it('keeps the order of rows where fields are true or false and many texts stand for nothing, too', async () => {
    const keys = 200_000;
    const half = (major: string, done: string): string => Array.from({ length: keys }, (_, index) => `K${index},2026-03-02 09:00,2026-03-02 ${done},${major}`).join('\n');
    const text = `
source tickets of incident from "tickets.csv" {
  dates iso in UTC
  empty "-", "n/a", "none", "null", "?", "unknown"
  key id
  keep last
  map opened, restored, major
}
metric quick { from tickets where major value share of restored - opened <= 1h every month }`;
    const result = await measured(text, { 'tickets.csv': `id,opened,restored,major\n${half('no', '12:00')}\n${half('yes', '09:30')}\n` }, asOf);
    const figure = figureOf(result, 'quick', '2026-03');
    assert.deepEqual([figure.numerator, figure.denominator], [String(keys), String(keys)]);
  });

  it('says that it was the source itself that left all rows out', async () => {
    const text = counting('  dates iso in UTC\n  key id\n  where impact = "x"\n  map opened = opened\n  map restored = restored\n  map impact = id { "A" = high }');
    const result = await measured(text, { 'tickets.csv': rows }, asOf);
    assert.ok(result.findings.some(({ message }) => /hold no rows that its “where” keeps/.test(message)), result.findings.map(({ message }) => message).join('\n'));
  });

  it('takes columns that are called like their fields', async () => {
    const text = counting('  dates iso in UTC\n  key id\n  map opened, restored, priority { "one" = P1 }, service');
    const result = await measured(text, { 'tickets.csv': 'id,opened,restored,priority,service\nA,2026-03-02 09:00,2026-03-02 09:30,one,mail\nB,2026-03-03 09:00,2026-03-03 11:00,P2,mail\n' }, asOf);
    assert.deepEqual(result.findings.map(({ message }) => message), []);
    assert.deepEqual([figureOf(result, 'n', '2026-03').value, figureOf(result, 'late', '2026-03').value, result.sources[0]?.fields], ['2', '50', ['opened', 'restored', 'priority', 'service']]);
  });

  it('finds a column that is not there at the field that names it', async () => {
    const text = counting('  dates iso in UTC\n  key id\n  map opened, restored, priority');
    const result = await measured(text, { 'tickets.csv': rows }, asOf);
    assert.deepEqual(findingsOf(result, text).map(({ message, at }) => [message, at]), [['The data has no column “priority” (there are “opened”, “restored”, “id”).', 'priority']]);
  });

  it('takes the ids of what is declared as they are, whatever a field refers to', async () => {
    const text = `change category normal
release type round
baseline before
request model laptop
budget b26
source changes of change from "x.csv" { key id dates iso in UTC map opened = at map category = first }
source releases of release from "x.csv" { key id dates iso in UTC map planned = at map type = second map baseline = third }
source requests of service-request from "x.csv" { key id dates iso in UTC map opened = at map model = fourth }
source costs of cost from "x.csv" { key id dates iso in UTC map period = at map budget = fifth }`;
    const result = await measured(text, { 'x.csv': 'id,at,first,second,third,fourth,fifth\n1,2026-03-02,normal,round,before,laptop,b26\n' }, asOf);
    assert.deepEqual(result.findings.map(({ message }) => message), []);
    assert.equal(result.sources.length, 4);
  });
});
