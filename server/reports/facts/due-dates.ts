/** Everything in a model that falls due or ends on a day: reviews, agreements, evidence, waivers, actions, audits. */
import type { Model } from '../../../language/model/model.ts';
import type { Place } from '../../../language/model/finding.ts';
import type { EntityKey, ReviewInterval, Action } from '../../../language/model/declarations.ts';
import { addDuration, parseDuration } from '../../../language/values/duration.ts';
import { daysBetween, isDate } from '../../../language/values/date.ts';
import type { IsoDate } from '../../../language/values/date.ts';
import { isProblem } from '../../../language/values/problem.ts';
import { milestoneInWords } from '../../analysis/certification-calendar.ts';
import { clauseInWords, titleById, titleOf } from './names.ts';

export type DueKind = 'review' | 'agreement' | 'evidence' | 'attestation' | 'waiver' | 'action' | 'improvement' | 'objective' | 'certification';

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

/** All due dates of the model in the order of their days. A fact that is absent or not readable yields none: saying so is a rule's work. */
export function dueDates(model: Model): readonly DueDate[] {
  return [...reviews(model), ...agreements(model), ...evidence(model), ...waivers(model), ...actions(model), ...goals(model), ...certification(model)].toSorted(
    (a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.subject.localeCompare(b.subject, 'en')),
  );
}

export interface Horizon {
  readonly overdue: readonly DueDate[];
  readonly within30: readonly DueDate[];
  readonly within60: readonly DueDate[];
  readonly within90: readonly DueDate[];
}

/** Due dates before a day, and in the 30, 60 and 90 days from it; each is in one group only. A date on the day itself is not yet overdue. */
export function horizon(dates: readonly DueDate[], asOf: IsoDate): Horizon {
  const between = (from: number, to: number): readonly DueDate[] =>
    dates.filter((due) => {
      const days = daysBetween(asOf, due.on);
      return days >= from && days <= to;
    });
  return { overdue: between(-Infinity, -1), within30: between(0, 30), within60: between(31, 60), within90: between(61, 90) };
}

function place(entity: EntityKey, ...path: (string | number)[]): Place {
  return { entity, path };
}

/** The day a duration after another; undefined where either cannot be read. */
function after(date: string | undefined, duration: string | undefined): IsoDate | undefined {
  if (date === undefined || duration === undefined || !isDate(date)) return undefined;
  const length = parseDuration(duration);
  if (isProblem(length)) return undefined;
  const end = addDuration(date, length);
  return isProblem(end) ? undefined : end;
}

const ownedTypes = ['Policy', 'Risk', 'Process', 'Procedure', 'Agreement', 'Supplier', 'ServiceCatalogue', 'MajorIncidentCriteria'] as const;

function reviews(model: Model): DueDate[] {
  return ownedTypes.flatMap((type) =>
    model.all(type).flatMap((declaration): DueDate[] => {
      const review: ReviewInterval | undefined = declaration.review;
      const on = after(review?.last, review?.every);
      if (on === undefined) return [];
      const owner = 'owner' in declaration ? declaration.owner : 'manager' in declaration ? declaration.manager : undefined;
      return [{ kind: 'review', on, subject: titleOf(declaration), event: 'review due', ...ownerOf(model, owner), place: place(declaration.$key, 'review') }];
    }),
  );
}

function ownerOf(model: Model, id: string | undefined): { owner?: string } {
  return id === undefined ? {} : { owner: titleById(model, 'Party', id) };
}

function agreements(model: Model): DueDate[] {
  return model.all('Agreement').flatMap((agreement): DueDate[] => {
    if (agreement.validTo === undefined || !isDate(agreement.validTo)) return [];
    const event = agreement.type === 'contract' ? 'contract ends' : 'agreement ends';
    return [{ kind: 'agreement', on: agreement.validTo, subject: titleOf(agreement), event, place: place(agreement.$key, 'validTo') }];
  });
}

function evidence(model: Model): DueDate[] {
  const files = model.all('Evidence').flatMap((item): DueDate[] => {
    const on = after(item.dated, item.valid);
    return on === undefined ? [] : [{ kind: 'evidence', on, subject: titleOf(item), event: 'evidence no longer valid', ...ownerOf(model, item.by), place: place(item.$key, 'valid') }];
  });
  const attestations = model.all('Attestation').flatMap((item): DueDate[] => {
    const on = after(item.on, item.valid);
    return on === undefined ? [] : [{ kind: 'attestation', on, subject: `Attestation of ${clauseInWords(item.requirement)}`, event: 'no longer valid', ...ownerOf(model, item.by), place: place(item.$key, 'valid') }];
  });
  return [...files, ...attestations];
}

function waivers(model: Model): DueDate[] {
  return model.all('Waiver').flatMap((waiver): DueDate[] => {
    if (waiver.until === undefined || !isDate(waiver.until)) return [];
    return [{ kind: 'waiver', on: waiver.until, subject: `Waiver of ${clauseInWords(waiver.requirement)}`, event: 'ends', ...ownerOf(model, waiver.approvedBy), place: place(waiver.$key, 'until') }];
  });
}

function actions(model: Model): DueDate[] {
  const due = (action: Action, key: EntityKey, property: string, index: number): DueDate[] =>
    action.due === undefined || action.done !== undefined || !isDate(action.due)
      ? []
      : [{ kind: 'action', on: action.due, subject: action.text, event: 'action due', ...ownerOf(model, action.owner), place: place(key, property, index) }];
  return [
    ...model.all('Nonconformity').filter((item) => item.status !== 'closed').flatMap((item) => item.actions.flatMap((action, index) => due(action, item.$key, 'actions', index))),
    ...model.all('ServiceReview').flatMap((item) => item.actions.flatMap((action, index) => due(action, item.$key, 'actions', index))),
    ...model.all('ManagementReview').flatMap((item) => item.decisions.flatMap(({ action }, index) => due(action, item.$key, 'decisions', index))),
  ];
}

function goals(model: Model): DueDate[] {
  const improvements = model.all('Improvement').flatMap((item): DueDate[] => {
    if (item.due === undefined || !isDate(item.due) || item.implemented !== undefined || item.status === 'implemented' || item.status === 'rejected') return [];
    return [{ kind: 'improvement', on: item.due, subject: titleOf(item), event: 'improvement due', ...ownerOf(model, item.owner), place: place(item.$key, 'due') }];
  });
  const objectives = model.all('Objective').flatMap((item): DueDate[] => {
    if (item.by === undefined || !isDate(item.by)) return [];
    return [{ kind: 'objective', on: item.by, subject: titleOf(item), event: 'objective to be reached', ...ownerOf(model, item.owner), place: place(item.$key, 'by') }];
  });
  return [...improvements, ...objectives];
}

function certification(model: Model): DueDate[] {
  const plans = model.all('Organization').flatMap((organization): DueDate[] => {
    const plan = organization.certification;
    if (plan?.by === undefined || !isDate(plan.by)) return [];
    return [{ kind: 'certification', on: plan.by, subject: milestoneInWords(plan.milestone), event: plan.body === undefined ? 'due' : `due, by ${plan.body}`, place: place(organization.$key, 'certification') }];
  });
  const audits = model.all('Audit').flatMap((audit): DueDate[] => {
    if (audit.planned === undefined || audit.held !== undefined || !isDate(audit.planned)) return [];
    return [{ kind: 'certification', on: audit.planned, subject: titleOf(audit), event: 'internal audit planned', place: place(audit.$key, 'planned') }];
  });
  return [...plans, ...audits];
}
