import type { Agreement, DeclarationType, DeclarationTypes, Source } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import { lookedUpSources, measuredSubjects } from '../subjects.ts';

/**
 * A model in which one agreement reads otherwise and is the only one, with the metrics and sources that it needs and nothing else: what
 * measures every other model measures this one, too.
 */
export function variedModel(model: Model, varied: Agreement): Model {
  const metrics = new Set(varied.targets.flatMap(({ metric }) => metric ?? []));
  const narrowed: Model = overlay(model, { Agreement: [varied], Metric: model.all('Metric').filter(({ name }) => metrics.has(name)) });
  const wanted = measuredSubjects(narrowed).flatMap(({ sources }) => sources);
  const needed = new Set<string>();
  for (let id = wanted.pop(); id !== undefined; id = wanted.pop()) {
    if (needed.has(id)) continue;
    needed.add(id);
    wanted.push(...lookedUpSources(model.get('Source', id)));
  }
  // How flows were followed is another question.
  const sources = model.all('Source').filter(({ name }) => needed.has(name)).map(({ flow: _flow, ...source }): Source => source);
  return overlay(narrowed, { Agreement: [varied], Metric: narrowed.all('Metric'), Source: sources });
}

type Replaced = { readonly [T in DeclarationType]?: readonly DeclarationTypes[T][] };

/** Lists of some types replaced; what has an id there is found by it, everything else as before. */
function overlay(model: Model, replaced: Replaced): Model {
  return {
    all: <T extends DeclarationType>(type: T): readonly DeclarationTypes[T][] => (replaced[type] as readonly DeclarationTypes[T][] | undefined) ?? model.all(type),
    get: <T extends DeclarationType>(type: T, id: string | undefined): DeclarationTypes[T] | undefined => {
      const found = (replaced[type] as readonly DeclarationTypes[T][] | undefined)?.find((declaration) => 'name' in declaration && declaration.name === id);
      return found ?? model.get(type, id);
    },
    find: (type, id) => model.find(type, id),
    referrers: (type, id) => model.referrers(type, id),
    entity: (key) => model.entity(key),
  };
}
