import type { EntityKey } from '../../language/model/declarations.ts';
import { addFact, placeOf, shortfall, type Axis, type Remark } from './remark.ts';
import { listed, named } from './wording.ts';

/** Something that a declaration has to say. */
export interface Wanted {
  readonly said: boolean;
  /** Completing “it does not say …”: `what caused it`. */
  readonly what: string;
  /** The line that would say it, with placeholders; left out where only a person can choose the word. */
  readonly line?: string;
}

interface Named {
  readonly $key: EntityKey;
  readonly name: string;
  readonly title?: string | undefined;
}

/** One gap for all that a declaration does not say, at its name, with a fix for each. `kind` begins the sentence: `The audit`. */
export function stated(declaration: Named, kind: string, wanted: readonly Wanted[], axis: Axis = 'declared'): readonly Remark[] {
  const missing = wanted.filter(({ said }) => !said);
  if (missing.length === 0) return [];
  const place = placeOf(declaration);
  return [
    shortfall(`${kind} ${named(declaration)} does not say ${listed(missing.map(({ what }) => what), 'or')}.`, {
      place,
      axis,
      fixes: missing.flatMap(({ what, line }) => (line === undefined ? [] : [addFact(`Say ${what}`, place, line)])),
    }),
  ];
}
