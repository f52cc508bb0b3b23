/** The service catalogue (8.2.4) as a customer may read it: its own services, what was agreed with it, and nothing of others. */
import type { Customer } from '../../../language/model/declarations.ts';
import { periodOf } from '../../../language/values/period.ts';
import { clockOf } from '../../measurement/target-clock.ts';
import type { Block, Cell, Document, Inlines, Row, Section } from '../blocks.ts';
import { attention, column, definitions, jump, lead, note, paragraph, section, table, words as text } from '../block-builders.ts';
import { serviceStatusInWords } from '../facts/declared-words.ts';
import { titleById, titleOf } from '../facts/names.ts';
import { maintenanceWindows, openingHours } from '../facts/opening-hours.ts';
import { clockInWords, promisedInWords, targetInWords } from '../facts/promises-in-words.ts';
import { targetsInForce } from '../facts/targets.ts';
import { priorityTable } from '../parts/priorities.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';
import { agreementsOf, audience, byGroup, described, isForSomebody, readableIn, servicesInScope, statusInWords, type CataloguedService } from './catalogued-services.ts';

export const serviceCatalogue: ReportDefinition = {
  id: 'service-catalogue',
  title: 'Service catalogue',
  description: 'What a customer may read: its services by group, outcomes, hours, agreed targets, how to ask, and what they rest on. Without a customer: what every customer may read.',
  clause: '8.2.4',
  parameters: { customer: 'each-too' },
  build,
};

function build(input: ReportInput): Document {
  const { model, words } = input;
  const customer = model.get('Customer', input.customer);
  const services = readable(input, customer);
  const delivered = services.filter(({ service }) => service.status !== 'planned');
  const planned = services.filter(({ service }) => service.status === 'planned');
  return reportDocument(input, {
    id: ['service-catalogue', ...(customer === undefined ? [] : [customer.name])].join('-'),
    title: words.say('Service catalogue'),
    subtitle: customer === undefined ? words.say('What every customer may read') : words.say('For {0}', titleOf(customer)),
    blocks: [
      ...opening(input, customer, delivered),
      ...(services.length === 0 ? [] : [overview(input, services)]),
      ...byGroup(delivered).map(({ group, services: members }, index) => section(group !== '' ? group : index === 0 ? words.say('Services') : words.say('Other services'), members.map((one) => entry(input, customer, one, services)))),
      planned.length === 0 ? undefined : section(words.say('Planned services'), planned.map((one) => entry(input, customer, one, services))),
      ...termSections(input, customer, services),
    ],
  });
}

/** What the customer may read, or, without one, what each customer may. */
function readable({ model }: ReportInput, customer: Customer | undefined): readonly CataloguedService[] {
  const readers = customer === undefined ? audience(model) : [customer.name];
  return servicesInScope(model).flatMap((service) => {
    const catalogues = readers.map((reader) => readableIn(model, service, reader));
    const [first] = catalogues;
    return first !== undefined && catalogues.every((catalogue) => catalogue !== undefined) ? [described(service, first)] : [];
  });
}

