import type { Axis, Remark } from './remark.ts';
import type { Rule } from './rule.ts';

/** What a rule said of one subject. */
export interface Outcome {
  readonly rule: Rule;
  readonly remarks: readonly Remark[];
  /** The rule failed itself, with this error: what it would have said is unknown. */
  readonly crash?: string;
}

type ByAxis = Record<Axis, number>;

/** Counts of what was said of a row, kept up to date as outcomes come and go. */
export class RowTally {
  readonly shortfalls: ByAxis = { declared: 0, evidenced: 0, effective: 0 };
  readonly unknowns: ByAxis = { declared: 0, evidenced: 0, effective: 0 };
  readonly shown: ByAxis = { declared: 0, evidenced: 0, effective: 0 };
  crashes = 0;
  /** How often, by reason. */
  readonly notApplicable = new Map<string, number>();
  /** Number of findings that name the row. */
  findings = 0;

  /** Counts an outcome in (`sign` 1) or out again (-1). */
  count({ remarks, crash }: Outcome, sign: 1 | -1): void {
    if (crash !== undefined) this.crashes += sign;
    for (const remark of remarks) {
      switch (remark.kind) {
        case 'shortfall':
          this.shortfalls[remark.axis] += sign;
          break;
        case 'unknown':
          this.unknowns[remark.axis] += sign;
          break;
        case 'shown':
          this.shown[remark.axis] += sign;
          break;
        case 'notApplicable': {
          const count = (this.notApplicable.get(remark.reason) ?? 0) + sign;
          if (count === 0) this.notApplicable.delete(remark.reason);
          else this.notApplicable.set(remark.reason, count);
          break;
        }
        case 'note':
          break;
        default:
          return remark satisfies never;
      }
    }
  }

  get gaps(): number {
    return this.shortfalls.declared + this.shortfalls.evidenced + this.shortfalls.effective;
  }

  /** Why the row does not apply, if nothing that was looked at says that it does. */
  get reasonNotApplicable(): string | undefined {
    if (this.notApplicable.size === 0 || this.gaps > 0 || this.crashes > 0) return undefined;
    if (this.shown.effective > 0 || this.unknowns.effective > 0) return undefined;
    return [...this.notApplicable.keys()].sort()[0];
  }
}
