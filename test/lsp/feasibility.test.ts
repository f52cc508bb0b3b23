import assert from 'node:assert/strict';
import { dateFrom } from '../../language/values/date.ts';
import { FeasibilityStudy } from '../../server/analysis/feasibility/study.ts';
import type { AgreementFeasibility } from '../../server/analysis/feasibility/check.ts';
import { feasibilityHoverAt, feasibilityLenses } from '../../server/editor/feasibility-places.ts';
import { Fixture } from './fixture.ts';

/** A project whose promises are held against what they rest on. */
class Promising extends Fixture {
  readonly #study = new FeasibilityStudy();

  feasibility(agreement: string): AgreementFeasibility | undefined {
    return this.#study.look(this.model, dateFrom('2026-11-10')).of(agreement);
  }
}

const text = (target: string): string => `customer retail
team desk
service mail { depends on network }
service network
ola under "Network" by desk for network { target uptime availability >= 99.9% per month }
sla gold "Gold" for mail with retail {
  target uptime availability >= ${target} per month
}
`;

const titles = (project: Promising): readonly (readonly [number, string | undefined])[] => feasibilityLenses(project, 'model.itsms').map(({ range, command }) => [range.start.line, command?.title]);

describe('feasibility in the editor', () => {
  it('shows above a target what is left of it, and follows each keystroke', () => {
    const project = new Promising({ 'model.itsms': text('99.5%') });
    assert.deepEqual(titles(project), [[6, 'can be kept: 172.8 min a month left']]);
    project.put('model.itsms', text('99.9%'));
    assert.deepEqual(titles(project), [[6, 'can be kept: 0 min a month left']]);
    project.put('model.itsms', text('99.95%'));
    assert.deepEqual(titles(project), [[6, 'cannot be kept: 21.6 min a month short']]);
    project.put('model.itsms', text('99.'));
    assert.deepEqual(titles(project), []);
  });

  it('shows the arithmetic where the value is typed', () => {
    const project = new Promising({ 'model.itsms': text('99.9<|>5%') });
    const hover = feasibilityHoverAt(project, 'model.itsms', project.at('model.itsms'));
    assert.match(hover?.text ?? '', /^\*\*Cannot be kept\.\*\* What it rests on allows 99\.9% at most, 21\.6 min a month short/);
    assert.match(hover?.text ?? '', /“Network”: 99\.9%/);
    assert.match(hover?.text ?? '', /alone it would have to promise at least 99\.95%/);
  });

  it('says nothing elsewhere', () => {
    const project = new Promising({ 'model.itsms': text('99.5%').replace('customer retail', 'customer<|> retail') });
    assert.equal(feasibilityHoverAt(project, 'model.itsms', project.at('model.itsms')), undefined);
  });
});
