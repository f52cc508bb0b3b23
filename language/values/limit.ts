import { comparisonInWords, parseComparison } from './comparison.ts';
import { spacedDuration } from './duration.ts';
import { isProblem } from './problem.ts';

/** A comparison with its value as people read them: `at least 95%`, `at most 4 h`. */
export function limitInWords(comparison: string, value: string): string {
  const parsed = parseComparison(comparison);
  return `${isProblem(parsed) ? comparison : comparisonInWords(parsed)} ${spacedDuration(value)}`;
}
