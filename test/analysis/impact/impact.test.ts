import assert from 'node:assert/strict';
import fc from 'fast-check';
import { dateFrom } from '../../../language/values/date.ts';
import { dependencyGraph } from '../../../server/analysis/impact/dependency-graph.ts';
import { impactSummary } from '../../../server/analysis/impact/impact-summary.ts';
import { impactOf, wayInWords, wayTo, type Impact } from '../../../server/analysis/impact/impact.ts';
import { feesInWords, stakeInWords } from '../../../server/analysis/impact/words.ts';
import { readModel } from '../../language/read-model.ts';

const text = `organization acme "ACME" { sites leeds "Leeds", pune "Pune" }
person kate "Kate"
person omar "Omar"
team ops "Operations" { members kate }
customer retail "Retail"
customer bank "Bank"
supplier skynet "SkyNet"
calendar base "Base" { timezone Europe/London  open Mon-Fri 08:00-18:00 }
calendar office "Office" { extends base }
service hosting-a "Hosting, Leeds" { provided by skynet  site leeds }
service hosting-b "Hosting, Pune" { provided by skynet  site pune }
service database "Database" { depends on any of hosting-a, hosting-b }
service email "E-mail" { owner kate  customer retail  depends on database  component mailbox "Mailbox" provided by ops }
service chat "Chat" { owner omar  customer bank  depends on hosting-a }
contract hosting "Hosting" with skynet for hosting-a, hosting-b { fee 100 EUR per month }
source tickets of incident from "t.csv" { key id  map opened }
metric speed "Speed" { from tickets  value count }
sla gold "E-mail, gold" for email with retail {
  support hours office
  target uptime availability >= 99.9% per month
  target fast speed >= 4 per quarter
  fee 1000.50 EUR per month
  credit 10% when uptime < 99.9%
  credit 25% when uptime < 99.5%
  credit 50 EUR when fast < 3
  credit cap 20%
}
sla silver "Chat, silver" for chat with bank { fee 10 USD per quarter }
risk fire "Fire" { affects hosting-a  owner omar }
process incident "Incidents" { owner kate  satisfies iso20000:8.6.1  measured by speed }
`;

const { model, findings } = readModel(text);
const graph = dependencyGraph(model, model);
const asOf = dateFrom('2026-11-10');

function touched(key: string): Record<string, string> {
  const impact = impactOf(graph, key);
  assert.ok(impact, key);
  return Object.fromEntries(impact.reached.map(({ node, strength }) => [node.key, strength]));
}

function way(impact: Impact, key: string): string {
  const one = impact.reached.find(({ node }) => node.key === key);
  assert.ok(one, key);
  return wayInWords(impact, one);
}

