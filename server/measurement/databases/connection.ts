/** Where a database is and who reads it: from the environment, never from a model. */
import { Refusal } from '../formats/rows.ts';

export type Environment = Readonly<Record<string, string | undefined>>;

/** What is handed to the client, and what must never be shown. */
export interface Connection {
  /** Absent: host, user, password and the rest are in the variables that all PostgreSQL clients know (`PGHOST`, …). */
  readonly url: string | undefined;
  /** Where it is kept apart from the URL. */
  readonly password?: string;
  readonly secrets: readonly string[];
}

/** The variable that holds a connection's URL: `ITSMS_SERVICE_DESK_URL` for `service-desk`. */
export function variableOf(name: string): string {
  return `ITSMS_${name.toUpperCase().replaceAll(/[^A-Z0-9]+/gu, '_')}_URL`;
}

/** @throws Refusal when the environment does not say where the database is */
export function postgresConnection(name: string, environment: Environment): Connection {
  const variable = variableOf(name);
  const url = environment[variable];
  if (url === undefined || url === '') {
    // The client's own defaults would be a database on this machine that nobody has named.
    if (environment['PGHOST'] === undefined) throw new Refusal(`is not known here: put its URL into the environment as ${variable} (postgres://user:password@host/database?sslmode=verify-full), or set PGHOST, PGUSER, PGPASSWORD and PGDATABASE`);
    return { url: undefined, secrets: secret(environment['PGPASSWORD']) };
  }
  let parsed: URL;
  try {
    parsed = new URL(url);
  } catch {
    throw new Refusal(`cannot be reached: ${variable} is no URL (postgres://user:password@host/database)`);
  }
  if (parsed.protocol !== 'postgres:' && parsed.protocol !== 'postgresql:') throw new Refusal(`cannot be reached: ${variable} does not begin with postgres://`);
  return { url, secrets: [...secret(url), ...secret(parsed.password), ...secret(decoded(parsed.password)), ...secret(parsed.searchParams.get('password') ?? undefined), ...secret(environment['PGPASSWORD'])] };
}

/** A message of the client or the server, without what must not be shown, on one line. */
export function withoutSecrets(message: string, { secrets }: Connection): string {
  return secrets.reduce((text, one) => text.replaceAll(one, '…'), message).replaceAll(/\s+/gu, ' ').trim().slice(0, 300);
}

function secret(text: string | undefined): readonly string[] {
  return text === undefined || text === '' ? [] : [text];
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
