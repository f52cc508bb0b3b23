import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { documentFormats } from '../../server/reports/render-document.ts';
import { itsms } from '../support/command.ts';

const root = join(import.meta.dirname, '../..');
const page = readFileSync(join(root, 'docs/formats.md'), 'utf8');

describe('what the documentation says of formats', function () {
  this.timeout(120_000);

  it('names all of them and no other', () => {
    assert.deepEqual([...page.matchAll(/^\| `(\w+)` \|/gm)].map(([, name]) => name).toSorted(), [...documentFormats].toSorted());
  });

  it('is what the command writes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'itsms-formats-'));
    try {
      cpSync(join(root, 'examples/small-provider'), folder, { recursive: true });
      const [, command = ''] = /^ {4}itsms (report registers .*)$/m.exec(page) ?? [];
      const [, shown = ''] = /^```csv\n([\s\S]*?)^```$/m.exec(page) ?? [];
      const { code, error } = await itsms(folder, ...command.split(' '));
      assert.equal(code, 0, error);
      const files = unzipSync(readFileSync(join(folder, 'out/registers.csv.zip')));
      assert.equal(strFromU8(files['04-objectives.csv'] ?? new Uint8Array()).replaceAll('\r\n', '\n'), shown);
      assert.deepEqual([...readFileSync(join(folder, 'out/registers.xlsx')).subarray(0, 2)], [0x50, 0x4b]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
