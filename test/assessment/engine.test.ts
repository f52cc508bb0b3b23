import assert from 'node:assert/strict';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import type { Finding } from '../../language/model/finding.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { dateFrom } from '../../language/values/date.ts';
import type { RequirementStatus } from '../../server/assessment/assessment.ts';
import { AssessmentEngine, type AssessmentOptions } from '../../server/assessment/engine.ts';
import { shortfall } from '../../server/assessment/remark.ts';
import { each, query, rule, system, type Rule } from '../../server/assessment/rule.ts';
import { rules } from '../../server/iso20000/rules.ts';
import type { Measurements } from '../../server/measurement/figure.ts';

const builder = new FragmentBuilder();
const asOf = dateFrom('2026-11-10');

class Assessed {
  readonly model = new ProjectModel();
  readonly engine: AssessmentEngine;

  constructor(texts: Readonly<Record<string, string>>, options: Partial<AssessmentOptions> = {}) {
    this.engine = new AssessmentEngine(this.model, { asOf, rules, ...options });
    for (const [file, text] of Object.entries(texts)) this.edit(file, text);
  }

  edit(file: string, text: string | undefined): void {
    this.engine.apply(this.model.update(file, text === undefined ? undefined : builder.build(file, text, this.model.fragment(file))));
  }

  findings(code?: string): Finding[] {
    return this.engine.assessment().findings.filter((finding) => code === undefined || finding.code === code);
  }

  status(row: string): RequirementStatus {
    const status = this.engine.assessment().requirements.find(({ id }) => id === row);
    assert.ok(status);
    return status;
  }
}

const organization = 'organization acme "ACME Services"\nperson kate "Kate Moss-Green"\ncustomer retail\nservice email { customer retail }\n';
const unlimited = `${organization}sla gold for email with retail { target uptime availability >= 99% per month }\n`;
const ofRow = (assessed: Assessed, row: string): Finding[] => assessed.findings().filter(({ requirements }) => requirements.includes(row));

