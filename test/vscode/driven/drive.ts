/** What a person does at the keyboard, for tests and pictures that drive the workbench in a browser. */
import { join, resolve } from 'node:path';
import type { FrameLocator, Locator, Page } from 'playwright-core';

/** For the person who has to find out why a test failed. */
export async function pictureOfFailure(page: Page, test: Mocha.Test | undefined): Promise<void> {
  if (test?.state === 'failed') {
    const folder = resolve(import.meta.dirname, '..', '..', '..', 'out', 'screenshots');
    const file = join(folder, `failed-${test.title.replaceAll(/\W+/g, '-')}.png`);
    await page.screenshot({ path: file });
    console.log(`      ${file}`);
  }
}

export async function runCommand(page: Page, title: string): Promise<void> {
  await page.keyboard.press('F1');
  const input = page.locator('.quick-input-widget input');
  await input.waitFor();
  await input.fill(`>${title}`);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first().waitFor();
  await page.keyboard.press('Enter');
}

export async function openFile(page: Page, name: string): Promise<void> {
  await page.keyboard.press('Control+P');
  const input = page.locator('.quick-input-widget input');
  await input.waitFor();
  await input.fill(name);
  await page.locator('.quick-input-list .monaco-list-row', { hasText: name }).first().waitFor();
  await page.keyboard.press('Enter');
  await focusText(page);
}

/** Puts the focus into the text that is open: the workbench has other editors, such as the one of its chat. */
export async function focusText(page: Page): Promise<void> {
  await page.locator('.editor-instance .monaco-editor .view-line').first().waitFor();
  await page.keyboard.press('Control+1');
  await page.locator('.editor-instance .monaco-editor.focused').waitFor();
}

/** Puts the cursor at a place of the text; lines and columns count from 1. */
export async function goTo(page: Page, line: number, column: number): Promise<void> {
  await page.keyboard.press('Control+G');
  const input = page.locator('.quick-input-widget input');
  await input.waitFor();
  await input.fill(`:${line}:${column}`);
  await page.keyboard.press('Enter');
  await page.locator('#status\\.editor\\.selection', { hasText: `Ln ${line}, Col ${column}` }).waitFor();
}

/** The document inside the webview that is shown. */
export function webview(page: Page): FrameLocator {
  return page.frameLocator('iframe.webview.ready').frameLocator('iframe#active-frame');
}

/** Opens the ITSMS container in the side bar. */
export async function openView(page: Page): Promise<void> {
  await page.locator('.activitybar .action-label[aria-label="ITSMS"]').click();
  await page.locator('.pane-header', { hasText: 'Compliance' }).waitFor();
}

/** One view of the container that is open, unfolded. */
export async function focusView(page: Page, title: string): Promise<Locator> {
  const pane = page.locator('.split-view-view .pane').filter({ has: page.locator('.pane-header h3.title', { hasText: title }) });
  const header = pane.locator('.pane-header');
  if ((await header.getAttribute('aria-expanded')) === 'false') {
    await header.click();
  }
  return pane;
}

/** A line of a tree, by how its label begins. */
export function line(pane: Locator, label: RegExp): Locator {
  return pane.locator('.monaco-list-row').filter({ hasText: label }).first();
}

/** Opens a line of a tree with what is below it. */
export async function openLine(pane: Locator, label: RegExp): Promise<void> {
  const row = line(pane, label);
  await row.waitFor({ timeout: 60_000 });
  if ((await row.getAttribute('aria-expanded')) === 'false') {
    await row.locator('.monaco-tl-twistie').click();
  }
}
