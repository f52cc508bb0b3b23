/** What is asked before a report is made. Each pick begins with what was chosen last time. */
import * as vscode from 'vscode';
import type { GenerateReportParams } from '../../server/protocol.ts';
import type { ReportChoice } from '../server/requests.ts';

/** What was chosen last, kept for the workspace. */
export interface LastChosen {
  readonly report?: string;
  readonly format?: string;
  /** Ids by the names of choices; an empty one stands for all in one document. */
  readonly chosen?: Readonly<Record<string, readonly string[]>>;
  /** The folder that was written to. */
  readonly folder?: string;
}

type Choice = ReportChoice['choices'][number];

/** What one document is about. */
export type About = Partial<Pick<GenerateReportParams, Choice['name']>>;

/** Undefined where the person left. */
export async function pickReport(list: readonly ReportChoice[], last: string | undefined): Promise<ReportChoice | undefined> {
  const items = list.map((report) => ({ label: report.title, detail: report.description, report }));
  return (await pick(items, ({ report }) => report.id === last, { placeHolder: vscode.l10n.t('Which report?'), matchOnDetail: true }))?.report;
}

export async function pickPeriod(periods: readonly string[]): Promise<string | undefined> {
  // The newest is what is nearly always meant, whatever was chosen a month ago.
  return periods.length <= 1 ? periods[0] : vscode.window.showQuickPick([...periods], { placeHolder: vscode.l10n.t('For which period?') });
}

export async function pickFormat(formats: readonly string[], last: string | undefined): Promise<string | undefined> {
  return (await pick(formats.map((label) => ({ label, description: formatNames[label] ?? '' })), ({ label }) => label === last, { placeHolder: vscode.l10n.t('In which format?'), matchOnDescription: true }))?.label;
}

const formatNames: Readonly<Record<string, string>> = {
  html: vscode.l10n.t('a page, as one file'),
  pdf: vscode.l10n.t('for print'),
  docx: vscode.l10n.t('for Word, to be edited'),
  xlsx: vscode.l10n.t('tables as sheets'),
  csv: vscode.l10n.t('tables as text'),
  md: vscode.l10n.t('Markdown'),
  json: vscode.l10n.t('data'),
};

/** What documents are to be about, one each; undefined where the person left or there is nothing to choose from. */
export async function pickAbout({ choices }: ReportChoice, last: LastChosen['chosen'] = {}): Promise<readonly About[] | undefined> {
  let about: readonly About[] = [{}];
  for (const choice of choices) {
    const ids = await pickIds(choice, last[choice.name]);
    if (ids === undefined) {
      return undefined;
    }
    about = about.flatMap((one) => ids.map((id) => (id === allTogether ? one : { ...one, [choice.name]: id })));
  }
  return about;
}

/** In place of an id: all in one document. */
export const allTogether = '';

async function pickIds({ noun, several, orAll, without, items }: Choice, last: readonly string[] | undefined): Promise<readonly string[] | undefined> {
  if (items.length === 0) {
    return orAll ? [allTogether] : undefined;
  }
  if (items.length === 1 && !orAll) {
    return items.map(({ id }) => id);
  }
  const together = { label: without ?? vscode.l10n.t('All {0} in one document', several), description: '', id: allTogether, picked: last === undefined || last.includes(allTogether) };
  const separate = items.map(({ id, title }) => ({ label: title, description: id, id, picked: last?.includes(id) ?? false }));
  const picked = await vscode.window.showQuickPick([...(orAll ? [together] : []), ...separate], {
    placeHolder: vscode.l10n.t('For which {0}? Each that is ticked gets a document of its own.', noun),
    canPickMany: true,
    matchOnDescription: true,
  });
  return picked === undefined || picked.length === 0 ? undefined : picked.map(({ id }) => id);
}

/** A pick whose first line is the one that was taken last time. */
async function pick<Item extends vscode.QuickPickItem>(items: readonly Item[], isLast: (item: Item) => boolean, options: vscode.QuickPickOptions): Promise<Item | undefined> {
  const [only, ...more] = items;
  if (more.length === 0) {
    return only;
  }
  return vscode.window.showQuickPick([...items.filter(isLast), ...items.filter((item) => !isLast(item))], options);
}
