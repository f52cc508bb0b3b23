import assert from 'node:assert/strict';
import { GrammarAST } from 'langium';
import { builder, readModel } from './read-model.ts';

/** The types of declaration that the grammar knows, without the catalogue's own. */
function declarationTypes(): string[] {
  const rule = builder.services.Grammar.rules.find(({ name }) => name === 'Declaration');
  assert.ok(GrammarAST.isParserRule(rule) && GrammarAST.isAlternatives(rule.definition));
  return rule.definition.elements.flatMap((element) => (GrammarAST.isRuleCall(element) && element.rule.ref ? [element.rule.ref.name] : [])).filter((name) => name !== 'Requirement');
}

/** For each type of declaration one in full, in a model where every name is known, and some facts it must give. */
const surroundings = `
person anna
person kate
team desk
customer retail
supplier skynet
service email
service network
calendar office { timezone UTC  open Mon-Fri 08:00-18:00 }
priority P1
metric csat
risk r1
policy service-policy
evidence test-report
improvement i1
ola net by desk for network { target uptime availability >= 99.9% per month }
source tickets of incident from "data/tickets.csv"
process problem { step look -> end }
`;

interface Sample {
  readonly text: string;
  readonly facts: Readonly<Record<string, unknown>>;
}

const samples: Readonly<Record<string, Sample>> = {
  Organization: { text: 'organization acme "ACME" {\n  standard iso20000:2018\n  scope """Two\nlines"""\n  sites leeds, pune "Pune"\n  outside canteen because "Not IT"\n  top management kate\n  certification stage-2 by 2027-03-31 with "Body" surveillance every 12mo\n}', facts: { scope: 'Two\nlines', standard: 'iso20000:2018', topManagement: ['kate'] } },
  Person: { text: 'person omar "Omar" { contact "omar@acme.example"  member of desk }', facts: { title: 'Omar', contact: 'omar@acme.example', teams: ['desk'] } },
  Role: { text: 'role slm "Service level manager" held by anna { responsibilities "Keeps agreements"  authorities "May say no" }', facts: { holders: ['anna'], responsibilities: ['Keeps agreements'] } },
  Team: { text: 'team ops "Operations" lead anna { members anna, kate }', facts: { lead: 'anna', members: ['anna', 'kate'] } },
  Customer: { text: 'customer bank "Bank" { relationship manager anna  users "Clerks" }', facts: { relationshipManager: 'anna', users: 'Clerks' } },
  Supplier: { text: 'supplier host "Host" { manager anna  provides email  review every 6mo last 2026-05-01 }', facts: { provides: ['email'] } },
  Calendar: { text: 'calendar shop "Shop" {\n  timezone Europe/London\n  open Mon-Fri 08:00-12:00, 13:00-18:00\n  open holidays 10:00-14:00\n  holidays GB-ENG\n  closed 2026-12-24 because "Party"\n  maintenance Sun 02:00-04:00\n}', facts: { timeZone: 'Europe/London', regions: ['GB-ENG'] } },
  Priority: { text: 'priority P2 "High" when impact high and urgency medium or impact medium and urgency high', facts: { title: 'High' } },
  Service: { text: 'service shop "Shop" {\n  summary "Sells"\n  outcome "Money", "Joy"\n  owner anna\n  customer retail\n  status live since 2026-01-01\n  criticality high\n  depends on network\n  depends on any of email, network\n}', facts: { outcomes: ['Money', 'Joy'], status: 'live', since: '2026-01-01', criticality: 'high' } },
  ConfigurationItem: { text: 'ci server-1 "Server" { type server  owner desk  supports email  version "2.1" }', facts: { type: 'server', supports: ['email'], version: '2.1' } },
  ServiceRequirement: { text: 'service requirement need "Need" for email { statement "Always there"  source retail  agreed with retail by kate on 2026-01-01 }', facts: { services: ['email'], statement: 'Always there' } },
  ServiceCatalogue: { text: 'catalogue all "All services" { owner anna  lists all  access "Everybody"  audience retail  review every 12mo }', facts: { listsAll: true, audience: ['retail'] } },
  Agreement: { text: 'sla gold "Gold" for email, network with retail {\n  valid 2026-01-01 to 2026-12-31\n  target up availability >= 99.8% per month\n  target quick restore P1 within 90min for 95% per month from tickets in office\n  target happy csat >= 4.2 per quarter\n  workload calls <= 900 per month from tickets\n  except maintenance, "force majeure"\n  credit 5% when up < 99.5%\n}', facts: { type: 'sla', services: ['email', 'network'], customer: 'retail', validTo: '2026-12-31', exceptions: ['maintenance', 'force majeure'] } },
  ServiceReview: { text: 'service review q1 "First quarter" of email with retail { held 2026-04-16  period 2026-Q1  attendees anna  action "Call" owner anna due 2026-05-01 via i1 }', facts: { held: '2026-04-16', period: '2026-Q1' } },
  ServiceReport: { text: 'service report monthly "Monthly" for net { audience retail  every month  owner anna  produced 2026-02-03 for 2026-01 to retail }', facts: { agreements: ['net'], every: 'month' } },
  Process: { text: 'process incident "Incident" {\n  owner anna\n  satisfies iso20000:8.6.1\n  inputs call from retail, alert from "monitoring"\n  outputs error to problem\n  step log "Log" R desk A anna using "Tool" within 15min produces error -> which\n  decide which "Which?" major -> both minor -> close\n  fork both -> bridge, news\n  step bridge R desk A anna C skynet -> meet\n  step news R desk A anna I retail -> meet\n  join meet -> close\n  step close R desk A anna call problem -> end\n}', facts: { satisfies: ['iso20000:8.6.1'] } },
  Procedure: { text: 'procedure big "Major incidents" { kind major incident  process problem  file "docs/big.md" version "2"  owner anna  approved by kate on 2026-01-05 }', facts: { kind: 'major incident', file: 'docs/big.md' } },
  MajorIncidentCriteria: { text: 'major incident criteria big "Big" { criteria "Many people", "Much money"  approved by kate on 2026-01-05  inform top management within 1h }', facts: { criteria: ['Many people', 'Much money'], informWithin: '1h' } },
  Source: { text: 'source calls of incident from "data/a-*.csv", "data/b.csv.gz" {\n  dates "dd-MM-yyyy HH:mm" in Europe/London\n  empty "?", "n/a"\n  history by number at "Updated At"\n  keep last\n  pause while state starts with "Awaiting"\n  where not (kind = "test")\n  map opened = opened_at\n  map restored = last time state = "Resolved"\n  map priority = part 1 of prio by " - " { "1" = P1 }\n}', facts: { recordKind: 'incident', files: ['data/a-*.csv', 'data/b.csv.gz'], historyKey: 'number', historyAt: 'Updated At', keep: 'last', emptyTexts: ['?', 'n/a'] } },
  Metric: { text: 'metric quick "Quick" {\n  from tickets where reassignments = 0\n  value share of restored - opened <= 1h in office\n  target >= 70% warn 75%\n  every month\n  by priority\n  record 2026-05 = 71.5% of 400, 2026-06 = 68%\n}', facts: { comparison: '>=', target: '70%', warning: '75%', every: 'month', groupings: ['priority'] } },
  Objective: { text: 'objective better "Better" { metric csat from 4.1 to 4.4 by 2027-01-31  policy service-policy  owner anna }', facts: { metric: 'csat', from: '4.1', to: '4.4', by: '2027-01-31' } },
  Risk: { text: 'risk fire "Fire" { affects email  likelihood 2 impact 5  treat reduce via i1  owner anna }', facts: { likelihood: '2', impact: '5', treatment: 'reduce', via: ['i1'] } },
  Policy: { text: 'policy main "Policy" { file "docs/p.md" version "2.0"  owner anna  approved by kate on 2026-02-10 as sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  review every 12mo }', facts: { file: 'docs/p.md', version: '2.0' } },
  Evidence: { text: 'evidence test "Test" { for iso20000:8.7.2  file "e/t.pdf"  dated 2026-06-14 by anna valid 12mo }', facts: { dated: '2026-06-14', valid: '12mo' } },
  Attestation: { text: 'attest iso20000:8.7.2 by anna on 2026-06-20 with test-report', facts: { requirement: 'iso20000:8.7.2', evidence: ['test-report'] } },
  Audit: { text: 'audit first "First" { covers iso20000:8.3, iso20000:8.6  auditor anna  planned 2026-10-01  held 2026-10-14 }', facts: { held: '2026-10-14', auditors: ['anna'] } },
  Nonconformity: { text: 'nonconformity n1 "Late" { against iso20000:8.3.4  grade minor  cause "No owner"  action "Name one" owner anna due 2026-12-01  status open }', facts: { grade: 'minor', status: 'open' } },
  ManagementReview: { text: 'management review half "Half" { held 2026-11-05 chair kate  attendees anna  inputs auto  decision "Pay" owner anna due 2027-01-01 via i1 }', facts: { chair: 'kate', inputsAuto: true } },
  Improvement: { text: 'improvement i2 "Better" { from r1, net.uptime in 2026-03  expects net.uptime 99.8% -> 99.95%  cost 18000 EUR  owner anna  due 2027-03-31  status approved }', facts: { cost: '18000 EUR', status: 'approved' } },
  Waiver: { text: 'waive iso20000:8.4.2.b until 2027-01-31 approved by kate because "Later"', facts: { until: '2027-01-31', approvedBy: 'kate', reason: 'Later' } },
};

