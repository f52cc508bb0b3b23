import type { EntityKey } from '../../language/model/declarations.ts';
import type { Finding } from '../../language/model/finding.ts';
import type { Locator } from '../../language/model/model.ts';
import { rangeOf } from '../../language/model/places.ts';
import { compareLocated, findingOfFile, locateFinding, sameLocated, type LocatedFinding } from './located-findings.ts';

const nothing: readonly LocatedFinding[] = [];

/**
 * All findings by the declaration or file they stand at, and what was last told of each file. A file is told again only if something
 * in it differs: a finding, its place, or a place it points to.
 */
export class FindingStore {
  readonly #locator: Locator;
  readonly #onCount: (row: string, sign: 1 | -1) => void;
  readonly #byEntity = new Map<EntityKey, Set<Finding>>();
  readonly #byFile = new Map<string, Set<Finding>>();
  readonly #dirty = new Set<string>();
  readonly #dirtyEntities = new Set<EntityKey>();
  readonly #located = new Map<string, readonly LocatedFinding[]>();
  /** Files whose findings point into a file. */
  readonly #pointing = new Map<string, Set<string>>();
  readonly #untold = new Set<string>();

  constructor(locator: Locator, onCount: (row: string, sign: 1 | -1) => void) {
    this.#locator = locator;
    this.#onCount = onCount;
  }

  /** Puts findings in place of others. Returns the new ones, to be given back as the old ones next time. */
  replace(before: readonly Finding[], after: readonly Finding[]): readonly Finding[] {
    for (const finding of before) {
      this.#set(finding)?.delete(finding);
      for (const row of finding.requirements) this.#onCount(row, -1);
    }
    for (const finding of after) {
      this.#set(finding, true)?.add(finding);
      for (const row of finding.requirements) this.#onCount(row, 1);
    }
    return after;
  }

  /** The text of a file changed, or the file came or went. */
  fileChanged(file: string): void {
    this.#dirty.add(file);
    for (const other of this.#pointing.get(file) ?? []) this.#dirty.add(other);
  }

  /** A declaration came, went or changed: of several with its key another one may be the first now. */
  entityChanged(key: EntityKey): void {
    this.#dirtyEntities.add(key);
  }

  findingsOf(file: string): readonly LocatedFinding[] {
    this.#refresh();
    return this.#located.get(file) ?? nothing;
  }

  /** Files that have findings, in order. */
  files(): string[] {
    this.#refresh();
    return [...this.#located.keys()].sort();
  }

  /** Files whose findings differ from when this was last asked. */
  takeChangedFiles(): Set<string> {
    this.#refresh();
    const changed = new Set(this.#untold);
    this.#untold.clear();
    return changed;
  }

  #set(finding: Finding, create = false): Set<Finding> | undefined {
    const { place } = finding;
    if ('file' in place) {
      this.#dirty.add(place.file);
      return setOf(this.#byFile, place.file, create);
    }
    this.#dirtyEntities.add(place.entity);
    return setOf(this.#byEntity, place.entity, create);
  }

  #refresh(): void {
    // In files whose text is the same, only the findings of some declarations are others.
    const partly = new Map<string, Set<EntityKey>>();
    for (const key of this.#dirtyEntities) {
      const all = this.#locator.placed(key);
      // Which of several is the first may have changed, and with it where others point to, from the same file too.
      if (all.length > 1) for (const { file } of all) this.fileChanged(file);
      for (const { file } of all) if (!this.#dirty.has(file)) setOf(partly, file, true).add(key);
      if (this.#byEntity.get(key)?.size === 0) this.#byEntity.delete(key);
    }
    this.#dirtyEntities.clear();
    for (const file of this.#dirty) {
      if (this.#byFile.get(file)?.size === 0) this.#byFile.delete(file);
      this.#tell(file, this.#locate(file));
    }
    this.#dirty.clear();
    for (const [file, keys] of partly) this.#tell(file, this.#relocate(file, keys));
  }

  #tell(file: string, after: readonly LocatedFinding[]): void {
    const isSame = sameLocated(this.#located.get(file) ?? nothing, after);
    // What reads the same may be about another declaration now.
    if (after.length > 0) this.#located.set(file, after);
    else this.#located.delete(file);
    if (isSame) return;
    this.#untold.add(file);
    for (const { related } of after) {
      for (const { file: target } of related) if (target !== file) setOf(this.#pointing, target, true).add(file);
    }
  }

  /** The findings of a file whose text has not changed, those of the given declarations anew. */
  #relocate(file: string, keys: ReadonlySet<EntityKey>): readonly LocatedFinding[] {
    const found = (this.#located.get(file) ?? nothing).filter(({ finding: { place } }) => 'file' in place || !keys.has(place.entity));
    for (const key of keys) for (const finding of this.#byEntity.get(key) ?? []) this.#take(finding, file, found);
    return found.sort(compareLocated);
  }

  #take(finding: Finding, file: string, found: LocatedFinding[]): void {
    const location = this.#locator.locate(finding.place);
    if (location?.file === file) found.push(locateFinding(finding, location, this.#locator));
  }

  #locate(file: string): readonly LocatedFinding[] {
    const found: LocatedFinding[] = [];
    const take = (finding: Finding): void => this.#take(finding, file, found);
    for (const finding of this.#byFile.get(file) ?? []) take(finding);
    const fragment = this.#locator.fragment(file);
    const seen = new Set<EntityKey>();
    for (const placed of fragment?.declarations ?? []) {
      const findings = this.#byEntity.get(placed.entity.key);
      if (!findings || seen.has(placed.entity.key)) continue;
      seen.add(placed.entity.key);
      findings.forEach(take);
    }
    for (const item of fragment?.findings ?? []) {
      take(findingOfFile(item, file, ({ at }, line, column) => rangeOf({ line, column }, at)));
    }
    return found.sort(compareLocated);
  }
}

function setOf<K, V>(map: Map<K, Set<V>>, key: K, create: true): Set<V>;
function setOf<K, V>(map: Map<K, Set<V>>, key: K, create: boolean): Set<V> | undefined;
function setOf<K, V>(map: Map<K, Set<V>>, key: K, create: boolean): Set<V> | undefined {
  let set = map.get(key);
  if (!set && create) map.set(key, (set = new Set()));
  return set;
}
