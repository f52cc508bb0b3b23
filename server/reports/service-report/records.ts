/** Outages and major incidents: single records, told without the names of those who worked on them. */
import { parseInstant } from '../../../language/values/instant.ts';
import { endOfDate, startOfDate, timeZone } from '../../../language/values/time-zone.ts';
import { addDays, partsOfDate } from '../../../language/values/date.ts';
import type { IsoDate } from '../../../language/values/date.ts';
import { isProblem } from '../../../language/values/problem.ts';
import type { ListedRecord } from '../../measurement/figure.ts';
import type { Block, Cell } from '../blocks.ts';
import { code, column, decimal, paragraph, section, table, unknown, words as text } from '../block-builders.ts';
import { availabilityTimeline } from '../charts/availability-timeline.ts';
import { titleById } from '../facts/names.ts';
import { secondsText } from '../facts/quantities.ts';
import type { Words } from '../words/words.ts';
import type { ServiceReportContext } from './service-report.ts';

/** The time zone of the first agreement's service or support hours: its days are the customer's days. */
function zoneOf({ input, agreements }: ServiceReportContext): string {
  for (const agreement of agreements) {
    for (const id of [agreement.serviceHours, agreement.supportHours]) {
      const zone = input.model.get('Calendar', id)?.timeZone;
      if (zone !== undefined && !isProblem(timeZone(zone))) return zone;
    }
  }
  return 'UTC';
}

interface Span {
  readonly from: number;
  readonly until: number;
}

function periodSpan(context: ServiceReportContext): Span & { readonly zone: string } {
  const zone = zoneOf(context);
  const known = timeZone(zone);
  if (isProblem(known)) return { from: Date.parse(`${context.input.period.firstDay}T00:00Z`) / 1000, until: Date.parse(`${addDays(context.input.period.lastDay, 1)}T00:00Z`) / 1000, zone: 'UTC' };
  return { from: startOfDate(known, context.input.period.firstDay), until: endOfDate(known, context.input.period.lastDay), zone };
}

/** `7 Oct`, `7. Okt` */
function dayInWords(date: IsoDate, words: Words): string {
  const { month, day } = partsOfDate(date);
  return words.say('{0} {1}', day, words.monthShort(month));
}

/** An instant as date and time of day in a zone; text that is none as it is. */
function localTime(words: Words, zone: string, text: string | undefined): string {
  const instant = parseInstant(text ?? '');
  const known = timeZone(zone);
  if (instant === undefined || isProblem(known)) return text ?? '';
  const local = new Date((instant + known.offsetAt(instant)) * 1000).toISOString();
  return `${words.date(local.slice(0, 10))} ${local.slice(11, 16)}`;
}

function isTrue(text: string | undefined): boolean {
  return text !== undefined && /^(?:true|yes|1)$/i.test(text.trim());
}

interface OutageLine extends Span {
  readonly record: ListedRecord;
  readonly service: string;
  readonly ongoing: boolean;
}

function outages(context: ServiceReportContext, span: Span): readonly OutageLine[] {
  return (context.input.measurements?.records ?? [])
    .filter((record) => record.recordKind === 'outage' && context.services.includes(record.fields['service'] ?? ''))
    .flatMap((record): OutageLine[] => {
      const from = parseInstant(record.fields['started'] ?? '');
      if (from === undefined) return [];
      const ended = parseInstant(record.fields['ended'] ?? '');
      const until = ended ?? span.until;
      return until <= span.from || from >= span.until ? [] : [{ record, service: record.fields['service'] ?? '', from, until, ongoing: ended === undefined }];
    })
    .toSorted((a, b) => a.from - b.from);
}

