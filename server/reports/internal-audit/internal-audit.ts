/** The internal audit report (9.2): what was planned and looked at, by whom, what was found, and whether what was done about it worked. */
import type { DeclarationTypes, Process } from '../../../language/model/declarations.ts';
import { coversClause, currentCycle, currentProgramme, heldOn, looksAtProcess, ownWork, type Audit, type AuditProgramme, type OwnWork } from '../../iso20000/internal-audits.ts';
import { isChecked } from '../../iso20000/nonconformities.ts';
import { isFilledIn } from '../../assessment/filled-in.ts';
import type { Block, Cell, Document, Inlines, KeyFigure } from '../blocks.ts';
import { at, attention, column, date, definitions, keyFigures, lead, list, paragraph, quiet, section, strong, table, unknown, words as text } from '../block-builders.ts';
import { gradeInWords } from '../facts/declared-words.ts';
import { clauseInWords, titleById, titleOf, titlesById } from '../facts/names.ts';
import { sourcePlace } from '../parts/places.ts';
import { actionsInWords } from '../registers/in-words.ts';
import { isOpen } from '../registers/improvement.ts';
import { reportDocument } from '../report-document.ts';
import type { ReportDefinition, ReportInput } from '../report.ts';
import { message } from '../words/words.ts';
import { sampleSection } from './samples.ts';

type Nonconformity = DeclarationTypes['Nonconformity'];

export const internalAudit: ReportDefinition = {
  id: 'internal-audit',
  title: 'Internal audit report',
  description: 'The audit programme and what its audits covered, by whom and how independent; findings by grade, samples that can be drawn again, corrective actions and whether they worked.',
  clause: '9.2',
  parameters: {},
  build,
};

/** What the report is made of, found out once. */
interface Audited {
  readonly programme: AuditProgramme | undefined;
  readonly from: string;
  readonly to: string;
  /** Of the cycle, in the order of their days. */
  readonly audits: readonly { readonly audit: Audit; readonly held: string | undefined; readonly ownWork: readonly OwnWork[] }[];
  /** Planned for a day that has passed, and not held. */
  readonly late: readonly Audit[];
  readonly clauses: readonly { readonly clause: string; readonly title: string; readonly held: readonly Audit[]; readonly planned: readonly Audit[] }[];
  readonly processes: readonly { readonly process: Process; readonly held: readonly Audit[]; readonly planned: readonly Audit[] }[];
  /** From an audit of the cycle, the gravest first. */
  readonly findings: readonly Nonconformity[];
}

function auditedIn({ ask, catalogue, asOf }: ReportInput): Audited {
  return ask((context) => {
    const { from, to, audits } = currentCycle(context);
    const dayOf = (audit: Audit): string => audit.held ?? audit.planned ?? '';
    const own = audits.toSorted((a, b) => (dayOf(a) === dayOf(b) ? 0 : dayOf(a) < dayOf(b) ? -1 : 1)).map((audit) => ({ audit, held: heldOn(audit, asOf), ownWork: ownWork(audit, context) }));
    const held = own.flatMap((one) => (one.held === undefined ? [] : [one.audit]));
    const planned = own.flatMap((one) => (one.held === undefined ? [one.audit] : []));
    const clauses = [...new Set(catalogue.demands.map(({ clause }) => clause))];
    const rank = ['major', undefined, 'minor', 'observation'] as readonly Nonconformity['grade'][];
    const names = new Set(own.map(({ audit }) => audit.name));
    return {
      programme: currentProgramme(context),
      from,
      to,
      audits: own,
      late: context.model.all('Audit').filter((audit) => audit.planned !== undefined && audit.planned < asOf && heldOn(audit, asOf) === undefined),
      clauses: clauses.map((clause) => ({ clause, title: catalogue.clause(clause)?.title ?? '', held: held.filter((audit) => coversClause(audit, clause)), planned: planned.filter((audit) => coversClause(audit, clause)) })),
      processes: context.model.all('Process').map((process) => ({ process, held: held.filter((audit) => looksAtProcess(audit, process)), planned: planned.filter((audit) => looksAtProcess(audit, process)) })),
      findings: context.model.all('Nonconformity').filter(({ source }) => source !== undefined && names.has(source)).toSorted((a, b) => rank.indexOf(a.grade) - rank.indexOf(b.grade)),
    };
  });
}

