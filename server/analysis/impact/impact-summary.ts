/** Whom a declaration touches: services, agreements, customers, money and requirements, each with the way. */
import { catalogue } from '../../../language/catalogue/catalogue.ts';
import type { Agreement } from '../../../language/model/declarations.ts';
import type { Locator, Model } from '../../../language/model/model.ts';
import type { IsoDate } from '../../../language/values/date.ts';
import { atStake, yearlyFees, type AtStake, type YearlyFees } from './at-stake.ts';
import type { DependencyGraph } from './dependency-graph.ts';
import { impactOf, type Impact, type Reached } from './impact.ts';

/** The groups in which those who are touched are shown, in their order. */
export const impactGroups = ['services', 'agreements', 'customers', 'processes', 'figures', 'others'] as const;
export type ImpactGroup = (typeof impactGroups)[number];

export interface ImpactSummary extends Impact {
  readonly groups: Readonly<Record<ImpactGroup, readonly Reached[]>>;
  /** Of agreements that need the subject, or one of several: the fee and the credits. */
  readonly money: readonly { readonly reached: Reached; readonly agreement: Agreement; readonly stake: AtStake }[];
  /** What customers pay a year under these agreements. */
  readonly fees: YearlyFees;
  /** Requirements that the declaration itself names: it traces to them, or is evidence for them. */
  readonly names: readonly string[];
}

/** @returns undefined where nothing is declared under the key */
export function impactSummary(model: Model & Locator, graph: DependencyGraph, key: string, asOf: IsoDate): ImpactSummary | undefined {
  const impact = impactOf(graph, key);
  if (!impact) return undefined;
  const groups: Record<ImpactGroup, Reached[]> = { services: [], agreements: [], customers: [], processes: [], figures: [], others: [] };
  for (const one of impact.reached) groups[groupOf(one.node.type)].push(one);
  const money = groups.agreements.flatMap((reached) => {
    const { declaration } = reached.node;
    if (declaration.$type !== 'Agreement' || reached.node.type !== 'Agreement' || reached.strength === 'concerned') return [];
    const stake = atStake(declaration, asOf);
    return stake.fee === undefined && stake.credits.length === 0 && stake.problems.length === 0 ? [] : [{ reached, agreement: declaration, stake }];
  });
  const own = model.entity(impact.subject.declaration.$key);
  const names = (own?.references ?? []).flatMap(({ type, id }) => (type === 'Requirement' ? [id.replace(/^iso20000:/, '')] : []));
  return { ...impact, groups, money, fees: yearlyFees(money.flatMap(({ agreement }) => (agreement.type === 'sla' ? [agreement] : []))), names: [...new Set(names)].filter((id) => catalogue.row(id) ?? catalogue.clause(id)) };
}

function groupOf(type: string): ImpactGroup {
  switch (type) {
    case 'Service':
    case 'ServiceComponent':
    case 'ConfigurationItem':
      return 'services';
    case 'Agreement':
    case 'ServiceLevelTarget':
      return 'agreements';
    case 'Customer':
      return 'customers';
    case 'Process':
    case 'Procedure':
      return 'processes';
    case 'Metric':
    case 'Source':
    case 'Objective':
    case 'ServiceReport':
      return 'figures';
    default:
      return 'others';
  }
}

/** Declarations by the id that people write; several kinds may share one. */
export function namedIn(graph: DependencyGraph, id: string): readonly string[] {
  return [...graph.nodes.values()].filter((node) => node.id === id || node.key === id).map(({ key }) => key);
}
