import assert from 'node:assert/strict';
import { tokenize } from './tokenize.ts';

/** Checks `text scope` pairs in order; tokens that are not named may stand between them. */
async function check(source: string, ...expected: readonly (readonly [string, string])[]): Promise<void> {
  const tokens = await tokenize(source);
  let from = 0;
  for (const [text, scope] of expected) {
    const index = tokens.findIndex((token, position) => position >= from && token.text === text);
    assert.ok(index >= 0, `no token ${JSON.stringify(text)} in ${JSON.stringify(tokens)}`);
    assert.equal(tokens[index]?.scope, `${scope}.itsms`, text);
    from = index + 1;
  }
}

describe('the TextMate grammar', () => {
  it('shows a declaration and its name', () =>
    check('service e-mail "Mail" { owner anna }', ['service', 'storage.type'], ['e-mail', 'entity.name.type'], ['owner', 'keyword.other'], ['anna', 'variable.other']));

  it('shows declarations of two words', () =>
    check('management review mr-1 "First"', ['management review', 'storage.type'], ['mr-1', 'entity.name.type']));

  it('takes the word of a declaration for a fact inside braces', () =>
    check('sla gold for email with retail {\n  service hours always\n}\ncustomer retail', ['service', 'keyword.other'], ['customer', 'storage.type'], ['retail', 'entity.name.type']));

  it('takes no requirement for the name of what it is waived by', () =>
    check('waive iso20000:8.4.2.b until 2027-01-31', ['waive', 'storage.type'], ['iso20000:8.4.2.b', 'constant.other.requirement']));

  it('shows the names of targets and steps', () =>
    check(
      'process p {\n  step log R desk A omar -> major\n}',
      ['step', 'keyword.other'],
      ['log', 'entity.name.function'],
      ['R', 'keyword.other.responsibility'],
      ['desk', 'variable.other'],
      ['A', 'keyword.other.responsibility'],
      ['->', 'keyword.operator.arrow'],
      ['major', 'variable.other'],
    ));

  it('shows numbers with their units', () =>
    check(
      'x {\n  target uptime availability >= 99.8% per month\n  within 4h or 2 working days or 500 EUR or 1h30min\n}',
      ['uptime', 'entity.name.function'],
      ['>=', 'keyword.operator.comparison'],
      ['99.8', 'constant.numeric'],
      ['%', 'keyword.other.unit'],
      ['4', 'constant.numeric'],
      ['h', 'keyword.other.unit'],
      ['2', 'constant.numeric'],
      ['working days', 'keyword.other.unit'],
      ['500', 'constant.numeric'],
      ['EUR', 'keyword.other.unit'],
    ));

  it('shows dates, periods, hours, zones, requirements and hashes', () =>
    check(
      'x { 2026-07-01 2026-Q2 Mon-Fri 08:00-18:00 Europe/London iso20000:8.6.1.a sha256:5f2c41aa }',
      ['2026-07-01', 'constant.other.date'],
      ['2026-Q2', 'constant.other.period'],
      ['Mon-Fri', 'constant.other.days'],
      ['08:00-18:00', 'constant.other.time'],
      ['Europe/London', 'constant.other.timezone'],
      ['iso20000:8.6.1.a', 'constant.other.requirement'],
      ['sha256:5f2c41aa', 'constant.other.hash'],
    ));

  it('keeps digits and keywords inside a name part of the name', async () => {
    const tokens = await tokenize('owner hosting-2-for-all');
    assert.deepEqual(tokens.at(-1), { text: 'hosting-2-for-all', scope: 'variable.other.itsms' });
  });

  it('ends a text at its quotes, and an open one at the end of the line', () =>
    check(
      'x { a "one \\" two" owner anna\n b "open\n owner anna }',
      ['\\"', 'constant.character.escape'],
      ['owner', 'keyword.other'],
      ['owner', 'keyword.other'],
    ));

  it('ends a long text at its quotes, whatever Markdown it holds', () =>
    check('x { a """\n```\n* open **bold\n"""\n owner anna }', ['"""', 'string.quoted.triple'], ['owner', 'keyword.other']));

  it('tells documentation from comments', () =>
    check('/** said */\n/* aside */\n// note\nteam desk', ['said', 'comment.block.documentation'], ['aside', 'comment.block'], ['// note', 'comment.line.double-slash'], ['team', 'storage.type']));
});
