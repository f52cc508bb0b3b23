import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import type { Fragment } from '../../language/model/fragment.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { duplicateFindings, linkFindings } from '../../language/references/link-check.ts';

/** Making the parser is what costs, so all tests of the language share one. */
export const builder = new FragmentBuilder();

export interface ReadModel {
  readonly model: ProjectModel;
  /** Everything said about the texts: syntax, well-formedness, names. `file:line code`, lines from 1. */
  readonly findings: readonly string[];
}

/** Reads texts by file name (or one text) into a model, with everything that can be said of them without the standard. */
export function readModel(texts: Readonly<Record<string, string>> | string): ReadModel {
  const files = typeof texts === 'string' ? { 'model.itsms': texts } : texts;
  const model = new ProjectModel();
  for (const [file, text] of Object.entries(files)) model.update(file, builder.build(file, text));
  const findings: string[] = [];
  const seen = new Set<string>();
  for (const file of Object.keys(files)) {
    const fragment = model.fragment(file);
    if (!fragment) continue;
    for (const { finding, line } of fragment.findings) findings.push(`${file}:${line + 1} ${finding.code}: ${finding.message}`);
    for (const { entity, line } of fragment.declarations) {
      for (const finding of entity.findings) findings.push(`${file}:${line + 1} ${finding.code}: ${finding.message}`);
      // Of several declarations of one id, the first already speaks for all.
      const duplicates = seen.has(entity.key) ? [] : duplicateFindings(entity, model);
      seen.add(entity.key);
      for (const finding of [...linkFindings(entity, model), ...duplicates]) {
        const at = model.locate(finding.place);
        findings.push(`${at?.file ?? file}:${(at?.range.line ?? -1) + 1} ${finding.code}: ${finding.message}`);
      }
    }
  }
  return { model, findings };
}

/** Type and name of every declaration, in order: what an outline shows. */
export function outlineOf(fragment: Fragment): string[] {
  return fragment.declarations.map(({ entity }) => ('name' in entity.node ? `${entity.node.$type} ${entity.node.name}` : entity.node.$type));
}
