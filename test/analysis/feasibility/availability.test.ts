import assert from 'node:assert/strict';
import fc from 'fast-check';
import { FragmentBuilder } from '../../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../../language/model/project-model.ts';
import { dateFrom } from '../../../language/values/date.ts';
import { compareFractions, fraction, fractionOfPercent, minus, over, plus, printFraction, times, type Fraction } from '../../../server/analysis/feasibility/arithmetic.ts';
import { AvailabilityGraph, type Availability } from '../../../server/analysis/feasibility/availability.ts';
import { agreementKey, supportGraph, type Part } from '../../../server/analysis/feasibility/support-graph.ts';
import type { EntityKey } from '../../../language/model/declarations.ts';

const builder = new FragmentBuilder();
const asOf = dateFrom('2026-11-10');

function modelOf(text: string): ProjectModel {
  const model = new ProjectModel();
  model.update('model.itsms', builder.build('model.itsms', text));
  return model;
}

function beneath(text: string, agreement: string): Availability {
  const graph = new AvailabilityGraph();
  graph.update(supportGraph(modelOf(text), asOf, 'month'));
  const found = graph.beneath(agreementKey(agreement));
  assert.ok(found);
  return found;
}

const percent = (value: Fraction): string => printFraction(times(value, fraction(100n, 1n)), 12, 'down');
const head = 'customer retail\nteam t1\nteam t2\nteam t3\nsupplier s1\nsupplier s2\n';
const ola = (service: string, value: string, team = 't1'): string => `ola ${service}-ola by ${team} for ${service} { target uptime availability >= ${value} per month }\n`;
const sla = (services: string, value = '99%'): string => `sla gold for ${services} with retail { target uptime availability >= ${value} per month }\n`;

