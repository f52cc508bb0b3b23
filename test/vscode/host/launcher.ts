#!/usr/bin/env node
/**
 * Stands in for VS Code's executable: takes the arguments that `@vscode/test-electron` gives it, runs the suite in VS Code's
 * own server and workbench, in a headless browser, and exits with the suite's exit code.
 */
import { parseArgs } from 'node:util';
import { openWorkbench } from './workbench.ts';

const limitMinutes = 6;

const { values, positionals } = parseArgs({
  strict: false,
  allowPositionals: true,
  options: {
    extensionDevelopmentPath: { type: 'string' },
    extensionTestsPath: { type: 'string' },
    'disable-workspace-trust': { type: 'boolean' },
  },
});

function required(name: 'extensionDevelopmentPath' | 'extensionTestsPath'): string {
  const value = values[name];
  if (typeof value !== 'string') {
    console.error(`--${name} is missing`);
    process.exit(2);
  }
  return value;
}

// The same arguments always come with the flag that trusts everything; the variable takes it back.
const trusted = values['disable-workspace-trust'] === true && process.env['ITSMS_TEST_TRUST'] !== 'untrusted';

/** The workbench logs a great deal that a closed network and missing native modules explain: shown on request only. */
const verbose = process.env['ITSMS_TEST_VERBOSE'] !== undefined;

let finish: (code: number) => void = () => {};
const finished = new Promise<number>((settle) => {
  finish = settle;
});
const limit = setTimeout(() => {
  console.error(`the suite did not end within ${limitMinutes} minutes`);
  finish(1);
}, limitMinutes * 60_000);

try {
  const workbench = await openWorkbench({
    folder: positionals[0] ?? process.cwd(),
    trusted,
    extension: { developmentPath: required('extensionDevelopmentPath') },
    testsPath: required('extensionTestsPath'),
    onLog: (type, parameters) => {
      if (verbose) {
        console.log(type, ...parameters);
      }
    },
    onExit: (code) => finish(code),
  });
  workbench.page.once('crash', () => {
    console.error('the browser page crashed');
    finish(1);
  });
  process.exitCode = await finished;
  await workbench.close();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  clearTimeout(limit);
}
