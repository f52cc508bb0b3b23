import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { runCommand } from './run-command.ts';

export interface VsCodeServer {
  readonly port: number;
  readonly stop: () => Promise<void>;
}

export interface VsCodeServerOptions {
  /** The folder that holds `out/server-main.js`. */
  readonly program: string;
  /** An empty folder of this run's own, for settings and extensions. */
  readonly dataFolder: string;
  /** Whether every folder is trusted without asking. */
  readonly trusted: boolean;
}

async function freePort(): Promise<number> {
  const probe = createServer();
  probe.listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') {
    throw new Error('no free port');
  }
  return address.port;
}

/**
 * Starts VS Code's server and waits until it answers.
 *
 * @throws Error with the end of its log when it does not answer within a minute
 */
export async function startVsCodeServer(options: VsCodeServerOptions): Promise<VsCodeServer> {
  const port = await freePort();
  const child = spawn(
    process.execPath,
    [
      join(options.program, 'out', 'server-main.js'),
      ...['--host', '127.0.0.1'],
      ...['--port', String(port)],
      ...['--server-data-dir', options.dataFolder],
      ...['--extensions-dir', join(options.dataFolder, 'extensions')],
      ...['--telemetry-level', 'off'],
      '--without-connection-token',
      '--accept-server-license-terms',
      // Without this a built workbench does not honour the address of the extension under test.
      '--enable-smoke-test-driver',
      ...(options.trusted ? ['--disable-workspace-trust'] : []),
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  let log = '';
  const keep = (chunk: Buffer): void => {
    log = (log + chunk.toString('utf8')).slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);

  const stop = async (): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) {
      return;
    }
    const ended = once(child, 'exit');
    // The whole group: the extension host and what it started end with the server.
    process.kill(-child.pid, 'SIGKILL');
    await ended;
  };

  const deadline = performance.now() + 60_000;
  for (;;) {
    if (child.exitCode !== null || performance.now() > deadline) {
      await stop();
      throw new Error(`the VS Code server did not start:\n${log}`);
    }
    try {
      const answer = await fetch(`http://127.0.0.1:${port}/version`, { signal: AbortSignal.timeout(2000) });
      if (answer.ok) {
        return { port, stop };
      }
    } catch {
      // Not listening yet.
    }
    await new Promise((settle) => setTimeout(settle, 100));
  }
}

/** Installs a packed extension into the data folder of a server that is not running. */
export async function installExtension(options: { readonly program: string; readonly dataFolder: string; readonly vsix: string }): Promise<void> {
  await runCommand(
    process.execPath,
    [
      join(options.program, 'out', 'server-main.js'),
      ...['--server-data-dir', options.dataFolder],
      ...['--extensions-dir', join(options.dataFolder, 'extensions')],
      ...['--install-extension', options.vsix],
      '--accept-server-license-terms',
    ],
    { limitSeconds: 120 },
  );
}
