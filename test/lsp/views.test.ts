import assert from 'node:assert/strict';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { dateFrom } from '../../language/values/date.ts';
import { certificationCalendar } from '../../server/analysis/certification-calendar.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';
import { rules } from '../../server/iso20000/rules.ts';
import type { Figure, Measurements } from '../../server/measurement/figure.ts';
import { applyEdits } from '../../server/editor/apply-edits.ts';
import { withoutPlaceholders } from '../../server/editor/code-actions.ts';
import type { EditorProject } from '../../server/editor/editor-project.ts';
import { calendarView } from '../../server/editor/views/calendar-view.ts';
import { clauseFix, fixesOfLine } from '../../server/editor/views/clause-fixes.ts';
import { complianceView } from '../../server/editor/views/compliance-view.ts';
import { processesView } from '../../server/editor/views/processes-view.ts';
import { countAxes, countStates, isOpen, rowViews } from '../../server/editor/views/requirement-marks.ts';
import { servicesView } from '../../server/editor/views/services-view.ts';
import type { ViewInput, ViewItem } from '../../server/editor/views/view-item.ts';
import { baseModel } from './fixture.ts';

const builder = new FragmentBuilder();
const asOf = dateFrom('2026-11-15');

interface Assessed extends ViewInput {
  readonly project: EditorProject;
}

function assessed(texts: Readonly<Record<string, string>>, figures?: readonly Figure[]): Assessed {
  const model = new ProjectModel();
  for (const [file, text] of Object.entries(texts)) model.update(file, builder.build(file, text));
  const assessment = new AssessmentEngine(model, { asOf, rules }).assessment();
  const measurements: Measurements | undefined = figures && { asOf, figures, checks: [], sources: [], findings: [], records: [] };
  const certification = certificationCalendar(model, asOf, { internalAudit: 12, managementReview: 6, systemCheck: 6, surveillance: 12, reassessment: 36 });
  const project: EditorProject = { model, builder, asOf, text: (file) => texts[file], figures: () => figures ?? [], findingsOf: () => assessment.findings };
  return { model, assessment, measurements, asOf, severity: {}, certification, project };
}

const labels = (items: readonly ViewItem[]): string[] => items.map(({ label, description }) => (description === undefined || description === '' ? label : `${label} | ${description}`));

/** Every line of a view, from the top. */
function walk(view: (parent: string | undefined) => readonly ViewItem[], parent?: string): ViewItem[] {
  return view(parent).flatMap((item) => [item, ...(item.hasChildren ? walk(view, item.id) : [])]);
}

const figure = (target: string, period: string, verdict: Figure['verdict'], numerator: number, denominator: number): Figure => ({
  subject: { kind: 'target', agreement: 'email-gold', target },
  period,
  value: String((100 * numerator) / denominator),
  unit: 'percent',
  numerator: String(numerator),
  denominator: String(denominator),
  excluded: [],
  target: { comparison: '>=', value: '95%' },
  verdict,
  computation: 'counted',
  missed: [],
  dataHash: '',
});

