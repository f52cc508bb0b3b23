import assert from 'node:assert/strict';
import fc from 'fast-check';
import { percentFrom } from '../../language/values/percent.ts';
import { errorBudget } from '../../server/reports/facts/error-budget.ts';
import type { Figure } from '../../server/measurement/figure.ts';
import { renderMarkdown } from '../../server/reports/renderers/markdown.ts';
import { serviceReport } from '../../server/reports/service-report/service-report.ts';
import { sampleInput } from './sample-input.ts';

function figure(numerator: number, denominator: number, target: string): Figure {
  return { subject: { kind: 'target', agreement: 'a', target: 't' }, period: '2026-10', unit: 'percent', numerator: String(numerator), denominator: String(denominator), excluded: [], target: { comparison: '>=', value: target }, verdict: 'met', computation: '', missed: [], dataHash: '' };
}

describe('what a promise leaves to be missed', () => {
  it('is its complement of all there was', () => {
    assert.deepEqual(errorBudget(figure(2_676_500, 2_678_400, '99.9%')), { allowed: '2678.4', used: '1900', left: '778.4', usedShare: '70.94' });
  });

  it('is negative where more was missed, and its share then above the whole', () => {
    assert.deepEqual(errorBudget(figure(90, 100, '95%')), { allowed: '5', used: '10', left: '-5', usedShare: '200' });
  });

  it('has no share where nothing may be missed', () => {
    assert.deepEqual(errorBudget(figure(99, 100, '100%')), { allowed: '0', used: '1', left: '-1', usedShare: undefined });
  });

  it('is not known of what promises no share', () => {
    assert.equal(errorBudget({ ...figure(1, 2, '50%'), unit: 'score' }), undefined);
    assert.equal(errorBudget({ ...figure(1, 2, '50%'), target: { comparison: '<=', value: '50%' } }), undefined);
    assert.equal(errorBudget({ ...figure(1, 2, '50%'), unit: 'count' }), undefined);
  });

  it('is used up wholly or more exactly where the target is missed or only just met', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.nat(100_000), fc.integer({ min: 0, max: 9999 }), (good, missed, promised) => {
        const target = `${(promised / 100).toFixed(2)}%`;
        const all = good + missed;
        fc.pre(all > 0);
        const budget = errorBudget(figure(good, all, target));
        // good / all >= p / 10,000, in whole numbers.
        const isMet = BigInt(good) * 10_000n >= BigInt(promised) * BigInt(all);
        assert.equal(!budget?.left.startsWith('-'), isMet, target);
        assert.equal(Number(budget?.usedShare) <= 100, isMet, `${budget?.usedShare} of ${percentFrom(target)}`);
      }),
    );
  });

  it('is shown of a customer’s targets, those that used most first', () => {
    const text = renderMarkdown(serviceReport.build(sampleInput({ customer: 'retail' })));
    const section = text.slice(text.indexOf('## What promises leave to be missed'));
    assert.match(section, /In October 2026 2 of 4 promises used more than they leave to be missed\./);
    const rows = section.replaceAll('\u00a0', ' ').split('\n').filter((line) => line.startsWith('| E-mail, gold')).slice(0, 4);
    assert.deepEqual(rows.map((row) => row.split('|').map((cell) => cell.trim()).slice(1, -1)).slice(0, 2), [
      ['E-mail, gold: Restoration of P1 within 4 h', '1.5', '7', '5.4 too many', '451.62'],
      ['E-mail, gold: Availability of Corporate e-mail', '1 h 29 min 16 s', '4 h 2 min', '2 h 32 min 43 s too many', '271.06'],
    ]);
  });
});
