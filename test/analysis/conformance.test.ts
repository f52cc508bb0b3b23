import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Process } from '../../language/model/declarations.ts';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { Aligner, limitReached } from '../../server/analysis/conformance/alignment.ts';
import { compareVariants, fitness, type Activity, type Comparison } from '../../server/analysis/conformance/conformance.ts';
import { observedNet, type ObservedNet } from '../../server/analysis/conformance/observed-net.ts';

const builder = new FragmentBuilder();

function processesOf(text: string): ReadonlyMap<string, Process> {
  return new Map(builder.build('a.itsms', text).declarations.flatMap(({ entity: { node } }) => (node.$type === 'Process' ? [[node.name, node] as const] : [])));
}

/** The net of the first process; all steps whose name begins with a capital are seen. */
function netOf(text: string): ObservedNet {
  const processes = processesOf(text);
  const seen = new Set([...processes.values()].flatMap(({ name, nodes }) => nodes.flatMap((node) => (/^[A-Z]/.test(node.name) ? [`${name}.${node.name}`] : []))));
  return observedNet([...processes.values()][0]!, (id) => processes.get(id), seen);
}

/** Steps by their names, and whatever else is done. */
function activitiesOf(net: ObservedNet, others: readonly string[] = []): readonly Activity[] {
  return [...new Set([...net.steps.map(({ node }) => node), ...others])].map((text) => ({ text, steps: net.steps.flatMap(({ node }, index) => (node === text ? [index] : [])) }));
}

function compare(text: string, traces: readonly (readonly [trace: string, cases?: number, isOpen?: true])[]): Comparison {
  const net = netOf(text);
  const activities = activitiesOf(net, traces.flatMap(([trace]) => trace.split(' ').filter(Boolean)));
  const work = compareVariants(net, activities, traces.map(([trace, cases = 1, isOpen]) => ({
    trace: trace.split(' ').filter(Boolean).map((word) => activities.findIndex((activity) => activity.text === word)), isFinished: isOpen !== true, cases: [cases], samples: [trace],
  })), 1);
  for (let step = work.next(); ; step = work.next()) if (step.done === true) return step.value;
}

const change = `process change {
  step Record -> type
  decide type standard -> Implement normal -> Approve
  step Approve -> both
  fork both -> Prepare, Tell
  step Prepare -> meet
  step Tell -> meet
  join meet -> Implement
  step Implement -> Review
  step Review -> end
}`;

const deviations = ({ deviations: found }: Comparison): string[] => found.map(({ kind, step, activity, beside, cases }) => `${kind} ${step?.node ?? activity} ${beside?.node ?? '-'} ${cases}`);

