import assert from 'node:assert/strict';
import { mkdir, readdir, rename, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isRefused } from '../../server/project/host.ts';
import { findProjectFolder, findProjectFolders, openNodeHost } from '../../server/project/node-host.ts';
import { Project, type ProjectOptions } from '../../server/project/project.ts';
import { inFolder } from '../support/temporary-folder.ts';

async function open(folder: string, options: Partial<ProjectOptions> = {}): Promise<Project> {
  return Project.open(await openNodeHost(folder), { trusted: true, asOf: '2026-11-10', ...options });
}

/** Well-formedness only: what this suite is about. */
function found(project: Project, file: string): string[] {
  return project.findingsOf(file).flatMap(({ code, requirements }) => (requirements.length === 0 && code !== 'no-organization' ? [code] : []));
}

const service = 'service email "E-mail" {\n  owner anna\n}\n';
const person = 'person anna "Anna"\n';

describe('a project on disk', () => {
  it('holds the texts of its folder, not those of others', async () => {
    const files = {
      'a.itsms': person,
      'sub/b.itsms': service,
      'node_modules/p/c.itsms': service,
      '.hidden/d.itsms': service,
      'inner/itsms.config.json': '{}',
      'inner/e.itsms': service,
    };
    await inFolder(files, async (folder) => {
      assert.deepEqual((await open(folder)).files(), ['a.itsms', 'sub/b.itsms']);
      assert.deepEqual((await open(join(folder, 'inner'))).files(), ['e.itsms']);
      assert.equal(await findProjectFolder(join(folder, 'inner')), join(folder, 'inner'));
      assert.equal(await findProjectFolder(join(folder, 'sub')), join(folder, 'sub'));
      assert.deepEqual(await findProjectFolders(folder), [join(folder, 'inner')]);
    });
  });

  it('reads nothing outside, not even through a link', async () => {
    await inFolder({ 'outside/secret.itsms': person, 'outside/data.csv': 'id\n1\n', 'project/a.itsms': service, 'project/data/one.csv': 'id\n' }, async (folder) => {
      const root = join(folder, 'project');
      await symlink(join(folder, 'outside/secret.itsms'), join(root, 'link.itsms'));
      await symlink(join(folder, 'outside'), join(root, 'linked'));
      await symlink(join(folder, 'outside/data.csv'), join(root, 'data/two.csv'));
      const project = await open(root);
      assert.deepEqual(project.files(), ['a.itsms']);
      assert.deepEqual(found(project, 'link.itsms'), ['unreadable-file']);
      const { host } = project;
      for (const path of ['../outside/data.csv', join(folder, 'outside/data.csv'), 'data/two.csv', 'linked/data.csv', 'data/../../outside/data.csv']) {
        const refused = await host.read(path, 1000);
        assert.ok(isRefused(refused) && refused.refusal === 'outside', path);
      }
      const listing = await host.listData(['data/*.csv', '../outside/*.csv', 'linked/*.csv', '**/*.csv', 'data/none.csv', 'data/two.csv']);
      assert.deepEqual(listing.files.map(({ file }) => file), ['data/one.csv']);
      assert.deepEqual(listing.refused.map(({ file, refusal }) => `${file} ${refusal}`), ['../outside/*.csv outside', 'data/none.csv missing', 'data/two.csv outside', 'linked/data.csv outside']);
    });
  });

  it('gives one finding for each file that cannot be read, and reads the others', async () => {
    const files = {
      'latin.itsms': Buffer.from('person b "Bj\u00f6rn"\n', 'latin1'),
      'binary.itsms': Buffer.from([1, 2, 0, 3]),
      'long.itsms': `person c "${'x'.repeat(50 * 1024 * 1024)}"\n`,
      'good.itsms': person,
      'wide.itsms': Buffer.from(`\ufeff${service}`, 'utf16le'),
    };
    await inFolder(files, async (folder) => {
      const project = await open(folder);
      assert.deepEqual(found(project, 'latin.itsms'), ['wrong-encoding']);
      assert.deepEqual(found(project, 'binary.itsms'), ['not-text']);
      assert.equal(found(project, 'long.itsms').length, 1);
      assert.deepEqual(found(project, 'good.itsms'), []);
      assert.deepEqual(found(project, 'wide.itsms'), []);
    });
  });

  it('follows what changes, on disk and in an editor', async () => {
    await inFolder({ 'a.itsms': service }, async (folder) => {
      const project = await open(folder);
      assert.deepEqual(found(project, 'a.itsms'), ['unknown-name']);
      let changes = 0;
      const stop = project.onChanged(() => changes++);
      await writeFile(join(folder, 'b.itsms'), person);
      await project.refresh(['b.itsms']);
      assert.deepEqual(found(project, 'a.itsms'), []);
      project.setText('b.itsms', 'person bert\n');
      assert.deepEqual(found(project, 'a.itsms'), ['unknown-name']);
      assert.equal(changes, 2);
      // What an editor holds counts until it is closed, whatever happens on disk.
      await writeFile(join(folder, 'b.itsms'), `${person}person carl\n`);
      await project.refresh();
      assert.equal(project.text('b.itsms'), 'person bert\n');
      await project.closeText('b.itsms');
      assert.deepEqual(found(project, 'a.itsms'), []);
      await rename(join(folder, 'b.itsms'), join(folder, 'c.itsms'));
      await project.refresh();
      assert.deepEqual(project.files(), ['a.itsms', 'c.itsms']);
      assert.deepEqual(found(project, 'a.itsms'), []);
      stop();
      const before = changes;
      project.remove('c.itsms');
      assert.equal(changes, before);
      assert.deepEqual(found(project, 'a.itsms'), ['unknown-name']);
    });
  });

  it('takes its date from what is asked, then the configuration', async () => {
    await inFolder({ 'itsms.config.json': '{ "asOf": "2026-06-30" }', 'a.itsms': person }, async (folder) => {
      const host = await openNodeHost(folder);
      assert.equal((await Project.open(host, { trusted: true })).asOf, '2026-06-30');
      const project = await open(folder);
      assert.equal(project.asOf, '2026-11-10');
      await writeFile(join(folder, 'itsms.config.json'), '{ "asof": 1 }');
      await project.refresh(['itsms.config.json']);
      assert.deepEqual(found(project, 'itsms.config.json'), ['configuration']);
    });
  });
});