describe('assessment', () => {
  it('tells gaps of the whole system once a clause, at the organization', () => {
    const assessed = new Assessed({ 'model.itsms': 'person kate\norganization acme "ACME Services"' });
    const [catalogue, ...others] = assessed.findings('8.2.4');
    assert.deepEqual(others, []);
    assert.deepEqual(catalogue?.requirements, ['8.2.4.1', '8.2.4.2', '8.2.4.3']);
    assert.deepEqual(assessed.model.locate(catalogue!.place)?.range, { line: 1, column: 13, endLine: 1, endColumn: 17 });
    assert.match(catalogue!.message, /Clause 8\.2\.4, Service catalogue management: \d gaps\.\n• No service catalogue is declared\. \(items 1, 2 and 3\)/);
  });

  it('asks for an organization first, in one finding of the first file', () => {
    const assessed = new Assessed({ 'b.itsms': 'person omar', 'a.itsms': 'person kate' });
    const findings = assessed.findings();
    assert.deepEqual(findings.map(({ code, place }) => [code, place]), [['no-organization', { file: 'a.itsms' }]]);
    const gaps = assessed.engine.assessment().requirements.filter(({ declared, evidenced, effective }) => [declared, evidenced, effective].includes('no'));
    assert.deepEqual(findings[0]?.requirements, gaps.map(({ id }) => id));
    assessed.edit('a.itsms', undefined);
    assert.deepEqual(assessed.findings().map(({ place }) => place), [{ file: 'b.itsms' }]);
    assessed.edit('b.itsms', undefined);
    assert.deepEqual(assessed.findings(), []);
  });

  it('never says that rows without a rule are met', () => {
    const { checked, declared, evidenced, effective } = new Assessed({ 'model.itsms': organization }, { rules: [] }).status('4.1.1');
    assert.deepEqual({ checked, declared, evidenced, effective }, { checked: false, declared: 'unknown', evidenced: 'unknown', effective: 'unknown' });
  });

  it('says of data that was not measured that it is unknown, and finds no fault with it', () => {
    const source = 'source tickets of incident from "x.csv" { map opened = a  map classification = b  map service = c }';
    const assessed = new Assessed({ 'model.itsms': `${organization}${source}` });
    const { declared, evidenced, effective, findings } = assessed.status('8.6.1.a');
    assert.deepEqual({ declared, evidenced, effective, findings }, { declared: 'yes', evidenced: 'unknown', effective: 'unknown', findings: 0 });
  });

  it('says that a row does not apply where its trigger is absent, and why', () => {
    const source = 'source tickets of incident from "x.csv" { map major = a  map major-manager = b }';
    const assessed = new Assessed({ 'model.itsms': `${organization}${source}` });
    const measured = (population: number): Measurements => ({
      asOf,
      figures: [],
      checks: [{ check: '8.6.1.5/manager', source: 'tickets', population, shortfall: 0, firstKeys: [], missingFields: [] }],
      sources: [{ source: 'tickets', recordKind: 'incident', files: [], rows: 9, records: 9, fields: [], dataHash: '' }],
      findings: [],
      records: [],
    });
    assessed.engine.setMeasurements(measured(0));
    assert.equal(assessed.status('8.6.1.5').applicability, 'notApplicable');
    assert.equal(assessed.status('8.6.1.5').reason, 'no major incident is recorded');
    assessed.engine.setMeasurements(measured(2));
    assert.equal(assessed.status('8.6.1.5').applicability, 'applicable');
    assert.equal(assessed.status('8.6.1.5').effective, 'yes');
  });

  it('counts an open nonconformity against a clause as contradicting what its rows claim', () => {
    const audit = 'audit ia1 { covers iso20000:8.3  held 2026-10-14 }\n';
    const limited = `${organization}sla gold for email with retail { workload tickets <= 9 per month }\n${audit}`;
    assert.equal(new Assessed({ 'm.itsms': limited }).status('8.3.3.4').effective, 'yes');
    assert.equal(new Assessed({ 'm.itsms': `${limited}nonconformity nc { against iso20000:8.3.3  status open }` }).status('8.3.3.4').effective, 'no');
    assert.equal(new Assessed({ 'm.itsms': `${limited}nonconformity nc { against iso20000:8.3.3  status closed }` }).status('8.3.3.4').effective, 'yes');
  });

  it('keeps texts that are only placeholders from counting', () => {
    const texts = ['', 'TODO', 'TODO when', 'tbd', '…', '...', '?', '<criteria>', ' - '];
    for (const text of texts) {
      const assessed = new Assessed({ 'm.itsms': `organization acme\nperson kate\nmajor incident criteria c { criteria "${text}"  approved by kate on 2026-01-01 }` });
      assert.equal(assessed.status('8.6.1.2').declared, 'no', text);
    }
    for (const text of ['More than 100 users', 'Todos los usuarios', '2 sites']) {
      const assessed = new Assessed({ 'm.itsms': `organization acme\nperson kate\nmajor incident criteria c { criteria "${text}"  approved by kate on 2026-01-01 }` });
      assert.equal(assessed.status('8.6.1.2').declared, 'yes', text);
    }
  });
});

describe('severity, milestones and tolerance', () => {
  it('takes the narrowest override', () => {
    const severityWith = (severity: AssessmentOptions['severity']): string | undefined => ofRow(new Assessed({ 'm.itsms': unlimited }, { severity: severity ?? {} }), '8.3.3.4')[0]?.severity;
    assert.equal(severityWith({}), 'error');
    assert.equal(severityWith({ 8: 'hint' }), 'hint');
    assert.equal(severityWith({ 8: 'hint', '8.3.3': 'warning' }), 'warning');
    assert.equal(severityWith({ '8.3.3': 'warning', '8.3.3.4': 'information' }), 'information');
    assert.equal(severityWith({ '8.3.3.5': 'information' }), 'error');
  });

  it('calls what a milestone does not yet need “later”, and lists it all the same', () => {
    const text = (milestone: string): string => unlimited.replace('"ACME Services"', `"ACME Services" { certification ${milestone} by 2027-03-31 }`);
    const early = new Assessed({ 'm.itsms': text('stage-1') });
    assert.equal(early.status('8.3.3.a').applicability, 'later');
    assert.deepEqual(ofRow(early, '8.3.3.a').map(({ severity }) => severity), ['information', 'information']);
    assert.match(ofRow(early, '8.3.3.a')[0]!.message, /^Needed later, by stage 2: /);
    assert.equal(early.status('8.3.3.4').applicability, 'applicable');
    early.edit('m.itsms', text('stage-2'));
    assert.equal(early.status('8.3.3.a').applicability, 'applicable');
    assert.deepEqual(ofRow(early, '8.3.3.a').map(({ severity }) => severity), ['error', 'error']);
  });

  it('lets as many records fall short as the project tolerates, and shows them', () => {
    const source = 'source tickets of incident from "x.csv" { map opened = a  map classification = b  map service = c }';
    const effective = (tolerance: number | string): string => {
      const assessed = new Assessed({ 'm.itsms': `${organization}${source}` }, { tolerance: { '8.6.1': tolerance } });
      const check = (name: string, missing: number) => ({ check: `8.6.1.a/${name}`, source: 'tickets', population: 1000, shortfall: missing, firstKeys: ['INC1'], missingFields: [] });
      assessed.engine.setMeasurements({
        asOf,
        figures: [],
        checks: [check('recorded', 0), check('classified', 3), check('service', 0)],
        sources: [{ source: 'tickets', recordKind: 'incident', files: [], rows: 1000, records: 1000, fields: [], dataHash: '' }],
        findings: [],
        records: [],
      });
      const [finding] = ofRow(assessed, '8.6.1.a');
      assert.match(finding!.message, /3 of 1,000 incidents are in no category: INC1, …/);
      assert.equal(finding!.severity, assessed.status('8.6.1.a').effective === 'no' ? 'error' : 'information');
      return assessed.status('8.6.1.a').effective;
    };
    assert.equal(effective(0), 'no');
    assert.equal(effective(2), 'no');
    assert.equal(effective(3), 'yes');
    assert.equal(effective('0.2%'), 'no');
    assert.equal(effective('0.29%'), 'no');
    assert.equal(effective('0.3%'), 'yes');
  });
});

