import { catalogue, type RequirementRow } from '../language/catalogue/catalogue.ts';
import documentedInformation from '../language/catalogue/documented-information.json' with { type: 'json' };
import { itemOf } from '../server/assessment/wording.ts';
import type { Fixture, Variant } from '../test/rules/parse-fixture.ts';

/** The page that explains a row: what is asked, why, what an auditor looks at, how it is checked, and an example that meets it. */
export function requirementPage(row: RequirementRow, fixture: Fixture): string {
  const clause = catalogue.clause(row.clause);
  const siblings = (row.statementId === null ? [] : (catalogue.statements.get(row.statementId) ?? [])).filter((id) => id !== row.id);
  return [
    `# Clause ${row.clause}, item ${itemOf(row)}: ${row.title}`,
    `*${clause?.title ?? row.clauseTitle}${clause?.intent ? `: ${clause.intent.replace(/^./, (letter) => letter.toLowerCase()).replace(/\.$/, '')}` : ''}.* Catalogue row \`${row.id}\`; item numbers are the catalogue's own.`,
    '## What is asked',
    row.requirement,
    `In our words, not those of ${catalogue.standard}: they do not replace it. Confidence in this reading: ${row.confidence}${row.confidenceNote === null ? '' : ` (${row.confidenceNote})`}.`,
    ...factsOf(row, siblings),
    '## What an auditor looks at',
    `${row.auditEvidence ?? 'Nothing noted.'}`,
    '## How it is checked',
    `${checkKinds[row.checkKind ?? 'structure']} In terms of the catalogue's vocabulary, the check looks for this:`,
    `> ${row.modelCheck ?? ''}`,
    '## An example that meets it',
    ...example(fixture.meets),
    '## What breaks it',
    ...fixture.breaks.flatMap((variant, index) => broken(fixture.meets, variant, fixture.breaks.length > 1 ? `Way ${index + 1}` : undefined)),
    '---',
    `${catalogue.legalNote.split('. ')[0]}. Not endorsed by ISO. Catalogue of ${catalogue.version}.`,
    '',
  ].join('\n\n');
}

const checkKinds = {
  structure: 'From what the model declares.',
  data: 'From records and measurements; what has no record, or a field that no source maps, is unknown and not met.',
  attestation: 'By a person who attests it, with evidence that is dated and still valid.',
} as const;

function factsOf(row: RequirementRow, siblings: readonly string[]): string[] {
  const documents = row.documentedInformation.documents.map((id) => documentedInformation.documents.find((document) => document.id === id)?.name ?? id);
  const facts = [
    ['Applies', row.appliesWhen === 'always' || row.appliesWhen === null ? 'always' : `when ${row.appliesWhen}`],
    ['Severity', `${row.severity ?? 'error'}${row.severityReason === null ? '' : `: ${row.severityReason}`}`],
    ['Needed by', row.neededBy === null ? 'no stage in particular' : row.neededBy.replace('-', ' ')],
    ...(row.documentedInformation.required ? [['Documented information', `${documents.join(', ')} (to ${row.documentedInformation.mode ?? 'keep'})`]] : []),
    ...(row.plannedInterval.suggestedMonths === null
      ? []
      : [['Interval', `${row.plannedInterval.suggestedMonths} months unless the model says otherwise: a default of this product, ${row.plannedInterval.basis === 'standard' ? 'where the standard speaks of planned intervals' : 'so that the check can be dated'}`]]),
    ...(siblings.length > 0 ? [['Same statement', siblings.join(', ')]] : []),
  ];
  return [['| | |', '|---|---|', ...facts.map(([name, value]) => `| ${name} | ${(value ?? '').replaceAll('|', '\\|')} |`)].join('\n')];
}

function example({ text, measured }: Variant): string[] {
  return [fenced('itsms', text.trim()), ...(measured.length > 0 ? [`Measured on the day: ${measured.map((statement) => `\`${statement}\``).join(', ')}.`] : [])];
}

function broken(meets: Variant, variant: Variant, heading: string | undefined): string[] {
  const lines = difference([...meets.text.split('\n'), ...meets.measured.map(asComment)], [...variant.text.split('\n'), ...variant.measured.map(asComment)]);
  const findings = variant.expected.map(({ word, text }) => `at \`${word}\`: *${text} …*`);
  return [...(heading === undefined ? [] : [`### ${heading}`]), fenced('diff', lines.join('\n')), `The finding stands ${findings.join('; and ')}`];
}

function asComment(statement: string): string {
  return `// measured: ${statement}`;
}

/** The lines that differ, as a diff. Fixtures are short, so the simplest way of finding a longest common subsequence will do. */
function difference(before: readonly string[], after: readonly string[]): string[] {
  const lengths = Array.from({ length: before.length + 1 }, () => Array.from({ length: after.length + 1 }, () => 0));
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) lengths[i]![j] = before[i] === after[j] ? lengths[i + 1]![j + 1]! + 1 : Math.max(lengths[i + 1]![j]!, lengths[i]![j + 1]!);
  }
  const lines: string[] = [];
  let i = 0;
  let j = 0;
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      i++;
      j++;
    } else if (i < before.length && (j === after.length || lengths[i + 1]![j]! >= lengths[i]![j + 1]!)) lines.push(`-${before[i++]}`);
    else lines.push(`+${after[j++]}`);
  }
  return lines;
}

function fenced(language: string, text: string): string {
  return `\`\`\`${language}\n${text}\n\`\`\``;
}
