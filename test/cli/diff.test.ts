import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { diffResultSchema, type DiffResult } from '../../server/cli/schemas/diff.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { compareRevisions } from '../../server/project/compare-revisions.ts';
import { itsms } from '../support/command.ts';
import { commit, gitIn } from '../support/repository.ts';
import { inFolder } from '../support/temporary-folder.ts';

const document = 'What we promise.\n';
const hash = createHash('sha256').update(document).digest('hex');
const base = `organization acme "ACME"
person kate "Kate"
customer retail "Retail"
service email "E-mail" { owner kate  status live }
sla gold "Gold" for email with retail {
  target uptime availability >= 99.9% per month
}
policy top "Policy" { kind service-management  file "docs/policy.md"  approved by kate on 2026-02-10 as sha256:${hash} }
evidence minutes "Minutes" { for iso20000:9.3.1  file "docs/minutes.md"  dated 2026-01-15 valid 6mo }
`;
const configuration = '{ "asOf": "2026-11-10" }';

/** A repository with two tagged states and a text that has been edited since; the project is a folder of it. */
async function inRepository(test: (project: string, repository: string) => Promise<void>): Promise<void> {
  await inFolder({ 'readme.md': 'x' }, async (repository) => {
    gitIn(repository, '2026-03-01', 'init', '--quiet');
    const project = join(repository, 'system');
    commit(repository, '2026-03-01', 'v1', { 'system/itsms.config.json': configuration, 'system/a.itsms': base, 'system/docs/policy.md': document, 'system/docs/minutes.md': 'x', 'elsewhere/b.itsms': 'service other "Other"\n' });
    commit(repository, '2026-09-01', 'v2', { 'system/a.itsms': base.replace('99.9%', '99.95%') });
    await test(project, repository);
  });
}

async function diff(folder: string, ...argv: readonly string[]): Promise<DiffResult> {
  const { code, out, error } = await itsms(folder, 'diff', ...argv, '--format', 'json');
  assert.deepEqual([code, error], [0, '']);
  return diffResultSchema.parse(JSON.parse(out));
}

const told = ({ changes }: DiffResult): string[] => changes.flatMap(({ topic, after, before, details, effect }) => (details.length === 0 ? [`${topic} ${(after ?? before)?.id} ${effect}`] : details.map((one) => `${topic} ${(after ?? before)?.id} ${one.what} ${one.effect}`)));

