import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { DocumentedInformation } from '../../language/catalogue/documented-information.ts';
import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { namesOfRow } from '../assessment/evidence.ts';
import type { RuleContext } from '../assessment/rule.ts';
import type { DocumentedEntries } from './documented-entries.ts';

type ControlledDocument = DeclarationTypes['ControlledDocument'];
type Source = DeclarationTypes['Source'];

/** Documents of a kind, and those that say that they satisfy a row which asks for it. */
export function documentsOfKind({ kind, requirementIds }: DocumentedInformation, { model }: RuleContext): readonly ControlledDocument[] {
  const names = requirementIds.flatMap((id) => catalogue.row(id) ?? []).flatMap(namesOfRow);
  return model.all('ControlledDocument').filter(({ kinds, satisfies }) => kinds.includes(kind) || satisfies.some((requirement) => names.includes(requirement)));
}

/** Sources of records that are the documented information themselves. */
export function sourcesOf(entries: DocumentedEntries | undefined, { model }: RuleContext): readonly Source[] {
  const kinds = entries?.sources ?? [];
  return kinds.length === 0 ? [] : model.all('Source').filter(({ recordKind }) => recordKind !== undefined && kinds.includes(recordKind));
}

export function isSourceDeclared(entries: DocumentedEntries | undefined, context: RuleContext): boolean {
  return sourcesOf(entries, context).length > 0;
}
