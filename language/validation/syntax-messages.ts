import type { LangiumCoreServices } from 'langium';
import type { LocalFinding } from '../model/finding.ts';
import type { SyntaxProblem } from '../syntax/parse-declaration.ts';

/** Says in the user's words what the parser did not expect. */
export function describeSyntaxProblem(problem: SyntaxProblem, _text: string, _services: LangiumCoreServices, _keywords: ReadonlySet<string>): LocalFinding {
  return { code: 'syntax', severity: 'error', message: problem.message || `“${problem.found}” was not expected here.`, at: problem.at };
}
