/** How the flows of processes were followed, as records show it (8.1: control of processes as planned). */
import type { Conformance } from '../../analysis/conformance/conformance-result.ts';
import type { Document } from '../blocks.ts';
import { lead, list, paragraph, section } from '../block-builders.ts';
import { conformanceInWords, conformanceSection } from '../parts/process-conformance.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';

export const conformanceReport: ReportDefinition = {
  id: 'conformance',
  title: 'How processes were followed',
  description: 'What records show of how the flows of processes were followed: fitness by month, deviations, controls that were left out, time between steps.',
  clause: '8.1',
  parameters: {},
  build,
};

function build(input: ReportInput): Document {
  const { model, measurements, words } = input;
  const all = measurements?.conformance ?? [];
  const told = (one: Conformance): string => `${model.get('Process', one.process)?.title ?? one.process}: ${conformanceInWords(one, words)}`;
  return reportDocument(input, {
    id: 'conformance',
    title: words.say('How processes were followed'),
    blocks: all.length === 0
      ? [lead(measurements === undefined ? words.say('No data was read.') : words.say('No source says which steps of a process its records show.')), paragraph(words.say('A source says so with “steps of”: which texts of its rows, or which moments, stand for which step.'))]
      : [
          lead(...all.slice(0, 1).map(told)),
          ...(all.length > 1 ? [list(all.slice(1).map((one) => [told(one)]))] : []),
          ...all.map((one) => conformanceSection(one, input)),
          section(words.say('How it is computed'), [paragraph(words.say('Each order of steps that cases went through is aligned with the flow at the least cost: what is done outside the flow and what the flow asks for and is not done cost one each. Fitness is 1 − cost ÷ the cost of the worst alignment (everything outside the flow, and the shortest run of it left out), summed over cases. Of several cheapest alignments always the same is taken; it skips a step rather than take what was done as one too many.'))]),
        ],
  });
}
