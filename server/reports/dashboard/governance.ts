/** Nonconformities by age, waivers, audits and the certification calendar. */
import { addMonths, daysBetween, isDate } from '../../../language/values/date.ts';
import type { DeclarationTypes } from '../../../language/model/declarations.ts';
import type { Block, Cell, Row } from '../blocks.ts';
import { at, column, count, date, quiet, ratio, section, strong, table, unknown, words as text } from '../block-builders.ts';
import { clauseInWords, titleById, titleOf } from '../facts/names.ts';
import { gradeInWords } from '../facts/declared-words.ts';
import { eventInWords } from '../facts/day-words.ts';
import { sourcePlace } from '../parts/places.ts';
import type { ReportInput } from '../report.ts';
import type { Words } from '../words/words.ts';

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
  const { words } = input;
  const open = openNonconformities(input);
  if (open.length === 0) return undefined;
  const rows = open.slice(0, mostRows).map(({ item, age }): Cell[] => {
    const action = item.actions.find((each) => each.done === undefined);
    const owner = action?.owner === undefined ? '' : `${titleById(input.model, 'Party', action.owner)}: `;
    return [
      text(at(sourcePlace(input.locator, { entity: item.$key }), titleOf(item))),
      age === undefined ? unknown() : count(age),
      text(item.grade === undefined ? quiet(words.say('not graded')) : gradeInWords(words, item.grade)),
      text(item.against.map((requirement) => clauseInWords(requirement, words)).join('; ')),
      text(action === undefined ? quiet(words.say('no open action')) : `${owner}${action.text}`),
      date(action?.due),
    ];
  });
  const major = open.filter(({ item }) => item.grade === 'major').length;
  const oldest = open.find(({ age }) => age !== undefined)?.age;
  return section(
    words.say('Open nonconformities'),
    [
      table([column(words.say('Nonconformity')), column(words.say('Age'), 'number', { unit: words.say('days') }), column(words.say('Grade'), 'text', { width: 'narrow' }), column(words.say('Against')), column(words.say('Next action')), column(words.say('Due'), 'date')], rows, {
        caption: [openInWords(words, open.length, major, oldest), ...(open.length > rows.length ? [' ', words.say('The first {0} are shown.', rows.length)] : [])],
        sortedBy: [{ column: 1, descending: true }],
      }),
    ],
    { anchor: 'nonconformities' },
  );
}

export function waiverSection(input: ReportInput): Block | undefined {
  const { words } = input;
  const waivers = input.model.all('Waiver');
  if (waivers.length === 0) return undefined;
  const rows = waivers.slice(0, mostRows).map((waiver): Cell[] => [
    text(at(sourcePlace(input.locator, { entity: waiver.$key }), clauseInWords(waiver.requirement, words))),
    date(waiver.until),
    text(waiver.until !== undefined && waiver.until < input.asOf ? strong(words.say('expired: the gap counts again')) : words.say('open, accepted until that date')),
    text(waiver.approvedBy === undefined ? quiet(words.say('nobody')) : titleById(input.model, 'Party', waiver.approvedBy)),
    text(waiver.reason ?? quiet(words.say('no reason given'))),
  ]);
  return section(words.say('Waivers'), [table([column(words.say('Requirement')), column(words.say('Until'), 'date'), column(words.say('State')), column(words.say('Approved by')), column(words.say('Reason'))], rows)], { anchor: 'waivers' });
}

/** Which clauses the internal audits of the last interval (twelve months) looked at, as counts of catalogue rows. */
export function auditSection(input: ReportInput): Block | undefined {
  const { words } = input;
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
      return { cells: [text(strong(clause.clause), ` ${clause.title}`), ratio(audited.length, demands.length), last === undefined ? unknown(words.say('not audited')) : date(last)] };
    });
  const demands = input.catalogue.demands;
  const covered = demands.filter((row) => held.some((audit) => covers(row.id, audit))).length;
  return section(
    words.say('Audit coverage'),
    [{ kind: 'table', columns: [column(words.say('Clause')), column(words.say('Catalogue rows audited'), 'text', { width: 'narrow' }), column(words.say('Last'), 'text', { width: 'narrow' })], rows, caption: [words.count(held.length, '{0} internal audit since {1} covered {2} of {3} catalogue rows.', '{0} internal audits since {1} covered {2} of {3} catalogue rows.', words.date(from), covered, demands.length)] }],
    { anchor: 'audits' },
  );
}

/** What certification asks for from the day on, with what follows from a decision that is still to come. */
export function certificationSection(input: ReportInput): Block | undefined {
  const [organization] = input.model.all('Organization');
  const { words } = input;
  const days = input.certification;
  if (days.length === 0 || organization === undefined) return undefined;
  const body = organization.certification?.body;
  const milestone = days.find(({ event }) => event === 'milestone');
  const away = milestone === undefined ? undefined : daysBetween(input.asOf, milestone.on);
  const caption =
    milestone === undefined || away === undefined
      ? words.say('What rests on a day still to come is projected from it.')
      : [away < 0 ? words.count(-away, '{1} was due {0} day ago', '{1} was due {0} days ago', eventInWords(words, milestone.what)) : words.count(away, '{1} in {0} day', '{1} in {0} days', eventInWords(words, milestone.what)), ...(body === undefined ? [] : [words.say(', by {0}', body)]), words.say('. What follows is projected from that day.')].join('');
  return section(
    words.say('Certification calendar'),
    [
      table(
        [column(words.say('Date'), 'date'), column(words.say('Event')), column(words.say('Basis'))],
        days.map((day): Cell[] => [date(day.on), text(at(sourcePlace(input.locator, day.place), eventInWords(words, day.what))), text(quiet(day.on < input.asOf ? words.say('{0}; passed', eventInWords(words, day.basis)) : eventInWords(words, day.basis)))]),
        { caption: [caption] },
      ),
    ],
    { anchor: 'certification' },
  );
}

function openInWords(words: Words, open: number, major: number, oldest: number | undefined): string {
  const said = words.count(open, '{0} nonconformity open, {1} of them major', '{0} nonconformities open, {1} of them major', major);
  return oldest === undefined ? `${said}.` : words.count(oldest, '{1}, the oldest for {0} day.', '{1}, the oldest for {0} days.', said);
}
