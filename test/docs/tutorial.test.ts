import assert from 'node:assert/strict';
import { cpSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { configurationSchema } from '../../server/project/configuration.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';

const root = join(import.meta.dirname, '../..');
const readme = readFileSync(join(root, 'README.md'), 'utf8');
const steps = [...readme.matchAll(/^```itsms tutorial\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
const configuration = /^```json\n([\s\S]*?)^```$/m.exec(readme)?.[1] ?? '';

describe('the tutorial of the README', function () {
  this.timeout(60_000);
  const folder = mkdtempSync(join(tmpdir(), 'itsms-tutorial-'));

  before(() => {
    mkdirSync(join(folder, 'data'));
    writeFileSync(join(folder, 'itsms.config.json'), configuration);
    cpSync(join(root, 'examples/first-hour/data/tickets.csv'), join(folder, 'data/tickets.csv'));
  });
  after(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  /** The project after so many of the steps that have a text. */
  async function afterSteps(count: number): Promise<Project> {
    writeFileSync(join(folder, 'main.itsms'), steps.slice(0, count).join('\n'));
    const project = await Project.open(await openNodeHost(folder), { trusted: true });
    await project.measure();
    return project;
  }

  function messages(project: Project): string[] {
    return project.assessment().findings.filter(({ severity }) => severity === 'error').map(({ message }) => message);
  }

  it('has the steps it counts', () => {
    assert.equal(steps.length, 4);
  });

  it('finds no catalogue and no agreement after the first text', async () => {
    const found = messages(await afterSteps(1)).join('\n');
    assert.match(found, /No service catalogue/);
    assert.match(found, /no SLA with “Smile Dental” covers it/);
  });

  it('finds that nobody has declared the tickets after the second', async () => {
    const unknown = (await afterSteps(2)).assessment().findings.filter(({ code }) => code === 'unknown-name');
    assert.ok(unknown.length > 0);
    for (const { message } of unknown) assert.match(message, /“tickets”/);
  });

  it('measures 8 of 9 after the third, and finds no conclusion drawn', async () => {
    const project = await afterSteps(3);
    const figure = project.figures().find(({ subject, period }) => subject.kind === 'target' && subject.target === 'p2-restore' && period === '2026-10');
    assert.deepEqual([figure?.numerator, figure?.denominator, figure?.verdict], ['8', '9', 'missed']);
    assert.ok(messages(project).some((message) => message.includes('no improvement refers to that')));
  });

  it('finds one drawn after the fourth', async () => {
    assert.ok(!messages(await afterSteps(4)).some((message) => message.includes('no improvement refers to that')));
  });
});

describe('configurations in the documentation', () => {
  for (const page of ['README.md', ...globSync('docs/*.md', { cwd: root })].sort()) {
    const blocks = [...readFileSync(join(root, page), 'utf8').matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, text = '']) => text);
    if (blocks.length === 0) continue;
    it(`of ${page} are right`, () => {
      for (const block of blocks) configurationSchema.parse(JSON.parse(block));
    });
  }
});
