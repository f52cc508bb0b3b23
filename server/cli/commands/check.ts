import { Option } from 'commander';
import { severityOrder } from '../severity-order.ts';
import type { Assessment, AxisState } from '../../assessment/assessment.ts';
import type { Finding } from '../../../language/model/finding.ts';
import type { Locator } from '../../../language/model/model.ts';
import { printedJson, textOrJson, type TextOrJson } from '../format-option.ts';
import { exitCodes } from '../io.ts';
import { shownFindings, shownPlace, type ShownFinding } from '../located.ts';
import { measureProject, openProject, withProjectOptions, type ProjectSelection } from '../open-project.ts';
import type { AddCommand } from '../run.ts';
import type { CheckResult } from '../schemas/check.ts';
import { counted, safeForTerminal, terminalStyle, type Style } from '../style.ts';

interface CheckOptions extends ProjectSelection {
  readonly format: TextOrJson;
  readonly failOn: 'error' | 'warning' | 'never';
  readonly measure: boolean;
}

/** `itsms check`: everything that is found, and the status of every requirement. */
export const checkCommand: AddCommand = (program, io, ended) => {
  withProjectOptions(program.command('check'))
    .description('Check the model, what it measures, and the requirements of ISO/IEC 20000-1:2018')
    .addOption(textOrJson())
    .addOption(new Option('--fail-on <severity>', 'from which severity on the exit code is 1').choices(['error', 'warning', 'never']).default('error'))
    .option('--no-measure', 'read no data: what rests on it is unknown')
    .action(async (options: CheckOptions) => {
      const project = await openProject(options, io);
      if (options.measure) await measureProject(project, io);
      const assessment = project.assessment();
      io.out(options.format === 'json' ? printedJson(checkResult(assessment, project.model)) : checkText(assessment, project.model, project.files().length, terminalStyle(io.colour)));
      ended(assessment.findings.some(({ severity }) => failsOn(severity, options.failOn)) ? exitCodes.findings : exitCodes.fine);
    });
};

function failsOn(severity: Finding['severity'], failOn: CheckOptions['failOn']): boolean {
  return failOn !== 'never' && severityOrder[severity] <= severityOrder[failOn];
}

export function checkResult(assessment: Assessment, locator: Locator): CheckResult {
  return {
    asOf: assessment.asOf,
    findings: shownFindings(assessment.findings, locator).map(({ finding, place }) => ({
      code: finding.code,
      requirements: [...finding.requirements],
      severity: finding.severity,
      message: finding.message,
      ...place,
      related: finding.related.map((related) => ({ ...shownPlace(related.place, locator), message: related.message })),
      fixes: finding.fixes.map(({ title, edits }) => ({
        title,
        edits: edits.map((edit) => ({
          kind: edit.kind,
          ...shownPlace(edit.kind === 'addDeclaration' ? edit.after : edit.place, locator),
          ...('text' in edit ? { text: edit.text } : {}),
        })),
      })),
    })),
    requirements: assessment.requirements.map(({ id, applicability, reason, checked, declared, evidenced, effective, waived, findings }) => ({
      id,
      applicability,
      ...(reason !== undefined ? { reason } : {}),
      checked,
      declared,
      evidenced,
      effective,
      waived: waived !== undefined,
      ...(waived ? { waiver: { until: waived.until, approvedBy: waived.approvedBy, reason: waived.reason } } : {}),
      findings,
    })),
  };
}

function checkText(assessment: Assessment, locator: Locator, files: number, style: Style): string {
  const findings = shownFindings(assessment.findings, locator);
  const lines = findings.flatMap((one) => findingLines(one, locator, style));
  return [...lines, ...(lines.length > 0 ? [''] : []), ...summary(assessment, files, style), ''].join('\n');
}

function findingLines({ finding, place }: ShownFinding, locator: Locator, style: Style): string[] {
  const [first = '', ...more] = finding.message.split('\n').map(safeForTerminal);
  const head = `${style.strong(safeForTerminal(`${place.file}:${place.line}:${place.column}`))} ${style.severity(finding.severity, finding.severity)} ${first} ${style.quiet(`(${finding.code})`)}`;
  const related = finding.related.slice(0, 5).map((one) => {
    const at = shownPlace(one.place, locator);
    return style.quiet(`    ${safeForTerminal(`${at.file}:${at.line}:${at.column} ${one.message}`)}`);
  });
  const left = finding.related.length - related.length;
  return [
    head,
    ...more.map((line) => `    ${line}`),
    ...related,
    ...(left > 0 ? [style.quiet(`    and ${left} more places`)] : []),
    ...finding.fixes.slice(0, 3).map(({ title }) => style.quiet(`    to mend: ${safeForTerminal(title)}`)),
  ];
}

function summary({ asOf, findings, requirements }: Assessment, files: number, style: Style): string[] {
  const count = (severity: Finding['severity']): number => findings.filter((finding) => finding.severity === severity).length;
  const errors = count('error');
  const warnings = count('warning');
  const rest = count('information') + count('hint');
  const found = [counted(errors, 'error'), counted(warnings, 'warning'), counted(rest, 'remark')].join(', ');
  const lines = [`${style.severity(errors > 0 ? 'error' : warnings > 0 ? 'warning' : 'information', found)} in ${counted(files, 'file')}, as of ${asOf}`];
  if (requirements.length > 0) {
    const checked = requirements.filter((row) => row.checked && row.applicability === 'applicable');
    const waived = checked.filter((row) => row.waived !== undefined).length;
    lines.push(`Of ${requirements.length} catalogue rows ${checked.length} were checked and apply${waived > 0 ? `; gaps in ${waived} are accepted until a date` : ''}.`);
    // The axes are never blended into one number.
    for (const axis of ['declared', 'evidenced', 'effective'] as const) lines.push(`  ${axis.padEnd(9)}  ${axisInWords(checked.map((row) => row[axis]))}`);
  }
  return lines;
}

function axisInWords(states: readonly AxisState[]): string {
  const count = (state: AxisState): number => states.filter((one) => one === state).length;
  const parts = [`no gap found in ${count('yes')}`, `a gap in ${count('no')}`, `unknown in ${count('unknown')}`, `not required in ${count('notRequired')}`];
  return parts.join(', ');
}
