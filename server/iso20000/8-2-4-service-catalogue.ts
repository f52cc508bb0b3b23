/** Clause 8.2.4, service catalogue management. */
import type { DeclarationTypes, Dependency } from '../../language/model/declarations.ts';
import { dateOf, intervalAfter, intervalInWords } from '../assessment/dates.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, facts, query, rule, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { listed, named } from '../assessment/wording.ts';
import { isLive, liveServices } from './services-in-scope.ts';

type Catalogue = DeclarationTypes['ServiceCatalogue'];
type Service = DeclarationTypes['Service'];
type Entry = Catalogue['entries'][number];

/** What each catalogue lists and for whom; without what rules on single services need not read. */
const catalogues = query('service catalogues', ({ model }) =>
  model.all('ServiceCatalogue').map(({ name, listsAll, services, entries, audience }) => ({
    name,
    listsAll,
    services: [...new Set([...services, ...entries.map(({ service }) => service)])],
    audience,
    audienceOfEntry: entries.flatMap(({ service, audience: own }) => (own.length > 0 ? [{ service, audience: own }] : [])),
  })),
);

const without = 'No service catalogue is declared.';

const scaffold = {
  title: 'Declare a service catalogue',
  text: 'catalogue ${1:services} "${2:Service catalogue}" {\n  owner ${3:TODO}\n  lists all\n  access "${4:TODO how customers and users reach it}"\n  published at "${5:TODO address}"\n  audience ${6:TODO}\n  review every 12mo\n}',
};

const noCatalogue = system((context) => (context.model.all('ServiceCatalogue').length > 0 ? [] : [shortfall(without, { fixes: declareFixes(context, scaffold) })]));

const isListed = (service: Service, context: RuleContext): boolean => context.read(catalogues).some(({ listsAll, services }) => listsAll || services.includes(service.name));


export const catalogueExists: Rule = rule('8.2.4.1', {
  evidence: 'derived',
  parts: [
    noCatalogue,
    facts('ServiceCatalogue', {
      none: null,
      rows: [
        {
          present: ({ owner }) => isFilledIn(owner),
          message: (catalogue) => `Nobody owns the service catalogue ${named(catalogue)}, so nobody is seen to keep it current.`,
          fix: { title: 'Name an owner', text: 'owner ${1:TODO}' },
        },
      ],
    }),
    each('ServiceCatalogue', { none: null, check: checkReview }),
    each('Service', {
      none: { message: 'No service is declared, so a catalogue has nothing to list.' },
      check: (service, context) => {
        if (context.read(catalogues).length === 0 || !isLive(service, context) || isListed(service, context)) return [];
        const first = context.model.all('ServiceCatalogue')[0];
        return [
          shortfall(`${named(service)} is live, but no service catalogue lists it.`, {
            related: first ? [{ place: placeOf(first), message: `${named(first)} lists other services` }] : [],
            fixes: first ? [addFact(`List it in ${named(first)}`, placeOf(first), `lists ${service.name}`)] : [],
          }),
        ];
      },
    }),
  ],
});

function checkReview(catalogue: Catalogue, context: RuleContext): readonly Remark[] {
  const { asOf } = context;
  const place = placeOf(catalogue, 'review', 'last');
  const last = dateOf(catalogue.review?.last);
  if (last === undefined || last > asOf) {
    const fixes = catalogue.review ? [] : [addFact('Plan its review', placeOf(catalogue), 'review every 12mo')];
    return [shortfall(`No review of the service catalogue ${named(catalogue)} is recorded, so it is unknown whether it is current. Write when it was last reviewed: review every 12mo last DATE.`, { place, axis: 'evidenced', fixes })];
  }
  const planned = context.plannedInterval('8.2.4.1');
  const due = intervalAfter(last, catalogue.review?.every, planned.months);
  if (due === undefined || due >= asOf) return [];
  return [shortfall(`The service catalogue ${named(catalogue)} was last reviewed on ${last}; by its interval (${intervalInWords(catalogue.review, planned)}) a review was due on ${due}.`, { place, axis: 'evidenced' })];
}

