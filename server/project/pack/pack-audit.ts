/** Fills an audit pack, file by file: what was written is forgotten, so that a large pack needs no large memory. */
import { createHash } from 'node:crypto';
import { stat } from 'node:fs/promises';
import type { Period } from '../../../language/values/period.ts';
import type { ComparedRevisions } from '../../analysis/comparison/compared-revisions.ts';
import { configurationFile } from '../configuration-file.ts';
import { isRefused } from '../host.ts';
import { readPackageFile } from '../package-files.ts';
import type { Project } from '../project.ts';
import { clausePage, packFacts, type PackPlaces } from '../../reports/audit-pack/clause-page.ts';
import { clausePath, clausesOf, indexPage, type PackedDocument, type PackedFile } from '../../reports/audit-pack/index-page.ts';
import { manifestName, pathFault, printManifest, printSums, sameName, sumsName, type FileKind, type Manifest, type PackFile } from '../../reports/audit-pack/manifest.ts';
import { namedFiles } from '../../reports/audit-pack/named-files.ts';
import { rowLists } from '../../reports/audit-pack/rows.ts';
import { paragraph } from '../../reports/block-builders.ts';
import type { Document } from '../../reports/blocks.ts';
import { chosenFor } from '../../reports/parameters.ts';
import { registerDocument, registers } from '../../reports/registers/registers.ts';
import { reports } from '../../reports/registry.ts';
import { documentFileName, isDocumentFormat, renderDocument, type DocumentFormat } from '../../reports/render-document.ts';
import type { ReportInput } from '../../reports/report.ts';
import { PackFault } from './pack-fault.ts';
import type { PackContent, PackTarget } from './pack-target.ts';

export interface PackOptions {
  readonly formats: readonly DocumentFormat[];
  readonly period: Period | undefined;
  readonly changes: ComparedRevisions | undefined;
  /** The same for the dashboard, with the baseline of the configuration, or why there is none. */
  readonly sinceBaseline: ComparedRevisions | string | undefined;
  /** Whether the data that sources read is packed, too. */
  readonly withData: boolean;
  /** In bytes; a larger file of the project is left out. */
  readonly largest: number;
  readonly progress: (message: string) => void;
  readonly signal: AbortSignal;
}

export interface Packed {
  readonly manifest: Manifest;
  /** SHA-256 of the manifest, in hexadecimal: it stands for the whole pack. */
  readonly manifestHash: string;
}

/** More rows than this nobody scrolls through on a page. */
const mostRowsOfPage = 2000;
/** In bytes, of all files together: what can be handed on, and what a zip of the first kind can hold. */
const mostBytes = 4_000_000_000;

export async function packAudit(project: Project, target: PackTarget, options: PackOptions): Promise<Packed> {
  return await new Packing(project, target, options).run();
}

/** A file of the project that is put into the pack. */
interface Taken {
  readonly path: string;
  readonly real: string;
  readonly bytes: number;
  readonly titles: readonly string[];
}

class Packing {
  readonly #project: Project;
  readonly #target: PackTarget;
  readonly #options: PackOptions;
  readonly #files: PackFile[] = [];
  #bytes = 0;
  readonly #names = new Set<string>();
  readonly #missing: { file: string; namedBy: string[]; reason: string }[] = [];

  constructor(project: Project, target: PackTarget, options: PackOptions) {
    this.#project = project;
    this.#target = target;
    this.#options = options;
  }