describe('waivers', () => {
  const waived = (waiver: string): Assessed => new Assessed({ 'm.itsms': unlimited, 'w.itsms': waiver });
  const codes = (assessed: Assessed): string[] => assessed.engine.findingsOf('w.itsms').map(({ finding }) => finding.code);

  it('quiet a gap and keep it a gap', () => {
    const assessed = waived('waive iso20000:8.3.3.4 until 2027-01-31 approved by kate because "Volumes are not known yet"');
    const [gap] = ofRow(assessed, '8.3.3.4');
    assert.equal(gap?.severity, 'information');
    assert.match(gap!.message, /^Open, accepted until 2027-01-31 by Kate Moss-Green: “gold” sets no workload limit/);
    assert.equal(assessed.status('8.3.3.4').declared, 'no');
    assert.deepEqual(assessed.status('8.3.3.4').waived, { until: '2027-01-31', approvedBy: 'Kate Moss-Green', reason: 'Volumes are not known yet' });
    assert.deepEqual(codes(assessed), []);
    assert.equal(ofRow(assessed, '8.3.3.5')[0]?.severity, 'error');
  });

  it('of a clause quiet its rows', () => {
    const assessed = waived('waive iso20000:8.3.3 until 2027-01-31 approved by kate because "Later"');
    for (const row of ['8.3.3.4', '8.3.3.5']) assert.equal(ofRow(assessed, row)[0]?.severity, 'information');
    assert.ok(ofRow(assessed, '8.2.4.1').every(({ severity }) => severity === 'error'));
  });

  it('hold on their last day and expire into an error after it', () => {
    assert.equal(ofRow(waived('waive iso20000:8.3.3.4 until 2026-11-10 approved by kate because "Later"'), '8.3.3.4')[0]?.severity, 'information');
    const expired = waived('waive iso20000:8.3.3.4 until 2026-11-09 approved by kate because "Later"');
    assert.equal(ofRow(expired, '8.3.3.4')[0]?.severity, 'error');
    assert.deepEqual(codes(expired), ['waiver-expired']);
    assert.equal(expired.findings('waiver-expired')[0]?.severity, 'error');
    assert.equal(expired.status('8.3.3.4').waived, undefined);
  });

  it('without end, approver or reason have no effect', () => {
    for (const [text, missing] of [
      ['approved by kate because "Later"', 'end date'],
      ['until 2027-01-31 because "Later"', 'approver'],
      ['until 2027-01-31 approved by kate', 'reason'],
      ['until 2027-01-31 approved by kate because "TODO"', 'reason'],
    ]) {
      const assessed = waived(`waive iso20000:8.3.3.4 ${text}`);
      assert.equal(ofRow(assessed, '8.3.3.4')[0]?.severity, 'error');
      assert.deepEqual(codes(assessed), ['waiver-incomplete']);
      assert.ok(assessed.findings('waiver-incomplete')[0]?.message.includes(missing!));
    }
  });

  it('that are not needed are hinted at, but not where no rule checks the row', () => {
    assert.deepEqual(codes(waived('waive iso20000:8.3.3.3 until 2027-01-31 approved by kate because "Later"')), ['waiver-unused']);
    assert.deepEqual(codes(waived('waive iso20000:4.1.1 until 2027-01-31 approved by kate because "Later"')), []);
  });

  it('cannot exclude a clause from 4 to 10, nor can a scope', () => {
    for (const clause of [4, 5, 6, 7, 8, 9, 10]) {
      const assessed = waived(`waive iso20000:${clause} until 2027-01-31 approved by kate because "Not for us"`);
      assert.deepEqual(codes(assessed), ['clause-excluded']);
      assert.match(assessed.findings('clause-excluded')[0]!.message, /8\.2\.3/);
      assert.equal(ofRow(assessed, '8.3.3.4')[0]?.severity, 'error');
    }
    const outside = (subject: string): number => new Assessed({ 'm.itsms': `organization acme { outside ${subject} because "Not for us" }` }).findings('clause-excluded').length;
    for (const subject of ['"clause 8.5"', '"8.5"', '"ISO/IEC 20000-1 8.5"', '"iso20000:8.5.1"', '"Clause 10"']) assert.equal(outside(subject), 1, subject);
    for (const subject of ['print-room', '"Building 8"', '"2 sites"', '"8 printers"', '"11"']) assert.equal(outside(subject), 0, subject);
  });
});

