import assert from 'node:assert/strict';
import fc from 'fast-check';
import { catalogueProcesses } from '../../../language/catalogue/processes.ts';
import type { Fix } from '../../../language/model/finding.ts';
import { dateFrom } from '../../../language/values/date.ts';
import { AssessmentEngine } from '../../../server/assessment/engine.ts';
import { applyEdits } from '../../../server/editor/apply-edits.ts';
import { placeEdit } from '../../../server/editor/code-actions.ts';
import { callingFlow, neverEndingProcesses } from '../../../server/analysis/flow/calls.ts';
import { flowOf, type ArrowTarget, type Flow, type FlowStep } from '../../../server/analysis/flow/flow.ts';
import { flowVerdict } from '../../../server/analysis/flow/flow-faults.ts';
import { flowStudy, verdictInWords } from '../../../server/analysis/flow/flow-study.ts';
import { workflowNet } from '../../../server/analysis/flow/workflow-net.ts';
import { processesAndInteractions } from '../../../server/iso20000/4-4-system.ts';
import { processTemplate } from '../../../server/iso20000/process-template.ts';
import { builder, readModel } from '../../language/read-model.ts';
import { plainVerdict } from './plain-exploration.ts';
import { anyFlow, structuredFlow } from './random-flow.ts';

interface Found {
  readonly word: string;
  readonly message: string;
  readonly related: readonly string[];
  readonly fixes: readonly Fix[];
  apply(fix: Fix): string;
}

const isOfFlow = /^“[^”]*”: |can never end/;

/** What is found of flows in a text, each at its word. */
function foundIn(text: string): readonly Found[] {
  const { model } = readModel(text);
  const engine = new AssessmentEngine(model, { asOf: dateFrom('2026-11-10'), rules: [processesAndInteractions] });
  const lines = text.split('\n');
  const cut = ({ line, column, endColumn }: { readonly line: number; readonly column: number; readonly endColumn: number }): string => lines[line]!.slice(column, endColumn);
  const project = { model, builder, asOf: '2026-11-10', text: () => text, figures: () => [], findingsOf: () => [] };
  return engine.findingsOf('model.itsms').filter(({ finding }) => isOfFlow.test(finding.message)).map(({ finding, range, related }) => ({
    word: `${range.line + 1} ${cut(range)}`,
    message: finding.message,
    related: related.map((one) => `${cut(one.range)}: ${one.message}`),
    fixes: finding.fixes,
    apply: (fix) => applyEdits(text, fix.edits.map((edit) => placeEdit(project, edit)!)).replace(/\$\{\d+:([^}]*)\}/g, '$1'),
  }));
}

/** Applies the only fix and expects that nothing is left to say. */
function mended(text: string): string {
  const [found, ...more] = foundIn(text);
  assert.deepEqual(more.map(({ message }) => message), []);
  assert.equal(found?.fixes.length, 1, found?.message);
  const after = found.apply(found.fixes[0]!);
  assert.deepEqual(readModel(after).findings, [], after);
  assert.deepEqual(foundIn(after).map(({ message }) => message), [], after);
  return after;
}

