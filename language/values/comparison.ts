import type { Order } from './decimal.ts';
import { problem, shown, type Problem } from './problem.ts';

/** How a figure is held against its target. */
export type Comparison = '>=' | '<=' | '>' | '<' | '=';

const spellings: ReadonlyMap<string, Comparison> = new Map([['≥', '>='], ['=>', '>='], ['≤', '<='], ['=<', '<='], ['==', '=']]);

export function parseComparison(text: string): Comparison | Problem {
  switch (text) {
    case '>=': case '<=': case '>': case '<': case '=': return text;
    default: return problem(`${shown(text)} is not a comparison: write >=, <=, >, < or =`, spellings.get(text));
  }
}

/** Whether a figure that compares so with its target meets it. */
export function meets(order: Order, comparison: Comparison): boolean {
  switch (comparison) {
    case '>=': return order >= 0;
    case '<=': return order <= 0;
    case '>': return order > 0;
    case '<': return order < 0;
    case '=': return order === 0;
  }
}

/** The comparison as people read it: `at least`, `at most`, … */
export function comparisonInWords(comparison: Comparison): string {
  switch (comparison) {
    case '>=': return 'at least';
    case '<=': return 'at most';
    case '>': return 'more than';
    case '<': return 'less than';
    case '=': return 'exactly';
  }
}
