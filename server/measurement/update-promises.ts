/** The fact `update P1 every 1h` of an agreement as the target that it is. */
import type { Agreement, ServiceLevelTarget } from '../../language/model/declarations.ts';
import type { Model } from '../../language/model/model.ts';

/** As it is called among targets: `update P1`. No target has a space in its name. */
export function updateTargetName({ priorities }: Pick<ServiceLevelTarget, 'priorities'>): string {
  return ['update', ...priorities].join(' ');
}

/**
 * Promises of news that no target of the agreement states itself. Their records come from the source of its other targets in time, else
 * from the only source of incidents; where neither says which it is, the target names none.
 *
 * @returns none where the project has no records at all that news could be about
 */
export function updateTargets(agreement: Agreement, model: Model): readonly { readonly target: ServiceLevelTarget; readonly index: number }[] {
  const incidents = model.all('Source').filter(({ recordKind }) => recordKind === 'incident').map(({ name }) => name);
  const own = [...new Set(agreement.targets.flatMap(({ within, source }) => (within !== undefined && source !== undefined && incidents.includes(source) ? [source] : [])))];
  const candidates = own.length > 0 ? own : incidents;
  if (candidates.length === 0) return [];
  const seen = new Set(agreement.targets.flatMap((target) => (target.measure === 'update' ? [updateTargetName(target)] : [])));
  return agreement.updates.flatMap(({ priorities, interval, clock, $at }, index) => {
    const name = updateTargetName({ priorities });
    if (seen.has(name)) return [];
    seen.add(name);
    const [source] = candidates;
    return [{ index, target: { $type: 'ServiceLevelTarget', $at, name, measure: 'update', priorities, interval, onAverage: false, weightedByUsers: false, ...(clock === undefined ? {} : { clock }), ...(candidates.length === 1 && source !== undefined ? { source } : {}) } as ServiceLevelTarget }];
  });
}
