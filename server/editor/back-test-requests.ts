import { ErrorCodes, LSPErrorCodes, ResponseError, type CancellationToken } from 'vscode-languageserver';
import { isDraft } from '../measurement/back-test/back-test.ts';
import type { AgreementsResult, BackTestPage, BackTestParams } from '../protocol.ts';
import { backTestDocument } from '../reports/back-test/back-test-document.ts';
import { renderText } from '../reports/render-document.ts';
import type { OpenProject } from './workspace.ts';

/** Agreements that promise something that is measured; drafts first. */
export function agreementChoices({ project }: OpenProject): AgreementsResult {
  const agreements = project.model.all('Agreement').filter(({ targets, workloadLimits }) => targets.length + workloadLimits.length > 0);
  return { agreements: agreements.map((agreement) => ({ id: agreement.name, title: agreement.title ?? agreement.name, isDraft: isDraft(agreement, project.asOf) })).toSorted((a, b) => Number(b.isDraft) - Number(a.isDraft)) };
}

/** @throws ResponseError if there is nothing to test, or it was cancelled */
export async function backTestPage({ project }: OpenProject, { agreement, months }: BackTestParams, token: CancellationToken): Promise<BackTestPage> {
  const controller = new AbortController();
  const stop = token.onCancellationRequested(() => controller.abort());
  try {
    const test = await project.backTest(agreement, { ...(months === undefined ? {} : { months }), signal: controller.signal });
    if (typeof test === 'string') throw new ResponseError(ErrorCodes.InvalidParams, test);
    const document = backTestDocument(await project.reportInput(), test);
    return { title: document.title, html: renderText(document, 'html') };
  } catch (error) {
    if (controller.signal.aborted) throw new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled');
    throw error;
  } finally {
    stop.dispose();
  }
}
