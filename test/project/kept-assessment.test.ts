import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Measurements } from '../../server/measurement/figure.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { Project, type ProjectOptions } from '../../server/project/project.ts';
import { declarations } from '../assessment/edited-model.ts';
import '../support/property-seed.ts';
import { inFolder } from '../support/temporary-folder.ts';

async function open(folder: string, options: Partial<ProjectOptions> = {}): Promise<Project> {
  return Project.open(await openNodeHost(folder), { trusted: true, asOf: '2026-11-10', cacheFolder: join(folder, '.cache'), cacheStamp: '1', ...options });
}

function fresh(folder: string, options: Partial<ProjectOptions> = {}): Promise<Project> {
  const { cacheFolder: _none, ...rest } = { cacheFolder: undefined, ...options };
  return openNodeHost(folder).then((host) => Project.open(host, { trusted: true, asOf: '2026-11-10', ...rest }));
}

/** All that a project says of itself. */
function said(project: Project): unknown {
  const { findings, requirements } = project.assessment();
  return { findings, requirements, severities: project.severities(), located: project.filesWithFindings().map((file) => [file, project.locatedFindingsOf(file).map(({ finding, range, related }) => ({ finding, range, related }))]) };
}

async function keptFile(folder: string): Promise<string> {
  const name = (await readdir(join(folder, '.cache'))).find((one) => one.startsWith('assessment-'));
  assert.ok(name !== undefined, 'an assessment is kept');
  return join(folder, '.cache', name);
}

const sign = 'taken from what was kept';

/** Writes into what is kept, as its own program would, so that it shows whether it is taken over. */
async function markKept(folder: string): Promise<void> {
  const path = await keptFile(folder);
  const [head = '', body = ''] = (await readFile(path, 'utf8')).split(/\n([\s\S]*)/);
  const kept = JSON.parse(body) as { assessment: { requirements: { reason?: string }[] } };
  kept.assessment.requirements[0]!.reason = sign;
  const marked = JSON.stringify(kept);
  await writeFile(path, `${head.split(' ')[0]} ${createHash('sha256').update(marked).digest('hex')}\n${marked}`);
}

const isTakenOver = (project: Project): boolean => project.assessment().requirements[0]?.reason === sign;

const files = {
  'itsms.config.json': '{ "severity": { "8.3.3": "warning" } }',
  'a.itsms': declarations.slice(0, 9).join('\n'),
  'b.itsms': `${declarations.slice(9).join('\n')}\nservice lost { owner nobody }\n`,
  'broken.itsms': 'service x { ownr }\nfoo\n',
  'docs/major.md': 'What to do',
};

