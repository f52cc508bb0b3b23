import type { AnyDeclaration, EntityKey } from './declarations.ts';
import type { LocalFinding } from './finding.ts';
import type { Span } from './span.ts';

/** A name in a declaration that means another declaration (or a named part of one, such as a target of an agreement). */
export interface NameReference {
  /** The type the position takes, which may be a union such as Party; `model.typesOf` lists its members. */
  readonly type: string;
  readonly id: string;
  readonly at: Span;
}

/** A path from a declaration to one of its facts: property names and list positions. */
export type Path = readonly (string | number)[];

/** What a declaration makes known under a name: itself, and parts that others refer to. */
export interface ExportedName {
  readonly type: string;
  readonly id: string;
  readonly title?: string;
  readonly at: Span;
  readonly path: Path;
}

/**
 * One declaration as read from its own text alone. It knows neither its file nor its place there, so that it stays the
 * same object when lines above it come and go.
 */
export interface Entity {
  readonly key: EntityKey;
  readonly node: AnyDeclaration;
  /** Hash of the declaration's text: equal hash, equal facts. */
  readonly hash: string;
  readonly exports: readonly ExportedName[];
  readonly references: readonly NameReference[];
  readonly findings: readonly LocalFinding[];
  /** Number of line breaks in the text. */
  readonly lines: number;
}

/** Where a declaration stands in its file. */
export interface PlacedEntity {
  readonly entity: Entity;
  readonly file: string;
  /** First line and, if the line has something before it, column of the declaration; from 0. */
  readonly line: number;
  readonly column: number;
}

/** What one file says: depends on that file's text alone. */
export interface Fragment {
  readonly file: string;
  readonly hash: string;
  readonly declarations: readonly PlacedEntity[];
  /** Findings about text that belongs to no declaration. */
  readonly findings: readonly FileFinding[];
}

export interface FileFinding {
  readonly finding: LocalFinding;
  readonly line: number;
  readonly column: number;
}
