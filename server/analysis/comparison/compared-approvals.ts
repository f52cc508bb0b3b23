/** Approvals that were given, taken back or voided, and content that changed under an approval that does not name it. */
import type { Approval } from '../../../language/model/declarations.ts';
import type { Detail } from './change.ts';
import type { Sides } from './compared-targets.ts';
import type { ApprovedState } from './state.ts';

export interface ApprovalSide {
  readonly approvals: readonly Approval[];
  readonly state: ApprovedState | undefined;
  /** Who approved, as the other state calls them. */
  readonly approver: (approval: Approval) => string;
  readonly titleOf: (id: string) => string;
}

/** @param isContentOther whether the facts that are approved differ, or the file that they name */
export function comparedApprovals({ before, after }: Sides<ApprovalSide>, isContentOther: boolean): readonly Detail[] {
  const keyOf = (side: ApprovalSide, approval: Approval): string => `${side.approver(approval)} ${approval.on}`;
  const [ones, others] = [byKey(before, keyOf), byKey(after, keyOf)];
  return [...new Set([...ones.keys(), ...others.keys()])].toSorted().flatMap((key): readonly Detail[] => {
    const [one, other] = [ones.get(key), others.get(key)];
    const words = (side: ApprovalSide, index: number): string => `by ${side.titleOf(side.approvals[index]?.by ?? '')} on ${side.approvals[index]?.on ?? ''}`;
    const details = { ...(one === undefined ? {} : { before: words(before, one) }), ...(other === undefined ? {} : { after: words(after, other) }) };
    const [stood, standsNow] = [one === undefined ? undefined : (before.state?.stand[one] ?? true), other === undefined ? undefined : (after.state?.stand[other] ?? true)];
    if (stood === undefined || standsNow === undefined) {
      return [{ what: 'approval', ...details, effect: stood === undefined ? (standsNow === true ? 'given' : 'changed') : stood ? 'withdrawn' : 'changed' }];
    }
    if (stood !== standsNow) return [{ what: 'approval', ...details, effect: stood ? 'voided' : 'restored' }];
    // It says by whom and when, but not of what.
    const isUnbound = isContentOther && stood && before.approvals[one ?? 0]?.hash === undefined && after.approvals[other ?? 0]?.hash === undefined;
    return isUnbound ? [{ what: 'approval', ...details, effect: 'unbound' }] : [];
  });
}

function byKey(side: ApprovalSide, keyOf: (side: ApprovalSide, approval: Approval) => string): ReadonlyMap<string, number> {
  return new Map(side.approvals.map((approval, index) => [keyOf(side, approval), index]));
}
