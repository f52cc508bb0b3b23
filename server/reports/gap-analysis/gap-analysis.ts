/** The gap analysis: what is missing, in which order and with which work it is closed, and what we would answer when asked. */
import { answeredQuestions } from '../../analysis/assessment-questions.ts';
import type { ListedGap } from '../../analysis/gap-list.ts';
import type { Block, Document, KeyFigure } from '../blocks.ts';
import { keyFigures, paragraph, section } from '../block-builders.ts';
import { clauseSection } from '../dashboard/clauses.ts';
import { hasGap, isAccepted } from '../facts/gaps.ts';
import { countsInWords, documentTable } from '../parts/documented-information.ts';
import { areaMap } from '../parts/process-areas.ts';
import { heldInWords, heldPromises, heldTable } from '../parts/promise-feasibility.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';
import { elsewhereSection } from './elsewhere.ts';
import { effortSection, gapSections, gapsOf, restSection } from './gaps.ts';
import { questionSection } from './questions.ts';

export const gapAnalysis: ReportDefinition = {
  id: 'gap-analysis',
  title: 'Gap analysis',
  description: 'What is missing, by clause and priority with the work that closes it; the questions of assessors with our answers; all documented information.',
  clause: '9.1',
  parameters: {},
  build,
};

function build(input: ReportInput): Document {
  const [organization] = input.model.all('Organization');
  const { words } = input;
  const gaps = gapsOf(input);
  const blocks: readonly Block[] = [
    keyFigures(keyFiguresOf(input, gaps)),
    effortSection(gaps, words),
    clauseSection(input, areaMap(input, 'all')),
    gapSections(input, gaps),
    restSection(input),
    promiseSection(input),
    section(words.say('Documented information'), [paragraph(countsInWords(input.documents, words)), documentTable(input, input.documents)], { anchor: 'documents' }),
    questionSection(input, answeredQuestions(input)),
    elsewhereSection(input),
  ];
  return reportDocument(input, {
    id: 'gap-analysis',
    title: words.say('Gap analysis'),
    ...(organization?.scope === undefined ? {} : { subtitle: organization.scope }),
    blocks,
  });
}

/** Promises that what lies beneath does not allow, or leaves open, also where no row asks about them: between internal teams. */
function promiseSection(input: ReportInput): Block {
  const { words } = input;
  const held = heldPromises(input);
  const open = held.filter(({ check }) => check.verdict !== 'kept' && check.kind !== 'workload');
  return section(
    words.say('Promises that cannot be kept, or of which it cannot be told'),
    held.length === 0
      ? [paragraph(words.say('No agreement in force promises anything that could be held against what it rests on.'))]
      : [paragraph(heldInWords(held, words)), ...(open.length === 0 ? [] : [heldTable(open, input, words.say('What lacks in minutes: of a period of the target, of the worst month, or of a single case.'))])],
    { anchor: 'promises' },
  );
}

function keyFiguresOf({ assessment, words }: ReportInput, gaps: readonly ListedGap[]): readonly KeyFigure[] {
  const rows = assessment.requirements;
  const checked = rows.filter((row) => row.checked && row.applicability === 'applicable');
  const withGap = checked.filter(hasGap).length;
  const accepted = checked.filter(isAccepted).length;
  const count = (applicability: 'later' | 'notApplicable'): number => rows.filter((row) => row.applicability === applicability).length;
  return [
    { name: words.say('Catalogue rows with a gap'), value: words.number(String(withGap)), whole: words.say('of {0}', checked.length), ...(withGap > 0 ? { status: 'below' as const } : {}), note: [words.say('that apply and are checked; {0} more accepted until a date', accepted)] },
    { name: words.say('Gaps to close'), value: words.number(String(gaps.length)), note: [words.say('{0} of priority 1, {1} of priority 2', gaps.filter(({ priority }) => priority === 1).length, gaps.filter(({ priority }) => priority === 2).length)] },
    { name: words.say('A quick fix begins'), value: words.number(String(gaps.filter(({ efforts }) => efforts.includes('scaffold')).length)), whole: words.say('of {0}', gaps.length), note: [words.say('people fill in what it scaffolds')] },
    { name: words.say('Needed later'), value: words.number(String(count('later'))), note: [words.count(count('notApplicable'), '{0} row does not apply', '{0} rows do not apply')] },
  ];
}
