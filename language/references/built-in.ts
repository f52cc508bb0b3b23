import { catalogue } from '../catalogue/catalogue.ts';
import { entityKey, type AnyDeclaration } from '../model/declarations.ts';
import type { Entity } from '../model/fragment.ts';
import type { KnownName } from '../model/model.ts';
import { span } from '../model/span.ts';

/** The file that built-in declarations claim to stand in; editors show it as a read-only document. */
export const builtInFile = 'itsms:/iso20000.itsms';

let names: KnownName[] | undefined;

/** Names every project knows without declaring them: the calendar `always` and the clauses and rows of the catalogue. */
export function builtInNames(): readonly KnownName[] {
  names ??= [
    known('Calendar', 'always', 'Every day, round the clock'),
    ...catalogue.clauses.map((clause) => known('Requirement', `iso20000:${clause.clause}`, clause.title)),
    ...catalogue.requirements.map((row) => known('Requirement', `iso20000:${row.id}`, row.title)),
  ];
  return names;
}

export function isBuiltIn(entity: Entity): boolean {
  return entity.hash === 'built-in';
}

function known(type: 'Calendar' | 'Requirement', id: string, title: string): KnownName {
  const at = span(0, 0, 1);
  const node = { $type: type, $key: entityKey(type, id), $at: { $self: at }, name: id, title, regions: [], openings: [], closures: [], maintenance: [] };
  const name = { type, id, title, at, path: ['name'] };
  const entity: Entity = { key: node.$key, node: node as AnyDeclaration, hash: 'built-in', exports: [name], references: [], findings: [], lines: 0 };
  return { name, entity };
}
