/** The records behind a figure as a text to read: a table with aligned columns. */
import { ErrorCodes, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import type { FigureRow } from '../measurement/figure-rows.ts';
import { subjectKey, subjectName, type Subject } from '../measurement/figure.ts';
import type { Project } from '../project/project.ts';
import type { RowsParams, RowsResult } from '../protocol.ts';
import { figureSeries } from './figure-series.ts';
import { lensTitle } from './lenses.ts';

export const rowsPerPage = 1000;
/** Wider cells are cut: they would push everything else out of sight. In characters. */
const widest = 60;

/** @throws ResponseError if there is nothing to list, with the reason */
export async function figureRows(project: Project, { subject, period, skip = 0 }: RowsParams, signal: AbortSignal): Promise<RowsResult> {
  if (!isSubject(subject) || typeof period !== 'string' || !Number.isSafeInteger(skip) || skip < 0) throw new ResponseError(ErrorCodes.InvalidParams, 'That names no figure.');
  const found = await project.rowsBehind(subject, period, { skip, limit: rowsPerPage }, signal);
  if (typeof found === 'string') throw new ResponseError(LSPErrorCodes.RequestFailed, `There are no rows to show: ${found}.`);
  const { rows, total, zone } = found;
  const next = skip + rows.length;
  const name = subjectName(subject);
  const figures = (figureSeries(project.figures()).get(subjectKey(subject)) ?? []).filter((figure) => figure.period <= period);
  const figure = figures.at(-1)?.period === period ? figures.at(-1) : undefined;
  const lines = [
    `${name}, ${period}`,
    ...(figure === undefined ? [] : [lensTitle([figure]), figure.computation]),
    rows.length === 0 ? 'No records.' : `Records ${skip + 1} to ${next} of ${total}; times in ${zone}.`,
    '',
    ...table(rows),
    ...(next < total ? ['', `… ${total - next} more`] : []),
  ];
  return { title: `${name} ${period}${skip === 0 ? '' : ` from ${skip + 1}`}`, text: `${lines.join('\n')}\n`, total, ...(next < total ? { next } : {}) };
}

function table(rows: readonly FigureRow[]): string[] {
  if (rows.length === 0) return [];
  const cells = [['outcome', 'record', 'began', 'why'], ...rows.map(({ outcome, key, began, why }) => [outcome, key, began, why])].map((row) => row.map(flat));
  const widths = [0, 1, 2, 3].map((column) => Math.max(...cells.map((row) => [...row[column]!].length)));
  return cells.map((row) => row.map((cell, column) => (column === 3 ? cell : cell + ' '.repeat(widths[column]! - [...cell].length))).join('  ').trimEnd());
}

/** On one line, and without what would change how the rest of the line is read. */
function flat(text: string): string {
  const characters = [...text.replace(/[\s\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').trim()];
  return characters.length > widest ? `${characters.slice(0, widest - 1).join('')}…` : characters.join('');
}

/** What a client sends may be anything. */
function isSubject(value: unknown): value is Subject {
  if (typeof value !== 'object' || value === null) return false;
  const { kind, agreement, target, limit } = value as Readonly<Record<string, unknown>>;
  return typeof agreement === 'string' && ((kind === 'target' && typeof target === 'string') || (kind === 'workload' && typeof limit === 'string'));
}
