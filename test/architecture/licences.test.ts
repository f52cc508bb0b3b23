import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './imports.ts';

/** Licences under which a package may be delivered with an MIT product. */
const allowed = new Set(['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', '0BSD', 'BlueOak-1.0.0', 'Unlicense', 'CC0-1.0', 'Zlib', 'PSF-2.0', 'Python-2.0']);

/** Decided one by one: `name licence`, and why. */
const decided = new Set([
  // The code is ISC; its LICENSE says CC BY-SA 3.0 of the holiday data, which is delivered unchanged, with its attributions in the notices.
  'date-holidays (ISC AND CC-BY-3.0)',
  // Its package.json does not say; its LICENSE is MIT.
  'png-js none',
  // Fonts: may be delivered with any program and embedded in any document.
  ...['noto-emoji', 'noto-sans-arabic', 'noto-sans-devanagari', 'noto-sans-hebrew', 'noto-sans-kr', 'noto-sans-math', 'noto-sans-sc', 'noto-sans-symbols-2', 'noto-sans-thai', 'source-code-pro', 'source-sans-3'].map(
    (font) => `@fontsource/${font} OFL-1.1`,
  ),
]);

interface Lock {
  readonly packages: Readonly<Record<string, { readonly dev?: boolean; readonly optional?: boolean; readonly license?: string }>>;
}

describe('licences', () => {
  it('of everything delivered are known and allowed', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as Lock;
    const delivered = Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true);
    assert.ok(delivered.length > 10);
    const wrong = delivered
      .map(([path, { license }]) => ({ name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), license: license ?? 'none' }))
      .filter(({ name, license }) => {
        const choices = license.replaceAll(/[()]/g, '').split(' OR ');
        return !choices.some((one) => allowed.has(one)) && !decided.has(`${name} ${license}`);
      });
    assert.deepEqual(
      wrong.map(({ name, license }) => `${name} ${license}`),
      [],
    );
  });
});
