import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { readPackageFile } from '../../../server/project/package-files.ts';
import { renderDocument } from '../../../server/reports/render-document.ts';
import { zipPackage } from '../../../server/reports/renderers/office/zip-package.ts';
import { programOrSkip } from '../../support/programs.ts';
import { inFolder } from '../../support/temporary-folder.ts';
import { sampleDocument } from '../sample-document.ts';

describe('files that are zips', function () {
  this.timeout(60_000);
  let unzip: string;

  before(function () {
    unzip = programOrSkip(this, 'unzip', 'unzip');
  });

  for (const format of ['docx', 'xlsx', 'csv'] as const) {
    it(`are whole to unzip: ${format}`, async () => {
      const file = await renderDocument(sampleDocument(), format, readPackageFile);
      await inFolder({ 'a.zip': file }, async (folder) => {
        assert.match(execFileSync(unzip, ['-t', join(folder, 'a.zip')], { encoding: 'utf8' }), /No errors detected/);
      });
    });
  }

  it('hold their parts in one order, with no day of their own', async () => {
    const parts = { 'b.txt': 'two', 'a.txt': 'one', 'first.txt': '' };
    const file = zipPackage(parts, ['first.txt', 'missing.txt']);
    assert.deepEqual(zipPackage({ 'a.txt': 'one', 'first.txt': '', 'b.txt': 'two' }, ['first.txt']), file);
    await inFolder({ 'a.zip': file }, async (folder) => {
      const lines = execFileSync(unzip, ['-l', join(folder, 'a.zip')], { encoding: 'utf8' }).split('\n').filter((line) => line.includes('.txt'));
      assert.deepEqual(lines.map((line) => line.trim().split(/\s+/).slice(1)), ['first.txt', 'a.txt', 'b.txt'].map((name) => ['1980-01-01', '00:00', name]));
    });
  });
});
