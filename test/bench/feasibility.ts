/** How long it takes to hold all agreements against what they rest on, from nothing and after one edit. */
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { dateFrom } from '../../language/values/date.ts';
import { FeasibilityStudy } from '../../server/analysis/feasibility/study.ts';
import { generateServices } from './generate-services.ts';
import { shown, summary } from './statistics.ts';

const asOf = dateFrom('2026-11-10');

export function benchFeasibility(services: number, dependencies: number, runs: number): void {
  const generated = generateServices(services, dependencies);
  const builder = new FragmentBuilder();
  const model = new ProjectModel();
  for (const { file, text } of generated.files) model.update(file, builder.build(file, text));
  const ids = model.all('Agreement').map(({ name }) => name);
  console.log(`\n== feasibility: ${generated.services.toLocaleString('en')} services, ${generated.dependencies.toLocaleString('en')} dependencies, ${ids.length.toLocaleString('en')} agreements\n`);

  const whole: number[] = [];
  const processor: number[] = [];
  const inWords: number[] = [];
  let worded = new FeasibilityStudy();
  let [exact, counted] = [0, 0];
  for (let run = 0; run <= runs; run++) {
    const study = (worded = new FeasibilityStudy());
    const [began, busy] = [performance.now(), process.cpuUsage()];
    study.look(model, asOf);
    const answers = ids.map((id) => study.of(id));
    const { user, system } = process.cpuUsage(busy);
    // The first run also warms up the program.
    if (run > 0) {
      whole.push(performance.now() - began);
      processor.push((user + system) / 1000);
    }
    const wording = process.cpuUsage();
    const figures = answers.flatMap((answer) => answer?.checks.flatMap((check) => check.figures ?? []) ?? []);
    const { user: userOfWords, system: systemOfWords } = process.cpuUsage(wording);
    if (run > 0) inWords.push((userOfWords + systemOfWords) / 1000);
    [exact, counted] = [figures.filter((figure) => figure.exact).length, figures.length];
  }
  console.log(`all agreements                   ${shown(summary(whole))}, processor ${shown(summary(processor))}   (aim 200 ms); ${exact} of ${counted} structures computed, the others bounded`);
  console.log(`the arithmetic of all in words   processor ${shown(summary(inWords))}   (only when asked for)`);

  const judged = new FeasibilityStudy().look(model, asOf);
  for (const id of ids) judged.of(id);
  for (const [what, file, study, asked] of [
    ['of an SLA', 'layer0-0.itsms', judged, ''],
    ['of an application', 'layer1-3.itsms', judged, ''],
    ['of a hub beneath many', 'layer3-2.itsms', judged, ''],
    ['of a hub beneath many', 'layer3-2.itsms', worded, ', all having been read in words'],
  ] as const) {
    const times: number[] = [];
    const busyTimes: number[] = [];
    const before = generated.files.find((one) => one.file === file)!.text;
    for (let run = 0; run < runs * 3; run++) {
      const text = run % 2 === 0 ? before.replace(/>= 99[.\d]*%/u, '>= 98.7%') : before;
      model.update(file, builder.build(file, text, model.fragment(file)));
      const [began, busy] = [performance.now(), process.cpuUsage()];
      study.look(model, asOf);
      for (const id of ids) study.of(id);
      const { user, system } = process.cpuUsage(busy);
      times.push(performance.now() - began);
      busyTimes.push((user + system) / 1000);
    }
    console.log(`one edit ${what.padEnd(23)} ${shown(summary(times))}, processor ${shown(summary(busyTimes))}   (aim 20 ms)${asked}`);
  }
}
