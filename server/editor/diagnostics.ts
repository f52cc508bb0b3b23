import { DiagnosticSeverity, DiagnosticTag, type Diagnostic } from 'vscode-languageserver';
import type { Severity } from '../../language/model/finding.ts';
import type { LocatedFinding } from '../assessment/located-findings.ts';
import { lspRange } from './positions.ts';

export interface DiagnosticContext {
  /** The URI of a file of the project. */
  readonly uriOf: (file: string) => string;
  /** The address of the page that explains a finding's code. */
  readonly pageOf: (code: string) => string | undefined;
}

const severities: Readonly<Record<Severity, DiagnosticSeverity>> = {
  error: DiagnosticSeverity.Error,
  warning: DiagnosticSeverity.Warning,
  information: DiagnosticSeverity.Information,
  hint: DiagnosticSeverity.Hint,
};

/** More related places than this help nobody and cost the client time. */
const relatedLimit = 50;
/** More findings than this in one file are not shown; the last place says how many there are. */
const diagnosticsPerFile = 1000;

/** A finding as the editor shows it. */
export function diagnosticOf({ finding, range, related }: LocatedFinding, { uriOf, pageOf }: DiagnosticContext): Diagnostic {
  const page = pageOf(finding.code);
  return {
    range: lspRange(range),
    severity: severities[finding.severity],
    code: finding.code,
    source: 'itsms',
    message: finding.message,
    // What may go is shown faded.
    ...(finding.code.endsWith('-unused') ? { tags: [DiagnosticTag.Unnecessary] } : {}),
    ...(page !== undefined ? { codeDescription: { href: page } } : {}),
    ...(related.length > 0
      ? { relatedInformation: related.slice(0, relatedLimit).map(({ message, file, range: at }) => ({ message, location: { uri: uriOf(file), range: lspRange(at) } })) }
      : {}),
  };
}

/** The findings of a file as the editor shows them: those that weigh most where there are too many. */
export function diagnosticsOf(findings: readonly LocatedFinding[], context: DiagnosticContext): Diagnostic[] {
  if (findings.length <= diagnosticsPerFile) return findings.map((finding) => diagnosticOf(finding, context));
  const order = Object.keys(severities);
  const shown = findings.toSorted((a, b) => order.indexOf(a.finding.severity) - order.indexOf(b.finding.severity)).slice(0, diagnosticsPerFile - 1);
  const last = findings.at(-1)!;
  const rest: Diagnostic = {
    range: lspRange(last.range),
    severity: DiagnosticSeverity.Information,
    code: 'too-many-findings',
    source: 'itsms',
    message: `${findings.length} findings in this file; ${shown.length} are shown.`,
  };
  return [...shown.map((finding) => diagnosticOf(finding, context)), rest];
}
