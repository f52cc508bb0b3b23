/** Targets that were missed: which records missed them, and what caused it where the records say so. */
import type { ListedRecord } from '../../measurement/figure.ts';
import type { Block, Cell } from '../blocks.ts';
import { code, column, count, paragraph, quiet, section, table, words as text } from '../block-builders.ts';
import { pareto, rankCauses } from '../charts/pareto.ts';
import { figureCaption } from '../facts/captions.ts';
import { isAverage } from '../facts/figures.ts';
import { titleOf } from '../facts/names.ts';
import type { Words } from '../words/words.ts';
import type { ServiceReportContext } from './service-report.ts';

/** Of more missed targets than this the table above tells enough. */
const mostTargets = 40;

export function breachSection(context: ServiceReportContext): Block | undefined {
  const { words } = context.input;
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
    const partial = line.promise.basis === 'time' || all === undefined || all <= listed.length ? '' : ` ${words.say('The first {0} of {1} are listed.', listed.length, all)}`;
    return [
      section(`${titleOf(line.promise.agreement)}: ${line.promise.name}`, [
        paragraph(`${figureCaption(line.promise.subject, line.series, line.promise.basis, words)}${partial}`),
        ...(listed.length === 0
          ? [paragraph(quiet(words.say('No single record is listed for it.')))]
          : [
              table(
                [column(words.say('Record'), 'text', { width: 'narrow' }), column(words.say('What happened')), ...(withCauses ? [column(words.say('Cause'))] : [])],
                listed.map((record): Cell[] => [text(code(record.key)), text(record.detail), ...(withCauses ? [text(causeOf(record.key) ?? quiet(words.say('not recorded')))] : [])]),
              ),
            ]),
        ...causeFigure(line.promise.subject, listed.map((record) => causeOf(record.key) ?? words.say('not recorded')), withCauses, words),
      ], { together: listed.length <= 12 }),
    ];
  });
  const rest = missed.length > shown.length ? [paragraph(words.count(missed.length, 'The first {1} of {0} missed target are told in detail.', 'The first {1} of {0} missed targets are told in detail.', shown.length))] : [];
  return section(words.say('Targets missed'), [...rest, ...blocks], { anchor: 'missed' });
}

function causeIn(record: ListedRecord | undefined): string | undefined {
  const cause = record?.fields['cause']?.trim();
  return cause === undefined || cause === '' ? undefined : cause;
}

/** A Pareto needs a few records to say anything. */
const leastForPareto = 5;

function causeFigure(subject: string, causes: readonly string[], withCauses: boolean, words: Words): readonly Block[] {
  if (!withCauses || causes.length < leastForPareto) return [];
  const counts = new Map<string, number>();
  for (const cause of causes) counts.set(cause, (counts.get(cause) ?? 0) + 1);
  const ranked = rankCauses([...counts].map(([name, many]) => ({ name, count: many })));
  const first = ranked[0];
  if (first === undefined) return [];
  return [
    {
      kind: 'figure',
      caption: [words.count(causes.length, '{1} of {0} listed record had the cause “{2}”.', '{1} of {0} listed records had the cause “{2}”.', first.count, first.name)],
      alternative: words.say('Pareto of the causes of what was missed: {0}.', subject),
      drawing: pareto(ranked),
      table: table([column(words.say('Cause')), column(words.say('Records'), 'number')], ranked.map((cause): Cell[] => [text(cause.name), count(cause.count)]), { density: 'dense' }),
    },
  ];
}
