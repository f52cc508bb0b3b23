/** Clause 8.1, operational planning and control. */
import { catalogueProcesses } from '../../language/catalogue/processes.ts';
import type { DeclarationTypes, Metric, Process } from '../../language/model/declarations.ts';
import { addMonths } from '../../language/values/date.ts';
import { lastCompletedPeriod, parsePeriod, periodInWords } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { lastApproval } from '../assessment/approvals.ts';
import { timeRemarks } from '../analysis/flow/flow-times.ts';
import { dateOf, latestOf } from '../assessment/dates.ts';
import { isFilledIn, isNotZero, someFilledIn } from '../assessment/filled-in.ts';
import { everyRecord } from '../assessment/records.ts';
import { addFact, placeOf, shortfall, shown, unknown, type Remark } from '../assessment/remark.ts';
import { collection, declareFixes, each, query, rule, system, type Rule, type RuleContext } from '../assessment/rule.ts';
import { stated } from '../assessment/stated.ts';
import { firstOf, named } from '../assessment/wording.ts';
import { clauseOfRecords, isWithin } from './clause-of-records.ts';
import { datedEntriesOf } from './dated-entries.ts';
import { isComputed, lastOf, periodsOf, recordFix, recordingMonths } from './metric-periods.ts';
import { controlsOfProcess, partsOutsourced, processControlScaffold, processesOutsourced } from './other-parties.ts';
import { processTemplate } from './process-template.ts';

type Policy = DeclarationTypes['Policy'];
type Plan = DeclarationTypes['ServiceManagementPlan'];

const template = catalogueProcesses.find(({ id }) => id === 'service-delivery');

const none = { message: 'No process is declared, so nothing is run by criteria.', ...(template ? { declare: processTemplate(template, () => false) } : {}) };

function metricsOf({ metrics }: Process, { model }: RuleContext): readonly Metric[] {
  return metrics.flatMap((id) => model.get('Metric', id) ?? []);
}

export const criteriaSet: Rule = rule('8.1.a', {
  parts: [
    each('Process', {
      none,
      check: (process, context) => {
        const metrics = metricsOf(process, context);
        const remarks = [
          ...stated(process, 'The process', [
            { said: someFilledIn(process.criteria), what: 'by which criteria it is judged', line: 'criteria "${1:TODO what it has to achieve}"' },
            { said: metrics.length > 0, what: 'which metric measures it', line: 'measured by ${1:TODO}' },
          ]),
        ];
        const [first] = metrics;
        if (!first || metrics.some((metric) => hasTarget(metric, context))) return remarks;
        return [
          ...remarks,
          shortfall(`The process ${named(process)} is measured by ${firstOf(metrics.map(({ name }) => name))}, but no target says which value is good enough: target >= VALUE in the metric.`, {
            place: placeOf(process, 'metrics', 0),
            related: [{ place: placeOf(first), message: 'Has no target' }],
            fixes: [addFact(`Give ${named(first)} a target`, placeOf(first), 'target >= ${1:0}')],
          }),
        ];
      },
    }),
    each('Process', { none: null, check: timeRemarks }),
  ],
});

/** By itself, or by an objective that it measures. */
function hasTarget({ name, comparison, target }: Metric, { model }: RuleContext): boolean {
  // That something be at least zero is what a fix leaves to be filled in; that it be at most zero is a target.
  if (target !== undefined && (isNotZero(target) || comparison !== '>=')) return true;
  return model.referrers('Metric', name).some(({ entity: { node } }) => node.$type === 'Objective' && node.metric === name && isNotZero(node.to));
}

/** Metrics that measure a process. */
const processMetrics = query('metrics of processes', ({ model }) => [...new Set(model.all('Process').flatMap(({ metrics }) => metrics))].filter(isFilledIn).sort());

