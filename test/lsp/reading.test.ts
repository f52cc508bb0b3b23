import assert from 'node:assert/strict';
import { catalogue } from '../../language/catalogue/catalogue.ts';
import type { Finding } from '../../language/model/finding.ts';
import { catalogueDocument } from '../../server/editor/catalogue-document.ts';
import { fixesAt, isSnippet, placeEdit, withoutPlaceholders } from '../../server/editor/code-actions.ts';
import { foldingRanges } from '../../server/editor/folding.ts';
import { hoverAt } from '../../server/editor/hover.ts';
import { authored, code, plain } from '../../server/editor/markdown.ts';
import { LineIndex } from '../../server/editor/positions.ts';
import { selectionRange } from '../../server/editor/selection.ts';
import { semanticTokenModifiers, semanticTokens, semanticTokenTypes } from '../../server/editor/semantic-tokens.ts';
import { documentSymbols, workspaceSymbols } from '../../server/editor/symbols.ts';
import { lineEdits } from '../../server/editor/text-edits.ts';
import type { Edit } from '../../language/model/finding.ts';
import { entityKey } from '../../language/model/declarations.ts';
import fc from 'fast-check';
import { baseModel, Fixture } from './fixture.ts';

function hover(text: string): string | undefined {
  const fixture = new Fixture({ 'base.itsms': baseModel, 'x.itsms': text });
  return hoverAt(fixture, 'x.itsms', fixture.at('x.itsms'))?.text;
}

