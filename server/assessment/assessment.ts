import type { Finding } from '../../language/model/finding.ts';

export type AxisState = 'yes' | 'no' | 'unknown' | 'notRequired';

/** The status of one catalogue row on three axes that are never blended. */
export interface RequirementStatus {
  readonly id: string;
  readonly applicability: 'applicable' | 'notApplicable' | 'later';
  /** Why it does not apply, or is needed only later. */
  readonly reason?: string;
  /** Whether the product has a rule for this row. */
  readonly checked: boolean;
  /** The model states it. */
  readonly declared: AxisState;
  /** A linked document or record exists and is still valid on the day. */
  readonly evidenced: AxisState;
  /** Metrics meet their targets and no open finding contradicts it. */
  readonly effective: AxisState;
  /** The waiver that quiets it: the gap stays a gap, accepted until this date. */
  readonly waived?: { readonly until: string; readonly approvedBy: string; readonly reason: string };
  /** Number of findings that name this row. */
  readonly findings: number;
}

/** What the model, its measurements and the catalogue say together on one day. */
export interface Assessment {
  readonly asOf: string;
  /** All findings: syntax, links, well-formedness, requirements, data, analyses. Ordered by file and place. */
  readonly findings: readonly Finding[];
  readonly requirements: readonly RequirementStatus[];
}
