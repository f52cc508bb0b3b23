/** Where the subject of each clause is found in other frameworks. */
import { clauseElsewhere } from '../../../language/catalogue/crosswalk.ts';
import { hasGap } from '../facts/gaps.ts';
import type { Block, Cell } from '../blocks.ts';
import { column, count, paragraph, section, table, words as text } from '../block-builders.ts';
import type { ReportInput } from '../report.ts';

export function elsewhereSection({ catalogue, assessment, words }: ReportInput): Block {
  const rows = catalogue.clauses.flatMap(({ clause, title, ownRequirements }): readonly (readonly Cell[])[] => {
    const found = ownRequirements > 0 ? clauseElsewhere(clause) : undefined;
    if (found === undefined) return [];
    const ids = new Set(catalogue.demands.filter((row) => row.clause === clause).map(({ id }) => id));
    return [[text(`${clause} ${title}`), count(assessment.requirements.filter((row) => ids.has(row.id) && hasGap(row)).length), text(found.itil4.join(', ')), text(found.iso27001.join(', ')), text(found.iso9001.join(', '))]];
  });
  return section(
    words.say('The same subjects elsewhere'),
    [
      paragraph(words.say('What is done for one may serve another; it is no proof of conformity with any of these.')),
      table([column(words.say('Clause'), 'text', { width: 'wide' }), column(words.say('Rows with a gap'), 'number'), column(words.say('ITIL 4 practices'), 'text', { width: 'wide' }), column('ISO/IEC 27001:2022'), column('ISO 9001:2015')], rows, { density: 'dense' }),
    ],
    { anchor: 'elsewhere' },
  );
}
