import type { EntityKey } from '../../language/model/declarations.ts';
import type { Fix, Place, RelatedPlace } from '../../language/model/finding.ts';
import type { Path } from '../../language/model/fragment.ts';

/** The three axes on which the status of a catalogue row is told; they are never blended. */
export type Axis = 'declared' | 'evidenced' | 'effective';
export const axes: readonly Axis[] = ['declared', 'evidenced', 'effective'];

/** Something a row of the catalogue asks for and the model or its data do not show: a gap. */
export interface Shortfall {
  readonly kind: 'shortfall';
  readonly axis: Axis;
  /** One or two sentences: what is wrong, with numbers, and how it may be mended. */
  readonly message: string;
  /** Where it is wrong; left out for what concerns the whole system. */
  readonly place?: Place;
  readonly related: readonly RelatedPlace[];
  readonly fixes: readonly Fix[];
}

/** Something worth telling that is no gap: it is shown as information. */
export interface Note {
  readonly kind: 'note';
  readonly message: string;
  readonly place?: Place;
  readonly related: readonly RelatedPlace[];
}

/** What cannot be told from what is there, and why: never counted as met, and no finding by itself. */
export interface Unknown {
  readonly kind: 'unknown';
  readonly axis: Axis;
  readonly reason: string;
}

/** What has been looked at and found in order on an axis where silence would not say so: records exist, a figure is there. */
export interface Shown {
  readonly kind: 'shown';
  readonly axis: Axis;
}

/** The row's trigger is absent for this subject. */
export interface NotApplicable {
  readonly kind: 'notApplicable';
  readonly reason: string;
}

/** What a rule has to say about one subject. Saying nothing means that what the model states is in order. */
export type Remark = Shortfall | Note | Unknown | Shown | NotApplicable;

export interface RemarkDetails {
  readonly place?: Place;
  /** Left out: declared. */
  readonly axis?: Axis;
  readonly related?: readonly RelatedPlace[];
  readonly fixes?: readonly Fix[];
}

export function shortfall(message: string, { place, axis = 'declared', related = [], fixes = [] }: RemarkDetails = {}): Shortfall {
  return { kind: 'shortfall', axis, message, ...(place ? { place } : {}), related, fixes };
}

export function note(message: string, { place, related = [] }: RemarkDetails = {}): Note {
  return { kind: 'note', message, ...(place ? { place } : {}), related };
}

export function unknown(axis: Axis, reason: string): Unknown {
  return { kind: 'unknown', axis, reason };
}

export function shown(axis: Axis): Shown {
  return { kind: 'shown', axis };
}

export function notApplicable(reason: string): NotApplicable {
  return { kind: 'notApplicable', reason };
}

/** A place in a declaration: the value at the end of the path, or the nearest thing before it that is written. */
export function placeOf(declaration: { readonly $key: EntityKey }, ...path: Path): Place {
  return path.length > 0 ? { entity: declaration.$key, path } : { entity: declaration.$key };
}

/**
 * A fix that adds a line to a declaration's block. What a person has to fill in stands as a placeholder `${1:TODO …}`,
 * which does not count as filled in (see filled-in.ts).
 */
export function addFact(title: string, place: Place, text: string): Fix {
  return { title, edits: [{ kind: 'addFact', place, text }] };
}

/** A fix that adds a declaration after another one. */
export function addDeclaration(title: string, after: Place, text: string): Fix {
  return { title, edits: [{ kind: 'addDeclaration', after, text }] };
}
