/** The gaps that matter most, each a link into the text. */
import type { Block, Cell } from '../blocks.ts';
import { at, code, column, jump, paragraph, quiet, statusCell, table, words } from '../block-builders.ts';
import { clauseOf, findingsThatMatter } from '../facts/gaps.ts';
import { sourcePlace } from '../parts/places.ts';
import { plural } from '../renderers/format-values.ts';
import type { ReportInput } from '../report.ts';

/** @param most rows shown; the rest is counted, with a link to `rest` where that is the anchor of the longer list. */
export function gapBlocks(input: ReportInput, most: number, rest?: string): readonly Block[] {
  const findings = findingsThatMatter(input.assessment);
  if (findings.length === 0) return [paragraph('No gap found by the checks that exist.')];
  const rows = findings.slice(0, most).map((finding): Cell[] => {
    const place = sourcePlace(input.locator, finding.place);
    const clause = clauseOf(finding);
    return [
      statusCell(finding.severity === 'error' ? 'below' : 'warning'),
      words(at(place, shorten(finding.message))),
      words(clause === undefined ? quiet(finding.code) : clause),
      words(place === undefined ? '' : code(`${place.file}:${place.line}`)),
    ];
  });
  const more = findings.length - rows.length;
  const remainder = `and ${plural(more, 'more finding')}`;
  return [
    table([column('', 'status'), column('Finding'), column('Clause', 'text', { width: 'narrow' }), column('Place', 'text', { width: 'narrow' })], rows, { rowHead: 1 }),
    ...(more > 0 ? [paragraph(rest === undefined ? quiet(remainder) : jump(rest, remainder))] : []),
  ];
}

/** The first sentence tells what is wrong; the rest stands in the editor. */
function shorten(message: string): string {
  return message.length <= 220 ? message : `${message.slice(0, 217).replace(/\s+\S*$/, '')} …`;
}
