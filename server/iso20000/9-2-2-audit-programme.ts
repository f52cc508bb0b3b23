/** Clause 9.2.2, audit programme. */
import { latestOf } from '../assessment/dates.ts';
import { documentFault } from '../assessment/documents.ts';
import { isFilledIn, someFilledIn } from '../assessment/filled-in.ts';
import { addFact, placeOf, shortfall, shown, type Remark } from '../assessment/remark.ts';
import { declareFixes, each, rule, system, type NewDeclaration, type Rule, type RuleContext, type SystemPart } from '../assessment/rule.ts';
import { stated, type Wanted } from '../assessment/stated.ts';
import { firstOf, listed, named } from '../assessment/wording.ts';
import { auditScaffold, currentCycle, currentProgramme, heldOn, looksAtProcess, noneHeld, ownWork, periodOf, type Audit, type AuditProgramme } from './internal-audits.ts';

const scaffold: NewDeclaration = {
  title: 'Declare the audit programme',
  text: 'audit programme ${1:audits} "${2:Audit programme}" {\n  period ${3:0000}\n  every 12mo\n  methods "${4:TODO how audits are carried out}"\n  responsibilities "${5:TODO who does what}"\n  planning "${6:TODO how audits are planned}"\n  reporting "${7:TODO to whom and how results are reported}"\n  importance "${8:TODO which processes matter most, and why}"\n  changes considered "${9:TODO which changes it takes into account}"\n  file "${10:TODO path of the document}"\n}',
};

/** A check of the programme whose period the day is in, and of there being one. */
function ofProgramme(check: (programme: AuditProgramme, context: RuleContext) => readonly Remark[]): SystemPart {
  return system((context) => {
    const programme = currentProgramme(context);
    if (programme) return check(programme, context);
    const [other] = context.model.all('AuditProgramme');
    if (!other) return [shortfall('No audit programme is declared.', { fixes: declareFixes(context, scaffold) })];
    const period = periodOf(other);
    if (!period) return [shortfall(`The audit programme ${named(other)} does not say for which period it is made.`, { place: placeOf(other), fixes: other.period === undefined ? [addFact('Say for which period', placeOf(other), 'period ${1:0000}')] : [] })];
    return [shortfall(`No audit programme is declared for ${context.asOf}: ${named(other)} is made for ${period.firstDay} to ${period.lastDay}.`, { place: placeOf(other, 'period'), fixes: declareFixes(context, scaffold) })];
  });
}

function programmeSays(row: string, wanted: (programme: AuditProgramme, context: RuleContext) => readonly Wanted[]): Rule {
  return rule(row, { evidence: 'derived', parts: [ofProgramme((programme, context) => stated(programme, 'The audit programme', wanted(programme, context)))] });
}

export const auditProgramme: Rule = programmeSays('9.2.2.a', (programme) => [
  { said: isFilledIn(programme.frequency) || programme.every !== undefined, what: 'how often audits are held', line: 'frequency "${1:TODO how often}"' },
  { said: isFilledIn(programme.methods), what: 'by which methods', line: 'methods "${1:TODO how audits are carried out}"' },
  { said: isFilledIn(programme.responsibilities), what: 'who is responsible for what', line: 'responsibilities "${1:TODO who does what}"' },
  { said: isFilledIn(programme.planning), what: 'how they are planned', line: 'planning "${1:TODO how audits are planned}"' },
  { said: isFilledIn(programme.reporting), what: 'how results are reported', line: 'reporting "${1:TODO to whom and how results are reported}"' },
]);

export const importanceConsidered: Rule = rule('9.2.2.a1', {
  parts: [
    ofProgramme((programme, context) => [
      ...stated(programme, 'The audit programme', [
        { said: isFilledIn(programme.importance), what: 'how the importance of processes is taken into account', line: 'importance "${1:TODO which processes matter most, and why}"' },
      ]),
      ...checkImportant(programme, context),
    ]),
  ],
});

/** Important processes are audited at least as often as any other. */
function checkImportant(programme: AuditProgramme, context: RuleContext): readonly Remark[] {
  if (programme.importantProcesses.length === 0) return [];
  const { audits, from, to } = currentCycle(context);
  const counts = new Map(context.model.all('Process').map((process) => [process.name, audits.filter((audit) => looksAtProcess(audit, process)).length]));
  const others = [...counts].filter(([name]) => !programme.importantProcesses.includes(name));
  const [most, times] = others.reduce((best, one) => (one[1] > best[1] ? one : best), ['', 0]);
  return programme.importantProcesses.flatMap((name, index) => {
    const count = counts.get(name);
    if (count === undefined || count >= times) return [];
    return [shortfall(`The process ${name} is of high importance but is audited less often than ${most} (${count} against ${times} audits held since ${from} or planned until ${to}).`, { place: placeOf(programme, 'importantProcesses', index) })];
  });
}

