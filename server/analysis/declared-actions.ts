/** Everything that somebody is to do, in whatever declaration it is stated. */
import type { Action, AnyDeclaration, EntityKey } from '../../language/model/declarations.ts';
import type { Locator, Model } from '../../language/model/model.ts';
import { isFilledIn } from '../assessment/filled-in.ts';

export interface DeclaredAction {
  readonly action: Action;
  readonly declaration: AnyDeclaration;
}

/** Actions in the order of files and lines; of several declarations with one name those of the first. */
export function declaredActions(model: Pick<Model, 'entity'>, locator: Pick<Locator, 'files' | 'fragment'>): readonly DeclaredAction[] {
  const seen = new Set<EntityKey>();
  const found: DeclaredAction[] = [];
  for (const file of locator.files()) {
    for (const { entity } of locator.fragment(file)?.declarations ?? []) {
      if (seen.has(entity.key)) continue;
      seen.add(entity.key);
      const declaration = model.entity(entity.key)?.node;
      if (declaration !== undefined) found.push(...actionsIn(declaration).map((action) => ({ action, declaration })));
    }
  }
  return found;
}

/** Parts are few and never deep: what the grammar allows. */
function actionsIn(part: object): readonly Action[] {
  return Object.entries(part).flatMap(([property, value]: [string, unknown]): readonly Action[] => {
    if (property.startsWith('$')) return [];
    return (Array.isArray(value) ? value : [value]).flatMap((one: unknown) => (isAction(one) ? (isFilledIn(one.text) && !(isDecision(part) && isNobodys(one)) ? [one] : []) : typeof one === 'object' && one !== null ? actionsIn(one) : []));
  });
}

function isAction(value: unknown): value is Action {
  return typeof value === 'object' && value !== null && '$type' in value && value.$type === 'Action';
}

function isDecision(part: object): boolean {
  return '$type' in part && part.$type === 'ReviewDecision';
}

/** A decision that gives nobody anything to do. */
function isNobodys({ owner, due, via, done }: Action): boolean {
  return owner === undefined && due === undefined && via === undefined && done === undefined;
}
