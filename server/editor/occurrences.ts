import type { Position, Range } from 'vscode-languageserver';
import { declarationAt } from '../../language/model/fragment-builder.ts';
import type { Entity, ExportedName, NameReference, PlacedEntity } from '../../language/model/fragment.ts';
import type { KnownName } from '../../language/model/model.ts';
import { recordKinds } from '../../language/model/record-kinds.ts';
import { spanLength, type Span } from '../../language/model/span.ts';
import type { EditorProject } from './editor-project.ts';
import { spanRange, touches } from './positions.ts';
import { processItem, processItemAt, processItemOccurrences } from './process-items.ts';

/** A name in the text: where it stands and what it means. */
export interface NameAt {
  readonly placed: PlacedEntity;
  readonly range: Range;
  readonly type: string;
  readonly id: string;
  /** Unknown if nothing is declared under the name. */
  readonly known: KnownName | undefined;
  readonly isDeclaration: boolean;
}

export interface Occurrence {
  readonly file: string;
  readonly range: Range;
  readonly isDeclaration: boolean;
}

/** The name at a position: of a declaration or part, or one that refers to it. */
export function nameAt(project: EditorProject, file: string, position: Position): NameAt | undefined {
  const { model } = project;
  const fragment = model.fragment(file);
  const placed = fragment && declarationAt(fragment, position.line);
  if (!placed) return undefined;
  for (const name of declaredNames(placed.entity)) {
    const range = spanRange(placed, name.at);
    if (!touches(range, position)) continue;
    const known = model.named(name.id).find(({ entity, name: other }) => entity.key === placed.entity.key && other.type === name.type);
    return { placed, range, type: name.type, id: name.id, known, isDeclaration: true };
  }
  for (const reference of referencesOf(project, placed.entity)) {
    const range = spanRange(placed, reference.at);
    if (!touches(range, position)) continue;
    return referenceAt(project, placed, reference, range, position);
  }
  return processItemAt(project, placed, position);
}

function referenceAt(project: EditorProject, placed: PlacedEntity, reference: NameReference, range: Range, position: Position): NameAt {
  const known = project.model.find(reference.type, reference.id);
  const whole: NameAt = { placed, range, type: known?.name.type ?? reference.type, id: reference.id, known, isDeclaration: false };
  if (!known || !isQualified(reference)) return whole;
  // `email-gold.uptime`: its first part means the agreement.
  const owner = reference.id.slice(0, reference.id.indexOf('.'));
  const end = range.start.character + owner.length;
  if (position.character > end) return { ...whole, range: { ...range, start: { ...range.start, character: end + 1 } } };
  const ownName = known.entity.exports[0];
  if (ownName?.id !== owner) return whole;
  return { placed, range: { ...range, end: { ...range.end, character: end } }, type: ownName.type, id: owner, known: { name: ownName, entity: known.entity }, isDeclaration: false };
}

/** Whether a reference to a part is written with the name of what it is part of. */
function isQualified({ type, id, at }: NameReference): boolean {
  return type !== 'Requirement' && id.includes('.') && spanLength(at) >= id.length;
}

/** All names that a declaration gives, a target that is stated again included. */
export function declaredNames(entity: Entity): readonly ExportedName[] {
  const { node } = entity;
  if (node.$type !== 'Agreement' && node.$type !== 'Process') return entity.exports;
  const [type, property, parts] = node.$type === 'Agreement' ? (['ServiceLevelTarget', 'targets', node.targets] as const) : (['FlowNode', 'nodes', node.nodes] as const);
  return [
    ...entity.exports.slice(0, 1),
    ...parts.map((part, index): ExportedName => ({ type, id: `${node.name}.${part.name}`, at: part.$at['name'] as Span, path: [property, index] })),
  ];
}

/** What a declaration refers to; names compared with a field (`priority = P1`) included, which only the record's kind tells. */
export function referencesOf(project: EditorProject, entity: Entity): readonly NameReference[] {
  const compared = comparedReferences(project, entity);
  return compared.length > 0 ? [...entity.references, ...compared] : entity.references;
}

function comparedReferences(project: EditorProject, { node }: Entity): NameReference[] {
  switch (node.$type) {
    case 'Source':
      return comparedNames(node, node.recordKind);
    case 'Metric':
      return comparedNames(node, project.model.get('Source', node.source)?.recordKind);
    case 'Agreement':
      return [...node.targets, ...node.workloadLimits].flatMap((part) => comparedNames(part, project.model.get('Source', part.source)?.recordKind));
    default:
      return [];
  }
}

