import type { Severity } from '../../language/model/finding.ts';
import type { Shortfall, Unknown } from './remark.ts';
import type { Outcome } from './row-tally.ts';
import { compareRows } from './wording.ts';

/** What keeps one row of the catalogue from being met, or from being known to be: what findings are composed of. */
export interface RowRemark {
  /** `8.3.3.1`. */
  readonly row: string;
  readonly severity: Severity;
  /** Its place is the word at fault, or the declaration that was looked at; none for what concerns the whole system. */
  readonly remark: Shortfall | Unknown;
}

/** What the requirements' rules had to say, in the order of the catalogue; recommendations are left out. */
export function rowRemarks(outcomes: Iterable<{ readonly outcome: Outcome; readonly place?: Shortfall['place'] }>, severityOf: (row: Outcome['rule']['row']) => Severity): readonly RowRemark[] {
  const found: RowRemark[] = [];
  for (const { outcome: { rule, remarks }, place } of outcomes) {
    if (rule.recommendation !== undefined) continue;
    for (const remark of remarks) {
      switch (remark.kind) {
        case 'shortfall':
          found.push({ row: rule.row.id, severity: severityOf(rule.row), remark: remark.place === undefined && place !== undefined ? { ...remark, place } : remark });
          break;
        case 'unknown':
          found.push({ row: rule.row.id, severity: severityOf(rule.row), remark });
          break;
        case 'note':
        case 'shown':
        case 'notApplicable':
          break;
        default:
          return remark satisfies never;
      }
    }
  }
  return found.toSorted((a, b) => compareRows(a.row, b.row));
}
