/** How the rows of the catalogue stood and stand, axis by axis. */
import type { AxisState, RequirementStatus } from '../../assessment/assessment.ts';
import { axes, type Axis } from '../../assessment/remark.ts';
import type { RowRemark } from '../../assessment/row-remarks.ts';
import { compareRows } from '../../assessment/wording.ts';
import type { Effect, RowChange } from './change.ts';
import type { Sides } from './compared-targets.ts';
import type { ComparedState } from './state.ts';

/** How many reasons of one row are told. */
const mostReasons = 3;

export function comparedRows({ before, after }: Sides<ComparedState>): readonly RowChange[] {
  return comparedRowsOf({ before: before.assessment.requirements, after: after.assessment.requirements }, { before: reasonsOf(before.remarks), after: reasonsOf(after.remarks) });
}

/** The same from statuses alone; why is told of gaps of the later state. */
export function comparedStatuses(before: readonly RequirementStatus[], after: readonly RequirementStatus[], remarks: () => readonly RowRemark[]): readonly RowChange[] {
  return comparedRowsOf({ before, after }, { before: () => [], after: reasonsOf(remarks()) });
}

function comparedRowsOf({ before, after }: Sides<readonly RequirementStatus[]>, reasons: Sides<Reasons>): readonly RowChange[] {
  const known = new Map(before.map((status) => [status.id, status]));
  return after
    .flatMap((status) => {
      const former = known.get(status.id);
      return former ? comparedRow(former, status, reasons) : [];
    })
    .toSorted((a, b) => compareRows(a.row, b.row));
}

function comparedRow(before: RequirementStatus, after: RequirementStatus, reasons: Sides<Reasons>): readonly RowChange[] {
  const row = after.id;
  const isOther = before.applicability !== after.applicability;
  const onAxes = axes.flatMap((on): readonly RowChange[] => {
    const effect = effectOfStates(before[on], after[on]);
    if (effect === undefined || (isOther && effect === 'changed')) return [];
    const because = after[on] === 'no' ? reasons.after : before[on] === 'no' ? reasons.before : undefined;
    return [{ row, on, before: before[on], after: after[on], effect, reasons: because?.(row, on) ?? [] }];
  });
  const accepted = { before: before.waived !== undefined, after: after.waived !== undefined };
  return [
    ...(isOther ? [{ row, on: 'applicability' as const, before: before.applicability, after: after.applicability, effect: 'changed' as const, reasons: [after.reason ?? before.reason].filter((reason) => reason !== undefined) }] : []),
    ...onAxes,
    ...(accepted.before === accepted.after
      ? []
      : [{ row, on: 'waiver' as const, before: stateOfWaiver(accepted.before), after: stateOfWaiver(accepted.after), effect: accepted.after ? ('given' as const) : ('withdrawn' as const), reasons: [(after.waived ?? before.waived)?.reason].filter((reason) => reason !== undefined) }]),
  ];
}

function stateOfWaiver(isAccepted: boolean): 'accepted' | 'notAccepted' {
  return isAccepted ? 'accepted' : 'notAccepted';
}

/** Unknown is neither met nor missed: a row is gained where no gap was found that could be told, and only there. */
export function effectOfStates(before: AxisState, after: AxisState): Effect | undefined {
  if (before === after) return undefined;
  const isNotAsked = (state: AxisState): boolean => state === 'notRequired';
  if (after === 'no') return before === 'yes' ? 'lost' : 'gap opened';
  if (before === 'no') return after === 'yes' ? 'gained' : 'gap closed';
  if (isNotAsked(before) || isNotAsked(after)) return 'changed';
  return after === 'yes' ? 'gained' : 'lost';
}

type Reasons = (row: string, axis: Axis) => readonly string[];

function reasonsOf(remarks: readonly RowRemark[]): Reasons {
  const found = new Map<string, Set<string>>();
  for (const { row, remark } of remarks) {
    if (remark.kind !== 'shortfall') continue;
    const key = `${row} ${remark.axis}`;
    const messages = found.get(key);
    if (messages) messages.add(remark.message);
    else found.set(key, new Set([remark.message]));
  }
  return (row, axis) => [...(found.get(`${row} ${axis}`) ?? [])].slice(0, mostReasons);
}
