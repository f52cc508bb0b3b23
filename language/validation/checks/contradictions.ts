import type { Path } from '../../model/fragment.ts';
import type { Report } from '../report.ts';

export interface Contradiction {
  /** A fact that says there is none, or all. */
  readonly flag: string;
  readonly says: string;
  /** The facts that say otherwise. */
  readonly list: string;
  readonly listed: string;
}

/** Facts of which one says that there is none, or all, and the other lists some, by the type of node. */
const contradictions: Readonly<Record<string, readonly Contradiction[]>> = {
  Agreement: [{ flag: 'noExceptions', says: 'no exceptions', list: 'exceptions', listed: 'except …' }],
  Service: [
    { flag: 'noDependencies', says: 'no dependencies', list: 'dependencies', listed: 'depends on …' },
    { flag: 'noAssets', says: 'no assets', list: 'items', listed: 'ci …' },
    { flag: 'noDuplicates', says: 'no duplicates', list: 'duplicates', listed: 'duplicates …' },
  ],
  CatalogueEntry: [{ flag: 'noDependencies', says: 'no dependencies', list: 'dependencies', listed: 'depends on …' }],
  ServiceCatalogue: [{ flag: 'listsAll', says: 'lists all', list: 'services', listed: 'lists …' }],
  ServiceManagementPlan: [
    { flag: 'noLimitations', says: 'no limitations', list: 'limitations', listed: 'limitation …' },
    ...['policies', 'objectives', 'risks', 'requirements', 'services', 'obligations', 'resources', 'plans'].map((list) => ({
      flag: `all${list.slice(0, 1).toUpperCase()}${list.slice(1)}`, says: `${list} all`, list, listed: `${list} …`,
    })),
    { flag: 'allRoles', says: 'authorities all', list: 'roles', listed: 'authorities …' },
  ],
  RiskAssessment: [{ flag: 'allServices', says: 'services all', list: 'services', listed: 'services …' }],
  Opportunity: [{ flag: 'noAction', says: 'no action because …', list: 'actions', listed: 'action …' }],
  ProducedReport: [{ flag: 'noAction', says: 'no action because …', list: 'actions', listed: 'action …' }],
  Step: [{ flag: 'ends', says: '-> end', list: 'next', listed: '-> …' }],
};

const none: readonly Contradiction[] = [];

export function contradictionsOf(type: string): readonly Contradiction[] {
  return contradictions[type] ?? none;
}

/** Facts that cannot both be true. */
export function checkContradictions(node: object, type: string, path: Path, report: Report): void {
  for (const { flag, says, list, listed } of contradictionsOf(type)) {
    if (isStated(node, flag) && isStated(node, list)) report.error('contradiction', [...path, flag], `“${says}” and “${listed}” contradict each other: keep one of them.`);
  }
}

function isStated(node: object, property: string): boolean {
  const value: unknown = (node as Record<string, unknown>)[property];
  return Array.isArray(value) ? value.length > 0 : value !== undefined && value !== false;
}
