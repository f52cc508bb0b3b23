/** Where in a file something is declared that has figures: targets, workload limits and metrics. */
import type { Agreement, Metric, ServiceLevelTarget, WorkloadLimit } from '../../language/model/declarations.ts';
import type { Path } from '../../language/model/fragment.ts';
import { spanAtPath } from '../../language/model/places.ts';
import type { Range } from 'vscode-languageserver';
import type { Subject } from '../measurement/figure.ts';
import { updateTargets } from '../measurement/update-promises.ts';
import type { EditorProject } from './editor-project.ts';
import { spanRange } from './positions.ts';

export type MeasuredPlace = { readonly subject: Subject; /** The name. */ readonly range: Range } & (
  | { readonly kind: 'target'; readonly agreement: Agreement; readonly target: ServiceLevelTarget }
  | { readonly kind: 'workload'; readonly agreement: Agreement; readonly limit: WorkloadLimit }
  | { readonly kind: 'metric'; readonly metric: Metric }
);

/** In the order of the text. Of a target that is stated several times, the statement that is in force. */
export function measuredPlaces(project: EditorProject, file: string): readonly MeasuredPlace[] {
  const places: MeasuredPlace[] = [];
  for (const placed of project.model.fragment(file)?.declarations ?? []) {
    const { node } = placed.entity;
    const at = (path: Path): Range => spanRange(placed, spanAtPath(node, path));
    if (node.$type === 'Agreement') {
      node.targets.forEach((target, index) => {
        if (target === inForce(node, target.name, project.asOf)) places.push({ kind: 'target', subject: { kind: 'target', agreement: node.name, target: target.name }, range: at(['targets', index, 'name']), agreement: node, target });
      });
      for (const { target, index } of updateTargets(node, project.model)) places.push({ kind: 'target', subject: { kind: 'target', agreement: node.name, target: target.name }, range: at(['updates', index, 'interval']), agreement: node, target });
      node.workloadLimits.forEach((limit, index) => {
        places.push({ kind: 'workload', subject: { kind: 'workload', agreement: node.name, limit: limit.name }, range: at(['workloadLimits', index, 'name']), agreement: node, limit });
      });
    } else if (node.$type === 'Metric') {
      places.push({ kind: 'metric', subject: { kind: 'metric', metric: node.name }, range: at(['name']), metric: node });
    }
  }
  return places;
}

function inForce(agreement: Agreement, name: string, asOf: string): ServiceLevelTarget | undefined {
  const stated = agreement.targets.filter((target) => target.name === name).toSorted((a, b) => ((a.since ?? '') < (b.since ?? '') ? -1 : 1));
  return stated.findLast(({ since }) => (since ?? '') <= asOf) ?? stated[0];
}
