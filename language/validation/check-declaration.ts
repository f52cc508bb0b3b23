import type { AnyDeclaration, DeclarationType, DeclarationTypes } from '../model/declarations.ts';
import type { LocalFinding } from '../model/finding.ts';
import { checkAgreement } from './checks/agreements.ts';
import { checkCalendar, checkPriority } from './checks/calendars.ts';
import { checkImprovement, checkMetric, checkObjective, checkSource } from './checks/measurement.ts';
import { checkUniqueNames } from './checks/names.ts';
import { checkCatalogue, checkDependencies, checkService } from './checks/services.ts';
import { checkValues } from './checks/values.ts';
import { Report } from './report.ts';

/**
 * Well-formedness of one declaration by its own text: values, units, dates, words. Values are checked wherever the grammar has one;
 * what concerns one type of declaration alone is listed here. Links are checked in the model.
 *
 * @param followsGrammar false where text was left out that could not be read: then facts may be missing that the grammar demands,
 * and facts are not held against each other.
 */
export function checkDeclaration(declaration: AnyDeclaration, followsGrammar = true): LocalFinding[] {
  const report = new Report(declaration);
  checkValues(declaration, report);
  if (followsGrammar) checkOf(declaration)?.(declaration, report);
  return report.findings;
}

type Check<T extends DeclarationType> = (declaration: DeclarationTypes[T], report: Report) => void;

const checks: { readonly [T in DeclarationType]?: Check<T> } = {
  Agreement: checkAgreement,
  Calendar: checkCalendar,
  ConfigurationItem: checkDependencies,
  Improvement: checkImprovement,
  Metric: checkMetric,
  Objective: checkObjective,
  Organization: ({ sites }, report) => checkUniqueNames(sites, 'sites', 'site', report),
  Priority: checkPriority,
  Process: ({ nodes }, report) => checkUniqueNames(nodes, 'nodes', 'step', report),
  Service: checkService,
  ServiceCatalogue: checkCatalogue,
  Source: checkSource,
};

/** The check of a declaration's own type: the table pairs them, which the compiler cannot see through the union. */
function checkOf(declaration: AnyDeclaration): ((declaration: AnyDeclaration, report: Report) => void) | undefined {
  return checks[declaration.$type] as ((declaration: AnyDeclaration, report: Report) => void) | undefined;
}
