/** Sets of small whole numbers, 32 to a word: one word for each 32 that could be in them. */
export type Bits = Int32Array;

/**
 * The same with only those words that hold any: pairs of a word's place and its bits, by place. Of thousands of parts each with all
 * that it rests on, most rest on few: so a set costs what is in it, not what there is.
 */
export type SparseBits = Int32Array;

export function emptyBits(size: number): Bits {
  return new Int32Array((size + 31) >>> 5);
}

export const noBits: SparseBits = new Int32Array(0);

export function hasBit(bits: Bits, index: number): boolean {
  return ((bits[index >>> 5] ?? 0) & (1 << (index & 31))) !== 0;
}

export function setBit(bits: Bits, index: number): void {
  bits[index >>> 5]! |= 1 << (index & 31);
}

export function clearBit(bits: Bits, index: number): void {
  bits[index >>> 5]! &= ~(1 << (index & 31));
}

export function grown(bits: Bits, size: number): Bits {
  const larger = emptyBits(size);
  larger.set(bits.subarray(0, larger.length));
  return larger;
}

export function includesBit(set: SparseBits, index: number): boolean {
  const wanted = index >>> 5;
  let [low, high] = [0, (set.length >>> 1) - 1];
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const word = set[middle << 1]!;
    if (word === wanted) return (set[(middle << 1) + 1]! & (1 << (index & 31))) !== 0;
    if (word < wanted) low = middle + 1;
    else high = middle - 1;
  }
  return false;
}

/** Those of `among` that are in `within` and not in `without`, in order. */
export function bitsOf(among: SparseBits, within?: Bits, without?: SparseBits): number[] {
  const found: number[] = [];
  let other = 0;
  for (let at = 0; at < among.length; at += 2) {
    const word = among[at]!;
    let rest = among[at + 1]!;
    if (within !== undefined) rest &= within[word] ?? 0;
    if (rest !== 0 && without !== undefined) {
      while (other < without.length && without[other]! < word) other += 2;
      if (other < without.length && without[other] === word) rest &= ~without[other + 1]!;
    }
    while (rest !== 0) {
      found.push((word << 5) + 31 - Math.clz32(rest & -rest));
      rest &= rest - 1;
    }
  }
  return found;
}

export function haveInCommon(set: SparseBits, bits: Bits): boolean {
  for (let at = 0; at < set.length; at += 2) if ((set[at + 1]! & (bits[set[at]!] ?? 0)) !== 0) return true;
  return false;
}

export function countBits(set: SparseBits): number {
  let count = 0;
  for (let at = 1; at < set.length; at += 2) {
    let word = set[at]!;
    word -= (word >>> 1) & 0x55555555;
    word = (word & 0x33333333) + ((word >>> 2) & 0x33333333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}

/** Puts sets together. */
export class BitsUnion {
  #words: Bits = emptyBits(0);
  /** Which words hold any, again 32 to a word. */
  #used: Bits = emptyBits(0);
  #count = 0;

  /** How large what is added may be. What was added before is gone. */
  begin(size: number): void {
    const words = (size + 31) >>> 5;
    if (this.#words.length >= words) return;
    this.#words = new Int32Array(words);
    this.#used = emptyBits(words);
    this.#count = 0;
  }

  add(set: SparseBits): void {
    for (let at = 0; at < set.length; at += 2) this.#or(set[at]!, set[at + 1]!);
  }

  addOne(index: number): void {
    this.#or(index >>> 5, 1 << (index & 31));
  }

  #or(word: number, bits: number): void {
    const before = this.#words[word]!;
    if (before === 0) {
      this.#used[word >>> 5]! |= 1 << (word & 31);
      this.#count++;
    }
    this.#words[word] = before | bits;
  }

  /** All that was added; the next union begins empty. */
  take(): SparseBits {
    const set = new Int32Array(this.#count << 1);
    let at = 0;
    for (let place = 0; place < this.#used.length; place++) {
      let rest = this.#used[place]!;
      if (rest === 0) continue;
      this.#used[place] = 0;
      while (rest !== 0) {
        const word = (place << 5) + 31 - Math.clz32(rest & -rest);
        set[at++] = word;
        set[at++] = this.#words[word]!;
        this.#words[word] = 0;
        rest &= rest - 1;
      }
    }
    this.#count = 0;
    return set;
  }
}
