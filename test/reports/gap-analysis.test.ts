import assert from 'node:assert/strict';
import { join } from 'node:path';
import { listedGaps } from '../../server/analysis/gap-list.ts';
import type { Assessment } from '../../server/assessment/assessment.ts';
import type { RowRemark } from '../../server/assessment/row-remarks.ts';
import { plain } from '../../server/reports/block-builders.ts';
import type { Block } from '../../server/reports/blocks.ts';
import { gapAnalysis } from '../../server/reports/gap-analysis/gap-analysis.ts';
import { renderHtml } from '../../server/reports/renderers/html.ts';
import { renderMarkdown } from '../../server/reports/renderers/markdown.ts';
import { itsms } from '../support/command.ts';
import { sampleAssessment, sampleInput } from './sample-input.ts';

const statuses = sampleAssessment.requirements.map((row) => ({ ...row, applicability: 'applicable' as const }));

function shortfall(row: string, message: string, more: { severity?: RowRemark['severity']; axis?: 'declared' | 'evidenced' | 'effective'; fix?: boolean } = {}): RowRemark {
  return { row, severity: more.severity ?? 'error', remark: { kind: 'shortfall', axis: more.axis ?? 'declared', message, related: [], fixes: more.fix === true ? [{ title: 'Declare it', edits: [] }] : [] } };
}

describe('the list of gaps', () => {
  it('stands in the order of clauses, and in each by what comes first', () => {
    const gaps = listedGaps([shortfall('10.2.1', 'a'), shortfall('9.3.1', 'b'), shortfall('9.3.a', 'c', { severity: 'warning' }), shortfall('9.3.b', 'd'), shortfall('4.1.1', 'e', { severity: 'information' })], statuses);
    assert.deepEqual(gaps.map(({ message, priority }) => `${message}${priority}`), ['e4', 'b1', 'd2', 'c3', 'a2']);
  });

  it('says once what several rows of a clause say', () => {
    const gaps = listedGaps([shortfall('8.3.3.b', 'No report.'), shortfall('8.3.3.a', 'No report.', { severity: 'warning' }), shortfall('8.6.1.a', 'No report.')], statuses);
    assert.deepEqual(gaps.map(({ clause, rows, priority }) => [clause, rows, priority]), [['8.3.3', ['8.3.3.a', '8.3.3.b'], 2], ['8.6.1', ['8.6.1.a'], 2]]);
  });

  it('marks the work: scaffolded, decided on, collected', () => {
    const effortsOf = (remark: RowRemark): readonly string[] => listedGaps([remark], statuses)[0]?.efforts ?? [];
    assert.deepEqual(effortsOf(shortfall('4.1.1', 'x', { fix: true })), ['scaffold']);
    assert.deepEqual(effortsOf(shortfall('5.1.f', 'x', { fix: true })), ['scaffold', 'decide']);
    assert.deepEqual(effortsOf(shortfall('8.6.1.a', 'x', { axis: 'evidenced' })), ['collect']);
    assert.deepEqual(effortsOf(shortfall('4.1.1', 'x')), ['decide']);
  });

  it('leaves out what is accepted for a time, does not apply or is needed only later', () => {
    const remarks = [shortfall('8.6.1.a', 'a'), shortfall('8.6.1.b', 'b'), shortfall('8.6.1.c', 'c'), shortfall('8.6.1.d', 'd')];
    const changed = statuses.map((row) => {
      switch (row.id) {
        case '8.6.1.a': return { ...row, waived: { until: '2027-01-31', approvedBy: 'kate', reason: 'x' } };
        case '8.6.1.b': return { ...row, applicability: 'notApplicable' as const, reason: 'x' };
        case '8.6.1.c': return { ...row, applicability: 'later' as const, reason: 'x' };
        default: return row;
      }
    });
    assert.deepEqual(listedGaps(remarks, changed).map(({ message }) => message), ['d']);
  });
});

function headings(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => (block.kind === 'section' && block.heading !== undefined ? [plain(block.heading)] : []));
}

describe('gap analysis', () => {
  it('tells what to do, how the clauses and areas stand, each gap, the documents, the questions, and where subjects are found elsewhere', () => {
    const { blocks } = gapAnalysis.build(sampleInput());
    assert.equal(blocks[0]?.kind, 'key-figures');
    assert.deepEqual(headings(blocks), ['What there is to do', 'Clauses 4 to 10', 'Gaps by clause', 'What else is open, and what does not apply', 'Promises that cannot be kept, or of which it cannot be told', 'Documented information', 'Questions of assessors', 'The same subjects elsewhere']);
  });

  it('names rows, axis, work and place of each gap', () => {
    const text = renderMarkdown(gapAnalysis.build(sampleInput()));
    assert.match(text, /\| 3 \| No service catalogue is declared\. \| 8\.2\.4\.1 \| declared \| scaffold \| the whole system \|/);
    assert.match(text, /\| 2 \| Service “Hosting, Leeds” has no service level agreement.* \| 8\.3\.3\.1 \| declared \| decide \| `acme\.itsms:\d+` \|/);
    assert.match(text, /\| 2 \| 12 of 20,400 incidents .* \| 8\.6\.1\.a \| evidenced \| collect \|/);
    assert.match(text, /\| nothing has been measured yet \| 8\.6\.1\.b \|/);
    assert.match(text, /\| 8\.6\.1 Incident management \| \d+ \| Incident management, .*\|/);
    assert.match(text, /\| Resolution \| /);
    assert.equal([...text.matchAll(/^#### \d+\\?\. /gm)].length, 106);
    assert.doesNotMatch(text, /complian/i);
  });

  it('is the same each time', () => {
    assert.equal(renderHtml(gapAnalysis.build(sampleInput())), renderHtml(gapAnalysis.build(sampleInput())));
  });

  it('does not say that no gap was found where nothing was checked', () => {
    const assessment: Assessment = { ...sampleAssessment, findings: [], requirements: sampleAssessment.requirements.map((row) => ({ ...row, checked: false, declared: 'unknown' as const, evidenced: 'unknown' as const, effective: 'unknown' as const })) };
    const text = renderMarkdown(gapAnalysis.build(sampleInput({ assessment, remarks: [] })));
    assert.match(text, /No catalogue row has been checked, so nothing is known\./);
    assert.doesNotMatch(text.replaceAll('● no gap found,', '').replace(/where it says that no gap was found/, ''), /no gap/i);
  });

  it('writes hostile titles of a model as text', () => {
    const hostile = 'organization acme "<script>alert(1)</script>" { scope "<img src=x onerror=alert(1)>" }\nrole r "</title><b>"\ndocument d "<svg onload=alert(1)>" { kind scope  location "<b>" }\nissue i "| x | <b>" { kind external  relevance "<script>" }\n';
    assert.doesNotMatch(renderHtml(gapAnalysis.build(sampleInput({ measurements: undefined }, hostile))), /<script|<img|<svg onload|<b>/);
  });

  it('finds no gap in the example of a small provider', async () => {
    const { code, out } = await itsms(join(import.meta.dirname, '../../examples/small-provider'), 'report', 'gap-analysis', '--format', 'md', '--out', '-');
    assert.equal(code, 0);
    assert.match(out, /No gap found in the \d+ catalogue rows that are checked\./);
  }).timeout(120_000);
});
