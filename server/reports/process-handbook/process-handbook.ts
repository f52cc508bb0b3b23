/** The process handbook (7.5.4, 8.1): each process with purpose, inputs and outputs, flow, who does what, metrics, records and requirements. */
import { compareRows } from '../../assessment/wording.ts';
import type { PromisedFlow } from '../../analysis/flow/flow-study.ts';
import type { Block, Cell, Document, Section } from '../blocks.ts';
import { at, attention, column, jump, lead, section, table, words as text } from '../block-builders.ts';
import { FigureIndex } from '../facts/figures.ts';
import { titleById, titleOf } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';
import { matrixSections } from './matrix.ts';
import { positionOf, requirementsOf } from './process-facts.ts';
import { anchorOfProcess, processSection } from './process-section.ts';

export const processHandbook: ReportDefinition = {
  id: 'process-handbook',
  title: 'Process handbook',
  description: 'Each process with purpose, owner, inputs and outputs, flow in lanes, who does what, systems, metrics with their latest values, records and requirements; and who does what over all of them (RACI).',
  clause: '8.1',
  parameters: { period: true, process: 'optional' },
  build,
};

function build(input: ReportInput): Document {
  const { model, words, process: id } = input;
  const flows = processesOf(input);
  const only = model.get('Process', id);
  const figures = new FigureIndex(input.measurements);
  return reportDocument(input, {
    id: id === undefined ? 'process-handbook' : `process-handbook-${id}`,
    title: words.say('Process handbook'),
    ...(only === undefined ? {} : { subtitle: titleOf(only) }),
    blocks: [
      flows.length === 0 ? attention(words.say('No process is declared.')) : undefined,
      ...(only === undefined && flows.length > 0 ? introduction(input, flows) : []),
      ...flows.map((flow) => processSection(input, figures, flow)),
      // Of a single process the table of its steps says the same.
      ...(only === undefined ? matrixSections(input, flows.map(({ process }) => process)) : []),
    ],
  });
}

/** In the order of the clauses that they satisfy; within one in that of the text. */
function processesOf({ flows, process: id }: ReportInput): readonly PromisedFlow[] {
  const first = ({ process }: PromisedFlow): string => requirementsOf(process)[0] ?? '';
  return (flows?.() ?? [])
    .filter(({ process }) => id === undefined || process.name === id)
    .toSorted((a, b) => Number(first(a) === '') - Number(first(b) === '') || compareRows(positionOf(first(a)), positionOf(first(b))));
}

function introduction(input: ReportInput, flows: readonly PromisedFlow[]): readonly Block[] {
  const { model, words, locator } = input;
  const owners = new Set(flows.flatMap(({ process }) => process.owner ?? [])).size;
  const withFlow = flows.filter(({ process }) => process.nodes.length > 0).length;
  const overview: Section = section(
    words.say('Processes'),
    [
      table(
        [column(words.say('Process')), column(words.say('Purpose'), 'text', { width: 'wide' }), column(words.say('Owner')), column(words.say('Requirements met'), 'text', { width: 'narrow' })],
        flows.map(({ process }): Cell[] => [
          text(jump(anchorOfProcess(process), titleOf(process))),
          text(process.purpose ?? ''),
          text(process.owner === undefined ? at(sourcePlace(locator, { entity: process.$key }), words.say('not declared')) : titleById(model, 'Actor', process.owner)),
          text(requirementsOf(process).join(', ')),
        ]),
      ),
    ],
    { anchor: 'processes' },
  );
  return [lead(words.say('{0}, {1} with a flow; owned by {2}.', words.count(flows.length, '{0} process', '{0} processes'), withFlow, words.count(owners, '{0} role, team or person', '{0} roles, teams and people'))), overview];
}
