import assert from 'node:assert/strict';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { managementReview } from '../../server/reports/management-review/management-review.ts';
import { reviewInputs } from '../../server/reports/management-review/inputs.ts';
import { renderHtml } from '../../server/reports/renderers/html.ts';
import { renderMarkdown } from '../../server/reports/renderers/markdown.ts';
import { documentLanguages } from '../../server/reports/words/languages.ts';
import { wordsIn } from '../../server/reports/words/words.ts';
import type { ReportInput } from '../../server/reports/report.ts';
import { exampleInput, inputOf } from './example-input.ts';
import { assertGolden } from './golden.ts';
import { sampleInput, sampleMeasurements } from './sample-input.ts';

const base = 'organization o "O" { top management kate }\nperson kate "Kate"\nperson anna "Anna"\n';

function textOf(text: string, more: Partial<ReportInput> = {}): string {
  return renderMarkdown(managementReview.build(inputOf(text, more)));
}

/** The part of an input, up to the next. */
function inputText(text: string, letter: string): string {
  const [, rest = ''] = text.split(`### ${letter}) `);
  return rest.split(/^##/m)[0] ?? '';
}

describe('management review pack', () => {
  it('reads as accepted', () => {
    assertGolden('management-review.md', renderMarkdown(managementReview.build(exampleInput('acme', { review: 'management-review-2026-h2', measurements: sampleMeasurements }))));
  });

  it('has every input that the catalogue names, in its order, and calls each that is empty a gap', () => {
    const named = catalogue.demands.filter(({ clause, id }) => clause === '9.3' && /^9\.3\.[a-z]/.test(id)).map(({ id }) => id);
    assert.deepEqual(reviewInputs.map(({ row }) => row), named);
    const text = textOf('organization o "O"');
    for (const { row } of reviewInputs) {
      const letter = row.replace('9.3.', '');
      assert.match(inputText(text, letter), letter === 'a' ? /nothing to follow up/ : /Gap: nothing is known of this input/, row);
    }
    assert.match(text, /\*\*1\*\* of 14 ■ R – empty: b, c1, c2, c3, d, e, f, g, h, i, j, k and l/);
  });

  it('is filled by the complete example but for what no figure says', () => {
    const without = renderMarkdown(managementReview.build(exampleInput('acme')));
    assert.match(without, /\*\*12\*\* of 14 ■ R – empty: c2 and h/);
    assert.match(inputText(without, 'h'), /Gap/);
    assert.doesNotMatch(renderMarkdown(managementReview.build(sampleInput())), /### h\)[^#]*Gap/);
  });

  it('follows up what earlier reviews decided, and says what is late', () => {
    const text = textOf(`${base}management review one "One" { held 2026-01-10 decision "Buy it" owner anna due 2026-03-01 done 2026-02-20 decision "Write it" owner kate due 2026-10-01 decision on change "Nothing is to change" }
management review two "Two" { held 2026-06-10 decision "Test it" owner anna due 2027-01-31 }`);
    assert.match(inputText(text, 'a'), /\| Test it \| Two \| Anna \| 2027-01-31 \| open \|\n\| Buy it \| One \| Anna \| 2026-03-01 \| done 2026-02-20 \|\n\| Write it \| One \| Kate \| 2026-10-01 \| overdue since 2026-10-01 \|/);
    assert.doesNotMatch(inputText(text, 'a'), /Nothing is to change/);
    assert.match(text, /Earlier actions done: \*\*1\*\* of 3/);
    assert.match(text, /changed since the review of 10 June 2026/);
  });

  it('is about a review that was held, with what it looked at, concluded and decided', () => {
    const text = textOf(`${base}management review one "One" { held 2026-06-10 chair kate attendees anna inputs auto input policies "All five still suit" source "minutes, page 2" conclusion "It works" decision on resources "Hire one" owner anna due 2026-09-01 minutes "m.md" }`, { review: 'one' });
    assert.match(text, /\*\*Held\*\*: 10 June 2026[^]*\*\*Chair\*\*: Kate[^]*\*\*Attendees\*\*: Anna[^]*\*\*Minutes\*\*: m\.md/);
    assert.match(inputText(text, 'f'), /Looked at in the review:\n\n- All five still suit \(minutes, page 2\)/);
    assert.match(text, /It works[^]*\| Hire one \| resources \| Anna \| 2026-09-01 \| overdue since 2026-09-01 \|/);
    assert.match(text, /To be decided, and not recorded: on improvement, or that nothing is to become better and on changes of the system/);
    assert.match(text, /\*\*Kate\*\*, chair {2}\nSignature/);
  });

  it('takes a review that is declared and not held yet for the next, and names top management to lead it', () => {
    const text = textOf(`${base}management review one "One" { held 2026-06-10 chair kate }\nmanagement review two "Two" { attendees anna }`);
    assert.match(text, /^Two$/m);
    assert.match(text, /\*\*Chair\*\*: to be named; top management is Kate/);
    assert.match(text, /\*\*Kate\*\*, top management/);
  });

  it('counts nothing that came after the review', () => {
    const text = textOf(`${base}management review one "One" { held 2026-06-10 chair kate }\naudit early "Early" { held 2026-05-01 }\naudit late "Late" { held 2026-07-01 }`, { review: 'one' });
    assert.match(inputText(text, 'c3'), /Early/);
    assert.doesNotMatch(inputText(text, 'c3'), /Late/);
  });

  it('shows figures with what they rest on, those that fell short first', () => {
    const text = renderMarkdown(managementReview.build(sampleInput()));
    assert.match(inputText(text, 'h'), /Service level targets in October 2026: \d of \d with a verdict were met/);
    assert.match(inputText(text, 'h'), /\| E-mail, gold \| ACME Retail \| Restoration of P1 within 4 hours \| at least 95% per month \| 77\.41% \| 24 of 31 \| ■ R \|/);
    assert.match(inputText(text, 'c2'), /First-contact resolution \| at least 70% \| 73\.8% \| 738 of 1,000/);
    assert.match(inputText(text, 'g'), /Fewer calls that come back \| First-contact resolution \| 68% \| at least 75% \| 2026-12-31 \| 73\.8%/);
    assert.match(inputText(text, 'h'), /Workload beyond its limit: E-mail, gold: tickets\./);
  });

  it('can be made of the small example in each language, and of hostile titles', () => {
    for (const language of documentLanguages) assert.match(renderMarkdown(managementReview.build(exampleInput('small-provider', { words: wordsIn(language) }))), language === 'de' ? /Managementbewertung/ : /Management review/);
    const hostile = 'organization o "<script>" { top management p }\nperson p "<img src=x>"\nrisk r "<svg onload=x>" { cause "<b>" }\nmanagement review m "<b>" { input risks "<script>" decision "<b>" owner p }';
    assert.doesNotMatch(renderHtml(managementReview.build(inputOf(hostile))), /<script|<img|<svg onload|<b>/);
  });

  it('is written in German where the organization asks for it', () => {
    const text = renderMarkdown(managementReview.build(exampleInput('acme', { words: wordsIn('de'), review: 'management-review-2026-h2' })));
    assert.match(text, /### k\) Risiken und ihre Behandlung/);
    assert.match(text, /Quelle: Entscheidungen früherer Managementbewertungen\./);
    assert.doesNotMatch(text, /\b(?:Owner|Attendees|Sign-off|Looked for|overdue since|no gap found)\b/);
  });
});
