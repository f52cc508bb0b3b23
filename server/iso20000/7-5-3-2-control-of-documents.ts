/** Clause 7.5.3.2, control of documented information: what is done with it. */
import { nextReview } from '../assessment/approvals.ts';
import { dateOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { each, query, rule, system, type Query, type Rule, type Trigger } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { everyDocumentSays, isExternal, modeOf, noDocument, type ControlledDocument } from './document-control.ts';

export const distribution: Rule = rule('7.5.3.2.a', { parts: [everyDocumentSays('distribution', 'access')] });

export const storage: Rule = rule('7.5.3.2.b', {
  parts: [
    each('ControlledDocument', {
      none: null,
      check: (document) => {
        const isLocated = isFilledIn(document.file) || isFilledIn(document.location);
        return stated(document, 'The document', [{ said: isLocated, what: 'where it is stored', line: 'file "${1:TODO path of the document}"' }]);
      },
    }),
    everyDocumentSays('format', 'storage'),
  ],
});

export const versionControl: Rule = rule('7.5.3.2.c', {
  parts: [
    system((context) => (context.model.all('ControlledDocument').length > 0 ? [] : [noDocument(context)])),
    each('ControlledDocument', {
      // A record does not change, and what comes from outside is changed there.
      where: (document) => modeOf(document) === 'maintain' && !isExternal(document),
      none: null,
      check: checkHistory,
    }),
  ],
});

function checkHistory(document: ControlledDocument): readonly Remark[] {
  const { version } = document;
  const changes = document.changes.filter(({ on, by }) => dateOf(on) !== undefined && isFilledIn(by));
  const place = placeOf(document);
  const missing = stated(document, 'The document', [
    { said: isFilledIn(version), what: 'its version', line: 'version "${1:TODO}"' },
    { said: changes.length > 0, what: 'what changed with its versions', line: `change "\${1:${isFilledIn(version) ? version : 'TODO'}}" on \${2:0000-00-00} by \${3:TODO} "\${4:TODO what changed}"` },
  ]);
  if (missing.length > 0) return missing;
  const twice = changes.findIndex((change, index) => changes.some((other, before) => before < index && other.version === change.version && (other.text !== change.text || other.on !== change.on)));
  if (twice >= 0) {
    return [shortfall(`Two changes of ${named(document)} led to version ${changes[twice]!.version}: what it says can no longer be told by its version.`, { place: placeOf(document, 'changes', document.changes.indexOf(changes[twice]!), 'version') })];
  }
  if (changes.some((change) => change.version === version)) return [];
  return [
    shortfall(`The document ${named(document)} is of version ${version}, which its changes do not speak of.`, {
      place: placeOf(document, 'version'),
      fixes: [addFact('Say what changed', place, `change "${version}" on \${1:0000-00-00} by \${2:TODO} "\${3:TODO what changed}"`)],
    }),
  ];
}

export const retention: Rule = rule('7.5.3.2.d', { parts: [everyDocumentSays('retention', 'disposition')] });

const externalUsed: Query<Trigger> = query('whether documents from outside are used', ({ model }) =>
  model.all('ControlledDocument').some(isExternal) ? { applies: true } : { applies: false, reason: 'no document of outside origin is declared' },
);

export const outsideDocuments: Rule = rule('7.5.3.2.1', {
  trigger: externalUsed,
  evidence: 'derived',
  parts: [
    each('ControlledDocument', {
      where: isExternal,
      none: null,
      check: (document, context): readonly Remark[] => {
        const planned = context.plannedInterval('7.5.2.c');
        const remarks = stated(
          document,
          'The document from outside',
          [
            { said: isFilledIn(document.version), what: 'which version is used', line: 'version "${1:TODO}"' },
            { said: isFilledIn(document.owner), what: 'who sees to it', line: 'owner ${1:TODO}' },
            { said: nextReview(document, context.asOf, planned.months) !== undefined, what: 'when it is looked at again', line: `review every ${planned.months}mo last \${1:0000-00-00}` },
          ],
          'evidenced',
        );
        return remarks.length > 0 ? remarks : [shown('evidenced')];
      },
    }),
  ],
});
