import type { LocalFinding, Severity } from '../model/finding.ts';
import type { Path } from '../model/fragment.ts';
import { spanAtPath } from '../model/places.ts';
import type { Problem } from '../values/problem.ts';

/** Collects the findings of one declaration. Places are paths to the fact that is at fault. */
export class Report {
  readonly findings: LocalFinding[] = [];
  readonly #declaration: object;

  constructor(declaration: object) {
    this.#declaration = declaration;
  }

  add(severity: Severity, code: string, path: Path, message: string, suggestion?: string): void {
    this.findings.push({ code, severity, message, at: spanAtPath(this.#declaration, path), ...(suggestion === undefined ? {} : { suggestion }) });
  }

  error(code: string, path: Path, message: string, suggestion?: string): void {
    this.add('error', code, path, message, suggestion);
  }

  warning(code: string, path: Path, message: string, suggestion?: string): void {
    this.add('warning', code, path, message, suggestion);
  }

  /** A value that is none, with what was probably meant. */
  problem(code: string, path: Path, { problem, suggestion }: Problem): void {
    this.error(code, path, suggestion === undefined ? `${problem}.` : `${problem}; did you mean ${suggestion}?`, suggestion);
  }
}
