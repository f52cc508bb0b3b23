/** Pictures as PNG. Drawings have few colours: a palette makes them several times smaller, and faster to write, than colour by colour. */
import { zlibSync } from 'fflate';

const signature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a] as const;
const mostInPalette = 256;

/**
 * The commonest colours stay as they are; rarer ones, which are the edges of lines and letters, become the nearest of these.
 *
 * @param pixels red, green, blue and alpha of each, row by row; alpha is left out
 */
export function encodePng(pixels: Uint8Array, width: number, height: number): Uint8Array {
  const { palette, rows } = withPalette(pixels, width, height);
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, 3, 0, 0, 0], 8);
  return joined([Uint8Array.from(signature), chunk('IHDR', header), chunk('PLTE', palette), chunk('IDAT', zlibSync(rows, { level: 6 })), chunk('IEND', new Uint8Array())]);
}

/** A byte for each pixel, each row after a byte that says that it is not filtered. */
function withPalette(pixels: Uint8Array, width: number, height: number): { readonly palette: Uint8Array; readonly rows: Uint8Array } {
  const numbers = new Map<number, number>();
  const counts: number[] = [];
  const drawn = new Uint32Array(width * height);
  // Neighbours mostly have the same colour.
  let [last, number] = [-1, 0];
  for (let pixel = 0; pixel < drawn.length; pixel += 1) {
    const at = pixel * 4;
    const colour = ((pixels[at] ?? 0) << 16) | ((pixels[at + 1] ?? 0) << 8) | (pixels[at + 2] ?? 0);
    if (colour !== last) {
      last = colour;
      number = numbers.get(colour) ?? numbers.size;
      numbers.set(colour, number);
    }
    counts[number] = (counts[number] ?? 0) + 1;
    drawn[pixel] = number;
  }
  const colours = [...numbers.keys()];
  const kept = colours.toSorted((left, right) => (counts[numbers.get(right) ?? 0] ?? 0) - (counts[numbers.get(left) ?? 0] ?? 0) || left - right).slice(0, mostInPalette);
  const places = new Map(kept.map((colour, place) => [colour, place]));
  const placeOf = Uint8Array.from(colours, (colour) => places.get(colour) ?? nearest(colour, kept));
  const rows = new Uint8Array((width + 1) * height);
  for (let row = 0; row < height; row += 1) {
    for (let column = 0; column < width; column += 1) rows[row * (width + 1) + 1 + column] = placeOf[drawn[row * width + column] ?? 0] ?? 0;
  }
  return { palette: Uint8Array.from(kept.flatMap(partsOf)), rows };
}

function partsOf(colour: number): [red: number, green: number, blue: number] {
  return [colour >> 16, (colour >> 8) & 0xff, colour & 0xff];
}

function nearest(colour: number, palette: readonly number[]): number {
  const [red, green, blue] = partsOf(colour);
  let [best, least] = [0, Infinity];
  for (const [place, one] of palette.entries()) {
    const [otherRed, otherGreen, otherBlue] = partsOf(one);
    const distance = (red - otherRed) ** 2 + (green - otherGreen) ** 2 + (blue - otherBlue) ** 2;
    if (distance < least) [best, least] = [place, distance];
  }
  return best;
}

function chunk(name: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(content.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  for (let index = 0; index < 4; index += 1) bytes[4 + index] = name.charCodeAt(index);
  bytes.set(content, 8);
  view.setUint32(content.length + 8, checksum(bytes.subarray(4, content.length + 8)));
  return bytes;
}

/** The CRC that PNG asks for. */
const remainders = Uint32Array.from({ length: 256 }, (_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

function checksum(bytes: Uint8Array): number {
  let value = 0xffffffff;
  for (const byte of bytes) value = (remainders[(value ^ byte) & 0xff] ?? 0) ^ (value >>> 8);
  return (value ^ 0xffffffff) >>> 0;
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