export const criteriaControlled: Rule = rule('8.1.b', {
  parts: [
    system((context) =>
      context.read(processMetrics).some((id) => context.model.get('Metric', id) !== undefined)
        ? []
        : [
            shortfall('No process is measured by a metric, so nothing shows that one is run by its criteria.', {
              axis: 'evidenced',
              fixes: context.model.all('Process').slice(0, 1).map((process) => addFact('Say which metrics measure it', placeOf(process), 'measured by ${1:TODO}')),
            }),
          ],
    ),
    each('Metric', {
      none: null,
      check: (metric, context) => (context.read(processMetrics).includes(metric.name) ? [...lastValue(metric, context), ...missedValues(metric, context)] : []),
    }),
  ],
});

function lastValue(metric: Metric, context: RuleContext): readonly Remark[] {
  const { asOf } = context;
  const periods = periodsOf(metric, context);
  if (periods === undefined) return [unknown('evidenced', 'nothing has been measured yet')];
  const planned = context.plannedInterval('8.1.b');
  const last = lastOf(periods, asOf);
  if (metric.every === undefined) {
    if (last !== undefined && addMonths(last.lastDay, planned.months + recordingMonths) >= asOf) return [shown('evidenced')];
    const what = last === undefined ? 'has no value yet' : `was last measured for ${periodInWords(last)}`;
    return [shortfall(`The metric ${named(metric)} controls a process and ${what}; without “every …” it is measured ${planned.words}.`, { place: placeOf(metric), axis: 'evidenced', fixes: isComputed(metric) ? [] : [addFact('Record its value', placeOf(metric), 'record ${1:0000} = ${2:0}')] })];
  }
  const due = lastCompletedPeriod(metric.every, addMonths(asOf, -recordingMonths));
  if (last !== undefined && last.lastDay >= due.lastDay) return [shown('evidenced')];
  return [shortfall(`The metric ${named(metric)} controls a process, but has no value for ${periodInWords(due)}, the last period due.`, { place: placeOf(metric), axis: 'evidenced', fixes: isComputed(metric) ? [] : [recordFix(metric, due)] })];
}

/** Targets that were missed have to be explained, or lead to something. */
function missedValues(metric: Metric, context: RuleContext): readonly Remark[] {
  const missed = (context.measurements?.ofMetric(metric.name) ?? []).filter(({ verdict, period }) => verdict === 'missed' && !isAnalysed(metric, period, context)).map(({ period }) => period);
  if (missed.length === 0) return [];
  return [
    shortfall(`The metric ${named(metric)} missed its target in ${firstOf(missed)}, and nothing says why or what is done: analysis PERIOD "…" in the metric, or an improvement from it.`, {
      place: placeOf(metric, 'target'),
      axis: 'evidenced',
      fixes: [addFact('Say why, and what is done', placeOf(metric), 'analysis ${1:0000} "${2:TODO why, and what is done}"')],
    }),
  ];
}

function isAnalysed(metric: Metric, period: string, { model }: RuleContext): boolean {
  if (metric.analyses.some(({ period: of, text }) => isFilledIn(text) && covers(of, period))) return true;
  return model.referrers('Metric', metric.name).some(({ entity: { node } }) => node.$type === 'Improvement' && node.sources.some(({ source, periods }) => source === metric.name && (periods.length === 0 || periods.some((of) => covers(of, period)))));
}

/** Whether a period as written holds another. */
function covers(outer: string, inner: string): boolean {
  const [whole, part] = [parsePeriod(outer), parsePeriod(inner)];
  return !isProblem(whole) && !isProblem(part) && whole.firstDay <= part.firstDay && whole.lastDay >= part.lastDay;
}