export function availabilitySection(context: ServiceReportContext): Block | undefined {
  const promised = [...new Set(context.lines.filter((line) => line.promise.basis === 'time').flatMap((line) => line.promise.agreement.services))];
  if (promised.length === 0 || !(context.input.measurements?.sources ?? []).some((source) => source.recordKind === 'outage')) return undefined;
  const { words } = context.input;
  const span = periodSpan(context);
  const listed = outages(context, span).filter((outage) => promised.includes(outage.service));
  const unplanned = listed.filter((outage) => !isTrue(outage.record.fields['planned']));
  const length = span.until - span.from;
  const clipped = (outage: OutageLine): number => Math.min(outage.until, span.until) - Math.max(outage.from, span.from);
  const total = unplanned.reduce((sum, outage) => sum + clipped(outage), 0);
  const heading = words.say('Availability');
  if (listed.length === 0) return section(heading, [paragraph(words.say('No outage of {0} was recorded in the period.', promised.map((id) => titleById(context.input.model, 'Service', id)).join(', ')))], { anchor: 'availability' });
  const days = Math.round(length / 86_400);
  const ticks = days <= 31 ? [0, 7, 14, 21, 28].filter((day) => day < days).map((day) => ({ label: dayInWords(addDays(context.input.period.firstDay, day), words), position: day / days })) : [0, 0.25, 0.5, 0.75].map((position) => ({ label: words.date(addDays(context.input.period.firstDay, Math.round(position * days))), position }));
  return section(
    heading,
    [
      {
        kind: 'figure',
        caption: [outagesInWords(words, unplanned.length, secondsText(words, total), listed.length - unplanned.length)],
        alternative: words.count(listed.length, 'Timeline of the period, one lane per service, with {0} outage; it is listed in the table below.', 'Timeline of the period, one lane per service, with {0} outages; they are listed in the table below.'),
        drawing: availabilityTimeline({
          lanes: promised.map((id) => ({
            label: titleById(context.input.model, 'Service', id),
            outages: listed
              .filter((outage) => outage.service === id)
              .map((outage) => ({ from: Math.max(0, (outage.from - span.from) / length), until: Math.min(1, (outage.until - span.from) / length), excluded: isTrue(outage.record.fields['planned']) })),
          })),
          ticks,
        }),
        table: table(
          [column(words.say('Record'), 'text', { width: 'narrow' }), column(words.say('Service')), column(words.say('Began ({0})', span.zone)), column(words.say('Length'), 'number', { unit: 'min' }), column(words.say('Planned'), 'text', { width: 'narrow' }), column(words.say('Cause'))],
          listed.map((outage): Cell[] => [
            text(code(outage.record.key)),
            text(titleById(context.input.model, 'Service', outage.service)),
            text(localTime(words, span.zone, outage.record.fields['started'])),
            decimal(String(Math.floor(clipped(outage) / 6) / 10)),
            text(isTrue(outage.record.fields['planned']) ? words.say('yes') : words.say('no')),
            outage.record.fields['cause'] === undefined || outage.record.fields['cause'] === '' ? unknown(words.say('not recorded')) : text(outage.record.fields['cause'], ...(outage.ongoing ? [` (${words.say('not over')})`] : [])),
          ]),
          { density: 'dense' },
        ),
      },
    ],
    { anchor: 'availability' },
  );
}

/**
 * Whether a record may be shown to the customer: it names this customer, or it names none and its service is nobody
 * else's. Without a customer (the internal edition) every record of the services may.
 */
function concerns(context: ServiceReportContext, record: ListedRecord): boolean {
  const service = record.fields['service'] ?? '';
  if (!context.services.includes(service)) return false;
  if (context.customer === undefined) return true;
  const customer = record.fields['customer'];
  if (customer !== undefined && customer !== '') return customer === context.customer.name;
  const others = context.input.model.get('Service', service)?.customers ?? [];
  return others.every((other) => other === context.customer?.name);
}

export function majorIncidentSection(context: ServiceReportContext): Block | undefined {
  const source = (context.input.measurements?.sources ?? []).filter((summary) => summary.recordKind === 'incident' && summary.fields.includes('major'));
  if (source.length === 0) return undefined;
  const { words } = context.input;
  const span = periodSpan(context);
  const listed = (context.input.measurements?.records ?? [])
    .filter((record) => record.recordKind === 'incident' && isTrue(record.fields['major']) && concerns(context, record))
    .filter((record) => {
      const opened = parseInstant(record.fields['opened'] ?? '');
      return opened !== undefined && opened >= span.from && opened < span.until;
    });
  if (listed.length === 0) return section(words.say('Major incidents'), [paragraph(words.say('No major incident was recorded in the period.'))], { anchor: 'major-incidents' });
  return section(
    words.say('Major incidents'),
    [
      table(
        [column(words.say('Record'), 'text', { width: 'narrow' }), column(words.say('Service')), column(words.say('Opened ({0})', span.zone)), column(words.say('Restored')), column(words.say('Cause')), column(words.say('Outcome of the review'))],
        listed.map((record): Cell[] => [
          text(code(record.key)),
          text(titleById(context.input.model, 'Service', record.fields['service'] ?? '')),
          text(localTime(words, span.zone, record.fields['opened'])),
          given(localTime(words, span.zone, record.fields['restored']), words.say('not yet')),
          given(record.fields['cause'], words.say('not recorded')),
          given(record.fields['major-review-outcome'], record.fields['major-reviewed'] === undefined ? words.say('not reviewed yet') : words.say('not recorded')),
        ]),
        { caption: [words.count(listed.length, '{0} major incident in the period.', '{0} major incidents in the period.')] },
      ),
    ],
    { anchor: 'major-incidents' },
  );
}

function given(said: string | undefined, otherwise: string): Cell {
  return said === undefined || said === '' ? unknown(otherwise) : text(said);
}

function outagesInWords(words: Words, unplanned: number, total: string, planned: number): string {
  if (planned === 0) return words.count(unplanned, '{0} unplanned outage, {1} in all.', '{0} unplanned outages, {1} in all.', total);
  return words.count(unplanned, '{0} unplanned outage, {1} in all; {2} planned.', '{0} unplanned outages, {1} in all; {2} planned.', total, planned);
}
