import assert from 'node:assert/strict';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { processAreas } from '../../language/catalogue/crosswalk.ts';
import { catalogueProcesses } from '../../language/catalogue/processes.ts';
import type { RequirementStatus } from '../../server/assessment/assessment.ts';
import { byProcessArea } from '../../server/analysis/process-areas.ts';
import { requirementsResultSchema } from '../../server/cli/schemas/requirements.ts';
import { itsms } from '../support/command.ts';

const statuses = catalogue.demands.map(({ id }): RequirementStatus => ({ id, applicability: 'applicable', checked: true, declared: 'yes', evidenced: 'yes', effective: 'unknown', findings: 0 }));

describe('the areas of the 2005 edition', () => {
  it('are five process areas beside the management system', () => {
    assert.deepEqual(processAreas().filter(({ kind }) => kind === 'process-area').map(({ name }) => name), ['Service delivery', 'Relationship', 'Resolution', 'Control', 'Release']);
  });

  it('hold each row of the catalogue once', () => {
    const rows = byProcessArea(statuses).flatMap((area) => area.rows.map(({ id }) => id));
    assert.deepEqual(rows.toSorted(), catalogue.demands.map(({ id }) => id).toSorted());
  });

  it('name clauses and processes that there are', () => {
    const known = new Set(catalogueProcesses.map(({ id }) => id));
    for (const area of processAreas()) {
      for (const clause of [...area.clauses, ...area.processes.flatMap((process) => process.clauses)]) assert.ok(catalogue.clause(clause), `${area.id} names clause ${clause}`);
      for (const process of area.processes.flatMap(({ processIds }) => processIds)) assert.ok(known.has(process), `${area.id} names ${process}`);
    }
  });
});

describe('itsms requirements --by area', () => {
  it('lists the same rows under the areas', async () => {
    const { code, out } = await itsms('/', 'requirements', '--by', 'area');
    assert.equal(code, 0);
    const headings = [...out.matchAll(/^(.+) \(clause (\d+) of the 2005 edition, .*\): (\d+) of (\d+) catalogue rows have a rule$/gm)];
    assert.deepEqual(headings.map(([, , clause]) => clause), ['3', '4', '5', '6', '7', '8', '9', '10']);
    assert.equal(headings.reduce((sum, [, , , , rows]) => sum + Number(rows), 0), catalogue.demands.length);
    assert.ok(out.indexOf('\n8.6.1.a ') > out.indexOf('\nResolution ') && out.indexOf('\n8.6.1.a ') < out.indexOf('\nControl '));
  });

  it('says in JSON where the subject of a row is found elsewhere', async () => {
    const rows = requirementsResultSchema.parse(JSON.parse((await itsms('/', 'requirements', '--by', 'area', '--format', 'json')).out));
    const row = rows.find(({ id }) => id === '10.2.1');
    assert.deepEqual(row?.elsewhere.iso27001, ['10.1']);
    assert.deepEqual(row?.elsewhere.iso9001, ['10.3']);
    assert.equal(rows.find(({ id }) => id === '8.6.1.a')?.area2005, 'Resolution');
    assert.ok(rows.every(({ area2005 }) => area2005 !== null));
  });

  it('knows no other order', async () => {
    assert.equal((await itsms('/', 'requirements', '--by', 'size')).code, 2);
  });
});
