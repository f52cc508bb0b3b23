/**
 * One measurement in a process of its own, so that none profits from what another has warmed up.
 * Arguments: what to measure, a folder with model texts, a folder for caches. Prints JSON.
 */
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { complete } from '../../server/editor/completion/completion.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { Engine } from '../../server/measurement/engine.ts';
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

/** A start with what was kept, and a key at once: nothing that was kept counts any more, and all is assessed. */
async function editedAtOnce(): Promise<object> {
  const { ms, cpu } = await timed(async () => {
    const project = await Project.open(await openNodeHost(folder), { trusted: true, asOf: '2026-11-10', cacheFolder, cacheStamp: stamp });
    project.setText('part-001.itsms', `${project.text('part-001.itsms') ?? ''}\nperson somebody-new "Somebody New"\n`);
    await project.settle();
    return project.assessment();
  });
  return { ms, cpu };
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
  // As the editor does before anybody has found the keys.
  await project.prepare();
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

/** Completes where a name, a keyword or a value is due, after a key that changed the text. */
async function completion(): Promise<object> {
  const project = await Project.open(await openNodeHost(folder), { trusted: true, asOf: '2026-11-10', cacheFolder, cacheStamp: stamp });
  await project.prepare();
  const file = 'zz-leaf.itsms';
  const text = project.text(file);
  if (text === undefined) throw new Error(`There is no ${file}.`);
  const places = [...text.matchAll(/(?<=owner |depends on |customer |supports |within |status |^ {2})(?=[\w"])/gm)].map(({ index }) => index);
  const times: number[] = [];
  let items = 0;
  for (let round = 0; round < 4; round++) {
    for (const at of places) {
      const edited = `${text.slice(0, at)}${'sp'[round % 2]}${text.slice(at)}`;
      project.setText(file, edited);
      const before = edited.slice(0, at + 1).split('\n');
      const { ms, result } = await timed(() => complete(project, file, { line: before.length - 1, character: before.at(-1)?.length ?? 0 }, { snippets: true }));
      times.push(ms);
      items += result.items.length;
    }
  }
  if (items === 0) throw new Error('Nothing was completed.');
  return { times: times.slice(10) };
}

/** In bytes: what the process has held at most. */
const peak = (): number => process.resourceUsage().maxRSS * 1024;

/** Tickets from CSV to attainment: everything that `itsms measure` does, nothing kept from before. */
async function tickets(): Promise<object> {
  const project = await Project.open(await openNodeHost(folder), { trusted: true, asOf: '2026-11-10' });
  // Rules are no part of measuring, and have judged the text before.
  project.assessment();
  const { ms, cpu, result } = await timed(() => project.measure());
  const figures = result?.figures.filter(({ verdict }) => verdict === 'met' || verdict === 'missed') ?? [];
  if (figures.length < 13 * 40) throw new Error(`Only ${figures.length} figures were measured.`);
  return { ms, cpu, bytes: peak(), attained: figures.reduce((sum, { numerator }) => sum + Number(numerator ?? 0), 0) };
}

/** All that measuring answers for a project: figures, and what rules ask of records. */
async function records(): Promise<object> {
  const project = await Project.open(await openNodeHost(folder), { trusted: true, asOf: '2026-11-10', cacheFolder, cacheStamp: stamp });
  project.assessment();
  const { ms, cpu, result } = await timed(() => project.measure());
  return { ms, cpu, bytes: peak(), records: result?.sources.reduce((sum, source) => sum + source.records, 0) ?? 0, rows: result?.sources.reduce((sum, source) => sum + source.rows, 0) ?? 0 };
}

/** The same aggregation as one query written by hand for this very file. */
async function plainQuery(): Promise<object> {
  const path = join(folder, 'tickets.csv');
  const { ms, cpu, result } = await timed(async () => {
    const engine = await Engine.open([path], new AbortController().signal);
    try {
      return await engine.rows(`
        SELECT service, priority, date_trunc('month', opened) AS month, count(*) AS total,
               count(*) FILTER (WHERE epoch(restored) - epoch(opened) <= CASE priority WHEN '1' THEN 14400 ELSE 28800 END) AS attained
        FROM read_csv('${path.replaceAll("'", "''")}', header = true, columns = {id: 'VARCHAR', opened: 'TIMESTAMP', responded: 'TIMESTAMP', restored: 'TIMESTAMP', priority: 'VARCHAR', service: 'VARCHAR'})
        GROUP BY ALL`);
    } finally {
      engine.close();
    }
  });
  return { ms, cpu, bytes: peak(), attained: result.reduce((sum, row) => sum + Number(row[4] ?? 0), 0) };
}

const measurements: Readonly<Record<string, () => Promise<object>>> = {
  bare,
  cold: () => ours(false),
  warm: () => ours(true),
  first,
  edited: editedAtOnce,
  completion,
  tickets,
  records,
  plain: plainQuery,
  'leaf text': () => keystrokes('zz-leaf.itsms', 'text'),
  'leaf name': () => keystrokes('zz-leaf.itsms', 'name'),
  'hub text': () => keystrokes('hub.itsms', 'text'),
  'hub name': () => keystrokes('hub.itsms', 'name'),
};
const measurement = measurements[what];
if (!measurement) throw new Error(`There is no measurement “${what}”.`);
console.log(JSON.stringify(await measurement()));
