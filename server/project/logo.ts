/** The logo of an organization's documents: a picture in the project's folder, taken for what its content is and not for what it is called. */
import { unzlibSync } from 'fflate';
import type { Logo } from '../reports/blocks.ts';
import { isRefused, type ProjectHost } from './host.ts';

/** In bytes. */
const mostBytes = 1024 * 1024;
/** Wider or higher than any page is sharp. */
const mostPixels = 4000;

/** @returns the logo, or why there is none, as a sentence */
export async function readLogo(host: ProjectHost, file: string): Promise<Logo | string> {
  const bytes = await host.read(file, mostBytes);
  if (isRefused(bytes)) return bytes.message;
  const found = pngSize(bytes) ?? jpegSize(bytes);
  if (found === undefined) return `“${file}” is neither a PNG nor a JPEG picture.`;
  if (typeof found === 'string') return `“${file}” ${found}`;
  const { mediaType, width, height } = found;
  if (width === 0 || height === 0 || width > mostPixels || height > mostPixels) return `“${file}” is ${width} × ${height} pixels large; a logo has at least one and at most ${mostPixels} each way.`;
  return { mediaType, width, height, base64: Buffer.from(bytes).toString('base64') };
}

type Picture = Pick<Logo, 'mediaType' | 'width' | 'height'>;

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Values per pixel, by the kind of colour. */
const samples: Readonly<Record<number, number>> = { 0: 1, 2: 3, 3: 1, 4: 2, 6: 4 };

/** Undefined of what is no PNG; a text says what is wrong with one. The whole picture is unpacked: who shows it later need not fear for it. */
function pngSize(bytes: Uint8Array): Picture | string | undefined {
  if (bytes.length < 33 || pngSignature.some((byte, index) => bytes[index] !== byte)) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const [width, height, depth, colour, interlaced] = [view.getUint32(16), view.getUint32(20), view.getUint8(24), view.getUint8(25), view.getUint8(28)];
  const perPixel = samples[colour];
  if (perPixel === undefined || ![1, 2, 4, 8, 16].includes(depth)) return 'is a PNG picture of a kind that does not exist.';
  if (interlaced !== 0) return 'is an interlaced PNG picture: save it without interlacing.';
  if (width > mostPixels || height > mostPixels) return { mediaType: 'image/png', width, height };
  const data: Uint8Array[] = [];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const length = view.getUint32(at);
    const kind = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (at + 12 + length > bytes.length) break;
    if (kind === 'IDAT') data.push(bytes.subarray(at + 8, at + 8 + length));
    at += 12 + length;
  }
  const expected = (Math.ceil((width * perPixel * depth) / 8) + 1) * height;
  try {
    // Room for what is expected and no more: a small file cannot unpack into a large one.
    const unpacked = unzlibSync(Buffer.concat(data), { out: new Uint8Array(expected) });
    if (unpacked.length === expected) return { mediaType: 'image/png', width, height };
  } catch {
    // Said below.
  }
  return 'is a damaged PNG picture.';
}

/** Undefined of what is no JPEG; a text says what is wrong with one. */
function jpegSize(bytes: Uint8Array): Picture | string | undefined {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0;
    // A frame's header, of whatever process; C4, C8 and CC are none.
    if (marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker)) return { mediaType: 'image/jpeg', height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + view.getUint16(at + 2);
  }
  return 'is a damaged JPEG picture.';
}
