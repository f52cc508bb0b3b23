import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { ensureChromium } from '../host/chromium.ts';
import { openWorkbench, type Workbench } from '../host/workbench.ts';
import { focusText, goTo, openFile, pictureOfFailure, runCommand, webview } from './drive.ts';

const root = resolve(import.meta.dirname, '..', '..', '..');

describe('the dashboard, as a person sees it', function () {
  this.timeout(180_000);
  let work: string;
  let workbench: Workbench;
  let page: Page;

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
    work = await mkdtemp(join(tmpdir(), 'itsms-driven-'));
    const folder = join(work, 'workspace');
    await cp(join(root, 'test', 'vscode', 'workspace'), folder, { recursive: true });
    workbench = await openWorkbench({ folder, trusted: true, extension: { developmentPath: root } });
    page = workbench.page;
    await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await openFile(page, 'acme.itsms');
    await runCommand(page, 'ITSMS: Open Dashboard');
    await webview(page).locator('main').waitFor({ timeout: 60_000 });
  });

  afterEach(async function () {
    await pictureOfFailure(page, this.currentTest);
  });

  after(async () => {
    await workbench?.close();
    await rm(work, { recursive: true, force: true, maxRetries: 5 });
  });

  it('names the organization and the date', async () => {
    const text = await webview(page).locator('body').innerText();
    assert.match(text, /ACME Services/);
    assert.match(text, /2026-11-22|22 November 2026/);
  });

  it('shows what was measured, with numerator and denominator', async () => {
    // Figures come after the text: they are measured while the dashboard is already open.
    await webview(page).locator('main', { hasText: /12 of 12|12\s*\/\s*12/ }).waitFor({ timeout: 60_000 });
    const text = await webview(page).locator('main').innerText();
    // The incidents of October: twelve of priority 1, all answered in time, one restored late.
    assert.match(text, /E-mail, gold/);
    assert.match(text, /12 of 12|12\s*\/\s*12/);
    assert.match(text, /11 of 12|11\s*\/\s*12/);
  });

  it('never says compliant', async () => {
    const text = await webview(page).locator('body').innerText();
    assert.doesNotMatch(text, /\bcompliant\b/i);
  });

  it('lets nothing in from outside', async () => {
    const policy = await webview(page).locator('meta[http-equiv="Content-Security-Policy"]').first().getAttribute('content');
    assert.match(policy ?? '', /^default-src 'none'; style-src 'nonce-[0-9a-f]{32}'; script-src 'nonce-[0-9a-f]{32}'; img-src data:$/);
  });

  it('leads from a finding into the text', async () => {
    const link = webview(page).locator('a[data-file]').first();
    const line = await link.getAttribute('data-line');
    await link.click();
    const status = page.locator('#status\\.editor\\.selection');
    await status.filter({ hasText: `Ln ${line},` }).waitFor({ timeout: 15_000 });
  });

  it('follows the text as it changes', async () => {
    await focusText(page);
    // Inside the organization's title.
    await goTo(page, 3, 20);
    await page.keyboard.type('Renamed ');
    await webview(page).locator('body', { hasText: 'Renamed ACME Services' }).waitFor({ timeout: 30_000 });
  });
});
