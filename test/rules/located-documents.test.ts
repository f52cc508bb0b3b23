import assert from 'node:assert/strict';
import { documentedInformation } from '../../language/catalogue/documented-information.ts';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { dateFrom } from '../../language/values/date.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';
import type { NamedFileState } from '../../server/assessment/named-files.ts';
import { documentedEntries } from '../../server/iso20000/documented-entries.ts';
import { rules } from '../../server/iso20000/rules.ts';

const text = `
organization acme "ACME Services"
person kate "Kate Moss-Green"
service email
document rules everything for all { access "All read" }
document handbook "Handbook" { file "docs/handbook.md" }
knowledge runbook "Mail runbook" { services email  audience kate  access "All"  file "docs/mail.md" }
`;

/** Gaps of a row at a file that is named, once somebody has looked for the files. */
function gapsOf(row: string, found: ReadonlyMap<string, NamedFileState>): string[] {
  const model = new ProjectModel();
  model.update('model.itsms', new FragmentBuilder().build('model.itsms', text));
  const engine = new AssessmentEngine(model, { asOf: dateFrom('2026-11-10'), rules });
  engine.assessment();
  engine.setFiles(found);
  return engine.findingsOf('model.itsms').flatMap(({ finding, range }) => (finding.requirements.includes(row) && range.line > 1 ? [text.split('\n')[range.line]!.slice(range.column, range.endColumn)] : []));
}

const files = (state: (file: string) => NamedFileState): ReadonlyMap<string, NamedFileState> => new Map(['docs/handbook.md', 'docs/mail.md'].map((file) => [file, state(file)]));

describe('documents and knowledge that name a file', () => {
  it('are available where the file is there', () => {
    const found = files(() => ({ kind: 'present', hash: 'x' }));
    assert.deepEqual(gapsOf('7.5.3.1.a', found), []);
    assert.deepEqual(gapsOf('7.6.2', found), []);
  });

  it('are not available where it is not there', () => {
    const found = files((file) => ({ kind: 'refused', message: `${file} is not there.` }));
    assert.deepEqual(gapsOf('7.5.3.1.a', found), ['"docs/handbook.md"']);
    assert.deepEqual(gapsOf('7.6.2', found), ['"docs/mail.md"']);
  });
});

describe('declarations that are documented information themselves', () => {
  it('are of kinds of the catalogue, and there is an answer for each kind that the standard asks for', () => {
    const items = [...documentedInformation.values()];
    const known = new Set(items.map(({ kind }) => kind));
    assert.deepEqual(Object.keys(documentedEntries).filter((kind) => !known.has(kind)), []);
    assert.deepEqual(items.filter(({ kind, obligation }) => obligation === 'explicit' && documentedEntries[kind] === undefined).map(({ kind }) => kind), []);
  });
});
