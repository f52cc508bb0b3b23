import type { Finding } from '../../language/model/finding.ts';
import { rangeOf } from '../../language/model/places.ts';
import type { ModelChange, ProjectModel } from '../../language/model/project-model.ts';
import { duplicateFindings, linkFindings } from '../../language/references/link-check.ts';
import type { Assessment } from '../assessment/assessment.ts';
import type { Measurements } from '../measurement/figure.ts';

/** Stands in for the assessment until it is there: well-formedness and links only, computed anew on every question. */
export class LinksOnlyEngine {
  readonly #model: ProjectModel;
  readonly #asOf: string;
  #measurements: Measurements | undefined;

  constructor(model: ProjectModel, options: { readonly asOf: string }) {
    this.#model = model;
    this.#asOf = options.asOf;
  }

  apply(_change: ModelChange): void {}

  setMeasurements(measurements: Measurements | undefined): void {
    this.#measurements = measurements;
  }

  assessment(): Assessment {
    const findings = this.#model.files().flatMap((file) => this.#findingsOf(file));
    return { asOf: this.#asOf, findings: [...findings, ...(this.#measurements?.findings ?? [])], requirements: [] };
  }

  #findingsOf(file: string): Finding[] {
    const fragment = this.#model.fragment(file);
    if (!fragment) return [];
    const local = { requirements: [], related: [], fixes: [] };
    return [
      ...fragment.findings.map(({ finding, line, column }): Finding => ({ ...finding, ...local, place: { file, range: { line, column, endLine: line, endColumn: column + 1 } } })),
      ...fragment.declarations.flatMap((placed) => [
        ...placed.entity.findings.map((finding): Finding => ({ ...finding, ...local, place: { file, range: rangeOf(placed, finding.at) } })),
        ...linkFindings(placed.entity, this.#model),
        ...duplicateFindings(placed.entity, this.#model).filter(({ place }) => this.#model.locate(place)?.file === file),
      ]),
    ];
  }
}
