import { textHash } from '../../language/values/text-hash.ts';
import type { MeasureProgress } from '../measurement/measure.ts';
import type { OpenProject } from './workspace.ts';

/** Shows that measuring goes on, and lets people stop it. */
export interface ShownProgress {
  report(progress: MeasureProgress): void;
  done(): void;
}

export interface MeasuringHost {
  readonly onMeasured: (opened: OpenProject) => void;
  readonly onFailure: (what: string, error: unknown) => void;
  /** Begins to show progress; `onStop` is called when somebody stops it. */
  readonly showProgress: (opened: OpenProject, onStop: () => void) => Promise<ShownProgress | undefined>;
}

/** How a run ended; a text says why it failed. */
type Outcome = 'measured' | 'stopped' | { readonly failure: string };

interface Run {
  readonly controller: AbortController;
  readonly finished: Promise<Outcome>;
}

interface State {
  run?: Run;
  timer?: NodeJS.Timeout;
  /** What the last run measured: the declarations that say what is measured, and how. */
  measured?: string;
  /** Data have changed since. */
  stale: boolean;
  /** Those who asked for a run themselves and watch it. */
  readonly watchers: Set<(progress: MeasureProgress) => void>;
}

/** Milliseconds of quiet after the last change of a text, so that measuring does not begin at every keystroke. */
const quiet = 600;
/** Progress is shown for what takes longer than this, in milliseconds. */
const patience = 700;

/** Measures beside editing: never in an untrusted workspace, one run per project at a time, the latest request wins. */
export class Measuring {
  readonly #host: MeasuringHost;
  readonly #states = new Map<OpenProject, State>();

  constructor(host: MeasuringHost) {
    this.#host = host;
  }

  /** Data or configuration have changed, or the project has just been read. */
  request(opened: OpenProject): void {
    if (!opened.project.trusted) return;
    const state = this.#stateOf(opened);
    state.stale = true;
    this.#schedule(opened, state, 0);
  }

  /** The model has changed: what is measured may be another thing. */
  modelChanged(opened: OpenProject): void {
    if (opened.project.trusted) this.#schedule(opened, this.#stateOf(opened), quiet);
  }

  /** Settles when nothing is being measured or about to be. */
  async settled(opened: OpenProject): Promise<void> {
    const state = this.#states.get(opened);
    if (!state) return;
    if (state.timer !== undefined) this.#start(opened, state);
    await state.run?.finished;
  }

  /**
   * Measures now, whether anything has changed or not: somebody asked for it. A text that is changed meanwhile is measured too.
   *
   * @returns how it ended: `stopped` when `signal` was aborted, or somebody else stopped it
   */
  async now(opened: OpenProject, signal: AbortSignal, watch: (progress: MeasureProgress) => void): Promise<Outcome> {
    if (!opened.project.trusted || signal.aborted) return 'stopped';
    const state = this.#stateOf(opened);
    const stop = (): void => state.run?.controller.abort();
    state.watchers.add(watch);
    signal.addEventListener('abort', stop, { once: true });
    try {
      state.stale = true;
      this.#start(opened, state);
      let outcome: Outcome = 'stopped';
      while (state.run !== undefined && !signal.aborted) outcome = await state.run.finished;
      // What was stopped too late is measured and shown.
      return outcome;
    } finally {
      state.watchers.delete(watch);
      signal.removeEventListener('abort', stop);
    }
  }

  forget(opened: OpenProject): void {
    const state = this.#states.get(opened);
    clearTimeout(state?.timer);
    state?.run?.controller.abort();
    this.#states.delete(opened);
  }

  stop(): void {
    for (const opened of [...this.#states.keys()]) this.forget(opened);
  }

  #stateOf(opened: OpenProject): State {
    let state = this.#states.get(opened);
    if (!state) this.#states.set(opened, (state = { stale: true, watchers: new Set() }));
    return state;
  }

  #schedule(opened: OpenProject, state: State, delay: number): void {
    clearTimeout(state.timer);
    state.timer = setTimeout(() => this.#start(opened, state), delay);
    state.timer.unref();
  }

  #start(opened: OpenProject, state: State): void {
    clearTimeout(state.timer);
    delete state.timer;
    const wanted = whatIsMeasured(opened);
    if (!state.stale && state.measured === wanted) return;
    state.run?.controller.abort();
    state.stale = false;
    state.measured = wanted;
    const controller = new AbortController();
    const before: Promise<unknown> = state.run?.finished ?? Promise.resolve();
    const run: Run = { controller, finished: before.then(() => this.#measure(opened, controller, state)) };
    state.run = run;
    void run.finished.then(() => {
      if (state.run === run) delete state.run;
    });
  }

  /** Never rejected: what goes wrong is told, and the figures stay unknown. */
  async #measure(opened: OpenProject, controller: AbortController, state: State): Promise<Outcome> {
    if (controller.signal.aborted) return 'stopped';
    const since = performance.now();
    let shown: Promise<ShownProgress | undefined> | undefined;
    try {
      await opened.project.measure({
        signal: controller.signal,
        progress: (progress) => {
          for (const watch of state.watchers) watch(progress);
          if (state.watchers.size > 0 || performance.now() - since < patience) return;
          shown ??= this.#host.showProgress(opened, () => controller.abort());
          void shown.then((one) => one?.report(progress));
        },
      });
      this.#host.onMeasured(opened);
      return 'measured';
    } catch (error) {
      if (controller.signal.aborted) return 'stopped';
      this.#host.onFailure('measuring', error);
      return { failure: error instanceof Error ? error.message : String(error) };
    } finally {
      void shown?.then((one) => one?.done());
    }
  }
}

/** Names the declarations that say what is measured and how, by their texts. */
function whatIsMeasured({ project: { model } }: OpenProject): string {
  const nodes = [model.all('Source'), model.all('Metric'), model.all('Agreement'), model.all('Calendar'), model.all('Priority'), model.all('Organization'), model.all('MajorIncidentCriteria'), model.all('Process')].flat();
  // Sources that read the model itself may read any of it.
  if (model.all('Source').some(({ declared }) => declared !== undefined)) for (const file of model.files()) nodes.push(...(model.fragment(file)?.declarations.map(({ entity }) => entity.node as (typeof nodes)[number]) ?? []));
  return textHash(nodes.map(({ $key }) => `${$key} ${model.entity($key)?.hash ?? ''}`).join('\n'));
}
