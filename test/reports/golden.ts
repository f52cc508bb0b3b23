/**
 * Accepted texts: compared with what is made now. A new or changed one is written with ITSMS_ACCEPT=1, and read by the
 * person who accepts it before it is committed.
 */
import assert from 'node:assert/strict';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';

export function assertGolden(name: string, actual: string): void {
  const file = new URL(`golden/${name}`, import.meta.url);
  if (process.env['ITSMS_ACCEPT'] === '1') {
    mkdirSync(new URL('golden/', import.meta.url), { recursive: true });
    writeFileSync(file, actual);
    return;
  }
  assert.ok(existsSync(file), `test/reports/golden/${name} is missing: make it with ITSMS_ACCEPT=1 and read it`);
  assert.equal(actual, readFileSync(file, 'utf8'));
}