function build(input: ReportInput): Document {
  const { words } = input;
  const audited = auditedIn(input);
  return reportDocument(input, {
    id: 'internal-audit',
    title: words.say('Internal audit report'),
    subtitle: words.say('{0} to {1}', words.dateInWords(audited.from), words.dateInWords(audited.to)),
    blocks: [
      lead(conclusionInWords(input, audited)),
      keyFigures(keyFiguresOf(input, audited)),
      ...audited.late.map((audit) => attention(words.say('“{0}” was planned for {1} and has not been held.', titleOf(audit), words.dateInWords(audit.planned ?? '')))),
      programmeSection(input, audited),
      auditsSection(input, audited),
      independenceSection(input, audited),
      clauseSection(input, audited),
      processSection(input, audited),
      findingSection(input, audited),
      actionSection(input, audited),
      sampleSection(input, audited.audits.map(({ audit }) => audit)),
      methodSection(input),
    ],
  });
}

/** Nothing is called good: what was looked at and what was found is said, and what was not looked at. */
function conclusionInWords({ words }: ReportInput, { audits, clauses, findings }: Audited): string {
  const held = audits.filter((one) => one.held !== undefined);
  if (held.length === 0) return words.say('No internal audit has been held in this cycle, so nothing is known from audits.');
  const covered = clauses.filter((one) => one.held.length > 0).length;
  const nonconformities = findings.filter(({ grade }) => grade !== 'observation');
  const found = nonconformities.length === 0 ? words.say('they recorded no nonconformity') : words.count(nonconformities.length, 'they recorded {0} nonconformity, {1} still open', 'they recorded {0} nonconformities, {1} still open', nonconformities.filter(isOpen).length);
  return words.say('{0} looked at {1} of {2} clauses with requirements; {3}. What was not looked at is not known from them.', words.count(held.length, '{0} internal audit', '{0} internal audits'), covered, clauses.length, found);
}

function keyFiguresOf({ words }: ReportInput, { audits, clauses, processes, findings }: Audited): readonly KeyFigure[] {
  const count = (number: number): string => words.number(String(number));
  const whole = (number: number): string => words.say('of {0}', number);
  const actions = findings.flatMap((finding) => finding.actions);
  return [
    { name: words.say('Audits held'), value: count(audits.filter(({ held }) => held !== undefined).length), whole: whole(audits.length), note: [words.say('planned in this cycle')] },
    { name: words.say('Clauses looked at'), value: count(clauses.filter(({ held }) => held.length > 0).length), whole: whole(clauses.length), note: [words.count(clauses.filter(({ held, planned }) => held.length === 0 && planned.length > 0).length, '{0} more planned', '{0} more planned')] },
    { name: words.say('Processes looked at'), value: count(processes.filter(({ held }) => held.length > 0).length), whole: whole(processes.length) },
    { name: words.say('Open findings'), value: count(findings.filter(isOpen).length), whole: whole(findings.length) },
    { name: words.say('Actions done'), value: count(actions.filter(({ done }) => done !== undefined).length), whole: whole(actions.length) },
  ];
}

const programmeFacts = [
  ['frequency', message('How often')],
  ['methods', message('Methods')],
  ['responsibilities', message('Responsibilities')],
  ['planning', message('Planning')],
  ['reporting', message('Reporting')],
  ['importance', message('Importance of processes')],
  ['changesConsidered', message('Changes considered')],
] as const;

