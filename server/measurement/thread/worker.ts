/** Measures in a thread of its own, for a {@link MeasuringThread}. */
import { parentPort } from 'node:worker_threads';
import type { Fragment } from '../../../language/model/fragment.ts';
import { ProjectModel } from '../../../language/model/project-model.ts';
import { openNodeHost } from '../../project/node-host.ts';
import { measure, rowsBehind, type MeasureRequest } from '../measure.ts';
import type { Answer, Question } from './messages.ts';

/** A project as its texts are, and the model made of them for questions; a question keeps its model while texts change. */
interface Known {
  readonly fragments: Map<string, Fragment>;
  model?: ProjectModel | undefined;
}

const projects = new Map<string, Known>();
const running = new Map<number, AbortController>();

function say(answer: Answer): void {
  parentPort?.postMessage(answer);
}

function projectOf(root: string): Known {
  let known = projects.get(root);
  if (known === undefined) projects.set(root, (known = { fragments: new Map() }));
  return known;
}

function modelOf(root: string): ProjectModel {
  const known = projectOf(root);
  if (known.model === undefined) {
    known.model = new ProjectModel();
    for (const [file, fragment] of known.fragments) known.model.update(file, fragment);
  }
  return known.model;
}

async function answer(question: Exclude<Question, { kind: 'text' | 'stop' }>): Promise<void> {
  const { id, root } = question;
  const controller = new AbortController();
  running.set(id, controller);
  try {
    const model = modelOf(root);
    const request: MeasureRequest = { ...question.request, model, dataFiles: await openNodeHost(root), signal: controller.signal, progress: (progress) => say({ kind: 'progress', id, progress }) };
    if (question.kind === 'measure') say({ kind: 'measured', id, measurements: await measure(request) });
    else say({ kind: 'rows', id, rows: await rowsBehind(request, question.subject, question.period, question.page) });
  } catch (error) {
    if (controller.signal.aborted) say({ kind: 'stopped', id });
    else if (error instanceof Error) say({ kind: 'failed', id, message: error.message, ...(error.stack === undefined ? {} : { stack: error.stack }) });
    else say({ kind: 'failed', id, message: String(error) });
  } finally {
    running.delete(id);
  }
}

parentPort?.on('message', (question: Question) => {
  switch (question.kind) {
    case 'text': {
      const known = projectOf(question.root);
      if (question.fragment === undefined) known.fragments.delete(question.file);
      else known.fragments.set(question.file, question.fragment);
      known.model = undefined;
      break;
    }
    case 'measure':
    case 'rows':
      void answer(question);
      break;
    case 'stop':
      running.get(question.id)?.abort();
      break;
  }
});
