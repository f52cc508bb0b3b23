/**
 * How fast the product is on generated models of 2,000, 20,000 and 200,000 lines, against the aims that it has.
 *
 *   npm run bench -- [--sizes 2000,20000,200000] [--runs 5] [--tickets 1000000] [--services 5000] [--processes 1000] [--packed 1000] [--records]
 *
 * With --packed all reports of the example, and the audit pack of a model with so many services. With --records also everything that is measured
 * for the example with a million incidents. A number of 0 leaves a part out.
 *
 * Every number is a median with its range. Each load runs in a process of its own; the times of compared programs are
 * taken in turns, so that a busy machine slows both.
 */
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs, promisify } from 'node:util';
import { build } from 'esbuild';
import { benchFeasibility } from './feasibility.ts';
import { benchFlows } from './flows.ts';
import { benchReports } from './reports.ts';
import { generateModel } from './generate-model.ts';
import { growExample } from './grow-example.ts';
import { ticketModel, writeTickets } from './generate-tickets.ts';
import { digits, percentile, shown, summary } from './statistics.ts';

const { values } = parseArgs({ options: { sizes: { type: 'string', default: '2000,20000,200000' }, runs: { type: 'string', default: '5' }, tickets: { type: 'string', default: '1000000' }, services: { type: 'string', default: '5000' }, processes: { type: 'string', default: '1000' }, packed: { type: 'string', default: '1000' }, records: { type: 'boolean', default: false } } });
const sizes = values.sizes === '' ? [] : values.sizes.split(',').map(Number);
const tickets = Number(values.tickets);
const runs = Number(values.runs);
const run = promisify(execFile);

/** The measuring program, bundled as the product is, so that what is measured is what is delivered. */
async function bundleWorker(work: string): Promise<string> {
  const outfile = join(work, 'load-worker.mjs');
  await build({
    entryPoints: [join(import.meta.dirname, 'load-worker.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    mainFields: ['module', 'main'],
    external: ['@duckdb/*'],
    minifySyntax: true,
    minifyWhitespace: true,
    banner: { js: "import { createRequire as createRequireForBundle } from 'node:module';\nconst require = createRequireForBundle(import.meta.url);" },
    logLevel: 'warning',
  });
  return outfile;
}

async function measure<T>(what: string, folder: string, cacheFolder: string): Promise<T> {
  const { stdout } = await run(process.execPath, ['--expose-gc', '--max-old-space-size=6000', worker, what, folder, cacheFolder], { maxBuffer: 16 * 1024 * 1024 });
  return JSON.parse(stdout) as T;
}

interface Load {
  readonly ms: number;
  /** Milliseconds for which processors were busy. */
  readonly cpu: number;
  readonly bytes: number;
}

function ratio(of: readonly Load[], to: readonly Load[]): string {
  const by = (measure: 'ms' | 'cpu'): string => digits(summary(of.map((load) => load[measure])).median / summary(to.map((load) => load[measure])).median);
  return `${by('ms')} × bare, by processor time ${by('cpu')} ×`;
}

const times = (loads: readonly Load[]): string => `${shown(summary(loads.map(({ ms }) => ms)))}, processor ${digits(summary(loads.map(({ cpu }) => cpu)).median)} ms`;

async function spread(what: string, folder: string, cacheFolder: string): Promise<string> {
  const { times } = await measure<{ times: readonly number[] }>(what, folder, cacheFolder);
  const sorted = times.toSorted((a, b) => a - b);
  return `median ${digits(percentile(sorted, 0.5))} ms, 95th percentile ${digits(percentile(sorted, 0.95))} ms, longest ${digits(sorted.at(-1) ?? NaN)} ms`;
}

async function benchSize(size: number, work: string): Promise<void> {
  const model = generateModel(size);
  const folder = join(work, `model-${size}`);
  const cacheFolder = join(work, `cache-${size}`);
  await mkdir(folder, { recursive: true });
  for (const { file, text } of model.files) await writeFile(join(folder, file), text);
  console.log(`\n== ${model.lines.toLocaleString('en')} lines, ${model.files.length} files\n`);

  const bare: Load[] = [];
  const cold: Load[] = [];
  const warm: Load[] = [];
  const first: Load[] = [];
  const edited: Load[] = [];
  await measure('warm', folder, cacheFolder);
  for (let index = 0; index < runs; index++) {
    bare.push(await measure('bare', folder, cacheFolder));
    cold.push(await measure('cold', folder, cacheFolder));
    warm.push(await measure('warm', folder, cacheFolder));
    first.push(await measure('first', folder, cacheFolder));
    edited.push(await measure('edited', folder, cacheFolder));
  }
  console.log(`bare Langium build, no rules     ${times(bare)}`);
  console.log(`cold load to all diagnostics     ${times(cold)}   ${ratio(cold, bare)} (aim 0.7)`);
  console.log(`warm start to all diagnostics    ${times(warm)}   ${ratio(warm, bare)} (aim 0.25)`);
  console.log(`warm start, an edit at once      ${times(edited)}   ${ratio(edited, bare)}`);
  console.log(`the open file's own diagnostics  ${times(first)}   (aim 400 ms)`);
  const perLine = (loads: readonly Load[]): string => shown(summary(loads.map(({ bytes }) => bytes / model.lines)), 'bytes of heap per line');
  console.log(`memory                           ${perLine(cold)}, warm ${perLine(warm)}, bare ${perLine(bare)}   (aim 400)`);

  for (const what of ['leaf text', 'leaf name', 'hub text', 'hub name']) {
    console.log(`keystroke, ${what.padEnd(20)}  ${await spread(what, folder, cacheFolder)}   (aim 25, 50)`);
  }
  console.log(`completion                       ${await spread('completion', folder, cacheFolder)}   (aim 25)`);
}

async function benchTickets(count: number, work: string): Promise<void> {
  const folder = join(work, 'tickets');
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, 'model.itsms'), ticketModel());
  await writeTickets(join(folder, 'tickets.csv'), count);
  console.log(`\n== ${count.toLocaleString('en')} tickets from CSV to attainment by service, priority and month, elapsed time\n`);
  const plain: (Load & { readonly attained: number })[] = [];
  const ours: (Load & { readonly attained: number })[] = [];
  for (let index = 0; index < runs; index++) {
    plain.push(await measure('plain', folder, work));
    ours.push(await measure('tickets', folder, work));
  }
  if (plain[0]?.attained !== ours[0]?.attained) throw new Error(`The results differ: ${plain[0]?.attained} and ${ours[0]?.attained}.`);
  console.log(`one query, written by hand       ${times(plain)}`);
  console.log(`measured                         ${times(ours)}   ${ratio(ours, plain).replaceAll('bare', 'the query')} (aim 1.5)`);
  console.log(`memory at most                   ${megabytes(ours)}, the query ${megabytes(plain)}`);
}

