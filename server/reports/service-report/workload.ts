/** How much work there was against what was agreed. */
import type { WorkloadLimit } from '../../../language/model/declarations.ts';
import type { Block, Cell, Status } from '../blocks.ts';
import { column, decimal, section, statusCell, table, unknown, words as text } from '../block-builders.ts';
import { bulletBars } from '../charts/bullet-bar.ts';
import { statusOf } from '../facts/figures.ts';
import { titleOf } from '../facts/names.ts';
import { trendCell } from '../parts/service-levels.ts';
import { perPeriodInWords, shortLimitInWords } from '../facts/quantities.ts';
import type { Words } from '../words/words.ts';
import type { ServiceReportContext } from './service-report.ts';

export function workloadSection({ agreements, figures, input }: ServiceReportContext): Block | undefined {
  const { words } = input;
  const limits = agreements.flatMap((agreement) =>
    agreement.workloadLimits.map((limit) => {
      const series = figures.series({ kind: 'workload', agreement: agreement.name, limit: limit.name }, input.period);
      return { name: `${titleOf(agreement)}: ${limit.name}`, limit, series, value: series.last?.value, status: statusOf(series.last) as Status };
    }),
  );
  if (limits.length === 0) return undefined;
  const over = limits.filter((each) => each.status === 'below').length;
  const noneOver = limits.every((each) => each.value !== undefined) ? words.say('No agreed limit was exceeded.') : words.say('No agreed limit is known to be exceeded.');
  const caption = over === 0 ? noneOver : words.count(limits.length, '{1} of {0} agreed limit was exceeded.', '{1} of {0} agreed limits were exceeded.', over);
  return section(
    words.say('Workload'),
    [
      {
        kind: 'figure',
        caption: [caption],
        alternative: words.say('Bars of the work that came in, with a mark at the agreed limit; the numbers are in the table below.'),
        drawing: bulletBars(
          limits.map((each) => ({
            label: each.name,
            value: each.value === undefined ? undefined : Number(each.value),
            limit: Number(/^\d+(?:\.\d+)?/.exec(each.limit.value)?.[0] ?? 0),
            status: each.status,
            printed: each.value === undefined ? words.say('unknown') : words.say('{0} of {1}', words.number(each.value), words.number(each.limit.value)),
          })),
        ),
        table: table(
          [column(words.say('Limit')), column(words.say('Counted'), 'number'), column(words.say('Agreed'), 'text', { width: 'narrow' }), column(words.say('Status'), 'status'), column(words.say('13 months'), 'drawing')],
          limits.map((each): Cell[] => [
            text(each.name),
            each.value === undefined ? unknown(each.series.last?.reason) : decimal(each.value),
            text(agreedInWords(words, each.limit)),
            statusCell(each.status),
            trendCell(each.series, words),
          ]),
          { density: 'dense' },
        ),
      },
    ],
    { anchor: 'workload' },
  );
}

function agreedInWords(words: Words, { comparison, value, period }: WorkloadLimit): string {
  const limit = shortLimitInWords(words, comparison, value);
  return period === undefined ? limit : `${limit} ${perPeriodInWords(words, period)}`;
}
