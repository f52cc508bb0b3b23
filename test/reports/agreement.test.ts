import assert from 'node:assert/strict';
import fc from 'fast-check';
import { agreementDocument } from '../../server/reports/agreement/agreement.ts';
import { plain } from '../../server/reports/block-builders.ts';
import type { Block, Document } from '../../server/reports/blocks.ts';
import { renderHtml } from '../../server/reports/renderers/html.ts';
import { renderMarkdown } from '../../server/reports/renderers/markdown.ts';
import { documentLanguages } from '../../server/reports/words/languages.ts';
import { wordsIn } from '../../server/reports/words/words.ts';
import type { EntityKey } from '../../language/model/declarations.ts';
import { exampleInput } from './example-input.ts';
import { assertGolden } from './golden.ts';
import { sampleInput, sampleText } from './sample-input.ts';

function documentOf(agreement: string, text = sampleText): Document {
  return agreementDocument.build(sampleInput({ agreement, remarks: [] }, text));
}

function textOf(agreement: string, text = sampleText): string {
  return renderMarkdown(documentOf(agreement, text));
}

function sections(blocks: readonly Block[]): string[] {
  return blocks.flatMap((block) => (block.kind === 'section' && block.heading !== undefined ? [plain(block.heading)] : []));
}

const people = 'organization o "Provider" { legal name "Provider Ltd" }\nperson anna "Anna"\ncustomer shop "Shop" { contact "Head of stores" escalation contact "The board" relationship manager anna }\nservice mail "Mail" { summary "Mailboxes" outcome "People write" }\ncalendar desk "Desk" { timezone Europe/Berlin open Mon-Fri 08:00-18:00 open Sat 09:00-12:00 holidays DE-BY closed 2026-12-24 maintenance Sun 22:00-02:00 because "Announced" }\npriority P1 "Critical" when impact high and urgency high\n';

