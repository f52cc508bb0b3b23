import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { decodeText } from '../../server/project/decode.ts';

describe('reading bytes as text', () => {
  it('takes UTF-8 with and without byte order mark, and UTF-16 with it', () => {
    const text = 'service café "日本 😀"\n';
    const bigEndian = Buffer.from(`\ufeff${text}`, 'utf16le').swap16();
    for (const bytes of [Buffer.from(text), Buffer.from(`\ufeff${text}`), Buffer.from(`\ufeff${text}`, 'utf16le'), bigEndian]) {
      assert.deepEqual(decodeText(bytes), { text });
    }
  });

  it('names the place of the first byte that is not text, and keeps the rest', () => {
    const bytes = Buffer.concat([Buffer.from('person é\n  x '), Buffer.from([0xe9]), Buffer.from(' y\nperson b\n')]);
    const { text, problem } = decodeText(bytes);
    assert.equal(text, 'person é\n  x \ufffd y\nperson b\n');
    assert.deepEqual([problem?.code, problem?.line, problem?.column], ['wrong-encoding', 1, 4]);
  });

  it('tells a replacement character of the text itself from an unreadable byte', () => {
    const bytes = Buffer.concat([Buffer.from('a \ufffd b\n'), Buffer.from([0xff])]);
    assert.deepEqual([decodeText(bytes).problem?.line, decodeText(bytes).problem?.column], [1, 0]);
    assert.deepEqual(decodeText(Buffer.from('a \ufffd')), { text: 'a \ufffd' });
  });

  it('reads nothing of a binary file', () => {
    const { text, problem } = decodeText(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13]));
    assert.equal(text, undefined);
    assert.equal(problem?.code, 'not-text');
  });

  it('gives back what was encoded, whatever it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
        const clean = text.replaceAll('\0', '');
        if (clean.startsWith('\ufeff')) return;
        assert.deepEqual(decodeText(Buffer.from(clean)), { text: clean });
        assert.deepEqual(decodeText(Buffer.from(`\ufeff${clean}`, 'utf16le')), { text: clean });
      }),
    );
  });

  it('never throws', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => assert.ok(decodeText(bytes))));
  });
});