describe('a rule that fails', () => {
  const broken: Rule = rule('8.3.3.5', { parts: [each('Agreement', { none: null, check: () => assert.fail('broken on purpose') })] });
  const brokenQuery = query('broken', (): number => assert.fail('a query broken on purpose'));
  const brokenSystem: Rule = rule('8.3.3.4', { parts: [system(({ read }) => (read(brokenQuery) > 0 ? [] : [shortfall('never')]))] });

  it('is a finding and costs no other rule its result', () => {
    const sound = rules.filter(({ row }) => row.id === '8.2.4.1');
    const assessed = new Assessed({ 'm.itsms': unlimited }, { rules: [broken, brokenSystem, ...sound] });
    const crashes = assessed.findings('internal-error');
    assert.deepEqual(crashes.map(({ requirements }) => requirements).flat().sort(), ['8.3.3.4', '8.3.3.5']);
    assert.match(crashes.map(({ message }) => message).join(), /broken on purpose/);
    assert.equal(assessed.status('8.3.3.5').declared, 'unknown');
    assert.equal(assessed.findings('8.2.4').length, 1);
  });
});

describe('incremental assessment', () => {
  it('runs again only what read what changed', () => {
    const runs: string[] = [];
    const watch = rule('8.3.3.3', {
      parts: [
        each('Agreement', {
          none: null,
          check: ({ name, services }, { model }) => {
            runs.push(name);
            return services.flatMap((id) => (model.get('Service', id) ? [] : [shortfall(`no ${id}`)]));
          },
        }),
      ],
    });
    const texts = {
      's.itsms': 'customer retail\nservice a\nservice b\nservice c',
      'x.itsms': 'sla one for a with retail\nsla two for b with retail\nsla three for a, b with retail',
    };
    const assessed = new Assessed(texts, { rules: [watch] });
    assessed.engine.changedFiles();
    const runsAfter = (file: string, text: string): string[] => {
      runs.length = 0;
      assessed.edit(file, text);
      assessed.engine.changedFiles();
      return runs.sort();
    };
    assert.deepEqual(runsAfter('s.itsms', 'customer retail\nservice a "A"\nservice b\nservice c'), ['one', 'three']);
    assert.deepEqual(runsAfter('s.itsms', 'customer retail\n\n\nservice a "A"\nservice b\nservice c'), []);
    assert.deepEqual(runsAfter('s.itsms', 'customer retail\n\n\nservice a "A"\nservice b\nservice d'), []);
    assert.deepEqual(runsAfter('x.itsms', texts['x.itsms'].replace('sla two', 'sla two "Two"')), ['two']);
  });

  it('runs of the rules of a declaration again those that read what changed, and keeps what the others said', () => {
    const runs: string[] = [];
    const watch = (row: string, type: 'Service' | 'Customer', said: string): Rule =>
      rule(row, {
        parts: [
          each('Agreement', {
            none: null,
            check: ({ services, customer }, { model }) => {
              runs.push(said);
              const found = model.get(type, type === 'Service' ? services[0] : customer);
              return [shortfall(`${said} ${found && 'title' in found ? (found.title ?? 'untitled') : 'unknown'}.`)];
            },
          }),
        ],
      });
    // More rules than there are bits to tell them apart by.
    const silent = rules.filter(({ row }) => row.id.startsWith('9.')).slice(0, 40).map(({ row }) => rule(row.id, { parts: [each('Agreement', { none: null, check: () => [] })] }));
    assert.equal(silent.length, 40);
    const texts = { 's.itsms': 'customer retail "R"\nservice a "A"', 'x.itsms': 'sla one for a with retail' };
    const assessed = new Assessed(texts, { rules: [watch('8.3.3.1', 'Service', 'service'), ...silent, watch('8.3.3.3', 'Customer', 'customer')] });
    const says = (): string[] => assessed.engine.findingsByFile().get('x.itsms')?.flatMap(({ finding }) => (/(?:service|customer) \w+\./.exec(finding.message)?.[0] ?? [])) ?? [];
    const runsAfter = (text: string): string[] => {
      runs.length = 0;
      assessed.edit('s.itsms', text);
      assessed.engine.changedFiles();
      return runs;
    };
    assert.deepEqual(says(), ['service A.', 'customer R.']);
    assert.deepEqual(runsAfter('customer retail "R"\nservice a "B"'), ['service']);
    assert.deepEqual(says(), ['service B.', 'customer R.']);
    assert.deepEqual(runsAfter('customer retail "S"\nservice a "B"'), ['customer']);
    assert.deepEqual(runsAfter('customer retail "S"\nservice b "B"'), ['service']);
    assert.deepEqual(says(), ['service unknown.', 'customer S.']);
    assert.deepEqual(runsAfter('customer retail "T"\nservice a "C"'), ['service', 'customer']);
    assert.deepEqual(says(), ['service C.', 'customer T.']);
  });

  it('computes a query again, but what read it only if its value changed', () => {
    const runs: string[] = [];
    const count = query('number of services', ({ model }) => model.all('Service').length);
    const watch = rule('8.3.3.3', {
      parts: [
        each('Agreement', {
          none: null,
          check: ({ name }, { read }) => {
            runs.push(`${name} ${read(count)}`);
            return [];
          },
        }),
      ],
    });
    const assessed = new Assessed({ 's.itsms': 'service a', 'x.itsms': 'sla one for a with retail' }, { rules: [watch] });
    assessed.engine.changedFiles();
    assessed.edit('s.itsms', 'service a "A"');
    assessed.engine.changedFiles();
    assessed.edit('s.itsms', 'service a "A"\nservice b');
    assessed.engine.changedFiles();
    assert.deepEqual(runs, ['one 1', 'one 2']);
  });

  it('tells a gap in another file as soon as it closes there', () => {
    const assessed = new Assessed({ 'a.itsms': organization, 'b.itsms': '' });
    assert.deepEqual(assessed.engine.changedFiles(), new Set(['a.itsms']));
    assert.equal(assessed.engine.findingsOf('a.itsms').some(({ finding }) => finding.requirements.includes('8.3.3.1')), true);
    assessed.edit('b.itsms', 'sla gold for email with retail { agreed by kate on 2026-01-01 }');
    assert.ok(assessed.engine.changedFiles().has('a.itsms'));
    assert.equal(assessed.engine.findingsOf('a.itsms').some(({ finding }) => finding.requirements.includes('8.3.3.1')), false);
    assessed.edit('b.itsms', undefined);
    assert.ok(assessed.engine.changedFiles().has('a.itsms'));
    assert.equal(assessed.engine.findingsOf('a.itsms').some(({ finding }) => finding.requirements.includes('8.3.3.1')), true);
  });

  it('assesses anew under other options', () => {
    const assessed = new Assessed({ 'm.itsms': unlimited });
    assessed.findings();
    assessed.engine.configure({ asOf: dateFrom('2027-11-10'), rules, severity: { '8.3.3.4': 'warning' } });
    const fresh = new Assessed({ 'm.itsms': unlimited }, { asOf: dateFrom('2027-11-10'), severity: { '8.3.3.4': 'warning' } });
    assert.deepEqual(assessed.engine.assessment(), fresh.engine.assessment());
  });
});