describe('fragments kept on disk', () => {
  it('give the same model and findings, and are thrown away when the text or the program is another', async () => {
    const broken = 'service a { owner nobody }\nservice a { ownr x }\n/** About it. */\nsla s for a with c { target u availability >= 99% per month }\nfoo\n';
    await inFolder({ 'a.itsms': broken, 'b.itsms': person }, async (folder) => {
      const cacheFolder = join(folder, '.cache');
      const cached = (cacheStamp: string): Promise<Project> => open(folder, { cacheFolder, cacheStamp });
      const fresh = await open(folder);
      await cached('1');
      const name = (await readdir(cacheFolder)).find((one) => one.startsWith('fragments-'));
      assert.ok(name);
      const warm = await cached('1');
      for (const file of fresh.files()) assert.deepEqual(warm.model.fragment(file), fresh.model.fragment(file));
      assert.deepEqual(warm.assessment().findings, fresh.assessment().findings);

      await writeFile(join(folder, 'b.itsms'), 'person otto\n');
      assert.ok((await cached('1')).model.get('Person', 'otto'));
      // A cache of another program, one that is cut off, or one that holds something else, is as none.
      for (const content of ['', '{', '[]', 'null', '{"stamp":"2","fragments":{"b.itsms":{}}}']) {
        await writeFile(join(cacheFolder, name), content);
        assert.ok((await cached('2')).model.get('Person', 'otto'), content);
      }
    });
  });

  it('are not kept for a project that is not trusted', async () => {
    await inFolder({ 'a.itsms': person }, async (folder) => {
      await mkdir(join(folder, '.cache'));
      await open(folder, { cacheFolder: join(folder, '.cache'), cacheStamp: '1', trusted: false });
      assert.deepEqual(await readdir(join(folder, '.cache')), []);
    });
  });
});
