/**
 * Font files are delivered compressed (WOFF 1.0, W3C). They are unpacked once, into the form that fonts have in memory:
 * reading them as they are unpacks a table whenever it is looked at.
 */
import { unzlibSync } from 'fflate';

/** @throws Error where the file is no such font */
export function unpackedFont(woff: Uint8Array): Uint8Array {
  const input = new DataView(woff.buffer, woff.byteOffset, woff.byteLength);
  if (input.getUint32(0) !== 0x774f4646) throw new Error('This is no WOFF font');
  const count = input.getUint16(12);
  const tables = Array.from({ length: count }, (_, index) => {
    const at = 44 + index * 20;
    const [offset, packed, length] = [input.getUint32(at + 4), input.getUint32(at + 8), input.getUint32(at + 12)];
    const stored = woff.subarray(offset, offset + packed);
    return { tag: input.getUint32(at), checksum: input.getUint32(at + 16), bytes: packed < length ? unzlibSync(stored) : stored };
  });
  const padded = (length: number): number => Math.ceil(length / 4) * 4;
  const head = 12 + count * 16;
  const font = new Uint8Array(tables.reduce((size, { bytes }) => size + padded(bytes.length), head));
  const output = new DataView(font.buffer);
  const power = Math.floor(Math.log2(Math.max(1, count)));
  output.setUint32(0, input.getUint32(4));
  output.setUint16(4, count);
  output.setUint16(6, 2 ** power * 16);
  output.setUint16(8, power);
  output.setUint16(10, count * 16 - 2 ** power * 16);
  let offset = head;
  for (const [index, { tag, checksum, bytes }] of tables.entries()) {
    const at = 12 + index * 16;
    output.setUint32(at, tag);
    output.setUint32(at + 4, checksum);
    output.setUint32(at + 8, offset);
    output.setUint32(at + 12, bytes.length);
    font.set(bytes, offset);
    offset += padded(bytes.length);
  }
  return font;
}
