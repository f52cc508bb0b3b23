import assert from 'node:assert/strict';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ensureChromium } from '../host/chromium.ts';
import { openWorkbench, type Workbench } from '../host/workbench.ts';
import { focusView, line, openFile, openLine, openView, pictureOfFailure } from './drive.ts';

const root = resolve(import.meta.dirname, '..', '..', '..');

for (const trusted of [true, false]) {
  describe(`the ITSMS container, as a person sees it, in a workspace that is ${trusted ? '' : 'not '}trusted`, function () {
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
      workbench = await openWorkbench({ folder, trusted, extension: { developmentPath: root } });
      page = workbench.page;
      await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
      await openFile(page, 'acme.itsms');
      await openView(page);
    });

    afterEach(async function () {
      await pictureOfFailure(page, this.currentTest);
    });

    after(async () => {
      await workbench?.close();
      await rm(work, { recursive: true, force: true, maxRetries: 5 });
    });

    const labels = async (lines: Locator): Promise<string[]> => (await lines.locator('.label-name').allInnerTexts()).map((text) => text.trim());

    it('shows clauses 4 to 10, and inside them statements and rows', async () => {
      const compliance = await focusView(page, 'Compliance');
      await line(compliance, /^10 Improvement/).waitFor({ timeout: 60_000 });
      assert.deepEqual((await labels(compliance.locator('.monaco-list-row'))).map((label) => label.split(' ')[0]), ['4', '5', '6', '7', '8', '9', '10']);
      await openLine(compliance, /^4 Context/);
      await openLine(compliance, /^4\.1 /);
      await line(compliance, /^4\.1\.1 /).waitFor();
    });

    it('leads from a row to the place of its first finding', async () => {
      const compliance = await focusView(page, 'Compliance');
      await line(compliance, /^4\.1\.1 /).click();
      await page.locator('#status\\.editor\\.selection', { hasText: 'Ln 3,' }).waitFor({ timeout: 15_000 });
    });

    it('shows services with their agreements, and figures only where they may be measured', async () => {
      const services = await focusView(page, 'Services');
      await openLine(services, /^Corporate e-mail/);
      await openLine(services, /^E-mail, gold/);
      const target = line(services, /^Restoration of P1/);
      await target.filter({ hasText: trusted ? '91.66% in October 2026, target missed' : 'not measured' }).waitFor({ timeout: 60_000 });
      await target.click();
      await page.locator('#status\\.editor\\.selection', { hasText: 'Ln 62,' }).waitFor({ timeout: 15_000 });
      assert.equal(await services.locator('.message', { hasText: 'not trusted' }).count(), trusted ? 0 : 1);
    });

    it('shows processes, and what is due', async () => {
      const processes = await focusView(page, 'Processes');
      await line(processes, /^Incident management/).waitFor();
      assert.deepEqual((await labels(processes.locator('.monaco-list-row'))).slice(0, 2), ['Incident management', 'Problem management']);
      const calendar = await focusView(page, 'Calendar');
      await line(calendar, /^Dates moved into supplier blocks/).waitFor();
    });

    it('counts gaps in the status bar, which leads to the Compliance view', async () => {
      const item = page.locator('#itsms\\.itsms\\.itsms\\.status');
      await item.waitFor();
      assert.match((await item.getAttribute('aria-label')) ?? '', /^ITSMS, ACME Services: catalogue rows with a gap: error [1-9]\d*, warning \d+/);
      await item.click();
      await page.locator('.pane', { hasText: 'Compliance' }).locator('.monaco-list:focus-within').first().waitFor({ timeout: 15_000 });
    });
  });
}
