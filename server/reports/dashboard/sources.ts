/** What the figures were computed from. */
import type { Block, Cell } from '../blocks.ts';
import { at, code, column, count, quiet, section, table, words } from '../block-builders.ts';
import { titleOf } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import type { ReportInput } from '../report.ts';

export function sourceSection(input: ReportInput): Block | undefined {
  const sources = input.measurements?.sources ?? [];
  if (sources.length === 0) return undefined;
  const rows = sources.map((summary): Cell[] => {
    const source = input.model.get('Source', summary.source);
    const place = source === undefined ? undefined : sourcePlace(input.locator, { entity: source.$key });
    return [
      words(at(place, source === undefined ? summary.source : titleOf(source))),
      words(summary.recordKind),
      count(summary.files.length),
      count(summary.rows),
      count(summary.records),
      words(summary.from === undefined || summary.to === undefined ? quiet('no dated record') : `${summary.from} to ${summary.to}`),
      words(code(summary.dataHash.replace(/^sha256:/, '').slice(0, 12))),
    ];
  });
  return section(
    'Data the figures come from',
    [table([column('Source'), column('Records of'), column('Files', 'number'), column('Rows', 'number'), column('Records', 'number'), column('Days covered'), column('Hash', 'text', { width: 'narrow' })], rows)],
    { anchor: 'data' },
  );
}
