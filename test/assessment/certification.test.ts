import assert from 'node:assert/strict';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import type { IsoDate } from '../../language/values/date.ts';
import type { CertificationSettings } from '../../server/assessment/certification-findings.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';

const builder = new FragmentBuilder();

function told(text: string, asOf: string, certification: CertificationSettings = {}): string[] {
  const model = new ProjectModel();
  model.update('a.itsms', builder.build('a.itsms', text));
  return new AssessmentEngine(model, { asOf: asOf as IsoDate, rules: [], certification }).assessment().findings.filter(({ code }) => code === 'certification-calendar').map(({ severity, message }) => `${severity} ${message}`);
}

const organization = (plan: string): string => `organization o "O" {\n  certification ${plan}\n}\n`;
const stage2 = 'assessment a "A" {\n  kind stage-2\n  performed 2025-03-01\n}\n';

describe('the certification calendar', () => {
  it('says nothing to an organization that prepares for no certificate', () => {
    assert.deepEqual(told('organization o "O" {}\naudit x "X" {\n  held 2020-01-01\n}\n', '2026-11-10'), []);
  });

  it('announces the milestone as it comes near, and asks for it once it has passed', () => {
    assert.deepEqual(told(organization('stage-1 by 2026-12-15'), '2026-10-01'), []);
    assert.deepEqual(told(organization('stage-1 by 2026-12-15'), '2026-10-15'), ['information Stage 1 audit is due by 2026-12-15 (planned).']);
    assert.deepEqual(told(organization('stage-1 by 2026-12-15'), '2026-12-16'), ['warning Stage 1 audit was planned for 2026-12-15, and no assessment of that kind is recorded as performed. Record it, or write the new day.']);
    assert.deepEqual(told(`${organization('stage-1 by 2026-12-15')}assessment a "A" {\n  kind stage-1\n  performed 2026-12-10\n}\n`, '2026-12-16'), []);
  });

  it('has the system checked twice a year unless set otherwise, by an audit or from outside', () => {
    const audited = `${organization('gap-analysis')}audit x "X" {\n  held 2026-03-01\n}\n`;
    assert.deepEqual(told(audited, '2026-09-02'), ['warning Check of the system was due by 2026-09-01 (every 6 months after the last, on 2026-03-01): an internal audit, or an assessment of kind system-check. Record it, or set another interval in itsms.config.json.']);
    assert.deepEqual(told(audited, '2026-09-02', { systemCheck: 12 }), []);
    assert.deepEqual(told(`${audited}assessment a "A" {\n  kind system-check\n  performed 2026-08-01\n}\n`, '2026-09-02'), []);
  });

  it('has the certificate surveyed every year and assessed anew every three', () => {
    const certified = `${organization('surveillance')}${stage2}audit x "X" {\n  held 2028-01-01\n}\n`;
    assert.deepEqual(told(certified, '2026-02-01').filter((text) => text.includes('Surveillance')), ['information Surveillance audit is due by 2026-03-01 (at least once a year).']);
    assert.deepEqual(told(certified, '2026-03-02').filter((text) => text.includes('Surveillance')), ['warning Surveillance audit was due by 2026-03-01 (at least once a year), and none is recorded as performed since.']);
    const surveyed = `${certified}assessment b "B" {\n  kind surveillance\n  performed 2026-02-20\n}\n`;
    assert.deepEqual(told(surveyed, '2026-03-02').filter((text) => text.includes('Surveillance')), []);
    assert.deepEqual(told(surveyed, '2028-03-02').filter((text) => text.includes('Reassessment')), ['warning Reassessment was due by 2028-03-01 (36 months after the decision): the certificate does not hold any more.']);
    assert.deepEqual(told(surveyed.replace('performed 2025-03-01', 'performed 2025-03-01\n  certificate valid to 2028-06-01'), '2028-03-02').filter((text) => text.includes('Reassessment')), []);
  });

  it('announces as early as the project sets', () => {
    assert.equal(told(organization('stage-1 by 2026-12-15'), '2026-10-01', { announce: 3 }).length, 1);
  });
});
