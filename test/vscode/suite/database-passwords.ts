import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import { TrinoServer, type Reply, type Seen } from '../../measurement/trino-server.ts';
import { eventually, open, rangeOf } from './support.ts';

const password = 'p@ss/w:rd';
const source = '\nsource of-lake of change from trino lake table "desk_changes" {\n  key id\n  map opened = since\n}\n';

/** A table of two columns, for who knows the password. */
function answer(server: TrinoServer, { method, url, headers }: Seen): Reply {
  if (headers.authorization !== `Basic ${Buffer.from(`reader:${password}`).toString('base64')}`) return { status: 401, body: 'Unauthorized' };
  const columns = ['id', 'since'].map((name) => ({ name, type: 'varchar' }));
  if (method === 'POST') return { body: { id: 'q', nextUri: server.uri('/v1/statement/q/1') } };
  return url === '/v1/statement/q/1' ? { body: { id: 'q', columns, data: [['C-4711', '2026-03-01 08:00']] } } : { status: 204, body: '' };
}

const soon = (): Promise<undefined> => new Promise((settle) => setTimeout(() => settle(undefined), 100));

describe('passwords of databases', () => {
  const server: TrinoServer = new TrinoServer((seen) => answer(server, seen));
  const sent = (): number => server.seen.length;
  before(async () => {
    await vscode.extensions.getExtension('itsms.itsms')?.activate();
    await server.start();
  });
  after(async () => {
    server.stop();
    await vscode.commands.executeCommand('workbench.action.revertAndCloseActiveEditor');
  });

  it('are asked for, kept, used for their place, and gone when somebody removes them', async () => {
    const editor = await open('acme.itsms');
    const { document } = editor;
    assert.ok(await editor.edit((edit) => edit.insert(document.positionAt(document.getText().length), source)));
    const wish = { database: 'lake', address: server.uri('/desk/public').replace('http://', 'http://reader@') };
    const set = (more: object): Thenable<boolean> => vscode.commands.executeCommand<boolean>('itsms.setDatabasePassword', more);
    const remove = (more: object = { database: 'lake' }): Thenable<boolean> => vscode.commands.executeCommand<boolean>('itsms.removeDatabasePassword', more);
    const shown = async (): Promise<string> => {
      const hovers = await vscode.commands.executeCommand<vscode.Hover[]>('vscode.executeHoverProvider', document.uri, rangeOf(document, 'desk_changes').start);
      return hovers.flatMap(({ contents }) => contents.map((one) => (typeof one === 'string' ? one : one.value))).join('\n');
    };
    assert.equal(await remove(), false, 'nothing is kept yet');
    assert.equal(await set({ ...wish, address: 'http://reader:x@127.0.0.1/desk' }), false, 'an address that says the password is none');
    // Once the text has reached the server.
    await eventually('the password is kept', async () => ((await set({ ...wish, password })) ? true : undefined));
    await eventually('the first rows', async () => ((await shown()).includes('C-4711') ? true : undefined), () => server.seen.map(({ url }) => url));
    assert.ok(sent() > 0);
    assert.ok(server.seen.every(({ headers }) => headers.authorization?.startsWith('Basic ') === true));
    assert.ok(!document.getText().includes(password));

    // Nobody says which: it is the one of which something is kept.
    const removing = remove({});
    const isRemoved = await eventually('the choice is made', async () => {
      await vscode.commands.executeCommand('workbench.action.acceptSelectedQuickOpenItem');
      const made = await Promise.race([removing, soon()]);
      return made === undefined ? undefined : { made };
    });
    assert.equal(isRemoved.made, true);
    const before = sent();
    await eventually('no rows', async () => ((await shown()).includes('C-4711') ? undefined : true));
    assert.equal(sent(), before, 'nobody is asked without a place');
    assert.equal(await remove(), false, 'nothing is kept any more');

    // Somebody changes their mind at the password.
    const asking = set(wish);
    const closed = await eventually('the box is closed', async () => {
      await vscode.commands.executeCommand('workbench.action.closeQuickOpen');
      const made = await Promise.race([asking, soon()]);
      return made === undefined ? undefined : { made };
    });
    assert.equal(closed.made, false);
    assert.equal(sent(), before);
  });
});
