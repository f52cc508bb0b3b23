/** Targets that were missed: which records missed them, and what caused it where the records say so. */
import type { ListedRecord } from '../../measurement/figure.ts';
import type { Block, Cell } from '../blocks.ts';
import { code, column, count, paragraph, quiet, section, table, words } from '../block-builders.ts';
import { pareto, rankCauses } from '../charts/pareto.ts';
import { figureCaption } from '../facts/captions.ts';
import { isAverage } from '../facts/figures.ts';
import { titleOf } from '../facts/names.ts';
import { plural } from '../renderers/format-values.ts';
import type { ServiceReportContext } from './service-report.ts';

/** Of more missed targets than this the table above tells enough. */
const mostTargets = 40;

export function breachSection(context: ServiceReportContext): Block | undefined {
  const missed = context.lines.filter((line) => line.status === 'below');
  if (missed.length === 0) return undefined;
  const records = new Map((context.input.measurements?.records ?? []).map((record) => [`${record.source} ${record.key}`, record]));
  const shown = missed.slice(0, mostTargets);
  const blocks = shown.flatMap((line): Block[] => {
    const figure = line.series.last;
    if (figure === undefined) return [];
    const listed = figure.missed;
    const all = figure.numerator === undefined || figure.denominator === undefined || isAverage(figure) ? undefined : Number(figure.denominator) - Number(figure.numerator);
    const causeOf = (key: string): string | undefined => (figure.source === undefined ? undefined : causeIn(records.get(`${figure.source} ${key}`)));
    const withCauses = listed.some((record) => causeOf(record.key) !== undefined);
    const partial = line.promise.basis === 'time' || all === undefined || all <= listed.length ? '' : ` The first ${listed.length} of ${all} are listed.`;
    return [
      section(`${titleOf(line.promise.agreement)}: ${line.promise.name}`, [
        paragraph(`${figureCaption(line.promise.subject, line.series, line.promise.basis)}${partial}`),
        ...(listed.length === 0
          ? [paragraph(quiet('No single record is listed for it.'))]
          : [
              table(
                [column('Record', 'text', { width: 'narrow' }), column('What happened'), ...(withCauses ? [column('Cause')] : [])],
                listed.map((record): Cell[] => [words(code(record.key)), words(record.detail), ...(withCauses ? [words(causeOf(record.key) ?? quiet('not recorded'))] : [])]),
              ),
            ]),
        ...causeFigure(line.promise.subject, listed.map((record) => causeOf(record.key) ?? 'not recorded'), withCauses),
      ], { together: listed.length <= 12 }),
    ];
  });
  const rest = missed.length > shown.length ? [paragraph(`The first ${shown.length} of ${plural(missed.length, 'missed target')} are told in detail.`)] : [];
  return section('Targets missed', [...rest, ...blocks], { anchor: 'missed' });
}

function causeIn(record: ListedRecord | undefined): string | undefined {
  const cause = record?.fields['cause']?.trim();
  return cause === undefined || cause === '' ? undefined : cause;
}

/** A Pareto needs a few records to say anything. */
const leastForPareto = 5;

function causeFigure(subject: string, causes: readonly string[], withCauses: boolean): readonly Block[] {
  if (!withCauses || causes.length < leastForPareto) return [];
  const counts = new Map<string, number>();
  for (const cause of causes) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  const ranked = rankCauses([...counts].map(([name, many]) => ({ name, count: many })));
  const first = ranked[0];
  if (first === undefined) return [];
  return [
    {
      kind: 'figure',
      caption: [`${first.count} of ${plural(causes.length, 'listed record')} had the cause “${first.name}”.`],
      alternative: `Pareto of the causes of what was missed: ${subject}.`,
      drawing: pareto(ranked),
      table: table([column('Cause'), column('Records', 'number')], ranked.map((cause): Cell[] => [words(cause.name), count(cause.count)]), { density: 'dense' }),
    },
  ];
}
