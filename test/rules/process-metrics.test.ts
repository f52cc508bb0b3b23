import assert from 'node:assert/strict';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { measureByTemplates } from '../../server/iso20000/process-metrics.ts';

function fixesOf(text: string): ReturnType<typeof measureByTemplates> {
  const model = new ProjectModel();
  model.update('m.itsms', new FragmentBuilder().build('m.itsms', text));
  return measureByTemplates(model.all('Process')[0]!, model);
}

describe('measuring a process by the metrics of the catalogue', () => {
  it('names all of them, and declares those that are not yet, over the source of their records', () => {
    const [fix] = fixesOf('process service-request "Requests" {}\nmetric service-request-backlog { value count }\nsource calls of service-request from "x.csv"');
    assert.equal(fix?.title, 'Measure it by the 4 metrics that the catalogue has for it');
    const [fact, declarations] = fix.edits.map((edit) => ('text' in edit ? edit.text : ''));
    assert.equal(fact, 'measured by service-request-in-target, service-request-lead-time, service-request-satisfaction, service-request-backlog');
    assert.deepEqual([...declarations!.matchAll(/^metric (\S+)/gm)].map((match) => match[1]), ['service-request-in-target', 'service-request-lead-time', 'service-request-satisfaction']);
    assert.match(declarations!, /from calls where fulfilled is not empty or due < as-of\n {2}value share of fulfilled is not empty and fulfilled <= due\n/);
  });

  it('knows a process by the clauses it satisfies, and leaves others alone', () => {
    assert.equal(fixesOf('process tickets { satisfies iso20000:8.6.1 }').length, 1);
    assert.deepEqual(fixesOf('process tickets { satisfies iso20000:8.6 }'), []);
  });
});
