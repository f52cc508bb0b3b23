/** Clause 7.5.1, documented information: general. */
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { documentedInformation, type DocumentedInformation } from '../../language/catalogue/documented-information.ts';
import { latestOf } from '../assessment/dates.ts';
import { documentScaffold } from '../assessment/documents.ts';
import { evidenceFault, evidenceFor } from '../assessment/evidence.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addDeclaration, addFact, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, rule, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { firstOf, named } from '../assessment/wording.ts';
import { documentedEntries, isStated, recordedDays, whyNotNeeded } from './documented-entries.ts';
import { documentsOfKind, isSourceDeclared } from './documented-items.ts';

/** What the standard itself asks to be documented. */
const explicit = [...documentedInformation.values()].filter(({ obligation }) => obligation === 'explicit');

export const demandedByStandard: Rule = rule('7.5.1.a', {
  // The documents that are declared are the register of documented information.
  evidence: 'derived',
  parts: [
    system((context): readonly Remark[] => {
      const missing = explicit.filter((item) => !isThere(item, context));
      if (missing.length === 0) return [shown('evidenced')];
      return [
        shortfall(`Of what the standard asks to be documented ${missing.length === 1 ? `one of ${explicit.length} items is` : `${missing.length} of ${explicit.length} items are`} nowhere: ${firstOf(missing.map(({ name, kind }) => `${name} (${kind})`), 8)}. Declare it where the language has a declaration for it, or a document of the kind, with its place.`, {
          fixes: missing.flatMap((item) => declareFixes(context, documentScaffold(item))),
        }),
      ];
    }),
  ],
});

/** Whether it is stated, recorded or in a document that says where it is. */
function isThere(item: DocumentedInformation, context: RuleContext): boolean {
  if (documentsOfKind(item, context).some(({ file, location }) => isFilledIn(file) || isFilledIn(location))) return true;
  const entries = documentedEntries[item.kind];
  if (isStated(item.kind, context) || whyNotNeeded(item.kind, context) !== undefined || isSourceDeclared(entries, context)) return true;
  if (latestOf(recordedDays(item.kind, context), context.asOf) !== undefined) return true;
  return item.requirementIds.some((id) => {
    const row = catalogue.row(id);
    return row !== undefined && evidenceFor(row, context).some((evidence) => evidenceFault(evidence, context) === undefined);
  });
}

export const neededByOrganization: Rule = rule('7.5.1.b', {
  parts: [
    each('Process', {
      none: { message: 'No process is declared, so nothing says which documents the organization itself needs.' },
      check: (process, { model }): readonly Remark[] => {
        if (isFilledIn(process.file) || isFilledIn(process.noDocument)) return [];
        const documents = model.all('ControlledDocument').filter(({ file, location }) => isFilledIn(file) || isFilledIn(location));
        if (documents.some(({ processes }) => processes.includes(process.name))) return [];
        // A description of processes that names none describes all.
        if (documents.some(({ kinds, processes }) => processes.length === 0 && kinds.includes('process-descriptions'))) return [];
        if (model.all('Procedure').some((procedure) => procedure.process === process.name && isFilledIn(procedure.file))) return [];
        const place = placeOf(process);
        return [
          shortfall(`The process ${named(process)} names no document, and does not say why it needs none.`, {
            place: process.noDocument === undefined ? place : placeOf(process, 'noDocument'),
            fixes: [
              addFact('Name its document', place, 'file "${1:TODO path of the document}"'),
              addFact('Say why it needs none', place, 'no document because "${1:TODO why this text is enough}"'),
              addDeclaration('Declare a document about it', place, `document \${1:${process.name}-description} "\${2:TODO title}" {\n  kind process-descriptions\n  process ${process.name}\n  file "\${3:TODO path of the document}"\n}`),
            ],
          }),
        ];
      },
    }),
  ],
});
