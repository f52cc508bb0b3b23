/**
 * Takes pictures of the extension at work, for eyes to judge: `npm run screenshot -- [--out DIR] [--folder DIR] [--file NAME] [--vsix FILE] [--dark] [--finding LINE:COLUMN]`.
 *
 * Opens the folder in a real VS Code workbench, a file in it, the completion list, the problems, the dashboard and the ITSMS container; writes one
 * PNG each into `--out` (default `out/screenshots`) and ends. With `--finding`, the place of a finding beside the dashboard comes first:
 * the picture in the README.
 */
import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { focusText, focusView, goTo, line as treeLine, openFile, openLine, openView, runCommand, webview } from './driven/drive.ts';
import { openWorkbench } from './host/workbench.ts';

const root = resolve(import.meta.dirname, '..', '..');
const { values } = parseArgs({
  options: {
    out: { type: 'string', default: join(root, 'out', 'screenshots') },
    folder: { type: 'string', default: join(root, 'test', 'vscode', 'workspace') },
    file: { type: 'string', default: 'acme.itsms' },
    vsix: { type: 'string' },
    dark: { type: 'boolean', default: false },
    finding: { type: 'string' },
  },
});

const limit = setTimeout(() => {
  console.error('no end after 4 minutes');
  process.exit(1);
}, 240_000);

const out = resolve(values.out);
const suffix = values.dark ? '-dark' : '';
await mkdir(out, { recursive: true });

async function picture(page: Page, name: string): Promise<void> {
  const file = join(out, `${name}${suffix}.png`);
  await page.screenshot({ path: file });
  console.log(file);
}

/** Makes room for what trees say behind their labels. */
async function widenSideBar(page: Page): Promise<void> {
  const sash = page.locator('.monaco-sash.vertical').nth(1);
  const box = await sash.boundingBox();
  if (box) {
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(box.x + 280, box.y + box.height / 2, { steps: 5 });
    await page.mouse.up();
  }
}

// What is typed here must not end up in the folder that was named.
const work = await mkdtemp(join(tmpdir(), 'itsms-screenshot-'));
const folder = join(work, basename(resolve(values.folder)));
await cp(resolve(values.folder), folder, { recursive: true });

const workbench = await openWorkbench({
  folder,
  trusted: true,
  extension: values.vsix === undefined ? { developmentPath: root } : { vsix: resolve(values.vsix) },
  colorScheme: values.dark ? 'dark' : 'light',
});
const { page } = workbench;
try {
  await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
  await openFile(page, values.file);
  await runCommand(page, 'View: Hide Secondary Side Bar');
  if (values.dark) {
    await runCommand(page, 'Preferences: Toggle between Light/Dark Themes');
  }
  await page.locator('.squiggly-error, .squiggly-warning, .squiggly-info').first().waitFor({ timeout: 30_000 }).catch(() => {});
  await picture(page, '1-text');

  const [line, column] = values.finding?.split(':').map(Number) ?? [];
  if (line !== undefined && column !== undefined) {
    await runCommand(page, 'ITSMS: Open Dashboard');
    await webview(page).locator('table').first().waitFor({ timeout: 60_000 });
    await openFile(page, values.file);
    await goTo(page, line, column);
    await runCommand(page, 'Go to Next Problem in Files (Error, Warning, Info)');
    await page.locator('.peekview-widget, .marker-widget').first().waitFor({ timeout: 15_000 }).catch(() => {});
    await page.locator('.quick-input-widget').waitFor({ state: 'hidden' });
    await page.waitForFunction('document.getAnimations().every((one) => one.playState !== "running")', undefined, { timeout: 5_000 }).catch(() => {});
    await picture(page, '0-finding-and-dashboard');
    await page.keyboard.press('Escape');
  }

  await openView(page);
  await widenSideBar(page);
  const compliance = await focusView(page, 'Compliance');
  await openLine(compliance, /^8 /);
  await openLine(compliance, /^8\.3 /);
  const services = await focusView(page, 'Services');
  await treeLine(services, /./).waitFor({ timeout: 30_000 }).catch(() => {});
  // The first service, then its first agreement.
  for (const level of ['1', '2']) {
    await services.locator(`.monaco-list-row[aria-expanded="false"][aria-level="${level}"] .monaco-tl-twistie`).first().click({ timeout: 5_000 }).catch(() => {});
  }
  await services.locator('.monaco-list-row[aria-level="3"]').first().waitFor({ timeout: 5_000 }).catch(() => {});
  await picture(page, '2-views');
  await page.locator('#itsms\\.itsms\\.itsms\\.status').hover();
  await page.locator('.monaco-hover table, .workbench-hover table').first().waitFor({ timeout: 10_000 }).catch(() => {});
  await picture(page, '3-status');
  await runCommand(page, 'View: Show Explorer');

  await focusText(page);
  await page.keyboard.press('Control+End');
  await page.keyboard.press('Enter');
  await page.keyboard.type('service printing "Printing" {\n  o');
  await page.keyboard.press('Control+Space');
  await page.locator('.suggest-widget.visible .monaco-list-row').first().waitFor({ timeout: 15_000 }).catch(() => {});
  await picture(page, '4-completion');
  await page.keyboard.press('Escape');

  await runCommand(page, 'ITSMS: Check Workspace');
  await page.locator('.markers-panel').waitFor({ timeout: 30_000 }).catch(() => {});
  await picture(page, '5-problems');
  await runCommand(page, 'View: Hide Panel');

  await runCommand(page, 'ITSMS: Open Dashboard');
  await webview(page).locator('main, p').first().waitFor({ timeout: 60_000 }).catch(() => {});
  await picture(page, '6-dashboard');
} finally {
  await workbench.close();
  await rm(work, { recursive: true, force: true });
  clearTimeout(limit);
}
