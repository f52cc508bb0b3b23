import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Process } from '../../../language/model/declarations.ts';
import { dateFrom } from '../../../language/values/date.ts';
import { flowOf, type Flow } from '../../../server/analysis/flow/flow.ts';
import { inWords, mainTimeOfFlow, timeOfFlow } from '../../../server/analysis/flow/flow-times.ts';
import { limitInWords, longestPath } from '../../../server/analysis/flow/time-limits.ts';
import { AssessmentEngine } from '../../../server/assessment/engine.ts';
import { criteriaSet } from '../../../server/iso20000/8-1-operational-planning.ts';
import { readModel } from '../../language/read-model.ts';
import { anyFlow } from './random-flow.ts';

const base = `
organization acme "ACME"
person omar "Omar Said"
team desk "Service desk"
customer retail "Retail"
priority P1 "Priority 1"
priority P2 "Priority 2"
service email "E-mail"
calendar office "Office hours" { timezone Europe/London  open Mon-Fri 08:00-18:00 }
`;

const target = (line: string): string => `sla gold "Gold" for email with retail {\n  support hours office\n  target ${line}\n}\n`;

/** What the row says of the times of processes, with the words it stands at. */
function remarksOn(text: string): readonly string[] {
  const { model, findings } = readModel(base + text);
  assert.deepEqual(findings, []);
  const engine = new AssessmentEngine(model, { asOf: dateFrom('2026-11-10'), rules: [criteriaSet] });
  const lines = (base + text).split('\n');
  return engine.findingsOf('model.itsms').flatMap(({ finding, range }) => (/limits of its steps/.test(finding.message) ? [`${lines[range.line]!.slice(range.column, range.endColumn)}: ${finding.message}`] : []));
}

function timeOf(text: string, name = 'incident'): string | undefined {
  const { model, findings } = readModel(base + text);
  assert.deepEqual(findings, []);
  const process = model.get('Process', name)!;
  const time = mainTimeOfFlow(process, model);
  return time && `${limitInWords(time.limit)}. ${inWords(process, time)}`;
}

const duties = 'R desk A omar';

describe('the longest way through a flow', () => {
  it('adds what follows and takes the longest of what is side by side or chosen', () => {
    assert.equal(
      timeOf(`process incident { step log within 15min -> both  fork both -> a, b  step a within 2h -> meet  step b within 30min -> c  step c within 1h -> meet  join meet -> big
        decide big yes -> review no -> close  step review within 1h -> close  step close within 5min -> end }`),
      '3h20min. Longest way: log 15min → a 2h → review 1h → close 5min.',
    );
  });

  it('names steps of other ways that state no limit: they may take longer', () => {
    assert.equal(
      timeOf('process incident { step log within 15min -> big  decide big yes -> fix no -> wait  step fix within 2h -> end  step wait -> end }'),
      '2h15min. Longest way: log 15min → fix 2h. Not counted: on other ways wait, which states no limit.',
    );
  });

  it('goes round as often as a branch says, and tells of branches that do not say', () => {
    assert.equal(timeOf('process incident { step fix within 1h -> ok  decide ok yes -> end no -> fix at most 2 times }'), '3h. Longest way: fix 1h → fix 1h → fix 1h.');
    assert.equal(
      timeOf('process incident { step fix within 1h -> ok  decide ok yes -> end no -> fix }'),
      '1h. Longest way: fix 1h. Not counted: going back from ok (no) to fix, which may happen any number of times (at most N times).',
    );
  });

  it('takes what a called process takes, also where that calls back', () => {
    const change = 'process change { step plan within 4h -> again  decide again yes -> incident no -> end  step incident call incident -> end }';
    assert.equal(timeOf(`process incident { step log within 1h -> change  step change call change -> end }\n${change}`), '5h. Longest way: log 1h → change 4h.');
  });

  it('names steps without a limit and limits by another clock', () => {
    assert.equal(
      timeOf('process incident { step log within 1h -> a  step a within 1h -> b  step b within 2h in office -> c  step c -> end }'),
      '4h. Longest way: log 1h → a 1h → b 2h. Not counted: c, which states no limit.',
    );
    assert.equal(
      timeOf('process incident { step log within 1h in office -> a  step a within 1h in office -> b  step b within 2 working days in office -> end }'),
      '2h in office. Longest way: log 1h → a 1h. Not counted: b, 2 working days in office, by another clock.',
    );
  });

  it('is as long as the longest of all ways, one by one', () => {
    const withTimes = fc.tuple(anyFlow, fc.array(fc.nat(9), { minLength: 9, maxLength: 9 }), fc.array(fc.option(fc.integer({ min: 0, max: 2 }), { nil: undefined, freq: 1 }), { minLength: 27, maxLength: 27 }), fc.option(fc.nat(8), { nil: undefined }));
    let found = 0;
    fc.assert(
      fc.property(withTimes, ([flow, amounts, bounds, stop]) => {
        const bound = (node: number, arrow: number): number | undefined => (flow.nodes[node]!.kind === 'decision' ? bounds[node * 3 + arrow] : undefined);
        const stops = stop === undefined ? undefined : (node: number): boolean => node === stop;
        const path = longestPath(flow, { amount: (node) => amounts[node]!, bound, ...(stops ? { stops } : {}) });
        if (!path) return;
        found++;
        // Which arrows lead back is part of the answer; that they do is checked below.
        assert.equal(path.amount, slowLongest(flow, amounts, bound, stops, new Set(path.unbounded.map(({ node, arrow }) => `${node} ${arrow}`))));
        assert.equal(path.steps.reduce((sum, { node }) => sum + amounts[node]!, 0), path.amount);
        for (const { node, arrow } of path.unbounded) assert.ok(leadsBack(flow, node, flow.nodes[node]!.arrows[arrow]!.to as number));
      }),
      { numRuns: 1500, seed: 11 },
    );
    assert.ok(found > 300, String(found));
  });
});