describe('what a declaration touches', () => {
  it('starts from a text in which everything is known', () => {
    assert.deepEqual(findings, []);
  });

  it('tells who needs it, and for whom others stand in', () => {
    const found = touched('Service:hosting-a');
    assert.equal(found['Service:chat'], 'needs');
    assert.equal(found['Agreement:silver'], 'needs');
    assert.equal(found['Customer:bank'], 'needs');
    assert.deepEqual(['Service:database', 'Service:email', 'Agreement:gold', 'Customer:retail'].map((key) => found[key]), Array.from({ length: 4 }, () => 'one of several'));
    assert.equal(found['Risk:fire'], 'concerned');
    assert.equal(found['Service:hosting-b'], undefined);
  });

  it('does not count on a pair that shares what fails', () => {
    const found = touched('Supplier:skynet');
    assert.deepEqual(['Service:database', 'Service:email', 'Agreement:gold', 'Customer:retail'].map((key) => found[key]), Array.from({ length: 4 }, () => 'needs'));
  });

  it('follows sites, components, calendars, contracts and figures', () => {
    assert.equal(touched('Site:leeds')['Service:chat'], 'needs');
    assert.equal(touched('Site:leeds')['Service:email'], 'one of several');
    assert.equal(touched('Site:leeds')['Organization:acme'], undefined);
    assert.equal(touched('ServiceComponent:email.mailbox')['Service:email'], 'needs');
    assert.equal(touched('Calendar:base')['Agreement:gold'], 'needs');
    assert.equal(touched('Agreement:hosting')['Service:chat'], 'needs');
    assert.deepEqual(touched('Source:tickets'), { 'Metric:speed': 'concerned', 'ServiceLevelTarget:gold.fast': 'concerned', 'Process:incident': 'concerned', 'Agreement:gold': 'concerned', 'Customer:retail': 'concerned' });
  });

  it('stops at who answers for something', () => {
    // Who relies on what he owns does not rest on him.
    assert.deepEqual(touched('Person:omar'), { 'Service:chat': 'concerned', 'Risk:fire': 'concerned' });
    // What a team provides rests on its members.
    const found = touched('Person:kate');
    assert.deepEqual(['Team:ops', 'ServiceComponent:email.mailbox', 'Service:email', 'Agreement:gold'].map((key) => found[key]), Array.from({ length: 4 }, () => 'concerned'));
  });

  it('says the way', () => {
    const impact = impactOf(graph, 'Service:hosting-a');
    assert.ok(impact);
    assert.equal(way(impact, 'Agreement:silver'), '“Chat, silver” is for “Chat”, which depends on “Hosting, Leeds”');
    assert.equal(way(impact, 'Agreement:gold'), '“E-mail, gold” is for “E-mail”, which depends on “Database”, which can do with any of several, among them “Hosting, Leeds”');
  });

  it('takes all of several who can each provide a service alone, with the contracts with them, to fail for it', () => {
    const strengths = (provided: string): Record<string, string | undefined> => {
      const line = `organization acme "ACME"\ncustomer retail "Retail"\nsupplier one "One"\nsupplier two "Two"\nservice line "Line" { provided by ${provided} }\ncontract c1 "C1" with one for line\ncontract c2 "C2" with two for line\nsla gold "Gold" for line with retail\n`;
      const read = readModel(line);
      assert.deepEqual(read.findings, []);
      const found = impactOf(dependencyGraph(read.model, read.model), 'Supplier:one');
      return Object.fromEntries((found?.reached ?? []).map(({ node, strength }) => [node.key, strength]));
    };
    assert.deepEqual(strengths('any of one, two'), { 'Agreement:c1': 'needs', 'Service:line': 'one of several', 'Agreement:gold': 'one of several', 'Customer:retail': 'one of several' });
    assert.deepEqual(strengths('one, two'), { 'Agreement:c1': 'needs', 'Service:line': 'needs', 'Agreement:gold': 'needs', 'Customer:retail': 'needs' });
  });

  it('tells the money exactly', () => {
    const summary = impactSummary(model, graph, 'Supplier:skynet', asOf);
    assert.ok(summary);
    assert.deepEqual(summary.money.map(({ agreement, stake }) => [agreement.name, stakeInWords(stake)]), [
      ['hosting', 'fee 100 EUR per month'],
      ['silver', 'fee 10 USD per quarter'],
      // 25% of 1000.50 is 250.125, capped at 20% of it: 200.10; 50 EUR are less than 20% of the quarter's 3001.50.
      ['gold', 'fee 1000.50 EUR per month; credits of at most 200.10 EUR for a month (capped); credits of at most 50 EUR for a quarter'],
    ]);
    assert.equal(feesInWords(summary.fees), 'Customers pay 12006 EUR and 40 USD a year under these agreements');
    assert.deepEqual(impactSummary(model, graph, 'Process:incident', asOf)?.names, ['8.6.1']);
  });

  it('agrees with trying out all ways, on any graph', () => {
    const size = 9;
    const service = fc.record({ needs: fc.uniqueArray(fc.nat(size - 1), { maxLength: 3 }), any: fc.uniqueArray(fc.nat(size - 1), { maxLength: 3 }) });
    fc.assert(
      fc.property(fc.array(service, { minLength: size, maxLength: size }), fc.nat(size - 1), (services, subject) => {
        const own = services.map(({ needs, any }, index) => ({ needs: needs.filter((one) => one !== index), any: any.filter((one) => one !== index) }));
        const lines = own.map(({ needs, any }, index) => `service s${index} { ${needs.length > 0 ? `depends on ${needs.map((one) => `s${one}`).join(', ')}` : ''}  ${any.length > 0 ? `depends on any of ${any.map((one) => `s${one}`).join(', ')}` : ''} }`);
        const { model: random } = readModel(lines.join('\n'));
        const impact = impactOf(dependencyGraph(random, random), `Service:s${subject}`);
        assert.ok(impact);
        // By rounds over all services until nothing more fails; and who comes to the subject at all, by marking all pairs.
        const failed = new Set([subject]);
        for (let round = 0; round < size; round++) {
          own.forEach(({ needs, any }, index) => {
            if (needs.some((one) => failed.has(one)) || (any.length > 0 && any.every((one) => failed.has(one)))) failed.add(index);
          });
        }
        const comes = own.map(({ needs, any }) => Array.from({ length: size }, (_, other) => needs.includes(other) || any.includes(other)));
        for (let middle = 0; middle < size; middle++) for (let from = 0; from < size; from++) for (let to = 0; to < size; to++) if (comes[from]![middle] && comes[middle]![to]) comes[from]![to] = true;
        const expected = own.flatMap((_, index) => (index === subject || !comes[index]![subject] ? [] : [`Service:s${index} ${failed.has(index) ? 'needs' : 'one of several'}`]));
        assert.deepEqual(impact.reached.map(({ node, strength }) => `${node.key} ${strength}`).toSorted(), expected.toSorted());
        for (const one of impact.reached) {
          const steps = wayTo(impact, one.node.key);
          assert.equal(steps.length, one.distance);
          assert.equal(steps.at(-1)?.by.on, `Service:s${subject}`);
          steps.forEach((step, index) => assert.equal(step.by.on, steps[index + 1]?.node.key ?? `Service:s${subject}`));
        }
      }),
      { numRuns: 300 },
    );
  }).timeout(120_000);
});
