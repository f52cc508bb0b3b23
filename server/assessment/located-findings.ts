import type { FilePlace, Finding, LocalFinding, Place, Severity } from '../../language/model/finding.ts';
import type { FileFinding, PlacedEntity } from '../../language/model/fragment.ts';
import type { Location, Locator } from '../../language/model/model.ts';
import { rangeOf, spanAtPath } from '../../language/model/places.ts';
import type { EntityKey } from '../../language/model/declarations.ts';
import { spanColumn, spanLine, type Range, type Span } from '../../language/model/span.ts';
import { findingOf, isSameSubject, subjectOf } from './pattern.ts';

/** A finding where it stands now. Valid until the next change of the model. */
export interface LocatedFinding {
  readonly finding: Finding;
  readonly file: string;
  readonly range: Range;
  readonly related: readonly { readonly message: string; readonly file: string; readonly range: Range }[];
}

export function locateFinding(finding: Finding, location: Location, locator: Locator): LocatedFinding {
  return { finding, ...location, related: locateRelated(finding, locator) };
}

const nothing: readonly never[] = [];

function locateRelated({ related }: Finding, locator: Locator): LocatedFinding['related'] {
  if (related.length === 0) return nothing;
  return related.flatMap(({ place, message }) => {
    const at = locator.locate(place);
    return at ? [{ message, ...at }] : [];
  });
}

/**
 * A finding of a pattern, at a declaration that has it. It is put into words when somebody reads it, and these are kept while they are in
 * use: a large project has tens of thousands of them, of which few are ever looked at.
 */
export class PatternFinding implements LocatedFinding {
  readonly #pattern: Finding;
  readonly #placed: PlacedEntity;
  readonly #at: Span;
  readonly related: LocatedFinding['related'];
  #words: WeakRef<Finding> | undefined;

  /** @param pattern its place is in the declaration that stands here */
  constructor(pattern: Finding, placed: PlacedEntity, locator: Locator) {
    this.#pattern = pattern;
    this.#placed = placed;
    const { place } = pattern;
    this.#at = 'file' in place ? spanAtPath(placed.entity.node, []) : (place.at ?? spanAtPath(placed.entity.node, place.path ?? []));
    this.related = pattern.related.length === 0 ? nothing : locateRelated(this.finding, locator);
  }

  get finding(): Finding {
    let words = this.#words?.deref();
    if (!words) this.#words = new WeakRef((words = findingOf(this.#pattern, subjectOf(this.#placed.entity.node))));
    return words;
  }

  /** It with marks for what differs from declaration to declaration. */
  get pattern(): Finding {
    return this.#pattern;
  }

  get placed(): PlacedEntity {
    return this.#placed;
  }

  get file(): string {
    return this.#placed.file;
  }

  get range(): Range {
    return rangeOf(this.#placed, this.#at);
  }

  get severity(): Severity {
    return this.#pattern.severity;
  }

  get code(): string {
    return this.#pattern.code;
  }

  get entity(): EntityKey {
    return this.#placed.entity.key;
  }

  get line(): number {
    return this.#placed.line + spanLine(this.#at);
  }

  get column(): number {
    return spanColumn(this.#at) + (spanLine(this.#at) === 0 ? this.#placed.column : 0);
  }

  /** Whether it is told by the very same pattern and at the same place, so that no word need be looked at. */
  readsLike(other: PatternFinding): boolean {
    return this.#pattern === other.#pattern && this.#at === other.#at && this.line === other.line && this.column === other.column && isSameSubject(this.#placed.entity.node, other.#placed.entity.node);
  }
}

export function severityOfLocated(located: LocatedFinding): Severity {
  return located instanceof PatternFinding ? located.severity : located.finding.severity;
}

/** The declaration that a finding stands at, if any. */
export function entityOfLocated(located: LocatedFinding): EntityKey | undefined {
  if (located instanceof PatternFinding) return located.entity;
  return 'file' in located.finding.place ? undefined : located.finding.place.entity;
}

function codeOf(located: LocatedFinding): string {
  return located instanceof PatternFinding ? located.code : located.finding.code;
}

export function lineOf(located: LocatedFinding): number {
  return located instanceof PatternFinding ? located.line : located.range.line;
}

function columnOf(located: LocatedFinding): number {
  return located instanceof PatternFinding ? located.column : located.range.column;
}

/** What a declaration's own text gives rise to, as a finding of the project. */
export function findingOfLocal(local: LocalFinding, entity: EntityKey, occurrence: number): Finding {
  const place: Place = { entity, at: local.at, ...(occurrence > 0 ? { occurrence } : {}) };
  return findingAt(local, place);
}

export function findingOfFile({ finding, line, column }: FileFinding, file: string, rangeOfSpan: (finding: LocalFinding, line: number, column: number) => Range): Finding {
  return findingAt(finding, { file, range: rangeOfSpan(finding, line, column) });
}

function findingAt(local: LocalFinding, place: Place | FilePlace): Finding {
  const { code, severity, message, suggestion } = local;
  const fixes = suggestion === undefined || 'file' in place ? [] : [{ title: suggestion === '' ? 'Remove it' : `Change to “${suggestion}”`, edits: [{ kind: 'replace' as const, place, text: suggestion }] }];
  return { code, severity, message, place, requirements: [], related: [], fixes };
}

export function compareLocated(a: LocatedFinding, b: LocatedFinding): number {
  return (
    lineOf(a) - lineOf(b) ||
    columnOf(a) - columnOf(b) ||
    compareText(codeOf(a), codeOf(b)) ||
    compareText(a.finding.message, b.finding.message)
  );
}

export function sameLocated(a: readonly LocatedFinding[], b: readonly LocatedFinding[]): boolean {
  return a.length === b.length && a.every((one, index) => same(one, b[index]!));
}

function same(a: LocatedFinding, b: LocatedFinding): boolean {
  if (a === b) return true;
  return (
    a.file === b.file &&
    ((a instanceof PatternFinding && b instanceof PatternFinding && a.readsLike(b)) || (sameRange(a.range, b.range) && sameFinding(a.finding, b.finding))) &&
    a.related.length === b.related.length &&
    a.related.every((related, index) => {
      const other = b.related[index]!;
      return related.message === other.message && related.file === other.file && sameRange(related.range, other.range);
    })
  );
}

function sameFinding(a: Finding, b: Finding): boolean {
  return a === b || (a.code === b.code && a.severity === b.severity && a.message === b.message && JSON.stringify([a.requirements, a.fixes]) === JSON.stringify([b.requirements, b.fixes]));
}

function sameRange(a: Range, b: Range): boolean {
  return a.line === b.line && a.column === b.column && a.endLine === b.endLine && a.endColumn === b.endColumn;
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