describe('availability of what agreements rest on', () => {
  it('multiplies what is needed', () => {
    const found = beneath(`${head}service top { depends on a, b, c }\nservice a\nservice b\nservice c\n${ola('a', '99%')}${ola('b', '99.5%')}${ola('c', '99.9%')}${sla('top')}`, 'gold');
    assert.equal(percent(found.atLeast), '98.406495');
    assert.deepEqual(found.atMost, found.atLeast);
    assert.ok(found.isExact);
    assert.deepEqual(found.shares.map(({ agreement }) => agreement), ['Agreement:a-ola', 'Agreement:b-ola', 'Agreement:c-ola']);
  });

  it('takes redundancy as parallel: two of 99% make 99.99%', () => {
    const found = beneath(`${head}service top { depends on any of a, b }\nservice a\nservice b\n${ola('a', '99%')}${ola('b', '99%', 't2')}${sla('top')}`, 'gold');
    assert.equal(percent(found.atLeast), '99.99');
  });

  it('takes series within parallel and parallel within series as textbooks do', () => {
    // (1 − (1 − 0.9 · 0.8)(1 − 0.7 · 0.6)) · 0.99 = 0.99 · 0.8376
    const text = `${head}service top { depends on last  depends on any of left, right }
service left { depends on a, b }\nservice right { depends on c, d }
service a\nservice b\nservice c\nservice d\nservice last
${ola('a', '90%')}${ola('b', '80%')}${ola('c', '70%')}${ola('d', '60%')}${ola('last', '99%')}${sla('top')}`;
    const found = beneath(text, 'gold');
    assert.equal(percent(found.atMost), '82.9224');
    // Nobody promises the two halves themselves, so nothing is promised of the whole.
    assert.equal(percent(found.atLeast), '0');
    assert.deepEqual(found.unsupported, ['Service:left', 'Service:right']);
  });

  it('counts once what two members of a choice rest on', () => {
    // Both need the network: 0.9 · (1 − 0.2 · 0.2), each member promised with the network: 0.72 = 0.9 · 0.8
    const text = `${head}service top { depends on any of a, b }\nservice a { depends on net }\nservice b { depends on net }\nservice net\n${ola('a', '72%')}${ola('b', '72%', 't2')}${ola('net', '90%', 't3')}${sla('top')}`;
    const found = beneath(text, 'gold');
    assert.equal(percent(found.atLeast), '86.4');
  });

  it('counts once what a promise includes', () => {
    const text = `${head}service top { depends on directory, network }\nservice directory { depends on network }\nservice network\n${ola('directory', '99.95%')}${ola('network', '99.985%', 't2')}${sla('top')}`;
    assert.equal(percent(beneath(text, 'gold').atLeast), '99.95');
  });

  it('takes no more from a promise than what lies beneath it allows', () => {
    const text = `${head}service top { depends on directory }\nservice directory { depends on network }\nservice network\n${ola('directory', '99.99%')}${ola('network', '99.9%', 't2')}${sla('top')}`;
    assert.equal(percent(beneath(text, 'gold').atLeast), '99.9');
    assert.equal(percent(beneath(text, 'directory-ola').atLeast), '99.9');
  });

  it('takes one promise for several services once', () => {
    const text = `${head}service top { depends on a, b }\nservice a\nservice b\nola both by t1 for a, b { target uptime availability >= 99.5% per month }\n${sla('top')}`;
    assert.equal(percent(beneath(text, 'gold').atLeast), '99.5');
    assert.equal(percent(beneath(text.replace('on a, b', 'on any of a, b'), 'gold').atLeast), '99.5');
  });

  for (const [what, facts, cause] of [
    ['supplier', ['provided by s1', 'provided by s1'], 'Supplier:s1'],
    ['site', ['site leeds', 'site leeds'], 'Site:leeds'],
    ['configuration item', ['ci switch', 'depends on switch'], 'ConfigurationItem:switch'],
    ['service that nobody promises', ['depends on net', 'depends on net'], 'Service:net'],
  ] as const) {
    it(`does not credit redundancy whose members share a ${what}`, () => {
      const text = `${head}organization acme { sites leeds, pune }\nci switch\nservice net\nservice top { depends on any of a, b }\nservice a { ${facts[0]} }\nservice b { ${facts[1]} }\n${ola('a', '99%')}${ola('b', '98%', 't2')}${sla('top')}`;
      const found = beneath(text, 'gold');
      assert.equal(percent(found.atLeast), '99');
      assert.deepEqual(found.redundancies.map(({ credited, common }) => ({ credited, common })), [{ credited: ['Service:a'], common: [{ cause, of: ['Service:a', 'Service:b'] }] }]);
    });
  }

  it('credits a third member that shares nothing with two that do', () => {
    const text = `${head}service top { depends on any of a, b, c }\nservice a { provided by s1 }\nservice b { provided by s1 }\nservice c { provided by s2 }\n${ola('a', '90%')}${ola('b', '80%', 't2')}${ola('c', '90%', 't3')}${sla('top')}`;
    assert.equal(percent(beneath(text, 'gold').atLeast), '99');
  });

  it('credits a choice whose members share only what is computed anyhow', () => {
    const text = `${head}service top { depends on any of a, b }\nservice a { depends on net }\nservice b { depends on net }\nservice net { provided by s1 }\n${ola('a', '99%')}${ola('b', '99%', 't2')}${ola('net', '100%', 't3')}${sla('top')}`;
    assert.equal(percent(beneath(text, 'gold').atLeast), '99.99');
  });

  it('says what nobody promises, and how much there may be at most', () => {
    const found = beneath(`${head}service top { depends on a, b }\nservice a\nservice b\n${ola('a', '99%')}${sla('top')}`, 'gold');
    assert.deepEqual([percent(found.atLeast), percent(found.atMost), found.unsupported], ['0', '99', ['Service:b']]);
  });

  it('does not count on a member of a choice that nobody promises', () => {
    const found = beneath(`${head}service top { depends on any of a, b }\nservice a\nservice b\n${ola('a', '99%')}${sla('top')}`, 'gold');
    assert.deepEqual([percent(found.atLeast), percent(found.atMost), found.unsupported], ['99', '100', ['Service:b']]);
  });

  it('takes a promise over a year for what it leaves in a month', () => {
    // 0.1% of 365 days, all of it in the 28 days of February
    const text = `${head}service top { depends on a }\nservice a\nola yearly by t1 for a { target uptime availability >= 99.9% per year }\n${sla('top')}`;
    assert.equal(percent(beneath(text, 'gold').atLeast), printFraction(minus(fraction(100n, 1n), fraction(365n, 280n)), 12, 'down'));
    assert.equal(percent(beneath(text.replace('per year', 'per day'), 'gold').atLeast), '99.9');
  });

  it('does not stand still where services rest on each other', () => {
    const found = beneath(`${head}service top { depends on a }\nservice a { depends on b }\nservice b { depends on a }\n${ola('a', '99%')}${ola('b', '99%')}${sla('top')}`, 'gold');
    assert.equal(percent(found.atLeast), '98.01');
  });

  it('uses the promise for a service where a rests on an item that supports it', () => {
    const text = `${head}service top { depends on switch }\nci switch { supports network }\nservice network\n${ola('network', '99.9%')}${sla('top')}`;
    assert.equal(percent(beneath(text, 'gold').atLeast), '99.9');
  });
});

