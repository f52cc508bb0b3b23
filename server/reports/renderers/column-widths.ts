/** How wide the columns of a table become where no browser lays it out. */

export interface ColumnNeed {
  /** The longest part that cannot be broken. */
  readonly least: number;
  /** All of the longest cell on one line: more room than that is of no use. */
  readonly wanted: number;
  /** How much the cells hold altogether: the sum of the squares of their widths on one line. */
  readonly weight: number;
  /** Whether the column takes what is left, and gives way first. */
  readonly grows: boolean;
}

/**
 * Widths in the unit of the needs. Columns that do not grow get what they want, where that leaves the others what they
 * need at least. The rest goes to those that grow, so that the table becomes as low as it can: by the cube root of their
 * weight, which keeps the sum of the squares of the lines in its cells smallest. Where there is too little for what all
 * need at least, each is narrowed in proportion.
 *
 * @returns widths that add up to `available` where a column grows or there is too little room, else to no more than it
 */
export function columnWidths(needs: readonly ColumnNeed[], available: number): number[] {
  const least = sum(needs.map((need) => need.least));
  if (least >= available) return needs.map((need) => (need.least * available) / least);
  const growing = needs.filter(({ grows }) => grows);
  const fixed = share(needs.filter(({ grows }) => !grows), available - sum(growing.map((need) => need.least)));
  const grown = spread(growing, available - sum(fixed));
  return needs.map(({ grows }) => (grows ? grown.shift() : fixed.shift()) ?? 0);
}

/** What each wants, or as much of it as there is. */
function share(needs: readonly ColumnNeed[], available: number): number[] {
  const least = sum(needs.map((need) => need.least));
  const wanted = sum(needs.map((need) => need.wanted));
  const portion = wanted <= available || wanted === least ? 1 : Math.max(0, available - least) / (wanted - least);
  return needs.map((need) => need.least + (need.wanted - need.least) * portion);
}

function spread(needs: readonly ColumnNeed[], available: number): number[] {
  const wanted = sum(needs.map((need) => need.wanted));
  // Each on one line: what is left is shared evenly by what they hold.
  if (wanted <= available) return needs.map((need) => (wanted === 0 ? available / needs.length : (need.wanted * available) / wanted));
  const widths: (number | undefined)[] = needs.map(() => undefined);
  // Whoever would get less than the least or more than it wants gets that, and the others share what remains.
  for (;;) {
    const open = needs.flatMap((need, index) => (widths[index] === undefined ? [{ need, index }] : []));
    const room = available - sum(widths.map((width) => width ?? 0));
    const claims = sum(open.map(({ need }) => claim(need)));
    const shares = open.map(({ need, index }) => ({ need, index, width: (room * claim(need)) / claims }));
    const short = sum(shares.map(({ need, width }) => Math.max(0, need.least - width)));
    const over = sum(shares.map(({ need, width }) => Math.max(0, width - need.wanted)));
    // The side on which more is missed is settled first; the other may be right then.
    const settled = shares.filter(({ need, width }) => (short >= over ? width < need.least : width > need.wanted));
    if (settled.length === 0) {
      for (const { index, width } of shares) widths[index] = width;
      return widths.map((width) => width ?? 0);
    }
    for (const { need, index } of settled) widths[index] = short >= over ? need.least : need.wanted;
  }
}

function claim({ weight }: ColumnNeed): number {
  return Math.cbrt(Math.max(weight, 1));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
