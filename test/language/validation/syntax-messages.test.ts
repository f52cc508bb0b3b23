import assert from 'node:assert/strict';
import { modelTexts } from '../../support/model-texts.ts';
import { builder, findingsOf, type ShownFinding } from './findings.ts';

interface Expected {
  readonly at: string;
  readonly says: string | RegExp;
  readonly suggests?: string;
}

function check(text: string, expected: readonly Expected[]): void {
  const findings = findingsOf(text).filter(({ code }) => code === 'syntax' || code === 'missing-block');
  assert.deepEqual(findings.map(({ text: at }) => at), expected.map(({ at }) => at), findings.map(({ message }) => message).join('\n'));
  for (const [index, { says, suggests }] of expected.entries()) {
    const finding = findings[index]!;
    if (typeof says === 'string') assert.equal(finding.message, says);
    else assert.match(finding.message, says);
    assert.equal(finding.suggestion, suggests);
  }
}

const cases: readonly (readonly [string, string, readonly Expected[]])[] = [
  ['a misspelt fact', 'service s {\n  ownr omar\n}', [{ at: 'ownr', says: '“ownr” is not a fact of a service; did you mean “owner”?', suggests: 'owner' }]],
  ['a fact of two words', 'service s {\n  depnds on a\n}', [{ at: 'depnds', says: /did you mean “depends on”/, suggests: 'depends' }]],
  ['the second word of a fact', 'organization o {\n  management kate\n}', [{ at: 'management', says: /did you mean “top management”/, suggests: 'top management' }]],
  ['a fact of another declaration', 'service s {\n  target up availability >= 99%\n}', [{ at: 'target', says: /“target” is a fact of .*an agreement.*not of a service/ }]],
  ['an unknown fact, with those there are', 'calendar c {\n  xyzzy\n}', [{ at: 'xyzzy', says: /Its facts: .*timezone/ }]],
  ['a misspelt declaration', 'servce s "S"', [{ at: 'servce', says: '“servce” is no kind of declaration; did you mean “service”?', suggests: 'service' }]],
  ['a word missing in a declaration of two words', 'management revew r', [{ at: 'revew', says: /“review”/, suggests: 'review' }]],
  ['a value that is missing', 'service s {\n  owner\n}', [{ at: 'owner', says: 'After “owner” a person, role or team is missing.' }]],
  ['a value that is missing before another fact', 'service s {\n  owner\n  status live\n}', [{ at: 'owner', says: 'After “owner” a person, role or team is missing.' }]],
  ['a name that is missing before a keyword', 'sla a for with b', [{ at: 'for', says: 'After “for” a service is missing.' }]],
  ['a step without its arrow’s end', 'process p {\n  step a "A" R x ->\n  step b "B" R x -> end\n}', [{ at: '->', says: /^After “->” / }]],
  ['a word of a fixed list', 'service s {\n  status liv\n}', [{ at: 'liv', says: /“planned”, “live”.*did you mean “live”\?/, suggests: 'live' }]],
  ['a number', 'risk r {\n  likelihood three\n}', [{ at: 'three', says: /a number is needed/ }]],
  ['a date of another form', 'evidence e { dated 14.06.2026 }', [{ at: '14.06.2026', says: /year-month-day/, suggests: '2026-06-14' }]],
  ['a duration in words', 'sla a for b with c {\n  target p restore P1 within 4 hours for 95%\n}', [{ at: '4 hours', says: /4h/, suggests: '4h' }]],
  ['a duration with a blank', 'sla a for b with c {\n  target p restore P1 within 4 h\n}', [{ at: '4 h', says: /without blanks/, suggests: '4h' }]],
  ['a duration without a unit', 'risk r {\n  review every 12\n}', [{ at: '12', says: '“12” is not a duration such as 30min, 4h or 2 working days.' }]],
  ['a comparison that is missing', 'sla a for b with c {\n  target up availability 99.8%\n}', [{ at: '99.8%', says: /a comparison .* is needed/ }]],
  ['a decimal comma', 'sla a for b with c {\n  target up availability >= 99,8%\n}', [{ at: '99,8%', says: /with a point/, suggests: '99.8%' }]],
  ['a percentage with a blank', 'contract c with x for y { credit 5 % when up < 99% }', [{ at: '5 %', says: /without a blank/, suggests: '5%' }]],
  ['hours of another form', 'calendar c {\n  open Mon-Fri 8-18\n}', [{ at: '8-18', says: /08:00/, suggests: '08:00-18:00' }]],
  ['days in another language', 'calendar c {\n  open Mo-Fr 08:00-18:00\n}', [{ at: 'Mo-Fr', says: /Mon/, suggests: 'Mon-Fri' }]],
  ['a clause without its standard', 'attest 8.7.2 by anna on 2026-01-01', [{ at: '8.7.2', says: /iso20000:/, suggests: 'iso20000:8.7.2' }]],
  ['a name in quotes', 'service s {\n  owner "anna"\n}', [{ at: '"anna"', says: /without quotes/, suggests: 'anna' }]],
  ['a text without quotes', 'evidence e {\n  file evidence.pdf\n}', [{ at: 'evidence.pdf', says: 'Texts stand in quotes.', suggests: '"evidence.pdf"' }]],
  ['quotes of another kind', "service s {\n  summary 'Mail'\n}", [{ at: "'Mail'", says: /straight double quotes/, suggests: '"Mail"' }]],
  ['typographic quotes', 'service s {\n  summary “Mail”\n}', [{ at: '“Mail”', says: /straight double quotes/, suggests: '"Mail"' }]],
  ['a quote that is not closed', 'service s {\n  summary "Mail\n  owner anna\n}', [{ at: '"Mail', says: /no closing quote/, suggests: '"Mail"' }]],
  ['a text block that is not closed', 'service s {\n  summary """Mail\n  owner anna\n}', [{ at: '"""', says: /""" is missing/ }]],
  ['a comment that is not closed', 'person anna\n/* later\nperson omar', [{ at: '/*', says: /\*\/ is missing/ }]],
  ['a block that is not closed', 'service s {\n  owner a\n', [{ at: 'a', says: /“}” is missing/ }]],
  ['a brace too many', 'service s { owner a } }', [{ at: '}', says: /closes nothing/ }]],
  ['facts without braces, once', 'service email "E"\n  owner anna\n  status live\n', [{ at: 'owner', says: /stands in its block/ }]],
  ['a name of two words', 'person anna berg', [{ at: 'berg', says: /one word: write anna-berg/ }]],
  ['a title without a name', 'service "E-mail" { }', [{ at: '"E-mail"', says: /A name is missing before the title/ }]],
  ['a name that begins with a digit', 'service 1st { }', [{ at: '1st', says: /begin with a letter/ }]],
  ['a comma after a single value', 'service s { owner a, b }', [{ at: ',', says: '“owner” takes one value, so no comma is expected here.' }]],
  ['a comma that is missing', 'team t {\n  members a b\n}', [{ at: 'b', says: 'A comma is missing between “a” and “b”.' }]],
  ['signs of other languages', 'service s {\n  owner: anna\n}', [{ at: ':', says: /No “:” is needed/, suggests: '' }]],
  ['an equals sign after a keyword', 'service s {\n  owner = anna\n}', [{ at: '=', says: /No “=” is needed/, suggests: '' }]],
  ['a doubled equals sign', 'source s of incident from "a.csv" {\n  map service == b\n}', [{ at: '==', says: /is written =/, suggests: '=' }]],
];

describe('What does not follow the grammar', () => {
  for (const [what, text, expected] of cases) it(`is told: ${what}`, () => check(text, expected));

  it('is told in words, not in names of the grammar, at a place in the text: each word of a model left out or put wrong', function () {
    this.timeout(120_000);
    const words = ['', 'xyzzy', '12', '"text"', ',', '}'];
    let turn = 0;
    for (const { text } of modelTexts().filter((_, index) => index % 3 === 0)) {
      const { tokens } = builder.services.parser.Lexer.tokenize(text);
      for (let index = turn % 10; index < tokens.length; index += Math.max(10, Math.floor(tokens.length / 12))) {
        const token = tokens[index]!;
        const broken = text.slice(0, token.startOffset) + words[turn++ % words.length] + text.slice(token.startOffset + token.image.length);
        const around = broken.slice(declarationStart(broken, token.startOffset), declarationEnd(broken, token.startOffset));
        for (const finding of findingsOf(around)) assertReadable(finding, around);
      }
    }
  });

  it('is told at each stage of typing', () => {
    const text = 'sla gold "Gold" for email with retail {\n  valid 2026-01-01 to 2026-12-31\n  target p1-restore restore P1 within 4h for 95% per month from tickets where priority = P1\n  credit 5% when uptime < 99.5%\n}\n';
    for (let length = 1; length < text.trimEnd().length; length += 3) {
      const typed = text.slice(0, length);
      const findings = findingsOf(typed);
      for (const finding of findings) assertReadable(finding, typed);
      if (length > 60) assert.ok(findings.some(({ message }) => message.includes('“}”') || message.includes('missing') || message.includes('is needed') || message.includes('is not')), typed);
    }
  });
});

function declarationStart(text: string, offset: number): number {
  return text.lastIndexOf('\n\n', offset) + 1;
}

function declarationEnd(text: string, offset: number): number {
  const end = text.indexOf('\n\n', offset);
  return end === -1 ? text.length : end;
}

function assertReadable(finding: ShownFinding, text: string): void {
  const context = `${finding.message}\n${text}`;
  assert.doesNotMatch(finding.message.replace(/“[^”]*”?/gu, ''), /[A-Z]{4,}(?<!IANA)(?:_[A-Z]+)*|undefined|\[object|Expecting|\$/, context);
  assert.match(finding.message, /[.?]$/, context);
  assert.ok(finding.line >= 0 && finding.line < text.split('\n').length, context);
  assert.ok(finding.length > 0 && finding.text !== '', context);
}
