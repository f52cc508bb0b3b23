import assert from 'node:assert/strict';
import { complete, completionLimit, resolveCompletion, type CompletionData } from '../../server/editor/completion/completion.ts';
import { baseModel, Fixture } from './fixture.ts';

function labels(text: string, triggerCharacter?: string): string[] {
  const fixture = new Fixture({ 'base.itsms': baseModel, 'x.itsms': text });
  return complete(fixture, 'x.itsms', fixture.at('x.itsms'), { snippets: true, ...(triggerCharacter !== undefined ? { triggerCharacter } : {}) }).items.map(({ label }) => label);
}

/** What is offered at the mark, all of it and nothing else. */
const offers: readonly (readonly [slot: string, text: string, expected: readonly string[]])[] = [
  ['owner: a person, role or team', 'service x "X" {\n  owner <|>\n}', ['anna', 'desk', 'omar', 'slm']],
  ['owner, in front of other facts', 'service x "X" {\n  owner <|>\n  status live\n}', ['anna', 'desk', 'omar', 'slm']],
  ['criticality: its words', 'service x "X" {\n  criticality <|>\n}', ['low', 'medium', 'high']],
  ['lead of a team: persons only', 'team t "T" lead <|>', ['anna', 'omar']],
  ['depends on: components, or redundancy', 'service x "X" {\n  depends on <|>\n}', ['email', 'network', 'x', 'any of']],
  ['services of an agreement', 'sla a "A" for <|>', ['email', 'network']],
  ['a further service of an agreement', 'sla a "A" for email, <|>', ['email', 'network']],
  ['customer of an agreement', 'sla a for email with <|>', ['retail']],
  ['supplier of a contract', 'contract c with <|>', ['skynet']],
  ['provider of an ola: a team, a customer or a supplier', 'ola o by <|>', ['desk', 'retail', 'skynet']],
  ['hours: calendars and always', 'sla a for email with retail {\n  service hours <|>\n}', ['always', 'office']],
  ['the second word of a phrase', 'sla a for email with retail {\n  service <|>\n}', ['hours']],
  ['priorities of a target, or on to its time', 'sla a for email with retail {\n  target t restore <|>\n}', ['P1', 'P2', 'within']],
  ['how a target may go on', 'sla a for email with retail {\n  target t restore P1 within 4h per month <|>\n}', ['from', 'where', 'in', 'warn', 'minimum sample', 'since']],
  ['source of a target', 'sla a for email with retail {\n  target t restore P1 within 4h from <|>\n}', ['tickets']],
  ['clock of a target', 'sla a for email with retail {\n  target t restore P1 within 4h in <|>\n}', ['always', 'office']],
  ['targets of this agreement for a credit', 'sla a for email with retail {\n  target up availability >= 99% per month\n  credit 5% when <|>\n}', ['up']],
  ['a value table of a priority', 'source s of incident from "x" {\n  map priority = p { "1" = <|> }\n}', ['P1', 'P2']],
  ['a value table of a service', 'source s of incident from "x" {\n  map service = p {\n    "1" = <|>\n  }\n}', ['email', 'network']],
  ['a value table of fixed words', 'source s of change from "x" {\n  map type = p { "1" = <|> }\n}', ['standard', 'normal', 'emergency']],
  ['keep rule', 'source s of incident from "x" {\n  keep <|>\n}', ['first', 'last', 'all']],
  ['nodes of this process, or its end', 'process p "P" {\n  step a "A" R desk -> <|>\n  step b "B" R desk -> end\n}', ['a', 'b', 'end']],
  ['outputs of this process', 'process p "P" {\n  outputs foo, bar\n  step a "A" R desk produces <|>\n}', ['foo', 'bar']],
  ['inputs: outputs of other processes', 'process p "P" {\n  inputs <|>\n}', ['record']],
  ['metric of an objective', 'objective o "O" {\n  metric <|>\n}', ['first-fix']],
  ['a qualified name begun', 'improvement i "I" {\n  from email-gold.u<|>\n}', ['email-gold.uptime']],
  ['what a waiver still needs', 'waive iso20000:8.6.1 until 2027-01-01 <|>', ['approved by', 'because']],
  ['a waiver over several lines', 'waive iso20000:8.6.1\n  until 2027-01-01\n  <|>', ['approved by', 'because']],
  ['columns of what the model declares', 'source risks of declaration from model action\nmetric m { from risks where ef<|> }', ['effective']],
  ['sites', 'team t "T" {\n  site <|>\n}', ['leeds', 'pune']],
  ['time zones that begin so', 'calendar c "C" {\n  timezone Europe/Lo<|>\n}', ['Europe/London']],
  ['hours of a day', 'calendar c "C" {\n  open Mon-Fri <|>\n}', ['08:00-18:00', '09:00-17:00', '00:00-24:00']],
  ['a name that is being invented', 'person <|>', []],
  ['a text', 'service x "a <|>', []],
  ['a long text', 'service x """a\n  owner <|>\n', []],
  ['a comment', '// owner <|>', []],
  ['a comment at the end of a line', 'service x {\n  owner anna // <|>\n}', []],
  ['a block comment', '/* service <|>', []],
  ['behind a line that cannot be read', 'service x {\n  depends at <|>\n}', []],
];