describe('declarations', () => {
  it('each have a sample here, or one beside the rules of their clause', () => {
    const covered = new Set(Object.keys(samples));
    const known = declarationTypes();
    assert.deepEqual([...covered].filter((type) => !known.includes(type)), []);
    assert.ok(known.length >= covered.size);
  });

  for (const [type, { text, facts }] of Object.entries(samples)) {
    it(`reads ${type}`, () => {
      const { model, findings } = readModel({ 'around.itsms': surroundings, 'sample.itsms': text });
      assert.deepEqual(findings, []);
      const [placed, ...others] = model.fragment('sample.itsms')?.declarations ?? [];
      assert.equal(others.length, 0);
      assert.equal(placed?.entity.node.$type, type);
      const node: Readonly<Record<string, unknown>> = { ...placed?.entity.node };
      assert.deepEqual(Object.fromEntries(Object.keys(facts).map((name) => [name, node[name]])), facts);
    });
  }

  it('need no braces when they have nothing to say', () => {
    const { model, findings } = readModel('service a "A"\nservice b\nservice c { }\n');
    assert.deepEqual(findings, []);
    assert.deepEqual(model.all('Service').map(({ name }) => name), ['a', 'b', 'c']);
  });

  it('mean the same whatever their order and file', () => {
    const one = readModel('service a { owner anna }\nperson anna\n');
    const other = readModel({ 'x.itsms': 'person anna\n', 'y.itsms': 'service a { owner anna }\n' });
    assert.deepEqual([one.findings, other.findings], [[], []]);
    assert.equal(one.model.get('Service', 'a')?.owner, other.model.get('Service', 'a')?.owner);
  });

  it('are found twice when they have the same id, each telling of the other', () => {
    const { findings } = readModel({ 'x.itsms': 'service a\n', 'y.itsms': 'service a\n' });
    assert.deepEqual(findings.map((finding) => finding.replace(/:\s.*/, '')), ['x.itsms:1 duplicate-name', 'y.itsms:1 duplicate-name']);
  });

  it('may be called the same when they are of different kinds', () => {
    assert.deepEqual(readModel('service mail\nteam mail\nmetric mail { value count }\n').findings, []);
  });

  it('suggest the name that was meant', () => {
    const { findings } = readModel('person anna\nservice a { owner ana }\n');
    assert.match(findings.join(), /“ana”; did you mean “anna”/);
  });

  it('refuse a name of another kind', () => {
    const { findings } = readModel('calendar office\nservice a { owner office }\n');
    assert.match(findings.join(), /unknown-name: “office” is a calendar; a person, role or team is needed here/);
  });
});