/** By trying every way; -Infinity where none leads there. */
function slowLongest({ nodes }: Flow, amounts: readonly number[], bound: (node: number, arrow: number) => number | undefined, stops: ((node: number) => boolean) | undefined, left: ReadonlySet<string>): number {
  const taken = new Map<string, number>();
  const from = (node: number): number => {
    let best = stops?.(node) ? 0 : -Infinity;
    for (const [arrow, { to }] of nodes[node]!.arrows.entries()) {
      const key = `${node} ${arrow}`;
      if (left.has(key)) continue;
      if (to === 'end') best = Math.max(best, stops ? -Infinity : 0);
      if (typeof to !== 'number') continue;
      const count = taken.get(key) ?? 0;
      if (count >= (bound(node, arrow) ?? Infinity)) continue;
      taken.set(key, count + 1);
      best = Math.max(best, from(to));
      taken.set(key, count);
    }
    return amounts[node]! + best;
  };
  return from(0);
}

function leadsBack({ nodes }: Flow, node: number, to: number): boolean {
  const seen = new Set([to]);
  for (const one of seen) for (const arrow of nodes[one]!.arrows) if (typeof arrow.to === 'number') seen.add(arrow.to);
  return seen.has(node);
}

describe('time limits against what is promised', () => {
  const flow = (more = ''): string => `process incident "Incidents" {
  satisfies iso20000:8.6.1
  step log ${duties} within 30min in office -> fix
  step fix ${duties} within 4h in office reaches restore -> close
  step close ${duties} within 5 working days in office -> end
  ${more}
}
`;

  it('are found to allow more, up to the step that keeps the promise', () => {
    const [first, ...others] = remarksOn(flow() + target('p1 restore P1 within 4h for 95% per month'));
    assert.deepEqual(others, []);
    assert.match(first!, /^4h: By the limits of its steps “Incidents” may take 4h30min in office until service is restored, but the target p1 of P1 of “Gold” promises 4h in office: 30min too long\. Longest way: log 30min → fix 4h\./);
    assert.deepEqual(remarksOn(flow() + target('p1 restore P1 within 5h for 95% per month')), []);
  });

  it('count a step again that is done again before the promise is kept', () => {
    const again = `process incident "Incidents" {
  satisfies iso20000:8.6.1
  step fix ${duties} within 2h in office reaches restore -> solved
  decide solved yes -> end no -> fix at most 1 times
}
`;
    assert.match(remarksOn(again + target('p1 restore P1 within 3h for 95% per month')).join(), /may take 4h in office until service is restored/);
    assert.deepEqual(remarksOn(again.replace(' at most 1 times', '') + target('p1 restore P1 within 3h for 95% per month')), []);
  });

  it('are not judged where no step says that it keeps the promise', () => {
    assert.deepEqual(remarksOn(flow() + target('p1 resolve P1 within 1h for 95% per month')), []);
  });

  it('count at least as much in time that passes, and nothing by a clock that cannot be compared', () => {
    assert.equal(remarksOn(flow() + target('p1 restore P1 within 4h for 95% per month in always')).length, 1);
    assert.deepEqual(remarksOn(flow() + target('p1 restore P1 within 1 working day for 95% per month')), []);
  });

  it('follow only branches for the priorities that are promised', () => {
    const byPriority = `process incident "Incidents" {
  satisfies iso20000:8.6.1
  step log ${duties} within 30min in office -> which
  decide which P1 -> fast other -> slow
  step fast ${duties} within 2h in office reaches restore -> end
  step slow ${duties} within 8h in office reaches restore -> end
}
`;
    assert.deepEqual(remarksOn(byPriority + target('p1 restore P1 within 4h for 95% per month')), []);
    assert.match(remarksOn(byPriority + target('p2 restore P2 within 4h for 95% per month')).join(), /slow 8h/);
    assert.match(remarksOn(byPriority + target('all restore within 4h for 95% per month')).join(), /slow 8h/);
  });

  it('are held against the closure of the process and the step that calls it', () => {
    assert.match(remarksOn(flow('closure within 2 working days in office')).join(), /^2 working days: .* may take 5 working days in office, but it is to be closed within 2 working days in office/);
    const caller = `process major "Major" { step call-it ${duties} within 1h in office call incident -> end }\n`;
    assert.match(remarksOn(flow().replace('5 working days', '1h') + caller).join(), /^1h: “call-it” is to be done within 1h in office, but “Incidents”, which it calls, may take 5h30min in office/);
  });

  it('compares a scale with the same scale only', () => {
    const { model } = readModel(base + flow());
    const process: Process = model.get('Process', 'incident')!;
    assert.equal(timeOfFlow(process, { clock: 'office', unit: 'working days' }, model)?.limit.amount, 5);
    assert.equal(timeOfFlow(process, { clock: 'night', unit: 'seconds' }, model), undefined);
    assert.equal(flowOf(process).nodes.length, 3);
  });
});
