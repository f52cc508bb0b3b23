import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './imports.ts';

const workspace = join(root, 'test', 'vscode', 'workspace');

/** A Node that lacks what the bundles bring along: the machine's own, or the one named by `ITSMS_OLDER_NODE`. */
function olderNode(): string | undefined {
  const candidates = [process.env['ITSMS_OLDER_NODE'], '/usr/bin/node', '/usr/local/bin/node'];
  return candidates.find((path): path is string => {
    if (!path || !existsSync(path)) {
      return false;
    }
    const version = spawnSync(path, ['--version'], { encoding: 'utf8' }).stdout;
    return /^v2[01]\./.test(version);
  });
}

describe('Object.groupBy for Node 20', () => {
  it('does as the real one does', () => {
    const script = `
      const native = Object.groupBy;
      delete Object.groupBy;
      await import(${JSON.stringify(pathToFileURL(join(root, 'server/older-node.ts')).href)});
      const ours = Object.groupBy;
      const cases = [
        [[1, 2, 3], (n) => (n % 2 ? 'odd' : 'even')],
        [new Set(['a', 'bb', 'cc']), (s) => s.length],
        [['x', 'y'], (_, index) => index],
        [['constructor', '__proto__'], (s) => s],
        [[], () => 'never'],
      ];
      console.log(JSON.stringify({
        replaced: ours !== native,
        same: cases.every(([items, key]) => JSON.stringify(Object.entries(ours(items, key))) === JSON.stringify(Object.entries(native(items, key)))),
        bare: Object.getPrototypeOf(ours([], () => '')) === null,
      }));`;
    const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
    assert.deepEqual(JSON.parse(output), { replaced: true, same: true, bare: true });
  });
});

describe('the command line on an older Node', function () {
  this.timeout(60_000);
  let node = '';

  before(function () {
    const found = olderNode();
    if (found === undefined) {
      console.log('    no Node 20 on this machine: name one in ITSMS_OLDER_NODE');
      this.skip();
    }
    node = found;
  });

  function run(...parameters: readonly string[]): { readonly status: number | null; readonly stdout: string; readonly stderr: string } {
    return spawnSync(node, [join(root, 'dist', 'cli.js'), ...parameters], { cwd: workspace, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 });
  }

  it('parses and checks a model', () => {
    const { status, stdout, stderr } = run('check', '--format', 'json');
    assert.ok(status === 0 || status === 1, `${status}: ${stderr}`);
    const answer = JSON.parse(stdout) as { readonly asOf: string; readonly findings: readonly unknown[] };
    assert.equal(answer.asOf, '2026-11-22');
    assert.ok(Array.isArray(answer.findings));
  });

  it('measures with the native engine', () => {
    const { status, stdout, stderr } = run('measure', '--period', '2026-10', '--format', 'json');
    assert.ok(status === 0 || status === 1, `${status}: ${stderr}`);
    const figures = JSON.parse(stdout) as readonly { readonly agreement?: string | null }[];
    assert.ok(figures.some(({ agreement }) => agreement === 'email-gold'));
  });
});