function programmeSection({ model, locator, words }: ReportInput, { programme }: Audited): Block {
  if (programme === undefined) return section(words.say('Audit programme'), [attention(words.say('No audit programme is declared for this day; the standard asks for one (9.2.2).'))], { anchor: 'programme' });
  const missing = quiet(words.say('not declared'));
  const previous = programme.firstCycle ? words.say('the first cycle') : titlesById(model, 'Audit', programme.previous);
  const approval = programme.approvals.at(-1);
  const facts: readonly (readonly [string, Inlines])[] = [
    ...programmeFacts.map(([fact, name]): readonly [string, Inlines] => [words.say(name), [isFilledIn(programme[fact]) ? programme[fact] : missing]]),
    [words.say('Results of earlier audits'), [previous === '' ? missing : previous]],
    [words.say('Important processes'), [programme.importantProcesses.length === 0 ? missing : titlesById(model, 'Process', programme.importantProcesses)]],
    [words.say('Owner'), [programme.owner === undefined ? missing : titleById(model, 'Party', programme.owner)]],
    [words.say('Document'), [programme.file === undefined ? missing : [programme.file, ...(programme.version === undefined ? [] : [words.say('version {0}', programme.version)])].join(', ')]],
    [words.say('Approved'), [approval === undefined ? missing : words.say('by {0} on {1}', titleById(model, 'Party', approval.by), words.dateInWords(approval.on))]],
  ];
  return section(words.say('Audit programme'), [paragraph(at(sourcePlace(locator, { entity: programme.$key }), strong(titleOf(programme)))), definitions(facts)], { anchor: 'programme' });
}

function auditsSection({ model, locator, words, asOf }: ReportInput, { audits }: Audited): Block {
  if (audits.length === 0) return section(words.say('Audits'), [paragraph(words.say('No internal audit is held or planned in this cycle.'))], { anchor: 'audits' });
  const missing = quiet(words.say('not declared'));
  const rows = audits.map(({ audit, held }): readonly Cell[] => {
    const criteria = [...(audit.own ? [words.say('own requirements')] : []), ...audit.covers.map((id) => id.replace(/^iso20000:/, '')), ...audit.criteria].join(', ');
    const reported = audit.reportedOn !== undefined && audit.reportedOn <= asOf;
    return [
      text(at(sourcePlace(locator, { entity: audit.$key }), strong(titleOf(audit))), ...(isFilledIn(audit.scope) ? [': ', audit.scope] : [])),
      text(criteria === '' ? missing : criteria),
      text(audit.auditors.length === 0 ? missing : titlesById(model, 'Person', audit.auditors)),
      date(audit.planned),
      held === undefined ? unknown(words.say('not held yet')) : date(held),
      text(held === undefined ? '' : isFilledIn(audit.conclusion) ? audit.conclusion : missing),
      text(held === undefined ? '' : reported ? words.say('{0}, to {1}', words.date(audit.reportedOn ?? ''), titlesById(model, 'Party', audit.reportedTo)) : quiet(words.say('not reported'))),
    ];
  });
  const columns = [column(words.say('Audit'), 'text', { width: 'wide' }), column(words.say('Criteria')), column(words.say('Auditors')), column(words.say('Planned'), 'date'), column(words.say('Held'), 'date'), column(words.say('Conclusion')), column(words.say('Reported'))];
  const said = audits.flatMap(({ audit }) => audit.findings.map((one): Inlines => [strong(`${titleOf(audit)}: `), one]));
  return section(words.say('Audits'), [table(columns, rows, { density: 'dense' }), ...(said.length === 0 ? [] : [section(words.say('What auditors noted'), [list(said)])])], { anchor: 'audits' });
}