function opening({ model, words, asOf }: ReportInput, customer: Customer | undefined, delivered: readonly CataloguedService[]): readonly Block[] {
  const catalogues = model.all('ServiceCatalogue').filter((catalogue) => customer === undefined || catalogue.audience.includes(customer.name) || catalogue.entries.some((entry) => entry.audience.includes(customer.name)));
  const [catalogue] = catalogues;
  if (catalogue === undefined) return [attention(model.all('ServiceCatalogue').length === 0 ? words.say('No service catalogue is declared, so nothing says what customers may read.') : words.say('No service catalogue is declared as meant for this customer.'))];
  if (audience(model).length === 0) return [attention(words.say('No service catalogue says for whom it is meant, so nothing says what customers may read.'))];
  const facts: (readonly [string, Inlines])[] = [
    ...(catalogue.access === undefined ? [] : [[words.say('Who reads what'), [catalogue.access]] as const]),
    ...(catalogue.publishedAt === undefined ? [] : [[words.say('Published at'), publishedAt(catalogue.publishedAt)] as const]),
    ...(customer?.relationshipManager === undefined ? [] : [[words.say('Your relationship manager'), [titleById(model, 'Actor', customer.relationshipManager)]] as const]),
    ...(customer?.escalationContact === undefined ? [] : [[words.say('For escalations'), [customer.escalationContact]] as const]),
  ];
  const groups = byGroup(delivered).length;
  return [
    lead(
      delivered.length === 0
        ? words.say('No service that is delivered may be read here.')
        : customer === undefined
          ? words.count(delivered.length, '{0} service is for every customer. What is delivered to some alone, and what was agreed, stands in their own catalogues.', '{0} services are for every customer. What is delivered to some alone, and what was agreed, stands in their own catalogues.')
          : groups === 1
            ? words.count(delivered.length, '{0} service is delivered to {1}, as of {2}.', '{0} services are delivered to {1}, as of {2}.', titleOf(customer), words.dateInWords(asOf))
            : words.say('{0} services in {1} groups are delivered to {2}, as of {3}.', delivered.length, groups, titleOf(customer), words.dateInWords(asOf)),
    ),
    ...(facts.length === 0 ? [] : [definitions(facts)]),
  ];
}

/** An address of the web is a link, anything else a text. */
function publishedAt(address: string): Inlines {
  return /^https?:\/\/\S+$/.test(address) ? [{ kind: 'link', url: address, content: [address] }] : [address];
}

function overview({ words }: ReportInput, services: readonly CataloguedService[]): Block {
  const groups = byGroup(services);
  const rows = groups.flatMap(({ group, services: members }) =>
    members.map(
      ({ service, summary }, index): Row => ({
        ...(index === 0 && groups.length > 1 ? { group: [group === '' ? words.say('Other services') : group] } : {}),
        cells: [text(jump(anchorOf(service.name), titleOf(service))), text(summary ?? ''), text(serviceStatusInWords(words, service.status)), text(service.requestVia ?? '')],
      }),
    ),
  );
  const hasStatus = services.some(({ service }) => service.status !== undefined && service.status !== 'live');
  const keep = (_: unknown, index: number): boolean => hasStatus || index !== 2;
  const columns = [column(words.say('Service')), column(words.say('What it is'), 'text', { width: 'wide' }), column(words.say('Status'), 'text', { width: 'narrow' }), column(words.say('How to ask'))].filter(keep);
  return section(words.say('At a glance'), [{ kind: 'table', columns, rows: rows.map((row) => ({ ...row, cells: row.cells.filter(keep) })) }], { anchor: 'overview' });
}

function anchorOf(service: string): string {
  return `service-${service}`;
}

function entry(input: ReportInput, customer: Customer | undefined, one: CataloguedService, readableServices: readonly CataloguedService[]): Section {
  const { model, words } = input;
  const { service, summary, outcomes } = one;
  const agreements = customer === undefined ? [] : agreementsOf(input, service, customer.name);
  const facts: (readonly [string, Inlines])[] = [
    ...(outcomes.length === 0 ? [] : [[words.say('What it brings about'), [outcomes.join('; ')]] as const]),
    ...(service.status === undefined || service.status === 'live' ? [] : [[words.say('Status'), [statusInWords(input, one)]] as const]),
    ...(service.users === undefined ? [] : [[words.say('Users'), [service.users]] as const]),
    ...hoursOf(input, agreements.map(({ serviceHours }) => serviceHours), words.say('Service hours')),
    ...hoursOf(input, agreements.map(({ supportHours }) => supportHours), words.say('Support hours')),
    ...maintenanceOf(input, agreements.flatMap(({ serviceHours }) => serviceHours ?? [])),
    ...(service.requestVia === undefined ? [] : [[words.say('How to ask'), [service.requestVia]] as const]),
    ...restsOn(input, one, readableServices),
    ...(agreements.length === 0 ? [] : [[words.say('Agreed in'), [agreements.map((agreement) => (agreement.validTo === undefined ? titleOf(agreement) : words.say('{0}, valid to {1}', titleOf(agreement), words.dateInWords(agreement.validTo)))).join('; ')]] as const]),
  ];
  const day = periodOf(input.asOf, 'day');
  const targets = agreements.flatMap((agreement) => targetsInForce(agreement, day).map(({ target }) => ({ agreement, target })));
  return section(
    titleOf(service),
    [
      ...(summary === undefined ? [] : [paragraph(summary)]),
      definitions(facts),
      ...(targets.length === 0
        ? []
        : [
            table(
              [column(words.say('Target')), column(words.say('Promised')), column(words.say('Hours that count'))],
              targets.map(({ agreement, target }): Cell[] => [text(targetInWords(words, model, target)), text(promisedInWords(words, target)), text(target.metric === undefined ? clockInWords(words, model, target, agreement) : '')]),
              { density: 'dense', caption: [words.say('What is promised for {0}', titleOf(service))] },
            ),
          ]),
      ...(customer !== undefined && agreements.length === 0 && service.status !== 'planned' ? [note(words.say('No agreement on this service is in force on this day.'))] : []),
    ],
    { anchor: anchorOf(service.name), together: true },
  );
}