describe('completion', () => {
  for (const [slot, text, expected] of offers) {
    it(`offers for ${slot}`, () => assert.deepEqual(labels(text).toSorted(), [...expected].toSorted()));
  }

  it('offers the kinds of declaration at the beginning of a line, not the catalogue’s own', () => {
    const offered = labels('<|>');
    for (const words of ['service', 'service requirement', 'service review', 'major incident criteria', 'sla', 'waive']) assert.ok(offered.includes(words), words);
    assert.ok(!offered.includes('catalogue requirement'));
    assert.ok(!offered.includes('owner'));
    assert.deepEqual(labels('person a "A"\n<|>\n').toSorted(), offered.toSorted());
  });

  it('offers the facts that still fit: those stated before or behind the cursor are not offered again', () => {
    const offered = labels('service x "X" {\n  owner anna\n  <|>\n  status live\n}');
    for (const fact of ['summary', 'depends on', 'customer', 'criticality']) assert.ok(offered.includes(fact), fact);
    for (const fact of ['owner', 'status', 'live', 'service', 'anna']) assert.ok(!offered.includes(fact), fact);
  });

  it('offers a fact again that may be stated more than once', () => {
    assert.ok(labels('sla a for email with retail {\n  target t availability >= 99%\n  <|>\n}').includes('target'));
  });

  it('tells two targets of one agreement apart', () => {
    assert.ok(labels('sla a for email with retail {\n  target t availability >= 99% per month\n  target u availability >= 99% <|>\n}').includes('per'));
  });

  it('keeps to one fact per line: on a new line the next facts, on the same line how this one goes on', () => {
    const next = labels('sla a for email with retail {\n  target t restore P1 within 4h\n  <|>\n}');
    assert.ok(next.includes('target') && next.includes('credit') && !next.includes('since'));
    const same = labels('sla a for email with retail {\n  target t restore P1 within 4h <|>\n}');
    assert.ok(same.includes('since') && !same.includes('credit'));
  });

  it('offers facts in a block on one line', () => {
    const offered = labels('service x "X" { owner anna <|> }');
    assert.ok(offered.includes('status') && !offered.includes('owner'));
  });

  it('understands what follows a line that cannot be read', () => {
    const offered = labels('service x "X" {\n  ownr anna\n  status live\n  <|>\n}');
    assert.ok(offered.includes('owner') && !offered.includes('status'));
  });

  it('offers in a block that is not closed', () => {
    const offered = labels('service x "X" {\n  owner anna\n  s<|>\n\nservice y "Y" { owner anna }\n');
    assert.ok(offered.includes('status') && offered.includes('summary') && !offered.includes('sla'));
  });

  it('offers the fields of the record kind that are not mapped yet', () => {
    const offered = labels('source s of incident from "x" {\n  map <|>\n  map opened = a\n}');
    assert.ok(offered.includes('restored') && !offered.includes('opened') && !offered.includes('started'));
  });

  it('offers fields of the source in a condition, and the names a field may hold behind its comparison', () => {
    assert.ok(labels('metric m "M" {\n  from tickets where <|>\n}').includes('priority'));
    const values = labels('metric m "M" {\n  from tickets where priority = <|>\n}');
    assert.deepEqual(values.slice(0, 2), ['P1', 'P2']);
    assert.ok(!values.includes('restored'));
    assert.ok(labels('sla a for email with retail {\n  target t restore P1 within 4h from tickets where <|>\n}').includes('reassignments'));
  });

  it('offers requirements with their titles, filtered by what is typed', () => {
    const offered = labels('process p "P" {\n  satisfies iso20000:8.6.1<|>\n}');
    assert.equal(offered[0], 'iso20000:8.6.1');
    assert.ok(offered.includes('iso20000:8.6.1.7'));
  });

  it('offers the kinds of record', () => {
    const offered = labels('source s of <|>');
    for (const kind of ['incident', 'outage', 'change']) assert.ok(offered.includes(kind), kind);
    assert.ok(!offered.includes('tickets'));
  });

  it('offers where an improvement may come from, parts by their qualified names', () => {
    const offered = labels('improvement i "I" {\n  from <|>\n}');
    for (const name of ['email-gold.p1-restore', 'email-gold.uptime', 'first-fix', 'r7']) assert.ok(offered.includes(name), name);
    for (const name of ['anna', 'office', 'email', 'uptime']) assert.ok(!offered.includes(name), name);
  });

  it('offers regions by code and by name', () => {
    assert.ok(labels('calendar c "C" {\n  holidays GB-E<|>\n}').includes('GB-ENG'));
    assert.ok(labels('calendar c "C" {\n  holidays engl<|>\n}').includes('GB-ENG'));
  });

  it('finds a name by its title', () => {
    assert.deepEqual(labels('service x "X" {\n  owner berg<|>\n}'), ['anna']);
  });

  it('is not called up by a blank where no name is wanted', () => {
    assert.deepEqual(labels('service x "X" {\n  <|>\n}', ' '), []);
    assert.deepEqual(labels('service <|>', ' '), []);
    assert.deepEqual(labels('service x "X" {\n  owner <|>\n}', ' '), ['anna', 'desk', 'omar', 'slm']);
  });

  it('scaffolds a declaration where the client knows placeholders, and nowhere else', () => {
    const fixture = new Fixture({ 'x.itsms': 'sl<|>' });
    const insert = (snippets: boolean): string | undefined => complete(fixture, 'x.itsms', fixture.at('x.itsms'), { snippets }).items.find(({ label }) => label === 'sla')?.textEdit?.newText;
    assert.match(insert(true) ?? '', /^sla \$\{1:id\}[\s\S]*\}$/);
    assert.equal(insert(false), 'sla');
  });

  it('replaces the word that has been begun', () => {
    const fixture = new Fixture({ 'base.itsms': baseModel, 'x.itsms': 'improvement i "I" {\n  from email-gold.u<|>\n}' });
    const [item] = complete(fixture, 'x.itsms', fixture.at('x.itsms'), { snippets: false }).items;
    assert.deepEqual(item?.textEdit, { range: { start: { line: 1, character: 7 }, end: { line: 1, character: 19 } }, newText: 'email-gold.uptime' });
  });

  it('explains an item only when it is looked at', () => {
    const fixture = new Fixture({ 'base.itsms': baseModel, 'x.itsms': 'service x "X" {\n  <|>\n}' });
    const items = complete(fixture, 'x.itsms', fixture.at('x.itsms'), { snippets: false }).items;
    for (const item of items) {
      assert.equal(item.documentation, undefined);
      assert.notEqual(resolveCompletion(fixture, item, item.data as CompletionData).documentation, undefined, item.label);
    }
  });

  it('offers at most a screenful of a large catalogue, and says that there is more', () => {
    const services = Array.from({ length: 5000 }, (_, index) => `service svc-${index} "Service ${index}"`).join('\n');
    const fixture = new Fixture({ 'services.itsms': services, 'x.itsms': 'service x "X" {\n  depends on <|>\n}', 'y.itsms': 'service y "Y" {\n  depends on svc-4999<|>\n}' });
    const all = complete(fixture, 'x.itsms', fixture.at('x.itsms'), { snippets: false });
    assert.equal(all.items.length, completionLimit);
    assert.equal(all.isIncomplete, true);
    const one = complete(fixture, 'y.itsms', fixture.at('y.itsms'), { snippets: false });
    assert.deepEqual([one.items.map(({ label }) => label), one.isIncomplete], [['svc-4999'], false]);
  });

  it('offers the metrics of the catalogue where a metric is named, with the source of their records', () => {
    const fixture = new Fixture({ 'base.itsms': baseModel, 'x.itsms': 'metric incident-mt<|>' });
    const [item, ...others] = complete(fixture, 'x.itsms', fixture.at('x.itsms'), { snippets: true }).items;
    assert.deepEqual(others, []);
    assert.equal(item?.label, 'incident-mttr');
    assert.equal(item.textEdit?.newText, 'incident-mttr "Mean time to restore" {\n  from tickets where restored is not empty\n  value mean of restored - opened\n  target <= 8h\n  every month\n  owner ${2:TODO-owner}\n}');
    assert.match(JSON.stringify(resolveCompletion(fixture, item, item.data as CompletionData).documentation), /Computed from a source of incident that maps “opened”, “restored”\./);
    // Not in front of what has been written already.
    const written = new Fixture({ 'base.itsms': baseModel, 'x.itsms': 'metric <|> {\n  value count\n}' });
    assert.deepEqual(complete(written, 'x.itsms', written.at('x.itsms'), { snippets: true }).items.map(({ label }) => label), []);
  });
});
