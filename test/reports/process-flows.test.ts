import assert from 'node:assert/strict';
import fc from 'fast-check';
import { flowDiagram, type FlowDiagram } from '../../server/reports/charts/flow-diagram.ts';
import { laneLayout, type LaneEdge, type LaneNode } from '../../server/reports/charts/lane-layout.ts';
import { itsms } from '../support/command.ts';
import { inFolder } from '../support/temporary-folder.ts';

const graph: fc.Arbitrary<{ readonly nodes: readonly LaneNode[]; readonly edges: readonly LaneEdge[]; readonly lanes: number }> = fc.integer({ min: 1, max: 4 }).chain((lanes) =>
  fc.array(fc.record({ width: fc.integer({ min: 30, max: 140 }), height: fc.integer({ min: 20, max: 60 }), lane: fc.nat(lanes - 1) }), { minLength: 1, maxLength: 14 }).chain((nodes) =>
    fc.record({ nodes: fc.constant(nodes), lanes: fc.constant(lanes), edges: fc.array(fc.record({ from: fc.nat(nodes.length - 1), to: fc.nat(nodes.length - 1), labelHeight: fc.constantFrom(0, 12, 30) }), { maxLength: 24 }) }),
  ),
);

describe('the layout of a diagram with lanes', () => {
  it('keeps boxes apart and in their lanes, and no arrow runs through a box or askew, on any graph', () => {
    fc.assert(
      fc.property(graph, ({ nodes, edges, lanes }) => {
        const placed = laneLayout(nodes, edges, lanes);
        const boxes = placed.nodes.map(({ x, y }, index) => ({ left: x - nodes[index]!.width / 2, right: x + nodes[index]!.width / 2, top: y - nodes[index]!.height / 2, bottom: y + nodes[index]!.height / 2 }));
        for (const [index, box] of boxes.entries()) {
          const lane = placed.lanes[nodes[index]!.lane]!;
          assert.ok(box.left >= lane.left && box.right <= lane.right && box.top >= 0 && box.bottom <= placed.height);
          for (const other of boxes.slice(index + 1)) assert.ok(box.left >= other.right || other.left >= box.right || box.top >= other.bottom || other.top >= box.bottom, 'boxes overlap');
        }
        for (const [index, { from, to }] of edges.entries()) {
          const points = placed.edges[index]!;
          const [start, end] = [points[0]!, points.at(-1)!];
          assert.ok(Math.abs(start.y - boxes[from]!.bottom) < 0.2 && start.x >= boxes[from]!.left && start.x <= boxes[from]!.right);
          assert.ok(Math.abs(end.y - boxes[to]!.top) < 0.2 && end.x >= boxes[to]!.left && end.x <= boxes[to]!.right);
          for (const [position, point] of points.slice(1).entries()) {
            const before = points[position]!;
            assert.ok(point.x === before.x || point.y === before.y, 'askew');
            assert.ok(point.x >= 0 && point.x <= placed.width && point.y >= 0 && point.y <= placed.height);
            const line = { left: Math.min(point.x, before.x), right: Math.max(point.x, before.x), top: Math.min(point.y, before.y), bottom: Math.max(point.y, before.y) };
            for (const box of boxes) assert.ok(line.left >= box.right - 0.2 || line.right <= box.left + 0.2 || line.top >= box.bottom - 0.2 || line.bottom <= box.top + 0.2, 'runs through a box');
          }
        }
      }),
      { numRuns: 200 },
    );
  }).timeout(60_000);
});

describe('the diagram of a flow', () => {
  const node = { kind: 'step', title: 'A', words: 'step', lane: 0, numbers: [], isAtFault: false } as const;

  it('tells ways by thickness, dashes and numbers, with a legend, and none where none is shown', () => {
    const plain: FlowDiagram = { lanes: ['Desk'], nodes: [node, { ...node, title: '<b>' }], arrows: [{ from: 0, to: 1, marks: [] }] };
    const shown: FlowDiagram = { ...plain, nodes: [{ ...node, numbers: [1] }, { ...node, numbers: [2], isAtFault: true }], arrows: [{ from: 0, to: 1, marks: ['fault'] }, { from: 1, to: 0, label: 'no', marks: ['longest'] }] };
    assert.deepEqual(flowDiagram(plain), flowDiagram(structuredClone(plain)));
    assert.doesNotMatch(JSON.stringify(flowDiagram(plain)), /the way to|longest way|dasharray/);
    const both = JSON.stringify(flowDiagram({ ...plain, arrows: [{ from: 0, to: 1, marks: ['fault', 'longest'] }] }));
    assert.match(both, /the way to what goes wrong/);
    assert.doesNotMatch(both, /longest way|dasharray/);
    const text = JSON.stringify(flowDiagram(shown));
    for (const told of [/"the way to what goes wrong, numbered"/, /"the longest way by the limits of its steps, where it is another"/, /"! 2\. step"/, /"1\. step"/, /"stroke-dasharray":"7 3"/, /"stroke-width":"3.4"/, /\["no"\]/]) assert.match(text, told);
  });
});