describe('conformance of cases with a flow', () => {
  const tellings: readonly (readonly [trace: string, cost: number, worst: number, deviations: readonly string[], isOpen?: true])[] = [
    ['Record Implement Review', 0, 6, []],
    ['Record Approve Prepare Tell Implement Review', 0, 9, []],
    ['Record Approve Tell Prepare Implement Review', 0, 9, []],
    ['Record Prepare Tell Implement Review', 1, 8, ['skipped Approve Prepare 1']],
    ['Record Approve Prepare Implement Tell Review', 2, 9, ['late Tell Implement 1']],
    ['Record Implement Implement Review', 1, 7, ['extra Implement Implement 1']],
    ['Party Record Implement Party Review', 2, 8, ['unknown Party - 1']],
    ['Review Record Implement', 2, 6, ['early Review Implement 1']],
    ['Record Approve', 0, 2, [], true],
    ['Record Approve Tell', 3, 6, ['skipped Implement - 1', 'skipped Prepare - 1', 'skipped Review - 1']],
    ['Record Prepare', 1, 2, ['skipped Approve Prepare 1'], true],
    ['', 3, 3, ['skipped Implement - 1', 'skipped Record - 1', 'skipped Review - 1']],
    ['', 0, 0, [], true],
  ];
  for (const [trace, cost, worst, expected, isOpen] of tellings) {
    it(`“${trace}”${isOpen ? ', which goes on,' : ''} costs ${cost} of ${worst}`, () => {
      const result = compare(change, [isOpen ? [trace, 1, true] : [trace]]);
      assert.deepEqual([result.whole.cost, result.whole.worst, result.whole.following], [cost, worst, cost === 0 ? 1 : 0]);
      assert.deepEqual(deviations(result).toSorted(), expected);
    });
  }

  it('takes the approval that came after the fact as late', () => {
    assert.deepEqual(deviations(compare('process p { step Ask -> Approve step Approve -> Do step Do -> Look step Look -> end }', [['Ask Do Look Approve', 3]])), ['late Approve Look 3']);
  });

  it('counts cases and sums costs, numerator and denominator', () => {
    const { whole } = compare(change, [['Record Implement Review', 9], ['Record Review', 1]]);
    assert.deepEqual(whole, { cases: 10, open: 0, following: 9, cost: 1, worst: 9 * 6 + 5, notCompared: 0 });
    assert.deepEqual(fitness(whole), { numerator: 58, denominator: 59 });
  });

  it('puts a called process in place of the step that calls it where the log shows it, and a recursive call once', () => {
    const text = 'process p { step Ask -> change step change call q -> Close step Close -> end } process q { step Approve -> again step again call p -> Do step Do -> end }';
    assert.deepEqual(compare(text, [['Ask Approve Do Close']]).whole.following, 1);
    assert.deepEqual(deviations(compare(text, [['Ask Do Close']])), ['skipped Approve Do 1']);
  });

  it('does not ask for steps that the log cannot show', () => {
    const result = compare('process p { step Ask -> hidden step hidden -> Do step Do -> end }', [['Ask Do']]);
    assert.equal(result.whole.following, 1);
    assert.deepEqual(netOf('process p { step Ask -> hidden step hidden -> Do step Do -> end }').unseen, [{ process: 'p', node: 'hidden' }]);
  });

  it('says that a flow has no end, and still compares what goes on', () => {
    const result = compare('process p { step Ask -> Wait step Wait -> Wait }', [['Ask Wait', 2], ['Ask Wait Wait', 1, true]]);
    assert.deepEqual([result.notCompared, result.whole.notCompared, result.whole.following], ['noEnd', 2, 1]);
  });

  it('says that it came to its limit, and gives no figure for what was not compared', () => {
    const net = netOf(change);
    const activities = activitiesOf(net);
    assert.equal(new Aligner(net, activities.map(({ steps }) => steps), { statesPerTrace: 3 }).align([0, 1, 2, 3], true), limitReached);
    assert.equal(new Aligner(net, activities.map(({ steps }) => steps), { markings: 2 }).align([0, 1, 2, 3], true), limitReached);
    // Tokens without end: a fork that leads back to itself.
    const endless = netOf('process p { fork f -> f, A step A -> end }');
    assert.equal(new Aligner(endless, [[0]], { markings: 50 }).align([0, 0], true), limitReached);
  });

  it('compares a hundred thousand events of as many ways through branches side by side', () => {
    const letters = [...'ABCDEFGH'];
    const net = netOf(`process p { fork f -> ${letters.join(', ')} ${letters.map((letter) => `step ${letter} -> j`).join(' ')} join j -> Z step Z -> end }`);
    const aligner = new Aligner(net, net.steps.map((_, index) => [index]));
    for (let turn = 0; turn < 1000; turn++) {
      const order = letters.map((_, index) => (index * 3 + turn) % letters.length);
      assert.equal((aligner.align([...order.map((index) => net.steps.findIndex(({ node }) => node === letters[index])), 8], true) as { cost: number }).cost, 0);
    }
  });
});

/** A flow that is put together from parts, whose runs can be written down without a net. */
type Part =
  | { readonly kind: 'step'; readonly name: string }
  | { readonly kind: 'row' | 'choice' | 'together'; readonly parts: readonly Part[] }
  | { readonly kind: 'again'; readonly name: string };

const mostRepetitions = 4;

/** All runs as words of seen steps; a repetition as often as could ever pay for a trace of the length that is tried. */
function runsOf(part: Part): readonly string[] {
  switch (part.kind) {
    case 'step': return [/^[A-Z]/.test(part.name) ? part.name : ''];
    case 'again': return Array.from({ length: mostRepetitions + 1 }, (_, times) => part.name.repeat(times + 1));
    case 'row': return distinct(part.parts.map(runsOf).reduce((all, some) => all.flatMap((a) => some.map((b) => a + b))));
    case 'choice': return distinct(part.parts.flatMap(runsOf));
    case 'together': return distinct(part.parts.map(runsOf).reduce((all, some) => all.flatMap((a) => some.flatMap((b) => interleaved(a, b)))));
  }
}

function interleaved(a: string, b: string): readonly string[] {
  if (a === '' || b === '') return [a + b];
  return [...interleaved(a.slice(1), b).map((rest) => a[0]! + rest), ...interleaved(a, b.slice(1)).map((rest) => b[0]! + rest)];
}

function distinct(words: readonly string[]): readonly string[] {
  return [...new Set(words)];
}

let written = 0;

