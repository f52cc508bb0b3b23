/** Documented information as a table: what, how it stands, where it is, version, approval, next review. */
import type { DocumentedItem, DocumentedPlace, DocumentedState } from '../../analysis/documented-information.ts';
import type { Block, Cell, Inline } from '../blocks.ts';
import { at, column, date, quiet, strong, table, words as text } from '../block-builders.ts';
import { titleById } from '../facts/names.ts';
import type { ReportInput } from '../report.ts';
import { message, type Words } from '../words/words.ts';
import { sourcePlace } from './places.ts';

const stateInWords: Readonly<Record<DocumentedState, string>> = { noGap: message('there'), gap: message('gap'), notRequired: message('not required'), unknown: message('unknown') };

export function countsInWords(items: readonly DocumentedItem[], words: Words): string {
  const count = (state: DocumentedState): number => items.filter((one) => one.state === state).length;
  return words.say('Of {0} kinds of documented information: {1} with a gap, {2} unknown, {3} there, {4} not required.', items.length, count('gap'), count('unknown'), count('noGap'), count('notRequired'));
}

/** Approvals that no longer stand, of what would count. */
export function isVoid({ places }: DocumentedItem): boolean {
  return places.some(({ approval }) => approval?.stands === false);
}

export function documentTable(input: ReportInput, items: readonly DocumentedItem[]): Block {
  const { words } = input;
  const rows = items.map((one): Cell[] => {
    // What is shown first is what counts, unless something about another place asks for attention.
    const first = one.places.find(({ approval }) => approval?.stands === false) ?? one.places.toSorted((a, b) => ((a.review?.due ?? '9') < (b.review?.due ?? '9') ? -1 : 1))[0];
    return [text(one.item.name), text(...stateOf(one, words)), text(...(first ? whereOf(input, first, one.places.length - 1) : []), ...reasonOf(one, first !== undefined)), text(first?.version ?? ''), text(...(first ? approvalOf(input, first) : [])), first?.review ? date(first.review.due) : text('')];
  });
  return table([column(words.say('Documented information')), column(words.say('State'), 'text', { width: 'narrow' }), column(words.say('Where'), 'text', { width: 'wide' }), column(words.say('Version'), 'text', { width: 'narrow' }), column(words.say('Approved or dated'), 'text', { width: 'narrow' }), column(words.say('Next review'), 'text', { width: 'narrow' })], rows, { density: 'dense' });
}

function stateOf({ state }: DocumentedItem, words: Words): readonly Inline[] {
  const said = words.say(stateInWords[state]);
  return state === 'gap' ? [strong(said)] : [said];
}

const longestReason = 200;

/** Why it is not there, or not known; after what there is. */
function reasonOf({ state, reasons: [reason] }: DocumentedItem, isSomewhere: boolean): readonly Inline[] {
  if (reason === undefined || state === 'noGap') return [];
  const short = reason.length > longestReason ? `${reason.slice(0, longestReason).replace(/\s+\S*$/, '')} …` : reason;
  return [...(isSomewhere ? [': '] : []), quiet(short)];
}

function whereOf(input: ReportInput, { title, place, kept, records }: DocumentedPlace, more: number): readonly Inline[] {
  const { words } = input;
  return [at(sourcePlace(input.locator, place), kept ?? title), ...(records === undefined ? [] : [`, ${words.count(records, '{0} record', '{0} records')}`]), ...(more > 0 ? [' ', quiet(words.say('and {0} more', more))] : [])];
}

function approvalOf(input: ReportInput, { approval, dated, review }: DocumentedPlace): readonly Inline[] {
  const { words } = input;
  if (!approval) return dated === undefined ? [] : [words.date(dated)];
  return [`${titleById(input.model, 'Party', approval.by)}, ${words.date(approval.on)}`, ...(approval.stands ? [] : ['; ', strong(words.say('void: changed since'))]), ...(review?.overdue === true ? ['; ', strong(words.say('review overdue'))] : [])];
}
