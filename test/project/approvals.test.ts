import assert from 'node:assert/strict';
import { rm, writeFile } from 'node:fs/promises';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { canonicalContent, keptAs } from '../../server/assessment/approved-content.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { inFolder } from '../support/temporary-folder.ts';

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

async function open(folder: string): Promise<Project> {
  return Project.open(await openNodeHost(folder), { trusted: true, asOf: '2026-11-10' });
}

const ofCode = (project: Project, code: string): string[] => project.assessment().findings.filter((finding) => finding.code === code).map(({ message }) => message);
const unapproved = (project: Project): number => project.assessment().findings.filter(({ message }) => message.includes('Nobody has approved the document')).length;

const organization = 'organization acme "ACME" {}\nperson anna "Anna"\n';

describe('an approval of a file', () => {
  const model = (hash: string): string => `${organization}document scope "Scope" {\n  kind scope\n  file "docs/scope.md"\n  approved by anna on 2026-10-01 as sha256:${hash}\n  review every 12mo\n}\n`;

  it('stands while the file is what was approved', async () => {
    await inFolder({ 'a.itsms': model(hashOf('What we do')), 'docs/scope.md': 'What we do' }, async (folder) => {
      const project = await open(folder);
      assert.deepEqual(ofCode(project, 'approval-void'), []);
      assert.equal(unapproved(project), 0);
    });
  });

  it('is void once the file is another, and stands again when the change is taken back', async () => {
    await inFolder({ 'a.itsms': model(hashOf('What we do')), 'docs/scope.md': 'What we do' }, async (folder) => {
      const project = await open(folder);
      const file = join(folder, 'docs', 'scope.md');
      await writeFile(file, 'What we do not do');
      await project.refreshNamedFiles(['docs/scope.md']);
      assert.deepEqual(ofCode(project, 'approval-void'), ['The approval of 2026-10-01 by anna no longer counts: “docs/scope.md” is no longer what was approved. Approve it anew, or take the change back.']);
      assert.ok(unapproved(project) > 0);
      await writeFile(file, 'What we do');
      await project.refreshNamedFiles(['docs/scope.md']);
      assert.deepEqual(ofCode(project, 'approval-void'), []);
      assert.equal(unapproved(project), 0);
    });
  });

  it('takes the beginning of a hash, if it is long enough', async () => {
    const hash = hashOf('What we do');
    await inFolder({ 'a.itsms': model(hash.slice(0, 8)), 'docs/scope.md': 'What we do' }, async (folder) => assert.deepEqual(ofCode(await open(folder), 'approval-void'), []));
    await inFolder({ 'a.itsms': model(hash.slice(0, 7)), 'docs/scope.md': 'What we do' }, async (folder) => assert.match(ofCode(await open(folder), 'approval-void').join(), /too short/));
  });
});

describe('an approval of what is written', () => {
  const plan = (title: string, approval: string): string => `${organization}plan audit-plan "${title}" {\n  kind audit\n  owner anna\n  ${approval}\n}\n`;

  async function approved(title: string): Promise<{ text: string; hash: string }> {
    let text = '';
    await inFolder({ 'a.itsms': plan(title, 'approved by anna on 2026-10-01') }, async (folder) => {
      const project = await open(folder);
      text = canonicalContent(project.model.all('Plan')[0]!) ?? '';
    });
    assert.match(text, /plan audit-plan/);
    assert.doesNotMatch(text, /approved/);
    return { text, hash: hashOf(text) };
  }

  it('is void once a fact changes, and the finding says which', async () => {
    const { text, hash } = await approved('Audit plan');
    const approval = `approved by anna on 2026-10-01 as sha256:${hash}`;
    await inFolder({ 'a.itsms': plan('Audit plan', approval), [keptAs(hash)]: text }, async (folder) => {
      const project = await open(folder);
      assert.deepEqual(ofCode(project, 'approval-void'), []);
      project.setText('a.itsms', plan('Another plan', approval));
      project.changedFiles();
      await project.lookUpFiles();
      assert.deepEqual(ofCode(project, 'approval-void'), [
        'The approval of 2026-10-01 by anna no longer counts: what was approved has changed: “plan audit-plan "Audit plan" {” was approved, “plan audit-plan "Another plan" {” was not. Approve it anew, or take the change back.',
      ]);
    });
  });

  it('does not mind comments, spaces and the order of facts', async () => {
    const { hash } = await approved('Audit plan');
    const text = `${organization}/** What we audit. */\nplan audit-plan "Audit plan" {\n  owner   anna // the owner\n  approved by anna on 2026-10-01 as sha256:${hash}\n  kind audit\n}\n`;
    await inFolder({ 'a.itsms': text }, async (folder) => assert.deepEqual(ofCode(await open(folder), 'approval-void'), []));
  });
});

describe('a file that the model names', () => {
  it('is missed where it is not there', async () => {
    const text = `${organization}policy security "Security" {\n  kind information-security\n  file "docs/security.md" version "1"\n}\n`;
    await inFolder({ 'a.itsms': text, 'docs/security.md': '' }, async (folder) => {
      const project = await open(folder);
      assert.deepEqual(ofCode(project, 'missing-file'), []);
      await rm(join(folder, 'docs', 'security.md'));
      await project.refreshNamedFiles(['docs/security.md']);
      assert.deepEqual(ofCode(project, 'missing-file'), ['There is no file “docs/security.md” in this project.']);
    });
  });

  it('keeps evidence from counting where it is not there', async () => {
    const text = `${organization}evidence minutes "Minutes" {\n  for iso20000:9.3.1\n  file "evidence/minutes.md"\n  dated 2026-10-01\n}\nattest iso20000:5.1.e by anna on 2026-10-02 with minutes\n`;
    const told = (project: Project): number => project.assessment().findings.filter(({ message }) => message.includes('The evidence “Minutes” cannot be looked at')).length;
    await inFolder({ 'a.itsms': text }, async (folder) => assert.ok(told(await open(folder)) > 0));
    await inFolder({ 'a.itsms': text, 'evidence/minutes.md': 'Minutes' }, async (folder) => assert.equal(told(await open(folder)), 0));
  });
});
