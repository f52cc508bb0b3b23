import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { documentedInformation } from '../../language/catalogue/documented-information.ts';
import type { DocumentedItem } from '../../server/analysis/documented-information.ts';
import { documentsResultSchema } from '../../server/cli/schemas/documents.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { itsms } from '../support/command.ts';
import { inFolder } from '../support/temporary-folder.ts';

const examples = join(import.meta.dirname, '../../examples');

async function documentsOf(folder: string, measure = true): Promise<ReadonlyMap<string, DocumentedItem>> {
  const project = await Project.open(await openNodeHost(folder), { trusted: true });
  if (measure) await project.measure();
  return new Map((await project.documentedInformation()).map((one) => [one.item.kind, one]));
}

function itemOf(items: ReadonlyMap<string, DocumentedItem>, kind: string): DocumentedItem {
  const found = items.get(kind);
  assert.ok(found, kind);
  return found;
}

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const scopeText = 'What we do\n';
const files = {
  'itsms.config.json': '{ "asOf": "2026-11-10" }',
  'docs/scope.md': scopeText,
  'data/incidents.csv': 'Id,Opened\n1,2026-10-01\n2,2026-10-02\n',
  'a.itsms': `organization us "Us" { scope "Mail for all" }
person anna "Anna"
document scope "Scope" {
  kind scope
  file "docs/scope.md"
  version "2"
  owner anna
  approved by anna on 2026-01-10 as sha256:${sha256(scopeText)}
  review every 6mo last 2026-08-01
}
document contracts "Contracts" { kind sm-plan  file "docs/plan.md"  approved by anna on 2026-02-01 }
policy service-policy "Policy" {
  kind service-management
  statement "We keep what we promise"
  approved by anna on 2025-03-01
}
source incidents of incident from "data/incidents.csv" {
  dates "yyyy-MM-dd" in UTC
  key Id
  map opened = Opened
}
audit a1 "First audit" { held 2026-03-01 }
audit a2 "Second audit" { held 2026-09-01 }
`,
};

