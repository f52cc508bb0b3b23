import assert from 'node:assert/strict';
import { AstUtils, GrammarAST } from 'langium';
import { builder, readModel } from './read-model.ts';

/** Every word that means something to the grammar. */
const words = [...new Set(
  AstUtils.streamAllContents(builder.services.Grammar).filter(GrammarAST.isKeyword).map(({ value }) => value),
)].filter((word) => /^[a-z][a-z0-9-]*$/i.test(word)).sort();

/** A model in which everything that can have a name has this one. */
function modelOf(word: string): string {
  return `
organization ${word} "Named so" { sites ${word} }
person ${word}-person "Somebody"
role ${word}-role held by ${word}-person
team ${word} "A team" lead ${word}-person
customer ${word}-customer
supplier ${word}-supplier { provides ${word} }
calendar ${word} "Hours" { timezone UTC  open Mon-Fri 08:00-18:00 }
priority ${word} when impact high and urgency high
service ${word} "A service" { owner ${word}  depends on ${word}-two }
service ${word}-two "Another"
sla ${word} "Agreed" for ${word}, ${word}-two with ${word}-customer {
  support hours ${word}
  target ${word} restore ${word} within 4h for 95% per month from ${word}
  target ${word}-other ${word} >= 4.2 per month
  workload ${word} <= 10 per month from ${word}
  credit 5% when ${word} < 90%
}
process ${word} "A process" {
  inputs ${word} from ${word}-person
  step ${word} "First" R ${word} A ${word} -> ${word}-choice
  decide ${word}-choice "Which?" ${word} -> ${word}-last other -> ${word}
  step ${word}-last R ${word} -> end
  measured by ${word}
}
source ${word} of incident from "x.csv" {
  key ${word}
  map opened = ${word}
  map priority = ${word} { "1" = ${word} }
}
metric ${word} "A metric" {
  from ${word} where ${word} = 0
  value count where ${word} = ${word}
}
improvement ${word} { from ${word}-risk, ${word}.${word}  expects ${word}.${word} 1% -> 2% }
risk ${word}-risk { affects ${word} }
`;
}

describe('soft keywords', () => {
  it('finds the words of the grammar', () => {
    for (const expected of ['service', 'end', 'major', 'within', 'count', 'R', 'since']) assert.ok(words.includes(expected), expected);
    assert.ok(words.length > 150, `${words.length} words`);
  });

  for (const word of ['major', 'network', 'desk', 'service', 'count', 'end', 'for', 'from', 'of', 'P1', 'R', 'A']) {
    it(`lets everything be called “${word}”`, () => {
      assert.deepEqual(readModel(modelOf(word)).findings, []);
    });
  }

  it('lets everything be called by any word of the grammar', () => {
    // In a computation `not` can only mean one thing; a column of that name is quoted.
    const names = words.filter((word) => word !== 'not');
    const troubled = names.flatMap((word) => readModel(modelOf(word)).findings.slice(0, 1).map((finding) => `${word}: ${finding}`));
    assert.deepEqual(troubled, []);
  });

  it('lets a column be called “not” when it is quoted', () => {
    const { model, findings } = readModel('source x of incident from "x.csv" {\n  key "not"\n  map opened = column "not"\n}');
    assert.deepEqual(findings, []);
    assert.equal(model.get('Source', 'x')?.key, 'not');
  });
});
