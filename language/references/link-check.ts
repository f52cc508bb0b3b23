import type { Finding, RelatedPlace } from '../model/finding.ts';
import type { Entity, NameReference } from '../model/fragment.ts';
import { typesOf, type ProjectModel } from '../model/project-model.ts';
import { mayBeNear, nearest } from '../values/nearest.ts';

/** Suggestions already worked out for unknown names, valid until the next change of the model. */
export type Suggestions = Map<string, string | undefined>;

/** Findings about the names a declaration uses: unknown, ambiguous, or of the wrong kind. */
export function linkFindings(entity: Entity, model: ProjectModel, suggestions: Suggestions = new Map()): Finding[] {
  const findings: Finding[] = [];
  for (const reference of entity.references) {
    const candidates = model.candidates(reference.type, reference.id);
    const place = { entity: entity.key, at: reference.at };
    if (candidates.length === 1) continue;
    if (candidates.length === 0) {
      // Names local to the declaration were checked when it was read.
      if (reference.id.startsWith(`${'name' in entity.node ? entity.node.name : ''}.`)) continue;
      const elsewhere = model.named(reference.id)[0];
      const suggestion = suggestionFor(reference, model, suggestions);
      const wanted = describeTypes(reference.type);
      findings.push({
        code: 'unknown-name',
        severity: 'error',
        message: elsewhere
          ? `“${reference.id}” is ${withArticle(describeType(elsewhere.name.type))}; ${wanted} is needed here.`
          : `No ${wanted.replace(/^an? /, '')} is called “${reference.id}”${suggestion ? `; did you mean “${suggestion}”?` : '.'}`,
        place,
        requirements: [],
        related: [],
        fixes: suggestion && !elsewhere ? [{ title: `Change to “${suggestion}”`, edits: [{ kind: 'replace', place, text: suggestion }] }] : [],
      });
    } else if (new Set(candidates.map(({ name }) => name.type)).size > 1) {
      const related: RelatedPlace[] = candidates.map((candidate) => ({ place: { entity: candidate.entity.key, path: candidate.name.path }, message: `${describeType(candidate.name.type)} “${reference.id}”` }));
      findings.push({
        code: 'ambiguous-name',
        severity: 'error',
        message: `“${reference.id}” may mean ${candidates.map(({ name }) => withArticle(describeType(name.type))).join(' or ')}. Give one of them another id.`,
        place,
        requirements: [],
        related,
        fixes: [],
      });
    }
  }
  return findings;
}

function suggestionFor({ type, id }: NameReference, model: ProjectModel, known: Suggestions): string | undefined {
  const key = `${type} ${id}`;
  if (!known.has(key)) {
    const near = [...model.namesOf(type)].flatMap(({ name }) => (mayBeNear(id, name.id) ? [name.id] : []));
    known.set(key, nearest(id, near.sort()));
  }
  return known.get(key);
}

/** Findings about a name declared more than once, one at each declaration, each linking to the others. */
export function duplicateFindings(entity: Entity, model: ProjectModel): Finding[] {
  const places = model.placed(entity.key);
  if (places.length < 2 || !('name' in entity.node)) return [];
  const { name, $type } = entity.node;
  return places.map((_, occurrence) => ({
    code: 'duplicate-name',
    severity: 'error' as const,
    message: `The ${describeType($type)} “${name}” is declared ${places.length} times. Ids are unique within a kind.`,
    place: { entity: entity.key, path: ['name'], occurrence },
    requirements: [],
    related: places.flatMap((_place, other) => (other === occurrence ? [] : [{ place: { entity: entity.key, path: ['name'], occurrence: other }, message: 'Also declared here' }])),
    fixes: [],
  }));
}

const words: Readonly<Record<string, string>> = {
  ConfigurationItem: 'configuration item',
  Agreement: 'agreement',
  ServiceLevelTarget: 'service level target',
  FlowNode: 'step of a process',
  Requirement: 'requirement of the standard',
  Evidence: 'piece of evidence',
  MajorIncidentCriteria: 'set of major incident criteria',
};

/** A type in the user's words: `ServiceRequirement` is a service requirement. */
export function describeType(type: string): string {
  return words[type] ?? type.replace(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
}

/** What a position takes: `a person, role or team`. */
export function describeTypes(type: string): string {
  const members = [...typesOf(type)].filter((member) => member !== type);
  const names = (members.length > 0 ? members : [type]).map(describeType).sort();
  const list = names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : (names[0] ?? type);
  return withArticle(list);
}

function withArticle(noun: string): string {
  return `${/^[aeio]/.test(noun) ? 'an' : 'a'} ${noun}`;
}
