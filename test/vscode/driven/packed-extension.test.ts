import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ensureChromium } from '../host/chromium.ts';
import { openWorkbench, type Workbench } from '../host/workbench.ts';
import { focusText, openFile, pictureOfFailure, runCommand, webview } from './drive.ts';

const root = resolve(import.meta.dirname, '..', '..', '..');

describe('the packed extension, installed', function () {
  this.timeout(180_000);
  let work: string;
  let workbench: Workbench;

  before(async function () {
    try {
      await ensureChromium();
    } catch (error) {
      if (process.env['CI']) {
        throw error;
      }
      console.log(error instanceof Error ? error.message : error);
      this.skip();
    }
    // Not below the repository: nothing of its node_modules may be found from there.
    work = await mkdtemp(join(tmpdir(), 'itsms-packed-'));
    execFileSync(process.execPath, [join(root, 'scripts', 'package.ts'), '--out', work], { stdio: ['ignore', 'ignore', 'inherit'] });
    const vsix = (await readdir(work)).find((file) => file.endsWith('.vsix'));
    assert.ok(vsix, 'there is a package');
    const folder = join(work, 'workspace');
    await cp(join(root, 'test', 'vscode', 'workspace'), folder, { recursive: true });
    workbench = await openWorkbench({ folder, trusted: true, extension: { vsix: join(work, vsix) } });
    await workbench.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  });

  afterEach(async function () {
    await pictureOfFailure(workbench.page, this.currentTest);
  });

  after(async () => {
    await workbench?.close();
    if (work !== undefined) {
      await rm(work, { recursive: true, force: true, maxRetries: 5 });
    }
  });

  it('checks what is typed', async () => {
    const { page } = workbench;
    await openFile(page, 'printing.itsms');
    await focusText(page);
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\nservice copying { owner nobody }');
    await page.locator('.squiggly-error').first().waitFor({ timeout: 30_000 });
  });

  it('measures and shows it, with the engine it brought along', async () => {
    const { page } = workbench;
    await runCommand(page, 'ITSMS: Open Dashboard');
    const main = webview(page).locator('main');
    await main.filter({ hasText: /12 of 12|12\s*\/\s*12/ }).waitFor({ timeout: 60_000 });
  });
});
