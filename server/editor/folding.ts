import { FoldingRangeKind, type FoldingRange } from 'vscode-languageserver';

/** Blocks, long texts and comments that span lines. Works on any text, however broken. */
export function foldingRanges(text: string): FoldingRange[] {
  const ranges: FoldingRange[] = [];
  const open: number[] = [];
  let line = 0;
  let index = 0;
  const newlines = (from: number, to: number): number => {
    let count = 0;
    for (let at = text.indexOf('\n', from); at !== -1 && at < to; at = text.indexOf('\n', at + 1)) count++;
    return count;
  };
  const fold = (startLine: number, endLine: number, kind?: FoldingRangeKind): void => {
    if (endLine > startLine) ranges.push({ startLine, endLine, ...(kind !== undefined ? { kind } : {}) });
  };
  while (index < text.length) {
    const code = text.charCodeAt(index);
    let end = index + 1;
    if (code === 10) line++;
    else if (code === 123) open.push(line);
    else if (code === 125) {
      const start = open.pop();
      // The closing brace stays in view.
      if (start !== undefined) fold(start, line - 1);
    } else if (text.startsWith('"""', index)) {
      const close = text.indexOf('"""', index + 3);
      end = close === -1 ? text.length : close + 3;
      const lines = newlines(index, end);
      fold(line, line + lines);
      line += lines;
    } else if (code === 34) {
      end = index + 1;
      while (end < text.length && text.charCodeAt(end) !== 34 && text.charCodeAt(end) !== 10) end += text.charCodeAt(end) === 92 ? 2 : 1;
      if (text.charCodeAt(end) === 34) end++;
    } else if (code === 47 && text.charCodeAt(index + 1) === 42) {
      const close = text.indexOf('*/', index + 2);
      end = close === -1 ? text.length : close + 2;
      const lines = newlines(index, end);
      fold(line, line + lines, FoldingRangeKind.Comment);
      line += lines;
    } else if (code === 47 && text.charCodeAt(index + 1) === 47) {
      const newline = text.indexOf('\n', index);
      end = newline === -1 ? text.length : newline;
    }
    index = end;
  }
  return ranges.sort((a, b) => a.startLine - b.startLine);
}
