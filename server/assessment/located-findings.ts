import type { FilePlace, Finding, LocalFinding, Place } from '../../language/model/finding.ts';
import type { FileFinding } from '../../language/model/fragment.ts';
import type { Location, Locator } from '../../language/model/model.ts';
import type { EntityKey } from '../../language/model/declarations.ts';
import type { Range } from '../../language/model/span.ts';

/** A finding where it stands now. Valid until the next change of the model. */
export interface LocatedFinding {
  readonly finding: Finding;
  readonly file: string;
  readonly range: Range;
  readonly related: readonly { readonly message: string; readonly file: string; readonly range: Range }[];
}

export function locateFinding(finding: Finding, location: Location, locator: Locator): LocatedFinding {
  return {
    finding,
    ...location,
    related: finding.related.flatMap(({ place, message }) => {
      const at = locator.locate(place);
      return at ? [{ message, ...at }] : [];
    }),
  };
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
    a.range.line - b.range.line ||
    a.range.column - b.range.column ||
    compareText(a.finding.code, b.finding.code) ||
    compareText(a.finding.message, b.finding.message)
  );
}

export function sameLocated(a: readonly LocatedFinding[], b: readonly LocatedFinding[]): boolean {
  return a.length === b.length && a.every((one, index) => same(one, b[index]!));
}

function same(a: LocatedFinding, b: LocatedFinding): boolean {
  return (
    a.file === b.file &&
    sameRange(a.range, b.range) &&
    sameFinding(a.finding, b.finding) &&
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