function comparedNames(root: object, recordKind: string | undefined): NameReference[] {
  const fields = recordKind !== undefined && Object.hasOwn(recordKinds, recordKind) ? recordKinds[recordKind]!.fields : undefined;
  if (!fields) return [];
  const found: NameReference[] = [];
  const pending: unknown[] = [root];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (typeof node !== 'object' || node === null) continue;
    if ('$type' in node) {
      const compared = comparison(node);
      const field = compared && Object.hasOwn(fields, compared.field) ? fields[compared.field] : undefined;
      if (compared && field?.refersTo !== undefined) for (const { id, at } of compared.values) found.push({ type: field.refersTo, id, at });
    }
    for (const [key, value] of Object.entries(node)) if (key !== '$at' && typeof value === 'object') pending.push(value);
  }
  return found;
}

interface Comparison {
  readonly field: string;
  readonly values: readonly { readonly id: string; readonly at: Span }[];
}

function comparison(node: object): Comparison | undefined {
  const { $type, operator, left, right, operand, values } = node as Readonly<Record<string, unknown>>;
  if ($type === 'BinaryExpression' && (operator === '=' || operator === '!=')) {
    const field = fieldName(left);
    const value = fieldName(right);
    return field && value ? { field: field.id, values: [value] } : undefined;
  }
  if ($type === 'MembershipTest' && Array.isArray(values)) {
    const field = fieldName(operand);
    return field ? { field: field.id, values: values.flatMap((value) => fieldName(value) ?? []) } : undefined;
  }
  return undefined;
}

function fieldName(node: unknown): { readonly id: string; readonly at: Span } | undefined {
  if (typeof node !== 'object' || node === null || !('$type' in node) || node.$type !== 'FieldName' || !('name' in node) || !('$at' in node)) return undefined;
  return { id: String(node.name), at: (node.$at as Record<string, Span>)['name']! };
}

/** Everywhere a name stands, in all files. */
export function occurrencesOf(project: EditorProject, type: string, id: string): Occurrence[] {
  if (type === processItem) return processItemOccurrences(project, id);
  const { model } = project;
  const found: Occurrence[] = [];
  const add = (placed: PlacedEntity, at: Span, isDeclaration: boolean, part?: 'first' | 'last'): void => {
    const { start, end } = spanRange(placed, at);
    const local = id.slice(id.lastIndexOf('.') + 1);
    const range =
      part === 'first' ? { start, end: { ...end, character: start.character + id.length } }
      : part === 'last' ? { start: { ...start, character: end.character - local.length }, end }
      : { start, end };
    found.push({ file: placed.file, range, isDeclaration });
  };
  const owners = new Set<Entity>();
  for (const known of model.named(id)) {
    if (known.name.type !== type || owners.has(known.entity)) continue;
    owners.add(known.entity);
    for (const placed of model.placed(known.entity.key)) {
      if (placed.entity !== known.entity) continue;
      for (const name of declaredNames(known.entity)) if (name.type === type && name.id === id) add(placed, name.at, true);
    }
  }
  const refer = (entity: Entity, reference: NameReference, part?: 'first'): void => {
    for (const placed of model.placed(entity.key)) if (placed.entity === entity) add(placed, reference.at, false, part ?? (isQualified(reference) ? 'last' : undefined));
  };
  for (const { entity, reference } of model.referrers(type, id)) refer(entity, reference);
  for (const entity of comparingEntities(project, type)) {
    for (const reference of comparedReferences(project, entity)) if (reference.type === type && reference.id === id) refer(entity, reference);
  }
  // Qualified names of parts begin with the name of the whole.
  for (const owner of owners) {
    for (const name of owner.exports.slice(1)) {
      if (!name.id.startsWith(`${id}.`)) continue;
      for (const { entity, reference } of model.referrersOfId(name.id)) if (isQualified(reference)) refer(entity, reference, 'first');
    }
  }
  return found;
}

const comparedTypes: ReadonlySet<string> = new Set(Object.values(recordKinds).flatMap(({ fields }) => Object.values(fields).flatMap(({ refersTo }) => refersTo ?? [])));

function comparingEntities(project: EditorProject, type: string): Entity[] {
  if (!comparedTypes.has(type)) return [];
  const nodes = [...project.model.all('Source'), ...project.model.all('Metric'), ...project.model.all('Agreement')];
  return nodes.flatMap(({ $key }) => project.model.entity($key) ?? []);
}
