/** The service catalogue (8.2.4) for the provider's own people: every service with owner, components, agreements and dependencies. */
import type { Agreement, Dependency } from '../../../language/model/declarations.ts';
import type { Model } from '../../../language/model/model.ts';
import { periodOf } from '../../../language/values/period.ts';
import type { Block, Cell, Document, Inline, Inlines, Row, Section } from '../blocks.ts';
import { at, attention, column, definitions, jump, lead, paragraph, section, table, words as text } from '../block-builders.ts';
import { agreementTypeInWords, levelInWords, serviceStatusInWords } from '../facts/declared-words.ts';
import { titleById, titleOf, titlesById } from '../facts/names.ts';
import { openingHours } from '../facts/opening-hours.ts';
import { agreementsInForce } from '../facts/targets.ts';
import { sourcePlace } from '../parts/places.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';
import { byGroup, described, lists, readableIn, servicesInScope, statusInWords, type CataloguedService } from './catalogued-services.ts';

export const internalCatalogue: ReportDefinition = {
  id: 'service-catalogue-internal',
  title: 'Service catalogue, internal edition',
  description: 'For your own people: every service with owner, components, agreements, what it rests on and what rests on it, and who may read about it.',
  clause: '8.2.4',
  parameters: {},
  build,
};

function build(input: ReportInput): Document {
  const { model, words } = input;
  const catalogues = model.all('ServiceCatalogue');
  const services = servicesInScope(model).map((service) => ({ ...described(service, catalogues.find((catalogue) => lists(catalogue, service))), isListed: catalogues.some((catalogue) => lists(catalogue, service)) }));
  const unlisted = services.filter(({ isListed }) => !isListed).length;
  return reportDocument(input, {
    id: 'service-catalogue-internal',
    title: words.say('Service catalogue'),
    subtitle: words.say('Internal edition – not to be passed on'),
    blocks: [
      lead(services.length === 0 ? words.say('No service is declared.') : `${words.count(services.length, '{0} service in scope.', '{0} services in scope.')}${catalogues.length === 0 || unlisted === 0 ? '' : ` ${words.count(unlisted, '{0} of them is in no catalogue.', '{0} of them are in no catalogue.')}`}`),
      catalogues.length === 0 ? attention(words.say('No service catalogue is declared, so nothing says what customers may read.')) : undefined,
      ...catalogues.map((catalogue) =>
        section(titleOf(catalogue), [
          definitions([
            [words.say('Owner'), [catalogue.owner === undefined ? words.say('not declared') : titleById(model, 'Actor', catalogue.owner)]],
            [words.say('Who reads what'), [catalogue.access ?? words.say('not declared')]],
            [words.say('Published at'), [catalogue.publishedAt === undefined ? words.say('not declared') : `${catalogue.publishedAt}${catalogue.publishedOn === undefined ? '' : `, ${words.dateInWords(catalogue.publishedOn)}`}`]],
            [words.say('Meant for'), [catalogue.audience.length === 0 ? words.say('not declared') : titlesById(model, 'Customer', catalogue.audience)]],
            [words.say('Last review'), [catalogue.review?.last === undefined ? words.say('not declared') : words.dateInWords(catalogue.review.last)]],
          ]),
        ]),
      ),
      services.length === 0 ? undefined : overview(input, services),
      ...byGroup(services).map(({ group, services: members }) => section(group === '' ? words.say('Without a group') : group, members.map((one) => entry(input, one)))),
    ],
  });
}

function anchorOf(service: string): string {
  return `service-${service}`;
}

function overview({ model, words }: ReportInput, services: readonly CataloguedService[]): Section {
  const groups = byGroup(services);
  const rows = groups.flatMap(({ group, services: members }) =>
    members.map(
      ({ service }, index): Row => ({
        ...(index === 0 && groups.length > 1 ? { group: [group === '' ? words.say('Without a group') : group] } : {}),
        cells: [
          text(jump(anchorOf(service.name), titleOf(service))),
          text(service.owner === undefined ? words.say('not declared') : titleById(model, 'Actor', service.owner)),
          text(serviceStatusInWords(words, service.status)),
          text(service.criticality === undefined ? '' : levelInWords(words, service.criticality)),
          text(titlesById(model, 'Customer', service.customers)),
          text(titlesById(model, 'Provider', service.providers)),
        ],
      }),
    ),
  );
  return section(words.say('At a glance'), [{ kind: 'table', columns: [column(words.say('Service')), column(words.say('Owner')), column(words.say('Status'), 'text', { width: 'narrow' }), column(words.say('Criticality'), 'text', { width: 'narrow' }), column(words.say('Customers')), column(words.say('Provided by'))], rows }], { anchor: 'overview' });
}

