/** Clause 9.4, service reporting. */
import type { Agreement, DeclarationTypes, Service } from '../../language/model/declarations.ts';
import { addMonths, type IsoDate } from '../../language/values/date.ts';
import { lastCompletedPeriod, parsePeriod, periodInWords, type Period } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { filledIn } from '../assessment/actions.ts';
import { dateOf, latestOf } from '../assessment/dates.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, shown, unknown, type Remark } from '../assessment/remark.ts';
import { each, rule, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { listed, named } from '../assessment/wording.ts';
import { isDelivered, isLive } from './services-in-scope.ts';

type ServiceReport = DeclarationTypes['ServiceReport'];
type ProducedReport = ServiceReport['produced'][number];

const kind = 'The service report';

/** Within how many months after the end of a period its report is produced: a default of this product. */
const productionMonths = 1;
/** How many periods show a trend. */
const trendPeriods = 3;

const none = {
  message: 'No service report is declared.',
  declare: {
    title: 'Declare a service report',
    text: 'service report ${1:report} "${2:Service report}" for ${3:TODO} {\n  purpose "${4:TODO what it is for}"\n  every month\n  trends included\n  owner ${5:TODO}\n}',
  },
};

/** One on an agreement that is still to be filled in is no report yet. */
const isOnAgreement = ({ agreements }: ServiceReport): boolean => someFilledIn(agreements);

function agreementsOf(report: ServiceReport, { model }: RuleContext): readonly Agreement[] {
  return report.agreements.flatMap((id) => model.get('Agreement', id) ?? []);
}

export const requirementsDetermined: Rule = rule('9.4.1', {
  parts: [
    each('ServiceReport', {
      where: isOnAgreement,
      none,
      check: (report, context) => {
        const agreements = agreementsOf(report, context);
        // For whom it is and what it holds follows from its agreements where it says nothing of its own.
        return stated(report, kind, [
          { said: isFilledIn(report.purpose), what: 'what it is for', line: 'purpose "${1:TODO what it is for}"' },
          { said: someFilledIn(report.audience) || agreements.some(({ customer }) => isFilledIn(customer)), what: 'for whom it is', line: 'audience ${1:TODO}' },
          { said: report.every !== undefined, what: 'how often it is produced (every month, for instance)' },
          { said: someFilledIn(report.contents) || agreements.some(({ targets, workloadLimits }) => targets.length + workloadLimits.length > 0), what: 'what it holds', line: 'content "${1:TODO what it shows}"' },
        ]);
      },
    }),
    each('Service', {
      none: { message: 'No service is declared on which there would be a report.' },
      check: (service, context) => {
        if (!isLive(service, context) || !isDelivered(service, context) || isReportedOn(service, context)) return [];
        const [agreement] = context.model.referrers('Service', service.name).flatMap(({ entity: { node } }) => (node.$type === 'Agreement' && node.type === 'sla' ? [node] : []));
        return [
          shortfall(`No service report is about ${named(service)}, or for a customer of it.`, {
            place: placeOf(service),
            fixes: agreement
              ? [{ title: 'Declare a service report', edits: [{ kind: 'addDeclaration', after: { entity: agreement.$key }, text: `service report ${agreement.name}-report "\${1:Service report}" for \${2:TODO} {\n  purpose "\${3:TODO what it is for}"\n  every month\n  trends included\n  owner \${4:TODO}\n}` }] }]
              : [],
          }),
        ];
      },
    }),
  ],
});

/** Whether there is a report on an agreement on the service, or for a customer of it. */
function isReportedOn({ name, customers }: Service, context: RuleContext): boolean {
  const { model } = context;
  const agreements = model.referrers('Service', name).flatMap(({ entity: { node } }) => (node.$type === 'Agreement' && node.services.includes(name) ? [node.name] : []));
  if (agreements.some((agreement) => model.referrers('Agreement', agreement).some(({ entity: { node } }) => node.$type === 'ServiceReport'))) return true;
  return customers.some((customer) => {
    const referrers = model.referrers('Customer', customer).map(({ entity: { node } }) => node);
    if (referrers.some((node) => node.$type === 'ServiceReport' && node.audience.includes(customer))) return true;
    return referrers.some((node) => node.$type === 'Agreement' && node.customer === customer && model.referrers('Agreement', node.name).some(({ entity }) => entity.node.$type === 'ServiceReport'));
  });
}

export const reportsProduced: Rule = rule('9.4.2', {
  evidence: 'derived',
  parts: [
    each('ServiceReport', {
      where: isOnAgreement,
      none,
      check: (report, context) => {
        const agreements = agreementsOf(report, context);
        const hasSource = report.sources.length > 0 || agreements.some(({ targets, workloadLimits }) => [...targets, ...workloadLimits].some(({ source }) => source !== undefined)) || context.model.all('Source').length > 0;
        const remarks = [...stated(report, kind, [{ said: hasSource, what: 'which source its figures come from', line: 'source ${1:TODO}' }])];
        const period = periodDue(report, agreements, context.asOf);
        if (!period) return remarks;
        if (report.produced.some((one) => reaches(one.period, period) && latestOf([one.on], context.asOf) !== undefined)) return [...remarks, shown('evidenced')];
        return [
          ...remarks,
          shortfall(`${kind} ${named(report)} was not produced for ${periodInWords(period)}, the last period due (${productionMonths} month after its end, the default of this product).`, {
            place: placeOf(report),
            axis: 'evidenced',
            fixes: [addFact('Say when it was produced', placeOf(report), 'produced ${1:0000-00-00} for ${2:0000-00}')],
          }),
        ];
      },
    }),
  ],
});

/** The last period whose report is due, if one of its agreements was in force from its beginning. */
function periodDue({ every }: ServiceReport, agreements: readonly Agreement[], asOf: IsoDate): Period | undefined {
  const period = lastCompletedPeriod(every ?? 'month', addMonths(asOf, -productionMonths));
  const isInForce = agreements.length === 0 || agreements.some(({ validFrom, validTo }) => (dateOf(validFrom) ?? period.firstDay) <= period.firstDay && (dateOf(validTo) ?? period.lastDay) >= period.firstDay);
  return isInForce ? period : undefined;
}

/** Whether a report is of the period, or of one after it. */
function reaches(written: string, { lastDay }: Period): boolean {
  const period = parsePeriod(written);
  return !isProblem(period) && period.lastDay >= lastDay;
}

function covers(written: string, { firstDay, lastDay }: Period): boolean {
  const period = parsePeriod(written);
  return !isProblem(period) && period.firstDay <= firstDay && period.lastDay >= lastDay;
}

export const trendsIncluded: Rule = rule('9.4.3', {
  parts: [
    each('ServiceReport', {
      where: isOnAgreement,
      none,
      check: (report, context) => {
        if (!report.trends) return stated(report, kind, [{ said: false, what: 'that it shows trends (trends included)', line: 'trends included' }]);
        const { measurements, asOf } = context;
        if (!measurements) return [unknown('evidenced', 'nothing has been measured yet')];
        const agreements = agreementsOf(report, context);
        const counts = agreements.flatMap((agreement) => agreement.targets.map(({ name }) => measurements.ofTarget(agreement.name, name).filter(({ value }) => value !== undefined).length));
        const most = Math.max(0, ...counts);
        const isYoung = agreements.every(({ validFrom }) => validFrom !== undefined && addMonths(dateOf(validFrom) ?? asOf, trendPeriods + 1) > asOf);
        if (most >= trendPeriods || isYoung || counts.length === 0) return [shown('evidenced')];
        return [shortfall(`${kind} ${named(report)} is to show trends, but the records give figures of ${most} of the ${trendPeriods} periods that show one.`, { place: placeOf(report, 'trends'), axis: 'evidenced' })];
      },
    }),
  ],
});

/** What a report of a period has to draw a conclusion from: what it says it found, and targets missed in it. */
function findingsOf(report: ServiceReport, produced: ProducedReport, context: RuleContext): { readonly stated: number; readonly missed: readonly string[] } {
  const period = parsePeriod(produced.period);
  const missed = isProblem(period)
    ? []
    : agreementsOf(report, context).flatMap((agreement) =>
        agreement.targets
          .filter(({ name }) =>
            (context.measurements?.ofTarget(agreement.name, name) ?? []).some((figure) => figure.verdict === 'missed' && covers(produced.period, periodOr(figure.period, period)) && !isImproved(`${agreement.name}.${name}`, figure.period, context)),
          )
          .map(({ name }) => `${agreement.name}.${name}`),
      );
  return { stated: produced.findings.filter(isFilledIn).length, missed };
}

function periodOr(text: string, fallback: Period): Period {
  const period = parsePeriod(text);
  return isProblem(period) ? fallback : period;
}

/** Whether an improvement follows from a target missed in a period: that is a decision. */
function isImproved(target: string, period: string, { model }: RuleContext): boolean {
  const missed = parsePeriod(period);
  return model
    .referrers('ServiceLevelTarget', target)
    .some(({ entity: { node } }) => node.$type === 'Improvement' && node.sources.some(({ source, periods }) => source === target && (periods.length === 0 || (!isProblem(missed) && periods.some((covered) => covers(covered, missed))))));
}

export const decisionsFromReports: Rule = rule('9.4.4', {
  parts: [
    each('ServiceReport', {
      where: isOnAgreement,
      none,
      check: (report, context) => {
        const remarks = report.produced.flatMap((produced, index): readonly Remark[] => {
          if (isFilledIn(produced.noAction) || filledIn(produced.actions).length > 0) return [];
          const { stated: count, missed } = findingsOf(report, produced, context);
          if (count === 0 && missed.length === 0) return [];
          const what = missed.length > 0 ? `shows that ${listed(missed)} ${missed.length === 1 ? 'was' : 'were'} missed` : 'holds findings';
          return [
            shortfall(`${kind} ${named(report)} for ${produced.period} ${what}, but nothing was decided from it. Write after it what is done: action "…", or no action because "…".`, { place: placeOf(report, 'produced', index, 'period'), axis: 'evidenced' }),
          ];
        });
        if (remarks.length > 0) return remarks;
        return [context.measurements || report.produced.length === 0 ? shown('evidenced') : unknown('evidenced', 'nothing has been measured yet')];
      },
    }),
  ],
});

export const actionsCommunicated: Rule = rule('9.4.5', {
  parts: [
    each('ServiceReport', {
      where: isOnAgreement,
      none,
      check: (report) => {
        const remarks = report.produced.flatMap((produced, index): readonly Remark[] =>
          filledIn(produced.actions).length === 0 || someFilledIn(produced.recipients)
            ? []
            : [shortfall(`${kind} ${named(report)} for ${produced.period} led to an action, but it does not say who was told of it: produced ${produced.on} for ${produced.period} to WHOM.`, { place: placeOf(report, 'produced', index, 'period'), axis: 'evidenced' })],
        );
        return remarks.length > 0 ? remarks : [shown('evidenced')];
      },
    }),
  ],
});
