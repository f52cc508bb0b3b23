import { Option } from 'commander';
import { processAreas } from '../../../language/catalogue/crosswalk.ts';
import { requirementsList, type ListedRequirement } from '../../iso20000/requirements-list.ts';
import { printedJson, textOrJson, type TextOrJson } from '../format-option.ts';
import { exitCodes } from '../io.ts';
import type { AddCommand } from '../run.ts';
import type { RequirementsResult } from '../schemas/requirements.ts';
import { textTable } from '../../reports/renderers/text-table.ts';

interface RequirementsOptions {
  readonly by: 'clause' | 'area';
  readonly format: TextOrJson;
}

/** `itsms requirements`: the catalogue, and what of it is checked. */
export const requirementsCommand: AddCommand = (program, io, ended) => {
  program
    .command('requirements')
    .description('List the requirements of the catalogue, and which of them have a rule')
    .addOption(new Option('--by <order>', 'in the order of clauses, or of the process areas of the 2005 edition').choices(['clause', 'area']).default('clause'))
    .addOption(textOrJson())
    .action(({ by, format }: RequirementsOptions) => {
      const areas = by === 'area' ? byArea(requirementsList()) : [{ heading: undefined, rows: requirementsList() }];
      const rows: RequirementsResult = areas.flatMap(({ rows }) => rows.map(({ elsewhere: { itil4, iso27001, iso9001 }, ...row }) => ({ ...row, elsewhere: { itil4: [...itil4], iso27001: [...iso27001], iso9001: [...iso9001] } })));
      if (format === 'json') {
        io.out(printedJson(rows));
      } else {
        for (const { heading, rows } of areas) {
          if (heading !== undefined) io.out(`${heading}: ${withRule(rows)} of ${rows.length} catalogue rows have a rule\n\n`);
          io.out(textTable([{ head: 'Row' }, { head: 'Kind' }, { head: 'Rule' }, { head: 'Title' }], rows.map((row) => [row.id, row.checkKind ?? '', row.rule === null ? '–' : 'yes', row.title])));
          io.out('\n');
        }
        io.out(`${rows.length} catalogue rows, of which ${withRule(rows)} have a rule. The numbers are those of our catalogue, in our own words; the standard itself is published by ISO.\n`);
      }
      ended(exitCodes.fine);
    });
};

function withRule(rows: readonly { readonly rule: string | null }[]): number {
  return rows.filter(({ rule }) => rule !== null).length;
}

function byArea(rows: readonly ListedRequirement[]): { readonly heading: string; readonly rows: readonly ListedRequirement[] }[] {
  return processAreas().map(({ name, clause2005, kind }) => ({
    heading: `${name} (clause ${clause2005} of the 2005 edition, ${kind === 'management' ? 'management system' : 'process area'})`,
    rows: rows.filter(({ area2005 }) => area2005 === name),
  }));
}
