/** Where a database is and who reads it: from the environment or a keeper of secrets, never from a model. */
import { Refusal } from '../formats/rows.ts';
import type { Credentials, DatabaseAddress } from './credentials.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What is handed to the client, and what must never be shown. */
export interface Connection {
  /** Absent: host, user, password and the rest are in the variables that all PostgreSQL clients know (`PGHOST`, …). */
  readonly url: string | undefined;
  /** Where there is no URL. */
  readonly password?: string;
  readonly secrets: readonly string[];
}

/** Which protocol a database speaks. */
export type DatabaseKind = 'postgres' | 'trino';

const schemes: Readonly<Record<DatabaseKind, readonly string[]>> = { postgres: ['postgres:', 'postgresql:'], trino: ['https:', 'http:'] };
const examples: Readonly<Record<DatabaseKind, string>> = { postgres: 'postgres://user:password@host/database', trino: 'https://user:password@host:8443/catalog/schema' };
const usualPorts: Readonly<Record<string, string>> = { 'postgres:': '5432', 'postgresql:': '5432', 'https:': '443', 'http:': '80' };

/** The variable that holds a connection's URL: `ITSMS_SERVICE_DESK_URL` for `service-desk`. */
export function variableOf(name: string): string {
  return `ITSMS_${name.toUpperCase().replaceAll(/[^A-Z0-9]+/gu, '_')}_URL`;
}

/** @throws Refusal when nobody has said where the database is, or what was said is no address of it */
export function connectionOf(kind: DatabaseKind, name: string, environment: Environment, credentials?: Credentials): Connection {
  const variable = variableOf(name);
  const inEnvironment = filled(environment[variable]);
  const url = inEnvironment ?? filled(credentials?.addresses[name]);
  if (url === undefined) {
    // The client's own defaults would be a database on this machine that nobody has named.
    if (kind === 'postgres' && filled(environment['PGHOST']) !== undefined) {
      const password = filled(environment['PGPASSWORD']) ?? filled(credentials?.passwords[identityOfVariables(environment)]);
      return { url: undefined, ...(password === undefined ? {} : { password }), secrets: secret(password) };
    }
    throw new Refusal(`is not known here: put its URL into the environment as ${variable} (${examples[kind]}${kind === 'postgres' ? '?sslmode=verify-full), or set PGHOST, PGUSER, PGPASSWORD and PGDATABASE' : ')'}. In VS Code, “ITSMS: Set Database Password…” asks for it`);
  }
  const said = inEnvironment === undefined ? `the address of ${name}` : variable;
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new Refusal(`cannot be reached: ${said} is no URL (${examples[kind]})`);
  }
  if (!schemes[kind].includes(parsed.protocol)) throw new Refusal(`cannot be reached: ${said} does not begin with ${schemes[kind][0]}//`);
  const own = passwordIn(parsed) ?? (kind === 'postgres' && isHere(parsed, environment) ? filled(environment['PGPASSWORD']) : undefined);
  const kept = own === undefined ? filled(credentials?.passwords[identityOf(parsed)]) : undefined;
  // Over a connection that anybody can read along no password is sent but to this machine.
  if (kind === 'trino' && parsed.protocol === 'http:' && (own ?? kept) !== undefined && !isLoopback(parsed.hostname)) throw new Refusal(`cannot be reached: ${said} begins with http://, over which no password is sent; write https://`);
  // The clients take it out of the URL, and nothing that stands beside one without it.
  if (kept !== undefined) parsed.password = encodeURIComponent(kept);
  return {
    url: kept === undefined ? url : parsed.href,
    secrets: [...secret(url), ...secret(parsed.href), ...secret(parsed.password), ...secret(decoded(parsed.password)), ...secret(parsed.searchParams.get('password') ?? undefined), ...secret(kept), ...secret(environment['PGPASSWORD'])],
  };
}

/** What is known of where a database is; never fails, and says nothing secret. */
export function addressOf(kind: DatabaseKind, name: string, environment: Environment, credentials?: Credentials): DatabaseAddress {
  const url = filled(environment[variableOf(name)]) ?? filled(credentials?.addresses[name]);
  if (url === undefined) {
    if (kind !== 'postgres' || filled(environment['PGHOST']) === undefined) return { name };
    return { name, identity: identityOfVariables(environment), ...(filled(environment['PGPASSWORD']) === undefined ? {} : { isComplete: true }) };
  }
  try {
    const parsed = new URL(url);
    if (!schemes[kind].includes(parsed.protocol)) return { name };
    return { name, identity: identityOf(parsed), ...(passwordIn(parsed) === undefined ? {} : { isComplete: true }) };
  } catch {
    return { name };
  }
}

/** A message of the client or the server, without what must not be shown, on one line. */
export function withoutSecrets(message: string, { secrets }: Connection): string {
  return secrets.reduce((text, one) => text.replaceAll(one, '…'), message).replaceAll(/\s+/gu, ' ').trim().slice(0, 300);
}

function identityOf(url: URL): string {
  // All schemes of one protocol are one place, an unencrypted one is another.
  const scheme = url.protocol === 'http:' ? 'http://' : '';
  return `${scheme}${decoded(url.username)}@${url.hostname.toLowerCase()}:${url.port === '' ? usualPorts[url.protocol] ?? '' : url.port}${decoded(url.pathname)}`;
}

function identityOfVariables(environment: Environment): string {
  const user = environment['PGUSER'] ?? '';
  return `${user}@${(environment['PGHOST'] ?? '').toLowerCase()}:${environment['PGPORT'] ?? '5432'}/${environment['PGDATABASE'] ?? user}`;
}

function passwordIn(url: URL): string | undefined {
  return filled(url.password) ?? filled(url.searchParams.get('password') ?? undefined);
}

/** Whether the variables of PostgreSQL's own programs speak of the same host, so that their password is meant for it. */
function isHere(url: URL, environment: Environment): boolean {
  const host = filled(environment['PGHOST']);
  return host === undefined || host.toLowerCase() === url.hostname.toLowerCase();
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '[::1]' || /^127\.\d+\.\d+\.\d+$/u.test(host);
}

function secret(text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : [text];
}

function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
