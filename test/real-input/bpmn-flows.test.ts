import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { flowOf } from '../../server/analysis/flow/flow.ts';
import { flowVerdict } from '../../server/analysis/flow/flow-faults.ts';
import { workflowNet } from '../../server/analysis/flow/workflow-net.ts';
import { plainVerdict } from '../analysis/flow/plain-exploration.ts';
import { readModel } from '../language/read-model.ts';
import { sharedData } from '../measurement/shared-data.ts';

const { model, findings } = readModel({ 'bpmn-miwg.itsms': readFileSync(join(import.meta.dirname, 'bpmn-miwg.itsms'), 'utf8') });
const folder = sharedData('bpmn-miwg-reference');

/** Names of activities and of events that are waited for, of the given processes of a model or of all; white space as one blank. */
function namesIn(path: string): Set<string> {
  const bytes = readFileSync(path);
  const text = bytes.toString(/encoding="ISO-8859-1"/i.test(bytes.toString('latin1', 0, 200)) ? 'latin1' : 'utf8');
  const elements = text.matchAll(/<(?:\w+:)?(?:task|userTask|manualTask|serviceTask|subProcess|callActivity|intermediateCatchEvent|intermediateThrowEvent)\b[^>]*?\bname="([^"]*)"/g);
  return new Set([...elements].map(([, name = '']) => name.replace(/&#(x?)([\da-f]+);/gi, (_, hex: string, code: string) => String.fromCharCode(parseInt(code, hex ? 16 : 10))).replace(/\s+/g, ' ').trim()));
}

const models: Readonly<Record<string, readonly string[]>> = { 'A.2.1': ['a21'], 'B.1.0': ['b10'], 'C.1.1': ['c11'], 'C.3.0': ['c30'], 'C.4.0': ['c40', 'it', 'payroll', 'facilities'] };

describe('flows of the BPMN reference models', () => {
  it('can be written down without a finding', () => assert.deepEqual(findings, []));

  for (const [file, processes] of Object.entries(models)) {
    for (const id of processes) {
      it(`${file} ${id} is ${id === 'b10' ? 'not sound, and the shortest way shows why' : 'sound'}`, () => {
        const flow = flowOf(model.get('Process', id)!);
        const verdict = flowVerdict(flow);
        assert.equal(plainVerdict(workflowNet(flow), 5000)?.sound, verdict.kind === 'sound');
        if (id !== 'b10') return assert.deepEqual(verdict, { kind: 'sound' });
        assert.ok(verdict.kind === 'unsound');
        assert.deepEqual(verdict.faults.map(({ kind }) => kind), ['leftover']);
        assert.match(verdict.faults[0]!.message, /The process ends here while .* still to be done/);
        return assert.match(verdict.faults[0]!.message, /Shortest way there: divergence → task-5 → divergence-2 \(b\) → task-7\.|Shortest way there: divergence → divergence-1 \(b\) → call-global\./);
      });
    }

    it(`${file} is transcribed step by step`, function () {
      if (folder === undefined) this.skip();
      const names = namesIn(join(folder, `${file}.bpmn`));
      const titles = processes.flatMap((id) => model.get('Process', id)!.nodes.flatMap((node) => (node.$type === 'Step' ? [node.title ?? ''] : [])));
      assert.ok(titles.length > 3);
      assert.deepEqual(titles.filter((title) => !names.has(title)), []);
      // B.1.0 holds tasks of other small processes as well.
      if (file !== 'B.1.0') assert.deepEqual([...names].filter((name) => name !== '' && !titles.includes(name)), []);
    });
  }
});
