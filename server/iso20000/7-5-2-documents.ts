/** Clause 7.5.2, creating and updating documented information. */
import { latestOf } from '../assessment/dates.ts';
import { approvalFault } from '../assessment/documents.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { shortfall } from '../assessment/remark.ts';
import { each, rule, system, type Rule } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { everyDocumentSays, isExternal, modeOf, noDocument } from './document-control.ts';

export const identification: Rule = rule('7.5.2.a', {
  parts: [
    system((context) => (context.model.all('ControlledDocument').length > 0 ? [] : [noDocument(context)])),
    each('ControlledDocument', {
      none: null,
      check: (document, { asOf }) => {
        const { title, version, author, dated, approvals, changes } = document;
        const isRecord = modeOf(document) === 'retain';
        const hasDate = latestOf([dated, ...approvals.map(({ on }) => on), ...changes.map(({ on }) => on)], asOf) !== undefined;
        return stated(document, 'The document', [
          { said: isFilledIn(title), what: 'what it is called' },
          // A record is told from others by its date.
          { said: isFilledIn(version) || (isRecord && hasDate), what: 'its version', line: 'version "${1:TODO}"' },
          // Who made a change is an author; who wrote what comes from outside is not known.
          { said: isFilledIn(author) || changes.some(({ by }) => isFilledIn(by)) || isExternal(document), what: 'who wrote it', line: 'author ${1:TODO}' },
          { said: hasDate, what: 'of which date it is', line: 'dated ${1:0000-00-00}' },
        ]);
      },
    }),
  ],
});

export const formatAndMedia: Rule = rule('7.5.2.b', { parts: [everyDocumentSays('format', 'media', 'language')] });

export const reviewAndApproval: Rule = rule('7.5.2.c', {
  parts: [
    system((context) => (context.model.all('ControlledDocument').length > 0 ? [] : [noDocument(context)])),
    each('ControlledDocument', {
      where: (document) => modeOf(document) === 'maintain',
      none: null,
      check: (document, context) => {
        const fault = approvalFault(document, context.plannedInterval('7.5.2.c'), context);
        return fault ? [shortfall(fault.message, { place: fault.place, fixes: fault.fixes ?? [] })] : [];
      },
    }),
  ],
});
