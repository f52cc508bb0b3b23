/** ITSMS: Measure. Reads the data of the project and computes all figures now, with progress, until somebody stops it. */
import * as vscode from 'vscode';
import type { MeasureResult } from '../../server/protocol.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { measure } from '../server/requests.ts';

/** What was measured, for the status bar and the log. */
function summary({ asOf, findings, missed, records, sources, subjects, unknown }: MeasureResult): string {
  return vscode.l10n.t(
    '{0} figures from {1} records of {2} sources, as of {3}: {4} missed, {5} unknown; {6} findings about the data',
    subjects, records, sources, asOf, missed, unknown, findings,
  );
}

/** @param token stops it as a person would */
async function measureNow(server: LanguageServer, project: string | undefined, token: vscode.CancellationToken): Promise<MeasureResult | undefined> {
  return vscode.window.withProgress({ location: vscode.ProgressLocation.Notification, title: vscode.l10n.t('ITSMS: measuring'), cancellable: true }, async (progress, stopped) => {
    const source = new vscode.CancellationTokenSource();
    const stops = [token, stopped].map((one) => one.onCancellationRequested(() => source.cancel()));
    if (token.isCancellationRequested) {
      source.cancel();
    }
    let shown = 0;
    try {
      return await server.askWithProgress(measure, project === undefined ? {} : { project }, source.token, ({ percentage, message }) => {
        progress.report({ ...(message === undefined ? {} : { message }), increment: Math.max(0, (percentage ?? shown) - shown) });
        shown = Math.max(shown, percentage ?? shown);
      });
    } catch (error) {
      if (source.token.isCancellationRequested) {
        return undefined;
      }
      throw error;
    } finally {
      stops.forEach((stop) => stop.dispose());
      source.dispose();
    }
  });
}

export function registerMeasure(server: LanguageServer): vscode.Disposable {
  const never = new vscode.CancellationTokenSource();
  return vscode.Disposable.from(
    never,
    vscode.commands.registerCommand('itsms.measure', async (wish: { readonly project?: string; readonly token?: vscode.CancellationToken } = {}): Promise<MeasureResult | undefined> => {
      if (!vscode.workspace.isTrusted) {
        void vscode.window.showWarningMessage(vscode.l10n.t('Data is read in a trusted workspace only.'));
        return undefined;
      }
      const result = await measureNow(server, wish.project, wish.token ?? never.token);
      if (result?.isMeasured !== true) {
        vscode.window.setStatusBarMessage(vscode.l10n.t('ITSMS: measuring was stopped; the figures are those of before.'), 15_000);
        return undefined;
      }
      server.output.info(`${summary(result)}.`);
      vscode.window.setStatusBarMessage(`ITSMS: ${summary(result)}`, 15_000);
      return result;
    }),
  );
}
