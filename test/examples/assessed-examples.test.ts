import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { Figure } from '../../server/measurement/figure.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';

async function measuredExample(name: string): Promise<Project> {
  const project = await Project.open(await openNodeHost(join(import.meta.dirname, '../../examples', name)), { trusted: true });
  await project.measure();
  return project;
}

function nameOf({ subject }: Figure): string {
  switch (subject.kind) {
    case 'target': return `${subject.agreement}.${subject.target}`;
    case 'workload': return `${subject.agreement} ${subject.limit}`;
    case 'metric': return subject.metric;
  }
}

function missedFigures(project: Project): string[] {
  return (project.measurements?.figures ?? []).filter(({ verdict }) => verdict === 'missed')
    .map((figure) => `${nameOf(figure)} ${figure.period}: ${figure.numerator === undefined ? figure.value : `${figure.numerator} of ${figure.denominator}`}`).sort();
}

/** Rows of the clauses that the first rules speak of, by what was found. */
const firstClauses = ['8.2.4', '8.3.3', '8.6.1'];
/** Clauses for which acme shows no gap besides. */
const completeClauses = ['4', '5', '6', '7', '8', '9', '10'];

function gaps(project: Project, clauses: readonly string[]): string[] {
  return project.assessment().requirements.filter(({ id, checked, declared, evidenced, effective }) =>
    checked && clauses.some((clause) => id.startsWith(`${clause}.`)) && [declared, evidenced, effective].includes('no')).map(({ id }) => id);
}

function errors(project: Project, clauses: readonly string[]): string[] {
  return project.assessment().findings.filter(({ severity, requirements }) =>
    severity === 'error' && (requirements.length === 0 || requirements.some((id) => clauses.some((clause) => id.startsWith(`${clause}.`)))))
    .map(({ message }) => message);
}

describe('the example acme, measured', function () {
  this.timeout(120_000);
  let project: Project;

  before(async () => {
    project = await measuredExample('acme');
  });

  it('reads every value of its records', () => {
    assert.deepEqual(project.measurements?.findings.map(({ message }) => message), []);
    assert.ok((project.measurements?.sources.find(({ source }) => source === 'incidents')?.records ?? 0) > 20_000);
  });

  it('tells the stories that its README tells, and no others', () => {
    assert.deepEqual(missedFigures(project), [
      'csat 2026-Q3: 4.1',
      'email-gold.p1-restore 2026-03: 2 of 5',
      'email-gold.satisfaction 2026-Q3: 4.1',
      'email-gold.uptime 2026-03: 2620020 of 2638800',
      'first-contact 2025-10: 765 of 1129',
      'first-contact 2026-04: 832 of 1199',
      'network-ola.uptime 2026-02: 2389980 of 2390400',
      'online-shop.uptime 2026-06: 2585580 of 2592000',
      'p1-restoration 2026-03: 21 of 26',
      'store-systems calls 2025-12: 253',
      'store-systems.p2-restore 2026-10: 13 of 16',
      'warehouse-gold.p2-restore 2026-08: 9 of 12',
    ]);
  });

  it('has no gap', () => {
    assert.deepEqual(gaps(project, completeClauses), []);
    assert.deepEqual(errors(project, completeClauses), []);
  });
});

describe('the example of the first hour, measured', function () {
  this.timeout(120_000);
  let project: Project;

  before(async () => {
    project = await measuredExample('first-hour');
  });

  it('misses one target in one month', () => {
    assert.deepEqual(project.measurements?.findings.map(({ message }) => message), []);
    assert.deepEqual(missedFigures(project), ['booking-sla.p2-restore 2026-10: 8 of 9']);
  });

  it('has no other gap in the clauses it is about', () => {
    assert.deepEqual(gaps(project, firstClauses), ['8.3.3.6']);
    assert.equal(errors(project, firstClauses).length, 1, errors(project, firstClauses).join('\n'));
  });
});

describe('the example of a small provider, measured', function () {
  this.timeout(120_000);
  let project: Project;

  before(async () => {
    project = await measuredExample('small-provider');
  });

  it('is one file', () => {
    assert.deepEqual(project.files(), ['small-provider.itsms']);
  });

  it('has nothing to be said about it', () => {
    const found = [...project.filesWithFindings()].flatMap((file) => project.findingsOf(file));
    assert.deepEqual([...found, ...project.assessment().findings].map(({ message }) => message), []);
  });

  it('shows every row that applies on each axis', () => {
    const rows = project.assessment().requirements;
    assert.deepEqual(rows.filter(({ checked }) => !checked).map(({ id }) => id), []);
    const open = rows.filter(({ applicability, declared, evidenced, effective }) => applicability === 'applicable' && [declared, evidenced, effective].some((state) => state === 'no' || state === 'unknown'));
    assert.deepEqual(open.map(({ id, declared, evidenced, effective }) => `${id} ${declared} ${evidenced} ${effective}`), []);
  });

  it('missed what its improvement is about, and nothing else', () => {
    assert.deepEqual(missedFigures(project), ['linewise-contract.uptime 2026-06: 2569800 of 2592000', 'vets-sla.urgent 2026-06: 1 of 2']);
  });

  it('says the same each time', async () => {
    const again = await measuredExample('small-provider');
    assert.deepEqual(again.assessment(), project.assessment());
    assert.deepEqual(again.figures(), project.figures());
  });
});
