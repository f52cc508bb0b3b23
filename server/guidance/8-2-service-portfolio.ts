/** Recommendations for clause 8.2, service portfolio. */
import type { Agreement, DeclarationTypes } from '../../language/model/declarations.ts';
import { addDays, addMonths } from '../../language/values/date.ts';
import { dateOf, latestOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { checkMapped } from '../assessment/records.ts';
import { addDeclaration, addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, recommended, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { counted, listed, named } from '../assessment/wording.ts';
import { hasEnded, slasOf } from '../iso20000/agreements.ts';
import { partsOutsourced } from '../iso20000/other-parties.ts';
import { isDelivered, isInScope, isLive } from '../iso20000/services-in-scope.ts';
import { fullAgreementsWith } from '../iso20000/suppliers.ts';
import { mentions } from './mentions.ts';
import { says } from './says.ts';

type FlowNode = DeclarationTypes['Process']['nodes'][number];

/** Releases stand in records: whether they can be put on a calendar is told by the source's mapping. */
export const operationsCalendar: Rule = recommended('G.8.2.1.1', {
  parts: [
    each('Source', {
      where: ({ recordKind }) => recordKind === 'release',
      none: null,
      check: (source) => {
        if (checkMapped(source, ['planned'], { row: 'G.8.2.1.1', plural: 'releases' }).missing.length === 0) return [];
        return [shortfall(`The source ${named(source)} does not say when releases are planned, so they stand on no calendar beside tests and audits: map planned.`, { place: placeOf(source), fixes: [addFact('Map “planned”', placeOf(source), 'map planned = "${1:TODO column}"')] })];
      },
    }),
    each('ContinuityTest', { none: null, check: (test) => checkPlanned(test, test.performed, 'The continuity test') }),
    each('Audit', { none: null, check: (audit) => checkPlanned(audit, audit.held, 'The audit') }),
  ],
});

/** What is still to take place has a day; what took place stands on the calendar by that. */
function checkPlanned(subject: Parameters<typeof named>[0] & Parameters<typeof placeOf>[0] & { readonly planned?: string | undefined }, held: string | undefined, kind: string): readonly Remark[] {
  if (dateOf(subject.planned) !== undefined || dateOf(held) !== undefined) return [];
  return [shortfall(`${kind} ${named(subject)} stands on no calendar beside releases and reviews: say when it is planned.`, { place: placeOf(subject), fixes: [addFact('Say when it is planned', placeOf(subject), 'planned ${1:0000-00-00}')] })];
}

/** With fewer services, one may be neither new nor on its way out for years. */
const portfolioSize = 5;

export const portfolio: Rule = recommended('G.8.2.2.1', {
  parts: [
    each('Service', {
      where: ({ status }) => status === undefined,
      none: null,
      check: (service) => [shortfall(`The service ${named(service)} does not say where it is in its life: status planned, live, retiring or retired.`, { place: placeOf(service), fixes: [addFact('Say that it is live', placeOf(service), 'status live')] })],
    }),
    system(({ model }) => {
      const services = model.all('Service');
      if (services.length < portfolioSize || services.some(({ status }) => status !== undefined && status !== 'live')) return [];
      return [shortfall(`All ${services.length} services are live. Keep in the portfolio, too, what is planned and what is retired.`)];
    }),
  ],
});

/** A year, in a text that says when something was. */
const year = /\b20\d{2}\b/;

export const confirmedCriticality: Rule = recommended('G.8.2.2.2', {
  parts: [
    each('Service', {
      where: ({ criticality, customers }) => criticality !== undefined && customers.length > 0,
      none: null,
      check: (service, context) => {
        const { criticality, criticalityBasis: basis, customers } = service;
        if (!isInScope(service, context)) return [];
        const place = placeOf(service, 'criticality');
        if (!isFilledIn(basis)) {
          return [
            shortfall(`Nothing says that a customer confirmed that ${named(service)} is of ${criticality} criticality: criticality ${criticality} because "…".`, {
              place,
              fixes: basis === undefined ? [{ title: 'Say who confirmed it and when', edits: [{ kind: 'replace', place, text: `${criticality} because "\${1:TODO which customer confirmed it, and when}"` }] }] : [],
            }),
          ];
        }
        const names = customers.flatMap((id) => [id, context.model.get('Customer', id)?.title]);
        const namesCustomer = mentions([basis], [...names, 'customer', 'customers']);
        const missing = [...(namesCustomer ? [] : ['which customer confirmed it']), ...(year.test(basis) ? [] : ['when it was confirmed'])];
        return missing.length === 0 ? [] : [shortfall(`The reason for the criticality of ${named(service)} does not say ${listed(missing, 'or')}.`, { place: placeOf(service, 'criticalityBasis') })];
      },
    }),
  ],
});

function dutiesOf(node: FlowNode): { readonly does: readonly string[]; readonly answers: readonly string[] } | undefined {
  return node.$type === 'Step' || node.$type === 'Decision' ? { does: node.responsible.filter(isFilledIn), answers: node.accountable.filter(isFilledIn) } : undefined;
}

export const oneMatrix: Rule = recommended('G.8.2.3.1.1', {
  parts: [
    each('Process', {
      none: null,
      check: (process, context) => {
        const outsourced = partsOutsourced(process, context);
        if (outsourced.length === 0) return [];
        const duties = process.nodes.map(dutiesOf);
        const marked = duties.flatMap((duty) => (duty ? [...duty.does, ...duty.answers] : []));
        return [
          ...outsourced.flatMap(({ supplier, place }): Remark[] =>
            marked.includes(supplier.name)
              ? []
              : [
                  shortfall(`${named(supplier)} operates ${named(process)} or a part of it, and no step says what it does (R) or answers for (A).`, {
                    place,
                    fixes: process.nodes.length > 0 ? [] : [addFact('Say what it does', placeOf(process), `step \${1:work} "\${2:TODO what it does}" R ${supplier.name} A \${3:TODO} -> end`)],
                  }),
                ],
          ),
          ...process.nodes.flatMap((node, index): Remark[] => {
            const duty = duties[index];
            const missing = duty ? [...(duty.does.length > 0 ? [] : ['who does it (R)']), ...(duty.answers.length > 0 ? [] : ['who answers for it (A)'])] : [];
            return missing.length === 0 ? [] : [shortfall(`The step ${named(node)} does not say ${listed(missing, 'or')}, though other parties take part in ${named(process)}.`, { place: placeOf(process, 'nodes', index, 'name') })];
          }),
        ];
      },
    }),
  ],
});

/** Text of an agreement that a control or a right may stand in. */
const termsOf = ({ obligations, duties, authorities, scope, activities, interfaces }: Agreement): readonly (string | undefined)[] => [...obligations, ...duties, ...activities, ...interfaces, authorities, scope];

export const rightToAudit: Rule = recommended('G.8.2.3.2.1', {
  parts: [
    each('Supplier', {
      none: null,
      check: (supplier, context) => {
        const operates = supplier.operates.length > 0 || context.model.referrers('Supplier', supplier.name).some(({ entity: { node } }) => node.$type === 'Process' && node.operators.includes(supplier.name));
        const agreements = fullAgreementsWith(supplier.name, context, (agreement) => !hasEnded(agreement, context.asOf));
        const [first] = agreements;
        if (!operates || !first || agreements.some((agreement) => says(termsOf(agreement), /\baudit|\binspect/i))) return [];
        return [
          shortfall(`${named(supplier)} operates a process, and ${agreements.length === 1 ? `${named(first)} gives` : 'no agreement gives'} no right to see the records of the process and to audit it.`, {
            place: placeOf(first),
            fixes: [addFact('State the right', placeOf(first), 'obligation "${1:TODO the right to see records of the process and to audit it}"')],
          }),
        ];
      },
    }),
  ],
});

/** What catalogues list, so that rules of single services need not read catalogues. */
const listedServices = query('services that a catalogue lists', ({ model }) => ({
  all: model.all('ServiceCatalogue').some(({ listsAll }) => listsAll),
  ids: [...new Set(model.all('ServiceCatalogue').flatMap(({ services, entries }) => [...services, ...entries.map(({ service }) => service)]))].sort(),
  words: model.all('ServiceCatalogue').flatMap(({ entries }) => entries.map(({ service, summary, outcomes }) => ({ service, texts: [...(summary === undefined ? [] : [summary]), ...outcomes] }))),
}));

/** What a catalogue offers is what its entry, the service and the agreement on it say. */
export const catalogueTellsAll: Rule = recommended('G.8.2.4.1', {
  parts: [
    each('Service', {
      none: null,
      check: (service, context) => {
        const known = context.read(listedServices);
        if (!isLive(service, context) || !isDelivered(service, context) || !(known.all || known.ids.includes(service.name))) return [];
        const slas = slasOf(service, context).filter((sla) => !hasEnded(sla, context.asOf));
        const texts = [service.summary, ...service.outcomes, ...known.words.filter((entry) => entry.service === service.name).flatMap((entry) => entry.texts), ...slas.flatMap(termsOf)];
        const [sla] = slas;
        const inSla = (title: string, line: string) => (sla ? [addFact(`${title} in ${named(sla)}`, placeOf(sla), line)] : []);
        const missing = [
          { what: 'its hours', said: slas.some(({ serviceHours, supportHours }) => isFilledIn(serviceHours) || isFilledIn(supportHours)) || says(texts, /\bhours?\b|\b24\s*[x/×]\s*7\b|round the clock/i), fixes: inSla('State its hours', 'service hours ${1:TODO}') },
          { what: 'its targets', said: slas.some(({ targets }) => targets.length > 0) || says(texts, /\btargets?\b|\d\s*%/i), fixes: [] },
          { what: 'whom to turn to', said: isFilledIn(service.requestVia) || says(texts, /\bcontact|\bdesk\b|\bphone\b|@/i), fixes: [addFact('Say whom to turn to', placeOf(service), 'request via "${1:TODO address, number or portal}"')] },
          { what: 'its exceptions', said: slas.some(({ exceptions, noExceptions }) => exceptions.length > 0 || noExceptions) || says(texts, /\bexcept|\bexclu|\bnot include/i), fixes: inSla('Say that there are no exceptions', 'no exceptions') },
          { what: 'how it is secured', said: slas.some(({ agreedControls }) => agreedControls.length > 0) || says(texts, /\bsecur|\bconfidential|\bencrypt/i), fixes: inSla('State how it is secured', 'obligation "${1:TODO how information is secured}"') },
        ].filter(({ said }) => !said);
        if (missing.length === 0) return [];
        return [shortfall(`The catalogue does not tell customers of ${named(service)} ${listed(missing.map(({ what }) => what), 'or')}.`, { place: placeOf(service), fixes: missing.flatMap(({ fixes }) => fixes) })];
      },
    }),
  ],
});

export const viewsOfCatalogue: Rule = recommended('G.8.2.4.2', {
  parts: [
    system(({ model }) => {
      const catalogues = model.all('ServiceCatalogue');
      const [first] = catalogues;
      if (!first || catalogues.filter(({ owner }) => isFilledIn(owner)).length > 1) return [];
      const audiences = new Set([...first.audience, ...first.entries.flatMap(({ audience }) => audience)]);
      if (audiences.size > 1) return [];
      return [
        shortfall(`The service catalogue ${named(first)} is meant for ${audiences.size === 0 ? 'no audience' : 'one audience'}. Offer customers and your own people a view each: name other audiences, or declare a catalogue for your own people.`, {
          place: first.audience.length > 0 ? placeOf(first, 'audience', 0) : placeOf(first),
          fixes: [addDeclaration('Declare a catalogue for your own people', placeOf(first), 'catalogue ${1:technical} "${2:Services and what they rest on}" {\n  owner ${3:TODO}\n  lists all\n  access "${4:TODO who reaches it, and how}"\n  published at "${5:TODO address}"\n  review every 12mo\n}')],
        }),
      ];
    }),
  ],
});

const hasItems = query('whether configuration items are declared', ({ model }) => model.all('ConfigurationItem').length > 0);

export const assetsAndItems: Rule = recommended('G.8.2.5.1', {
  parts: [
    each('Asset', {
      none: null,
      check: (asset, context) => {
        if (!context.read(hasItems)) return [];
        return stated(asset, 'The asset', [
          { said: isFilledIn(asset.item), what: 'which configuration item it is', line: 'ci ${1:TODO}' },
          { said: isFilledIn(asset.lifecycle), what: 'where it is in its life', line: 'lifecycle ${1:TODO}' },
        ]);
      },
    }),
  ],
});

/** Whether configuration is managed in some way that there is anything to look at. */
function hasConfiguration({ model }: RuleContext): boolean {
  return model.all('ConfigurationItem').length > 0 || model.all('ConfigurationItemType').length > 0 || model.all('Source').some(({ recordKind }) => recordKind === 'configuration-item');
}

const isOfConfiguration = (text: string | undefined): boolean => says([text], /configuration/i);

/** A policy or plan whose kind or title says configuration, or a document of such a kind. */
export const configurationPolicy: Rule = recommended('G.8.2.6.1', {
  parts: [
    system((context) => {
      const { model } = context;
      if (!hasConfiguration(context)) return [];
      const isWritten =
        [...model.all('Policy'), ...model.all('Plan')].some(({ kind, title, owner }) => (owner === undefined || isFilledIn(owner)) && (isOfConfiguration(kind) || isOfConfiguration(title))) ||
        model.all('ControlledDocument').some(({ kinds, title }) => kinds.some(isOfConfiguration) || says([title], /configuration.*(?:polic|plan)|(?:polic|plan).*configuration/i));
      if (isWritten) return [];
      return [
        shortfall('No policy or plan says how configuration is managed: what it covers, how items are named and how finely told apart, who does what with which tools, and how that is verified.', {
          fixes: declareFixes(context, { title: 'Declare the plan', text: 'plan ${1:configuration-plan} "${2:Configuration management plan}" {\n  kind configuration\n  file "${3:TODO path of the document}"\n  owner ${4:TODO}\n  approved by ${5:TODO} on ${6:0000-00-00}\n  review every 12mo\n}' }),
        }),
      ];
    }),
  ],
});

/** Days after a large change in which configuration is verified, and months for which that is looked at. */
const verifiedWithin = 30;
const lookedBack = 12;

/** Releases stand in records, whatever their type: what text says of large changes are transitions, and of disasters invocations of continuity plans. */
export const verifiedAfterLargeChanges: Rule = recommended('G.8.2.6.2', {
  parts: [
    each('Transition', { none: null, check: (transition, context) => checkVerified(transition, 'completed', `The transition ${named(transition)} was completed`, context) }),
    each('ContinuityInvocation', { none: null, check: (invocation, context) => checkVerified(invocation, 'invoked', `Continuity plans were invoked (${named(invocation)})`, context) }),
  ],
});

const verified = query('when configuration was verified', ({ model, asOf }) => model.all('ConfigurationVerification').flatMap(({ performed }) => latestOf([performed], asOf) ?? []).sort());

function checkVerified<P extends 'completed' | 'invoked'>(subject: { readonly [K in P]?: string | undefined } & Parameters<typeof placeOf>[0], property: P, happened: string, context: RuleContext): readonly Remark[] {
  const on = dateOf(subject[property]);
  if (on === undefined || !hasConfiguration(context)) return [];
  const until = addDays(on, verifiedWithin);
  if (until >= context.asOf || addMonths(on, lookedBack) < context.asOf || context.read(verified).some((date) => date >= on && date <= until)) return [];
  return [
    shortfall(`${happened} on ${on}, and configuration was not verified within ${verifiedWithin} days. Verify it after large changes and disasters, too.`, {
      place: placeOf(subject, property),
      fixes: [addDeclaration('Declare the verification', placeOf(subject), 'configuration verification ${1:verification} "${2:Verification of configuration information}" {\n  performed ${3:0000-00-00}\n  scope "${4:TODO which items}"\n  sample ${5:0}\n  discrepancies ${6:0}\n  by ${7:TODO}\n}')],
    }),
  ];
}

export const masterCopies: Rule = recommended('G.8.2.6.3', {
  parts: [
    system((context) => {
      const types = context.model.all('ConfigurationItemType');
      if (types.length === 0) return [];
      const masters = types.filter(({ name, title, detail }) => says([name, title, detail], /definitive|\bmaster|\blibrar|golden/i));
      const isKept = ({ attributes, detail }: (typeof types)[number]): boolean => says([...attributes, detail], /location|where|librar|path|repository|vault|\bsafe\b/i);
      if (masters.some((type) => isFilledIn(type.access) && isKept(type))) return [];
      const [first] = masters;
      if (first) {
        return stated(first, 'The type of master copies', [
          { said: isKept(first), what: 'where they are kept', line: 'attributes location' },
          { said: isFilledIn(first.access), what: 'who may read and alter them', line: 'access "${1:TODO who may read and alter them}"' },
        ]);
      }
      return [
        shortfall('No type of configuration items is for master copies of software and documents. Keep these in a secure library, and say where and who may alter them.', {
          fixes: declareFixes(context, { title: 'Declare the type', text: 'ci type ${1:master-copy} "${2:Master copies of software and documents}" {\n  attributes version, location\n  detail "${3:TODO how finely they are told apart}"\n  owner ${4:TODO}\n  updated by ${5:TODO}\n  access "${6:TODO who may read and alter them}"\n}' }),
        }),
      ];
    }),
  ],
});

export const automaticDiscovery: Rule = recommended('G.8.2.6.4', {
  parts: [
    system(({ model, asOf }) => {
      const verifications = model.all('ConfigurationVerification');
      if (verifications.some(({ scope, result, title }) => says([scope, result, title], /\bdiscover|\bautomat|\bscan/i))) return [];
      const latest = verifications.toSorted((a, b) => ((latestOf([a.performed], asOf) ?? '') < (latestOf([b.performed], asOf) ?? '') ? -1 : 1)).at(-1);
      if (!latest) return [];
      return [
        shortfall(`None of ${counted(verifications.length, 'verification')} compares the records with what was discovered automatically. Let tools find items, and compare.`, {
          place: placeOf(latest, 'scope'),
          fixes: latest.scope === undefined ? [addFact('Say what is compared', placeOf(latest), 'scope "${1:TODO which items, and what discovery found}"')] : [],
        }),
      ];
    }),
  ],
});
