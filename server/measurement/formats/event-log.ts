/**
 * Event logs (XES, IEEE 1849): each event is a row with its own attributes by their keys, and those of its trace with `case:` in front.
 * Lists and containers are left out, what is nested in an attribute is not.
 */
import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { SaxesParser } from 'saxes';
import { Refusal, type Row } from './rows.ts';

const values: ReadonlySet<string> = new Set(['string', 'date', 'int', 'float', 'boolean', 'id']);
/** Attributes of one event or trace; more is no event. */
const mostAttributes = 10_000;

export async function* readEventLog(path: string, gzip: boolean, signal: AbortSignal): AsyncGenerator<Row> {
  const rows: Row[] = [];
  const parser = new SaxesParser();
  const open: string[] = [];
  let trace = new Map<string, string>();
  let event: Map<string, string> | undefined;
  let problem: Error | undefined;
  let sawLog = false;
  parser.on('error', (error) => (problem ??= error));
  // Entities of a document type can grow without end; XES needs none.
  parser.on('doctype', () => (problem ??= new Refusal('declares a document type, which no event log needs')));
  parser.on('opentag', ({ name, attributes }) => {
    const tag = name.replace(/^.*:/, '');
    if (open.length > 64) problem ??= new Refusal('is nested too deeply for an event log');
    if (open.length === 0) sawLog = tag === 'log';
    if (tag === 'trace') trace = new Map();
    if (tag === 'event') event = new Map();
    if (values.has(tag)) {
      const into = event ?? (open.includes('trace') ? trace : undefined);
      const key = String(attributes['key'] ?? '');
      // An attribute of an attribute: its key says whose.
      const parents = open.filter((one) => one.startsWith('@')).map((one) => one.slice(1));
      if (into && key !== '') {
        if (into.size > mostAttributes) problem ??= new Refusal(`has an event with more than ${mostAttributes} attributes`);
        into.set([...parents, key].join('.'), String(attributes['value'] ?? ''));
      }
      open.push(`@${key}`);
    } else open.push(tag);
  });
  parser.on('closetag', ({ name }) => {
    open.pop();
    if (name.replace(/^.*:/, '') !== 'event' || !event) return;
    // What the trace says stands before its events.
    rows.push({ cells: new Map([...[...trace].map(([key, value]): [string, string] => [`case:${key}`, value]), ...event]) });
    event = undefined;
  });
  const bytes = createReadStream(path);
  const text = gzip ? bytes.pipe(createGunzip()) : bytes;
  text.setEncoding('utf8');
  for await (const chunk of text as AsyncIterable<string>) {
    signal.throwIfAborted();
    parser.write(chunk);
    if (problem) break;
    yield* rows.splice(0);
  }
  text.destroy();
  if (!problem) parser.close();
  if (problem instanceof Refusal) throw problem;
  if (problem) throw new Refusal(`is not well-formed XML: ${problem.message}`);
  if (!sawLog) throw new Refusal('is XML, but no event log');
  yield* rows.splice(0);
}
