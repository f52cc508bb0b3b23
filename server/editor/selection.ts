import type { Position, Range, SelectionRange } from 'vscode-languageserver';
import { declarationAt } from '../../language/model/fragment-builder.ts';
import type { EditorProject } from './editor-project.ts';
import { LineIndex, touches } from './positions.ts';
import { foldingRanges } from './folding.ts';
import { wholeRange } from './symbols.ts';

/** What is selected step by step around a position: the word, the line, the blocks around it, the declaration, the file. */
export function selectionRange(project: EditorProject, file: string, position: Position): SelectionRange {
  const text = project.text(file) ?? '';
  const lines = new LineIndex(text);
  const start = lines.offset({ line: position.line, character: 0 });
  const line = /^[^\r\n]*/.exec(text.slice(start))?.[0] ?? '';
  const before = /[\p{L}\p{N}_-]*$/u.exec(line.slice(0, position.character))?.[0] ?? '';
  const after = /^[\p{L}\p{N}_-]*/u.exec(line.slice(position.character))?.[0] ?? '';
  const indent = /^\s*/.exec(line)?.[0].length ?? 0;
  const at = (column: number, end: number): Range => ({ start: { line: position.line, character: column }, end: { line: position.line, character: end } });
  const ranges: Range[] = [
    at(position.character - before.length, position.character + after.length),
    at(Math.min(indent, line.length), line.trimEnd().length),
    ...foldingRanges(text)
      .filter(({ startLine, endLine }) => startLine <= position.line && position.line <= endLine + 1)
      .map(({ startLine, endLine }) => ({ start: { line: startLine, character: 0 }, end: { line: endLine + 1, character: 10_000 } }))
      .reverse(),
  ];
  const fragment = project.model.fragment(file);
  const placed = fragment && declarationAt(fragment, position.line);
  if (placed) ranges.push(wholeRange(placed));
  ranges.push({ start: { line: 0, character: 0 }, end: lines.position(text.length) });
  let result: SelectionRange | undefined;
  for (const range of ranges.reverse()) {
    if (result && !encloses(result.range, range)) continue;
    result = { range, ...(result ? { parent: result } : {}) };
  }
  return result ?? { range: { start: position, end: position } };
}

function encloses(outer: Range, inner: Range): boolean {
  const same = outer.start.line === inner.start.line && outer.start.character === inner.start.character && outer.end.line === inner.end.line && outer.end.character === inner.end.character;
  return !same && touches(outer, inner.start) && touches(outer, inner.end);
}
