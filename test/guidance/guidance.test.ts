import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { recommendations } from '../../language/catalogue/guidance.ts';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { dateFrom } from '../../language/values/date.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';
import { recommendationRules } from '../../server/guidance/rules.ts';
import { measurementsOf } from '../rules/fixture.ts';
import { parseFixture, type Variant } from '../rules/parse-fixture.ts';

const folder = import.meta.dirname;
const builder = new FragmentBuilder();

/** What is found about a recommendation, each as `line word: message`, and what is wrong with the fixture itself. */
function shown(id: string, { text, expected, measured }: Variant): { found: string[]; expected: string[]; other: string[] } {
  const model = new ProjectModel();
  model.update('fixture.itsms', builder.build('fixture.itsms', text));
  const engine = new AssessmentEngine(model, { asOf: dateFrom('2026-11-10'), rules: recommendationRules });
  if (measured.length > 0) engine.setMeasurements(measurementsOf(id, model, engine, measured));
  const findings = engine.findingsOf('fixture.itsms');
  const lines = text.split('\n');
  return {
    expected: expected.map(({ line, word, text: said }) => `${line} ${word}: ${said}`).sort(),
    found: findings
      .filter(({ finding }) => finding.code === id)
      .map(({ finding, range }) => {
        const word = lines[range.line]?.slice(range.column, range.endColumn);
        assert.equal(finding.severity, 'information');
        assert.deepEqual(finding.requirements, []);
        const wanted = expected.find((one) => one.line === range.line + 1 && one.word === word && finding.message.includes(one.text));
        return `${range.line + 1} ${word}: ${wanted?.text ?? finding.message}`;
      })
      .sort(),
    other: findings.flatMap(({ finding, range }) => (finding.code.startsWith('G.') || finding.code === 'certification-calendar' ? [] : [`${range.line + 1}: ${finding.message}`])),
  };
}

describe('recommendations', () => {
  it('are checked, each of them', () => {
    assert.deepEqual(recommendationRules.map(({ row }) => row.id).sort(), recommendations.map(({ id }) => id).sort());
  });

  it('have a fixture each', () => {
    const fixtures = readdirSync(folder).flatMap((name) => (name.endsWith('.itsms') ? [name.slice(0, -'.itsms'.length)] : []));
    assert.deepEqual(fixtures.sort(), recommendationRules.map(({ row }) => row.id).sort());
  });

  for (const name of readdirSync(folder).filter((file) => file.endsWith('.itsms'))) {
    const id = name.slice(0, -'.itsms'.length);
    const fixture = parseFixture(readFileSync(join(folder, name), 'utf8'));
    describe(id, () => {
      it('says nothing where it is followed', () => {
        const { found, other } = shown(id, fixture.meets);
        assert.deepEqual({ found, other }, { found: [], other: [] });
      });

      it('has something that goes against it', () => assert.ok(fixture.breaks.length > 0));

      for (const variant of fixture.breaks) {
        it(`says so at the right word where it is not${variant.label ? `, way ${variant.label}` : ''}`, () => {
          const { found, expected, other } = shown(id, variant);
          assert.ok(expected.length > 0, 'the fixture expects a finding');
          assert.deepEqual({ found, other }, { found: expected, other: [] });
        });
      }
    });
  }
});