const megabytes = (loads: readonly Load[]): string => shown(summary(loads.map(({ bytes }) => bytes / 2 ** 20)), 'MiB');

async function benchRecords(work: string): Promise<void> {
  const folder = join(work, 'example');
  await growExample(join(import.meta.dirname, '../../examples/acme'), folder);
  const first: Load[] = [];
  const again: Load[] = [];
  let [records, rows] = [0, 0];
  for (let index = 0; index < runs; index++) {
    const cacheFolder = join(work, `records-${index}`);
    const load = await measure<Load & { readonly records: number; readonly rows: number }>('records', folder, cacheFolder);
    [records, rows] = [load.records, load.rows];
    first.push(load);
    again.push(await measure('records', folder, cacheFolder));
  }
  console.log(`\n== The example with ${records.toLocaleString('en')} records in ${rows.toLocaleString('en')} rows: all figures, all rules\n`);
  console.log(`measured                         ${times(first)}   (aim 10 s)`);
  console.log(`from what was kept               ${times(again)}`);
  console.log(`memory at most                   ${megabytes(first)}`);
}

console.log(`Node ${process.version}, ${cpus().length} × ${cpus()[0]?.model ?? 'unknown processor'}, ${Math.round(totalmem() / 2 ** 30)} GiB; median of ${runs} (lowest–highest)`);
// In the product's own folder, so that the bundled program finds the native engine.
const cache = join(import.meta.dirname, '../../.cache');
await mkdir(cache, { recursive: true });
const work = await mkdtemp(join(cache, 'bench-'));
const worker = await bundleWorker(work);
try {
  for (const size of sizes) await benchSize(size, work);
  if (tickets > 0) await benchTickets(tickets, work);
  if (Number(values.services) > 0) benchFeasibility(Number(values.services), Number(values.services) * 4, runs);
  // As large as processes of the catalogue, and many times as large.
  if (Number(values.processes) > 0) for (const blocks of [2, 8]) benchFlows(Number(values.processes), runs, blocks);
  if (Number(values.packed) > 0) await benchReports(work, Number(values.packed), Math.min(runs, 3));
  if (values.records) await benchRecords(work);
} finally {
  await rm(work, { recursive: true, force: true });
}
