import assert from 'node:assert/strict';
import type { CodeLens, CompletionItem, CompletionList, Hover, MarkupContent } from 'vscode-languageserver-protocol';
import type { MeasureResult, RowsParams, RowsResult } from '../../server/protocol.ts';
import { TestClient } from './test-client.ts';

const model = `
organization acme "ACME"
person anna "Anna Berg"
customer retail "ACME Retail"
service email "Corporate e-mail" { owner anna }
priority P1 "Critical"
calendar office { timezone Europe/London open Mon-Fri 08:00-18:00 }
sla gold "Gold" for email with retail {
  support hours office
  target p1-restore restore P1 within 4h for 95% per month from tickets
  workload tickets <= 1 per month from tickets
}
metric first "First contact" {
  from tickets
  value share of reassignments = 0
  target >= 50%
  every month
}
source tickets of incident from "data/tickets.csv" {
  dates "yyyy-MM-dd HH:mm" in Europe/London
  key number
  map opened = opened_at
  map restored = resolved_at
  map priority = "Priority level" { "1 - Critical" = P1 }
  map reassignments = moves
}
`;

const tickets = `number,opened_at,resolved_at,Priority level,moves
A1,2026-09-07 09:00,2026-09-07 10:00,1 - Critical,0
A2,2026-10-05 09:00,2026-10-05 10:00,1 - Critical,0
A3,2026-10-06 09:00,2026-10-06 17:00,1 - Critical,2
A4,2026-10-07 09:00,,2 - High | urgent <b>,0
`;

const files = { 'model.itsms': model, 'data/tickets.csv': tickets };

describe('measuring on request', () => {
  let client: TestClient;
  before(async () => {
    client = await TestClient.start({ files });
  });
  after(() => client.stop());

  it('says what was found, and how far it is meanwhile', async () => {
    const seen: { readonly kind: string; readonly percentage?: number }[] = [];
    client.connection.onNotification('$/progress', ({ token, value }: { token: string; value: { kind: string; percentage?: number } }) => {
      if (token === 'mine') seen.push(value);
    });
    const result = await client.connection.sendRequest<MeasureResult>('itsms/measure', { workDoneToken: 'mine' });
    assert.deepEqual(result, { isMeasured: true, asOf: '2026-11-15', sources: 1, records: 4, subjects: 3, missed: 2, unknown: 0, findings: result.findings });
    assert.ok(result.findings > 0, 'the priority that nobody has mapped is a finding');
    assert.equal(seen.at(-1)?.percentage, 100);
    assert.ok(seen.length > 2, JSON.stringify(seen));
  });

  it('reads the data anew, whether anybody has told of a change or not', async () => {
    client.write('data/tickets.csv', `${tickets}A5,2026-10-08 09:00,2026-10-08 09:30,1 - Critical,0\n`);
    assert.equal((await client.connection.sendRequest<MeasureResult>('itsms/measure', {})).records, 5);
    client.write('data/tickets.csv', tickets);
  });

  it('is stopped when the request is cancelled, and can be asked for again', async () => {
    client.write('data/tickets.csv', tickets + Array.from({ length: 200_000 }, (_, index) => `B${index},2026-10-08 09:00,2026-10-08 09:30,1 - Critical,0\n`).join(''));
    const { CancellationTokenSource } = await import('vscode-languageserver-protocol');
    const source = new CancellationTokenSource();
    const asked = client.connection.sendRequest<MeasureResult>('itsms/measure', {}, source.token);
    source.cancel();
    await assert.rejects(asked, /[Cc]ancel/);
    client.write('data/tickets.csv', tickets);
    const again = await client.connection.sendRequest<MeasureResult>('itsms/measure', {});
    assert.equal(again.isMeasured, true);
    assert.equal(again.records, 4);
  });
});

