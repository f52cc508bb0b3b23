import assert from 'node:assert/strict';
import fc from 'fast-check';
import { measured } from './measured-project.ts';

/** Expressions of all shapes, sensible or not: fields, columns, texts, numbers, times, and what combines them. */
const { expression } = fc.letrec<{ expression: string; condition: string; value: string }>((tie) => ({
  expression: fc.oneof({ depthSize: 'small' }, tie('condition'), tie('value')),
  condition: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('major', 'restored is empty', 'priority = P1', 'major = true', 'notes is not empty', 'priority is one of P1, P2'),
    fc.tuple(tie('value'), fc.constantFrom('=', '!=', '<', '<=', '>', '>=', 'starts with', 'ends with', 'contains'), tie('value')).map((parts) => parts.join(' ')),
    tie('condition').map((inner) => `not (${inner})`),
    fc.tuple(tie('condition'), fc.constantFrom('and', 'or'), tie('condition')).map(([left, operator, right]) => `(${left}) ${operator} (${right})`),
    tie('value').map((inner) => `(${inner}) is not empty`),
  ),
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('opened', 'restored', 'priority', 'service', 'major', 'reassignments', 'classification', 'id', 'notes', 'moves', '"text"', '4', '2.5', '1h', '2 working days', '3mo', '2026-03-02', '50%', 'column "id"', 'as-of'),
    fc.tuple(tie('value'), fc.constantFrom('+', '-', '*', '/'), tie('value')).map(([left, operator, right]) => `(${left} ${operator} ${right})`),
    tie('value').map((inner) => `((${inner}) in office)`),
    tie('value').map((inner) => `part 1 of (${inner}) by "-"`),
    tie('value').map((inner) => `match "([a-z]+)" in (${inner})`),
  ),
}));

const frame = `
service mail
priority P1
priority P2
calendar office { timezone Europe/London  open Mon-Fri 08:00-18:00 }
source tickets of incident from "t.csv" {
  dates iso in UTC
  history by id at changed
  pause while notes = "waiting"
  map opened = opened
  map restored = restored
  map priority = prio
  map service = service
  map major = major
  map reassignments = moves
  map classification = class
  DERIVED
}
`;
const data = { 't.csv': 'id,changed,opened,restored,prio,service,major,moves,class,notes\nA,2026-03-02 09:00,2026-03-02 09:00,2026-03-02 12:00,P1,mail,yes,3,x-y,waiting\nA,2026-03-02 10:00,2026-03-02 09:00,2026-03-02 12:00,P1,mail,yes,3,x-y,\nB,2026-03-03 09:00,2026-03-03 09:00,,P2,mail,no,x,,n\n' };

describe('expressions', function () {
  this.timeout(120_000);

  it('either have a meaning or a finding: the engine never stumbles over what was accepted', async () => {
    await fc.assert(fc.asyncProperty(fc.array(expression, { minLength: 8, maxLength: 8 }), fc.array(expression, { minLength: 2, maxLength: 2 }), async (expressions, derived) => {
      const metrics = expressions.flatMap((text, index) => [
        `metric w${index} { from tickets where ${text}\n value count }`, `metric s${index} { from tickets value share of ${text} }`, `metric m${index} { from tickets value mean of (${text}) }`, `metric p${index} { from tickets value p95 of (${text}) }`,
      ]);
      const text = frame.replace('DERIVED', `map cause = ${derived[0]}\n  map due = ${derived[1]}\n  map responded = first time (${expressions[0]})\n map updates = ${expressions[1]}`) + metrics.join('\n');
      const result = await measured(text, data, '2026-04-10');
      const stumbles = result.findings.filter(({ code, message }) => code === 'measurement' || /could not be/.test(message));
      assert.deepEqual(stumbles.map(({ message }) => message), []);
    }), { numRuns: 8 });
  });
});
