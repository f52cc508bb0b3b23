/** Clause 6.2.1, establishing objectives. */
import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { DeclarationTypes, Metric } from '../../language/model/declarations.ts';
import { addMonths, type IsoDate } from '../../language/values/date.ts';
import { lastCompletedPeriod, parsePeriod, periodInWords, type PeriodKind } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { dateOf, latestOf } from '../assessment/dates.ts';
import { documented, documentFault } from '../assessment/documents.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import { addDeclaration, addFact, placeOf, shortfall, shown, unknown, type Remark } from '../assessment/remark.ts';
import { rule, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { named } from '../assessment/wording.ts';
import { attested } from './attestations.ts';
import { isComputed, lastOf, periodsOf, recordFix, recordingMonths } from './metric-periods.ts';
import { eachObjective, eachOpenObjective, isObjective, noObjective, objectiveKind, type Objective } from './objectives.ts';

type Communication = DeclarationTypes['Communication'];

export const objectivesSet: Rule = rule('6.2.1.1', {
  parts: [
    // That there is one is asked for here, and said once for the clause.
    eachObjective(() => []),
    system(({ model }) => {
      const remarks = model.all('Objective').filter(isObjective).map((objective) =>
        stated(objective, objectiveKind, [
          { said: isFilledIn(objective.function), what: 'which function is to achieve it', line: 'function "${1:TODO who is to achieve it}"' },
          { said: isFilledIn(objective.level), what: 'at which level it is set', line: 'level "${1:TODO}"' },
          { said: isFilledIn(objective.owner), what: 'who owns it', line: 'owner ${1:TODO}' },
        ]),
      );
      return remarks.find((own) => own.length === 0) ?? remarks[0] ?? [];
    }),
  ],
});

export const fitPolicy: Rule = rule('6.2.1.a', {
  parts: [
    eachObjective((objective, { model }) => {
      const policy = model.get('Policy', objective.policy);
      if (policy?.kind === 'service-management') return [];
      if (!policy) return stated(objective, objectiveKind, [{ said: false, what: 'which policy it follows from', ...(objective.policy === undefined ? { line: 'policy ${1:TODO}' } : {}) }]);
      return [shortfall(`The objective ${named(objective)} follows from ${named(policy)}, which is not the service management policy (kind service-management).`, { place: placeOf(objective, 'policy') })];
    }),
  ],
});

/** Whether a quantity carries its unit: `75%`, `4h`, `500 EUR`. */
function hasUnit(quantity: string | undefined): boolean {
  return quantity !== undefined && /[%\p{L}]/u.test(quantity);
}

export const measurable: Rule = rule('6.2.1.b', {
  parts: [
    eachObjective((objective, { model }) => {
      const metric = model.get('Metric', objective.metric);
      if (!metric) return stated(objective, objectiveKind, [{ said: false, what: 'by which metric it is measured, and which value is to be reached', ...(objective.metric === undefined ? { line: 'metric ${1:TODO} to ${2:0} by ${3:0000-00-00}' } : {}) }]);
      return stated(metric, 'The metric', [
        { said: isFilledIn(metric.unit) || isComputed(metric) || hasUnit(objective.to), what: 'in which unit it is measured', line: 'unit "${1:TODO}"' },
        { said: metric.comparison !== undefined || objective.from !== undefined, what: `whether more or less of it is better (target >= …, or where the objective ${objective.name} starts: from …)` },
      ]);
    }),
  ],
});

export const requirementsConsidered: Rule = rule('6.2.1.c', {
  parts: [
    eachObjective((objective, { model }) => stated(objective, objectiveKind, [{ said: objective.considers.some((id) => isFilledIn(id) && model.find('ObjectiveConsideration', id) !== undefined), what: 'which requirements it takes into account', line: 'considers ${1:TODO}' }])),
    attested('6.2.1.c'),
  ],
});

export const monitored: Rule = rule('6.2.1.d', {
  parts: [
    eachOpenObjective((objective, context) => {
      const metric = context.model.get('Metric', objective.metric);
      return [...checkLookedAt(objective, metric, context), ...(metric ? checkMeasured(metric, context) : [])];
    }),
  ],
});

/** Somebody looks at its progress as often as its metric is analysed, or else measured. */
function checkLookedAt(objective: Objective, metric: Metric | undefined, context: RuleContext): readonly Remark[] {
  const { asOf } = context;
  const last = latestOf([objective.monitored, ...(metric?.analyses ?? []).map(({ period, text }) => (isFilledIn(text) ? lastDayOf(period) : undefined))], asOf);
  const { since, words } = lookedAtSince(metric?.analysedEvery ?? metric?.every, context);
  if (last !== undefined && last >= since) return [shown('evidenced')];
  const when = last === undefined ? `Nobody has looked at the progress of the objective ${named(objective)}` : `The progress of the objective ${named(objective)} was last looked at on ${last}`;
  return [
    shortfall(`${when}; it is looked at ${words}. Write when it was: monitored DATE.`, {
      place: objective.monitored === undefined ? placeOf(objective) : placeOf(objective, 'monitored'),
      axis: 'evidenced',
      fixes: objective.monitored === undefined ? [addFact('Say when it was looked at', placeOf(objective), 'monitored ${1:0000-00-00}')] : [],
    }),
  ];
}

/** From which day on a look at it counts: the first of the last period that is over, so that its figures can be there. */
function lookedAtSince(every: PeriodKind | undefined, { asOf, plannedInterval }: RuleContext): { readonly since: IsoDate; readonly words: string } {
  if (every !== undefined) return { since: lastCompletedPeriod(every, asOf).firstDay, words: `every ${every}, as its metric is` };
  const { months, words } = plannedInterval('6.2.1.d');
  return { since: addMonths(asOf, -months), words };
}

function lastDayOf(text: string): string | undefined {
  const period = parsePeriod(text);
  return isProblem(period) ? undefined : period.lastDay;
}

function checkMeasured(metric: Metric, context: RuleContext): readonly Remark[] {
  const periods = periodsOf(metric, context);
  if (periods === undefined) return [unknown('evidenced', 'nothing has been measured yet')];
  const due = lastCompletedPeriod(metric.every ?? 'month', addMonths(context.asOf, -recordingMonths));
  if (periods.some(({ lastDay }) => lastDay >= due.lastDay)) return [shown('evidenced')];
  const last = lastOf(periods, context.asOf);
  return [
    shortfall(`The metric ${named(metric)} of an objective has no value for ${periodInWords(due)}, the last period due; ${last ? `the last one is of ${periodInWords(last)}` : 'there is no value of it'}.`, {
      place: placeOf(metric),
      axis: 'evidenced',
      fixes: isComputed(metric) ? [] : [recordFix(metric, due)],
    }),
  ];
}

/** Communications that the objective names, and those that are about it. */
function communicationsOf(objective: Objective, { model }: RuleContext): readonly Communication[] {
  const found = new Set(objective.communications.flatMap((id) => model.get('Communication', id) ?? []));
  for (const { entity: { node } } of model.referrers('Objective', objective.name)) if (node.$type === 'Communication' && node.about.includes(objective.name)) found.add(node);
  return [...found];
}

export const communicated: Rule = rule('6.2.1.e', {
  parts: [
    eachObjective((objective, context) => {
      const planned = communicationsOf(objective, context).filter(({ audience }) => audience.some(({ party, text }) => isFilledIn(party) || isFilledIn(text)));
      if (planned.some(({ performed }) => latestOf(performed, context.asOf) !== undefined)) return [shown('evidenced')];
      const [first] = planned;
      if (first) {
        return [
          shortfall(`${named(first)} is to make the objective ${named(objective)} known, but has not been performed yet.`, {
            place: placeOf(first, 'performed', 0),
            axis: 'evidenced',
            fixes: [addFact('Say when it was performed', placeOf(first), 'performed ${1:0000-00-00}')],
          }),
        ];
      }
      return [
        shortfall(`Nothing says that the objective ${named(objective)} was made known: a communication about it, with its audience and when it was performed.`, {
          place: placeOf(objective),
          axis: 'evidenced',
          fixes: [
            addDeclaration(
              'Declare the communication',
              placeOf(objective),
              `communication \${1:objectives-told} "\${2:TODO what is told}" {\n  direction internal\n  about ${objective.name}\n  audience "\${3:TODO whom}"\n  channel "\${4:TODO how}"\n  responsible \${5:TODO}\n  performed \${6:0000-00-00}\n}`,
            ),
          ],
        }),
      ];
    }),
  ],
});

export const updated: Rule = rule('6.2.1.f', {
  parts: [
    eachOpenObjective((objective, { asOf }) => {
      const by = dateOf(objective.by);
      const changed = latestOf([objective.updated], asOf);
      if (by === undefined || by >= asOf || (changed !== undefined && changed > by)) return [shown('evidenced')];
      return [
        shortfall(`The objective ${named(objective)} was to be achieved by ${by} and is still open. Say what became of it (status achieved, or dropped), or set a new date and write when: updated DATE.`, {
          place: placeOf(objective, 'by'),
          axis: 'evidenced',
          fixes: objective.updated === undefined ? [addFact('Say when it was changed', placeOf(objective), 'updated ${1:0000-00-00}')] : [],
        }),
      ];
    }),
  ],
});

const keptRow = catalogue.row('6.2.1.2');
const keptTogether = keptRow && documented(keptRow);

export const objectivesDocumented: Rule = rule('6.2.1.2', {
  evidence: 'derived',
  parts: [
    system((context): readonly Remark[] => {
      const objectives = context.model.all('Objective').filter(isObjective);
      if (objectives.length === 0) return [shortfall(noObjective.message)];
      const documents = objectives.map((objective) => context.model.get('ControlledDocument', objective.document));
      // Where each has a document of its own, none is needed for all of them.
      if (documents.includes(undefined)) return keptTogether?.check(context) ?? [];
      const faults = [...new Set(documents)].flatMap((document) => (document ? (documentFault(document, { mode: document.mode ?? 'retain' }, context) ?? []) : []));
      return faults.length === 0 ? [shown('evidenced')] : faults.map(({ message, place, fixes = [] }) => shortfall(message, { place, axis: 'evidenced', fixes }));
    }),
  ],
});
