import assert from 'node:assert/strict';
import { renderHtml } from '../../server/reports/renderers/html.ts';
import { renderMarkdown } from '../../server/reports/renderers/markdown.ts';
import { renderJson } from '../../server/reports/renderers/json.ts';
import { serviceReport } from '../../server/reports/service-report/service-report.ts';
import { documentFileName } from '../../server/reports/render-document.ts';
import { assertGolden } from './golden.ts';
import { sampleInput, sampleMeasurements, sampleText } from './sample-input.ts';

describe('service report', () => {
  it('reads as accepted', () => {
    assertGolden('service-report-retail.md', renderMarkdown(serviceReport.build(sampleInput({ customer: 'retail' }))));
  });

  for (const [format, render] of [['HTML', renderHtml], ['Markdown', renderMarkdown], ['JSON', renderJson]] as const) {
    it(`holds nothing about another customer, and nobody who is not named for an action, in ${format}`, () => {
      const text = render(serviceReport.build(sampleInput({ customer: 'retail' })));
      for (const foreign of ['Harbour', 'bank', 'ayments', 'OUT-122', 'INC009999', 'Petra Quill', 'payment keys']) assert.ok(!text.includes(foreign), `the report says ${foreign}`);
      // The major incident manager is known from the record only.
      assert.ok(!/major-manager|assigned-to/.test(text));
    });
  }

  it('does not show a record of a service shared with others unless it names this customer', () => {
    const shared = sampleText.replace('service email "Corporate e-mail" { owner anna  customer retail', 'service email "Corporate e-mail" { owner anna  customer retail, bank');
    const records = sampleMeasurements.records.map((record) => {
      const { customer: _, ...fields } = record.fields;
      return { ...record, fields };
    });
    const text = renderMarkdown(serviceReport.build(sampleInput({ customer: 'retail', measurements: { ...sampleMeasurements, records } }, shared)));
    assert.match(text, /No major incident was recorded in the period/);
  });

  it('lists what missed a target with key and cause, and says when there is more than is listed', () => {
    const text = renderMarkdown(serviceReport.build(sampleInput({ customer: 'retail' })));
    assert.match(text, /`INC001200` \| restored after 5 h of 4 h \| Storage controller failed over late/);
    const figures = sampleMeasurements.figures.map((figure) => ({ ...figure, missed: figure.missed.slice(0, 3) }));
    const partial = renderMarkdown(serviceReport.build(sampleInput({ customer: 'retail', measurements: { ...sampleMeasurements, figures } })));
    assert.match(partial, /The first 3 of 7 are listed\./);
  });

  it('says which credits are due: of several tiers the greatest whose condition holds', () => {
    const text = renderMarkdown(serviceReport.build(sampleInput({ customer: 'retail' })));
    assert.match(text, /Availability less than 99\.8% \| 99\.45% \| 5% \| covered by a greater one/);
    assert.match(text, /Availability less than 99\.5% \| 99\.45% \| 10% \| \*\*due\*\*/);
  });

  it('lists agreed actions with owner and date', () => {
    const text = renderMarkdown(serviceReport.build(sampleInput({ customer: 'retail' })));
    assert.match(text, /Move the mail gateway out of the maintenance window \| Omar Said \| 2026-11-15 \| late/);
    assert.match(text, /Second directory site \| Anna Berg \| 2027-03-31 \| open/);
  });

  it('is marked as internal when it is made for no customer', () => {
    const document = serviceReport.build(sampleInput());
    assert.match(document.subtitle ?? '', /internal edition/);
    assert.match(renderMarkdown(document), /Payments, platinum/);
  });

  it('tells plainly when there is nothing to tell', () => {
    const document = serviceReport.build(sampleInput({ customer: 'retail', measurements: undefined }, 'organization o "O"\ncustomer retail "ACME Retail"\n'));
    assert.match(renderMarkdown(document), /No service level agreement was in force in October 2026 with ACME Retail/);
  });

  it('has a file name that any file system takes', () => {
    const document = serviceReport.build(sampleInput({ customer: 'retail' }));
    assert.equal(documentFileName(document, 'html'), 'service-report-2026-10-retail.html');
    assert.equal(documentFileName({ ...document, id: '../../ä<x>' }, 'md'), 'a-x.md');
  });

  it('names what a target that changed within the period was on which days, and the figures of both parts', () => {
    const text = `organization o "O"
customer retail "ACME Retail"
service email "E-mail"
sla gold "Gold" for email with retail {
  target restore restore within 8h for 90% per month from tickets
  target restore restore within 4h for 95% per month from tickets since 2026-10-15
  target up availability >= 99% per month from outages
}
source tickets of incident from "t.csv"
source outages of outage from "o.csv"
`;
    const part = (firstDay: string, lastDay: string, numerator: string, share: string) => ({
      subject: { kind: 'target' as const, agreement: 'gold', target: 'restore' }, period: '2026-10', value: numerator === '9' ? '90' : '80', unit: 'percent', numerator, denominator: '10', excluded: [],
      target: { comparison: '>=' as const, value: share }, verdict: numerator === '9' ? 'met' as const : 'missed' as const, computation: '', missed: [], dataHash: '', days: { firstDay, lastDay },
    });
    const parts = [part('2026-10-01', '2026-10-14', '9', '90%'), part('2026-10-15', '2026-10-31', '8', '95%')];
    const report = renderMarkdown(serviceReport.build(sampleInput({ customer: 'retail', measurements: { ...sampleMeasurements, figures: [{ ...parts[1]!, parts }] } }, text)));
    assert.match(report.replaceAll('\u00a0', ' '), /Restoration within 8 h \(2026-10-01 to 2026-10-14\); Restoration within 4 h \(2026-10-15 to 2026-10-31\)/);
    assert.match(report, /at least 90% \(2026-10-01 to 2026-10-14\); at least 95% \(2026-10-15 to 2026-10-31\)/);
    assert.match(report, /2026-10-01 to 2026-10-14: 90%, 9 of 10; 2026-10-15 to 2026-10-31: 80%, 8 of 10/);
  });
});
