import assert from 'node:assert/strict';
import fc from 'fast-check';
import { entityKey } from '../../language/model/declarations.ts';
import { findingOf, Patterns, type Subject } from '../../server/assessment/pattern.ts';
import { note, notApplicable, shortfall, shown, unknown, type Remark } from '../../server/assessment/remark.ts';
import type { Outcome } from '../../server/assessment/row-tally.ts';
import { rules } from '../../server/iso20000/rules.ts';

const some = rules.slice(0, 4);
const plain = { noNullPrototype: true } as const;
/** Names like words of the format, parts of words, what has to be escaped, and the marks themselves. */
const name = fc.constantFrom('email', 'kind', 'e', 'place', 'n', 'name', '0', '[', '","', 'a"b', 'a\\', '\n', '\uE000', '\uE002x', 'shortfall', 'Service', 'Service:email', '');
const subject: fc.Arbitrary<Subject> = fc.record({ type: fc.constantFrom('Service', 'Team'), id: name, title: fc.option(name, { nil: undefined }) }).map(({ type, id, title }) => ({ key: entityKey(type, id), title }));
const sentence = fc.array(fc.oneof(name, fc.constantFrom(' and ', '.', '“', '”')), { maxLength: 5 }).map((words) => words.join(''));

function remarkOf(of: Subject): fc.Arbitrary<Remark> {
  const text = fc.oneof(sentence, fc.constant(`The service “${of.title ?? of.key}” of ${of.key}, ${of.key.slice(of.key.indexOf(':') + 1)}.`));
  const place = fc.oneof(fc.constant({ entity: of.key }), fc.record({ entity: fc.constant(of.key), path: fc.array(fc.oneof(name, fc.nat(3)), { maxLength: 2 }) }, plain), fc.record({ entity: name.map((id) => entityKey('Team', id)) }, plain));
  const axis = fc.constantFrom('declared' as const, 'evidenced' as const, 'effective' as const);
  return fc.oneof(
    fc.record({ text, place, axis, fix: text }).map(({ text: message, place: at, axis: on, fix }) => shortfall(message, { place: at, axis: on, related: [{ place: at, message: fix }], fixes: [{ title: fix, edits: [{ kind: 'addFact', place: at, text: message }] }] })),
    text.map((message) => note(message)),
    fc.record({ text, axis }).map((given) => unknown(given.axis, given.text)),
    axis.map((on) => shown(on)),
    text.map((reason) => notApplicable(reason)),
  );
}

function outcomesOf(of: Subject): fc.Arbitrary<Outcome[]> {
  const one = fc.record({ rule: fc.constantFrom(...some), remarks: fc.array(remarkOf(of), { minLength: 1, maxLength: 3 }), crash: fc.option(sentence, { nil: undefined }) });
  return fc.array(one.map(({ rule, remarks, crash }): Outcome => ({ rule, remarks, ...(crash === undefined ? {} : { crash }) })), { minLength: 1, maxLength: 3 });
}

const said = subject.chain((of) => outcomesOf(of).map((outcomes) => ({ of, outcomes })));

describe('patterns of what rules say', () => {
  it('read, of every declaration that has them, as what was said of it', () => {
    fc.assert(fc.property(fc.array(said, { minLength: 1, maxLength: 12 }), (all) => {
      const patterns = new Patterns(rules);
      const taken = all.map(({ of, outcomes }) => patterns.take(outcomes, of));
      all.forEach(({ of, outcomes }, index) => {
        assert.deepEqual(taken[index]!.outcomes(of), outcomes);
        assert.equal(patterns.take(outcomes, of), taken[index]);
        assert.equal(patterns.take(taken[index]!.kept(of), of), taken[index]);
      });
    }), { seed: 7, numRuns: 400 });
  });

  it('take over what stays, and read with what is new as the whole', () => {
    fc.assert(fc.property(subject.chain((of) => fc.tuple(outcomesOf(of), outcomesOf(of)).map(([former, fresh]) => ({ of, former, fresh }))), ({ of, former, fresh }) => {
      const patterns = new Patterns(rules);
      const before = patterns.take(former, of);
      const after = patterns.take([...before.kept(of), ...fresh], of);
      assert.deepEqual(after.outcomes(of), [...former, ...fresh]);
      assert.equal(patterns.take([...former, ...fresh], of).outcomes(of).length, former.length + fresh.length);
    }), { seed: 8, numRuns: 400 });
  });

  it('are one for all of which the same is said, with the words of each in its findings', () => {
    const patterns = new Patterns(rules);
    const [a, b]: [Subject, Subject] = [{ key: entityKey('Service', 'email'), title: 'Corporate e-mail' }, { key: entityKey('Service', 'network'), title: 'The network' }];
    const outcomes = (of: Subject): Outcome[] => [{ rule: some[0]!, remarks: [shortfall(`The service “${of.title}” has no owner.`, { place: { entity: of.key } })] }];
    const pattern = patterns.take(outcomes(a), a);
    assert.equal(patterns.take(outcomes(b), b), pattern);
    const { here, elsewhere } = pattern.found(1, () => ({ kind: 'open', severity: 'error' }));
    assert.deepEqual([here.length, elsewhere.length], [1, 0]);
    assert.match(findingOf(here[0]!, b).message, /^The service “The network” has no owner\./);
    assert.deepEqual(findingOf(here[0]!, a).place, { entity: a.key });
  });
});
