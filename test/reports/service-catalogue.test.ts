import assert from 'node:assert/strict';
import fc from 'fast-check';
import { renderHtml } from '../../server/reports/renderers/html.ts';
import { renderMarkdown } from '../../server/reports/renderers/markdown.ts';
import { internalCatalogue } from '../../server/reports/service-catalogue/internal-catalogue.ts';
import { serviceCatalogue } from '../../server/reports/service-catalogue/service-catalogue.ts';
import { wordsIn } from '../../server/reports/words/words.ts';
import { exampleInput } from './example-input.ts';
import { assertGolden } from './golden.ts';
import { sampleInput, sampleText } from './sample-input.ts';

const catalogue = 'catalogue services "Our services" { owner anna  lists all  access "Each customer its own part"  published at "https://services.acme.example"  audience retail, bank  review every 12mo last 2026-06-30 }\n';
const model = `${sampleText}\n${catalogue}`;

function textFor(customer: string | undefined, text = model): string {
  return renderMarkdown(serviceCatalogue.build(sampleInput(customer === undefined ? {} : { customer }, text)));
}

describe('service catalogue', () => {
  it('reads as accepted', () => {
    assertGolden('service-catalogue-retail.md', renderMarkdown(serviceCatalogue.build(exampleInput('acme', { customer: 'retail' }))));
  });

  it('says of a service what was agreed with the customer who reads it, with hours in words', () => {
    const text = textFor('retail');
    assert.match(text, /\| Restoration of P1 within 4 hours \| at least 95% per month \| UK office hours \|/);
    assert.match(text, /\*\*Support hours\*\*: Monday to Friday 08:00–18:00; closed on public holidays \(England, United Kingdom\); time zone Europe\/London/);
    assert.match(text, /\*\*Service hours\*\*: at any time, every day round the clock/);
    assert.match(text, /\*\*Rests on\*\*: Hosting, Leeds/);
    assert.match(text, /\| P1 \| Critical \| impact is high and urgency is high \|/);
  });

  it('holds nothing of another customer', () => {
    for (const foreign of ['Harbour', 'bank', 'ayments', 'platinum']) assert.ok(!textFor('retail').includes(foreign), foreign);
    for (const foreign of ['Retail', 'e-mail', 'gold']) assert.ok(!textFor('bank').replace(/https\S+/g, '').includes(foreign), foreign);
  });

  it('names a service to nobody but those who may read about it, nor what was agreed with others, in any model', () => {
    const customers = ['a', 'b'] as const;
    const some = fc.subarray([...customers]);
    const services = fc.array(fc.record({ customers: some, audience: fc.option(some, { nil: undefined }), dependsOn: fc.array(fc.nat(7), { maxLength: 3 }), agreedWith: some }), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(services, (all) => {
        const names = all.map((_, index) => `s${index}`);
        const text = [
          'organization o "O"', ...customers.map((customer) => `customer ${customer} "Company-${customer}" { users "people-of-${customer}" }`),
          ...all.map(({ customers: own, dependsOn }, index) => `service s${index} "Title-s${index}" { summary "summary-s${index}" ${own.length === 0 ? '' : `customer ${own.join(', ')}`} ${dependsOn.map((on) => (on < all.length && on !== index ? `depends on s${on}` : '')).join(' ')} }`),
          ...all.flatMap(({ agreedWith }, index) => agreedWith.map((customer) => `sla sla-${customer}-${index} "Sla-${customer}-s${index}" for s${index} with ${customer} { target up availability >= 99% per month }`)),
          `catalogue c "C" { lists all audience a, b ${all.map(({ audience }, index) => (audience === undefined || audience.length === 0 ? '' : `entry s${index} { audience ${audience.join(', ')} }`)).join('\n')} }`,
        ].join('\n');
        for (const reader of [...customers, undefined]) {
          const said = textFor(reader, text);
          for (const [index, name] of names.entries()) {
            const { customers: own, audience, agreedWith } = all[index]!;
            const meantFor: readonly string[] = audience !== undefined && audience.length > 0 ? audience : own.length > 0 ? own : agreedWith;
            const isForSomebody = own.length > 0 || agreedWith.length > 0;
            const allowed = reader === undefined ? customers.every((customer) => meantFor.includes(customer)) : meantFor.includes(reader);
            if (isForSomebody && !allowed) assert.ok(!said.includes(`Title-${name}`) && !said.includes(`summary-${name}`), `${reader ?? 'everybody'} reads of ${name}:\n${text}\n${said}`);
            for (const other of customers) if (other !== reader) assert.ok(!said.includes(`Sla-${other}-${name}`), `${reader ?? 'everybody'} reads of the agreement of ${other}`);
          }
          for (const other of customers) if (other !== reader) assert.ok(!said.includes(`Company-${other}`) && !said.includes(`people-of-${other}`));
        }
      }),
      { numRuns: 150 },
    );
  }).timeout(120_000);

  it('is without a customer what every customer may read: without targets, for these are agreed with each', () => {
    const text = textFor(undefined, model.replace('customer retail  status live', 'customer retail, bank  status live'));
    assert.match(text, /Corporate e-mail/);
    assert.doesNotMatch(text, /ayments|gold|99\.8|UK office/);
  });

  it('says what is planned apart, and leaves out what is retired or outside of the scope', () => {
    const more = 'service chat "Chat" { customer retail status planned since 2027-02-01 }\nservice fax "Fax" { customer retail status retired }\nservice post "Post" { customer retail }\n';
    const text = textFor('retail', `${model.replace('sites leeds, pune', 'outside post because "Run by others"')}\n${more}`);
    assert.match(text, /## Planned services\n\n### Chat\n[^]*planned from 1 February 2027/);
    assert.doesNotMatch(text, /Fax|\bPost\b/);
  });

  it('takes what an entry says for what the service says of itself', () => {
    const text = textFor('retail', model.replace('lists all', 'lists all entry email { summary "Mail for stores" outcome "Stores write" no dependencies audience retail }'));
    assert.match(text, /Mail for stores[^]*Stores write[^]*\*\*Rests on\*\*: no other service/);
  });

  it('says plainly that nobody declared what may be read', () => {
    assert.match(textFor('retail', sampleText), /No service catalogue is declared, so nothing says what customers may read\./);
    assert.match(textFor(undefined, `${sampleText}\n${catalogue.replace('audience retail, bank', '')}`), /No service catalogue says for whom it is meant/);
    assert.match(textFor('bank', `${sampleText}\n${catalogue.replace('retail, bank', 'retail')}`), /No service catalogue is declared as meant for this customer\./);
    assert.doesNotMatch(textFor('bank', `${sampleText}\n${catalogue.replace('retail, bank', 'retail')}`), /Card payments/);
  });

  it('is written in German where the organization asks for it', () => {
    const text = renderMarkdown(serviceCatalogue.build(exampleInput('acme', { customer: 'retail', words: wordsIn('de') })));
    assert.match(text, /Wiederherstellung bei P1, Frist: 4 Stunden \| mindestens 95\s% pro Monat/);
    assert.match(text, /Montag bis Freitag 08:00–18:00; an gesetzlichen Feiertagen geschlossen/);
    assert.doesNotMatch(text, /\b(?:at least|within|Service hours|Rests on)\b/);
  });

  it('writes hostile titles as text', () => {
    const hostile = 'organization o "<script>alert(1)</script>"\ncustomer c "<img src=x>"\nservice s "<svg onload=alert(1)>" { customer c summary "</p><script>" request via "javascript:alert(1)" }\ncatalogue k "<b>" { lists all audience c published at "javascript:alert(1)" }\n';
    for (const report of [serviceCatalogue, internalCatalogue]) assert.doesNotMatch(renderHtml(report.build(sampleInput({ customer: 'c' }, hostile))), /<script|<img|<svg onload|<b>|href="javascript/);
  });
});

describe('internal edition of the service catalogue', () => {
  const text = (of: string): string => renderMarkdown(internalCatalogue.build(sampleInput({}, of)));

  it('shows owners, agreements on all levels, what rests on what, and who may read it', () => {
    const of = text(model);
    assert.match(of, /### Corporate e-mail[^]*\*\*Owner\*\*: Anna Berg[^]*\*\*May read about it\*\*: ACME Retail/);
    assert.match(of, /### Hosting, Leeds[^]*\*\*Needed by\*\*: Corporate e-mail, Card payments[^]*SkyNet hosting contract \| Contract \| SkyNet Hosting/);
  });

  it('says what the catalogue lacks', () => {
    const of = text(sampleText);
    assert.match(of, /No service catalogue is declared/);
    assert.match(of, /Not declared: what it is and what it brings about\./);
    assert.match(text(`${sampleText}\n${catalogue.replace('lists all', 'lists email')}`), /2 of them are in no catalogue\./);
  });

  it('can be made of an empty model and of the small example', () => {
    assert.match(text(''), /No service is declared\./);
    assert.match(renderMarkdown(internalCatalogue.build(exampleInput('small-provider'))), /Hosted telephony/);
  });
});
