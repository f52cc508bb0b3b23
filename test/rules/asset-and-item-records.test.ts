import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { ProjectModel } from '../../language/model/project-model.ts';
import { dateFrom } from '../../language/values/date.ts';
import { AssessmentEngine } from '../../server/assessment/engine.ts';
import { rules } from '../../server/iso20000/rules.ts';
import { measure } from '../../server/measurement/measure.ts';
import { openNodeHost } from '../../server/project/node-host.ts';

const text = `
organization acme "ACME Services"
person kate "Kate Moss-Green"
service email { criticality high }
service chat { criticality high }
process configuration { satisfies iso20000:8.2.6  closure within 7d }
ci type server { attributes owner }
ci exchange "Mail store" { type server  supports email  updated 2026-09-02  last change CHG-known on 2026-09-01 }
ci exchange-2 "Second mail store" { type server  supports email  updated 2026-09-02  last change CHG-gone on 2026-09-01 }
source assets of asset from "assets.csv" {
  dates iso
  key id
  map recorded = recorded
  map type = type
  map owner = owner
  map service = service
  map lifecycle = lifecycle
  map obligations = obligations
}
source items of configuration-item from "items.csv" {
  dates iso
  key id
  map recorded = recorded
  map type = type
  map description = description
  map owner = owner
  map relationships = relationships
  map state = state
  map service = service
  map last-change = change
  map updated = updated
}
source changes of change from "changes.csv" {
  dates iso
  key id
  map opened = opened
  map state = state
  map priority = priority
  map configuration-items = items
  map implemented = implemented
  map outcome = outcome
  map reviewed = reviewed
  map actions = actions
}
source tickets of incident from "tickets.csv" { dates iso  key id  map opened = opened  map service = service  map configuration-item = item }
`;

interface Kind {
  readonly file: string;
  /** A record that falls short of nothing. */
  readonly sound: Readonly<Record<string, string>>;
  /** What a record changes of it, and the checks it then falls short of. */
  readonly faults: Readonly<Record<string, readonly [change: Readonly<Record<string, string>>, ...short: string[]]>>;
}

const kinds: readonly Kind[] = [
  {
    file: 'assets.csv',
    sound: { recorded: '2019-04-01T09:00Z', type: 'hardware', owner: 'Kate', service: 'email', lifecycle: 'in use', obligations: 'none' },
    faults: { 'asset-sound': [{}], 'asset-type': [{ type: '' }, '8.2.5.1/complete'], 'asset-life': [{ lifecycle: '' }, '8.2.5.1/complete'], 'asset-bound': [{ obligations: '' }, '8.2.5.1/obligations'] },
  },
  {
    file: 'items.csv',
    sound: { recorded: '2019-04-01T09:00Z', type: 'server', description: 'A machine', owner: 'Kate', relationships: 'email', state: 'in use', service: 'email', change: 'CHG-known', updated: '2026-09-02T09:00Z' },
    faults: {
      'item-sound': [{}],
      'item-as-recorded': [{ change: '', updated: '2019-04-01T09:00Z' }],
      'item-type': [{ type: '' }, '8.2.6.b/typed'],
      'item-description': [{ description: '' }, '8.2.6.c/described'],
      'item-relations': [{ relationships: '' }, '8.2.6.d/related'],
      'item-state': [{ state: '' }, '8.2.6.e/state'],
      'item-owner': [{ owner: '' }, '8.2.6.5/owned'],
      'item-change': [{ change: '' }, '8.2.6.6/traced'],
    },
  },
  {
    file: 'changes.csv',
    sound: { opened: '2026-08-20T09:00Z', state: 'closed', priority: 'normal', items: 'exchange; printers', implemented: '2026-09-02T21:00Z', outcome: 'successful', reviewed: '2026-09-04T09:00Z', actions: '' },
    faults: {
      'CHG-known': [{}],
      'CHG-later': [{ items: 'printers; Mail store', implemented: '2026-09-03T01:00Z' }, '8.2.6.7/exchange'],
      'CHG-of-other': [{ items: 'exchange-200', implemented: '2026-09-03T01:00Z' }],
      'CHG-second': [{ items: 'exchange-2', implemented: '2026-10-03T01:00Z' }, '8.2.6.7/exchange-2'],
      'CHG-just-now': [{ implemented: '2026-11-08T09:00Z' }],
      'CHG-no-item': [{ items: '' }, '8.2.6.10/changes'],
      'CHG-unintended': [{ outcome: 'unintended', reviewed: '', actions: 'Undone' }, '8.1.2/reviewed'],
      'CHG-unauthorized': [{ outcome: 'unauthorized' }, '8.1.2/acted-on'],
      'CHG-open': [{ state: 'approved', priority: '', implemented: '', outcome: '' }, '8.2.2.6/prioritized'],
      'CHG-open-p1': [{ state: 'recorded', priority: 'P1', implemented: '', outcome: '' }, '8.2.2.6/critical'],
      'CHG-open-p10': [{ state: 'recorded', priority: 'P10', implemented: '', outcome: '' }],
      'CHG-open-high': [{ state: 'assessed', priority: 'High', implemented: '', outcome: '' }, '8.2.2.6/high'],
    },
  },
  {
    file: 'tickets.csv',
    sound: { opened: '2026-10-12T09:00Z', service: 'email', item: 'exchange' },
    faults: { 'INC-sound': [{}], 'INC-no-item': [{ item: '' }, '8.2.6.10/incidents'] },
  },
];