function independenceSection({ model, words }: ReportInput, { audits }: Audited): Block | undefined {
  const lines = audits.flatMap(({ audit, ownWork: own }) => own.map((one) => ({ audit, own: one })));
  if (lines.length === 0) return undefined;
  const faults = lines.filter(({ audit, own }) => audit.notIndependent || own.owned.length + own.worksIn.length > 0).length;
  const rows = lines.map(({ audit, own }): readonly Cell[] => {
    const found = [
      ...(audit.notIndependent ? [words.say('the audit says of itself that it is not independent')] : []),
      ...(own.owned.length === 0 ? [] : [words.say('owns {0}', own.owned.map(titleOf).join(', '))]),
      ...own.worksIn.map(({ process, nodes }) => words.count(nodes.length, 'answers for or carries out {0} step of {1}', 'answers for or carries out {0} steps of {1}', titleOf(process))),
    ];
    const person = model.get('Person', own.auditor);
    return [text(titleById(model, 'Person', own.auditor)), text(titleOf(audit)), text(person?.outside === true ? words.say('from outside the organization') : words.say('from the organization')), text(found.length === 0 ? words.say('audits none of their own work that the model knows of') : strong(found.join('; ')))];
  });
  return section(
    words.say('Independence of auditors'),
    [table([column(words.say('Auditor')), column(words.say('Audit')), column(words.say('Where from')), column(words.say('Own work'), 'text', { width: 'wide' })], rows, { caption: [words.say('In {0} of {1} cases an auditor looks at work of their own.', faults, lines.length)] })],
    { anchor: 'independence' },
  );
}

function namesOf(audits: readonly Audit[]): string {
  return audits.map(titleOf).join('; ');
}

function latest(audits: readonly Audit[]): string | undefined {
  return audits.flatMap(({ held }) => held ?? []).toSorted().at(-1);
}

function clauseSection({ words }: ReportInput, { clauses }: Audited): Block {
  const missing = clauses.filter(({ held, planned }) => held.length + planned.length === 0);
  const rows = clauses.map(({ clause, title, held, planned }): readonly Cell[] => [
    text(strong(clause), ` ${title}`),
    held.length === 0 ? unknown(planned.length === 0 ? words.say('neither held nor planned') : words.say('planned')) : date(latest(held)),
    text(namesOf([...held, ...planned])),
  ]);
  return section(
    words.say('Clauses covered'),
    [
      table([column(words.say('Clause'), 'text', { width: 'wide' }), column(words.say('Last audited'), 'date'), column(words.say('Audits'))], rows, {
        density: 'dense',
        caption: [words.say('{0} of {1} clauses with requirements were looked at; {2}.', clauses.filter(({ held }) => held.length > 0).length, clauses.length, missing.length === 0 ? words.say('each of the others is planned in this cycle') : words.say('neither held nor planned: {0}', missing.map(({ clause }) => clause).join(', ')))],
      }),
    ],
    { anchor: 'clauses' },
  );
}

function processSection({ model, words }: ReportInput, { processes }: Audited): Block | undefined {
  if (processes.length === 0) return undefined;
  const rows = processes.map(({ process, held, planned }): readonly Cell[] => [
    text(strong(titleOf(process))),
    text(process.owner === undefined ? '' : titleById(model, 'Party', process.owner)),
    held.length === 0 ? unknown(planned.length === 0 ? words.say('neither held nor planned') : words.say('planned')) : date(latest(held)),
    text(namesOf([...held, ...planned])),
  ]);
  return section(
    words.say('Processes covered'),
    [table([column(words.say('Process'), 'text', { width: 'wide' }), column(words.say('Owner')), column(words.say('Last audited'), 'date'), column(words.say('Audits'))], rows, { density: 'dense', caption: [words.say('{0} of {1} processes were looked at.', processes.filter(({ held }) => held.length > 0).length, processes.length)] })],
    { anchor: 'processes' },
  );
}

