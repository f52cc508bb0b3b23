import assert from 'node:assert/strict';
import { importsOf, importsOfText, sourceFiles, type Import } from './imports.ts';

function show({ from, to }: Import): string {
  return `${from} imports ${to}`;
}

function isHost({ to }: Import): boolean {
  return /^(?:node:|vscode)/.test(to) || to.startsWith('langium/node') || to.startsWith('langium/lsp');
}

describe('dependencies run one way', () => {
  it('reads every form of import', () => {
    const text = [
      "import a from 'a';",
      "import type { B } from './b.ts';",
      "import {\n  c,\n  d,\n} from '../c/d.ts';",
      "export * from 'e';",
      "import 'node:f';",
      "const g = await import('g');",
      "import h from './h.json' with { type: 'json' };",
      "// import i from 'i';",
    ].join('\n');
    assert.deepEqual(
      importsOfText('language/model/x.ts', text).map(({ to, typeOnly }) => [to, typeOnly]),
      [
        ['a', false],
        ['language/model/b.ts', true],
        ['language/c/d.ts', false],
        ['e', false],
        ['node:f', false],
        ['g', false],
        ['language/model/h.json', false],
      ],
    );
  });

  it('finds the source', () => {
    for (const folder of ['client', 'language', 'server']) {
      assert.ok(sourceFiles(folder).length > 0, folder);
    }
  });

  it('the language knows neither its host nor anything above it', () => {
    const own = /^language\//;
    const allowed = new Set(['langium', 'zod', 'big.js', 'temporal-polyfill', 'date-holidays', 'vscode-languageserver-types', 'chevrotain']);
    const wrong = importsOf('language').filter(({ to }) => !own.test(to) && !allowed.has(to));
    assert.deepEqual(wrong.map(show), []);
  });

  it('the client takes types from the protocol and nothing else from the server or the language', () => {
    const wrong = importsOf('client').filter(
      ({ to, typeOnly }) => to.startsWith('language/') || (to.startsWith('server/') && !(to === 'server/protocol.ts' && typeOnly)),
    );
    assert.deepEqual(wrong.map(show), []);
  });

  it('the server never imports the client', () => {
    assert.deepEqual(importsOf('server').filter(({ to }) => to.startsWith('client/')).map(show), []);
  });

  it('the server knows its host only where it has to', () => {
    const mayKnow = /^server\/(?:main[^/]*\.ts|older-node\.ts|cli\/|editor\/|measurement\/|project\/)/;
    const wrong = importsOf('server').filter((one) => !mayKnow.test(one.from) && isHost(one));
    assert.deepEqual(wrong.map(show), []);
  });

  it('the protocol depends on nothing but types', () => {
    assert.deepEqual(importsOf('server').filter(({ from, typeOnly }) => from === 'server/protocol.ts' && !typeOnly).map(show), []);
  });

  it('nothing in the product imports tests, scripts or examples', () => {
    const wrong = importsOf('client', 'language', 'server').filter(({ to }) => /^(?:test|scripts|examples)\//.test(to));
    assert.deepEqual(wrong.map(show), []);
  });

  it('the model and what is computed from it know no syntax tree', () => {
    const pure = ['server/assessment', 'server/iso20000', 'server/analysis', 'server/reports', 'server/exchange'];
    const wrong = importsOf(...pure).filter(({ to }) => to.startsWith('langium') || to.startsWith('language/generated') || to.startsWith('language/grammar'));
    assert.deepEqual(wrong.map(show), []);
  });
});
