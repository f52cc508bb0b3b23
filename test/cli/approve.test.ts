import assert from 'node:assert/strict';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { itsms } from '../support/command.ts';
import { inFolder } from '../support/temporary-folder.ts';

const files = {
  'itsms.config.json': '{ "asOf": "2026-11-10" }',
  'docs/scope.md': 'What we do\n',
  'a.itsms': `organization us "Us"
person anna "Anna"
person ben "Ben"

document scope "Scope" {
  kind scope
  file "docs/scope.md"
  // The first approval of all.
  approved by anna on 2026-01-01
}

plan audit-plan "Audit plan" {
  kind audit
}
person carl "Carl"
`,
};

async function voids(folder: string): Promise<string[]> {
  const { out } = await itsms(folder, 'check', '--no-measure', '--format', 'json');
  return (JSON.parse(out) as { findings: { code: string; message: string }[] }).findings.filter(({ code }) => code === 'approval-void').map(({ message }) => message);
}

describe('itsms approve', () => {
  it('binds approvals to what was approved, and keeps that', async () => {
    await inFolder(files, async (folder) => {
      const { code, out, error } = await itsms(folder, 'approve', 'scope', 'audit-plan', '--by', 'ben');
      assert.equal(error, '');
      assert.equal(code, 0);
      const [first, second] = [...out.matchAll(/sha256:([0-9a-f]{64})/g)].map(([, hash]) => hash!);
      const text = await readFile(join(folder, 'a.itsms'), 'utf8');
      assert.equal(
        text,
        files['a.itsms']
          .replace('on 2026-01-01\n', `on 2026-01-01\n  approved by ben on 2026-11-10 as sha256:${first}\n`)
          .replace('kind audit\n', `kind audit\n  approved by ben on 2026-11-10 as sha256:${second}\n`),
      );
      assert.deepEqual((await readdir(join(folder, '.itsms', 'approved'))).sort(), [first, second].sort());
      assert.equal(await readFile(join(folder, '.itsms', 'approved', first!), 'utf8'), 'What we do\n');
      assert.deepEqual(await voids(folder), []);
    });
  });

  it('says what has changed since, and takes the place of what is void when it is approved anew', async () => {
    await inFolder(files, async (folder) => {
      await itsms(folder, 'approve', 'scope', 'audit-plan', '--by', 'ben');
      const file = join(folder, 'a.itsms');
      await writeFile(file, (await readFile(file, 'utf8')).replace('kind audit\n', 'kind audits\n'));
      await writeFile(join(folder, 'docs', 'scope.md'), 'What else we do\n');
      const found = await voids(folder);
      assert.equal(found.length, 2, found.join('\n'));
      assert.match(found.join('\n'), /“docs\/scope\.md” is no longer what was approved/);
      assert.match(found.join('\n'), /“kind audit” was approved, “kind audits” was not/);
      assert.equal((await itsms(folder, 'approve', 'scope', 'audit-plan', '--by', 'anna')).code, 0);
      assert.deepEqual(await voids(folder), []);
      const text = await readFile(file, 'utf8');
      assert.equal(text.match(/approved by/g)?.length, 2, text);
      assert.doesNotMatch(text, /by ben/);
    });
  });

  it('approves nothing where it cannot', async () => {
    await inFolder(files, async (folder) => {
      for (const argv of [['nothing', '--by', 'ben'], ['scope', '--by', 'nobody'], ['ben', '--by', 'ben'], ['scope', 'nothing', '--by', 'ben'], ['scope']]) {
        const { code, out, error } = await itsms(folder, 'approve', ...argv);
        assert.equal(code, 2, argv.join(' '));
        assert.equal(out, '');
        assert.notEqual(error, '');
      }
      assert.equal(await readFile(join(folder, 'a.itsms'), 'utf8'), files['a.itsms']);
    });
  });
});