function entry(input: ReportInput, one: CataloguedService): Section {
  const { model, words, locator } = input;
  const { service, summary, outcomes, dependencies, saysDependencies } = one;
  const undeclared = [
    ...(summary === undefined ? [words.say('what it is')] : []),
    ...(outcomes.length === 0 ? [words.say('what it brings about')] : []),
    ...(saysDependencies ? [] : [words.say('what it rests on')]),
    ...(service.owner === undefined ? [words.say('who owns it')] : []),
  ];
  const optional = (term: string, meaning: string | undefined): (readonly [string, Inlines])[] => (meaning === undefined || meaning === '' ? [] : [[term, [meaning]]]);
  const readers = model.all('Customer').filter(({ name }) => readableIn(model, service, name) !== undefined);
  return section(
    titleOf(service),
    [
      paragraph(at(sourcePlace(locator, { entity: service.$key }), summary ?? titleOf(service))),
      ...(undeclared.length === 0 ? [] : [attention(words.say('Not declared: {0}.', words.list(undeclared)))]),
      definitions([
        ...optional(words.say('What it brings about'), outcomes.join('; ')),
        ...optional(words.say('Owner'), service.owner === undefined ? undefined : titleById(model, 'Actor', service.owner)),
        ...optional(words.say('Status'), statusInWords(input, one)),
        ...optional(words.say('Criticality'), service.criticality === undefined ? undefined : `${levelInWords(words, service.criticality)}${service.criticalityBasis === undefined ? '' : `: ${service.criticalityBasis}`}`),
        ...optional(words.say('Customers'), titlesById(model, 'Customer', service.customers)),
        ...optional(words.say('May read about it'), readers.map(titleOf).join(', ')),
        ...optional(words.say('Users'), [...(service.users === undefined ? [] : [service.users]), ...(service.userCount === undefined ? [] : [words.number(service.userCount)])].join(', ')),
        ...optional(words.say('Provided by'), titlesById(model, 'Provider', service.providers)),
        ...optional(words.say('Operated by'), titlesById(model, 'Provider', service.operators)),
        ...optional(words.say('Sites'), titlesById(model, 'Site', service.sites)),
        ...componentsOf(input, one),
        ...(saysDependencies ? [[words.say('Rests on'), dependencies.length === 0 ? [words.say('nothing')] : restsOn(input, dependencies)] as const] : []),
        ...neededBy(input, one),
        ...optional(words.say('How to ask'), service.requestVia),
      ]),
      ...agreementTable(input, one),
    ],
    { anchor: anchorOf(service.name) },
  );
}

function componentsOf({ model, words }: ReportInput, { service }: CataloguedService): readonly (readonly [string, Inlines])[] {
  const own = service.components.map((component) => {
    const by = [...(component.providers.length === 0 ? [] : [words.say('provided by {0}', titlesById(model, 'Provider', component.providers))]), ...(component.operators.length === 0 ? [] : [words.say('operated by {0}', titlesById(model, 'Provider', component.operators))])];
    return `${titleOf(component)}${by.length === 0 ? '' : ` (${by.join(', ')})`}`;
  });
  const supporting = model.all('ConfigurationItem').filter(({ name, supports }) => supports.includes(service.name) || service.items.includes(name) || service.components.some(({ item }) => item === name));
  return [
    ...(own.length === 0 ? [] : [[words.say('Components'), [own.join('; ')]] as const]),
    ...(supporting.length === 0 ? [] : [[words.say('Configuration items'), [supporting.map(titleOf).join(', ')]] as const]),
  ];
}

function restsOn({ model, words }: ReportInput, dependencies: readonly Dependency[]): Inlines {
  return dependencies.flatMap(({ on, redundant }, index): readonly Inline[] => {
    const names = on.map((id, position): Inlines => [...(position > 0 ? [redundant ? ' / ' : ', '] : []), partName(model, id)]).flat();
    return [...(index > 0 ? ['; '] : []), ...(redundant && on.length > 1 ? words.inlines('one of {0}', names) : names)];
  });
}

function partName(model: Model, id: string): Inline {
  return model.get('Service', id) === undefined ? titleById(model, 'Component', id) : jump(anchorOf(id), titleById(model, 'Service', id));
}

function neededBy({ model, words }: ReportInput, { service }: CataloguedService): readonly (readonly [string, Inlines])[] {
  const users = servicesInScope(model).filter(({ dependencies }) => dependencies.some(({ on }) => on.includes(service.name)));
  if (users.length === 0) return [];
  return [[words.say('Needed by'), users.flatMap((user, index): readonly Inline[] => [...(index > 0 ? [', '] : []), jump(anchorOf(user.name), titleOf(user))])]];
}

/** Agreements in force on the day: with customers, and those beneath. */
function agreementTable(input: ReportInput, { service }: CataloguedService): readonly Block[] {
  const { model, words, asOf, locator } = input;
  const agreements = agreementsInForce(model, periodOf(asOf, 'day')).filter(({ services }) => services.includes(service.name));
  if (agreements.length === 0) return [];
  return [
    table(
      [column(words.say('Agreement')), column(words.say('Kind')), column(words.say('With')), column(words.say('Service hours')), column(words.say('Valid to'), 'date')],
      agreements.map((agreement): Cell[] => [
        text(at(sourcePlace(locator, { entity: agreement.$key }), titleOf(agreement))),
        text(agreementTypeInWords(words, agreement.type)),
        text(otherParty(model, agreement)),
        text(agreement.serviceHours === undefined ? '' : openingHours(words, model, agreement.serviceHours)),
        agreement.validTo === undefined ? { kind: 'unknown', reason: words.say('no end') } : { kind: 'date', value: agreement.validTo },
      ]),
      { density: 'dense', caption: [words.say('Agreements in force on {0}', words.dateInWords(asOf))] },
    ),
  ];
}

function otherParty(model: Model, { customer, supplier, provider }: Agreement): string {
  return titleById(model, 'Party', customer ?? supplier ?? provider ?? '');
}
