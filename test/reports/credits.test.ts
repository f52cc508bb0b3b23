import assert from 'node:assert/strict';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { printMoney } from '../../language/values/money.ts';
import { parsePeriod, type Period } from '../../language/values/period.ts';
import type { Figure } from '../../server/measurement/figure.ts';
import { creditStates, creditTotal } from '../../server/reports/facts/credits.ts';
import { FigureIndex } from '../../server/reports/facts/figures.ts';

function totalOf(facts: string, figures: readonly Partial<Figure>[], period = '2026-03'): unknown {
  const model = new ProjectModel();
  model.update('m.itsms', new FragmentBuilder().build('m.itsms', `service mail\ncustomer retail\nsla gold for mail with retail {\n target uptime availability >= 99.8% per month\n target p1 restore within 4h for 95% per month\n ${facts}\n}`));
  const agreement = model.get('Agreement', 'gold')!;
  const all = figures.map((figure): Figure => ({
    subject: { kind: 'target', agreement: 'gold', target: 'uptime' }, period: '2026-03', value: '99', unit: 'percent', excluded: [], verdict: 'missed', computation: '', missed: [], dataHash: '', ...figure,
  }));
  const of = parsePeriod(period) as Period;
  const index = new FigureIndex({ asOf: '2026-04-10', figures: all, checks: [], sources: [], findings: [], records: [] });
  const states = creditStates(agreement, index, of);
  const total = creditTotal(agreement, states, of);
  return total === undefined || typeof total === 'string' ? total : [states.map(({ state }) => state).join(), `${total.atLeast ? 'at least ' : ''}${printMoney(total.payable)}`, printMoney(total.sum)];
}

const p1 = { subject: { kind: 'target', agreement: 'gold', target: 'p1' }, value: '80', numerator: '8', denominator: '10' } as const;
const uptime = { numerator: '990', denominator: '1000' } as const;

describe('service credits in money', () => {
  it('are percentages of the fee of the period, exactly', () => {
    assert.deepEqual(totalOf('fee 1000 EUR per quarter credit 5% when uptime < 99.5%', [uptime]), ['due', '16.67 EUR', '16.67 EUR']);
    assert.deepEqual(totalOf('fee 120000 EUR per year credit 5% when uptime < 99.5%', [uptime]), ['due', '500 EUR', '500 EUR']);
  });

  it('are summed before they are rounded', () => {
    // Three times 1.6666… are 5, not 5.01.
    assert.deepEqual(totalOf('fee 100 EUR per quarter credit 5% when uptime < 99.5% credit 10% when p1 < 90%', [uptime, p1]), ['due,due', '5 EUR', '5 EUR']);
  });

  it('count the greatest tier of a target once, also between percentages and amounts', () => {
    assert.deepEqual(totalOf('fee 1000 EUR per month credit 5% when uptime < 99.5% credit 40 EUR when uptime < 99.9%', [uptime]), ['due,covered by a greater one', '50 EUR', '50 EUR']);
  });

  it('are capped', () => {
    assert.deepEqual(totalOf('fee 1000 EUR per month credit 5% when uptime < 99.5% credit 8% when p1 < 90% credit cap 10%', [uptime, p1]), ['due,due', '100 EUR', '130 EUR']);
    assert.deepEqual(totalOf('fee 1000 EUR per month credit 5% when uptime < 99.5% credit cap 10%', [uptime]), ['due', '50 EUR', '50 EUR']);
  });

  it('are at least what is known to be due', () => {
    assert.deepEqual(totalOf('credit 500 EUR when uptime < 99.5% credit 100 EUR when p1 < 90%', [uptime]), ['due,unknown', 'at least 500 EUR', '500 EUR']);
    assert.equal(totalOf('credit 500 EUR when uptime < 95%', [uptime]), undefined);
  });

  it('cannot be told without a fee, and are not added across currencies', () => {
    assert.equal(totalOf('credit 5% when uptime < 99.5%', [uptime]), 'The agreement states no fee that a percentage could be taken of');
    assert.equal(totalOf('credit 5 EUR when uptime < 99.5% credit 5 USD when p1 < 90%', [uptime, p1]), 'Credits in different currencies are not added');
  });

  it('are prorated with the fee of the first period, where the agreement says so', () => {
    assert.deepEqual(totalOf('valid 2026-03-17 to 2027-03-16 first period prorated fee 3100 EUR per month credit 10% when uptime < 99.5%', [uptime]), ['due', '150 EUR', '150 EUR']);
  });

  it('speak of the whole of a period in which the target changed', () => {
    const parts = [{ ...uptime, value: '99' }, { numerator: '3000', denominator: '3000', value: '100' }].map((part) => ({ subject: { kind: 'target', agreement: 'gold', target: 'uptime' }, period: '2026-03', unit: 'percent', excluded: [], verdict: 'met', computation: '', missed: [], dataHash: '', ...part }) as Figure);
    assert.equal(totalOf('credit 5 EUR when uptime < 99.5%', [{ ...parts[0]!, parts }]), undefined);
  });

  it('are due once: with the month in which their quarter ends', () => {
    const quarter = { ...uptime, period: '2026-Q1' };
    const facts = 'fee 300 EUR per month credit 10% when uptime < 99.5%';
    assert.deepEqual(totalOf(facts, [quarter], '2026-03'), ['due', '90 EUR', '90 EUR']);
    assert.equal(totalOf(facts, [quarter], '2026-04'), undefined);
  });
});
