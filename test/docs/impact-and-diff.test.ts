import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { itsms } from '../support/command.ts';
import { commit, gitIn } from '../support/repository.ts';
import { inFolder } from '../support/temporary-folder.ts';

const configuration = { 'itsms.config.json': '{ "asOf": "2026-11-10" }' };

/** The blocks of a page in a language, without their fences. */
function blocks(page: string, language: string): string[] {
  const text = readFileSync(join(import.meta.dirname, '../../docs', page), 'utf8');
  return [...text.matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm'))].map(([, body = '']) => body);
}

/** Spaces that keep a number with its unit are spaces to a reader. */
const readable = (text: string): string => text.replaceAll('\u00a0', ' ');

describe('what the documentation shows', () => {
  it('of diff is what the command prints', async () => {
    const [before = '', after = ''] = blocks('diff.md', 'itsms complete');
    const [shown = ''] = blocks('diff.md', 'text');
    await inFolder(configuration, async (folder) => {
      gitIn(folder, '2026-05-01', 'init', '--quiet');
      commit(folder, '2026-05-01', 'v1', { 'a.itsms': before });
      writeFileSync(join(folder, 'a.itsms'), after);
      const { out, error } = await itsms(folder, 'diff', 'v1');
      assert.equal(error, '');
      assert.ok(readable(out).includes(shown.trimEnd()), readable(out));
    });
  });

  it('of impact is what the command prints', async () => {
    const [model = ''] = blocks('impact.md', 'itsms complete');
    const [shown = ''] = blocks('impact.md', 'text');
    await inFolder({ ...configuration, 'a.itsms': model }, async (folder) => {
      const { out } = await itsms(folder, 'impact', 'skynet');
      assert.ok(readable(out).includes(shown.trimEnd()), readable(out));
      assert.match((await itsms(folder, 'impact', 'hosting-a')).out, /service “E-mail” \(email\): others stand in/);
    });
  });
});
