import assert from 'node:assert/strict';
import { addressOf, connectionOf, withoutSecrets } from '../../server/measurement/databases/connection.ts';

const secret = 'p@ss/w:rd%20';
const desk = 'reader@desk.example.org:5432/service';
const kept = (identity: string): { readonly addresses: Record<string, string>; readonly passwords: Record<string, string> } => ({ addresses: {}, passwords: { [identity]: secret } });

describe('where a database is', () => {
  it('takes a kept password for the very place that it was kept for', () => {
    const environment = { ITSMS_SERVICE_DESK_URL: 'postgres://reader@desk.example.org/service?sslmode=verify-full' };
    assert.equal(addressOf('postgres', 'service-desk', environment).identity, desk);
    const { url, secrets } = connectionOf('postgres', 'service-desk', environment, kept(desk));
    assert.equal(decodeURIComponent(new URL(url!).password), secret);
    assert.equal(new URL(url!).search, '?sslmode=verify-full');
    assert.equal(withoutSecrets(`no ${secret} and no ${encodeURIComponent(secret)} of ${url!}`, { url, secrets }), 'no … and no … of …');
    for (const other of ['reader@evil.example.org:5432/service', 'reader@desk.example.org:5433/service', 'reader@desk.example.org:5432/other', 'admin@desk.example.org:5432/service']) {
      assert.equal(new URL(connectionOf('postgres', 'service-desk', environment, kept(other)).url!).password, '', other);
    }
  });

  it('takes the environment’s word before what is kept', () => {
    const environment = { ITSMS_SERVICE_DESK_URL: 'postgres://reader:own@desk.example.org/service' };
    assert.deepEqual(addressOf('postgres', 'service-desk', environment), { name: 'service-desk', identity: desk, isComplete: true });
    const credentials = { addresses: { 'service-desk': 'postgres://somebody@elsewhere/x' }, passwords: { [desk]: secret } };
    assert.equal(connectionOf('postgres', 'service-desk', environment, credentials).url, environment.ITSMS_SERVICE_DESK_URL);
  });

  it('takes a kept address where the environment says nothing', () => {
    const credentials = { addresses: { 'service-desk': 'postgres://reader@desk.example.org/service' }, passwords: { [desk]: secret } };
    assert.equal(addressOf('postgres', 'service-desk', {}, credentials).identity, desk);
    assert.equal(decodeURIComponent(new URL(connectionOf('postgres', 'service-desk', {}, credentials).url!).password), secret);
    assert.throws(() => connectionOf('postgres', 'other', {}, credentials), /ITSMS_OTHER_URL.*Set Database Password/);
  });

  it('gives a kept password to the variables of PostgreSQL’s own programs', () => {
    const environment = { PGHOST: 'desk.example.org', PGUSER: 'reader', PGDATABASE: 'service' };
    assert.equal(addressOf('postgres', 'service-desk', environment).identity, desk);
    const connection = connectionOf('postgres', 'service-desk', environment, kept(desk));
    assert.deepEqual([connection.url, connection.password], [undefined, secret]);
    assert.ok(connection.secrets.includes(secret));
  });

  it('sends no password over a connection that anybody can read along', () => {
    const at = (url: string): (() => unknown) => () => connectionOf('trino', 'lake', { ITSMS_LAKE_URL: url });
    assert.throws(at('http://reader:x@trino.example.org/c/s'), /http:\/\/, over which no password is sent/);
    assert.throws(at('postgres://reader:x@trino.example.org/c/s'), /does not begin with https:\/\//);
    assert.doesNotThrow(at('http://reader@trino.example.org:8080/c/s'));
    assert.doesNotThrow(at('http://reader:x@127.0.0.1:8080/c/s'));
    // A password for the encrypted place is none for the other.
    assert.notEqual(addressOf('trino', 'lake', { ITSMS_LAKE_URL: 'http://r@h:8443/c' }).identity, addressOf('trino', 'lake', { ITSMS_LAKE_URL: 'https://r@h:8443/c' }).identity);
  });
});
