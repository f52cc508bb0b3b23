import assert from 'node:assert/strict';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import type { IsoDate } from '../../language/values/date.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';
import { evidenceValidity, plannedInterval } from '../../server/assessment/planned-interval.ts';
import { rules } from '../../server/iso20000/rules.ts';

describe('planned intervals', () => {
  it('are the catalogue’s unless the project sets them, and say whose they are', () => {
    assert.deepEqual(plannedInterval({}, '9.2.1.1'), { months: 12, words: 'every 12 months, the default of this product', whose: 'the default of this product' });
    assert.deepEqual(plannedInterval({ '9.2': 24, '9.2.1': 6 }, '9.2.1.1'), { months: 6, words: 'every 6 months, as itsms.config.json sets', whose: 'as itsms.config.json sets' });
    assert.deepEqual(plannedInterval({ '9.2.1.1': 1 }, '9.2.1.1'), { months: 1, words: 'every month, as itsms.config.json sets', whose: 'as itsms.config.json sets' });
  });

  it('are what the rule says where the catalogue suggests none', () => {
    assert.equal(plannedInterval({}, '4.4.1', 6).months, 6);
    assert.equal(plannedInterval({}, '9.2.1.1', 6).months, 12);
  });

  it('hold for evidence too', () => {
    assert.deepEqual(evidenceValidity(undefined), { months: 12, words: 'for 12 months, the default of this product', whose: 'the default of this product' });
    assert.deepEqual(evidenceValidity(24), { months: 24, words: 'for 24 months, as itsms.config.json sets', whose: 'as itsms.config.json sets' });
  });

  it('decide what is overdue', () => {
    const review = (every: string): string => `organization o "O" {}\nmanagement review h1 "First half" {\n  held 2026-07-01${every}\n}\n`;
    const overdue = (text: string, intervals: Record<string, number>): number => {
      const model = new ProjectModel();
      model.update('a.itsms', new FragmentBuilder().build('a.itsms', text));
      return new AssessmentEngine(model, { asOf: '2026-11-10' as IsoDate, rules, intervals }).assessment().findings.filter(({ message }) => message.includes('the next was due on')).length;
    };
    assert.equal(overdue(review(''), {}), 0);
    assert.equal(overdue(review(''), { '9.3': 3 }), 1);
    // What the model declares counts for more than what the project sets.
    assert.equal(overdue(review(' every 12mo'), { '9.3': 3 }), 0);
  });
});
