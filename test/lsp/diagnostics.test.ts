import assert from 'node:assert/strict';
import { DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import type { Finding, Severity } from '../../language/model/finding.ts';
import type { LocatedFinding } from '../../server/assessment/located-findings.ts';
import { diagnosticsOf } from '../../server/editor/diagnostics.ts';

const range = { line: 3, column: 2, endLine: 3, endColumn: 6 };
const located = (finding: Partial<Finding>, related: LocatedFinding['related'] = []): LocatedFinding => ({
  finding: { code: 'c', severity: 'warning', message: 'm', place: { file: 'x.itsms' }, requirements: [], related: [], fixes: [], ...finding },
  file: 'x.itsms',
  range,
  related,
});
const context = { uriOf: (file: string): string => `file:///p/${file}`, pageOf: (code: string): string | undefined => (code === '8.3.3#6' ? 'file:///pages/8.3.3.6.md' : undefined) };

describe('diagnostics', () => {
  it('carry place, severity, code, source and the page that explains the code', () => {
    const severities: readonly (readonly [Severity, DiagnosticSeverity])[] = [
      ['error', DiagnosticSeverity.Error],
      ['warning', DiagnosticSeverity.Warning],
      ['information', DiagnosticSeverity.Information],
      ['hint', DiagnosticSeverity.Hint],
    ];
    for (const [severity, expected] of severities) assert.equal(diagnosticsOf([located({ severity })], context)[0]?.severity, expected);
    const [diagnostic] = diagnosticsOf([located({ code: '8.3.3#6' })], context);
    assert.deepEqual(diagnostic, {
      range: { start: { line: 3, character: 2 }, end: { line: 3, character: 6 } },
      severity: DiagnosticSeverity.Warning,
      code: '8.3.3#6',
      source: 'itsms',
      message: 'm',
      codeDescription: { href: 'file:///pages/8.3.3.6.md' },
    });
  });

  it('lead to related places in other files', () => {
    const [diagnostic] = diagnosticsOf([located({}, [{ message: 'here', file: 'y.itsms', range }])], context);
    assert.deepEqual(diagnostic?.relatedInformation?.map(({ message, location }) => [message, location.uri]), [['here', 'file:///p/y.itsms']]);
  });

  it('fade what may go', () => {
    assert.deepEqual(diagnosticsOf([located({ code: 'waiver-unused' })], context)[0]?.tags, [DiagnosticTag.Unnecessary]);
  });

  it('are not without end: the gravest are shown, and how many there are', () => {
    const many = [...Array.from({ length: 5000 }, () => located({ severity: 'hint' })), located({ severity: 'error', message: 'grave' })];
    const shown = diagnosticsOf(many, context);
    assert.equal(shown.length, 1000);
    assert.equal(shown[0]?.message, 'grave');
    assert.match(JSON.stringify(shown.at(-1)?.message), /5001 findings in this file; 999 are shown/);
  });
});
