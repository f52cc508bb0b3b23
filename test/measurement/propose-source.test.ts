import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { formatText } from '../../language/formatting/format.ts';
import { recordKinds } from '../../language/model/record-kinds.ts';
import { openPoints } from '../../server/measurement/propose-source/open-points.ts';
import { proposalFor, proposalProfile, type Proposed } from '../../server/measurement/propose-source/proposal.ts';
import { guessKind } from '../../server/measurement/propose-source/record-kind.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { readModel } from '../language/read-model.ts';
import { parquetOf, workbookOf } from '../support/made-files.ts';
import { inFolder } from '../support/temporary-folder.ts';
import { findingsOf, measured } from './measured-project.ts';
import { sharedData } from './shared-data.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

const declared = 'priority P1 "Critical"\npriority P2 "High"\npriority P3 "Moderate"\npriority P4 "Low"\nservice mail "E-mail"\nservice payroll "Payroll"\ncustomer retail "Retail"\n';

/** What is proposed for all the files, with a model that declares some priorities and services. */
async function propose(files: Files, wish: { readonly kind?: string; readonly name?: string; readonly sheet?: string; readonly model?: string } = {}): Promise<Proposed> {
  return inFolder(files, async (folder) => {
    const { model } = readModel(wish.model ?? declared);
    const project = { model, host: await openNodeHost(folder), trusted: true };
    const profile = await proposalProfile(project, { patterns: Object.keys(files), ...(wish.sheet === undefined ? {} : { sheet: wish.sheet }), signal: new AbortController().signal });
    assert.ok(typeof profile !== 'string', String(profile));
    const proposed = proposalFor(project, profile, wish);
    assert.ok(typeof proposed !== 'string', String(proposed));
    wellFormed(proposed.text, wish.model ?? declared);
    return proposed;
  });
}

/** It parses, every name in it is known, it is in canonical form, and all that can be said of it is that something is still to be filled in. */
function wellFormed(text: string, model: string): void {
  const { findings } = readModel(`${model}${text}`);
  const other = findings.filter((finding) => !/ not-filled-in: | unknown-time-zone: The time zone is still to be filled in/.test(finding));
  assert.deepEqual(other, [], text);
  assert.equal(formatText(text), text);
}

/** The lines of a declaration that are no comment. */
function facts({ text }: { readonly text: string }): readonly string[] {
  return text.split('\n').slice(1).map((line) => line.replace(/\s+\/\/.*$|^\s*\/\/.*$/, '').trim()).filter((line) => line !== '' && line !== '}');
}

const tickets = 'number,opened_at,resolved_at,priority\nINC001,2026-03-02T09:00:00Z,2026-03-02T09:30:00Z,1 - Critical\nINC002,2026-03-03T09:00:00Z,2026-03-03T11:00:00Z,2 - High\n';
const ticketFacts = ['dates iso', 'key number', 'map opened = opened_at', 'map restored = resolved_at', 'map priority = priority {', '"1 - Critical" = P1', '"2 - High" = P2'];

