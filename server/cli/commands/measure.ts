import { nearest } from '../../../language/values/nearest.ts';
import type { Period } from '../../../language/values/period.ts';
import { listed } from '../../measurement/expression.ts';
import { computedInWords } from '../../measurement/databases/place-in-words.ts';
import { subjectName, type Figure, type Subject } from '../../measurement/figure.ts';
import type { Project } from '../../project/project.ts';
import { figureRowsText } from '../../reports/figure-rows-text.ts';
import { secondsInWords } from '../../../language/values/duration.ts';
import { printedJson, textOrJson, type TextOrJson } from '../format-option.ts';
import { CannotRun, exitCodes, type CommandIo } from '../io.ts';
import { shownFindings } from '../located.ts';
import { measureProject, openProject, withProjectOptions, type ProjectSelection } from '../open-project.ts';
import { periodOption, periodsToMeasure } from '../period-option.ts';
import type { AddCommand } from '../run.ts';
import type { MeasuredFigure, MeasureResult, MeasureRowsResult } from '../schemas/measure.ts';
import { safeForTerminal, terminalStyle } from '../style.ts';
import { textTable } from '../../reports/renderers/text-table.ts';

interface MeasureOptions extends ProjectSelection {
  readonly format: TextOrJson;
  readonly period?: string;
  readonly rows?: string;
}

/** `itsms measure`: the figures of targets, workload limits and metrics. */
export const measureCommand: AddCommand = (program, io, ended) => {
  withProjectOptions(program.command('measure'))
    .description('Compute targets, workload limits and metrics from the declared sources')
    .option('--period <period>', 'only this period, such as 2026-10, 2026-Q3 or 2026 (default: the last 13 months)')
    .option('--rows <figure>', 'the records behind one figure: agreement.target, agreement.limit or metric, of a group “metric priority=P1”')
    .addOption(textOrJson())
    .action(async (options: MeasureOptions) => {
      const period = periodOption(options.period);
      const project = await openProject(options, io);
      await measureProject(project, io, periodsToMeasure(period, project.asOf));
      if (options.rows !== undefined) {
        await printRows(project, io, options, options.rows, period);
        ended(exitCodes.fine);
        return;
      }
      const figures = project.figures().filter((figure) => period === undefined || figure.period === period.id);
      const style = terminalStyle(io.colour);
      if (options.format === 'json') {
        io.out(printedJson(figures.map(measuredFigure) satisfies MeasureResult));
      } else if (figures.length === 0) {
        const others = [...new Set(project.figures().map((figure) => figure.period))].toSorted();
        io.out(
          others.length === 0
            ? `Nothing was measured: no target or metric has a source with data, as of ${project.asOf}.\n`
            : `Nothing was measured for ${period?.id ?? ''}: there are figures for ${others.length > 3 ? `${others[0] ?? ''} to ${others.at(-1) ?? ''}` : others.join(', ')}.\n`,
        );
      } else {
        io.out(figureTable(figures));
      }
      for (const summary of project.measurements?.sources ?? []) {
        const words = computedInWords(summary);
        if (words !== undefined) io.error(`${safeForTerminal(`${summary.source}: ${summary.records} records, ${words}`)}\n`);
      }
      const findings = shownFindings(project.measurements?.findings ?? [], project.model);
      for (const { finding, place } of findings) {
        io.error(`${safeForTerminal(`${place.file}:${place.line}:${place.column}`)} ${style.severity(finding.severity, finding.severity)} ${safeForTerminal(finding.message)}\n`);
      }
      ended(findings.some(({ finding }) => finding.severity === 'error') ? exitCodes.findings : exitCodes.fine);
    });
};

/** More than anybody reads; what is more is said. */
const mostRows = 100_000;