export const executionRecorded: Rule = rule('8.1.c', {
  // The records themselves are what is kept.
  evidence: 'derived',
  parts: [
    each('Process', {
      none,
      check: (process, context) => {
        const remarks = [...stated(process, 'The process', [{ said: someFilledIn(process.records), what: 'which records are kept of it', line: 'records "${1:TODO which records, and where}"' }])];
        const state = hasRecords(process, context);
        if (state === true) return [...remarks, shown('evidenced')];
        if (state === undefined) return [...remarks, unknown('evidenced', 'nothing has been measured yet')];
        const { months, words } = context.plannedInterval('8.1.c');
        return [
          ...remarks,
          shortfall(`Nothing shows that the process ${named(process)} was carried out in the last ${months} months (this is to be seen ${words}): no record of a source, no dated entry of the model and no evidence that names it.`, {
            place: placeOf(process),
            axis: 'evidenced',
            fixes: [
              {
                title: 'Declare evidence of it',
                edits: [{ kind: 'addDeclaration', after: placeOf(process), text: `evidence \${1:${process.name}-record} "\${2:TODO what it shows}" {\n  processes ${process.name}\n  file "\${3:TODO path of the record}"\n  dated \${4:0000-00-00}\n}` }],
              },
            ],
          }),
        ];
      },
    }),
  ],
});

const sourcesByKind = collection('sources by kind of record', ['Source'], ({ name, recordKind }) => [[recordKind, name]]);

/** Days of evidence that shows something, by the processes and requirements that it is of. */
const daysOfEvidence = collection('days of evidence', ['Evidence'], ({ file, link, dated, processes, requirements }) =>
  dated !== undefined && (isFilledIn(file) || isFilledIn(link)) ? [...processes, ...requirements].map((name) => [name, dated] as const) : [],
);

/** Whether something was recorded of a process in the last months; undefined where a source would tell, but nothing was measured yet. */
function hasRecords(process: Process, context: RuleContext): boolean | undefined {
  const { collected, asOf, measurements } = context;
  const oldest = addMonths(asOf, -context.plannedInterval('8.1.c').months);
  const isRecent = (date: string | undefined): boolean => {
    const on = latestOf([date], asOf);
    return on !== undefined && on >= oldest;
  };
  const clauses = process.satisfies.map((id) => id.replace(/^iso20000:/, ''));
  const isOf = (clause: string): boolean => clauses.some((own) => isWithin(clause, own) || isWithin(own, clause));
  if (datedEntriesOf(context).some(({ clause, on }) => isRecent(on) && isOf(clause))) return true;
  if ([process.name, ...process.satisfies].some((name) => collected(daysOfEvidence, name).some(isRecent))) return true;
  const sources = Object.entries(clauseOfRecords).flatMap(([kind, clause]) => (clause !== undefined && isOf(clause) ? collected(sourcesByKind, kind) : []));
  if (sources.some((name) => isRecent(measurements?.source(name)?.to))) return true;
  return sources.length > 0 && !measurements ? undefined : false;
}

/** What has a version of its own: the policies, processes and the plan of the system. */
type Versioned = Policy | Process | Plan;

const kinds: Readonly<Record<Versioned['$type'], string>> = { Policy: 'policy', Process: 'process', ServiceManagementPlan: 'service management plan' };

function versioned({ model }: RuleContext): readonly Versioned[] {
  return [...model.all('ServiceManagementPlan'), ...model.all('Policy'), ...model.all('Process')];
}

export const systemChangesControlled: Rule = rule('8.1.1', {
  parts: [
    system((context) => {
      const all = versioned(context);
      if (all.some(({ version }) => isFilledIn(version)) || context.model.all('ControlledDocument').some(({ version, changes }) => isFilledIn(version) || changes.length > 0)) return [];
      const [first] = all.filter(({ file }) => file === undefined);
      return [
        shortfall('No policy, process or plan of the system says in which version it is, so changes of the system cannot be told apart: file "…" version "…".', {
          fixes: first ? [addFact(`Say which version of ${named(first)} is in force`, placeOf(first), 'file "${1:TODO path of the document}" version "${2:TODO}"')] : declareFixes(context, { title: 'Declare the service management plan', text: 'service management plan ${1:plan} "${2:Service management plan}" {\n  file "${3:TODO path of the document}" version "${4:TODO}"\n  approved by ${5:TODO} on ${6:0000-00-00}\n}' }),
        }),
      ];
    }),
    each('ServiceManagementPlan', { none: null, check: checkVersion }),
    each('Policy', { none: null, check: checkVersion }),
    each('Process', { none: null, check: checkVersion }),
  ],
});

