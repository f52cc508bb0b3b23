/** Clause 8.3.2, business relationship management. */
import type { Customer, DeclarationTypes, Service } from '../../language/model/declarations.ts';
import { addMonths } from '../../language/values/date.ts';
import { dateOf, intervalAfter, isWithinMonths, latestOf } from '../assessment/dates.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { everyRecord } from '../assessment/records.ts';
import { recordOfEach } from '../assessment/record-coverage.ts';
import { addDeclaration, addFact, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { collection, each, rule, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { hasEnded, slasOf, startOf } from './agreements.ts';
import { attested } from './attestations.ts';
import { complaints, complaintTarget } from './complaints.ts';
import { namesPeople } from './named-people.ts';
import { reviewScaffold, takesPart } from './service-reviews.ts';
import { isDelivered, isLive, liveServices } from './services-in-scope.ts';

type Communication = DeclarationTypes['Communication'];
type ServiceReview = DeclarationTypes['ServiceReview'];

const kind = 'The customer';
const noCustomer = {
  message: 'No customer is declared, so it is unknown for whom the services are.',
  declare: {
    title: 'Declare a customer',
    text: 'customer ${1:customer} "${2:TODO name}" {\n  contact "${3:TODO whom to turn to there}"\n  escalation contact "${4:TODO who decides there}"\n  users "${5:TODO who uses the services}"\n  relationship manager ${6:TODO}\n}',
  },
};

/** One whose name still is to be filled in is none yet. */
const isNamed = ({ title }: Customer): boolean => title === undefined || isFilledIn(title);

export const customersDocumented: Rule = rule('8.3.2.1', {
  // Customers as declared are the documented information.
  evidence: 'derived',
  parts: [
    each('Service', {
      none: { message: 'No service is declared, so none is delivered to a customer.' },
      check: (service, context) => {
        if (!isLive(service, context) || !isDelivered(service, context)) return [];
        if (service.customers.some((id) => context.model.find('Customer', id) !== undefined)) return [];
        return [
          shortfall(`The service ${named(service)} does not say to which customers it is delivered. If it is only a part of other services, let these depend on it.`, {
            place: placeOf(service),
            fixes: [addFact('Name its customers', placeOf(service), 'customer ${1:TODO}')],
          }),
        ];
      },
    }),
    each('Customer', {
      where: isNamed,
      none: noCustomer,
      check: (customer) =>
        stated(customer, kind, [
          { said: customer.kind !== undefined, what: 'whether it is internal or external' },
          { said: isFilledIn(customer.contact), what: 'whom to turn to there', line: 'contact "${1:TODO whom to turn to there}"' },
          { said: isFilledIn(customer.users) || isFilledIn(customer.$documentation), what: 'who uses the services there', line: 'users "${1:TODO who uses the services}"' },
        ]),
    }),
  ],
});

export const relationshipManager: Rule = rule('8.3.2.2', {
  parts: [
    each('Customer', {
      where: isNamed,
      none: noCustomer,
      check: (customer, { model }) => {
        const { relationshipManager: manager } = customer;
        if (namesPeople(manager, { model })) return [];
        if (!isFilledIn(manager) || !model.find('Actor', manager)) return stated(customer, kind, [{ said: false, what: 'who looks after the relationship with it', line: 'relationship manager ${1:TODO}' }]);
        return [shortfall(`Nobody is named by ${manager}, which looks after the relationship with ${named(customer)}.`, { place: placeOf(customer, 'relationshipManager') })];
      },
    }),
  ],
});

const communicationsByAudience = collection('communications by audience', ['Communication'], ({ name, audience }) => audience.flatMap(({ party }) => (party === undefined ? [] : [[party, name] as const])));

/** Communications that a customer names as its own, or that are meant for it. */
function communicationsWith(customer: Customer, { collected, model }: RuleContext): readonly Communication[] {
  const names = new Set([...customer.communications, ...collected(communicationsByAudience, customer.name)]);
  return [...names].flatMap((name) => model.get('Communication', name) ?? []);
}

export const communicationArranged: Rule = rule('8.3.2.3', {
  parts: [
    each('Customer', {
      where: isNamed,
      none: noCustomer,
      check: (customer, context) => {
        const arranged = communicationsWith(customer, context);
        if (arranged.some(({ channel, timing }) => isFilledIn(channel) && isFilledIn(timing))) return [];
        const [first] = arranged;
        if (first) {
          return [
            shortfall(`The communication ${named(first)} does not say both when and by which channel it takes place, and no other reaches ${named(customer)}.`, {
              place: placeOf(customer),
              related: [{ place: placeOf(first), message: 'The communication' }],
              fixes: [
                ...(isFilledIn(first.timing) ? [] : [addFact('Say when it takes place', placeOf(first), 'timing "${1:TODO when}"')]),
                ...(isFilledIn(first.channel) ? [] : [addFact('Say by which channel', placeOf(first), 'channel "${1:TODO by which channel}"')]),
              ],
            }),
          ];
        }
        return [
          shortfall(`No way is arranged to communicate with ${named(customer)}: no communication names it as audience.`, {
            place: placeOf(customer),
            fixes: [addDeclaration('Declare a communication', placeOf(customer), `communication \${1:${customer.name}-news} "\${2:TODO what is told and asked}" {\n  direction external\n  audience ${customer.name}\n  timing "\${3:TODO when}"\n  channel "\${4:TODO by which channel}"\n  responsible \${5:TODO}\n}`)],
          }),
        ];
      },
    }),
  ],
});

export const communicationServesUnderstanding: Rule = rule('8.3.2.4', {
  parts: [
    attested('8.3.2.4'),
    each('Customer', {
      where: isNamed,
      none: noCustomer,
      check: (customer, context) => {
        const { model, asOf } = context;
        const { months } = context.plannedInterval('8.3.2.4');
        if (model.all('ServiceReview').some((review) => isWithinMonths(review.held, months, asOf) && (someFilledIn(review.outcomes) || isFilledIn(review.trends)) && takesPart(customer, review, context))) return [];
        // A talk about the business says so by its topics.
        const aboutTheirBusiness = ({ covers, performed }: Communication): boolean => performed.some((date) => isWithinMonths(date, months, asOf)) && covers.some((topic) => /change|requirement|business|need|plan/i.test(topic));
        if (communicationsWith(customer, context).some(aboutTheirBusiness)) return [];
        const [service] = context.collected(liveServices, customer.name);
        return [
          shortfall(`In the last ${months} months nobody has talked with ${named(customer)} about its business and what it needs: no service review with an outcome, and no communication that covers changes or requirements.`, {
            place: placeOf(customer),
            axis: 'evidenced',
            fixes: service === undefined ? [] : [addDeclaration('Declare a service review', placeOf(customer), reviewScaffold(service, customer.name))],
          }),
        ];
      },
    }),
  ],
});

/** Reviews of a service that were held, the latest first. */
function heldReviews(service: Service, { model, asOf }: RuleContext): readonly ServiceReview[] {
  const found = new Set<ServiceReview>();
  for (const { entity: { node } } of model.referrers('Service', service.name)) {
    if (node.$type === 'ServiceReview' && latestOf([node.held], asOf) !== undefined) found.add(node);
  }
  return [...found].sort((a, b) => (a.held! > b.held! ? -1 : a.held! < b.held! ? 1 : 0));
}

export const trendsReviewed: Rule = rule('8.3.2.5', {
  parts: [
    each('Service', {
      where: ({ customers }) => customers.length > 0,
      none: { message: 'No service names a customer with whom its performance would be reviewed.' },
      check: (service, context) => {
        if (!isLive(service, context)) return [];
        const { asOf } = context;
        const planned = context.plannedInterval('8.3.2.5');
        const slas = slasOf(service, context).filter((sla) => !hasEnded(sla, asOf));
        const [latest] = heldReviews(service, context);
        const start = dateOf(latest?.held) ?? [...slas.map(startOf), dateOf(service.since)].filter((date) => date !== undefined).sort()[0];
        // The interval that was agreed; of several the longest, since 8.3.3 looks at each agreement.
        const declared = slas.flatMap(({ review }) => (review ? [review.every] : []));
        const dues = start === undefined ? [] : (declared.length > 0 ? declared : [undefined]).map((every) => ({ every, due: intervalAfter(start, every, planned.months) }));
        const [last] = dues.filter(({ due }) => due !== undefined).sort((a, b) => (a.due! > b.due! ? -1 : 1));
        if (last?.due !== undefined && last.due >= asOf) return latest ? [shown('evidenced')] : [];
        const words = last?.every === undefined ? planned.words : `every ${last.every}`;
        const message = latest ? `The last review of ${named(service)} was held on ${latest.held}; by the interval (${words}) one was due on ${last?.due}.` : `No review of ${named(service)} with its customers was held; one is due ${words}.`;
        return [shortfall(message, { place: placeOf(service), axis: 'evidenced', fixes: [addDeclaration('Declare a service review', placeOf(service), reviewScaffold(service.name, service.customers.join(', ')))] })];
      },
    }),
    each('ServiceReview', {
      none: null,
      check: (review, context) => {
        const isLatest = review.services.some((id) => {
          const service = context.model.get('Service', id);
          return service !== undefined && heldReviews(service, context)[0] === review;
        });
        if (!isLatest) return [];
        return stated(
          review,
          'The service review',
          [
            { said: isFilledIn(review.trends), what: 'what the figures show over time', line: 'trends "${1:TODO what the figures show over time}"' },
            { said: someFilledIn(review.outcomes), what: 'what came of it', line: 'outcome "${1:TODO what was found and decided}"' },
          ],
          'evidenced',
        );
      },
    }),
  ],
});

export const satisfactionMeasured: Rule = rule('8.3.2.6', {
  parts: [
    each('Customer', { where: isNamed, none: noCustomer, check: () => [] }),
    recordOfEach({
      row: '8.3.2.6',
      kind: 'survey',
      plural: 'surveys of satisfaction',
      coverage: ({ model, asOf, plannedInterval }) => {
        const { months, words } = plannedInterval('8.3.2.6');
        const since = addMonths(asOf, -months);
        return {
          subjects: model.all('Customer').filter(isNamed).map((customer) => ({
            name: customer.name,
            title: named(customer),
            place: placeOf(customer),
            // A survey that names no customer asked all of them.
            where: `(customer = "${customer.name}" or customer is empty) and performed >= ${since}`,
            meets: 'sample > 0 and sample-basis is not empty',
            fields: ['customer', 'performed', 'sample', 'sample-basis'],
          })),
          of: 'customers',
          lacks: `were asked in no survey since ${since} (surveys are held ${words})`,
          incomplete: `were asked since ${since}, but no survey says how many answered and why they stand for all`,
        };
      },
    }),
  ],
});

export const satisfactionAnalysed: Rule = rule('8.3.2.7', {
  parts: [
    everyRecord({
      row: '8.3.2.7',
      kind: 'survey',
      plural: 'surveys of satisfaction',
      demands: () => [
        { name: 'analysed', meets: 'analysis is not empty', fields: ['analysis'], of: 'surveys', lacks: 'were not analysed' },
        { name: 'reported', meets: 'reported is not empty', fields: ['reported'], of: 'surveys', lacks: 'were not reported' },
        { name: 'actions', meets: 'actions is not empty', fields: ['actions'], of: 'surveys', lacks: 'led to no action, nor is it said that none is needed' },
      ],
    }),
  ],
});

const noComplaint = 'no complaint is recorded';

export const complaintsManaged: Rule = rule('8.3.2.8', {
  evidence: 'derived',
  parts: [
    complaints('8.3.2.8', (context) => {
      const { young, fields, words } = complaintTarget(context);
      return [
        { name: 'recorded', meets: 'received is not empty and service is not empty and owner is not empty', fields: ['received', 'service', 'owner'], of: 'complaints', lacks: 'do not say when they came, which service they are about or who deals with them', withoutRecords: noComplaint },
        { name: 'closed', meets: `closed is not empty or ${young}`, fields, of: 'complaints', lacks: `are open beyond their target (${words})`, withoutRecords: noComplaint },
        { name: 'reported', meets: `reported is not empty or (closed is empty and ${young})`, fields: [...fields, 'reported'], of: 'complaints', lacks: 'are closed or late and were not reported', withoutRecords: noComplaint },
      ];
    }),
  ],
});

export const complaintEscalation: Rule = rule('8.3.2.9', {
  parts: [
    system((context): readonly Remark[] => {
      const { model } = context;
      const procedures = model.all('Procedure').filter((procedure) => procedure.kind === 'complaint-escalation');
      if (procedures.some(({ file }) => isFilledIn(file))) return [];
      const customers = model.all('Customer').filter(isNamed);
      if (customers.length === 0) return [shortfall(noCustomer.message)];
      const without = customers.filter(({ escalationContact }) => !isFilledIn(escalationContact));
      if (without.length === 0) return [];
      const [procedure] = procedures;
      if (procedure) return stated(procedure, 'The procedure', [{ said: false, what: 'where its document is', line: 'file "${1:TODO path of the document}"' }]);
      return without.map((customer) =>
        shortfall(`Nothing says to whom ${named(customer)} can turn when a complaint is not settled in the usual way: no escalation contact, and no procedure of kind complaint-escalation.`, {
          place: placeOf(customer),
          fixes: [
            addFact('Name whom to escalate to', placeOf(customer), 'escalation contact "${1:TODO to whom a complaint is escalated}"'),
            addDeclaration('Declare the procedure', placeOf(customer), 'procedure ${1:complaint-escalation} "${2:Escalation of complaints}" {\n  kind complaint-escalation\n  file "${3:TODO path of the document}"\n  approved by ${4:TODO} on ${5:0000-00-00}\n}'),
          ],
        }),
      );
    }),
    complaints('8.3.2.9', (context) => {
      const { young, inTime, fields, words } = complaintTarget(context);
      return [
        {
          name: 'escalated',
          meets: `escalated-to is not empty or (closed is empty and ${young}) or (closed is not empty and ${inTime})`,
          fields: [...fields, 'escalated-to'],
          of: 'complaints',
          lacks: `took longer than their target (${words}) and were not escalated`,
        },
      ];
    }),
  ],
});
