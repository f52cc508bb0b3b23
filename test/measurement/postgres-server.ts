import { execFileSync } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { installPackages } from '../support/debian-packages.ts';

const installed = '/usr/lib/postgresql';
/** With what must be written otherwise in a URL. */
export const password = 'p@ss/w:rd%20';

/** A PostgreSQL server of one's own on loopback, in a temporary folder, which goes away with it. */
export class PostgresServer {
  readonly port: number;
  readonly #folder: string;
  readonly #programs: string;

  private constructor(folder: string, programs: string, port: number) {
    this.#folder = folder;
    this.#programs = programs;
    this.port = port;
  }

  /** For a hook before the tests: where there is none these are skipped, in sight, except where changes are accepted. */
  static async startOrSkip(hook: Mocha.Context): Promise<PostgresServer> {
    hook.timeout(600_000);
    const server = await PostgresServer.start();
    if (server) return server;
    if (process.env['CI'] !== undefined) throw new Error('PostgreSQL is not installed, and could not be');
    console.log('      skipped: no PostgreSQL here (package postgresql)');
    return hook.skip();
  }

  /** Undefined where none is installed and this user may not install one. */
  static async start(): Promise<PostgresServer | undefined> {
    const programs = programsOf() ?? install();
    if (programs === undefined) return undefined;
    const folder = mkdtempSync(join(tmpdir(), 'itsms-postgres-'));
    const server = new PostgresServer(folder, programs, await freePort());
    try {
      const secret = join(folder, 'password');
      writeFileSync(secret, password, { mode: 0o600 });
      if (isRoot) for (const path of [folder, secret]) chownSync(path, ...userIds());
      server.#run('initdb', '-D', join(folder, 'data'), '-U', 'reader', '--auth=scram-sha-256', `--pwfile=${secret}`, '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync');
      server.#run('pg_ctl', '-D', join(folder, 'data'), '-w', '-l', join(folder, 'log'), '-o', `-p ${server.port} -k '${folder}' -c listen_addresses=127.0.0.1 -c fsync=off -c timezone=Asia/Kolkata -c datestyle=German`, 'start');
      return server;
    } catch (error) {
      rmSync(folder, { recursive: true, force: true });
      throw error;
    }
  }

  url(secret = password): string {
    return `postgres://reader:${encodeURIComponent(secret)}@127.0.0.1:${this.port}/postgres`;
  }

  stop(): void {
    try {
      this.#run('pg_ctl', '-D', join(this.#folder, 'data'), '-m', 'immediate', '-w', 'stop');
    } finally {
      rmSync(this.#folder, { recursive: true, force: true });
    }
  }

  /** The server refuses to run as root. */
  #run(program: string, ...parameters: readonly string[]): void {
    const path = join(this.#programs, program);
    if (!isRoot) {
      execFileSync(path, parameters, { stdio: 'ignore' });
      return;
    }
    const [uid, gid] = userIds();
    execFileSync(path, parameters, { cwd: '/', stdio: 'ignore', uid, gid });
  }
}

const isRoot = process.getuid?.() === 0;

function programsOf(): string | undefined {
  if (!existsSync(installed)) return undefined;
  const version = readdirSync(installed).filter((name) => existsSync(join(installed, name, 'bin/initdb'))).toSorted((a, b) => Number(b) - Number(a))[0];
  return version === undefined ? undefined : join(installed, version, 'bin');
}

function install(): string | undefined {
  return installPackages('postgresql') ? programsOf() : undefined;
}

function userIds(): [number, number] {
  const line = readFileSync('/etc/passwd', 'utf8').split('\n').find((one) => one.startsWith('postgres:'));
  const [, , user, group] = (line ?? '').split(':');
  return [Number(user), Number(group)];
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((settle) => server.listen(0, '127.0.0.1', settle));
  const { port } = server.address() as AddressInfo;
  await new Promise((settle) => server.close(settle));
  return port;
}
