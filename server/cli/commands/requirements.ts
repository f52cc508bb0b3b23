import { Option } from 'commander';
import { requirementsList } from '../../iso20000/requirements-list.ts';
import { exitCodes } from '../io.ts';
import type { AddCommand } from '../run.ts';
import type { RequirementsResult } from '../schemas/requirements.ts';
import { textTable } from '../text-table.ts';

/** `itsms requirements`: the catalogue, and what of it is checked. */
export const requirementsCommand: AddCommand = (program, io, ended) => {
  program
    .command('requirements')
    .description('List the requirements of the catalogue, and which of them have a rule')
    .addOption(new Option('--format <format>', 'how to print').choices(['text', 'json']).default('text'))
    .action((options: { readonly format: 'text' | 'json' }) => {
      const rows: RequirementsResult = requirementsList();
      if (options.format === 'json') {
        io.out(`${JSON.stringify(rows, undefined, 2)}\n`);
      } else {
        io.out(textTable([{ head: 'Row' }, { head: 'Kind' }, { head: 'Rule' }, { head: 'Title' }], rows.map((row) => [row.id, row.checkKind ?? '', row.rule === null ? '–' : 'yes', row.title])));
        const checked = rows.filter(({ rule }) => rule !== null).length;
        io.out(`\n${rows.length} catalogue rows, of which ${checked} have a rule. The numbers are those of our catalogue, in our own words; the standard itself is published by ISO.\n`);
      }
      ended(exitCodes.fine);
    });
};
