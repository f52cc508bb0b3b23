import { everywhere } from './everywhere.ts';
import type { FactDocumentation } from './documentation.ts';
import { facts as agreements } from './themes/agreements.ts';
import { facts as assurance } from './themes/assurance.ts';
import { facts as calendars } from './themes/calendars.ts';
import { facts as changes } from './themes/changes.ts';
import { facts as configuration } from './themes/configuration.ts';
import { facts as context } from './themes/context.ts';
import { facts as evaluation } from './themes/evaluation.ts';
import { facts as expressions } from './themes/expressions.ts';
import { facts as governance } from './themes/governance.ts';
import { facts as measurement } from './themes/measurement.ts';
import { facts as organization } from './themes/organization.ts';
import { facts as planning } from './themes/planning.ts';
import { facts as processes } from './themes/processes.ts';
import { facts as relationships } from './themes/relationships.ts';
import { facts as resolution } from './themes/resolution.ts';
import { facts as services } from './themes/services.ts';
import { facts as support } from './themes/support.ts';
import { facts as values } from './themes/values.ts';

/** The words that a kind of declaration or part gives a meaning of its own. */
export const particular: FactDocumentation = {
  ...agreements,
  ...assurance,
  ...calendars,
  ...changes,
  ...configuration,
  ...context,
  ...evaluation,
  ...expressions,
  ...governance,
  ...measurement,
  ...organization,
  ...planning,
  ...processes,
  ...relationships,
  ...resolution,
  ...services,
  ...support,
  ...values,
};

/**
 * What words mean within a rule of the grammar.
 *
 * @param rule the rule of the grammar, for example `Agreement`
 * @param words the words as written, for example `service hours`
 */
export function factDocumentation(rule: string, words: string): string | undefined {
  const own = Object.hasOwn(particular, rule) ? particular[rule] : undefined;
  if (own && Object.hasOwn(own, words)) return own[words];
  return Object.hasOwn(everywhere, words) ? everywhere[words] : undefined;
}