describe('rules over records of assets, items and changes', () => {
  let folder: string;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'itsms-records-'));
  });
  after(() => rm(folder, { recursive: true, force: true }));

  it('find each record that falls short of a check, and no other', async function () {
    this.timeout(120_000);
    for (const { file, sound, faults } of kinds) {
      const rows = Object.entries(faults).map(([id, [change]]) => [id, ...Object.values({ ...sound, ...change })].join(','));
      await writeFile(join(folder, file), [['id', ...Object.keys(sound)].join(','), ...rows, ''].join('\n'));
    }
    const model = new ProjectModel();
    model.update('model.itsms', new FragmentBuilder().build('model.itsms', text));
    const engine = new AssessmentEngine(model, { asOf: dateFrom('2026-11-10'), rules });
    const measurements = await measure({ model, asOf: '2026-11-10', dataFiles: await openNodeHost(folder), recordChecks: engine.recordChecks() });
    const own = measurements.checks.filter(({ check }) => /^8\.(?:1|2\.[12356])\./.test(check) && !/^8\.2\.1\.2|^8\.2\.5\.1\/asset-|^8\.2\.6\.3|^8\.2\.6\.6\/change-of/.test(check));
    const found = new Map<string, string[]>();
    for (const { check, firstKeys, population } of own) {
      assert.ok(population !== undefined && population > 0, `${check} has an answer`);
      for (const key of firstKeys) found.set(key, [...(found.get(key) ?? []), check].sort());
    }
    const expected = kinds.flatMap(({ faults }) => Object.entries(faults).map(([id, [, ...short]]) => [id, short]));
    assert.deepEqual(expected.map(([id]) => [id, found.get(String(id)) ?? []]), expected);

    const populations = (check: string): (number | undefined)[] => measurements.checks.filter((result) => result.check === check).map(({ population }) => population);
    // Of a register all counts, however long ago it was recorded.
    assert.deepEqual(populations('8.2.5.1/asset-email'), [4]);
    assert.deepEqual(populations('8.2.6.3/configuration-item-chat'), [0]);
    assert.deepEqual(populations('8.2.6.6/change-of-exchange'), [1]);
    assert.deepEqual(populations('8.2.6.6/change-of-exchange-2'), [0]);

    engine.setMeasurements(measurements);
    const messages = engine.assessment().findings.map(({ message }) => message).join('\n');
    assert.match(messages, /“Second mail store” was last altered by CHG-gone, but no change or release of that key is recorded/);
    assert.match(messages, /1 of \d changes of “Mail store” were implemented after its record was last updated \(2026-09-02\): CHG-later/);
    assert.match(messages, /“chat” is of high criticality, the highest there is, but no configuration item is recorded/);
    assert.match(messages, /No asset is used for “chat”/);
  });
});
