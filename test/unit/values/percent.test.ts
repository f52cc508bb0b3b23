import assert from 'node:assert/strict';
import fc from 'fast-check';
import { meets, parseComparison, type Comparison } from '../../../language/values/comparison.ts';
import { compareDecimals, decimalFrom, decimalOf, divide, parseDecimal, round } from '../../../language/values/decimal.ts';
import {
  compareRatio, complement, meetsAtLeast, parsePercent, percentFrom, percentOf, printPercent, printRatio, ratioMeets, ratioPercent,
} from '../../../language/values/percent.ts';
import { isProblem } from '../../../language/values/problem.ts';

const comparisons: readonly Comparison[] = ['>=', '<=', '>', '<', '='];

describe('decimal', () => {
  it('is exact where floats are not', () => {
    assert.equal(compareDecimals(decimalFrom('0.3'), decimalOf(0.3)), 0);
    assert.equal(decimalFrom('007.500'), '7.5');
    assert.equal(decimalFrom('-0'), '0');
    assert.equal(decimalOf(1e-7), '0.0000001');
  });

  it('rounds in the direction that is asked for', () => {
    assert.equal(round(decimalFrom('2.345'), 2, 'down'), '2.34');
    assert.equal(round(decimalFrom('2.341'), 2, 'up'), '2.35');
    assert.equal(round(decimalFrom('-2.345'), 2, 'down'), '-2.35');
    assert.equal(round(decimalFrom('-2.345'), 2, 'up'), '-2.34');
    assert.equal(divide(decimalFrom('2'), decimalFrom('3'), 4, 'down'), '0.6666');
    assert.equal(divide(decimalFrom('2'), decimalFrom('3'), 4, 'up'), '0.6667');
    assert.equal(divide(decimalFrom('-2'), decimalFrom('3'), 1, 'down'), '-0.7');
    assert.equal(divide(decimalFrom('1'), decimalFrom('4'), 2, 'up'), '0.25');
  });

  it('says what is wrong with other texts, and what may be meant', () => {
    for (const [text, suggestion] of [['4,2', '4.2'], ['1,000', '1000'], ['1e5', undefined], ['', undefined], ['NaN', undefined], ['9'.repeat(40), undefined]] as const) {
      const value = parseDecimal(text);
      assert(isProblem(value), text);
      assert.equal(value.suggestion, suggestion, text);
    }
  });
});

