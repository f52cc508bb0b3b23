import type { DeclarationDocumentation } from './documentation.ts';
import { declarations as agreements } from './themes/agreements.ts';
import { declarations as assurance } from './themes/assurance.ts';
import { declarations as calendars } from './themes/calendars.ts';
import { declarations as changes } from './themes/changes.ts';
import { declarations as configuration } from './themes/configuration.ts';
import { declarations as context } from './themes/context.ts';
import { declarations as evaluation } from './themes/evaluation.ts';
import { declarations as governance } from './themes/governance.ts';
import { declarations as itsms } from './themes/itsms.ts';
import { declarations as measurement } from './themes/measurement.ts';
import { declarations as organization } from './themes/organization.ts';
import { declarations as planning } from './themes/planning.ts';
import { declarations as processes } from './themes/processes.ts';
import { declarations as relationships } from './themes/relationships.ts';
import { declarations as resolution } from './themes/resolution.ts';
import { declarations as services } from './themes/services.ts';
import { declarations as support } from './themes/support.ts';

/** Each kind of declaration by the words that begin it. */
export const declarationDocumentation: Readonly<Record<string, DeclarationDocumentation>> = {
  ...agreements,
  ...assurance,
  ...calendars,
  ...changes,
  ...configuration,
  ...context,
  ...evaluation,
  ...governance,
  ...itsms,
  ...measurement,
  ...organization,
  ...planning,
  ...processes,
  ...relationships,
  ...resolution,
  ...services,
  ...support,
};
