import assert from 'node:assert/strict';
import { cp, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
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

  it('narrows to what its reader chooses, by keyboard too, and says so', async () => {
    const customer = webview(page).locator('#choice-customer');
    await customer.focus();
    await page.keyboard.press('A');
    await webview(page).locator('header', { hasText: 'Only what concerns customer ACME Retail' }).waitFor({ timeout: 30_000 });
    assert.equal(await webview(page).locator('#choice-customer').inputValue(), 'retail');
    assert.equal(await webview(page).locator('body').evaluate('document.activeElement.id'), 'choice-customer', 'the focus stays where it was');
    await webview(page).locator('#choice-clause').selectOption('8.6');
    await webview(page).locator('header', { hasText: 'clause 8.6' }).waitFor({ timeout: 30_000 });
    await webview(page).locator('#show-all').click();
    await webview(page).locator('#clauses').waitFor({ timeout: 30_000 });
    assert.doesNotMatch(await webview(page).locator('header').innerText(), /Only what concerns/);
  });

  it('shows what it showed last when it was hidden meanwhile', async () => {
    await webview(page).locator('#choice-customer').selectOption('retail');
    await webview(page).locator('header', { hasText: 'Only what concerns' }).waitFor({ timeout: 30_000 });
    await focusText(page);
    await openFile(page, 'printing.itsms');
    // Another editor in the group of the dashboard hides it.
    await runCommand(page, 'View: Move Editor into Next Group');
    await page.locator('iframe.webview.ready').waitFor({ state: 'hidden' });
    await runCommand(page, 'ITSMS: Open Dashboard');
    await webview(page).locator('header', { hasText: 'Only what concerns customer ACME Retail' }).waitFor({ timeout: 30_000 });
    await webview(page).locator('#show-all').click();
    await webview(page).locator('#clauses').waitFor({ timeout: 30_000 });
  });

  it('leads from a figure to the records behind it', async () => {
    await webview(page).locator('a[data-rows]', { hasText: '%' }).first().click();
    await page.locator('.tab', { hasText: '2026-10' }).first().waitFor({ timeout: 30_000 });
  });

  it('shows beside the text the agreement and the process under the cursor, as they are printed', async () => {
    await page.locator('.tab[data-resource-name="acme.itsms"]').click();
    await page.locator('.tab.active[data-resource-name="acme.itsms"]').waitFor();
    await page.keyboard.press('Control+S');
    await page.locator('.tab.dirty').first().waitFor({ state: 'detached' });
    await runCommand(page, 'View: Close All Editors');
    await page.locator('.tab').first().waitFor({ state: 'detached' });
    await openFile(page, 'acme.itsms');
    await goTo(page, await lineOf('sla email-gold'), 8);
    await runCommand(page, 'ITSMS: Open Preview to the Side');
    await webview(page).locator('main', { hasText: 'E-mail, gold' }).waitFor({ timeout: 60_000 });
    assert.match(await webview(page).locator('body').innerText(), /ACME Retail/);
    await focusText(page);
    await goTo(page, await lineOf('process incident'), 8);
    await webview(page).locator('main svg').first().waitFor({ timeout: 30_000 });
    await focusText(page);
    await goTo(page, await lineOf('organization acme'), 3);
    assert.ok((await webview(page).locator('main svg').count()) > 0, 'what was shown last stays');
  });

  it('writes several documents of one report in one go, and begins the next time with what was chosen', async () => {
    await runCommand(page, 'ITSMS: Generate Report');
    await chooseLine('Service report');
    await chooseLine('2026-10');
    // “All customers in one document” is ticked already.
    await chooseLine('ACME Retail');
    await page.locator('.quick-input-widget', { hasText: '2 Selected' }).waitFor();
    await page.locator('.quick-input-widget .monaco-button', { hasText: 'OK' }).click();
    await chooseLine('md');
    // The folder that is offered is that of the workspace.
    const dialog = page.locator('.quick-input-widget', { hasText: 'Save Service report' });
    await dialog.waitFor({ timeout: 30_000 });
    await dialog.locator('.monaco-button').first().click();
    await page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'service-report-2026-10-retail.md' }).waitFor({ timeout: 30_000 });
    const written = (await readdir(join(work, 'workspace'))).filter((name) => name.endsWith('.md'));
    assert.deepEqual(written.toSorted(), ['service-report-2026-10-retail.md', 'service-report-2026-10.md']);

    await runCommand(page, 'ITSMS: Generate Report');
    const first = page.locator('.quick-input-list .monaco-list-row').first();
    await first.filter({ hasText: 'Service report' }).waitFor();
    await page.keyboard.press('Escape');
  });

  /** Takes a line of the pick that is shown. */
  async function chooseLine(text: string): Promise<void> {
    const line = page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
    await line.waitFor();
    await line.click();
  }

  async function lineOf(beginning: string): Promise<number> {
    const lines = (await readFile(join(work, 'workspace', 'acme.itsms'), 'utf8')).split('\n');
    return lines.findIndex((line) => line.startsWith(beginning)) + 1;
  }
});
