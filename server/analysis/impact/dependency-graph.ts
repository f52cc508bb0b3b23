/** Who rests on whom in the whole model, from what declarations name. */
import type { AnyDeclaration, EntityKey, Service } from '../../../language/model/declarations.ts';
import { declaredTitle } from '../../../language/model/declared-title.ts';
import type { Place } from '../../../language/model/finding.ts';
import type { Entity, ExportedName, Path } from '../../../language/model/fragment.ts';
import type { Locator, Model } from '../../../language/model/model.ts';
import { typeInWords } from '../declared-facts.ts';
import { placedReferences } from './reference-places.ts';
import { oneOfSeveral, tieOf, type TieKind } from './ties.ts';

/** A declaration, or a part of one that stands for itself: a site, a component of a service, a target. */
export interface GraphNode {
  /** Type and id: `Service:email`, `ServiceLevelTarget:email-gold.uptime`. */
  readonly key: string;
  readonly type: string;
  /** `service`, `SLA`, `target`. */
  readonly typeWords: string;
  readonly id: string;
  readonly title: string;
  readonly place: Place;
  readonly declaration: AnyDeclaration;
}

export interface Dependency {
  /** Who rests. */
  readonly dependent: string;
  /** On whom. */
  readonly on: string;
  readonly kind: TieKind;
  /** From the one that rests: `depends on`. */
  readonly words: string;
  /** Several that stand in for each other have the same alternative: it takes all of them to fail. */
  readonly alternative?: string;
  /** Where that is written. */
  readonly place: Place;
}

export interface DependencyGraph {
  readonly nodes: ReadonlyMap<string, GraphNode>;
  /** By who rests. */
  readonly dependencies: ReadonlyMap<string, readonly Dependency[]>;
  /** By on whom. */
  readonly dependents: ReadonlyMap<string, readonly Dependency[]>;
}

const ownParts: ReadonlySet<string> = new Set(['Site', 'ServiceComponent', 'ServiceLevelTarget']);

const partWords: Readonly<Record<string, string>> = { Site: 'site', ServiceComponent: 'component', ServiceLevelTarget: 'target' };

/** Requirements are no declarations of the project: what a declaration says of them is told elsewhere. */
export function dependencyGraph(model: Model, locator: Pick<Locator, 'files' | 'fragment'>): DependencyGraph {
  const builder = new GraphBuilder(model);
  for (const file of locator.files()) for (const { entity } of locator.fragment(file)?.declarations ?? []) if (model.entity(entity.key) === entity) builder.add(entity);
  return builder.graph();
}

class GraphBuilder {
  readonly #model: Model;
  readonly #nodes = new Map<string, GraphNode>();
  readonly #dependencies = new Map<string, Dependency[]>();
  readonly #dependents = new Map<string, Dependency[]>();
  readonly #known = new Set<string>();

  constructor(model: Model) {
    this.#model = model;
  }

  add(entity: Entity): void {
    const { node } = entity;
    this.#node(entity.key, node, { type: typeInWords(node), id: 'name' in node ? node.name : entity.key, title: titleOf(node), path: 'name' in node ? ['name'] : [] });
    for (const name of entity.exports) {
      if (!ownParts.has(name.type)) continue;
      this.#part(name, entity);
      // A site is where the organization is, and not what it rests on.
      if (name.type !== 'Site') this.#tie({ dependent: entity.key, on: keyOf(name), kind: 'work', words: name.type === 'ServiceLevelTarget' ? 'promises' : 'consists of', place: { entity: entity.key, path: name.path } });
    }
    for (const { reference, path } of placedReferences(entity)) {
      const known = this.#model.find(reference.type, reference.id);
      if (!known || known.name.type === 'Requirement') continue;
      const tie = tieOf(node, path, reference.type);
      const [self, other] = [this.#ownerOf(entity, path), ownParts.has(known.name.type) ? keyOf(known.name) : known.entity.key];
      const [dependent, on] = tie.rests === 'referrer' ? [self, other] : [other, self];
      if (dependent === on) continue;
      const alternative = alternativeOf(node, path) ?? this.#alternativeContract(node, path, reference.id);
      this.#tie({ dependent, on, kind: tie.kind, words: alternative === undefined ? tie.words : oneOfSeveral, ...(alternative === undefined ? {} : { alternative: `${dependent} ${alternative}` }), place: { entity: entity.key, path } });
    }
  }

  graph(): DependencyGraph {
    return { nodes: this.#nodes, dependencies: this.#dependencies, dependents: this.#dependents };
  }

  /** An agreement with one of several who can each provide a service alone stands in for those with the others, as they do. */
  #alternativeContract(node: AnyDeclaration, path: Path, id: string): string | undefined {
    if (node.$type !== 'Agreement' || node.type === 'sla' || path[0] !== 'services') return undefined;
    const service = this.#model.get('Service', id);
    const party = node.supplier ?? node.provider;
    return service !== undefined && hasRedundantProviders(service) && party !== undefined && service.providers.includes(party) ? alternativeProviders : undefined;
  }

  /** The part that a fact belongs to, where that stands for itself; else the declaration. */
  #ownerOf({ key, exports }: Entity, path: Path): string {
    const part = path.length < 2 ? undefined : exports.find((name) => ownParts.has(name.type) && name.path[0] === path[0] && name.path[1] === path[1]);
    return part ? keyOf(part) : key;
  }

  #node(key: string, declaration: AnyDeclaration, { type, id, title, path }: { readonly type: string; readonly id: string; readonly title: string; readonly path: Path }): void {
    this.#nodes.set(key, { key, type: key.slice(0, key.indexOf(':')), typeWords: type, id, title, place: { entity: declaration.$key, path }, declaration });
  }

  #part(name: ExportedName, { node }: Entity): void {
    const local = name.id.slice(name.id.indexOf('.') + 1);
    const title = name.title ?? (name.type === 'Site' ? name.id : `${local} of ${titleOf(node)}`);
    this.#node(keyOf(name), node, { type: partWords[name.type] ?? name.type, id: name.id, title, path: name.path });
  }

  #tie(dependency: Dependency): void {
    // Said twice, it is one.
    const text = `${dependency.dependent} ${dependency.on} ${dependency.words} ${dependency.alternative ?? ''}`;
    if (this.#known.has(text)) return;
    this.#known.add(text);
    push(this.#dependencies, dependency.dependent, dependency);
    push(this.#dependents, dependency.on, dependency);
  }
}

/** `depends on any of a, b`, `provided by any of a, b`: a list of its own in which one is enough. */
function alternativeOf(node: AnyDeclaration, path: Path): string | undefined {
  if (node.$type === 'Service' && path[0] === 'providers') return hasRedundantProviders(node) ? alternativeProviders : undefined;
  if ((node.$type !== 'Service' && node.$type !== 'ConfigurationItem') || path[0] !== 'dependencies') return undefined;
  const dependency = node.dependencies[Number(path[1])];
  return dependency?.redundant && dependency.on.length > 1 ? String(path[1]) : undefined;
}

const alternativeProviders = 'providers';

function hasRedundantProviders({ redundantProviders, providers }: Service): boolean {
  return redundantProviders && providers.length > 1;
}

function keyOf({ type, id }: ExportedName): EntityKey {
  return `${type}:${id}` as EntityKey;
}

function titleOf(node: AnyDeclaration): string {
  return declaredTitle(node) ?? ('name' in node ? node.name : node.requirement);
}

function push<K, V>(map: Map<K, V[]>, key: K, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
