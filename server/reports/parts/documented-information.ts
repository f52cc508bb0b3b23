/** Documented information as a table: what, how it stands, where it is, version, approval, next review. */
import type { DocumentedItem, DocumentedPlace, DocumentedState } from '../../analysis/documented-information.ts';
import type { Block, Cell, Inline } from '../blocks.ts';
import { at, column, date, quiet, strong, table, words } from '../block-builders.ts';
import { titleById } from '../facts/names.ts';
import type { ReportInput } from '../report.ts';
import { sourcePlace } from './places.ts';

const stateInWords: Readonly<Record<DocumentedState, string>> = { noGap: 'there', gap: 'gap', notRequired: 'not required', unknown: 'unknown' };

export function countsInWords(items: readonly DocumentedItem[]): string {
  const count = (state: DocumentedState): number => items.filter((one) => one.state === state).length;
  return `Of ${items.length} kinds of documented information: ${count('gap')} with a gap, ${count('unknown')} unknown, ${count('noGap')} there, ${count('notRequired')} not required.`;
}

/** Approvals that no longer stand, of what would count. */
export function isVoid({ places }: DocumentedItem): boolean {
  return places.some(({ approval }) => approval?.stands === false);
}

export function documentTable(input: ReportInput, items: readonly DocumentedItem[]): Block {
  const rows = items.map((one): Cell[] => {
    // What is shown first is what counts, unless something about another place asks for attention.
    const first = one.places.find(({ approval }) => approval?.stands === false) ?? one.places.toSorted((a, b) => ((a.review?.due ?? '9') < (b.review?.due ?? '9') ? -1 : 1))[0];
    return [words(one.item.name), words(...stateOf(one)), words(...(first ? whereOf(input, first, one.places.length - 1) : []), ...reasonOf(one, first !== undefined)), words(first?.version ?? ''), words(...(first ? approvalOf(input, first) : [])), first?.review ? date(first.review.due) : words('')];
  });
  return table([column('Documented information'), column('State', 'text', { width: 'narrow' }), column('Where', 'text', { width: 'wide' }), column('Version', 'text', { width: 'narrow' }), column('Approved or dated', 'text', { width: 'narrow' }), column('Next review', 'text', { width: 'narrow' })], rows, { density: 'dense' });
}

function stateOf({ state }: DocumentedItem): readonly Inline[] {
  return state === 'gap' ? [strong(stateInWords[state])] : [stateInWords[state]];
}

const longestReason = 200;

/** Why it is not there, or not known; after what there is. */
function reasonOf({ state, reasons: [reason] }: DocumentedItem, isSomewhere: boolean): readonly Inline[] {
  if (reason === undefined || state === 'noGap') return [];
  const text = reason.length > longestReason ? `${reason.slice(0, longestReason).replace(/\s+\S*$/, '')} …` : reason;
  return [...(isSomewhere ? [': '] : []), quiet(text)];
}

function whereOf(input: ReportInput, { title, place, kept, records }: DocumentedPlace, more: number): readonly Inline[] {
  return [at(sourcePlace(input.locator, place), kept ?? title), ...(records === undefined ? [] : [`, ${records} records`]), ...(more > 0 ? [quiet(` and ${more} more`)] : [])];
}

function approvalOf(input: ReportInput, { approval, dated, review }: DocumentedPlace): readonly Inline[] {
  if (!approval) return dated === undefined ? [] : [dated];
  return [`${titleById(input.model, 'Party', approval.by)}, ${approval.on}`, ...(approval.stands ? [] : [strong('; void: changed since')]), ...(review?.overdue === true ? [strong('; review overdue')] : [])];
}
