import type { CountedDeviation, Comparison, Fit } from './conformance.ts';
import type { StepName } from './observed-net.ts';

/** How long cases took from one step to the next, in seconds. */
export interface WaitingTime {
  /** Several where what the log says may stand for any of them. */
  readonly from: readonly StepName[];
  readonly to: readonly StepName[];
  /** How often the one followed the other. */
  readonly times: number;
  readonly median: number;
  /** The ninetieth percentile: nearest rank. */
  readonly p90: number;
  readonly longest: number;
  readonly total: number;
}

/** A step that meets requirements: to leave it out, or to do it too late, is not just another way. */
export interface Control {
  readonly step: StepName;
  /** Rows or clauses of the catalogue. */
  readonly requirements: readonly string[];
}

/** How the flow of a process was followed, as the records of a source show it. */
export interface Conformance {
  readonly source: string;
  readonly recordKind: string;
  readonly process: string;
  /** Months, the oldest first. */
  readonly periods: readonly string[];
  readonly comparison: Comparison;
  /** The longest in all first. */
  readonly waits: readonly WaitingTime[];
  /** The calendar whose open hours measure them; elapsed time where there is none. */
  readonly clock?: string;
  /** Of the cases that are compared. */
  readonly events: number;
  /** Records of these periods that show no step; undefined where they cannot be counted, as no field says to which period they belong. */
  readonly withoutStep?: number;
  /** What says that a case is finished: the declared condition, or a field. Undefined: nothing does, and all are taken as finished. */
  readonly finishedBy?: 'condition' | string;
  /** Steps of the flow that the log shows nothing of. */
  readonly unseen: readonly StepName[];
  /** What the log has and the flow does not, by how often. */
  readonly unknownActivities: readonly { readonly text: string; readonly events: number }[];
  readonly controls: readonly Control[];
  readonly dataHash: string;
}

/** A control that cases did without, or carried out only after what it was to be done before. */
export interface SkippedControl {
  readonly control: Control;
  readonly deviations: readonly CountedDeviation[];
  /** Cases: with any of them, if a case had both it counts twice. */
  readonly cases: number;
  readonly samples: readonly string[];
}

export function skippedControls({ controls, comparison }: Pick<Conformance, 'controls' | 'comparison'>): readonly SkippedControl[] {
  return controls.flatMap((control): SkippedControl[] => {
    const deviations = comparison.deviations.filter(({ kind, step }) => (kind === 'skipped' || kind === 'late') && step?.process === control.step.process && step.node === control.step.node);
    if (deviations.length === 0) return [];
    return [{ control, deviations, cases: deviations.reduce((sum, { cases }) => sum + cases, 0), samples: [...new Set(deviations.flatMap(({ samples }) => samples))].slice(0, 5) }];
  });
}

export type { Comparison, CountedDeviation, Fit, StepName };
