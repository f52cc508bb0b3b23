import assert from 'node:assert/strict';
import fc from 'fast-check';
import { compact, noItems, settled } from '../../language/model/compact.ts';

const word = fc.constantFrom('a', 'b', 'a\nb', '["a","b"]', '1', '1,2', '', 'x'.repeat(300));
const at = fc.oneof(fc.nat(3), fc.array(fc.nat(3), { maxLength: 3 }));
const node: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  node: fc.record(
    {
      $type: word,
      $at: fc.dictionary(fc.constantFrom('name', 'owner', '$self', 'owners'), at, { noNullPrototype: true }),
      name: word,
      owner: fc.array(word, { maxLength: 3 }),
      parts: fc.array(tie('node'), { maxLength: 3 }),
      size: fc.oneof(fc.nat(), fc.boolean(), fc.constant(null)),
      mixed: fc.array(fc.oneof(word, fc.nat(3)), { maxLength: 3 }),
    },
    { requiredKeys: ['$type'], noNullPrototype: true },
  ),
})).node;

describe('compact data', () => {
  it('says the same as before, in the same order', () => {
    fc.assert(fc.property(node, (data) => {
      assert.deepEqual(compact(data), data);
      assert.equal(JSON.stringify(compact(data)), JSON.stringify(data));
    }), { seed: 20, numRuns: 2000 });
  });

  it('does not change what goes in, and tells apart what differs a little', () => {
    const data = { $at: { name: 5, owner: [5] }, owner: ['a\nb'], more: ['a', 'b'], size: 1 };
    const before = structuredClone(data);
    compact(data);
    assert.deepEqual(data, before);
    const others = [{ ...data, $at: { name: [5], owner: [5] } }, { ...data, $at: { name: 5, owner: [5, 5] } }, { ...data, owner: ['a', 'b'] }, { ...data, more: ['a\nb'] }, { ...data, owner: [1] }, { ...data, owner: ['1'] }];
    for (const other of others) assert.deepEqual(compact(other), other);
  });

  it('keeps one of lists and places that are the same, also of empty ones', () => {
    const [one, other] = [compact({ $at: { name: 7 }, owner: ['kate'], none: [] }), compact({ $at: { name: 7 }, owner: ['kate'], none: [] })];
    assert.notEqual(one, other);
    assert.equal(one.$at, other.$at);
    assert.equal(one.owner, other.owner);
    assert.equal(one.none, noItems);
    assert.equal(settled([]), noItems);
  });

  it('takes objects of any number of kinds', () => {
    for (let kind = 0; kind < 30_000; kind++) assert.deepEqual(compact({ [`fact${kind}`]: [kind] }), { [`fact${kind}`]: [kind] });
    assert.deepEqual(compact({ $type: 'A', parts: [{ of: { such: 1 } }] }), { $type: 'A', parts: [{ of: { such: 1 } }] });
  });
});
