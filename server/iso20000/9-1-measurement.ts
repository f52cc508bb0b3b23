/** Clause 9.1, monitoring, measurement, analysis and evaluation. */
import type { DeclarationTypes, Service } from '../../language/model/declarations.ts';
import { addMonths } from '../../language/values/date.ts';
import { lastCompletedPeriod, parsePeriod, periodInWords, previousPeriod } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { isWithinMonths, latestOf } from '../assessment/dates.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, shown, unknown, type Remark } from '../assessment/remark.ts';
import { each, rule, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { isComputed, lastOf, periodsOf, recordFix, recordingMonths } from './metric-periods.ts';
import { isLive } from './services-in-scope.ts';
import { measureByTemplates } from './process-metrics.ts';

type Metric = DeclarationTypes['Metric'];

const kind = 'The metric';

const none = {
  message: 'No metric is declared: nothing says what is measured.',
  declare: {
    title: 'Declare a metric',
    text: 'metric ${1:metric} "${2:TODO what is measured}" {\n  purpose "${3:TODO what it is measured for}"\n  method "${4:TODO how it is measured}"\n  formula "${5:TODO how the value is computed}"\n  unit ${6:count}\n  data from "${7:TODO where the data come from}"\n  every month\n  analysed every quarter\n  owner ${8:TODO}\n}',
  },
};

/** One whose title still is to be filled in is none yet. */
const isMetric = ({ title }: Metric): boolean => title === undefined || isFilledIn(title);

export const whatIsMeasured: Rule = rule('9.1.a', {
  parts: [
    each('Metric', {
      where: isMetric,
      none,
      check: (metric, { model }) => {
        const hasPurpose = isFilledIn(metric.purpose) || model.referrers('Metric', metric.name).some(({ entity: { node } }) => node.$type === 'Objective');
        return stated(metric, kind, [{ said: hasPurpose, what: 'what it is measured for', line: 'purpose "${1:TODO what it is measured for}"' }]);
      },
    }),
    each('Process', {
      none: null,
      check: (process, { model }) =>
        process.metrics.some((id) => model.get('Metric', id) !== undefined) ? [] : [shortfall(`The process ${named(process)} is measured by no metric.`, { place: placeOf(process), fixes: [addFact('Say which metrics measure it', placeOf(process), 'measured by ${1:TODO}'), ...measureByTemplates(process, model)] })],
    }),
    each('Service', {
      none: null,
      check: (service, context) => {
        if (!isLive(service, context)) return [];
        const isMeasured = context.model.referrers('Service', service.name).some(({ entity: { node } }) => (node.$type === 'Metric' && node.services.includes(service.name)) || (node.$type === 'Agreement' && node.services.includes(service.name) && node.targets.length > 0));
        return isMeasured ? [] : [shortfall(`The service ${named(service)} is measured by no metric and no target of an agreement.`, { place: placeOf(service) })];
      },
    }),
    each('Objective', {
      none: null,
      check: (objective) => stated(objective, 'The objective', [{ said: isFilledIn(objective.metric), what: 'by which metric it is measured', line: 'metric ${1:TODO} to ${2:0} by ${3:0000-00-00}' }]),
    }),
  ],
});

export const howItIsMeasured: Rule = rule('9.1.b', {
  parts: [
    each('Metric', {
      where: isMetric,
      none,
      check: (metric) =>
        isComputed(metric)
          ? []
          : stated(metric, kind, [
              { said: isFilledIn(metric.method), what: 'by which method it is measured', line: 'method "${1:TODO how it is measured}"' },
              { said: isFilledIn(metric.formula), what: 'how the value is computed', line: 'formula "${1:TODO how the value is computed}"' },
              { said: isFilledIn(metric.unit), what: 'in which unit', line: 'unit "${1:TODO}"' },
              { said: isFilledIn(metric.dataSource) || isFilledIn(metric.source), what: 'where the data come from', line: 'data from "${1:TODO where the data come from}"' },
            ]),
    }),
  ],
});

export const whenItIsMeasured: Rule = rule('9.1.c', {
  parts: [
    each('Metric', {
      where: isMetric,
      none,
      check: (metric, context) => {
        const { every } = metric;
        if (every === undefined) return [shortfall(`${kind} ${named(metric)} does not say how often it is measured (every month, for instance).`, { place: placeOf(metric) })];
        const periods = periodsOf(metric, context);
        if (periods === undefined) return [];
        const last = lastOf(periods, context.asOf);
        const oldest = previousPeriod(lastCompletedPeriod(every, context.asOf));
        if (last !== undefined && last.lastDay >= oldest.lastDay) return [];
        return [shortfall(`${kind} ${named(metric)} is measured every ${every}, but ${last ? `the last value is of ${periodInWords(last)}` : 'there is no value of it'}.`, { place: placeOf(metric, 'every'), fixes: isComputed(metric) ? [] : [recordFix(metric, oldest)] })];
      },
    }),
  ],
});

export const whenItIsEvaluated: Rule = rule('9.1.d', {
  parts: [
    each('Metric', {
      where: isMetric,
      none,
      check: (metric) => (metric.analysedEvery !== undefined ? [] : [shortfall(`${kind} ${named(metric)} does not say how often its results are analysed (analysed every quarter, for instance).`, { place: placeOf(metric) })]),
    }),
  ],
});

export const resultsKept: Rule = rule('9.1.1', {
  // The values themselves are what is kept.
  evidence: 'derived',
  parts: [
    each('Metric', {
      where: isMetric,
      none,
      check: (metric, context) => {
        const periods = periodsOf(metric, context);
        if (periods === undefined) return [unknown('evidenced', 'nothing has been measured yet')];
        const due = lastCompletedPeriod(metric.every ?? 'month', addMonths(context.asOf, -recordingMonths));
        if (periods.some(({ lastDay }) => lastDay >= due.lastDay)) return [shown('evidenced')];
        const how = isComputed(metric) ? 'from its records' : `${recordingMonths} month after its end, by the default of this product`;
        return [shortfall(`${kind} ${named(metric)} has no value for ${periodInWords(due)}, the last period due (${how}).`, { place: placeOf(metric), axis: 'evidenced', fixes: isComputed(metric) ? [] : [recordFix(metric, due)] })];
      },
    }),
  ],
});

export const systemEvaluated: Rule = rule('9.1.2', {
  parts: [
    each('Objective', {
      none: { message: 'No objective is declared, so the performance of the system is measured against nothing.', declare: { title: 'Declare an objective', text: 'objective ${1:objective} "${2:TODO what is to be achieved}" {\n  metric ${3:TODO} to ${4:0} by ${5:0000-00-00}\n  owner ${6:TODO}\n}' } },
      check: (objective, { model, asOf, plannedInterval }) => {
        const { months, words } = plannedInterval('9.1.2');
        const metric = model.get('Metric', objective.metric);
        const analysed = metric?.analyses.some(({ period, text }) => {
          const of = parsePeriod(period);
          return isFilledIn(text) && !isProblem(of) && of.firstDay <= asOf && addMonths(of.lastDay, months) >= asOf;
        });
        if (analysed === true || isWithinMonths(objective.monitored, months, asOf)) return [shown('evidenced')];
        return stated(objective, 'The objective', [{ said: false, what: `what was seen of it in the last ${months} months (it is evaluated ${words})`, line: 'monitored ${1:0000-00-00}' }], 'evidenced');
      },
    }),
    system((context): readonly Remark[] => {
      const { model, asOf } = context;
      const held = model.all('ManagementReview').filter((review) => latestOf([review.held], asOf) !== undefined);
      const [latest] = held.toSorted((a, b) => (a.held! > b.held! ? -1 : 1));
      // That a review is to be held is asked for by clause 9.3.
      if (!latest) return [shortfall('No management review has been held, so nobody has concluded whether the system is effective.', { axis: 'evidenced' })];
      const isConcluded = isFilledIn(latest.conclusion) || latest.decisions.some(({ subject, action }) => subject === 'effectiveness' && isFilledIn(action.text));
      return isConcluded ? [shown('evidenced')] : stated(latest, 'The latest management review,', [{ said: false, what: 'whether the system is effective', line: 'conclusion "${1:TODO whether the system is effective}"' }], 'evidenced');
    }),
  ],
});

export const servicesEvaluated: Rule = rule('9.1.3', {
  parts: [
    each('Service', {
      none: { message: 'No service is declared whose effectiveness would be evaluated.' },
      check: (service, context) => {
        if (!isLive(service, context)) return [];
        const { months, words } = context.plannedInterval('9.1.3');
        const state = evaluated(service, months, context);
        if (state === true) return [shown('evidenced')];
        if (state === undefined) return [unknown('evidenced', 'nothing has been measured yet')];
        return [
          shortfall(`Nothing shows how well ${named(service)} did in the last ${months} months (services are evaluated ${words}): no figure of a target or metric, and no service review with its outcomes.`, {
            place: placeOf(service),
            axis: 'evidenced',
            fixes: [{ title: 'Declare a service review', edits: [{ kind: 'addDeclaration', after: { entity: service.$key }, text: `service review \${1:${service.name}-review} "\${2:Service review}" of ${service.name} {\n  held \${3:0000-00-00}\n  outcome "\${4:TODO what was seen}"\n}` }] }],
          }),
        ];
      },
    }),
  ],
});

/** Whether a review or a figure of the last months speaks of a service; undefined where figures would come, but nothing was measured yet. */
function evaluated({ name }: Service, months: number, context: RuleContext): boolean | undefined {
  const { model, asOf, measurements } = context;
  const isRecent = (text: string): boolean => {
    const period = parsePeriod(text);
    return !isProblem(period) && period.firstDay <= asOf && addMonths(period.lastDay, months) >= asOf;
  };
  let awaits = false;
  for (const { entity: { node } } of model.referrers('Service', name)) {
    if (node.$type === 'ServiceReview' && isWithinMonths(node.held, months, asOf) && someFilledIn(node.outcomes)) return true;
    if (node.$type === 'Metric' && node.services.includes(name)) {
      const periods = periodsOf(node, context);
      if (periods?.some(({ id }) => isRecent(id)) === true) return true;
      awaits ||= periods === undefined;
    }
    if (node.$type === 'Agreement' && node.services.includes(name) && node.targets.length > 0) {
      if (!measurements) awaits = true;
      else if (node.targets.some((target) => measurements.ofTarget(node.name, target.name).some(({ period, verdict }) => verdict !== 'unknown' && isRecent(period)))) return true;
    }
  }
  return awaits ? undefined : false;
}
