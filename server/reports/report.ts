/** How a report is defined. Adding one is a file that exports a {@link ReportDefinition}, and its line in the registry. */
import type { Catalogue } from '../../language/catalogue/catalogue.ts';
import type { Locator, Model } from '../../language/model/model.ts';
import type { IsoDate } from '../../language/values/date.ts';
import type { Period } from '../../language/values/period.ts';
import type { ComparedRevisions } from '../analysis/comparison/compared-revisions.ts';
import type { CertificationDay } from '../analysis/certification-calendar.ts';
import type { PromisedFlow } from '../analysis/flow/flow-study.ts';
import type { DocumentedItem } from '../analysis/documented-information.ts';
import type { Assessment } from '../assessment/assessment.ts';
import type { RowRemark } from '../assessment/row-remarks.ts';
import type { RuleContext } from '../assessment/rule.ts';
import type { Measurements } from '../measurement/figure.ts';
import type { Document, Look, Provenance } from './blocks.ts';
import type { Narrowing } from './narrowing.ts';
import type { Chosen, ReportParameters } from './parameters.ts';
import type { Words } from './words/words.ts';

/** Everything a report may know. It reads nothing else: no clock, no disk, no network. */
export interface ReportInput extends Chosen {
  readonly catalogue: Catalogue;
  readonly model: Model;
  readonly locator: Locator;
  readonly assessment: Assessment;
  /** Undefined where nothing was measured (no source, or not allowed to read any): figures are then unknown, not zero. */
  readonly measurements: Measurements | undefined;
  readonly asOf: IsoDate;
  /** The period reported on, normally the last completed month before `asOf`. */
  readonly period: Period;
  /** Id of the customer a report is for; what it then says holds nothing about other customers. */
  readonly customer?: string;
  /** What is known of the flows of processes; found out when it is asked for. */
  readonly flows?: () => readonly PromisedFlow[];
  /** What certification asks for on which day; none where the organization prepares for none. */
  readonly certification: readonly CertificationDay[];
  /** The documented information that the standard asks for, and where it is. */
  readonly documents: readonly DocumentedItem[];
  /** What rows lack and what is not known of them, one by one. */
  readonly remarks: readonly RowRemark[];
  /** Asks what rules derive of the model: categories and levels of risks, the audit programme of the day. */
  readonly ask: <Answer>(question: (context: RuleContext) => Answer) => Answer;
  readonly provenance: Provenance;
  /** Fixed texts, numbers and dates in the language of the organization's documents. */
  readonly words: Words;
  /** How the organization's documents look; plain where left out. */
  readonly look?: Look;
  /** What the report was narrowed to: the rest of this holds only what concerns it. */
  readonly narrowing?: Narrowing;
  /** The comparison with an earlier state of the text, where somebody named one. */
  readonly changes?: ComparedRevisions;
  /** The same with the baseline that the configuration names, or a sentence why they cannot be compared; for reports that ask for it. */
  readonly sinceBaseline?: ComparedRevisions | string;
}

export interface ReportDefinition {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  /** The clause that asks for it, such as `9.4`. */
  readonly clause: string;
  /** What a person chooses; the others of {@link ReportInput} follow from the project. */
  readonly parameters: ReportParameters;
  build(input: ReportInput): Document;
}
