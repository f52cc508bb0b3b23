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

  it('gives a page for a wiki, which is the report of that name', async () => {
    const { code, out } = await ask('email-gold', '--as-of', '2026-06-15', '--format', 'md');
    assert.equal(code, 1);
    assert.match(out, /^# Feasibility of promises\n/);
    assert.match(out, /cannot be kept: 22\.7 min a month short \| -22\.7 \|/);
    assert.match(out, /To close the gap: .*“Network” promises 99\.9% per month; alone it would have to promise at least 99\.953%/);
    const report = await inFolder({ 'model.itsms': block('itsms complete') }, (folder) => itsms(folder, 'report', 'feasibility', '--agreement', 'email-gold', '--as-of', '2026-06-15', '--format', 'md', '--out', '-'));
    assert.equal(report.out, out);
  });

  it('tells in minutes on the dashboard and in the gap analysis what lacks', async () => {
    const [dashboard, gaps] = await inFolder({ 'model.itsms': block('itsms complete') }, async (folder) => [await itsms(folder, 'report', 'dashboard', '--as-of', '2026-06-15', '--format', 'md', '--out', '-'), await itsms(folder, 'report', 'gap-analysis', '--as-of', '2026-06-15', '--format', 'md', '--out', '-')] as const);
    assert.match(dashboard.out, /## Whether promises can be kept\n[\s\S]*cannot be kept: 22\.7 min a month short \| -22\.7 \|/);
    assert.match(gaps.out, /## Promises that cannot be kept, or of which it cannot be told\n[\s\S]*-22\.7 \|/);
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
