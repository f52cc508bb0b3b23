/**
 * What is kept goes to the server through a channel whose messages VS Code writes into the log when somebody traces them. So it goes
 * sealed, by a key that the server has from its environment and that stands in no message.
 */
import { createCipheriv, randomBytes } from 'node:crypto';

/** The variable by which the server gets the key; it forgets the variable when it has read it. */
export const sealVariable = 'ITSMS_SEAL';

export function newSealKey(): string {
  return randomBytes(32).toString('base64');
}

/** AES-256-GCM: nonce, tag and text, in base64. */
export function sealed(key: string, content: unknown): { readonly sealed: string } {
  const nonce = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', Buffer.from(key, 'base64'), nonce);
  const text = Buffer.concat([cipher.update(JSON.stringify(content), 'utf8'), cipher.final()]);
  return { sealed: Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64') };
}
