/** Asks the editor's keeper of secrets for what the environment does not say of databases. Nothing of it is kept here. */
import type { Connection } from 'vscode-languageserver';
import { addressOf, type Environment } from '../measurement/databases/connection.ts';
import type { Credentials } from '../measurement/databases/credentials.ts';
import type { NamedDatabase } from '../measurement/databases/named-databases.ts';
import { unsealed } from './unseal.ts';
import { databaseCredentialsRequest, type DatabaseCredentialsParams, type DatabasesResult } from '../protocol.ts';

type Asking = Pick<Connection, 'sendRequest'>;

/** Undefined where there is nothing to ask for, or the editor does not answer. */
export async function databaseCredentials(databases: readonly NamedDatabase[], connection: Asking, environment: Environment): Promise<Credentials | undefined> {
  const known = databases.map(({ kind, name }) => addressOf(kind, name, environment));
  const addresses = await asked(connection, { addresses: known.flatMap(({ name, identity }) => (identity === undefined ? [name] : [])), passwords: [] });
  const placed = databases.map(({ kind, name }) => addressOf(kind, name, environment, { addresses, passwords: {} }));
  const passwords = await asked(connection, { addresses: [], passwords: placed.flatMap(({ identity, isComplete }) => (identity === undefined || isComplete === true ? [] : [identity])) });
  return Object.keys(addresses).length + Object.keys(passwords).length === 0 ? undefined : { addresses, passwords };
}

/** Where the databases are, without anything secret: for the question which of them a password is for. */
export async function knownDatabases(databases: readonly NamedDatabase[], connection: Asking, environment: Environment): Promise<DatabasesResult> {
  const credentials = await databaseCredentials(databases, connection, environment);
  return { databases: databases.map(({ name, kind }) => ({ kind, ...addressOf(kind, name, environment, credentials) })) };
}

async function asked(connection: Asking, params: DatabaseCredentialsParams): Promise<Readonly<Record<string, string>>> {
  const wanted = [...params.addresses, ...params.passwords];
  if (wanted.length === 0) return {};
  try {
    const answer = unsealed(await connection.sendRequest<unknown>(databaseCredentialsRequest, params));
    if (typeof answer !== 'object' || answer === null) return {};
    // What was not asked for is of no use here.
    return Object.fromEntries(Object.entries(answer).filter((entry): entry is [string, string] => wanted.includes(entry[0]) && typeof entry[1] === 'string' && entry[1] !== ''));
  } catch {
    // An editor without a keeper of secrets: the environment has to say everything.
    return {};
  }
}
