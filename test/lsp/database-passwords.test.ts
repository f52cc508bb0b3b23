import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import type { DatabaseCredentialsParams, DatabasesResult, MeasureResult } from '../../server/protocol.ts';
import { password, PostgresServer } from '../measurement/postgres-server.ts';
import { TestClient } from './test-client.ts';

const model = `service mail
metric n { from tickets value count every month }
source tickets of incident from postgres service-desk table tickets {
  dates iso
  key number
  map opened
}
`;

describe('passwords of databases', function () {
  this.timeout(120_000);
  let server: PostgresServer | undefined;
  const cacheFolder = mkdtempSync(join(tmpdir(), 'itsms-cache-'));

  before(async function () {
    server = await PostgresServer.startOrSkip(this);
    const admin = new pg.Client({ connectionString: server.url() });
    await admin.connect();
    await admin.query(`CREATE TABLE tickets AS SELECT 'T' || n AS number, timestamptz '2026-10-01 08:00Z' + n * interval '1 hour' AS opened, CASE WHEN n % 3 = 0 THEN 'net' ELSE 'desk' END AS team FROM generate_series(1, 100) n`);
    await admin.end();
  });
  after(() => {
    server?.stop();
    rmSync(cacheFolder, { recursive: true, force: true });
  });

  /** A client that keeps what it is given, and what it was asked for. */
  async function keeping(kept: Record<string, string>, trusted = true): Promise<{ readonly client: TestClient; readonly asked: string[] }> {
    const client = await TestClient.start({ files: { 'model.itsms': model, 'itsms.config.json': '{}' }, trusted, ...({ keepsSecrets: true, cacheFolder } as object) });
    const asked: string[] = [];
    client.connection.onRequest('itsms/databaseCredentials', ({ addresses, passwords }: DatabaseCredentialsParams) => {
      asked.push(...addresses, ...passwords);
      // One that says more than it was asked.
      return { ...kept, other: 'x' };
    });
    return { client, asked };
  }

  it('are asked for when records are read, used for their place and written nowhere', async () => {
    const identity = `reader@127.0.0.1:${server!.port}/postgres`;
    const kept: Record<string, string> = {};
    const { client, asked } = await keeping(kept);
    try {
      const without = await client.connection.sendRequest<MeasureResult>('itsms/measure', {});
      assert.equal(without.records, 0);
      assert.deepEqual((await client.connection.sendRequest<DatabasesResult>('itsms/databases', {})).databases, [{ kind: 'postgres', name: 'service-desk' }]);
      kept['service-desk'] = `postgres://reader@127.0.0.1:${server!.port}/postgres`;
      assert.deepEqual((await client.connection.sendRequest<DatabasesResult>('itsms/databases', {})).databases, [{ kind: 'postgres', name: 'service-desk', identity }]);
      kept[identity] = password;
      await client.connection.sendNotification('itsms/credentialsChanged');
      const measured = await client.connection.sendRequest<MeasureResult>('itsms/measure', {});
      assert.equal(measured.records, 100);
      assert.ok(asked.includes('service-desk') && asked.includes(identity));
      const written = readdirSync(cacheFolder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
      for (const secret of [password, encodeURIComponent(password)]) assert.ok(!JSON.stringify([...written, client.logged, client.messages, measured]).includes(secret));
    } finally {
      await client.stop();
    }
  });

  it('let the editor offer columns and values, and show the first rows', async () => {
    const { client, asked } = await keeping({ 'service-desk': `postgres://reader@127.0.0.1:${server!.port}/postgres`, [`reader@127.0.0.1:${server!.port}/postgres`]: password });
    try {
      const text = `${model.replace('  map opened\n', '  map opened = \n  map priority = team { "" = P1 }\n')}priority P1\n`;
      await client.open('model.itsms', text);
      const lines = text.split('\n');
      const at = (part: string, after = 0): { readonly line: number; readonly character: number } => {
        const line = lines.findIndex((one) => one.includes(part));
        return { line, character: lines[line]!.indexOf(part) + after };
      };
      const labels = async (position: object): Promise<readonly string[]> => {
        const answer = await client.request<{ readonly items: readonly { readonly label: string }[] }>('textDocument/completion', 'model.itsms', { position });
        return answer.items.map(({ label }) => label);
      };
      const columns = await labels(at('map opened = ', 'map opened = '.length));
      for (const column of ['number', 'opened', 'team']) assert.ok(columns.includes(column), `${column} of ${columns.join(', ')}`);
      assert.deepEqual((await labels(at('{ ""', 3))).slice(0, 2), ['desk', 'net']);
      for (const part of ['service-desk', 'tickets {']) {
        const hover = await client.request<{ readonly contents: { readonly value: string } }>('textDocument/hover', 'model.itsms', { position: at(part, 1) });
        assert.match(hover.contents.value, /\| number \| opened \| team \|[\s\S]*T1 \|.*2026-10-01 09:00/);
      }
      assert.ok(asked.length > 0);
    } finally {
      await client.stop();
    }
  });

  it('are not asked for in a workspace that is not trusted', async () => {
    const { client, asked } = await keeping({}, false);
    try {
      await assert.rejects(client.connection.sendRequest('itsms/measure', {}), /not trusted/);
      assert.deepEqual(await client.connection.sendRequest('itsms/databases', {}), { databases: [] });
      await client.open('model.itsms', model);
      await client.request('textDocument/hover', 'model.itsms', { position: { line: 2, character: 45 } });
      assert.deepEqual(asked, []);
    } finally {
      await client.stop();
    }
  });
});
