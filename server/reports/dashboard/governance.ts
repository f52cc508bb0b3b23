/** Nonconformities by age, waivers, audits and the certification calendar. */
import { addMonths, daysBetween, isDate } from '../../../language/values/date.ts';
import type { DeclarationTypes } from '../../../language/model/declarations.ts';
import type { Block, Cell, Row } from '../blocks.ts';
import { at, column, count, date, quiet, ratio, section, strong, table, unknown, words } from '../block-builders.ts';
import { clauseInWords, titleById, titleOf } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import { plural } from '../renderers/format-values.ts';
import type { ReportInput } from '../report.ts';

type Nonconformity = DeclarationTypes['Nonconformity'];

export interface OpenNonconformity {
  readonly item: Nonconformity;
  /** Days since it was detected, or since the audit or review it comes from; undefined where neither is dated. */
  readonly age: number | undefined;
}

/** Open nonconformities, the oldest first, those of unknown age before them. */
export function openNonconformities(input: ReportInput): readonly OpenNonconformity[] {
  return input.model
    .all('Nonconformity')
    .filter((item) => item.status !== 'closed')
    .map((item): OpenNonconformity => {
      const since = item.detected ?? heldOn(input, item.source);
      return { item, age: since === undefined || !isDate(since) ? undefined : daysBetween(since, input.asOf) };
    })
    .toSorted((a, b) => (b.age ?? Infinity) - (a.age ?? Infinity));
}

function heldOn(input: ReportInput, source: string | undefined): string | undefined {
  return input.model.get('Audit', source)?.held ?? input.model.get('ManagementReview', source)?.held ?? input.model.get('ServiceReview', source)?.held;
}

/** More rows than this nobody reads; the caption counts them all. */
const mostRows = 150;

export function nonconformitySection(input: ReportInput): Block | undefined {
  const open = openNonconformities(input);
  if (open.length === 0) return undefined;
  const rows = open.slice(0, mostRows).map(({ item, age }): Cell[] => {
    const action = item.actions.find((each) => each.done === undefined);
    const owner = action?.owner === undefined ? '' : `${titleById(input.model, 'Party', action.owner)}: `;
    return [
      words(at(sourcePlace(input.locator, { entity: item.$key }), titleOf(item))),
      age === undefined ? unknown() : count(age),
      words(item.grade ?? quiet('not graded')),
      words(item.against.map((requirement) => clauseInWords(requirement)).join('; ')),
      words(action === undefined ? quiet('no open action') : `${owner}${action.text}`),
      date(action?.due),
    ];
  });
  const major = open.filter(({ item }) => item.grade === 'major').length;
  const oldest = open.find(({ age }) => age !== undefined)?.age;
  return section(
    'Open nonconformities',
    [
      table([column('Nonconformity'), column('Age', 'number', { unit: 'days' }), column('Grade', 'text', { width: 'narrow' }), column('Against'), column('Next action'), column('Due', 'date')], rows, {
        caption: [`${plural(open.length, 'nonconformity', 'nonconformities')} open, ${major} of them major${oldest === undefined ? '' : `, the oldest for ${plural(oldest, 'day')}`}.${open.length > rows.length ? ` The first ${rows.length} are shown.` : ''}`],
        sortedBy: [{ column: 1, descending: true }],
      }),
    ],
    { anchor: 'nonconformities' },
  );
}

export function waiverSection(input: ReportInput): Block | undefined {
  const waivers = input.model.all('Waiver');
  if (waivers.length === 0) return undefined;
  const rows = waivers.slice(0, mostRows).map((waiver): Cell[] => [
    words(at(sourcePlace(input.locator, { entity: waiver.$key }), clauseInWords(waiver.requirement))),
    date(waiver.until),
    words(waiver.until !== undefined && waiver.until < input.asOf ? strong('expired: the gap counts again') : 'open, accepted until that date'),
    words(waiver.approvedBy === undefined ? quiet('nobody') : titleById(input.model, 'Party', waiver.approvedBy)),
    words(waiver.reason ?? quiet('no reason given')),
  ]);
  return section('Waivers', [table([column('Requirement'), column('Until', 'date'), column('State'), column('Approved by'), column('Reason')], rows)], { anchor: 'waivers' });
}

/** Which clauses the internal audits of the last interval (twelve months) looked at, as counts of catalogue rows. */
export function auditSection(input: ReportInput): Block | undefined {
  const audits = input.model.all('Audit');
  if (audits.length === 0) return undefined;
  const from = addMonths(input.asOf, -input.catalogue.intervalDefaults.internalAuditMonths);
  const held = audits.filter((audit) => audit.held !== undefined && audit.held > from && audit.held <= input.asOf);
  const covers = (rowId: string, audit: (typeof held)[number]): boolean =>
    audit.covers.some((covered) => {
      const id = covered.replace(/^iso20000:/, '');
      return rowId === id || rowId.startsWith(`${id}.`);
    });
  const rows = input.catalogue.clauses
    .filter((clause) => clause.level === 1)
    .map((clause): Row => {
      const demands = input.catalogue.demands.filter((row) => row.clause === clause.clause || row.clause.startsWith(`${clause.clause}.`));
      const audited = demands.filter((row) => held.some((audit) => covers(row.id, audit)));
      const last = held.filter((audit) => demands.some((row) => covers(row.id, audit))).map((audit) => audit.held ?? '').toSorted().at(-1);
      return { cells: [words(strong(clause.clause), ` ${clause.title}`), ratio(audited.length, demands.length), last === undefined ? unknown('not audited') : date(last)] };
    });
  const demands = input.catalogue.demands;
  const covered = demands.filter((row) => held.some((audit) => covers(row.id, audit))).length;
  return section(
    'Audit coverage',
    [{ kind: 'table', columns: [column('Clause'), column('Catalogue rows audited', 'text', { width: 'narrow' }), column('Last', 'text', { width: 'narrow' })], rows, caption: [`${plural(held.length, 'internal audit')} since ${from} covered ${covered} of ${demands.length} catalogue rows.`] }],
    { anchor: 'audits' },
  );
}

/** What certification asks for from the day on, with what follows from a decision that is still to come. */
export function certificationSection(input: ReportInput): Block | undefined {
  const [organization] = input.model.all('Organization');
  const days = input.certification;
  if (days.length === 0 || organization === undefined) return undefined;
  const body = organization.certification?.body;
  const milestone = days.find(({ event }) => event === 'milestone');
  const away = milestone === undefined ? undefined : daysBetween(input.asOf, milestone.on);
  const caption =
    milestone === undefined || away === undefined
      ? 'What rests on a day still to come is projected from it.'
      : `${milestone.what} ${away < 0 ? `was due ${plural(-away, 'day')} ago` : `in ${plural(away, 'day')}`}${body === undefined ? '' : `, by ${body}`}. What follows is projected from that day.`;
  return section(
    'Certification calendar',
    [
      table(
        [column('Date', 'date'), column('Event'), column('Basis')],
        days.map((day): Cell[] => [date(day.on), words(at(sourcePlace(input.locator, day.place), day.what)), words(quiet(day.on < input.asOf ? `${day.basis}; passed` : day.basis))]),
        { caption: [caption] },
      ),
    ],
    { anchor: 'certification' },
  );
}
