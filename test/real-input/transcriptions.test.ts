import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readModel } from '../language/read-model.ts';

function transcription(name: string) {
  return readModel({ [name]: readFileSync(join(import.meta.dirname, name), 'utf8') });
}

describe('the support page of GOV.UK Pay', () => {
  const { model, findings } = transcription('govuk-pay.itsms');
  const agreement = model.get('Agreement', 'pay-support');

  it('can be written down without a finding', () => {
    assert.deepEqual(findings, []);
  });

  it('has three clocks in one table', () => {
    assert.deepEqual(agreement?.targets.map(({ priorities, within, clock }) => [priorities.join(), within, clock ?? `support hours ${agreement.supportHours}`]), [
      ['P1', '30min', 'always'],
      ['P2', '60min', 'support hours office-hours'],
      ['P3', '1 working day', 'support hours office-hours'],
      ['P4', '2 working days', 'support hours office-hours'],
    ]);
  });

  it('promises news', () => {
    assert.deepEqual(agreement?.updates.map(({ priorities, interval }) => [priorities.join(), interval]), [
      ['P1', '1h'], ['P2', '2h'], ['P3', '2 working days'], ['P4', '1w'],
    ]);
  });
});

describe('services of GitLab.com', () => {
  const { model, findings } = transcription('gitlab-services.itsms');

  it('are known, mistakes and all', () => {
    assert.equal(model.all('Service').length, 13);
    assert.deepEqual(model.get('Service', 'gitaly')?.dependencies.flatMap(({ on }) => on), ['gitaly', 'frontend', 'redis']);
  });

  it('depend on services that the catalogue does not define, each found where it is named', () => {
    const unknown = findings.flatMap((finding) => /:(\d+) unknown-name: .*called “([^”]+)”/.exec(finding)?.slice(1, 3).join(' ') ?? []);
    assert.deepEqual(unknown, ['13 postgres', '19 postgres', '21 postgres', '28 postgres', '29 elasticsearch', '30 prometheus']);
  });

  it('hold one that depends on itself, found as such', () => {
    const itself = findings.filter((finding) => finding.includes('self-dependency'));
    assert.equal(itself.length, 1, findings.join('\n'));
    assert.match(itself[0] ?? '', /^gitlab-services\.itsms:\d+ .*gitaly/);
  });

  it('have nothing else to find', () => {
    const others = findings.filter((finding) => !/ (unknown-name|self-dependency|circular-dependency): /.test(finding));
    assert.deepEqual(others, []);
  });
});
