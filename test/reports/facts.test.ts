import assert from 'node:assert/strict';
import { dateFrom } from '../../language/values/date.ts';
import type { Figure, Verdict } from '../../server/measurement/figure.ts';
import { figureCaption, trendOf } from '../../server/reports/facts/captions.ts';
import { dueDates, horizon } from '../../server/analysis/due-dates.ts';
import { secondsInWords } from '../../language/values/duration.ts';
import { FigureIndex, basisInWords, printValue } from '../../server/reports/facts/figures.ts';
import { clauseInWords } from '../../server/reports/facts/names.ts';
import { agreementsInForce, promises } from '../../server/reports/facts/targets.ts';
import { openNonconformities } from '../../server/reports/dashboard/governance.ts';
import { sampleInput } from './sample-input.ts';

function figure(period: string, numerator: number, denominator: number, verdict: Verdict, target = '95%'): Figure {
  return { subject: { kind: 'target', agreement: 'a', target: 't' }, period, value: String((numerator / denominator) * 100), unit: 'percent', numerator: String(numerator), denominator: String(denominator), excluded: [], target: { comparison: '>=', value: target }, verdict, computation: '', missed: [], dataHash: '' };
}

function series(...figures: Figure[]) {
  const input = sampleInput();
  return new FigureIndex({ asOf: '', figures, checks: [], sources: [], findings: [], records: [] }).series({ kind: 'target', agreement: 'a', target: 't' }, input.period);
}

/** Numbers stay on the line of their unit by a space that does not break. */
const spaces = (text: string | undefined): string | undefined => text?.replaceAll('\u00a0', ' ');

describe('printed figures', () => {
  it('are never moved across their target', () => {
    assert.equal(printValue(figure('2026-10', 99_799, 100_000, 'missed', '99.8%')), '99.79');
    assert.equal(printValue(figure('2026-10', 9_999_999, 10_000_000, 'missed', '100%')), '99.99');
    assert.equal(printValue({ ...figure('2026-10', 1, 1, 'missed', '99.8%'), value: '99.7999999', numerator: '1.5' }), '99.79');
    assert.equal(printValue({ ...figure('2026-10', 1, 1, 'missed'), unit: 'score', value: '4.1999', numerator: '1.5', target: { comparison: '>=', value: '4.2' } }), '4.19');
    assert.equal(printValue({ ...figure('2026-10', 1, 1, 'missed'), unit: 'score', value: '4.2001', numerator: '1.5', target: { comparison: '<=', value: '4.2' } }), '4.21');
  });

  it('tell time in hours, minutes and seconds, whole', () => {
    assert.equal(spaces(secondsInWords(744 * 3600)), '744 h');
    assert.equal(spaces(secondsInWords(29 * 60 + 59)), '29 min 59 s');
    assert.equal(spaces(secondsInWords(0)), '0 min');
    assert.equal(spaces(basisInWords(figure('2026-10', 3540, 3600, 'missed'), 'time')), '1 min down of 1 h');
    assert.equal(basisInWords(figure('2026-10', 29, 31, 'missed'), 'deadlines'), '29 of 31');
  });
});

