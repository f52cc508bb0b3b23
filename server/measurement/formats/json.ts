/** JSON Lines, and JSON with a list of objects: each object a row, what it nests under names with dots. */
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createGunzip, gunzipSync } from 'node:zlib';
import { createInterface } from 'node:readline';
import type { Row } from './rows.ts';
import { Refusal } from './rows.ts';

/** In bytes: a document has to be read as a whole. Larger exports come as JSON Lines. */
const documentLimit = 256 * 1024 * 1024;
/** In characters: one record. */
const longestLine = 16 * 1024 * 1024;
/** Deeper nesting is kept as text. */
const deepest = 6;

export async function* readJsonLines(path: string, gzip: boolean, signal: AbortSignal): AsyncGenerator<Row> {
  const bytes = createReadStream(path);
  const lines = createInterface({ input: gzip ? bytes.pipe(createGunzip()) : bytes, crlfDelay: Infinity });
  let number = 0;
  for await (const line of lines) {
    number++;
    if (number % 10_000 === 0) signal.throwIfAborted();
    const text = (number === 1 ? line.replace(/^\uFEFF/u, '') : line).trim();
    if (text === '') continue;
    if (text.length > longestLine) throw new Refusal(`has a line of ${text.length} characters (line ${number}): that is no record`);
    const value = parsed(text);
    if (value === undefined || !isObject(value)) yield { odd: `line ${number} is no JSON object` };
    else yield { cells: flattened(value) };
  }
}

export async function* readJson(path: string, gzip: boolean): AsyncGenerator<Row> {
  const raw = await readFile(path);
  if (raw.length > documentLimit) throw new Refusal(`is larger than ${documentLimit / 1024 / 1024} MiB: export it as JSON Lines`);
  let text: string;
  try {
    text = (gzip ? gunzipSync(raw, { maxOutputLength: documentLimit }) : raw).toString('utf8');
  } catch {
    throw new Refusal('cannot be unpacked');
  }
  const value = parsed(text.replace(/^\uFEFF/u, ''));
  if (value === undefined) throw new Refusal('is not valid JSON');
  const list = listIn(value);
  if (!list) throw new Refusal('is JSON without a list of objects, so there are no records in it');
  let number = 0;
  for (const item of list) {
    number++;
    if (isObject(item)) yield { cells: flattened(item) };
    else yield { odd: `entry ${number} is no object` };
  }
}

/** The records: the list itself, or the only list of objects among what the document holds (`issues`, `value`, `result`). */
function listIn(value: unknown): readonly unknown[] | undefined {
  if (Array.isArray(value)) return value;
  if (!isObject(value)) return undefined;
  const lists = Object.values(value).filter((inner): inner is unknown[] => Array.isArray(inner) && inner.some(isObject));
  return lists.length === 1 ? lists[0] : lists.length === 0 && Object.values(value).some((inner) => Array.isArray(inner)) ? [] : undefined;
}

interface Source {
  readonly source?: string;
}

/** Numbers with more digits than a number holds stay as they are written: keys are often such numbers. */
function parsed(text: string): unknown {
  try {
    if (!/\d{16}/.test(text)) return JSON.parse(text);
    const exact = (_name: string, value: unknown, context?: Source): unknown => (typeof value === 'number' && context?.source !== undefined && String(value) !== context.source ? context.source : value);
    return JSON.parse(text, exact as (name: string, value: unknown) => unknown);
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function flattened(value: Record<string, unknown>): Map<string, string> {
  const cells = new Map<string, string>();
  const add = (name: string, inner: unknown, depth: number): void => {
    if (inner === null || inner === undefined) cells.set(name, '');
    else if (isObject(inner) && depth < deepest) for (const [part, more] of Object.entries(inner)) add(name === '' ? part : `${name}.${part}`, more, depth + 1);
    else cells.set(name, typeof inner === 'string' ? inner : typeof inner === 'object' ? JSON.stringify(inner) : String(inner));
  };
  add('', value, 0);
  return cells;
}