describe('the Compliance view', () => {
  const base = assessed({ 'base.itsms': baseModel });
  const view = (input: ViewInput, onlyGaps = false) => (parent: string | undefined): readonly ViewItem[] => complianceView(input, parent, onlyGaps);

  it('begins with clauses 4 to 10', () => {
    assert.deepEqual(complianceView(base, undefined, false).map(({ id }) => id), ['4', '5', '6', '7', '8', '9', '10'].map((clause) => `clause ${clause}`));
  });

  it('holds every demand of the standard once, under its clause', () => {
    const rows = walk(view(base)).filter(({ id }) => id.startsWith('row '));
    assert.deepEqual(rows.map(({ id }) => id.slice(4)).toSorted(), catalogue.demands.map(({ id }) => id).toSorted());
  });

  it('shows a statement of several rows as a line of its own, one of a single row as that row', () => {
    const inside = complianceView(base, 'clause 4.3', false);
    assert.deepEqual(inside.map(({ id }) => id), ['statement 4.3#list', 'row 4.3.1', 'row 4.3.2', 'row 4.3.3']);
    assert.deepEqual(complianceView(base, 'statement 4.3#list', false).map(({ id }) => id), ['row 4.3.a', 'row 4.3.b', 'row 4.3.c']);
  });

  it('has an id of its own for every line, whatever is filtered', () => {
    const all = walk(view(base)).map(({ id }) => id);
    assert.equal(new Set(all).size, all.length);
    const filtered = walk(view(base, true)).map(({ id }) => id);
    assert.ok(filtered.length > 0);
    assert.deepEqual(filtered.filter((id) => !all.includes(id)), []);
  });

  it('keeps only what has gaps where that is asked for, accepted ones too', () => {
    const views = rowViews(base);
    const rows = walk(view(base, true)).filter(({ id }) => id.startsWith('row '));
    assert.deepEqual(rows.map(({ id }) => id.slice(4)).toSorted(), [...views.values()].filter(({ state }) => isOpen(state)).map(({ row }) => row.id).toSorted());
  });

  it('tells a gap by its axes, in the colour of its severity and in words', () => {
    const [row] = complianceView(base, 'clause 4.1', false);
    assert.match(row?.description ?? '', /^not declared/);
    assert.equal(row?.icon, 'error');
    assert.match(row?.spoken ?? '', /^4\.1\.1 .*, gap, error, not declared/);
    assert.match(row?.tooltip ?? '', /What is checked/);
    assert.ok(row?.tooltip?.includes(catalogue.row('4.1.1')!.requirement.slice(0, 20)));
  });

  it('keeps a waived gap open, and says until when and by whom', () => {
    const waived = assessed({ 'base.itsms': `${baseModel}\nwaive iso20000:4.1.1 until 2027-01-31 approved by anna because "A <b>reason</b>"` });
    const row = complianceView(waived, 'clause 4.1', false).find(({ id }) => id === 'row 4.1.1');
    assert.match(row?.description ?? '', /^open, accepted until 2027-01-31 by Anna Berg: not declared/);
    assert.equal(row?.icon, 'issue-draft');
    assert.ok(!row?.tooltip?.includes('<b>'), 'text of the model is no markup');
    assert.ok(complianceView(waived, 'clause 4.1', true).some(({ id }) => id === 'row 4.1.1'));
    assert.ok(!row?.context.includes('fix'), 'nobody is asked to mend what is accepted');
  });

  it('says of what does not apply why, and of what is needed later when', () => {
    const stage1 = assessed({ 'base.itsms': baseModel.replace('organization acme "ACME" {', 'organization acme "ACME" { certification stage-1 by 2027-02-01 ') });
    const states = [...rowViews(stage1).values()];
    const later = states.find(({ state }) => state === 'later')!;
    const notApplicable = states.find(({ state }) => state === 'notApplicable')!;
    const rows = walk(view(stage1)).filter(({ id }) => id.startsWith('row '));
    const described = (id: string): string => rows.find((row) => row.id === `row ${id}`)?.description ?? '';
    assert.match(described(later.row.id), /^later: needed by stage 2/);
    assert.match(described(notApplicable.row.id), /^not applicable: \w/);
    assert.ok(walk(view(stage1, true)).every(({ id }) => id !== `row ${later.row.id}`));
  });

  it('leads to the first finding, else to who satisfies it', () => {
    const rows = walk(view(base)).filter(({ id }) => id.startsWith('row '));
    for (const row of rows) {
      const { findings } = rowViews(base).get(row.id.slice(4))!;
      if (findings.length === 0) continue;
      assert.deepEqual(base.model.locate(row.place!), base.model.locate(findings[0]!.place), row.id);
    }
    const satisfied = assessed({ 'base.itsms': baseModel.replace('process problem "Problem management" {', 'process problem "Problem management" { satisfies iso20000:8.6.3 ') });
    const place = walk(view(satisfied)).find(({ id }) => id.startsWith('row 8.6.3') && rowViews(satisfied).get(id.slice(4))!.findings.length === 0)?.place;
    assert.equal(place === undefined || ('entity' in place && place.entity === 'Process:problem'), true);
  });

  it('counts every row once, whatever it is called', () => {
    const counts = countStates(rowViews(base).values());
    assert.equal(Object.values(counts).reduce((sum, count) => sum + count), catalogue.demands.length);
    for (const axis of Object.values(countAxes(base.assessment.requirements))) assert.equal(Object.values(axis).reduce((sum, count) => sum + count), catalogue.demands.length);
  });

  it('knows nothing below a line that is gone', () => {
    assert.deepEqual(complianceView(base, 'clause 99', false), []);
    assert.deepEqual(complianceView(base, 'nonsense', false), []);
  });
});

