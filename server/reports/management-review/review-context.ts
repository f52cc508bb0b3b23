import type { DeclarationTypes } from '../../../language/model/declarations.ts';
import type { FigureIndex } from '../facts/figures.ts';
import type { ReportInput } from '../report.ts';

type Review = DeclarationTypes['ManagementReview'];

/** What the parts of the pack share. */
export interface ReviewContext {
  readonly input: ReportInput;
  /** Absent where the next one is not declared yet. */
  readonly review: Review | undefined;
  /** Reviews held before, the latest first. */
  readonly earlier: readonly Review[];
  /** When the latest of them was held. */
  readonly since: string | undefined;
  /** The day of the review, or today for one that is still to be held. */
  readonly until: string;
  readonly figures: FigureIndex;
}
