/** Documented information that needs somebody: missing, not known, no longer approved, or overdue for review. */
import type { Block } from '../blocks.ts';
import { paragraph, section } from '../block-builders.ts';
import { countsInWords, documentTable, isVoid } from '../parts/documented-information.ts';
import type { ReportInput } from '../report.ts';

/** More than these nobody reads here; the gap analysis lists all. */
const mostRows = 12;

export function documentSection(input: ReportInput): Block | undefined {
  if (input.documents.every(({ places }) => places.length === 0)) return undefined;
  const nowhere = input.documents.filter(({ state, places }) => state === 'gap' && places.length === 0).map(({ item }) => item.name);
  const open = input.documents.filter((one) => one.places.length > 0 && (one.state === 'gap' || one.state === 'unknown' || isVoid(one) || one.places.some(({ review }) => review?.overdue === true)));
  const { words } = input;
  const listed = nowhere.slice(0, mostRows).join('; ');
  return section(
    words.say('Documented information'),
    [
      paragraph(countsInWords(input.documents, words)),
      ...(nowhere.length === 0 ? [] : [paragraph(nowhere.length > mostRows ? words.say('Nowhere: {0} and {1} more.', listed, nowhere.length - mostRows) : words.say('Nowhere: {0}.', listed))]),
      ...(open.length === 0 ? [] : [documentTable(input, open.slice(0, mostRows)), ...(open.length > mostRows ? [paragraph(words.say('and {0} more', open.length - mostRows))] : [])]),
    ],
    { anchor: 'documents' },
  );
}
