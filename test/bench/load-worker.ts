/**
 * One measurement in a process of its own, so that none profits from what another has warmed up.
 * Arguments: what to measure, a folder with model texts, a folder for caches. Prints JSON.
 */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openNodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { buildBare } from './bare-langium.ts';
import { seededRandom } from './random.ts';

const [what = '', folder = '', cacheFolder = ''] = process.argv.slice(2);
const stamp = 'bench';

function heap(): number {
  globalThis.gc?.();
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

/** Time by the clock, and time the processor was busy for it, which other programs on a busy machine do not stretch. */
async function timed<T>(work: () => Promise<T> | T): Promise<{ ms: number; cpu: number; result: T }> {
  const startCpu = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const ms = performance.now() - start;
  const { user, system } = process.cpuUsage(startCpu);
  return { ms, cpu: (user + system) / 1000, result };
}

async function bare(): Promise<object> {
  const before = heap();
  const { ms, cpu, result } = await timed(async () => {
    const names = (await readdir(folder)).filter((name) => name.endsWith('.itsms')).toSorted();
    return buildBare(await Promise.all(names.map(async (file) => ({ file, text: await readFile(join(folder, file), 'utf8') }))));
  });
  const bytes = heap() - before;
  return { ms, cpu, bytes, documents: result.documents.length };
}

async function ours(cached: boolean): Promise<object> {
  const before = heap();
  const { ms, cpu, result: project } = await timed(async () => {
    const opened = await Project.open(await openNodeHost(folder), { trusted: true, asOf: '2026-11-10', ...(cached ? { cacheFolder, cacheStamp: stamp } : {}) });
    opened.assessment();
    return opened;
  });
  const bytes = heap() - before;
  return { ms, cpu, bytes, findings: project.assessment().findings.length, files: project.files().length };
}

/** The file in front of the person, before anything else of the project is read. */
async function first(): Promise<object> {
  const { ms, cpu } = await timed(async () => {
    const project = await Project.create(await openNodeHost(folder), { trusted: true, asOf: '2026-11-10' });
    project.setText('part-001.itsms', await readFile(join(folder, 'part-001.itsms'), 'utf8'));
    return project.findingsOf('part-001.itsms');
  });
  return { ms, cpu };
}

/** Types into a file and takes up all findings that changed, in any file, after each key. */
async function keystrokes(file: string, kind: 'text' | 'name'): Promise<object> {
  const project = await Project.open(await openNodeHost(folder), { trusted: true, asOf: '2026-11-10', cacheFolder, cacheStamp: stamp });
  project.changedFiles();
  const text = project.text(file);
  if (text === undefined) throw new Error(`There is no ${file}.`);
  // Places inside a title, or at the end of a declared name.
  const places = [...text.matchAll(kind === 'text' ? /^\w[\w -]* "(?=\w)/gm : /^(?:person|team|customer|service|ci) [\w-]+/gm)].map(({ index, 0: match }) => index + match.length);
  const random = seededRandom(7);
  const times: number[] = [];
  for (let stroke = 0; stroke < 150; stroke++) {
    const at = places[Math.floor(random() * places.length)] ?? 0;
    for (const edited of [`${text.slice(0, at)}x${text.slice(at)}`, text]) {
      const { ms } = await timed(() => {
        project.setText(file, edited);
        for (const changed of project.changedFiles()) project.locatedFindingsOf(changed);
        project.locatedFindingsOf(file);
      });
      times.push(ms);
    }
  }
  // The first few strokes compile the program rather than run it.
  return { times: times.slice(20) };
}

const measurements: Readonly<Record<string, () => Promise<object>>> = {
  bare,
  cold: () => ours(false),
  warm: () => ours(true),
  first,
  'leaf text': () => keystrokes('zz-leaf.itsms', 'text'),
  'leaf name': () => keystrokes('zz-leaf.itsms', 'name'),
  'hub text': () => keystrokes('hub.itsms', 'text'),
  'hub name': () => keystrokes('hub.itsms', 'name'),
};
const measurement = measurements[what];
if (!measurement) throw new Error(`There is no measurement “${what}”.`);
console.log(JSON.stringify(await measurement()));
