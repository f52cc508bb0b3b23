import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { inFolder } from '../support/temporary-folder.ts';

const program = join(import.meta.dirname, '../../server/cli/main.ts');
const deadline = 60_000;

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly error: string;
}

/** Runs the command line as a process of its own. */
function start(folder: string, argv: readonly string[], input?: string): { readonly ended: Promise<Ended>; readonly child: ReturnType<typeof spawn> } {
  const child = spawn(process.execPath, [program, ...argv], { cwd: folder, env: { ...process.env, XDG_CACHE_HOME: join(folder, '.cache') }, timeout: deadline });
  let out = '';
  let error = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (error += text));
  // An editor keeps the line open until it has said goodbye.
  if (input === undefined) child.stdin.end();
  else child.stdin.write(input);
  return { child, ended: new Promise((resolve) => child.once('close', (code) => resolve({ code, out, error }))) };
}

describe('the command line as a process', function () {
  this.timeout(3 * deadline);

  it('ends with 0, 1 and 2', async () => {
    await inFolder({ 'good/a.itsms': 'person a\n', 'bad/a.itsms': 'service s { owner nobody }\n' }, async (folder) => {
      assert.equal((await start(folder, ['check', '--project', 'good', '--fail-on', 'never']).ended).code, 0);
      assert.equal((await start(folder, ['check', '--project', 'bad']).ended).code, 1);
      const { code, out, error } = await start(folder, ['check', '--project', 'none']).ended;
      assert.deepEqual([code, out], [2, '']);
      assert.match(error, /^itsms: There is no folder/);
    });
  });

  it('writes whole results into a pipe, and does not mind a reader that has seen enough', async () => {
    const { code, out } = await start('/', ['requirements', '--format', 'json']).ended;
    assert.equal(code, 0);
    assert.equal((JSON.parse(out) as unknown[]).length, 401);
    const { child, ended } = start('/', ['requirements', '--format', 'json']);
    child.stdout?.destroy();
    const cut = await ended;
    assert.doesNotMatch(cut.error, /EPIPE|Error/);
  });

  it('serves an editor over standard input and output', async () => {
    const message = (content: object): string => {
      const body = JSON.stringify({ jsonrpc: '2.0', ...content });
      return `Content-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
    };
    await inFolder({}, async (folder) => {
      const input = [
        message({ id: 1, method: 'initialize', params: { processId: null, rootUri: null, capabilities: {}, workspaceFolders: null } }),
        message({ method: 'initialized', params: {} }),
        message({ id: 2, method: 'shutdown' }),
        message({ method: 'exit' }),
      ].join('');
      const { code, out } = await start(folder, ['lsp', '--stdio'], input).ended;
      assert.match(out, /"serverInfo":\{"name":"itsms"/);
      assert.equal(code, 0);
    });
  });
});
