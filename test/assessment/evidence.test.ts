import assert from 'node:assert/strict';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { dateFrom } from '../../language/values/date.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';
import { rule, system, type RulePart } from '../../server/assessment/rule.ts';
import { attested } from '../../server/iso20000/attestations.ts';

const builder = new FragmentBuilder();
const nothing = system(() => []);
const people = 'organization acme "ACME Services"\nperson kate "Kate Moss-Green"\nperson omar "Omar Said"\n';

/** The status of a row on the axes that text can meet, and what is said of it. */
function assess(row: string, text: string, parts: readonly RulePart[] = [nothing]): { declared: string; evidenced: string; messages: string[] } {
  const model = new ProjectModel();
  model.update('model.itsms', builder.build('model.itsms', `${people}${text}`));
  const engine = new AssessmentEngine(model, { asOf: dateFrom('2026-11-10'), rules: [rule(row, { parts })] });
  const assessment = engine.assessment();
  const { declared, evidenced } = assessment.requirements.find(({ id }) => id === row)!;
  return { declared, evidenced, messages: assessment.findings.filter(({ requirements }) => requirements.includes(row)).map(({ message }) => message) };
}

const document = (facts: string): string => `document register "Register" { ${facts} }`;
const sound = 'file "docs/risks.md"  approved by kate on 2026-01-10';

describe('documented information', () => {
  const cases: readonly { readonly what: string; readonly row: string; readonly text: string; readonly evidenced: 'yes' | 'no'; readonly says?: RegExp }[] = [
    { what: 'a document of its kind', row: '6.1.2.a1', text: document(`kind risk-register  ${sound}`), evidenced: 'yes' },
    { what: 'a document that traces to the row', row: '6.1.2.a1', text: document(`satisfies iso20000:6.1.2.a1  ${sound}`), evidenced: 'yes' },
    { what: 'a document that traces to the clause', row: '6.1.2.a1', text: document(`satisfies iso20000:6.1.2  ${sound}`), evidenced: 'yes' },
    { what: 'a document of another kind', row: '6.1.2.a1', text: document(`kind scope  ${sound}`), evidenced: 'no', says: /no document of kind risk-register is declared/ },
    { what: 'nothing', row: '6.1.2.a1', text: '', evidenced: 'no', says: /no document of kind risk-register is declared/ },
    { what: 'a document that is nowhere', row: '6.1.2.a1', text: document('kind risk-register  approved by kate on 2026-01-10'), evidenced: 'no', says: /does not say where it is/ },
    { what: 'a document that nobody approved', row: '6.1.2.a1', text: document('kind risk-register  location "Wiki"'), evidenced: 'no', says: /Nobody has approved/ },
    { what: 'an approval to come', row: '6.1.2.a1', text: document('kind risk-register  location "Wiki"  approved by kate on 2026-11-11'), evidenced: 'no', says: /Nobody has approved/ },
    { what: 'a placeholder for who approved', row: '6.1.2.a1', text: `${document('kind risk-register  location "Wiki"  approved by TODO on 2026-01-10')}\nperson TODO`, evidenced: 'no', says: /Nobody has approved/ },
    { what: 'a record where a document is asked for', row: '6.1.2.a1', text: document(`kind risk-register  mode retain  ${sound}`), evidenced: 'no', says: /is of mode retain/ },
    { what: 'a review on its last day', row: '6.1.2.a1', text: document(`kind risk-register  ${sound}  review every 6mo last 2026-05-10`), evidenced: 'yes' },
    { what: 'a review that is a day late', row: '6.1.2.a1', text: document(`kind risk-register  ${sound}  review every 6mo last 2026-05-09`), evidenced: 'no', says: /\(every 6mo\) a review was due on 2026-11-09/ },
    { what: 'a document that was sound before another was not', row: '6.1.2.a1', text: `${document(`kind risk-register  ${sound}`)}\ndocument draft { kind risk-register }`, evidenced: 'yes' },
    { what: 'evidence for the row', row: '6.1.2.a1', text: 'evidence shot { for iso20000:6.1.2.a1  link "https://acme.example/risks"  dated 2026-01-10 }', evidenced: 'yes' },
    { what: 'evidence that has become invalid', row: '6.1.2.a1', text: 'evidence shot { for iso20000:6.1.2  file "x.png"  dated 2026-01-10 valid 3mo }', evidenced: 'no', says: /valid for 3mo, until 2026-04-10/ },
    { what: 'evidence without a date', row: '6.1.2.a1', text: 'evidence shot { for iso20000:6.1.2  file "x.png" }', evidenced: 'no', says: /is not dated/ },
    { what: 'one of two kinds that are asked for', row: '7.5.4.b', text: document(`kind sm-policy  ${sound}`), evidenced: 'no', says: /no document of kind objectives is declared/ },
    { what: 'a document of both kinds', row: '7.5.4.b', text: document(`kind sm-policy, objectives  ${sound}`), evidenced: 'yes' },
    { what: 'a record that is dated', row: '9.2.2.a', text: document('kind audit-programme  file "docs/programme.md"  dated 2024-01-10'), evidenced: 'yes' },
    { what: 'a record without a date', row: '9.2.2.a', text: document('kind audit-programme  file "docs/programme.md"'), evidenced: 'no', says: /The record “Register” is not dated/ },
  ];

  for (const { what, row, text, evidenced, says } of cases) {
    it(`is ${evidenced === 'yes' ? 'shown' : 'not shown'} by ${what}`, () => {
      const found = assess(row, text);
      assert.deepEqual({ declared: found.declared, evidenced: found.evidenced }, { declared: 'yes', evidenced });
      if (says) assert.match(found.messages.join('\n'), says);
      else assert.deepEqual(found.messages, []);
    });
  }

  it('is not asked for where the catalogue does not demand it', () => {
    assert.deepEqual(assess('4.1.1', ''), { declared: 'yes', evidenced: 'notRequired', messages: [] });
  });
});

