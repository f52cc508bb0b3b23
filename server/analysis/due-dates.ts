/**
 * Everything in a model that falls due or ends on a day, in whatever declaration it stands: reviews at planned intervals, actions, ends of
 * agreements, certificates and waivers, validity of evidence, audits and tests that are planned, goals and improvements.
 */
import type { AnyDeclaration, EntityKey } from '../../language/model/declarations.ts';
import { declaredTitle } from '../../language/model/declared-title.ts';
import type { Place } from '../../language/model/finding.ts';
import type { Entity, Path } from '../../language/model/fragment.ts';
import type { Locator, Model } from '../../language/model/model.ts';
import { addDays, isDate, type IsoDate } from '../../language/values/date.ts';
import { addDuration, parseDuration } from '../../language/values/duration.ts';
import { isProblem } from '../../language/values/problem.ts';
import { clauseInWords } from '../reports/facts/names.ts';
import { milestoneInWords } from './certification-calendar.ts';

export type DueKind = 'review' | 'agreement' | 'evidence' | 'attestation' | 'waiver' | 'action' | 'improvement' | 'objective' | 'certification' | 'planned' | 'test' | 'transition';

export interface DueDate {
  readonly kind: DueKind;
  readonly on: IsoDate;
  /** What it is about, by title. */
  readonly subject: string;
  /** What happens on that day, as words after the subject: `review due`, `ends`. */
  readonly event: string;
  /** Who has to act, by title, where the model says so. */
  readonly owner?: string;
  readonly place: Place;
}

/** A due date as its declaration alone tells it. */
interface Stated {
  readonly kind: DueKind;
  readonly on: IsoDate;
  readonly subject: string;
  readonly event: string;
  /** Id of who has to act. */
  readonly owner?: string;
  readonly path: Path;
  /** What it is carried out by: done when that is. */
  readonly via?: string;
}

/**
 * All due dates of the model in the order of their days. A fact that is absent or not readable yields none: saying so is a rule's work.
 * Of a declaration that has not changed nothing is computed anew.
 */
export function dueDates(model: Model, locator: Pick<Locator, 'files' | 'fragment'>): readonly DueDate[] {
  const dates: DueDate[] = [];
  const seen = new Set<EntityKey>();
  for (const file of locator.files()) {
    for (const { entity } of locator.fragment(file)?.declarations ?? []) {
      if (seen.has(entity.key)) continue;
      seen.add(entity.key);
      for (const { owner, path, via, ...due } of statedBy(entity)) {
        if (via !== undefined && isCarriedOut(model, via)) continue;
        dates.push({ ...due, ...(owner === undefined ? {} : { owner: titleById(model, 'Party', owner) }), place: { entity: entity.key, path } });
      }
    }
  }
  return inOrder([...dates, ...continuityTests(model)]);
}

const collator = new Intl.Collator('en');

/** By their days, those of one day by what they are about. */
export function inOrder<Due extends DueDate>(dates: readonly Due[]): readonly Due[] {
  return dates.toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : collator.compare(a.subject, b.subject)));
}

export interface Horizon {
  readonly overdue: readonly DueDate[];
  readonly within30: readonly DueDate[];
  readonly within60: readonly DueDate[];
  readonly within90: readonly DueDate[];
  readonly later: readonly DueDate[];
}

/** Due dates before a day, in the 30, 60 and 90 days from it, and after; each is in one group only. A date on the day itself is not yet overdue. */
export function horizon(dates: readonly DueDate[], asOf: IsoDate): Horizon {
  const groups: { readonly [Group in keyof Horizon]: DueDate[] } = { overdue: [], within30: [], within60: [], within90: [], later: [] };
  const [last30, last60, last90] = [addDays(asOf, 30), addDays(asOf, 60), addDays(asOf, 90)];
  for (const due of dates) {
    const group = due.on < asOf ? 'overdue' : due.on <= last30 ? 'within30' : due.on <= last60 ? 'within60' : due.on <= last90 ? 'within90' : 'later';
    groups[group].push(due);
  }
  return groups;
}

const known = new WeakMap<Entity, readonly Stated[]>();

function statedBy(entity: Entity): readonly Stated[] {
  let stated = known.get(entity);
  if (!stated) {
    stated = [...ofDeclaration(entity.node), ...(isOver(entity.node) ? [] : ofParts(entity.node, titleOf(entity.node), ownerOf(entity.node), []))];
    known.set(entity, stated);
  }
  return stated;
}

/** Whether a declaration asks for nothing any more, whatever its parts say. */
function isOver(node: AnyDeclaration): boolean {
  switch (node.$type) {
    case 'Nonconformity':
      return node.status === 'closed' || node.closed !== undefined;
    case 'Improvement':
      return node.status === 'implemented' || node.status === 'rejected' || node.implemented !== undefined;
    case 'Objective':
      return node.status === 'achieved' || node.status === 'dropped';
    case 'Transition':
      return node.completed !== undefined || node.stage === 'completed';
    default:
      return false;
  }
}