export const changesConsidered: Rule = programmeSays('9.2.2.a2', ({ changesConsidered: changes }) => [
  { said: isFilledIn(changes), what: 'which changes it takes into account, or that there are none', line: 'changes considered "${1:TODO which changes it takes into account}"' },
]);

export const previousResults: Rule = programmeSays('9.2.2.a3', ({ previous, firstCycle }, { model }) => [
  { said: firstCycle || previous.some((id) => model.get('Audit', id) !== undefined), what: 'which earlier audits it builds on, or that this is the first cycle', line: 'previous results ${1:TODO}' },
]);

function audits(row: string, none: boolean, check: (audit: Audit, context: RuleContext) => readonly Remark[]): Rule {
  return rule(row, { evidence: 'derived', parts: [each('Audit', { none: none ? { message: 'No internal audit is declared.', declare: auditScaffold } : null, check })] });
}

export const criteriaAndScope: Rule = audits('9.2.2.b', true, (audit) =>
  stated(audit, 'The audit', [
    { said: audit.own || someFilledIn(audit.criteria) || audit.covers.length > 0, what: 'by which criteria it looks', line: 'criteria "${1:TODO which requirements}"' },
    { said: isFilledIn(audit.scope) || someFilledIn(audit.processes), what: 'what it looks at', line: 'scope "${1:TODO which services, sites and processes}"' },
  ]),
);

export const impartialAuditors: Rule = audits('9.2.2.c', true, (audit, context) => {
  const remarks: Remark[] = [...stated(audit, 'The audit', [{ said: someFilledIn(audit.auditors), what: 'who carries it out', line: 'auditor ${1:TODO}' }])];
  for (const { auditor, index, owned, worksIn } of ownWork(audit, context)) {
    for (const { process, nodes } of worksIn) {
      remarks.push(shortfall(`${auditor} audits ${named(process)} and carries out or answers for ${firstOf(nodes.map((node) => `“${process.nodes[node]!.name}”`))} there: nobody audits their own work.`, { place: placeOf(audit, 'auditors', index), related: nodes.map((node) => ({ place: placeOf(process, 'nodes', node, 'name'), message: 'Own work' })) }));
    }
    if (owned.length > 0) remarks.push(shortfall(`${auditor} audits ${listed(owned.map(named))} and owns ${owned.length === 1 ? 'it' : 'them'}: nobody audits their own work.`, { place: placeOf(audit, 'auditors', index), related: owned.map((process) => ({ place: placeOf(process, 'owner'), message: 'Owned here' })) }));
  }
  if (audit.notIndependent) remarks.push(shortfall(`The audit ${named(audit)} says of itself that it is not independent.`, { place: placeOf(audit, 'notIndependent') }));
  return remarks;
});

export const resultsReported: Rule = rule('9.2.2.d', {
  parts: [
    noneHeld,
    each('Audit', {
      none: null,
      check: (audit, { asOf }) => {
        if (heldOn(audit, asOf) === undefined) return [];
        const isReported = someFilledIn(audit.reportedTo) && latestOf([audit.reportedOn], asOf) !== undefined;
        return isReported ? [shown('evidenced')] : stated(audit, 'The audit', [{ said: false, what: 'to whom its results were reported and when', line: 'reported to ${1:TODO} on ${2:0000-00-00}' }], 'evidenced');
      },
    }),
  ],
});

export const evidenceKept: Rule = rule('9.2.2.e', {
  evidence: 'derived',
  parts: [
    noneHeld,
    each('Audit', {
      none: null,
      check: (audit, context) => {
        if (heldOn(audit, context.asOf) === undefined) return [];
        const report = audit.report === undefined ? undefined : context.model.get('ControlledDocument', audit.report);
        const fault = report && documentFault(report, { mode: 'retain' }, context);
        if (fault) return [shortfall(fault.message, { place: fault.place, axis: 'evidenced', fixes: fault.fixes ?? [] })];
        return stated(audit, 'The audit', [{ said: report !== undefined || isFilledIn(audit.file), what: 'where its report is', line: 'file "${1:TODO path of the report}"' }], 'evidenced');
      },
    }),
    ofProgramme((programme) => stated(programme, 'The audit programme', [{ said: isFilledIn(programme.file), what: 'where its document is', line: 'file "${1:TODO path of the document}"' }], 'evidenced')),
  ],
});
