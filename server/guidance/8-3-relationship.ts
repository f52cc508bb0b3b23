/** Recommendations for clause 8.3, relationship and agreement. */
import type { Agreement, DeclarationTypes } from '../../language/model/declarations.ts';
import { dateOf, isWithinMonths, latestOf } from '../assessment/dates.ts';
import { isFilledIn, isNotZero, someFilledIn } from '../assessment/filled-in.ts';
import { checkMapped } from '../assessment/records.ts';
import { addDeclaration, addFact, placeOf, shortfall, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, query, recommended, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { firstOf, listed, named } from '../assessment/wording.ts';
import { hasEnded, isSla } from '../iso20000/agreements.ts';
import { slasRestingOn } from '../iso20000/alignment.ts';
import { shortOfSlas } from '../iso20000/feasible-promises.ts';
import { suppliersOfComponent, suppliersOfService } from '../iso20000/other-parties.ts';
import { reviewScaffold, takesPart } from '../iso20000/service-reviews.ts';
import { isInUse } from '../iso20000/services-in-scope.ts';
import { fullAgreementsWith, hasObligation, kindOf } from '../iso20000/suppliers.ts';
import { says } from './says.ts';

type Metric = DeclarationTypes['Metric'];

/** Months within which agreements are reviewed and customers met. */
const reviewMonths = 12;

/** Reviews around large changes are not told from others: a review does not say why it was held. */
export const yearlyServiceReview: Rule = recommended('G.8.3.2.1', {
  parts: [
    each('Customer', {
      none: null,
      check: (customer, context) => {
        const { model, asOf } = context;
        const service = model.all('Service').find((one) => one.customers.includes(customer.name) && isInUse(one, context));
        if (!service) return [];
        const reviews = model.all('ServiceReview').filter((review) => takesPart(customer, review, context) && latestOf([review.held], asOf) !== undefined);
        const recent = reviews.filter(({ held }) => isWithinMonths(held, reviewMonths, asOf));
        if (recent.some(({ outcomes, actions }) => someFilledIn(outcomes) || actions.length > 0)) return [];
        const [first] = recent;
        if (first) return [shortfall(`The service review ${named(first)} does not say what came of it, as minutes would.`, { place: placeOf(first), fixes: [addFact('Say what came of it', placeOf(first), 'outcome "${1:TODO what was found and decided}"')] })];
        const last = latestOf(reviews.map(({ held }) => held), asOf);
        return [
          shortfall(`${last === undefined ? `No service review with ${named(customer)} was held` : `The last service review with ${named(customer)} was held on ${last}`}. Hold one at least once a year, and around large changes.`, {
            place: placeOf(customer),
            fixes: [addDeclaration('Declare the service review', placeOf(customer), reviewScaffold(service.name, customer.name))],
          }),
        ];
      },
    }),
  ],
});

/** Metrics over the records of a source, or over something else that says by its words that it measures the same. */
function metricsOf(source: string, words: RegExp, { model }: RuleContext): readonly Metric[] {
  return model.all('Metric').filter((metric) => metric.source === source || says([metric.title, metric.purpose], words));
}

/** Records of complaints have no field for a category: that trends are looked at is told by a metric over them. */
export const complaintsTold: Rule = recommended('G.8.3.2.2', {
  parts: [
    system((context) => {
      const { model } = context;
      if (model.all('Customer').length === 0) return [];
      const isForCustomers = (audience: DeclarationTypes['Communication']['audience']): boolean => audience.some(({ party, text }) => model.get('Customer', party) !== undefined || says([text], /customer|user/i));
      const isTold =
        model.all('Communication').some(({ title, covers, audience, channel }) => says([title, ...covers], /complain/i) && isForCustomers(audience) && isFilledIn(channel)) ||
        model.all('Procedure').some(({ title, kind, audience, availableTo }) => says([title, kind], /complain/i) && isForCustomers([...audience, ...availableTo]));
      if (isTold) return [];
      return [
        shortfall('No communication tells customers how to complain (covers complaints).', {
          fixes: declareFixes(context, { title: 'Declare how customers are told', text: 'communication ${1:complaints} "${2:How to complain}" {\n  direction external\n  covers complaints\n  audience ${3:TODO}\n  timing "${4:TODO when}"\n  channel "${5:TODO address, number or portal}"\n  responsible ${6:TODO}\n}' }),
        }),
      ];
    }),
    each('Source', {
      where: ({ recordKind }) => recordKind === 'complaint',
      none: null,
      check: (source, context) =>
        metricsOf(source.name, /complain/i, context).length > 0
          ? []
          : [
              shortfall(`No metric counts the complaints of ${named(source)}, so no trend shows. Count them by service.`, {
                place: placeOf(source),
                fixes: [addDeclaration('Count them', placeOf(source), `metric \${1:complaints} "\${2:Complaints}" {\n  from ${source.name}\n  value count\n  every quarter\n  by service\n}`)],
              }),
            ],
    }),
  ],
});

/** Surveys stand in records: that they are compared is told by a metric over them, which has a figure for each period, a target and analyses. */
export const satisfactionCompared: Rule = recommended('G.8.3.2.3', {
  parts: [
    each('Source', {
      where: ({ recordKind }) => recordKind === 'survey',
      none: null,
      check: (source, context) => {
        const place = placeOf(source);
        if (checkMapped(source, ['result'], { row: 'G.8.3.2.3', plural: 'surveys' }).missing.length > 0) return [shortfall(`The source ${named(source)} maps no “result”, so satisfaction cannot be compared with earlier results.`, { place, fixes: [addFact('Map “result”', place, 'map result = "${1:TODO column}"')] })];
        const metrics = metricsOf(source.name, /satisf/i, context);
        if (metrics.length === 0) {
          return [
            shortfall(`No metric compares the surveys of ${named(source)} with earlier ones and with a target.`, {
              place,
              fixes: [addDeclaration('Declare the metric', place, `metric \${1:satisfaction} "\${2:Satisfaction of customers}" {\n  from ${source.name}\n  value mean of result\n  every year\n  target >= \${3:0}\n  owner \${4:TODO}\n}`)],
            }),
          ];
        }
        if (metrics.some(({ target, analyses }) => isNotZero(target) && analyses.some(({ text }) => isFilledIn(text)))) return [];
        const metric = metrics.find(({ target }) => isNotZero(target)) ?? metrics[0]!;
        return stated(metric, 'The metric', [
          { said: isNotZero(metric.target), what: 'with which target satisfaction is compared', line: 'target >= ${1:0}' },
          { said: metric.analyses.some(({ text }) => isFilledIn(text)), what: 'why satisfaction changed against earlier results', line: 'analysis ${1:0000} "${2:TODO what changed, and why}"' },
        ]);
      },
    }),
  ],
});

/** A check of each agreement of a kind that has not ended. */
function ofAgreements(includes: (agreement: Agreement, context: RuleContext) => boolean, check: (agreement: Agreement, context: RuleContext) => readonly Remark[]) {
  return each('Agreement', { none: null, check: (agreement, context) => (hasEnded(agreement, context.asOf) || !includes(agreement, context) ? [] : check(agreement, context)) });
}

/** All that an agreement says in words. */
const textOf = ({ scope, obligations, duties, activities, interfaces, authorities, exceptions, $documentation }: Agreement): readonly (string | undefined)[] => [scope, ...obligations, ...duties, ...activities, ...interfaces, authorities, ...exceptions, $documentation];

/** The document of an agreement is not read. Where there is one, it is taken to hold the headings for which the language has no words: contacts, planned interruptions, escalation, glossary. */
export const contentOfSla: Rule = recommended('G.8.3.3.1', {
  parts: [
    ofAgreements(isSla, (sla, context) => {
      const { model } = context;
      const texts = textOf(sla);
      const services = sla.services.flatMap((id) => model.get('Service', id) ?? []);
      const customer = model.get('Customer', sla.customer);
      const inDocument = isFilledIn(sla.file);
      const headings: readonly { readonly what: string; readonly said: boolean; readonly line?: string }[] = [
        { what: 'a description', said: isFilledIn(sla.scope) || (services.length > 0 && services.every(({ summary }) => isFilledIn(summary))), line: 'scope "${1:TODO what is provided}"' },
        { what: 'its validity', said: dateOf(sla.validFrom) !== undefined, line: 'valid ${1:0000-00-00} to ${2:0000-00-00}' },
        { what: 'contacts', said: inDocument || isFilledIn(customer?.contact) || services.some(({ requestVia }) => isFilledIn(requestVia)) || says(texts, /\bcontact/i) },
        { what: 'service hours', said: isFilledIn(sla.serviceHours), line: 'service hours ${1:TODO}' },
        { what: 'planned interruptions', said: inDocument || sla.exceptions.length > 0 || says(texts, /\bmaintenance|\binterrupt|\bplanned/i), line: 'obligation "${1:TODO when services may be interrupted, and how that is announced}"' },
        { what: 'duties of customer and provider', said: hasObligation(sla, context), line: 'duty "${1:TODO what the customer does}"' },
        { what: 'priority rules', said: sla.targets.some(({ priorities }) => priorities.length > 0) || sla.updates.some(({ priorities }) => priorities.length > 0) || says(texts, /\bpriorit/i) },
        { what: 'escalation and complaints', said: inDocument || isFilledIn(customer?.escalationContact) || says(texts, /\bescalat|\bcomplain/i), line: 'obligation "${1:TODO to whom one escalates and complains}"' },
        { what: 'targets', said: sla.targets.length > 0, line: 'target ${1:uptime} availability >= ${2:0%} per month' },
        { what: 'workload', said: sla.workloadLimits.length > 0 || says(texts, /\bworkload|\bvolume/i), line: 'workload ${1:requests} <= ${2:0} per month' },
        { what: 'an outline of cost', said: isNotZero(sla.fee) || says(texts, /\bcost|\bfee\b|\bprice|\bcharge/i), line: 'fee ${1:0} ${2:EUR} per ${3:month}' },
        { what: 'a glossary', said: inDocument || says(texts, /\bglossary|\bterms\b|\bdefin/i) },
        { what: 'supporting services', said: services.length > 0 && services.every(({ dependencies, noDependencies }) => dependencies.length > 0 || noDependencies) },
        { what: 'exceptions', said: sla.exceptions.length > 0 || sla.noExceptions || says(texts, /\bexcept|\bexclu/i), line: 'no exceptions' },
      ];
      const missing = headings.filter(({ said }) => !said);
      if (missing.length === 0) return [];
      const place = placeOf(sla);
      return [shortfall(`The SLA ${named(sla)} has nothing on ${listed(missing.map(({ what }) => what), 'or')}.`, { place, fixes: missing.flatMap(({ what, line }) => (line === undefined ? [] : [addFact(`Add ${what}`, place, line)])) })];
    }),
  ],
});

/** More targets than both sides keep an eye on. */
const fewTargets = 10;

export const fewTargetsMeasured: Rule = recommended('G.8.3.3.2', {
  parts: [
    ofAgreements(isSla, (sla, { model }) => {
      // A later statement of a target succeeds an earlier one of its name.
      const last = new Map(sla.targets.map((target, index) => [target.name, { target, index }]));
      const all = [...last.values()];
      const beyond = all[fewTargets];
      const unmeasured = all.filter(({ target }) => {
        if (target.source !== undefined) return false;
        const metric = model.get('Metric', target.metric);
        return !metric || (metric.source === undefined && !isFilledIn(metric.dataSource) && metric.recorded.length === 0 && metric.value === undefined);
      });
      return [
        ...(beyond ? [shortfall(`The SLA ${named(sla)} has ${all.length} targets. Choose the ${fewTargets} or fewer that matter most to the customer.`, { place: placeOf(sla, 'targets', beyond.index, 'name') })] : []),
        ...unmeasured.map(({ target, index }) => {
          const metric = model.get('Metric', target.metric);
          const wanting = metric ? `its metric ${named(metric)} does not say where its data come from` : 'it names neither a source nor a metric';
          return shortfall(`It is not seen how the target “${target.name}” of ${named(sla)} is measured: ${wanting}.`, {
            place: placeOf(sla, 'targets', index, 'name'),
            fixes: metric ? [addFact('Say where its data come from', placeOf(metric), 'data from "${1:TODO where the figures come from}"')] : [],
          });
        }),
      ];
    }),
  ],
});

export const slaReviewed: Rule = recommended('G.8.3.3.3', {
  parts: [
    ofAgreements(isSla, (sla, { asOf }) => {
      const agreedOn = sla.agreed.map(({ on }) => dateOf(on)).filter((on) => on !== undefined).filter((on) => on <= asOf).sort();
      const last = latestOf([sla.review?.last, sla.performanceReviewed, ...agreedOn], asOf);
      const begun = dateOf(sla.validFrom) ?? agreedOn[0];
      const remarks: Remark[] = [];
      if (last !== undefined && !isWithinMonths(last, reviewMonths, asOf)) {
        remarks.push(
          shortfall(`The SLA ${named(sla)} was last looked at on ${last}. Review it at least once a year.`, {
            place: sla.review ? placeOf(sla, 'review', sla.review.last === last ? 'last' : 'every') : placeOf(sla),
            fixes: sla.review ? [] : [addFact('Plan its review', placeOf(sla), 'review every 12mo last ${1:0000-00-00}')],
          }),
        );
      } else if (last === undefined) {
        remarks.push(...stated(sla, 'The SLA', [{ said: false, what: 'when it was last reviewed', line: 'review every 12mo last ${1:0000-00-00}' }]));
      }
      if (sla.changes.some(isFilledIn)) return remarks;
      // What is agreed anew, or holds from later than the agreement, is a new version.
      const restated = sla.targets.findIndex(({ since }) => begun !== undefined && since !== undefined && since > begun);
      const again = agreedOn.length > 1 ? sla.agreed.findIndex(({ on }) => on === agreedOn.at(-1)) : -1;
      if (restated < 0 && (again < 0 || agreedOn[0] === agreedOn.at(-1))) return remarks;
      return [
        ...remarks,
        shortfall(`The SLA ${named(sla)} was altered, and names no change by which. Keep it under change control: changed by ID.`, {
          place: restated < 0 ? placeOf(sla, 'agreed', again, 'on') : placeOf(sla, 'targets', restated, 'since'),
          fixes: [addFact('Name the change', placeOf(sla), 'changed by "${1:TODO id of the change}"')],
        }),
      ];
    }),
  ],
});

/** Suppliers that have a hand in a service of high criticality, with its title. */
const suppliersOfCritical = query('suppliers of critical services', (context) => {
  const found: Record<string, string[]> = {};
  for (const service of context.model.all('Service')) {
    if (service.criticality !== 'high' || !isInUse(service, context)) continue;
    const suppliers = [...suppliersOfService(service, context), ...service.components.flatMap((_, index) => suppliersOfComponent(service, index, context))];
    for (const name of new Set(suppliers.map(({ supplier }) => supplier.name))) (found[name] ??= []).push(named(service));
  }
  return found;
});

export const subcontractorsKnown: Rule = recommended('G.8.3.4.1.1', {
  parts: [
    each('Supplier', {
      none: null,
      check: (supplier, context) => {
        const services = context.read(suppliersOfCritical)[supplier.name];
        if (!services || kindOf(supplier, context) !== 'external' || isFilledIn(supplier.subcontractors)) return [];
        return [
          shortfall(`${named(supplier)} has a hand in ${firstOf(services, 3)}, of high criticality, and it is not said whether it has subcontractors. Know them, and have the lead supplier manage and report on them.`, {
            place: placeOf(supplier),
            fixes: [addFact('Say who they are', placeOf(supplier), 'subcontractors "${1:TODO who they are and how it manages them, or that there are none}"')],
          }),
        ];
      },
    }),
  ],
});

/** Contracts with suppliers from outside. */
function isWithExternal({ type, supplier: id }: Agreement, context: RuleContext): boolean {
  const supplier = type === 'contract' ? context.model.get('Supplier', id) : undefined;
  return supplier !== undefined && kindOf(supplier, context) === 'external';
}

export const endAgreed: Rule = recommended('G.8.3.4.1.2', {
  parts: [
    ofAgreements(isWithExternal, (contract) => {
      if (says(textOf(contract), /\bexit|\bterminat|\btransfer|\bhand(?:s|ed)?[ -]?(?:over|back)|\btransition|\bend of (?:the )?(?:contract|service)|\bwhen (?:it|the (?:contract|service)) ends\b|\bearly end/i)) return [];
      return [
        shortfall(`The contract ${named(contract)} does not say how the service ends, early or as planned, and how it is handed over.`, {
          place: placeOf(contract),
          fixes: [addFact('State the terms', placeOf(contract), 'obligation "${1:TODO how the service ends and is handed over}"')],
        }),
      ];
    }),
  ],
});

export const listOfContracts: Rule = recommended('G.8.3.4.1.3', {
  parts: [
    ofAgreements(isWithExternal, (contract) => {
      const from = dateOf(contract.validFrom);
      const place = placeOf(contract);
      const missing = [
        {
          what: 'until when it is valid',
          said: dateOf(contract.validTo) !== undefined,
          fix: contract.validFrom === undefined ? addFact('Say for when it is valid', place, 'valid ${1:0000-00-00} to ${2:0000-00-00}') : { title: 'Say until when it is valid', edits: [{ kind: 'replace' as const, place: placeOf(contract, 'validFrom'), text: `${from ?? contract.validFrom} to \${1:0000-00-00}` }] },
        },
        { what: 'when it was last reviewed', said: dateOf(contract.review?.last) !== undefined || dateOf(contract.performanceReviewed) !== undefined, fix: addFact('Say when it was last reviewed', place, 'performance reviewed ${1:0000-00-00}') },
        { what: 'what it costs', said: isNotZero(contract.fee), fix: addFact('Say what it costs', place, 'fee ${1:0} ${2:EUR} per ${3:month}') },
      ].filter(({ said }) => !said);
      return missing.length === 0 ? [] : [shortfall(`The contract ${named(contract)} does not say ${listed(missing.map(({ what }) => what), 'or')}.`, { place, fixes: missing.map(({ fix }) => fix) })];
    }),
    each('Supplier', {
      none: null,
      check: (supplier, context) => {
        if (fullAgreementsWith(supplier.name, context, (agreement) => !hasEnded(agreement, context.asOf)).every((agreement) => !isWithExternal(agreement, context))) return [];
        return stated(supplier, 'The supplier', [{ said: isFilledIn(supplier.manager), what: 'who manages its contracts', line: 'manager ${1:TODO}' }]);
      },
    }),
  ],
});

export const targetsAddUp: Rule = recommended('G.8.3.4.2.1', {
  parts: [
    ofAgreements(
      (agreement, context) => {
        const supplier = agreement.type === 'contract' ? context.model.get('Supplier', agreement.supplier) : undefined;
        return agreement.type === 'ola' || (supplier !== undefined && kindOf(supplier, context) !== 'external');
      },
      (agreement, context) => {
        const slas = slasRestingOn(agreement.services, context).map(({ sla }) => sla);
        const short = agreement.alignmentGaps.some((id) => context.model.get('Risk', id) !== undefined) ? [] : shortOfSlas(agreement, slas, context);
        if (short.length > 0) return short;
        if (slas.length === 0 || agreement.alignedWith.some(isFilledIn)) return [];
        return [
          shortfall(`The agreement ${named(agreement)} does not say with which SLA it is aligned, and ${firstOf(slas.map(named), 3)} ${slas.length === 1 ? 'rests' : 'rest'} on it. Word its targets so that they add up to those.`, {
            place: placeOf(agreement),
            related: slas.map((sla) => ({ place: placeOf(sla), message: `The SLA ${named(sla)}` })),
            fixes: [addFact('Say with which it is aligned', placeOf(agreement), `aligned with ${slas.map(({ name }) => name).join(', ')}`)],
          }),
        ];
      },
    ),
  ],
});