/** @throws CannotRun where there is no such figure, or no records behind it */
async function printRows(project: Project, io: CommandIo, options: MeasureOptions, wanted: string, period: Period | undefined): Promise<void> {
  const named = project.figures().filter(({ subject }) => rowsName(subject) === wanted);
  const figure = period === undefined ? named.at(-1) : named.find((one) => one.period === period.id);
  if (figure === undefined) {
    const names = [...new Set(project.figures().map(({ subject }) => rowsName(subject)))];
    const suggestion = nearest(wanted, names);
    throw new CannotRun(named.length > 0 ? `--rows: there is no figure of ${wanted} for ${period?.id ?? ''}; there are ${named.map((one) => one.period).join(', ')}.` : `--rows: there is no figure “${wanted}”${suggestion === undefined ? `${names.length === 0 ? '' : `; there are ${listed(names)}`}.` : `; did you mean “${suggestion}”?`}`);
  }
  const periods = periodsToMeasure(period, project.asOf);
  const found = await project.rowsBehind(figure.subject, figure.period, { skip: 0, limit: mostRows }, { signal: io.signal, periods });
  if (typeof found === 'string') throw new CannotRun(`There are no rows to show: ${found}.`);
  if (options.format === 'json') {
    const result: MeasureRowsResult = {
      figure: measuredFigure(figure), zone: found.zone, total: found.total, notes: [...(found.notes ?? [])],
      rows: found.rows.map(({ key, began, outcome, why, seconds }) => ({ key, began, outcome, why, seconds: seconds ?? null })),
    };
    io.out(printedJson(result));
    return;
  }
  const target = targetOf(figure);
  const summary = [valueInWords(figure), ...(target === null ? [] : [`target ${target}`]), verdicts[figure.verdict] + (figure.reason === undefined ? '' : `: ${figure.reason}`)].filter((text) => text !== '').join(', ');
  io.out(figureRowsText(`${wanted}, ${figure.period}`, summary, figure, found, 0).split('\n').map(safeForTerminal).join('\n'));
}

/** How a figure is called for its rows: `email-gold.uptime`, `email-gold.calls`, `mttr`, `mttr priority=P1`. */
function rowsName(subject: Subject): string {
  switch (subject.kind) {
    case 'target': return `${subject.agreement}.${subject.target}`;
    case 'workload': return `${subject.agreement}.${subject.limit}`;
    case 'metric': return [subject.metric, ...Object.entries(subject.group ?? {}).map(([field, value]) => `${field}=${value}`)].join(' ');
  }
}

export function measuredFigure(figure: Figure): MeasuredFigure {
  const { subject } = figure;
  return {
    kind: subject.kind,
    name: nameOf(figure),
    metric: subject.kind === 'metric' ? subject.metric : null,
    ...(subject.kind === 'metric' && subject.group ? { group: { ...subject.group } } : {}),
    agreement: subject.kind === 'metric' ? null : subject.agreement,
    period: figure.period,
    value: figure.value ?? null,
    unit: figure.unit,
    numerator: figure.numerator ?? null,
    denominator: figure.denominator ?? null,
    excluded: figure.excluded.map(({ reason, amount, unit }) => ({ reason, amount, unit: unit ?? 'records' })),
    sample: figure.sample ?? null,
    target: targetOf(figure),
    met: metOf(figure.verdict),
    verdict: figure.verdict,
    reason: figure.reason ?? null,
    source: figure.source ?? null,
    dataHash: figure.dataHash,
  };
}

function nameOf({ subject }: Figure): string {
  switch (subject.kind) {
    case 'target':
      return subject.target;
    case 'workload':
      return subject.limit;
    case 'metric':
      return subject.metric;
  }
}

function targetOf({ target }: Figure): string | null {
  return target ? `${target.comparison} ${target.value}` : null;
}

function metOf(verdict: Figure['verdict']): boolean | null {
  switch (verdict) {
    case 'met':
    case 'warning':
      return true;
    case 'missed':
      return false;
    case 'tooFew':
    case 'unknown':
    case 'noTarget':
      return null;
  }
}

const verdicts: Readonly<Record<Figure['verdict'], string>> = {
  met: 'met',
  warning: 'met, below its warning threshold',
  missed: 'MISSED',
  tooFew: 'too few records',
  unknown: 'unknown',
  noTarget: '',
};

function figureTable(figures: readonly Figure[]): string {
  return textTable(
    [{ head: 'Subject' }, { head: 'Period' }, { head: 'Value', right: true }, { head: 'Of', right: true }, { head: 'Target', right: true }, { head: 'Verdict' }],
    figures.map((figure) => [
      safeForTerminal(subjectInWords(figure)),
      figure.period,
      valueInWords(figure),
      figure.numerator !== undefined && figure.denominator !== undefined ? `${figure.numerator} / ${figure.denominator}` : '',
      targetOf(figure) ?? '',
      verdicts[figure.verdict] + (figure.reason === undefined ? '' : `: ${safeForTerminal(figure.reason)}`),
    ]),
  );
}

function valueInWords({ value, unit }: Figure): string {
  if (value === undefined) return '–';
  switch (unit) {
    case 'percent':
      return `${value}%`;
    case 'seconds':
      return secondsInWords(Number(value));
    case 'count':
      return value;
    default:
      return `${value} ${unit}`;
  }
}

function subjectInWords({ subject }: Figure): string {
  return [subjectName(subject), ...(subject.kind === 'metric' ? Object.values(subject.group ?? {}) : [])].join(' ');
}
