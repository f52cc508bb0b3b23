import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { LanguageServer } from './language-server.ts';

/** Serves the one client that the process's arguments name (`--stdio`, `--node-ipc`, `--socket=…`, `--pipe=…`) until it leaves. */
export function serve(): void {
  const connection = createConnection(ProposedFeatures.all);
  // One fault must not take the other files' findings with it: it is logged, and serving goes on.
  const log = (error: unknown): void => {
    // The client is gone: there is nobody left to tell.
    if (error instanceof Error && 'code' in error && (error.code === 'EPIPE' || error.code === 'ERR_STREAM_DESTROYED')) process.exit(1);
    connection.console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  };
  process.on('uncaughtException', log);
  process.on('unhandledRejection', log);
  new LanguageServer(connection).listen();
}
