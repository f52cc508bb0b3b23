import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatText } from '../../../language/formatting/format.ts';
import { layOutFile } from '../../../language/formatting/file-layout.ts';
import { itemsOf } from '../../../language/formatting/items.ts';
import { sameContent } from '../../../language/formatting/same-content.ts';
import { FragmentBuilder } from '../../../language/model/fragment-builder.ts';
import { modelTexts } from '../../support/model-texts.ts';
import { factsOf } from '../../support/plain-facts.ts';

const builder = new FragmentBuilder();
const { services, keywords } = builder;
const format = (text: string): string => formatText(text, { services });
const facts = (text: string): unknown[] => factsOf(builder.build('a.itsms', text));

describe('The formatter', () => {
  const cases: readonly (readonly [string, string, string])[] = [
    ['puts one fact on each line', 'service email "E-mail" { owner anna\n status live   since 2026-01-01 }', 'service email "E-mail" {\n  owner anna\n  status live since 2026-01-01\n}\n'],
    ['leaves a short block on the line it was written on', 'service   email "E-mail" {owner anna status live}', 'service email "E-mail" { owner anna  status live }\n'],
    [
      'opens a block that is too long for its line',
      `service email "E-mail" { summary "${'long '.repeat(15)}" owner anna }`,
      `service email "E-mail" {\n  summary "${'long '.repeat(15)}"\n  owner anna\n}\n`,
    ],
    ['writes lists with a comma and a blank', 'team a { members  b ,c,\n  d }', 'team a { members b, c, d }\n'],
    ['keeps qualified names together', 'improvement i { from sla . uptime in 2026-01 }', 'improvement i { from sla.uptime in 2026-01 }\n'],
    ['keeps what stands in parentheses together', 'metric m { value ( count where a = 1 ) / count }', 'metric m { value (count where a = 1) / count }\n'],
    ['begins a line at a fact even where a word of another fact stands before it', 'service s {\nowner status status live }', 'service s {\n  owner status\n  status live\n}\n'],
    ['keeps line comments where they were', '// top\nservice s { // of s\nowner a // the owner\n\n// before\nstatus live\n// end\n} // after\n', '// top\nservice s {  // of s\n  owner a  // the owner\n\n  // before\n  status live\n  // end\n}  // after\n'],
    ['keeps block comments where they were', 'service s { /* x */ owner /* y */ a /* z */ status live }', 'service s { /* x */ owner /* y */ a /* z */  status live }\n'],
    ['moves a documentation comment with its declaration', '  /** What it is.\n     *  More.\n     */ service s', '/** What it is.\n *  More.\n */\nservice s\n'],
    ['leaves text blocks as they are', 'service s {\nsummary """\n   Two\n     lines\n """ owner a }', 'service s {\n  summary """\n   Two\n     lines\n """\n  owner a\n}\n'],
    ['keeps one of several blank lines', 'person a\n\n\n\nperson b\nperson c\n\n\n', 'person a\n\nperson b\nperson c\n'],
    ['separates blocks by a blank line, before their comments', 'service a {\nowner x\n}\n// on b\nservice b {\nowner y\n}', 'service a {\n  owner x\n}\n\n// on b\nservice b {\n  owner y\n}\n'],
    ['separates declarations that share a line', 'person a "A" person b service c {} service d', 'person a "A"\nperson b\nservice c { }\nservice d\n'],
    [
      'puts names of targets in a column',
      'sla s for a with b {\n target uptime availability >= 99% per month\n target p1-restore restore P1 within 4h\n\n target x csat >= 4\n}',
      'sla s for a with b {\n  target uptime     availability >= 99% per month\n  target p1-restore restore P1 within 4h\n\n  target x csat >= 4\n}\n',
    ],
    ['keeps a value table on its line', 'source s of incident from "a.csv" {\n map priority = p {"1"=P1 "2"=P2}\n}', 'source s of incident from "a.csv" {\n  map priority = p { "1" = P1  "2" = P2 }\n}\n'],
    [
      'writes a long value table one entry to a line',
      `source s of incident from "a.csv" {\n map priority = p { "${'1'.repeat(60)}" = P1 "${'2'.repeat(60)}" = P2 }\n}`,
      `source s of incident from "a.csv" {\n  map priority = p {\n    "${'1'.repeat(60)}" = P1\n    "${'2'.repeat(60)}" = P2\n  }\n}\n`,
    ],
    ['joins the lines of a fact that fits on one', 'process p {\n step a "A"\n   R desk\n   -> end\n}', 'process p {\n  step a "A" R desk -> end\n}\n'],
    [
      'keeps the lines of a fact that does not fit on one',
      `process p {\n step a "${'A'.repeat(70)}"\n R desk A omar\n using "the tool" -> end\n}`,
      `process p {\n  step a "${'A'.repeat(70)}"\n      R desk A omar\n      using "the tool" -> end\n}\n`,
    ],
    ['keeps the line ends of the file', 'service s {\r\nowner a\r\n}\r\n', 'service s {\r\n  owner a\r\n}\r\n'],
    ['keeps the byte order mark', '\uFEFFperson  a', '\uFEFFperson a\n'],
    ['leaves a declaration that does not follow the grammar', 'person   a\nservice  s {\n      ownr   anna\n}\nperson   b', 'person a\nservice  s {\n      ownr   anna\n}\nperson b\n'],
    ['leaves nothing in an empty file', '  \n\n', ''],
  ];
  for (const [what, text, expected] of cases) {
    it(what, () => {
      assert.equal(format(text), expected);
      assert.equal(format(expected), expected);
    });
  }

  for (const { name, text } of modelTexts()) {
    it(`keeps the meaning of ${name}`, () => {
      const formatted = format(text);
      assert.deepEqual(facts(formatted), facts(text));
      assert.equal(format(formatted), formatted);
    });
  }

  it('has been used on the examples', () => {
    const examples = modelTexts().filter(({ name }) => name.startsWith('examples/'));
    assert.ok(examples.length > 0);
    for (const { name, text } of examples) assert.equal(format(text), text, name);
  });

  it('keeps the meaning and every comment, and is done after one pass, however a text was laid out', () => {
    const texts = modelTexts();
    fc.assert(fc.property(fc.nat(), fc.array(fc.nat({ max: 999 }), { minLength: 40, maxLength: 200 }), (which, choices) => {
      const { text } = texts[which % texts.length]!;
      const messy = otherLayout(text, choices);
      const items = itemsOf(messy, services, keywords);
      const formatted = layOutFile(items, { width: 100, lineEnd: '\n' });
      assert.ok(sameContent(messy, items, formatted, services, keywords), 'the same words and comments');
      assert.deepEqual(facts(formatted), facts(messy));
      assert.equal(format(formatted), formatted);
      assert.doesNotMatch(formatted.replace(/"""[\s\S]*?"""|\/\*[\s\S]*?\*\//g, 'x'), /[ \t]$/m);
    }), { numRuns: 60 });
  });

  it('loses nothing of a text that does not follow the grammar', () => {
    const texts = modelTexts();
    fc.assert(fc.property(fc.nat(), fc.nat(), fc.nat({ max: 60 }), fc.constantFrom('', '{', '}', '"', '"""', '/*', ' ownr ', '\n', '§'), (which, from, length, insert) => {
      const { text } = texts[which % texts.length]!;
      const at = from % text.length;
      const broken = text.slice(0, at) + insert + text.slice(at + length);
      const formatted = format(broken);
      assert.equal(formatted.replace(/\s+/g, ''), broken.replace(/\s+/g, ''));
      assert.deepEqual(facts(formatted), facts(broken));
      assert.equal(format(formatted), formatted);
    }), { numRuns: 25 });
  });
});

/** The same words with other white space between them and comments in it; line ends only where they change no meaning. */
function otherLayout(text: string, choices: readonly number[]): string {
  let result = '';
  let turn = 0;
  for (const item of itemsOf(text, services, keywords)) {
    if (item.kind === 'comment') {
      result += `${item.text}\n`;
      continue;
    }
    const { tokens } = services.parser.Lexer.tokenize(item.text);
    let depth = 0;
    let end = 0;
    for (const token of tokens) {
      const choice = (choices[turn++ % choices.length] ?? 0) + turn;
      const separated = token.startOffset > end;
      const fillers = depth > 0
        ? [' ', '   ', '\n', '\n\n\n  ', '\t', ' /* inside */ ', '\n      // own line\n', '  // behind  \n', ' ', ' ', ' ', '\n', '\n', '\r\n']
        : [' ', ' ', '  ', ' /* inside */ '];
      if (end > 0 && separated) result += fillers[choice % fillers.length];
      result += token.image;
      if (token.image === '{') depth++;
      if (token.image === '}') depth--;
      end = token.startOffset + token.image.length;
    }
    result += choices[turn % choices.length]! % 3 === 0 ? '\n\n\n' : '\n';
  }
  return result;
}
