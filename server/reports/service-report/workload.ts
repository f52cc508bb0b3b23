/** How much work there was against what was agreed. */
import { comparisonInWords } from '../../../language/values/comparison.ts';
import type { Block, Cell, Status } from '../blocks.ts';
import { column, decimal, section, statusCell, table, unknown, words } from '../block-builders.ts';
import { bulletBars } from '../charts/bullet-bar.ts';
import { statusOf } from '../facts/figures.ts';
import { titleOf } from '../facts/names.ts';
import { trendCell } from '../parts/service-levels.ts';
import { groupDigits, plural } from '../renderers/format-values.ts';
import type { ServiceReportContext } from './service-report.ts';

export function workloadSection({ agreements, figures, input }: ServiceReportContext): Block | undefined {
  const limits = agreements.flatMap((agreement) =>
    agreement.workloadLimits.map((limit) => {
      const series = figures.series({ kind: 'workload', agreement: agreement.name, limit: limit.name }, input.period);
      return { name: `${titleOf(agreement)}: ${limit.name}`, limit, series, value: series.last?.value, status: statusOf(series.last) as Status };
    }),
  );
  if (limits.length === 0) return undefined;
  const over = limits.filter((each) => each.status === 'below').length;
  const caption = over === 0 ? `${limits.every((each) => each.value !== undefined) ? 'No agreed limit was exceeded' : 'No agreed limit is known to be exceeded'}.` : `${over} of ${plural(limits.length, 'agreed limit was', 'agreed limits were')} exceeded.`;
  return section(
    'Workload',
    [
      {
        kind: 'figure',
        caption: [caption],
        alternative: 'Bars of the work that came in, with a mark at the agreed limit; the numbers are in the table below.',
        drawing: bulletBars(
          limits.map((each) => ({
            label: each.name,
            value: each.value === undefined ? undefined : Number(each.value),
            limit: Number(/^\d+(?:\.\d+)?/.exec(each.limit.value)?.[0] ?? 0),
            status: each.status,
            printed: each.value === undefined ? 'unknown' : `${groupDigits(each.value)} of ${groupDigits(each.limit.value)}`,
          })),
        ),
        table: table(
          [column('Limit'), column('Counted', 'number'), column('Agreed', 'text', { width: 'narrow' }), column('Status', 'status'), column('13\u00a0months', 'drawing')],
          limits.map((each): Cell[] => [
            words(each.name),
            each.value === undefined ? unknown(each.series.last?.reason) : decimal(each.value),
            words(`${comparisonInWords(each.limit.comparison)} ${groupDigits(each.limit.value)}${each.limit.period === undefined ? '' : ` per ${each.limit.period}`}`),
            statusCell(each.status),
            trendCell(each.series),
          ]),
          { density: 'dense' },
        ),
      },
    ],
    { anchor: 'workload' },
  );
}
