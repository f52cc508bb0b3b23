/** A 53-bit hash of a text for telling changed text from unchanged; no protection against forgery. */
export function textHash(text: string): string {
  // All in 32 bits with a sign, which engines compute with as they are.
  let high = 0xdeadbeef | 0;
  let low = 0x41c6ce57;
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, -1640531535);
    low = Math.imul(low ^ code, 1597334677);
  }
  high = Math.imul(high ^ (high >>> 16), -2048144789) ^ Math.imul(low ^ (low >>> 13), -1028477387);
  low = Math.imul(low ^ (low >>> 16), -2048144789) ^ Math.imul(high ^ (high >>> 13), -1028477387);
  return (4294967296 * (2097151 & low) + (high >>> 0)).toString(36);
}
