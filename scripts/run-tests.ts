/**
 * Runs the suites named on the command line (all of them when none is named), one after the other, and adds up.
 *
 * The last line is `N passed, N failed` and, where tests were skipped, `, N skipped`. The exit code is 0 only when every
 * suite ran to its end and nothing failed: a suite that dies counts as one failure.
 */
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const mocha = resolve(root, 'node_modules/mocha/bin/mocha.js');
const reporter = resolve(root, 'scripts/mocha-reporter.cjs');
const longestSuiteMinutes = 15;

interface Counts {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  /** Absent where a suite was run by another reporter. */
  readonly faults?: readonly { readonly title: string; readonly message: string }[];
}

interface Suite {
  readonly name: string;
  /** The commands of the suite; each writes its counts to the file named by `ITSMS_TEST_COUNTS`. */
  readonly runs: () => readonly (readonly string[])[];
  /** Whether they run beside each other: what the others than the first print comes when they have ended. */
  readonly isParallel?: boolean;
}

function testFiles(include: string, ...exclude: readonly string[]): string[] {
  return globSync(`test/${include}/*.test.ts`, { cwd: root, exclude: exclude.map((folder) => `test/${folder}/**`) }).toSorted();
}

function mochaRun(files: readonly string[]): (readonly string[])[] {
  return files.length === 0 ? [] : [[mocha, '--reporter', reporter, '--spec', ...files]];
}

const suites: readonly Suite[] = [
  { name: 'architecture', runs: () => mochaRun(testFiles('architecture/**')) },
  // Measuring takes about as long as everything else.
  { name: 'unit', isParallel: true, runs: () => [...mochaRun(testFiles('**', 'architecture', 'lsp', 'measurement', 'mutation', 'real-input', 'vscode')), ...mochaRun(['measurement', 'mutation', 'real-input'].flatMap((folder) => testFiles(`${folder}/**`)))] },
  { name: 'lsp', runs: () => mochaRun(testFiles('lsp/**')) },
  {
    name: 'vscode',
    runs: () => [
      ['test/vscode/run.ts', 'trusted'],
      ['test/vscode/run.ts', 'untrusted'],
      ...mochaRun(testFiles('vscode/driven')),
    ],
  },
];

/**
 * @param isHeld whether what it prints is kept until it has ended
 * @returns the exit code, undefined when the run had to be stopped; and what was kept
 */
function run(command: readonly string[], countsFile: string, isHeld: boolean): Promise<{ readonly code: number | undefined; readonly printed: Buffer }> {
  return new Promise((settle) => {
    const child = spawn(process.execPath, [...command], {
      cwd: root,
      // The input is closed: no test may wait for somebody to type.
      stdio: ['ignore', isHeld ? 'pipe' : 'inherit', isHeld ? 'pipe' : 'inherit'],
      env: { ...process.env, ITSMS_TEST_COUNTS: countsFile },
    });
    const held: Buffer[] = [];
    child.stdout?.on('data', (printed: Buffer) => held.push(printed));
    child.stderr?.on('data', (printed: Buffer) => held.push(printed));
    let stopped = false;
    const limit = setTimeout(() => {
      stopped = true;
      console.error(`stopped after ${longestSuiteMinutes} minutes: ${command.join(' ')}`);
      child.kill('SIGKILL');
    }, longestSuiteMinutes * 60_000);
    child.once('exit', (code) => {
      clearTimeout(limit);
      // What is printed last may come a little later; a program that a test left behind may keep the way open for ever.
      const end = setTimeout(() => settled(), 2000);
      const settled = (): void => {
        clearTimeout(end);
        settle({ code: stopped ? undefined : (code ?? undefined), printed: Buffer.concat(held) });
      };
      child.once('close', settled);
    });
  });
}

async function readCounts(file: string): Promise<Counts | undefined> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Counts;
  } catch {
    return undefined;
  }
}

const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !suites.some((suite) => suite.name === name));
if (unknown.length > 0) {
  console.error(`unknown suite: ${unknown.join(', ')}; there are ${suites.map((suite) => suite.name).join(', ')}`);
  process.exit(2);
}

const folder = await mkdtemp(join(tmpdir(), 'itsms-counts-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const summary: string[] = [];
const faults: string[] = [];

for (const suite of suites.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const runs = suite.runs().map((command, index) => ({ command, name: index === 0 ? suite.name : `${suite.name} (${index + 1})`, countsFile: join(folder, `${suite.name}-${index}.json`) }));
  const beside = suite.isParallel === true ? runs.slice(1).map(({ command, countsFile }) => run(command, countsFile, true)) : [];
  for (const [index, { name, command, countsFile }] of runs.entries()) {
    console.log(`\n== ${name}\n`);
    const { code, printed } = await (beside[index - 1] ?? run(command, countsFile, false));
    process.stdout.write(printed);
    const counts = (await readCounts(countsFile)) ?? { passed: 0, failed: 0, skipped: 0 };
    const died = code !== 0 && counts.failed === 0;
    faults.push(...(counts.faults ?? []).map(({ title, message }) => `FAILED ${name}: ${title}\n${message}`));
    total.passed += counts.passed;
    total.failed += counts.failed + (died ? 1 : 0);
    total.skipped += counts.skipped;
    summary.push(
      `${name}: ${counts.passed} passed, ${counts.failed} failed, ${counts.skipped} skipped${died ? `, did not finish properly (exit code ${code ?? 'none'})` : ''}`,
    );
  }
}
await rm(folder, { recursive: true, force: true });

// Where only the end of a long output is kept, what failed has to stand in it.
if (faults.length > 0) console.log(`\n${faults.join('\n\n')}`);
console.log(`\n${summary.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed${total.skipped > 0 ? `, ${total.skipped} skipped` : ''}`);
process.exitCode = total.failed === 0 && total.passed > 0 ? 0 : 1;
