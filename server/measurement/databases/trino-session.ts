/**
 * Trino's client protocol (https://trino.io/docs/current/develop/client-protocol.html) over HTTP: a statement is posted, and its
 * answer comes in pages, each of which names the next.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { Refusal } from '../formats/rows.ts';
import { withoutSecrets, type Connection } from './connection.ts';
import type { ReadLimits } from './read-limits.ts';

export interface TrinoColumn {
  readonly name: string;
  /** As Trino writes it: `timestamp(3) with time zone`. */
  readonly type: string;
}

/** What takes an answer in, page by page; the next page is asked for when the one before is done with. */
export interface TrinoReader {
  columns(columns: readonly TrinoColumn[]): void;
  rows(rows: readonly (readonly unknown[])[]): Promise<void>;
}

/** One page of an answer, as far as it is looked at. */
interface Page {
  readonly nextUri?: string;
  readonly columns?: readonly TrinoColumn[];
  readonly data?: readonly (readonly unknown[])[];
  readonly error?: { readonly message?: unknown; readonly errorName?: unknown };
}

/** A busy server is asked again after 50 to 100 ms, as the protocol has it, then after ever longer; in milliseconds. */
const firstWait = 75;
const longestWait = 2_000;
/** In bytes; pages of Trino are of a few megabytes. */
const largestPage = 256 * 1024 * 1024;

export class TrinoSession {
  readonly #connection: Connection;
  readonly #limits: ReadLimits;
  readonly #signal: AbortSignal;
  readonly #base: URL;
  readonly #headers: Readonly<Record<string, string>>;

  /** @param connection whose URL is `https://user:password@host:port/catalog/schema` */
  constructor(connection: Connection, limits: ReadLimits, signal: AbortSignal) {
    this.#connection = connection;
    this.#limits = limits;
    this.#signal = signal;
    const url = new URL(connection.url ?? '');
    const [user, password] = [decodeURIComponent(url.username), decodeURIComponent(url.password)];
    const [catalog, schema] = url.pathname.split('/').filter((part) => part !== '').map(decodeURIComponent);
    this.#base = new URL(url.origin);
    this.#headers = {
      'X-Trino-User': headerText(user === '' ? 'itsms' : user), 'X-Trino-Source': 'itsms', 'X-Trino-Time-Zone': 'UTC',
      'X-Trino-Session': `query_max_run_time=${Math.ceil(limits.statement)}ms`,
      ...(catalog === undefined ? {} : { 'X-Trino-Catalog': headerText(catalog) }), ...(schema === undefined ? {} : { 'X-Trino-Schema': headerText(schema) }),
      ...(password === '' ? {} : { Authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` }),
    };
  }

  /** @throws Refusal, or the signal's reason */
  async run(statement: string, reader: TrinoReader): Promise<void> {
    const deadline = performance.now() + this.#limits.statement;
    let next: string | undefined;
    try {
      let page = await this.#page('POST', new URL('/v1/statement', this.#base), statement, deadline);
      let hasColumns = false;
      for (;;) {
        next = page.nextUri;
        if (page.error !== undefined) {
          next = undefined;
          throw new Refusal(`cannot be read: ${this.#shown(String(page.error.message ?? page.error.errorName ?? 'the statement failed'))}`);
        }
        if (page.columns !== undefined && !hasColumns) {
          hasColumns = true;
          reader.columns(page.columns);
        }
        if (page.data !== undefined) await reader.rows(page.data);
        if (next === undefined) return;
        page = await this.#page('GET', this.#own(next), undefined, deadline);
      }
    } catch (error) {
      // What nobody reads any more is not computed further.
      if (next !== undefined) await this.#cancel(next);
      this.#signal.throwIfAborted();
      throw error instanceof Refusal ? error : new Refusal(`cannot be read: ${this.#shown(messageOf(error))}`);
    }
  }

