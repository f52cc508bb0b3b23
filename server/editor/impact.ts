/** Who rests on whom, for the editor: what is meant at a place, and the hierarchy of those who rest on it and on whom it rests. */
import type { CallHierarchyIncomingCall, CallHierarchyItem, CallHierarchyOutgoingCall, Position, Range } from 'vscode-languageserver';
import type { ProjectModel } from '../../language/model/project-model.ts';
import { declarationAt } from '../../language/model/fragment-builder.ts';
import type { Assessment } from '../assessment/assessment.ts';
import { dependencyGraph, type Dependency, type DependencyGraph, type GraphNode } from '../analysis/impact/dependency-graph.ts';
import type { Project } from '../project/project.ts';
import { nameAt } from './occurrences.ts';
import { lspRange } from './positions.ts';
import { symbolKind } from './symbols.ts';

const graphs = new WeakMap<ProjectModel, { readonly of: Assessment; readonly graph: DependencyGraph }>();

/** The graph of the text as it is now: made anew after a change, when somebody asks. */
export function currentGraph(project: Project): DependencyGraph {
  const of = project.assessment();
  const known = graphs.get(project.model);
  if (known?.of === of) return known.graph;
  const graph = dependencyGraph(project.model, project.model);
  graphs.set(project.model, { of, graph });
  return graph;
}

/** What the name at a place means, else the declaration that the place is in. */
export function nodeAt(project: Project, file: string, position: Position): GraphNode | undefined {
  const { nodes } = currentGraph(project);
  const name = nameAt(project, file, position);
  const named = name?.known && (nodes.get(`${name.known.name.type}:${name.known.name.id}`) ?? nodes.get(name.known.entity.key));
  if (named) return named;
  const fragment = project.model.fragment(file);
  const placed = fragment && declarationAt(fragment, position.line);
  return placed && nodes.get(placed.entity.key);
}

interface HierarchyData {
  readonly root: string;
  readonly key: string;
}

/** A project as far as addresses go. */
export interface Addressed {
  readonly project: Project;
  readonly rootUri: string;
  uriOf(file: string): string;
}

export function hierarchyItem({ project, rootUri, uriOf }: Addressed, node: GraphNode): CallHierarchyItem | undefined {
  const place = project.model.locate(node.place);
  if (!place) return undefined;
  const range = lspRange(place.range);
  const data: HierarchyData = { root: rootUri, key: node.key };
  return { name: node.title, kind: symbolKind(node.type), detail: node.title === node.id ? node.typeWords : `${node.typeWords} ${node.id}`, uri: uriOf(place.file), range, selectionRange: range, data };
}

export function hierarchyData(item: CallHierarchyItem): HierarchyData | undefined {
  const { root, key } = (item.data ?? {}) as Partial<HierarchyData>;
  return root === undefined || key === undefined ? undefined : { root, key };
}

/** Who rests on it, directly. */
export function incoming(opened: Addressed, key: string): CallHierarchyIncomingCall[] {
  const graph = currentGraph(opened.project);
  return grouped(graph.dependents.get(key) ?? [], ({ dependent }) => dependent).flatMap(([other, ties]) => {
    const node = graph.nodes.get(other);
    const from = node && hierarchyItem(opened, node);
    return from ? [{ from, fromRanges: rangesIn(opened, ties, from) }] : [];
  });
}

/** On whom it rests, directly. */
export function outgoing(opened: Addressed, key: string): CallHierarchyOutgoingCall[] {
  const graph = currentGraph(opened.project);
  const self = graph.nodes.get(key);
  const own = self && hierarchyItem(opened, self);
  if (!own) return [];
  return grouped(graph.dependencies.get(key) ?? [], ({ on }) => on).flatMap(([other, ties]) => {
    const node = graph.nodes.get(other);
    const to = node && hierarchyItem(opened, node);
    return to ? [{ to, fromRanges: rangesIn(opened, ties, own) }] : [];
  });
}

function grouped(ties: readonly Dependency[], keyOf: (tie: Dependency) => string): readonly (readonly [string, readonly Dependency[]])[] {
  const groups = new Map<string, Dependency[]>();
  for (const tie of ties) groups.set(keyOf(tie), [...(groups.get(keyOf(tie)) ?? []), tie]);
  return [...groups];
}

/** Where the ties are written in the file of an item; its name where they are written elsewhere, as by a supplier that says what it provides. */
function rangesIn({ project, uriOf }: Addressed, ties: readonly Dependency[], item: CallHierarchyItem): Range[] {
  const ranges = ties.flatMap(({ place }) => {
    const found = project.model.locate(place);
    return found && uriOf(found.file) === item.uri ? [lspRange(found.range)] : [];
  });
  return ranges.length > 0 ? ranges : [item.selectionRange];
}
