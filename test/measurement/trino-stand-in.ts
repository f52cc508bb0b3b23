/**
 * A stand-in for a Trino cluster: it takes only what Trino's grammar takes, and works it out in another engine in which the functions of
 * Trino are defined as their documentation describes them. It shows that the statements are Trino's and mean what they should as long as
 * the functions do what is documented; it is no cluster.
 */
import { DuckDBInstance, type DuckDBConnection } from '@duckdb/node-api';
import { build } from 'esbuild';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { root } from '../architecture/imports.ts';
import { TrinoServer, type Reply, type Seen } from './trino-server.ts';

interface Grammar {
  validate(sql: string): readonly { readonly message: string; readonly startLine: number; readonly startColumn: number }[];
}

/** What Trino has and the engine that stands in for it calls otherwise, or not at all. */
const functions = [
  'json_parse(x) AS CAST(x AS JSON)',
  'json_format(x) AS CAST(x AS VARCHAR)',
  'element_at(c, k) AS c[k]',
  // Of whole numbers: where half a one more would come among them.
  'width_bucket(v, bins) AS CASE WHEN v IS NOT NULL THEN list_position(list_sort(list_append(bins, v + 0.5)), v + 0.5) - 1 END',
  "date_add(unit, n, t) AS CASE unit WHEN 'month' THEN t + to_months(CAST(n AS INTEGER)) WHEN 'millisecond' THEN t + to_milliseconds(n) ELSE error('unit') END",
  "to_iso8601(t) AS strftime(t, '%Y-%m-%dT%H:%M:%S.%gZ')",
  'checksum(x) AS CAST(sum(hash(x)) AS VARCHAR)',
  'to_utf8(x) AS x',
  'to_hex(x) AS x',
];

export class TrinoStandIn {
  readonly server: TrinoServer;
  /** Statements in the order in which they came. */
  readonly statements: string[] = [];
  /** Called before a statement is worked out. */
  before: (sql: string) => Promise<void> = () => Promise.resolve();
  readonly #connection: DuckDBConnection;
  readonly #instance: DuckDBInstance;
  readonly #grammar: Grammar;
  readonly #pages = new Map<string, Reply>();

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, grammar: Grammar) {
    this.#instance = instance;
    this.#connection = connection;
    this.#grammar = grammar;
    this.server = new TrinoServer((seen) => this.#answer(seen));
  }

  static async start(): Promise<TrinoStandIn> {
    const instance = await DuckDBInstance.create(':memory:', { threads: '2' });
    const connection = await instance.connect();
    await connection.run("SET TimeZone = 'UTC'");
    // A quotient of whole numbers is a whole number there.
    await connection.run('SET integer_division = true');
    for (const one of functions) await connection.run(`CREATE MACRO ${one}`);
    const standIn = new TrinoStandIn(instance, connection, await trinoGrammar());
    await standIn.server.start();
    return standIn;
  }

  /** In the language of the engine that stands in. */
  async run(sql: string): Promise<void> {
    await this.#connection.run(sql);
  }

  /** What is wrong with a statement by Trino's grammar, and by those of its rules that the engine here does not have. */
  faultsOf(sql: string): readonly string[] {
    const faults = [...this.#grammarFaults(sql)];
    const outside = sql.replaceAll(/'(?:[^']|'')*'|"(?:[^"]|"")*"/gu, '');
    if (/\b(?:least|greatest)\(/iu.test(outside)) faults.push('least and greatest give NULL where one is NULL');
    if (/\b(?:ends_with|percentile_disc|percentile_cont|hash|btrim|epoch_ms|list|quantile_disc)\(/iu.test(outside)) faults.push('no such function in Trino');
    for (const name of groupedByResults(outside)) faults.push(`GROUP BY ${name}, which is a name of a result and not of a column`);
    return faults;
  }

  readonly #known = new Map<string, readonly string[]>();

  /** Each form of a statement once: numbers and the insides of texts make no difference. */
  #grammarFaults(sql: string): readonly string[] {
    const form = sql.replaceAll(/'(?:[^']|'')*'/gu, "'…'").replaceAll(/(?<=[\s(-])\d+(?=[\s),])/gu, '0');
    let faults = this.#known.get(form);
    if (faults === undefined) this.#known.set(form, (faults = this.#grammar.validate(form).map(({ message, startLine, startColumn }) => `${message} (${startLine}:${startColumn})`)));
    return faults;
  }

  stop(): void {
    this.server.stop();
    this.#connection.closeSync();
    this.#instance.closeSync();
  }

  async #answer({ method, url, body }: Seen): Promise<Reply> {
    if (method === 'DELETE') return { status: 204, body: '' };
    if (method === 'GET') return this.#pages.get(url) ?? { status: 404, body: 'gone' };
    this.statements.push(body);
    const id = `q${this.statements.length}`;
    const failed = (message: string): Reply => ({ body: { id, error: { message, errorName: 'SYNTAX_ERROR' }, stats: { state: 'FAILED' } } });
    const faults = this.faultsOf(body);
    if (faults.length > 0) return failed(faults.join('; '));
    await this.before(body);
    try {
      const reader = await this.#connection.runAndReadAll(inTheOtherLanguage(body));
      const types = reader.columnTypes().map((type) => trinoType(String(type)));
      const columns = reader.columnNames().map((name, index) => ({ name, type: types[index] }));
      const data = reader.getRowsJS().map((row) => row.map((value, index) => jsonOf(value, types[index]!)));
      const next = `/v1/statement/executing/${id}/1`;
      this.#pages.set(next, { body: JSON.stringify({ id, columns, data, stats: { state: 'FINISHED' } }, (_key, value: unknown) => (typeof value === 'bigint' ? Number(value) : value)) });
      return { body: { id, columns, nextUri: this.server.uri(next), stats: { state: 'RUNNING' } } };
    } catch (error) {
      return failed(error instanceof Error ? error.message : String(error));
    }
  }
}

