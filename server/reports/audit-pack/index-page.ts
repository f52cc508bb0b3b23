/** The first page of the audit pack: what is in it, by clause, what is missing, what is personal, and how it is checked. */
import { recordKinds } from '../../../language/model/record-kinds.ts';
import type { Block, Cell, Document, Inlines } from '../blocks.ts';
import { attention, code, column, count, lead, link, list, paragraph, quiet, section, strong, table, words as text } from '../block-builders.ts';
import { hasGap } from '../facts/gaps.ts';
import { fileUrl } from '../renderers/safe-url.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportInput } from '../report.ts';
import { statementsOf, type PackFacts } from './clause-page.ts';
import type { Manifest } from './manifest.ts';

/** Something in the pack that can be read in one or more formats. */
export interface PackedDocument {
  readonly title: string;
  readonly files: readonly { readonly path: string; readonly format: string }[];
}

export interface PackedFile {
  readonly path: string;
  readonly bytes: number;
  readonly titles: readonly string[];
}

export interface PackContents {
  readonly reports: readonly PackedDocument[];
  readonly registers: readonly PackedDocument[];
  readonly rows: readonly PackedDocument[];
  readonly evidence: readonly PackedFile[];
  readonly model: readonly string[];
  readonly data: readonly PackedFile[];
  readonly missing: Manifest['missing'];
  readonly baseline: Manifest['baseline'];
}

/** Path of the page of a clause. */
export function clausePath(clause: string): string {
  return `clauses/${clause}.html`;
}

/** Clauses that have requirements of their own, in the order of the standard. */
export function clausesOf({ catalogue }: Pick<ReportInput, 'catalogue'>): readonly string[] {
  return [...new Set(catalogue.demands.map(({ clause }) => clause))];
}

