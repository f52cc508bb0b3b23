import { createDecipheriv } from 'node:crypto';

const variable = 'ITSMS_SEAL';
/** Of the client that started this process. Others that it starts do not get it. */
const key = process.env[variable];
delete process.env[variable];

/** What a client has sealed, so that no trace of messages shows it; what is not sealed is given back as it is. */
export function unsealed(answer: unknown, sealKey = key): unknown {
  if (typeof answer !== 'object' || answer === null || !('sealed' in answer) || typeof answer.sealed !== 'string' || sealKey === undefined) return answer;
  try {
    const bytes = Buffer.from(answer.sealed, 'base64');
    const decipher = createDecipheriv('aes-256-gcm', Buffer.from(sealKey, 'base64'), bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAuthTag(bytes.subarray(12, 28));
    return JSON.parse(Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8'));
  } catch {
    // By another key, or damaged: it says nothing.
    return undefined;
  }
}
