import assert from 'node:assert/strict';
import type { CodeLens, Hover, MarkupContent } from 'vscode-languageserver-protocol';
import type { MeasureResult } from '../../server/protocol.ts';
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

  it('follow the text without being measured anew', async () => {
    await client.change('model.itsms', `// one line more\n${model}`);
    const moved = await client.request<CodeLens[]>('textDocument/codeLens', 'model.itsms');
    assert.deepEqual(moved.map(({ range }) => range.start.line), lenses.map(({ range }) => range.start.line + 1));
    await client.change('model.itsms', model);
  });
});

describe('figures without trust', () => {
  it('are not measured, not even when asked for', async () => {
    const client = await TestClient.start({ files, trusted: false });
    await assert.rejects(client.connection.sendRequest('itsms/measure', {}), /not trusted/);
    await client.open('model.itsms', model);
    assert.deepEqual(await client.request('textDocument/codeLens', 'model.itsms'), []);
    await client.stop();
  });
});
