import { Worker } from 'node:worker_threads';
import type { Fragment } from '../../../language/model/fragment.ts';
import type { ProjectModel } from '../../../language/model/project-model.ts';
import type { Measurements, Subject } from '../figure.ts';
import type { FigureRows, Page } from '../figure-rows.ts';
import { measuringHere, type Measurer, type ProjectMeasureRequest } from '../measurer.ts';
import type { Answer, Question, SentRequest } from './messages.ts';

/** Milliseconds after which a thread that nobody asks anything gives its memory back. */
const idle = 60_000;
/** Milliseconds after which the sending of texts lets others have their turn. */
const turn = 8;

interface Asked {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: unknown) => void;
  readonly progress: ProjectMeasureRequest['progress'];
}

/**
 * Measures in a thread of its own, so that whoever asks can go on meanwhile. It is started when it is first needed, keeps what it was told
 * of a project's texts, and is told only what has changed since.
 */
export class MeasuringThread implements Measurer {
  readonly #asked = new Map<number, Asked>();
  readonly #sent = new Map<string, Map<string, Fragment>>();
  #worker: Worker | undefined;
  #lastId = 0;
  #sending: Promise<unknown> = Promise.resolve();
  #rest: NodeJS.Timeout | undefined;

  async measure(request: ProjectMeasureRequest): Promise<Measurements> {
    // Without data there is nothing to wait for.
    if (request.databases !== undefined || request.model.all('Source').length === 0) return await measuringHere.measure(request);
    const answer = await this.#ask(request, (id, root, sent) => ({ kind: 'measure', id, root, request: sent }));
    if (answer.kind !== 'measured') throw new Error('The thread that measures answered what it was not asked.');
    return answer.measurements;
  }

  async rowsBehind(request: ProjectMeasureRequest, subject: Subject, period: string, page: Page): Promise<FigureRows | string> {
    if (request.databases !== undefined) return await measuringHere.rowsBehind(request, subject, period, page);
    const answer = await this.#ask(request, (id, root, sent) => ({ kind: 'rows', id, root, request: sent, subject, period, page }));
    if (answer.kind !== 'rows') throw new Error('The thread that measures answered what it was not asked.');
    return answer.rows;
  }

  /** Ends the thread. What is being asked for fails; who does not want it any more has stopped it before. */
  async stop(): Promise<void> {
    clearTimeout(this.#rest);
    await this.#worker?.terminate();
  }

  async #ask(request: ProjectMeasureRequest, question: (id: number, root: string, sent: SentRequest) => Question): Promise<Answer> {
    const { signal, progress, model, dataFiles: { root }, databases: _databases, ...sent } = request;
    signal?.throwIfAborted();
    clearTimeout(this.#rest);
    const id = ++this.#lastId;
    const worker = this.#start();
    const answered = new Promise<Answer>((resolve, reject) => this.#asked.set(id, { resolve, reject, progress }));
    // It may fail while texts are still being sent.
    answered.catch(() => undefined);
    const stop = (): void => worker.postMessage({ kind: 'stop', id } satisfies Question);
    signal?.addEventListener('abort', stop, { once: true });
    try {
      // One after the other, so that each question stands behind the texts it is about.
      const sending = this.#sending.then(async () => {
        await this.#sendTexts(worker, root, model);
        if (signal?.aborted !== true) worker.postMessage(question(id, root, sent));
      });
      this.#sending = sending.catch(() => undefined);
      await sending;
      signal?.throwIfAborted();
      const answer = await answered;
      // Stopped after its last step is stopped, too.
      signal?.throwIfAborted();
      if (answer.kind === 'failed') throw Object.assign(new Error(answer.message), answer.stack === undefined ? {} : { stack: answer.stack });
      return answer;
    } finally {
      signal?.removeEventListener('abort', stop);
      this.#asked.delete(id);
      if (this.#asked.size === 0) this.#relax();
    }
  }

  #start(): Worker {
    if (this.#worker === undefined) {
      const here = import.meta.url;
      // As it stands in the source, and beside the bundled program.
      const worker = new Worker(new URL(here.endsWith('.ts') ? 'worker.ts' : 'measuring.js', here), { stdout: true });
      worker.on('message', (answer: Answer) => this.#heard(answer));
      worker.on('error', (error) => this.#ended(worker, error));
      worker.on('exit', () => this.#ended(worker, new Error('The thread that measures has ended.')));
      this.#worker = worker;
    }
    this.#worker.ref();
    return this.#worker;
  }

  /** Nobody waits for it: it must not keep the program alive, and ends after a while. */
  #relax(): void {
    this.#worker?.unref();
    clearTimeout(this.#rest);
    this.#rest = setTimeout(() => void this.stop(), idle);
    this.#rest.unref();
  }

  #heard(answer: Answer): void {
    const asked = this.#asked.get(answer.id);
    if (answer.kind === 'progress') asked?.progress?.(answer.progress);
    else asked?.resolve(answer);
  }

  #ended(worker: Worker, error: Error): void {
    if (this.#worker !== worker) return;
    this.#worker = undefined;
    this.#sent.clear();
    for (const { reject } of this.#asked.values()) reject(error);
  }

  async #sendTexts(worker: Worker, root: string, model: ProjectModel): Promise<void> {
    let known = this.#sent.get(root);
    if (known === undefined) this.#sent.set(root, (known = new Map()));
    // As they are now: what changes while they are sent belongs to the next question.
    const now = new Map(model.files().flatMap((file): [string, Fragment][] => {
      const fragment = model.fragment(file);
      return fragment === undefined ? [] : [[file, fragment]];
    }));
    let since = performance.now();
    const send = async (file: string, fragment?: Fragment): Promise<void> => {
      worker.postMessage({ kind: 'text', root, file, ...(fragment === undefined ? {} : { fragment }) } satisfies Question);
      if (performance.now() - since < turn) return;
      await new Promise((resolve) => setImmediate(resolve));
      since = performance.now();
    };
    for (const file of [...known.keys()]) {
      if (now.has(file)) continue;
      known.delete(file);
      await send(file);
    }
    for (const [file, fragment] of now) {
      if (known.get(file) === fragment) continue;
      known.set(file, fragment);
      await send(file, fragment);
    }
  }
}
