import assert from 'node:assert/strict';
import { nameAt, occurrencesOf } from '../../server/editor/occurrences.ts';
import { prepareRename, rename, RenameRefusal } from '../../server/editor/rename.ts';
import { LineIndex } from '../../server/editor/positions.ts';
import { baseModel, Fixture, sharedData } from './fixture.ts';

/** The text after a rename at the mark. */
function renamed(text: string, newName: string): string {
  const fixture = new Fixture({ 'x.itsms': text });
  const plain = fixture.text('x.itsms')!;
  const lines = new LineIndex(plain);
  const edits = rename(fixture, 'x.itsms', fixture.at('x.itsms'), newName).map(({ range, newText }) => ({ from: lines.offset(range.start), to: lines.offset(range.end), newText }));
  return edits.sort((a, b) => b.from - a.from).reduce((result, { from, to, newText }) => result.slice(0, from) + newText + result.slice(to), plain);
}

function unknownNames(text: string): string[] {
  return new Fixture({ 'x.itsms': text }).findingsOf('x.itsms').map(({ message }) => message);
}

describe('names', () => {
  it('the model that these tests stand on is closed', () => assert.deepEqual(unknownNames(baseModel), []));

  const kinds: readonly (readonly [what: string, before: string, mark: string, after: readonly string[]])[] = [
    ['a person, from its declaration', 'person anna', 'person an<|>na', ['person zoe "Anna Berg"', 'held by zoe', 'owner zoe']],
    ['a person, from a reference', 'held by anna', 'held by <|>anna', ['person zoe "Anna Berg"', 'held by zoe']],
    ['an agreement, in qualified names too', 'sla email-gold', 'sla email<|>-gold', ['sla zoe "E-mail, gold"', 'from zoe.uptime', 'expects zoe.uptime 99.8%']],
    ['an agreement, from the first part of a qualified name', 'from email-gold.uptime', 'from email-g<|>old.uptime', ['sla zoe "E-mail, gold"', 'from zoe.uptime']],
    ['a target, in the agreement and outside', 'target uptime', 'target upt<|>ime', ['target zoe availability', 'when zoe < 99.5%', 'from email-gold.zoe', 'expects email-gold.zoe 99.8%']],
    ['a target, from the last part of a qualified name', 'from email-gold.uptime', 'from email-gold.upt<|>ime', ['target zoe availability', 'when zoe <', 'from email-gold.zoe']],
    ['a target, from a credit', 'when uptime', 'when <|>uptime', ['target zoe availability', 'when zoe <']],
    ['a step of a process', 'step fix', 'step f<|>ix', ['step zoe "Fix"', 'produces record -> zoe']],
    ['a priority, in value tables too', 'priority P1', 'priority <|>P1', ['priority zoe "Critical"', 'restore zoe within', '"1" = zoe']],
    ['a source', 'source tickets', 'source ti<|>ckets', ['source zoe of incident', 'per month from zoe', 'from zoe  value count']],
    ['a site', 'sites leeds', 'sites <|>leeds', ['sites zoe "Leeds", pune']],
    ['a service', 'depends on network', 'depends on <|>network', ['service zoe "Network"', 'depends on zoe']],
    ['a risk', 'uptime, r7', 'uptime, <|>r7', ['risk zoe "Single site"', 'uptime, zoe']],
  ];
  for (const [what, before, mark, after] of kinds) {
    it(`renames ${what}`, () => {
      assert.ok(baseModel.includes(before));
      const text = renamed(baseModel.replace(before, mark), 'zoe');
      for (const part of after) assert.ok(text.includes(part), `${part} in\n${text}`);
      assert.deepEqual(unknownNames(text), []);
    });
  }

  it('renames a name that a field is compared with', () => {
    const model = `${baseModel}metric m "M" { from tickets where priority = P1 and reassignments = 0  value count }\n`;
    assert.ok(renamed(model.replace('priority P1', 'priority <|>P1'), 'zoe').includes('where priority = zoe and'));
  });

  it('renames every statement of a target that succeeds another', () => {
    const model = baseModel.replace('  credit', '  target uptime availability >= 99.9% per month since 2026-07-01\n  credit');
    const text = renamed(model.replace('target uptime availability >= 99.8%', 'target <|>uptime availability >= 99.8%'), 'zoe');
    assert.equal(text.match(/target zoe availability/g)?.length, 2);
  });

  it('leaves alone what has the same id and is of another kind', () => {
    const text = renamed('customer <|>acme "Customer"\norganization acme "Us"\nsla a "A" for x with acme\nservice x "X"', 'zoe');
    assert.equal(text, 'customer zoe "Customer"\norganization acme "Us"\nsla a "A" for x with zoe\nservice x "X"');
  });

  it('refuses what is built in, unknown, taken, or no name', () => {
    const refusal = (text: string, newName: string, reason: RegExp): void => {
      assert.throws(() => renamed(text, newName), (error) => error instanceof RenameRefusal && reason.test(error.message));
    };
    refusal('sla a "A" for x with y { service hours <|>always }', 'z', /built in/);
    refusal('process p "P" { satisfies iso20000:8.<|>6.1 }', 'z', /built in/);
    refusal('service x "X" { owner no<|>body }', 'z', /not declared/);
    refusal('person an<|>na "A"\nperson omar "O"', 'omar', /already a person “omar”/);
    refusal('person an<|>na "A"\nteam omar "O"\nservice x "X" { owner anna }', 'omar', /already a team “omar”/);
    for (const wrong of ['1st', 'a b', 'a-', '', 'a.b', '"x"', 'a\nb']) refusal('person an<|>na "A"', wrong, /not a name/);
    refusal('ser<|>vice x "X"', 'z', /no name here/);
  });

  it('accepts words of the language as names', () => assert.equal(renamed('person an<|>na "A"\nservice x "X" { owner anna }', 'service'), 'person service "A"\nservice x "X" { owner service }'));

  it('shows the name that is renamed, of a qualified name the part', () => {
    const fixture = new Fixture({ 'x.itsms': baseModel.replace('from email-gold.uptime', 'from email-gold.up<|>time') });
    const { placeholder, range } = prepareRename(fixture, 'x.itsms', fixture.at('x.itsms'));
    assert.equal(placeholder, 'uptime');
    assert.equal(range.end.character - range.start.character, 'uptime'.length);
  });

  it('finds both declarations of a name that is declared twice', () => {
    const fixture = new Fixture({ 'a.itsms': 'person anna "A"', 'b.itsms': 'person an<|>na "B"\nservice x "X" { owner anna }' });
    const found = nameAt(fixture, 'b.itsms', fixture.at('b.itsms'));
    assert.ok(found);
    assert.deepEqual(occurrencesOf(fixture, found.type, found.id).map(({ file, isDeclaration }) => [file, isDeclaration]), [['a.itsms', true], ['b.itsms', true], ['b.itsms', false]]);
  });

  it('finds its way in the example of the design, name by name', function () {
    const text = sharedData('design/example.itsms');
    if (text === undefined) return this.skip();
    const fixture = new Fixture({ 'x.itsms': text });
    let references = 0;
    for (const { entity } of fixture.model.fragment('x.itsms')!.declarations) references += entity.references.length;
    assert.ok(references > 100);
    const lines = text.split('\n');
    let named = 0;
    for (const [line, content] of lines.entries()) {
      for (const match of content.matchAll(/[A-Za-z][\w-]*/g)) {
        const found = nameAt(fixture, 'x.itsms', { line, character: match.index });
        if (!found) continue;
        named++;
        assert.ok(found.known, `${line + 1}: ${match[0]}`);
        assert.ok(occurrencesOf(fixture, found.type, found.id).length > 0 || found.id === 'always' || found.type === 'Requirement');
      }
    }
    assert.ok(named > 150, String(named));
    return undefined;
  });
});

describe('what passes between processes', () => {
  it('is renamed from any of its places, in all of them', () => {
    for (const mark of ['outputs rec<|>ord to problem', 'produces rec<|>ord -> fix', 'inputs rec<|>ord from incident']) {
      const text = renamed(baseModel.replace(mark.replace('<|>', ''), mark), 'zoe');
      for (const part of ['outputs zoe to problem', 'produces zoe -> fix', 'inputs zoe from incident']) assert.ok(text.includes(part), part);
    }
  });

  it('keeps its own name apart', () => {
    assert.throws(() => renamed('process p "P" {\n  outputs on<|>e, two\n}', 'two'), /already an input or output “two”/);
  });
});