describe('percent', () => {
  it('reads and prints exactly', () => {
    assert.equal(parsePercent('99.8%'), '99.8');
    assert.equal(parsePercent('99.80%'), '99.8');
    assert.equal(printPercent(percentFrom('99.999999999999%')), '99.999999999999%');
  });

  it('says what is wrong with other texts, and what may be meant', () => {
    for (const [text, suggestion] of [
      ['99.8', '99.8%'], ['99,8%', '99.8%'], ['99.8 %', '99.8%'], ['99.8 percent', '99.8%'], ['-1%', undefined], ['%', undefined], ['high', undefined],
    ] as const) {
      const value = parsePercent(text);
      assert(isProblem(value), text);
      assert.equal(value.suggestion, suggestion, text);
    }
  });

  it('99.799% is not 99.8%, by comparison and in print', () => {
    assert.equal(meetsAtLeast(99_799, 100_000, percentFrom('99.8')), false);
    assert.equal(meetsAtLeast(998, 1000, percentFrom('99.8')), true);
    assert.equal(printRatio({ numerator: 99_799, denominator: 100_000 }, { comparison: '>=', percent: percentFrom('99.8') }), '99.79%');
    assert.equal(printRatio({ numerator: 2999, denominator: 3000 }, { comparison: '>=', percent: percentFrom('100') }), '99.96%');
    assert.equal(printRatio({ numerator: 2, denominator: 3 }), '66.66%');
  });

  it('flatters nobody where less is better', () => {
    const atMost5 = { comparison: '<=', percent: percentFrom('5') } as const;
    assert.equal(printRatio({ numerator: 5001, denominator: 100_000 }, atMost5), '5.01%');
    assert.equal(printRatio({ numerator: 5, denominator: 100 }, atMost5), '5%');
    assert.equal(printRatio({ numerator: 49_999, denominator: 1_000_000 }, { comparison: '<', percent: percentFrom('5') }), '4.9999%');
  });

  it('takes the digits that its target needs', () => {
    assert.equal(printRatio({ numerator: 999_951, denominator: 1_000_000 }, { comparison: '>=', percent: percentFrom('99.995') }), '99.995%');
    assert.equal(printRatio({ numerator: 999_949, denominator: 1_000_000 }, { comparison: '>=', percent: percentFrom('99.995') }), '99.994%');
    assert.equal(printRatio({ numerator: 500_001, denominator: 10_000_000 }, { comparison: '>', percent: percentFrom('5') }), '5.00001%');
  });

  it('nothing of nothing is unknown', () => {
    assert.equal(meetsAtLeast(0, 0, percentFrom('0')), undefined);
    assert.equal(printRatio({ numerator: 0, denominator: 0 }), undefined);
  });

  it('multiplies availabilities exactly', () => {
    assert.equal(percentOf(percentFrom('99.9'), percentFrom('99.5')), '99.4005');
    assert.equal(complement(percentFrom('99.8')), '0.2');
    assert.equal(complement(percentFrom('100.5')), undefined);
  });

  const hundredths = fc.integer({ min: 0, max: 1_000_000 }).map((n) => percentFrom(`${Math.floor(n / 10_000)}.${String(n % 10_000).padStart(4, '0')}`));
  const ratios = fc.integer({ min: 1, max: 10_000_000 }).chain((denominator) =>
    fc.record({ numerator: fc.integer({ min: 0, max: denominator }), denominator: fc.constant(denominator) }));

  it('a printed figure always falls on the same side of its target as the exact one', () => {
    // Close calls are the point: half of the ratios are made from the target itself.
    const near = hundredths.chain((percent) => fc.record({
      percent: fc.constant(percent),
      ratio: fc.integer({ min: -3, max: 3 }).map((offset) => ({ numerator: Math.max(0, Math.round(Number(percent) * 100_000) + offset), denominator: 10_000_000 })),
    }));
    const any = fc.record({ percent: hundredths, ratio: ratios });
    fc.assert(fc.property(fc.oneof(near, any), fc.constantFrom(...comparisons), ({ percent, ratio }, comparison) => {
      const figure = ratioPercent(ratio, { comparison, percent });
      assert(figure !== undefined);
      assert.equal(meets(compareDecimals(figure, percent), comparison), ratioMeets(ratio, comparison, percent));
    }));
  });

  it('comparing agrees with whole-number arithmetic', () => {
    fc.assert(fc.property(ratios, fc.integer({ min: 0, max: 1_000_000 }), (ratio, tenThousandths) => {
      const percent = percentFrom(`${Math.floor(tenThousandths / 10_000)}.${String(tenThousandths % 10_000).padStart(4, '0')}`);
      const left = BigInt(ratio.numerator) * 1_000_000n;
      const right = BigInt(tenThousandths) * BigInt(ratio.denominator);
      assert.equal(compareRatio(ratio, percent), left < right ? -1 : left > right ? 1 : 0);
    }));
  });

  it('what is printed reads back', () => {
    fc.assert(fc.property(hundredths, (percent) => assert.equal(parsePercent(printPercent(percent)), percent)));
  });
});

describe('comparison', () => {
  it('knows what other signs stand for', () => {
    for (const comparison of comparisons) assert.equal(parseComparison(comparison), comparison);
    const value = parseComparison('≥');
    assert(isProblem(value) && value.suggestion === '>=');
    for (const text of ['toString', 'about', '']) {
      const unknown = parseComparison(text);
      assert(isProblem(unknown) && unknown.suggestion === undefined, text);
    }
  });
});
