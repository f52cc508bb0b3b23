/** Files of the project that the model names as what shows something: documents, evidence, minutes, plans. */
import { declaredTitle } from '../../../language/model/declared-title.ts';
import type { AnyDeclaration, EntityKey } from '../../../language/model/declarations.ts';
import type { Locator, Model } from '../../../language/model/model.ts';
import { idOf, typeInWords } from '../../analysis/declared-facts.ts';
import { isFilledIn } from '../../assessment/filled-in.ts';

export interface NamedFile {
  /** As the model names it, relative to the project. */
  readonly file: string;
  /** What names it: `evidence audit-reports`. */
  readonly namedBy: readonly string[];
  readonly titles: readonly string[];
}

/** In the order of their names. Data of sources are not among them: they are no documents, and often personal. */
export function namedFiles(model: Pick<Model, 'entity'>, locator: Pick<Locator, 'files' | 'fragment'>): readonly NamedFile[] {
  const found = new Map<string, { readonly namedBy: Set<string>; readonly titles: Set<string> }>();
  const seen = new Set<EntityKey>();
  for (const text of locator.files()) {
    for (const { entity } of locator.fragment(text)?.declarations ?? []) {
      if (seen.has(entity.key)) continue;
      seen.add(entity.key);
      const declaration = model.entity(entity.key)?.node;
      if (declaration === undefined || declaration.$type === 'Source') continue;
      for (const named of filesIn(declaration)) {
        const file = normalized(named);
        const known = found.get(file) ?? { namedBy: new Set(), titles: new Set() };
        found.set(file, known);
        known.namedBy.add(`${typeInWords(declaration)} ${idOf(declaration)}`);
        known.titles.add(titleOf(declaration));
      }
    }
  }
  return [...found].map(([file, { namedBy, titles }]) => ({ file, namedBy: [...namedBy], titles: [...titles] })).toSorted((a, b) => (a.file < b.file ? -1 : 1));
}

/** `./docs/scope.md` and `docs/scope.md` are one file. */
export function normalized(file: string): string {
  return file.replace(/^(?:\.\/+)+/, '');
}

function titleOf(declaration: AnyDeclaration): string {
  return declaredTitle(declaration) ?? idOf(declaration);
}

const fileFacts: ReadonlySet<string> = new Set(['file', 'minutesFile']);

function filesIn(part: object): readonly string[] {
  return Object.entries(part).flatMap(([property, value]: [string, unknown]): readonly string[] => {
    if (property.startsWith('$')) return [];
    if (typeof value === 'string') return fileFacts.has(property) && isFilledIn(value) ? [value] : [];
    return (Array.isArray(value) ? value : [value]).flatMap((one: unknown) => (typeof one === 'object' && one !== null ? filesIn(one) : []));
  });
}
