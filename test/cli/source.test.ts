import assert from 'node:assert/strict';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { itsms } from '../support/command.ts';
import { inFolder } from '../support/temporary-folder.ts';

const model = 'organization us "Us"\npriority P1 "Critical"\npriority P2 "High"\n';
const export1 = 'number,opened_at,resolved_at,priority\nINC001,02/03/2026 09:00,02/03/2026 09:30,1 - Critical\nINC002,31/03/2026 09:00,31/03/2026 11:00,Later\n';
const files = { 'itsms.config.json': '{}\n', 'main.itsms': model, 'data/incident.csv': export1 };

describe('itsms source', function () {
  this.timeout(60_000);

  it('prints the declaration it proposes, from whatever folder it is asked, and writes nothing', async () => {
    await inFolder(files, async (folder) => {
      const { code, out, error } = await itsms(join(folder, 'data'), 'source', 'incident.csv');
      assert.equal(code, 0, error);
      assert.equal(out, `source incident of incident from "data/incident.csv" {
  // Proposed from 1 file with 2 rows and 4 columns. Whatever is TODO is for you to decide.
  // Dates: day first: 2 values have a first number above 12 (up to 31), none a second one.
  // No date says its time zone: it is not in the data.
  dates "dd/MM/yyyy HH:mm" in TODO
  key number
  map opened = opened_at
  map restored = resolved_at
  map priority = priority {
    "1 - Critical" = P1
    "Later" = TODO  // 1 row
  }
}
`);
      const docs = await readFile(new URL('../../docs/measuring.md', import.meta.url), 'utf8');
      assert.ok(docs.includes(`\`\`\`text\n${export1}\`\`\`\n`) && docs.includes(`\`\`\`itsms open\n${out}\`\`\`\n`), 'the example of the documentation is this one');
      assert.match(error, /^2 places are left open as TODO; the comments say why\. Next: itsms measure\n$/);
      assert.equal(await readFile(join(folder, 'main.itsms'), 'utf8'), model);
    });
  });

  it('appends it to a file of the project, once', async () => {
    await inFolder(files, async (folder) => {
      const added = await itsms(folder, 'source', 'data/*.csv', '--kind', 'service-request', '--name', 'orders', '--add', 'sources/requests.itsms');
      assert.deepEqual([added.code, added.out], [0, 'sources/requests.itsms:1: source orders\n'], added.error);
      const more = await itsms(folder, 'source', 'data/incident.csv', '--add', 'main.itsms');
      assert.deepEqual([more.code, more.out], [0, 'main.itsms:5: source incident\n'], more.error);
      const text = await readFile(join(folder, 'main.itsms'), 'utf8');
      assert.ok(text.startsWith(`${model}\nsource incident of incident from "data/incident.csv" {\n`), text);
      const again = await itsms(folder, 'source', 'data/incident.csv', '--add', 'main.itsms');
      assert.deepEqual([again.code, again.error], [2, 'itsms: The source incident reads the same file as records of the same kind already.\n']);
      assert.equal(await readFile(join(folder, 'main.itsms'), 'utf8'), text);
      assert.deepEqual((await readdir(folder)).toSorted(), ['data', 'itsms.config.json', 'main.itsms', 'sources']);
    });
  });

  it('counts what is left open as a finding each, and is read without others once it is filled in', async () => {
    await inFolder(files, async (folder) => {
      await itsms(folder, 'source', 'data/incident.csv', '--add', 'sources.itsms');
      const findings = async (): Promise<readonly string[]> => {
        const { out } = await itsms(folder, 'check', '--as-of', '2026-04-10', '--format', 'json');
        return (JSON.parse(out) as { findings: { file: string; message: string; requirements: unknown[] }[] }).findings.filter(({ file, requirements }) => file === 'sources.itsms' && requirements.length === 0).map(({ message }) => message);
      };
      const open = await findings();
      assert.ok(open.some((message) => message.startsWith('The time zone is still to be filled in')), open.join('\n'));
      assert.ok(open.includes('Still to be filled in: what “Later” stands for. Until then it is unknown for these records.'), open.join('\n'));
      const text = await readFile(join(folder, 'sources.itsms'), 'utf8');
      await inFolder({ ...files, 'sources.itsms': text.replace('in TODO', 'in Europe/London').replace('= TODO', '= P2') }, async (filled) => {
        const { out } = await itsms(filled, 'check', '--as-of', '2026-04-10', '--format', 'json');
        assert.deepEqual((JSON.parse(out) as { findings: { file: string; requirements: unknown[] }[] }).findings.filter(({ file, requirements }) => file === 'sources.itsms' && requirements.length === 0), []);
      });
    });
  });

  const refused: Readonly<Record<string, readonly [readonly string[], RegExp]>> = {
    'a file that is not there': [['data/none.csv'], /There is no file “data\/none\.csv”/],
    'a file outside the project': [['../outside.csv'], /outside the project/],
    'a kind that there is not': [['data/incident.csv', '--kind', 'incidnet'], /--kind: “incidnet” is no kind of record; did you mean incident\?/],
    'a name that is none': [['data/incident.csv', '--name', '1 x'], /cannot be the name of a source/],
    'a file that is no model': [['data/incident.csv', '--add', 'data/incident.csv'], /--add: “data\/incident\.csv” is no \.itsms file/],
    'a model outside the project': [['data/incident.csv', '--add', '../other.itsms'], /outside the project/],
    'a file without rows': [['data/empty.csv'], /holds no rows below its header row/],
    'a file of something else': [['data/picture.csv'], /is a binary file/],
    'files with nothing in common': [['data/incident.csv', 'data/other.csv'], /have no column in common: they need a source each/],
    'an option without its value': [['data/incident.csv', '--kind'], /argument missing/],
  };
  for (const [what, [argv, says]] of Object.entries(refused)) {
    it(`refuses ${what}`, async () => {
      await inFolder({ ...files, 'data/empty.csv': 'a,b\n', 'data/other.csv': 'x,y\n1,2\n', 'data/picture.csv': Buffer.from([1, 2, 0, 3, 4, 5, 200, 0]) }, async (folder) => {
        const { code, error, out } = await itsms(folder, 'source', ...argv);
        assert.deepEqual([code, out], [2, ''], error);
        assert.match(error, says);
      });
    });
  }
});
