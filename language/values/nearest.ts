/** Longer texts are not worth comparing letter by letter: nobody mistypes them by a letter or two. */
const longest = 64;

/**
 * The candidate that a mistyped text most likely stands for: equal but for upper and lower case, or at most a third of its
 * letters away (insertions, deletions, replacements and swapped neighbours). Undefined where none is near.
 */
export function nearest(text: string, candidates: Iterable<string>): string | undefined {
  if (text.length > longest) return undefined;
  const wanted = text.toLowerCase();
  let best: string | undefined;
  let bestDistance = farthest(wanted) + 1;
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - wanted.length) >= bestDistance) continue;
    const distance = editDistance(wanted, candidate.toLowerCase());
    if (distance < bestDistance) {
      best = candidate;
      bestDistance = distance;
    }
  }
  return best;
}

/** How many letters away a candidate may be. */
function farthest(text: string): number {
  return Math.max(1, Math.floor(text.length / 3));
}

/** Whether a candidate's length leaves it possible that it is near: for sorting out the many that are not. */
export function mayBeNear(text: string, candidate: string): boolean {
  return text.length <= longest && Math.abs(candidate.length - text.length) <= farthest(text);
}

/** Optimal string alignment distance: the number of single-letter edits, a swap of neighbours counting once. */
export function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let row = 1; row <= a.length; row++) {
    const current = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1];
      let cost = Math.min(last[column]! + 1, current[column - 1]! + 1, last[column - 1]! + (same ? 0 : 1));
      if (row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]) {
        cost = Math.min(cost, beforeLast[column - 2]! + 1);
      }
      current.push(cost);
    }
    beforeLast = last;
    last = current;
  }
  return last[b.length]!;
}