/** Dates that mean something else in each type of declaration. */
function ofDeclaration(node: AnyDeclaration): Stated[] {
  const subject = titleOf(node);
  const on = (date: string | undefined, rest: Omit<Stated, 'on' | 'subject'> & { readonly subject?: string }): Stated[] => (date === undefined || !isDate(date) ? [] : [{ subject, ...rest, on: date }]);
  const by = (owner: string | undefined): { readonly owner?: string } => (owner === undefined ? {} : { owner });
  if (isOver(node)) return [];
  switch (node.$type) {
    case 'Agreement':
      return on(node.validTo, { kind: 'agreement', event: node.type === 'contract' ? 'contract ends' : 'agreement ends', path: ['validTo'] });
    case 'Evidence':
      return on(after(node.dated, node.valid), { kind: 'evidence', event: 'evidence no longer valid', ...by(node.by), path: ['valid'] });
    case 'Attestation':
      return on(after(node.on, node.valid), { kind: 'attestation', subject: `Attestation of ${clauseInWords(node.requirement)}`, event: 'no longer valid', ...by(node.by), path: ['valid'] });
    case 'Waiver':
      return on(node.until, { kind: 'waiver', subject: `Waiver of ${clauseInWords(node.requirement)}`, event: 'ends', ...by(node.approvedBy), path: ['until'] });
    case 'Improvement':
      return on(node.due, { kind: 'improvement', event: 'improvement due', ...by(node.owner), path: ['due'] });
    case 'Objective':
      return on(node.by, { kind: 'objective', event: 'objective to be reached', ...by(node.owner), path: ['by'] });
    case 'Organization': {
      const plan = node.certification;
      return plan === undefined ? [] : on(plan.by, { kind: 'certification', subject: milestoneInWords(plan.milestone), event: plan.body === undefined ? 'due' : `due, by ${plan.body}`, path: ['certification'] });
    }
    case 'Audit':
      return node.held === undefined ? on(node.planned, { kind: 'certification', event: 'internal audit planned', ...by(node.auditors[0]), path: ['planned'] }) : [];
    case 'ExternalAssessment':
      return [
        ...(node.performed === undefined ? on(node.planned, { kind: 'certification', event: node.body === undefined ? 'planned' : `planned, by ${node.body}`, path: ['planned'] }) : []),
        ...on(node.next, { kind: 'certification', event: 'next one due', path: ['next'] }),
        ...on(node.certificateValidTo, { kind: 'certification', event: 'certificate ends', path: ['certificateValidTo'] }),
      ];
    case 'ContinuityTest':
      return node.performed === undefined ? on(node.planned, { kind: 'planned', event: 'continuity test planned', path: ['planned'] }) : [];
    case 'Transition':
      return [
        ...on(node.removal, { kind: 'transition', event: 'removal of the service', ...by(node.owner), path: ['removal'] }),
        ...on(node.transfer, { kind: 'transition', event: 'transfer of the service', ...by(node.owner), path: ['transfer'] }),
      ];
    default:
      return [];
  }
}

/** Reviews and actions, in whatever part they stand. */
function ofParts(part: object, subject: string, owner: string | undefined, path: Path): Stated[] {
  return Object.entries(part).flatMap(([property, value]: [string, unknown]): Stated[] => {
    if (property.startsWith('$')) return [];
    if (Array.isArray(value)) return value.flatMap((item: unknown, index) => (isPart(item) ? ofPart(item, subject, owner, [...path, property, index]) : []));
    return isPart(value) ? ofPart(value, subject, owner, [...path, property]) : [];
  });
}

type Part = { readonly $type: string } & Readonly<Record<string, unknown>>;

function isPart(value: unknown): value is Part {
  return typeof value === 'object' && value !== null && '$type' in value;
}

function ofPart(part: Part, subject: string, owner: string | undefined, path: Path): Stated[] {
  const text = (property: string): string | undefined => (typeof part[property] === 'string' ? part[property] : undefined);
  switch (part.$type) {
    case 'ReviewInterval': {
      const on = after(text('last'), text('every'));
      return on === undefined ? [] : [{ kind: 'review', on, subject, event: 'review due', ...(owner === undefined ? {} : { owner }), path }];
    }
    case 'Action': {
      const [due, who, via] = [text('due'), text('owner'), text('via')];
      if (due === undefined || !isDate(due) || text('done') !== undefined) return [];
      return [{ kind: 'action', on: due, subject: text('text') ?? subject, event: 'action due', ...(who === undefined ? {} : { owner: who }), ...(via === undefined ? {} : { via }), path }];
    }
    default:
      return ofParts(part, subject, owner, path);
  }
}

function isCarriedOut(model: Model, via: string): boolean {
  return (model.get('Improvement', via)?.implemented ?? model.get('Nonconformity', via)?.closed) !== undefined;
}

/** Continuity plans that say how often they are tested, from the day of their last test. */
function continuityTests(model: Model): DueDate[] {
  return model.all('ContinuityPlan').flatMap((plan): DueDate[] => {
    if (plan.testEvery === undefined) return [];
    const last = model.all('ContinuityTest').flatMap(({ plans, performed }) => (plans.includes(plan.name) && performed !== undefined && isDate(performed) ? [performed] : [])).sort().at(-1);
    const on = after(last, plan.testEvery);
    const owner = plan.owner === undefined ? {} : { owner: titleById(model, 'Party', plan.owner) };
    return on === undefined ? [] : [{ kind: 'test', on, subject: titleOf(plan), event: 'next test due', ...owner, place: { entity: plan.$key, path: ['testEvery'] } }];
  });
}

/** The day a duration after another; undefined where either cannot be read. */
function after(date: string | undefined, duration: string | undefined): IsoDate | undefined {
  if (date === undefined || duration === undefined || !isDate(date)) return undefined;
  const length = parseDuration(duration);
  if (isProblem(length)) return undefined;
  const end = addDuration(date, length);
  return isProblem(end) ? undefined : end;
}

function titleOf(node: AnyDeclaration): string {
  return declaredTitle(node) ?? ('name' in node ? node.name : '');
}

function titleById(model: Model, type: string, id: string): string {
  return model.find(type, id)?.name.title ?? id;
}

function ownerOf(node: AnyDeclaration): string | undefined {
  return 'owner' in node && typeof node.owner === 'string' ? node.owner : 'manager' in node && typeof node.manager === 'string' ? node.manager : undefined;
}
