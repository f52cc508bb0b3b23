import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { openNodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { dataHashOf } from '../../server/project/provenance.ts';
import type { Provenance } from '../../server/reports/blocks.ts';
import { inFolder } from '../support/temporary-folder.ts';

function git(folder: string, ...parameters: readonly string[]): string {
  const who = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  return execFileSync('git', [...who, ...parameters], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).trim();
}

async function provenance(folder: string, trusted = true): Promise<Provenance> {
  const project = await Project.open(await openNodeHost(folder), { trusted, asOf: '2026-11-10' });
  return (await project.reportInput()).provenance;
}

describe('where a document comes from', () => {
  before(function () {
    try {
      git('.', '--version');
    } catch {
      this.skip();
    }
  });

  it('names the commit, and whether the inputs differ from it, whatever became of the outputs', async () => {
    await inFolder({ 'model/a.itsms': 'person a\n', 'itsms.config.json': '{}' }, async (folder) => {
      git(folder, 'init', '--quiet');
      git(folder, 'add', '.');
      git(folder, 'commit', '--quiet', '-m', 'First');
      const commit = git(folder, 'rev-parse', 'HEAD');
      await writeFile(join(folder, 'dashboard.html'), '<p>made</p>');
      const clean = await provenance(folder);
      assert.deepEqual([clean.commit, clean.commitDirty, clean.asOf], [commit, false, '2026-11-10']);
      await writeFile(join(folder, 'model/b.itsms'), 'person b\n');
      assert.equal((await provenance(folder)).commitDirty, true);
      git(folder, 'add', 'model');
      git(folder, 'commit', '--quiet', '-m', 'Second');
      assert.equal((await provenance(folder)).commitDirty, false);
      await writeFile(join(folder, 'itsms.config.json'), '{ }');
      assert.equal((await provenance(folder)).commitDirty, true);
    });
  });

  it('names none where there is no version control, and runs nothing in a folder that is not trusted', async () => {
    await inFolder({ 'a.itsms': 'person a\n' }, async (folder) => {
      assert.equal((await provenance(folder)).commit, undefined);
      git(folder, 'init', '--quiet');
      assert.equal((await provenance(folder)).commit, undefined);
      git(folder, 'add', '.');
      git(folder, 'commit', '--quiet', '-m', 'First');
      // What a hostile repository would have run.
      git(folder, 'config', 'core.fsmonitor', `touch '${join(folder, 'ran')}' #`);
      assert.equal((await provenance(folder, false)).commit, undefined);
      assert.notEqual((await provenance(folder)).commit, undefined);
      assert.equal(execFileSync('ls', [folder], { encoding: 'utf8' }), 'a.itsms\n');
    });
  });

  it('has one hash for all data, in whatever order the sources are named', () => {
    const source = (name: string, dataHash: string) => ({ source: name, recordKind: 'incident', files: [], rows: 0, records: 0, fields: [], dataHash });
    const [a, b] = [source('a', '1'), source('b', '2')];
    assert.equal(dataHashOf([a, b]), dataHashOf([b, a]));
    assert.notEqual(dataHashOf([a, b]), dataHashOf([a, source('b', '3')]));
  });
});
