import type { EntityKey } from '../../../language/model/declarations.ts';
import type { RowRemark } from '../../assessment/row-remarks.ts';

const known = new WeakMap<readonly RowRemark[], ReadonlyMap<EntityKey, readonly RowRemark[]>>();

/** What rows lack at a declaration. Remarks are gone through once for all reports that are made of them: there may be a report for each of a thousand agreements. */
export function remarksOf(remarks: readonly RowRemark[], declaration: EntityKey): readonly RowRemark[] {
  let byDeclaration = known.get(remarks);
  if (byDeclaration === undefined) {
    const groups = new Map<EntityKey, RowRemark[]>();
    for (const one of remarks) {
      if (one.remark.kind !== 'shortfall' || one.remark.place === undefined) continue;
      const group = groups.get(one.remark.place.entity);
      if (group) group.push(one);
      else groups.set(one.remark.place.entity, [one]);
    }
    byDeclaration = groups;
    known.set(remarks, byDeclaration);
  }
  return byDeclaration.get(declaration) ?? [];
}