function hoursOf({ words, model }: ReportInput, calendars: readonly (string | undefined)[], term: string): readonly (readonly [string, Inlines])[] {
  const known = [...new Set(calendars.filter((calendar) => calendar !== undefined))];
  return known.length === 0 ? [] : [[term, [known.map((calendar) => openingHours(words, model, calendar)).join('; ')]]];
}

function maintenanceOf({ words, model }: ReportInput, calendars: readonly string[]): readonly (readonly [string, Inlines])[] {
  const windows = [...new Set(calendars.flatMap((calendar) => maintenanceWindows(words, model, calendar)))];
  return windows.length === 0 ? [] : [[words.say('Announced maintenance'), [windows.join('; ')]]];
}

/** What a service rests on. A service that is delivered to other customers is theirs, and counted only. */
function restsOn({ words, model }: ReportInput, { dependencies, saysDependencies }: CataloguedService, readableServices: readonly CataloguedService[]): readonly (readonly [string, Inlines])[] {
  if (!saysDependencies) return [];
  const readableNames = new Set(readableServices.map(({ service }) => service.name));
  let others = 0;
  const parts = dependencies.flatMap(({ on, redundant }) => {
    const services = on.flatMap((id) => model.get('Service', id) ?? []);
    const shown = services.filter((service) => readableNames.has(service.name) || !isForSomebody(model, service));
    others += services.length - shown.length;
    if (shown.length === 0) return [];
    const names = shown.map(titleOf);
    return redundant && names.length > 1 ? [words.say('one of {0}', names.join(' / '))] : names;
  });
  const hidden = others === 0 ? [] : [words.count(others, '{0} more service', '{0} more services')];
  const all = [...parts, ...hidden];
  return [[words.say('Rests on'), [all.length === 0 ? words.say('no other service') : all.join('; ')]]];
}

/** What the names of hours and priorities in the tables mean. */
function termSections(input: ReportInput, customer: Customer | undefined, services: readonly CataloguedService[]): readonly Block[] {
  if (customer === undefined) return [];
  const { words, model } = input;
  const day = periodOf(input.asOf, 'day');
  const promised = services.flatMap(({ service }) => agreementsOf(input, service, customer.name)).flatMap((agreement) => targetsInForce(agreement, day).map(({ target }) => ({ agreement, target })));
  const clocks = [...new Set(promised.flatMap(({ agreement, target }) => (target.metric === undefined ? (clockOf(target, agreement) ?? []) : [])))];
  const priorities = priorityTable(words, model, new Set(promised.flatMap(({ target }) => target.priorities)));
  return [
    ...(clocks.length === 0 ? [] : [section(words.say('Hours that count'), [definitions(clocks.map((clock) => [titleById(model, 'Calendar', clock), [openingHours(words, model, clock)]] as const))], { anchor: 'hours' })]),
    ...(priorities === undefined ? [] : [section(words.say('Priorities'), [priorities], { anchor: 'priorities' })]),
  ];
}
