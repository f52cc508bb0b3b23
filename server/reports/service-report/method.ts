/** How each figure was computed, and what was left out. */
import type { Block, Cell } from '../blocks.ts';
import { code, column, quiet, section, table, words as text } from '../block-builders.ts';
import { exclusionsInWords } from '../facts/figures.ts';
import { titleOf } from '../facts/names.ts';
import type { ServiceReportContext } from './service-report.ts';

export function methodSection({ lines, input: { words } }: ServiceReportContext): Block | undefined {
  const known = lines.flatMap((line) => (line.series.last === undefined ? [] : [{ line, figure: line.series.last }]));
  if (known.length === 0) return undefined;
  return section(
    words.say('How the figures were computed'),
    [
      table(
        [column(words.say('Target')), column(words.say('Computation')), column(words.say('Left out')), column(words.say('Data'), 'text', { width: 'narrow' })],
        known.map(({ line, figure }): Cell[] => [
          text(`${titleOf(line.promise.agreement)}: ${line.promise.name}`),
          text(figure.computation),
          text(exclusionsInWords(figure, words) || quiet(words.say('nothing'))),
          text(code(figure.dataHash.replace(/^sha256:/, '').slice(0, 12))),
        ]),
        { density: 'dense' },
      ),
    ],
    { anchor: 'method' },
  );
}
