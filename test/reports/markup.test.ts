import assert from 'node:assert/strict';
import fc from 'fast-check';
import { bareText, cssString, element, escapeText, ownText, serialize } from '../../server/reports/renderers/markup.ts';

describe('markup builder', () => {
  it('writes text as text, in content and in attributes', () => {
    assert.equal(serialize(element('p', { title: '"><img src=x>' }, '<b>&"')), '<p title="&quot;&gt;&lt;img src=x&gt;">&lt;b&gt;&amp;&quot;</p>');
  });

  it('lets no text of any kind become an element or leave an attribute', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const written = serialize(element('p', { title: text }, text));
        assert.match(written, /^<p title="[^"<>]*">(?:<bdi>[^<>]*<\/bdi>|[^<>]*)<\/p>$/u);
      }),
    );
  });

  it('refuses inline styles, event attributes and odd names', () => {
    assert.throws(() => element('p', { onclick: 'x' }));
    assert.throws(() => element('p', { ['style' as string]: 'x' }));
    assert.throws(() => element('p><script', {}));
  });

  it('keeps text that turns the direction of writing to itself', () => {
    assert.equal(serialize('\u202Eabc'), '<bdi>\u202Eabc</bdi>');
    assert.equal(serialize('שלום'), '<bdi>שלום</bdi>');
    assert.equal(serialize(bareText('\u202Eabc')), 'abc');
  });

  it('replaces what may not stand in HTML', () => {
    assert.equal(escapeText('a\u0000b\ud800'), 'a\ufffdb\ufffd');
    assert.equal(escapeText('🙈\n'), '🙈\n');
  });

  it('writes CSS strings that end where they should', () => {
    assert.equal(cssString('a"}</style>'), '"a\\000022 \\00007d \\00003c \\00002f style\\00003e "');
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => assert.match(cssString(text), /^"[A-Za-z0-9 .,:()\\-]*"$/)));
  });

  it('refuses a style sheet or a script that could end its element', () => {
    assert.throws(() => ownText('script', {}, 'x</script>'));
    assert.equal(serialize(ownText('style', { nonce: 'n' }, 'a{$&}')), '<style nonce="n">a{$&}</style>');
  });
});
