import { createConnection, ProposedFeatures } from 'vscode-languageserver/node';
import { LanguageServer } from './language-server.ts';

/** Serves the one client that the process's arguments name (`--stdio`, `--node-ipc`, `--socket=…`, `--pipe=…`) until it leaves. */
export function serve(): void {
  const connection = createConnection(ProposedFeatures.all);
  new LanguageServer(connection).listen();
}