const people = `organization acme "ACME"
person omar "Omar Said"
team desk "Service desk"
team platform "Platform team"
`;
const model = `${people}
process incident "Incident management" {
  step log "Log and classify" R desk A omar I platform within 15min -> major
  decide major "Major incident?" yes -> both no -> fix
  fork both -> bridge, news
  step bridge "Restore on the bridge" R platform A omar within 2h -> meet
  step news "Tell customers" R desk A omar within 30min -> meet
  join meet -> close
  step fix "Diagnose and restore" R platform A omar C desk within 3h -> close
  step close "Confirm and close" R desk A omar within 10min -> end
}
process change "Change enablement" {
  step a "Ask" R desk A omar -> d
  decide d "Both needed?" yes -> b no -> c
  step b "Build" R platform A omar -> meet
  step c "Check" R platform A omar -> meet
  join meet -> end
}
process empty "Still empty"
`;

describe('the report of process flows', () => {
  it('says of each process whether it can run, draws it, and lists who does what and by when', async () => {
    await inFolder({ 'a.itsms': model }, async (folder) => {
      const { out } = await itsms(folder, 'report', 'process-flows', '--format', 'md', '--out', '-');
      assert.match(out, /1 of 3 processes are proved to run/);
      assert.match(out, /Without a flow: Still empty\./);
      assert.match(out, /The process can get stuck/);
      assert.match(out, /8 nodes in 2 lanes: 1\. Log and classify \(Service desk\), then Major incident\?; 2\. Major incident\?, then yes: both, no: Diagnose and restore;/);
      assert.match(out, /\| 7 \| Diagnose and restore \| Platform team \| Omar Said \| Service desk \| – \| 3h \| Confirm and close \|/);
      assert.match(out, /Longest way: log 15min → fix 3h → close 10min\./);
      const html = (await itsms(folder, 'report', 'process-flows', '--format', 'html', '--out', '-')).out;
      assert.match(html, /<svg[^>]*role="img"[^>]*aria-label="8 nodes in 2 lanes: 1\. Log and classify/);
      assert.match(html, />the way to what goes wrong, numbered</);
    });
  });

  it('draws the way to what goes wrong as it is found: the branch that is taken, and not the other', async () => {
    await inFolder({ 'a.itsms': model }, async (folder) => {
      const { out } = await itsms(folder, 'report', 'process-flows', '--process', 'change', '--format', 'json', '--out', '-');
      assert.doesNotMatch(out, /Incident management/);
      const told = [...out.matchAll(/"((?:! )?\d\. (?:step|decision|waits for all))"/g)].map(([, words]) => words);
      assert.deepEqual(told, ['1. step', '2. decision', '3. step']);
      assert.match(out, /"! waits for all"/);
      // From the start, and after each of the three.
      assert.equal(out.match(/"stroke-width": ?"3\.4"/g)?.length, 5);
    });
  });

  it('knows processes by their names', async () => {
    await inFolder({ 'a.itsms': model }, async (folder) => {
      assert.match((await itsms(folder, 'report', 'process-flows', '--process', 'chnge', '--out', '-')).error, /No process is called “chnge”; did you mean “change”\?/);
    });
  });

  it('draws eighty nodes, and leaves the drawing out where nobody could read it', async () => {
    const flow = (size: number): string => `${people}process long "Long" {\n${Array.from({ length: size }, (_, index) => `step s${index} "Step ${index}" R ${index % 3 === 0 ? 'desk' : 'platform'} A omar -> ${index === size - 1 ? 'end' : `s${index + 1}`}`).join('\n')}\n}\n`;
    await inFolder({ 'a.itsms': flow(80) }, async (folder) => {
      const { out } = await itsms(folder, 'report', 'process-flows', '--format', 'html', '--out', '-');
      assert.match(out, /aria-label="80 nodes in 2 lanes, which the table lists in their order\."/);
      assert.match(out, />Step 79<\/text>/);
    });
    await inFolder({ 'a.itsms': flow(130) }, async (folder) => {
      const { out } = await itsms(folder, 'report', 'process-flows', '--format', 'md', '--out', '-');
      assert.match(out, /The flow has 130 nodes, and with more than 120 nobody reads its drawing/);
      assert.match(out, /\| 130 \| Step 129 \|/);
    });
  }).timeout(60_000);
});
