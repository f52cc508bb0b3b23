import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { Finding, Severity } from '../../language/model/finding.ts';
import type { Fragment, PlacedEntity } from '../../language/model/fragment.ts';
import type { ProjectModel } from '../../language/model/project-model.ts';
import type { Assessment, RequirementStatus } from './assessment.ts';
import { PatternFinding, severityOfLocated, type LocatedFinding } from './located-findings.ts';

/** An assessment as plain data, for the very texts that it was made of. What is found of thousands of declarations alike stands in it once. */
export interface PackedAssessment {
  readonly asOf: string;
  readonly requirements: readonly RequirementStatus[];
  /** With marks for what differs, see {@link PatternFinding}. */
  readonly patterns: readonly Finding[];
  readonly files: readonly (readonly [file: string, findings: readonly PackedFinding[]])[];
}

/** A finding itself; or the numbers of its pattern and of the declaration of its file that it stands at, which is the first of its name. */
type PackedFinding = LocatedFinding | readonly [pattern: number, declaration: number];

export function packAssessment({ asOf, requirements }: Assessment, found: ReadonlyMap<string, readonly LocatedFinding[]>, model: ProjectModel): PackedAssessment {
  const patterns = new Map<Finding, number>();
  const numberOf = (pattern: Finding): number => {
    let number = patterns.get(pattern);
    if (number === undefined) patterns.set(pattern, (number = patterns.size));
    return number;
  };
  const files = [...found].map(([file, list]): PackedAssessment['files'][number] => {
    const declarations = new Map<PlacedEntity, number>(model.fragment(file)?.declarations.map((placed, index) => [placed, index]));
    return [
      file,
      list.map((located): PackedFinding => {
        const declaration = located instanceof PatternFinding ? declarations.get(located.placed) : undefined;
        return located instanceof PatternFinding && declaration !== undefined ? [numberOf(located.pattern), declaration] : { finding: located.finding, file, range: located.range, related: located.related };
      }),
    ];
  });
  return { asOf, requirements, patterns: [...patterns.keys()], files };
}

/** Answers as the engine does that made the assessment, as long as the texts are the same. */
export class RestoredAssessment {
  readonly #packed: PackedAssessment;
  readonly #model: ProjectModel;
  readonly #found = new Map<string, readonly LocatedFinding[]>();

  /** @throws Error where it is not about this model, or no assessment at all */
  constructor(packed: PackedAssessment, model: ProjectModel) {
    this.#packed = packed;
    this.#model = model;
    if (packed.requirements.length !== catalogue.demands.length) throw new Error('It is about other requirements.');
    for (const [file, list] of packed.files) this.#found.set(file, this.#unpack(model.fragment(file), list));
  }

  assessment(): Assessment {
    const located = [...this.#found.values()];
    return {
      asOf: this.#packed.asOf,
      requirements: this.#packed.requirements,
      get findings() {
        return located.flatMap((list) => list.map(({ finding }) => finding));
      },
    };
  }

  severities(): Readonly<Record<Severity, number>> {
    const count: Record<Severity, number> = { error: 0, warning: 0, information: 0, hint: 0 };
    for (const list of this.#found.values()) for (const located of list) count[severityOfLocated(located)]++;
    return count;
  }

  findingsOf(file: string): readonly LocatedFinding[] {
    return this.#found.get(file) ?? [];
  }

  findingsByFile(): ReadonlyMap<string, readonly LocatedFinding[]> {
    return this.#found;
  }

  #unpack(fragment: Fragment | undefined, list: readonly PackedFinding[]): LocatedFinding[] {
    return list.map((packed) => {
      if (!isOfPattern(packed)) return packed;
      const pattern = this.#packed.patterns[packed[0]];
      const placed = fragment?.declarations[packed[1]];
      if (!pattern || !placed) throw new Error('It is about other texts.');
      return new PatternFinding(pattern, placed, this.#model);
    });
  }
}

function isOfPattern(packed: PackedFinding): packed is readonly [number, number] {
  return Array.isArray(packed);
}