describe('itsms diff', () => {
  it('compares a tag with the text as it is now, and two tags with each other', async () => {
    await inRepository(async (project) => {
      const between = await diff(project, 'v1', 'v2');
      assert.deepEqual(told(between), ['agreements gold target uptime tightened']);
      assert.deepEqual([between.from.on, between.to?.on, between.from.subject, between.asOf], ['2026-03-01', '2026-09-01', 'State v1', '2026-11-10']);
      assert.deepEqual(told(await diff(project, 'v2')), []);
      assert.deepEqual(told(await diff(project, 'v2', 'v1')), ['agreements gold target uptime loosened']);
      await writeFile(join(project, 'b.itsms'), 'service chat "Chat"\n');
      const now = await diff(project, 'v2');
      assert.deepEqual([told(now), now.to], [['services chat added'], null]);
      assert.deepEqual(now.changes[0]?.place, { file: 'b.itsms', line: 1, column: 9 });
    });
  });

  it('tells what ran out by the passing of time, and when', async () => {
    await inRepository(async (project) => {
      assert.deepEqual((await diff(project, 'v1')).passed.map(({ kind, on, subject }) => [kind, on, subject]), [['evidence', '2026-07-15', 'Minutes']]);
      // It had run out by then already.
      assert.deepEqual((await diff(project, 'v2')).passed, []);
    });
  });

  it('sees that a document is no longer what was approved, though no text of the model changed', async () => {
    await inRepository(async (project) => {
      await writeFile(join(project, 'docs/policy.md'), 'Something else.\n');
      const { changes } = await diff(project, 'v2');
      assert.deepEqual(changes.map(({ topic, details }) => [topic, details.map(({ effect }) => effect)]), [['approvals', ['voided']]]);
    });
  });

  it('takes files that the repository does not keep as they are now', async () => {
    await inRepository(async (project, repository) => {
      commit(repository, '2026-09-02', 'v3', { '.gitignore': 'kept-elsewhere/\n', 'system/b.itsms': 'evidence audit "Audit" { for iso20000:9.2.1.1  file "kept-elsewhere/audit.pdf"  dated 2026-10-01 }\n' });
      await writeFile(join(project, 'docs/extra.md'), 'x');
      assert.deepEqual(told(await diff(project, 'v3')), []);
    });
  });

  it('reads what stands in an editor and was not saved', async () => {
    await inRepository(async (root) => {
      const project = await Project.open(await openNodeHost(root), { trusted: true });
      project.setText('a.itsms', base.replace('"Retail"', '"Retail and more"'));
      const compared = await compareRevisions(project, 'v2');
      assert.ok(typeof compared !== 'string');
      assert.deepEqual(compared.comparison.changes.map(({ topic, effect }) => `${topic} ${effect}`), ['agreements loosened', 'customers renamed']);
    });
  });

  it('fails where asked to when a requirement is lost', async () => {
    await inRepository(async (project) => {
      await writeFile(join(project, 'a.itsms'), base.replace(/policy top.*\n/, ''));
      assert.equal((await itsms(project, 'diff', 'v2')).code, 0);
      assert.equal((await itsms(project, 'diff', 'v2', '--fail-on', 'lost')).code, 1);
      assert.equal((await itsms(project, 'diff', 'v2', 'v2', '--fail-on', 'lost')).code, 0);
    });
  });

  it('says why there is nothing to compare with', async () => {
    await inRepository(async (project, repository) => {
      for (const [revision, message] of [['v9', /no revision “v9”/], ['a b', /not the name of a revision/], ['v1:system', /no revision/], ['HEAD~99', /no revision/]] as const) {
        const { code, out, error } = await itsms(project, 'diff', revision);
        assert.deepEqual([code, out], [2, '']);
        assert.match(error, message);
      }
      await itsms(repository, 'init', 'new');
      assert.match((await itsms(join(repository, 'new'), 'diff', 'v1')).error, /there was no \.itsms file in this folder/);
      await rm(join(repository, '.git'), { recursive: true });
      assert.match((await itsms(project, 'diff', 'v1')).error, /not under version control/);
      const untrusted = await Project.open(await openNodeHost(project), { trusted: false });
      assert.match(String(await compareRevisions(untrusted, 'v1')), /not trusted/);
    });
  });

  it('takes no option of git for a revision, and runs nothing that the repository names', async () => {
    await inRepository(async (project, repository) => {
      for (const [name, value] of [['core.fsmonitor', 'touch pwned; false'], ['core.sshCommand', 'touch pwned'], ['diff.external', 'touch pwned'], ['filter.evil.smudge', 'touch pwned'], ['core.pager', 'touch pwned']]) gitIn(repository, '2026-09-03', 'config', name!, value!);
      await writeFile(join(repository, '.gitattributes'), '*.itsms filter=evil\n');
      await diff(project, 'v1');
      const { code, error } = await itsms(project, 'diff', '--', '--output=pwned');
      assert.equal(code, 2);
      assert.match(error, /not the name of a revision/);
      await assert.rejects(rm(join(repository, 'pwned')));
      await assert.rejects(rm(join(project, 'pwned')));
    });
  });

  it('makes a summary that fits into a comment, whatever changed', async () => {
    await inRepository(async (project) => {
      const many = Array.from({ length: 300 }, (_, index) => `service s${index} "Service | <b>*${index}*</b> @somebody" { owner kate }`).join('\n');
      await writeFile(join(project, 'many.itsms'), many);
      const { out } = await itsms(project, 'diff', 'v1', '--format', 'summary');
      assert.ok(out.length <= 4000, String(out.length));
      assert.match(out, /^### What changed in the management system$/m);
      assert.match(out, /^\*\*Promises tightened\*\*$/m);
      assert.match(out, /and \d+ more differences: `itsms diff v1` shows all\.$/m);
      assert.doesNotMatch(out, /<b>|[^\\]@somebody/);
      assert.match((await itsms(project, 'diff', 'v2', 'v2', '--format', 'summary')).out, /Nothing changed in meaning/);
    });
  });

  it('makes the report “changes”', async () => {
    await inRepository(async (project) => {
      await writeFile(join(project, 'a.itsms'), base.replace('99.9%', '99.5%'));
      const { code, out } = await itsms(project, 'report', 'changes', '--since', 'v1', '--format', 'md', '--out', '-');
      assert.equal(code, 0);
      assert.match(out, /^# What changed$/m);
      assert.match(out, /from v1 \(2026-03-01, [0-9a-f]{8}\) to the text of now/);
      assert.match(out, /target uptime .*99\\?\.9%.*99\\?\.5%.*loosened: less is promised/);
      assert.match((await itsms(project, 'diff', 'v1', '--format', 'html')).out, /^<!DOCTYPE html>/i);
      assert.match((await itsms(project, 'report', 'changes')).error, /--since names a tag or commit/);
    });
  });

  it('tells on the dashboard what changed since the baseline that the configuration names, the newest tag that fits a pattern', async () => {
    await inRepository(async (project) => {
      const dashboard = async (baseline: string | undefined): Promise<string> => {
        await writeFile(join(project, 'itsms.config.json'), JSON.stringify({ asOf: '2026-11-10', ...(baseline === undefined ? {} : { baseline }) }));
        const { out, error } = await itsms(project, 'report', 'dashboard', '--format', 'md', '--out', '-');
        assert.equal(error, '');
        return out;
      };
      await writeFile(join(project, 'a.itsms'), base.replace('99.9%', '99.5%'));
      assert.doesNotMatch(await dashboard(undefined), /What changed since/);
      const since = await dashboard('v*');
      assert.match(since, /^## What changed since the baseline$/m);
      assert.match(since, /Compared from v2 \(2026-09-01, [0-9a-f]{8}\) to the text of now/);
      assert.match(since, /SLA “Gold”: target uptime: .*99\.95%.* → .*99\.5%.*, loosened/);
      assert.match(since, /Promises loosened\D+1\D/);
      // It ran out on the way.
      assert.match(await dashboard('v1'), /Minutes.*, 2026-07-15/);
      assert.match(await dashboard('release-*'), /no tag that fits “release-.*”, which the configuration names as the baseline/);
      assert.match(await dashboard('v9'), /The repository has no revision “v9”/);
      const hostile = await dashboard('--all');
      assert.doesNotMatch(hostile, /What changed since/);
      assert.match((await itsms(project, 'check')).out, /A tag, a branch or a commit is needed here/);
    });
  });
});