/** What documents say of themselves, as far as it matters to versions. */
const documentVersions = query('versions of documents', ({ model }) => model.all('ControlledDocument').map(({ $key, name, title, file, processes, approvals, changes }) => ({ $key, name, title, file, processes, approvals, changes })));

function checkVersion(subject: Versioned, context: RuleContext): readonly Remark[] {
  const { asOf } = context;
  const documents = context.read(documentVersions).filter(({ file, processes }) => (file !== undefined && file === subject.file) || (subject.$type === 'Process' && processes.includes(subject.name)));
  const approved = lastApproval([...subject.approvals, ...documents.flatMap(({ approvals }) => approvals)], asOf)?.on;
  const fixes = [addFact('Say who approved it and when', placeOf(subject), 'approved by ${1:TODO} on ${2:0000-00-00}')];
  const what = `The ${kinds[subject.$type]} ${named(subject)}`;
  if (approved === undefined) {
    const changed = documents.some(({ changes }) => changes.some(({ by }) => isFilledIn(by)));
    if (!isFilledIn(subject.version) || isFirst(subject.version) || changed) return [];
    return [shortfall(`${what} is in version ${subject.version}, but nobody is seen to have approved what changed since the first.`, { place: placeOf(subject, 'version'), fixes })];
  }
  return documents.flatMap((document) =>
    document.changes.flatMap(({ on, version }, index) => {
      const day = dateOf(on);
      if (day === undefined || day > asOf || day <= approved) return [];
      return [shortfall(`${what} was changed on ${day} (version ${version}), after its last approval on ${approved}. Who approved the change?`, { place: { entity: document.$key, path: ['changes', index, 'on'] }, fixes })];
    }),
  );
}

/** Whether a version is the first one: `1`, `1.0`, or one before that. */
function isFirst(version: string): boolean {
  return /^v?(?:0(?:\.\d+)*|1(?:\.0)*)$/i.test(version.trim());
}

export const unintendedChanges: Rule = rule('8.1.2', {
  parts: [
    everyRecord({
      row: '8.1.2',
      kind: 'change',
      plural: 'changes',
      demands: () => [
        {
          name: 'reviewed',
          where: 'outcome is one of unintended, unauthorized',
          meets: 'reviewed is not empty',
          fields: ['outcome', 'reviewed'],
          of: 'unintended or unauthorized changes',
          lacks: 'were not reviewed',
          withoutRecords: 'no change is recorded as unintended or unauthorized',
        },
        {
          name: 'acted-on',
          where: 'outcome is one of unintended, unauthorized',
          meets: 'actions is not empty',
          fields: ['outcome', 'actions'],
          of: 'unintended or unauthorized changes',
          lacks: 'do not say what was done against bad effects (or that there were none)',
          withoutRecords: 'no change is recorded as unintended or unauthorized',
        },
      ],
    }),
  ],
});

export const outsourcedControlled: Rule = rule('8.1.3', {
  trigger: processesOutsourced,
  parts: [
    each('Process', {
      none: null,
      check: (process, context) =>
        partsOutsourced(process, context).flatMap(({ supplier, place }) => {
          const controls = controlsOfProcess(process, supplier);
          if (controls.some(({ metric, applied }) => isFilledIn(metric) && latestOf([applied], context.asOf) !== undefined)) return [];
          const [control] = controls;
          const what =
            control === undefined
              ? `no control of ${named(supplier)} is about it`
              : `the control ${control.name} of ${named(supplier)} ${isFilledIn(control.metric) ? 'has not been applied yet' : 'names no metric'}`;
          return [
            shortfall(`${named(supplier)} operates the process ${named(process)} or a part of it, but ${what}: control NAME process-performance process ${process.name} metric METRIC applied DATE.`, {
              place,
              related: [{ place: placeOf(supplier), message: 'The supplier' }],
              fixes: control === undefined ? [addFact(`Add a control of ${named(supplier)}`, placeOf(supplier), processControlScaffold(process))] : [],
            }),
          ];
        }),
    }),
  ],
});
