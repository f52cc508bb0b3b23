import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { open, readFile } from 'node:fs/promises';
import { createGunzip, gunzipSync } from 'node:zlib';
import { createReadStream } from 'node:fs';
import { formatOf, type Format } from './formats/format.ts';

/** How the bytes of a data file stand for text. */
export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'latin-1' | 'windows-1252';

/** What a data file is, as far as its bytes tell. The same bytes always give the same facts. */
export interface FileFacts {
  /** SHA-256 of the bytes, hexadecimal. */
  readonly hash: string;
  readonly gzip: boolean;
  /** From the byte order mark, else UTF-8 where the bytes allow it; undefined where they do not. */
  readonly encoding: 'utf-8' | 'utf-16le' | 'utf-16be' | undefined;
  /** Why this is no text of records at all, for people; the file's name goes in front. */
  readonly refusal?: string;
  /** Told from the beginning. */
  readonly format: Format;
  /** The beginning, base64: for the header row. */
  readonly head: string;
}

/** A single line may be this long: 1 MiB. */
export const longestLine = 1024 * 1024;
const headBytes = 64 * 1024;
const chunkBytes = 4 * 1024 * 1024;
/** Data that is decoded in memory may be this large. */
const memoryLimit = 256 * 1024 * 1024;

const signatures: readonly (readonly [readonly number[], string])[] = [
  [[0xd0, 0xcf, 0x11, 0xe0], 'is an old spreadsheet or document, not text: export it as CSV'],
  [[0x25, 0x50, 0x44, 0x46], 'is a PDF document, not records: export them as CSV'],
];

/** Reads a file once from end to end. @throws what the file system throws */
export async function inspectFile(path: string, signal: AbortSignal): Promise<FileFacts> {
  const handle = await open(path, 'r');
  const hash = createHash('sha256');
  const scan = new TextScan();
  let head: Buffer = Buffer.alloc(0);
  let gzip = false;
  try {
    const buffer = Buffer.allocUnsafe(chunkBytes);
    for (let position = 0; ;) {
      signal.throwIfAborted();
      const { bytesRead } = await handle.read(buffer, 0, chunkBytes, position);
      if (bytesRead === 0) break;
      const chunk = buffer.subarray(0, bytesRead);
      if (position === 0) {
        head = Buffer.from(chunk.subarray(0, headBytes));
        gzip = chunk[0] === 0x1f && chunk[1] === 0x8b;
      }
      hash.update(chunk);
      if (!gzip) scan.add(chunk);
      position += bytesRead;
    }
  } finally {
    await handle.close();
  }
  const digest = hash.digest('hex');
  if (gzip) {
    const unpacked = await scanUnpacked(path, scan, signal);
    if (typeof unpacked === 'string') return { hash: digest, gzip, encoding: undefined, format: 'delimited', refusal: unpacked, head: '' };
    head = unpacked;
  }
  const encoding = markOf(head) ?? (scan.utf8() ? 'utf-8' : undefined);
  const format = formatOf(head);
  // What is no table of text is looked at by its own reader.
  const refusal = format === 'delimited' ? refusalOf(head, encoding, scan) : undefined;
  return { hash: digest, gzip, encoding, format, head: head.toString('base64'), ...(refusal === undefined ? {} : { refusal }) };
}

/** Watches for bytes that are not UTF-8 and for lines without end, chunk by chunk. */
class TextScan {
  #utf8 = true;
  #rest: Buffer = Buffer.alloc(0);
  #lineLength = 0;
  tooLong = false;

