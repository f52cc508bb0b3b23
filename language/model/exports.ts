import type { AnyDeclaration } from './declarations.ts';
import type { LocalFinding } from './finding.ts';
import type { ExportedName, NameReference, Path } from './fragment.ts';
import { recordKinds } from './record-kinds.ts';
import type { Span } from './span.ts';
import { nearest } from '../values/nearest.ts';
import { isOpen } from '../values/open.ts';

/** One for all: a large model has tens of thousands of names. */
const ownName: Path = Object.freeze(['name']);

/** The names a declaration makes known: its own, and those of its parts that others refer to. */
export function exportedNames(declaration: AnyDeclaration): ExportedName[] {
  if (!('name' in declaration)) return [];
  const own: ExportedName = {
    type: declaration.$type,
    id: declaration.name,
    ...('title' in declaration && declaration.title !== undefined ? { title: declaration.title } : {}),
    at: declaration.$at['name'] as Span,
    path: ownName,
  };
  return [own, ...partNames(declaration)];
}

function partNames(declaration: AnyDeclaration): ExportedName[] {
  switch (declaration.$type) {
    case 'Organization':
      return declaration.sites.map((site, index) => part('Site', site.name, site.$at['name'], ['sites', index], site.title));
    case 'InterestedParty':
      return declaration.requirements.map((requirement, index) => part('PartyRequirement', requirement.name, requirement.$at['name'], ['requirements', index], requirement.statement));
    case 'Role':
      return declaration.competences.map((competence, index) => part('CompetenceRequirement', `${declaration.name}.${competence.name}`, competence.$at['name'], ['competences', index], competence.skill));
    case 'Service':
      return declaration.components.map((component, index) => part('ServiceComponent', `${declaration.name}.${component.name}`, component.$at['name'], ['components', index], component.title));
    case 'Agreement':
      return uniqueParts(declaration.targets.map((target, index) => part('ServiceLevelTarget', `${declaration.name}.${target.name}`, target.$at['name'], ['targets', index])));
    case 'Process':
      return uniqueParts(declaration.nodes.map((node, index) => part('FlowNode', `${declaration.name}.${node.name}`, node.$at['name'], ['nodes', index], node.title)));
    default:
      return [];
  }
}

function part(type: string, id: string, at: unknown, path: Path, title?: string): ExportedName {
  return { type, id, at: at as Span, path, ...(title !== undefined ? { title } : {}) };
}

/** A target may be stated again with a later `since`: the first statement carries the name. */
function uniqueParts(parts: ExportedName[]): ExportedName[] {
  const seen = new Set<string>();
  return parts.filter(({ id }) => !seen.has(id) && seen.add(id));
}

/**
 * Completes references that depend on where they stand: flow nodes belong to their process, a credit's target to its
 * agreement, and the words of a value table to the kind its field takes.
 */
export function localReferences(declaration: AnyDeclaration, references: readonly NameReference[]): { references: NameReference[]; findings: LocalFinding[] } {
  const findings: LocalFinding[] = [];
  switch (declaration.$type) {
    case 'Process': {
      const names = namesOf(declaration.nodes);
      return {
        references: references.map((reference) => {
          if (reference.type !== 'FlowNode') return reference;
          if (!names.has(reference.id)) findings.push(unknownLocal(reference, `This process has no step “${reference.id}”`, names));
          return { ...reference, id: `${declaration.name}.${reference.id}` };
        }),
        findings,
      };
    }
    case 'Agreement': {
      const names = namesOf(declaration.targets);
      return {
        references: references.map((reference) => {
          if (reference.type !== 'ServiceLevelTarget' || reference.id.includes('.')) return reference;
          if (!names.has(reference.id)) findings.push(unknownLocal(reference, `This agreement has no target “${reference.id}”`, names));
          return { ...reference, id: `${declaration.name}.${reference.id}` };
        }),
        findings,
      };
    }
    case 'Source':
      return { references: [...references.map((reference) => observedStep(declaration, reference)), ...valueTableReferences(declaration)], findings };
    default:
      return { references: [...references], findings };
  }
}

/** A step without the name of a process is one of the process that the records are compared with. */
function observedStep({ flow }: Extract<AnyDeclaration, { $type: 'Source' }>, reference: NameReference): NameReference {
  return reference.type !== 'FlowNode' || reference.id.includes('.') || typeof flow?.process !== 'string' ? reference : { ...reference, id: `${flow.process}.${reference.id}` };
}

function valueTableReferences(source: Extract<AnyDeclaration, { $type: 'Source' }>): NameReference[] {
  const fields = recordKinds[source.recordKind]?.fields;
  return source.mappings.flatMap((mapping) => {
    const type = fields?.[mapping.field]?.refersTo;
    if (!type) return [];
    // An unfinished entry has no value yet, and what is left open is no name.
    return mapping.entries.filter(({ value }) => typeof value === 'string' && !isOpen(value)).map((entry): NameReference => ({ type, id: entry.value, at: entry.$at['value'] as Span }));
  });
}

/** In unfinished text a part may not have a name yet, whatever the grammar promises. */
function namesOf(parts: readonly { readonly name: string }[]): Set<string> {
  return new Set(parts.map(({ name }) => name).filter((name) => typeof name === 'string'));
}

function unknownLocal(reference: NameReference, message: string, names: Iterable<string>): LocalFinding {
  const suggestion = nearest(reference.id, names);
  return { code: 'unknown-name', severity: 'error', message: `${message}${suggestion ? `; did you mean “${suggestion}”?` : '.'}`, at: reference.at, ...(suggestion ? { suggestion } : {}) };
}
