/** Clause 8.2.1, service delivery. */
import type { Process, Service } from '../../language/model/declarations.ts';
import { addMonths } from '../../language/values/date.ts';
import { lastCompletedPeriod, parsePeriod } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, shown, unknown, type Remark } from '../assessment/remark.ts';
import { each, query, rule, type Rule, type RuleContext } from '../assessment/rule.ts';
import { named } from '../assessment/wording.ts';
import { attested } from './attestations.ts';
import { lastOf, periodsOf, recordingMonths } from './metric-periods.ts';
import { itemRemarks } from './process-items.ts';
import { countByService, hasRecordsOf } from './records-of-services.ts';
import { isLive } from './services-in-scope.ts';

/** What each process takes in, by name, and from whom that is said. */
const inputs = query('inputs of processes', ({ model }) => model.all('Process').flatMap((process) => process.inputs.map(({ name }) => ({ process: process.name, name }))));

export const coordinated: Rule = rule('8.2.1.1', {
  parts: [
    each('Process', {
      none: { message: 'No process is declared, so nothing shows how activities fit together.' },
      check: (process, context) => [...oneSided(process, context), ...unclaimed(process, context), ...itemRemarks(process, context)],
    }),
    attested('8.2.1.1'),
  ],
});

/** Relations to processes that know nothing of them. */
function oneSided(process: Process, { model }: RuleContext): readonly Remark[] {
  return process.interactsWith.flatMap((id, index) => {
    const other = model.get('Process', id);
    if (!other || other.name === process.name || refersTo(other, process.name)) return [];
    return [
      shortfall(`${named(process)} works together with ${named(other)}, but ${named(other)} does not say so: by “interacts with”, an input, an output or a call.`, {
        place: placeOf(process, 'interactsWith', index),
        related: [{ place: placeOf(other), message: 'Does not name it' }],
        fixes: [addFact(`Say it in ${named(other)}, too`, placeOf(other), `interacts with ${process.name}`)],
      }),
    ];
  });
}

function refersTo(process: Process, other: string): boolean {
  return process.interactsWith.includes(other) || process.inputs.some(({ from }) => from === other) || process.outputs.some(({ to }) => to === other) || process.nodes.some((node) => node.$type === 'Step' && node.calls === other);
}

/** Outputs that nobody takes: no receiver is named, and no other process has an input of that name. */
function unclaimed(process: Process, context: RuleContext): readonly Remark[] {
  const taken = context.read(inputs);
  const seen = new Set<string>();
  return process.outputs.flatMap(({ name }, index) => {
    if (seen.has(name) || !isFilledIn(name)) return [];
    seen.add(name);
    const goesSomewhere = process.outputs.some((output) => output.name === name && output.to !== process.name && (isFilledIn(output.to) || isFilledIn(output.toText)));
    if (goesSomewhere || taken.some((input) => input.name === name && input.process !== process.name)) return [];
    return [
      shortfall(`${named(process)} gives “${name}”, but to nobody: no other process takes it, and no customer is named. Say who gets it (outputs ${name} to WHOM), or leave it out.`, {
        place: placeOf(process, 'outputs', index, 'name'),
        fixes: [addFact('Say who gets it', placeOf(process), `outputs ${name} to \${1:TODO}`)],
      }),
    ];
  });
}

/** How many days back a record shows that a service is delivered: the last completed month and the one that runs. */
const recordDays = 62;

/** Services of which no target, metric or report would tell: for these, records of incidents and requests are counted. */
const withoutFigures = query('live services without figures', (context) => context.model.all('Service').filter((service) => isLive(service, context) && !isReportedOn(service, context)).map(({ name }) => name));

const counts = [countByService('8.2.1.2', 'incident', recordDays, withoutFigures), countByService('8.2.1.2', 'service-request', recordDays, withoutFigures)];

export const delivered: Rule = rule('8.2.1.2', {
  parts: [
    each('Service', {
      where: ({ status }) => (status ?? 'live') === 'live',
      none: { message: 'No service is live, so none is seen to be delivered.' },
      check: (service, context) => {
        if (!isLive(service, context)) return [];
        const state = isDelivered(service, context);
        if (state === true) return [shown('evidenced')];
        if (state === undefined) return [unknown('evidenced', 'nothing has been measured yet')];
        return [
          shortfall(`Nothing shows that ${named(service)} was delivered in the last reporting period: no figure of a target or metric, no service report, no incident and no request.`, {
            place: placeOf(service),
            axis: 'evidenced',
            fixes: [
              {
                title: 'Declare a metric of it',
                edits: [{ kind: 'addDeclaration', after: placeOf(service), text: `metric \${1:${service.name}-use} "\${2:TODO what shows that it is delivered}" {\n  for ${service.name}\n  unit \${3:count}\n  every month\n  record \${4:0000} = \${5:0}\n}` }],
              },
            ],
          }),
        ];
      },
    }),
    ...counts,
  ],
});

/** Whether figures or reports would tell of a service. */
function isReportedOn({ name }: Service, { model }: RuleContext): boolean {
  return model.referrers('Service', name).some(({ entity: { node } }) => (node.$type === 'Metric' && node.services.includes(name) && (node.title === undefined || isFilledIn(node.title))) || (node.$type === 'Agreement' && node.services.includes(name) && node.targets.length > 0));
}

/** Whether something of the last reporting period speaks of a service; undefined where records would, but nothing was measured yet. */
function isDelivered(service: Service, context: RuleContext): boolean | undefined {
  const { model, asOf, measurements } = context;
  const { name } = service;
  const reaches = (text: string, every: Parameters<typeof lastCompletedPeriod>[0] | undefined): boolean => {
    const period = parsePeriod(text);
    return !isProblem(period) && period.firstDay <= asOf && period.lastDay >= lastCompletedPeriod(every ?? 'month', addMonths(asOf, -recordingMonths)).lastDay;
  };
  let awaits = false;
  for (const { entity: { node } } of model.referrers('Service', name)) {
    if (node.$type === 'Metric' && node.services.includes(name)) {
      const periods = periodsOf(node, context);
      const last = periods && lastOf(periods, asOf);
      if (last !== undefined && reaches(last.id, node.every)) return true;
      awaits ||= periods === undefined;
    }
    if (node.$type === 'Agreement' && node.services.includes(name)) {
      if (!measurements && node.targets.length > 0) awaits = true;
      if (node.targets.some((target) => measurements?.ofTarget(node.name, target.name).some(({ period, verdict, value }) => verdict !== 'unknown' && value !== undefined && reaches(period, target.period)))) return true;
      const reports = model.referrers('Agreement', node.name).flatMap(({ entity }) => (entity.node.$type === 'ServiceReport' ? [entity.node] : []));
      if (reports.some(({ produced, every }) => produced.some(({ on, period }) => on <= asOf && reaches(period, every)))) return true;
    }
  }
  const recorded = counts.map((count) => hasRecordsOf(count, name, context));
  if (recorded.includes(true)) return true;
  return awaits || recorded.includes(undefined) ? undefined : false;
}
