import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import { rules } from '../../server/iso20000/rules.ts';
import { check } from './fixture.ts';
import { parseFixture, type Variant } from './parse-fixture.ts';

const folder = import.meta.dirname;
const fixtureOf = (row: string): string => join(folder, `${row}.itsms`);

function shown(row: string, variant: Variant): { expected: string[]; found: string[]; other: string[] } {
  const lines = variant.text.split('\n');
  const { findings } = check(row, variant);
  const ofRow = findings.filter(({ finding }) => finding.requirements.includes(row) && (finding.severity !== 'information' || catalogue.row(row)?.severity === 'information'));
  return {
    expected: variant.expected.map(({ line, word, text }) => `${line} ${word}: ${text}`).sort(),
    found: ofRow
      .map(({ range, finding }) => {
        const wanted = variant.expected.find(({ line, word, text }) => line === range.line + 1 && word === lines[range.line]?.slice(range.column, range.endColumn) && finding.message.includes(text));
        return `${range.line + 1} ${lines[range.line]?.slice(range.column, range.endColumn)}: ${wanted?.text ?? finding.message}`;
      })
      .sort(),
    other: findings.flatMap(({ finding, range }) => (finding.requirements.length === 0 ? [`${range.line + 1}: ${finding.message}`] : [])),
  };
}

describe('rules', () => {
  it('have a fixture each, and each fixture has a rule', () => {
    const fixtures = readdirSync(folder).flatMap((name) => (name.endsWith('.itsms') ? [name.slice(0, -'.itsms'.length)] : []));
    assert.deepEqual(fixtures.sort(), rules.map(({ row }) => row.id).sort());
  });

  for (const { row } of rules.filter((rule) => existsSync(fixtureOf(rule.row.id)))) {
    describe(`${row.id} ${row.title}`, () => {
      const fixture = parseFixture(readFileSync(fixtureOf(row.id), 'utf8'));

      it('has no gap where it is met', () => {
        const { found, other } = shown(row.id, fixture.meets);
        assert.deepEqual({ found, other }, { found: [], other: [] });
        const { status } = check(row.id, fixture.meets);
        assert.equal(status.declared, 'yes');
        assert.notEqual(status.evidenced, 'no');
        assert.notEqual(status.effective, 'no');
        if (fixture.meets.measured.length > 0) assert.equal(status.evidenced, 'yes');
      });

      it('has something that breaks it', () => {
        assert.ok(fixture.breaks.length > 0);
      });

      for (const variant of fixture.breaks) {
        it(`has a gap at the right word where it is broken${variant.label ? `, way ${variant.label}` : ''}`, () => {
          assert.ok(variant.expected.length > 0, 'the fixture expects a finding');
          const { expected, found, other } = shown(row.id, variant);
          assert.deepEqual({ found, other }, { found: expected, other: [] });
          const { status } = check(row.id, variant);
          assert.ok([status.declared, status.evidenced, status.effective].includes('no'), JSON.stringify(status));
        });
      }
    });
  }
});
