import type { Agreement, WorkloadLimit } from '../../../language/model/declarations.ts';
import { add, compareDecimals, decimalFrom, type Decimal } from '../../../language/values/decimal.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { parseQuantity } from '../../../language/values/quantity.ts';
import { fraction, fractionOfPercent, over, printFraction, times } from './arithmetic.ts';
import type { FeasibilityCheck } from './check.ts';
import type { FeasibilityStudy } from './study.ts';

/**
 * Workload limits of what an agreement rests on, against what all SLAs that rest on the same allow together. How much of it reaches
 * the other party is not known, so that this never says that a limit cannot be kept; it says which share may reach it.
 */
export function checkWorkload(agreement: Agreement, study: FeasibilityStudy): readonly FeasibilityCheck[] {
  const allowed = upperLimits(agreement);
  if (allowed.length === 0 || agreement.type !== 'sla') return [];
  const under = new Map(study.reached(agreement).flatMap((key) => study.underneath(key).map((other) => [other.$key, other] as const)));
  return [...under.values()].flatMap((other) =>
    upperLimits(other).flatMap(({ limit, number, index }): FeasibilityCheck[] => {
      const period = limit.period ?? 'month';
      const above = study.slasAbove(other.$key).flatMap((sla) => upperLimits(sla).map((one) => ({ sla, ...one })));
      const same = above.filter((one) => (one.limit.period ?? 'month') === period);
      const own = same.find(({ sla }) => sla === agreement);
      if (own === undefined) return [];
      const sum = same.reduce((total, one) => add(total, one.number), decimalFrom('0'));
      const isEnough = compareDecimals(sum, number) <= 0;
      const share = shareOf(number, sum);
      const summary = isEnough
        ? `“${study.nameOf(other.$key)}” takes up to ${number} per ${period}, and the SLAs that rest on it allow ${sum} together.`
        : `“${study.nameOf(other.$key)}” takes up to ${number} per ${period}, and the SLAs that rest on it allow ${sum} together: it is enough as long as at most ${share}% of them reach it.`;
      return [
        {
          kind: 'workload',
          verdict: isEnough ? 'kept' : 'unknown',
          path: ['workloadLimits', own.index, 'name'],
          promise: `“${own.limit.name}” (${own.limit.comparison} ${own.limit.value} per ${period})`,
          summary,
          margin: isEnough ? 'within the limits underneath' : `at most ${share}% may reach “${study.nameOf(other.$key)}”`,
          steps: [`${same.map((one) => `“${study.nameOf(one.sla.$key)}” ${one.number}`).join(' + ')} = ${sum}`],
          links: [{ agreement: other.$key, path: ['workloadLimits', index, 'name'], message: `“${study.nameOf(other.$key)}” takes up to ${number} per ${period}` }],
          remedies: [],
          unsupported: [],
          notComparable: above.length > same.length ? [`limits over other periods than a ${period} are left out`] : [],
          marginSeconds: null,
        },
      ];
    }),
  );
}

interface UpperLimit {
  readonly limit: WorkloadLimit;
  readonly index: number;
  readonly number: Decimal;
}

function upperLimits({ workloadLimits }: Agreement): readonly UpperLimit[] {
  return workloadLimits.flatMap((limit, index): UpperLimit[] => {
    const quantity = parseQuantity(limit.value);
    return !limit.comparison.startsWith('<') || isProblem(quantity) || quantity.kind !== 'number' ? [] : [{ limit, index, number: quantity.number }];
  });
}

/** `number / sum` in percent, cut. */
function shareOf(number: Decimal, sum: Decimal): string {
  const [part, whole] = [fractionOfPercent(`${number}%`), fractionOfPercent(`${sum}%`)];
  return part && whole ? printFraction(times(over(part, whole), fraction(100n, 1n)), 1, 'down') : '0';
}
