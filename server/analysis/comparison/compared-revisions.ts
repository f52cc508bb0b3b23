/** Two states of a project's text that its repository keeps, compared. */
import type { Locator } from '../../../language/model/model.ts';
import type { IsoDate } from '../../../language/values/date.ts';
import type { Comparison } from './change.ts';
import type { Passed } from './passed.ts';

/** A state of the text that the repository keeps. */
export interface Revision {
  /** As it was asked for: a tag, a branch, a commit, `HEAD~3`. */
  readonly asked: string;
  readonly commit: string;
  /** The day on which it was committed. */
  readonly on: IsoDate;
  /** The first line of its message. */
  readonly subject: string;
}

export interface ComparedRevisions {
  readonly from: Revision;
  /** Absent: the text as it is now, saved or not. */
  readonly to?: Revision;
  /** The day that both states are assessed on. */
  readonly asOf: string;
  /** Whether data were measured, with either state's definitions. */
  readonly isMeasured: boolean;
  readonly comparison: Comparison;
  /** What ran out since the day of the first state. */
  readonly passed: readonly Passed[];
  /** Where the declarations of the later state stand. */
  readonly locator: Locator;
}
