import assert from 'node:assert/strict';
import { catalogueProcesses } from '../../language/catalogue/processes.ts';
import { FragmentBuilder } from '../../language/model/fragment-builder.ts';
import { processTemplate } from '../../server/iso20000/process-template.ts';
import { check } from './fixture.ts';

const builder = new FragmentBuilder();
const plain = (text: string): string => text.replace(/\$\{\d+:([^}]*)\}/g, '$1');
const gapsOf = (text: string): string[] => check('4.4.1', { text: `organization acme "ACME"\nperson kate "Kate"\n${text}`, measured: [] }).findings.flatMap(({ finding }) => (finding.requirements.includes('4.4.1') ? [finding.message] : []));

describe('processes of the catalogue as text to start from', () => {
  for (const process of catalogueProcesses) {
    it(`${process.name} is text of the language, its flow in one piece`, () => {
      const { declarations, findings } = builder.build('process.itsms', plain(processTemplate(process, () => false).text));
      assert.deepEqual(findings, []);
      assert.equal(declarations.length, 1);
      const [{ entity }] = declarations as [(typeof declarations)[number]];
      assert.deepEqual(entity.findings.map(({ message }) => message), []);
      assert.ok(entity.node.$type === 'Process' && entity.node.nodes.length > 2);
      assert.deepEqual(entity.node.$type === 'Process' && entity.node.satisfies, process.clauses.map((clause) => `iso20000:${clause}`));
    });
  }

  it('counts for nothing before somebody owns them, and for all that is asked of processes then', () => {
    const text = catalogueProcesses.map((process) => processTemplate(process, () => false).text).join('\n');
    assert.match(gapsOf(plain(text)).join('\n'), /35 of the 35 processes/);
    assert.deepEqual(gapsOf(text.replace(/\$\{\d+:TODO[^}]*\}/g, 'kate')), []);
  });

  it('refers to processes that are declared, and names others', () => {
    const incident = catalogueProcesses.find(({ id }) => id === 'incident')!;
    assert.match(processTemplate(incident, (id) => id === 'problem').text, /inputs .*known-errors-and-knowledge from problem, configuration-information from "Configuration management"/);
  });

  it('has one placeholder for a role, wherever it stands', () => {
    const text = processTemplate(catalogueProcesses.find(({ id }) => id === 'incident')!, () => false).text;
    const numbers = new Set([...text.matchAll(/\$\{(\d+):TODO-incident-manager\}/g)].map(([, number]) => number));
    assert.equal(numbers.size, 1);
  });
});