describe('the Services view', () => {
  it('shows agreements with customers, what a service depends on and who provides it', () => {
    const input = assessed({ 'base.itsms': `${baseModel}\ncontract sky "Hosting" with skynet for network { valid 2026-01-01 to 2027-06-30 target up availability >= 99% per month }\n` });
    assert.deepEqual(labels(servicesView(input, undefined)), ['Corporate e-mail | 1 SLA', 'Network | no SLA']);
    assert.deepEqual(labels(servicesView(input, 'service:email')), ['E-mail, gold | with ACME Retail', 'Depends on | 1']);
    assert.deepEqual(labels(servicesView(input, 'service:email/dependencies')), ['Network | service']);
    assert.deepEqual(labels(servicesView(input, 'service:network')), ['Provided by | 1']);
    assert.deepEqual(labels(servicesView(input, 'service:network/providers')), ['Hosting | with SkyNet Hosting, until 2027-06-30']);
    assert.deepEqual(labels(servicesView(input, 'service:network/providers/agreement:sky')), ['Availability | at least 99%, not measured']);
    const ids = walk((parent) => servicesView(input, parent)).map(({ id }) => id);
    assert.equal(new Set(ids).size, ids.length);
  });

  it('says that targets without figures are not measured', () => {
    const input = assessed({ 'base.itsms': baseModel });
    assert.ok(servicesView(input, 'service:email/agreement:email-gold').every(({ description, color }) => description!.endsWith('not measured') && color === undefined));
  });

  it('shows the last figure against its target, the worst at the agreement and the service', () => {
    const input = assessed({ 'base.itsms': baseModel }, [figure('p1-restore', '2026-09', 'met', 30, 30), figure('p1-restore', '2026-10', 'missed', 29, 31)]);
    const [, target] = servicesView(input, 'service:email/agreement:email-gold');
    assert.equal(target?.description, 'at least 95%, 93.54% in October 2026, target missed');
    assert.equal(target?.icon, 'error');
    assert.match(servicesView(input, undefined)[0]!.spoken, /worst of its targets: target missed/);
  });

  it('leads to where things are declared', () => {
    const input = assessed({ 'base.itsms': baseModel });
    for (const item of walk((parent) => servicesView(input, parent))) {
      if (item.context !== 'group') assert.ok(input.model.locate(item.place!), item.id);
    }
    const [email] = servicesView(input, undefined);
    const { range } = input.model.locate(email!.place!)!;
    assert.equal(baseModel.split('\n')[range.line]!.slice(range.column, range.endColumn), 'email');
  });

  it('survives names that are not declared', () => {
    const input = assessed({ 'x.itsms': 'service x "X" { depends on nothing  provided by nobody }' });
    assert.deepEqual(labels(walk((parent) => servicesView(input, parent))), ['X | no SLA', 'Depends on | 1', 'nothing | not declared', 'Provided by | 1', 'nobody | not declared, no agreement']);
    assert.deepEqual(servicesView(input, 'service:gone/dependencies'), []);
  });
});

describe('the Processes view', () => {
  it('shows the owner, the steps and the metrics with their figures', () => {
    const metric: Figure = { ...figure('', '2026-10', 'missed', 3, 10), subject: { kind: 'metric', metric: 'first-fix' } };
    const input = assessed({ 'base.itsms': baseModel.replace('step fix "Fix"', 'measured by first-fix step fix "Fix"') }, [metric]);
    assert.deepEqual(labels(processesView(input, undefined)), ['Incident management | Omar Said', 'Problem management | Omar Said']);
    assert.deepEqual(labels(processesView(input, 'process:incident')), ['Omar Said | owner', 'Steps | 2', 'Metrics | 1']);
    assert.deepEqual(labels(processesView(input, 'process:incident/steps')), ['Log | R Service desk, A Omar Said', 'Fix | R Service desk, A Omar Said']);
    assert.deepEqual(labels(processesView(input, 'process:incident/metrics')), ['First fix | 30% in October 2026, target missed']);
    assert.equal(processesView(input, undefined)[0]?.icon, 'error');
  });
});