export const catalogueContent: Rule = rule('8.2.4.2', {
  parts: [
    noCatalogue,
    each('Service', {
      none: { message: 'No service is declared, so a catalogue has nothing to describe.' },
      check: (service, context) => {
        if (!isLive(service, context) || !isListed(service, context)) return [];
        const entries = entriesOf(service, context);
        const said = entries.map(({ entry }) => entry);
        const missing = [
          ...(isFilledIn(service.summary) || said.some(({ summary }) => isFilledIn(summary)) ? [] : [{ what: 'what it is', text: 'summary "${1:TODO what the service is, in a sentence}"', title: 'Add a summary' }]),
          ...(someFilledIn(service.outcomes) || said.some(({ outcomes }) => someFilledIn(outcomes))
            ? []
            : [{ what: 'what it is meant to bring about', text: 'outcome "${1:TODO what customers achieve with it}"', title: 'Add an outcome' }]),
          ...(service.dependencies.length > 0 || service.noDependencies || said.some((entry) => entry.dependencies.length > 0 || entry.noDependencies)
            ? []
            : [{ what: 'what it depends on', text: 'no dependencies', title: 'State that it depends on nothing' }]),
        ];
        return [
          ...(missing.length === 0
            ? []
            : [
                shortfall(`The catalogue does not say of ${named(service)} ${listed(missing.map(({ what }) => what), 'or')}.`, {
                  fixes: missing.map(({ title, text }) => addFact(title, placeOf(service), text)),
                }),
              ]),
          ...entries.flatMap(({ catalogue, index, entry }) => checkDependencies(service, catalogue, index, entry)),
        ];
      },
    }),
  ],
});

function entriesOf(service: Service, { model }: RuleContext): readonly { catalogue: Catalogue; index: number; entry: Entry }[] {
  const seen = new Set<Catalogue>();
  for (const { entity } of model.referrers('Service', service.name)) if (entity.node.$type === 'ServiceCatalogue') seen.add(entity.node);
  return [...seen].flatMap((catalogue) => catalogue.entries.flatMap((entry, index) => (entry.service === service.name ? [{ catalogue, index, entry }] : [])));
}

/** An entry that states dependencies of its own must agree with the service's; one that states none takes them over. */
function checkDependencies(service: Service, catalogue: Catalogue, index: number, entry: Entry): readonly Remark[] {
  if (entry.dependencies.length === 0 && !entry.noDependencies) return [];
  const own = namesIn(service.dependencies);
  const stated = namesIn(entry.dependencies);
  const onlyHere = [...stated].filter((id) => !own.has(id)).sort();
  const onlyThere = [...own].filter((id) => !stated.has(id)).sort();
  if (onlyHere.length === 0 && onlyThere.length === 0) return [];
  const differences = [
    ...(onlyHere.length > 0 ? [`the catalogue names ${listed(onlyHere)}, the service does not`] : []),
    ...(onlyThere.length > 0 ? [`the service names ${listed(onlyThere)}, the catalogue does not`] : []),
  ];
  return [
    shortfall(`The dependencies of ${named(service)} differ: ${listed(differences)}.`, {
      place: placeOf(catalogue, 'entries', index, entry.dependencies.length > 0 ? 'dependencies' : 'noDependencies'),
      related: [{ place: placeOf(service, 'dependencies'), message: 'What the service depends on' }],
    }),
  ];
}

function namesIn(dependencies: readonly Dependency[]): Set<string> {
  return new Set(dependencies.flatMap(({ on }) => on));
}

export const catalogueAccess: Rule = rule('8.2.4.3', {
  parts: [
    noCatalogue,
    facts('ServiceCatalogue', {
      none: null,
      rows: [
        {
          present: ({ access }) => isFilledIn(access),
          message: (catalogue) => `The service catalogue ${named(catalogue)} does not say how customers, users and others reach the parts meant for them.`,
          fix: { title: 'Say how it is reached', text: 'access "${1:TODO who reaches which part, and how}"' },
        },
        {
          present: ({ publishedAt }) => isFilledIn(publishedAt),
          message: (catalogue) => `The service catalogue ${named(catalogue)} does not say where it is published.`,
          fix: { title: 'Say where it is published', text: 'published at "${1:TODO address}"' },
        },
      ],
    }),
    each('Customer', {
      none: { message: 'No customer is declared, so nobody is named for whom a catalogue is meant.' },
      check: (customer, context) => {
        const known = context.read(catalogues);
        if (known.length === 0) return [];
        const services = context.collected(liveServices, customer.name);
        if (services.length === 0) return [];
        const reaches = known.some((catalogue) =>
          services.some((name) => {
            if (!catalogue.listsAll && !catalogue.services.includes(name)) return false;
            const own = catalogue.audienceOfEntry.filter(({ service }) => service === name);
            return own.length > 0 ? own.some(({ audience }) => audience.includes(customer.name)) : catalogue.audience.includes(customer.name);
          }),
        );
        if (reaches) return [];
        const first = context.model.get('ServiceCatalogue', known[0]?.name);
        return [
          shortfall(`${named(customer)} takes ${services.length === 1 ? named(context.model.get('Service', services[0]) ?? { name: services[0]! }) : `${services.length} services`}, but no service catalogue with one of them names it as audience.`, {
            related: first ? [{ place: placeOf(first, 'audience'), message: `${named(first)} is meant for others` }] : [],
            fixes: first ? [addFact(`Make it an audience of ${named(first)}`, placeOf(first), `audience ${customer.name}`)] : [],
          }),
        ];
      },
    }),
  ],
});