/** A random system: services in order, each resting on later ones. */
interface Drawn {
  readonly needs: readonly (readonly number[])[];
  readonly choices: readonly (readonly number[])[];
  /** Which services an agreement is for, its share of a thousand, and its supplier. */
  readonly promises: readonly { readonly services: readonly number[]; readonly promille: number }[];
}

const mostServices = 12;

const drawn: fc.Arbitrary<Drawn> = fc.integer({ min: 2, max: mostServices }).chain((count) => {
  const later = (from: number, most: number): fc.Arbitrary<number[]> => (from + 1 >= count ? fc.constant([]) : fc.uniqueArray(fc.integer({ min: from + 1, max: count - 1 }), { maxLength: most }));
  return fc.record({
    needs: fc.tuple(...Array.from({ length: count }, (_, index) => later(index, 2))),
    choices: fc.tuple(...Array.from({ length: count }, (_, index) => later(index, 3))),
    // The first one has none: its SLA is asked about. All others have one, so that everything is promised.
    promises: fc.tuple(...Array.from({ length: count - 1 }, (_, index) => fc.record({ services: fc.constant([index + 1]), promille: fc.integer({ min: 500, max: 1000 }) }))),
  });
});

function textOf({ needs, choices, promises }: Drawn): string {
  const lines = ['customer retail', 'team desk'];
  needs.forEach((own, index) => {
    const facts = [own.length > 0 ? `depends on ${own.map((at) => `n${at}`).join(', ')}` : '', choices[index]!.length > 1 ? `depends on any of ${choices[index]!.map((at) => `n${at}`).join(', ')}` : ''];
    lines.push(`service n${index} { ${facts.join('  ')} }`);
  });
  promises.forEach(({ services, promille }, index) => lines.push(`ola o${index} by desk for ${services.map((at) => `n${at}`).join(', ')} { target uptime availability >= ${promille / 10}% per month }`));
  lines.push('sla gold for n0 with retail { target uptime availability >= 50% per month }');
  return lines.join('\n');
}

/** By enumeration of all states, from the last service to the first: no sharing of code or idea with the program. */
function enumerated({ needs, choices, promises }: Drawn): Fraction {
  const count = needs.length;
  const shares: Fraction[] = Array.from({ length: count }, () => fraction(1n, 1n));
  const works = (service: number, up: readonly boolean[], withOwn: boolean): boolean =>
    (!withOwn || up[service]!) && needs[service]!.every((at) => works(at, up, true)) && (choices[service]!.length < 2 || choices[service]!.some((at) => works(at, up, true)));
  const probability = (service: number): Fraction => {
    let sum = fraction(0n, 1n);
    const free = Array.from({ length: count - service - 1 }, (_, index) => service + 1 + index);
    for (let state = 0; state < 2 ** free.length; state++) {
      const up = Array.from({ length: count }, (_, at) => at <= service || (state & (1 << (at - service - 1))) !== 0);
      if (!works(service, up, false)) continue;
      let [numerator, denominator] = [1n, 1n];
      for (const at of free) {
        const share = shares[at]!;
        numerator *= up[at]! ? share.numerator : share.denominator - share.numerator;
        denominator *= share.denominator;
      }
      sum = plus(sum, fraction(numerator, denominator));
    }
    return sum;
  };
  for (let service = count - 1; service > 0; service--) {
    const promise = fraction(BigInt(promises[service - 1]!.promille), 1000n);
    const rest = probability(service);
    shares[service] = compareFractions(promise, rest) >= 0 ? fraction(1n, 1n) : over(promise, rest);
  }
  return probability(0);
}

