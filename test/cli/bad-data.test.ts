import assert from 'node:assert/strict';
import { symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { checkResultSchema } from '../../server/cli/schemas/check.ts';
import { measureResultSchema } from '../../server/cli/schemas/measure.ts';
import { itsms } from '../support/command.ts';
import { inFolder } from '../support/temporary-folder.ts';

const header = 'id,opened,restored,priority\n';
const rows = 'a,2026-10-05T09:00:00Z,2026-10-05T10:00:00Z,P1\nb,2026-10-06T09:00:00Z,2026-10-06T15:00:00Z,P1\n';

function model(file: string): string {
  return `organization us "Us"
person anna
customer retail
priority P1
service email { owner anna  customer retail  status live }
source tickets of incident from "${file}" {
  dates iso
  key id
  map opened = opened
  map restored = restored
  map priority = priority
}
sla gold for email with retail {
  target restore-p1 restore P1 within 4h for 95% per month from tickets
}
`;
}

interface Answer {
  /** Findings about the data, with their places. */
  readonly found: readonly string[];
  readonly numerator: string | null | undefined;
}

async function answer(folder: string): Promise<Answer> {
  const check = await itsms(folder, 'check', '--as-of', '2026-11-10', '--format', 'json');
  assert.ok(check.code === 0 || check.code === 1, check.error);
  const { findings } = checkResultSchema.parse(JSON.parse(check.out));
  const measured = await itsms(folder, 'measure', '--as-of', '2026-11-10', '--period', '2026-10', '--format', 'json');
  assert.ok(measured.code === 0 || measured.code === 1, measured.error);
  const [figure] = measureResultSchema.parse(JSON.parse(measured.out)).filter(({ name }) => name === 'restore-p1');
  const about = findings.filter(({ requirements }) => requirements.length === 0);
  return { found: about.map(({ file, line, message }) => `${file}:${line} ${message}`), numerator: figure?.numerator };
}

describe('data that is not what it should be', function () {
  this.timeout(60_000);

  const readable: Readonly<Record<string, Uint8Array>> = {
    'UTF-8': Buffer.from(header + rows),
    'UTF-8 with byte order mark': Buffer.from(`\ufeff${header}${rows}`),
    'UTF-16 little-endian': Buffer.from(`\ufeff${header}${rows}`, 'utf16le'),
    'UTF-16 big-endian': Buffer.from(`\ufeff${header}${rows}`, 'utf16le').swap16(),
    'lines that end as on Windows': Buffer.from((header + rows).replaceAll('\n', '\r\n')),
    semicolons: Buffer.from((header + rows).replaceAll(',', ';')),
  };
  for (const [what, bytes] of Object.entries(readable)) {
    it(`reads ${what}`, async () => {
      await inFolder({ 'a.itsms': model('data.csv'), 'data.csv': bytes }, async (folder) => {
        assert.deepEqual(await answer(folder), { found: [], numerator: '1' });
      });
    });
  }

  it('reads a compressed file', async () => {
    await inFolder({ 'a.itsms': model('data.csv.gz'), 'data.csv.gz': gzipSync(header + rows) }, async (folder) => {
      assert.deepEqual(await answer(folder), { found: [], numerator: '1' });
    });
  });

  const unreadable: Readonly<Record<string, { readonly content?: Uint8Array | string; readonly named?: string; readonly says: RegExp }>> = {
    'a file that is missing': { says: /data\.csv/ },
    'a pattern that finds nothing': { named: 'exports/*.csv', says: /exports\/\*\.csv/ },
    'a binary file': { content: Buffer.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0, 1, 2, 3]), says: /data\.csv/ },
    'an empty file': { content: '', says: /data\.csv/ },
    'a line of 50 MB': { content: `${header}a,${'x'.repeat(50 * 1024 * 1024)}`, says: /data\.csv/ },
    'a file outside the project': { named: '../outside.csv', says: /outside/ },
    'a file anywhere on the machine': { named: '/etc/passwd', says: /\/etc\/passwd/ },
    'an address on the network': { named: 'https://example.com/data.csv', says: /example\.com/ },
  };
  for (const [what, { content, named = 'data.csv', says }] of Object.entries(unreadable)) {
    it(`gives one finding at the place that names ${what}`, async () => {
      await inFolder({ 'project/a.itsms': model(named), 'outside.csv': header + rows, ...(content === undefined ? {} : { 'project/data.csv': content }) }, async (folder) => {
        const { found, numerator } = await answer(join(folder, 'project'));
        assert.equal(found.length, 1, found.join('\n'));
        assert.match(found[0] ?? '', /^a\.itsms:6 /);
        assert.match(found[0] ?? '', says);
        assert.ok(numerator === null || numerator === undefined || numerator === '0', `nothing is counted: ${numerator}`);
      });
    });
  }

  it('follows no link out of the project', async () => {
    await inFolder({ 'project/a.itsms': model('data.csv'), 'outside.csv': header + rows }, async (folder) => {
      await symlink(join(folder, 'outside.csv'), join(folder, 'project/data.csv'));
      const { found } = await answer(join(folder, 'project'));
      assert.equal(found.length, 1, found.join('\n'));
      assert.match(found[0] ?? '', /^a\.itsms:6 .*outside/);
    });
  });

  it('names a column that is not there, and values that cannot be read, with their count', async () => {
    await inFolder({ 'a.itsms': model('data.csv'), 'data.csv': header.replace('restored', 'restord') + rows }, async (folder) => {
      const { found } = await answer(folder);
      assert.equal(found.length, 1, found.join('\n'));
      assert.match(found[0] ?? '', /^a\.itsms:10 .*restored.*restord/);
      await writeFile(join(folder, 'data.csv'), `${header}${rows}c,06/10/2026 09:00,,P1\nd,2026-10-07T09:00:00Z,2026-10-07T10:00:00Z,urgent\n`);
      const second = await answer(folder);
      assert.ok(second.found.every((text) => text.includes('1 of 4')), second.found.join('\n'));
      assert.ok(second.found.some((text) => /^a\.itsms:9 .*06\/10\/2026/.test(text)), second.found.join('\n'));
      assert.ok(second.found.some((text) => /^a\.itsms:11 .*urgent/.test(text)), second.found.join('\n'));
    });
  });
});
