/** What VS Code calls in the extension host: runs the tests for a trusted or for an untrusted workspace. */
import Mocha from 'mocha';
import { appendFileSync, writeFileSync } from 'node:fs';
import { format } from 'node:util';

const report = process.env['ITSMS_TEST_REPORT'];
if (report) {
  // What is printed here does not reach the terminal when the extension host runs behind a browser.
  Mocha.reporters.Base.consoleLog = (...parameters: unknown[]): void => appendFileSync(report, `${format(...parameters)}\n`);
}

export async function run(): Promise<void> {
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false, slow: 5000 });
  const grep = process.env['ITSMS_TEST_GREP'];
  if (grep) {
    mocha.grep(grep);
  }
  mocha.suite.emit('pre-require', globalThis, 'itsms', mocha);
  if (process.env['ITSMS_TEST_TRUST'] === 'untrusted') {
    await import('./untrusted.ts');
  } else {
    await import('./trusted.ts');
    await import('./proofs.ts');
    await import('./database-passwords.ts');
  }
  const failed = await new Promise<number>((settle) => {
    const runner = mocha.run(settle);
    runner.once('end', () => {
      const counts = process.env['ITSMS_TEST_COUNTS'];
      const { passes = 0, failures = 0, pending = 0 } = runner.stats ?? {};
      if (counts) {
        writeFileSync(counts, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
      }
    });
  });
  if (failed > 0) {
    throw new Error(`${failed} tests failed`);
  }
}
