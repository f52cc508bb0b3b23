import { documentedInformation } from '../../language/catalogue/documented-information.ts';
import type { DeclarationTypes, EntityKey } from '../../language/model/declarations.ts';
import { documentScaffold } from '../assessment/documents.ts';
import type { Fault } from '../assessment/evidence.ts';
import { isFilledIn, isNotZero } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, system, type RuleContext, type SystemPart } from '../assessment/rule.ts';
import { firstOf, listed, named } from '../assessment/wording.ts';

export type ControlledDocument = DeclarationTypes['ControlledDocument'];
type Control = ControlledDocument['controls'][number];
type Subject = Control['subject'];

const itemOfKind = new Map([...documentedInformation.values()].map((item) => [item.kind, item]));

/** Whether a document is kept current or kept as a record: as it says, else as documents of its kinds are. */
export function modeOf({ mode, kinds }: ControlledDocument): 'maintain' | 'retain' {
  if (mode !== undefined) return mode;
  const modes = kinds.flatMap((kind) => itemOfKind.get(kind)?.mode ?? []);
  return modes.length > 0 && modes.every((one) => one === 'retain') ? 'retain' : 'maintain';
}

export const isExternal = ({ origin }: ControlledDocument): boolean => origin === 'external';

/** Whether a document says how it is controlled, or the rules say it for its kinds or for all documents. */
function saysControl({ controls, kinds }: ControlledDocument, subject: Subject, { model }: RuleContext): boolean {
  const says = (known: readonly Control[]): boolean => known.some((control) => control.subject === subject && isSaid(control));
  return says(controls) || model.all('DocumentRules').some((rules) => (isForAll(rules) || rules.kinds.some((kind) => kinds.includes(kind))) && says(rules.controls));
}

function isSaid({ subject, text }: Control): boolean {
  return subject === 'retention' ? isNotZero(text) : isFilledIn(text);
}

function isForAll({ everything, kinds }: DeclarationTypes['DocumentRules']): boolean {
  return everything || kinds.length === 0;
}

/** What is asked of each subject, completing “does not say …”, and the line that would say it. */
const subjects: Readonly<Record<Subject, { readonly what: string; readonly line: string }>> = {
  format: { what: 'its format', line: 'format "${1:TODO text, spreadsheet …}"' },
  media: { what: 'its medium', line: 'media "${1:TODO electronic, paper …}"' },
  language: { what: 'its language', line: 'language "${1:TODO}"' },
  access: { what: 'who reads and who changes it', line: 'access "${1:TODO who reads, who changes}"' },
  protection: { what: 'how it is protected', line: 'protection "${1:TODO against loss, misuse and unwanted change}"' },
  distribution: { what: 'how it is distributed', line: 'distribution "${1:TODO how it reaches those who need it}"' },
  storage: { what: 'how it is stored', line: 'storage "${1:TODO where, and how it stays legible}"' },
  retention: { what: 'how long it is kept', line: 'retention ${1:0y}' },
  disposition: { what: 'how it is disposed of', line: 'disposition "${1:TODO what happens to it afterwards}"' },
};

/** What is missing where no document is declared. */
export function noDocument(context: RuleContext): Remark {
  const scope = documentedInformation.get('di.scope');
  return shortfall('No document is declared, so nothing says how documented information is controlled.', { fixes: scope ? declareFixes(context, documentScaffold(scope)) : [] });
}

/**
 * Asks that every document says how it is controlled, or that rules for its kind or for all say it. What several documents lack is said
 * once: at the rules for all, where it can be mended once.
 */
export function everyDocumentSays(...wanted: readonly Subject[]): SystemPart {
  return system((context): readonly Remark[] => {
    const documents = context.model.all('ControlledDocument');
    if (documents.length === 0) return [noDocument(context)];
    const lacking = documents.map((document) => ({ document, missing: wanted.filter((subject) => !saysControl(document, subject, context)) })).filter(({ missing }) => missing.length > 0);
    const [first] = lacking;
    if (!first) return [];
    const missing = wanted.filter((subject) => lacking.some((one) => one.missing.includes(subject)));
    const words = missing.map((subject) => subjects[subject].what);
    if (lacking.length === 1) {
      const place = placeOf(first.document);
      return [shortfall(`The document ${named(first.document)} does not say ${listed(words, 'or')}, and no document rules say it for its kind.`, { place, fixes: missing.map((subject) => addFact(`Say ${subjects[subject].what}`, place, subjects[subject].line)) })];
    }
    const message = `${lacking.length} of ${documents.length} documents do not say ${listed(words.map(ofSeveral), 'or')}, and no document rules say it for their kind: ${firstOf(lacking.map(({ document }) => named(document)))}.`;
    const rules = context.model.all('DocumentRules').find(isForAll);
    if (rules) {
      const place = placeOf(rules);
      return [shortfall(message, { place, fixes: missing.map((subject) => addFact(`Say ${subjects[subject].what}, for all documents`, place, subjects[subject].line)) })];
    }
    const lines = missing.map((subject, index) => `  ${subjects[subject].line.replace('${1:', `\${${index + 1}:`)}\n`).join('');
    return [shortfall(message, { fixes: declareFixes(context, { title: 'Say it once for all documents', text: `document rules everything for all {\n${lines}}` }) })];
  });
}

/** `how it is stored` of several: `how they are stored`. */
function ofSeveral(words: string): string {
  return words.replace(/\bits\b/gu, 'their').replace(/\bit is\b/gu, 'they are').replace('changes it', 'changes them');
}

/** A link as people write it: `https://…`. What is none is a place in words (“Archive, room 3”). */
const link = /^[a-z][a-z0-9+.-]*:\/\//iu;

interface Located {
  readonly $key: EntityKey;
  readonly file?: string | undefined;
  readonly location?: string | undefined;
}

/** What keeps from looking at what a declaration says where it is: a file that is not there, a link that is none. `what` begins the sentence. */
export function locationFault(declaration: Located, what: string, { file }: RuleContext): Fault | undefined {
  const state = isFilledIn(declaration.file) ? file(declaration.file) : undefined;
  if (state?.kind === 'refused') return { message: `${what} cannot be looked at: ${state.message}`, place: placeOf(declaration, 'file') };
  const { location } = declaration;
  if (!isFilledIn(location) || !link.test(location)) return undefined;
  return !/\s/u.test(location) && URL.canParse(location) ? undefined : { message: `${what} cannot be looked at: “${location}” is not a link that can be opened.`, place: placeOf(declaration, 'location') };
}
