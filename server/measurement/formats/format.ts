/** What a data file is, told from its first bytes; its name decides nothing. */
export type Format = 'delimited' | 'json-lines' | 'json' | 'parquet' | 'spreadsheet' | 'event-log';

export const formatsInWords: Readonly<Record<Format, string>> = {
  delimited: 'delimited text',
  'json-lines': 'JSON Lines',
  json: 'JSON',
  parquet: 'Parquet',
  spreadsheet: 'a spreadsheet',
  'event-log': 'an event log (XES)',
};

/** @param head the beginning of the file, unpacked */
export function formatOf(head: Buffer): Format {
  if (head.subarray(0, 4).toString('latin1') === 'PAR1') return 'parquet';
  if (head.subarray(0, 4).equals(Buffer.from([0x50, 0x4b, 0x03, 0x04]))) return 'spreadsheet';
  const text = head.subarray(0, 4096).toString('utf8').replace(/^\uFEFF/u, '').trimStart();
  if (text.startsWith('<') && /<log[\s>]/.test(text)) return 'event-log';
  if (text.startsWith('{')) return isOneLine(head) ? 'json-lines' : 'json';
  // A list, unless it is the header row of a table whose first column is called “[…”.
  if (/^\[\s*(?:\{|\])/.test(text)) return 'json';
  return 'delimited';
}

/** Whether the first line is an object by itself, and not a whole document that holds a list of objects. */
function isOneLine(head: Buffer): boolean {
  const [line = '', ...others] = head.toString('utf8').replace(/^\uFEFF/u, '').split('\n');
  try {
    const value: unknown = JSON.parse(line);
    if (typeof value !== 'object' || value === null) return false;
    const holdsList = Object.values(value).some((inner) => Array.isArray(inner) && inner.some((one) => typeof one === 'object'));
    return !holdsList || others.some((other) => other.trim() !== '');
  } catch {
    return false;
  }
}
