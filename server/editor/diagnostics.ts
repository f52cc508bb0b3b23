import { DiagnosticSeverity, type Diagnostic, type DiagnosticRelatedInformation } from 'vscode-languageserver';
import type { Finding, Severity } from '../../language/model/finding.ts';
import type { Locator } from '../../language/model/model.ts';
import { lspRange } from './positions.ts';

export interface DiagnosticContext {
  readonly model: Locator;
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

/** A finding as the editor shows it, or undefined if its place is no more. */
export function diagnosticOf(finding: Finding, context: DiagnosticContext): Diagnostic | undefined {
  const location = context.model.locate(finding.place);
  if (!location) return undefined;
  const related = finding.related.slice(0, relatedLimit).flatMap(({ place, message }): DiagnosticRelatedInformation[] => {
    const at = context.model.locate(place);
    return at ? [{ location: { uri: context.uriOf(at.file), range: lspRange(at.range) }, message }] : [];
  });
  const page = context.pageOf(finding.code);
  return {
    range: lspRange(location.range),
    severity: severities[finding.severity],
    code: finding.code,
    source: 'itsms',
    message: finding.message,
    ...(page !== undefined ? { codeDescription: { href: page } } : {}),
    ...(related.length > 0 ? { relatedInformation: related } : {}),
  };
}
