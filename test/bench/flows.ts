/** How long it takes to prove flows, and to find their longest ways, from nothing and after one edit. */
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import type { Process } from '../../language/model/declarations.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { dateFrom } from '../../language/values/date.ts';
import { flowStudy } from '../../server/analysis/flow/flow-study.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';
import { criteriaSet } from '../../server/iso20000/8-1-operational-planning.ts';
import { processesAndInteractions } from '../../server/iso20000/4-4-system.ts';
import { generateFlows } from './generate-flows.ts';
import { shown, summary } from './statistics.ts';

/** @param blocks how large the flows are: two make about as many nodes as processes of the catalogue have, eight many times as many */
export function benchFlows(count: number, runs: number, blocks = 2): void {
  const text = generateFlows(count, blocks);
  const builder = new FragmentBuilder();
  const wholes: number[] = [];
  const busyWholes: number[] = [];
  let verdicts = new Map<string, number>();
  let nodes = 0;
  for (let run = 0; run <= runs; run++) {
    // Verdicts are kept with the declarations: each run has its own.
    const model = new ProjectModel();
    model.update('flows.itsms', builder.build('flows.itsms', text));
    const processes: readonly Process[] = model.all('Process').map((process) => structuredClone(process));
    const get = new Map(processes.map((process) => [process.name, process]));
    const lookUp = { get: ((_type: string, id: string | undefined) => get.get(id ?? '')) as ProjectModel['get'] };
    const [began, busy] = [performance.now(), process.cpuUsage()];
    const studies = processes.map((one) => flowStudy(one, lookUp));
    const { user, system } = process.cpuUsage(busy);
    if (run > 0) {
      wholes.push(performance.now() - began);
      busyWholes.push((user + system) / 1000);
    }
    nodes = processes.reduce((sum, one) => sum + one.nodes.length, 0);
    verdicts = new Map();
    for (const { verdict } of studies) verdicts.set(verdict.kind, (verdicts.get(verdict.kind) ?? 0) + 1);
  }
  console.log(`\n== flows: ${count.toLocaleString('en')} processes, ${nodes.toLocaleString('en')} nodes (${[...verdicts].map(([kind, of]) => `${of} ${kind}`).join(', ')})\n`);
  console.log(`all proved, with longest ways    ${shown(summary(wholes))}, processor ${shown(summary(busyWholes))}   (aim 2000 ms)`);

  const files = Array.from({ length: 20 }, (_, index) => ({ file: `flows-${index}.itsms`, text: generateFlows(count / 20, blocks, index).replace(/\bp(\d+)\b/g, `p${index}x$1`).replace(/^organization[\s\S]*?\n\n/, index === 0 ? '$&' : '') }));
  const model = new ProjectModel();
  for (const { file, text: of } of files) model.update(file, builder.build(file, of));
  const engine = new AssessmentEngine(model, { asOf: dateFrom('2026-11-10'), rules: [processesAndInteractions, criteriaSet] });
  engine.assessment();
  const edits: number[] = [];
  for (let run = 0; run < runs * 4; run++) {
    const { file, text: of } = files[3]!;
    const fragment = builder.build(file, run % 2 === 0 ? of.replace('-> end', '-> start') : of, model.fragment(file));
    const began = performance.now();
    engine.apply(model.update(file, fragment));
    engine.findingsOf(file);
    edits.push(performance.now() - began);
  }
  console.log(`one edit to its findings         ${shown(summary(edits))}`);
}

if (import.meta.main) for (const blocks of [2, 8]) benchFlows(Number(process.argv[2] ?? 1000), Number(process.argv[3] ?? 5), blocks);