/** Types are written otherwise, and times keep more than milliseconds. */
function inTheOtherLanguage(sql: string): string {
  return sql.split(/('(?:[^']|'')*')/u).map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/ARRAY\((\w+)\)/gu, '$1[]').replaceAll('TIMESTAMP(3)', 'TIMESTAMP'))).join('');
}

function trinoType(type: string): string {
  const array = /^(.*)\[\]$/u.exec(type);
  if (array !== null) return `array(${trinoType(array[1]!)})`;
  switch (type) {
    case 'TIMESTAMP WITH TIME ZONE': return 'timestamp(6) with time zone';
    case 'TIMESTAMP': return 'timestamp(6)';
    case 'HUGEINT': case 'UBIGINT': return 'bigint';
    case '"NULL"': case 'SQLNULL': return 'unknown';
    default: return type.toLowerCase();
  }
}

/** As the protocol has it: numbers and truths as they are, all else as text. */
function jsonOf(value: unknown, type: string): unknown {
  if (value === null || typeof value === 'boolean' || typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map((item) => jsonOf(item, ''));
  if (typeof value === 'bigint') {
    if (!Number.isSafeInteger(Number(value))) throw new Error(`${value} is not exact in an answer`);
    return value;
  }
  return type.startsWith('timestamp') || type === 'date' ? 'a time' : String(value);
}

/** The names of results by which a statement groups. */
function groupedByResults(sql: string): readonly string[] {
  return [...sql.matchAll(/GROUP BY ((?:\w+, )*\w+)/gu)].flatMap(({ index, 1: names }) => {
    // Back to the SELECT of the same level: what stands in parentheses is of another.
    let results = '';
    for (let at = index - 1, depth = 0; at >= 0 && depth <= 0; at--) {
      if (sql[at] === ')') depth--;
      if (depth === 0) results = `${sql[at]}${results}`;
      if (sql[at] === '(') depth++;
    }
    return names!.split(', ').filter((name) => new RegExp(`^.* AS ${name}\\b.* FROM `, 'u').test(results));
  });
}

let grammar: Promise<Grammar> | undefined;

/** The parser is made for bundlers. */
function trinoGrammar(): Promise<Grammar> {
  return (grammar ??= (async (): Promise<Grammar> => {
    const folder = mkdtempSync(join(tmpdir(), 'itsms-grammar-'));
    try {
      const { outputFiles } = await build({ stdin: { contents: "export { TrinoSQL } from 'dt-sql-parser/dist/parser/trino/index.js'", resolveDir: root }, bundle: true, format: 'esm', platform: 'node', write: false });
      const file = join(folder, 'grammar.mjs');
      writeFileSync(file, outputFiles[0]!.text);
      const { TrinoSQL } = (await import(pathToFileURL(file).href)) as { readonly TrinoSQL: new () => Grammar };
      return new TrinoSQL();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  })());
}