describe('hover', () => {
  it('tells of a name: kind, title, documentation, facts, where it is declared', () => {
    const text = hover('service x "X" { depends on em<|>ail }') ?? '';
    for (const part of ['service `email`', '**Corporate e-mail**', 'Mail for *everybody*.', 'owner: anna', 'base.itsms', 'line ']) assert.ok(text.includes(part), `${part} in ${text}`);
  });

  it('tells of a part: a target of an agreement', () => {
    const text = hover('improvement i "I" { from email-gold.up<|>time }') ?? '';
    assert.match(text, /service level target `email-gold\.uptime`/);
    assert.match(text, /99\.8%/);
  });

  it('explains words of the language by where they stand', () => {
    assert.match(hover('sla a for email with retail {\n  serv<|>ice hours office\n}') ?? '', /^\*\*service hours\*\*/);
    assert.match(hover('sla a for email with retail {\n  service ho<|>urs office\n}') ?? '', /^\*\*service hours\*\*/);
    assert.match(hover('ser<|>vice x "X"') ?? '', /^\*\*service\*\*/);
    assert.match(hover('service x "X" {\n  status li<|>ve\n}') ?? '', /^\*\*live\*\*/);
  });

  it('explains record kinds and fields', () => {
    assert.match(hover('source s of inci<|>dent from "x"') ?? '', /record kind `incident`/);
    assert.match(hover('source s of incident from "x" {\n  map res<|>tored = a\n}') ?? '', /field `restored` of incident/);
    assert.match(hover('metric m "M" {\n  from tickets where reassig<|>nments = 0\n}') ?? '', /field `reassignments` of incident/);
  });

  it('tells of a requirement in our own words, with its confidence', () => {
    const row = catalogue.demands.find(({ auditEvidence, confidence }) => auditEvidence !== null && confidence === 'medium')!;
    const text = hover(`process p "P" { satisfies iso20000:${row.id.slice(0, 2)}<|>${row.id.slice(2)} }`) ?? '';
    for (const part of [`Clause ${row.clause}`, 'item ', 'Confidence of this row: medium', 'What an auditor looks at', 'In our own words']) assert.ok(text.includes(part), part);
    assert.ok(!text.includes('the standard says'));
    assert.match(hover('process p "P" { satisfies iso20000:8.<|>6.1 }') ?? '', /Clause 8\.6\.1/);
  });

  it('shows the last figures with numerator, denominator and target', () => {
    const fixture = new Fixture({ 'base.itsms': baseModel, 'x.itsms': 'improvement i "I" { from email-gold.p1-<|>restore }' });
    const figure = { unit: 'percent', excluded: [], verdict: 'missed' as const, computation: '', missed: [], dataHash: '', target: { comparison: '>=' as const, value: '95%' } };
    fixture.measured = [
      { ...figure, subject: { kind: 'target', agreement: 'email-gold', target: 'p1-restore' }, period: '2026-09', value: '97', numerator: '97', denominator: '100', verdict: 'met' },
      { ...figure, subject: { kind: 'target', agreement: 'email-gold', target: 'p1-restore' }, period: '2026-10', value: '94.9', numerator: '949', denominator: '1000' },
      { ...figure, subject: { kind: 'target', agreement: 'other', target: 'p1-restore' }, period: '2026-10', value: '1', numerator: '1', denominator: '100' },
    ];
    const text = hoverAt(fixture, 'x.itsms', fixture.at('x.itsms'))?.text ?? '';
    assert.ok(text.includes('2026-10: **94.9%** (949 of 1000), target >= 95%, missed'), text);
    assert.ok(text.indexOf('2026-10') < text.indexOf('2026-09'));
    assert.ok(!text.includes('**1%**'));
  });

  it('says nothing of what is no word', () => {
    for (const text of ['service x "X<|> y"', '// ser<|>vice', '<|>', 'service x {  <|>  }', 'service nobody<|>knows {']) {
      const found = hover(text);
      assert.ok(found === undefined || text.includes('nobody'), text);
    }
  });

  it('shows titles as words, whatever they hold', () => {
    const title = '![x](http://x) <img src=x> [a](command:b) **c** `d`';
    const text = hover(`/** ![x](http://x/y.png) <img src=x> [a](command:b) *fine* */\nservice o<|>ne "${title}"`) ?? '';
    assert.ok(!/(?<!\\)!\[/.test(text), text);
    assert.ok(!text.includes('<img'));
    assert.ok(!/(?<!\\)\]\(command:/.test(text), text);
    assert.ok(text.includes('*fine*'));
  });

  it('escapes Markdown in any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'[]()!<>*_`#|\\ab\n') }), (text) => {
        assert.ok(!/(?<!\\)(?:\\\\)*[[\]`*_<]/.test(plain(text)), plain(text));
        assert.ok(!authored(text).includes('!['));
        const [marks = ''] = /^`+/.exec(code(text)) ?? [];
        assert.ok(!code(text).slice(marks.length, -marks.length).includes(marks));
      }),
    );
  });
});

describe('outline and symbols', () => {
  it('lists declarations and their parts, one within the other', () => {
    const fixture = new Fixture({ 'x.itsms': baseModel });
    const symbols = documentSymbols(fixture, 'x.itsms');
    const sla = symbols.find(({ name }) => name === 'email-gold');
    assert.deepEqual(sla?.children?.map(({ name }) => name), ['uptime', 'p1-restore']);
    assert.equal(sla?.detail, 'E-mail, gold');
    for (const { range, selectionRange: inner } of symbols) assert.ok(range.start.line <= inner.start.line && inner.end.line <= range.end.line);
  });

  it('lists what can be read of a broken file', () => {
    const fixture = new Fixture({ 'x.itsms': 'service a "A" {\n  owner\n}\n}}} ???\nsrvc b {\nservice c "C" { status live }\nattest iso20000:8.7.2 by anna on 2026-01-01\n' });
    const names = documentSymbols(fixture, 'x.itsms').map(({ name }) => name);
    assert.ok(names.includes('a') && names.includes('c') && names.includes('attest iso20000:8.7.2'), names.join());
  });

  it('finds names in all files by their letters and titles', () => {
    const fixture = new Fixture({ 'x.itsms': baseModel });
    assert.deepEqual(workspaceSymbols(fixture, 'netw').map(({ name }) => name), ['network']);
    assert.ok(workspaceSymbols(fixture, 'berg').some(({ name }) => name === 'anna'));
    assert.ok(workspaceSymbols(fixture, '').length > 15);
    assert.deepEqual(workspaceSymbols(fixture, 'zzz'), []);
  });
});

describe('semantic tokens', () => {
  function tokens(text: string): string[] {
    const fixture = new Fixture({ 'base.itsms': baseModel, 'x.itsms': text });
    const data = semanticTokens(fixture, 'x.itsms');
    const lines = text.split('\n');
    const found: string[] = [];
    let line = 0;
    let column = 0;
    for (let index = 0; index < data.length; index += 5) {
      const [deltaLine = 0, deltaColumn = 0, length = 0, type = 0, modifiers = 0] = data.slice(index, index + 5);
      line += deltaLine;
      column = deltaLine === 0 ? column + deltaColumn : deltaColumn;
      found.push(`${lines[line]?.slice(column, column + length)}:${semanticTokenTypes[type]}${modifiers & 1 ? `.${semanticTokenModifiers[0]}` : ''}${modifiers & 2 ? `.${semanticTokenModifiers[1]}` : ''}`);
    }
    return found;
  }

  it('tells names from words of the language, whatever the names are', () => {
    assert.deepEqual(tokens('service status "S" {\n  owner anna\n  status live\n  depends on status\n}'), [
      'service:keyword', 'status:class.declaration', 'owner:keyword', 'anna:interface', 'status:keyword', 'live:keyword', 'depends:keyword', 'on:keyword', 'status:class',
    ]);
  });

  it('marks what is built in, parts, and fields', () => {
    const found = tokens('sla a for email with retail {\n  service hours always\n  target t restore P1 within 4h\n}\nimprovement i "I" { from email-gold.uptime }\nsource s of incident from "x" { map opened = a }');
    for (const token of ['always:enumMember.defaultLibrary', 't:property.declaration', 'P1:enumMember', 'email-gold.uptime:property', 'incident:property', 'opened:property', 'within:keyword']) assert.ok(found.includes(token), `${token} in ${found.join(' ')}`);
  });

  it('never overlaps and stays in order, for any text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...baseModel.split(/(?<=\s)/)), { maxLength: 60 }), (pieces) => {
        const fixture = new Fixture({ 'x.itsms': pieces.join('') });
        const data = semanticTokens(fixture, 'x.itsms');
        let end = 0;
        let column = 0;
        for (let index = 0; index < data.length; index += 5) {
          const [deltaLine = 0, deltaColumn = 0, length = 0] = data.slice(index, index + 3);
          assert.ok(deltaLine >= 0 && deltaColumn >= 0 && length > 0);
          column = deltaLine === 0 ? column + deltaColumn : deltaColumn;
          if (deltaLine === 0 && index > 0) assert.ok(column >= end);
          end = column + length;
        }
      }),
      { numRuns: 50 },
    );
  });
});

describe('folding and selection', () => {
  it('folds blocks, comments and long texts; the closing brace stays in view', () => {
    const text = 'service a {\n  owner anna\n}\n/* one\n   two */\nservice b {\n  summary """\n   {\n  """\n}\nservice c { owner anna }\n';
    assert.deepEqual(foldingRanges(text).map(({ startLine, endLine, kind }) => [startLine, endLine, kind]), [[0, 1, undefined], [3, 4, 'comment'], [5, 8, undefined], [6, 8, undefined]]);
  });

  it('grows a selection from the word to the file', () => {
    const fixture = new Fixture({ 'x.itsms': 'person omar "O"\nservice a "A" {\n  owner o<|>mar\n}\n' });
    const ranges: string[] = [];
    for (let at: ReturnType<typeof selectionRange> | undefined = selectionRange(fixture, 'x.itsms', fixture.at('x.itsms')); at; at = at.parent) ranges.push(`${at.range.start.line}:${at.range.start.character}-${at.range.end.line}`);
    assert.equal(ranges[0], '2:8-2');
    assert.equal(ranges[1], '2:2-2');
    assert.equal(ranges.at(-1), '0:0-4');
  });
});

describe('fixes as edits', () => {
  function edited(text: string, edit: Edit): string {
    const fixture = new Fixture({ 'x.itsms': text });
    const placed = placeEdit(fixture, edit);
    assert.ok(placed);
    const lines = new LineIndex(text);
    return text.slice(0, lines.offset(placed.range.start)) + placed.text + text.slice(lines.offset(placed.range.end));
  }
  const service = { entity: entityKey('Service', 'x') };

  it('adds a fact to a block, a block on one line, and a declaration without a block', () => {
    const edit: Edit = { kind: 'addFact', place: service, text: 'owner ${1:anna}' };
    assert.equal(edited('service x "X" {\n  status live // now\n}\n', edit), 'service x "X" {\n  status live // now\n  owner ${1:anna}\n}\n');
    assert.equal(edited('service x "X" { status live }\n', edit), 'service x "X" { status live  owner ${1:anna} }\n');
    assert.equal(edited('service x "X" {}\n', edit), 'service x "X" { owner ${1:anna} }\n');
    assert.equal(edited('service x "X"\nservice y "Y"\n', edit), 'service x "X" {\n  owner ${1:anna}\n}\nservice y "Y"\n');
    assert.equal(edited('service x "X" {\n}\n', edit), 'service x "X" {\n  owner ${1:anna}\n}\n');
  });

  it('keeps to its declaration where another begins on the same line', () => {
    assert.equal(edited('service x "X" service y "Y"\n', { kind: 'addFact', place: service, text: 'owner anna' }), 'service x "X" {\n  owner anna\n} service y "Y"\n');
  });

  it('states a fact anew where one stands that was not filled in', () => {
    assert.equal(edited('service x "X" {\n  summary "TODO"\n  status live\n}\n', { kind: 'addFact', place: service, text: 'summary "${1:What it does}"' }), 'service x "X" {\n  summary "${1:What it does}"\n  status live\n}\n');
  });

  it('adds a fact of several lines to a block on one line', () => {
    assert.equal(edited('service x "X" { status live }\n', { kind: 'addFact', place: service, text: 'owner anna\ngroup "G"' }), 'service x "X" { status live\n  owner anna\n  group "G"\n}\n');
  });

  it('adds a fact to the block within a declaration', () => {
    const text = 'catalogue c "C" {\n  entry email {\n    summary "S"\n  }\n}\n';
    assert.equal(
      edited(text, { kind: 'addFact', place: { entity: entityKey('ServiceCatalogue', 'c'), path: ['entries', 0] }, text: 'outcome "O"' }),
      'catalogue c "C" {\n  entry email {\n    summary "S"\n    outcome "O"\n  }\n}\n',
    );
  });

  it('adds a declaration behind another, or at the end of a file', () => {
    assert.equal(edited('service x "X"\nservice y "Y"\n', { kind: 'addDeclaration', after: service, text: 'person p "P"' }), 'service x "X"\n\nperson p "P"\nservice y "Y"\n');
    assert.equal(edited('service x "X"', { kind: 'addDeclaration', after: { file: 'x.itsms' }, text: 'person p "P"' }), 'service x "X"\n\nperson p "P"\n');
    assert.equal(edited('', { kind: 'addDeclaration', after: { file: 'x.itsms' }, text: 'person p "P"' }), 'person p "P"\n');
  });

  it('replaces and removes', () => {
    const text = 'service x "X" {\n  owner anna\n  status live\n}\n';
    assert.equal(edited(text, { kind: 'replace', place: { ...service, path: ['owner'] }, text: 'omar' }), text.replace('anna', 'omar'));
    assert.equal(edited(text, { kind: 'remove', place: { ...service, path: ['owner'] } }), 'service x "X" {\n  status live\n}\n');
    assert.equal(edited('service x "X" { owner anna  status live }\n', { kind: 'remove', place: { ...service, path: ['status'] } }).replace(/ +/g, ' '), 'service x "X" { owner anna }\n');
    assert.equal(edited(`${text}service y "Y"\n`, { kind: 'remove', place: service }), 'service y "Y"\n');
  });

  it('offers the fixes of findings in the range, and none whose place is gone', () => {
    const fixture = new Fixture({ 'x.itsms': 'person anna "A"\nservice x "X" { owner an<|>an }' });
    const at = fixture.at('x.itsms');
    assert.deepEqual(fixesAt(fixture, 'x.itsms', { start: at, end: at }).map(({ edits }) => edits.map(({ text }) => text)), [['anna']]);
    const start = { line: 0, character: 0 };
    assert.deepEqual(fixesAt(fixture, 'x.itsms', { start, end: start }), []);
    const [finding] = fixture.findingsOf('x.itsms');
    const gone: Finding = { ...finding!, fixes: [{ title: 'Gone', edits: [{ kind: 'replace', place: { entity: entityKey('Service', 'gone') }, text: 'x' }] }] };
    fixture.findingsOf = () => [gone];
    assert.deepEqual(fixesAt(fixture, 'x.itsms', { start: at, end: at }), []);
  });

  it('knows placeholders and does without them', () => {
    assert.equal(withoutPlaceholders('sla ${1:id} "${2:Title}" $0'), 'sla id "Title" ');
    assert.ok(isSnippet('owner ${1:person}'));
    assert.ok(!isSnippet('owner person'));
  });
});

describe('edits of lines', () => {
  const apply = (text: string, edits: ReturnType<typeof lineEdits>): string => {
    const lines = new LineIndex(text);
    return edits.toReversed().reduce((result, { range, newText }) => result.slice(0, lines.offset(range.start)) + newText + result.slice(lines.offset(range.end)), text);
  };

  it('lead from any text to any other', () => {
    const texts = fc.array(fc.constantFrom('a\n', 'b\n', 'c\n', '\n', 'd'), { maxLength: 12 }).map((lines) => lines.join(''));
    fc.assert(fc.property(texts, texts, (before, after) => assert.equal(apply(before, lineEdits(before, after)), after)));
  });

  it('touch only what differs', () => {
    const before = Array.from({ length: 100 }, (_, index) => `line ${index}\n`);
    const after = before.with(10, 'ten\n').with(90, 'ninety\n').join('');
    assert.deepEqual(lineEdits(before.join(''), after).map(({ range }) => [range.start.line, range.end.line]), [[10, 11], [90, 91]]);
  });
});

describe('the catalogue as a document', () => {
  it('has a place for every built-in name, at the name', () => {
    const { text, rangeOf } = catalogueDocument();
    const lines = text.split('\n');
    for (const id of ['always', ...catalogue.clauses.map(({ clause }) => `iso20000:${clause}`), ...catalogue.requirements.map((row) => `iso20000:${row.id}`)]) {
      const range = rangeOf(id);
      assert.ok(range, id);
      assert.equal(lines[range.start.line]?.slice(range.start.character, range.end.character), id);
    }
  });
});

describe('positions', () => {
  it('count in UTF-16 code units and take LF, CRLF and CR as ends of lines', () => {
    const text = 'a😀b\r\nc\rd\ne';
    const lines = new LineIndex(text);
    assert.deepEqual(lines.position(text.indexOf('b')), { line: 0, character: 3 });
    assert.deepEqual(lines.position(text.indexOf('e')), { line: 3, character: 0 });
    fc.assert(fc.property(fc.nat(text.length), (offset) => assert.equal(lines.offset(lines.position(offset)), offset)));
    assert.equal(lines.offset({ line: 99, character: 0 }), text.length);
  });
});
