import assert from 'node:assert/strict';
import { check } from './fixture.ts';

const row = '8.2.2.3';

/** Messages of the row; what a check of the language says of the same place carries no requirement. */
function messagesFor(text: string): string[] {
  return check(row, { text: `organization acme "ACME Services"\n${text}`, measured: [] }).findings.flatMap(({ finding }) => (finding.requirements.includes(row) ? [finding.message.replace(/ \(clause.*/, '')] : []));
}

describe('dependencies between services', () => {
  it('must not run in a circle that nobody accepts', () => {
    const circle = 'service b { depends on c }\nservice c { depends on a }\n';
    const [message, ...others] = messagesFor(`service a { depends on b }\n${circle}`);
    assert.match(message ?? '', /in a circle: a → b → c → a\./);
    assert.deepEqual(others, []);
    assert.deepEqual(messagesFor(`service a { depends on b  acknowledge b because "Started by hand" }\n${circle}`), []);
    assert.equal(messagesFor(`service a { depends on b  acknowledge b because "TODO" }\n${circle}`).length, 1);
  });

  it('are on what exists', () => {
    assert.deepEqual(messagesFor('service a { depends on nothing-known }'), ['“a” depends on nothing-known, and no service or configuration item is called so.']);
  });
});
