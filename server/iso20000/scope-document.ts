import type { DeclarationTypes } from '../../language/model/declarations.ts';
import { documentFault } from '../assessment/documents.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, type RuleContext } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';

type Organization = DeclarationTypes['Organization'];
type ControlledDocument = DeclarationTypes['ControlledDocument'];

/** Asks for a document of the scope: the one that the organization names, else those of kind scope. */
export function checkScopeDocument(organization: Organization, context: RuleContext): readonly Remark[] {
  const { model } = context;
  const documents = scopeDocuments(organization, context);
  if (documents.length === 0) {
    return [
      shortfall(`${named(organization)} names no document of its scope.`, {
        ...(organization.scopeDocument === undefined ? {} : { place: placeOf(organization, 'scopeDocument') }),
        fixes:
          organization.scopeDocument === undefined && !model.get('ControlledDocument', 'scope')
            ? declareFixes(context, {
                title: 'Declare the document of the scope',
                text: 'document ${1:scope} "${2:Scope of the service management system}" {\n  kind scope\n  file "${3:TODO path of the document}"\n  version "${4:TODO}"\n  approved by ${5:TODO} on ${6:0000-00-00}\n  review every 12mo\n}',
              })
            : [],
      }),
    ];
  }
  const remarks = documents.map((document) => checkDocument(document, context));
  return remarks.some((own) => own.length === 0) ? [] : remarks[0]!;
}

/** The document that the organization names, else those of kind scope. */
function scopeDocuments({ scopeDocument }: Organization, { model }: RuleContext): readonly ControlledDocument[] {
  const named = model.get('ControlledDocument', scopeDocument);
  return scopeDocument === undefined ? model.all('ControlledDocument').filter(({ kinds }) => kinds.includes('scope')) : named ? [named] : [];
}

function checkDocument(document: ControlledDocument, context: RuleContext): readonly Remark[] {
  const fault = documentFault(document, { mode: 'maintain' }, context);
  return [
    ...(fault ? [shortfall(fault.message, { place: fault.place, axis: 'evidenced', fixes: fault.fixes ?? [] })] : []),
    ...(isFilledIn(document.version) || document.dated !== undefined
      ? []
      : [shortfall(`The document ${named(document)} states no version.`, { place: placeOf(document), axis: 'evidenced', fixes: [addFact('State its version', placeOf(document), 'version "${1:TODO}"')] })]),
  ];
}