  async #page(method: 'GET' | 'POST', url: URL, body: string | undefined, deadline: number): Promise<Page> {
    for (let wait = firstWait; ; wait = Math.min(wait * 2, longestWait)) {
      this.#signal.throwIfAborted();
      const left = deadline - performance.now();
      if (left <= 0) throw new Refusal(`cannot be read: it took longer than ${Math.round(this.#limits.statement / 1000)} seconds`);
      // Trino answers within seconds, with an empty page if it has to: what says nothing for longer is not there.
      const patience = AbortSignal.any([this.#signal, AbortSignal.timeout(Math.ceil(Math.min(left, Math.max(this.#limits.connect, 60_000))))]);
      const response = await fetch(url, { method, headers: this.#headers, redirect: 'error', signal: patience, ...(body === undefined ? {} : { body }) });
      if (response.status === 502 || response.status === 503 || response.status === 504 || response.status === 429) {
        await response.body?.cancel();
        const after = Number(response.headers.get('Retry-After'));
        await pause(Math.min(left, Number.isFinite(after) && after > 0 ? after * 1000 : wait * (0.67 + Math.random() * 0.66)), undefined, { signal: this.#signal });
        continue;
      }
      if (response.status === 401 || response.status === 403) {
        await response.body?.cancel();
        throw new Refusal(`cannot be read: it does not let this user in (HTTP ${response.status})`);
      }
      if (response.status !== 200) throw new Refusal(`cannot be read: it answers with HTTP ${response.status}: ${this.#shown((await textOf(response)).slice(0, 300))}`);
      return pageOf(await textOf(response));
    }
  }

  /** Never rejected: the server forgets what nobody asks for after a while. */
  async #cancel(next: string): Promise<void> {
    try {
      await (await fetch(this.#own(next), { method: 'DELETE', headers: this.#headers, redirect: 'error', signal: AbortSignal.timeout(5_000) })).body?.cancel();
    } catch {
      // It does not answer.
    }
  }

  /** The next page is at the server that was named: nobody else is told who asks, and by which password. */
  #own(next: string): URL {
    const url = new URL(next, this.#base);
    if (url.origin !== this.#base.origin) throw new Refusal(`cannot be read: it sends on to ${url.origin}, which is not ${this.#base.origin}: a proxy in front of it has to say which address it is called by (http-server.process-forwarded)`);
    return url;
  }

  #shown(message: string): string {
    return withoutSecrets(message, this.#connection);
  }
}

async function textOf(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += (chunk as Uint8Array).length;
    if (size > largestPage) throw new Refusal(`cannot be read: one page of its answer is larger than ${largestPage / 1024 / 1024} MiB`);
    chunks.push(chunk as Uint8Array);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** What a server sends may be anything. */
function pageOf(text: string): Page {
  const wrong = (): Refusal => new Refusal('cannot be read: it does not answer as Trino does');
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong();
  }
  if (typeof value !== 'object' || value === null) throw wrong();
  const { nextUri, columns, data, error } = value as Readonly<Record<string, unknown>>;
  const isColumn = (column: unknown): boolean => typeof column === 'object' && column !== null && 'name' in column && typeof column.name === 'string' && 'type' in column && typeof column.type === 'string';
  if ((nextUri !== undefined && typeof nextUri !== 'string') || (columns !== undefined && columns !== null && !(Array.isArray(columns) && columns.every(isColumn)))) throw wrong();
  if (data !== undefined && data !== null && !(Array.isArray(data) && data.every(Array.isArray))) throw wrong();
  if (error !== undefined && error !== null && typeof error !== 'object') throw wrong();
  return {
    ...(nextUri === undefined ? {} : { nextUri }), ...(Array.isArray(columns) ? { columns: columns as TrinoColumn[] } : {}), ...(Array.isArray(data) ? { data: data as unknown[][] } : {}),
    ...(typeof error === 'object' && error !== null ? { error } : {}),
  };
}

/** Headers hold no line breaks, and other characters as they are escaped in URLs. */
function headerText(text: string): string {
  return text.replaceAll(/[^\x20-\x7e]/gu, (character) => encodeURIComponent(character));
}

function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'it does not answer';
  // What went wrong stands below what failed.
  const { cause } = error;
  return cause instanceof AggregateError && cause.errors.length > 0 ? messageOf(cause.errors[0]) : cause instanceof Error ? messageOf(cause) : error.message;
}
