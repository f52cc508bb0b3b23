import type { CancellationToken } from 'vscode-languageserver';

/** What the editor stops waiting for is stopped. */
export function signalOf(token: CancellationToken): AbortSignal {
  const controller = new AbortController();
  if (token.isCancellationRequested) controller.abort();
  else token.onCancellationRequested(() => controller.abort());
  return controller.signal;
}
