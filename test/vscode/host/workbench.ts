/** VS Code's workbench in a headless browser, connected to VS Code's server, with the extension of this repository. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from 'playwright-core';
import { ensureChromium } from './chromium.ts';
import { ensureCodeServer } from './code-server.ts';
import { installExtension, startVsCodeServer } from './vscode-server.ts';

export interface WorkbenchOptions {
  /** The folder to open. */
  readonly folder: string;
  readonly trusted: boolean;
  /** The source tree of the extension, or a packed extension to install instead. */
  readonly extension: { readonly developmentPath: string } | { readonly vsix: string };
  /** A module with a function `run` that is called in the extension host. */
  readonly testsPath?: string;
  readonly colorScheme?: 'light' | 'dark';
  readonly size?: { readonly width: number; readonly height: number };
  readonly onLog?: (type: string, parameters: readonly unknown[]) => void;
  readonly onExit?: (code: number) => void;
}

export interface Workbench {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

const browserFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
];

function isLog(type: unknown): type is string {
  return typeof type === 'string';
}

/** Opens the workbench. Whoever calls must close it. */
export async function openWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const executablePath = await ensureChromium();
  const program = await ensureCodeServer();
  const dataFolder = await mkdtemp(join(tmpdir(), 'itsms-vscode-'));
  const { extension } = options;
  const undo: (() => Promise<void>)[] = [() => rm(dataFolder, { recursive: true, force: true, maxRetries: 5 })];
  const close = async (): Promise<void> => {
    for (const step of undo.toReversed()) {
      await step();
    }
    undo.length = 0;
  };
  try {
    if ('vsix' in extension) {
      await installExtension({ program, dataFolder, vsix: extension.vsix });
    }
    const server = await startVsCodeServer({ program, dataFolder, trusted: options.trusted });
    undo.push(server.stop);
    const browser = await chromium.launch({ executablePath, args: [...browserFlags], headless: true });
    undo.push(() => browser.close());
    const context = await browser.newContext({
      viewport: options.size ?? { width: 1440, height: 900 },
      colorScheme: options.colorScheme ?? 'light',
    });
    const page = await context.newPage();
    await page.exposeFunction('codeAutomationLog', (type: unknown, parameters: unknown) => {
      if (isLog(type)) {
        options.onLog?.(type, Array.isArray(parameters) ? (parameters as readonly unknown[]) : [parameters]);
      }
    });
    await page.exposeFunction('codeAutomationExit', (code: unknown) => {
      options.onExit?.(typeof code === 'number' ? code : 1);
    });

    const host = `localhost:${server.port}`;
    const remote = (path: string): string => `vscode-remote://${host}${path}`;
    const payload: [string, string][] = [['skipWelcome', 'true']];
    if ('developmentPath' in extension) {
      payload.push(['extensionDevelopmentPath', remote(extension.developmentPath)]);
    }
    if (options.testsPath !== undefined) {
      payload.push(['extensionTestsPath', remote(options.testsPath)]);
    }
    const query = new URLSearchParams({ folder: options.folder, payload: JSON.stringify(payload) });
    await page.goto(`http://${host}/?${query.toString()}`, { waitUntil: 'domcontentloaded', timeout: 60_000 });
    return { page, close };
  } catch (error) {
    await close();
    throw error;
  }
}
