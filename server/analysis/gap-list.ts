/** Gaps put in order: by clause, by what comes first, with a mark for the kind of work that closes each. */
import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { Place, Severity } from '../../language/model/finding.ts';
import type { RequirementStatus } from '../assessment/assessment.ts';
import type { Axis } from '../assessment/remark.ts';
import type { RowRemark } from '../assessment/row-remarks.ts';
import { compareRows } from '../assessment/wording.ts';

/**
 * The work that closes a gap. `scaffold`: a quick fix writes the declaration or fact, and people fill it in. `decide`: people have to judge
 * or agree on something first. `collect`: records or evidence of what is done have to come together, which takes time.
 */
export type Effort = 'scaffold' | 'decide' | 'collect';
export const efforts: readonly Effort[] = ['scaffold', 'decide', 'collect'];

/** 1: an error on a row whose failure alone puts a certificate at risk; 2: an error; 3: a warning; 4: information. */
export type Priority = 1 | 2 | 3 | 4;

export interface ListedGap {
  readonly clause: string;
  /** Rows that say the same. */
  readonly rows: readonly string[];
  readonly priority: Priority;
  readonly axes: readonly Axis[];
  readonly efforts: readonly Effort[];
  readonly message: string;
  readonly place?: Place;
}

/** Rows without which hardly any auditor would see a system at work: certification.md, section 4. */
const decisive: ReadonlySet<string> = new Set(['9.2.1.1', '9.3.1', '4.3.3', '6.3.1', '8.2.3.1.3']);

/** Open gaps: those accepted for a time, not applicable or needed later are left out. What several rows of a clause say at one place is one gap. */
export function listedGaps(remarks: readonly RowRemark[], statuses: readonly RequirementStatus[]): readonly ListedGap[] {
  const open = new Set(statuses.filter(({ applicability, waived }) => applicability === 'applicable' && waived === undefined).map(({ id }) => id));
  const groups = new Map<string, ListedGap>();
  for (const { row, severity, remark } of remarks) {
    const found = catalogue.row(row);
    if (remark.kind !== 'shortfall' || !open.has(row) || !found) continue;
    const key = JSON.stringify([found.clause, remark.message, remark.place]);
    const known = groups.get(key);
    const efforts = effortsOf(found, remark.axis, remark.fixes.length > 0);
    groups.set(key, {
      clause: found.clause,
      rows: unique([...(known?.rows ?? []), row]).toSorted(compareRows),
      priority: Math.min(known?.priority ?? 4, priorityOf(row, severity)) as Priority,
      axes: unique([...(known?.axes ?? []), remark.axis]),
      efforts: unique([...(known?.efforts ?? []), ...efforts]),
      message: remark.message,
      ...(remark.place === undefined ? {} : { place: remark.place }),
    });
  }
  const order = new Map(catalogue.clauses.map(({ clause }, index) => [clause, index]));
  return [...groups.values()].toSorted((a, b) => (order.get(a.clause) ?? 0) - (order.get(b.clause) ?? 0) || a.priority - b.priority || compareRows(a.rows[0] ?? '', b.rows[0] ?? ''));
}

function priorityOf(row: string, severity: Severity): Priority {
  switch (severity) {
    case 'error':
      return decisive.has(row) ? 1 : 2;
    case 'warning':
      return 3;
    case 'information':
    case 'hint':
      return 4;
  }
}

function effortsOf({ checkKind, humanJudgement }: { readonly checkKind: string | null; readonly humanJudgement: string | null }, axis: Axis, hasFix: boolean): readonly Effort[] {
  const decides = checkKind === 'attestation' || humanJudgement === 'full';
  // A scaffold names evidence and records; it does not make them.
  const collects = axis !== 'declared';
  const marks: Effort[] = [...(hasFix ? ['scaffold' as const] : []), ...(decides ? ['decide' as const] : []), ...(collects ? ['collect' as const] : [])];
  // What neither a fix nor a record closes is for people to settle.
  return marks.length === 0 ? ['decide'] : marks;
}

function unique<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
