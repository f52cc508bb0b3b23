/**
 * ITSMS: Set Database Password… and Remove Database Password… What a person types stands in VS Code's keeper of secrets, by who reads
 * which database on which host, and leaves it only for the server's connection to that very place.
 */
import * as vscode from 'vscode';
import type { DatabaseCredentialsParams, DatabasesResult } from '../../server/protocol.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { databases } from '../server/requests.ts';

type Database = DatabasesResult['databases'][number];

/** Which database, and what to keep; what is left out is asked. */
export interface PasswordWish {
  readonly database?: string;
  readonly address?: string;
  readonly password?: string;
}

const addressKey = (name: string): string => `itsms.database.address:${name}`;
const passwordKey = (identity: string): string => `itsms.database.password:${identity}`;

/** What the server asks for: only in a trusted workspace, and only by name. */
export async function keptCredentials(secrets: vscode.SecretStorage, { addresses, passwords }: DatabaseCredentialsParams): Promise<Record<string, string>> {
  if (!vscode.workspace.isTrusted) {
    return {};
  }
  const kept: [string, string][] = [];
  for (const [wanted, key] of [...addresses.map((name) => [name, addressKey(name)] as const), ...passwords.map((identity) => [identity, passwordKey(identity)] as const)]) {
    const secret = await secrets.get(key);
    if (secret !== undefined) {
      kept.push([wanted, secret]);
    }
  }
  return Object.fromEntries(kept);
}

async function chooseDatabase(server: LanguageServer, wish: PasswordWish, among: (database: Database) => Promise<boolean>, none: string): Promise<Database | undefined> {
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showWarningMessage(vscode.l10n.t('Data is read in a trusted workspace only.'));
    return undefined;
  }
  const offered: Database[] = [];
  for (const database of (await server.ask(databases, {})).databases) {
    if (await among(database)) {
      offered.push(database);
    }
  }
  if (offered.length === 0) {
    void vscode.window.showInformationMessage(none);
    return undefined;
  }
  if (wish.database !== undefined) {
    return offered.find(({ name }) => name === wish.database);
  }
  const items = offered.map((database) => ({
    label: database.name,
    description: database.identity ?? vscode.l10n.t('nobody has said where it is'),
    ...(database.isComplete === true ? { detail: vscode.l10n.t('The environment says its password, which holds.') } : {}),
    database,
  }));
  const chosen = await vscode.window.showQuickPick(items, { title: vscode.l10n.t('Which database?'), placeHolder: vscode.l10n.t('Databases that sources of this workspace name') });
  return chosen?.database;
}

/** Why a text is no address; undefined if it is one. */
function wrongAddress({ kind }: Database, text: string): string | undefined {
  const schemes = kind === 'postgres' ? ['postgres:', 'postgresql:'] : ['https:', 'http:'];
  try {
    const { protocol, password, searchParams } = new URL(text);
    if (!schemes.includes(protocol)) {
      return vscode.l10n.t('An address begins with {0}', `${schemes[0]}//`);
    }
    return password !== '' || searchParams.has('password') ? vscode.l10n.t('Leave the password out: it is asked for afterwards.') : undefined;
  } catch {
    return vscode.l10n.t('This is no address.');
  }
}

/** Asks where a database is and keeps it. @returns the database with its place; undefined if somebody changed their mind */
async function askAddress(server: LanguageServer, secrets: vscode.SecretStorage, database: Database, wish: PasswordWish): Promise<Database | undefined> {
  const address = wish.address ?? (await vscode.window.showInputBox({
    title: vscode.l10n.t('Where is {0}?', database.name),
    prompt: vscode.l10n.t('Its address with the user who reads it, without the password'),
    placeHolder: database.kind === 'postgres' ? 'postgres://reader@desk.example.org/service?sslmode=verify-full' : 'https://reader@trino.example.org:8443/catalog/schema',
    ignoreFocusOut: true,
    validateInput: (text) => (text === '' ? undefined : wrongAddress(database, text)),
  }));
  if (address === undefined || address === '' || wrongAddress(database, address) !== undefined) {
    return undefined;
  }
  await secrets.store(addressKey(database.name), address);
  return (await server.ask(databases, {})).databases.find(({ name, kind }) => name === database.name && kind === database.kind);
}

/** @returns whether something is kept now that was not before */
async function setPassword(server: LanguageServer, secrets: vscode.SecretStorage, wish: PasswordWish): Promise<boolean> {
  const chosen = await chooseDatabase(server, wish, () => Promise.resolve(true), vscode.l10n.t('No source of this workspace names a database.'));
  const database = chosen === undefined || (chosen.identity !== undefined && wish.address === undefined) ? chosen : await askAddress(server, secrets, chosen, wish);
  if (database?.identity === undefined) {
    return false;
  }
  const password = wish.password ?? (await vscode.window.showInputBox({
    title: vscode.l10n.t('Password for {0}', database.identity),
    prompt: vscode.l10n.t('It is kept by VS Code, encrypted, and used for this place only.'),
    password: true,
    ignoreFocusOut: true,
  }));
  if (password === undefined || password === '') {
    return false;
  }
  await secrets.store(passwordKey(database.identity), password);
  await server.credentialsChanged();
  vscode.window.setStatusBarMessage(vscode.l10n.t('ITSMS: the password for {0} is kept.', database.identity), 15_000);
  return true;
}

/** @returns whether something was kept that is gone now */
async function removePassword(server: LanguageServer, secrets: vscode.SecretStorage, wish: PasswordWish): Promise<boolean> {
  const isKept = async ({ name, identity }: Database): Promise<boolean> => (await secrets.get(addressKey(name))) !== undefined || (identity !== undefined && (await secrets.get(passwordKey(identity))) !== undefined);
  const database = await chooseDatabase(server, wish, isKept, vscode.l10n.t('Nothing is kept of the databases that this workspace names.'));
  if (database === undefined) {
    return false;
  }
  await secrets.delete(addressKey(database.name));
  if (database.identity !== undefined) {
    await secrets.delete(passwordKey(database.identity));
  }
  await server.credentialsChanged();
  vscode.window.setStatusBarMessage(vscode.l10n.t('ITSMS: nothing is kept of {0} any more.', database.name), 15_000);
  return true;
}

export function registerDatabasePasswords(context: vscode.ExtensionContext, server: LanguageServer): vscode.Disposable {
  return vscode.Disposable.from(
    vscode.commands.registerCommand('itsms.setDatabasePassword', (wish: PasswordWish = {}) => setPassword(server, context.secrets, wish)),
    vscode.commands.registerCommand('itsms.removeDatabasePassword', (wish: PasswordWish = {}) => removePassword(server, context.secrets, wish)),
  );
}