describe('a source proposed for a file', function () {
  this.timeout(60_000);

  const asRecords = tickets.trim().split('\n').slice(1).map((line) => Object.fromEntries(line.split(',').map((cell, index) => [tickets.split('\n')[0]!.split(',')[index]!, cell])));
  const formats: Readonly<Record<string, readonly [string, () => Promise<string | Uint8Array> | string | Uint8Array, string?]>> = {
    'comma-separated values': ['data/incident.csv', () => tickets],
    'semicolons, tabs found out': ['data/incident.csv', () => tickets.replaceAll(',', '\t')],
    'an unusual separator': ['data/incident.csv', () => tickets.replaceAll(',', '#'), 'separator "#"'],
    'quoted cells with line ends as on Windows': ['data/incident.csv', () => tickets.replace(/[^,\n]+/g, '"$&"').replaceAll('\n', '\r\n')],
    'UTF-16': ['data/incident.csv', () => Buffer.from(`\uFEFF${tickets}`, 'utf16le')],
    gzip: ['data/incident.csv.gz', () => gzipSync(tickets)],
    'JSON Lines': ['data/incident.jsonl', () => asRecords.map((record) => JSON.stringify(record)).join('\n')],
    JSON: ['data/incident.json', () => JSON.stringify({ result: asRecords })],
    Parquet: ['data/incident.parquet', () => parquetOf(`SELECT * FROM (VALUES ${tickets.trim().split('\n').slice(1).map((line) => { const [number, opened, resolved, priority] = line.split(','); return `('${number}', TIMESTAMPTZ '${opened}', TIMESTAMPTZ '${resolved}', '${priority}')`; }).join(', ')}) t(number, opened_at, resolved_at, priority)`)],
    'a spreadsheet': ['data/incident.xlsx', () => workbookOf({ Tickets: tickets.trim().split('\n').map((line) => line.split(',')), Notes: [['note'], ['made by hand']] }), 'sheet "Tickets"'],
  };
  for (const [what, [file, content, more]] of Object.entries(formats)) {
    it(`reads ${what}`, async () => {
      const made = await content();
      const proposed = await propose({ [file]: made });
      assert.deepEqual([proposed.kind, proposed.name, facts(proposed)], ['incident', 'incident', [...(more === undefined ? [] : [more]), ...ticketFacts]]);
      const result = await measured(`${declared}${proposed.text}metric n { from incident value count every month by priority }`, { [file]: made }, '2026-04-10');
      assert.deepEqual(result.findings.map(({ message }) => message), []);
      assert.equal(result.sources[0]?.records, 2);
    });
  }

  it('reads event logs', async () => {
    const event = (name: string, time: string): string => `<event><string key="concept:name" value="${name}"/><date key="time:timestamp" value="${time}"/></event>`;
    const proposed = await propose({ 'incident.xes': `<?xml version="1.0"?><log xes.version="1.0">${[1, 2, 3].map((id) => `<trace><string key="concept:name" value="case ${id}"/>${event('New', `2026-03-0${id}T09:00:00Z`)}${event('In Progress', `2026-03-0${id}T09:10:00Z`)}${event('Resolved', `2026-03-0${id}T10:00:00Z`)}</trace>`).join('')}</log>` });
    assert.deepEqual(facts(proposed), [
      'dates iso', 'history by "case:concept:name" at "time:timestamp"', 'keep last', 'map opened = first time column "case:concept:name" is not empty',
      'map responded = first time column "concept:name" = "In Progress"', 'map restored = last time column "concept:name" = "Resolved"',
    ]);
  });

  it('says which encoding it takes, and by which words that can be seen', async () => {
    const rows = 'Nummer;Eröffnet am;Gelöst am;Priorität\nA1;2026-03-02 09:00;2026-03-02 09:30;Hoch\nA2;2026-03-03 09:00;2026-03-03 11:00;Niedrig\n';
    const latin = await propose({ 'störungen.csv': Buffer.from(rows, 'latin1') });
    assert.match(latin.text, /they say “Eröffnet”, “Gelöst”, “Priorität”\.\n {2}encoding latin-1\n/);
    assert.deepEqual(facts(latin).slice(1), ['dates iso in TODO', 'key Nummer', 'map opened = "Eröffnet am"', 'map restored = "Gelöst am"', 'map priority = "Priorität" {', '"Hoch" = TODO', '"Niedrig" = TODO']);
    const windows = await propose({ 'incident.csv': Buffer.concat([Buffer.from('id,opened,closed,cause\n1,2026-03-02T09:00Z,2026-03-02T10:00Z,5 '), Buffer.from([0x80]), Buffer.from(' M\xfcller\n', 'latin1')]) });
    assert.ok(facts(windows).includes('encoding windows-1252'), windows.text);
  });

  it('names several alike files by one pattern, and leaves out what not all of them have', async () => {
    const proposed = await propose({ 'data/incident-2026-01.csv': tickets, 'data/incident-2026-02.csv': tickets.replaceAll('INC00', 'INC01'), 'data/incident-2026-03.csv': tickets.replaceAll('INC00', 'INC02').replace('priority', 'prio') });
    assert.match(proposed.text, /^source incident of incident from "data\/incident-2026-\*\.csv" \{/);
    assert.match(proposed.text, /Not in all files, and so not used: “priority”, “prio”\./);
    assert.deepEqual(facts(proposed), ticketFacts.slice(0, 4));
    const others = await propose({ 'a-1.csv': tickets, 'b.csv': tickets.replaceAll('INC00', 'INC01') }, { kind: 'incident' });
    assert.match(others.text, /from "a-1\.csv", "b\.csv"/);
  });
});

describe('dates of a proposed source', function () {
  this.timeout(60_000);

  const dated = (...days: readonly string[]): Files => ({ 'incident.csv': `id;opened;closed\n${days.map((day, index) => `${index + 1};${day};${day}`).join('\n')}\n` });
  const dates = async (...days: readonly string[]): Promise<string> => facts(await propose(dated(...days)))[0]!;

  const decided: Readonly<Record<string, readonly [string, ...string[]]>> = {
    'day first, where a first number is above 12': ['dates "dd/MM/yyyy HH:mm" in TODO', '02/03/2026 09:00', '31/03/2026 10:00'],
    'month first, where a second number is above 12': ['dates "MM/dd/yyyy hh:mm a" in TODO', '03/02/2026 09:00 AM', '03/31/2026 10:00 PM'],
    'one digit for small numbers': ['dates "d.M.yyyy H:mm" in TODO', '2.3.2026 9:00', '31.12.2026 10:00'],
    'two digits for the year': ['dates "dd.MM.yy" in TODO', '02.03.26', '31.12.26'],
    'months by their names': ['dates "dd/MMM/yy h:mm a" in TODO', '02/Mar/26 9:00 AM', '31/Dec/26 10:15 PM'],
    'months first by their names': ['dates "MMM d, yyyy" in TODO', 'Mar 2, 2026', 'Dec 31, 2026'],
    'numbers alone': ['dates "yyyyMMdd HH:mm:ss" in TODO', '20260302 09:00:00', '20261231 10:00:00'],
    'ISO 8601 without zone': ['dates iso in TODO', '2026-03-02 09:00', '2026-12-31 10:00'],
    'ISO 8601 with offsets': ['dates iso', '2026-03-02T09:00:00+01:00', '2026-07-31T10:00:00+02:00'],
    'offsets behind a blank': ['dates "yyyy/MM/dd HH:mm:ss XX"', '2026/03/02 09:00:00 +0100', '2026/12/31 10:00:00 +0100'],
    'fractions of seconds': ['dates "dd.MM.yyyy HH:mm:ss.SSS" in TODO', '02.03.2026 09:00:00.000', '31.12.2026 10:00:00.250'],
  };
  for (const [what, [fact, ...days]] of Object.entries(decided)) {
    it(`knows ${what}`, async () => {
      assert.equal(await dates(...days), fact);
      const proposed = await propose(dated(...days));
      const result = await measured(`${proposed.text.replace('in TODO', 'in UTC')}metric n { from incident value count }`, dated(...days), '2027-04-10');
      assert.deepEqual(result.findings.map(({ message }) => message), []);
      assert.equal(result.sources[0]?.from, '2026-03-02');
    });
  }

  it('leaves open what no value decides, and what values contradict', async () => {
    assert.equal(await dates('02/03/2026 09:00', '12/12/2026 10:00'), 'dates "TODO: dd/MM/yyyy HH:mm or MM/dd/yyyy HH:mm" in TODO');
    const both = await propose(dated('31/03/2026', '03/31/2026'));
    assert.match(both.text, /both orders are in the data/);
    assert.match(facts(both)[0]!, /^dates "TODO: /);
  });

  it('lets one column decide for all that are written alike', async () => {
    const proposed = await propose({ 'incident.csv': 'id,opened,closed\n1,02/03/2026,03/03/2026\n2,04/03/2026,31/03/2026\n' });
    assert.equal(facts(proposed)[0], 'dates "dd/MM/yyyy" in TODO');
  });

  it('counts nothing until it is said how dates are written, and offers what they may be', async () => {
    const files = dated('02/03/2026', '12/12/2026');
    const { text } = await propose(files);
    const result = await measured(`${text.replace('in TODO', 'in UTC')}metric n { from incident value count }`, files, '2027-04-10');
    assert.deepEqual(findingsOf(result, text).map(({ code, at }) => [code, at]), [['date-format', '"TODO: dd/MM/yyyy or MM/dd/yyyy"']]);
    assert.deepEqual(result.findings[0]!.fixes.map(({ edits }) => edits[0]), ['"dd/MM/yyyy"', '"MM/dd/yyyy"'].map((choice) => ({ kind: 'replace', place: result.findings[0]!.place, text: choice })));
    assert.ok(result.figures.every(({ value }) => value === undefined));
  });

  it('says what no format reads, and what is written in another way', async () => {
    const proposed = await propose({ 'incident.csv': 'id,opened,due,stamp\n1,2026-03-02T09:00Z,31/03/2026,1772442000\n2,2026-03-03T09:00Z,30/03/2026,1772528400\n' });
    assert.match(proposed.text, /Dates that are written in another way, and so not used: due \(dd\/MM\/yyyy\)\./);
    assert.match(proposed.text, /Seconds since 1970 cannot be read as dates: “stamp”/);
    assert.ok(!facts(proposed).some((fact) => fact.includes('due')));
  });
});

describe('records of a proposed source', function () {
  this.timeout(60_000);

  it('takes rows of one key that change for a history, and says what changes', async () => {
    const rows = Array.from({ length: 12 }, (_, index) => [`INC${100 + index},New,3,2026-03-02 09:00,Desk`, `INC${100 + index},On Hold,2,2026-03-02 10:00,Desk`, `INC${100 + index},Resolved,2,2026-03-02 1${index % 10}:30,Mail`, `INC${100 + index},Closed,2,2026-03-0${3 + (index % 6)} 10:00,Mail`]).flat();
    const proposed = await propose({ 'history.csv': `id,state,priority,updated,assignment_group\n${rows.join('\n')}\n` }, { kind: 'incident' });
    assert.deepEqual(facts(proposed), [
      'dates iso in TODO', 'history by id at updated', 'keep last', 'map opened = first time id is not empty', 'map restored = last time state = "Resolved"', 'map closed = last time state = "Closed"',
      'map priority = priority {', '"2" = P2', '"3" = P3', 'map assigned-to = assignment_group', 'map reassignments = changes of assignment_group',
    ]);
    assert.match(proposed.text, /differ from row to row, and the last one counts: priority \(12\), assignment_group \(12\)\./);
    assert.match(proposed.text, /pause while state = "On Hold"/);
  });

  it('leaves the state of being restored open where no state says so', async () => {
    const rows = Array.from({ length: 6 }, (_, index) => [`C${index},1,2026-03-02 09:00`, `C${index},7,2026-03-02 1${index}:00`]).flat();
    const files = { 'log.csv': `case,activity,timestamp\n${rows.join('\n')}\n` };
    const proposed = await propose(files, { kind: 'incident' });
    assert.ok(facts(proposed).includes('map restored = last time activity = "TODO: the state in which it is restored"'), proposed.text);
    // Until it is said, nothing counts as restored, nor as not restored.
    const result = await measured(`${declared}${proposed.text.replace('in TODO', 'in UTC')}metric late { from log value share of restored - opened <= 1h every month }`, files, '2026-04-10');
    assert.ok(result.findings.some(({ message }) => message.startsWith('This is still to be filled in')), result.findings.map(({ message }) => message).join('\n'));
    assert.ok(result.figures.every(({ verdict, value }) => value === undefined && verdict === 'unknown'));
    const filled = await measured(`${proposed.text.replace('in TODO', 'in UTC').replace(/"TODO: [^"]*"/, '"7"')}metric n { from log value count every month }`, files, '2026-04-10');
    assert.deepEqual(filled.findings.map(({ message }) => message), []);
  });

  it('takes the ticket’s key, not the change’s', async () => {
    const rows = Array.from({ length: 8 }, (_, index) => [`${index * 2},T${index},New,2026-03-02 09:00`, `${index * 2 + 1},T${index},Resolved,2026-03-02 1${index}:00`]).flat();
    const proposed = await propose({ 'log.csv': `id,ticket_id,status,changed\n${rows.join('\n')}\n` }, { kind: 'incident' });
    assert.ok(facts(proposed).includes('history by ticket_id at changed'), proposed.text);
  });

  it('says that keys are repeated where no time of change explains it', async () => {
    const proposed = await propose({ 'incident.csv': 'number,opened,category\nINC1,2026-03-02T09:00Z,a\nINC2,2026-03-02T09:00Z,b\nINC1,2026-03-02T09:00Z,c\n' });
    assert.ok(facts(proposed).includes('key number'));
    assert.match(proposed.text, /TODO: 1 row repeat a key/);
  });

  it('takes only rows of its kind from a file that holds several', async () => {
    const rows = Array.from({ length: 6 }, (_, index) => `T-${index},${['Incident', 'Service Request', 'Incident'][index % 3]},2026-03-0${index + 1}T09:00Z,2026-03-0${index + 1}T10:00Z`);
    const files = { 'export.csv': `Key,Issue Type,Created,Resolved\n${rows.join('\n')}\n` };
    const proposed = await propose(files, { kind: 'incident' });
    assert.ok(facts(proposed).includes('where column "Issue Type" = "Incident"'), proposed.text);
    assert.match(proposed.text, /4 rows; others are “Service Request” \(2\)/);
    assert.ok(facts(await propose(files, { kind: 'service-request' })).includes('map fulfilled = Resolved'));
  });

  it('finds texts that mean nothing', async () => {
    const proposed = await propose({ 'incident.csv': 'number,opened,resolved,impact\nINC1,2026-03-02T09:00Z,?,Low\nINC2,2026-03-03T09:00Z,2026-03-03T10:00Z,NULL\nINC3,2026-03-04T09:00Z,?,High\n' });
    assert.ok(facts(proposed).includes('empty "?", "NULL"'), proposed.text);
    assert.match(proposed.text, /“\?” stands in 2 cells, “NULL” stands in 1 cell/);
  });
});

describe('kinds and fields of a proposed source', function () {
  this.timeout(60_000);

  const columns: Readonly<Record<string, readonly [Files, string, readonly string[]]>> = {
    'changes, by their fields and words': [
      { 'CHG-export.csv': 'Number,Created,Type,Planned start,Planned end,Approved,Implemented,Close code\nCHG1,2026-03-01T09:00Z,Standard,2026-03-02T09:00Z,2026-03-02T10:00Z,2026-03-01T10:00Z,2026-03-02T09:30Z,Successful\nCHG2,2026-03-01T09:00Z,Emergency,2026-03-02T09:00Z,2026-03-02T10:00Z,2026-03-01T10:00Z,2026-03-02T09:40Z,Rolled back\n' },
      'change', ['map type = Type {', '"Emergency" = emergency', '"Standard" = standard', 'map planned-from = "Planned start"', 'map planned-to = "Planned end"', 'map outcome = "Close code" {', '"Rolled back" = backed-out', '"Successful" = successful'],
    ],
    'outages in German': [
      { 'Ausfälle.csv': 'Nr;Beginn;Ende;Dienst;Geplant;Ursache\n1;01.03.2026 09:00;01.03.2026 09:10;E-mail;Ja;Update\n2;31.03.2026 09:00;31.03.2026 09:20;Payroll;Nein;Strom\n' },
      'outage', ['map started = Beginn', 'map ended = Ende', 'map service = Dienst {', '"E-mail" = mail', '"Payroll" = payroll', 'map planned = Geplant {', '"Ja" = true', '"Nein" = false', 'map cause = Ursache'],
    ],
    'requests in French': [
      { 'demandes.csv': 'Numéro;Date de création;Réalisé le;Attribué à\nR1;2026-03-01 09:00;2026-03-01 10:00;Anne\nR2;2026-03-02 09:00;2026-03-03 10:00;Luc\n' },
      'service-request', ['map opened = "Date de création"', 'map assigned-to = "Attribué à"', 'map fulfilled = "Réalisé le"'],
    ],
    'incidents in Spanish': [
      { 'incidencias.csv': 'Id,Fecha de apertura,Fecha de resolución,Prioridad,Impacto\nI1,2026-03-01 09:00,2026-03-01 10:00,High,Alto\nI2,2026-03-02 09:00,2026-03-03 10:00,Low,Bajo\n' },
      'incident', ['map opened = "Fecha de apertura"', 'map restored = "Fecha de resolución"', 'map impact = Impacto {', '"Alto" = high', '"Bajo" = low', 'map priority = Prioridad {', '"High" = P2', '"Low" = P4'],
    ],
    'surveys': [
      { 'csat.csv': 'id,Survey date,Score,Responses,Invited\n1,2026-03-01,4.4,20,100\n2,2026-04-01,4.1,25,100\n' },
      'survey', ['map performed = "Survey date"', 'map sample = Responses', 'map population = Invited', 'map result = Score'],
    ],
  };
  for (const [what, [files, kind, wanted]] of Object.entries(columns)) {
    it(`finds ${what}`, async () => {
      const proposed = await propose(files);
      assert.equal(proposed.kind, kind, proposed.text);
      const found = facts(proposed);
      for (const fact of wanted) assert.ok(found.includes(fact), `${fact}\n${proposed.text}`);
    });
  }

  it('knows what the files of the example organization hold', async () => {
    const folder = fileURLToPath(new URL('../../examples/acme', import.meta.url));
    const host = await openNodeHost(folder);
    const { files } = await host.listData(['data/*.csv']);
    assert.ok(files.length > 8);
    const { model } = readModel(readFileSync(join(folder, 'measurement.itsms'), 'utf8') + (await host.listTexts()).files.filter(({ file }) => file !== 'measurement.itsms').map(({ file }) => readFileSync(join(folder, file), 'utf8')).join('\n'));
    const declaredKinds = new Map(model.all('Source').map((source) => [source.files[0], source.recordKind]));
    for (const { file } of files.filter((one) => declaredKinds.has(one.file))) {
      const profile = await proposalProfile({ model, host, trusted: true }, { patterns: [file], signal: new AbortController().signal });
      assert.ok(typeof profile !== 'string', String(profile));
      const { kinds, isClear } = guessKind(profile);
      assert.deepEqual([file, kinds[0]?.kind, isClear], [file, declaredKinds.get(file), true]);
    }
  });

  it('asks for the kind where nothing says it', async () => {
    await inFolder({ 'a.csv': 'x,y\n1,2026-03-02\n2,2026-03-03\n' }, async (folder) => {
      const project = { model: readModel('').model, host: await openNodeHost(folder), trusted: true };
      const profile = await proposalProfile(project, { patterns: ['a.csv'], signal: new AbortController().signal });
      assert.ok(typeof profile !== 'string');
      assert.match(String(proposalFor(project, profile, {})), /^Nothing in a\.csv says plainly what its records are.* Say --kind /);
    });
  });

  it('leaves open which declared thing a value means where two would do, and where it contradicts itself', async () => {
    const files = { 'incident.csv': 'id,opened,priority\n1,2026-03-02T09:00Z,1 - Low\n2,2026-03-02T09:00Z,High\n3,2026-03-02T09:00Z,P2\n4,2026-03-02T09:00Z,0\n' };
    const found = facts(await propose(files));
    // “1” and “Low” name two of them; “High” and “P2” would both be the same one.
    for (const fact of ['"1 - Low" = TODO', '"High" = TODO', '"0" = TODO']) assert.ok(found.includes(fact), found.join('\n'));
    assert.ok(!found.some((fact) => fact.startsWith('"P2"')));
  });

  it('takes a column for what its values name, whatever it is called', async () => {
    const found = facts(await propose({ 'incident.csv': 'id,opened,cmdb_ci,seen by\n1,2026-03-02T09:00Z,E-mail,Retail\n2,2026-03-02T09:00Z,payroll,Retail\n3,2026-03-02T09:00Z,Printer,\n' }));
    assert.deepEqual(found.slice(3), ['map service = cmdb_ci {', '"E-mail" = mail', '"Printer" = TODO', 'map customer = "seen by" {', '"Retail" = retail']);
  });

  it('never takes a word for what it is not', async () => {
    const proposed = await propose({ 'incident.csv': 'id,opened,major,impact\n1,2026-03-02T09:00Z,maybe,4\n2,2026-03-02T09:00Z,yes,5\n' });
    assert.match(proposed.text, /major is neither yes nor no/);
    assert.ok(!facts(proposed).some((fact) => fact.startsWith('map major')));
    assert.ok(facts(proposed).includes('"4" = TODO'));
  });
});

describe('any file', function () {
  this.timeout(120_000);

  it('gets a source that parses, links and is in canonical form', async () => {
    const names = fc.oneof(
      fc.constantFrom('id', 'number', 'opened', 'closed', 'state', 'priority', 'service', 'impact', 'Updated at', 'case:concept:name', 'TODO', 'first', 'empty', 'major', 'map', '_x', 'a b', 'x}', '// y', '"q"', 'tab\tbed', 'TODO: x', 'back\\slash'),
      fc.string({ minLength: 1, maxLength: 12 }),
    );
    const values = fc.oneof(
      fc.constantFrom('', '?', '1', '2', 'High', 'TODO', '"', '//', '} source x', '2026-03-02 09:00', '31/03/2026', '02/03/2026', 'New', 'Resolved', 'yes', 'in TODO', '= TODO', 'line\nbreak', '\u2028', '1 - Critical', 'INC001', '*/'),
      fc.string({ maxLength: 15 }),
    );
    const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
    const tables = fc.uniqueArray(names, { minLength: 1, maxLength: 6, selector: (name) => name.trim() }).chain((header) => fc.record({
      header: fc.constant(header),
      rows: fc.array(fc.array(values, { minLength: header.length, maxLength: header.length }), { minLength: 1, maxLength: 12 }),
      kind: fc.constantFrom(...Object.keys(recordKinds)),
    }));
    await fc.assert(
      fc.asyncProperty(tables, async ({ header, rows, kind }) => {
        const text = [header, ...rows].map((row) => row.map(quoted).join(',')).join('\n');
        await inFolder({ 'data.csv': `${text}\n` }, async (folder) => {
          const project = { model: readModel(declared).model, host: await openNodeHost(folder), trusted: true };
          const profile = await proposalProfile(project, { patterns: ['data.csv'], signal: new AbortController().signal });
          if (typeof profile === 'string') return;
          const proposed = proposalFor(project, profile, { kind });
          assert.ok(typeof proposed !== 'string', String(proposed));
          wellFormed(proposed.text, declared);
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('sources proposed for real exports', function () {
  this.timeout(120_000);

  /** Says what people would: each place in turn. */
  function fill(text: string, answers: readonly string[]): string {
    const points = openPoints(text);
    assert.equal(points.length, answers.length, text);
    return points.toReversed().reduce((filled, { offset, length }, index) => filled.slice(0, offset) + answers.at(-1 - index)! + filled.slice(offset + length), text);
  }

  const exports: Readonly<Record<string, { readonly file: string; readonly kind?: string; readonly answers: readonly string[]; readonly records: number; /** Soon after the last record. */ readonly asOf: string; /** What is wrong with the data itself. */ readonly odd?: readonly RegExp[] }>> = {
    'tickets-uci-servicenow-sample': { file: 'incident_event_log.csv', answers: ['Europe/Lisbon'], records: 890, asOf: '2016-03-10', odd: [/^2 of 890 records of incident-event-log have “responded” before “opened”: INC0000131 /] },
    'tickets-bpic2013-closed-problems': { file: 'VINST cases closed problems.csv', answers: [], records: 1487, asOf: '2012-06-10' },
    'tickets-bpic2013-closed-problems (XES)': { file: 'bpic2013_closed_problems.xes.gz', answers: [], records: 1487, asOf: '2012-06-10' },
    'tickets-helpdesk-italian-minimal': { file: 'helpdesk.csv', kind: 'incident', answers: ['Europe/Rome', '"6"'], records: 3804, asOf: '2012-10-10' },
    'tickets-jira-agile': { file: 'jira.csv', kind: 'service-request', answers: ['Europe/Zurich'], records: 4123, asOf: '2018-03-10', odd: [/^1662 of 4123 records of jira have “fulfilled” before “opened”/] },
  };
  for (const [set, { file, kind, answers, records, asOf, odd = [] }] of Object.entries(exports)) {
    it(`measures ${set} once its open points are filled in, and finds nothing but what is odd about the data`, async function () {
      const folder = sharedData(set.replace(/ .*/, ''));
      if (folder === undefined) this.skip();
      const content = readFileSync(join(folder!, file));
      const proposed = await propose({ [file]: content }, kind === undefined ? {} : { kind });
      const result = await measured(`${declared}${fill(proposed.text, answers)}metric n { from ${proposed.name} value count every year }`, { [file]: content }, asOf);
      assert.deepEqual(result.sources.map((source) => source.records), [records]);
      const messages = result.findings.filter(({ severity }) => severity !== 'information').map(({ message }) => message);
      assert.equal(messages.length, odd.length, messages.join('\n'));
      for (const [index, pattern] of odd.entries()) assert.match(messages[index]!, pattern);
    });
  }
});
