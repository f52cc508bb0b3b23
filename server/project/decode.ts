/** From the bytes of a text file to text: UTF-8 with or without byte order mark, UTF-16 with byte order mark. */

export interface DecodingProblem {
  readonly code: 'not-text' | 'wrong-encoding';
  readonly message: string;
  /** Place of the first byte that is not text, from 0; columns in UTF-16 code units. */
  readonly line: number;
  readonly column: number;
}

export interface DecodedText {
  /** Without the byte order mark. Where bytes cannot be read, U+FFFD stands for them; undefined for a binary file. */
  readonly text: string | undefined;
  readonly problem?: DecodingProblem;
}

type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be';

export function decodeText(bytes: Uint8Array): DecodedText {
  const encoding = encodingOf(bytes);
  if (encoding === 'utf-8' && bytes.subarray(0, 8192).includes(0)) {
    return { text: undefined, problem: { code: 'not-text', message: 'This is not a text file: it holds zero bytes. Nothing of it was read.', line: 0, column: 0 } };
  }
  try {
    return { text: new TextDecoder(encoding, { fatal: true }).decode(bytes) };
  } catch {
    const text = new TextDecoder(encoding).decode(bytes);
    const before = text.slice(0, firstReplacement(bytes, encoding));
    const line = before.split('\n').length - 1;
    const message = `This file is not ${encoding === 'utf-8' ? 'UTF-8' : 'UTF-16'} from line ${line + 1} on. Save it as UTF-8; until then the characters that cannot be read are missing.`;
    return { text, problem: { code: 'wrong-encoding', message, line, column: before.length - (before.lastIndexOf('\n') + 1) } };
  }
}

function encodingOf(bytes: Uint8Array): Encoding {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return 'utf-8';
}

/** Where in the decoded text the first unreadable byte shows. A replacement character that the text itself holds is none. */
function firstReplacement(bytes: Uint8Array, encoding: Encoding): number {
  // The longest readable beginning, by halving: what is cut inside a character counts as readable (`stream`).
  let readable = 0;
  let unreadable = bytes.length;
  while (unreadable - readable > 1) {
    const middle = (readable + unreadable) >> 1;
    try {
      new TextDecoder(encoding, { fatal: true }).decode(bytes.subarray(0, middle), { stream: true });
      readable = middle;
    } catch {
      unreadable = middle;
    }
  }
  return new TextDecoder(encoding).decode(bytes.subarray(0, readable), { stream: true }).length;
}
