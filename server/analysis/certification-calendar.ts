/**
 * What certification asks for on which day: the milestone that the organization prepares for, internal audits and management reviews at
 * their intervals, checks of the system (twice a year unless set), surveillance at the latest after twelve months and reassessment every
 * three years (ISO/IEC 17021-1, 9.1.3 and 9.6).
 */
import type { Place } from '../../language/model/finding.ts';
import type { Model } from '../../language/model/model.ts';
import { addDuration, parseDuration } from '../../language/values/duration.ts';
import { addMonths, isDate, type IsoDate } from '../../language/values/date.ts';
import { isProblem } from '../../language/values/problem.ts';

/** Months from one time to the next. */
export interface CertificationIntervals {
  readonly internalAudit: number;
  readonly managementReview: number;
  readonly systemCheck: number;
  readonly surveillance: number;
  readonly reassessment: number;
}

export type CertificationEvent = 'milestone' | 'internal-audit' | 'management-review' | 'system-check' | 'surveillance' | 'reassessment';

export interface CertificationDay {
  readonly event: CertificationEvent;
  readonly on: IsoDate;
  /** `Internal audit`. */
  readonly what: string;
  /** Why on that day: `every 12 months after the last, on 2026-02-01`. */
  readonly basis: string;
  /** Where the day follows from. */
  readonly place: Place;
  /** False: it follows from a day that is itself still to come. */
  readonly isFirm: boolean;
}

/** In the order of their days; none where the organization names no milestone of certification. */
export function certificationCalendar(model: Model, asOf: IsoDate, intervals: CertificationIntervals): readonly CertificationDay[] {
  const [organization] = model.all('Organization');
  const plan = organization?.certification;
  if (!organization || !plan) return [];
  const here: Place = { entity: organization.$key, path: ['certification'] };
  return [...milestone(model, here), ...repeated(model, asOf, intervals), ...ofCertificate(model, asOf, intervals, here)].toSorted((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0));
}

function performedOn(model: Model, kinds: readonly string[], asOf: IsoDate): { readonly on: IsoDate; readonly place: Place } | undefined {
  return model
    .all('ExternalAssessment')
    .flatMap(({ $key, kind, performed }) => (kind !== undefined && kinds.includes(kind) && performed !== undefined && isDate(performed) && performed <= asOf ? [{ on: performed, place: { entity: $key, path: ['performed'] } as Place }] : []))
    .toSorted((a, b) => (a.on < b.on ? 1 : -1))[0];
}

/** The day of the milestone, unless an assessment of that kind was performed in the year before it. */
function milestone(model: Model, place: Place): readonly CertificationDay[] {
  const plan = model.all('Organization')[0]!.certification!;
  if (plan.by === undefined || !isDate(plan.by)) return [];
  const since = addMonths(plan.by, -12);
  const isReached = model.all('ExternalAssessment').some(({ kind, performed }) => kind === plan.milestone && performed !== undefined && performed > since);
  return isReached ? [] : [{ event: 'milestone', on: plan.by, what: milestoneInWords(plan.milestone), basis: plan.body === undefined ? 'planned' : `planned, by ${plan.body}`, place, isFirm: true }];
}

function repeated(model: Model, asOf: IsoDate, intervals: CertificationIntervals): CertificationDay[] {
  const days: CertificationDay[] = [];
  const latest = <T extends { readonly held?: string | undefined }>(all: readonly T[]): T | undefined =>
    all.filter(({ held }) => held !== undefined && isDate(held) && held <= asOf).toSorted((a, b) => (a.held! < b.held! ? 1 : -1))[0];
  const audit = latest(model.all('Audit'));
  if (audit) {
    const every = model.all('AuditProgramme').map((programme) => programme.every).find((text) => text !== undefined);
    days.push(...next('internal-audit', 'Internal audit', audit.held!, every, intervals.internalAudit, { entity: audit.$key, path: ['held'] }));
  }
  const review = latest(model.all('ManagementReview'));
  if (review) days.push(...next('management-review', 'Management review', review.held!, review.every, intervals.managementReview, { entity: review.$key, path: ['held'] }));
  const check = performedOn(model, ['system-check', 'gap-analysis', 'stage-1', 'stage-2', 'surveillance', 'recertification'], asOf);
  // An internal audit checks the system as an assessment from outside does; that there is a first one is asked for by clause 9.2.
  const last = [check, audit && { on: audit.held! as IsoDate, place: { entity: audit.$key, path: ['held'] } as Place }]
    .filter((one) => one !== undefined)
    .toSorted((a, b) => (a.on < b.on ? 1 : -1))[0];
  if (last) days.push(...next('system-check', 'Check of the system', last.on, undefined, intervals.systemCheck, last.place));
  return days;
}

