import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { root, sourceFiles } from './imports.ts';

const product = (): string[] => sourceFiles('client', 'language', 'server').filter((file) => !file.startsWith('language/generated/'));

function linesThat(files: readonly string[], pattern: RegExp): string[] {
  return files.flatMap((file) =>
    readFileSync(join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (pattern.test(line.replaceAll(/\/\*.*?\*\/|\/\/.*$|^\s*\*.*$/g, '')) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
}

describe('source', () => {
  it('has names of files in kebab case', () => {
    const wrong = sourceFiles('client', 'language', 'server', 'scripts', 'test').filter(
      (file) => !/^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.test)?\.ts$/.test(basename(file)),
    );
    assert.deepEqual(wrong, []);
  });

  it('asks for today in one place', () => {
    const wrong = linesThat(product(), /\bDate\.now\(|\bnew Date\(\)|Temporal\.Now\b/);
    const files = new Set(wrong.map((line) => line.split(':')[0]));
    assert.ok(files.size <= 1, wrong.join('\n'));
  });

  it('uses nothing that Node 20 lacks', () => {
    const newer = /\b(?:Map\.groupBy|Promise\.(?:withResolvers|try)|RegExp\.escape|Array\.fromAsync|Iterator\.from)\b|\.(?:isSubsetOf|isSupersetOf|isDisjointFrom|symmetricDifference)\(|(?<!\bz)\.(?:union|intersection)\(|from 'node:sqlite'|\bglobSync\b.*node:fs/;
    assert.deepEqual(
      linesThat(product(), newer).filter((line) => !/\b(?:calendar|interval)/i.test(line)),
      [],
    );
  });
});
