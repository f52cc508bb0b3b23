import assert from 'node:assert/strict';
import type { Block, Document } from '../../server/reports/blocks.ts';
import { dashboard } from '../../server/reports/dashboard/dashboard.ts';
import { renderHtml } from '../../server/reports/renderers/html.ts';
import { renderMarkdown } from '../../server/reports/renderers/markdown.ts';
import { plain } from '../../server/reports/block-builders.ts';
import type { Assessment } from '../../server/assessment/assessment.ts';
import { sampleAssessment, sampleInput } from './sample-input.ts';
import { assertGolden } from './golden.ts';

function headings(document: Document): string[] {
  const of = (blocks: readonly Block[]): string[] => blocks.flatMap((block) => (block.kind === 'section' ? [...(block.heading === undefined ? [] : [plain(block.heading)]), ...of(block.blocks)] : []));
  return of(document.blocks);
}

describe('dashboard', () => {
  it('reads as accepted', () => {
    assertGolden('dashboard.md', renderMarkdown(dashboard.build(sampleInput())));
  });

  it('is the same each time', () => {
    assert.equal(renderHtml(dashboard.build(sampleInput())), renderHtml(dashboard.build(sampleInput())));
  });

  it('answers first whether all is right, what is not, and what is next', () => {
    const document = dashboard.build(sampleInput());
    assert.equal(document.blocks[0]?.kind, 'key-figures');
    assert.deepEqual(headings(document).slice(0, 2), ['What is not all right', 'What is next']);
  });

  it('leaves out what has nothing to show', () => {
    const document = dashboard.build(sampleInput({ measurements: undefined }, 'organization small "Small provider"\n'));
    assert.deepEqual(headings(document), ['What is not all right', 'What is next', 'Clauses 4 to 10']);
  });

  it('says that targets without measurements are unknown, neither met nor missed', () => {
    const text = renderMarkdown(dashboard.build(sampleInput({ measurements: undefined })));
    assert.match(text, /Service level targets met: \*\*0\*\* of 0 ○ not known/);
    assert.match(text, /0 missed, 6 without a verdict/);
  });

  it('counts rows that are not checked as such, and never says more than that no gap was found', () => {
    const assessment: Assessment = { ...sampleAssessment, findings: [], requirements: sampleAssessment.requirements.map((row) => ({ ...row, declared: 'yes' as const, evidenced: 'yes' as const, effective: 'yes' as const })) };
    const text = renderMarkdown(dashboard.build(sampleInput({ assessment })));
    assert.match(text, /No gap found in the 23 catalogue rows that are checked; 378 of 401 are not yet checked\./);
    assert.doesNotMatch(text, /complian/i);
  });

  it('does not say that no gap was found where nothing was checked', () => {
    const assessment: Assessment = { ...sampleAssessment, findings: [], requirements: sampleAssessment.requirements.map((row) => ({ ...row, checked: false })) };
    const text = renderMarkdown(dashboard.build(sampleInput({ assessment, measurements: undefined })));
    assert.match(text, /None of the 401 catalogue rows has been checked/);
    assert.doesNotMatch(text.replaceAll('● no gap found,', '').replace(/where it says that no gap was found/, ''), /no gap/i);
  });

  it('keeps a waived gap open, as accepted, outside of gaps and of what has none', () => {
    const waived = { until: '2027-01-31', approvedBy: 'kate', reason: 'later' };
    const assessment: Assessment = {
      ...sampleAssessment,
      requirements: sampleAssessment.requirements.map((row) => (row.id.startsWith('8.2.4') ? { ...row, declared: 'no' as const, evidenced: 'no' as const, effective: 'no' as const, waived } : row)),
    };
    const text = renderMarkdown(dashboard.build(sampleInput({ assessment })));
    assert.match(text, /8\.2\.4 Service catalogue management \| ◆ 3 \| ◆ 3 \| ◆ 3 \|/);
    assert.match(text, /\d+ more open and accepted until a date/);
    assert.doesNotMatch(text, /No service catalogue is declared/);
  });

  it('writes hostile titles of a model as text', () => {
    const hostile = 'organization acme "<script>alert(1)</script>" { scope "<img src=x onerror=alert(1)>" }\ncustomer c "</title><b>"\nservice s "<svg onload=alert(1)>" { customer c }\nsla a "| x | <b>" for s with c { target u availability >= 99% per month }\nwaive iso20000:8.4.2.b until 2027-01-31 approved by c because "<script>"\n';
    const html = renderHtml(dashboard.build(sampleInput({ measurements: undefined }, hostile)));
    assert.doesNotMatch(html, /<script|<img|<svg onload|<b>/);
    assert.match(html, /&lt;script&gt;alert\(1\)/);
  });
});
