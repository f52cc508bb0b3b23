import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { Edit, Fix } from '../../language/model/finding.ts';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { rules } from '../../server/iso20000/rules.ts';
import { check } from './fixture.ts';
import { parseFixture, type Variant } from './parse-fixture.ts';

const builder = new FragmentBuilder();

/** Placeholders as a client without snippets leaves them. */
function plain(text: string): string {
  return text.replace(/\$\{\d+:([^}]*)\}/g, '$1');
}

/** Applies a fix to the text of a fixture, in the simplest way that can be right. */
function applied(text: string, { edits }: Fix): string {
  const model = new ProjectModel();
  model.update('fixture.itsms', builder.build('fixture.itsms', text));
  const lines = text.split('\n');
  // From the end of the text, so that places before stay where they are.
  const at = (edit: Edit): number => {
    const location = edit.kind === 'replace' ? model.locate(edit.place) : undefined;
    return location ? location.range.line * 10_000 + location.range.column : -1;
  };
  for (const edit of edits.toSorted((a, b) => at(b) - at(a))) applyEdit(lines, model, edit);
  return lines.join('\n');
}

function applyEdit(lines: string[], model: ProjectModel, edit: Edit): void {
  switch (edit.kind) {
    case 'addDeclaration':
      lines.push(plain(edit.text));
      break;
    case 'addFact': {
      const [placed] = model.placed(edit.place.entity);
      assert.ok(placed, 'the declaration is there');
      const last = placed.line + placed.entity.lines;
      const line = lines[last]!;
      lines[last] = line.trimEnd().endsWith('}') ? line.replace(/\}\s*$/, `\n  ${plain(edit.text)}\n}`) : `${line} {\n  ${plain(edit.text)}\n}`;
      break;
    }
    case 'replace': {
      const { line, column, endColumn } = model.locate(edit.place)!.range;
      lines[line] = `${lines[line]!.slice(0, column)}${plain(edit.text)}${lines[line]!.slice(endColumn)}`;
      break;
    }
    case 'remove':
      // In fixtures what can be taken out stands on a line of its own.
      lines[model.locate(edit.place)!.range.line] = '';
      break;
  }
}

const cases = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.itsms'))
  .flatMap((name) => {
    const row = name.slice(0, -'.itsms'.length);
    return parseFixture(readFileSync(join(import.meta.dirname, name), 'utf8')).breaks.flatMap((variant): { row: string; variant: Variant; fix: Fix }[] => {
      const findings = check(row, variant).findings.filter(({ finding }) => finding.requirements.includes(row));
      return findings.flatMap(({ finding }) => finding.fixes.map((fix) => ({ row, variant, fix })));
    });
  });

/** What a catalogue says of services follows from the services, so declaring one with placeholders of its own is enough for this row. */
const closedByOthers: ReadonlySet<string> = new Set(['8.2.4.2']);

describe('fixes of rules', () => {
  it('are there for what is missing', () => {
    assert.ok(cases.length > 30, String(cases.length));
  });

  for (const { row, variant, fix } of cases) {
    const holdsPlaceholders = fix.edits.some((edit) => 'text' in edit && /\$\{\d+:/.test(edit.text));
    it(`${row}${variant.label}: “${fix.title}” is text of the language${holdsPlaceholders ? ' and closes nothing before it is filled in' : ' and closes the gap'}`, () => {
      const text = applied(variant.text, fix);
      const findings = check(row, { ...variant, text }).findings;
      assert.deepEqual(findings.filter(({ finding }) => /syntax|unexpected|expected/.test(finding.code)).map(({ finding }) => finding.message), [], text);
      const { status } = check(row, { ...variant, text });
      const open = [status.declared, status.evidenced, status.effective].includes('no');
      if (holdsPlaceholders && !closedByOthers.has(row)) assert.ok(open, text);
      const messages = (found: typeof findings): string[] => found.flatMap(({ finding }) => (finding.requirements.includes(row) && (finding.severity !== 'information' || catalogue.row(row)?.severity === 'information') ? [finding.message] : []));
      if (!holdsPlaceholders) assert.ok(messages(findings).join('').length < messages(check(row, variant).findings).join('').length, 'the gap is smaller');
    });
  }

  it('never invent a date, and leave approval to people', () => {
    const texts = cases.flatMap(({ fix }) => fix.edits.flatMap((edit) => ('text' in edit ? [edit.text] : [])));
    for (const text of texts) {
      assert.doesNotMatch(text.replace(/in (\d{4}-\d\d(, )?)+/g, ''), /[1-9]\d{3}-\d\d/, text);
      assert.doesNotMatch(text, /(?:approved|agreed)[^\n]* by (?!\$\{\d+:TODO\})/, text);
    }
  });

  it('are offered for rows of every clause', () => {
    const withFix = new Set(cases.map(({ row }) => row));
    const without = rules.map(({ row }) => row.id).filter((row) => !withFix.has(row));
    assert.deepEqual(without, []);
  });
});