describe('attestations', () => {
  const evidence = 'evidence minutes "Minutes" { file "docs/minutes.md"  dated 2026-01-10 }\nevidence old { file "docs/old.md"  dated 2025-01-10 }\n';
  const cases: readonly { readonly what: string; readonly text: string; readonly counts: boolean; readonly says?: RegExp }[] = [
    { what: 'of the row', text: 'attest iso20000:5.1.f by kate on 2026-01-12 with minutes', counts: true },
    { what: 'of its clause', text: 'attest iso20000:5.1 by kate on 2026-01-12 with minutes', counts: true },
    { what: 'of a clause above', text: 'attest iso20000:5 by kate on 2026-01-12 with minutes', counts: false, says: /Nobody attests/ },
    { what: 'on its last day', text: 'attest iso20000:5.1.f by kate on 2025-11-10 with minutes', counts: true },
    { what: 'a day after its last', text: 'attest iso20000:5.1.f by kate on 2025-11-09 with minutes', counts: false, says: /held for 12 months, the default of this product, until 2026-11-09/ },
    { what: 'that says how long it holds', text: 'attest iso20000:5.1.f by kate on 2025-11-09 with minutes valid 2y', counts: true },
    { what: 'that rests on old and on valid evidence', text: 'attest iso20000:5.1.f by kate on 2026-01-12 with old, minutes', counts: true },
    { what: 'that rests on old evidence alone', text: 'attest iso20000:5.1.f by kate on 2026-01-12 with old', counts: false, says: /The evidence “old” of 2025-01-10 was valid/ },
    { what: 'that rests on nothing', text: 'attest iso20000:5.1.f by kate on 2026-01-12', counts: false, says: /rests on no evidence/ },
    { what: 'that rests on what nobody declared', text: 'attest iso20000:5.1.f by kate on 2026-01-12 with gone', counts: false, says: /No evidence is called gone/ },
    { what: 'of a day to come', text: 'attest iso20000:5.1.f by kate on 2026-11-11 with minutes', counts: false, says: /still to come/ },
    { what: 'beside one that no longer holds', text: 'attest iso20000:5.1.f by kate on 2026-01-12 with minutes\nattest iso20000:5.1.f by omar on 2024-01-12 with minutes', counts: true },
  ];

  for (const { what, text, counts, says } of cases) {
    it(`${counts ? 'count' : 'do not count'}: one ${what}`, () => {
      const found = assess('5.1.f', `${evidence}${text}`, attested('5.1.f'));
      assert.equal(found.evidenced, counts ? 'yes' : 'no');
      if (says) assert.match(found.messages.join('\n'), says);
      else assert.deepEqual(found.messages, []);
    });
  }

  it('say in words what is stated, where a row asks for that', () => {
    const parts = attested('5.1.f', { statement: true });
    const attestation = 'attest iso20000:5.1.f by kate on 2026-01-12 with minutes';
    assert.equal(assess('5.1.f', `${evidence}${attestation}`, parts).evidenced, 'no');
    assert.equal(assess('5.1.f', `${evidence}${attestation} states "TODO"`, parts).evidenced, 'no');
    assert.equal(assess('5.1.f', `${evidence}${attestation} states "It is so"`, parts).evidenced, 'yes');
  });
});