  async run(): Promise<Packed> {
    const { changes, sinceBaseline, period, progress } = this.#options;
    const input: ReportInput = { ...(await this.#project.reportInput(period)), ...(changes === undefined ? {} : { changes }), ...(sinceBaseline === undefined ? {} : { sinceBaseline }) };
    const evidence = await this.#namedFiles(input);
    const data = this.#options.withData ? await this.#dataFiles() : [];
    progress('Texts of the model');
    const model = await this.#model();
    progress('Reports');
    const made = await this.#reports(input);
    progress('Registers and rows');
    const madeRegisters = await this.#registers(input);
    const rows = await this.#rows(input);
    progress('Documents and evidence');
    for (const { path, real } of evidence) await this.#add(path, 'evidence', { copyOf: real });
    for (const { path, real } of data) await this.#add(path, 'data', { copyOf: real });
    progress('Index');
    const facts = packFacts(input);
    const byName = new Map(evidence.map(({ path }) => [path.slice('evidence/'.length), path]));
    const seenFrom = (up: string): PackPlaces => ({
      evidence: (file) => prefixed(up, byName.get(file)),
      rows: (id) => prefixed(up, rows.get(id)?.files[0]?.path),
      register: (id) => prefixed(up, madeRegisters.get(id)?.files[0]?.path),
    });
    const places = seenFrom('../');
    for (const clause of clausesOf(input)) await this.#addDocument(clausePath(clause), 'index', clausePage(input, clause, facts, places), 'html');
    const baseline = changes === undefined ? null : { asked: changes.from.asked, commit: changes.from.commit, on: changes.from.on };
    const contents = { reports: made, registers: [...madeRegisters.values()], rows: [...rows.values()], evidence: evidence.map(asPacked), data: data.map(asPacked), model, missing: this.#missing, baseline };
    await this.#addDocument('index.html', 'index', indexPage(input, contents, facts), 'html');
    return await this.#seal(input, baseline);
  }

  /** Puts manifest and sums last: they speak of all others. */
  async #seal({ provenance, period, model }: ReportInput, baseline: Manifest['baseline']): Promise<Packed> {
    const [organization] = model.all('Organization');
    const { asOf, commit = null, commitDirty = null, catalogueVersion, dataHash = null, toolVersion } = provenance;
    const manifest: Manifest = {
      format: 'itsms-audit-pack',
      version: 1,
      organization: organization?.title ?? organization?.name ?? '',
      asOf,
      period: period.id,
      provenance: { commit, commitDirty, catalogueVersion, dataHash, toolVersion },
      baseline,
      files: this.#files.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
      missing: this.#missing.toSorted((a, b) => (a.file < b.file ? -1 : 1)),
    };
    const text = printManifest(manifest);
    const manifestHash = createHash('sha256').update(text).digest('hex');
    this.#options.signal.throwIfAborted();
    await this.#target.add(manifestName, text);
    await this.#target.add(sumsName, printSums([...manifest.files, { path: manifestName, sha256: manifestHash }]));
    return { manifest, manifestHash };
  }

  async #add(path: string, kind: FileKind, content: PackContent): Promise<void> {
    this.#options.signal.throwIfAborted();
    this.#names.add(sameName(path));
    const added = await this.#target.add(path, content);
    this.#files.push({ path, kind, ...added });
    this.#bytes += added.bytes;
    if (this.#bytes > mostBytes) throw new PackFault(`The pack would hold more than ${mostBytes.toLocaleString('en')} bytes: leave data out, or take fewer formats.`);
  }

  async #addDocument(path: string, kind: FileKind, document: Document, format: DocumentFormat): Promise<void> {
    this.#options.signal.throwIfAborted();
    await this.#add(path, kind, await renderDocument(document, format, readPackageFile));
  }

  async #model(): Promise<readonly string[]> {
    const paths: string[] = [];
    for (const file of [...new Set([configurationFile, ...this.#project.files()])].toSorted()) {
      const taken = await this.#take(file, `model/${file}`, ['text of the model'], [], file !== configurationFile);
      if (taken === undefined) continue;
      await this.#add(taken.path, 'model', { copyOf: taken.real });
      paths.push(taken.path);
    }
    return paths;
  }

  async #namedFiles({ model, locator }: ReportInput): Promise<readonly Taken[]> {
    const found: Taken[] = [];
    for (const { file, namedBy, titles } of namedFiles(model, locator)) {
      // A text of the model is in the pack as such.
      if (this.#project.text(file) !== undefined) continue;
      const taken = await this.#take(file, `evidence/${file}`, namedBy, titles);
      if (taken !== undefined) found.push(taken);
    }
    return found;
  }

  async #dataFiles(): Promise<readonly Taken[]> {
    const found = new Map<string, Taken>();
    for (const { source, files } of this.#project.measurements?.sources ?? []) {
      for (const file of files) {
        if (found.has(file)) continue;
        const taken = await this.#take(file, `data/${file.replace(/^data\//, '')}`, [`source ${source}`], [source]);
        if (taken !== undefined) found.set(file, taken);
      }
    }
    return [...found.values()].toSorted((a, b) => (a.path < b.path ? -1 : 1));
  }

  /** A file of the project, if it is there, inside of the project, not too large, and if its name may stand in a pack. */
  async #take(file: string, path: string, namedBy: readonly string[], titles: readonly string[], isExpected = true): Promise<Taken | undefined> {
    const refuse = (reason: string): undefined => {
      if (isExpected) this.#missing.push({ file, namedBy: [...namedBy], reason });
    };
    const real = await this.#project.host.resolve(file);
    if (isRefused(real)) return refuse(real.message);
    const facts = await stat(real).catch(() => undefined);
    if (facts === undefined || !facts.isFile()) return refuse('It is not a file that can be read.');
    const fault = pathFault(path);
    if (fault !== undefined) return refuse(`Its name ${fault}.`);
    if (this.#names.has(sameName(path))) return refuse('Another file has this name but for large letters.');
    if (facts.size > this.#options.largest) return refuse(`It has ${facts.size.toLocaleString('en')} bytes, more than --largest allows.`);
    this.#names.add(sameName(path));
    return { path, real, bytes: facts.size, titles };
  }

  async #reports(input: ReportInput): Promise<readonly PackedDocument[]> {
    const made: PackedDocument[] = [];
    for (const definition of reports) {
      if (definition.parameters.since === true && input.changes === undefined) continue;
      for (const chosen of chosenFor(definition.parameters, {}, input.model, true)) made.push(await this.#document('reports', 'report', definition.build({ ...input, ...chosen }), this.#options.formats));
    }
    return made;
  }

  async #registers(input: ReportInput): Promise<ReadonlyMap<string, PackedDocument>> {
    const made = new Map<string, PackedDocument>();
    for (const one of registers) made.set(one.id, await this.#document('registers', 'register', registerDocument(input, one), ['html', ...dataFormats()]));
    return made;
  }

  async #rows(input: ReportInput): Promise<ReadonlyMap<string, PackedDocument>> {
    const made = new Map<string, PackedDocument>();
    for (const list of rowLists(input)) {
      const isLong = list.rows > mostRowsOfPage;
      const page: Document = isLong ? { ...list.document, blocks: [paragraph(input.words.say('{0} rows are too many for a page; they are in the files beside this one.', list.rows))] } : list.document;
      const files = [...(await this.#document('rows', 'rows', page, ['html'])).files, ...(await this.#document('rows', 'rows', list.document, dataFormats())).files];
      made.set(list.id, { title: list.title, files });
    }
    return made;
  }

  async #document(folder: string, kind: FileKind, document: Document, formats: readonly DocumentFormat[]): Promise<PackedDocument> {
    const files: { path: string; format: string }[] = [];
    for (const format of formats) {
      const path = this.#free(`${folder}/${documentFileName(document, format)}`);
      await this.#addDocument(path, kind, document, format);
      files.push({ path, format });
    }
    return { title: document.subtitle === undefined || kind !== 'report' ? document.title : `${document.title}: ${document.subtitle}`, files };
  }

  /** Names of reports hold plain letters only, so two of them may become alike. */
  #free(path: string): string {
    if (!this.#names.has(sameName(path))) return path;
    const [, name = path, ending = ''] = /^(.*)(\.\w+)$/.exec(path) ?? [];
    for (let number = 2; ; number++) if (!this.#names.has(sameName(`${name}-${number}${ending}`))) return `${name}-${number}${ending}`;
  }
}

/** Formats in which rows can be counted and filtered again. */
function dataFormats(): readonly DocumentFormat[] {
  const found = ['csv', 'xlsx'].filter(isDocumentFormat);
  return found.length === 0 ? ['json'] : found;
}

function prefixed(up: string, path: string | undefined): string | undefined {
  return path === undefined ? undefined : `${up}${path}`;
}

function asPacked({ path, bytes, titles }: Taken): PackedFile {
  return { path, bytes, titles };
}
