import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { readConfiguration } from '../../server/project/configuration.ts';
import { placeOf, readJson } from '../../server/project/json-places.ts';

/** Messages with their places, `line:column` from 1. */
function complaints(text: string): string[] {
  return readConfiguration(text).findings.map(({ message, place }) => {
    const range = 'file' in place ? place.range : undefined;
    return `${(range?.line ?? -1) + 1}:${(range?.column ?? -1) + 1} ${message}`;
  });
}

describe('the configuration', () => {
  it('is read', () => {
    const { configuration, findings } = readConfiguration('{ "asOf": "2026-11-10", "severity": { "8.3.3": "warning" }, "tolerance": { "8.6.1.1": "0.5%", "8.6.1.2": 3 } }');
    assert.deepEqual(findings, []);
    assert.deepEqual(configuration, { asOf: '2026-11-10', severity: { '8.3.3': 'warning' }, tolerance: { '8.6.1.1': '0.5%', '8.6.1.2': 3 }, intervals: {}, certification: {}, guidance: false, documents: { language: 'en' } });
  });

  it('takes planned intervals in months and years', () => {
    const { configuration, findings } = readConfiguration('{ "intervals": { "9.2.1": "6mo", "8.3.3.a": "1y" }, "evidenceValidity": "2y", "certification": { "systemCheck": "1y" } }');
    assert.deepEqual(findings, []);
    assert.deepEqual(configuration, { severity: {}, tolerance: {}, intervals: { '9.2.1': 6, '8.3.3.a': 12 }, certification: { systemCheck: 12 }, guidance: false, evidenceMonths: 24, documents: { language: 'en' } });
    assert.deepEqual(complaints('{ "intervals": { "9.2.1": "0mo" } }'), ['1:27 An interval is a number of months or years, such as 6mo or 1y.']);
  });

  it('complains at the place, and keeps what is good', () => {
    const text = '{\n  "asOf": "2026-02-30",\n  "severity": { "8.3.3": "off", "8.6.1": "hint" },\n  "tolerence": {}\n}';
    assert.deepEqual(complaints(text).toSorted(), [
      '2:11 A date is written year-month-day, such as 2026-11-10.',
      '3:26 A severity is error, warning, information or hint. A requirement is not switched off here: use `waive` in the model.',
      '4:16 There is no setting “tolerence”; did you mean “tolerance”?',
    ]);
    assert.deepEqual(readConfiguration(text).configuration.severity, { '8.6.1': 'hint' });
  });

  it('takes how documents look', () => {
    const { configuration, findings } = readConfiguration('{ "documents": { "language": "de", "paper": "Letter", "logo": "logo.png", "colours": { "accent": "#0B4F94" }, "cover": false, "footer": " Confidential ", "name": "ACME" } }');
    assert.deepEqual(findings, []);
    assert.deepEqual(configuration.documents, { language: 'de', paper: 'Letter', logo: 'logo.png', accent: '#0b4f94', cover: false, footer: 'Confidential', name: 'ACME' });
  });

  it('takes no colour that cannot be read on white', () => {
    const text = '{ "documents": { "paper": "Letter", "colours": { "accent": "#777777" } } }';
    assert.deepEqual(complaints(text), ['1:60 The contrast of #777777 to white is 4.4:1, and 4.5:1 is the least that can be read well: take a darker colour.']);
    assert.deepEqual(readConfiguration(text).configuration.documents, { language: 'en', paper: 'Letter' });
    assert.deepEqual(complaints('{ "documents": { "colours": { "accent": "blue" } } }'), ['1:41 A colour is written as six hexadecimal digits, such as "#0b4f94".']);
  });

  it('knows the catalogue', () => {
    assert.deepEqual(complaints('{ "severity": { "99.9": "error" } }'), ['1:25 The catalogue has no clause, statement or row “99.9”.']);
  });

  for (const [what, text] of Object.entries({ 'an empty file': '', 'an unclosed object': '{ "asOf": "2026-01-01"', 'a trailing comma': '{ "asOf": "2026-01-01", }', 'a name given twice': '{ "asOf": "2026-01-01", "asOf": "2026-01-02" }', 'another text behind': '{} {}', 'a list': '[]', 'deep nesting': '['.repeat(100_000) })) {
    it(`survives ${what} with one complaint`, () => {
      assert.equal(complaints(text).length, 1, complaints(text).join('\n'));
    });
  }

  it('takes no text for a prototype', () => {
    assert.equal(readConfiguration('{ "__proto__": { "asOf": "2026-01-01" } }').configuration.asOf, undefined);
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => assert.ok(readConfiguration(text))));
  });
});

describe('JSON with places', () => {
  it('reads what JSON.parse reads', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 5 }), (text) => {
        const read = readJson(text);
        assert.ok(!('problem' in read), text);
        assert.equal(JSON.stringify(read.value), JSON.stringify(JSON.parse(text)));
      }),
    );
  });

  it('knows where each value stands', () => {
    const text = '{\n  "a": [1, {"b": "c"}]\n}';
    const read = readJson(text);
    assert.ok(!('problem' in read));
    assert.deepEqual(placeOf(read, ['a', 1, 'b']), { line: 1, column: 17, endLine: 1, endColumn: 20 });
    assert.deepEqual(placeOf(read, ['a', 1, 'none']), { line: 1, column: 11, endLine: 1, endColumn: 12 });
  });
});
