/** How each figure was computed, and what was left out. */
import type { Block, Cell } from '../blocks.ts';
import { code, column, quiet, section, table, words } from '../block-builders.ts';
import { exclusionsInWords } from '../facts/figures.ts';
import { titleOf } from '../facts/names.ts';
import type { ServiceReportContext } from './service-report.ts';

export function methodSection({ lines }: ServiceReportContext): Block | undefined {
  const known = lines.flatMap((line) => (line.series.last === undefined ? [] : [{ line, figure: line.series.last }]));
  if (known.length === 0) return undefined;
  return section(
    'How the figures were computed',
    [
      table(
        [column('Target'), column('Computation'), column('Left out'), column('Data', 'text', { width: 'narrow' })],
        known.map(({ line, figure }): Cell[] => [
          words(`${titleOf(line.promise.agreement)}: ${line.promise.name}`),
          words(figure.computation),
          words(exclusionsInWords(figure) || quiet('nothing')),
          words(code(figure.dataHash.replace(/^sha256:/, '').slice(0, 12))),
        ]),
        { density: 'dense' },
      ),
    ],
    { anchor: 'method' },
  );
}
