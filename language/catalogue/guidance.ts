/** Recommendations: what is good practice beside the requirements. None of them is ever a reason for a nonconformity. */
import { z } from 'zod';
import guidanceData from './guidance.json' with { type: 'json' };

const recommendation = z.object({
  /** `G.8.3.3.1`. */
  id: z.string().regex(/^G\.\d+(\.\d+)+$/),
  clause: z.string().min(1),
  clauseTitle: z.string().min(1),
  recommendation: z.string().min(1),
  modelCheck: z.string().min(1),
  /** Rows of the catalogue that it goes beyond. */
  relatedRequirements: z.array(z.string()),
  processIds: z.array(z.string()),
});

export type Recommendation = z.infer<typeof recommendation>;

export const recommendations: readonly Recommendation[] = z.object({ guidance: z.array(recommendation) }).parse(guidanceData).guidance;

const byId: ReadonlyMap<string, Recommendation> = new Map(recommendations.map((one) => [one.id, one]));

export function recommendationOf(id: string): Recommendation | undefined {
  return byId.get(id);
}
