/** What the figures were computed from. */
import type { Block, Cell } from '../blocks.ts';
import { at, code, column, count, quiet, section, table, words as text } from '../block-builders.ts';
import { titleOf } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import type { ReportInput } from '../report.ts';

export function sourceSection(input: ReportInput): Block | undefined {
  const { words } = input;
  const sources = input.measurements?.sources ?? [];
  if (sources.length === 0) return undefined;
  const rows = sources.map((summary): Cell[] => {
    const source = input.model.get('Source', summary.source);
    const place = source === undefined ? undefined : sourcePlace(input.locator, { entity: source.$key });
    return [
      text(at(place, source === undefined ? summary.source : titleOf(source))),
      text(summary.recordKind),
      count(summary.files.length),
      count(summary.rows),
      count(summary.records),
      text(summary.from === undefined || summary.to === undefined ? quiet(words.say('no dated record')) : words.say('{0} to {1}', words.date(summary.from), words.date(summary.to))),
      text(code(summary.dataHash.replace(/^sha256:/, '').slice(0, 12))),
    ];
  });
  return section(
    words.say('Data the figures come from'),
    [table([column(words.say('Source')), column(words.say('Records of')), column(words.say('Files'), 'number'), column(words.say('Rows'), 'number'), column(words.say('Records'), 'number'), column(words.say('Days covered')), column(words.say('Hash'), 'text', { width: 'narrow' })], rows)],
    { anchor: 'data' },
  );
}
