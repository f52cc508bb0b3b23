import type { Figure, Measurements, RecordCheckResult, SourceSummary } from '../measurement/figure.ts';

/** Measurements, found by what they are about. */
export class MeasurementIndex {
  readonly measurements: Measurements;
  readonly #figures = new Map<string, Figure[]>();
  readonly #checks = new Map<string, RecordCheckResult[]>();
  readonly #sources: ReadonlyMap<string, SourceSummary>;

  constructor(measurements: Measurements) {
    this.measurements = measurements;
    for (const figure of measurements.figures) add(this.#figures, keyOf(figure.subject), figure);
    for (const list of this.#figures.values()) list.sort((a, b) => (a.period < b.period ? -1 : a.period > b.period ? 1 : 0));
    for (const check of measurements.checks) add(this.#checks, check.check, check);
    this.#sources = new Map(measurements.sources.map((source) => [source.source, source]));
  }

  /** Figures of a target of an agreement, the oldest first. */
  ofTarget(agreement: string, target: string): readonly Figure[] {
    return this.#figures.get(`target ${agreement}.${target}`) ?? [];
  }

  ofWorkload(agreement: string, limit: string): readonly Figure[] {
    return this.#figures.get(`workload ${agreement}.${limit}`) ?? [];
  }

  /** Figures of a metric as a whole, without those of its groups. */
  ofMetric(metric: string): readonly Figure[] {
    return this.#figures.get(`metric ${metric}`) ?? [];
  }

  /** Results of a record check, one for each source. */
  ofCheck(check: string): readonly RecordCheckResult[] {
    return this.#checks.get(check) ?? [];
  }

  source(id: string): SourceSummary | undefined {
    return this.#sources.get(id);
  }
}

function keyOf(subject: Figure['subject']): string {
  switch (subject.kind) {
    case 'target':
      return `target ${subject.agreement}.${subject.target}`;
    case 'workload':
      return `workload ${subject.agreement}.${subject.limit}`;
    case 'metric':
      return subject.group ? `group ${subject.metric}` : `metric ${subject.metric}`;
  }
}

function add<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}
