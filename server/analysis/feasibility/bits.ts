/** Sets of small whole numbers, 32 to a word: thousands of parts, each with all that it rests on, fit into some megabytes. */
export type Bits = Uint32Array;

export function emptyBits(size: number): Bits {
  return new Uint32Array((size + 31) >>> 5);
}

export function hasBit(bits: Bits, index: number): boolean {
  return ((bits[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0;
}

export function setBit(bits: Bits, index: number): void {
  bits[index >>> 5]! |= 1 << (index & 31);
}

export function clearBit(bits: Bits, index: number): void {
  bits[index >>> 5]! &= ~(1 << (index & 31));
}

/** Adds all of one set to another; whether that changed it. */
export function addBits(to: Bits, from: Bits): boolean {
  let changed = 0;
  for (let word = 0; word < from.length; word++) {
    const before = to[word]!;
    const after = before | from[word]!;
    to[word] = after;
    changed |= before ^ after;
  }
  return changed !== 0;
}

/** Those of `among` that are in `within` and not in `without`, in order. */
export function bitsOf(among: Bits, within?: Bits, without?: Bits): readonly number[] {
  const found: number[] = [];
  for (let word = 0; word < among.length; word++) {
    let rest = among[word]!;
    if (rest === 0) continue;
    if (within !== undefined) rest &= within[word] ?? 0;
    if (without !== undefined) rest &= ~(without[word] ?? 0);
    while (rest !== 0) {
      found.push((word << 5) + 31 - Math.clz32(rest & -rest));
      rest &= rest - 1;
    }
  }
  return found;
}

export function countBits(bits: Bits): number {
  let count = 0;
  for (let word of bits) {
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += (((word + (word >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24;
  }
  return count;
}
