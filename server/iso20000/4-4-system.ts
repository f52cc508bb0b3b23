/** Clause 4.4, service management system. */
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { catalogueProcesses } from '../../language/catalogue/processes.ts';
import type { Process } from '../../language/model/declarations.ts';
import { flowRemarks } from '../analysis/flow/flow-remarks.ts';
import { dateOf, intervalAfter, intervalInWords, isWithinMonths, latestOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { collection, declareFixes, each, query, rule, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { firstOf } from '../assessment/wording.ts';
import { processTemplate } from './process-template.ts';
import { ofTheOrganization } from './the-organization.ts';

/** Processes and what they do: processes of the catalogue by id, clauses by number. What still is to be filled in does nothing yet. */
const whatProcessesDo = collection('what each process does', ['Process'], (process) => [
  [
    'all',
    {
      name: process.name,
      implements: isToBeFilledIn(process) ? [] : [process.name, ...process.implements],
      clauses: isToBeFilledIn(process) ? [] : [...process.satisfies, ...process.nodes.flatMap((node) => (node.$type === 'Step' ? node.satisfies : []))].map((requirement) => requirement.replace(/^iso20000:/, '')),
    },
  ],
]);

const processes = query('what the processes do', ({ collected }) => collected(whatProcessesDo, 'all'));

/** A process as a fix scaffolds it: nobody owns it yet. */
function isToBeFilledIn({ owner }: Process): boolean {
  return owner !== undefined && !isFilledIn(owner);
}

export const processesAndInteractions: Rule = rule('4.4.1', {
  parts: [
    system((context) => {
      const declared = context.read(processes);
      const done = new Set(declared.flatMap((process) => process.implements));
      const clauses = [...new Set(declared.flatMap((process) => process.clauses))];
      const isSatisfied = (clause: string): boolean => clauses.some((known) => clause === known || clause.startsWith(`${known}.`));
      const missing = catalogueProcesses.filter((process) => !done.has(process.id) && !process.clauses.every(isSatisfied));
      if (missing.length === 0) return [];
      const isDeclared = (id: string): boolean => declared.some(({ name }) => name === id);
      return [
        shortfall(
          `${missing.length === 1 ? 'A process that the standard needs is' : `${missing.length} of the ${catalogueProcesses.length} processes that the standard needs are`} not declared: ${firstOf(missing.map(({ name, clauses: own }) => `${name} (${own.join(', ')})`), 8)}. One process may do several: it says which clauses it satisfies.`,
          { fixes: missing.flatMap((process) => declareFixes(context, processTemplate(process, isDeclared))) },
        ),
      ];
    }),
    each('Process', { none: null, check: checkProcess }),
    each('Process', { none: null, check: flowRemarks }),
  ],
});

function checkProcess(process: Process, context: RuleContext): readonly Remark[] {
  return stated(process, 'The process', [
    { said: process.inputs.some(({ name }) => isFilledIn(name)), what: 'what it takes in', line: 'inputs ${1:TODO}' },
    { said: process.outputs.some(({ name }) => isFilledIn(name)), what: 'what it produces', line: 'outputs ${1:TODO}' },
    { said: interacts(process, context), what: 'which processes it works together with', line: 'interacts with ${1:TODO}' },
  ]);
}

const titles = query('titles of processes', ({ model }) => model.all('Process').flatMap(({ title }) => title ?? []));
const isOnlyProcess = query('there is only one process', ({ model }) => model.all('Process').length === 1);

/** Whether it is seen to work together with another process: it says so, gives or takes something, or the other one does. The only process works with none. */
function interacts(process: Process, { model, read }: RuleContext): boolean {
  const isOther = (id: string | undefined): boolean => id !== process.name && model.get('Process', id) !== undefined;
  const isTitle = (text: string | undefined): boolean => text !== undefined && text !== process.title && read(titles).includes(text);
  if (process.interactsWith.some(isOther) || process.inputs.some(({ from, fromText }) => isOther(from) || isTitle(fromText)) || process.outputs.some(({ to, toText }) => isOther(to) || isTitle(toText))) return true;
  if (process.nodes.some((node) => node.$type === 'Step' && isOther(node.calls))) return true;
  if (model.referrers('Process', process.name).some(({ entity: { node } }) => node.$type === 'Process' && node.name !== process.name)) return true;
  return read(isOnlyProcess);
}


/** Days on which the system as a whole was reviewed: as the organization says, or by a management review. */
const reviews = query('reviews of the system', ({ model }) => [...model.all('Organization').map(({ review }) => review?.last), ...model.all('ManagementReview').map(({ held }) => held)].filter((date) => date !== undefined));

export const maintainedAndImproved: Rule = rule('4.4.2', {
  evidence: 'derived',
  parts: [
    ofTheOrganization((organization, context) => {
      const { asOf } = context;
      const planned = context.plannedInterval('4.4.1', catalogue.intervalDefaults.managementReviewMonths);
      const last = latestOf(context.read(reviews), asOf);
      // Before the first review is due, the day counts on which the system came into force.
      const start = last ?? dateOf(organization.established);
      const due = start === undefined ? undefined : intervalAfter(start, organization.review?.every, planned.months);
      if (due !== undefined && due >= asOf) return last === undefined ? [] : [shown('evidenced')];
      const interval = intervalInWords(organization.review, planned);
      if (last === undefined) {
        return [
          shortfall(`No review of the service management system is recorded; one is due ${interval}. Write when it was (review every ${planned.months}mo last DATE), or declare the management review.`, {
            axis: 'evidenced',
            fixes: organization.review ? [] : [addFact('Plan its review', placeOf(organization), `review every ${planned.months}mo last \${1:0000-00-00}`)],
          }),
        ];
      }
      const isStated = organization.review?.last === last;
      return [shortfall(`The service management system was last reviewed on ${last}; by its interval (${interval}) a review was due on ${due}.`, { axis: 'evidenced', ...(isStated ? { place: placeOf(organization, 'review', 'last') } : {}) })];
    }),
    system((context) => {
      const { asOf, model } = context;
      const { months } = context.plannedInterval('4.4.2');
      if (model.all('Improvement').some(({ implemented }) => isWithinMonths(implemented, months, asOf))) return [shown('evidenced')];
      // A system that is not yet a year old need not have improved.
      if (model.all('Organization').some(({ established }) => isWithinMonths(established, months, asOf))) return [];
      return [
        shortfall(`No improvement was implemented in the last ${months} months.`, {
          axis: 'evidenced',
          fixes: declareFixes(context, { title: 'Declare an improvement', text: 'improvement ${1:improvement} "${2:TODO what becomes better}" {\n  owner ${3:TODO}\n  implemented ${4:0000-00-00}\n}' }),
        }),
      ];
    }),
  ],
});
