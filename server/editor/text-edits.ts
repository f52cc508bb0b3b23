import type { TextEdit } from 'vscode-languageserver';

/** Above this many differing lines the difference is not looked for: one edit replaces them all. */
const mostDifferences = 2000;

/** The line edits that turn one text into another, few and small, so that cursors and folds stay where they are. */
export function lineEdits(before: string, after: string): TextEdit[] {
  if (before === after) return [];
  const old = linesOf(before);
  const made = linesOf(after);
  let head = 0;
  while (head < old.length && head < made.length && old[head] === made[head]) head++;
  let tail = 0;
  while (tail < old.length - head && tail < made.length - head && old[old.length - 1 - tail] === made[made.length - 1 - tail]) tail++;
  const oldPart = old.slice(head, old.length - tail);
  const newPart = made.slice(head, made.length - tail);
  return pieces(oldPart, newPart).map(({ from, to, text }) => edit(old, head + from, head + to, text.join('')));
}

function linesOf(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function edit(old: readonly string[], from: number, to: number, newText: string): TextEdit {
  return { range: { start: place(old, from), end: place(old, to) }, newText };
}

/** The beginning of a line; behind the last one, the end of the text. */
function place(old: readonly string[], line: number): { line: number; character: number } {
  const last = old.at(-1);
  if (line < old.length || last === undefined || last.endsWith('\n')) return { line, character: 0 };
  return { line: line - 1, character: last.length };
}

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly text: readonly string[];
}

/** The shortest difference of two lists of lines (Myers 1986). */
function pieces(old: readonly string[], made: readonly string[]): Piece[] {
  const furthest = new Map<number, number>([[1, 0]]);
  const history: Map<number, number>[] = [];
  const most = Math.min(old.length + made.length, mostDifferences);
  for (let distance = 0; distance <= most; distance++) {
    history.push(new Map(furthest));
    for (let diagonal = -distance; diagonal <= distance; diagonal += 2) {
      const down = diagonal === -distance || (diagonal !== distance && (furthest.get(diagonal - 1) ?? 0) < (furthest.get(diagonal + 1) ?? 0));
      let x = down ? (furthest.get(diagonal + 1) ?? 0) : (furthest.get(diagonal - 1) ?? 0) + 1;
      let y = x - diagonal;
      while (x < old.length && y < made.length && old[x] === made[y]) {
        x++;
        y++;
      }
      furthest.set(diagonal, x);
      if (x >= old.length && y >= made.length) return backtrack(history, old, made);
    }
    // What is remembered grows with the square of the distance.
    if (distance > 300) break;
  }
  return [{ from: 0, to: old.length, text: made }];
}

function backtrack(history: readonly Map<number, number>[], old: readonly string[], made: readonly string[]): Piece[] {
  const found: { from: number; to: number; text: string[] }[] = [];
  let x = old.length;
  let y = made.length;
  for (let distance = history.length - 1; distance > 0; distance--) {
    const furthest = history[distance]!;
    const diagonal = x - y;
    const down = diagonal === -distance || (diagonal !== distance && (furthest.get(diagonal - 1) ?? 0) < (furthest.get(diagonal + 1) ?? 0));
    const previous = down ? diagonal + 1 : diagonal - 1;
    const startX = furthest.get(previous) ?? 0;
    const startY = startX - previous;
    // After the single step there may be equal lines, which need no edit.
    const step = down ? { from: startX, to: startX, text: [made[startY]!] } : { from: startX, to: startX + 1, text: [] };
    const next = found[0];
    if (next && next.from === step.to) {
      next.from = step.from;
      next.text.unshift(...step.text);
    } else {
      found.unshift(step);
    }
    x = startX;
    y = startY;
  }
  return found;
}
