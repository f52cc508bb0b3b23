import assert from 'node:assert/strict';
import fc from 'fast-check';
import { layeredLayout } from '../../server/reports/charts/layered-layout.ts';
import { graphDrawing } from '../../server/reports/charts/graph-drawing.ts';
import { itsms } from '../support/command.ts';
import { inFolder } from '../support/temporary-folder.ts';

const box = (id: string): { id: string; width: number; height: number } => ({ id, width: 100, height: 30 });

describe('the layout of a diagram', () => {
  it('keeps boxes apart and within the picture, and ends arrows on their borders, on any graph', () => {
    const graph = fc.integer({ min: 2, max: 14 }).chain((size) => fc.record({ size: fc.constant(size), edges: fc.uniqueArray(fc.tuple(fc.nat(size - 1), fc.nat(size - 1)).filter(([from, to]) => from !== to), { maxLength: 24, selector: String }) }));
    fc.assert(
      fc.property(graph, fc.constantFrom('down' as const, 'right' as const), ({ size, edges }, direction) => {
        const nodes = Array.from({ length: size }, (_, index) => box(`n${index}`));
        const ties = edges.map(([from, to]) => ({ from: `n${from}`, to: `n${to}` }));
        const placed = layeredLayout(nodes, ties, { direction });
        assert.deepEqual(layeredLayout(nodes.toReversed(), ties, { direction }), { ...placed, nodes: new Map([...placed.nodes].toReversed()) });
        const places = [...placed.nodes.values()];
        for (const [index, { x, y }] of places.entries()) {
          assert.ok(x - 50 >= 0 && y - 15 >= 0 && x + 50 <= placed.width && y + 15 <= placed.height);
          for (const other of places.slice(index + 1)) assert.ok(Math.abs(x - other.x) >= 100 || Math.abs(y - other.y) >= 30, 'boxes overlap');
        }
        ties.forEach(({ from, to }, index) => {
          for (const [point, id] of [[placed.edges[index]!.at(0)!, from], [placed.edges[index]!.at(-1)!, to]] as const) {
            const { x, y } = placed.nodes.get(id)!;
            const [dx, dy] = [Math.abs(point.x - x), Math.abs(point.y - y)];
            assert.ok(dx <= 50.2 && dy <= 15.2 && (dx >= 49.8 || dy >= 14.8), `${dx} ${dy}`);
          }
        });
      }),
      { numRuns: 100 },
    );
  }).timeout(60_000);

  it('draws the same graph the same way, and nothing of a title as markup', () => {
    const graph = { nodes: [{ id: 'a', title: 'A title that is much too long for a box of this size, and goes on', kind: 'service', look: 'plain' as const }, { id: 'b', title: '<b>', kind: 'supplier', look: 'band' as const }], edges: [{ from: 'a', to: 'b', isDashed: true }] };
    assert.deepEqual(graphDrawing(graph), graphDrawing(structuredClone(graph)));
    const text = JSON.stringify(graphDrawing(graph));
    assert.match(text, /"service: A title that is much too long for a box of this size, and goes on"/);
    assert.match(text, /stroke-dasharray/);
  });
});

const model = `organization acme "ACME"
customer retail "Retail"
customer bank "Secret Bank"
supplier skynet "SkyNet"
supplier other "Other"
ci cluster "Cluster" { depends on hosting-a }
service hosting-a "Hosting A" { provided by skynet }
service hosting-b "Hosting B" { provided by skynet }
service email "E-mail" { depends on any of hosting-a, hosting-b  ci cluster }
service vault "Vault" { provided by other }
sla gold "Gold" for email with retail
sla silver "Silver" for vault with bank
`;

describe('the dependency map', () => {
  it('draws services and suppliers, tells ways past what is not drawn, and finds what alternatives share', async () => {
    await inFolder({ 'a.itsms': model }, async (folder) => {
      const { out } = await itsms(folder, 'report', 'dependency-map', '--format', 'md', '--out', '-');
      assert.match(out, /6 boxes and 5 arrows/);
      assert.match(out, /service “E-mail” \| runs on “Cluster”, which depends on \| service “Hosting A”/);
      assert.match(out, /service “E-mail” \| can do with any of several, among them \| service “Hosting B”/);
      assert.match(out, /“E-mail” can do with any of “Hosting A”, “Hosting B”; all of these rest on “SkyNet”\./);
      assert.match((await itsms(folder, 'report', 'dependency-map', '--format', 'html', '--out', '-')).out, /<svg[^>]*role="img"/);
    });
  });

  it('shows a customer nothing of others', async () => {
    await inFolder({ 'a.itsms': model }, async (folder) => {
      const { out } = await itsms(folder, 'report', 'dependency-map', '--customer', 'retail', '--format', 'json', '--out', '-');
      assert.match(out, /SkyNet/);
      assert.doesNotMatch(out, /Secret Bank|Vault|Other|Silver/);
    });
  });

  it('leaves the map out where nobody could read it, and keeps the table', async () => {
    const many = Array.from({ length: 90 }, (_, index) => `service s${index} "Service ${index}" { depends on s${(index + 1) % 90} }`).join('\n');
    await inFolder({ 'a.itsms': many }, async (folder) => {
      const { out } = await itsms(folder, 'report', 'dependency-map', '--format', 'md', '--out', '-');
      assert.match(out, /The map would have 90 boxes/);
      assert.match(out, /service “Service 89” \| depends on \| service “Service 0”/);
    });
  });
});
