import type { EntityKey } from './declarations.ts';
import type { Path } from './fragment.ts';
import type { Range, Span } from './span.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/**
 * A place in the model that does not depend on lines: a declaration and a path to one of its facts. It is turned into
 * a range when it is shown, so a finding stays valid when text above it moves.
 */
export interface Place {
  readonly entity: EntityKey;
  readonly path?: Path;
  /** Where in the declaration's own text, in place of a path. */
  readonly at?: Span;
  /** Which of several declarations of the same key, from 0. */
  readonly occurrence?: number;
}

/** A place in a file that no declaration holds. */
export interface FilePlace {
  readonly file: string;
  readonly range?: Range;
}

export interface RelatedPlace {
  readonly place: Place | FilePlace;
  readonly message: string;
}

/** A change of text that mends a finding. Text may hold snippet placeholders `${1:…}` for what people must fill in. */
export type Edit =
  | { readonly kind: 'replace'; readonly place: Place; readonly text: string }
  | { readonly kind: 'remove'; readonly place: Place }
  /** Adds a fact as a line of a declaration's block, or of a nested block when `path` leads to one. */
  | { readonly kind: 'addFact'; readonly place: Place; readonly text: string }
  /** Adds a declaration after the given one, or at the end of the file. */
  | { readonly kind: 'addDeclaration'; readonly after: Place | FilePlace; readonly text: string };

export interface Fix {
  readonly title: string;
  readonly edits: readonly Edit[];
}

/** What is wrong, where, why, and how to mend it. */
export interface Finding {
  /** A statement of the catalogue (`8.3.3#1`) or the name of a well-formedness check (`unknown-name`). */
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly place: Place | FilePlace;
  /** Catalogue rows this finding speaks of, for example `8.3.3.1`; none for well-formedness. */
  readonly requirements: readonly string[];
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
}

/** A finding that the text of one declaration alone gives rise to. */
export interface LocalFinding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly at: Span;
  /** A text that would be right in place of the one at fault. */
  readonly suggestion?: string;
}
