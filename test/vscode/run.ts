/**
 * Runs the suite for a real VS Code: `node test/vscode/run.ts trusted|untrusted [pattern]`, with the workspace trusted or not.
 *
 * VS Code is downloaded where that is possible (a desktop with a network); elsewhere the launcher in `host/` stands in for it.
 * `ITSMS_VSCODE=download` or `ITSMS_VSCODE=server` decides beforehand.
 */
import { downloadAndUnzipVSCode, runTests } from '@vscode/test-electron';
import { build } from 'esbuild';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..', '..');
const suite = join(root, 'out', 'vscode-tests', 'index.cjs');
const trust = process.argv[2] === 'untrusted' ? 'untrusted' : 'trusted';

async function canDownload(): Promise<boolean> {
  if (process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']) {
    return false;
  }
  try {
    const answer = await fetch('https://update.code.visualstudio.com/api/releases/stable', {
      signal: AbortSignal.timeout(5000),
    });
    return answer.ok;
  } catch {
    return false;
  }
}

async function chooseHost(): Promise<'download' | 'server'> {
  const wanted = process.env['ITSMS_VSCODE'];
  if (wanted === 'download' || wanted === 'server') {
    return wanted;
  }
  return (await canDownload()) ? 'download' : 'server';
}

await build({
  absWorkingDir: root,
  entryPoints: ['test/vscode/suite/index.ts'],
  outfile: suite,
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  external: ['vscode', 'mocha'],
  sourcemap: 'inline',
  logLevel: 'warning',
});

// The tests edit: they work on a copy.
const work = await mkdtemp(join(tmpdir(), 'itsms-vscode-workspace-'));
const folder = join(work, 'workspace');
await cp(join(root, 'test', 'vscode', 'workspace'), folder, { recursive: true });

const host = await chooseHost();
const report = join(work, 'report.txt');
const environment = {
  ITSMS_TEST_TRUST: trust,
  ITSMS_TEST_WORKSPACE: folder,
  ...(host === 'server' ? { ITSMS_TEST_REPORT: report } : {}),
  ...(process.argv[3] === undefined ? {} : { ITSMS_TEST_GREP: process.argv[3] }),
  // The launcher is a program for the same Node that runs this.
  PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH'] ?? ''}`,
};

/** `runTests` always trusts: an untrusted run on the desktop starts the downloaded VS Code itself. */
async function runUntrustedOnDesktop(): Promise<number> {
  const executable = await downloadAndUnzipVSCode();
  const child = spawn(
    executable,
    [
      folder,
      '--no-sandbox',
      '--disable-gpu-sandbox',
      '--disable-updates',
      '--skip-welcome',
      '--skip-release-notes',
      `--user-data-dir=${join(work, 'user')}`,
      `--extensions-dir=${join(work, 'extensions')}`,
      `--extensionDevelopmentPath=${root}`,
      `--extensionTestsPath=${suite}`,
    ],
    { stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...environment } },
  );
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

try {
  console.log(`VS Code: ${host === 'download' ? 'downloaded' : 'server and workbench in headless Chromium'}, workspace ${trust}`);
  if (host === 'download' && trust === 'untrusted') {
    process.exitCode = await runUntrustedOnDesktop();
  } else {
    process.exitCode = await runTests({
      ...(host === 'server' ? { vscodeExecutablePath: join(root, 'test', 'vscode', 'host', 'launcher.ts') } : {}),
      extensionDevelopmentPath: root,
      extensionTestsPath: suite,
      launchArgs: [folder],
      extensionTestsEnv: environment,
    });
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  console.log(await readFile(report, 'utf8').catch(() => ''));
  await rm(work, { recursive: true, force: true, maxRetries: 5 });
}
