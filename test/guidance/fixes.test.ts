import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Edit, Finding, Fix } from '../../language/model/finding.ts';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { dateFrom } from '../../language/values/date.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';
import { recommendationRules } from '../../server/guidance/rules.ts';
import { parseFixture } from '../rules/parse-fixture.ts';

const file = 'fixture.itsms';
const builder = new FragmentBuilder();

function modelOf(text: string): ProjectModel {
  const model = new ProjectModel();
  model.update(file, builder.build(file, text));
  return model;
}

function findingsIn(text: string): readonly Finding[] {
  return new AssessmentEngine(modelOf(text), { asOf: dateFrom('2026-11-10'), rules: recommendationRules }).findingsOf(file).map(({ finding }) => finding);
}

/** Placeholders as a client without snippets leaves them. */
function plain(text: string): string {
  return text.replace(/\$\{\d+:([^}]*)\}/g, '$1');
}

/** Applies a fix of one edit in the simplest way that can be right. */
function applied(text: string, edit: Edit): string {
  const model = modelOf(text);
  const lines = text.split('\n');
  switch (edit.kind) {
    case 'addDeclaration':
      return `${text}\n${plain(edit.text)}\n`;
    case 'addFact': {
      const [placed] = model.placed(edit.place.entity);
      assert.ok(placed, 'the declaration is there');
      const last = placed.line + placed.entity.lines;
      const line = lines[last]!;
      lines[last] = line.trimEnd().endsWith('}') ? line.replace(/\}\s*$/, `\n  ${plain(edit.text)}\n}`) : `${line} {\n  ${plain(edit.text)}\n}`;
      return lines.join('\n');
    }
    case 'replace': {
      const at = model.locate(edit.place);
      assert.ok(at, 'what is replaced is there');
      const { line, column, endLine, endColumn } = at.range;
      assert.equal(line, endLine);
      lines[line] = `${lines[line]!.slice(0, column)}${plain(edit.text)}${lines[line]!.slice(endColumn)}`;
      return lines.join('\n');
    }
    case 'remove':
      return assert.fail('no advice proposes this yet');
  }
}

const cases = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.itsms'))
  .flatMap((name) => {
    const id = name.slice(0, -'.itsms'.length);
    return parseFixture(readFileSync(join(import.meta.dirname, name), 'utf8')).breaks.flatMap(({ label, text }): { id: string; label: string; text: string; fix: Fix }[] =>
      findingsIn(text)
        .filter(({ code }) => code === id)
        .flatMap(({ fixes }) => fixes.map((fix) => ({ id, label, text, fix }))),
    );
  });

describe('fixes of recommendations', () => {
  it('are there for what is missing', () => assert.ok(cases.length > 30, String(cases.length)));

  for (const { id, label, text, fix } of cases) {
    const isComplete = !fix.edits.some((edit) => 'text' in edit && /\$\{\d+:(?:TODO|0)/.test(edit.text));
    it(`${id}${label}: “${fix.title}” is text of the language${isComplete ? ' and follows the advice' : ' and does not quiet it before it is filled in'}`, () => {
      const [edit] = fix.edits;
      assert.ok(edit && fix.edits.length === 1);
      const mended = applied(text, edit);
      const findings = findingsIn(mended);
      assert.deepEqual(findings.flatMap(({ code, message }) => (code === 'syntax' || code === 'missing-block' ? [message] : [])), [], mended);
      const said = (found: readonly Finding[]): number => found.flatMap(({ code, message }) => (code === id ? [message] : [])).join('').length;
      if (isComplete) assert.ok(said(findings) < said(findingsIn(text)), mended);
      else assert.ok(said(findings) > 0, mended);
    });
  }
});
