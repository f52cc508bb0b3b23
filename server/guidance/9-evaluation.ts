/** Recommendations for clause 9, performance evaluation. */
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { addDays, addMonths, weekdayOf, type IsoDate } from '../../language/values/date.ts';
import { parsePeriod } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { dateOf, isWithinMonths, latestOf } from '../assessment/dates.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall } from '../assessment/remark.ts';
import { declareFixes, each, recommended, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { firstOf, listed, named } from '../assessment/wording.ts';
import { auditScaffold, coversClause, heldOn } from '../iso20000/internal-audits.ts';

/** Months in which a metric that is worth its trouble leads to some decision. */
const decisionMonths = 12;

export const metricsLeadToDecisions: Rule = recommended('G.9.1.1', {
  parts: [
    each('Metric', {
      none: null,
      check: (metric, context) => {
        if (!isFilledIn(metric.purpose)) return stated(metric, 'The metric', [{ said: false, what: 'what it is measured for', line: 'purpose "${1:TODO which decision rests on it}"' }]);
        // Where nothing was analysed at all, clause 9.1 says so.
        const isOld = metric.analyses.some(({ period }) => lastDayOf(period) !== undefined && addMonths(lastDayOf(period)!, decisionMonths) < context.asOf);
        if (!isOld || ledToSomething(metric.name, context) || metric.analyses.some(({ period, action }) => action !== undefined && isRecent(period, context.asOf))) return [];
        return [shortfall(`The metric ${named(metric)} has led to no action, improvement or objective in ${decisionMonths} months. Drop it, or say what it is for.`, { place: placeOf(metric) })];
      },
    }),
  ],
});

function lastDayOf(text: string): IsoDate | undefined {
  const period = parsePeriod(text);
  return isProblem(period) ? undefined : period.lastDay;
}

function isRecent(text: string, asOf: IsoDate): boolean {
  const last = lastDayOf(text);
  return last !== undefined && addMonths(last, decisionMonths) >= asOf;
}

function ledToSomething(metric: string, { model, asOf }: RuleContext): boolean {
  return (
    model.all('Objective').some((objective) => objective.metric === metric && objective.status !== 'dropped') ||
    model.all('Improvement').some(({ sources, expectations, recorded, implemented }) => (sources.some(({ source }) => source === metric) || expectations.some(({ subject }) => subject === metric)) && [recorded, implemented].some((date) => date === undefined || isWithinMonths(date, decisionMonths, asOf)))
  );
}

const cycleMonths = 36;
const yearMonths = 12;
const clauses: readonly string[] = [...new Set(catalogue.demands.map(({ clause }) => clause))];

export const auditsCoverEverything: Rule = recommended('G.9.2.2.1', {
  parts: [
    system((context) => {
      const { model, asOf } = context;
      const since = (months: number) => model.all('Audit').filter((audit) => (heldOn(audit, asOf) ?? '') >= addMonths(asOf, -months));
      const cycle = since(cycleMonths);
      if (cycle.length === 0) return [];
      const uncovered = (audits: typeof cycle, among: readonly string[]): readonly string[] => among.filter((clause) => !audits.some((audit) => coversClause(audit, clause)));
      const inCycle = uncovered(cycle, clauses);
      const inYear = uncovered(since(yearMonths), clauses.filter((clause) => clause.startsWith('8.'))).filter((clause) => !inCycle.includes(clause));
      const fixes = declareFixes(context, auditScaffold);
      return [
        ...(inCycle.length > 0 ? [shortfall(`No audit of the last ${cycleMonths} months covers ${firstOf(inCycle, 8)}. Cover everything once in the cycle of certification.`, { fixes })] : []),
        ...(inYear.length > 0 ? [shortfall(`No audit of the last ${yearMonths} months covers ${firstOf(inYear, 8)} of clause 8. Look at what matters most each year.`, { fixes })] : []),
      ];
    }),
  ],
});

export const trainedAuditors: Rule = recommended('G.9.2.2.2', {
  parts: [
    each('Audit', {
      none: null,
      check: (audit, { model }) =>
        audit.auditors.flatMap((id, index) => {
          const person = model.get('Person', id);
          if (!person || person.outside) return [];
          const isTrained = person.competences.some(({ requirement }) => /audit/i.test(requirement) || /audit/i.test(skillOf(requirement, model.all('Role'))));
          return isTrained ? [] : [shortfall(`Nothing shows that ${named(person)} is competent in auditing: competent in ROLE.audit by training assessed DATE, at the person.`, { place: placeOf(audit, 'auditors', index) })];
        }),
    }),
  ],
});

/** The skill behind `auditor.audit`. */
function skillOf(requirement: string, roles: readonly { readonly name: string; readonly competences: readonly { readonly name: string; readonly skill: string }[] }[]): string {
  const [role, name] = requirement.split('.');
  return roles.find((one) => one.name === role)?.competences.find((one) => one.name === name)?.skill ?? '';
}

export const reviewsTwiceAYear: Rule = recommended('G.9.3.1', {
  parts: [
    each('ManagementReview', {
      none: null,
      check: (review, { model, asOf }) => {
        const latest = latestOf(model.all('ManagementReview').map(({ held }) => held), asOf);
        if (latest === undefined || review.held !== latest || isWithinMonths(latest, 6, asOf)) return [];
        return [shortfall(`The latest management review was held on ${latest}. Hold one at least once a year; twice a year fits the half-yearly checks.`, { place: placeOf(review, 'held') })];
      },
    }),
  ],
});

/** Working days after its period within which a report is still news. */
const newsDays = 5;

export const timelyReports: Rule = recommended('G.9.4.1', {
  parts: [
    each('ServiceReport', {
      none: null,
      check: (report) => [
        ...stated(report, 'The service report', [
          { said: isFilledIn(report.purpose), what: 'what it is for', line: 'purpose "${1:TODO which decisions it serves}"' },
          { said: report.audience.length > 0, what: 'for whom it is', line: 'audience ${1:TODO}' },
          { said: report.sources.length > 0, what: 'where its figures come from', line: 'source ${1:TODO}' },
        ]),
        ...report.produced.flatMap((produced, index) => {
          const last = lastDayOf(produced.period);
          const on = dateOf(produced.on);
          if (last === undefined || on === undefined || on <= afterWorkingDays(last, newsDays)) return [];
          return [shortfall(`The service report ${named(report)} for ${produced.period} was produced on ${on}, more than ${newsDays} working days after its end.`, { place: placeOf(report, 'produced', index, 'on') })];
        }),
      ],
    }),
  ],
});

/** Monday to Friday; holidays are left out, which only makes it stricter. */
function afterWorkingDays(day: IsoDate, count: number): IsoDate {
  let date = day;
  for (let left = count; left > 0; ) {
    date = addDays(date, 1);
    if (!isWeekend(date)) left--;
  }
  return date;
}

function isWeekend(date: IsoDate): boolean {
  // Days of the week are numbered from Monday.
  return weekdayOf(date) > 5;
}

const contents: readonly { readonly what: string; readonly words: RegExp; readonly line: string }[] = [
  { what: 'what happened', words: /target|performance|attainment|past|incident|result|availab/i, line: 'content "${1:Performance against targets in the period}"' },
  { what: 'what is coming', words: /forecast|outlook|trend|expect|coming|next/i, line: 'content "${1:Forecast of load and of risks}"' },
  { what: 'work that is planned', words: /plan|schedul|calendar|change/i, line: 'content "${1:Planned changes and maintenance}"' },
];

export const reportsLookAhead: Rule = recommended('G.9.4.2', {
  parts: [
    each('ServiceReport', {
      where: ({ contents: said }) => someFilledIn(said),
      none: null,
      check: (report) => {
        const missing = contents.filter(({ words }) => !report.contents.some((content) => words.test(content)) && !(words.test('trend') && report.trends));
        if (missing.length === 0) return [];
        return [shortfall(`The service report ${named(report)} does not tell ${listed(missing.map(({ what }) => what), 'or')}.`, { place: placeOf(report), fixes: missing.map(({ what, line }) => addFact(`Tell ${what}`, placeOf(report), line)) })];
      },
    }),
  ],
});
