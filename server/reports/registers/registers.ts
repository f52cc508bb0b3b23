/** The registers of a management system as one document: each a table with typed columns, and a sheet of its own where sheets are made. */
import type { Block, Cell, Document } from '../blocks.ts';
import { column, count, jump, paragraph, quiet, table, words as text } from '../block-builders.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';
import { assetRegister, controlRegister, itemRegister } from './assets.ts';
import { attestationRegister, competenceRegister, documentRegister, evidenceRegister, objectiveRegister } from './documents.ts';
import { actionRegister, improvementRegister, nonconformityRegister, waiverRegister } from './improvement.ts';
import { agreementRegister, obligationRegister, requirementRegister, supplierRegister } from './parties.ts';
import { registerSection, type Register } from './register.ts';
import { opportunityRegister, riskRegister } from './risks.ts';

/** In the order of the standard. */
export const registers: readonly Register[] = [
  riskRegister,
  opportunityRegister,
  objectiveRegister,
  competenceRegister,
  documentRegister,
  evidenceRegister,
  attestationRegister,
  requirementRegister,
  obligationRegister,
  assetRegister,
  itemRegister,
  supplierRegister,
  agreementRegister,
  controlRegister,
  nonconformityRegister,
  waiverRegister,
  actionRegister,
  improvementRegister,
];

export const registersReport: ReportDefinition = {
  id: 'registers',
  title: 'Registers',
  description: 'Risks, suppliers, agreements, documented information, evidence, assets, configuration items, nonconformities, improvements, actions and more: each a table, and a sheet of its own.',
  clause: '7.5.4',
  parameters: { period: true },
  build,
};

function build(input: ReportInput): Document {
  const { words } = input;
  const sections = registers.map((one) => registerSection(input, one));
  const lengths = sections.map(({ blocks: [only] }) => (only?.kind === 'table' ? only.rows.length : 0));
  const contents: Block = table(
    [column(words.say('Register'), 'text', { width: 'wide' }), column(words.say('Clauses')), column(words.say('Entries'), 'number')],
    registers.map(({ id, title, clauses }, index): Cell[] => [text(jump(id, words.say(title))), text(clauses.join(', ')), count(lengths[index] ?? 0)]),
    { caption: [words.say('{0} of {1} registers have entries.', lengths.filter((length) => length > 0).length, registers.length)] },
  );
  return reportDocument(input, { id: 'registers', title: words.say('Registers'), subtitle: words.say('As of {0}', words.dateInWords(input.asOf)), blocks: [contents, paragraph(quiet(words.say('Pages show the columns that are read most; sheets and data files hold all of them.'))), ...sections] });
}

/** One register as a document of its own. */
export function registerDocument(input: ReportInput, one: Register): Document {
  return reportDocument(input, { id: `register-${one.id}`, title: input.words.say(one.title), blocks: [registerSection(input, one)] });
}
