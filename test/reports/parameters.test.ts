import assert from 'node:assert/strict';
import { chosenFor } from '../../server/reports/parameters.ts';
import { itsms } from '../support/command.ts';
import { inFolder } from '../support/temporary-folder.ts';
import { inputOf } from './example-input.ts';

const text = 'organization o "O"\ncustomer a "A"\ncustomer b "B"\nprocess p "P"\nservice s "S" { customer a, b }\nsla one "One" for s with a\nsla two "Two" for s with b\ncatalogue c "C" { lists all audience a, b }\n';

describe('what a report is about', () => {
  const { model } = inputOf(text);

  it('is everything in one document, each too where all reports are made, or one document for each', () => {
    assert.deepEqual(chosenFor({ process: 'optional' }, {}, model, true), [{}]);
    assert.deepEqual(chosenFor({ customer: 'each-too' }, {}, model, false), [{}]);
    assert.deepEqual(chosenFor({ customer: 'each-too' }, {}, model, true), [{}, { customer: 'a' }, { customer: 'b' }]);
    assert.deepEqual(chosenFor({ agreement: 'each' }, {}, model, false), [{ agreement: 'one' }, { agreement: 'two' }]);
    assert.deepEqual(chosenFor({ agreement: 'each' }, {}, inputOf('').model, true), []);
  });

  it('is what was asked for, and nothing that the report does not ask for', () => {
    assert.deepEqual(chosenFor({ agreement: 'each' }, { agreement: 'two', customer: 'a' }, model, true), [{ agreement: 'two' }]);
    assert.deepEqual(chosenFor({}, { customer: 'a' }, model, true), [{}]);
  });

  it('combines several choices', () => {
    assert.deepEqual(chosenFor({ customer: 'each-too', agreement: 'each' }, { customer: 'b' }, model, false), [{ customer: 'b', agreement: 'one' }, { customer: 'b', agreement: 'two' }]);
  });

  it('is named on the command line, where a wrong name gets a better one', async () => {
    await inFolder({ 'a.itsms': text }, async (folder) => {
      const made = await itsms(folder, 'report', 'agreement', '--format', 'md', '--out', 'out');
      assert.match(made.out, /agreement-one\.md[^]*agreement-two\.md/);
      assert.match((await itsms(folder, 'report', 'agreement', '--agreement', 'two', '--format', 'md', '--out', '-')).out, /^# Two/);
      assert.match((await itsms(folder, 'report', 'agreement', '--agreement', 'tow', '--out', '-')).error, /No agreement is called “tow”; did you mean “two”\?/);
      const catalogues = await itsms(folder, 'report', 'service-catalogue', '--customer', 'a', '--format', 'md', '--out', '-');
      assert.match(catalogues.out, /For A/);
      assert.match((await itsms(folder, 'report', 'management-review', '--review', 'one', '--out', '-')).error, /No management review is called “one”\./);
    });
  }).timeout(120_000);
});