  add(chunk: Buffer): void {
    this.#measureLines(chunk);
    if (!this.#utf8) return;
    // A character may be cut by the end of the chunk: leave the last few bytes to the next.
    const bytes = this.#rest.length > 0 ? Buffer.concat([this.#rest, chunk]) : chunk;
    let end = bytes.length;
    while (end > 0 && bytes.length - end < 4 && (bytes[end - 1]! & 0x80) !== 0) end--;
    this.#utf8 = isUtf8(bytes.subarray(0, end));
    this.#rest = Buffer.from(bytes.subarray(end));
  }

  utf8(): boolean {
    return this.#utf8 && isUtf8(this.#rest);
  }

  #measureLines(chunk: Buffer): void {
    let start = 0;
    while (!this.tooLong) {
      const window = start + longestLine - this.#lineLength;
      if (window >= chunk.length) {
        const last = chunk.lastIndexOf(10);
        this.#lineLength = last >= start ? chunk.length - last - 1 : this.#lineLength + chunk.length - start;
        return;
      }
      const lineEnd = chunk.lastIndexOf(10, window);
      if (lineEnd < start) this.tooLong = true;
      start = lineEnd + 1;
      this.#lineLength = 0;
    }
  }
}

function markOf(head: Buffer): 'utf-8' | 'utf-16le' | 'utf-16be' | undefined {
  if (head[0] === 0xef && head[1] === 0xbb && head[2] === 0xbf) return 'utf-8';
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le';
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be';
  return undefined;
}

function refusalOf(head: Buffer, encoding: FileFacts['encoding'], scan: TextScan): string | undefined {
  if (head.length === 0) return 'is empty';
  for (const [bytes, message] of signatures) if (bytes.every((byte, index) => head[index] === byte)) return message;
  const wide = encoding === 'utf-16le' || encoding === 'utf-16be';
  if (!wide) {
    let odd = 0;
    for (const byte of head) {
      if (byte === 0) return 'is a binary file, not text (or UTF-16 without its byte order mark)';
      if (byte < 9 || (byte > 13 && byte < 32 && byte !== 27)) odd++;
    }
    if (odd > head.length / 100) return 'is a binary file, not text';
  }
  if (scan.tooLong && !wide) return `has a line longer than ${longestLine / 1024 / 1024} MiB: this is not an export of records, or its line ends are missing`;
  return undefined;
}

/** Looks through all that a gzip file holds, or up to a line without end. @returns its beginning, or why it cannot be unpacked */
async function scanUnpacked(path: string, scan: TextScan, signal: AbortSignal): Promise<Buffer | string> {
  let head: Buffer = Buffer.alloc(0);
  const packed = createReadStream(path);
  const unpacked = packed.pipe(createGunzip({ chunkSize: 1024 * 1024 }));
  packed.on('error', (error) => unpacked.destroy(error));
  try {
    for await (const chunk of unpacked as AsyncIterable<Buffer>) {
      signal.throwIfAborted();
      if (head.length < headBytes) head = Buffer.concat([head, chunk.subarray(0, headBytes - head.length)]);
      scan.add(chunk);
      if (scan.tooLong) break;
    }
  } catch {
    signal.throwIfAborted();
    return 'is not a valid gzip file';
  } finally {
    packed.destroy();
    unpacked.destroy();
  }
  return head;
}

/** The whole text of a file that the engine cannot decode by itself; a string says why it cannot be had. */
export async function decodeWhole(path: string, facts: FileFacts, encoding: Encoding): Promise<{ readonly text: string } | string> {
  const raw = await readFile(path);
  if (raw.length > memoryLimit) return `is larger than ${memoryLimit / 1024 / 1024} MiB, too large for its encoding: save it as UTF-8`;
  let bytes: Buffer;
  try {
    bytes = facts.gzip ? gunzipSync(raw, { maxOutputLength: memoryLimit }) : raw;
  } catch {
    return 'cannot be unpacked';
  }
  return { text: decode(bytes, encoding) };
}

/** The beginning of a file as text. */
export function headText(facts: FileFacts, encoding: Encoding): string {
  return decode(Buffer.from(facts.head, 'base64'), encoding);
}

function decode(bytes: Buffer, encoding: Encoding): string {
  return new TextDecoder(encoding === 'latin-1' ? 'windows-1252' : encoding).decode(bytes);
}
