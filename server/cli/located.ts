import type { FilePlace, Finding, Place } from '../../language/model/finding.ts';
import type { Locator } from '../../language/model/model.ts';

/** A place as people and tools read it: lines and columns from 1, the end exclusive. */
export interface ShownPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export interface ShownFinding {
  readonly finding: Finding;
  readonly place: ShownPlace;
}

/** A place whose text is gone is shown as the project itself, so that nothing that was found is lost. */
export function shownPlace(place: Place | FilePlace, locator: Locator): ShownPlace {
  const location = locator.locate(place);
  if (!location) return { file: '.', line: 1, column: 1, endLine: 1, endColumn: 1 };
  const { line, column, endLine, endColumn } = location.range;
  return { file: location.file, line: line + 1, column: column + 1, endLine: endLine + 1, endColumn: endColumn + 1 };
}

/** Findings in the order of files and places. */
export function shownFindings(findings: readonly Finding[], locator: Locator): readonly ShownFinding[] {
  return findings
    .map((finding) => ({ finding, place: shownPlace(finding.place, locator) }))
    .sort((a, b) => compareText(a.place.file, b.place.file) || a.place.line - b.place.line || a.place.column - b.place.column || compareText(a.finding.code, b.finding.code));
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
