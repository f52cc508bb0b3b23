import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { documentLanguages, languages } from '../../../server/reports/words/languages.ts';
import { wordsIn } from '../../../server/reports/words/words.ts';

const root = resolve(import.meta.dirname, '../../..');
const literal = String.raw`'((?:[^'\\\n]|\\.)*)'`;

/** Messages as they stand in the code: what is said, counted or marked as a message. */
function messagesOf(code: string): string[] {
  const found = [
    ...code.matchAll(new RegExp(String.raw`\bwords\.(?:say|inlines)\(\s*${literal}`, 'g')),
    ...code.matchAll(new RegExp(String.raw`\bmessage\(\s*${literal}\s*\)`, 'g')),
  ].map((match) => match[1] ?? '');
  const counted = [...code.matchAll(new RegExp(String.raw`\bwords\.count\([^;]*?,\s*${literal},\s*${literal}`, 'g'))].flatMap((match) => [match[1] ?? '', match[2] ?? '']);
  return [...found, ...counted].map((text) => text.replaceAll(/\\(.)/g, '$1'));
}

const said = new Map<string, string>();
for (const file of globSync('server/**/*.ts', { cwd: root }).toSorted()) for (const message of messagesOf(readFileSync(resolve(root, file), 'utf8'))) said.set(message, file);

describe('words of documents', () => {
  for (const language of documentLanguages.filter((one) => one !== 'en')) {
    const { messages } = languages[language];

    it(`has every message in ${language}`, () => {
      const missing = [...said].filter(([message]) => messages[message] === undefined);
      assert.deepEqual(missing.map(([message, file]) => `${file}: ${message}`), []);
    });

    it(`has no message in ${language} that nobody says`, () => {
      assert.deepEqual(Object.keys(messages).filter((message) => !said.has(message)), []);
    });

    it(`puts the same values into every message in ${language}`, () => {
      const places = (text: string): string[] => [...new Set(text.match(/\{\d+\}/g) ?? [])].toSorted();
      for (const [message, translated] of Object.entries(messages)) assert.deepEqual(places(translated), places(message), message);
    });
  }

  it('prints numbers, dates and periods as the language does', () => {
    const [english, german] = [wordsIn('en'), wordsIn('de')];
    assert.deepEqual([english.number('-1234567.25'), german.number('-1234567.25')], ['-1,234,567.25', '-1.234.567,25']);
    assert.deepEqual([english.date('2026-03-31'), german.date('2026-03-31')], ['2026-03-31', '31.03.2026']);
    assert.deepEqual([english.dateInWords('2026-03-31'), german.dateInWords('2026-03-31')], ['31 March 2026', '31. März 2026']);
    assert.deepEqual([english.period('2026-03'), german.period('2026-03'), german.period('2026-Q2'), german.period('2026')], ['March 2026', 'März 2026', 'Q2 2026', '2026']);
    assert.deepEqual([english.list(['a', 'b', 'c']), german.list(['a', 'b']), german.list([])], ['a, b and c', 'a und b', '']);
  });

  it('leaves alone what is neither number nor date', () => {
    assert.deepEqual([wordsIn('de').number('1e3'), wordsIn('de').date('2026-02-30'), wordsIn('de').period('soon')], ['1e3', '2026-02-30', 'soon']);
  });

  it('puts values into their places, whatever they hold', () => {
    assert.equal(wordsIn('en').say('{1} of {0}: {1}', '{1}', 1000), '1,000 of {1}: 1,000');
    assert.deepEqual(wordsIn('en').inlines('See {0}, {1}.', { kind: 'code', text: '{1}' }, ['a', { kind: 'strong', content: ['b'] }]), [
      'See ',
      { kind: 'code', text: '{1}' },
      ', ',
      'a',
      { kind: 'strong', content: ['b'] },
      '.',
    ]);
  });
});
