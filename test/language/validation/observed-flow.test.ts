import assert from 'node:assert/strict';
import { readModel } from '../read-model.ts';

const messages = (source: string): string[] => readModel(`
process p { step a -> b step b -> end }
process q { step c -> end }
source s of change from "x.csv" { ${source} }
`).findings.map((finding) => finding.replace(/^\S+ \S+ /u, ''));

describe('what a source says of the steps that its records show', () => {
  const cases: readonly (readonly [what: string, source: string, expected: readonly string[]])[] = [
    ['is right with texts of a history and with moments', 'history by n at u map approved steps of p by changes of state { "New" = a "Done" = b, q.c approved = b leave out "Note" }', []],
    ['names steps of that process, or of another with its name', 'history by n at u steps of p by state { "New" = x "Done" = c }', ['No decision, fork, join or step is called “p.x”; did you mean “p.a”?', 'No decision, fork, join or step is called “p.c”; did you mean “p.a”?']],
    ['needs to say where its texts stand', 'history by n at u steps of p { "New" = a }', ['Texts stand for steps, but nothing says where they stand: write “by” and the column with the activity or state of each row.']],
    ['needs rows that belong together', 'key n steps of p by state { "New" = a }', ['The steps are read from the rows of a history: say how rows belong together with “history by … at …”.']],
    ['names each text and field once', 'history by n at u map approved steps of p by state { "New" = a "New" = b approved = a approved = b leave out "New" }', ['“New” stands twice among the steps: write its steps in one list, “a, b”.', '“approved” stands twice among the steps: write its steps in one list, “a, b”.', '“New” stands for a step and is left out: keep one of them.']],
    ['takes fields that hold a moment of what happened', 'key n map approved, type, planned-from steps of p { type = a planned-from = a reviewed = b }', ['“type” does not say when something was done: a step is shown by a moment, or by the text of a row in quotation marks.', '“planned-from” does not say when something was done: a step is shown by a moment, or by the text of a row in quotation marks.', '“reviewed” is not mapped in this source: map it first.']],
  ];
  for (const [what, source, expected] of cases) it(what, () => assert.deepEqual(messages(source), expected));
});
