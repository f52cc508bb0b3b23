import assert from 'node:assert/strict';
import { join } from 'node:path';
import type { EntityKey } from '../../language/model/declarations.ts';
import { impactResultSchema, type ImpactResult } from '../../server/cli/schemas/impact.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { itsms } from '../support/command.ts';
import { inFolder } from '../support/temporary-folder.ts';

const small = join(import.meta.dirname, '../../examples/small-provider');

const model = `organization acme "ACME"
person kate "Kate"
customer retail "Retail"
priority network "Network first"
service network "Network" { owner kate  status live }
service email "E-mail" { owner kate  customer retail  depends on network }
sla gold "Gold" for email with retail { target uptime availability >= 99.9% per month  fee 100 EUR per month }
`;

async function impact(folder: string, ...argv: readonly string[]): Promise<ImpactResult> {
  const { code, out, error } = await itsms(folder, 'impact', ...argv, '--no-measure', '--format', 'json');
  assert.deepEqual([code, error], [0, '']);
  return impactResultSchema.parse(JSON.parse(out));
}

describe('itsms impact', () => {
  it('tells who is touched, why, and what it costs', async () => {
    await inFolder({ 'itsms.config.json': '{ "asOf": "2026-11-10" }', 'a.itsms': model }, async (folder) => {
      const result = await impact(folder, 'Service:network');
      assert.deepEqual(result.touched.map(({ key, strength, distance }) => `${key} ${strength} ${distance}`), ['Service:email needs 1', 'Agreement:gold needs 2', 'Customer:retail needs 2']);
      assert.deepEqual(result.touched[1]?.through, ['Agreement:gold', 'Service:email', 'Service:network']);
      assert.equal(result.touched[1]?.way, '“Gold” is for “E-mail”, which depends on “Network”');
      assert.deepEqual(result.subject.place, { file: 'a.itsms', line: 5, column: 9 });
      assert.deepEqual([result.money, result.feesOfCustomersPerYear], [[{ agreement: 'gold', fee: { amount: '100 EUR', per: 'month' }, greatestCredits: [], problems: [] }], { amounts: ['1200 EUR'], left: 0 }]);
      const { out } = await itsms(folder, 'impact', 'gold.uptime', '--no-measure');
      assert.match(out, /^target “uptime of Gold” \(gold\.uptime\)$/m);
      assert.match(out, /^Customers$/m);
    });
  });

  it('asks which is meant where several are called the same, and says what is near', async () => {
    await inFolder({ 'itsms.config.json': '{ "asOf": "2026-11-10" }', 'a.itsms': model }, async (folder) => {
      assert.match((await itsms(folder, 'impact', 'network')).error, /Several things are called “network”: say which, Priority:network or Service:network\./);
      const { code, out, error } = await itsms(folder, 'impact', 'emial');
      assert.deepEqual([code, out], [2, '']);
      assert.match(error, /Nothing in the model is called “emial”; did you mean “email”\?/);
    });
  });

  it('tells which requirements rest on a declaration as a text without it does, and leaves the text as it was', async () => {
    const project = await Project.open(await openNodeHost(small), { trusted: false });
    const before = structuredClone(project.assessment());
    const stood = new Map(before.requirements.map((row) => [row.id, row]));
    for (const key of ['Policy:service-policy', 'ManagementReview:review-2026', 'Agreement:law-sla', 'Calendar:office', 'Risk:outgrown'] as EntityKey[]) {
      const placed = project.model.placed(key)[0];
      if (!placed) continue;
      const resting = project.rowsRestingOn(key);
      // Put together anew, not as it was remembered.
      await project.refresh([]);
      assert.deepEqual(structuredClone(project.assessment()), before, key);
      // The same by cutting it out of the text of a project that knows nothing of the other.
      const without = await Project.open(await openNodeHost(small), { trusted: false });
      const lines = (project.text(placed.file) ?? '').split('\n');
      without.setText(placed.file, lines.filter((_, index) => index < placed.line || index > placed.line + placed.entity.lines).join('\n'));
      await without.lookUpFiles();
      const worse = without.assessment().requirements.flatMap((row) => (['declared', 'evidenced', 'effective'] as const).filter((axis) => {
        const [one, other] = [stood.get(row.id)?.[axis], row[axis]];
        return one !== other && (other === 'no' || (one === 'yes' && other === 'unknown'));
      }).map((axis) => `${row.id} ${axis}`));
      assert.deepEqual(resting.map(({ row, on }) => `${row} ${on}`), worse, key);
    }
    assert.ok(project.rowsRestingOn('Policy:service-policy' as EntityKey).length > 0);
    assert.deepEqual(project.rowsRestingOn('Policy:nothing' as EntityKey), []);
  });
});
