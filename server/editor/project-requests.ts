import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { Severity } from '../../language/model/finding.ts';
import { isDate } from '../../language/values/date.ts';
import { lastCompletedPeriods, parsePeriod, type Period } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import type { ComparedRevisions } from '../analysis/comparison/compared-revisions.ts';
import { compareRevisions, sinceBaseline } from '../project/compare-revisions.ts';
import { offeredRevisions } from '../project/revision-host.ts';
import type { CheckWorkspaceResult, GenerateReportParams, GenerateReportResult, ReportsResult, RevisionsResult } from '../protocol.ts';
import { readPackageFile } from '../project/package-files.ts';
import type { Project } from '../project/project.ts';
import { narrowed } from '../reports/narrowing.ts';
import { choiceNames, choicesOf, chosenFor, kindOfChoice } from '../reports/parameters.ts';
import { findReport, reports } from '../reports/registry.ts';
import { documentFileName, documentFormats, isDocumentFormat, renderDocument } from '../reports/render-document.ts';
import type { OpenProject } from './workspace.ts';

/** Periods that are offered for a report: the last 13 months. */
const periodsOffered = 13;

export function reportChoices({ project }: OpenProject): ReportsResult {
  const periods = isDate(project.asOf) ? lastCompletedPeriods('month', periodsOffered, project.asOf).map(({ id }) => id).reverse() : [];
  return {
    reports: reports.map(({ id, title, description, parameters }) => ({
      id,
      title,
      description,
      periods: parameters.period ? periods : [],
      choices: choiceNames.flatMap((name) => {
        const kind = parameters[name];
        if (kind === undefined) return [];
        const { noun, several, without } = kindOfChoice(name);
        return [{ name, noun, several, orAll: kind !== 'each', ...(without === undefined ? {} : { without }), items: [...choicesOf(project.model, name)] }];
      }),
      formats: [...documentFormats],
      needsRevision: parameters.since === true,
    })),
  };
}

/** @throws ResponseError if what is asked for does not exist */
export async function generateReport({ project }: OpenProject, params: GenerateReportParams): Promise<GenerateReportResult> {
  const definition = findReport(params.report);
  if (!definition) throw new ResponseError(ErrorCodes.InvalidParams, `There is no report “${params.report}”.`);
  if (!isDocumentFormat(params.format)) throw new ResponseError(ErrorCodes.InvalidParams, `“${params.format}” is none of ${documentFormats.join(', ')}.`);
  const [chosen, ...others] = chosenFor(definition.parameters, params, project.model, false);
  if (chosen === undefined || others.length > 0) throw new ResponseError(ErrorCodes.InvalidParams, chosen === undefined ? `There is nothing in the model that the report “${params.report}” could be about.` : 'This report is about one of several: say which.');
  const input = narrowed({ ...(await project.reportInput(periodOf(params.period))), ...chosen }, params.narrowing ?? {});
  const changes = definition.parameters.since === true ? { changes: await comparedWith(project, params.since) } : {};
  const since = definition.parameters.baseline === true ? await sinceBaseline(project) : {};
  const document = definition.build({ ...input, ...changes, ...since });
  const content = await renderDocument(document, params.format, readPackageFile);
  const fileName = documentFileName(document, params.format);
  return typeof content === 'string' ? { fileName, content } : { fileName, content: Buffer.from(content).toString('base64'), encoding: 'base64' };
}

async function comparedWith(project: Project, since: string | undefined): Promise<ComparedRevisions> {
  if (since === undefined) throw new ResponseError(ErrorCodes.InvalidParams, 'This report compares with an earlier state of the text: name a tag or commit.');
  const compared = await compareRevisions(project, since);
  if (typeof compared === 'string') throw new ResponseError(LSPErrorCodes.RequestFailed, compared);
  return compared;
}

/** What there is to compare with. */
export async function revisionChoices({ project }: OpenProject): Promise<RevisionsResult> {
  return { revisions: project.trusted ? await offeredRevisions(project.root) : [] };
}

function periodOf(text: string | undefined): Period | undefined {
  if (text === undefined) return undefined;
  const period = parsePeriod(text);
  if (isProblem(period)) throw new ResponseError(ErrorCodes.InvalidParams, `${period.problem}.`);
  return period;
}

/** What has been found in all projects together. Rows count once per project. */
export function checkResult(projects: readonly Project[]): CheckWorkspaceResult {
  const assessments = projects.map((project) => project.assessment());
  const severities = projects.map((project) => project.severities());
  const rows = assessments.flatMap((assessment) => assessment.requirements);
  const count = (severity: Severity): number => severities.reduce((sum, counts) => sum + counts[severity], 0);
  const applicable = rows.filter(({ applicability }) => applicability === 'applicable');
  return {
    asOf: projects[0]?.asOf ?? '',
    files: projects.reduce((sum, project) => sum + project.files().length, 0),
    errors: count('error'),
    warnings: count('warning'),
    informations: count('information') + count('hint'),
    requirements: {
      applicable: applicable.length,
      checked: applicable.filter(({ checked }) => checked).length,
      withGaps: applicable.filter(({ findings: gaps }) => gaps > 0).length,
    },
  };
}
