import assert from 'node:assert/strict';
import fc from 'fast-check';
import { formatText } from '../../../language/formatting/format.ts';
import { FragmentBuilder } from '../../../language/model/fragment-builder.ts';
import { printDeclaration } from '../../../language/printing/print.ts';
import { modelTexts } from '../../support/model-texts.ts';
import { factsOf, withoutPlaces } from '../../support/plain-facts.ts';
import { randomDeclaration } from '../../support/random-declaration.ts';

const builder = new FragmentBuilder();
const { services } = builder;

function printed(text: string): string {
  const fragment = builder.build('a.itsms', text);
  return fragment.declarations.map(({ entity }) => printDeclaration(entity.node, services) ?? 'not printed').join('');
}

describe('The printer', () => {
  for (const { name, text } of modelTexts()) {
    it(`prints ${name} so that it reads the same`, () => {
      const fragment = builder.build('a.itsms', text);
      const again = builder.build('a.itsms', printed(text));
      assert.deepEqual(factsOf(again), factsOf(fragment));
    });
  }

  const cases: readonly (readonly [string, string, string])[] = [
    ['facts in one order, one on each line', 'service s { status live owner anna }', 'service s {\n  owner anna\n  status live\n}\n'],
    ['nothing in braces where there is nothing', 'person anna "Anna" { }', 'person anna "Anna"\n'],
    ['a list of facts as one', 'team t {\n  members a\n  members b, c\n}', 'team t {\n  members a, b, c\n}\n'],
    ['each dependency as its own', 'service s { depends on a, b depends on any of c, d }', 'service s {\n  depends on a, b\n  depends on any of c, d\n}\n'],
    ['texts with what must be escaped', 'service s { summary "a \\"b\\" \\\\ c" }', 'service s {\n  summary "a \\"b\\" \\\\ c"\n}\n'],
    ['words in quotes only where they are no names', 'sla s for a with b { except maintenance, "force majeure" }', 'sla s for a with b {\n  except maintenance, "force majeure"\n}\n'],
    ['an outcome that looks like a keyword in quotes', 'process p {\n  decide d "D?" "R" -> a yes -> b\n}', 'process p {\n  decide d "D?" "R" -> a yes -> b\n}\n'],
    ['a value table on its line', 'source s of incident from "a.csv" { map priority = p { "1" = P1 "2" = P2 } }', 'source s of incident from "a.csv" {\n  map priority = p { "1" = P1  "2" = P2 }\n}\n'],
    ['the documentation', '/** What\n *  it is. */\nperson a', '/**\n * What\n *  it is.\n */\nperson a\n'],
    ['parentheses where they are needed', 'metric m { value (a + b) * c - (d - e) }', 'metric m {\n  value (a + b) * c - (d - e)\n}\n'],
    ['no parentheses where they are not', 'metric m { value ((a * b) + (c)) - d }', 'metric m {\n  value a * b + c - d\n}\n'],
    ['parentheses around what takes in all that follows', 'metric m { value (share of a = b) * 2 + (count where x = y) / 3 }', 'metric m {\n  value (share of a = b) * 2 + (count where x = y) / 3\n}\n'],
    ['conditions by precedence', 'source s of incident from "a.csv" { where not (a = 1 or b = 2) and (c or d) and e is not empty }', 'source s of incident from "a.csv" {\n  where not (a = 1 or b = 2) and (c or d) and e is not empty\n}\n'],
    ['what would be read as a part of a condition before it', 'sla s for a with b { target t respond P1 within 4h in office where x = y warn 3h }', 'sla s for a with b {\n  target t respond P1 within 4h in office where x = y warn 3h\n}\n'],
    ['what would be read as a part of an action before it', 'opportunity o { priority low owner anna action "Try" owner omar }', 'opportunity o {\n  priority low\n  owner anna\n  action "Try" owner omar\n}\n'],
  ];
  for (const [what, text, expected] of cases) {
    it(`prints ${what}`, () => {
      assert.equal(printed(text), expected);
      assert.deepEqual(factsOf(builder.build('a.itsms', expected)), factsOf(builder.build('a.itsms', text)));
    });
  }

  it('prints nothing of a declaration that lacks what the grammar demands', () => {
    assert.equal(printDeclaration({ $type: 'Agreement' }, services), undefined);
    assert.equal(printDeclaration({ $type: 'Unheard' }, services), undefined);
  });

  it('prints any declaration of the grammar so that it reads the same; and so does the formatter', () => {
    let read = 0;
    let tried = 0;
    fc.assert(fc.property(fc.array(fc.nat({ max: 9999 }), { minLength: 10, maxLength: 120 }), (choices) => {
      const text = randomDeclaration(services.Grammar, choices);
      const [placed, ...others] = builder.build('a.itsms', text).declarations;
      tried++;
      if (!placed || others.length > 0 || placed.entity.findings.some(({ code }) => code === 'syntax' || code === 'repeated-fact' || code === 'missing-block')) return;
      read++;
      const canonical = printDeclaration(placed.entity.node, services);
      assert.ok(canonical !== undefined, text);
      const again = builder.build('a.itsms', canonical).declarations;
      assert.deepEqual(again.map(({ entity }) => withoutPlaces(entity.node)), [withoutPlaces(placed.entity.node)], canonical);
      assert.equal(printDeclaration(again[0]!.entity.node, services), canonical);
      const formatted = formatText(text, { services });
      assert.deepEqual(factsOf(builder.build('a.itsms', formatted)), [withoutPlaces(placed.entity.node)], formatted);
      assert.equal(formatText(formatted, { services }), formatted);
    }), { numRuns: 300 });
    assert.ok(read > tried / 4, `only ${read} of ${tried} texts could be read`);
  }).timeout(120_000);
});