export function indexPage(input: ReportInput, contents: PackContents, facts: PackFacts): Document {
  const { words } = input;
  const { missing, baseline } = contents;
  return reportDocument(input, {
    id: 'index',
    title: words.say('Audit pack'),
    subtitle: words.say('As of {0}, reports for {1}', words.dateInWords(input.asOf), words.period(input.period.id)),
    blocks: [
      lead(words.say('From each clause of the standard to the statements in it, and from these to the documents, the evidence and the records that show how it stands.')),
      ...(missing.length === 0 ? [] : [attention(words.count(missing.length, '{0} file that the model names is not in this pack; it is listed below.', '{0} files that the model names are not in this pack; they are listed below.'))]),
      clauseTable(input, facts),
      documentsSection(words.say('Reports'), contents.reports, 'reports'),
      paragraph(baseline === null ? words.say('No earlier state was named to compare with, so there is no report of changes.') : words.say('Changes are told since {0} of {1} (commit {2}).', baseline.asked, words.dateInWords(baseline.on), baseline.commit.slice(0, 12))),
      documentsSection(words.say('Registers'), contents.registers, 'registers'),
      documentsSection(words.say('Rows'), contents.rows, 'rows'),
      filesSection(input, words.say('Documents and evidence'), contents.evidence, 'evidence'),
      ...(contents.data.length === 0 ? [] : [filesSection(input, words.say('Data'), contents.data, 'data')]),
      ...(missing.length === 0 ? [] : [missingSection(input, missing)]),
      section(words.say('Texts of the model'), [list(contents.model.map((file): Inlines => [link(fileUrl(file), file.replace(/^model\//, ''))]))], { anchor: 'model' }),
      personalSection(input, contents),
      checkingSection(input),
    ],
  });

  function documentsSection(heading: string, documents: readonly PackedDocument[], anchor: string): Block {
    if (documents.length === 0) return section(heading, [paragraph(quiet(words.say('None.')))], { anchor });
    const rows = documents.map(({ title, files }): readonly Cell[] => [text(strong(title)), text(...files.flatMap(({ path, format }, index): Inlines => [...(index === 0 ? [] : [', ']), link(fileUrl(path), format.toUpperCase())]))]);
    return section(heading, [table([column(words.say('Document'), 'text', { width: 'wide' }), column(words.say('Formats'))], rows, { density: 'dense' })], { anchor });
  }
}

function clauseTable(input: ReportInput, facts: PackFacts): Block {
  const { catalogue, words } = input;
  const rows = clausesOf(input).map((clause): readonly Cell[] => {
    const own = catalogue.demands.filter((row) => row.clause === clause);
    const checks = own.flatMap((row) => facts.checks.get(row.id) ?? []);
    const documents = new Set(own.flatMap((row) => (facts.documents.get(row.id) ?? []).flatMap(({ places }) => places.map((place) => `${place.type} ${place.id}`))));
    const evidence = new Set(own.flatMap((row) => (facts.evidence.get(row.id) ?? []).map(({ one }) => one.name)));
    const gaps = own.filter((row) => {
      const status = facts.statuses.get(row.id);
      return status !== undefined && hasGap(status);
    }).length;
    const unchecked = own.filter((row) => facts.statuses.get(row.id)?.checked !== true).length;
    return [text(link(fileUrl(clausePath(clause)), `${clause} ${catalogue.clause(clause)?.title ?? ''}`)), count(statementsOf(own).length), count(own.length), count(gaps), count(unchecked), count(documents.size), count(evidence.size), count(checks.length)];
  });
  const total = catalogue.demands.length;
  const gaps = catalogue.demands.filter((row) => {
    const status = facts.statuses.get(row.id);
    return status !== undefined && hasGap(status);
  }).length;
  return section(
    words.say('Clauses'),
    [
      table(
        [column(words.say('Clause'), 'text', { width: 'wide' }), column(words.say('Statements'), 'number'), column(words.say('Rows of the catalogue'), 'number'), column(words.say('Gaps'), 'number'), column(words.say('Not checked'), 'number'), column(words.say('Documents'), 'number'), column(words.say('Evidence'), 'number'), column(words.say('Checks of records'), 'number')],
        rows,
        { density: 'dense', caption: [words.say('{0} of {1} rows of the catalogue have a gap on some axis.', gaps, total)] },
      ),
    ],
    { anchor: 'clauses' },
  );
}

function filesSection({ words }: ReportInput, heading: string, files: readonly PackedFile[], anchor: string): Block {
  if (files.length === 0) return section(heading, [paragraph(quiet(words.say('None.')))], { anchor });
  return section(
    heading,
    [
      table(
        [column(words.say('File'), 'text', { width: 'wide' }), column(words.say('What names it')), column(words.say('Size'), 'number', { unit: words.say('bytes') })],
        files.map(({ path, titles, bytes }): readonly Cell[] => [text(link(fileUrl(path), path.replace(/^(?:evidence|data)\//, ''))), text(titles.join('; ')), count(bytes)]),
        { density: 'dense' },
      ),
    ],
    { anchor },
  );
}

function missingSection({ words }: ReportInput, missing: Manifest['missing']): Block {
  return section(words.say('Named, but not in this pack'), [table([column(words.say('File')), column(words.say('Named by')), column(words.say('Why'), 'text', { width: 'wide' })], missing.map(({ file, namedBy, reason }): readonly Cell[] => [text(code(file)), text(namedBy.join('; ')), text(reason)]), { density: 'dense' })], { anchor: 'missing' });
}

/** What of it speaks of people, so that whoever hands it on knows. */
function personalSection({ words, measurements }: ReportInput, { data, evidence }: PackContents): Block {
  const people = [...new Set((measurements?.sources ?? []).flatMap(({ source, recordKind, fields }) => fields.filter((field) => namesPeople(recordKind, field)).map((field) => `${source}.${field}`)))];
  const items: Inlines[] = [
    [words.say('Reports and registers name people as the model does: owners, auditors, who approved what, and what competence they have.')],
    [words.count(evidence.length, 'What {0} document or evidence says of people, this program does not know.', 'What {0} documents and evidence say of people, this program does not know.')],
    people.length === 0 ? [words.say('No field of the records that were read is known to name people.')] : [words.say('Fields of records that may name people: {0}. The list of outages and major incidents holds them.', people.join(', '))],
    data.length === 0 ? [words.say('The data itself is not in this pack: its rows are counted, and named by their keys.')] : [words.say('The data itself is in this pack, with all of its columns, also those that nothing reads.')],
  ];
  return section(words.say('Personal data'), [list(items)], { anchor: 'personal-data' });
}

/** Fields of a kind of records that say who did or got something. */
function namesPeople(recordKind: string, field: string): boolean {
  return /^(?:Who|To whom)\b/.test(recordKinds[recordKind]?.fields[field]?.description ?? '');
}

function checkingSection({ words }: ReportInput): Block {
  return section(
    words.say('How this pack is checked'),
    [
      list([
        [words.say('With this program:'), ' ', code('itsms verify PACK')],
        [words.say('Without it, unpacked, by the GNU core utilities:'), ' ', code('sha256sum -c SHA256SUMS')],
        [words.say('What was made of which inputs stands in the manifest: day, commit, catalogue, data and version of the program. Two packs of the same inputs are the same bytes.')],
        [words.say('A hash shows that a file is what it was when the pack was made, not who made it. Whoever needs that signs SHA256SUMS with a key of their own.')],
      ]),
    ],
    { anchor: 'checking' },
  );
}
