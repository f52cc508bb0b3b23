import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { meets } from '../../language/values/comparison.ts';
import { compareDecimals, parseDecimal, type Decimal } from '../../language/values/decimal.ts';
import { isProblem } from '../../language/values/problem.ts';
import { parseQuantity } from '../../language/values/quantity.ts';
import type { RuleContext } from '../assessment/rule.ts';
import type { Figure } from '../measurement/figure.ts';

type Metric = DeclarationTypes['Metric'];
type Comparison = NonNullable<Metric['thresholdComparison']>;

/** A value of a metric at which capacity is changed. */
export interface Threshold {
  readonly comparison: Comparison;
  readonly value: string;
}

export interface CapacityMetric {
  readonly metric: Metric;
  readonly thresholds: readonly Threshold[];
}

/** Metrics that capacity requirements and capacity plans name, each with its thresholds. */
export function capacityMetrics({ model }: RuleContext): readonly CapacityMetric[] {
  const found = new Map<Metric, Threshold[]>();
  const of = (id: string | undefined): Threshold[] | undefined => {
    const metric = model.get('Metric', id);
    if (!metric) return undefined;
    const { thresholdComparison: comparison, threshold: value } = metric;
    const known = found.get(metric) ?? (comparison === undefined || value === undefined ? [] : [{ comparison, value }]);
    found.set(metric, known);
    return known;
  };
  for (const { metric } of model.all('CapacityRequirement')) of(metric);
  for (const { thresholds } of model.all('CapacityPlan')) {
    for (const { metric, comparison, value } of thresholds) {
      const known = of(metric);
      if (known && !known.some((one) => one.comparison === comparison && one.value === value)) known.push({ comparison, value });
    }
  }
  return [...found].map(([metric, thresholds]) => ({ metric, thresholds }));
}

/** Whether a figure has reached a threshold; undefined where they cannot be compared. */
export function reaches({ value }: Figure, threshold: Threshold): boolean | undefined {
  const [actual, limit] = [value === undefined ? undefined : parseDecimal(value), numberOf(threshold.value)];
  return actual === undefined || isProblem(actual) || limit === undefined ? undefined : meets(compareDecimals(actual, limit), threshold.comparison);
}

/** In the units of figures: percent, seconds, or as it is. */
function numberOf(text: string): Decimal | undefined {
  const quantity = parseQuantity(text);
  if (isProblem(quantity)) return undefined;
  switch (quantity.kind) {
    case 'percent':
      return quantity.percent;
    case 'number':
      return quantity.number;
    case 'duration': {
      const seconds = quantity.duration.kind === 'elapsed' ? parseDecimal(String(quantity.duration.seconds)) : undefined;
      return seconds === undefined || isProblem(seconds) ? undefined : seconds;
    }
    case 'money': {
      const amount = parseDecimal(text.split(' ')[0] ?? '');
      return isProblem(amount) ? undefined : amount;
    }
  }
}
