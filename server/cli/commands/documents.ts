import type { Locator } from '../../../language/model/model.ts';
import type { DocumentedItem, DocumentedPlace, DocumentedState } from '../../analysis/documented-information.ts';
import { printedJson, textOrJson, type TextOrJson } from '../format-option.ts';
import { exitCodes } from '../io.ts';
import { shownPlace } from '../located.ts';
import { measureProject, openProject, withProjectOptions, type ProjectSelection } from '../open-project.ts';
import type { AddCommand } from '../run.ts';
import type { DocumentsResult } from '../schemas/documents.ts';
import { safeForTerminal } from '../style.ts';
import { textTable } from '../../reports/renderers/text-table.ts';

interface DocumentsOptions extends ProjectSelection {
  readonly format: TextOrJson;
  readonly measure: boolean;
}

/** `itsms documents`: the documented information that the standard asks for, and where it is. */
export const documentsCommand: AddCommand = (program, io, ended) => {
  withProjectOptions(program.command('documents'))
    .description('List the documented information that the standard asks for: where it is, version, approval, next review, what is missing')
    .addOption(textOrJson())
    .option('--no-measure', 'read no data: whether records are there is unknown')
    .action(async (options: DocumentsOptions) => {
      const project = await openProject(options, io);
      if (options.measure) await measureProject(project, io);
      const items = await project.documentedInformation();
      io.out(options.format === 'json' ? printedJson(documentsResult(project.asOf, items, project.model)) : documentsText(project.asOf, items, project.model));
      ended(exitCodes.fine);
    });
};

function documentsResult(asOf: string, items: readonly DocumentedItem[], locator: Locator): DocumentsResult {
  return {
    asOf,
    documents: items.map(({ item: { id, kind, name, mode, obligation, listedIn754 }, state, reasons, places, requirements }) => ({
      id,
      kind,
      name,
      mode,
      obligation,
      listedIn754,
      requirements: [...requirements],
      state,
      reasons: [...reasons],
      places: places.map(({ form, type, id: declared, title, place, kept, version, owner, approval, dated, review, records, fault }) => {
        const { file, line, column } = shownPlace(place, locator);
        return { form, type, id: declared, title, file, line, column, kept: kept ?? null, version: version ?? null, owner: owner ?? null, approval: approval ?? null, dated: dated ?? null, nextReview: review?.due ?? null, reviewOverdue: review?.overdue ?? false, records: records ?? null, fault: fault ?? null };
      }),
    })),
  };
}

const stateInWords: Readonly<Record<DocumentedState, string>> = { noGap: 'there', gap: 'gap', notRequired: 'not required', unknown: 'unknown' };

function documentsText(asOf: string, items: readonly DocumentedItem[], locator: Locator): string {
  const rows = items.map(({ item, state, places }) => {
    const [first, ...more] = places;
    return [item.name, stateInWords[state], first ? `${whereOf(first, locator)}${more.length > 0 ? ` and ${more.length} more` : ''}` : '', first?.version ?? '', first ? approvalOf(first) : '', first?.review?.due ?? ''].map(safeForTerminal);
  });
  const table = textTable([{ head: 'Documented information' }, { head: 'State' }, { head: 'Where' }, { head: 'Version' }, { head: 'Approved or dated' }, { head: 'Next review' }], rows);
  const open = items.filter(({ state }) => state === 'gap' || state === 'unknown').flatMap(({ item, state, reasons }) => [`${item.name}: ${stateInWords[state]}`, ...reasons.map((reason) => `    ${safeForTerminal(reason)}`)]);
  const count = (state: DocumentedState): number => items.filter((one) => one.state === state).length;
  return `${table}\n${open.map((line) => `${line}\n`).join('')}${open.length > 0 ? '\n' : ''}Of ${items.length} kinds of documented information, as of ${asOf}: ${count('noGap')} there, ${count('gap')} with a gap, ${count('unknown')} unknown, ${count('notRequired')} not required.\n`;
}

function whereOf({ title, place, kept, records }: DocumentedPlace, locator: Locator): string {
  const { file, line } = shownPlace(place, locator);
  return `${kept ?? `“${title}”`} (${file}:${line})${records === undefined ? '' : `, ${records} records`}`;
}

function approvalOf({ approval, dated }: DocumentedPlace): string {
  if (approval) return `${approval.by} ${approval.on}${approval.stands ? '' : ', void'}`;
  return dated ?? '';
}
