/** What a promised share leaves to be missed, and how much of that was used: exactly, from the numbers of its figure. */
import { compareDecimals, decimalFrom, decimalOf, multiply, subtract, type Decimal } from '../../../language/values/decimal.ts';
import { complement, parsePercent, percentFrom, ratioPercent, type Percent } from '../../../language/values/percent.ts';
import { isProblem } from '../../../language/values/problem.ts';
import type { Figure } from '../../measurement/figure.ts';

const whole = percentFrom('100%');

/** In what the figure counts: records, seconds of service, or seconds times users. */
export interface ErrorBudget {
  readonly allowed: Decimal;
  readonly used: Decimal;
  /** Negative where more was used than there was. */
  readonly left: Decimal;
  /** Of what was allowed, in percent; undefined where nothing was. */
  readonly usedShare: Percent | undefined;
}

/** Undefined for figures that are no share of a whole with at least so much promised. */
export function errorBudget({ unit, numerator, denominator, target }: Figure): ErrorBudget | undefined {
  if (unit !== 'percent' || numerator === undefined || denominator === undefined || (target?.comparison !== '>=' && target?.comparison !== '>')) return undefined;
  const promised = parsePercent(target.value);
  const rest = isProblem(promised) ? undefined : complement(promised);
  if (rest === undefined) return undefined;
  const [good, all] = [decimalOf(Number(numerator)), decimalOf(Number(denominator))];
  const allowed = multiply(multiply(all, rest), decimalFrom('0.01'));
  const used = subtract(all, good);
  const usedShare = compareDecimals(allowed, decimalFrom('0')) > 0 ? ratioPercent({ numerator: Number(used), denominator: Number(allowed) }, { comparison: '<=', percent: whole }) : undefined;
  return { allowed, used, left: subtract(allowed, used), usedShare };
}
