import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { dashboard } from '../../server/reports/dashboard/dashboard.ts';
import { isWithin, narrowed, type Narrowing } from '../../server/reports/narrowing.ts';
import { renderMarkdown } from '../../server/reports/renderers/markdown.ts';
import { sampleInput } from './sample-input.ts';

function text(narrowing: Narrowing): string {
  return renderMarkdown(dashboard.build(narrowed(sampleInput(), narrowing)));
}

describe('a narrowed dashboard', () => {
  it('says what it was narrowed to', () => {
    assert.match(text({ service: 'email', clause: '8.6' }), /Only what concerns service Corporate e-mail and clause 8\.6/);
    assert.equal(dashboard.build(narrowed(sampleInput(), { customer: 'retail' })).id, 'dashboard-retail');
  });

  it('is the whole where nothing is named', () => {
    const input = sampleInput();
    assert.equal(narrowed(input, {}), input);
  });

  it('holds the targets of a customer and nothing of any other', () => {
    const retail = text({ customer: 'retail' });
    assert.match(retail, /E-mail, gold/);
    assert.doesNotMatch(retail, /Harbour Bank|Card payments|Payments, platinum/);
    assert.match(text({ customer: 'bank' }), /Payments, platinum/);
  });

  it('holds nothing agreed with another customer of the same service', () => {
    const model = 'organization a "A" { scope "All" }\ncustomer x "X"\ncustomer y "Y"\nservice s "S" { customer x, y }\nsla one "One" for s with x { target uptime availability >= 99% per month }\nsla two "Two" for s with y { target uptime availability >= 98% per month }\n';
    const { model: kept } = narrowed(sampleInput({}, model), { customer: 'x' });
    assert.deepEqual([kept.all('Agreement').map(({ name }) => name), kept.all('Customer').map(({ name }) => name), kept.all('Service').map(({ name }) => name)], [['one'], ['x'], ['s']]);
  });

  it('holds what is agreed and reviewed of a service', () => {
    const email = text({ service: 'email' });
    assert.match(email, /E-mail, gold/);
    assert.doesNotMatch(email, /Payments, platinum/);
    assert.match(text({ service: 'hosting-a' }), /SkyNet hosting contract/);
  });

  it('holds the nonconformities and rows of a clause, with all below it', () => {
    const incidents = text({ clause: '8.6' });
    assert.match(incidents, /Payments runbook is out of date/);
    assert.doesNotMatch(incidents, /Supplier review overdue/);
    assert.match(text({ clause: '8' }), /Payments runbook is out of date/);
    const { requirements } = narrowed(sampleInput(), { clause: '8.6' }).assessment;
    assert.ok(requirements.length > 0 && requirements.every(({ id }) => id.startsWith('8.6.')));
  });

  it('shows no share of catalogue rows where rows do not belong to what is shown', () => {
    assert.match(text({ clause: '8.6' }), /Catalogue rows with a gap/);
    assert.doesNotMatch(text({ customer: 'retail' }), /Catalogue rows with a gap/);
  });

  it('narrows further by each that is named', () => {
    const kept = (narrowing: Narrowing): string[] => narrowed(sampleInput(), narrowing).model.all('Agreement').map(({ name }) => name);
    assert.deepEqual(kept({ customer: 'retail' }).filter((name) => kept({ service: 'email' }).includes(name)), kept({ customer: 'retail', service: 'email' }));
    assert.deepEqual(kept({ customer: 'bank', service: 'email' }), []);
  });

  it('counts for the owner of a role who holds it', () => {
    const model = 'organization a "A" { scope "All" }\nperson ann "Ann"\nperson ben "Ben"\nrole lead "Lead" held by ann\nservice s "S" { owner lead }\nservice t "T" { owner ben }\n';
    const services = (owner: string): string[] => narrowed(sampleInput({}, model), { owner }).model.all('Service').map(({ name }) => name);
    assert.deepEqual([services('ann'), services('lead'), services('ben')], [['s'], ['s'], ['t']]);
  });

  it('still knows by name what it does not list', () => {
    const { model } = narrowed(sampleInput(), { customer: 'retail' });
    assert.equal(model.get('Service', 'payments')?.title, 'Card payments');
    assert.equal(model.all('Organization').length, 1);
  });

  it('takes clauses by their numbers, not by their letters', () => {
    assert.deepEqual(['8.6', '8.6.1', '8.6#1', '8.60.1', '8'].map((id) => isWithin(id, '8.6')), [true, true, true, false, false]);
  });
});
