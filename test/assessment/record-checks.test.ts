import assert from 'node:assert/strict';
import type { AstNode } from 'langium';
import { AstUtils } from 'langium';
import { recordKinds } from '../../language/model/record-kinds.ts';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { createSyntaxServices } from '../../language/syntax/services.ts';
import { dateFrom } from '../../language/values/date.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';
import { rules } from '../../server/iso20000/rules.ts';

const text = `
process incident { satisfies iso20000:8.6.1  closure within 2 working days in office }
calendar office { timezone Europe/London  open Mon-Fri 08:00-18:00 }
priority P1 when impact high and urgency high or impact high and urgency medium
major incident criteria major { inform top management within 4h }
`;

describe('what rules ask of records', () => {
  const services = createSyntaxServices();
  const model = new ProjectModel();
  model.update('model.itsms', new FragmentBuilder(services).build('model.itsms', text));
  const checks = new AssessmentEngine(model, { asOf: dateFrom('2026-11-10'), rules }).recordChecks();
  const derived = new Set(['past-due', 'as-of', 'record-key']);

  it('has names of its own', () => {
    assert.ok(checks.length > 10);
    assert.equal(new Set(checks.map(({ id }) => id)).size, checks.length);
  });

  for (const { id, recordKind, where, meets, fields } of checks) {
    it(`${id}: is an expression over fields of the kind, each of which it asks for`, () => {
      const known = recordKinds[recordKind]?.fields ?? {};
      const named = [where, meets].flatMap((expression) => {
        if (expression === undefined) return [];
        const { value, parserErrors, lexerErrors } = services.parser.LangiumParser.parse<AstNode>(expression, { rule: 'Expression' });
        assert.deepEqual([...parserErrors, ...lexerErrors].map(({ message }) => message), [], expression);
        return [...AstUtils.streamAst(value)].flatMap((node) => ('name' in node && node.$type === 'FieldName' ? [String(node.name)] : []));
      });
      const words = new Set(['true', 'false', ...Object.values(known).flatMap((field) => field.words ?? [])]);
      for (const name of named) assert.ok(derived.has(name) || fields.includes(name) || words.has(name), `${name} is not asked for`);
      for (const field of fields) assert.ok(field in known, `${field} is no field of ${recordKind}`);
    });
  }

  it('takes the closure period, the priorities and the time to inform from the model', () => {
    const find = (id: string): string => JSON.stringify(checks.find((check) => check.id === id));
    assert.match(find('8.6.1.e/closed'), /as-of - restored > 2 working days in office/);
    assert.match(find('8.6.1.b/matrix'), /impact = \\"high\\" and urgency = \\"medium\\" and priority = \\"P1\\"/);
    assert.match(find('8.6.1.4/informed'), /<= 4h/);
  });

  it('asks by what the model says now', () => {
    const builder = new FragmentBuilder(services);
    const edited = new ProjectModel();
    edited.update('model.itsms', builder.build('model.itsms', text));
    const engine = new AssessmentEngine(edited, { asOf: dateFrom('2026-11-10'), rules });
    const matrix = (): string => engine.recordChecks().find(({ id }) => id === '8.6.1.b/matrix')?.meets ?? '';
    assert.doesNotMatch(matrix(), /P2/);
    engine.assessment();
    engine.apply(edited.update('model.itsms', builder.build('model.itsms', `${text}\npriority P2 when impact low and urgency low\n`)));
    assert.match(matrix(), /P2/);
  });
});
