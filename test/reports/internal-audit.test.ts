import assert from 'node:assert/strict';
import { internalAudit } from '../../server/reports/internal-audit/internal-audit.ts';
import { renderHtml } from '../../server/reports/renderers/html.ts';
import { renderMarkdown } from '../../server/reports/renderers/markdown.ts';
import { wordsIn } from '../../server/reports/words/words.ts';
import type { ReportInput } from '../../server/reports/report.ts';
import { itsms } from '../support/command.ts';
import { exampleInput } from './example-input.ts';
import { assertGolden } from './golden.ts';
import { sampleInput, sampleMeasurements } from './sample-input.ts';
import { join } from 'node:path';

const audits = `audit programme y "Programme" { period 2026 every 6mo methods "Talks" owner lena audits spring, autumn }
audit spring "Spring" { programme y covers iso20000:8.6 own requirements scope "Incidents" auditor omar planned 2026-04-01 held 2026-04-02 conclusion "Done as written" sample "40 records" reported to kate on 2026-04-10 }
audit autumn "Autumn" { programme y covers iso20000:9 auditor lena planned 2026-12-01 }
audit missed "Missed" { covers iso20000:4 auditor lena planned 2026-09-01 }
nonconformity a "No entry on closing" { from spring against iso20000:8.6.1 grade minor detected 2026-04-02 correction "Completed" cause "Not asked for" action "Ask for it" owner omar due 2026-05-01 done 2026-04-30 effective yes checked 2026-06-01 status closed closed 2026-06-01 }
nonconformity b "No review" { from spring against iso20000:8.6.1.b grade major detected 2026-04-02 action "Review" owner omar due 2026-07-01 status open }
nonconformity c "Found elsewhere" { grade minor status open }
person omar "Omar Said"
person lena "Lena Ruiz" { outside organization }
person kate "Kate"
process incident "Incident management" { owner omar satisfies iso20000:8.6.1 }
process review "Management review" { owner kate satisfies iso20000:9.3 }
process asset "Asset management" { owner kate satisfies iso20000:8.2.5 }
`;

function textOf(more: Partial<ReportInput> = {}, model = audits): string {
  return renderMarkdown(internalAudit.build(sampleInput({ measurements: undefined, ...more }, model)));
}

function rowsWith(text: string, ...words: readonly string[]): readonly string[] {
  return text.split('\n').filter((line) => line.startsWith('|') && words.every((word) => line.includes(word)));
}

describe('internal audit report', () => {
  it('tells which clauses and processes were looked at, are planned, and are neither', () => {
    const text = textOf();
    assert.equal(rowsWith(text, '**8.6.1** ', '2026-04-02', 'Spring').length, 1);
    assert.equal(rowsWith(text, '**9.3** ', 'planned', 'Autumn').length, 1);
    assert.equal(rowsWith(text, '**8.2.5** ', 'neither held nor planned').length, 1);
    assert.match(text, /\d+ of 62 clauses with requirements were looked at; neither held nor planned: 4\.1, /);
    assert.match(text, /1 of 3 processes were looked at\./);
    assert.equal(rowsWith(text, '**Asset management**', 'neither held nor planned').length, 1);
  });

  it('says which audit was planned and not held', () => {
    assert.match(textOf(), /“Missed” was planned for 1 September 2026 and has not been held\./);
  });

  it('says who looks at own work, by the process owned', () => {
    const text = textOf();
    assert.equal(rowsWith(text, 'Omar Said', 'Spring', '**owns Incident management**').length, 1);
    assert.equal(rowsWith(text, 'Lena Ruiz', 'Autumn', 'from outside the organization', 'audits none of their own work').length, 1);
    assert.match(text, /In 1 of 2 cases an auditor looks at work of their own\./);
  });

  it('lists findings of the cycle by grade, and no others', () => {
    const text = textOf();
    assert.match(text, /Of 2 findings: 1 major, 1 minor, 0 observations, 0 not graded\./);
    assert.ok(text.indexOf('**No review**') < text.indexOf('**No entry on closing**'));
    assert.doesNotMatch(text, /Found elsewhere/);
  });

  it('tells actions that worked from those not checked', () => {
    const text = textOf();
    assert.match(text, /Of 2 findings the actions of 1 have been checked, and those of 1 worked\./);
    assert.equal(rowsWith(text, '**No review**', 'overdue since 2026-07-01', 'not checked yet').length, 1);
    assert.equal(rowsWith(text, '**No entry on closing**', 'done 2026-04-30', 'effective', '2026-06-01').length, 1);
  });

  it('says what the programme lacks', () => {
    const text = textOf();
    assert.match(text, /\*\*Methods\*\*: Talks/);
    assert.match(text, /\*\*Responsibilities\*\*: not declared/);
    assert.match(textOf({}, ''), /No audit programme is declared for this day/);
  });

  it('prints samples with seed, population and keys', () => {
    const samples = [
      { source: 'tickets', recordKind: 'incident', seed: 'dice', from: '2025-11-22', to: '2026-11-22', population: 20400, withoutKey: 3, drawn: [{ key: 'INC7', on: '2026-02-01' }, { key: 'INC2' }] },
      { source: 'far', recordKind: 'incident', seed: 'dice', to: '2026-11-22', population: 0, withoutKey: 0, drawn: [], reason: 'elsewhere' as const },
    ];
    const text = textOf({ measurements: { ...sampleMeasurements, samples } });
    assert.match(text, /Seed: `dice`/);
    assert.equal(rowsWith(text, '`tickets`', '20,400', '2', 'INC7, INC2').length, 1);
    assert.equal(rowsWith(text, '`far`', 'Its records stay in their database.').length, 1);
    assert.match(text, /From 1 of 2 sources, .* up to 22 November 2026.*: 3\./);
    assert.match(textOf(), /No records were read, so none are drawn\./);
  });

  it('says of a model without audits that nothing is known', () => {
    const text = textOf({}, 'organization o "O"\n');
    assert.match(text, /No internal audit has been held in this cycle, so nothing is known from audits\./);
    assert.match(text, /No audit has been held, so there are none\./);
    assert.doesNotMatch(text, /complian/i);
  });

  it('writes hostile titles as text', () => {
    const hostile = 'audit a "<script>alert(1)</script>" { covers iso20000:4 held 2026-10-01 auditor p finding "<img src=x>" sample "<b>" conclusion "</td>" }\nperson p "<svg onload=x>"\nnonconformity n "<b>x</b>" { from a nature "<i>" }\n';
    assert.doesNotMatch(renderHtml(internalAudit.build(sampleInput({ measurements: undefined }, hostile))), /<script|<img|<b>|<i>|<svg onload/);
  });

  it('speaks German where the organization does', () => {
    const text = textOf({ words: wordsIn('de') });
    assert.match(text, /# Bericht über interne Audits/);
    assert.match(text, /2 Feststellungen: 1 Hauptabweichungen, 1 Nebenabweichungen/);
    assert.match(text, /noch nicht geprüft/);
  });

  it('reads as accepted', () => {
    assertGolden('internal-audit.md', renderMarkdown(internalAudit.build(exampleInput('acme'))));
  });

  it('is made of the example of a small provider, with records drawn by the seed that was asked for', async () => {
    const folder = join(import.meta.dirname, '../../examples/small-provider');
    const { code, out } = await itsms(folder, 'report', 'internal-audit', '--sample-seed', 'dice', '--format', 'md', '--out', '-');
    assert.equal(code, 0);
    assert.match(out, /Seed: `dice`/);
  }).timeout(120_000);
});
