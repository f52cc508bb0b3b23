import assert from 'node:assert/strict';
import { recordKinds } from '../../language/model/record-kinds.ts';
import { snippetOf } from '../../server/editor/source-requests.ts';
import type { ProposeSourceResult } from '../../server/protocol.ts';
import { TestClient } from './test-client.ts';

const files = {
  'itsms.config.json': '{}\n',
  'main.itsms': 'organization us "Us"\npriority P1 "Critical"\n',
  'data.itsms': 'source outages of outage from "data/outages.csv"\n',
  'data/incident.csv': 'number,opened,closed,priority,cause\nINC1,02/03/2026,03/03/2026,Critical,$5 lost }\nINC2,04/03/2026,05/03/2026,Later,\n',
};

describe('adding a source over the wire', function () {
  this.timeout(60_000);
  let client: TestClient;

  afterEach(() => client.stop());

  const ask = (params: object): Promise<ProposeSourceResult> => client.connection.sendRequest('itsms/proposeSource', params);

  it('says first what the files may hold, then gives the declaration for the file with the other sources', async () => {
    client = await TestClient.start({ files });
    const uris = [client.uri('data/incident.csv')];
    const { kinds, proposal: none } = await ask({ files: uris });
    assert.equal(none, undefined);
    assert.deepEqual([kinds[0]!.id, kinds.length], ['incident', Object.keys(recordKinds).length]);
    assert.match(kinds[0]!.why, /^“incident\.csv” says so; keys begin with INC/);
    const { proposal } = await ask({ files: uris, kind: 'incident' });
    assert.equal(proposal?.uri, client.uri('data.itsms'));
    assert.deepEqual([proposal.name, proposal.open], ['incident', 3]);
    assert.match(proposal.snippet, /\n {2}dates \$\{1\|"TODO: dd\/MM\/yyyy or MM\/dd\/yyyy","dd\/MM\/yyyy","MM\/dd\/yyyy"\|\} in \$\{2:TODO\}\n/);
    assert.match(proposal.snippet, /"Later" = \$\{3:TODO\} {2}\/\/ 1 row\n/);
  });

  it('says why nothing is proposed: for a file that is none, and outside the project', async () => {
    client = await TestClient.start({ files });
    await assert.rejects(ask({ files: [client.uri('data/none.csv')] }), /There is no file “data\/none\.csv”/);
    await assert.rejects(ask({ files: [client.uri('../elsewhere.csv')] }), /“elsewhere\.csv” lies outside the project/);
  });

  it('reads nothing in a workspace that is not trusted', async () => {
    client = await TestClient.start({ files, trusted: false });
    await assert.rejects(ask({ files: [client.uri('data/incident.csv')] }), /trusted workspace only/);
  });
});

describe('a proposed text as a snippet', () => {
  it('takes everything but the open points as it is', () => {
    const text = 'source x of incident from "a$b}.csv" {\n  // costs $5 TODO\n  dates iso in TODO\n  map cause = "in TODO \\\\ ${1}"\n}\n';
    const snippet = snippetOf(text);
    assert.deepEqual(snippet.match(/\$\{\d+:[^}]*\}/g)?.filter((stop) => !stop.includes('\\')), ['${1:TODO}']);
    assert.match(snippetOf('map opened = "TODO: a or b"'), /\$\{1\|"TODO: a or b","a","b"\|\}$/);
    assert.match(snippetOf('map opened = "TODO: a} or b$"'), /= \$\{1:"TODO: a\\\} or b\\\$"\}$/);
    // As an editor reads it.
    const read = snippet.replace(/\\([\\$}])|\$\{\d+:([^}]*)\}/g, (_, plain: string | undefined, stop: string | undefined) => plain ?? stop ?? '');
    assert.equal(read, text);
  });
});
