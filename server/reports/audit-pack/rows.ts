/** The rows behind what is said: what was measured, counted and drawn, each list as a document with one table. */
import { subjectName, type Figure } from '../../measurement/figure.ts';
import type { Cell, Document } from '../blocks.ts';
import { column, count, date, decimal, section, table, unknown, words as text } from '../block-builders.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportInput } from '../report.ts';
import type { Column } from '../blocks.ts';
import { message } from '../words/words.ts';

export interface RowList {
  /** Names its files: `checks`. */
  readonly id: string;
  readonly title: string;
  readonly rows: number;
  readonly document: Document;
}

const verdicts: Readonly<Record<Figure['verdict'], string>> = {
  met: message('met'),
  warning: message('met, past the warning threshold'),
  missed: message('missed'),
  tooFew: message('too few records'),
  unknown: message('unknown'),
  noTarget: message('no target'),
};

/** Lists that hold something; none where nothing was measured. */
export function rowLists(input: ReportInput): readonly RowList[] {
  const { measurements, words } = input;
  if (measurements === undefined) return [];
  const lists: readonly { readonly id: string; readonly title: string; readonly columns: readonly Column[]; readonly rows: readonly (readonly Cell[])[] }[] = [
    {
      id: 'checks',
      title: words.say('What was asked of records'),
      columns: [column(words.say('Requirement')), column(words.say('Check')), column(words.say('Source')), column(words.say('Records asked about'), 'number'), column(words.say('Fall short'), 'number'), column(words.say('First of them')), column(words.say('Fields not mapped'))],
      rows: measurements.checks.map(({ check, source, population, shortfall, firstKeys, missingFields }) => [text(check.split('/')[0] ?? ''), text(check), text(source), countOf(population), countOf(shortfall), text(firstKeys.join(', ')), text(missingFields.join(', '))]),
    },
    {
      id: 'figures',
      title: words.say('Figures'),
      columns: [column(words.say('Figure')), column(words.say('Group')), column(words.say('Period'), 'date'), column(words.say('Value'), 'number'), column(words.say('Unit')), column(words.say('Numerator'), 'number'), column(words.say('Denominator'), 'number'), column(words.say('Target')), column(words.say('Verdict')), column(words.say('Source')), column(words.say('First that missed')), column(words.say('Computation'), 'text', { width: 'wide' })],
      rows: measurements.figures.map((figure) => [
        text(subjectName(figure.subject)),
        text(figure.subject.kind === 'metric' ? Object.values(figure.subject.group ?? {}).join(', ') : ''),
        date(figure.period),
        decimal(figure.value),
        text(figure.unit),
        decimal(figure.numerator),
        decimal(figure.denominator),
        text(figure.target === undefined ? '' : `${figure.target.comparison} ${figure.target.value}`),
        text(words.say(verdicts[figure.verdict])),
        text(figure.source ?? ''),
        text(figure.missed.map(({ key }) => key).join(', ')),
        text(figure.computation),
      ]),
    },
    {
      id: 'records',
      title: words.say('Outages and major incidents'),
      columns: [column(words.say('Key')), column(words.say('Kind')), column(words.say('Source')), column(words.say('What it says'), 'text', { width: 'wide' })],
      rows: measurements.records.map(({ key, recordKind, source, fields }) => [text(key), text(recordKind), text(source), text(Object.entries(fields).map(([field, value]) => `${field}: ${value}`).join('; '))]),
    },
    {
      id: 'samples',
      title: words.say('Records drawn at random'),
      columns: [column(words.say('Source')), column(words.say('Kind')), column(words.say('Seed')), column(words.say('Records drawn from'), 'number'), column(words.say('Place in the order'), 'number'), column(words.say('Key')), column(words.say('Began'), 'date')],
      rows: (measurements.samples ?? []).flatMap(({ source, recordKind, seed, population, drawn }) => drawn.map(({ key, on }, index) => [text(source), text(recordKind), text(seed), count(population), count(index + 1), text(key), date(on)])),
    },
    {
      id: 'sources',
      title: words.say('Sources that were read'),
      columns: [column(words.say('Source')), column(words.say('Kind')), column(words.say('Files')), column(words.say('Rows'), 'number'), column(words.say('Records'), 'number'), column(words.say('From'), 'date'), column(words.say('To'), 'date'), column(words.say('Fields')), column(words.say('Hash of the data'))],
      rows: measurements.sources.map(({ source, recordKind, files, rows, records, from, to, fields, dataHash }) => [text(source), text(recordKind), text(files.join(', ')), count(rows), count(records), date(from), date(to), text(fields.join(', ')), text(dataHash)]),
    },
  ];
  return lists.flatMap(({ id, title, columns, rows }) => (rows.length === 0 ? [] : [{ id, title, rows: rows.length, document: reportDocument(input, { id: `rows-${id}`, title, blocks: [section(title, [table(columns, rows, { density: 'dense', caption: [words.count(rows.length, '{0} row', '{0} rows')] })], { anchor: id })] }) }]));
}

function countOf(value: number | undefined): Cell {
  return value === undefined ? unknown() : count(value);
}
