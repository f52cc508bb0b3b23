/** The inputs that clause 9.3 names, each with what model and figures say of it. */
import type { DeclarationTypes } from '../../../language/model/declarations.ts';
import type { Block } from '../blocks.ts';
import { message } from '../words/words.ts';
import { auditBlocks, earlierActionBlocks, issueBlocks, nonconformityBlocks, policyBlocks } from './governance-inputs.ts';
import { comingChangeBlocks, feedbackBlocks, improvementBlocks, resourceBlocks, riskBlocks } from './outlook-inputs.ts';
import { measurementBlocks, objectiveBlocks, otherPartyBlocks, servicePerformanceBlocks } from './performance-inputs.ts';
import type { ReviewContext } from './review-context.ts';

export interface ReviewInput {
  /** Row of the catalogue. */
  readonly row: string;
  readonly kind: DeclarationTypes['ManagementReview']['inputs'][number]['kind'];
  readonly title: string;
  /** Where it is looked for. */
  readonly source: string;
  /** Empty where the model holds nothing of it. */
  blocks(context: ReviewContext): readonly Block[];
}

/** In the order of the standard. */
export const reviewInputs: readonly ReviewInput[] = [
  { row: '9.3.a', kind: 'previous-actions', title: message('Actions from earlier reviews'), source: message('decisions of earlier management reviews'), blocks: earlierActionBlocks },
  { row: '9.3.b', kind: 'issues', title: message('Changes of external and internal issues'), source: message('context issues'), blocks: issueBlocks },
  { row: '9.3.c1', kind: 'nonconformities', title: message('Nonconformities and corrective action'), source: message('nonconformities'), blocks: nonconformityBlocks },
  { row: '9.3.c2', kind: 'measurements', title: message('Results of measurement'), source: message('metrics and their figures'), blocks: measurementBlocks },
  { row: '9.3.c3', kind: 'audits', title: message('Results of audits'), source: message('internal audits and external assessments'), blocks: auditBlocks },
  { row: '9.3.d', kind: 'improvement', title: message('Opportunities for improvement'), source: message('improvements and opportunities'), blocks: improvementBlocks },
  { row: '9.3.e', kind: 'feedback', title: message('Feedback of customers and other interested parties'), source: message('service reviews, and records of surveys and complaints'), blocks: feedbackBlocks },
  { row: '9.3.f', kind: 'policies', title: message('Policies: kept to, and still suitable'), source: message('policies'), blocks: policyBlocks },
  { row: '9.3.g', kind: 'objectives', title: message('How far objectives are achieved'), source: message('objectives and the figures of their metrics'), blocks: objectiveBlocks },
  { row: '9.3.h', kind: 'service-performance', title: message('Performance of the services'), source: message('targets of service level agreements and their figures'), blocks: servicePerformanceBlocks },
  { row: '9.3.i', kind: 'other-parties', title: message('Performance of other parties'), source: message('suppliers, their controls and the targets of their contracts'), blocks: otherPartyBlocks },
  { row: '9.3.j', kind: 'resources', title: message('Resources, now and expected'), source: message('resources and capacity plans'), blocks: resourceBlocks },
  { row: '9.3.k', kind: 'risks', title: message('Risks and what is done about them'), source: message('risks and risk assessments'), blocks: riskBlocks },
  { row: '9.3.l', kind: 'changes', title: message('Changes that could affect the system and the services'), source: message('transitions, services, agreements and days of certification to come'), blocks: comingChangeBlocks },
];
