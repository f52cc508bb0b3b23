import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import type { Fragment } from '../../language/model/fragment.ts';
import { builder, outlineOf, readModel } from './read-model.ts';

const example = readFileSync(join(import.meta.dirname, 'example.itsms'), 'utf8');
const whole = builder.build('example.itsms', example);

const lineStarts = [0, ...[...example.matchAll(/\n/g)].map(({ index }) => index + 1)];

/** Where each declaration of the example begins and ends in its text. */
const spans = whole.declarations.map(({ entity, line, column }, index) => {
  const next = whole.declarations[index + 1];
  const start = (lineStarts[line] ?? 0) + column;
  const limit = next ? (lineStarts[next.line] ?? 0) + next.column : example.length;
  return { entity, start, end: start + example.slice(start, limit).trimEnd().length, name: outlineOf(whole)[index] };
});

function severities(fragment: Fragment): string[] {
  return [...fragment.findings.map(({ finding }) => finding.severity), ...fragment.declarations.flatMap(({ entity }) => entity.findings.map(({ severity }) => severity))];
}

describe('text that is not finished', () => {
  // After the first letter of each third word or sign: what typing the example passes through.
  const lengths = [...example.matchAll(/[\w.:%-]+|[^\s\w]/g)].filter((_, order) => order % 3 === 0).map(({ index }) => index + 1);

  it('keeps every declaration that is complete, at each stage of typing the example', function () {
    this.timeout(120_000);
    let previous: Fragment | undefined;
    for (const length of lengths) {
      const fragment = builder.build('example.itsms', example.slice(0, length), previous);
      const outline = outlineOf(fragment);
      const complete = spans.filter(({ end }) => end < length).map(({ name }) => name);
      assert.deepEqual(outline.slice(0, complete.length), complete, `the first ${length} characters`);
      previous = fragment;
    }
  });

  it('says so where a brace is missing, and knows what follows', () => {
    const { model, findings } = readModel('service one "One" {\n  summary "First"\n\nservice two "Two" {\n  summary "Second"\n}\n');
    assert.equal(model.get('Service', 'one')?.summary, 'First');
    assert.equal(model.get('Service', 'two')?.summary, 'Second');
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? '', /model\.itsms:[1-4] /);
  });

  it('names an unknown fact, and knows the others', () => {
    const { model, findings } = readModel('person anna\nservice one "One" {\n  summary "First"\n  ownr anna\n  status live\n}\n');
    assert.equal(model.get('Service', 'one')?.summary, 'First');
    assert.equal(model.get('Service', 'one')?.status, 'live');
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? '', /owner/);
  });

  it('names an unknown declaration, and knows the next', () => {
    const { model, findings } = readModel('servce one "One" {\n  summary "First"\n}\nservice two "Two"\n');
    assert.ok(model.get('Service', 'two'));
    assert.equal(findings.length, 1);
    assert.match(findings[0] ?? '', /service/);
  });

  it('knows both sides of a text that is not closed', () => {
    const { model, findings } = readModel('service one "One" {\n  summary "First\n  status live\n}\nservice two "Two"\n');
    assert.equal(model.get('Service', 'one')?.status, 'live');
    assert.ok(model.get('Service', 'two'));
    assert.ok(findings.length > 0);
  });

  it('says that a name is missing instead of inventing one', () => {
    const { findings } = readModel('service\nservice two "Two"\n');
    assert.ok(findings.some((finding) => finding.startsWith('model.itsms:1 ')), findings.join('\n'));
  });
});

describe('text that is damaged', function () {
  this.timeout(60_000);
  const damage = fc.record({
    declaration: fc.nat({ max: spans.length - 1 }),
    from: fc.double({ min: 0, max: 1, noNaN: true }),
    length: fc.nat({ max: 40 }),
    // Nothing that opens a text block or a comment: these do swallow what follows, as they should.
    inserted: fc.oneof(
      fc.constantFrom('', '{', '}', '"', '->', ',', '99', '99.9%', '4h', 'service', 'sla x', 'end', '#', '§', '🙂', '\t', '\n', ' }\n}\n'),
      fc.string({ maxLength: 12 }).filter((text) => !/["/*\0]/.test(text)),
    ),
  });

  it('never keeps what was not touched from being known', () => {
    fc.assert(
      fc.property(damage, ({ declaration, from, length, inserted }) => {
        const touched = spans[declaration];
        if (!touched) return;
        const start = touched.start + Math.floor(from * (touched.end - touched.start));
        const end = Math.min(touched.end, start + length);
        const text = example.slice(0, start) + inserted + example.slice(end);
        if (text.includes('"""') || /\/[*/]/.test(inserted)) return;
        const fragment = builder.build('example.itsms', text);
        const known = new Set(outlineOf(fragment));
        const lost = spans.filter((other) => other !== touched && !known.has(other.name ?? '')).map(({ name }) => name);
        assert.deepEqual(lost, [], text.slice(touched.start, touched.end + 40));
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  it('is either the same as before or found at fault', () => {
    fc.assert(
      fc.property(fc.nat({ max: example.length - 1 }), fc.constantFrom('{', '}', '"', '§', '->', '%'), (at, inserted) => {
        const fragment = builder.build('example.itsms', example.slice(0, at) + inserted + example.slice(at));
        const changed = fragment.declarations.filter(({ entity }) => !spans.some((known) => known.entity.hash === entity.hash));
        if (changed.length === 0) return;
        const inText = /"[^"\n]*$/.test(example.slice(example.lastIndexOf('\n', at - 1) + 1, at)) || /\/\/[^\n]*$/.test(example.slice(0, at));
        if (!inText) assert.ok(severities(fragment).includes('error'), `${example.slice(at - 20, at)}⟨${inserted}⟩${example.slice(at, at + 20)}`);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it('survives any text at all', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 400, unit: 'binary' }), (text) => {
        builder.build('any.itsms', text);
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });

  it('survives any order of words and signs of the language', () => {
    const pieces = fc.constantFrom('service ', 'sla ', 'process ', 'metric ', 'source ', 'x ', '"t" ', '"""', '{ ', '} ', '\n', '-> ', 'end ', '99% ', '4h ', '2026-01-01 ', 'iso20000:8.6.1 ', ', ', '/* ', '*/ ', '// ', 'Mon-Fri ', '08:00-18:00 ', 'of ', 'for ', 'with ');
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (words) => {
        const text = words.join('');
        const fragment = builder.build('any.itsms', text);
        // What is reused from a former reading is what reading afresh gives.
        assert.deepEqual(outlineOf(builder.build('any.itsms', text, fragment)), outlineOf(fragment));
      }),
      { numRuns: 100, endOnFailure: true },
    );
  });
});
