import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readModel } from './read-model.ts';

const text = readFileSync(join(import.meta.dirname, 'example.itsms'), 'utf8');

describe('the example of the language', () => {
  const { model, findings } = readModel({ 'example.itsms': text });

  it('is read without a finding, every name known', () => {
    assert.deepEqual(findings, []);
  });

  it('keeps what it promises', () => {
    const agreement = model.get('Agreement', 'email-gold');
    assert.equal(agreement?.type, 'sla');
    assert.equal(agreement?.customer, 'retail');
    assert.deepEqual(agreement?.services, ['email']);
    assert.deepEqual(agreement?.targets.map(({ name }) => name), ['uptime', 'p1-response', 'p1-restore', 'p2-restore', 'satisfaction']);
    const [uptime, , restore, workingDays] = agreement?.targets ?? [];
    assert.deepEqual([uptime?.measure, uptime?.comparison, uptime?.value, uptime?.period, uptime?.source], ['availability', '>=', '99.8%', 'month', 'outages']);
    assert.deepEqual([restore?.measure, restore?.priorities, restore?.within, restore?.share], ['restore', ['P1'], '4h', '95%']);
    assert.equal(workingDays?.within, '2 working days');
    assert.deepEqual(agreement?.exceptions, ['maintenance', 'force majeure']);
  });

  it('tells what needs all from what needs one of several', () => {
    const dependencies = model.get('Service', 'email')?.dependencies;
    assert.deepEqual(dependencies?.map(({ redundant, on }) => ({ redundant: redundant ?? false, on })), [
      { redundant: false, on: ['network', 'directory'] },
      { redundant: true, on: ['hosting-a', 'hosting-b'] },
    ]);
  });

  it('knows the flow of a process', () => {
    const nodes = model.get('Process', 'incident')?.nodes;
    assert.deepEqual(nodes?.map(({ $type, name }) => `${$type} ${name}`), ['Step log', 'Decision major', 'Step bridge', 'Step fix', 'Step close']);
    const decision = nodes?.find(({ $type }) => $type === 'Decision');
    assert.deepEqual(decision?.$type === 'Decision' && decision.branches.map(({ outcome, next }) => [outcome, next]), [['yes', 'bridge'], ['no', 'fix']]);
  });

  it('reaches a target of an agreement by its qualified name', () => {
    assert.equal(model.find('ServiceLevelTarget', 'email-gold.uptime')?.entity.key, model.get('Agreement', 'email-gold')?.$key);
  });

  it('knows the rows of the catalogue and the calendar always without anybody declaring them', () => {
    assert.ok(model.find('Requirement', 'iso20000:8.6.1.7'));
    assert.ok(model.find('Calendar', 'always'));
  });
});
