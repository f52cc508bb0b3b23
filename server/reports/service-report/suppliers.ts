/** How the suppliers under the customer's services kept their contracts. */
import type { Block } from '../blocks.ts';
import { section } from '../block-builders.ts';
import { agreementsInForce } from '../facts/targets.ts';
import { tally, tallyInWords, targetLines, targetTable } from '../parts/service-levels.ts';
import type { ServiceReportContext } from './service-report.ts';

/** The services and everything they depend on, directly or not. Iterative: dependencies may run in a circle. */
function supportingServices({ input, services }: ServiceReportContext): ReadonlySet<string> {
  const found = new Set(services);
  const waiting = [...services];
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    for (const dependency of input.model.get('Service', id)?.dependencies ?? []) {
      for (const other of dependency.on) {
        if (found.has(other)) continue;
        found.add(other);
        waiting.push(other);
      }
    }
  }
  return found;
}

export function supplierSection(context: ServiceReportContext): Block | undefined {
  const { input, figures } = context;
  const supporting = supportingServices(context);
  const contracts = agreementsInForce(input.model, input.period).filter((agreement) => agreement.type === 'contract' && agreement.services.some((service) => supporting.has(service)));
  const lines = targetLines(input, figures, contracts).filter((line) => line.series.last !== undefined);
  if (lines.length === 0) return undefined;
  const counts = tally(lines);
  return section(input.words.say('Suppliers'), [targetTable(input, lines, { byAgreement: true, caption: tallyInWords(counts, input.period, input.words) })], { anchor: 'suppliers' });
}
