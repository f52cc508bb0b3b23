import type { Source } from '../../language/model/declarations.ts';
import type { Finding, Fix, Severity } from '../../language/model/finding.ts';
import type { Path } from '../../language/model/fragment.ts';
import type { ExpressionProblem } from './expression.ts';

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
    this.#add('data-file', severity, message, this.source.database === undefined ? ['files', pattern] : ['database'], []);
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
