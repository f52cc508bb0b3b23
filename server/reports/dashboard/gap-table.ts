/** What is not all right, the most important first, each line a link into the text. */
import type { Finding } from '../../../language/model/finding.ts';
import type { Block, Cell, SourcePlace, Status } from '../blocks.ts';
import { at, code, column, jump, paragraph, quiet, statusCell, table, words as text } from '../block-builders.ts';
import { clauseOf, findingsThatMatter } from '../facts/gaps.ts';
import { sourcePlace } from '../parts/places.ts';
import type { Words } from '../words/words.ts';
import { isNarrowed } from '../narrowing.ts';
import type { ReportInput } from '../report.ts';

export interface NotAllRight {
  readonly status: Status;
  readonly what: string;
  /** The clause, or a word for what it is about. */
  readonly about: string;
  readonly place: SourcePlace | undefined;
}

export interface GapOptions {
  /** Lines shown of each: what comes before, and the findings. */
  readonly most: number;
  /** The anchor of the whole list. */
  readonly rest?: string;
  readonly before?: readonly NotAllRight[];
}

export function gapBlocks(input: ReportInput, { most, rest, before = [] }: GapOptions): readonly Block[] {
  const { words } = input;
  const findings = findingsThatMatter(input.assessment);
  const told = findings.slice(0, most).map((finding): NotAllRight => ({
    status: finding.severity === 'error' ? 'below' : 'warning',
    what: shorten(finding.message),
    about: about(finding, words),
    place: sourcePlace(input.locator, finding.place),
  }));
  const shown = [...before.slice(0, most), ...told];
  if (shown.length === 0) {
    if (isNarrowed(input.narrowing)) return [paragraph(words.say('No gap found at what is shown.'))];
    const checked = input.assessment.requirements.filter((row) => row.checked).length;
    return [paragraph(checked === 0 ? words.say('No catalogue row has been checked, so nothing is known.') : words.say('No gap found in the {0} catalogue rows that are checked.', checked))];
  }
  const rows = shown.map((line): Cell[] => [statusCell(line.status), text(at(line.place, line.what)), text(line.about), text(line.place === undefined ? '' : at(line.place, code(`${line.place.file}:${line.place.line}`)))]);
  const more = before.length + findings.length - shown.length;
  const remainder = words.say('and {0} more', more);
  return [
    table([column('', 'status'), column(words.say('What'), 'text', { width: 'wide' }), column(words.say('About'), 'text', { width: 'narrow' }), column(words.say('Place'), 'text', { width: 'narrow' })], rows, { rowHead: 1 }),
    ...(more > 0 ? [paragraph(rest === undefined ? quiet(remainder) : jump(rest, remainder))] : []),
  ];
}

/** The first sentences tell what is wrong; the rest stands in the editor. */
function shorten(message: string): string {
  return message.length <= 220 ? message : `${message.slice(0, 217).replace(/\s+\S*$/, '')} …`;
}

function about(finding: Finding, words: Words): string {
  const clause = clauseOf(finding);
  return clause === undefined ? finding.code : words.say('clause {0}', clause);
}
