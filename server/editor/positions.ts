import type { Position, Range as LspRange } from 'vscode-languageserver';
import type { PlacedEntity } from '../../language/model/fragment.ts';
import { rangeOf } from '../../language/model/places.ts';
import type { Range, Span } from '../../language/model/span.ts';

/** A range of the model as the Language Server Protocol writes it. Both count from 0 in UTF-16 code units. */
export function lspRange({ line, column, endLine, endColumn }: Range): LspRange {
  return { start: { line, character: column }, end: { line: endLine, character: endColumn } };
}

/** Where a span of a declaration stands in its file. */
export function spanRange(placed: PlacedEntity, at: Span): LspRange {
  return lspRange(rangeOf(placed, at));
}

/** Whether a position is in a range or at one of its ends. */
export function touches({ start, end }: LspRange, { line, character }: Position): boolean {
  if (line < start.line || line > end.line) return false;
  return !((line === start.line && character < start.character) || (line === end.line && character > end.character));
}

/** Offsets of the beginnings of lines; LF, CRLF and a lone CR end a line, as the protocol has it. */
export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    for (let index = 0; index < text.length; index++) {
      const code = text.charCodeAt(index);
      if (code === 13 && text.charCodeAt(index + 1) === 10) index++;
      if (code === 13 || code === 10) this.#starts.push(index + 1);
    }
  }

  offset({ line, character }: Position): number {
    if (line >= this.#starts.length) return this.#length;
    const start = this.#starts[Math.max(0, line)]!;
    const next = this.#starts[line + 1] ?? this.#length;
    return Math.min(start + Math.max(0, character), next);
  }

  position(offset: number): Position {
    let low = 0;
    let high = this.#starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (this.#starts[middle]! <= offset) low = middle;
      else high = middle;
    }
    return { line: low, character: Math.max(0, Math.min(offset, this.#length) - this.#starts[low]!) };
  }
}
