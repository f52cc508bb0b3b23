import type { Source } from '../../language/model/declarations.ts';
import type { Finding, Fix, Severity } from '../../language/model/finding.ts';
import type { Path } from '../../language/model/fragment.ts';
import type { ExpressionProblem } from './expression.ts';
import { meansNothing } from './propose-source/value-words.ts';

/** Collects what is wrong with a source and its data: one finding per thing that is wrong, at the fact that names it. */
export class SourceRemarks {
  readonly source: Source;
  readonly findings: Finding[] = [];
  /** Tables in which the engine keeps the rows it could not read. */
  readonly rejects: { readonly errors: string; readonly scans: string }[] = [];
  #encodingSaid = false;
  #zoneSaid = false;

  constructor(source: Source) {
    this.source = source;
  }

  file(pattern: number, severity: Severity, message: string): void {
    this.#add('data-file', severity, message, this.source.declared !== undefined ? ['declared'] : this.source.database === undefined ? ['files', pattern] : ['database'], []);
  }

  /** Once per source: all its files come from the same tool. */
  encodingMissing(pattern: number, message: string): void {
    if (this.#encodingSaid) return;
    this.#encodingSaid = true;
    this.#add('data-file', 'warning', message, ['files', pattern], [
      { title: 'Say that the encoding is Latin-1', edits: [{ kind: 'addFact', place: { entity: this.source.$key }, text: 'encoding latin-1' }] },
    ]);
  }

  /** Once per source. */
  zoneMissing(message: string, format: string | undefined): void {
    if (this.#zoneSaid) return;
    this.#zoneSaid = true;
    this.at(['dateZone'], 'warning', 'data-time', message, undefined, format === undefined ? [
      { title: 'Say the zone of the dates', edits: [{ kind: 'addFact', place: { entity: this.source.$key }, text: 'dates iso in ${1:Europe/London}' }] },
    ] : [
      { title: 'Say the zone of the dates', edits: [{ kind: 'replace', place: { entity: this.source.$key, path: ['dateFormat'] }, text: `${format} in \${1:Europe/London}` }] },
    ]);
  }

  /** Values that cannot be read; where they are marks that mostly mean nothing, it is offered to say so. */
  unreadable(path: Path, message: string, texts: readonly string[]): void {
    const marks = texts.length > 0 && texts.length <= 3 && texts.every(meansNothing);
    const named = texts.map((text) => JSON.stringify(text)).join(', ');
    const empties = [...this.source.emptyTexts.map((text) => JSON.stringify(text)), named].join(', ');
    this.at(path, 'warning', 'data-unreadable', marks ? `${message} If ${texts.length === 1 ? 'it means' : 'they mean'} that nothing is there, say so: “empty ${empties}”.` : message, undefined, marks && this.source.emptyTexts.length === 0 ? [
      { title: `Say that ${named} means nothing`, edits: [{ kind: 'addFact', place: { entity: this.source.$key }, text: `empty ${named}` }] },
    ] : []);
  }

  at(path: Path, severity: Severity, code: string, message: string, suggestion?: string, fixes: readonly Fix[] = []): void {
    const own: readonly Fix[] = suggestion === undefined ? [] : [{ title: `Change to ${suggestion}`, edits: [{ kind: 'replace', place: { entity: this.source.$key, path }, text: suggestion }] }];
    this.#add(code, severity, message, path, [...own, ...fixes]);
  }

  expression(problem: ExpressionProblem): void {
    if (problem.reported === undefined) this.at(problem.path, 'error', problem.code, problem.message, problem.suggestion);
  }

  #add(code: string, severity: Severity, message: string, path: Path, fixes: readonly Fix[]): void {
    if (this.findings.some((known) => known.message === message && known.code === code && JSON.stringify(known.place) === JSON.stringify({ entity: this.source.$key, path }))) return;
    this.findings.push({ code, severity, message, place: { entity: this.source.$key, path }, requirements: [], related: [], fixes });
  }
}
