import type { OpenProject } from './workspace.ts';

export interface MeasuringHost {
  readonly onMeasured: (opened: OpenProject) => void;
  readonly onFailure: (what: string, error: unknown) => void;
}

/** Measures beside editing: never in an untrusted workspace, one run per project at a time, the last request wins. */
export class Measuring {
  readonly #host: MeasuringHost;

  constructor(host: MeasuringHost) {
    this.#host = host;
  }

  /** Data or configuration have changed, or the project has just been read. */
  request(_opened: OpenProject): void {
    void this.#host;
  }

  /** The model has changed: what is measured may be another thing. */
  modelChanged(_opened: OpenProject): void {}

  /** Settles when no run is under way. */
  async settled(_opened: OpenProject): Promise<void> {}

  forget(_opened: OpenProject): void {}

  stop(): void {}
}
