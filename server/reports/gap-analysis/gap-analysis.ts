/** The gap analysis: what is missing, in which order and with which work it is closed, and what we would answer when asked. */
import { answeredQuestions } from '../../analysis/assessment-questions.ts';
import type { ListedGap } from '../../analysis/gap-list.ts';
import type { Block, Document, KeyFigure } from '../blocks.ts';
import { keyFigures, paragraph, section } from '../block-builders.ts';
import { clauseSection } from '../dashboard/clauses.ts';
import { hasGap, isAccepted } from '../facts/gaps.ts';
import { titleOf } from '../facts/names.ts';
import { countsInWords, documentTable } from '../parts/documented-information.ts';
import { areaMap } from '../parts/process-areas.ts';
import { heldInWords, heldPromises, heldTable } from '../parts/promise-feasibility.ts';
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
  const gaps = gapsOf(input);
  const blocks: readonly Block[] = [
    keyFigures(keyFiguresOf(input, gaps)),
    effortSection(gaps),
    clauseSection(input, areaMap(input, 'all')),
    gapSections(input, gaps),
    restSection(input),
    promiseSection(input),
    section('Documented information', [paragraph(countsInWords(input.documents)), documentTable(input, input.documents)], { anchor: 'documents' }),
    questionSection(input, answeredQuestions(input)),
    elsewhereSection(input),
  ];
  return {
    id: 'gap-analysis',
    title: 'Gap analysis',
    ...(organization?.scope === undefined ? {} : { subtitle: organization.scope }),
    language: 'en',
    organization: organization === undefined ? 'Organization not declared' : titleOf(organization),
    provenance: input.provenance,
    blocks,
  };
}

/** Promises that what lies beneath does not allow, or leaves open, also where no row asks about them: between internal teams. */
function promiseSection(input: ReportInput): Block {
  const held = heldPromises(input);
  const open = held.filter(({ check }) => check.verdict !== 'kept' && check.kind !== 'workload');
  return section(
    'Promises that cannot be kept, or of which it cannot be told',
    held.length === 0
      ? [paragraph('No agreement in force promises anything that could be held against what it rests on.')]
      : [paragraph(heldInWords(held)), ...(open.length === 0 ? [] : [heldTable(open, input, 'What lacks in minutes: of a period of the target, of the worst month, or of a single case.')])],
    { anchor: 'promises' },
  );
}

function keyFiguresOf({ assessment }: ReportInput, gaps: readonly ListedGap[]): readonly KeyFigure[] {
  const rows = assessment.requirements;
  const checked = rows.filter((row) => row.checked && row.applicability === 'applicable');
  const withGap = checked.filter(hasGap).length;
  const accepted = checked.filter(isAccepted).length;
  const count = (applicability: 'later' | 'notApplicable'): number => rows.filter((row) => row.applicability === applicability).length;
  return [
    { name: 'Catalogue rows with a gap', value: String(withGap), whole: `of ${checked.length}`, ...(withGap > 0 ? { status: 'below' as const } : {}), note: [`that apply and are checked; ${accepted} more accepted until a date`] },
    { name: 'Gaps to close', value: String(gaps.length), note: [`${gaps.filter(({ priority }) => priority === 1).length} of priority 1, ${gaps.filter(({ priority }) => priority === 2).length} of priority 2`] },
    { name: 'A quick fix begins', value: String(gaps.filter(({ efforts }) => efforts.includes('scaffold')).length), whole: `of ${gaps.length}`, note: ['people fill in what it scaffolds'] },
    { name: 'Needed later', value: String(count('later')), note: [`${count('notApplicable')} rows do not apply`] },
  ];
}
