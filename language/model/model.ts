import type { DeclarationType, DeclarationTypes, EntityKey } from './declarations.ts';
import type { FilePlace, Place } from './finding.ts';
import type { Entity, ExportedName, Fragment, NameReference, PlacedEntity } from './fragment.ts';
import type { Range } from './span.ts';

/** A declared name and the declaration that makes it known (its own name, or that of a part). */
export interface KnownName {
  readonly name: ExportedName;
  readonly entity: Entity;
}

/** A reference and the declaration it stands in. */
export interface Referrer {
  readonly reference: NameReference;
  readonly entity: Entity;
}

/** What rules, reports and measurement may ask of a project's declarations. Positions do not matter to any answer. */
export interface Model {
  /** All declarations of a type, in the order of files and lines. */
  all<T extends DeclarationType>(type: T): readonly DeclarationTypes[T][];
  /** The declaration of a type by its id; of several with the same id the first. */
  get<T extends DeclarationType>(type: T, id: string | undefined): DeclarationTypes[T] | undefined;
  /** What an id means at a position of the given type, which may be a union such as Party or a part such as ServiceLevelTarget. */
  find(type: string, id: string | undefined): KnownName | undefined;
  /** Who refers to a name of exactly this type. */
  referrers(type: string, id: string): readonly Referrer[];
  entity(key: EntityKey): Entity | undefined;
}

/** A place as an editor shows it. */
export interface Location {
  readonly file: string;
  readonly range: Range;
}

/** Where things stand: used when findings are shown, never to compute them. */
export interface Locator {
  locate(place: Place | FilePlace): Location | undefined;
  placed(key: EntityKey): readonly PlacedEntity[];
  fragment(file: string): Fragment | undefined;
  files(): readonly string[];
}