describe('availability of random structures', () => {
  it('equals the enumeration of all states to the last digit', function () {
    this.timeout(120_000);
    fc.assert(
      fc.property(drawn, (one) => {
        const found = beneath(textOf(one), 'gold');
        const expected = enumerated(one);
        assert.deepEqual([found.atLeast, found.atMost], [expected, expected]);
      }),
      { numRuns: 150 },
    );
  });

  it('is the same after edits as when computed anew', () => {
    fc.assert(
      fc.property(fc.array(drawn, { minLength: 2, maxLength: 6 }), (all) => {
        const graph = new AvailabilityGraph();
        for (const one of all) {
          const parts = supportGraph(modelOf(textOf(one)), asOf, 'month');
          graph.update(parts);
          const fresh = new AvailabilityGraph();
          fresh.update(parts);
          for (const key of parts.keys()) assert.deepEqual(graph.beneath(key), fresh.beneath(key));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('judges a promise as the exact figure does, also one that is met or missed by the least', () => {
    const judged = new Map<string, number>();
    fc.assert(
      fc.property(drawn, fc.constantFrom(-1n, 0n, 1n), (one, off) => {
        const graph = new AvailabilityGraph();
        graph.update(supportGraph(modelOf(textOf(one)), asOf, 'month'));
        const expected = enumerated(one);
        const target = plus(expected, fraction(off, 10n ** 30n));
        const verdict = graph.verdict(agreementKey('gold'), target)?.verdict;
        assert.equal(verdict, off > 0n ? 'notKept' : 'kept');
        judged.set(verdict!, (judged.get(verdict!) ?? 0) + 1);
      }),
      { numRuns: 100 },
    );
    assert.equal(judged.size, 2);
  });

  it('is bounded from both sides where it is large, and the bounds hold the exact figure', () => {
    fc.assert(
      fc.property(drawn, (one) => {
        const parts = supportGraph(modelOf(textOf(one)), asOf, 'month');
        const gold = parts.get(agreementKey('gold'))!;
        // Agreements that never fail make it large without taking anything from it.
        const never = Array.from({ length: 70 }, (_, index): readonly [EntityKey, Part] => [agreementKey(`never${index}`), { key: agreementKey(`never${index}`), needs: [], choices: [], promise: fractionOfPercent('100%')!, isUnsupported: false, causes: [] }]);
        const [small, large] = [new AvailabilityGraph(), new AvailabilityGraph()];
        small.update(parts);
        large.update(new Map([...parts, ...never, [gold.key, { ...gold, needs: [...gold.needs, ...never.map(([key]) => key)] }]]));
        const [known, found] = [small.beneath(gold.key)!, large.beneath(gold.key)!];
        assert.ok(compareFractions(found.atLeast, known.atLeast) <= 0 && compareFractions(found.atMost, known.atMost) >= 0);
        assert.ok(compareFractions(minus(found.atMost, found.atLeast), fraction(1n, 10n ** 50n)) < 0);
        const close = fraction(1n, 10n ** 40n);
        assert.equal(large.verdict(gold.key, minus(known.atMost, close))?.verdict, 'kept');
        assert.equal(large.verdict(gold.key, plus(known.atMost, close))?.verdict, 'notKept');
      }),
      { numRuns: 100 },
    );
  });
});