describe('an assessment kept on disk', function () {
  this.timeout(60_000);

  it('says the same as a fresh one, and is taken over', async () => {
    await inFolder(files, async (folder) => {
      const expected = said(await fresh(folder));
      assert.deepEqual(said(await open(folder)), expected);
      const warm = await open(folder);
      assert.deepEqual(said(warm), expected);
      assert.deepEqual([...warm.changedFiles()].sort(), warm.filesWithFindings());
      assert.deepEqual([...warm.changedFiles()], []);
      // The engine, once it is ready, says the same.
      await warm.prepare();
      assert.deepEqual(said(warm), expected);
      await markKept(folder);
      const marked = await open(folder);
      assert.ok(isTakenOver(marked));
      await marked.prepare();
      assert.ok(!isTakenOver(marked));
      assert.deepEqual(said(marked), expected);
    });
  });

  it('is not taken over on another day, with another configuration, program, text, or file that is named', async () => {
    const cases: readonly (readonly [what: string, change: (folder: string) => Promise<unknown>, options?: Partial<ProjectOptions>])[] = [
      ['the same', () => Promise.resolve()],
      ['another day', () => Promise.resolve(), { asOf: '2026-11-11' }],
      ['another program', () => Promise.resolve(), { cacheStamp: '2' }],
      ['not trusted', () => Promise.resolve(), { trusted: false }],
      ['another configuration', (folder) => writeFile(join(folder, 'itsms.config.json'), '{ "severity": { "8.3.3": "hint" } }')],
      ['guidance', (folder) => writeFile(join(folder, 'itsms.config.json'), '{ "severity": { "8.3.3": "warning" }, "guidance": true }')],
      ['another text', (folder) => writeFile(join(folder, 'a.itsms'), declarations.slice(0, 8).join('\n'))],
      ['one text more', (folder) => writeFile(join(folder, 'c.itsms'), declarations[0]!)],
      ['one text less', (folder) => rm(join(folder, 'broken.itsms'))],
      ['another content of a document', (folder) => writeFile(join(folder, 'docs/major.md'), 'Something else')],
      ['no document', (folder) => rm(join(folder, 'docs/major.md'))],
    ];
    for (const [what, change, options] of cases) {
      await inFolder(files, async (folder) => {
        await open(folder);
        await markKept(folder);
        await change(folder);
        const project = await open(folder, options);
        assert.equal(isTakenOver(project), what === 'the same', what);
        if (what !== 'the same') assert.deepEqual(said(project), said(await fresh(folder, options)), what);
      });
    }
  });

  it('is not taken over where it is damaged, or about something else', async () => {
    await inFolder(files, async (folder) => {
      const expected = said(await open(folder));
      const path = await keptFile(folder);
      const whole = await readFile(path, 'utf8');
      const key = whole.slice(0, 64);
      const withBody = (body: string): string => `${key} ${createHash('sha256').update(body).digest('hex')}\n${body}`;
      const far = '{"namedFiles":[],"assessment":{"asOf":"2026-11-10","requirements":[],"patterns":[],"files":[]}}';
      const requirements = (JSON.parse(whole.slice(whole.indexOf('\n') + 1)) as { assessment: { requirements: unknown } }).assessment.requirements;
      const elsewhere = JSON.stringify({ namedFiles: [], assessment: { asOf: '2026-11-10', requirements, patterns: [], files: [['a.itsms', [[0, 0]]]] } });
      for (const content of ['', '\n', whole.slice(0, -1), whole.slice(0, 200), whole.replace('severity', 'Severity'), 'x'.repeat(500), withBody('null'), withBody('{}'), withBody('[]'), withBody(far), withBody(elsewhere)]) {
        await writeFile(path, content);
        assert.deepEqual(said(await open(folder)), expected, content.slice(0, 100));
        await writeFile(path, content);
      }
    });
  });

  it('counts as long as nothing changes, and after any edit all is as if assessed afresh', async () => {
    await inFolder(files, async (folder) => {
      await open(folder);
      const names = ['a.itsms', 'b.itsms', 'broken.itsms', 'new.itsms'];
      const edits = fc.array(fc.record({ file: fc.constantFrom(...names), declarations: fc.array(fc.nat(declarations.length - 1), { maxLength: 12 }), isPrepared: fc.boolean() }), { minLength: 1, maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(edits, async (list) => {
          const warm = await open(folder);
          const told = new Map<string, unknown>();
          const tell = (): void => {
            for (const file of warm.changedFiles()) told.set(file, warm.locatedFindingsOf(file).map(({ finding, range }) => ({ finding, range })));
          };
          tell();
          const texts = new Map<string, string>();
          for (const { file, declarations: chosen, isPrepared } of list) {
            const preparing = isPrepared ? warm.prepare() : undefined;
            texts.set(file, chosen.map((index) => declarations[index]).join('\n'));
            warm.setText(file, texts.get(file)!);
            await preparing;
            tell();
          }
          const expected = await fresh(folder);
          for (const [file, text] of texts) expected.setText(file, text);
          await expected.settle();
          await warm.settle();
          tell();
          assert.deepEqual(said(warm), said(expected));
          const shown = [...told].filter(([, found]) => (found as unknown[]).length > 0).sort(([a], [b]) => (a < b ? -1 : 1));
          assert.deepEqual(shown, expected.filesWithFindings().map((file) => [file, expected.locatedFindingsOf(file).map(({ finding, range }) => ({ finding, range }))]));
        }),
        { numRuns: 20 },
      );
    });
  });

  it('is of the text an editor holds, where one does', async () => {
    await inFolder(files, async (folder) => {
      const host = await openNodeHost(folder);
      const options: ProjectOptions = { trusted: true, asOf: '2026-11-10', cacheFolder: join(folder, '.cache'), cacheStamp: '1' };
      const start = async (text: string): Promise<Project> => {
        const project = await Project.create(host, options);
        project.setText('a.itsms', text);
        await project.load();
        return project;
      };
      await (await start('person unsaved\n')).keep();
      await markKept(folder);
      assert.ok(isTakenOver(await start('person unsaved\n')));
      assert.ok(!isTakenOver(await start('person other\n')));
      // Changed after the start, and back again: what is kept is of the text as it is then.
      const project = await start('person unsaved\n');
      project.setText('a.itsms', 'person other\n');
      await project.keep();
      await markKept(folder);
      assert.ok(isTakenOver(await start('person other\n')));
    });
  });

  it('is kept without what was measured', async () => {
    await inFolder(files, async (folder) => {
      const project = await open(folder);
      const measured: Measurements = {
        asOf: '2026-11-10',
        figures: [],
        checks: [],
        sources: [{ source: 'tickets', recordKind: 'incident', files: [], rows: 40, records: 40, fields: [], dataHash: '' }],
        findings: [{ code: 'source-files', severity: 'error', message: 'Found when it was measured.', place: { file: 'a.itsms' }, requirements: [], related: [], fixes: [] }],
        records: [],
      };
      project.setMeasurements(measured);
      project.setText('a.itsms', 'person anna "Anna"\n');
      await project.keep();
      const withFigures = said(project);
      await writeFile(join(folder, 'a.itsms'), 'person anna "Anna"\n');
      await markKept(folder);
      assert.ok(isTakenOver(await open(folder)));
      const warm = await open(folder);
      await warm.prepare();
      assert.deepEqual(said(warm), said(await fresh(folder)));
      // Nothing of it was lost where it was measured.
      assert.ok(project.findingsOf('a.itsms').some(({ message }) => message === 'Found when it was measured.'));
      assert.deepEqual(said(project), withFigures);
    });
  });
});