describe('figures in the text', () => {
  let client: TestClient;
  let lenses: readonly CodeLens[];
  const line = (text: string): number => model.split('\n').findIndex((one) => one.includes(text));
  const hoverOn = async (text: string, word: string): Promise<string> => {
    const character = model.split('\n')[line(text)]!.indexOf(word) + 1;
    const hover = await client.request<Hover | null>('textDocument/hover', 'model.itsms', { position: { line: line(text), character } });
    return (hover?.contents as MarkupContent | undefined)?.value ?? '';
  };
  before(async () => {
    client = await TestClient.start({ files });
    await client.open('model.itsms', model);
    await client.connection.sendRequest('itsms/measure', {});
    lenses = await client.request<CodeLens[]>('textDocument/codeLens', 'model.itsms');
  });
  after(() => client.stop());

  it('stand above targets, limits and metrics: the last period against its target, with how many records and the trend', () => {
    assert.deepEqual(
      lenses.map(({ range, command }) => [range.start.line, command?.title]),
      [
        [line('target p1-restore'), '2026-10: 50% (>= 95%), missed · n 2 · ↘'],
        [line('workload tickets'), '2026-10: 3 (<= 1), missed · n 3 · ↗'],
        [line('metric first'), '2026-10: 66.66% (>= 50%), met · n 3 · ↘'],
      ],
    );
  });

  it('are explained on hover: numerator, denominator, clock, zone, source and hash of the data', async () => {
    const text = await hoverOn('target p1-restore', 'p1-restore');
    for (const part of ['2026-10: 50%', '1 of 2', 'at least 95%', 'numerator 1, denominator 2', '`office`', 'Europe/London', 'source `tickets`', '`A3`']) assert.ok(text.includes(part), `${part} in ${text}`);
    assert.match(text, /data `[0-9a-f]{16,}/);
    assert.match(await hoverOn('workload tickets', 'tickets'), /2026-10: 3.*at most 1/);
    assert.match(await hoverOn('metric first', 'first'), /66\.66%.*2 of 3/);
  });

  it('lead to the records behind them: missed first, and what each counted as', async () => {
    const [target, limit, metric] = lenses.map(({ command }) => command);
    const rows = await client.connection.sendRequest<RowsResult>('itsms/rows', target!.arguments![0] as RowsParams);
    assert.equal(rows.total, 2);
    assert.equal(rows.next, undefined);
    assert.deepEqual(rows.text.trimEnd().split('\n').slice(-4), [
      'outcome  record  began             why',
      '-------  ------  ----------------  ------------------',
      'missed   A3      2026-10-06 09:00  restored after 8 h',
      'met      A2      2026-10-05 09:00  restored after 1 h',
    ]);
    assert.match(rows.text, /1 of 2 incidents/);
    const counted = await client.connection.sendRequest<RowsResult>('itsms/rows', limit!.arguments![0] as RowsParams);
    assert.deepEqual(counted.text.match(/^counted.*/gm)?.map((line) => line.split(/ {2,}/)[1]), ['A2', 'A3', 'A4']);
    const ofMetric = await client.connection.sendRequest<RowsResult>('itsms/rows', metric!.arguments![0] as RowsParams);
    assert.match(ofMetric.text, /2 of 3 incidents/);
    assert.deepEqual(ofMetric.text.match(/^(numerator|denominator only).*/gm)?.map((line) => line.split(/ {2,}/)[0]), ['denominator only', 'numerator', 'numerator']);
  });

  it('refuse rows of what is no figure', async () => {
    const ask = (params: object): Promise<unknown> => client.connection.sendRequest('itsms/rows', params);
    await assert.rejects(ask({ subject: { kind: 'target', agreement: 'gold', target: 'gone' }, period: '2026-10' }), /not declared/);
    await assert.rejects(ask({ subject: 'p1-restore', period: '2026-10' }), /names no figure/);
    await assert.rejects(ask({ subject: { kind: 'workload', agreement: 'gold', limit: 'tickets' }, period: "2026-10' OR 1=1" }), /does not speak of/);
  });

  it('follow the text without being measured anew', async () => {
    await client.change('model.itsms', `// one line more\n${model}`);
    const moved = await client.request<CodeLens[]>('textDocument/codeLens', 'model.itsms');
    assert.deepEqual(moved.map(({ range }) => range.start.line), lenses.map(({ range }) => range.start.line + 1));
    await client.change('model.itsms', model);
  });
});

describe('the data of a source, as it is mapped', () => {
  let client: TestClient;
  before(async () => {
    client = await TestClient.start({ files });
    await client.open('model.itsms', model);
  });
  after(() => client.stop());

  /** What is offered where `<|>` stands in place of a piece of the source, and the text after the first of it is taken. */
  const offered = async (piece: string, by: string): Promise<{ labels: string[]; items: CompletionItem[] }> => {
    const text = model.replace(piece, by);
    assert.notEqual(text, model);
    const before = text.slice(0, text.indexOf('<|>')).split('\n');
    await client.change('model.itsms', text.replace('<|>', ''));
    const list = await client.request<CompletionList>('textDocument/completion', 'model.itsms', { position: { line: before.length - 1, character: before.at(-1)!.length } });
    await client.change('model.itsms', model);
    const items = list.items.filter(({ sortText }) => sortText?.startsWith('!'));
    return { labels: items.map(({ label }) => label), items };
  };
  const columns = ['number', 'opened_at', 'resolved_at', 'Priority level', 'moves'];
  const newText = (item: CompletionItem | undefined): string | undefined => item?.textEdit?.newText;

  it('is offered as columns, quoted where they have to be', async () => {
    const right = await offered('map reassignments = moves', 'map reassignments = <|>');
    assert.deepEqual(right.labels, columns);
    assert.deepEqual(right.items.map(newText), ['number', 'opened_at', 'resolved_at', '"Priority level"', 'moves']);
    assert.deepEqual((await offered('key number', 'key <|>')).labels, columns);
    assert.deepEqual((await offered('key number', 'history by number at <|>')).labels, columns);
    const condition = await offered('key number', 'where <|>');
    assert.equal(newText(condition.items[3]), 'column "Priority level"');
  });

  it('is offered within a quote that has been begun, which is taken along', async () => {
    const { labels, items } = await offered('map reassignments = moves', 'map reassignments = "Pri<|>"');
    assert.deepEqual(labels, columns);
    assert.equal(newText(items[3]), '"Priority level"');
    const edit = items[3]!.textEdit as { range: { start: { character: number }; end: { character: number } } };
    assert.equal(edit.range.end.character - edit.range.start.character, '"Pri"'.length);
  });

  it('is offered as values in a table of values and behind a comparison', async () => {
    const table = await offered('{ "1 - Critical" = P1 }', '{ "1 - Critical" = P1 "<|> }');
    assert.deepEqual(table.labels, ['1 - Critical', '2 - High | urgent <b>']);
    assert.equal(table.items[0]?.detail, 'in 3 of 4 rows');
    assert.deepEqual((await offered('{ "1 - Critical" = P1 }', '{ <|> }')).items.map(newText), ['"1 - Critical"', '"2 - High | urgent <b>"']);
    assert.deepEqual((await offered('key number', 'where moves = <|>')).labels, ['0', '2']);
  });

  it('is not offered where something else is meant', async () => {
    assert.deepEqual((await offered('key number', 'dates <|>')).labels, []);
    assert.deepEqual((await offered('{ "1 - Critical" = P1 }', '{ "1 - Critical" = <|> }')).labels, []);
    assert.deepEqual((await offered('target >= 50%', 'target <|>')).labels, []);
  });

  it('is shown on hover: the first rows of a file, escaped, and the values of a column', async () => {
    const lines = model.split('\n');
    const hoverOn = async (piece: string): Promise<string> => {
      const line = lines.findIndex((one) => one.includes(piece));
      const hover = await client.request<Hover | null>('textDocument/hover', 'model.itsms', { position: { line, character: lines[line]!.indexOf(piece) + 2 } });
      return (hover?.contents as MarkupContent | undefined)?.value ?? '';
    };
    const rows = await hoverOn('"data/tickets.csv"');
    assert.ok(rows.includes('| number | opened\\_at | resolved\\_at | Priority level | moves |'), rows);
    assert.ok(rows.includes('2 - High \\| urgent &lt;b&gt; | 0 |'), rows);
    assert.match(await hoverOn('"Priority level"'), /`1 - Critical` \(3\)/);
    assert.match(await hoverOn('moves'), /column `moves`.*\n\n- `0` \(3\)/);
  });
});

describe('figures without trust', () => {
  it('are not measured, not even when asked for', async () => {
    const client = await TestClient.start({ files, trusted: false });
    await assert.rejects(client.connection.sendRequest('itsms/measure', {}), /not trusted/);
    await assert.rejects(client.connection.sendRequest('itsms/rows', { subject: { kind: 'workload', agreement: 'gold', limit: 'tickets' }, period: '2026-10' }), /not trusted/);
    await client.open('model.itsms', model);
    assert.deepEqual(await client.request('textDocument/codeLens', 'model.itsms'), []);
    const line = model.split('\n').findIndex((one) => one.includes('map reassignments'));
    const list = await client.request<CompletionList>('textDocument/completion', 'model.itsms', { position: { line, character: '  map reassignments = '.length } });
    assert.deepEqual(list.items.filter(({ label }) => label === 'moves' || label === 'Priority level'), []);
    const source = model.split('\n').findIndex((one) => one.startsWith('source'));
    const hover = await client.request<Hover | null>('textDocument/hover', 'model.itsms', { position: { line: source, character: '"data'.length + 'source tickets of incident from'.length } });
    assert.doesNotMatch(JSON.stringify(hover), /opened/);
    await client.stop();
  });
});
