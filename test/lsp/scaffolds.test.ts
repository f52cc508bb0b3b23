import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '../../language/model/finding.ts';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { dateFrom } from '../../language/values/date.ts';
import { entityKey } from '../../language/model/declarations.ts';
import { formatText } from '../../language/formatting/format.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';
import { fixAll, placeEdit, withoutPlaceholders, type FixEdit, type OfferedFix } from '../../server/editor/code-actions.ts';
import type { EditorProject } from '../../server/editor/editor-project.ts';
import { LineIndex } from '../../server/editor/positions.ts';
import { rules } from '../../server/iso20000/rules.ts';
import { parseFixture } from '../rules/parse-fixture.ts';

const builder = new FragmentBuilder();
const folder = join(import.meta.dirname, '../rules');

/** One text, assessed by all rules. */
function assessed(text: string): EditorProject & { readonly findings: readonly Finding[] } {
  const model = new ProjectModel();
  model.update('x.itsms', builder.build('x.itsms', text));
  const engine = new AssessmentEngine(model, { asOf: dateFrom('2026-11-15'), rules });
  const { findings } = engine.assessment();
  return { model, builder, asOf: '2026-11-15', text: () => text, figures: () => [], findingsOf: () => findings, findings };
}

/** What the text cannot be read for. Names that a placeholder stands for are unknown until somebody fills it. */
function unreadable(text: string): string[] {
  const fragment = builder.build('x.itsms', text);
  return [...fragment.findings.map(({ finding }) => finding), ...fragment.declarations.flatMap(({ entity }) => entity.findings)].filter(({ code }) => code === 'syntax' || code === 'repeated-fact').map(({ message }) => message);
}

function applied(text: string, edits: readonly FixEdit[]): string {
  const lines = new LineIndex(text);
  return edits
    .map(({ range, text: inserted }, index) => ({ index, from: lines.offset(range.start), to: lines.offset(range.end), inserted: withoutPlaceholders(inserted) }))
    // From the end; of several at one place the last first, so that they stand in their order.
    .sort((a, b) => b.from - a.from || b.index - a.index)
    .reduce((result, { from, to, inserted }) => result.slice(0, from) + inserted + result.slice(to), text);
}

describe('fixes that findings offer', () => {
  /** The same fix is offered for many gaps; it is tried once. */
  const tried = new Set<string>();
  const isNew = (key: string): boolean => !tried.has(key) && tried.add(key) !== undefined;

  it('can be taken together, each placeholder with a number of its own', () => {
    const text = 'service x "X"\n';
    const project = assessed(text);
    const place = { entity: entityKey('Service', 'x') };
    const finding: Finding = { code: 'c', severity: 'warning', message: '', place, requirements: [], related: [], fixes: [] };
    const fix = (text: string): OfferedFix => {
      const edit = { kind: 'addDeclaration' as const, after: place, text };
      return { finding, fix: { title: text, edits: [edit] }, edits: [placeEdit(project, edit)!] };
    };
    const all = fixAll(project, [fix('person ${1:a} "${2:A}"'), fix('team ${1:t} "${2:T}"'), fix('team ${1:other}')]);
    assert.deepEqual(all?.edits.map((edit) => edit.text.trim()), ['person ${1:a} "${2:A}"\n\nteam ${3:t} "${4:T}"\n\nteam ${5:other}']);
    assert.equal(fixAll(project, [fix('person ${1:a}')]), undefined);
  });

  const files = readdirSync(folder).filter((file) => file.endsWith('.itsms')).sort();

  it('are looked for in the fixtures of the rules', () => assert.ok(files.length > 20));

  for (const file of files) {
    it(`leave a text that can be read and formatted: ${file}`, () => {
      const { breaks } = parseFixture(readFileSync(join(folder, file), 'utf8'));
      for (const { text } of breaks) {
        const project = assessed(text);
        const before = unreadable(text);
        for (const finding of project.findings) {
          const offered = finding.fixes.map((fix): OfferedFix => ({ finding, fix, edits: fix.edits.flatMap((edit) => placeEdit(project, edit) ?? []) }));
          const all = isNew(finding.fixes.map(({ title }) => title).join('\n')) ? fixAll(project, offered) : undefined;
          if (all) assert.deepEqual(unreadable(applied(text, all.edits)), before, `${finding.code}: “${all.fix.title}” gives\n${applied(text, all.edits)}`);
          for (const fix of finding.fixes) {
            if (!isNew(JSON.stringify([finding.code, fix.title, fix.edits.map((edit) => ('text' in edit ? edit.text : ''))]))) continue;
            const edits = fix.edits.map((edit) => placeEdit(project, edit));
            assert.ok(edits.every((edit) => edit !== undefined), `${finding.code}: “${fix.title}” has no place`);
            const mended = applied(text, edits);
            assert.notEqual(mended, text, `${finding.code}: “${fix.title}” changes nothing`);
            assert.deepEqual(unreadable(mended), before, `${finding.code}: “${fix.title}” gives\n${mended}`);
            assert.deepEqual(unreadable(formatText(mended, { services: builder.services })), before);
          }
        }
      }
    });
  }
});
