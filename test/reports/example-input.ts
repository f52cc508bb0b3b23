/** What the reports are made from, of a model of the examples as it stands in its files, or of any text, without figures. */
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { certificationCalendar } from '../../server/analysis/certification-calendar.ts';
import { promisedFlows } from '../../server/analysis/flow/flow-study.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';
import type { ReportInput } from '../../server/reports/report.ts';
import { sampleInput } from './sample-input.ts';

const builder = new FragmentBuilder();

export function exampleInput(name: 'acme' | 'small-provider', more: Partial<ReportInput> = {}): ReportInput {
  const folder = resolve(import.meta.dirname, '../../examples', name);
  return inputFrom(globSync('**/*.itsms', { cwd: folder }).toSorted().map((file) => [file, readFileSync(resolve(folder, file), 'utf8')]), more);
}

/** Of a model given as text, its flows included. */
export function inputOf(text: string, more: Partial<ReportInput> = {}): ReportInput {
  return inputFrom([['model.itsms', text]], more);
}

function inputFrom(files: readonly (readonly [file: string, text: string])[], more: Partial<ReportInput>): ReportInput {
  const model = new ProjectModel();
  for (const [file, text] of files) model.update(file, builder.build(file, text));
  const sample = sampleInput({ measurements: undefined, remarks: [] });
  const engine = new AssessmentEngine(model, { asOf: sample.asOf, rules: [] });
  const certification = certificationCalendar(model, sample.asOf, { internalAudit: 12, managementReview: 6, systemCheck: 6, surveillance: 12, reassessment: 36 });
  const assessment = { ...sample.assessment, findings: [] };
  return { ...sample, model, locator: model, assessment, certification, documents: [], flows: () => engine.ask(promisedFlows), ask: (question) => engine.ask(question), ...more };
}