describe('comments and texts', () => {
  it('keep documentation for hover, and forget the rest', () => {
    const { model, findings } = readModel('// a comment { with a brace\n/* and\n another } */\n/** The *main* service.\n * Two lines. */\nservice a "A" // trailing\n{\n  /* inside */ summary "// not a comment { }"\n}\n');
    assert.deepEqual(findings, []);
    assert.equal(model.get('Service', 'a')?.$documentation, 'The *main* service.\nTwo lines.');
    assert.equal(model.get('Service', 'a')?.summary, '// not a comment { }');
  });

  it('take long texts as they are written', () => {
    const { model, findings } = readModel('service a {\n  summary """\n    # Title\n    service b { not a declaration }\n    "quoted"\n    """\n}\nservice c\n');
    assert.deepEqual(findings, []);
    assert.match(model.get('Service', 'a')?.summary ?? '', /# Title[\s\S]*service b \{ not a declaration \}[\s\S]*"quoted"/);
    assert.equal(model.all('Service').length, 2);
  });

  it('take letters of any script, and line ends of any system', () => {
    const { model, findings } = readModel('\uFEFFservice büro-störung "Störung 🙂"\r\nservice почта "Почта" {\r\n  summary "郵件"\r\n}\r\n');
    assert.deepEqual(findings, []);
    assert.equal(model.get('Service', 'büro-störung')?.title, 'Störung 🙂');
    assert.equal(model.get('Service', 'почта')?.summary, '郵件');
  });

  it('tell an id with a minus from an arrow', () => {
    const { model, findings } = readModel('process p {\n  step log-in->fix\n  step fix -> end\n}\n');
    assert.deepEqual(findings, []);
    assert.deepEqual(model.get('Process', 'p')?.nodes.map(({ name }) => name), ['log-in', 'fix']);
  });
});
