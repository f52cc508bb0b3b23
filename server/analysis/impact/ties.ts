/** What a reference means for those on either side of it: who rests on whom, and how. */
import type { AnyDeclaration } from '../../../language/model/declarations.ts';
import type { Path } from '../../../language/model/fragment.ts';

/**
 * How one rests on another. `work`: it does not do what it is for without. `figure`: it is measured or computed from it. `member`: the other is
 * part of it, as a person of a team. `duty`: the other answers for it. `mention`: it speaks of the other. What rests by work, figure or
 * membership passes on; who answers for something, or speaks of it, is where a way ends, and is told of the subject only.
 */
export type TieKind = 'work' | 'figure' | 'member' | 'duty' | 'mention';

export interface Tie {
  readonly kind: TieKind;
  /** Who rests on whom: the declaration on what it names, or the other way round. */
  readonly rests: 'referrer' | 'referred';
  /** In words, from the one that rests: “… depends on …”. */
  readonly words: string;
}

const uses = (words: string, kind: TieKind = 'work'): Tie => ({ kind, rests: 'referrer', words });
const serves = (words: string, kind: TieKind = 'work'): Tie => ({ kind, rests: 'referred', words });

const providedBy = uses('is provided by');
const operatedBy = uses('is operated by');
const onIt = uses('runs on');
const atSite = uses('is at');
const measuredBy = uses('is measured by', 'figure');

/** Of several that stand in for each other. */
export const oneOfSeveral = 'can do with any of several, among them';

/** By type of declaration, and the first property of the path; what is not here follows from who is named. */
const ties: Readonly<Partial<Record<AnyDeclaration['$type'], Readonly<Record<string, Tie>>>>> = {
  Service: { dependencies: uses('depends on'), items: onIt, sites: atSite, providers: providedBy, operators: operatedBy, customers: serves('uses') },
  ConfigurationItem: { dependencies: uses('depends on'), supports: serves('is supported by'), site: atSite },
  Agreement: {
    customer: serves('relies on'), supplier: uses('is with'), provider: uses('is by'), serviceHours: uses('takes its service hours from'), supportHours: uses('takes its support hours from'), onCallHours: uses('takes its on-call hours from'),
    updates: uses('counts time in'), alignedWith: uses('is aligned with', 'mention'), workloadLimits: measuredBy,
  },
  Supplier: { provides: serves('is provided by'), operates: serves('is operated by') },
  Process: { operators: operatedBy, metrics: measuredBy, inputs: uses('takes in from', 'mention'), outputs: serves('takes in from', 'mention'), closureClock: uses('counts time in') },
  Role: { holders: uses('is held by', 'member'), subjects: serves('is under', 'duty') },
  Team: { members: uses('has as member', 'member'), lead: uses('is led by', 'member'), site: atSite },
  Person: { teams: serves('has as member', 'member') },
  Calendar: { base: uses('builds on') },
  Metric: { source: measuredBy, supplier: uses('speaks of', 'mention') },
  Objective: { metric: measuredBy },
  ServiceReport: { agreements: uses('reports on', 'figure'), sources: measuredBy },
  AvailabilityRequirement: { metrics: measuredBy, window: uses('counts time in') },
  CapacityRequirement: { metric: measuredBy },
  CapacityPlan: { demand: measuredBy, thresholds: measuredBy },
};

const parties: ReadonlySet<string> = new Set(['Party', 'Actor', 'Person', 'Role', 'Team', 'Provider', 'Audience', 'ExternalParty', 'InternalProvider']);
const measured: ReadonlySet<string> = new Set(['Metric', 'Source']);

/** @param wanted the type that the position takes, which may be a union */
export function tieOf(node: AnyDeclaration, path: Path, wanted: string): Tie {
  const [property = '', , part = ''] = path.map(String);
  if (node.$type === 'Agreement') {
    if (property === 'services') return node.type === 'sla' ? uses('is for') : serves('is supported by');
    if (property === 'targets') return part === 'clock' ? uses('counts time in') : measured.has(wanted) ? measuredBy : uses('is for', 'mention');
  }
  if (node.$type === 'Service' && property === 'components') return part === 'item' ? onIt : part === 'operators' ? operatedBy : providedBy;
  if (node.$type === 'Process' && property === 'nodes') return part === 'calls' ? uses('calls') : part === 'clock' ? uses('counts time in') : parties.has(wanted) ? uses('has a step by', 'duty') : uses('speaks of', 'mention');
  const known = ties[node.$type]?.[property];
  if (known) return known;
  if (parties.has(wanted)) return uses(property === 'owner' ? 'is owned by' : 'names', 'duty');
  return measured.has(wanted) ? measuredBy : uses('speaks of', 'mention');
}
