import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import type { Figure, Measurements } from '../../server/measurement/figure.ts';
import { measure, type MeasureRequest } from '../../server/measurement/measure.ts';
import { openNodeHost } from '../../server/project/node-host.ts';

const builder = new FragmentBuilder();

/** A project in a temporary folder: a model and data files, measured as often as wanted. */
export class MeasuredProject {
  readonly folder: string;
  readonly model = new ProjectModel();

  constructor(text: string, files: Readonly<Record<string, string | Uint8Array>> = {}) {
    this.folder = mkdtempSync(join(tmpdir(), 'itsms-measure-'));
    for (const [name, content] of Object.entries(files)) this.write(name, content);
    this.setText(text);
  }

  setText(text: string): void {
    const fragment = builder.build('model.itsms', text, this.model.fragment('model.itsms'));
    const findings = [...fragment.findings.map(({ finding }) => finding), ...fragment.declarations.flatMap(({ entity }) => entity.findings)];
    const syntax = findings.filter(({ code }) => code === 'syntax');
    if (syntax.length > 0) throw new Error(syntax.map(({ message }) => message).join('\n'));
    this.model.update('model.itsms', fragment);
  }

  write(name: string, content: string | Uint8Array): void {
    mkdirSync(dirname(join(this.folder, name)), { recursive: true });
    writeFileSync(join(this.folder, name), content);
  }

  async measure(asOf: string, more: Partial<MeasureRequest> = {}): Promise<Measurements> {
    return await measure({ model: this.model, asOf, dataFiles: await openNodeHost(this.folder), ...more });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** Measures once and cleans up. */
export async function measured(text: string, files: Readonly<Record<string, string | Uint8Array>>, asOf: string, more: Partial<MeasureRequest> = {}): Promise<Measurements & { readonly project: MeasuredProject }> {
  const project = new MeasuredProject(text, files);
  try {
    return { ...(await project.measure(asOf, more)), project };
  } finally {
    project.remove();
  }
}

/** The figure of a target, limit or metric in a period. */
export function figureOf({ figures }: Pick<Measurements, 'figures'>, name: string, period: string, group?: string): Figure {
  const found = figures.filter(({ subject, period: of }) => {
    const own = subject.kind === 'target' ? subject.target : subject.kind === 'workload' ? subject.limit : subject.metric;
    const grouped = subject.kind === 'metric' && subject.group !== undefined ? Object.values(subject.group).join() : undefined;
    return own === name && of === period && grouped === group;
  });
  if (found.length !== 1) throw new Error(`${found.length} figures of ${name} in ${period}; there are ${figures.map(({ subject, period: of }) => `${JSON.stringify(subject)} ${of}`).join(', ')}`);
  return found[0]!;
}

/** Code, message and the text at which it is shown. */
export function findingsOf({ findings, project }: Measurements & { readonly project: MeasuredProject }, text: string): readonly { readonly code: string; readonly message: string; readonly at: string }[] {
  const lines = text.split('\n');
  return findings.map(({ code, message, place }) => {
    const location = project.model.locate(place);
    const range = location?.range;
    return { code, message, at: range === undefined ? '' : (lines[range.line] ?? '').slice(range.column, range.endColumn) };
  });
}
