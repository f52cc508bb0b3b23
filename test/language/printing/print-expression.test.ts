import assert from 'node:assert/strict';
import { FragmentBuilder } from '../../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../../language/model/project-model.ts';
import { printExpression } from '../../../language/printing/print-expression.ts';

function printed(text: string): string | undefined {
  const model = new ProjectModel();
  model.update('a.itsms', new FragmentBuilder().build('a.itsms', `source s of incident from "x.csv" { where ${text} }`));
  const filter = model.get('Source', 's')?.filter;
  return filter === undefined ? undefined : printExpression(filter);
}

describe('the text of a computation', () => {
  for (const text of ['state starts with "Awaiting"', 'closed - opened in office <= 4h', 'a = 1 and (b is one of "( x", "y" or not c is empty)', 'part 2 of category by " - " = "Mail"', '(times when state = "Open") - 1 > 2']) {
    it(`is as it was written: ${text}`, () => {
      assert.equal(printed(text), text);
    });
  }

  it('is canonical, however it was laid out', () => {
    assert.equal(printed('a   =  1\n and ((b = 2))'), 'a = 1 and b = 2');
  });
});
