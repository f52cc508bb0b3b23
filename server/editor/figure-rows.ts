/** The records behind a figure as a text to read. */
import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { subjectKey, subjectName, type Subject } from '../measurement/figure.ts';
import type { Project } from '../project/project.ts';
import type { RowsParams, RowsResult } from '../protocol.ts';
import { figureRowsText } from '../reports/figure-rows-text.ts';
import { figureSeries } from './figure-series.ts';
import { lensTitle } from './lenses.ts';

export const rowsPerPage = 1000;

/** @throws ResponseError if there is nothing to list, with the reason */
export async function figureRows(project: Project, { subject, period, skip = 0 }: RowsParams, signal: AbortSignal): Promise<RowsResult> {
  if (!isSubject(subject) || typeof period !== 'string' || !Number.isSafeInteger(skip) || skip < 0) throw new ResponseError(ErrorCodes.InvalidParams, 'That names no figure.');
  const found = await project.rowsBehind(subject, period, { skip, limit: rowsPerPage }, { signal });
  if (typeof found === 'string') throw new ResponseError(LSPErrorCodes.RequestFailed, `There are no rows to show: ${found}.`);
  const { total } = found;
  const next = skip + found.rows.length;
  const name = subjectName(subject);
  const figures = (figureSeries(project.figures()).get(subjectKey(subject)) ?? []).filter((figure) => figure.period <= period);
  const figure = figures.at(-1)?.period === period ? figures.at(-1) : undefined;
  return {
    title: `${name} ${period}${skip === 0 ? '' : ` from ${skip + 1}`}`, total, ...(next < total && found.rows.length > 0 ? { next } : {}),
    text: figureRowsText(`${name}, ${period}`, figure === undefined ? undefined : lensTitle([figure]), figure, found, skip),
  };
}

/** What a client sends may be anything. */
function isSubject(value: unknown): value is Subject {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, agreement, target, limit, metric, group } = value as Readonly<Record<string, unknown>>;
  switch (kind) {
    case 'target': return typeof agreement === 'string' && typeof target === 'string';
    case 'workload': return typeof agreement === 'string' && typeof limit === 'string';
    case 'metric': return typeof metric === 'string' && (group === undefined || (typeof group === 'object' && group !== null && Object.values(group).every((text) => typeof text === 'string')));
    default: return false;
  }
}
