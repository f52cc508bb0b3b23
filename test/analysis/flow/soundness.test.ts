import assert from 'node:assert/strict';
import fc from 'fast-check';
import { exploreStates, fire, type Fault } from '../../../server/analysis/flow/state-space.ts';
import { soundnessOf } from '../../../server/analysis/flow/soundness.ts';
import { workflowNet, type WorkflowNet } from '../../../server/analysis/flow/workflow-net.ts';
import { plainVerdict } from './plain-exploration.ts';
import { anyFlow, anyNet, flowFrom, structuredFlow } from './random-flow.ts';

const mostStates = 500;

/** What happened on the way to a fault, seen by firing the net. */
function replayed(net: WorkflowNet, path: readonly number[]): readonly number[] {
  return path.reduce<readonly number[]>((tokens, transition) => {
    const next = fire(tokens, net.transitions[transition]!);
    assert.ok(next, `transition ${transition} cannot happen in ${tokens.join()}`);
    return next;
  }, [net.start]);
}

function checkFault(net: WorkflowNet, fault: Fault): void {
  const tokens = replayed(net, fault.path);
  assert.deepEqual(tokens, fault.marking);
  const nothingHappens = net.transitions.every((transition) => fire(tokens, transition) === undefined);
  switch (fault.kind) {
    case 'deadlock':
      assert.ok(nothingHappens && !tokens.includes(net.end));
      break;
    case 'leftover':
      assert.ok(tokens.includes(net.end) && tokens.length > 1);
      break;
    case 'twice':
      assert.ok(tokens.filter((place) => place === fault.place).length > 1);
      break;
    case 'unbounded': {
      const again = [...fault.path, ...fault.repeated];
      assert.ok(replayed(net, again).length > tokens.length);
      break;
    }
    case 'endless':
      assert.ok(!nothingHappens);
      break;
  }
}

/** Compares with the plain walk. Returns what it says, to count how often each was tried. */
function compare(net: WorkflowNet): 'sound' | 'unsound' | 'too large' {
  const plain = plainVerdict(net, mostStates);
  if (!plain) return 'too large';
  const found = soundnessOf(net);
  assert.equal(found.kind, plain.sound ? 'sound' : 'unsound');
  if (found.kind === 'unsound') {
    for (const fault of found.faults) checkFault(net, fault);
    if (plain.deadTransitions && found.dead.length > 0) assert.deepEqual(found.dead, plain.deadTransitions);
    const deadlock = found.faults.find(({ kind }) => kind === 'deadlock');
    if (found.shortest && deadlock && plain.deadlockAfter !== undefined) assert.equal(deadlock.path.length, plain.deadlockAfter);
    assert.ok(found.faults.length > 0 || found.dead.length > 0);
  }
  return plain.sound ? 'sound' : 'unsound';
}

function compareMany(nets: fc.Arbitrary<WorkflowNet>, numRuns: number): Map<string, number> {
  const counts = new Map<string, number>();
  fc.assert(
    fc.property(nets, (net) => {
      const verdict = compare(net);
      counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
    }),
    { numRuns, seed: 20260 },
  );
  return counts;
}

describe('soundness of flows', () => {
  it('agrees with a plain walk through all states on random flows', () => {
    const counts = compareMany(anyFlow.map((flow) => workflowNet(flow)), 4000);
    assert.ok((counts.get('sound') ?? 0) > 100 && (counts.get('unsound') ?? 0) > 1000, JSON.stringify([...counts]));
  });

  it('agrees with it on flows made of blocks, with an arrow bent', () => {
    const counts = compareMany(structuredFlow.map(({ bent }) => workflowNet(bent)), 3000);
    assert.ok((counts.get('sound') ?? 0) > 300 && (counts.get('unsound') ?? 0) > 500, JSON.stringify([...counts]));
  });

  it('agrees with it on random nets of any kind', () => {
    const counts = compareMany(anyNet, 4000);
    assert.ok((counts.get('sound') ?? 0) > 100 && (counts.get('unsound') ?? 0) > 1000, JSON.stringify([...counts]));
  });

  it('holds for all flows made of blocks, which reduce to one transition', () => {
    fc.assert(fc.property(structuredFlow, ({ flow }) => assert.deepEqual(soundnessOf(workflowNet(flow), { states: 0 }), { kind: 'sound' })), { numRuns: 2000, seed: 7 });
  });

  it('finds a fault behind more states than can be looked at, by what is left of the net', () => {
    // Twelve branches of two steps side by side, and one of them may leave without waiting for the others.
    const branches = Array.from({ length: 12 }, (_, index) => [{ kind: 'step' as const, targets: [2 + 2 * index + 1] }, { kind: 'step' as const, targets: [1] }]).flat();
    const flow = flowFrom([{ kind: 'fork', targets: Array.from({ length: 12 }, (_, index) => 2 + 2 * index) }, { kind: 'join', targets: [2 + branches.length] }, ...branches, { kind: 'decision', targets: ['end', 1] }]);
    const net = workflowNet(flow);
    const found = soundnessOf(net, { states: 200 });
    assert.equal(found.kind, 'unsound');
    assert.equal(found.kind === 'unsound' && found.shortest, false);
    if (found.kind === 'unsound') for (const fault of found.faults) checkFault(net, fault);
  });

  it('says that it gave up where it did', () => {
    const net = workflowNet(flowFrom([{ kind: 'fork', targets: [1, 2] }, { kind: 'join', targets: [3] }, { kind: 'join', targets: ['end'] }, { kind: 'decision', targets: [1, 2] }]));
    assert.deepEqual(soundnessOf(net, { states: 1 }).kind, 'unknown');
    assert.equal(exploreStates(net, { states: 1 }).complete, false);
  });
});
