import assert from 'node:assert/strict';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { Measurements } from '../../server/measurement/figure.ts';
import { measure, rowsBehind } from '../../server/measurement/measure.ts';
import type { ProjectMeasureRequest } from '../../server/measurement/measurer.ts';
import { MeasuringThread } from '../../server/measurement/thread/measuring-thread.ts';
import { openNodeHost } from '../../server/project/node-host.ts';
import { Project } from '../../server/project/project.ts';
import { writeTickets } from '../bench/generate-tickets.ts';
import { figureOf, MeasuredProject } from './measured-project.ts';

const model = (hours: number): string => `
customer buyer
service mail
priority P1
calendar office { timezone Europe/London  open Mon-Fri 08:00-18:00 }
source tickets of incident from "t.csv" { dates iso in UTC  key id  map opened, restored, priority, service }
sla gold for mail with buyer {
  support hours office
  target quick restore P1 within ${hours}h for 50% per month from tickets
}
metric many { from tickets value count every month }
`;
const rows = 'id,opened,restored,priority,service\nA,2026-10-02 09:00,2026-10-02 12:00,P1,mail\nB,2026-10-05 09:00,2026-10-06 10:00,P1,mail\nC,2026-10-05 09:00,soon,P1,mail\n';
const asOf = '2026-11-10';

describe('measuring in a thread of its own', function () {
  this.timeout(120_000);
  let thread: MeasuringThread;
  let project: MeasuredProject;

  beforeEach(() => {
    thread = new MeasuringThread();
    project = new MeasuredProject(model(4), { 't.csv': rows });
  });
  afterEach(async () => {
    await thread.stop();
    project.remove();
  });

  const request = async (more: Partial<ProjectMeasureRequest> = {}): Promise<ProjectMeasureRequest> => ({
    model: project.model, asOf, dataFiles: await openNodeHost(project.folder), recordChecks: [{ id: 'x/restored', recordKind: 'incident', meets: 'restored is not empty', fields: ['restored'] }], ...more,
  });

  it('measures the same as here, with progress, and lists the same rows', async () => {
    const messages: string[] = [];
    const there = await thread.measure(await request({ progress: ({ message }) => messages.push(message) }));
    assert.deepEqual(there, structuredClone(await measure(await request())));
    assert.ok(there.checks.length === 1 && there.findings.length > 0 && there.figures.length > 0);
    assert.ok(messages.includes('Measuring many') && messages.at(-1) === 'Measured');
    const [subject, page] = [{ kind: 'target', agreement: 'gold', target: 'quick' } as const, { skip: 0, limit: 10 }];
    const listed = await thread.rowsBehind(await request(), subject, '2026-10', page);
    assert.deepEqual(listed, await rowsBehind(await request(), subject, '2026-10', page));
    assert.ok(typeof listed !== 'string' && listed.total === 3);
  });

  it('measures what the texts say now, and is sent only what has changed', async () => {
    const sent: string[] = [];
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message: { kind: string }) {
      sent.push(message.kind);
      postMessage.call(this, message);
    };
    const verdict = ({ figures }: Measurements): string => figureOf({ figures }, 'quick', '2026-10').verdict;
    try {
      const first = await thread.measure(await request());
      project.setText(model(1));
      const second = await thread.measure(await request());
      await thread.measure(await request());
      assert.deepEqual([verdict(first), verdict(second)], ['unknown', 'missed']);
      assert.deepEqual(sent, ['text', 'measure', 'text', 'measure', 'measure']);
      project.model.update('model.itsms', undefined);
      // Without a source there is nothing to send.
      assert.deepEqual((await thread.measure(await request())).figures, []);
      assert.equal(sent.length, 5);
    } finally {
      Worker.prototype.postMessage = postMessage;
    }
  });

  it('stops when it is told to, in the middle of a question, and measures afterwards', async () => {
    await writeTickets(join(project.folder, 't.csv'), 200_000);
    const controller = new AbortController();
    let calls = 0;
    await assert.rejects(thread.measure(await request({
      signal: controller.signal, progress: () => {
        if (++calls === 1) controller.abort(new Error('enough'));
      },
    })), /enough/u);
    await assert.rejects(thread.measure(await request({ signal: AbortSignal.abort(new Error('never mind')) })), /never mind/u);
    project.write('t.csv', rows);
    assert.equal(figureOf(await thread.measure(await request()), 'many', '2026-10').value, '3');
  });

  it('stopped at its last word, it has not measured', async () => {
    for (const measurer of [thread, { measure }]) {
      const controller = new AbortController();
      await assert.rejects(measurer.measure(await request({
        signal: controller.signal, progress: ({ message }) => {
          if (message === 'Measured') controller.abort(new Error('too late for you'));
        },
      })), /too late for you/u);
    }
  });

  it('says what went wrong, and starts anew when the thread has ended', async () => {
    await assert.rejects(thread.measure(await request({ asOf: 'today' })), /today/u);
    const running = thread.measure(await request());
    const failed = assert.rejects(running, /has ended/u);
    // Asked, and not yet answered.
    await new Promise((resolve) => setImmediate(resolve));
    await thread.stop();
    await failed;
    assert.equal(figureOf(await thread.measure(await request()), 'many', '2026-10').value, '3');
  });

  it('leaves a project as it was when measuring is stopped', async () => {
    project.write('model.itsms', model(4));
    const opened = await Project.open(await openNodeHost(project.folder), { trusted: true, asOf, measurer: thread });
    await opened.measure();
    const before = opened.measurements;
    assert.ok(before !== undefined && before.figures.length > 0);
    const controller = new AbortController();
    await assert.rejects(opened.measure({
      signal: controller.signal, progress: ({ message }) => {
        if (message === 'Measured') controller.abort(new Error('enough'));
      },
    }), /enough/u);
    assert.equal(opened.measurements, before);
  });
});
