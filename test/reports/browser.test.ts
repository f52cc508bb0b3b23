import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { chromium } from 'playwright-core';
import type { Browser, Page } from 'playwright-core';
import { renderHtml } from '../../server/reports/renderers/html.ts';
import type { HtmlOptions } from '../../server/reports/renderers/html.ts';
import { dashboard } from '../../server/reports/dashboard/dashboard.ts';
import { gapAnalysis } from '../../server/reports/gap-analysis/gap-analysis.ts';
import { serviceReport } from '../../server/reports/service-report/service-report.ts';
import { programOrSkip } from '../support/programs.ts';
import { sampleDocument } from './sample-document.ts';
import { sampleInput } from './sample-input.ts';

const executablePath = [process.env['ITSMS_CHROMIUM'], '/usr/bin/chromium', '/usr/bin/google-chrome'].find((path) => path !== undefined && existsSync(path));
const axeSource = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

interface AxeResult {
  readonly violations: readonly { readonly id: string; readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[] }[];
}

describe('a page in a browser', function () {
  this.timeout(60_000);
  let browser: Browser;

  before(async function () {
    if (executablePath === undefined) {
      console.log('      no Chromium found (set ITSMS_CHROMIUM): pages are not tried in a browser');
      this.skip();
    }
    browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run'] });
  });

  after(async () => {
    await browser?.close();
  });

  interface Opened {
    readonly page: Page;
    readonly requests: string[];
    readonly complaints: string[];
    readonly close: () => Promise<void>;
  }

  async function open(html: string, colorScheme: 'light' | 'dark', width = 1280): Promise<Opened> {
    const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));
    await page.route('http://page.test/', (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
    await page.goto('http://page.test/');
    return { page, requests: requests.filter((url) => url !== 'http://page.test/'), complaints, close: () => context.close() };
  }

  async function accessibilityFindings(page: Page): Promise<string[]> {
    // evaluate runs in the debugger's world, so that the policy of the page stays as it is.
    await page.evaluate(axeSource);
    const result = (await page.evaluate("axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] })")) as AxeResult;
    return result.violations.flatMap((violation) => violation.nodes.map((node) => `${violation.id}: ${node.target.join(' ')} ${node.failureSummary ?? ''}`));
  }

  const editor: HtmlOptions = { mode: 'editor', nonce: 'bm9uY2U' };
  const editorHost = '<script nonce="bm9uY2U">window.posted = []; window.acquireVsCodeApi = () => ({ getState: () => undefined, setState() {}, postMessage: (message) => window.posted.push(message) });</script>';

  function inEditor(html: string, theme: 'vscode-light' | 'vscode-dark' | 'vscode-high-contrast'): string {
    const colours = theme === 'vscode-light' ? ['#ffffff', '#3b3b3b', '#005fb8'] : theme === 'vscode-dark' ? ['#1f1f1f', '#cccccc', '#4daafc'] : ['#000000', '#ffffff', '#21a6ff'];
    const variables = `<style nonce="bm9uY2U">html { --vscode-editor-background: ${colours[0]}; --vscode-editor-foreground: ${colours[1]}; --vscode-textLink-foreground: ${colours[2]}; --vscode-focusBorder: ${colours[2]}; --vscode-contrastBorder: #6fc3df; }</style>`;
    return html.replace('</head>', `${variables}${editorHost}</head>`).replace('<body>', `<body class="${theme}">`);
  }

  const pages: readonly (readonly [name: string, html: () => string, scheme: 'light' | 'dark', width?: number])[] = [
    ['alone, light', () => renderHtml(sampleDocument()), 'light'],
    ['alone, dark', () => renderHtml(sampleDocument()), 'dark'],
    ['alone, narrow', () => renderHtml(sampleDocument()), 'light', 400],
    ['in the editor, light', () => inEditor(renderHtml(sampleDocument(), editor), 'vscode-light'), 'light'],
    ['in the editor, dark', () => inEditor(renderHtml(sampleDocument(), editor), 'vscode-dark'), 'dark'],
    ['in the editor, high contrast', () => inEditor(renderHtml(sampleDocument(), editor), 'vscode-high-contrast'), 'dark'],
    ['the dashboard', () => renderHtml(dashboard.build(sampleInput())), 'light'],
    ['the dashboard in the editor', () => inEditor(renderHtml(dashboard.build(sampleInput()), editor), 'vscode-dark'), 'dark'],
    ['a service report', () => renderHtml(serviceReport.build(sampleInput({ customer: 'retail' }))), 'light'],
    ['the gap analysis', () => renderHtml(gapAnalysis.build(sampleInput())), 'light'],
    ['of hostile text', () => renderHtml(sampleDocument('<script>document.title="ran"</script><img src="http://evil.test/x">\u202E')), 'light'],
  ];

  for (const [name, html, scheme, width] of pages) {
    it(`${name}: asks the network for nothing, keeps its own policy, and passes the accessibility checks`, async () => {
      const { page, requests, complaints, close } = await open(html(), scheme, width);
      try {
        assert.deepEqual(requests, []);
        assert.deepEqual(complaints, []);
        assert.deepEqual(await accessibilityFindings(page), []);
        assert.notEqual(await page.title(), 'ran');
        const overflow = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
        assert.ok(Number(overflow) <= 0, `the page is ${String(overflow)} px wider than the window`);
      } finally {
        await close();
      }
    });
  }

  it('in the editor, tells the extension which place was clicked, also by keyboard', async () => {
    const { page, close } = await open(inEditor(renderHtml(sampleDocument(), editor), 'vscode-dark'), 'dark');
    try {
      await page.focus('a[data-file="sla.itsms"]');
      await page.keyboard.press('Enter');
      assert.deepEqual(await page.evaluate('window.posted.filter(({ type }) => type === "open")'), [{ type: 'open', file: 'sla.itsms', line: 12, column: 3 }]);
    } finally {
      await close();
    }
  });

  it('in the editor, takes a new state of the document without leaving its place', async () => {
    const html = inEditor(renderHtml(sampleDocument(), editor), 'vscode-dark');
    const { page, complaints, close } = await open(html, 'dark');
    try {
      await page.evaluate('window.scrollTo(0, 500)');
      await page.evaluate('window.postMessage({ type: "update", html: arguments_ })'.replace('arguments_', JSON.stringify(html.replaceAll('Corporate e-mail', 'Corporate mail'))));
      await page.waitForFunction('document.body.textContent.includes("Corporate mail")');
      assert.equal(await page.evaluate('window.scrollY'), 500);
      assert.deepEqual(complaints, []);
    } finally {
      await close();
    }
  });

  /** The printed pages as text, and their size in points. */
  async function printed(html: string, options: NonNullable<Parameters<Page['pdf']>[0]>): Promise<{ readonly pages: readonly string[]; readonly size: string }> {
    const { page, close } = await open(html, 'dark');
    try {
      const pdf = await page.pdf(options);
      const text = execFileSync('pdftotext', ['-layout', '-', '-'], { input: pdf, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] });
      const size = /^Page size:\s+([\d.]+ x [\d.]+)/m.exec(execFileSync('pdfinfo', ['-'], { input: pdf, encoding: 'utf8', stdio: ['pipe', 'pipe', 'ignore'] }))?.[1] ?? '';
      return { pages: text.split('\f').slice(0, -1), size };
    } finally {
      await close();
    }
  }

  it('prints on A4 and on Letter, with its provenance and its number at the foot of every page', async function () {
    programOrSkip(this, 'pdftotext', 'poppler-utils');
    for (const format of ['A4', 'Letter']) {
      const { pages } = await printed(renderHtml(sampleDocument()), { format });
      assert.ok(pages.length >= 3 && pages.length <= 6, `${format}: ${pages.length} pages`);
      for (const [index, page] of pages.entries()) {
        assert.match(page, /As of 2026-11-22 · commit 4f2c9d1e8b7a with changed inputs/);
        assert.match(page, new RegExp(`\\s${index + 1} ?/ ?${pages.length}$`, 'm'));
      }
    }
  });

  it('prints on the paper of the organization, with its logo and its footer', async function () {
    programOrSkip(this, 'pdftotext', 'poppler-utils');
    const base64 = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8DwHwAFBQIAX8jx0gAAAABJRU5ErkJggg==';
    const html = renderHtml({ ...sampleDocument(), look: { paper: 'Letter', accent: '#0b4f94', footer: 'Confidential', logo: { mediaType: 'image/png', base64, width: 1, height: 1 } } });
    const { pages, size } = await printed(html, { preferCSSPageSize: true });
    assert.equal(size, '612 x 792');
    for (const page of pages) assert.match(page, /Confidential · As of 2026-11-22/);
    const { page, complaints, close } = await open(html, 'light');
    try {
      assert.deepEqual([complaints, await accessibilityFindings(page)], [[], []]);
      assert.equal(await page.evaluate('document.querySelector("img.logo").complete && document.querySelector("img.logo").naturalWidth'), 1);
    } finally {
      await close();
    }
  });
});
