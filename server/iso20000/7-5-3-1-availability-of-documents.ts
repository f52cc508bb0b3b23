/** Clause 7.5.3.1, control of documented information: available and protected. */
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { each, rule, type Rule } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';
import { everyDocumentSays, locationFault } from './document-control.ts';

export const available: Rule = rule('7.5.3.1.a', {
  parts: [
    each('ControlledDocument', {
      none: null,
      check: (document, context): readonly Remark[] => {
        const place = placeOf(document);
        if (!isFilledIn(document.file) && !isFilledIn(document.location)) {
          return [shortfall(`The document ${named(document)} does not say where it is: name its file or its location.`, { place, fixes: [addFact('Name its file', place, 'file "${1:TODO path of the document}"')] })];
        }
        const fault = locationFault(document, `The document ${named(document)}`, context);
        return fault ? [shortfall(fault.message, { place: fault.place })] : [];
      },
    }),
    everyDocumentSays('access'),
  ],
});

export const protectedFromLoss: Rule = rule('7.5.3.1.b', { parts: [everyDocumentSays('protection')] });
