import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { itsms } from '../support/command.ts';
import { inFolder } from '../support/temporary-folder.ts';

const block = (page: string, kind: string): string => new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\`$`, 'm').exec(page)?.[1] ?? assert.fail(`no block of ${kind}`);

/** The page's model and data, given to the command that it shows, print what it shows. */
async function shows(name: string, data: string, argv: readonly string[], code: number): Promise<void> {
  const page = readFileSync(join(import.meta.dirname, `../../docs/${name}.md`), 'utf8');
  assert.ok(page.includes(`\`itsms ${argv.join(' ')}\` prints`), `the page says what is run: itsms ${argv.join(' ')}`);
  await inFolder({ 'itsms.config.json': '{}', 'model.itsms': block(page, 'itsms complete'), [data]: block(page, 'csv') }, async (folder) => {
    const result = await itsms(folder, ...argv);
    assert.equal(result.code, code, result.error);
    assert.equal(result.out.replaceAll('\u00a0', ' ').trimEnd(), block(page, 'text').trimEnd());
    const json = JSON.parse((await itsms(folder, ...argv, '--format', 'json')).out) as { readonly asOf: string };
    assert.equal(json.asOf, '2026-11-10');
    assert.match((await itsms(folder, ...argv, '--format', 'html')).out, /<svg/);
  });
}

describe('what the documentation shows of proofs', () => {
  it('how a process was followed', () => shows('conformance', 'changes.csv', ['conformance', '--as-of', '2026-11-10', '--months', '1'], 1));
  it('a back-test', () => shows('back-test', 'incidents.csv', ['back-test', 'draft', '--as-of', '2026-11-10', '--months', '2'], 0));

  it('and what cannot be asked is said in a sentence', async () => {
    const page = readFileSync(join(import.meta.dirname, '../../docs/conformance.md'), 'utf8');
    await inFolder({ 'itsms.config.json': '{}', 'model.itsms': block(page, 'itsms complete') }, async (folder) => {
      const said = async (...argv: readonly string[]): Promise<string> => {
        const { code, error } = await itsms(folder, ...argv);
        assert.equal(code, 2);
        return error;
      };
      assert.match(await said('conformance', 'chnge'), /No source shows the steps of a process “chnge”; did you mean “change”\?/);
      assert.match(await said('conformance', '--months', '0'), /“0” is no number from 1 to 600/);
      assert.match(await said('back-test', 'gold'), /There is no agreement “gold”/);
    });
  });
});