function next(event: CertificationEvent, what: string, last: string, every: string | undefined, months: number, place: Place): CertificationDay[] {
  if (!isDate(last)) return [];
  const duration = every === undefined ? undefined : parseDuration(every);
  const on = duration === undefined || isProblem(duration) ? addMonths(last, months) : addDuration(last, duration);
  return isProblem(on) ? [] : [{ event, on, what, basis: `every ${every === undefined ? monthsInWords(months) : intervalInWords(every)} after the last, on ${last}`, place, isFirm: true }];
}

/** Surveillance and reassessment: from the last decision, or projected from the one that is planned. */
function ofCertificate(model: Model, asOf: IsoDate, intervals: CertificationIntervals, here: Place): CertificationDay[] {
  const plan = model.all('Organization')[0]!.certification!;
  const decided = performedOn(model, ['stage-2', 'recertification'], asOf);
  const isPlanned = plan.milestone === 'stage-2' || plan.milestone === 'recertification';
  const start = decided?.on ?? (isPlanned && plan.by !== undefined && isDate(plan.by) ? plan.by : undefined);
  if (start === undefined) return [];
  const place = decided?.place ?? here;
  const isFirm = decided !== undefined;
  const certificate = model
    .all('ExternalAssessment')
    .flatMap(({ $key, certificateValidTo }) => (certificateValidTo !== undefined && isDate(certificateValidTo) ? [{ on: certificateValidTo, place: { entity: $key, path: ['certificateValidTo'] } as Place }] : []))
    .toSorted((a, b) => (a.on < b.on ? 1 : -1))[0];
  const end = certificate?.on ?? addMonths(start, intervals.reassessment);
  const interval = plan.surveillance === undefined ? undefined : parseDuration(plan.surveillance);
  const every = interval === undefined || isProblem(interval) ? { kind: 'calendar' as const, months: intervals.surveillance, parts: [] } : interval;
  const surveyed = performedOn(model, ['surveillance'], asOf);
  const since = surveyed && surveyed.on > start ? surveyed.on : start;
  const days: CertificationDay[] = [];
  for (let times = 1; times <= 12; times++) {
    const on = addDuration(since, every, times);
    if (isProblem(on) || on >= end) break;
    days.push({ event: 'surveillance', on, what: 'Surveillance audit', basis: plan.surveillance === undefined ? 'at least once a year' : `every ${intervalInWords(plan.surveillance)} as agreed`, place: surveyed && surveyed.on > start ? surveyed.place : place, isFirm: isFirm && times === 1 });
  }
  days.push({ event: 'reassessment', on: end, what: 'Reassessment', basis: certificate ? 'the certificate ends' : `${intervals.reassessment} months after the decision`, place: certificate?.place ?? place, isFirm: isFirm || certificate !== undefined });
  return days;
}

/** `6mo` → `6 months`; what is no number of months stays as it is written. */
function intervalInWords(text: string): string {
  const duration = parseDuration(text);
  return isProblem(duration) || duration.kind !== 'calendar' ? text : monthsInWords(duration.months);
}

function monthsInWords(months: number): string {
  return months === 1 ? 'month' : `${months} months`;
}

/** `stage-2` → `Stage 2 audit`. */
export function milestoneInWords(milestone: string): string {
  switch (milestone) {
    case 'gap-analysis':
      return 'Gap analysis';
    case 'stage-1':
      return 'Stage 1 audit';
    case 'stage-2':
      return 'Stage 2 audit';
    case 'surveillance':
      return 'Surveillance audit';
    case 'recertification':
      return 'Recertification audit';
    default:
      return milestone;
  }
}