describe('documented information', function () {
  this.timeout(120_000);

  it('holds an answer for each item, with the reason where it is not there', async () => {
    await inFolder(files, async (folder) => {
      const items = await documentsOf(folder);
      assert.equal(items.size, 79);
      assert.deepEqual([...items.keys()], [...documentedInformation.values()].map(({ kind }) => kind));
      for (const { item, state, reasons } of items.values()) assert.equal(reasons.length > 0, state !== 'noGap', item.kind);
    });
  });

  it('says where a document is, in which version, who approved it and when it is reviewed next', async () => {
    await inFolder(files, async (folder) => {
      const [place] = itemOf(await documentsOf(folder), 'scope').places;
      assert.deepEqual(place && [place.form, place.kept, place.version, place.owner, place.approval, place.review, place.fault], ['document', 'docs/scope.md', '2', 'anna', { by: 'anna', on: '2026-01-10', stands: true }, { last: '2026-08-01', due: '2027-02-01', overdue: false }, undefined]);
    });
  });

  it('says that an approval is void once the document has changed', async () => {
    await inFolder({ ...files, 'docs/scope.md': 'What else we do\n' }, async (folder) => {
      const { state, places, reasons } = itemOf(await documentsOf(folder), 'scope');
      assert.equal(state, 'gap');
      const document = places.find(({ form }) => form === 'document');
      assert.equal(document?.approval?.stands, false);
      assert.match(document?.fault ?? '', /Nobody has approved/);
      assert.ok(reasons.some((reason) => reason.includes('Scope')), reasons.join('\n'));
    });
  });

  it('says what keeps a document from counting: its file is not there', async () => {
    await inFolder(files, async (folder) => {
      const { state, places } = itemOf(await documentsOf(folder), 'sm-plan');
      assert.equal(state, 'gap');
      assert.match(places[0]?.fault ?? '', /docs\/plan\.md/);
    });
  });

  it('finds declarations that are the documented information themselves, with overdue reviews', async () => {
    await inFolder(files, async (folder) => {
      const [policy] = itemOf(await documentsOf(folder), 'sm-policy').places;
      assert.deepEqual(policy && [policy.form, policy.type, policy.title, policy.approval?.on, policy.review], ['declaration', 'Policy', 'Policy', '2025-03-01', { last: '2025-03-01', due: '2026-03-01', overdue: true }]);
    });
  });

  it('shows the latest record first', async () => {
    await inFolder(files, async (folder) => {
      assert.deepEqual(itemOf(await documentsOf(folder), 'audit-results').places.map(({ id, dated }) => `${id} ${dated}`), ['a2 2026-09-01', 'a1 2026-03-01']);
    });
  });

  it('counts records that were read, and knows nothing of those that were not', async () => {
    await inFolder(files, async (folder) => {
      assert.equal(itemOf(await documentsOf(folder), 'incidents').places[0]?.records, 2);
    });
    const unread = itemOf(await documentsOf(join(examples, 'acme'), false), 'incidents');
    assert.equal(unread.places[0]?.records, undefined);
    assert.deepEqual([unread.state, unread.reasons], ['unknown', ['nothing has been measured yet']]);
  });

  it('asks for nothing where there is nothing to document', async () => {
    await inFolder(files, async (folder) => {
      const items = await documentsOf(folder);
      assert.deepEqual([itemOf(items, 'disputes').state, itemOf(items, 'disputes').reasons], ['notRequired', ['no dispute is declared']]);
      // Its usual proof, which the standard does not ask for in words.
      assert.equal(itemOf(items, 'service-reviews').state, 'notRequired');
      assert.equal(itemOf(items, 'management-review').state, 'gap');
    });
  });

  for (const example of ['acme', 'small-provider']) {
    it(`shows no gap in the example ${example}`, async () => {
      const items = [...(await documentsOf(join(examples, example))).values()];
      assert.deepEqual(items.filter(({ state }) => state === 'gap' || state === 'unknown').map(({ item, reasons }) => `${item.kind}: ${reasons.join(' ')}`), []);
      for (const { item, state, places } of items) if (state === 'noGap') assert.ok(places.some(({ fault }) => fault === undefined), item.kind);
    });
  }
});

describe('itsms documents', function () {
  this.timeout(120_000);

  it('prints JSON of the published form', async () => {
    await inFolder(files, async (folder) => {
      const { code, out, error } = await itsms(folder, 'documents', '--format', 'json');
      assert.deepEqual([code, error], [0, '']);
      const { asOf, documents } = documentsResultSchema.parse(JSON.parse(out));
      assert.equal(asOf, '2026-11-10');
      const scope = documents.find(({ kind }) => kind === 'scope');
      assert.deepEqual(scope?.places[0] && [scope.places[0].file, scope.places[0].line, scope.places[0].nextReview], ['a.itsms', 3, '2027-02-01']);
      assert.equal(scope?.listedIn754, 'a');
    });
  });

  it('prints a line for each item, and what is missing', async () => {
    await inFolder(files, async (folder) => {
      const { out } = await itsms(folder, 'documents', '--no-measure');
      assert.match(out, /^Scope of the SMS +(there|gap) +docs\/scope\.md \(a\.itsms:3\) and 1 more +2 +anna 2026-01-10 +2027-02-01$/m);
      assert.match(out, /^Service management plan: gap$/m);
      assert.match(out, /^Of 79 kinds of documented information, as of 2026-11-10: /m);
      assert.doesNotMatch(out, /complian/i);
    });
  });

  it('lets no text of a model command the terminal', async () => {
    await inFolder({ 'a.itsms': `organization us "Us"\ndocument d "D" { kind scope  location "\u001b[31mred" }\n` }, async (folder) => {
      assert.ok(!(await itsms(folder, 'documents', '--no-measure')).out.includes('\u001b'));
    });
  });
});
