import type { DeclarationTypes, Service } from '../../model/declarations.ts';
import type { Report } from '../report.ts';
import { checkUniqueNames } from './names.ts';

/** A service or configuration item that depends on itself. */
export function checkDependencies(declaration: Service | DeclarationTypes['ConfigurationItem'], report: Report): void {
  declaration.dependencies.forEach(({ on }, index) => {
    on.forEach((name, position) => {
      if (name === declaration.name) report.error('self-dependency', ['dependencies', index, 'on', position], `“${name}” depends on itself.`);
    });
  });
}

export function checkService(service: Service, report: Report): void {
  checkDependencies(service, report);
  checkUniqueNames(service.components, 'components', 'component', report);
}

export function checkCatalogue(catalogue: DeclarationTypes['ServiceCatalogue'], report: Report): void {
  const seen = new Set<string>();
  catalogue.entries.forEach((entry, index) => {
    if (seen.has(entry.service)) report.error('repeated-name', ['entries', index, 'service'], `The catalogue has two entries for “${entry.service}”: put their facts into one.`);
    seen.add(entry.service);
    entry.dependencies.forEach(({ on }, dependency) => {
      on.forEach((name, position) => {
        if (name === entry.service) report.error('self-dependency', ['entries', index, 'dependencies', dependency, 'on', position], `“${name}” depends on itself.`);
      });
    });
  });
}
