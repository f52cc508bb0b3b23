import assert from 'node:assert/strict';
import { newSealKey, sealed } from '../../client/databases/seal.ts';
import { unsealed } from '../../server/editor/unseal.ts';

describe('what is kept of databases', () => {
  const kept = { 'reader@desk:5432/service': 'p@ss/w:rd%20 – Grüße' };

  it('goes to the server sealed, and comes out as it was', () => {
    const key = newSealKey();
    const message = sealed(key, kept);
    assert.deepEqual(unsealed(message, key), kept);
    assert.ok(!JSON.stringify(message).includes('p@ss') && !Buffer.from(message.sealed, 'base64').includes('p@ss'));
    assert.notEqual(sealed(key, kept).sealed, message.sealed);
  });

  it('says nothing under another key, or changed on its way', () => {
    const key = newSealKey();
    const { sealed: text } = sealed(key, kept);
    const bytes = Buffer.from(text, 'base64');
    bytes[bytes.length - 1]! ^= 1;
    for (const [message, own] of [[text, newSealKey()], [bytes.toString('base64'), key], ['', key], ['no', key]] as const) assert.equal(unsealed({ sealed: message }, own), undefined);
  });

  it('is taken as it is from a client that seals nothing', () => {
    assert.deepEqual(unsealed(kept, newSealKey()), kept);
    assert.deepEqual(unsealed(kept), kept);
  });
});
