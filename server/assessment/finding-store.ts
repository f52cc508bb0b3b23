import type { EntityKey } from '../../language/model/declarations.ts';
import type { Finding, Severity } from '../../language/model/finding.ts';
import type { Locator } from '../../language/model/model.ts';
import { rangeOf } from '../../language/model/places.ts';
import { compareLocated, entityOfLocated, findingOfFile, lineOf, locateFinding, PatternFinding, sameLocated, severityOfLocated, type LocatedFinding } from './located-findings.ts';

const nothing: readonly never[] = [];

/**
 * All findings by the declaration or file they stand at, and what was last told of each file. A file is told again only if something
 * in it differs: a finding, its place, or a place it points to.
 */
export class FindingStore {
  readonly #locator: Locator;
  readonly #onCount: (row: string, sign: 1 | -1) => void;
  readonly #patternsOf: (key: EntityKey) => readonly Finding[];
  readonly #byEntity = new Map<EntityKey, Set<Finding>>();
  readonly #byFile = new Map<string, Set<Finding>>();
  readonly #dirty = new Set<string>();
  readonly #dirtyEntities = new Set<EntityKey>();
  /** Files whose text is the same, but not the findings of these declarations. */
  readonly #partly = new Map<string, Set<EntityKey>>();
  readonly #located = new Map<string, readonly LocatedFinding[]>();
  /** Files whose findings point into a file. */
  readonly #pointing = new Map<string, Set<string>>();
  readonly #untold = new Set<string>();

