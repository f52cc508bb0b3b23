import { metricIdOf, metricTemplates, metricTemplateText, suitsTemplate, templateSourceText, type MetricTemplate } from '../../language/catalogue/metric-templates.ts';
import { catalogueProcesses } from '../../language/catalogue/processes.ts';
import type { Process } from '../../language/model/declarations.ts';
import type { Fix } from '../../language/model/finding.ts';
import type { Model } from '../../language/model/model.ts';
import { placeOf } from '../assessment/remark.ts';

/**
 * The fix that measures a process by the metrics which the catalogue has for it: declared beside it where they are not yet. None for a
 * process that is none of the catalogue's.
 */
export function measureByTemplates(process: Process, model: Pick<Model, 'get' | 'all'>): readonly Fix[] {
  const satisfies = (clause: string): boolean => process.satisfies.some((id) => id === `iso20000:${clause}`);
  const known = catalogueProcesses.find(({ id }) => id === process.name) ?? catalogueProcesses.find(({ clauses }) => clauses.every(satisfies));
  const templates = metricTemplates.filter(({ process: of }) => of === known?.id);
  if (templates.length === 0) return [];
  const missing = templates.filter((template) => model.get('Metric', metricIdOf(template)) === undefined);
  const sourceOf = (template: MetricTemplate): string | undefined => {
    const [source, ...others] = model.all('Source').filter((one) => suitsTemplate(template, one));
    return others.length === 0 ? source?.name : undefined;
  };
  const sources = new Set(missing.flatMap((template) => (sourceOf(template) === undefined ? templateSourceText(template) ?? [] : [])));
  const place = placeOf(process);
  return [{
    title: `Measure it by ${templates.length === 1 ? 'the metric' : `the ${templates.length} metrics`} that the catalogue has for it`,
    edits: [
      { kind: 'addFact', place, text: `measured by ${templates.map(metricIdOf).join(', ')}` },
      ...(missing.length === 0 ? [] : [{ kind: 'addDeclaration' as const, after: place, text: [...missing.map((template) => metricTemplateText(template, sourceOf(template))), ...sources].join('\n\n') }]),
    ],
  }];
}
