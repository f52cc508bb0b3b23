import { execFile } from 'node:child_process';
import { mkdir, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { documentFormats } from '../../server/reports/render-document.ts';
import { generateServices } from './generate-services.ts';
import { digits, shown, summary } from './statistics.ts';

const run = promisify(execFile);

interface Ran {
  readonly code: number;
  readonly ms: number;
  readonly cpu: number;
  readonly bytes: number;
  readonly errors: string;
}

async function command(folder: string, ...argv: readonly string[]): Promise<Ran> {
  const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'reports-worker.ts'), folder, ...argv], { maxBuffer: 16 * 1024 * 1024 });
  const ran = JSON.parse(stdout) as Ran;
  if (ran.code === 2) throw new Error(ran.errors);
  return ran;
}

function told(name: string, all: readonly Ran[], aim: string): void {
  console.log(`${name.padEnd(33)}${shown(summary(all.map(({ ms }) => ms)))}, processor ${digits(summary(all.map(({ cpu }) => cpu)).median)} ms   (aim ${aim})`);
  console.log(`memory at most                   ${shown(summary(all.map(({ bytes }) => bytes / 2 ** 20)), 'MiB')}`);
}

/** All reports of the complete example in all formats in one run, and the audit pack of a model with many services: opening, measuring and assessing included. */
export async function benchReports(work: string, services: number, runs: number): Promise<void> {
  const example = join(import.meta.dirname, '../../examples/acme');
  const out = join(work, 'all-reports');
  const all: Ran[] = [];
  for (let index = 0; index < runs; index++) {
    await rm(out, { recursive: true, force: true });
    all.push(await command(example, 'report', 'all', '--format', documentFormats.join(','), '--out', out));
  }
  const files = await readdir(out);
  console.log(`\n== All reports of the example in ${documentFormats.join(', ')}: ${files.length} files\n`);
  told('all reports, all formats', all, '20 s');
  for (const format of documentFormats) {
    const one = await command(example, 'report', 'all', '--format', format, '--out', join(work, `reports-${format}`));
    console.log(`${`all reports as ${format}`.padEnd(33)}${digits(one.ms)} ms, processor ${digits(one.cpu)} ms`);
  }

  const model = join(work, 'services');
  await mkdir(model, { recursive: true });
  for (const { file, text } of generateServices(services, services * 4).files) await writeFile(join(model, file), text);
  await writeFile(join(model, 'itsms.config.json'), '{ "asOf": "2026-11-10" }\n');
  const packs: Ran[] = [];
  const pack = join(work, 'pack.zip');
  for (let index = 0; index < runs; index++) packs.push(await command(model, 'audit-pack', '--out', pack));
  console.log(`\n== Audit pack of ${services.toLocaleString('en')} services with ${(services * 4).toLocaleString('en')} dependencies and an agreement each: ${((await stat(pack)).size / 2 ** 20).toFixed(1)} MiB\n`);
  told('audit pack', packs, '60 s');
}