describe('what is found of flows', () => {
  it('is told with the shortest way there, step by step', () => {
    const [found] = foundIn('process p "P" {\n  step a "Log it" -> both\n  fork both -> b, c\n  step b -> end\n  step c -> end\n}');
    assert.equal(found?.word, '4 end');
    assert.match(found.message, /^“P”: The process ends here while “c” is still to be done\. .* Shortest way there: a → both → b\. \(clause 4\.4/);
    assert.deepEqual(found.related, ['a: 1. Log it', 'both: 2. both', 'b: 3. b']);
  });

  it('is mended by a join before the end', () => {
    assert.match(mended('process p {\n  step a -> both\n  fork both -> b, c\n  step b -> end\n  step c -> end\n}'), /step b -> all-done\n {2}step c -> all-done\n {2}join all-done -> end/);
  });

  it('is mended by a join of just those that run side by side', () => {
    const text = mended('process p {\n  decide big yes -> both no -> s\n  fork both -> b, c\n  step b -> s\n  step c -> s\n  step s -> end\n}');
    assert.match(text, /no -> s\n.*\n {2}step b -> before-s\n {2}step c -> before-s\n {2}step s -> end\n {2}join before-s -> s/);
  });

  it('is mended by leaving out a join that waits for what never comes together', () => {
    const text = mended('process p {\n  decide d yes -> a no -> b\n  step a -> j\n  step b -> j\n  join j -> s\n  step s -> end\n}');
    assert.match(text, /step a -> s\n {2}step b -> s\n {2}step s -> end/);
    assert.doesNotMatch(text, /join/);
  });

  it('is mended by leading to a step that is not reached', () => {
    assert.match(mended('process p {\n  step a -> c\n  step b -> c\n  step c -> end\n}'), /step a -> b\n/);
  });

  it('is mended by saying what follows, also behind a text', () => {
    for (const [step, expected] of [['step a', 'step a -> b'], ['step a "Log it"', 'step a "Log it" -> b'], ['step a within 2 working days', 'step a within 2 working days -> b'], ['step a R omar, anna', 'step a R omar, anna -> b']] as const) {
      const [found] = foundIn(`person omar\nperson anna\nprocess p {\n  ${step}\n  step b -> end\n}`);
      assert.deepEqual(found?.fixes.map(({ title }) => title), ['Go on with “b”', 'End the process here']);
      assert.ok(found.apply(found.fixes[0]!).includes(`  ${expected}\n`), found.apply(found.fixes[0]!));
    }
  });

  it('is nothing where a name leads nowhere, which is found as such', () => {
    const { findings } = readModel('process p { step a -> nowhere }');
    assert.equal(findings.length, 1);
    assert.deepEqual(foundIn('process p { step a -> nowhere }'), []);
  });

  it('is nothing of unfinished text', () => {
    for (const text of ['process p { step', 'process p { step a -> ', 'process p { decide d', 'process p { fork f ->', 'process p { join', 'process p { decide d yes -> }']) assert.ok(Array.isArray(foundIn(text)), text);
  });

  it('names calls that never end, once for each process of the circle', () => {
    const found = foundIn('process a { step one call b -> end }\nprocess b { step one call a -> end }\nprocess c { step one call a -> end }');
    assert.deepEqual(found.map(({ word }) => word), ['1 b', '2 a']);
    assert.match(found[0]!.message, /can never end: each way through it calls “b”, and that comes back to it \(a → b → a\)/);
    assert.deepEqual(foundIn('process a { step one call b -> end }\nprocess b { decide d yes -> one no -> end  step one call a -> end }'), []);
  });

  it('offers no change that is not proved, on any flow', () => {
    fc.assert(
      fc.property(fc.oneof(anyFlow, structuredFlow.map(({ bent }) => bent)), (flow) => {
        const verdict = flowVerdict(flow);
        if (verdict.kind !== 'unsound') return;
        for (const { repairs, message } of verdict.faults) {
          assert.ok(message.length > 20);
          for (const { redirect, remove, add } of repairs) {
            const repaired = repair(flow, redirect, remove, add);
            assert.equal(flowVerdict(repaired).kind, 'sound');
          }
        }
      }),
      { numRuns: 1500, seed: 5 },
    );
  });
});

/** Carries a repair out by names, as its text says. */
function repair(flow: Flow, redirect: readonly { readonly path: readonly (string | number)[]; readonly to: string }[], remove: number | undefined, add: string | undefined): Flow {
  const [, name, after] = /^join (\S+) -> (\S+)$/.exec(add ?? '') ?? [];
  const names = [...flow.nodes.map((node) => node.name), ...(name === undefined ? [] : [name])];
  const kept = names.filter((_, index) => index !== remove);
  const target = (to: string): ArrowTarget => (to === 'end' ? 'end' : kept.indexOf(to));
  const nameOf = (to: ArrowTarget): string => (typeof to === 'number' ? names[to]! : String(to));
  const nodes = flow.nodes.flatMap((node, index): FlowStep[] =>
    index === remove ? [] : [{ ...node, arrows: node.arrows.map((arrow) => ({ ...arrow, to: target(redirect.find(({ path }) => path.join() === arrow.path.join())?.to ?? nameOf(arrow.to)) })) }],
  );
  return { ...flow, nodes: [...nodes, ...(name === undefined || after === undefined ? [] : [{ name, kind: 'join' as const, arrows: [{ to: target(after), path: [] }] }])] };
}

/** A flow with what it calls written in its place. */
function inlined(flow: Flow, called: readonly Flow[], depth = 0): Flow {
  const nodes: FlowStep[] = flow.nodes.map((node) => ({ ...node, arrows: [...node.arrows] }));
  for (const [index, node] of flow.nodes.entries()) {
    const callee = called.find(({ process }) => process === node.calls);
    if (!callee) continue;
    const inner = inlined(callee, called, depth + 1);
    const offset = nodes.length;
    const done = offset + inner.nodes.length;
    for (const one of inner.nodes) nodes.push({ ...one, name: `${one.name}-${index}-${depth}`, arrows: one.arrows.map((arrow) => ({ ...arrow, to: typeof arrow.to === 'number' ? arrow.to + offset : arrow.to === 'end' ? done : arrow.to })) });
    nodes.push({ name: `done-${index}-${depth}`, kind: 'step', arrows: node.arrows });
    nodes[index] = { name: node.name, kind: 'step', arrows: [{ to: offset, path: [] }] };
  }
  return { process: flow.process, nodes };
}

describe('calls', () => {
  it('are proved one process at a time as if what is called were written in their place', () => {
    const mostly = fc.oneof({ weight: 3, arbitrary: structuredFlow.map(({ flow }) => flow) }, { weight: 1, arbitrary: structuredFlow.map(({ bent }) => bent) }).filter(({ nodes }) => nodes.length <= 14);
    const counts = { sound: 0, unsound: 0 };
    fc.assert(
      fc.property(mostly, mostly, mostly, fc.nat(), fc.nat(), (a, b, c, first, second) => {
        const calling = (flow: Flow, process: string, callee: string | undefined, which: number): Flow => {
          const steps = flow.nodes.flatMap(({ kind }, index) => (kind === 'step' ? [index] : []));
          return { process, nodes: flow.nodes.map((node, index) => (callee !== undefined && index === steps[which % steps.length] ? { ...node, calls: callee } : node)) };
        };
        const flows = [calling(a, 'a', 'b', first), calling(b, 'b', 'c', second), calling(c, 'c', undefined, 0)];
        const isCalled = flows[0]!.nodes.some(({ calls }) => calls !== undefined);
        const isCalledDeep = isCalled && flows[1]!.nodes.some(({ calls }) => calls !== undefined);
        const parts = [flows[0]!, ...(isCalled ? [flows[1]!] : []), ...(isCalledDeep ? [flows[2]!] : [])];
        const plain = plainVerdict(workflowNet(inlined(flows[0]!, flows)), 600);
        if (!plain) return;
        const sound = parts.every((flow) => flowVerdict(flow).kind === 'sound');
        assert.equal(sound, plain.sound);
        counts[sound ? 'sound' : 'unsound']++;
      }),
      { numRuns: 800, seed: 3 },
    );
    assert.ok(counts.sound > 100 && counts.unsound > 100, JSON.stringify(counts));
  });

  it('end in circles where each process has a way out', () => {
    const flow = (process: string, text: string): Flow => flowOf(readModel(`process ${process} { ${text} }`).model.get('Process', process)!);
    const never = (...flows: readonly Flow[]): readonly string[] => neverEndingProcesses(flows.flatMap((one) => callingFlow(one) ?? [])).map(({ process, circle }) => `${process}: ${circle.join(' ')}`);
    assert.deepEqual(never(flow('a', 'step one call a -> end')), ['a: a']);
    assert.deepEqual(never(flow('a', 'decide d yes -> one no -> end  step one call a -> end')), []);
    assert.deepEqual(never(flow('a', 'fork f -> one, two  step one call a -> j  step two -> j  join j -> end')), ['a: a']);
    assert.deepEqual(never(flow('a', 'step one call b -> end'), flow('b', 'step one call c -> end'), flow('c', 'step one call b -> end')), ['a: ', 'b: b c', 'c: c b']);
  });

  it('make a flow as sound as what it calls', () => {
    const { model } = readModel('process a { step one call b -> end }\nprocess b { step one call c -> end }\nprocess c { fork f -> x, y  step x -> end  step y -> end }');
    const inWords = (id: string): string => verdictInWords(flowStudy(model.get('Process', id)!, model));
    assert.deepEqual(['a', 'b', 'c'].map(inWords), ['sound if c is', 'sound if c is', 'not sound']);
  });
});

describe('the processes of the catalogue', () => {
  for (const process of catalogueProcesses) {
    it(`${process.id} is sound as it is scaffolded`, () => {
      const text = processTemplate(process, () => false).text.replace(/\$\{\d+:([^}]*)\}/g, '$1');
      const declared = readModel(text).model.get('Process', process.id);
      assert.ok(declared && declared.nodes.length > 2);
      assert.deepEqual(flowVerdict(flowOf(declared)), { kind: 'sound' });
    });
  }
});