function findingSection({ model, locator, words }: ReportInput, { audits, findings }: Audited): Block {
  const held = audits.filter((one) => one.held !== undefined).length;
  if (findings.length === 0) return section(words.say('Findings'), [paragraph(held === 0 ? words.say('No audit has been held, so there are none.') : words.say('No finding from the audits of this cycle is recorded.'))], { anchor: 'findings' });
  const rows = findings.map((finding): readonly Cell[] => [
    text(finding.grade === undefined ? quiet(words.say('not graded')) : gradeInWords(words, finding.grade)),
    text(at(sourcePlace(locator, { entity: finding.$key }), strong(titleOf(finding))), ...(isFilledIn(finding.nature) ? [': ', finding.nature] : [])),
    text(finding.against.length === 0 ? quiet(words.say('not declared')) : finding.against.map((id) => (words.language === 'en' ? clauseInWords(id) : id.replace(/^iso20000:/, ''))).join('; ')),
    text(titleById(model, 'Audit', finding.source ?? '')),
    date(finding.detected),
    text(isOpen(finding) ? words.say('open') : words.say('closed')),
  ]);
  const of = (grade: Nonconformity['grade']): number => findings.filter((finding) => finding.grade === grade).length;
  return section(
    words.say('Findings'),
    [
      table([column(words.say('Grade'), 'text', { width: 'narrow' }), column(words.say('Finding'), 'text', { width: 'wide' }), column(words.say('Against')), column(words.say('Audit')), column(words.say('Detected'), 'date'), column(words.say('State'), 'text', { width: 'narrow' })], rows, {
        rowHead: 1,
        caption: [words.say('Of {0}: {1} major, {2} minor, {3} observations, {4} not graded.', words.count(findings.length, '{0} finding', '{0} findings'), of('major'), of('minor'), of('observation'), of(undefined))],
      }),
    ],
    { anchor: 'findings' },
  );
}

function actionSection(input: ReportInput, { findings }: Audited): Block | undefined {
  if (findings.length === 0) return undefined;
  const { words, asOf } = input;
  const missing = quiet(words.say('not declared'));
  const rows = findings.map((finding): readonly Cell[] => {
    const actions = actionsInWords(input, finding.actions);
    return [
      text(strong(titleOf(finding))),
      text(isFilledIn(finding.correction) ? finding.correction : missing),
      text(isFilledIn(finding.cause) ? finding.cause : missing),
      text(actions.length === 0 ? missing : actions.join('; ')),
      text(effectivenessInWords(input, finding)),
      isChecked(finding, asOf) ? date(finding.checked ?? finding.closed ?? finding.reviewed) : unknown(),
    ];
  });
  const judged = findings.filter((finding) => isChecked(finding, asOf));
  const worked = judged.filter((finding) => finding.effective === 'yes' || (finding.effective === undefined && finding.actions.every(({ effective }) => effective === 'effective')));
  return section(
    words.say('Corrective actions and whether they worked'),
    [
      table([column(words.say('Finding'), 'text', { width: 'wide' }), column(words.say('Correction')), column(words.say('Cause')), column(words.say('Corrective actions')), column(words.say('Effectiveness')), column(words.say('Checked'), 'date')], rows, {
        density: 'dense',
        caption: [words.say('Of {0} the actions of {1} have been checked, and those of {2} worked.', words.count(findings.length, '{0} finding', '{0} findings'), judged.length, worked.length)],
      }),
    ],
    { anchor: 'actions' },
  );
}

function effectivenessInWords({ words, asOf }: ReportInput, finding: Nonconformity): string {
  if (!isChecked(finding, asOf)) return words.say('not checked yet');
  const said = finding.effective ?? (finding.actions.every(({ effective }) => effective === 'effective') ? 'yes' : 'no');
  return said === 'yes' ? words.say('effective') : words.say('not effective');
}

function methodSection({ words }: ReportInput): Block {
  return section(
    words.say('How this report is made'),
    [
      list([
        [words.say('Audits, findings and actions are those that the model declares. The cycle is that of the audit programme, or the interval at which audits are planned.')],
        [words.say('A clause counts as looked at when an audit that covers it was held. What an audit did not cover is said, and not counted as fine.')],
        [words.say('A person counts as auditing own work who owns a process that the audit looks at, or answers for or carries out one of its steps.')],
      ]),
    ],
    { anchor: 'method' },
  );
}