  /**
   * @param onCount hears which rows are named by findings that come and go
   * @param patternsOf the findings of a declaration's pattern that stand at it; when they become others, the store is told that it changed
   */
  constructor(locator: Locator, onCount: (row: string, sign: 1 | -1) => void, patternsOf: (key: EntityKey) => readonly Finding[]) {
    this.#locator = locator;
    this.#onCount = onCount;
    this.#patternsOf = patternsOf;
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

  /** A declaration came, went or changed, so that of several with its key another one may be the first now; or its pattern is another. */
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

  /** How many there are of each severity. */
  severities(): Readonly<Record<Severity, number>> {
    this.#refresh();
    const count: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
    for (const list of this.#located.values()) for (const located of list) count[severityOfLocated(located)]++;
    return count;
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
    this.refresh(() => false);
  }

  /**
   * Finds out where the findings stand now.
   *
   * @param pause whether to stop, which is asked before each file; what is left goes on with the next call, or with the next question
   * @returns whether all places are known
   */
  refresh(pause: () => boolean): boolean {
    for (const key of this.#dirtyEntities) {
      const all = this.#locator.placed(key);
      // Which of several is the first may have changed, and with it where others point to, from the same file too.
      if (all.length > 1) for (const { file } of all) this.fileChanged(file);
      for (const { file } of all) if (!this.#dirty.has(file)) setOf(this.#partly, file, true).add(key);
      if (this.#byEntity.get(key)?.size === 0) this.#byEntity.delete(key);
    }
    this.#dirtyEntities.clear();
    for (const file of this.#dirty) {
      if (pause()) return false;
      this.#dirty.delete(file);
      if (this.#byFile.get(file)?.size === 0) this.#byFile.delete(file);
      const before = this.#located.get(file) ?? nothing;
      const found = this.#locate(file);
      // What reads the same may be about another declaration now.
      this.#keep(file, found);
      if (!sameLocated(before, found)) this.#differs(file, found);
    }
    for (const [file, keys] of this.#partly) {
      if (pause()) return false;
      this.#partly.delete(file);
      this.#relocate(file, keys);
    }
    return true;
  }

  #keep(file: string, found: readonly LocatedFinding[]): void {
    if (found.length > 0) this.#located.set(file, found);
    else this.#located.delete(file);
  }

  /** @param fresh those that may point elsewhere than before */
  #differs(file: string, fresh: readonly LocatedFinding[]): void {
    this.#untold.add(file);
    for (const { related } of fresh) {
      for (const { file: target } of related) if (target !== file) setOf(this.#pointing, target, true).add(file);
    }
  }

  /** The findings of a file whose text has not changed: those of the given declarations anew, in the places of the former ones. */
  #relocate(file: string, keys: ReadonlySet<EntityKey>): void {
    const before = this.#located.get(file) ?? nothing;
    let found: LocatedFinding[] | undefined;
    for (const key of keys) {
      const fresh: LocatedFinding[] = [];
      this.#locateEntity(key, file, fresh);
      const former = this.#placesOf(key, file, found ?? before);
      if (fresh.length === 0 && former.length === 0) continue;
      found ??= before.slice();
      const gone = former.toReversed().flatMap((index) => found!.splice(index, 1)).toReversed();
      fresh.sort(compareLocated);
      for (const located of fresh) found.splice(placeAfter(found, located), 0, located);
      if (!sameLocated(gone, fresh)) this.#differs(file, fresh);
    }
    if (found) this.#keep(file, found);
  }

  /** Which findings of a list, in order, stand at a declaration of the file. */
  #placesOf(key: EntityKey, file: string, list: readonly LocatedFinding[]): readonly number[] {
    const places: number[] = [];
    for (const placed of this.#locator.placed(key)) {
      if (placed.file !== file) continue;
      const end = placed.line + placed.entity.lines;
      for (let index = firstFrom(list, placed.line); index < list.length && lineOf(list[index]!) <= end; index++) {
        if (entityOfLocated(list[index]!) === key) places.push(index);
      }
    }
    return places.length < 2 ? places : [...new Set(places)].sort((a, b) => a - b);
  }

  #locateEntity(key: EntityKey, file: string, found: LocatedFinding[]): void {
    for (const finding of this.#byEntity.get(key) ?? nothing) this.#take(finding, file, found);
    const patterns = this.#patternsOf(key);
    const first = patterns.length === 0 ? undefined : this.#locator.placed(key)[0];
    if (first?.file === file) for (const pattern of patterns) found.push(new PatternFinding(pattern, first, this.#locator));
  }

  #take(finding: Finding, file: string, found: LocatedFinding[]): void {
    const location = this.#locator.locate(finding.place);
    if (location?.file === file) found.push(locateFinding(finding, location, this.#locator));
  }

  #locate(file: string): readonly LocatedFinding[] {
    const found: LocatedFinding[] = [];
    for (const finding of this.#byFile.get(file) ?? nothing) this.#take(finding, file, found);
    const fragment = this.#locator.fragment(file);
    const seen = new Set<EntityKey>();
    for (const { entity: { key } } of fragment?.declarations ?? nothing) {
      if (seen.has(key)) continue;
      seen.add(key);
      this.#locateEntity(key, file, found);
    }
    for (const item of fragment?.findings ?? nothing) {
      this.#take(findingOfFile(item, file, ({ at }, line, column) => rangeOf({ line, column }, at)), file, found);
    }
    return found.sort(compareLocated);
  }
}

/** The first of a list in order that stands in this line or below. */
function firstFrom(list: readonly LocatedFinding[], line: number): number {
  return firstThat(list, (located) => lineOf(located) >= line);
}

/** Behind those of a list in order that stand before a finding, or where it does. */
function placeAfter(list: readonly LocatedFinding[], located: LocatedFinding): number {
  return firstThat(list, (other) => compareLocated(other, located) > 0);
}

/** The first place of a list from which on something holds. */
function firstThat<T>(list: readonly T[], holds: (item: T) => boolean): number {
  let [low, high] = [0, list.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (holds(list[middle]!)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function setOf<K, V>(map: Map<K, Set<V>>, key: K, create: true): Set<V>;
function setOf<K, V>(map: Map<K, Set<V>>, key: K, create: boolean): Set<V> | undefined;
function setOf<K, V>(map: Map<K, Set<V>>, key: K, create: boolean): Set<V> | undefined {
  let set = map.get(key);
  if (!set && create) map.set(key, (set = new Set()));
  return set;
}
