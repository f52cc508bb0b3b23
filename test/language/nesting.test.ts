import assert from 'node:assert/strict';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';

const builder = new FragmentBuilder();
const after = 'person after "After"\n';

function read(metric: string): { readonly names: readonly string[]; readonly codes: readonly string[] } {
  const fragment = builder.build('a.itsms', `metric m { from s value ${metric} }\n${after}`);
  return {
    names: fragment.declarations.map(({ entity }) => entity.key),
    codes: [...fragment.findings.map(({ finding }) => finding), ...fragment.declarations.flatMap(({ entity }) => entity.findings)].map(({ code }) => code),
  };
}

describe('nesting', () => {
  const terms = (count: number): string => `count where ${Array.from({ length: count }, (_, index) => `kind = "${index}"`).join('\n or ')}`;

  it('is read as far as anybody goes', () => {
    for (const metric of [`${'('.repeat(45)}count${')'.repeat(45)}`, `count where ${'not '.repeat(45)}kind = "x"`, `count where ${'not ('.repeat(40)}kind = "x"${')'.repeat(40)}`, terms(300)]) {
      const { names, codes } = read(metric);
      assert.equal(names.length, 2, metric.slice(0, 60));
      assert.ok(!codes.includes('too-deep') && !codes.includes('syntax'), codes.join());
    }
  });

  it('is told once where it goes further, and all else is read', () => {
    for (const metric of [`${'('.repeat(20_000)}count${')'.repeat(20_000)}`, `count where ${'not '.repeat(20_000)}kind = "x"`, `count where ${'not ('.repeat(10_000)}`, terms(3000), '('.repeat(20_000)]) {
      const { names, codes } = read(metric);
      assert.deepEqual(codes, ['too-deep'], metric.slice(0, 60));
      assert.equal(names.length, 1, metric.slice(0, 60));
    }
  });

  it('is no matter in texts and comments', () => {
    const text = `service s { summary "${'( not '.repeat(80)}" // ${'('.repeat(200)}\n}\n${after}`;
    const fragment = builder.build('a.itsms', text);
    assert.equal(fragment.declarations.length, 2);
    assert.deepEqual(fragment.declarations.flatMap(({ entity }) => entity.findings.filter(({ code }) => code === 'too-deep')), []);
  });
});
