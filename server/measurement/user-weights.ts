import type { Agreement } from '../../language/model/declarations.ts';
import type { Model } from '../../language/model/model.ts';
import { problem, type Problem } from '../../language/values/problem.ts';

/**
 * How many users each service of an agreement has: what the agreement says of it, else what the service does. A problem where one has no
 * number, since a weight that is not known is not zero.
 */
export function userWeights(agreement: Agreement, model: Model): ReadonlyMap<string, number> | Problem {
  const weights = new Map<string, number>();
  for (const service of new Set(agreement.services)) {
    const stated = agreement.userCounts.find((one) => one.service === service) ?? agreement.userCounts.find((one) => one.service === undefined);
    const text = stated?.count ?? model.get('Service', service)?.userCount;
    if (text === undefined) return problem(`Neither ${agreement.name} nor the service ${service} says how many users it has (“number of users 1200”)`);
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1) return problem(`The number of users of ${service} is ${text}, which is no whole number above 0`);
    weights.set(service, number);
  }
  return weights;
}
