import * as vscode from 'vscode';
import type { StatusResult } from '../../server/protocol.ts';
import type { LanguageServer } from '../server/language-server.ts';
import { status } from '../server/requests.ts';

/** How the requirements stand in the project of the text in front of the person: gaps by severity; a click leads to the Compliance view. */
export class StatusBar implements vscode.Disposable {
  readonly #server: LanguageServer;
  readonly #item: vscode.StatusBarItem;
  readonly #onShown: (result: StatusResult) => void;
  /** The last question; an answer to an earlier one is not shown. */
  #asked = 0;

  /** @param onShown is told of every answer, for what else depends on whether there are texts */
  constructor(server: LanguageServer, onShown: (result: StatusResult) => void) {
    this.#server = server;
    this.#onShown = onShown;
    this.#item = vscode.window.createStatusBarItem('itsms.status', vscode.StatusBarAlignment.Left);
    this.#item.name = 'ITSMS';
    this.#item.command = 'itsms.compliance.focus';
  }

  async refresh(): Promise<void> {
    const asked = ++this.#asked;
    try {
      const document = vscode.window.activeTextEditor?.document;
      const isText = document?.languageId === 'itsms' && document.uri.scheme === 'file';
      const result = await this.#server.ask(status, isText ? { document: document.uri.toString() } : {});
      if (asked !== this.#asked) {
        return;
      }
      this.#show(result);
      this.#onShown(result);
    } catch (error) {
      this.#server.output.error(error instanceof Error ? error : String(error));
    }
  }

  #show(result: StatusResult): void {
    if (result.projects === 0) {
      this.#item.hide();
      return;
    }
    const { error, warning, information } = result.gaps;
    const counts = [
      ...(error > 0 ? [`$(error) ${error}`] : []),
      ...(warning > 0 ? [`$(warning) ${warning}`] : []),
      ...(information > 0 ? [`$(info) ${information}`] : []),
    ];
    this.#item.text = `$(checklist) ITSMS ${counts.length > 0 ? counts.join(' ') : vscode.l10n.t('no gap found')}`;
    this.#item.tooltip = new vscode.MarkdownString(tooltip(result));
    this.#item.accessibilityInformation = {
      label: vscode.l10n.t('ITSMS, {0}: catalogue rows with a gap: error {1}, warning {2}, note {3}', result.title, error, warning, information),
    };
    this.#item.show();
  }

  dispose(): void {
    this.#item.dispose();
  }
}

/** Columns of a table in a tooltip have no room of their own between them. */
const between = '&nbsp;&nbsp;';

/** The three axes side by side, never added up; and what is not in them. */
function tooltip({ title, asOf, gaps, rows, axes, isMeasured }: StatusResult): string {
  const words = { declared: vscode.l10n.t('Declared'), evidenced: vscode.l10n.t('Evidenced'), effective: vscode.l10n.t('Effective') };
  const line = (axis: keyof typeof axes): string => {
    const { gap, accepted, noGap, unknown } = axes[axis];
    return `| ${words[axis]} | ${gap} | ${accepted} | ${noGap} | ${unknown} |`;
  };
  return [
    `**${title.replaceAll(/[\\`*_{}[\]()#+!|<>~]/g, (character) => `\\${character}`)}**, ${vscode.l10n.t('as of {0}', asOf)}`,
    vscode.l10n.t('Catalogue rows with a gap, by severity: error {0}, warning {1}, note {2}.', gaps.error, gaps.warning, gaps.information),
    [
      ['', vscode.l10n.t('gap'), vscode.l10n.t('accepted'), vscode.l10n.t('no gap found'), vscode.l10n.t('unknown')].map((head) => `| ${head === '' ? '' : `${between}${head}`} `).join('') + '|',
      '|:--|--:|--:|--:|--:|',
      line('declared'),
      line('evidenced'),
      line('effective'),
    ].join('\n'),
    vscode.l10n.t('Of {0} rows: accepted gaps {1}, needed later {2}, not applicable {3}, not checked {4}.', rows.all, rows.accepted, rows.later, rows.notApplicable, rows.unchecked),
    ...(isMeasured ? [] : [vscode.l10n.t('Nothing has been measured: what depends on figures is unknown.')]),
  ].join('\n\n');
}