describe('captions', () => {
  it('say what a figure shows, by what was before', () => {
    const caption = (...figures: Figure[]): string => figureCaption('Restoration of P1', series(...figures), 'deadlines');
    assert.equal(caption(figure('2026-09', 31, 31, 'met'), figure('2026-10', 29, 31, 'missed')), 'Restoration of P1 fell below 95% in October 2026: 2 of 31 late, 93.54%.');
    assert.equal(caption(figure('2026-09', 20, 31, 'missed'), figure('2026-10', 29, 31, 'missed')), 'Restoration of P1 stayed below 95% in October 2026: 2 of 31 late, 93.54%.');
    assert.equal(caption(figure('2026-10', 29, 31, 'missed')), 'Restoration of P1 was below 95% in October 2026: 2 of 31 late, 93.54%.');
    assert.equal(caption(figure('2026-09', 20, 31, 'missed'), figure('2026-10', 31, 31, 'met')), 'Restoration of P1 met its target again of 95% in October 2026: 0 of 31 late, 100%.');
    assert.equal(caption(figure('2026-10', 2, 3, 'tooFew')), 'Restoration of P1 was 66.66% in October 2026, from a sample too small to judge: 1 of 3 late.');
    assert.equal(caption(), 'Restoration of P1: nothing is known in October 2026.');
  });

  it('tell an average as such, and what cannot be judged with what is known', () => {
    const average: Figure = { ...figure('2026-10', 360_000, 40, 'missed'), unit: 'seconds', value: '9000', sample: 40, target: { comparison: '<=', value: '2h' } };
    assert.equal(spaces(figureCaption('Restoration of P1', series(average), 'deadlines')), 'Restoration of P1 was above 2 h in October 2026: 2 h 30 min on average over 40 records.');
    assert.equal(spaces(basisInWords(average, 'deadlines')), '100 h over 40 records');
    const undecided: Figure = { ...figure('2026-10', 29, 31, 'unknown'), reason: 'It depends on 5 whose times are not known' };
    assert.equal(figureCaption('Restoration of P1', series(undecided), 'deadlines'), 'Restoration of P1 cannot be judged in October 2026: it depends on 5 whose times are not known. Of what is known 93.54%, 2 of 31 late.');
  });

  it('name a trend only by the run rule, and only while it lasts', () => {
    const months = ['2025-10', '2025-11', '2025-12', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05', '2026-06', '2026-07', '2026-08', '2026-09', '2026-10'];
    const of = (values: readonly number[]): string => trendOf(series(...values.map((value, index) => figure(months[index] ?? '', value, 1000, 'met')))).words;
    assert.equal(of([900, 920, 910, 930, 890, 950, 960, 950, 970, 980, 960, 950, 990]), 'better since March 2026');
    assert.equal(of([900, 920, 910, 930, 890, 800, 810, 820, 830, 840, 850, 860, 870]), 'worse since February 2026');
    assert.equal(of([900, 920, 910, 930, 890, 950, 960, 950, 970, 980, 960, 950, 900]), 'no shift');
    assert.equal(of([900, 990]), 'too short to say (2 of 13)');
  });
});

describe('due dates', () => {
  it('come from everything that has one, in the order of their days', () => {
    const { model, locator } = sampleInput();
    const dates = dueDates(model, locator);
    assert.deepEqual(
      dates.filter((due) => due.on < '2027-01-01').map((due) => `${due.on} ${due.subject}, ${due.event}`),
      [
        '2026-11-01 Service management policy, review due',
        '2026-11-15 Move the mail gateway out of the maintenance window, action due',
        '2026-12-01 Rotate the payment keys, action due',
        '2026-12-02 SkyNet Hosting, review due',
        '2026-12-14 Continuity test, June, evidence no longer valid',
        '2026-12-15 Dates moved into supplier blocks, action due',
        '2026-12-30 E-mail, gold, review due',
        '2026-12-31 E-mail, gold, agreement ends',
        '2026-12-31 Fewer calls that come back, objective to be reached',
        '2026-12-31 Payments, platinum, agreement ends',
      ],
    );
  });

  it('fall into one group each: overdue before the day, 30 days from it, then 60 and 90', () => {
    const { model, locator } = sampleInput();
    const groups = horizon(dueDates(model, locator), dateFrom('2026-12-01'));
    assert.ok(groups.overdue.every((due) => due.on < '2026-12-01'));
    assert.equal(groups.within30[0]?.on, '2026-12-01', 'what is due today is not overdue');
    assert.equal(groups.within30.at(-1)?.on, '2026-12-31', 'the thirtieth day belongs to the first group');
    assert.deepEqual(groups.within60.map((due) => due.on), ['2027-01-15']);
    assert.deepEqual(groups.within90.map((due) => due.on), ['2027-01-31', '2027-02-15']);
  });

  it('project the rhythm of certification from the planned day', () => {
    assert.deepEqual(
      sampleInput().certification.filter(({ event }) => event === 'milestone' || event === 'surveillance' || event === 'reassessment').map((day) => `${day.on} ${day.what}`),
      ['2027-03-31 Stage 2 audit', '2027-09-30 Surveillance audit', '2028-03-31 Surveillance audit', '2028-09-30 Surveillance audit', '2029-03-31 Surveillance audit', '2029-09-30 Surveillance audit', '2030-03-31 Reassessment'],
    );
  });

  it('tell the age of a nonconformity from its detection or the audit it comes from, and unknown otherwise', () => {
    assert.deepEqual(openNonconformities(sampleInput()).map(({ item, age }) => [item.name, age]), [['nc32', undefined], ['nc31', 39]]);
  });
});

describe('targets', () => {
  it('are those in force in the period: the last that began', () => {
    const text = 'customer c "C"\nservice s "S"\nsla a "A" for s with c { target up availability >= 99% per month\n target up availability >= 99.9% per month since 2026-07-01\n target later availability >= 90% per month since 2027-01-01 }\nsla old "Old" for s with c { valid 2020-01-01 to 2020-12-31 }\n';
    const { model, period } = sampleInput({}, text);
    const [agreement, ...others] = agreementsInForce(model, period);
    assert.deepEqual(others, []);
    assert.ok(agreement !== undefined);
    assert.deepEqual(promises(model, agreement, period).map((each) => `${each.target.name} ${each.target.value}`), ['up 99.9%']);
  });

  it('say clauses as people do', () => {
    assert.equal(clauseInWords('iso20000:8.4.2.b'), 'clause 8.4.2, item b');
    assert.equal(clauseInWords('iso20000:8.6.1'), 'clause 8.6.1');
    assert.equal(clauseInWords('8.3.3.3'), 'clause 8.3.3, row 3');
    assert.equal(clauseInWords('8.3'), 'clause 8.3');
  });
});
