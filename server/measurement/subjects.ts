import type { Agreement, Metric, ServiceLevelTarget, WorkloadLimit } from '../../language/model/declarations.ts';
import type { Path } from '../../language/model/fragment.ts';
import type { Model } from '../../language/model/model.ts';
import { calendarChain } from '../../language/model/calendars.ts';
import type { Subject } from './figure.ts';
import { newsKind } from '../../language/model/record-kinds.ts';
import { updateTargets } from './update-promises.ts';

/** One thing that has figures, and everything they depend on besides the data. */
export type MeasuredSubject =
  | { readonly kind: 'target'; readonly subject: Subject; readonly agreement: Agreement; readonly statements: readonly TargetStatement[]; readonly sources: readonly string[]; readonly definition: string }
  | { readonly kind: 'workload'; readonly subject: Subject; readonly agreement: Agreement; readonly limit: WorkloadLimit; readonly index: number; readonly sources: readonly string[]; readonly definition: string }
  | { readonly kind: 'metric'; readonly subject: Subject; readonly metric: Metric; readonly sources: readonly string[]; readonly definition: string };

/** A target as stated once; the same name may be stated again with a later `since`. */
export interface TargetStatement {
  readonly target: ServiceLevelTarget;
  /** Its place among the facts of its name. */
  readonly index: number;
  /** Which fact of the agreement states it; a target where absent. */
  readonly fact?: 'updates';
}

/** Everything in the model that has figures, in the order of the model. */
export function measuredSubjects(model: Model): readonly MeasuredSubject[] {
  const subjects: MeasuredSubject[] = [];
  for (const agreement of model.all('Agreement')) {
    const byName = new Map<string, TargetStatement[]>();
    for (const [index, target] of agreement.targets.entries()) {
      const statements = byName.get(target.name);
      if (statements) statements.push({ target, index });
      else byName.set(target.name, [{ target, index }]);
    }
    for (const { target, index } of updateTargets(agreement, model)) byName.set(target.name, [{ target, index, fact: 'updates' }]);
    const frame = [agreement.type, agreement.services, agreement.services.map((service) => [model.get('Service', service)?.title, model.get('Service', service)?.userCount]), plain(agreement.userCounts), agreement.customer, agreement.validFrom, agreement.validTo, agreement.firstPeriod, agreement.exceptions, agreement.serviceHours, agreement.supportHours];
    for (const [name, statements] of byName) {
      statements.sort((a, b) => (a.target.since ?? '').localeCompare(b.target.since ?? ''));
      const sources = new Set<string>();
      const parts: unknown[] = [frame];
      const calendars = new Set<string>([agreement.serviceHours, agreement.supportHours].filter((id) => id !== undefined));
      for (const { target } of statements) {
        parts.push(plain(target));
        if (target.source !== undefined) sources.add(target.source);
        if (target.measure === 'update') for (const { name: of, recordKind } of model.all('Source')) if (recordKind === newsKind) sources.add(of);
        if (target.clock !== undefined) calendars.add(target.clock);
        if (target.metric !== undefined) addMetric(model, target.metric, sources, parts, calendars, new Set());
      }
      parts.push(calendarDefinitions(model, calendars));
      subjects.push({ kind: 'target', subject: { kind: 'target', agreement: agreement.name, target: name }, agreement, statements, sources: [...sources], definition: JSON.stringify(parts) });
    }
    for (const [index, limit] of agreement.workloadLimits.entries()) {
      subjects.push({
        kind: 'workload', subject: { kind: 'workload', agreement: agreement.name, limit: limit.name }, agreement, limit, index,
        sources: limit.source === undefined ? [] : [limit.source], definition: JSON.stringify([frame, plain(limit), calendarDefinitions(model, calendarsIn(limit))]),
      });
    }
  }
  for (const metric of model.all('Metric')) {
    const sources = new Set<string>();
    const parts: unknown[] = [];
    const calendars = new Set<string>();
    addMetric(model, metric.name, sources, parts, calendars, new Set());
    parts.push(calendarDefinitions(model, calendars));
    subjects.push({ kind: 'metric', subject: { kind: 'metric', metric: metric.name }, metric, sources: [...sources], definition: JSON.stringify(parts) });
  }
  return subjects;
}

function addMetric(model: Model, id: string, sources: Set<string>, parts: unknown[], calendars: Set<string>, seen: Set<string>): void {
  const metric = model.get('Metric', id);
  if (metric === undefined || seen.has(id)) return;
  seen.add(id);
  parts.push(plain(metric));
  if (metric.source !== undefined) sources.add(metric.source);
  for (const calendar of calendarsIn(metric)) calendars.add(calendar);
  for (const reference of referencedMetrics(metric.value)) addMetric(model, reference, sources, parts, calendars, seen);
}

/** Metrics that a formula takes values from. */
function referencedMetrics(value: unknown): string[] {
  const found: string[] = [];
  visit(value, (node) => {
    if (node['$type'] === 'MetricReference' && typeof node['metric'] === 'string') found.push(node['metric']);
  });
  return found;
}

/** Sources that a source takes values from. */
export function lookedUpSources(source: unknown): string[] {
  const found: string[] = [];
  visit(source, (node) => {
    if (node['$type'] === 'Lookup' && typeof node['source'] === 'string') found.push(node['source']);
  });
  return found;
}

function calendarsIn(value: unknown): ReadonlySet<string> {
  const found = new Set<string>();
  visit(value, (node) => {
    if (typeof node['clock'] === 'string') found.add(node['clock']);
  });
  return found;
}

function visit(value: unknown, see: (node: Readonly<Record<string, unknown>>) => void): void {
  if (Array.isArray(value)) for (const item of value) visit(item, see);
  else if (typeof value === 'object' && value !== null) {
    see(value as Record<string, unknown>);
    for (const [key, item] of Object.entries(value)) if (key !== '$at') visit(item, see);
  }
}

export function calendarDefinitions(model: Model, ids: Iterable<string>): unknown {
  return [...ids].flatMap((id) => calendarChain(model, id)).map((id) => plain(model.get('Calendar', id)));
}

/** Without places: what is said, not where. */
export function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== '$at' && key !== '$documentation').map(([key, item]) => [key, plain(item)]));
}

/** Where a subject stands in the text. */
export function pathOf(subject: MeasuredSubject): Path {
  switch (subject.kind) {
    case 'target': return [subject.statements[0]?.fact ?? 'targets', subject.statements[0]?.index ?? 0];
    case 'workload': return ['workloadLimits', subject.index];
    case 'metric': return ['name'];
  }
}