describe('the Calendar view', () => {
  const input = assessed({
    'base.itsms': `${baseModel.replace('organization acme "ACME" {', 'organization acme "ACME" { certification stage-2 by 2027-03-31 with "Body" ')}
policy p "Policy" { owner anna  review every 12mo last 2025-11-01 }
evidence e "Test" { dated 2026-06-14 by omar valid 6mo }
objective o "Goal" { metric first-fix to 75% by 2026-11-15 }
audit a "Autumn audit" { held 2026-01-20 }
audit b "Winter audit" { planned 2027-01-20 auditor anna }
continuity plan c "Plan" { test every 12mo  owner omar }
continuity test t "Test" of c { performed 2026-02-01 }
improvement done "Done" { due 2026-12-01 implemented 2026-10-01 action "No longer" due 2026-12-02 }
waive iso20000:4.1.1 until 2026-12-31 approved by anna because "Soon"`,
  });

  it('groups what is due by how soon', () => {
    assert.deepEqual(labels(calendarView(input, undefined)), ['Overdue | 2', 'Within 30 days | 2', 'Within 60 days | 1', 'Within 90 days | 3', 'Later | 4']);
    assert.deepEqual(labels(calendarView(input, 'overdue')), ['Check of the system | 2026-07-20, every 6 months after the last, on 2026-01-20', 'Policy | 2026-11-01, review due, Anna Berg']);
    assert.deepEqual(labels(calendarView(input, 'within30')), ['Goal | 2026-11-15, objective to be reached', 'Test | 2026-12-14, evidence no longer valid, Omar Said']);
    assert.deepEqual(labels(calendarView(input, 'within60')), ['Waiver of clause 4.1, row 1 | 2026-12-31, ends, Anna Berg']);
    assert.deepEqual(labels(calendarView(input, 'within90')).map((label) => label.split(' | ')[0]), ['Internal audit', 'Winter audit', 'Plan']);
  });

  it('says once what both a declaration and the rhythm of certification say', () => {
    const all = calendarView(input, undefined).flatMap(({ id }) => calendarView(input, id));
    assert.deepEqual(labels(all).filter((label) => label.startsWith('Stage 2')), ['Stage 2 audit | 2027-03-31, planned, by Body']);
    assert.equal(new Set(all.map(({ id }) => id)).size, all.length);
    assert.ok(all.every(({ place }) => input.model.locate(place!) !== undefined));
  });

  it('tells the distance in words to those who hear it', () => {
    assert.match(calendarView(input, 'overdue')[1]!.spoken, /14 days ago/);
    assert.match(calendarView(input, 'within30')[0]!.spoken, /today/);
  });
});

describe('fixing all gaps of a clause', () => {
  const texts = { 'base.itsms': baseModel, 'other.itsms': 'supplier other "Other" { manager anna }\n' };

  /** What cannot be read of a text. */
  const unreadable = (text: string): string[] => {
    const fragment = builder.build('x.itsms', text);
    return [...fragment.findings.map(({ finding }) => finding), ...fragment.declarations.flatMap(({ entity }) => entity.findings)].filter(({ code }) => code === 'syntax' || code === 'repeated-fact').map(({ message }) => message);
  };

  for (const clause of catalogue.clauses.filter(({ parent }) => parent === null)) {
    it(`leaves texts that can be read, in every file: clause ${clause.clause}`, () => {
      const input = assessed(texts);
      const fix = clauseFix(input.project, input, clause.clause);
      assert.ok(fix, 'something is missing');
      for (const [file, text] of Object.entries(texts)) {
        const changed = applyEdits(text, fix.edits.filter((edit) => edit.file === file).map((edit) => ({ ...edit, text: withoutPlaceholders(edit.text) })));
        assert.deepEqual(unreadable(changed), [], changed);
      }
    });
  }

  it('reaches every file that something belongs to', () => {
    const input = assessed(texts);
    const fix = clauseFix(input.project, input, '8.3');
    assert.deepEqual([...new Set(fix?.edits.map(({ file }) => file))].toSorted(), ['base.itsms', 'other.itsms']);
    assert.match(fix?.title ?? '', /for clause 8\.3, in 2 files$/);
  });

  it('leaves out what is accepted and what is not missing', () => {
    const waived = assessed({ 'base.itsms': `${baseModel}\nwaive iso20000:4.1 until 2027-01-31 approved by anna because "Soon"` });
    assert.equal(clauseFix(waived.project, waived, '4.1'), undefined);
    assert.ok(clauseFix(waived.project, waived, '4'));
  });

  it('offers of a row what a person may choose from, each once', () => {
    const input = assessed(texts);
    const titles = fixesOfLine(input.project, input, 'row 4.1.1').map(({ title }) => title);
    assert.ok(titles.length > 0);
    assert.equal(new Set(titles).size, titles.length);
    assert.deepEqual(fixesOfLine(input.project, input, 'row 99.9'), []);
  });
});
