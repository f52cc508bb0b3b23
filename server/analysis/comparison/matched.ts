/** Which declaration of one state is which of the other: by type and id, and where an id changed by what it says. */
import type { AnyDeclaration, EntityKey } from '../../../language/model/declarations.ts';
import { declaredTitle } from '../../../language/model/declared-title.ts';
import type { Entity } from '../../../language/model/fragment.ts';
import { MultiMap } from '../../../language/model/multi-map.ts';
import { canonicalFacts, type CanonicalFacts, type RenameReference } from './canonical-facts.ts';
import type { ComparedState } from './state.ts';

export interface Matched {
  readonly before?: Entity;
  readonly after?: Entity;
}

export interface Matching {
  readonly pairs: readonly Matched[];
  /** What a name of the state before is called in the state after. */
  readonly rename: RenameReference;
  /** The facts of a declaration before, with names as they are after. */
  factsBefore(entity: Entity): CanonicalFacts;
}

/**
 * A declaration of the same type and id is the same one. Of those that are left, one is the renamed other where both are of one type and
 * no other of that type comes into question: they say the same, or else they have the same title.
 */
export function matchStates(before: ComparedState, after: ComparedState): Matching {
  const pairs: Matched[] = [];
  const [lost, found] = [new MultiMap<string, Entity>(), new MultiMap<string, Entity>()];
  for (const entity of before.entities.values()) {
    const same = isNamed(entity.node) ? after.entities.get(entity.key) : undefined;
    if (same) pairs.push({ before: entity, after: same });
    else lost.add(entity.node.$type, entity);
  }
  for (const entity of after.entities.values()) if (!isNamed(entity.node) || !before.entities.has(entity.key)) found.add(entity.node.$type, entity);

  const renamed = new Map<EntityKey, { readonly name: string; readonly key: EntityKey }>();
  const renamedTo = new Set<EntityKey>();
  const rename: RenameReference = (type, id) => {
    const known = renamed.size === 0 ? undefined : before.model.find(type, id);
    const other = known && renamed.get(known.entity.key);
    // A name that meant nothing, or something else, does not mean what is called so now and was called otherwise.
    if (other === undefined && renamedTo.size > 0 && renamedTo.has(after.model.find(type, id)?.entity.key ?? ('' as EntityKey))) return `${id} (${known ? known.entity.node.$type : 'not declared'})`;
    if (!known || other === undefined || !('name' in known.entity.node)) return id;
    const renamedId = `${other.name}${id.slice(known.entity.node.name.length)}`;
    // Nor does the new name mean who was renamed where somebody else has it too and comes first.
    return after.model.find(type, renamedId)?.entity.key === other.key ? renamedId : `${renamedId} (${known.entity.node.$type})`;
  };
  const factsBefore = (entity: Entity): CanonicalFacts => canonicalFacts(entity, rename);
  /** Pairs those of one type that have the same mark, if no other has it. */
  const pairBy = (type: string, markOf: (entity: Entity, isBefore: boolean) => string | undefined): boolean => {
    const [ones, others] = [[...lost.get(type)], [...found.get(type)]];
    if (ones.length === 0 || others.length === 0) return false;
    const [marksBefore, marksAfter] = [byMark(ones, (one) => markOf(one, true)), byMark(others, (one) => markOf(one, false))];
    let any = false;
    for (const [mark, [one, ...more]] of marksBefore) {
      const [other, ...moreAfter] = marksAfter.get(mark) ?? [];
      if (!one || !other || more.length > 0 || moreAfter.length > 0) continue;
      pairs.push({ before: one, after: other });
      if ('name' in one.node && 'name' in other.node && one.node.name !== other.node.name) {
        renamed.set(one.key, { name: other.node.name, key: other.key });
        renamedTo.add(other.key);
      }
      lost.remove(type, (left) => left === one);
      found.remove(type, (left) => left === other);
      any = true;
    }
    return any;
  };
  const types = [...new Set([...before.entities.values()].map(({ node }) => node.$type))].filter((type) => lost.get(type).length > 0 && found.get(type).length > 0);
  const sayTheSame = (entity: Entity, isBefore: boolean): string | undefined => markOfFacts(isBefore ? factsBefore(entity) : canonicalFacts(entity));
  // What was renamed may be named by something else that was renamed: until nothing more is found.
  for (let again = true; again; ) {
    again = false;
    for (const type of types) if (pairBy(type, sayTheSame)) again = true;
    if (!again) for (const type of types) if (pairBy(type, (entity) => titleOf(entity.node) ?? requirementOf(entity.node))) again = true;
  }
  const paired = new Set(pairs.flatMap((pair) => [pair.before, pair.after]));
  return {
    pairs: [...pairs, ...[...before.entities.values()].filter((one) => !paired.has(one)).map((one): Matched => ({ before: one })), ...[...after.entities.values()].filter((one) => !paired.has(one)).map((one): Matched => ({ after: one }))],
    rename,
    factsBefore,
  };
}

/** Attestations and waivers have no name: their key follows from their text, which may be spelled anew. */
function isNamed(node: AnyDeclaration): boolean {
  return 'name' in node;
}

/** One that says next to nothing is like any other. */
function markOfFacts(facts: CanonicalFacts): string | undefined {
  return facts.size === 0 ? undefined : JSON.stringify([...facts].toSorted(([a], [b]) => (a < b ? -1 : 1)));
}

function titleOf(node: AnyDeclaration): string | undefined {
  const title = declaredTitle(node);
  return title === undefined ? undefined : `title ${title}`;
}

function requirementOf(node: AnyDeclaration): string | undefined {
  return node.$type === 'Attestation' || node.$type === 'Waiver' ? `requirement ${node.requirement}` : undefined;
}

function byMark(entities: readonly Entity[], markOf: (entity: Entity) => string | undefined): ReadonlyMap<string, readonly Entity[]> {
  const marks = new Map<string, Entity[]>();
  for (const entity of entities) {
    const mark = markOf(entity);
    if (mark !== undefined) marks.set(mark, [...(marks.get(mark) ?? []), entity]);
  }
  return marks;
}
