import { FragmentBuilder } from '../../../language/model/fragment-builder.ts';
import type { LocalFinding } from '../../../language/model/finding.ts';
import { spanColumn, spanLength, spanLine } from '../../../language/model/span.ts';

export const builder = new FragmentBuilder();

export interface ShownFinding {
  readonly code: string;
  readonly severity: string;
  readonly message: string;
  readonly suggestion: string | undefined;
  /** The text that the finding is shown at. */
  readonly text: string;
  readonly line: number;
  readonly column: number;
  readonly length: number;
}

/** The well-formedness findings of a text, with the words they point at. */
export function findingsOf(text: string): ShownFinding[] {
  const fragment = builder.build('a.itsms', text);
  const lines = text.split('\n');
  const shown = (finding: LocalFinding, line: number, column: number): ShownFinding => {
    const at = { line: line + spanLine(finding.at), column: spanColumn(finding.at) + (spanLine(finding.at) === 0 ? column : 0), length: spanLength(finding.at) };
    return { ...finding, suggestion: finding.suggestion, ...at, text: lines[at.line]?.slice(at.column, at.column + at.length) ?? '' };
  };
  return [
    ...fragment.findings.map(({ finding, line, column }) => shown(finding, line, column)),
    ...fragment.declarations.flatMap(({ entity, line, column }) => entity.findings.map((finding) => shown(finding, line, column))),
  ];
}
