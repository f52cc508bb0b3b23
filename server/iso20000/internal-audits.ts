import type { DeclarationTypes, Process } from '../../language/model/declarations.ts';
import { addMonths, type IsoDate } from '../../language/values/date.ts';
import { parsePeriod } from '../../language/values/period.ts';
import { isProblem } from '../../language/values/problem.ts';
import { dateOf } from '../assessment/dates.ts';
import { isFilledIn } from '../assessment/filled-in.ts';
import type { PlannedInterval } from '../assessment/planned-interval.ts';
import { shortfall } from '../assessment/remark.ts';
import { declareFixes, system, type NewDeclaration, type RuleContext } from '../assessment/rule.ts';
import { peopleOf } from './people-of-party.ts';
import { nodesOf } from './step-duties.ts';

export type Audit = DeclarationTypes['Audit'];
export type AuditProgramme = DeclarationTypes['AuditProgramme'];

/** How often an audit is held where the programme plans no interval, and how long a cycle lasts. */
export function auditInterval(context: RuleContext): PlannedInterval {
  return context.plannedInterval('9.2.1.1');
}

export const auditScaffold: NewDeclaration = {
  title: 'Declare an audit',
  text: 'audit ${1:audit} "${2:Internal audit}" {\n  covers iso20000:${3:4.1}\n  own requirements\n  scope "${4:TODO which services, sites and processes}"\n  auditor ${5:TODO}\n  planned ${6:0000-00-00}\n}',
};

/** First and last day of a programme; undefined where it does not say. */
export function periodOf({ period, until }: AuditProgramme): { readonly firstDay: IsoDate; readonly lastDay: IsoDate } | undefined {
  const first = period === undefined ? undefined : parsePeriod(period);
  const last = until === undefined ? first : parsePeriod(until);
  return first === undefined || last === undefined || isProblem(first) || isProblem(last) ? undefined : { firstDay: first.firstDay, lastDay: last.lastDay };
}

/** The audit programme whose period the day is in. */
export function currentProgramme({ model, asOf }: RuleContext): AuditProgramme | undefined {
  return model.all('AuditProgramme').find((programme) => {
    const period = periodOf(programme);
    return period !== undefined && period.firstDay <= asOf && asOf <= period.lastDay;
  });
}

export function heldOn({ held }: Audit, asOf: IsoDate): IsoDate | undefined {
  const date = dateOf(held);
  return date !== undefined && date <= asOf ? date : undefined;
}

/** The cycle that the day is in: the period of the programme, and the months before the day where that began later or there is none. */
export interface Cycle {
  readonly from: IsoDate;
  readonly to: IsoDate;
  /** Audits held in it, and those still planned in it. */
  readonly audits: readonly Audit[];
}

export function currentCycle(context: RuleContext): Cycle {
  const { model, asOf } = context;
  const programme = currentProgramme(context);
  const period = programme && periodOf(programme);
  const back = addMonths(asOf, -auditInterval(context).months);
  const from = period && period.firstDay < back ? period.firstDay : back;
  const to = period?.lastDay ?? asOf;
  const audits = model.all('Audit').filter((audit) => {
    const held = heldOn(audit, asOf);
    if (held !== undefined) return held >= from;
    const planned = dateOf(audit.planned);
    return planned !== undefined && planned >= asOf && planned <= to;
  });
  return { from, to, audits };
}

/** Whether an audit of some requirements covers a clause. */
export function coversClause({ covers }: Audit, clause: string): boolean {
  return covers.some((id) => {
    const covered = id.replace(/^iso20000:/, '');
    return clause === covered || clause.startsWith(`${covered}.`);
  });
}

/** Whether an audit looks at a process: it names it or, where it names none, covers a clause that the process satisfies. */
export function looksAtProcess(audit: Audit, process: Process): boolean {
  if (audit.processes.length > 0) return audit.processes.includes(process.name);
  return process.satisfies.some((id) => coversClause(audit, id.replace(/^iso20000:/, '')));
}

/** People who own a process: its owner, those who hold the role that does, or who leads the team. */
export function ownersOf({ owner }: Process, { model }: RuleContext): readonly string[] {
  if (!isFilledIn(owner)) return [];
  const lead = model.get('Team', owner)?.lead;
  return [owner, ...(model.get('Role', owner)?.holders ?? []), ...(lead === undefined ? [] : [lead])];
}

/** Why somebody should not audit a process: it is theirs, or they carry out steps of it. */
export interface OwnWork {
  readonly auditor: string;
  /** Position among the auditors of the audit. */
  readonly index: number;
  /** Processes that the auditor owns. */
  readonly owned: readonly Process[];
  /** Processes that the auditor carries out or answers for steps of, with the positions of these. */
  readonly worksIn: readonly { readonly process: Process; readonly nodes: readonly number[] }[];
}

/** By auditor, what of their own work the audit looks at; of those who audit none of it both lists are empty. */
export function ownWork(audit: Audit, context: RuleContext): readonly OwnWork[] {
  const processes = context.model.all('Process').filter((process) => looksAtProcess(audit, process));
  return audit.auditors.map((auditor, index) => {
    const owned = processes.filter((process) => ownersOf(process, context).includes(auditor));
    const worksIn = processes.flatMap((process) => {
      // Auditing is a step of the audit process itself.
      if (owned.includes(process) || process.satisfies.some((requirement) => /^iso20000:9\.2(?:\.|$)/.test(requirement))) return [];
      const nodes = nodesOf(process, (party) => peopleOf(party, context).includes(auditor));
      return nodes.length === 0 ? [] : [{ process, nodes }];
    });
    return { auditor, index, owned, worksIn };
  });
}

/** That no audit has been held, for rows that look at each that has. */
export const noneHeld = system((context) =>
  context.model.all('Audit').some((audit) => heldOn(audit, context.asOf) !== undefined) ? [] : [shortfall('No internal audit has been held.', { axis: 'evidenced', fixes: declareFixes(context, auditScaffold) })],
);