describe('the document of an agreement', () => {
  it('reads as accepted', () => {
    assertGolden('agreement-email-gold.md', renderMarkdown(agreementDocument.build(exampleInput('acme', { agreement: 'email-gold' }))));
  });

  it('is made for every agreement of the examples, numbered without a gap, with room to sign for both parties', () => {
    for (const example of ['acme', 'small-provider'] as const) {
      const input = exampleInput(example);
      for (const { name } of input.model.all('Agreement')) {
        for (const language of documentLanguages) {
          const document = agreementDocument.build({ ...input, agreement: name, words: wordsIn(language) });
          const headings = sections(document.blocks).filter((heading) => /^\d/.test(heading));
          assert.deepEqual(headings.map((heading) => Number.parseInt(heading, 10)), headings.map((_, index) => index + 1));
          assert.match(renderMarkdown(document), language === 'de' ? /Unterschrift/ : /Signature/);
        }
      }
    }
  });

  it('says of each target what starts, stops and pauses the clock, which hours count, what counts and what is left out', () => {
    const text = textOf('gold', `${people}
source tickets "Desk tool" of incident from "t.csv" { pause while state starts with "Awaiting" map opened, restored }
sla gold "Gold" for mail with shop {
  service hours desk
  support hours desk
  target up availability >= 99.5% per month from tickets
  target p1 restore P1 within 2 working days for 90% per month from tickets where channel = "phone" minimum sample 20
  target answer respond within 30min on average per quarter from tickets in always
  except maintenance, "force majeure"
}`);
    assert.match(text, /divided by the agreed service time \(Desk\)\./);
    assert.match(text, /Announced maintenance, and outages recorded as planned, are taken out of both\./);
    assert.match(text, /recorded cause is one of these are taken out of both: force majeure\./);
    assert.match(text, /starts when the record is opened and stops when the service is restored\./);
    assert.match(text, /runs in these hours only: Desk\.[^]*Working days end at the close of business/);
    assert.match(text, /The clock stands still while `state starts with "Awaiting"`\./);
    assert.match(text, /for which `channel = "phone"` holds\./);
    assert.match(text, /With fewer than 20 records no verdict is given\./);
    assert.match(text, /\*\*Target 3\*\*[^]*stops when work on it begins\.[^]*runs all of the time\.[^]*The average is over the records that are finished\./);
    assert.match(text, /Response within 30 minutes on average \| at most 30 minutes per quarter \| all of the time/);
    assert.match(text, /Monday to Friday 08:00–18:00, Saturday 09:00–12:00; closed on public holidays \(Bayern, Germany\); closed on 24 December 2026; time zone Europe\/Berlin/);
    assert.match(text, /Sunday 22:00–02:00 of the next day, time zone Europe\/Berlin \(Announced\)/);
  });

  it('counts several services as one where the figure does', () => {
    const text = textOf('both', `${people}service chat "Chat"\nsla both for mail, chat with shop { target up availability >= 99% per month }`);
    assert.match(text, /The services count as one, which is down while any of them is: Mail, Chat\./);
    const weighted = textOf('both', `${people}service chat "Chat"\nsla both for mail, chat with shop { number of users 30 for mail, 40 for chat target up availability >= 99% weighted by users per month }`);
    assert.match(weighted, /counts once for each of its users/);
    assert.doesNotMatch(weighted, /count as one/);
    assert.match(weighted, /\| Chat \|.*\| 40 \|/);
  });

  it('names who concludes it, and whom to turn to, by the kind of agreement', () => {
    assert.match(textOf('gold', `${people}sla gold for mail with shop`), /\| Provider Ltd \| service provider \| Anna \| The board \|\n\| Shop \| customer \| Head of stores \| – \|/);
    assert.match(textOf('buy', `${people}supplier host "Host" { manager anna contact "noc@host.example" escalation contact "Director" }\ncontract buy with host for mail { fee 500 EUR per month }`), /Provider Ltd \| buyer \| Anna[^]*Host \| supplier \| noc\\?@host\.example \| Director[^]*Provider Ltd pays 500 EUR per month/);
    assert.match(textOf('ops', `${people}team ops-team "Operations" lead anna\nola ops by ops-team for mail { activities "Runs it" }`), /Operations \| internal supplier \| Anna[^]*\*\*What Operations does\*\*\n\n- Runs it/);
  });

  it('says first that it is a draft, has ended, or does not hold yet', () => {
    const of = (facts: string): string => textOf('gold', `${people}sla gold for mail with shop { ${facts} }`);
    assert.match(of('valid 2026-01-01'), /Draft: nobody is recorded/);
    assert.match(of('valid 2025-01-01 to 2025-12-31 agreed by anna on 2024-12-01'), /This agreement ended on 31 December 2025\./);
    assert.match(of('valid 2027-01-01 agreed by anna on 2026-11-01'), /comes into force on 1 January 2027\./);
    assert.doesNotMatch(of('valid 2026-01-01 agreed by anna on 2025-12-01'), /Draft|ended on|comes into force/);
  });

  it('states the targets that hold on the day, and of an agreement to come those of its first day', () => {
    const targets = 'target p restore within 8h for 90% per month target p restore within 4h for 95% per month since 2026-11-01 target p restore within 2h for 95% per month since 2027-01-01';
    const of = (facts: string): string => textOf('gold', `${people}sla gold for mail with shop { ${facts} ${targets} }`);
    assert.match(of('valid 2026-01-01'), /Restoration within 4 hours \| at least 95% per month/);
    assert.match(of('valid 2027-01-01'), /Restoration within 2 hours/);
    assert.doesNotMatch(of('valid 2026-01-01'), /\| Restoration within [82] hours/);
  });

  it('lists what it lacks on a page of its own behind the signatures, and only where something is lacking', () => {
    const lacking = documentOf('gold', `${people}sla gold for mail with shop { target up availability >= 99% per month credit 5% when up < 98% }`);
    assert.deepEqual(lacking.blocks.slice(-3).map(({ kind }) => kind), ['page-break', 'callout', 'list']);
    assert.match(renderMarkdown(lacking), /\*\*Internal note\*\* – Not a part[^]*take this page out[^]*no fee is declared/);
    // Whoever takes the page out leaves no trace of it in the contents.
    assert.ok(!sections(lacking.blocks).some((heading) => heading.includes('nternal')));
    const remark = { row: '8.3.3.4', severity: 'error', remark: { kind: 'shortfall', axis: 'declared', message: 'No workload limit is stated.', place: { entity: 'Agreement:gold' as EntityKey }, related: [], fixes: [] } } as const;
    const noted = renderMarkdown(agreementDocument.build(sampleInput({ agreement: 'gold', remarks: [remark, { ...remark, remark: { ...remark.remark, message: 'Of another.', place: { entity: 'Agreement:other' as EntityKey } } }] }, `${people}sla gold for mail with shop`)));
    assert.match(noted, /No workload limit is stated\. \(clause 8\.3\.3\.4\)/);
    assert.doesNotMatch(noted, /Of another/);
    assert.doesNotMatch(textOf('gold', `${people}sla gold for mail with shop`), /Internal note/);
  });

  it('holds nothing of another customer, in any model', () => {
    const customers = ['a', 'b'] as const;
    const facts = fc.record({ requirementOf: fc.constantFrom(...customers, undefined), reportTogether: fc.boolean(), aligned: fc.boolean() });
    fc.assert(
      fc.property(facts, ({ requirementOf, reportTogether, aligned }) => {
        const text = [
          'organization o "O"', 'person boss "Boss"', ...customers.map((one) => `customer ${one} "Company-${one}" { contact "Contact-${one}" escalation contact "Escalation-${one}" }`), 'service s "S" { customer a, b }',
          `service requirement need "Need-${requirementOf ?? 'none'}" for s { statement "Statement-${requirementOf ?? 'none'}" ${requirementOf === undefined ? '' : `source ${requirementOf}`} }`,
          ...customers.map((one) => `sla sla-${one} "Sla-${one}" for s with ${one} { agreed with a, b by boss on 2026-01-01 based on need target up availability >= 99% per month ${aligned ? `aligned with sla-${one === 'a' ? 'b' : 'a'}` : ''} }`),
          `service report r "Report-${reportTogether ? 'both' : 'a'}" for sla-a${reportTogether ? ', sla-b' : ''} { audience a, b every month }`,
        ].join('\n');
        for (const one of customers) {
          const said = textOf(`sla-${one}`, text);
          const other = one === 'a' ? 'b' : 'a';
          for (const secret of ['Company', 'Contact', 'Escalation', 'Sla', 'Need', 'Statement']) assert.ok(!said.includes(`${secret}-${other}`), `${secret}-${other} stands in the agreement with ${one}`);
          assert.ok(!said.includes('Report-both'));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('is written in German where the organization asks for it', () => {
    const text = renderMarkdown(agreementDocument.build(exampleInput('acme', { agreement: 'email-gold', words: wordsIn('de') })));
    assert.match(text, /Wiederherstellung bei P3, Frist: 3 Arbeitstage \| mindestens 90\s% pro Monat/);
    assert.match(text, /Die Uhr läuft nur in diesen Zeiten: Office hours, Leeds\./);
    assert.doesNotMatch(text, /\b(?:Counted are|The clock|Signature|Between|Where it is)\b/);
  });

  it('writes hostile titles as text, and says that there is no agreement', () => {
    const hostile = 'organization o "<script>alert(1)</script>"\ncustomer c "<img src=x>" { contact "<b>" }\nservice s "<svg onload=alert(1)>" { summary "</td><script>" }\nsla a "<iframe>" for s with c { except "<b>" scope "<b>" obligation "<b>" target "<b>" }\n';
    assert.doesNotMatch(renderHtml(documentOf('a', hostile)), /<script|<img|<svg onload|<b>|<iframe/);
    assert.match(renderMarkdown(agreementDocument.build(sampleInput({}, ''))), /No agreement is declared\./);
  });
});
