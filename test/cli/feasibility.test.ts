import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { feasibilityResultSchema } from '../../server/cli/schemas/feasibility.ts';
import { itsms, type Ran } from '../support/command.ts';
import { inFolder } from '../support/temporary-folder.ts';

const page = readFileSync(join(import.meta.dirname, '../../docs/feasibility.md'), 'utf8');
const block = (language: string): string => new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'mu').exec(page)?.[1] ?? '';

describe('itsms feasibility', () => {
  const ask = (...argv: readonly string[]): Promise<Ran> => inFolder({ 'model.itsms': block('itsms complete') }, (folder) => itsms(folder, 'feasibility', ...argv));

  it('says what its page shows, and ends with 1 where something cannot be kept', async () => {
    const { code, out } = await ask('email-gold', '--as-of', '2026-06-15');
    assert.equal(code, 1);
    assert.ok(block('text').length > 200);
    assert.ok(out.includes(block('text')), out);
  });

  it('gives the same as data, with places', async () => {
    const { out } = await ask('--as-of', '2026-06-15', '--format', 'json');
    const { agreements } = feasibilityResultSchema.parse(JSON.parse(out));
    const [gold] = agreements;
    const [uptime] = gold?.checks ?? [];
    assert.deepEqual([gold?.id, uptime?.verdict, uptime?.figures?.target, uptime?.figures?.exact], ['email-gold', 'notKept', '99.95%', true]);
    const lines = block('itsms complete').split('\n');
    assert.match(lines[uptime!.place.line - 1] ?? '', /target uptime availability >= 99\.95%/);
    assert.match(lines[uptime!.remedies[0]!.place.line - 1] ?? '', /target uptime availability >= 99\.9%/);
    // 22.67… minutes
    assert.equal(Number(uptime?.marginSeconds) < -1360 && Number(uptime?.marginSeconds) > -1361, true);
  });

  it('says which agreement there is instead, or that it is not in force', async () => {
    const unknown = await ask('email-golt', '--as-of', '2026-06-15');
    assert.equal(unknown.code, 2);
    assert.match(unknown.error, /did you mean “email-gold”/);
    const ended = await ask('email-gold', '--as-of', '2027-06-15');
    assert.equal(ended.code, 2);
    assert.match(ended.error, /is not in force on 2027-06-15/);
  });
});