/** The nodes of a part. @returns the name of its first node */
function write(part: Part, next: string, nodes: string[]): string {
  const arrow = (to: string): string => `-> ${to}`;
  switch (part.kind) {
    case 'step':
      nodes.push(`step ${part.name} ${arrow(next)}`);
      return part.name;
    case 'again':
      nodes.push(`step ${part.name} -> d${part.name}`, `decide d${part.name} again -> ${part.name} on ${arrow(next)}`);
      return part.name;
    case 'row':
      return part.parts.reduceRight((after, one) => write(one, after, nodes), next);
    case 'choice': {
      const name = `d${++written}`;
      const firsts = part.parts.map((one) => write(one, next, nodes));
      nodes.push(`decide ${name} ${firsts.map((first, index) => `o${index} -> ${first}`).join(' ')}`);
      return name;
    }
    case 'together': {
      const [fork, join] = [`f${++written}`, `j${written}`];
      nodes.push(`join ${join} ${arrow(next)}`);
      // What comes to the join from a choice within has to come by one way.
      const firsts = part.parts.map((one, index) => {
        nodes.push(`step ${join}-${index} -> ${join}`);
        return write(one, `${join}-${index}`, nodes);
      });
      nodes.push(`fork ${fork} -> ${firsts.join(', ')}`);
      return fork;
    }
  }
}

/** Insertions and deletions from one word to the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) next.push(letter === other ? row[j]! : Math.min(row[j + 1]!, next[j]!) + 1);
    row = next;
  }
  return row[b.length]!;
}

/** Each step once in the flow, hidden ones in small letters. */
const part: fc.Arbitrary<Part> = fc.letrec<{ part: Part; shape: Part }>((tie) => ({
  shape: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constant<Part>({ kind: 'step', name: 'X' }),
    fc.constant<Part>({ kind: 'step', name: 'x' }),
    fc.constant<Part>({ kind: 'again', name: 'X' }),
    fc.record({ kind: fc.constantFrom('row' as const, 'choice' as const, 'together' as const), parts: fc.array(tie('shape'), { minLength: 2, maxLength: 3 }) }),
  ),
  part: tie('shape'),
})).part;

function named(shape: Part, counter = { next: 0 }): Part {
  if (shape.kind === 'step' || shape.kind === 'again') {
    const letter = String.fromCharCode(65 + counter.next++);
    return { kind: shape.kind, name: shape.name === 'x' ? letter.toLowerCase() : letter };
  }
  return { kind: shape.kind, parts: shape.parts.map((one) => named(one, counter)) };
}

function leavesOf(one: Part): number {
  return one.kind === 'step' || one.kind === 'again' ? 1 : one.parts.reduce((sum, inner) => sum + leavesOf(inner), 0);
}

function loopsOf(one: Part): number {
  return one.kind === 'step' ? 0 : one.kind === 'again' ? 1 : one.parts.reduce((sum, inner) => sum + loopsOf(inner), 0);
}

describe('the cost of alignments', () => {
  it('is the least number of insertions and deletions to a run of the flow, and of one that goes on to a beginning of one', () => {
    fc.assert(
      fc.property(part.filter((shape) => leavesOf(shape) <= 6 && loopsOf(shape) <= 1), fc.array(fc.nat({ max: 7 }), { maxLength: mostRepetitions }), fc.boolean(), (shape, wanted, isFinished) => {
        const whole = named(shape);
        const nodes: string[] = [];
        const first = write({ kind: 'row', parts: [{ kind: 'step', name: 'zero' }, whole] }, 'end', nodes);
        const net = netOf(`process p { ${[...nodes.filter((node) => node.startsWith(`step ${first} `)), ...nodes.filter((node) => !node.startsWith(`step ${first} `))].join('\n')} }`);
        const runs = runsOf(whole);
        const words = isFinished ? runs : distinct(runs.flatMap((run) => Array.from({ length: run.length + 1 }, (_, length) => run.slice(0, length))));
        // The last letter is of no step.
        const trace = wanted.map((index) => String.fromCharCode(65 + index)).join('');
        const activities = activitiesOf(net, [...trace]);
        const aligner = new Aligner(net, activities.map(({ steps }) => steps));
        const alignment = aligner.align([...trace].map((letter) => activities.findIndex(({ text }) => text === letter)), isFinished);
        assert.ok(typeof alignment === 'object');
        assert.equal(alignment.cost, Math.min(...words.map((word) => distance(trace, word))));
        assert.equal(aligner.shortestRun(), Math.min(...runs.map((run) => run.length)));
        // The moves say what they cost, and are the trace on the one hand, a run on the other.
        assert.equal(alignment.moves.filter(({ kind }) => kind === 'log' || kind === 'flow').length, alignment.cost);
        assert.equal(alignment.moves.flatMap((move) => ('event' in move ? trace[move.event]! : [])).join(''), trace);
        const run = alignment.moves.flatMap((move) => (move.kind === 'both' || move.kind === 'flow' ? net.steps[net.transitions[move.transition]!.step!]!.node : [])).join('');
        assert.ok(words.includes(run), run);
      }),
      { numRuns: 3000 },
    );
  });
});
