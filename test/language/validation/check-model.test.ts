import assert from 'node:assert/strict';
import { ProjectModel } from '../../../language/model/project-model.ts';
import { CycleCheck, cycleFindings } from '../../../language/validation/check-model.ts';
import { builder } from './findings.ts';

function cyclesOf(...texts: string[]): string[] {
  const model = new ProjectModel();
  texts.forEach((text, index) => model.update(`${index}.itsms`, builder.build(`${index}.itsms`, text)));
  return cycleFindings(model).map((finding) => {
    const at = model.locate(finding.place);
    const related = finding.related.map(({ place }) => {
      const location = model.locate(place);
      return `${location?.file}:${(location?.range.line ?? -1) + 1}`;
    });
    return `${at?.file}:${(at?.range.line ?? -1) + 1} ${finding.message}${related.length > 0 ? ` (${related.join(', ')})` : ''}`;
  });
}

describe('Circles in a model', () => {
  it('are found across files and kinds, once, with every fact that takes part', () => {
    assert.deepEqual(
      cyclesOf('service mail {\n  depends on disk\n}\nservice disk { depends on any of power, grid }\n', 'ci power { depends on mail }\nci grid\n'),
      ['1.itsms:1 These depend on each other in a circle: power → mail → disk → power. None of them can be restored first. (0.itsms:2, 0.itsms:4)'],
    );
  });

  it('are told once for declarations that lead to each other in several ways', () => {
    assert.deepEqual(
      cyclesOf('service a { depends on b, c }\nservice b { depends on c }\nservice c { depends on a }\n'),
      ['0.itsms:1 These depend on each other in a circle: a → c → a. None of them can be restored first. (0.itsms:3)'],
    );
  });

  it('are told for each set apart', () => {
    assert.equal(cyclesOf('service a { depends on b }\nservice b { depends on a }\nservice x { depends on y, a }\nservice y { depends on x }\n').length, 2);
  });

  it('are accepted where one of its services says why', () => {
    assert.deepEqual(cyclesOf('service a { depends on b }\nservice b { depends on a  acknowledge a because "Started by hand" }\n'), []);
  });

  it('are found among calendars', () => {
    assert.deepEqual(cyclesOf('calendar a { extends b }\ncalendar b { extends a }\n'), ['0.itsms:1 These calendars build on each other in a circle: a → b → a. (0.itsms:2)']);
  });

  it('are not seen where things merely share what they depend on, or where a name is unknown', () => {
    assert.deepEqual(cyclesOf('service a { depends on b, c }\nservice b { depends on d }\nservice c { depends on d }\nservice d { depends on unknown }\n'), []);
  });

  it('are found anew where a change makes or breaks one, and only then', () => {
    const model = new ProjectModel();
    const check = new CycleCheck();
    const read = (file: string, text: string | undefined): number => {
      const { entities } = model.update(file, text === undefined ? undefined : builder.build(file, text));
      return check.update(model, entities).length;
    };
    assert.equal(read('a.itsms', 'service a { depends on b }'), 0);
    assert.equal(read('b.itsms', 'service b { depends on a }'), 1);
    const before = check.update(model, []);
    read('a.itsms', 'service a { depends on b  status live }');
    assert.equal(check.update(model, []), before);
    assert.equal(read('b.itsms', undefined), 0);
    assert.equal(read('b.itsms', 'ci b { depends on c, a }'), 1);
  });

  it('are found at the end of chains of any length', () => {
    const length = 5_000;
    const chain = Array.from({ length }, (_, index) => `service s${index} { depends on s${(index + 1) % length} }`).join('\n');
    const model = new ProjectModel();
    model.update('a.itsms', builder.build('a.itsms', chain));
    const [finding, ...others] = cycleFindings(model);
    assert.equal(others.length, 0);
    assert.equal(finding?.related.length, length - 1);
  }).timeout(60_000);
});
